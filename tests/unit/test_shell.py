"""The area shell: cut once at its markers, filled by concatenation, gone afterwards."""

import gzip
from pathlib import Path

import pytest

from pipeline.site import shell

PAGE = f"""<html><head>
<meta name="description" content="{shell.DESCRIPTION}">
<link rel="canonical" href="https://voorbeeld.nl/vb/gebied/sjabloon/">
<title>{shell.TITLE} - Veiligheidsbeeld</title>

    <script>a = 1</script>
</head><body><header><a href="../../">Home</a>
  <span>
      {shell.TITLE}
  </span></header>
<article>{shell.BODY}</article></body></html>"""

AREA = {
    "title": "City",
    "description": "Cijfers over City",
    "canonical": "https://voorbeeld.nl/vb/gebied/bu07580006/",
    "body": "<h1>City</h1>",
}


def test_a_filled_shell_is_the_page_with_its_markers_replaced() -> None:
    filled = shell.Shell.from_html(PAGE).fill(**AREA)

    assert "vb-merk" not in filled
    assert '<meta name="description" content="Cijfers over City">' in filled
    assert '<link rel="canonical" href="https://voorbeeld.nl/vb/gebied/bu07580006/">' in filled
    assert "<title>City - Veiligheidsbeeld</title>" in filled
    assert "<span>\nCity\n</span>" in filled
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

    assert f"<article>{{{{ 1 + 1 }}}} {shell.TITLE}</article>" in filled


def test_blank_lines_and_indents_go_but_inline_scripts_stay_as_they_were_hashed() -> None:
    pieces = shell.Shell.from_html(PAGE).pieces

    assert not [piece for piece in pieces if "\n\n" in piece or "\n " in piece]
    assert "<script>a = 1</script>" in "".join(pieces)


def test_a_site_without_an_address_has_no_canonical_slot() -> None:
    page = PAGE.replace('<link rel="canonical" href="https://voorbeeld.nl/vb/gebied/sjabloon/">', "")

    mould = shell.Shell.from_html(page)

    assert "canonical" not in mould.slots
    assert "bu07580006" not in mould.fill(**AREA)


@pytest.mark.parametrize(
    ("marker", "times"), [(shell.BODY, 0), (shell.BODY, 2), (shell.TITLE, 1), (shell.DESCRIPTION, 2)]
)
def test_a_shell_with_a_marker_too_few_or_too_many_is_refused(marker: str, times: int) -> None:
    page = PAGE.replace(marker, "") + marker * times

    with pytest.raises(shell.ShellError, match=f"{marker!r} {times} times"):
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
    return folder


def test_the_shell_leaves_no_page_and_no_entry_in_the_sitemap(tmp_path: Path) -> None:
    site = _built_site(tmp_path)

    shell.remove_shell(site)

    assert not (site / "gebied" / "sjabloon").exists()
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "sjabloon" not in sitemap
    assert "<loc>https://voorbeeld.nl/vb/uitleg/</loc>" in sitemap
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()).decode() == sitemap


def test_area_pages_join_the_written_pages_in_the_sitemap(tmp_path: Path) -> None:
    site = _built_site(tmp_path)
    areas = ["gebied/gm0758/", "gebied/bu07580006/"]

    count = shell.write_sitemap(site, site_url="https://voorbeeld.nl/vb", area_urls=areas)

    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert count == 3
    assert [line for line in sitemap.splitlines() if "<loc>" in line] == [
        "<url><loc>https://voorbeeld.nl/vb/gebied/bu07580006/</loc></url>",
        "<url><loc>https://voorbeeld.nl/vb/gebied/gm0758/</loc></url>",
        "<url><loc>https://voorbeeld.nl/vb/uitleg/</loc></url>",
    ]
    first = (site / "sitemap.xml.gz").read_bytes()
    shell.write_sitemap(site, site_url="https://voorbeeld.nl/vb", area_urls=areas)
    assert (site / "sitemap.xml.gz").read_bytes() == first
