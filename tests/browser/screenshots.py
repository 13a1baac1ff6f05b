"""Pictures of pages, to look at: python -m tests.browser.screenshots --site build/site --out DIR PATH..."""

import argparse
import sys
from pathlib import Path

from tests.browser.gates import WIDE, chromium, draw_charts, open_context
from tests.browser.serving import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("build/site"), help="folder of the built site")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--width", type=int, action="append", help="CSS pixels; may be repeated")
    parser.add_argument("--dark", action="store_true", help="as on a device set to dark")
    parser.add_argument("--screen", action="store_true", help="the first screen only, not the whole page")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="gebied/gm0758/ ; / is the home page")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    scheme = "dark" if options.dark else "light"
    with serve(options.site.resolve()) as base, chromium() as browser:
        for width in options.width or [WIDE]:
            with open_context(browser, width=width, color_scheme=scheme) as context:
                page = context.new_page()
                for path in options.paths:
                    page.goto(base + path.lstrip("/"), wait_until="load")
                    draw_charts(page)
                    name = path.strip("/").replace("/", "-") or "home"
                    picture = options.out / f"{name}-{width}{'-dark' * options.dark}.png"
                    page.screenshot(path=picture, full_page=not options.screen)
                    sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    main()
