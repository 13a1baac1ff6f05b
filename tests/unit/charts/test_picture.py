"""A picture that travels: everything that it needs is inside it."""

import re
import struct
from xml.etree import ElementTree

import pytest
import vl_convert

from pipeline.charts.picture import INSIDE, picture, width_of, wrapped

DRAWING = '<svg class="x" viewBox="0 0 560 280"><path d="M0 0H560" stroke="currentColor"/></svg>'
SOURCE = "Bron: Politie 47018NED, stand 15 januari 2026."


def test_title_aid_legend_notes_and_source_are_inside() -> None:
    made = picture(
        DRAWING, title="Misdrijven & meer", aid="De band is de marge.", source=SOURCE,
        legend=[("#e3eef8", "minder dan 5"), ("#0f4a7f", "5 of meer")], notes=["1. Mei 2015: anders geteld."],
    )  # fmt: skip
    texts = [one.text for one in ElementTree.fromstring(made).iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [
        "Misdrijven & meer", "De band is de marge.", "minder dan 5", "5 of meer", "1. Mei 2015: anders geteld.", SOURCE,
    ]  # fmt: skip
    assert "currentColor" not in made and "class=" not in made and 'fill="#0f4a7f"' in made


def test_a_png_is_twice_as_large_in_pixels() -> None:
    made = picture(DRAWING, title="Titel", aid="", source=SOURCE)
    width, height = re.findall(r'<svg [^>]*?width="(\d+)" height="(\d+)"', made)[0]
    png = vl_convert.svg_to_png(made, scale=2)
    assert struct.unpack(">II", png[16:24]) == (2 * int(width), 2 * int(height))


def test_what_was_drawn_for_a_phone_does_not_grow() -> None:
    small = DRAWING.replace("560 280", "340 230")
    assert 'width="442"' in picture(small, title="Titel", aid="", source=SOURCE)
    tall = DRAWING.replace("560 280", "1000 4000")
    assert 'height="640"' in picture(tall, title="Titel", aid="", source=SOURCE)


@pytest.mark.parametrize("size", [12, 19])
def test_every_line_fits_and_no_word_is_lost(size: int) -> None:
    text = "Wonen er minder dan vijftig mensen, dan staat alleen het aantal er. " * 6 + "W" * 200
    lines = wrapped(text, size, bold=True)
    assert " ".join(line.text for line in lines) == text
    assert all(width_of(line.text, size, bold=True) <= INSIDE for line in lines[:-1])
    assert not wrapped("", size)
