"""Warehouse → site: written pages, area pages and downloads, assembled beside and swapped in.

A reader never sees half a site, and a failed run leaves the standing one: see `versions`.
"""

import os
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from pipeline import snapshot
from pipeline.alone import alone
from pipeline.charts import vega
from pipeline.charts.kept import charts_in
from pipeline.paths import PACKAGE, Paths, digest_of
from pipeline.say import Say
from pipeline.site import pieces
from pipeline.site.area import pages as areas
from pipeline.site.description.published import read_published
from pipeline.site.download import finder as search
from pipeline.site.figure.cijfer import address_of
from pipeline.site.frame import gate, security, shell, styles
from pipeline.site.freshness import late_sources, today
from pipeline.site.generator import after, before, step
from pipeline.site.standing import noted, versions
from pipeline.site.text.age import Age
from pipeline.site.text.embed import write_embeds, write_pngs
from pipeline.site.text.pages import PageContext, write_generated_pages
from pipeline.site.text.unchanged import Before, read_pages, write_pages
from pipeline.warehouse import keep_warehouse, of_this_code, open_warehouse, read_mark

NOTES = "cache/stukken.json"
"""What was noted of the pieces of the newest site, below the build folder."""
TEXTS = "cache/teksten.json"
"""Its written pages as Markdown, with what they asked."""
ASKED = "cache/magazijn-van-de-site.duckdb"
"""The warehouse that it was made of."""
CHARTS, PICTURES = "cache/grafieken", "cache/plaatjes"
"""What was drawn for the newest site, as SVG and as PNG, below the build folder."""


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
    with alone(paths.build, verb="site"), of_this_code(paths):
        versions.remove_unfinished(paths)
        mark = fingerprint(paths, gemeenten=gemeenten, site_url=site_url)[:16]
        standing = versions.standing(paths)
        if not force and standing and versions.mark_of(standing) == mark and versions.is_whole(standing):
            return False
        mark_of_code = mark_of_pieces(paths, gemeenten=gemeenten, site_url=site_url)
        making = pieces.Making(
            paths,
            mark=mark_of_code,
            standing=versions.read_standing(paths),
            notes={} if force else noted.read_notes(paths.build / NOTES),
            earlier=paths.build / ASKED,
        )
        with versions.new_version(paths, mark) as beside, charts_in(paths.build / CHARTS) as drawings:
            before = Before(
                paths=paths,
                mark=mark_of_code,
                pages={} if force else read_pages(paths.build / TEXTS),
                earlier=paths.build / ASKED,
                drawings=drawings,
            )
            if making.standing is not None:
                spared = versions.reuse(paths, beside)
                making = replace(making, standing=replace(making.standing, spare=beside, spared=spared))
            made = _assemble(making, before, beside, gemeenten=gemeenten, site_url=site_url, say=say)
            passed = versions.kept(making.standing.noted, beside) if making.standing else frozenset[str]()
            gate.check_pages(beside, passed=passed)
            if standing is not None:
                changed, whole = versions.keep_times(standing, beside, passed=passed)
                say(f"{changed} van {whole} bestanden nieuw of veranderd")
        noted.write_notes(paths.build / NOTES, made)
        write_pages(paths.build / TEXTS, before.made)
        keep_warehouse(paths, paths.build / ASKED)
    return True


def fingerprint(paths: Paths, *, gemeenten: tuple[str, ...], site_url: str) -> str:
    """A digest of all that the site is made from: warehouse, written pages, templates, code and settings.

    Raises:
        NoWarehouseError: there is no warehouse yet, or it cannot be read.
    """
    said = [read_mark(paths), *_settings(paths, gemeenten=gemeenten, site_url=site_url)]
    return digest_of(said, _files(paths), root=paths.root)


def mark_of_pieces(paths: Paths, *, gemeenten: tuple[str, ...], site_url: str) -> str:
    """A digest of what all pieces are made with: code, templates and settings; no figures, no texts."""
    said = [duckdb.__version__, *_settings(paths, gemeenten=gemeenten, site_url=site_url)]
    apart = (paths.docs, paths.models)
    files = [file for file in _files(paths) if not any(file.is_relative_to(folder) for folder in apart)]
    return digest_of(said, files, root=paths.root)


def _settings(paths: Paths, *, gemeenten: tuple[str, ...], site_url: str) -> list[str]:
    texts = [step.chosen(), os.environ.get("MEDEDELING", ""), _report_address()]
    texts += security.lines(_report_address(), site_url=site_url, today=today())  # a new day once a quarter
    if paths.store == "live":
        with open_warehouse(paths) as con:
            texts += late_sources(con)  # what a page says changes on that day, and on no other
    return [*gemeenten, site_url, *texts]


def _files(paths: Paths) -> list[Path]:
    return [
        paths.root / "mkdocs.yml",
        paths.root / "requirements.lock",
        *sorted(file for file in (paths.root / "site").rglob("*") if file.is_file()),
        *sorted(file for file in PACKAGE.rglob("*") if file.suffix in (".py", ".sql")),
    ]


def _assemble(
    making: pieces.Making,
    before: Before,
    out: Path,
    *,
    gemeenten: tuple[str, ...],
    site_url: str,
    say: Say,
) -> noted.Notes:
    paths = making.paths
    with open_warehouse(paths) as con:
        codes = areas.area_codes(con, gemeenten=gemeenten)
        published = read_published(con, gemeenten=gemeenten, site_url=site_url, contact=_report_address())
        of_figures = pieces.of_figures(con, published, gemeenten=gemeenten)
        workers = pieces.workers(con, areas_in_all=len(codes))
    beside, texts = (out.with_name(f"{out.name}.{part}") for part in ("cijfers", "teksten"))
    for folder in (beside, texts):
        shutil.rmtree(folder, ignore_errors=True)
    with workers as pool:
        try:
            waiting = pieces.submit(pool, making, beside, of_figures)
            write_written_pages(paths, texts, gemeenten=gemeenten, site_url=site_url, standing=before)
            say("geschreven pagina's klaar")
            context = areas.AreaContext(templates=paths.templates, site_url=site_url, gemeenten=gemeenten)
            of_areas = pieces.of_areas(shell.read_shell(texts, paths.templates), codes=codes, context=context)
            waiting |= pieces.submit(pool, making, beside, of_areas)
            notes = {key: done.result() for key, done in waiting.items()}
        except BaseException:
            pool.shutdown(cancel_futures=True)
            shutil.rmtree(beside, ignore_errors=True)
            raise
    shell.remove_shell(texts)
    shell.write_robots(texts, site_url=site_url)
    security.write(texts, security.lines(_report_address(), site_url=site_url, today=today()))
    shell.write_sitemap(texts, site_url=site_url, area_urls=[address_of(code) for code in codes])
    wanted = {name for one in notes.values() for name in one.files}
    out.mkdir(parents=True, exist_ok=True)
    versions.prune(out, wanted.union(versions.files_of(texts)))
    for folder in (texts, *(beside / key for key in notes)):
        pieces.move_into(folder, out)
    beside.rmdir()
    say(f"{len(codes)} gebiedspagina's, downloads, kaarten en vergelijking klaar")
    return notes


def write_written_pages(
    paths: Paths, out: Path, *, gemeenten: tuple[str, ...], site_url: str, standing: Before | None = None
) -> None:
    """All that the generator makes, the shell of the area pages included.

    Args:
        standing: the pages of the newest site, of which those are taken that would be the same.
    """
    shutil.rmtree(paths.pages, ignore_errors=True)
    library = vega.write_bundle(paths.build / "cache", paths.pages / "assets")
    vega.write_specs(paths.pages)
    vega.write_addresses(paths.pages, f"assets/{library}")
    with PageContext.open(
        paths,
        gemeenten=gemeenten,
        report_address=_report_address(),
        site_url=site_url,
        before=standing,
    ) as context:
        search.write_finder_index(context.facts.con, paths.pages, gemeenten=gemeenten)
        write_generated_pages(context, paths.pages)
        age = Age.read(context.facts)
        before.write_markdown(context, docs=paths.docs, out=paths.pages, age=age)
        notice = _notice(context.facts.con)
        embeds = context.facts.embeds
    step.run(paths, out, site_url=site_url, notice=notice)
    after.finish_pages(out, dressed=partial(styles.dressed, site=out, templates=paths.templates))
    figures = write_embeds(embeds, out, templates=paths.templates, age=age.line, notice=notice)
    write_pngs(figures, kept=paths.build / PICTURES)


def _report_address() -> str:
    """Where the publisher of the site wants to hear of errors; empty where nothing is configured."""
    return os.environ.get("MELDEN", "")


def _notice(con: duckdb.DuckDBPyConnection) -> str:
    """What stands on top of every page: that rows are made up, or what the publisher of the site asks for."""
    titles = con.execute(
        "select min(titel) from contract.snapshot where starts_with(titel, ?)", [snapshot.SYNTHETIC]
    ).fetchall()
    return titles[0][0] or os.environ.get("MEDEDELING", "")
