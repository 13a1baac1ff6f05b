"""Warehouse → site: written pages, area pages and downloads, assembled beside and swapped in.

A reader never sees half a site, and a failed run leaves the standing one: see `versions`.
"""

import hashlib
import os
import shutil
from pathlib import Path

import duckdb

from pipeline import snapshot
from pipeline.alone import alone
from pipeline.charts import vega
from pipeline.paths import PACKAGE, Paths
from pipeline.say import Say
from pipeline.site import pieces, versions
from pipeline.site.area import pages as areas
from pipeline.site.description.published import read_published
from pipeline.site.download import finder as search
from pipeline.site.figure.cijfer import address_of
from pipeline.site.frame import gate, security, shell
from pipeline.site.freshness import late_sources, today
from pipeline.site.generator import after, before, step
from pipeline.site.text.pages import PageContext, write_generated_pages
from pipeline.warehouse import open_warehouse, read_mark


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
        BusyError: another run writes to the build folder.
        VeiligheidsbeeldError: there is no warehouse, a gemeente is unknown, or a page is refused.
    """
    named = os.environ.get("SITE_URL", "")
    site_url = named and named.rstrip("/") + "/"
    with alone(paths.build, verb="site"):
        versions.remove_unfinished(paths)
        mark = fingerprint(paths, gemeenten=gemeenten, site_url=site_url)[:16]
        standing = versions.standing(paths)
        if not force and standing and versions.mark_of(standing) == mark and versions.is_whole(standing):
            return False
        with versions.new_version(paths, mark) as beside:
            _assemble(paths, beside, gemeenten=gemeenten, site_url=site_url, say=say)
            gate.check_pages(beside)
            if standing is not None:
                changed, whole = versions.keep_times(standing, beside)
                say(f"{changed} van {whole} bestanden nieuw of veranderd")
    return True


def fingerprint(paths: Paths, *, gemeenten: tuple[str, ...], site_url: str) -> str:
    """A digest of all that the site is made from: warehouse, written pages, templates, code and settings.

    Raises:
        NoWarehouseError: there is no warehouse yet, or it cannot be read.
    """
    warehouse = read_mark(paths)
    texts = [step.chosen(), os.environ.get("MEDEDELING", ""), _report_address()]
    texts += security.lines(_report_address(), site_url=site_url, today=today())  # a new day once a quarter
    if paths.store == "live":
        with open_warehouse(paths) as con:
            texts += late_sources(con)  # what a page says changes on that day, and on no other
    digest = hashlib.sha256("\n".join([warehouse, *gemeenten, site_url, *texts]).encode())
    files = [
        paths.root / "mkdocs.yml",
        paths.root / "requirements.lock",
        *sorted(file for file in (paths.root / "site").rglob("*") if file.is_file()),
        *sorted(file for file in PACKAGE.rglob("*") if file.suffix in (".py", ".sql")),
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
        published = read_published(con, gemeenten=gemeenten, site_url=site_url, contact=_report_address())
        of_figures = pieces.of_figures(con, published, gemeenten=gemeenten, spine=vega.spec_url("spine"))
        workers = pieces.workers(con, areas_in_all=len(codes))
    beside = out.with_name(f"{out.name}.cijfers")  # the generator empties the folder that it writes to
    shutil.rmtree(beside, ignore_errors=True)
    with workers as pool:
        try:
            waiting = pieces.submit(pool, paths, beside, of_figures)
            spec = write_written_pages(paths, out, gemeenten=gemeenten, site_url=site_url)
            say("geschreven pagina's klaar")
            context = areas.AreaContext(
                templates=paths.templates, site_url=site_url, spec=f"../../{spec}", gemeenten=gemeenten
            )
            of_areas = pieces.of_areas(shell.read_shell(out, paths.templates), codes=codes, context=context)
            for done in [*waiting, *pieces.submit(pool, paths, out, of_areas)]:
                done.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            shutil.rmtree(beside, ignore_errors=True)
            raise
    pieces.move_into(beside, out)
    say(f"{len(codes)} gebiedspagina's, downloads, kaarten en vergelijking klaar")
    shell.remove_shell(out)
    shell.write_robots(out, site_url=site_url)
    security.write(out, security.lines(_report_address(), site_url=site_url, today=today()))
    shell.write_sitemap(out, site_url=site_url, area_urls=[address_of(code) for code in codes])


def write_written_pages(paths: Paths, out: Path, *, gemeenten: tuple[str, ...], site_url: str) -> str:
    """All that the generator makes, the shell of the area pages included; the address of their line chart."""
    shutil.rmtree(paths.pages, ignore_errors=True)
    library = vega.write_bundle(paths.build / "cache", paths.pages / "assets")
    specs = vega.write_specs(paths.pages)
    with PageContext.open(
        paths, gemeenten=gemeenten, report_address=_report_address(), site_url=site_url
    ) as context:
        search.write_finder_index(context.facts.con, paths.pages, gemeenten=gemeenten)
        write_generated_pages(context, paths.pages)
        before.write_markdown(context, docs=paths.docs, out=paths.pages)
        notice = _notice(context.facts.con)
    step.run(paths, out, site_url=site_url, notice=notice, chart_library=f"assets/{library}")
    after.finish_pages(out)
    return specs["lijn-aantal"]


def _report_address() -> str:
    """Where the publisher of the site wants to hear of errors; empty where nothing is configured."""
    return os.environ.get("MELDEN", "")


def _notice(con: duckdb.DuckDBPyConnection) -> str:
    """What stands on top of every page: that rows are made up, or what the publisher of the site asks for."""
    titles = con.execute(
        "select min(titel) from contract.snapshot where starts_with(titel, ?)", [snapshot.SYNTHETIC]
    ).fetchall()
    return titles[0][0] or os.environ.get("MEDEDELING", "")
