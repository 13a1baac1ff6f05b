"""Pictures of ten kinds of pages, to look at: three widths, light and dark, and print.

    python -m benchmarks.pictures --out DIR [--build build] [--scheme light] [KIND...]

Charts are drawn first, as a reader who scrolls would see them. A print is the first sheet of A4.
"""

import argparse
from pathlib import Path

import duckdb
from playwright.sync_api import Browser

from benchmarks.phone import choose
from pipeline.paths import Paths
from tests.browser.gates import NARROW, WIDE, chromium, draw_charts, open_context
from tests.browser.serving import serve

SHEET = {"width": 794, "height": 1123}  # A4 at 96 pixels an inch
TABLET = 768
SCHEMES = ("light", "dark")


def kinds(build: Path) -> dict[str, str]:
    """Name → path of a page of each kind."""
    buurt, gemeente, *_ = choose(build).values()
    with duckdb.connect(str(Paths(build=build).warehouse), read_only=True) as con:
        (first,) = con.execute(
            "select min(lower(gebied_code)) from core.gebied where gebied_niveau = 'wijk'"
        ).fetchall()[0]
    return {
        "home": "",
        "gemeente": gemeente,
        "wijk": f"gebied/{first}/",
        "buurt": buurt,
        "thema": "thema/drugsoverlast/",
        "indicator": "indicator/misdrijven/",
        "uitleg": "uitleg/cijfer-lezen/",
        "bronnen": "bronnen/",
        "aanpak": "aanpak/",
        "vergelijk": "vergelijk/",
    }


def shoot(
    browser: Browser, base: str, pages: dict[str, str], out: Path, *, schemes: tuple[str, ...]
) -> list[Path]:
    """Every picture of `pages`, below `out`."""
    made = []
    for scheme in schemes:
        for width in (NARROW, TABLET, WIDE):
            with open_context(browser, width=width, color_scheme=scheme) as context:
                page = context.new_page()
                for kind, path in pages.items():
                    page.goto(base + path, wait_until="load")
                    draw_charts(page)
                    made.append(out / f"{kind}-{width}-{scheme}.png")
                    page.screenshot(path=made[-1], full_page=True)
    with open_context(browser, width=SHEET["width"]) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        for kind, path in pages.items():
            page.goto(base + path, wait_until="load")
            made.append(out / f"{kind}-print.png")
            page.screenshot(path=made[-1], clip={"x": 0, "y": 0, **SHEET}, full_page=True)
    return made


def main() -> None:
    """Make the pictures and print where they are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=Path, default=Paths().build)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scheme", choices=SCHEMES, action="append", help="default: both")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="default: all ten")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pages = kinds(options.build)
    pages = {kind: pages[kind] for kind in options.kinds or pages}
    schemes = tuple(options.scheme or SCHEMES)
    with serve((options.build / "site").resolve()) as base, chromium() as browser:
        for picture in shoot(browser, base, pages, options.out, schemes=schemes):
            print(picture)


if __name__ == "__main__":
    main()
