"""Snapshots → raw.* → models in order → one DuckDB file, swapped in when every check has passed."""

import csv
import hashlib
import io
from pathlib import Path

import duckdb

from pipeline import releases, snapshot
from pipeline.aanpak import check
from pipeline.aanpak.definition import load_approaches
from pipeline.alone import alone
from pipeline.gemeente.definition import load_definitions
from pipeline.gemeente.models import project_models
from pipeline.model import SCHEMAS, Model, sources
from pipeline.paths import PACKAGE, Paths
from pipeline.say import Say
from pipeline.snapshot import Lock
from pipeline.system_errors import is_of_the_system
from pipeline.warehouse import checks, describe
from pipeline.warehouse.connect import (
    MACROS,
    WarehouseError,
    new_warehouse,
    open_warehouse,
    remove_unfinished,
    standing_fingerprint,
)
from pipeline.warehouse.explain import refuse_failures
from pipeline.warehouse.load import load_municipal, load_reference, load_source
from pipeline.warehouse.run import run_models

SUFFIXES = (".py", ".sql")
OTHER_ROOMS = ("charts", "models", "site", "words")


def fingerprint(paths: Paths) -> str:
    """A digest of all that the warehouse is made from: store, models, reference tables and code."""
    digest = hashlib.sha256(paths.store.encode())
    files = [
        paths.snapshots / snapshot.LOCK_NAME,
        paths.snapshots / releases.LOG_NAME,
        *sorted(paths.reference.glob("*.csv")),
        *sorted(file for file in paths.definitions.glob("*") if file.is_file()),
        *sorted(file for file in paths.approaches.rglob("*") if file.is_file()),
        *models_and_code(paths),
    ]
    for file in files:
        digest.update(file.name.encode())
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()


def models_and_code(paths: Paths) -> list[Path]:
    """Every model, and every file of the package but those of the rooms that the warehouse never enters."""
    code = {
        file
        for file in PACKAGE.rglob("*")
        if file.suffix in SUFFIXES and file.relative_to(PACKAGE).parts[0] not in OTHER_ROOMS
    }
    models = {file for file in paths.models.rglob("*") if file.suffix in SUFFIXES}
    return sorted(code | models)


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
        with new_warehouse(paths) as connection:
            _prepare(connection, paths, lock, models, mark=mark)
            describe.describe_approaches(connection, approaches)
            run_models(connection, models, say=say)
            check.refuse_unknown(check.read_known(connection), approaches)
            refuse_failures(connection, checks.run_checks(connection, models, alone=False), models)
            for schema in ("raw", "project"):
                connection.execute(f"drop schema {schema} cascade")
    say(f"magazijn: {len(models)} tabellen uit {len(lock.sources)} bronnen ({paths.store})")
    return True


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
