"""Where figures are from and of when, in words: for pages, downloads and citations alike."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.words.numbers import capital, format_date, join_words, years_in_words

SITE_NAME = "Veiligheidsbeeld"
UNDATED = "datum niet vermeld"
_PARTS_OF_A_TABLE = {
    "TableInfos": "de datum",
    "DataProperties": "de namen van de kolommen",
    "Perioden": "de lijst van perioden",
    "WijkenEnBuurten": "de lijst van gebieden",
    "Leeftijd": "de leeftijden",
    "Marges": "de lijst van marges",
}
"""Parts of a StatLine table as a reader knows them."""


@dataclass(frozen=True)
class SourceTable:
    """One table of a publisher, as it was when the figures were taken from it (contract.snapshot)."""

    bron_id: str
    tabel: str
    publisher: str
    licentie: str
    url: str
    modified: str | None
    fetched_at: str | None
    titel: str
    reconstructed: str

    @property
    def not_seen(self) -> str:
        """What was not seen at the source itself: 'de datum en de lijst van perioden'; empty if nothing.

        A text that does not name parts of a StatLine table is in words already.
        """
        return join_words(self._parts_not_seen) or self.reconstructed

    @property
    def _parts_not_seen(self) -> list[str]:
        parts = {part.partition(" (")[0] for part in self.reconstructed.split(", ")}
        if not parts <= set(_PARTS_OF_A_TABLE):
            return []
        return [words for part, words in _PARTS_OF_A_TABLE.items() if part in parts]

    @property
    def named(self) -> str:
        """Publisher, title and table: 'CBS, Kerncijfers wijken en buurten 2024 (85984NED)'."""
        return f"{self.publisher}, {self.titel} ({self.tabel})"

    @property
    def remark(self) -> str:
        """'niet bij de bron zelf gezien: de datum', or what is said in words; empty where all was seen."""
        beginning = "niet bij de bron zelf gezien: " if self._parts_not_seen else ""
        return beginning + self.not_seen

    @property
    def vintage(self) -> str:
        """The publisher's date in words, or that none is given."""
        return dated(self.modified)


def dated(modified: str | None) -> str:
    """Of when a table is: 'stand 15 januari 2026', or that its publisher does not say."""
    return f"stand {format_date(modified)}" if modified else UNDATED


def citation(title: str, sources: Sequence[SourceTable], *, site_url: str | None = None) -> str:
    """How to name these figures: title, publishers with their tables and vintages, and the site's address."""
    by_publisher: dict[str, list[str]] = {}
    for source in sources:
        by_publisher.setdefault(source.publisher, []).append(f"{source.tabel}, {source.vintage}")
    named = join_words([f"{publisher} ({'; '.join(tables)})" for publisher, tables in by_publisher.items()])
    parts = [SITE_NAME, title]
    parts += [f"bewerking van {named}"] if named else []
    parts += [f"geraadpleegd via {site_url}"] if site_url else []
    return ", ".join(parts) + "."


def source_line(source: SourceTable) -> str:
    """One table of a publisher in one line: who, what, which edition, licence, address."""
    parts = [source.named, source.vintage, f"licentie: {source.licentie}", source.remark, source.url]
    return "; ".join(filter(None, parts))


# ---- the column vintage: '2024-04-15 (herleid); inwoners 2024' ---------------------------------------


def stand_of(vintage: str) -> str:
    """Of when the publisher's table is, as the mart says it: '2024-04-15 (herleid)'."""
    return vintage.partition("; ")[0]


def denominator_of(vintage: str) -> str:
    """What was divided by: 'inwoners 2024'. The year is not always that of the figure."""
    return vintage.partition("; ")[2]


def date_of(stand: str) -> str:
    """The ISO date of a table, or nothing where the publisher names none."""
    return stand[:10] if stand[:1].isdigit() else ""


def newest_date(vintages: Iterable[str | None]) -> str:
    """The ISO date of the newest table behind some figures; empty where none has a date."""
    return max((date_of(stand_of(vintage or "")) for vintage in vintages), default="")


def date_in_words(stand: str) -> str:
    """'2024-04-15 (herleid)' -> '15 april 2024'; nothing where there is no date."""
    return format_date(date_of(stand)) if date_of(stand) else ""


def vintage_in_words(vintage: str) -> str:
    """The column vintage as it is read: '2026-01-15; inwoners 2024' -> 'stand 15 januari 2026, ...'.

    That a date was inferred is said once, on /bronnen/, and in the column itself.
    """
    worded = re.sub(r"\d{4}-\d{2}-\d{2}", lambda found: f"stand {format_date(found[0])}", vintage)
    return worded.replace(" (herleid)", "").replace("; ", ", ")


def denominators(vintages: Iterable[str]) -> dict[str, list[str]]:
    """What some figures are divided by: kind of denominator -> its years, both sorted."""
    found: dict[str, set[str]] = {}
    for vintage in vintages:
        kind, _, year = denominator_of(vintage).rpartition(" ")
        if kind:
            found.setdefault(kind, set()).add(year)
    return {kind: sorted(found[kind]) for kind in sorted(found)}


def sources_of(figures: Iterable[tuple[str, str]], *, own: str = "") -> str:
    """What stands below figures, from pairs of bron and vintage.

    'Bron: Politie 47018NED, stand 15 januari 2026. Inwoners: CBS, 2017 en 2020 t/m 2024.' A dataset with a
    citation of its `own` has that for its tables.
    """
    stated = sorted(set(figures))
    tables = dict.fromkeys(f"{bron}, {vintage_in_words(stand_of(vintage))}" for bron, vintage in stated)
    divided = denominators(vintage for _, vintage in stated)
    by = [f"{capital(kind)}: CBS, {years_in_words(years)}." for kind, years in divided.items()]
    return " ".join([named(own or "; ".join(tables)), *by])


def column_in_words(column: str, kind: str | None = None) -> str:
    """A publisher's column: 'GeregistreerdeOverlast', 'E38' -> 'Geregistreerde overlast, soort E38'."""
    name = re.sub(r"(?<=[a-z])([A-Z])(?=[a-z])", lambda found: f" {found[1].lower()}", column)
    return f"{name}, soort {kind}" if kind else name


def named(source: str) -> str:
    """A source as a sentence of its own."""
    return f"Bron: {source}."
