"""The rooms of this package and the arrows between them, from the imports alone, for /bouwen/architectuur/.

A room is a package. Modules directly in pipeline/ that everybody uses are one room, 'kern'; each that stands
on top is a room of its own, and so are a few modules (APART). An arrow leads from what imports to what is
imported, imports inside functions too.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path

from pipeline.paths import PACKAGE, PROJECT

Arrows = Mapping[str, frozenset[str]]
TOP = ("cli", "__main__")
APART = {
    "gemeente.verbs": "gemeente.verbs",
    "gemeente.fetch": "gemeente.verbs",
    "aanpak.verbs": "aanpak.verbs",
    "site.municipal": "site.municipal",
    "site.approaches": "site.approaches",
    "site.freshness": "site.freshness",
}
"""Modules with a place of their own: verbs that use more than their room may, and what rooms share."""
CORE = "kern"
MARK = "<!-- kamers -->"
"""Where a written page has the picture and the table of the rooms."""

WIDTH, HEIGHT, BETWEEN, BELOW, EDGE = 128, 40, 22, 52, 12


@cache
def modules() -> Mapping[str, Path]:
    """Every Python module of pipeline by its name, but for models: the warehouse reads those by path."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PROJECT).with_suffix("").parts
        if "models" not in parts:
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@cache  # every module is read for it: the picture and the table need it once
def imports() -> Mapping[str, frozenset[str]]:
    """Module → modules of pipeline that it imports, wherever in the file."""
    known = modules()
    return {name: frozenset(_imported(file, name, known)) - {name} for name, file in known.items()}


def _imported(file: Path, name: str, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = name if file.name == "__init__.py" else name.rpartition(".")[0]
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                if full in known:
                    yield full
                elif base in known:
                    yield base


def room_of(module: str) -> str:
    """'site.area' of pipeline.site.area.pages, 'cli' of pipeline.cli, 'kern' of pipeline.model."""
    parts = module.split(".")[1:]
    if apart := APART.get(".".join(parts)):
        return apart
    package = parts if modules()[module].name == "__init__.py" else parts[:-1]
    if package:
        return ".".join(package[:2])
    return parts[0] if parts and parts[0] in TOP else CORE


def rooms() -> dict[str, frozenset[str]]:
    """Room → rooms that it uses."""
    arrows: dict[str, set[str]] = {}
    for module, used in imports().items():
        room = room_of(module)
        arrows.setdefault(room, set()).update(room_of(one) for one in used)
    return {room: frozenset(used - {room}) for room, used in arrows.items() if room != "__main__"}


def circles(arrows: Arrows) -> list[list[str]]:
    """Names that use each other, in groups, however long the way; none where all arrows point one way."""
    reach = {name: _reached(name, arrows) for name in arrows}
    groups = {
        tuple(sorted(one for one in reach if name in reach[one] and one in reach[name])) for name in reach
    }
    return [list(group) for group in sorted(groups) if group]


def _reached(name: str, arrows: Arrows) -> set[str]:
    found: set[str] = set()
    waiting = list(arrows.get(name, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += arrows.get(one, ())
    return found


# ---- the picture --------------------------------------------------------------------------------------


def heights(arrows: Arrows) -> dict[str, int]:
    """How many steps a room stands above those that use no other; those of one circle stand side by side."""
    together = {room: frozenset(circle) for circle in circles(arrows) for room in circle}
    above: dict[str, int] = {}
    while len(above) < len(arrows):
        for room in arrows:
            circle = together.get(room, frozenset({room}))
            below = frozenset().union(*(arrows[one] for one in circle)) - circle
            if room not in above and below <= set(above):
                above |= dict.fromkeys(circle, 1 + max((above[one] for one in below), default=-1))
    return above


def direct(arrows: Arrows) -> dict[str, list[str]]:
    """The arrows that no longer way says already."""
    reach = {room: _reached(room, arrows) for room in arrows}
    return {
        room: sorted(
            one
            for one in used
            if not any(one in reach[other] and other not in reach[one] for other in used - {one})
        )
        for room, used in arrows.items()
    }


def with_rooms(markdown: str) -> str:
    """A written page with the picture and the table of now in the place of its mark."""
    if MARK not in markdown:
        return markdown
    return markdown.replace(MARK, f'<figure class="vb-figuur">{picture()}</figure>\n\n{table()}')


def table() -> str:
    """The rooms from top to bottom in Markdown: what each is for and which it uses."""
    arrows = rooms()
    above = heights(arrows)
    lines = ["| kamer | wat zij doet | gebruikt |", "|---|---|---|"]
    for room in sorted(arrows, key=lambda one: (-above[one], one)):
        used = ", ".join(f"`{one}`" for one in sorted(arrows[room])) or "geen andere kamer"
        lines.append(f"| `{room}` | {WAT[room]} | {used} |")
    return "\n".join(lines)


def picture() -> str:
    """The rooms as SVG: one floor a height, an arrow down for each direct use."""
    arrows = rooms()
    above = heights(arrows)
    floors = [sorted(r for r in arrows if above[r] == floor) for floor in range(max(above.values()), -1, -1)]
    widest = max(map(len, floors))
    width = widest * (WIDTH + BETWEEN) - BETWEEN + 2 * EDGE
    place: dict[str, tuple[float, int]] = {}
    for number, floor in enumerate(floors):
        row = len(floor) * (WIDTH + BETWEEN) - BETWEEN
        y = EDGE + number * (HEIGHT + BELOW)
        for spot, room in enumerate(floor):
            place[room] = ((width - row) / 2 + spot * (WIDTH + BETWEEN), y)
    height = EDGE * 2 + len(floors) * (HEIGHT + BELOW) - BELOW
    lines = [_arrow(place[room], place[one]) for room, used in sorted(direct(arrows).items()) for one in used]
    boxes = [_box(room, *place[room]) for room in sorted(place)]
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" fill="none" stroke="currentColor" '
        'aria-label="Kamers van de software boven elkaar, met pijlen naar beneden">'
        '<marker id="pijlpunt" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="currentColor"/></marker>' + "".join([*lines, *boxes]) + "</svg>"
    )


def _arrow(start: tuple[float, int], end: tuple[float, int]) -> str:
    """From the middle of the floor of a box to the middle of the roof of another."""
    (x1, y1), (x2, y2) = (start[0] + WIDTH / 2, start[1] + HEIGHT), (end[0] + WIDTH / 2, end[1])
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" marker-end="url(#pijlpunt)"/>'


def _box(room: str, x: float, y: int) -> str:
    return (
        f'<rect x="{x:g}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="4" fill="Canvas"/>'
        f'<text x="{x + WIDTH / 2:g}" y="{y + HEIGHT / 2 + 5:g}" text-anchor="middle" font-size="14" '
        f'fill="currentColor" stroke="none">{escape(room)}</text>'
    )


WAT = {
    "cli": "leest de opdracht en zegt wat er gebeurt",
    "site": "zet alle stukken in elkaar en zet de nieuwe site neer",
    "site.figure": "maakt van één cijfer woorden, cellen en grafiekrijen",
    "site.area": "maakt de pagina van een gebied",
    "site.text": "geeft teksten hun cijfers en maakt pagina's uit definities",
    "site.generator": "maakt van de teksten een map Markdown, en van die map de geschreven pagina's",
    "site.map": "tekent kaarten",
    "site.download": "schrijft de bestanden om te bewaren",
    "site.description": "beschrijft wat er gepubliceerd is, in vormen die anderen lezen",
    "site.frame": "is wat om een pagina heen staat",
    "site.feed": "schrijft feeds van wat nieuw is",
    "site.standing": "weet welke versie er staat, en wat daarvan kan blijven",
    "site.html": "schrijft opmaak, zonder cijfers te kennen",
    "machine": "beantwoordt vragen van programma's uit de gemaakte site",
    "words": "schrijft cijfers en zinnen in het Nederlands",
    "charts": "tekent grafieken",
    "warehouse": "maakt van opnamen tabellen",
    "gemeente": "leest bestanden van gemeenten",
    "site.municipal": "leest wat gemeenten zelf geven",
    "site.freshness": "zegt hoe oud cijfers zijn en wanneer de volgende komen",
    "site.approaches": "leest wat er gedaan wordt en wat ervan kwam",
    "aanpak": "leest wat er lokaal gedaan wordt, en oordeelt wat ervan kwam",
    "aanpak.verbs": "schrijft een aanpak op, toetst haar en legt een oordeel vast",
    "gemeente.verbs": "haalt cijfers van gemeenten op en maakt een concept",
    "fetch": "haalt op, en is de enige met een netwerk",
    "statistics": "rekent marges en spreiding uit",
    CORE: "is wat alle kamers gebruiken: paden, kop van een model, opslag",
}
