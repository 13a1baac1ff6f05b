"""Pictures for links to the site: what a message or a social medium shows beside the address.

One plain card for the country and each gemeente: its name and two newest figures, each with its source. An
address of a picture has to be absolute, so cards are of use only to a site that knows its own.
"""

from __future__ import annotations

import html
import os
import struct
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import vl_convert
from zlib_ng import zlib_ng

from pipeline.charts.picture import INK, PAPER, SOFT
from pipeline.charts.tokens import colour
from pipeline.gebied import slug_of
from pipeline.words.numbers import format_period, in_unit, join_words
from pipeline.words.provenance import named
from pipeline.words.sentences import Onderwerp, count_phrase

CARDS = "assets/delen"
FIGURES = ("misdrijven", "overlast_drugs_alcohol")
WIDTH, HEIGHT = 1200, 630
"""What media expect; the picture itself is two thirds of it, which is sharp enough for two lines of text."""

_ACCENT = colour("--basis-color-accent-1-color-default")
_SCALE = 2 / 3
_LEVEL = 6  # as zlib makes it by default, in a fifth of the time
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_WIDE_NAME = 22  # letters that fit at full size


@dataclass(frozen=True)
class Kaartcijfer:
    """The newest count of one indicator in one area, with its rate as it is written where there is one."""

    indicator: str
    onderwerp: str
    periode: str
    teller: int
    waarde: str | None
    eenheid: str
    bron: str


def card_path(gebied_code: str) -> str:
    """The address of the card of a gemeente or the country below the site's: 'assets/delen/gm0758.png'."""
    return f"{CARDS}/{slug_of(gebied_code)}.png"


def write_cards(con: duckdb.DuckDBPyConnection, site_dir: Path, *, gemeenten: Sequence[str] = ()) -> int:
    """Write the cards of the country and of `gemeenten` (empty: all) below `site_dir`; return how many."""
    areas = con.execute(
        """
        select gebied_code, gebied_naam from core.gebied
        where gebied_niveau in ('land', 'gemeente')
            and (len($gemeenten) = 0 or gebied_niveau = 'land' or list_contains($gemeenten, gebied_code))
        """,
        {"gemeenten": list(gemeenten)},
    ).fetchall()
    figures = read_figures(con, [code for code, _ in areas])
    (site_dir / CARDS).mkdir(parents=True, exist_ok=True)

    def write(code: str, name: str) -> None:
        picture = vl_convert.svg_to_png(card(name, figures.get(code, [])), scale=_SCALE)
        (site_dir / card_path(code)).write_bytes(smaller(picture))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in [pool.submit(write, *area) for area in areas]:
            done.result()
    return len(areas)


def read_figures(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> dict[str, list[Kaartcijfer]]:
    """The figures of the cards by area, in the order of FIGURES; one that was not published is left out."""
    rows = con.execute(
        """
        select p.gebied_code, p.indicator, i.onderwerp, p.periode, p.teller, w.cijfer, i.eenheid,
            bron_naam(s.publisher, p.tabel)
        from mart.gebied_profiel as p
        join mart.gebied_woorden as w using (gebied_code, indicator)
        join contract.indicator as i using (indicator)
        join contract.snapshot as s on p.tabel = s.tabel
        where list_contains($figures, p.indicator) and list_contains($codes, p.gebied_code)
            and p.teller is not null and p.status in ('ok', 'voorlopig', 'geen_noemer')
        order by p.gebied_code, list_position($figures, p.indicator)
        """,
        {"figures": list(FIGURES), "codes": list(codes)},
    ).fetchall()
    found: dict[str, list[Kaartcijfer]] = {}
    for code, *values in rows:
        found.setdefault(code, []).append(Kaartcijfer(*values))
    return found


def card(name: str, figures: Sequence[Kaartcijfer]) -> str:
    """The card as SVG of WIDTH x HEIGHT."""
    lines = [
        _text("Veiligheidsbeeld", y=96, size=34, fill=_ACCENT, bold=True),
        _text(name, y=200, size=84 if len(name) <= _WIDE_NAME else 52, bold=True),
    ]
    y = 316
    for one in figures:
        words = count_phrase(one.teller, Onderwerp.parse(one.onderwerp))
        lines.append(_text(f"{words} in {format_period(one.periode)}", y=y, size=42))
        if one.waarde is not None:
            rate = in_unit(one.waarde, one.eenheid)
            lines.append(_text(rate, y=y + 46, size=32, fill=SOFT))
        y += 124
    sources = [named(join_words(sorted({one.bron for one in figures})))] if figures else []
    said = " ".join([*sources, "Registraties, geen ranglijst."])
    lines.append(_text(said, y=572, size=26, fill=SOFT))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<rect width="20" height="{HEIGHT}" fill="{_ACCENT}"/>{"".join(lines)}</svg>'
    )


def smaller(png: bytes) -> bytes:
    """The same picture with its pixels compressed as usual: a third of what vl-convert writes."""
    signature, chunks, start = png[:8], [], 8
    pixels = b""
    while start < len(png):
        length, kind = struct.unpack(">I4s", png[start : start + 8])
        data = png[start + 8 : start + 8 + length]
        start += 12 + length
        if kind == b"IDAT":
            pixels += data
        elif kind == b"IEND":
            chunks += [(b"IDAT", zlib_ng.compress(zlib_ng.decompress(pixels), _LEVEL)), (kind, data)]
        elif kind == b"IHDR":
            chunks.append((kind, data))
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib_ng.crc32(kind + data))
        for kind, data in chunks
    )
    return signature + b"".join(parts)


def _text(text: str, *, y: int, size: int, fill: str = INK, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="80" y="{y}" font-family="{_FONT}" font-size="{size}"{weight} fill="{fill}">'
        f"{html.escape(text)}</text>"
    )
