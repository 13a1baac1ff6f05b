"""Reads model files: one file is one table, its header says what it is.

A model is ``pipeline/models/<schema>/<name>.sql``: a TOML header in a leading ``/*--- … ---*/`` comment and
one ``select``. Statistics that SQL cannot say are ``statistiek/<name>.py``, or in mart where they rest on
what is published: the same header as docstring and a function ``table(con)`` that returns an Arrow table.
A column that another table explains is only named, in ``columns_as_in``.
Nothing is built here; see ``warehouse``.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pipeline import indicator
from pipeline.errors import VeiligheidsbeeldError
from pipeline.indicator import Indicator, Kind
from pipeline.rhythm import Rhythm

TableFunction = Callable[[Any], Any]

# Figures of gemeenten come from definitions of their own, never from a model file.
OWN_MEASURES = tuple(measure for measure in indicator.choices("meetwijze") if measure != "gemeente")

# A model may read schemas at or before its own place.
SCHEMAS = (
    *("raw", "reference", "project", "staging", "core", "gemeentelijk"),
    *("indicator", "contract", "statistiek", "mart"),
)
FILE_SCHEMAS = ("staging", "core", "indicator", "contract", "statistiek", "mart")

CONTRACT: Mapping[Kind, Mapping[str, str]] = {
    "verhouding": {
        "gebied_code": "code van het gebied",
        "periode": "jaar (2022) of maand (2022-03)",
        "teller": "aantal, geheel getal",
        "noemer": "waardoor gedeeld wordt, geheel getal; leeg als die niet bekend is",
        "tabel": "tabel van de uitgever waar de teller uit komt",
    },
    "meting": {
        "gebied_code": "code van het gebied",
        "periode": "jaar waarover de meting gaat",
        "waarde": "gemeten waarde in de eenheid van de indicator",
        "onder": "ondergrens van de marge; leeg als de bron er geen geeft",
        "boven": "bovengrens van de marge; leeg als de bron er geen geeft",
        "tabel": "tabel van de uitgever waar de waarde uit komt",
    },
}

# The runner makes these itself: all indicators of one kind together.
UNIONS: Mapping[str, Kind] = {"project.verhouding": "verhouding", "project.meting": "meting"}

MOST_DECIMALS = 3  # that any figure is written with

_HEADER = re.compile(r"\A\s*/\*---\n(?P<toml>.*?)\n---\*/\s*(?P<sql>.*)\Z", re.DOTALL)


class ModelError(VeiligheidsbeeldError):
    """A model file is not as agreed; the message names the file and what is permitted."""


@dataclass(frozen=True)
class Topic:
    """A column of a publisher's table, found by its stem: CBS' numeric suffixes drift between releases.

    Attributes:
        stems: names without suffix, any of which may be in use; titles changed over the years.
        parent: title of the topic group above it, where a stem occurs twice.
        unit: the publisher's unit, where other years give the same stem in another one (a count, a share).
    """

    stems: tuple[str, ...]
    parent: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class SourceHeader:
    """What a staging file says of its source; see INTERFACES of the documentation.

    Attributes:
        earlier: dimension → names under which tables of earlier years have it.
    """

    publisher: str
    licence: str
    page: str
    tables: Mapping[str, str]
    dimensions: tuple[str, ...]
    topics: Mapping[str, Topic]
    host: str = ""
    partition: tuple[str, ...] = ()
    volledig: bool = False
    frequency: str = ""
    rhythm: Rhythm | None = None
    gap: str = ""
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Checks:
    """Checks declared in a header, in dbt's names; each becomes a query that returns failing rows."""

    not_null: tuple[str, ...] = ()
    accepted_values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accepted_range: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    relationships: Mapping[str, str] = field(default_factory=dict)
    expression_is_true: tuple[str, ...] = ()
    row_count: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """One table of the warehouse and all that its file says of it.

    Attributes:
        path: the file.
        schema, name: where the table stands; both follow from the path.
        sql: the ``select``; empty for a Python model.
        reads: for a Python model the tables it reads; for SQL empty (read from the SQL itself).
        function: for a table that no file of its own makes: what makes it.
    """

    path: Path
    schema: str
    name: str
    sql: str
    title: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    checks: Checks
    description: str = ""
    reads: tuple[str, ...] = ()
    source: SourceHeader | None = None
    indicator: Indicator | None = None
    function: TableFunction | None = None

    @property
    def table(self) -> str:
        """Schema-qualified name of the table."""
        return f"{self.schema}.{self.name}"


T = TypeVar("T")


def load_models(folder: Path) -> tuple[Model, ...]:
    """Every model below a folder, ordered by table name.

    Raises:
        ModelError: a file lies in a schema that is not known, or its header is not as agreed.
    """
    paths = sorted([*folder.glob("*/*.sql"), *folder.glob("statistiek/*.py"), *folder.glob("mart/*.py")])
    if not paths:
        raise ModelError(f"{folder}: geen modellen gevonden")
    return tuple(read_model(path) for path in paths if path.name != "__init__.py")


def read_model(path: Path) -> Model:
    """Read one model file.

    Raises:
        ModelError: no header, unknown or missing keys, or a value of the wrong kind.
    """
    schema = path.parent.name
    if schema not in FILE_SCHEMAS:
        raise ModelError(f"{path}: schema {schema!r} bestaat niet; toegestaan: {', '.join(FILE_SCHEMAS)}")
    toml, sql = _split(path)
    try:
        header = Header(path, tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise ModelError(f"{path}: de kop is geen geldige TOML: {error}") from None
    title = header.take("title", str)
    described = None
    if schema == "indicator":
        described = read_indicator(header, name=path.stem, title=title, measures=OWN_MEASURES)
    model = Model(
        path=path,
        schema=schema,
        name=path.stem,
        sql=sql,
        title=title,
        description=header.take("description", str, ""),
        key=("gebied_code", "periode") if described else _texts(header.take("key", list)),
        columns=CONTRACT[described.kind] if described else _columns(header),
        checks=_checks(header),
        reads=_texts(header.take("reads", list, [])),
        source=_source(header) if schema == "staging" else None,
        indicator=described,
    )
    header.refuse_rest()
    return model


def _split(path: Path) -> tuple[str, str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        docstring = ast.get_docstring(ast.parse(text))
        if not docstring:
            raise ModelError(f"{path}: de kop ontbreekt; verwacht een docstring met TOML")
        return docstring, ""
    found = _HEADER.match(text)
    if not found:
        raise ModelError(f"{path}: de kop ontbreekt; verwacht '/*---', TOML en '---*/' bovenaan")
    sql = found["sql"].strip().removesuffix(";").strip()
    if not sql:
        raise ModelError(f"{path}: onder de kop staat geen select")
    return found["toml"], sql


class Header:
    """A table of TOML from which keys are taken; what is left over was not known.

    Attributes:
        within: the keys above it, with a point behind them; empty at the top.
        place: what errors call the text that it was read from.
    """

    def __init__(
        self, path: Path, values: dict[str, Any], *, within: str = "", place: str = "de kop"
    ) -> None:
        self.path, self.values, self.known = path, dict(values), list[str]()
        self.within, self.place = within, place

    def take(self, key: str, kind: type[T], *default: T) -> T:
        self.known.append(key)
        if key not in self.values:
            if default:
                return default[0]
            raise ModelError(f"{self.path}: {self.within}{key} ontbreekt in {self.place}")
        value = self.values.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ModelError(f"{self.path}: {self.within}{key} is {value!r}, verwacht {kind.__name__}")
        return value

    def choose(self, key: str, permitted: tuple[Any, ...]) -> Any:
        value = self.take(key, str)
        if value not in permitted:
            raise ModelError(
                f"{self.path}: {self.within}{key} is {value!r}; toegestaan: {', '.join(permitted)}"
            )
        return value

    def below(self, key: str) -> "Header":
        return Header(self.path, self.take(key, dict, {}), within=f"{self.within}{key}.", place=self.place)

    def refuse_rest(self) -> None:
        if self.values:
            unknown = ", ".join(self.within + key for key in sorted(self.values))
            raise ModelError(
                f"{self.path}: onbekend in {self.place}: {unknown}; "
                f"toegestaan: {', '.join(sorted(self.known))}"
            )


def _columns(header: Header) -> Mapping[str, str]:
    """Column → what it is; a column that another table has too is explained there and only named here."""
    columns: dict[str, str] = {}
    for table, names in header.take("columns_as_in", dict, {}).items():
        there = _columns_of(header.path, table)
        if unknown := sorted(set(names) - set(there)):
            raise ModelError(
                f"{header.path}: columns_as_in: {table} heeft geen {', '.join(unknown)}; "
                f"toegestaan: {', '.join(sorted(there))}"
            )
        columns |= {name: there[name] for name in names}
    own = dict(header.take("columns", dict, *([{}] if columns else [])))
    if twice := sorted(set(columns) & set(own)):
        raise ModelError(f"{header.path}: {', '.join(twice)} staat in columns en in columns_as_in")
    return columns | own


def _columns_of(path: Path, table: str) -> Mapping[str, str]:
    if table in UNIONS:
        return CONTRACT[UNIONS[table]]
    found = list(path.parent.parent.glob(f"{table.replace('.', '/')}.*"))
    if len(found) != 1:
        raise ModelError(f"{path}: columns_as_in: {table} is geen tabel die uit een model komt")
    return read_model(found[0]).columns


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _checks(header: Header) -> Checks:
    raw = header.below("checks")
    checks = Checks(
        not_null=_texts(raw.take("not_null", list, [])),
        accepted_values={
            column: _texts(values) for column, values in raw.take("accepted_values", dict, {}).items()
        },
        accepted_range=raw.take("accepted_range", dict, {}),
        relationships=raw.take("relationships", dict, {}),
        expression_is_true=_texts(raw.take("expression_is_true", list, [])),
        row_count=raw.take("row_count", dict, {}),
    )
    raw.refuse_rest()
    return checks


def _source(header: Header) -> SourceHeader:
    raw = header.below("source")
    source = SourceHeader(
        publisher=raw.take("publisher", str),
        host=raw.take("host", str, ""),
        licence=raw.take("licence", str),
        page=raw.take("page", str),
        tables={str(key): str(value) for key, value in raw.take("tables", dict).items()},
        dimensions=_texts(raw.take("dimensions", list)),
        partition=_texts(raw.take("partition", list, [])),
        volledig=raw.take("volledig", bool, False),
        frequency=raw.take("frequency", str, ""),
        rhythm=_rhythm(raw),
        gap=raw.take("gap", str, ""),
        earlier={name: _texts(names) for name, names in raw.take("earlier", dict, {}).items()},
        topics={
            alias: _topic(header.path, alias, value) for alias, value in raw.take("topics", dict).items()
        },
    )
    raw.refuse_rest()
    return source


def _rhythm(source: Header) -> Rhythm | None:
    if not (raw := source.below("rhythm")).values:
        return None
    found = raw.take("every", int), raw.take("later", int, 0), raw.take("day", str, "")
    raw.refuse_rest()
    try:
        return Rhythm(*found)
    except ValueError as error:
        raise ModelError(f"{raw.path}: source.rhythm: {error}") from None


def _topic(path: Path, alias: str, value: Any) -> Topic:
    if isinstance(value, str):
        return Topic((value,))
    raw = Header(path, value, within=f"source.topics.{alias}.")
    topic = Topic(
        _texts(raw.take("stem", list)), raw.take("parent", str, "") or None, raw.take("unit", str, "") or None
    )
    raw.refuse_rest()
    return topic


def read_indicator(header: Header, *, name: str, title: str, measures: tuple[str, ...]) -> Indicator:
    """Take what is said of an indicator out of a header: a key for each column that has one.

    Args:
        header: a model's header, or one indicator of a municipal definition.
        measures: what ``measure`` may be; where there is no choice, the header does not say it.

    Raises:
        ModelError: a key is missing, or has a value that is not permitted.
    """
    values: dict[str, Any] = {"indicator": name, "titel": title}
    for column, about in indicator.COLUMNS.items():
        permitted = indicator.choices(column)
        if column == "meetwijze":
            values[column] = header.choose(about.key, measures) if len(measures) > 1 else measures[0]
        elif about.counted and values["kind"] != "verhouding":
            values[column] = None
        elif permitted:
            values[column] = header.choose(about.key, permitted)
        elif about.key:
            values[column] = _value(header, about.key, indicator.python_type(column))
    return Indicator(**values)


def _value(header: Header, key: str, kind: Any) -> Any:
    if key == "caveats":
        return ";".join(_texts(header.take(key, list)))
    if key == "decimals":
        return _decimals(header)
    return header.take(key, bool, False) if kind is bool else header.take(key, kind)


def _decimals(header: Header) -> int:
    found = header.take("decimals", int)
    if not 0 <= found <= MOST_DECIMALS:
        raise ModelError(
            f"{header.path}: {header.within}decimals is {found}; toegestaan: 0 tot en met {MOST_DECIMALS}"
        )
    return found


def indicators(models: tuple[Model, ...]) -> dict[str, Indicator]:
    """Indicator id → what is said of it, ordered by theme and place within it."""
    found = {model.name: model.indicator for model in models if model.indicator is not None}
    return dict(sorted(found.items(), key=lambda item: (item[1].thema, item[1].volgorde, item[0])))


def sources(models: tuple[Model, ...]) -> dict[str, SourceHeader]:
    """Source id → header, ordered by id."""
    return {model.name: model.source for model in models if model.source is not None}
