"""Snapshots → raw.* → models in order → one DuckDB file, swapped in when every check has passed."""

import csv
import io
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline import releases, snapshot
from pipeline.aanpak import check
from pipeline.aanpak.definition import load_approaches
from pipeline.alone import alone
from pipeline.gemeente.definition import load_definitions
from pipeline.gemeente.models import file_date, project_models
from pipeline.model import SCHEMAS, Model, sources
from pipeline.paths import PACKAGE, Paths, digest_of
from pipeline.say import Say
from pipeline.snapshot import Lock
from pipeline.system_errors import is_of_the_system
from pipeline.warehouse import checks, describe
from pipeline.warehouse.connect import (
    MACROS,
    MACROS_FILE,
    NoWarehouseError,
    WarehouseError,
    new_warehouse,
    open_warehouse,
    remove_unfinished,
    standing_fingerprint,
)
from pipeline.warehouse.explain import refuse_failures
from pipeline.warehouse.ledger import Ledger, of_source, read_ledger
from pipeline.warehouse.load import load_municipal, load_reference, load_source
from pipeline.warehouse.run import run_models

SUFFIXES = (".py", ".sql")
OTHER_ROOMS = ("charts", "models", "site", "words")


def fingerprint(paths: Paths) -> str:
    """A digest of all that the warehouse is made from: store, models, reference tables and code."""
    files = [
        paths.snapshots / snapshot.LOCK_NAME,
        paths.snapshots / releases.LOG_NAME,
        *sorted(paths.reference.glob("*.csv")),
        *sorted(file for file in paths.definitions.glob("*") if file.is_file()),
        *sorted(file for file in paths.approaches.rglob("*") if file.is_file()),
        *models_and_code(paths),
    ]
    return digest_of([paths.store], files, root=paths.root)


@contextmanager
def of_this_code(paths: Paths) -> Iterator[None]:
    """What the block asks of the standing warehouse, it may not know: an older code made it.

    Raises:
        NoWarehouseError: it lacks a table or a column, and was made from something else than what is here.
    """
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        if standing_fingerprint(paths) == fingerprint(paths):
            raise  # a build would make the same
        raise NoWarehouseError(
            f"{paths.warehouse} is van een andere versie ({str(error).splitlines()[0]}); "
            "maak het opnieuw: veiligheidsbeeld build"
        ) from error


def models_and_code(paths: Paths) -> list[Path]:
    """Every model, and every file of the package but those of the rooms that the warehouse never enters."""
    models = {file for file in paths.models.rglob("*") if file.suffix in SUFFIXES}
    return sorted(_code() | models)


def _code() -> set[Path]:
    return {
        file
        for file in PACKAGE.rglob("*")
        if file.suffix in SUFFIXES and file.relative_to(PACKAGE).parts[0] not in OTHER_ROOMS
    }


def _mark_of_code() -> str:
    """Of the code that makes tables and of DuckDB: where either is another, all tables are made anew."""
    files = sorted(file for file in _code() if file.name != MACROS_FILE.name)
    return digest_of([duckdb.__version__], files, root=PACKAGE)


def build(paths: Paths, *, say: Say, force: bool = False) -> bool:
    """Build the warehouse beside the standing one and swap it in.

    Returns:
        False when nothing has changed since the standing one was built.

    Raises:
        BusyError: another run writes to the build folder.
        VeiligheidsbeeldError: a snapshot, model or check fails; the standing warehouse stays.
    """
    with alone(paths.build, verb="build"):
        remove_unfinished(paths)
        lock = snapshot.read_lock(paths.snapshots)
        for source_id, source in lock.sources.items():
            snapshot.verify(paths.snapshots, source_id, source)
        mark = fingerprint(paths)
        if not force and standing_fingerprint(paths) == mark:
            return False
        models, approaches = project_models(paths), load_approaches(paths.approaches)
        code = _mark_of_code()
        standing = {} if force else read_ledger(paths, code=code)
        with new_warehouse(paths, copied=bool(standing)) as connection:
            ledger = Ledger(connection, code=code, standing=standing)
            _clear(connection, kept=standing.keys() & {model.table for model in models})
            _prepare(connection, paths, lock, models, mark=mark)
            describe.describe_approaches(connection, approaches)
            _give_sources(ledger, paths, lock, models)
            run_models(connection, models, ledger=ledger, say=say)
            check.refuse_unknown(check.read_known(connection), approaches)
            touched = tuple(
                model for model in models if model.table in ledger.anew or ledger.changed & _targets(model)
            )
            refuse_failures(connection, checks.run_checks(connection, touched, alone=False), models)
            ledger.write()
            for schema in ("raw", "project"):
                connection.execute(f"drop schema {schema} cascade")
    made = f"{len(models)} tabellen uit {len(lock.sources)} bronnen ({paths.store})"
    say(f"magazijn: {made}, {len(ledger.anew)} opnieuw gemaakt")
    return True


def _targets(model: Model) -> set[str]:
    """The tables that the checks of a model look into, beside its own."""
    return {target.rpartition(".")[0] for target in model.checks.relationships.values()}


def _clear(connection: duckdb.DuckDBPyConnection, *, kept: Set[str]) -> None:
    """Leave of a copied warehouse nothing but the tables that models may keep."""
    tables = "select schema_name || '.' || table_name from duckdb_tables() where not internal"
    for (table,) in connection.execute(tables).fetchall():
        if table not in kept:
            connection.execute(f"drop table {table}")
    macros = "select function_name from duckdb_functions() where not internal and function_type = 'macro'"
    for (macro,) in connection.execute(macros).fetchall():
        connection.execute(f"drop macro {macro}")


def _give_sources(ledger: Ledger, paths: Paths, lock: Lock, models: tuple[Model, ...]) -> None:
    """What ``raw`` holds of each source: files by checksum, and of a gemeente its definition too."""
    for model in models:
        if model.source is not None:
            inhoud = of_source(model.source, lock.sources.get(model.name))
            for table in (model.name, f"{model.name}_codes", f"{model.name}_kolommen"):
                ledger.give(f"raw.{table}", inhoud)
    areas = [
        file.read_bytes() for file in sorted(paths.definitions.glob("*")) if file.suffix not in ("", ".toml")
    ]
    for definition in load_definitions(paths.definitions):
        if (source := lock.sources.get(definition.id)) is not None:
            dates = [file_date(table.modified, table.fetched_at) for table in source.tables.values()]
            inhoud = of_source(None, source, definition.path.read_bytes(), areas, dates)
            ledger.give(f"raw.{definition.id}", inhoud)


def recheck(paths: Paths) -> int:
    """Run every check on the standing warehouse; return how many tables were checked.

    Raises:
        CheckError: with the first ten rows of each failing check.
    """
    models = project_models(paths)
    with open_warehouse(paths) as connection:
        failures = checks.run_checks(connection, models)
    if failures:
        raise checks.CheckError("\n".join(str(failure) for failure in failures))
    return len(models)


def _prepare(
    connection: duckdb.DuckDBPyConnection, paths: Paths, lock: Lock, models: tuple[Model, ...], *, mark: str
) -> None:
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists {schema}")
    connection.execute(MACROS)
    load_reference(connection, paths.reference)
    headers = sources(models)
    definitions = load_definitions(paths.definitions)
    unknown = sorted(set(lock.sources) - set(headers) - {one.id for one in definitions})
    if unknown:
        raise WarehouseError(
            f"{paths.snapshots / snapshot.LOCK_NAME}: bron {', '.join(unknown)} heeft geen bestand in "
            f"staging of in {paths.definitions}; bekend: {', '.join(headers)}"
        )
    for model in models:
        if model.source is not None:
            load_source(connection, paths.snapshots, model, lock.sources.get(model.name))
    for definition in definitions:
        if definition.id in lock.sources:
            load_municipal(connection, paths.snapshots, definition, lock.sources[definition.id])
    describe.describe_build(connection, mark=mark, store=paths.store)
    describe.describe_snapshots(connection, lock)
    describe.describe_releases(connection, releases.read_log(paths.snapshots), lock)
    describe.describe_models(connection, models)
    describe.describe_rhythms(connection, headers)
    describe.describe_indicators(connection, models)
    describe.describe_definitions(connection, definitions, lock)


def query_csv(paths: Paths, sql: str) -> str:
    """The answer to one read-only query, as CSV with a header.

    Raises:
        WarehouseError: DuckDB refuses the query.
    """
    with open_warehouse(paths) as connection:
        try:
            result = connection.execute(sql)
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow([column[0] for column in result.description or []])
            writer.writerows(result.fetchall())
        except duckdb.Error as error:
            if is_of_the_system(error):
                raise
            raise WarehouseError(f"vraag geweigerd: {error}") from error
    return text.getvalue()
