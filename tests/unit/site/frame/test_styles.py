"""The sheet of area pages: a rule stays that an area page can use, and nothing else."""

from pathlib import Path

import pytest

from pipeline.site.figure.strip import step_rules
from pipeline.site.frame.styles import SHEET, WRITTEN, with_written_sheet, write_sheet


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
        == ".md-header{a:b}[data-md-color-scheme=slate]{c:d}:root{--basis-a:#fff}.vb-kern{e:var(--basis-a)}.vb-stap3{g:h}"
        + step_rules()
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
    page, area = site / "uitleg/index.html", site / "gebied.html"
    mould = '<link rel="stylesheet" href="../assets/stylesheets/gebied.css"><p class="vb-stap3">'
    scripts = site / "assets/javascripts"
    scripts.mkdir()
    (scripts / "bundle.1.min.js").write_text("add('md-search'),add('vb-stap3')", encoding="utf-8")

    made = with_written_sheet({page: f"<head>{links}</head><p class=vb-kern>", area: mould}, site)

    link = '<link rel="stylesheet" href="../assets/stylesheets/tekst.css">'
    assert made == {page: f"<head>{link}\n</head><p class=vb-kern>", area: mould}
    css = (site / WRITTEN).read_text(encoding="utf-8")
    assert css == ".md-search{a:b}:root{--basis-a:#fff}.vb-kern{e:var(--basis-a)}"


def test_a_page_that_begins_with_a_text_has_its_first_rules_in_itself_and_the_sheet_behind_them(
    tmp_path: Path,
) -> None:
    site = _site(tmp_path, "main.1.min.css")
    names = ("main.1.min.css", "palette.1.min.css", "tokens.css", "beeld.css")
    links = "".join(f'<link rel="stylesheet" href="../assets/stylesheets/{name}">' for name in names)
    page = f"<html><head>{links}</head><body><h1>A</h1><p class=vb-kern>b</p><i class=vb-stap3></i>"
    (site / "assets/javascripts").mkdir()

    (made,) = with_written_sheet({site / "index.html": page}, site).values()

    rules = ":root{--basis-a:#fff}.vb-kern{e:var(--basis-a)}"
    link = '<link rel="stylesheet" href="../assets/stylesheets/tekst.css">\n'
    assert made == (
        f"<html><head><style>{rules}</style>\n</head><body><h1>A</h1><p class=vb-kern>b</p>{link}<i class=vb-stap3></i>"
    )
    assert ".vb-stap3" in (site / WRITTEN).read_text(encoding="utf-8")
