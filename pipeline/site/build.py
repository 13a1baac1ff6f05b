"""Warehouse → site: generated pages, mkdocs, area pages and downloads, assembled beside and swapped in.

``build/site`` is a link to the newest folder below ``build/versies``; a reader never sees half a site, and a
failed run leaves the standing one.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import duckdb

from pipeline import snapshot
from pipeline.bron.models import project_models
from pipeline.charts import vega
from pipeline.errors import VeiligheidsbeeldError
from pipeline.paths import PACKAGE, Paths
from pipeline.site import areas, pages, pieces, search, shell
from pipeline.warehouse import open_warehouse, standing_fingerprint

Say = Callable[[str], None]

KEPT_VERSIONS = 2


class SiteError(VeiligheidsbeeldError):
    """The site cannot be built; the standing one stays."""


def build_site(paths: Paths, *, gemeenten: tuple[str, ...], say: Say, force: bool = False) -> bool:
    """Build the whole site and swap it in.

    Args:
        paths: the checkout; its warehouse must stand.
        gemeenten: codes of the gemeenten that get pages; empty for all.
        say: told about each step.
        force: also when nothing has changed.

    Returns:
        False when the standing site was made from the same warehouse, pages, code and settings.

    Raises:
        VeiligheidsbeeldError: there is no warehouse, a gemeente is unknown, or mkdocs refuses a page.
    """
    site_url = os.environ.get("SITE_URL", "")
    name = fingerprint(paths, gemeenten=gemeenten, site_url=site_url)[:16]
    standing = _standing(paths)
    if not force and standing and _made_from(standing) == name and (paths.site / "index.html").is_file():
        return False
    for unfinished in paths.versions.glob(".*"):
        shutil.rmtree(unfinished)
    version = _free_name(paths, name)
    beside = version.with_name(f".{version.name}.nieuw")
    try:
        _assemble(paths, beside, gemeenten=gemeenten, site_url=site_url, say=say)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    if standing is not None:
        changed, whole = keep_times(paths.site.resolve(), beside)
        say(f"{changed} van {whole} bestanden nieuw of veranderd")
    beside.rename(version)
    _swap(paths, version)
    return True


def _free_name(paths: Paths, name: str) -> Path:
    """A folder that is not there yet: the standing site may have been made from the same."""
    folders = (paths.versions / (name if turn == 1 else f"{name}-{turn}") for turn in count(1))
    return next(folder for folder in folders if not folder.exists())


def _made_from(version: str) -> str:
    return version.partition("-")[0]


def keep_times(standing: Path, new: Path) -> tuple[int, int]:
    """Give every file below `new` that is equal to the one in `standing` the time of that one.

    What compares times (a copy to a server, a reader's cache) then leaves unchanged files alone.

    Returns:
        How many files are new or changed, and how many there are.
    """
    changed = whole = 0
    for folder, _, names in os.walk(new):
        before = standing / Path(folder).relative_to(new)
        for name in names:
            whole += 1
            changed += not _take_time(before / name, Path(folder, name))
    return changed, whole


def _take_time(before: Path, file: Path) -> bool:
    """Whether `file` says what `before` said; it then takes its time. Twenty thousand are read each build."""
    if not before.is_file() or before.stat().st_size != file.stat().st_size:
        return False
    if before.read_bytes() != file.read_bytes():
        return False
    times = before.stat()
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    return True


def fingerprint(paths: Paths, *, gemeenten: tuple[str, ...], site_url: str) -> str:
    """A digest of all that the site is made from: warehouse, written pages, templates, code and settings.

    Raises:
        SiteError: there is no warehouse yet.
    """
    warehouse = standing_fingerprint(paths)
    if warehouse is None:
        raise SiteError(f"{paths.warehouse} bestaat nog niet; eerst: veiligheidsbeeld build")
    texts = [os.environ.get(name, "") for name in ("MEDEDELING", "MELDEN")]  # as mkdocs.yml reads them
    digest = hashlib.sha256("\n".join([warehouse, *gemeenten, site_url, *texts]).encode())
    files = [
        paths.root / "mkdocs.yml",
        paths.root / "requirements.lock",
        *sorted(file for file in (paths.root / "site").rglob("*") if file.is_file()),
        *sorted(PACKAGE.rglob("*.py")),
    ]
    for file in files:
        digest.update(
            str(file.relative_to(paths.root) if file.is_relative_to(paths.root) else file.name).encode()
        )
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _assemble(paths: Paths, out: Path, *, gemeenten: tuple[str, ...], site_url: str, say: Say) -> None:
    with open_warehouse(paths) as con:
        codes = areas.area_codes(con, gemeenten=gemeenten)
        of_figures = pieces.of_figures(
            con, gemeenten=gemeenten, site_url=site_url, spine=vega.spec_url("spine")
        )
        workers = pieces.workers(con, areas_in_all=len(codes))
    beside = out.with_name(f"{out.name}.cijfers")  # mkdocs empties the folder that it writes to
    shutil.rmtree(beside, ignore_errors=True)
    with workers as pool:
        try:
            waiting = pieces.submit(pool, paths, beside, of_figures)
            spec = write_written_pages(paths, out, gemeenten=gemeenten, site_url=site_url)
            say("geschreven pagina's klaar")
            context = areas.AreaContext(
                templates=paths.templates, site_url=site_url, spec=f"../../{spec}", gemeenten=gemeenten
            )
            of_areas = pieces.of_areas(shell.read_shell(out), codes=codes, context=context)
            for done in [*waiting, *pieces.submit(pool, paths, out, of_areas)]:
                done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            shutil.rmtree(beside, ignore_errors=True)
            raise
    pieces.move_into(beside, out)
    say(f"{len(codes)} gebiedspagina's, downloads, kaarten en vergelijking klaar")
    shell.remove_shell(out)
    shell.write_sitemap(out, site_url=site_url, area_urls=[areas.area_url(code) for code in codes])


def write_written_pages(paths: Paths, out: Path, *, gemeenten: tuple[str, ...], site_url: str) -> str:
    """All that mkdocs makes, the shell of the area pages included; the address of their line chart."""
    models = project_models(paths)
    shutil.rmtree(paths.pages, ignore_errors=True)
    vega.write_bundle(paths.build / "cache", paths.pages / "assets")
    specs = vega.write_specs(paths.pages)
    with open_warehouse(paths) as con:
        search.write_finder_index(con, paths.pages, gemeenten=gemeenten)
        pages.write_generated_pages(
            con, models, paths.pages, gemeenten=gemeenten, site_url=site_url, templates=paths.templates
        )
        notice = _notice(con)
    _run_mkdocs(paths, out, site_url=site_url, notice=notice)
    for source_map in out.rglob("*.map"):  # a megabyte that only developers of the theme would load
        source_map.unlink()
    return specs["lijn-aantal"]


def _notice(con: duckdb.DuckDBPyConnection) -> str:
    """What stands on top of every page: that rows are made up, or what the publisher of the site asks for."""
    titles = con.execute(
        "select min(titel) from contract.snapshot where starts_with(titel, ?)", [snapshot.SYNTHETIC]
    ).fetchall()
    return titles[0][0] or os.environ.get("MEDEDELING", "")


def _run_mkdocs(paths: Paths, out: Path, *, site_url: str, notice: str) -> None:
    command = [
        sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet",
        "--config-file", str(paths.root / "mkdocs.yml"), "--site-dir", str(out),
    ]  # fmt: skip
    settings = {
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": site_url,
        "MEDEDELING": notice,
        "VB_BUILD": str(paths.build),
        "VB_STORE": paths.store,
        "PYTHONPATH": str(PACKAGE.parent),
        "PYTHONHASHSEED": "0",  # the theme writes sets; the same figures must give the same files
    }
    done = subprocess.run(
        command, cwd=paths.root, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SiteError(f"mkdocs stopte met {done.returncode}:\n{done.stdout}{done.stderr}".rstrip())


def _standing(paths: Paths) -> str | None:
    return paths.site.readlink().name if paths.site.is_symlink() else None


def _swap(paths: Paths, version: Path) -> None:
    beside = paths.site.with_name(".site.nieuw")
    beside.unlink(missing_ok=True)
    beside.symlink_to(version.relative_to(paths.build), target_is_directory=True)
    beside.replace(paths.site)
    older = sorted(
        (folder for folder in paths.versions.iterdir() if folder != version),
        key=lambda folder: folder.stat().st_mtime,
        reverse=True,
    )
    for folder in older[KEPT_VERSIONS - 1 :]:
        shutil.rmtree(folder)
