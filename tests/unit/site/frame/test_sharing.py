"""The pictures that go with links: one for the country and each gemeente, light, with figures and sources."""

import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import vl_convert

from pipeline.site.frame import sharing
from tests.unit.site.warehouse import make_warehouse

MOST_BYTES = 30_000
CRIMES = sharing.Kaartcijfer(
    "misdrijven", "misdrijf|misdrijven", "2025", 11295, "60,1", "per 1.000 inwoners", "Politie 47018NED"
)


def _texts(svg: str) -> list[str]:
    return [
        element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")
    ]


def test_a_card_has_name_figures_and_source() -> None:
    texts = _texts(sharing.card("Breda", [CRIMES]))

    assert "Breda" in texts
    assert any("11.295" in text and "2025" in text for text in texts)
    assert "60,1 per 1.000 inwoners" in texts
    assert any("Politie 47018NED" in text for text in texts)


def test_a_card_without_figures_names_no_source() -> None:
    texts = _texts(sharing.card("<Nergens> & elders", []))  # synthetic

    assert "<Nergens> & elders" in texts
    assert not any("Bron" in text for text in texts)


def test_a_card_has_the_figure_of_the_page_with_its_decimals() -> None:
    con = make_warehouse()
    con.execute(
        "update mart.cijfer set waarde = 0.04, onder = 0.01, boven = 0.12, periode = '2022', indicator = 'misdrijven'"
        " where gebied_code = 'GM9901'"
    )
    con.execute(  # a newer count without inhabitants: the page stays with the newest rate
        "insert into mart.cijfer select * replace ('2023' as periode, 9 as teller, null as waarde, null as onder,"
        " null as boven, 'geen_noemer' as status) from mart.cijfer where gebied_code = 'GM9901'"
    )

    (figure,) = sharing.read_figures(con, ["GM9901"])["GM9901"]

    newest = con.execute("select periode from mart.gebied_profiel where gebied_code = 'GM9901'").fetchall()
    assert [(figure.periode,)] == newest == [("2022",)]
    assert figure.waarde == "0,04"


def test_cards_of_the_country_and_the_gemeenten_with_pages_are_light(tmp_path: Path) -> None:
    count = sharing.write_cards(make_warehouse(), tmp_path, gemeenten=["GM0758"])

    cards = sorted((tmp_path / "assets" / "delen").iterdir())
    assert [card.name for card in cards] == ["gm0758.png", "nl00.png"]
    assert count == len(cards)
    assert sharing.card_path("GM0758") == "assets/delen/gm0758.png"
    for card in cards:
        assert card.stat().st_size <= MOST_BYTES


def test_a_smaller_picture_has_the_same_pixels() -> None:
    png = vl_convert.svg_to_png(sharing.card("Breda", [CRIMES]), scale=0.2)

    small = sharing.smaller(png)

    assert len(small) < len(png)
    assert _pixels(small) == _pixels(png)
    assert small[16:24] == png[16:24]  # width and height


def _pixels(png: bytes) -> bytes:
    start, data = 8, b""
    while start < len(png):
        length, kind = struct.unpack(">I4s", png[start : start + 8])
        body = png[start + 8 : start + 8 + length]
        assert (
            zlib.crc32(kind + body) == struct.unpack(">I", png[start + 8 + length : start + 12 + length])[0]
        )
        if kind == b"IDAT":
            data += body
        start += 12 + length
    return zlib.decompress(data)
