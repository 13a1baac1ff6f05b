"""The written pages as the generator leaves them and after: each passes its own CSP, and the shell is cut from one."""

import base64
import hashlib
import re
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from pipeline.paths import PROJECT, Paths
from pipeline.site.frame import shell, styles
from pipeline.site.generator import after, before
from pipeline.site.text.age import Age
from pipeline.site.text.facts import load_facts
from pipeline.site.text.pages import PageContext
from tests.unit.site.warehouse import make_warehouse

# The smallest menu that has a page, a section and a page outside it.
NAV = [
    {"Home": "index.md"},
    {"Gebieden": "gebied/index.md"},
    {"Cijfers": ["data/index.md", {"Indicatoren": "indicator/index.md"}]},
]


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_the_policy_names_exactly_the_inline_code_of_the_page() -> None:
    page = (
        '<script>a=1</script><script src="b.js"></script><script>a=1</script>'
        '<script type="application/json">{"c": 1}</script><style>p{color:red}</style>'
    )

    assert after.policy(page) == (
        f"default-src 'self'; script-src 'self' {_hash('a=1')}; style-src 'self' {_hash('p{color:red}')}; "
        "img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'"
    )


def test_style_attributes_go_and_scripts_and_text_stay() -> None:
    page = '<p class="a" style="color:red" id="b">style="x"</p><script>s=\'<i style="x">\'</script>'

    assert after.without_inline_styles(page) == (
        '<p class="a" id="b">style="x"</p><script>s=\'<i style="x">\'</script>'
    )


def test_a_page_without_a_charset_is_refused(tmp_path: Path) -> None:
    _write(tmp_path / "thema/geluid.html", "<html></html>")
    with pytest.raises(after.PageFrameError, match=r"thema/geluid.html: .* staat er 0 keer"):
        after.finish_pages(tmp_path)


class _Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _config(folder: Path) -> MkDocsConfig:
    config = load_config(
        str(PROJECT / "mkdocs.yml"), docs_dir=str(folder / "pages"), site_dir=str(folder / "site"), nav=NAV
    )
    config.site_url = "https://voorbeeld.nl/vb/"
    return config


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of four written pages and one generated page, built by mkdocs with our theme."""
    folder = tmp_path_factory.mktemp("mkdocs")
    for name in ("index", "gebied/index", "data/index", "indicator/index"):
        _write(folder / f"docs/{name}.md", f"# Pagina {name}\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n")
    _write(folder / "pages/indicator/misdrijven.md", "# Misdrijven\n")
    nothing = Age(rows=(), sources={}, themes={}, indicators={}, store="voorbeeld")
    context = PageContext(load_facts(make_warehouse(), ()), Paths().templates)
    before.write_markdown(context, docs=folder / "docs", out=folder / "pages", age=nothing)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NO_MKDOCS_2_WARNING", "1")
        build(_config(folder))
    dressed = partial(styles.dressed, site=folder / "site", templates=PROJECT / "site/templates")
    after.finish_pages(folder / "site", dressed=dressed)
    return folder / "site"


def _read(site: Path, url: str) -> str:
    return (site / url / "index.html").read_text(encoding="utf-8")


def test_every_built_page_passes_its_own_policy(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))

    assert len(pages) == 7  # four written, one generated, the shell, and 404
    for path in pages:
        page = path.read_text(encoding="utf-8")
        head = page[: page.index("<title>")]
        assert re.search(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy"', head), path
        assert "unsafe-" not in head, path
        rule = re.search(r'Policy" content="([^"]*)"', head)
        assert rule, path
        for code in re.findall(r"<script>(.*?)</script>", page, re.DOTALL):
            assert _hash(code) in rule[1], path
        assert not [tag for tag, attributes in _Elements(page).found if "style" in attributes], path
        assert "generator" not in page, path
        assert "Made with" not in page, path


def test_the_policy_is_the_same_on_every_page(site: Path) -> None:
    found = [
        re.search(r'Policy" content="([^"]*)"', path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
        if "sjabloon" not in path.parts  # no script stands in it
    ]
    # Not every page has the rules of its first words in it.
    rules = {one and re.sub(r"style-src [^;]*", "", one[1]) for one in found}

    assert len(rules) == 1


def test_nothing_on_a_page_comes_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        for tag, attributes in _Elements(path.read_text(encoding="utf-8")).found:
            address = attributes.get("src") or (attributes.get("href") if tag == "link" else "") or ""
            assert "//" not in address or attributes.get("rel") == "canonical", (path, tag, address)


def test_a_generated_page_stands_under_its_own_section(site: Path) -> None:
    page = _read(site, "indicator/misdrijven")

    trail = page.partition('class="vb-kruimelpad')[2].partition("</nav>")[0]
    assert re.findall(r">([^<>\s][^<>]*)</", trail) == ["Home", "Cijfers", "Indicatoren", "Misdrijven"]
    active = re.search(r'md-tabs__item--active">\s*<a href="[^"]*" class="md-tabs__link">\s*(\w+)', page)
    assert active
    assert active[1] == "Cijfers"


def _area_page(site: Path) -> str:
    return _area_page_of(site, "<h1>City</h1>")


def _area_page_of(site: Path, body: str) -> str:
    mould = shell.read_shell(site, PROJECT / "site/templates")
    return mould.fill(title="City", description="d", canonical="c", body=body)


def test_the_first_words_of_an_area_page_stand_before_any_script(site: Path) -> None:
    page = _area_page_of(site, f"<h1>City</h1>{shell.TOP_ENDS}<p>rest")
    assert page.index("<h1>City</h1>") < page.index("<script") < page.index("<p>rest")
    assert shell.TOP_ENDS not in page


def test_the_shell_is_cut_from_the_built_page(site: Path) -> None:
    mould = shell.read_shell(site, PROJECT / "site/templates")

    assert mould.slots == ("description", "canonical", "title", "head", "card", "top", "body")
    page = _area_page(site)
    assert "vb-merk" not in page
    assert "<li class=vb-hier><a href=../>Gebieden</a>" in page
    beside = r"<link rel=stylesheet href=\S+gebied.css><script src=\S+kader.js></script>"
    assert re.search(rf"<article id=inhoud[^>]*>{beside}<h1>City</h1>", page)
    assert len(page.encode()) < 3_100  # once for each of 18,000 areas


def test_an_area_page_says_its_menu_once_and_leads_where_a_written_page_does(site: Path) -> None:
    def links(page: str, address: str) -> list[str]:
        found = (a["href"] or "" for tag, a in _Elements(page).found if tag == "a" and "href" in a)
        return [urljoin(f"https://voorbeeld.nl/{address}", link) for link in found if link[:1] != "#"]

    area, written = links(_area_page(site), "gebied/bu07580006/"), links(_read(site, "data"), "data/")
    elsewhere = {"indicator/"}  # of another part of the menu
    of_the_text = {"data/beschikbaarheid/", "verantwoording/fout-melden/"}  # at its top and at its end
    assert set(area) == set(written) - {f"https://voorbeeld.nl/{page}" for page in elsewhere | of_the_text}
    twice = {link for link in area if area.count(link) > 1}
    assert twice == {"https://voorbeeld.nl/"}  # the mark leads home too


def test_of_the_code_in_an_area_page_only_the_rules_of_its_first_words_need_a_hash(site: Path) -> None:
    page = _area_page(site)
    assert page.count("<script") == page.count("></script>") == 2
    (rules,) = re.findall(r"<style>(.*?)</style>", page)
    policy = f"default-src 'self'; style-src 'self' {_hash(rules)}; img-src 'self' data:; object-src"
    assert f'content="{policy}' in page


def test_first_words_have_the_colours_of_a_light_and_of_a_dark_screen(site: Path) -> None:
    rules = _area_page(site).partition("<style>")[2].partition("</style>")[0]
    assert "background:light-dark(#ffffff,#121920)" in rules
    assert "var(" not in rules and "/*" not in rules


def test_an_area_page_loads_its_own_sheet_and_not_the_theme(site: Path) -> None:
    page = _area_page(site)
    (sheet,) = re.findall(r"<link rel=stylesheet href=../../(\S+?)>", page)
    css = (site / sheet).read_text(encoding="utf-8")
    assert ".md-typeset details" in css and "--basis-color-default-bg-document" in css
    assert "md-search__" not in css
    assert "#vg-tooltip-element" in css  # a chart makes it
    assert len(css.encode()) < 60_000  # 12.5 kB as sent; the theme's is 149 kB
    scripts = re.findall(r"<script src=../../assets/javascripts/(\S+?)[ >]", page)
    assert scripts == ["kader.js", "beeld.js"]


def test_the_frame_draws_and_names_what_the_theme_does(site: Path) -> None:
    """A reader who goes from an area to a text finds the same buttons."""
    script = (PROJECT / "site/theme/assets/javascripts/kader.js").read_text(encoding="utf-8")
    written = _read(site, "data")
    for icon in ("apparaat", "licht", "donker", "zoek"):
        drawn = (PROJECT / f"site/theme/.icons/vb/{icon}.svg").read_text(encoding="utf-8")
        assert re.findall(r'\bd="([^"]+)"', drawn)[0] in script
    names = re.findall(r'<label class="md-header__button md-icon" title="([^"]+)"', written)
    assert len(names) == 3
    assert [name for name in names if name not in script] == []


def test_the_shell_is_in_no_menu_and_not_in_the_search(site: Path) -> None:
    assert "sjabloon" not in (site / "search/search_index.json").read_text(encoding="utf-8")
    assert "sjabloon" not in _read(site, "gebied")


def test_the_menu_and_the_skip_link_can_be_reached_by_keyboard(site: Path) -> None:
    elements = _Elements(_read(site, "data")).found

    names = [
        a.get("aria-label") for _, a in elements if a.get("role") == "button" and a.get("tabindex") == "0"
    ]
    assert {"Menu", "Zoeken"} <= set(names)
    assert ("a", {"href": "#inhoud", "class": "md-skip"}) in elements


def test_a_table_of_a_text_can_scroll_in_a_box_of_its_own(site: Path) -> None:
    assert '<div class="vb-tabel"><table class="vb-raster">' in _read(site, "data")
