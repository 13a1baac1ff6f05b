"""Why here: what stands out, what goes together with it, what is strong, and what figures cannot see.

It is also the sheet that a print of the page is. Circumstances have no margin, for they are no sample: one is
said to differ where it lies outside all similar areas.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.indicator import Indicator
from pipeline.site.area.area import Area, AreaContext, Section
from pipeline.site.area.diagnosis_rows import Differs, Judged, Read, Standing, Talk, read
from pipeline.site.area.newest import PER_INWONER
from pipeline.site.area.sentences import lead
from pipeline.site.area.table import Link
from pipeline.sql import Connection
from pipeline.words.numbers import capital, figure_decimals, format_number, in_unit, join_words
from pipeline.words.sentences import MEERVOUD

GROUPS = {
    "Wie er wonen": ("jongeren", "huishoudens_alleen", "huishoudens_kinderen", "huishoudgrootte"),
    "Geld en wonen": ("bijstand", "laag_inkomen", "sociaal_minimum", "inkomen", "koopwoningen", "woz"),
    "School": ("schoolverlaters",),
}
"""Circumstances that hang together stand together. A size, like inhabitants, is none."""

STRONG = ("vrijwilligers", "regie", "vm_cohesie")
YOUTH = ("schoolverlaters", "huishoudgrootte", "laag_inkomen", "bijstand")

_BLANK = "\N{NO-BREAK SPACE}"  # a number and its unit stay on one line


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the sheet says, in lines.

    Attributes:
        out: what lies outside the usual swings, with its margin, of as many kinds as were `judged`.
        circumstances: name of a group -> what differs in it; `considered` the sentence about the others.
        experienced: what people say here, and `elsewhere` where it is known instead.
        youth: what these figures can show of why young people give nuisance.
    """

    verdict: str
    out: tuple[str, ...]
    judged: int
    considered: str
    circumstances: tuple[tuple[str, tuple[str, ...]], ...]
    experienced: tuple[str, ...]
    elsewhere: tuple[Link, ...]
    strong: tuple[str, ...]
    youth: tuple[str, ...]
    talk: Talk


def _read(con: Connection, codes: Sequence[str], context: AreaContext) -> Read:
    circumstances = tuple(name for names in GROUPS.values() for name in names)
    return read(con, codes, circumstances)


def _make(area: Area, found: Read) -> Diagnosis | None:
    if area.gebied.gebied_niveau == "land":
        return None
    standing, differs = found.standing.get(area.code), found.differs.get(area.code)
    outside = found.outside.get(area.code, ())
    survey = area.shared.by_measure.get("ervaren", ())
    told = [one for one in survey if _has_value(area, one.indicator)]
    return Diagnosis(
        verdict=_verdict(area, standing, outside),
        out=tuple(_outside(area, one) for one in outside),
        judged=standing.judged if standing else 0,
        considered=_considered(area, differs),
        circumstances=tuple(_circumstances(area, differs)) if differs else (),
        experienced=tuple(_experienced(area, one) for one in told),
        elsewhere=() if told else area.elsewhere([one.indicator for one in survey], "ervaren"),
        strong=_values(area, STRONG),
        youth=_values(area, YOUTH),
        talk=found.talks[_theme(area, outside, found.talks)],
    )


def _verdict(area: Area, standing: Standing | None, outside: Sequence[Judged]) -> str:
    """What stands out, or that nothing does."""
    if standing is None:
        return "Per inwoner is er hier geen cijfer over veiligheid dat te vergelijken is."
    if outside:
        visitors = " Er komen hier veel bezoekers, en die tellen niet mee als inwoner."
        return (
            "Dit wijkt duidelijk af, ook als gewone schommelingen meetellen. "
            f"De getallen zijn {PER_INWONER}.{visitors if area.has_many_visitors else ''}"
        )
    of = "" if standing.judged == 1 else f"Bij alle {standing.judged} vergeleken soorten past "
    difference = f"het verschil met {join_words([_place(area, one) for one in standing.beside])}"
    usual = "bij gewone schommelingen."
    return (
        f"Niets valt op. {of}{difference} {usual}"
        if of
        else f"Niets valt op. {capital(difference)} past {usual}"
    )


def _place(area: Area, beside: str) -> str:
    return next(
        (parent.naam for level, parent in area.referenties.items() if level == beside),
        f"vergelijkbare {MEERVOUD[area.gebied.gebied_niveau]}",
    )


def _outside(area: Area, one: Judged) -> str:
    """'Fietsdiefstal: meer, 7,3 in 2023 (marge 6,9 tot 7,7); in Nederland 5,4.'"""
    definition = area.shared.indicatoren[one.indicator]
    decimals = figure_decimals(definition, one.waarde, one.onder, one.boven)
    value, low, high = (format_number(part, decimals=decimals) for part in (one.waarde, one.onder, one.boven))
    there = format_number(one.daar, decimals=figure_decimals(definition, one.daar, None, None))
    word = "meer" if one.oordeel == "hoger" else "minder"
    told = value if definition.eenheid == PER_INWONER else in_unit(value, definition.eenheid)
    return (
        f"{definition.kort}: {word}, {told} in {one.periode} "
        f"(marge {low} tot {high}); in {_place(area, one.beside)} {there}."
    )


def _considered(area: Area, differs: Differs | None) -> str:
    others = f"vergelijkbare {MEERVOUD[area.gebied.gebied_niveau]}"
    if differs is None:
        return f"Dat is niet te zeggen: {others} zijn er niet, of zij hebben te weinig cijfers."
    if not (differs.above or differs.below):
        return f"Geen van de {differs.considered} omstandigheden ligt hoger of lager dan in alle {others}."
    return (
        f"Dit ligt hoger of lager dan in alle {others}. Wat bij elkaar staat, hangt met elkaar samen. "
        "Een oorzaak is het daarmee niet."
    )


def _circumstances(area: Area, differs: Differs) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for group, names in GROUPS.items():
        told = tuple(
            f"{_value(area, _of(area, name))}, {word}"
            for name in names
            for word, of in (("hoger", differs.above), ("lager", differs.below))
            if name in of
        )
        if told:
            found.append((group, told))
    return found


def _values(area: Area, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(_value(area, _of(area, name)) for name in names if _has_value(area, name))


def _value(area: Area, one: Indicator) -> str:
    """'Koopwoningen: 31% (vergelijkbaar: 42)'."""
    words = area.woorden[one.indicator]
    there = f" (vergelijkbaar: {words.vergelijkbaar})" if words.vergelijkbaar else ""
    return f"{one.titel}: {in_unit(words.cijfer or '', one.eenheid, space=_BLANK)}{there}"


def _experienced(area: Area, one: Indicator) -> str:
    """'Weleens onveilig in de buurt: 13,1% (2023)'."""
    value, year = area.woorden[one.indicator].cijfer, area.profiel[one.indicator].periode
    return f"{one.kort}: {in_unit(value or '', one.eenheid, space=_BLANK)} ({year})"


def _theme(area: Area, outside: Sequence[Judged], talks: Mapping[str, Talk]) -> str:
    """The first theme of what there is more of, or else that of what the page begins with."""
    names = [*(one.indicator for one in outside if one.oordeel == "hoger"), lead(area)]
    return next(theme for name in names if (theme := _of(area, name).thema) in talks)


def _of(area: Area, name: str) -> Indicator:
    return area.shared.indicatoren[name]


def _has_value(area: Area, name: str) -> bool:
    return name in area.woorden and area.woorden[name].cijfer is not None


SECTION = Section("waarom", "gebied_waarom.j2", _make, read=_read)
