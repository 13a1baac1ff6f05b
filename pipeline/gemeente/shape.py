"""What a definition says of a file's parts, as values: how it is written, where, when and how much."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.gebied import Niveau
from pipeline.indicator import Indicator
from pipeline.model import ModelError

Kind = Literal["csv", "json", "geojson", "xlsx", "ods2", "arcgis", "dso", "bbga"]
AreaForm = Literal["code", "naam", "lokaal", "coordinaten"]
Crs = Literal["wgs84", "rd"]
PeriodForm = Literal["jaar", "maand", "kwartaal", "datum", "vast", "kolommen"]
PeriodStep = Literal["jaar", "maand"]
PeriodRange = Literal["", "schooljaar", "twee_jaar"]
Aggregate = Literal["geen", "som", "aantal"]
Doubles = Literal["weigeren", "een_keer", "tellen"]

TEXT_KINDS = ("csv", "bbga")
PLACES = {"regel": "regels", "rij": "rijen", "cel": "cellen"}
"""What a place in a file is called, and what several are."""
BELOW_COUNTRY: tuple[Niveau, ...] = ("gemeente", "wijk", "buurt")


class DefinitionError(ModelError):
    """A definition is not as agreed; the message names the file, the key and what is permitted."""


@dataclass(frozen=True)
class Form:
    """How the publisher's file is written.

    Attributes:
        kind: which reader.
        encoding, delimiter, decimal: of a text file; JSON and spreadsheets say these themselves.
        skip: lines above the header.
        header_rows: lines that the header is made of; more than one where headers are stacked.
        sheet: sheet of a spreadsheet; empty for the first.
        records: keys, with points, down to the list of rows in a JSON file; empty where the kind says it.
    """

    kind: Kind
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    skip: int = 0
    header_rows: int = 1
    sheet: str = ""
    records: str = ""

    @property
    def place(self) -> str:
        """What a row's number is called: a line of a text, a row of anything else."""
        return "regel" if self.kind in TEXT_KINDS else "rij"


@dataclass(frozen=True)
class AreaColumn:
    """Which column says the area, and how.

    Attributes:
        form: CBS code, name within the gemeente, the gemeente's own code, or coordinates.
        column: the column; for coordinates empty.
        x, y: columns of coordinates; longitude and latitude, or RD metres.
        niveau: levels that a name may stand for, and the level of a point.
        codes: local code or name → CBS code; goes before everything else.
        ignore: values that are no area and are left out, such as a line 'Onbekend'.
        descending: where a name is of a wijk and of a buurt, the wijk's row comes first, as in StatLine.
    """

    form: AreaForm
    column: str
    x: str
    y: str
    crs: Crs
    niveau: tuple[Niveau, ...]
    codes: Mapping[str, str]
    ignore: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True)
class PeriodColumn:
    """Which column says the period.

    Attributes:
        column: empty where the file is about one period. Where each period has a column of its own: the one
            with the year, if those say no more than the quarter.
        fixed: the period where the file is about one, or the year of columns that say only the quarter.
        first, last: of the periods to use, both inclusive; empty for no bound.
        until: ISO date of the last day that the file is complete for; empty where nobody said.
        century: the first two digits of years that are written with two; empty where none are.
        range: what ``2023/24`` is: a school year, kept by the year that it begins in as CBS does, or two
            years of a survey, kept by the last; empty where no cell is so.
    """

    form: PeriodForm
    column: str
    to: PeriodStep
    fixed: str
    first: str
    last: str
    until: str = ""
    century: str = ""
    range: PeriodRange = ""


@dataclass(frozen=True)
class MunicipalIndicator:
    """One indicator of a dataset.

    Attributes:
        id: ``<gemeente>_<dataset>_<name>``.
        column: column of the value; empty when rows are counted or each period has a column.
        columns: column → period, where each period has a column of its own: ``2024``, ``2024-03``,
            ``2024 Q1``, ``2024 H1``, ``2023/24``, or ``Q1`` where the year stands elsewhere.
        lower, upper: columns of the margin, if the publisher gives one.
        aggregate: one row a figure, the sum of rows, or the number of rows.
        filters: column → values that a row must have one of.
        factor: what values are multiplied by, such as 100 for shares; None where nothing is said.
        lower_bound: a sum of which a part is not known is given as 'at least'; without it there is no figure.
    """

    id: str
    title: str
    header: Indicator
    column: str
    lower: str
    upper: str
    aggregate: Aggregate
    filters: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, str] = field(default_factory=dict)
    factor: float | None = None
    lower_bound: bool = False
