"""What benchmarks.others measures of ours and of the floor, each as a process of its own.

    python -m benchmarks.makers json|markdown|frame|ours|same|bare --build DIR --count N --out DIR [--frame DIR]

`json` and `markdown` write what the other tools start from. `frame` runs mkdocs for the written pages and the frame of
the area pages; `ours` pours areas into it. `same` is DuckDB + Jinja2 with our words and a bare template,
`bare` the same without words: the rows of the warehouse as they come.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from benchmarks import same_pages
from pipeline.gebied import slug_of
from pipeline.paths import PROJECT, Paths
from pipeline.site import build, pieces
from pipeline.site.area.pages import BATCH, AreaContext, area_codes
from pipeline.site.frame.shell import read_shell
from pipeline.warehouse import open_warehouse

TEMPLATES = PROJECT / "benchmarks" / "templates"


def _json(paths: Paths, codes: Sequence[str], out: Path, frame: Path) -> None:
    same_pages.write_json(same_pages.contents(paths, codes), out / "gebieden.json")


def _markdown(paths: Paths, codes: Sequence[str], out: Path, frame: Path) -> None:
    same_pages.write_markdown(same_pages.contents(paths, codes), out / "markdown")


def _frame(paths: Paths, codes: Sequence[str], out: Path, frame: Path) -> None:
    # A folder of its own: the pages that mkdocs reads stand in the build folder of the warehouse.
    own = replace(paths, build=frame.with_name(f"{frame.name}-build"))
    own.build.mkdir(parents=True)
    own.warehouse.symlink_to(paths.warehouse)
    build.write_written_pages(own, frame, gemeenten=(), site_url="")


def _ours(paths: Paths, codes: Sequence[str], out: Path, frame: Path) -> None:
    parts = pieces.of_areas(
        read_shell(frame, paths.templates), codes=codes, context=AreaContext(templates=paths.templates)
    )
    with open_warehouse(paths) as con:
        workers = pieces.workers(con, areas_in_all=len(codes))
    with workers as pool:
        for done in pieces.submit(pool, pieces.Making(paths), out, parts).values():
            done.result()


def _same(paths: Paths, codes: Sequence[str], out: Path, frame: Path) -> None:
    template = _template("pagina.njk")
    for one in same_pages.contents(paths, codes):
        _write(out, one.slug, template.render(gebied=asdict(one)))


def _bare(paths: Paths, codes: Sequence[str], out: Path, frame: Path) -> None:
    template = _template("kaal.njk")
    with open_warehouse(paths) as con:
        for start in range(0, len(codes), BATCH):
            part = list(codes[start : start + BATCH])
            names = dict(_rows(con, "select gebied_code, gebied_naam from core.gebied where {}", part))
            profiles = _by_area(_rows(con, _PROFILES, part))
            years = _by_area(_rows(con, _YEARS, part))
            for code in part:
                page = template.render(
                    naam=names[code], profiel=profiles.get(code, []), jaren=years.get(code, [])
                )
                _write(out, slug_of(code), page)


_PROFILES = """
select gebied_code, p.indicator, p.periode, p.teller, p.noemer, p.waarde, p.onder, p.boven, p.status,
    v.referentie, v.periode, v.referentie_waarde, v.oordeel
from mart.gebied_profiel as p left join mart.vergelijking as v using (gebied_code, indicator)
where {} order by gebied_code, p.indicator, v.referentie
"""
_YEARS = """
select gebied_code, periode, teller, noemer, waarde, onder, boven, status, breuk
from mart.cijfer where {} and indicator = 'misdrijven' order by gebied_code, periode
"""


def _rows(con: Any, query: str, codes: list[str]) -> list[Any]:
    found: list[Any] = con.execute(
        query.format("list_contains($codes, gebied_code)"), {"codes": codes}
    ).fetchall()
    return found


def _by_area(rows: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for code, *values in rows:
        found.setdefault(code, []).append(values)
    return found


def _template(name: str) -> Template:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template(name)


def _write(out: Path, slug: str, page: str) -> None:
    folder = out / "gebied" / slug
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(page, encoding="utf-8")


MAKERS: dict[str, Callable[[Paths, Sequence[str], Path, Path], None]] = {
    "json": _json,
    "markdown": _markdown,
    "frame": _frame,
    "ours": _ours,
    "same": _same,
    "bare": _bare,
}


def main() -> None:
    """Make one thing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("maker", choices=MAKERS)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True, help="of areas, the country first")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--frame", type=Path, help="folder of the written pages (default: below --out)")
    options = parser.parse_args()
    paths = Paths(build=options.build.resolve(), store="live")
    with open_warehouse(paths) as con:
        codes = area_codes(con)[: options.count]
    out = options.out.resolve()
    MAKERS[options.maker](paths, codes, out, (options.frame or out).resolve())


if __name__ == "__main__":
    main()
