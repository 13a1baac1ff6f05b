"""The area shell: cut once at its markers, filled by concatenation, gone afterwards."""

import html
import json
import re
from pathlib import Path

import pytest

from pipeline.site.frame import shell

PAGE = f"""<html><head>
<meta name="description" content="{shell.DESCRIPTION}">
<link rel="canonical" href="https://voorbeeld.nl/vb/gebied/sjabloon/">
<title>{shell.TITLE} - Veiligheidsbeeld</title>

    <script>a = 1</script>
</head><body><header><a href="../../">Home</a></header>
<article>{shell.TOP}{shell.BODY}</article></body></html>"""

AREA = {
    "title": "City",
    "description": "Cijfers over City",
    "canonical": "https://voorbeeld.nl/vb/gebied/bu07580006/",
    "body": "<h1>City</h1>",
}


def test_a_filled_shell_is_the_page_with_its_markers_replaced() -> None:
    filled = shell.Shell.from_html(PAGE).fill(**AREA)

    assert "vb-merk" not in filled
    assert '<meta name=description content="Cijfers over City">' in filled
    assert '<link rel=canonical href="https://voorbeeld.nl/vb/gebied/bu07580006/">' in filled
    assert "<title>City - Veiligheidsbeeld</title>" in filled
    assert "<article><h1>City</h1></article>" in filled


def test_names_are_escaped_and_the_body_is_not() -> None:
    filled = shell.Shell.from_html(PAGE).fill(
        **AREA
        | {"title": "<script>alert(1)</script>", "description": 'a "b" & c', "body": "<p>x &amp; y</p>"}
    )

    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt; - Veiligheidsbeeld</title>" in filled
    assert 'content="a &quot;b&quot; &amp; c"' in filled
    assert "<p>x &amp; y</p>" in filled


def test_a_value_is_never_read_as_a_marker_or_an_expression() -> None:
    filled = shell.Shell.from_html(PAGE).fill(
        **AREA | {"title": shell.BODY, "body": f"{{{{ 1 + 1 }}}} {shell.TITLE}"}
    )

    assert f"<article>&#123;{{ 1 + 1 }}}} {shell.TITLE}</article>" in filled


def test_a_name_like_an_expression_stays_that_name_in_texts_and_in_rows() -> None:
    row = json.dumps({"naam": "{{ 1 }}{% x"})
    body = f'<h1>{{{{{{ 1 }}}}</h1><script type="application/json">{row}</script>'
    filled = shell.Shell.from_html(PAGE).fill(**AREA | {"title": "{% x", "body": body})

    assert "{{" not in filled and "{%" not in filled
    assert html.unescape(filled[filled.index("<h1>") + 4 : filled.index("</h1>")]) == "{{{ 1 }}"
    assert json.loads(filled.partition('json">')[2].partition("</script>")[0]) == json.loads(row)


def test_blank_lines_and_indents_go_but_inline_scripts_stay_as_they_were_hashed() -> None:
    pieces = shell.Shell.from_html(PAGE).pieces

    assert not [piece for piece in pieces if "\n\n" in piece or "\n " in piece]
    assert "<script>a = 1</script>" in "".join(pieces)


def test_needless_quotes_and_end_tags_go_but_never_in_a_text_or_a_script() -> None:
    script = '<script type="application/json">{"a": "<p class=\\"b\\">x</p><p>"}</script>'
    page = f'<ul>\n  <li class="a"><p>x="y" </p>\n</li>\n<li title="b c"><p>z</p> </li></ul>{script}'

    assert shell.light(page.replace('x="y"', "x=&#34;y&#34;")) == (
        f'<ul><li class=a><p>x=&#34;y&#34; <li title="b c"><p>z</p> </ul>{script}'
    )


def test_a_site_without_an_address_has_no_canonical_slot() -> None:
    page = PAGE.replace('<link rel="canonical" href="https://voorbeeld.nl/vb/gebied/sjabloon/">', "")

    mould = shell.Shell.from_html(page)

    assert "canonical" not in mould.slots
    assert "bu07580006" not in mould.fill(**AREA)


@pytest.mark.parametrize(
    ("marker", "times"),
    [(shell.BODY, 0), (shell.BODY, 2), (shell.TITLE, 0), (shell.DESCRIPTION, 2), (shell.TOP, 0)],
)
def test_a_shell_with_a_marker_too_few_or_too_many_is_refused(marker: str, times: int) -> None:
    page = PAGE.replace(marker, "") + marker * times

    with pytest.raises(shell.ShellError, match=f"{marker!r} {times} keer"):
        shell.Shell.from_html(page)


def _built_site(folder: Path) -> Path:
    mould = folder / "gebied" / "sjabloon"
    mould.mkdir(parents=True)
    (mould / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://voorbeeld.nl/vb/uitleg/</loc><lastmod>2026-01-01</lastmod></url>\n"
        "<url><loc>https://voorbeeld.nl/vb/gebied/sjabloon/</loc></url>\n</urlset>",
        encoding="utf-8",
    )
    (folder / "sitemap.xml.gz").write_bytes(b"as mkdocs left it")
    return folder


def _locations(path: Path) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", path.read_text(encoding="utf-8"))


def test_the_shell_leaves_no_page_and_no_entry_in_the_sitemap(tmp_path: Path) -> None:
    site = _built_site(tmp_path)

    shell.remove_shell(site)
    shell.write_sitemap(site, site_url="https://voorbeeld.nl/vb", area_urls=[])

    assert not (site / "gebied" / "sjabloon").exists()
    assert _locations(site / "sitemap.xml") == ["https://voorbeeld.nl/vb/uitleg/"]


def test_area_pages_join_the_written_pages_in_the_sitemap(tmp_path: Path) -> None:
    site = _built_site(tmp_path)
    areas = ["gebied/gm0758/", "gebied/bu07580006/"]

    count = shell.write_sitemap(site, site_url="https://voorbeeld.nl/vb", area_urls=areas)

    assert count == 3
    assert _locations(site / "sitemap.xml") == [
        "https://voorbeeld.nl/vb/gebied/bu07580006/",
        "https://voorbeeld.nl/vb/gebied/gm0758/",
        "https://voorbeeld.nl/vb/uitleg/",
    ]
    assert not (site / "sitemap.xml.gz").exists()  # the one of mkdocs has other pages


def test_a_large_sitemap_is_split_below_an_index(tmp_path: Path) -> None:
    site = _built_site(tmp_path)
    areas = [f"gebied/bu{number:08}/" for number in range(20_000)]  # synthetic codes

    count = shell.write_sitemap(site, site_url="https://voorbeeld.nl/vb/", area_urls=areas)

    assert count == 20_001
    index = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "<sitemapindex" in index
    names = [address.removeprefix("https://voorbeeld.nl/vb/") for address in _locations(site / "sitemap.xml")]
    assert names == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    parts = [_locations(site / name) for name in names]
    assert [len(part) for part in parts] == [10_000, 10_000, 1]
    assert len({address for part in parts for address in part}) == count


def test_a_site_that_does_not_know_its_address_has_no_sitemap(tmp_path: Path) -> None:
    site = _built_site(tmp_path)

    assert shell.write_sitemap(site, site_url="", area_urls=["gebied/gm0758/"]) == 0

    assert not list(site.glob("sitemap*"))


def test_a_link_to_an_area_shows_the_picture_of_its_gemeente() -> None:
    picture = f'<meta property=og:image content="https://voorbeeld.nl/vb/assets/delen/{shell.CARD}.png">'
    mould = shell.Shell.from_html(PAGE.replace("</head>", f"{picture}</head>"))

    assert picture.replace(shell.CARD, "gm0758") in mould.fill(**AREA, card="gm0758")
    assert picture.replace(shell.CARD, "nl00") in mould.fill(**AREA)


@pytest.mark.parametrize(
    ("site_url", "own", "sitemap"),
    [
        ("", "./", None),
        ("https://wie.example/repo", "https://wie.example/repo/gebied/nl00/", "repo/sitemap.xml"),
    ],
)
def test_what_a_site_says_of_its_address(
    tmp_path: Path, site_url: str, own: str, sitemap: str | None
) -> None:
    assert shell.canonical("gebied/nl00/", site_url=site_url) == own
    shell.write_robots(tmp_path, site_url=site_url)
    robots = (tmp_path / "robots.txt").read_text(encoding="utf-8")
    assert robots.startswith("User-agent: *\nDisallow:\n")
    assert ("Sitemap:" in robots) == (sitemap is not None) == robots.endswith(f"{sitemap}\n")


def test_the_head_of_a_page_has_what_only_that_page_needs() -> None:
    mould = shell.Shell.from_html(PAGE.replace("</head>", f"{shell.HEAD}</head>"))
    assert '<link rel="alternate">' in mould.fill(**AREA, head='<link rel="alternate">')
    assert shell.HEAD not in mould.fill(**AREA)
