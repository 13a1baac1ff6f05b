"""Reads ``data/bronnen/<gemeente>_<dataset>.toml``: where a gemeente's figures are and what they mean."""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pipeline.gebied import niveau_of
from pipeline.gemeente.definition_period import RANGE_CAVEATS, choose, read_period_column, refuse_columns
from pipeline.gemeente.questions import refuse_questions
from pipeline.gemeente.shape import (
    BELOW_COUNTRY,
    Aggregate,
    AreaColumn,
    AreaForm,
    Crs,
    DefinitionError,
    Doubles,
    Form,
    Kind,
    MunicipalIndicator,
    PeriodColumn,
)
from pipeline.model import Header, read_indicator

MAPPING_COLUMNS = ("lokaal", "gebied_code")

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_PART = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PLACE = "dit bestand"


@dataclass(frozen=True)
class Definition:
    """All that one TOML says.

    Attributes:
        id: the name of the file: ``<gemeente>_<dataset>``.
        url: where the file is fetched; empty if it has to be asked for.
        file: a file in the project instead of an address.
        page: where a reader finds the dataset.
        notes: caveats in the gemeente's own words.
        complete: the file has every report of its periods, so an area without rows has none.
        doubles: what a row means that is in the file twice, cell for cell.
    """

    id: str
    path: Path
    title: str
    gemeente: str
    publisher: str
    licence: str
    citation: str
    page: str
    contact: str
    frequency: str
    notes: tuple[str, ...]
    url: str
    file: str
    form: Form
    gebied: AreaColumn
    periode: PeriodColumn
    filters: Mapping[str, tuple[str, ...]]
    complete: bool
    doubles: Doubles
    indicators: tuple[MunicipalIndicator, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the file that the definition needs."""
        named = [self.gebied.column, self.gebied.x, self.gebied.y, self.periode.column, *self.filters]
        for indicator in self.indicators:
            named += [indicator.column, indicator.lower, indicator.upper, *indicator.filters]
            named += indicator.columns
        return tuple(dict.fromkeys(name for name in named if name))

    def about(self, indicator: MunicipalIndicator) -> tuple[str, ...]:
        """The columns that say where, when and of which kind a row of an indicator is."""
        named = (self.gebied.column, self.periode.column, *self.filters, *indicator.filters)
        return tuple(dict.fromkeys(name for name in named if name))

    def may_show_rows(self, indicator: MunicipalIndicator) -> bool:
        """Whether rows behind a figure may be shown: not a report or a place, nor a part of a sensitive sum.

        Such a part may be a count so small that the site hides it.
        """
        parts = indicator.header.gevoelig and indicator.aggregate == "som"
        return self.gebied.form != "coordinaten" and indicator.aggregate != "aantal" and not parts


def load_definitions(folder: Path) -> tuple[Definition, ...]:
    """Every definition in a folder, by name; none is fine."""
    return tuple(read_definition(path) for path in sorted(folder.glob("*.toml")))


def read_definition(path: Path) -> Definition:
    """Read one definition.

    Raises:
        ModelError: no TOML, a key unknown, missing or of the wrong kind; the message names file and keys.
    """
    if not _NAME.fullmatch(path.stem):
        raise DefinitionError(f"{path}: de naam moet <gemeente>_<dataset>.toml zijn, in kleine letters")
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DefinitionError(f"{path}: dit bestand bestaat niet") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path}: geen geldige TOML: {error}") from None
    refuse_questions(path, values)
    header = Header(path, values, place=_PLACE)
    form = _form(header)
    period = read_period_column(header.below("periode"))
    definition = Definition(
        id=path.stem,
        path=path,
        title=header.take("title", str),
        gemeente=_gemeente(header),
        publisher=header.take("publisher", str),
        licence=header.take("licence", str),
        citation=header.take("citation", str),
        page=header.take("page", str, ""),
        contact=header.take("contact", str, ""),
        frequency=header.take("frequency", str),
        notes=_texts(header, "notes"),
        url=header.take("url", str, ""),
        file=header.take("file", str, ""),
        form=form,
        gebied=_area(header.below("gebied")),
        periode=period,
        filters=_filters(header),
        complete=header.take("complete", bool, False),
        doubles=choose(header, "doubles", get_args(Doubles), "weigeren"),
        indicators=_indicators(header, path.stem, caveat=RANGE_CAVEATS.get(period.range, "")),
    )
    header.refuse_rest()
    _refuse_contradictions(definition)
    return definition


def _form(header: Header) -> Form:
    kind: Kind = header.choose("kind", get_args(Kind))
    # Amsterdam's long file has been written this way since 2016.
    semicolons = kind == "bbga"
    form = Form(
        kind=kind,
        encoding=header.take("encoding", str, "utf-8"),
        delimiter=header.take("delimiter", str, ";" if semicolons else ","),
        decimal=header.take("decimal", str, "," if semicolons else "."),
        skip=header.take("skip", int, 0),
        header_rows=header.take("header_rows", int, 1),
        sheet=header.take("sheet", str, ""),
        records=header.take("records", str, ""),
    )
    if len(form.delimiter) != 1:
        raise DefinitionError(f"{header.path}: delimiter is {form.delimiter!r}; dat moet één teken zijn")
    if form.decimal not in (",", "."):
        raise DefinitionError(f"{header.path}: decimal is {form.decimal!r}; toegestaan: , of .")
    try:
        "".encode(form.encoding)
    except LookupError:
        raise DefinitionError(f"{header.path}: encoding {form.encoding!r} bestaat niet") from None
    return form


def _gemeente(header: Header) -> str:
    code = header.take("gemeente", str)
    try:
        if niveau_of(code) == "gemeente":
            return code
    except ValueError:
        pass
    raise DefinitionError(f"{header.path}: gemeente is {code!r}; verwacht een code als GM0758")


def _area(header: Header) -> AreaColumn:
    form: AreaForm = header.choose("form", get_args(AreaForm))
    points = form == "coordinaten"
    niveau = _texts(header, "niveau") or (("buurt",) if points else BELOW_COUNTRY)
    wrong = [one for one in niveau if one not in BELOW_COUNTRY]
    if wrong:
        raise DefinitionError(
            f"{header.path}: gebied.niveau is {wrong[0]!r}; toegestaan: {', '.join(BELOW_COUNTRY)}"
        )
    area = AreaColumn(
        form=form,
        column="" if points else header.take("column", str),
        x=header.take("x", str) if points else "",
        y=header.take("y", str) if points else "",
        crs=header.choose("crs", get_args(Crs)) if points else "wgs84",
        niveau=tuple(niveau),  # type: ignore[arg-type]
        codes=_codes(header),
        ignore=_texts(header, "ignore"),
        descending=header.take("descending", bool, False),
    )
    header.refuse_rest()
    if form == "lokaal" and not area.codes:
        raise DefinitionError(f"{header.path}: gebied.form is 'lokaal', maar mapping en codes ontbreken")
    return area


def _codes(header: Header) -> dict[str, str]:
    """The gemeente's own names and codes, from a mapping file beside the definition and the TOML itself."""
    codes = {}
    name = header.take("mapping", str, "")
    if name:
        file = header.path.with_name(name)
        if not file.is_file():
            raise DefinitionError(f"{header.path}: gebied.mapping: {file} bestaat niet")
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = csv.DictReader(text)
            if tuple(rows.fieldnames or ()) != MAPPING_COLUMNS:
                raise DefinitionError(f"{file}: de eerste regel moet {','.join(MAPPING_COLUMNS)} zijn")
            codes = {row["lokaal"].strip(): (row["gebied_code"] or "").strip() for row in rows}
    codes |= {str(key): str(value) for key, value in header.take("codes", dict, {}).items()}
    for local, code in codes.items():
        try:
            niveau_of(code)
        except ValueError as error:
            raise DefinitionError(f"{header.path}: gebied: bij {local!r}: {error}") from None
    return codes


def _filters(header: Header) -> dict[str, tuple[str, ...]]:
    filters = {}
    for column, values in header.take("filters", dict, {}).items():
        listed = values if isinstance(values, list) else [values]
        filters[str(column)] = tuple(str(value).strip() for value in listed)
    return filters


def _indicators(header: Header, dataset: str, *, caveat: str) -> tuple[MunicipalIndicator, ...]:
    raw = header.take("indicator", list)
    if not raw:
        raise DefinitionError(f"{header.path}: er staat geen enkele [[indicator]] in")
    for one in raw if caveat else ():
        if isinstance(one, dict) and isinstance(given := one.get("caveats", []), list):
            one["caveats"] = [*given, *([] if caveat in given else [caveat])]
    found = tuple(_indicator(header.path, dataset, number, one) for number, one in enumerate(raw, 1))
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    if twice:
        raise DefinitionError(f"{header.path}: indicator {', '.join(sorted(twice))} staat er twee keer in")
    return found


def _indicator(path: Path, dataset: str, number: int, values: Any) -> MunicipalIndicator:
    if not isinstance(values, dict):
        raise DefinitionError(f"{path}: indicator {number} is {values!r}; schrijf [[indicator]]")
    header = Header(path, values, within=f"indicator {number}: ", place=_PLACE)
    name = header.take("name", str)
    if not _PART.fullmatch(name):
        raise DefinitionError(f"{path}: indicator {number}: name is {name!r}; kleine letters, cijfers en _")
    aggregate: Aggregate = choose(header, "aggregate", get_args(Aggregate), "geen")
    columns = {str(key): str(value) for key, value in header.take("columns", dict, {}).items()}
    no_column = aggregate == "aantal" or bool(columns)
    known, title = f"{dataset}_{name}", header.take("title", str)
    indicator = MunicipalIndicator(
        id=known,
        title=title,
        aggregate=aggregate,
        column="" if no_column else header.take("column", str),
        columns=columns,
        factor=_factor(header),
        lower=header.take("lower", str, ""),
        upper=header.take("upper", str, ""),
        filters=_filters(header),
        header=read_indicator(header, name=known, title=title, measures=("gemeente",)),
        lower_bound=header.take("lower_bound", bool, False),
    )
    header.refuse_rest()
    _refuse_lower_bound(path, indicator)
    kind = indicator.header.kind
    if kind == "meting" and aggregate != "geen":
        raise DefinitionError(
            f"{path}: indicator {name}: aggregate is {aggregate!r}, maar een meting telt niet op"
        )
    if kind == "verhouding" and indicator.factor is not None:
        raise DefinitionError(f"{path}: indicator {name}: factor hoort alleen bij een meting")
    if kind == "verhouding" and (indicator.lower or indicator.upper):
        raise DefinitionError(f"{path}: indicator {name}: lower en upper horen alleen bij een meting")
    return indicator


def _refuse_lower_bound(path: Path, one: MunicipalIndicator) -> None:
    if one.lower_bound and one.aggregate != "som":
        raise DefinitionError(f"{path}: {one.id}: lower_bound hoort alleen bij aggregate = 'som'")
    if one.lower_bound and one.header.gevoelig:
        raise DefinitionError(
            f"{path}: {one.id}: lower_bound kan niet bij sensitive: met 'ten minste' is een klein "
            "aantal soms uit te rekenen"
        )


def _factor(header: Header) -> float | None:
    if "factor" not in header.values:
        return None
    given = header.take("factor", object)
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 < given <= 1_000_000:
        raise DefinitionError(
            f"{header.path}: {header.within}factor is {given!r}; verwacht een getal als 100"
        )
    return float(given)


def _refuse_contradictions(definition: Definition) -> None:
    path = definition.path
    if definition.url and definition.file:
        raise DefinitionError(f"{path}: url en file staan er allebei; kies er één")
    if definition.url and not definition.url.startswith(("https://", "http://")):
        raise DefinitionError(f"{path}: url is {definition.url!r}; verwacht https://…")
    if definition.page and not definition.page.startswith(("https://", "http://")):
        raise DefinitionError(f"{path}: page is {definition.page!r}; verwacht https://…")
    if definition.file and Path(definition.file).is_absolute() | (".." in Path(definition.file).parts):
        raise DefinitionError(f"{path}: file is {definition.file!r}; het moet binnen het project staan")
    for one in definition.indicators:
        refuse_columns(path, definition.periode, one)
    summed = [one for one in definition.indicators if one.aggregate != "geen"]
    if definition.complete and len(summed) != len(definition.indicators):
        raise DefinitionError(f"{path}: bij complete moet elke indicator tellen of optellen (aggregate)")
    if definition.complete and definition.gebied.niveau != ("buurt",):
        raise DefinitionError(f"{path}: complete kan alleen per buurt; zet gebied.niveau op ['buurt']")


def _texts(header: Header, key: str) -> tuple[str, ...]:
    return tuple(str(value) for value in header.take(key, list, []))
