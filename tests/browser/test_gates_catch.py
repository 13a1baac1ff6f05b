"""Each gate catches the fault that it is there for, and nothing else: on small pages made by hand."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import gates
from tests.browser.links import check_links
from tests.browser.problems import Problem, report
from tests.browser.serving import serve

_COLOURS = """
    :root { color-scheme: light dark; background: #fff; color: #111 }
    @media (prefers-color-scheme: dark) { :root { background: #111; color: #eee } }"""
_GOOD = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Proef</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">{head}<style>{colours}{style}</style></head>
<body><main><h1>Proef</h1>{body}</main></body></html>"""
_DRAWN = '<figure data-grafiek="lijn"><svg class="marks" width="20" height="20" role="img"/></figure>'


def _page(*, head: str = "", style: str = "", colours: str = _COLOURS, body: str = "<p>Goed.</p>") -> str:
    return _GOOD.format(head=head, style=style, colours=colours, body=body)


def _visit(browser: Browser, site: Path, html: str, *, name: str, width: int) -> list[Problem]:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(html, encoding="utf-8")
    with serve(site) as base:
        return gates.visit(browser, base, [name], widths=[width])


FAULTS = {
    "error on the console": ("console", _page(body="<script>console.error('stuk')</script>")),
    "uncaught error": ("console", _page(body="<script>onbekend()</script>")),
    "missing file": ("console", _page(body="<img src='weg.png' alt='weg'>")),
    "blocked by the CSP": (
        "console",
        _page(
            head="""<meta http-equiv="Content-Security-Policy" content="style-src 'unsafe-inline'">
                    <meta http-equiv="Content-Security-Policy" content="style-src-attr 'none'">""",
            body="<p style='color: red'>Rood</p>",
        ),
    ),
    "cookie": ("cookie", _page(body="<script>document.cookie = 'volg=1'</script>")),
    "picture without words": ("axe", _page(body="<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")),
    "pale in light": ("axe", _page(style="@media (prefers-color-scheme: light) { p { color: #ccc } }")),
    "pale in dark": ("axe", _page(style="@media (prefers-color-scheme: dark) { p { color: #333 } }")),
    "always light": ("scheme", _page(colours=":root { background: #fff; color: #111 }")),
    "too wide": ("scroll", _page(body="<p style='width: 30em'>Breed</p>")),
    "chart not drawn": ("chart", _page(body="<figure data-grafiek='lijn'></figure><p>Kaal</p>")),
}


@pytest.mark.browser
@pytest.mark.parametrize("fault", FAULTS)
def test_gate_catches(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr(gates, "CHART_TIMEOUT", 200)
    monkeypatch.setattr(gates, "SCHEME_TIMEOUT", 2.0)
    gate, html = FAULTS[fault]
    found = _visit(browser, tmp_path, html, name="index.html", width=gates.NARROW)
    assert {problem.gate for problem in found} == {gate}, report(found)


@pytest.mark.browser
def test_gate_catches_another_host(browser: Browser, tmp_path: Path) -> None:
    html = _page(body="<img src='http://elders.example/telpixel.gif' alt='elders'>")
    found = _visit(browser, tmp_path, html, name="index.html", width=gates.WIDE)
    assert Problem("index.html", "host", "image from http://elders.example/telpixel.gif") in found


@pytest.mark.browser
def test_gate_counts_sheets(browser: Browser, tmp_path: Path) -> None:
    sheets = "".join("<p style='break-after: page'>Vel</p>" for _ in range(3))
    found = _visit(browser, tmp_path, _page(body=sheets), name="gebied/gm0758/index.html", width=gates.WIDE)
    assert found == [Problem("gebied/gm0758/index.html", "print", "3 sheets of A4")]


@pytest.mark.browser
@pytest.mark.parametrize(
    "fault",
    [
        "<p style='color: light-dark(#ccc, #333)'>Goed.</p>",
        "<p style='background: light-dark(#333, #ccc)'>Goed.</p>",
        "<div style='background: light-dark(#333, #ccc)'><p>Goed.</p></div>",
        "<div style='opacity: 0.3'><p>Goed.</p></div>",
        "<p hidden>Goed.</p><p style='color: light-dark(#ccc, #333)'>Goed.</p>",
        "<p>Goed. <button style='color: light-dark(#ccc, #333); background: none'>Knop</button></p>",
        "<div style='height: 9em; background: light-dark(#333, #ccc)'></div><p style='margin-top: -5em'>Goed.</p>",
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gate_judges_colours_that_look_otherwise_than_on_pages_before(
    browser: Browser, tmp_path: Path, fault: str, scheme: str
) -> None:
    bodies = {"een": "<p>Goed.</p>", "twee": "<p>Weer goed.</p>", "drie": fault, "vier": fault}
    for name, body in bodies.items():
        (tmp_path / f"{name}.html").write_text(_page(body=body), encoding="utf-8")
    with serve(tmp_path) as base:
        found = gates.visit(browser, base, [f"{name}.html" for name in bodies], widths=[gates.WIDE])
    pale = [problem.page for problem in found if problem.what.startswith(f"{scheme}: color-contrast")]
    assert set(pale) == {"drie.html"}, "what was found once is not told again"


SOUND = """
<nav aria-label="Delen"><ul><li><a href="#een">Een</a></li><li><a href="#twee">Twee</a></li></ul></nav>
<h2 id="een">Een</h2><p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="Stip"> Woorden met <a href="#twee">een weg</a>.</p>
<h2 id="twee">Twee</h2><p id="uitleg">Uitleg.</p>
<p><button type="button" aria-expanded="false" aria-describedby="uitleg">Open</button></p>
<p><label for="naam">Naam</label> <input id="naam" type="text" autocomplete="name"></p>
<p><a href="#een" class="klein">a</a> <a href="#twee" class="klein ruim">b</a></p>
<table><thead><tr><th>Jaar</th><th>Aantal</th></tr></thead><tbody><tr><th scope="row">2024</th><td>5</td></tr></tbody></table>
<div class="rol" tabindex="0"><p class="lang">Breed</p></div>
<svg role="img" width="30" height="30"><title>Lijn</title></svg>
<p lang="en">Words.</p><div role="list" aria-label="Lijst"><div role="listitem">Een</div></div>
<p aria-hidden="true">Stil</p>"""
_SOUND_STYLE = """
    li a, button { display: inline-block; min-width: 30px; min-height: 30px }
    .klein { display: inline-block; width: 10px; height: 10px; margin: 0 }
    .ruim { margin-left: 40px }
    .rol { overflow-x: auto; width: 100px } .lang { width: 300px }"""
ONE_THING_WRONG = {
    "image-alt": (' alt="Stip"', ""),
    "link-name": ("een weg</a>", "</a>"),
    "button-name": (">Open<", "><"),
    "aria-valid-attr-value": ('aria-expanded="false"', 'aria-expanded="ja"'),
    "aria-valid-attr": ("aria-expanded", "aria-uitgevouwen"),
    "aria-allowed-attr": ('role="listitem"', 'role="listitem" aria-checked="true"'),
    "aria-roles": ('role="listitem"', 'role="lijstdeel"'),
    "label": ("<label for", "<label data-for"),
    "autocomplete-valid": ('autocomplete="name"', 'autocomplete="naam"'),
    "target-size": ("margin-left: 40px", "margin-left: 4px"),
    "svg-img-alt": ("<title>Lijn</title>", ""),
    "valid-lang": ('lang="en"', 'lang="xx-onzin"'),
    "aria-hidden-focus": ("Stil", "<a href='#een'>Stil</a>"),
    "list": ('<li><a href="#twee">Twee</a></li>', "<p><a href='#twee'>Twee</a></p>"),
    "nested-interactive": (">Open<", "><a href='#een'>Open</a><"),
    "aria-required-children": ('<div role="listitem">Een</div>', '<div role="tab">Een</div>'),
    "document-title": ("<title>Proef</title>", "<title></title>"),
    "html-has-lang": ('<html lang="nl">', "<html>"),
    "meta-viewport": ("initial-scale=1", "initial-scale=1, user-scalable=no"),
}


@pytest.mark.browser
def test_gate_judges_parts_that_are_built_otherwise_than_on_pages_before(
    browser: Browser, tmp_path: Path
) -> None:
    sound = _page(style=_SOUND_STYLE, body=SOUND)
    (tmp_path / "goed.html").write_text(sound, encoding="utf-8")
    (tmp_path / "weer-goed.html").write_text(sound.replace("Woorden", "Andere woorden"), encoding="utf-8")
    for rule, (right, wrong) in ONE_THING_WRONG.items():
        assert sound.count(right) == 1, right
        (tmp_path / f"{rule}.html").write_text(sound.replace(right, wrong), encoding="utf-8")
    names = ["goed", "weer-goed", *ONE_THING_WRONG]
    with serve(tmp_path) as base:
        found = gates.visit(browser, base, [f"{name}.html" for name in names], widths=[gates.WIDE])
    told = {(problem.page.removesuffix(".html"), problem.what.split(": ")[1]) for problem in found}
    assert {page for page, _ in told} == set(ONE_THING_WRONG), report(found)
    assert told >= {(rule, rule) for rule in ONE_THING_WRONG}, report(found)


@pytest.mark.browser
def test_a_page_that_is_opened_once_is_judged_at_every_width(browser: Browser, tmp_path: Path) -> None:
    wide = "<style>@media (min-width: 900px) { .proef { width: 2000px } }</style><p class=proef>Breed</p>"
    shown = "<style>.proef { display: none } @media (min-width: 900px) { .proef { display: block } }</style>"
    unnamed = f"{shown}<p class=proef><button></button></p>"
    pale = f"{shown}<p class=proef style='color: light-dark(#ccc, #333)'>Bleek</p>"
    for name, body in {"breed": wide, "naamloos": unnamed, "bleek": pale}.items():
        (tmp_path / f"{name}.html").write_text(_page(body=body), encoding="utf-8")
    pages = ("breed.html", "naamloos.html", "bleek.html")
    with serve(tmp_path) as base:
        found = gates.visit(browser, base, pages, widths=(gates.NARROW, gates.WIDE), once=set(pages))
    told = {(problem.page, problem.what.split(": ")[1]) for problem in found if problem.gate == "axe"}
    assert {("naamloos.html", "button-name"), ("bleek.html", "color-contrast")} <= told
    assert [problem.page for problem in found if problem.gate == "scroll"] == ["breed.html"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [gates.NARROW, gates.WIDE])
def test_good_page_passes_every_gate(browser: Browser, tmp_path: Path, width: int) -> None:
    wide_inside = "<div style='overflow-x: auto' tabindex='0'><p style='width: 60em'>Breed</p></div>"
    one_sheet = "<p>Een</p><p>Twee</p>"
    html = _page(body=_DRAWN.replace("/>", "><title>Lijn</title></svg>") + wide_inside + one_sheet)
    assert not _visit(browser, tmp_path, html, name="gebied/gm0758/index.html", width=width)


LINK_FAULTS = {
    "leads nowhere": "<a href='weg/'>",
    "no id 'weg'": "<a href='deel/#weg'>",
    "is a folder; write it with / at the end": "<a href='deel'>",
    "starts at the root of the host": "<a href='/deel/'>",
    "runs script": "<a href='javascript:alert(1)'>",
    "is loaded from another host": "<link rel='preconnect' href='https://elders.example'>",
    "id 'twee' occurs 2 times": "<p id='twee'><p id='twee'>",
}


@pytest.mark.parametrize("fault", LINK_FAULTS)
def test_link_check_catches(tmp_path: Path, fault: str) -> None:
    (tmp_path / "deel").mkdir()
    (tmp_path / "deel" / "index.html").write_text(_page(body="<h2 id='kop'>Kop</h2>"), encoding="utf-8")
    (tmp_path / "index.html").write_text(_page(body=LINK_FAULTS[fault]), encoding="utf-8")
    [found] = check_links(tmp_path)
    assert found.page == "index.html"
    assert fault in found.what


@pytest.mark.parametrize(
    ("address", "said"),
    [("/deel/", "leads out of the site"), ("deel/", "leads nowhere"), ("/repo/deel/", "")],
)
def test_link_check_reads_the_page_for_missing_addresses_where_it_is_shown(
    tmp_path: Path, address: str, said: str
) -> None:
    (tmp_path / "deel").mkdir()
    (tmp_path / "deel" / "index.html").write_text(_page(), encoding="utf-8")
    (tmp_path / "404.html").write_text(
        _page(body=f"<a href='{address}'>Deel</a><a href='#hier' id='hier'>Hier</a>"), encoding="utf-8"
    )
    found = check_links(tmp_path, prefix="/repo/")
    assert [problem.what.rpartition(": ")[2] for problem in found] == ([said] if said else [])


def test_link_check_reads_stylesheets(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text("p { background: url('../weg.svg') }", encoding="utf-8")
    [found] = check_links(tmp_path)
    assert found == Problem("css/a.css", "link", "url(../weg.svg): leads nowhere")


def test_link_check_passes_good_links(tmp_path: Path) -> None:
    (tmp_path / "deel").mkdir()
    (tmp_path / "deel" / "index.html").write_text(
        _page(body="<h2 id='kop'>Kop</h2><a href='../'>Terug</a> <a href='#kop'>Kop</a>"), encoding="utf-8"
    )
    body = "<a href='deel/#kop'>Kop</a> <a href='https://elders.example/'>Bron</a> <a href='tel:112'>112</a>"
    (tmp_path / "index.html").write_text(_page(body=body), encoding="utf-8")
    (tmp_path / "404.html").write_text(_page(body="<a href='/deel/'>Deel</a>"), encoding="utf-8")
    assert not check_links(tmp_path)
