"""Where in the snapshots a wrong value stands: errors of models and checks with the files they come from."""

from collections.abc import Mapping

import duckdb

from pipeline.model import Model
from pipeline.warehouse import checks, graph
from pipeline.warehouse.graph import serializer

# Looking up in which part a wrong row stands reads a whole source.
SEARCHED_ROWS = 2


def explain(
    connection: duckdb.DuckDBPyConnection, model: Model, reads: Mapping[str, frozenset[str]], message: str
) -> str:
    """A DuckDB error with the part of the snapshot in which the value stands, if the value can be found."""
    first_line = message.splitlines()[0].removeprefix("Invalid Input Error: ")
    quoted = first_line.split("'")
    values = [quoted[1]] if len(quoted) > 2 else []
    places = _cells_with(connection, model, values) or _parts_with(
        connection, graph.sources_of(model.table, reads), values
    )
    return f"{model.path}: {first_line}" + (f" (in {'; '.join(places)})" if places else "")


def _cells_with(connection: duckdb.DuckDBPyConnection, model: Model, values: list[str]) -> list[str]:
    """Where in its source a value stands: part, key of the row and column; the first of each column."""
    if model.source is None or not values:
        return []
    dimensions = model.source.dimensions
    row = ", ".join(_readable(name) for name in dimensions)
    places = []
    for column in (*dimensions, *model.source.topics):
        found = connection.execute(
            f"select deel, {row} from raw.{model.name} where {_readable(column)} = ? limit 1", values
        ).fetchall()
        for part, *key in found:
            named = ", ".join(f"{name} {code}" for name, code in zip(dimensions, key, strict=True))
            places.append(f"{part}: {named}, kolom {column}")
    return places


def _readable(column: str) -> str:
    """SQL: a cell as weiger() of the macros writes it."""
    return f'zonder_stuurtekens(trim(cast("{column}" as varchar)))'


def _parts_with(
    connection: duckdb.DuckDBPyConnection, source_ids: frozenset[str], values: list[str]
) -> list[str]:
    """Parts of the snapshots that hold a row with all of the values (a year also as a period's start)."""
    places: set[str] = set()
    for source_id in sorted(source_ids) if values else ():
        described = connection.execute(f"describe raw.{source_id}").fetchall()
        columns = [row[0] for row in described if row[0] not in ("tabel", "deel")]
        everywhere = " and ".join(
            "("
            + " or ".join(f'starts_with(trim(cast("{column}" as varchar)), ?)' for column in columns)
            + ")"
            for _ in values
        )
        found = connection.execute(
            f"select distinct deel from raw.{source_id} where {everywhere} order by deel limit 5",
            [value.strip() for value in values for _ in columns],
        ).fetchall()
        places |= {str(row[0]) for row in found}
    return sorted(places)


def refuse_failures(
    connection: duckdb.DuckDBPyConnection, failures: tuple[checks.Failure, ...], models: tuple[Model, ...]
) -> None:
    if not failures:
        return
    reads = graph.lineage(models, serialize=serializer(connection))
    keys = {model.table: model.key for model in models}
    texts = []
    for failure in failures:
        names = [name for name in keys[failure.check.table] if name in failure.columns]
        origins = graph.sources_of(failure.check.table, reads)
        places: set[str] = set()
        for row in failure.rows[:SEARCHED_ROWS]:
            values = {name: str(row[failure.columns.index(name)]) for name in names}
            # A key may hold what a model made itself; the area is always the publisher's.
            area = [values["gebied_code"]] if "gebied_code" in values else []
            places.update(
                _parts_with(connection, origins, list(values.values()))
                or _parts_with(connection, origins, area)
            )
        texts.append(str(failure) + (f"\n  in: {', '.join(sorted(places))}" if places else ""))
    raise checks.CheckError("\n".join(texts))
