"""Warehouse → site: generated pages, mkdocs, area pages and downloads, assembled beside and swapped in.

``build/site`` is a link to the newest folder below ``build/versies``; a reader never sees half a site, and a
failed run leaves the standing one.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb

from pipeline.bron.models import project_models
from pipeline.charts import vega
from pipeline.errors import VeiligheidsbeeldError
from pipeline.paths import PACKAGE, Paths
from pipeline.site import (
    areas,
    compare,
    downloads,
    map_data,
    pages,
    search,
    sharing,
    shell,
    vanished,
)
from pipeline.warehouse import open_warehouse, standing_fingerprint

Say = Callable[[str], None]

KEPT_VERSIONS = 2
AREAS_A_PROCESS = 500  # below this, starting a process costs more than it saves


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
    version = paths.versions / fingerprint(paths, gemeenten=gemeenten, site_url=site_url)[:16]
    if not force and _standing(paths) == version.name and (version / "index.html").is_file():
        return False
    beside = version.with_name(f".{version.name}.nieuw")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        _assemble(paths, beside, gemeenten=gemeenten, site_url=site_url, say=say)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    shutil.rmtree(version, ignore_errors=True)
    beside.rename(version)
    _swap(paths, version)
    return True


def fingerprint(paths: Paths, *, gemeenten: tuple[str, ...], site_url: str) -> str:
    """A digest of all that the site is made from: warehouse, written pages, templates, code and settings.

    Raises:
        SiteError: there is no warehouse yet.
    """
    warehouse = standing_fingerprint(paths)
    if warehouse is None:
        raise SiteError(f"{paths.warehouse} bestaat nog niet; eerst: veiligheidsbeeld build")
    digest = hashlib.sha256(f"{warehouse} {' '.join(gemeenten)} {site_url}".encode())
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
    models = project_models(paths)
    shutil.rmtree(paths.pages, ignore_errors=True)
    vega.write_bundle(paths.build / "cache", paths.pages / "assets")
    specs = vega.write_specs(paths.pages)
    with open_warehouse(paths) as con:
        codes = areas.area_codes(con, gemeenten=gemeenten)
        search.write_finder_index(con, paths.pages, gemeenten=gemeenten)
        pages.write_generated_pages(
            con, models, paths.pages, gemeenten=gemeenten, site_url=site_url, templates=paths.templates
        )
        say("pagina's voorbereid")
    _run_mkdocs(paths, out, site_url=site_url)
    for source_map in out.rglob("*.map"):  # a megabyte that only developers of the theme would load
        source_map.unlink()
    say("geschreven pagina's klaar")
    mould = shell.read_shell(out)
    context = areas.AreaContext(
        templates=paths.templates,
        site_url=site_url,
        spec="../../" + specs["lijn-aantal"],
        gemeenten=gemeenten,
    )
    write_areas(paths, mould, out, codes=codes, context=context)
    say(f"{len(codes)} gebiedspagina's klaar")
    with open_warehouse(paths) as con:
        _write_beside(con, mould, out, gemeenten=gemeenten, site_url=site_url)
    say("downloads, kaarten en vergelijking klaar")
    shell.remove_shell(out)
    shell.write_sitemap(out, site_url=site_url, area_urls=[areas.area_url(code) for code in codes])


def _write_beside(
    con: duckdb.DuckDBPyConnection,
    mould: shell.Shell,
    out: Path,
    *,
    gemeenten: tuple[str, ...],
    site_url: str,
) -> None:
    """What the pages lead to or fetch: codes that are gone, figures for charts and maps, downloads, cards."""
    for relative, html in vanished.pages(con, mould, gemeenten=gemeenten, site_url=site_url):
        _write_page(out / relative, html)
    map_data.write_maps(con, out, gemeenten=gemeenten)
    compare.write_data(con, out, gemeenten=gemeenten)
    downloads.write_downloads(con, out / "data" / "bestanden", gemeenten=gemeenten, site_url=site_url or None)
    if site_url:  # shared links need a whole address
        sharing.write_cards(con, out, gemeenten=gemeenten)


def _write_page(target: Path, html: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(html, encoding="utf-8")


def write_areas(
    paths: Paths, mould: shell.Shell, out: Path, *, codes: Sequence[str], context: areas.AreaContext
) -> None:
    """Write the pages of areas below ``out``, in as many processes as there are processors if it pays."""
    processes = min(os.cpu_count() or 1, -(-len(codes) // AREAS_A_PROCESS))
    if processes <= 1:
        _write_part(paths, mould, out, codes, context)
        return
    size = -(-len(codes) // processes)
    parts = [codes[start : start + size] for start in range(0, len(codes), size)]
    # A forked process would share DuckDB's threads with its parent.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(_write_part, paths, mould, out, part, context) for part in parts]:
            done.result()


def _write_part(
    paths: Paths, mould: shell.Shell, out: Path, codes: Sequence[str], context: areas.AreaContext
) -> None:
    with open_warehouse(paths) as con:
        for relative, html in areas.pages(con, mould, codes=codes, context=context):
            _write_page(out / relative, html)


def _run_mkdocs(paths: Paths, out: Path, *, site_url: str) -> None:
    command = [
        sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet",
        "--config-file", str(paths.root / "mkdocs.yml"), "--site-dir", str(out),
    ]  # fmt: skip
    settings = {
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": site_url,
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
