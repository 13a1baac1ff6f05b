"""What ``bron nieuw`` and ``bron test`` do: a definition from a file, and what a definition gives."""

import contextlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipeline import snapshot
from pipeline.alone import alone
from pipeline.errors import VeiligheidsbeeldError
from pipeline.fetch import dcat
from pipeline.fetch.ckan import Ckan
from pipeline.fetch.file import FileClient
from pipeline.fetch.http import Client, FetchError
from pipeline.gemeente.definition import load_definitions, read_definition
from pipeline.gemeente.discover import Catalogue, candidates, listing
from pipeline.gemeente.draft import draft, gemeenten_of
from pipeline.gemeente.fetch import keep, try_out
from pipeline.paths import Paths
from pipeline.say import Say
from pipeline.warehouse import open_warehouse

COPIES = "bestanden"


@dataclass(frozen=True)
class Drafted:
    """A drafted definition that was written, and its guesses in words."""

    path: Path
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """The account of a definition; ``kept`` is the number of rows that went into the store, if any."""

    text: str
    wrong: int
    kept: int | None


def draft_definition(
    paths: Paths, source: str, *, gemeente: str | None = None, client: FileClient | None = None
) -> Drafted:
    """Draft a definition from a file or an address and write it to ``data/bronnen``.

    A file from outside the project is copied to ``data/bronnen/bestanden``, so that others have it too.

    Raises:
        VeiligheidsbeeldError: the file is not there or cannot be read, the gemeente is not known, or a
            definition of that name exists.
    """
    is_url = source.startswith(("https://", "http://"))
    with open_warehouse(paths) as con, tempfile.TemporaryDirectory() as work:
        known = gemeenten_of(con)
        chosen = tuple(one for one in known if gemeente in (None, one.gemeente))
        if gemeente and not chosen:
            raise FetchError(f"gemeente {gemeente} zit niet in het magazijn; haal haar cijfers eerst op")
        if is_url:
            path = Path(work) / (Path(urlsplit(source).path).name or "cijfers")
            (client or FileClient()).download(source, path)
            named = source
        else:
            path = Path(source).expanduser().resolve()
            named = _place_in_project(paths, path)
        made = draft(path, chosen, source=named, is_url=is_url)
    target = paths.definitions / f"{made.name}.toml"
    _write_draft(target, made.toml, path, None if is_url else paths.root / named)
    return Drafted(target, made.reasons)


def _write_draft(target: Path, toml: str, path: Path, copy: Path | None) -> None:
    """The definition, and the file in the project: both or neither."""
    copied = copy is not None and not copy.exists()
    try:
        if copied and copy is not None:
            snapshot.write_new(copy, path.read_bytes())
        snapshot.write_new(target, toml.encode())
    except OSError as error:
        if copied and copy is not None:
            copy.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise FetchError(
                f"{target} bestaat al; geef het bestand een andere naam of haal het concept weg"
            ) from None
        raise


def _place_in_project(paths: Paths, path: Path) -> str:
    """What ``file`` of a definition says for a file on this machine; one from elsewhere is copied later."""
    if not path.is_file():
        raise FetchError(f"{path}: dit bestand bestaat niet")
    if path.is_relative_to(paths.root):
        return path.relative_to(paths.root).as_posix()
    target = paths.definitions / COPIES / path.name
    if target.exists() and target.read_bytes() != path.read_bytes():
        raise FetchError(f"{target} bestaat al en is anders; geef {path.name} een andere naam")
    return target.relative_to(paths.root).as_posix()


def search(gemeente: str) -> str:
    """Candidate datasets of a gemeente, as text: from data.overheid.nl and its own catalogue if it has one.

    Raises:
        FetchError: a catalogue did not answer as it should.
    """
    client = Client()
    catalogues: list[Catalogue] = [Ckan(client)]
    if own := dcat.HOSTS.get(gemeente.casefold()):
        catalogues.append(dcat.Dcat(client, own, f"Gemeente {gemeente}"))
    return listing(candidates(catalogues, gemeente), gemeente)


def fetch_definitions(
    paths: Paths, names: Sequence[str] = (), *, say: Say, client: FileClient | None = None
) -> int:
    """Bring the snapshots of municipal datasets in the chosen store up to date.

    Args:
        names: ids of definitions; none means all that have an address or a file, of gemeenten that the
            warehouse knows.

    Returns:
        0, or 1 if one failed; what the store has of that one stays.

    Raises:
        VeiligheidsbeeldError: a definition is wrong or not there, or there is no store or warehouse yet.
    """
    if not (paths.snapshots / snapshot.LOCK_NAME).is_file():
        # A store with nothing but these would be taken for a complete one.
        raise FetchError(
            f"{paths.snapshots}: nog niets opgehaald; eerst: veiligheidsbeeld fetch, zonder bron"
        )
    known = {one.id: one for one in load_definitions(paths.definitions)}
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise FetchError(f"bron {', '.join(unknown)} bestaat niet; bekend: {', '.join(known)}")
    failed = 0
    asking = client or FileClient()
    with (
        alone(*_written(paths), verb="fetch"),
        open_warehouse(paths) as con,
        tempfile.TemporaryDirectory() as work,
    ):
        present = {one.gemeente for one in gemeenten_of(con)}
        chosen = [known[name] for name in names] or [
            one for one in known.values() if (one.url or one.file) and one.gemeente in present
        ]
        for definition in chosen:
            try:
                tried = try_out(definition, con, root=paths.root, work=Path(work), client=asking)
                say(f"{definition.id}: {keep(tried, paths.snapshots)} rijen")
            except VeiligheidsbeeldError as error:
                failed += 1
                say(f"{definition.id}: {error}; wat er was, blijft staan")
    return 1 if failed else 0


def check_definition(
    paths: Paths,
    path: Path,
    *,
    file: Path | None = None,
    keep_rows: bool = False,
    client: FileClient | None = None,
) -> Checked:
    """Fetch a dataset, map it and tell what came of it; keep its rows in the chosen store if asked.

    Raises:
        VeiligheidsbeeldError: the definition or the file cannot be read, or there is no warehouse yet.
    """
    definition = read_definition(path)
    held = alone(*_written(paths), verb="bron test --bewaar") if keep_rows else contextlib.nullcontext()
    with held, open_warehouse(paths) as con, tempfile.TemporaryDirectory() as work:
        tried = try_out(
            definition, con, root=paths.root, work=Path(work), client=client or FileClient(), file=file
        )
        kept = None
        if keep_rows and not tried.mapped.wrong:
            if path.resolve().parent != paths.definitions.resolve():
                raise FetchError(f"{path}: bewaren kan alleen met een bestand in {paths.definitions}")
            kept = keep(tried, paths.snapshots)
    return Checked(tried.text, tried.mapped.wrong, kept)


def _written(paths: Paths) -> tuple[Path, ...]:
    """The folders that rows are kept in: a store outside the build folder is shared by other builds."""
    within = paths.snapshots.is_relative_to(paths.build)
    return (paths.build,) if within else (paths.build, paths.snapshots)
