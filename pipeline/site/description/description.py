"""One description of a dataset: title, definition, sources, licences, period, columns, files, citation.

Every file that describes data for a person or a program is written from this, so that they agree.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.gebied import NIVEAUS
from pipeline.site.description.dialect import Dialect
from pipeline.site.description.documentation import STATUS_MEANING, Field, Guide, newest_day
from pipeline.words.numbers import join_words
from pipeline.words.provenance import SITE_NAME, SourceTable
from pipeline.words.status import STATUSSEN

PUBLISHER = SITE_NAME
REPORT_PAGE = "verantwoording/fout-melden/"
"""Where questions go when the publisher of the site names no address."""

UNSTATED = "niet vermeld"
_LICENCES = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}

TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}
"""Type of a column in the warehouse -> its name in Table Schema and in CSVW, which have these alike."""
VALUES: Mapping[str, tuple[str, ...]] = {"status": STATUSSEN, "gebied_niveau": NIVEAUS}
"""Columns that hold only these."""


@dataclass(frozen=True)
class Licence:
    """The terms of some publishers, as the metadata of their tables state them.

    `url` and `spdx` are empty where the text names no licence that has them; nothing is guessed.
    """

    text: str
    publishers: tuple[str, ...]

    @property
    def spdx(self) -> str:
        return _LICENCES.get(self.text, ("", ""))[0]

    @property
    def url(self) -> str:
        return _LICENCES.get(self.text, ("", ""))[1]

    @property
    def sentence(self) -> str:
        """'CBS: CC BY 4.0'."""
        return f"{join_words(self.publishers)}: {self.text}"


@dataclass(frozen=True)
class Form:
    """A form of file: what people call it, its media type, its code in the EU's list of file types."""

    name: str
    media_type: str
    eu_code: str


CSV = Form("CSV", "text/csv", "CSV")
ZIPPED_CSV = Form("CSV (ZIP)", "application/zip", "CSV")
PARQUET = Form("Parquet", "application/vnd.apache.parquet", "PARQUET")
WORKBOOK = Form("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX")
GEOJSON = Form("GeoJSON", "application/geo+json", "GEOJSON")


@dataclass(frozen=True, kw_only=True)
class File:
    """One file: its path below the root of the site, and what is in it.

    `rows` is None where only the writer of the file knows. `dialect` is that of a plain CSV.
    """

    path: str
    title: str
    form: Form
    rows: int | None = None
    dialect: Dialect | None = None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, kw_only=True)
class Extent:
    """What some rows cover: how many, from which period to which, and on which levels."""

    rows: int
    first: str
    last: str
    levels: tuple[str, ...]

    @classmethod
    def of_all(cls, parts: Sequence[Extent]) -> Extent:
        """The extent of all of them together; at least one."""
        levels = {level for part in parts for level in part.levels}
        return cls(
            rows=sum(part.rows for part in parts),
            first=min(part.first for part in parts),
            last=max(part.last for part in parts),
            levels=tuple(level for level in NIVEAUS if level in levels),
        )


@dataclass(frozen=True, kw_only=True)
class Description:
    """A dataset in words; `guide` has what its files carry inside them.

    Attributes:
        name: its identifier, for ever: letters, digits and hyphens.
        page: the page about it, below the root of the site.
        key: columns that together occur once.
        contact: mail or web address for questions, as the publisher of the site gave it; else empty.
        site_url: the address of the site, with a slash at its end; empty where it is not known.
        extent: None where there are no periods.
        subjects: codes of the EU's list of themes of data (JUST, SOCI, REGI), by which catalogues sort.
    """

    name: str
    definition: str
    page: str
    guide: Guide
    key: tuple[str, ...]
    contact: str = ""
    site_url: str = ""
    extent: Extent | None = None
    files: tuple[File, ...] = ()
    unit: str = ""
    theme: str = ""
    subjects: tuple[str, ...] = ("JUST",)

    @property
    def title(self) -> str:
        return self.guide.title

    @property
    def citation(self) -> str:
        """How to name these figures, in one sentence."""
        return self.guide.citation

    @property
    def sources(self) -> tuple[SourceTable, ...]:
        return self.guide.sources

    @property
    def columns(self) -> tuple[Field, ...]:
        return self.guide.columns

    @property
    def statuses(self) -> Mapping[str, str]:
        """Value of the column status -> what it means; empty where there is no such column."""
        return STATUS_MEANING if any(one.name == "status" for one in self.columns) else {}

    @property
    def caveats(self) -> tuple[tuple[str, str], ...]:
        return self.guide.caveats

    @property
    def licences(self) -> tuple[Licence, ...]:
        """The terms of the sources, in their order, each named once."""
        by: dict[str, dict[str, None]] = {}
        for one in self.sources:
            by.setdefault(one.licentie, {})[one.publisher] = None
        return tuple(Licence(text, tuple(publishers)) for text, publishers in by.items())

    @property
    def modified(self) -> date | None:
        """The newest date of its sources; None where no publisher gives one."""
        dated = [one for one in self.sources if one.modified]
        return newest_day(dated) if dated else None

    @property
    def keywords(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for word in ("veiligheid", "leefbaarheid", self.theme) if word))

    def relative(self, path: str, *, here: str) -> str:
        """The address of something below the root: whole where the site knows its own, else seen from `here`.

        `here` is the folder of the file that names it, below the root ('data/').
        """
        if self.site_url:
            return self.site_url + path
        seen = posixpath.relpath(path or ".", here or ".")
        return f"{seen}/" if path.endswith("/") or not path else seen
