"""The part of a definition that says when: ``[periode]``, and the columns that each have a period."""

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pipeline.gemeente.periods import PeriodError, read_label
from pipeline.gemeente.shape import (
    DefinitionError,
    MunicipalIndicator,
    PeriodColumn,
    PeriodForm,
    PeriodRange,
    PeriodStep,
)
from pipeline.model import Header

_PERIOD = re.compile(r"\d{4}(-\d{2})?")
_YEAR = re.compile(r"\d{4}")
_PART = re.compile(r"Q[1-4]|H[12]|0[1-9]|1[0-2]")
WITH_RANGES = ("jaar", "kolommen")
# What figures of such a period carry: a reader sees one year.
RANGE_CAVEATS = {"schooljaar": "schooljaar", "twee_jaar": "twee_jaar"}


def choose(header: Header, key: str, permitted: tuple[str, ...], default: str) -> Any:
    """A key that may be left out."""
    header.values.setdefault(key, default)
    return header.choose(key, permitted)


def read_period_column(header: Header) -> PeriodColumn:
    """Read ``[periode]``.

    Raises:
        DefinitionError: a key is of the wrong kind, or keys contradict each other.
    """
    form: PeriodForm = header.choose("form", get_args(PeriodForm))
    wide = form == "kolommen"
    fixed = header.take("fixed", str) if form == "vast" else header.take("fixed", str, "") if wide else ""
    period = PeriodColumn(
        form=form,
        column=""
        if form == "vast"
        else header.take("column", str, "")
        if wide
        else header.take("column", str),
        to=choose(header, "to", get_args(PeriodStep), _step(form, fixed)),
        fixed=fixed,
        first=header.take("first", str, ""),
        last=header.take("last", str, ""),
        until=header.take("until", str, ""),
        century=header.take("century", str, ""),
        range=choose(header, "range", get_args(PeriodRange), ""),
    )
    header.refuse_rest()
    _refuse(header, period)
    return period


def _step(form: PeriodForm, fixed: str) -> PeriodStep:
    return "maand" if form == "maand" or len(fixed) == 7 else "jaar"


def _refuse(header: Header, period: PeriodColumn) -> None:
    for key, value in (("fixed", period.fixed), ("first", period.first), ("last", period.last)):
        if value and not _PERIOD.fullmatch(value):
            raise DefinitionError(f"{header.path}: periode.{key} is {value!r}; verwacht 2024 of 2024-03")
    if period.until and not _is_day(period.until):
        raise DefinitionError(f"{header.path}: periode.until is {period.until!r}; verwacht 2024-12-31")
    if period.century not in ("", "19", "20"):
        raise DefinitionError(f"{header.path}: periode.century is {period.century!r}; toegestaan: 19, 20")
    if period.form in ("jaar", "kwartaal") and period.to == "maand":
        kind = "jaren" if period.form == "jaar" else "kwartalen"
        raise DefinitionError(f"{header.path}: periode.to is 'maand', maar de kolom heeft {kind}")
    if period.range and period.form not in WITH_RANGES:
        raise DefinitionError(f"{header.path}: periode.range hoort alleen bij form 'jaar' of 'kolommen'")
    if period.form == "kolommen" and period.fixed and (period.column or not _YEAR.fullmatch(period.fixed)):
        raise DefinitionError(
            f"{header.path}: bij form 'kolommen' is fixed het jaar van alle kolommen, zonder column ernaast"
        )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def refuse_columns(path: Path, periode: PeriodColumn, one: MunicipalIndicator) -> None:
    """Refuse an indicator that does not go with ``[periode]``.

    Raises:
        DefinitionError: naming the indicator and what to write.
    """
    wide = periode.form == "kolommen"
    if wide != bool(one.columns):
        raise DefinitionError(
            f"{path}: {one.id}: columns hoort bij periode.form = 'kolommen', en alleen daarbij"
        )
    if periode.range == "twee_jaar" and one.header.kind == "verhouding":
        raise DefinitionError(
            f"{path}: {one.id}: een aantal over twee jaren is geen aantal van een jaar; "
            "vraag de uitgever om jaarcijfers"
        )
    if one.columns and one.aggregate == "aantal":
        raise DefinitionError(f"{path}: {one.id}: rijen tellen (aantal) kan niet met columns")
    parts = [
        name for name, label in one.columns.items() if _is_part(path, periode, one, name=name, label=label)
    ]
    if (parts or periode.form == "kwartaal") and one.header.kind == "meting":
        raise DefinitionError(
            f"{path}: {one.id}: een meting per kwartaal, halfjaar of maand is geen meting van een jaar; "
            "vraag de uitgever om jaarcijfers, of zet bij maanden periode.to op 'maand'"
        )
    whole = {label for label in one.columns.values() if len(label) == 4}
    if double := next((name for name in parts if one.columns[name][:4] in whole), ""):
        raise DefinitionError(
            f"{path}: {one.id}: columns: {double!r} is een deel van een jaar dat ook zelf een kolom heeft; "
            "dat telt dubbel, kies één van beide"
        )
    if parts and one.aggregate != "som":
        raise DefinitionError(
            f"{path}: {one.id}: columns: {parts[0]!r} is een deel van een jaar; zet aggregate = 'som', "
            "dan is het jaar er zodra alle delen er zijn (bij maanden kan ook periode.to = 'maand')"
        )


def _is_part(path: Path, periode: PeriodColumn, one: MunicipalIndicator, *, name: str, label: str) -> bool:
    """Whether a column is of a part of a year, such as a quarter."""
    elsewhere = bool(periode.fixed or periode.column)
    if elsewhere and not _PART.fullmatch(label):
        raise DefinitionError(
            f"{path}: {one.id}: columns: bij {name!r} staat {label!r}; het jaar staat al bij periode, "
            "verwacht Q1, H1 of 03"
        )
    text = f"2000-{label}" if label.isdigit() else f"2000 {label}"
    try:
        return read_label(text if elsewhere else label, to=periode.to, span=periode.range).parts > 1
    except PeriodError as error:
        raise DefinitionError(f"{path}: {one.id}: columns: bij {name!r}: {error}") from None
