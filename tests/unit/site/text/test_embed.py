"""A figure on its own: whole without script, at an address that stays, with its source inside."""

import re
import struct
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from pipeline.gemeente.models import project_models
from pipeline.paths import Paths
from pipeline.site.frame.gate import problems
from pipeline.site.text import funnels
from pipeline.site.text.age import Age
from pipeline.site.text.embed import Around, Taken, dated, write_embeds, write_pngs
from pipeline.site.text.facts import load_facts
from pipeline.site.text.pages import PageContext
from pipeline.words.reference import Reference
from tests.unit.site.text.test_funnels import made as small_country

SITE = "https://voorbeeld.nl/"


@pytest.fixture
def context(con: duckdb.DuckDBPyConnection, example_paths: Paths) -> PageContext:
    facts = load_facts(con, project_models(example_paths), site_url=SITE)
    return PageContext(facts, example_paths.templates)


def written(context: PageContext, out: Path, paths: Paths) -> list[str]:
    files = write_embeds(
        context.facts.embeds, out, templates=paths.templates, age=Age.read(context.facts).line
    )
    return [file.relative_to(out).as_posix() for file in files]


ASKED: Sequence[tuple[str, str]] = (
    ("lijn('misdrijven', 'GM0758')", "misdrijven-gm0758"),
    ("klein_meervoud('geluid', 'NL00')", "soorten-geluid-nl00"),
    ("wijken('overlast_drugs_alcohol', 'GM0758')", "wijken-overlast-drugs-alcohol-gm0758"),
    ("kaart('overlast_drugs_alcohol', 'GM0758')", "kaart-overlast-drugs-alcohol-gm0758"),
)


@pytest.mark.parametrize(("call", "name"), ASKED)
def test_each_kind_of_figure_has_a_page_and_a_picture(
    context: PageContext, example_paths: Paths, tmp_path: Path, call: str, name: str
) -> None:
    shown = context.render(f"{{{{ {call} }}}}", "thema/geluid.md")
    assert f'href="../../figuur/{name}/"' in shown
    assert f'href="../../figuur/{name}/{name}.png"' in shown
    assert f"src=&#34;{SITE}figuur/{name}/&#34;" in shown  # the code to copy
    assert "Citeer" in shown
    assert written(context, tmp_path, example_paths) == [
        f"figuur/{name}/index.html", f"figuur/{name}/{name}.svg",
    ]  # fmt: skip
    page = (tmp_path / f"figuur/{name}/index.html").read_text(encoding="utf-8")
    assert list(problems(page.encode())) == []
    assert "<script" not in page and " style=" not in page and "script-src 'none'" in page
    title = re.findall("<title>(.*?) - Veiligheidsbeeld</title>", page)
    assert re.findall("<h1>(.*?)</h1>", page) == title
    assert "Bron: Politie" in page and '<base target="_top">' in page
    picture = (tmp_path / f"figuur/{name}/{name}.svg").read_text(encoding="utf-8")
    assert "Bron:" in picture and "currentColor" not in picture and "<a " not in picture


def test_links_of_a_map_lead_from_its_own_page(
    context: PageContext, example_paths: Paths, tmp_path: Path
) -> None:
    context.render("{{ kaart('overlast_drugs_alcohol', 'GM0758') }}", "index.md")
    written(context, tmp_path, example_paths)
    page = (tmp_path / "figuur/kaart-overlast-drugs-alcohol-gm0758/index.html").read_text(encoding="utf-8")
    areas = re.findall(r'href="([^"]*gebied/[^"]*)"', page)
    assert len(areas) > 40 and all(one.startswith("../../gebied/bu") for one in areas)


def test_the_legend_of_a_map_elsewhere_has_the_hatches_of_its_areas(
    context: PageContext, example_paths: Paths, tmp_path: Path
) -> None:
    context.render("{{ kaart('overlast_drugs_alcohol', 'GM0758') }}", "index.md")
    written(context, tmp_path, example_paths)
    folder = tmp_path / "figuur/kaart-overlast-drugs-alcohol-gm0758"
    for name in ("index.html", f"{folder.name}.svg"):
        drawn = (folder / name).read_text(encoding="utf-8")
        filled = set(re.findall(r'<rect [^>]*fill="url\(#([\w-]+)\)"', drawn))
        assert len(filled) == 2  # too unsure, and no figure
        assert filled == set(re.findall(r'<pattern id="([\w-]+)"', drawn))


def test_a_funnel_has_a_page_too(example_paths: Paths, tmp_path: Path) -> None:
    _, page = small_country(country=True)
    found = funnels.of_theme(page.facts, "drugsoverlast")
    assert found is not None
    assert "Neem over" in funnels.figure(found, page)
    write_embeds(page.facts.embeds, tmp_path, templates=example_paths.templates, age=lambda url: f"van {url}")
    own = (tmp_path / "figuur/trechter-overlast-drugs-alcohol/index.html").read_text(encoding="utf-8")
    assert own.count("<circle") == 120
    assert "van indicator/overlast-drugs-alcohol/" in own
    assert set(re.findall(r'<a href="([^"#]*gebied[^"#]*)">', own)) == {"../../gebied/gm1007/"}


def test_one_figure_on_two_pages_is_one_file(
    context: PageContext, example_paths: Paths, tmp_path: Path
) -> None:
    for page in ("thema/geweld.md", "indicator/geweld.md"):
        context.render("{{ lijn('geweld', 'NL00') }}", page)
    assert len(written(context, tmp_path, example_paths)) == 2


def test_a_png_stands_beside_each_picture(context: PageContext, example_paths: Paths, tmp_path: Path) -> None:
    context.render("{{ lijn('geweld', 'NL00') }}", "index.md")
    written = write_embeds(
        context.facts.embeds, tmp_path, templates=example_paths.templates, age=Age.read(context.facts).line
    )
    (png,) = write_pngs(written, kept=tmp_path / "plaatjes")
    assert png == tmp_path / "figuur/geweld-nl00/geweld-nl00.png"
    assert struct.unpack(">I", png.read_bytes()[16:20]) == (1240,)


def test_one_point_is_no_chart_and_has_no_page(context: PageContext) -> None:
    context.render("{{ lijn('jongeren', 'GM0758') }}", "index.md")
    one = context.render("{{ lijn('eenzaam', 'GM0758') }}", "index.md")
    assert "Citeer" in one and "Neem over" not in one
    assert "eenzaam-gm0758" not in context.facts.embeds


def test_without_an_address_no_code_is_made_up() -> None:
    taken = Taken(Around("../"), Reference("grafiek-a", "T", "Bron: CBS.", "", ""))
    assert "<iframe" not in taken.folded and "&lt;iframe" not in taken.folded
    assert 'href="../figuur/a/"' in taken.folded


def test_a_picture_names_its_date_once() -> None:
    assert (
        dated("Bron: A, stand 15 januari 2026.", "2026-01-15")
        == "Bron: A, stand 15 januari 2026. Veiligheidsbeeld."
    )
    assert dated("Bron: A.", "2026-01-15") == "Bron: A. Stand: 15 januari 2026. Veiligheidsbeeld."
    assert dated("Bron: A.", "") == "Bron: A. Veiligheidsbeeld."
