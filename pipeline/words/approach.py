"""What came of an approach, in Dutch sentences: the verdict in fixed words, and what it rests on."""

from datetime import date
from typing import Protocol

from pipeline.words.numbers import format_date, format_number, format_period

VERDICTS = {
    "verbeterd": "Er kwamen er duidelijk minder dan verwacht.",
    "verslechterd": "Er kwamen er duidelijk meer dan verwacht.",
    "geen verschil te zien": "Er kwamen er niet duidelijk meer of minder dan verwacht.",
    "niet te zeggen": "Met deze cijfers is geen oordeel mogelijk.",
}
"""What each verdict means where fewer is better; none of them says why."""

LATE = "Deze aanpak is achteraf vastgelegd. Het oordeel is daarom een aanwijzing en geen bewijs."

RING = {
    "verplaatsing": "In de buurten eromheen kwamen er meer dan verwacht. Dat past bij verplaatsing.",
    "uitstraling": "Ook in de buurten eromheen kwamen er minder dan verwacht. Dat past bij uitstraling.",
    "toename": "In de buurten eromheen kwamen er meer dan verwacht.",
    "afname": "In de buurten eromheen kwamen er minder dan verwacht.",
    "geen verschil te zien": "In de buurten eromheen is geen verschil te zien, dus ook geen verplaatsing.",
    "niet te zeggen": "Of er iets naar de buurten eromheen verplaatste, is niet te zeggen.",
    "geen": "Voor deze aanpak is geen omgeving gerekend.",
}

NEXT = {
    "verbeterd": (
        "Ga na of het mechanisme klopt: is gedaan wat was afgesproken, en zien bewoners hetzelfde?",
        "Besluit of het doorgaat, en waar nog meer. Schrijf dat op als een nieuwe aanpak.",
    ),
    "verslechterd": (
        "Zoek eerst uit of er iets anders gebeurde, zoals meer aangiften of meer controles.",
        "Besluit wat er anders moet, of stop. Begin opnieuw bij de diagnose.",
    ),
    "geen verschil te zien": (
        "Een groot verschil was te zien geweest. Vraag of de aanpak is uitgevoerd zoals bedoeld.",
        "Besluit wat er anders moet, of stop. Begin opnieuw bij de diagnose.",
    ),
    "niet te zeggen": (
        "Dit is geen teken dat het niet werkt, en ook geen teken dat het wel werkt.",
        "Vraag bewoners en professionals wat zij zien, en zet dat naast deze cijfers.",
        "Schrijf een volgende aanpak op voordat zij begint, en kijk vooraf of er iets te zien zou zijn.",
    ),
}
"""What comes next in the circle."""


class Outcome(Protocol):
    """The part of an evaluation that sentences are made of; counts are per year."""

    @property
    def oordeel(self) -> str: ...
    @property
    def voor(self) -> float | None: ...
    @property
    def na(self) -> float | None: ...
    @property
    def verwacht(self) -> float | None: ...
    @property
    def verschil(self) -> float | None: ...
    @property
    def verschil_onder(self) -> float | None: ...
    @property
    def verschil_boven(self) -> float | None: ...
    @property
    def kleinste(self) -> float | None: ...
    @property
    def voor_van(self) -> int | None: ...
    @property
    def voor_tot(self) -> int | None: ...
    @property
    def na_van(self) -> int | None: ...
    @property
    def na_tot(self) -> int | None: ...


def years(first: int | None, last: int | None) -> str:
    """'2021', '2023 en 2024' or '2023 tot en met 2025'."""
    if first is None or last is None or first == last:
        return str(first or last or "")
    return f"{first} en {last}" if last == first + 1 else f"{first} tot en met {last}"


def counted(one: Outcome, subject: str) -> str:
    """What was counted before and after; nothing where it was not."""
    if one.voor is None or one.na is None:
        return ""
    return (
        f"Voor de start ({years(one.voor_van, one.voor_tot)}) telde de politie hier {_whole(one.voor)} "
        f"{subject} per jaar. Erna ({years(one.na_van, one.na_tot)}) waren het er {_whole(one.na)} per jaar."
    )


def expected(one: Outcome) -> str:
    """What was expected without the approach, and how far the count is from it."""
    if (
        one.verwacht is None
        or one.verschil is None
        or one.verschil_onder is None
        or one.verschil_boven is None
    ):
        return ""
    part = ""
    if one.verwacht > 0:
        low, high = (_percent(bound / one.verwacht) for bound in (one.verschil_onder, one.verschil_boven))
        part = f" Dat is {_percent(one.verschil / one.verwacht)}, met een marge van {low} tot {high}."
    return (
        "Waren de gebieden veranderd zoals de gebieden waarmee ze vergeleken zijn, dan waren het er ongeveer "
        f"{_whole(one.verwacht)} per jaar. Het verschil is {_signed(one.verschil)} per jaar, met een marge "
        f"van {_signed(one.verschil_onder)} tot {_signed(one.verschil_boven)}.{part}"
    )


def smallest(one: Outcome) -> str:
    """What could have been seen; nothing where that is not known."""
    if one.kleinste is None:
        return ""
    if one.kleinste >= 1:
        return "Zelfs als er niets was overgebleven, was dat met deze aantallen niet zeker te zien geweest."
    return (
        f"Een daling van {format_number(one.kleinste * 100)} procent of meer was in 4 van de 5 gevallen te "
        "zien geweest. Een kleinere daling blijft meestal verborgen in het toeval."
    )


def chance(below: int | None, sets: int | None) -> str:
    """Where the areas lie among sets of areas in which nothing was done."""
    if below is None or not sets:
        return ""
    return (
        f"Dezelfde som is gemaakt voor {sets} groepen van vergelijkbare gebieden zonder aanpak. Bij {below} "
        "daarvan was het verschil even laag of lager."
    )


def early(difference: float | None, low: float | None, high: float | None) -> str:
    """Whether the areas already moved otherwise before the start."""
    if difference is None or low is None or high is None:
        return "Met minder dan drie jaren vooraf is niet te toetsen of de gebieden al anders bewogen."
    moved = "al anders" if low > 0 or high < 0 else "niet duidelijk anders"
    return (
        f"Een jaar voor de start bewogen de gebieden {moved} dan de gebieden waarmee ze vergeleken zijn "
        f"(verschil {_signed(difference)}, marge {_signed(low)} tot {_signed(high)})."
    )


def goal(direction: str, percent: int, by: date, title: str) -> str:
    """'Woninginbraken: 20 procent omlaag, voor 31 december 2027.'"""
    return f"{title}: {percent} procent {direction}, voor {format_date(by.isoformat())}."


def day(written: str) -> str:
    """A day or a month in words."""
    return format_date(written) if len(written) == 10 else format_period(written)


def _whole(value: float) -> str:
    return format_number(value)


def _signed(value: float) -> str:
    """A difference with its sign: 'min 12' is read aloud, '-12' is not."""
    written = format_number(abs(value))
    return written if written == "0" else f"{'min' if value < 0 else 'plus'} {written}"


def _percent(part: float) -> str:
    written = format_number(abs(part) * 100)
    return "0 procent" if written == "0" else f"{written} procent {'minder' if part < 0 else 'meer'}"
