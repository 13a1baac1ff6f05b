"""Checks as queries that return failing rows; a table with failing rows does not reach a reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import VeiligheidsbeeldError
from pipeline.model import Model
from pipeline.sql import Connection, literal

SHOWN_ROWS = 10


class CheckError(VeiligheidsbeeldError):
    """Tables hold rows that break a check; the message has the first ten of each."""


@dataclass(frozen=True)
class Check:
    """One query; every row that it returns is a failure.

    Attributes:
        alone: True if it reads nothing but its own table, so that it can run as soon as that is built.
        condition: what a failing row of the table satisfies; empty if the query is of another kind.
        key: the columns that no two rows may share; empty if the query is of another kind.
    """

    table: str
    name: str
    sql: str
    alone: bool = True
    condition: str = ""
    key: str = ""


@dataclass(frozen=True)
class Failure:
    """A check that failed: how often, and the first rows with their column names."""

    check: Check
    count: int
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __str__(self) -> str:
        head = f"{self.check.table}: {self.check.name}: {self.count} rijen fout"
        lines = [
            "  " + ", ".join(f"{column}={value!r}" for column, value in zip(self.columns, row, strict=True))
            for row in self.rows
        ]
        return "\n".join([head, *lines])


def checks_of(model: Model) -> Iterator[Check]:
    """Every check that a model's header asks for, the key's included."""
    table, checks = model.table, model.checks
    key = ", ".join(model.key)

    def rows_where(name: str, condition: str, *, alone: bool = True) -> Check:
        return Check(table, name, f"select * from {table} where {condition}", alone, condition)

    for column in dict.fromkeys((*model.key, *checks.not_null)):
        yield rows_where(f"not_null {column}", f"{column} is null")
    if key:
        yield Check(
            table,
            f"unique {key}",
            f"select {key}, count(*) as keer from {table} group by {key} having count(*) > 1",
            key=key,
        )
    for column, values in checks.accepted_values.items():
        listed = ", ".join(literal(value) for value in values)
        yield rows_where(f"accepted_values {column}", f"{column} not in ({listed})")
    for column, bounds in _ranges(model).items():
        low, high = bounds.get("min", "-infinity"), bounds.get("max", "infinity")
        yield _range(model, column, low, high)
    for column, target in checks.relationships.items():
        target_table, target_column = target.rsplit(".", 1)
        yield rows_where(
            f"relationships {column} → {target}",
            f"{column} is not null and {column} not in (select {target_column} from {target_table})",
            alone=False,
        )
    for expression in checks.expression_is_true:
        yield rows_where(f"expression_is_true {expression}", f"not coalesce(({expression}), false)")
    if "min" in checks.row_count:
        least = checks.row_count["min"]
        yield Check(
            table, f"row_count ≥ {least}", f"select count(*) as rijen from {table} having count(*) < {least}"
        )
    if model.indicator:
        yield rows_where("periode is jaar of maand", r"not regexp_full_match(periode, '\d{4}(-\d{2})?')")
    if model.indicator and model.indicator.kind == "verhouding":
        yield rows_where("teller en noemer niet negatief", "teller < 0 or noemer < 0")


def _ranges(model: Model) -> Mapping[str, Mapping[str, float]]:
    """Column → what it may be. The margin of a measurement lies where its value may be.

    A measurement without a range of its own (of a gemeente) may be any number, or a percentage.
    """
    ranges = model.checks.accepted_range
    if model.indicator and model.indicator.kind == "meting":
        usual: Mapping[str, float] = {"min": 0, "max": 100} if model.indicator.eenheid == "%" else {}
        ranges = {name: ranges.get("waarde", usual) for name in ("waarde", "onder", "boven")} | dict(ranges)
    return ranges


def _range(model: Model, column: str, low: float | str, high: float | str) -> Check:
    """Values outside the range, not finite ones included; a failing row shows its key and the value."""
    condition = f"{column} not between '{low}'::double and '{high}'::double or not isfinite({column}::double)"
    shown = ", ".join(dict.fromkeys((*model.key, column)))
    name = f"{column} ligt niet tussen {low} en {high}"
    return Check(model.table, name, f"select {shown} from {model.table} where {condition}", True, condition)


def run_checks(
    connection: Connection, models: tuple[Model, ...], *, alone: bool | None = None
) -> tuple[Failure, ...]:
    """Run the checks of the models and return those that fail.

    Args:
        alone: only the checks that read their own table alone (True), only the others (False), or all (None).
    """
    failures = []
    for model in models:
        wanted = [check for check in checks_of(model) if alone is None or check.alone == alone]
        for check in _suspects(connection, model.table, wanted):
            result = connection.execute(
                f"select *, count(*) over () as aantal_fout from ({check.sql}) limit {SHOWN_ROWS}"
            )
            columns = tuple(column[0] for column in result.description[:-1])
            rows = result.fetchall()
            if rows:
                failures.append(Failure(check, rows[0][-1], columns, tuple(tuple(row[:-1]) for row in rows)))
    return tuple(failures)


def _suspects(connection: Connection, table: str, wanted: list[Check]) -> list[Check]:
    """Checks that may fail: those on single rows are counted together, in one pass over the table."""
    on_rows = [check for check in wanted if check.condition]
    others = [check for check in wanted if not check.condition and not _is_unique(connection, check)]
    if not on_rows:
        return others
    counts = ", ".join(f"count(*) filter (where {check.condition})" for check in on_rows)
    (found,) = connection.execute(f"select {counts} from {table}").fetchall()
    return [check for check, count in zip(on_rows, found, strict=True) if count] + others


def _is_unique(connection: Connection, check: Check) -> bool:
    """Whether no two rows share the key, proven in a cheaper way than by counting each key.

    False says nothing: then the check itself must tell.
    """
    if not check.key:
        return False
    # A table in the order of its key needs one look at each row; any other stops at its first disorder. The
    # row numbers prove that each row was held against the one stored before it, whatever DuckDB reads first.
    disorder = connection.execute(
        f"select 1 from (select rowid as nr, lag(rowid) over () as vorige_nr, ({check.key}) as sleutel, "
        f"lag(({check.key})) over () as vorige from {check.table}) "
        "where not coalesce(nr = vorige_nr + 1 and sleutel > vorige, nr = 0) limit 1"
    ).fetchall()
    if not disorder:
        return True
    # As many different digests as rows: then all keys differ. The reverse does not hold.
    ((all_differ,),) = connection.execute(
        f"select count(*) = count(distinct hash({check.key})) from {check.table}"
    ).fetchall()
    return bool(all_differ)
