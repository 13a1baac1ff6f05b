"""A funnel plot as SVG text: dots of areas by size, between limits that narrow as areas grow.

Drawn by hand in a few kilobytes, as maps are: pages of gemeenten have hundreds of dots, and need no script.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.words.numbers import format_number, format_short

WIDTH, HEIGHT = 340, 230
LEFT, RIGHT, TOP, BOTTOM = 38, 8, 26, 34

Curve = Sequence[tuple[float, float]]
Place = Callable[[float], float]


@dataclass(frozen=True)
class Dot:
    """An area: how many it is divided by, its rate, its words for who points at it, and its page or ''."""

    size: float
    rate: float
    words: str
    address: str = ""


def svg(dots: Sequence[Dot], *, target: float, limits: Sequence[Curve], up: str, across: str) -> Markup:
    """Draw dots, the line of all together and limits (each from small to large sizes, lower and upper apart).

    Sizes lie on a logarithmic axis, rates on one of square roots: chance then looks equally wide anywhere.
    `up` and `across` name the axes of rates and of sizes. Colours are those of the text around it.
    """
    sizes = [dot.size for dot in dots]
    low, high = math.log10(min(sizes)), math.log10(max(sizes))
    most = max(target * 2, *(dot.rate for dot in dots))

    def x(size: float) -> float:
        part = (math.log10(size) - low) / (high - low) if high > low else 0.5
        return LEFT + 8 + part * (WIDTH - LEFT - RIGHT - 16)

    def y(rate: float) -> float:
        return TOP + (1 - math.sqrt(max(0.0, min(rate, most)) / most)) * (HEIGHT - TOP - BOTTOM)

    lines = Markup("").join(
        Markup('<path d="{}" stroke-dasharray="{}"/>').format(
            "M" + "L".join(f"{_short(x(size))} {_short(y(rate))}" for size, rate in curve),
            "2 3" if number < 2 else "6 3",
        )
        for number, curve in enumerate(limits)
    )
    level = _short(y(target))
    return Markup(
        '<svg class="vb-plaat vb-smal vb-trechter" viewBox="0 0 {width} {height}" role="{role}" '
        'aria-label="{label}" font-size="11" fill="currentColor"><g fill="none" stroke="currentColor">'
        '<path d="M{left} {level}H{right}"/>{lines}</g>{ticks}'
        '<text x="0" y="12">{up}</text><text x="{right}" y="{bottom}" text-anchor="end">{across}</text>'
        "<g>{dots}</g></svg>"
    ).format(
        width=WIDTH,
        height=HEIGHT,
        role="group" if any(dot.address for dot in dots) else "img",
        label=f"{up} naar {across}",
        left=LEFT,
        right=WIDTH - RIGHT,
        level=level,
        lines=lines,
        ticks=_rates(most, y) + _sizes(low, high, x),
        bottom=HEIGHT - 3,
        up=up,
        across=across,
        dots=Markup("").join(_dot(dot, x(dot.size), y(dot.rate)) for dot in dots),
    )


def _dot(dot: Dot, x: float, y: float) -> Markup:
    mark = Markup('<circle cx="{:.0f}" cy="{:.0f}" r="3"><title>{}</title></circle>').format(x, y, dot.words)
    return Markup('<a href="{}">{}</a>').format(dot.address, mark) if dot.address else mark


def _rates(most: float, y: Place) -> Markup:
    """Some round rates along the left side, far enough apart to read."""
    unit = 10.0 ** math.floor(math.log10(most))
    shown: list[float] = []
    for rate in sorted({step * unit / down for step in (1, 2, 5) for down in (1, 10)} | {0.0}):
        if rate <= most and (not shown or y(shown[-1]) - y(rate) >= 16):
            shown.append(rate)
    return Markup("").join(
        Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(
            LEFT - 5, _short(y(rate) + 4), format_short(rate)
        )
        for rate in shown
    )


def _sizes(low: float, high: float, x: Place) -> Markup:
    """Powers of ten, and their doubles and fives where sizes differ little."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    steps = (1,) if high - low > 2 else (1, 2, 5)
    return Markup("").join(
        Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
            _short(x(step * 10.0**power)), HEIGHT - BOTTOM + 16, format_number(step * 10**power)
        )
        for power in powers
        for step in steps
        if low <= math.log10(step) + power <= high and LEFT + 12 < x(step * 10.0**power) < WIDTH - 24
    )


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
