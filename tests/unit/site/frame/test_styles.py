"""The sheet of area pages: a rule stays that an area page can use, and nothing else."""

from pathlib import Path

import pytest

from pipeline.site.frame.styles import SHEET, WRITTEN, cut, write_sheet, write_written_sheet

WORDS = frozenset(
    {"html", "body", "p", "a", "details", "open", "class", "vb-kern", "vb-kern--open", "data-kleur", "slate"}
)


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("p{color:red}", "p{color:red}"),
        ("html > body, p:has(> a){a:0.5em -0.5em 10.5em}", "html>body,p:has(>a){a:.5em -.5em 10.5em}"),
        ('a[class="p > a"]{a:b}', 'a[class="p > a"]{a:b}'),
        (".vb-kern{a:b}.md-search{a:b}", ".vb-kern{a:b}"),
        (".md-search,p,.md-nav p{a:b}", "p{a:b}"),
        ("p:not(.md-search){a:b}", "p:not(.md-search){a:b}"),
        ("p:is(.md-nav,a):hover::before{a:b}", "p:is(.md-nav,a):hover::before{a:b}"),
        ("[data-kleur=slate] p{a:b}[data-kleur=lime] p{a:b}[hidden]{a:b}", "[data-kleur=slate] p{a:b}"),
        ("@media print{.md-nav{a:b}p{c:d}}@media screen{.md-nav{a:b}}", "@media print{p{c:d}}"),
        ('@font-face{src:url("a.woff2")}', '@font-face{src:url("a.woff2")}'),
        ("@page{margin:1mm}@keyframes fade{0%{a:b}to{a:c}}", "@page{margin:1mm}"),
        ('p {\n  a : b;\n  content: "} ; {  x";\n}\n', 'p{a:b;content:"} ; {  x"}'),
        ("p{b:url(data:image/png;base64,A{B)}a{c:d}", "p{b:url(data:image/png;base64,A{B)}a{c:d}"),
        (
            "p{--een:1;--twee:var(--drie);--drie:3;c:var(--twee)}",
            "p{--twee:var(--drie);--drie:3;c:var(--twee)}",
        ),
        ("a{b:c}p{--een:var(--twee);--twee:2}", "a{b:c}"),
        ("p.vb-kern--open:not([x])>a{b:c;--een:1}", "p.vb-kern--open:not([x])>a{b:c;}"),
    ],
)
def test_of_a_sheet_is_left_what_can_hold(css: str, left: str) -> None:
    assert cut(css, WORDS.__contains__) == left


def _site(folder: Path, *themes: str) -> Path:
    styles = folder / "assets/stylesheets"
    styles.mkdir(parents=True)
    for name in themes:
        (styles / name).write_text(".md-header{a:b}.md-search{a:b}/* .md-header{weg:ja} */", encoding="utf-8")
    (styles / "palette.1.min.css").write_text("[data-md-color-scheme=slate]{c:d}", encoding="utf-8")
    (styles / "tokens.css").write_text(":root{--basis-a:#fff;--vb-b:1px}", encoding="utf-8")
    (styles / "beeld.css").write_text(".vb-kern { e: var(--basis-a); } .vb-stap3{g:h}\n", encoding="utf-8")
    (folder / "gebied_kop.j2").write_text('<ul class="vb-kern"><li class=vb-stap{{ n }}>', encoding="utf-8")
    return folder


def test_ours_comes_behind_the_theme_and_every_word_of_frame_and_templates_counts(tmp_path: Path) -> None:
    site = _site(tmp_path, "main.1.min.css")

    write_sheet(site, '<header class="md-header">', tmp_path)

    css = (site / SHEET).read_text(encoding="utf-8")
    assert (
        css
        == ".md-header{a:b}[data-md-color-scheme=slate]{c:d}:root{--basis-a:#fff;}.vb-kern{e:var(--basis-a)}.vb-stap3{g:h}"
    )


@pytest.mark.parametrize("themes", [(), ("main.1.min.css", "main.2.min.css")])
def test_a_theme_whose_sheet_is_not_known_is_refused(tmp_path: Path, themes: tuple[str, ...]) -> None:
    site = _site(tmp_path, *themes)

    with pytest.raises(ValueError, match=rf"main.*{len(themes)} keer"):
        write_sheet(site, "", tmp_path)


def test_written_pages_ask_for_one_sheet_with_what_they_and_their_scripts_name(tmp_path: Path) -> None:
    site = _site(tmp_path, "main.1.min.css")
    links = "".join(
        f'<link rel="stylesheet" href="../assets/stylesheets/{name}">\n '
        for name in ("main.1.min.css", "palette.1.min.css", "tokens.css", "beeld.css")
    )
    (site / "uitleg").mkdir()
    (site / "uitleg/index.html").write_text(f"<head>{links}</head><p class=vb-kern>", encoding="utf-8")
    area = '<link rel="stylesheet" href="../assets/stylesheets/gebied.css"><p class="vb-stap3">'
    (site / "gebied.html").write_text(area, encoding="utf-8")
    scripts = site / "assets/javascripts"
    scripts.mkdir()
    (scripts / "bundle.1.min.js").write_text("add('md-search'),add('vb-stap3')", encoding="utf-8")

    write_written_sheet(site)

    assert (site / "uitleg/index.html").read_text(encoding="utf-8") == (
        '<head><link rel="stylesheet" href="../assets/stylesheets/tekst.css">\n</head><p class=vb-kern>'
    )
    assert (site / "gebied.html").read_text(encoding="utf-8") == area
    css = (site / WRITTEN).read_text(encoding="utf-8")
    assert css == ".md-search{a:b}:root{--basis-a:#fff;}.vb-kern{e:var(--basis-a)}"
