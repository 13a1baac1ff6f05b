"""An indicator, described once: its header, its row of ``contract.indicator`` and what pages say of it.

A field is a column of the table: its name, its type in DuckDB and its comment follow from here, and so does
the key of the header that sets it. In: nothing, or rows of a warehouse. Out: values. Makes no table itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal, get_args, get_origin

from pipeline.sql import Connection

Kind = Literal["verhouding", "meting"]
Richting = Literal["hoger_is_ongunstiger", "hoger_is_gunstiger", "neutraal"]
Measure = Literal["geregistreerd", "ervaren", "omstandigheid", "gemeente"]
Denominator = Literal["inwoners", "huishoudens"]

# Caveats: visitors count, and (of a single area, core.bezoekersgebied) they are most of what is counted.
VISITORS, MANY_VISITORS = "bezoekers", "weinig_inwoners_veel_bezoekers"

_SQL_TYPES = {str: "varchar", int: "bigint", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `key` is what a header calls it (empty: no header does).

    `counted`: only a verhouding has it.
    """

    comment: str
    key: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in words; a row of ``contract.indicator``."""

    indicator: Annotated[str, Column("naam van de indicator")]
    kind: Annotated[Kind, Column("aantal gedeeld door een noemer, of een meting van de bron", key="kind")]
    titel: Annotated[str, Column("titel van de pagina")]
    kort: Annotated[str, Column("korte naam, voor een legenda of tabel", key="short")]
    eenheid: Annotated[str, Column("eenheid van waarde, onder en boven", key="unit")]
    per: Annotated[int | None, Column("waarmee teller / noemer maal wordt gedaan", key="per", counted=True)]
    noemer_soort: Annotated[Denominator | None, Column("waardoor gedeeld wordt", key="noemer", counted=True)]
    thema: Annotated[str, Column("sleutel in reference.themas", key="theme")]
    vraag: Annotated[str, Column("vraag die het cijfer beantwoordt", key="question")]
    definitie: Annotated[str, Column("wat er gemeten wordt", key="definition")]
    richting: Annotated[Richting, Column("of hoger gunstig is", key="richting")]
    meetwijze: Annotated[Measure, Column("hoe het cijfer er komt", key="measure")]
    onderwerp: Annotated[str, Column("wat geteld wordt: enkelvoud|meervoud", key="subject")]
    decimalen: Annotated[int, Column("cijfers achter de komma, 0 tot en met 3", key="decimals")]
    gevoelig: Annotated[bool, Column("of kleine aantallen verborgen blijven", key="sensitive")]
    volgorde: Annotated[int, Column("plaats binnen het thema", key="order")]
    voorbehoud: Annotated[str, Column("sleutels in reference.voorbehouden, met ; ertussen", key="caveats")]

    @property
    def caveat_keys(self) -> tuple[str, ...]:
        return tuple(key for key in (self.voorbehoud or "").split(";") if key)

    @property
    def slug(self) -> str:
        return slug_of(self.indicator)

    @property
    def address(self) -> str:
        """Its page, below the root of the site: 'indicator/overlast-jeugd/'."""
        return f"indicator/{self.slug}/"


EXPLANATION = ("vraag", "definitie")
COLUMNS: Mapping[str, Column] = {one.name: get_args(one.type)[1] for one in fields(Indicator)}
_KINDS = {one.name: get_args(one.type)[0] for one in fields(Indicator)}


def slug_of(indicator: str) -> str:
    """The name of an indicator as a part of an address."""
    return indicator.replace("_", "-")


def file_of(indicator: str, ending: str) -> str:
    """A file of an indicator, in the folder of its page: 'indicator/overlast-jeugd/overlast-jeugd.csv'.

    The address stays: it follows from the name alone, as that of the page does.
    """
    slug = slug_of(indicator)
    return f"indicator/{slug}/{slug}{ending}"


def choices(column: str) -> tuple[str, ...]:
    """What a column may hold; empty where any text will do."""
    kind = _filled(column)
    return get_args(kind) if get_origin(kind) is Literal else ()


def python_type(column: str) -> Any:
    """What a column holds where it is not empty: str, int or bool."""
    return str if choices(column) else _filled(column)


def sql_types() -> dict[str, str]:
    """Column → its type in DuckDB, in the order of the table."""
    return {name: _SQL_TYPES[python_type(name)] for name in COLUMNS}


def read_indicators(con: Connection) -> Mapping[str, Indicator]:
    """Every indicator of a warehouse by name, in the order of the themes and of their place within them."""
    return {row[0]: Indicator(*row) for row in _read(con, list(COLUMNS))}


def read_without_explanation(con: Connection, *, municipal: bool = True) -> Mapping[str, Indicator]:
    """The same, without what only the page and the files of an indicator say of it: see EXPLANATION.

    And, if not `municipal`, without those of gemeenten.

    What asks no more than this is not made anew when an explanation changes. Those fields are not there: to
    ask for one raises AttributeError, and so do equality and hash.
    """
    columns = [name for name in COLUMNS if name not in EXPLANATION]
    found = {}
    for row in _read(con, columns, municipal=municipal):
        found[row[0]] = one = object.__new__(Indicator)
        for name, value in zip(columns, row, strict=True):
            object.__setattr__(one, name, value)
    return found


def _read(con: Connection, columns: Sequence[str], *, municipal: bool = True) -> list[tuple[Any, ...]]:
    listed = ", ".join(f"i.{name}" for name in columns)
    rows: list[tuple[Any, ...]] = con.execute(
        f"select {listed} from contract.indicator as i left join reference.themas as t on t.thema = i.thema"
        " where $municipal or i.meetwijze != 'gemeente'"
        " order by t.volgorde::int nulls last, i.volgorde, i.indicator",
        {"municipal": municipal},
    ).fetchall()
    return rows


def _filled(column: str) -> Any:
    """The type of a column without that it may be empty."""
    kind = _KINDS[column]
    if get_origin(kind) in (None, Literal):
        return kind
    return next(one for one in get_args(kind) if one is not type(None))
