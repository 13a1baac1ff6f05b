"""Which areas differ more than areas of their size usually do: a funnel, in numbers and in words.

Method: `pipeline.statistics.funnel`. Areas stand by name, those outside too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from pipeline.charts import funnel as drawing
from pipeline.gebied import PLURAL, Niveau
from pipeline.indicator import Indicator
from pipeline.site.figure.cijfer import Cijfer, Gebied, address_of
from pipeline.site.figure.words import with_unit
from pipeline.site.html.markup import text
from pipeline.statistics import funnel
from pipeline.words.numbers import capital, format_figure, format_number, format_period

LEAST = 10
"""Fewer areas have no usual spread of their own."""
STEPS = 16  # points of a limit


@dataclass(frozen=True)
class Funnel:
    """Areas of one level in one period, by name.

    Attributes:
        figures: at least LEAST, each with a count and a denominator.
        target: the rate of all of them together, in the unit of the indicator.
        phi: how many times the variance of chance areas of this level have.
        above, below: those beyond the outer limits (99.8 %).
    """

    definition: Indicator
    niveau: Niveau
    figures: tuple[tuple[Gebied, Cijfer], ...]
    target: float
    phi: float
    above: tuple[Gebied, ...]
    below: tuple[Gebied, ...]

    @property
    def plural(self) -> str:
        return PLURAL[self.niveau]


def make_funnel(
    definition: Indicator, niveau: Niveau, figures: Sequence[tuple[Gebied, Cijfer]]
) -> Funnel | None:
    """A funnel of what is published of some areas; None where they are too few or nothing was counted.

    A sensitive kind has none below the gemeente.
    """
    if definition.gevoelig and niveau != "gemeente":
        return None
    shown = [
        (area, one)
        for area, one in figures
        if one.waarde is not None and one.teller is not None and one.noemer
    ]
    counts = np.array([one.teller for _, one in shown], dtype=np.float64)
    if len(shown) < LEAST or not counts.sum():
        return None
    sizes = np.array([one.noemer for _, one in shown], dtype=np.float64)
    expected = sizes * counts.sum() / sizes.sum()
    phi = funnel.overdispersion(funnel.scores(counts, expected))
    low, high = funnel.limits(expected, coverage=funnel.OUTER, phi=phi)
    ratio = counts / expected
    return Funnel(
        definition=definition,
        niveau=niveau,
        figures=tuple(shown),
        target=float(counts.sum() / sizes.sum() * (definition.per or 1)),
        phi=phi,
        above=tuple(area for (area, _), out in zip(shown, ratio > high, strict=True) if out),
        below=tuple(area for (area, _), out in zip(shown, ratio < low, strict=True) if out),
    )


def title(one: Funnel, where: str) -> str:
    """'Misdrijven per buurt in Breda, 2025'."""
    return f"{one.definition.titel} per {one.niveau} {where}, {format_period(one.figures[0][1].periode)}"


def caption(one: Funnel) -> list[str]:
    """How to read the picture, and how many lie outside."""
    several = len(one.figures)
    return [
        f"Elke stip is een {one.niveau}: links de kleine, rechts de grote.",
        f"De doorgetrokken lijn is het cijfer van alle {several} {one.plural} samen: "
        f"{with_unit(one.definition, one.target)}.",
        f"Zonder iets bijzonders liggen 95 van de 100 {one.plural} tussen de binnenste stippellijnen, "
        "en 998 van de 1.000 tussen de buitenste.",
        _outside(one),
        "Waarom zij verschillen, zeggen deze cijfers niet.",
    ]


def _outside(one: Funnel) -> str:
    above, below = len(one.above), len(one.below)
    if not above + below:
        return "Buiten de buitenste lijnen ligt er geen enkele."
    if not above or not below:
        where = "erboven" if above else "eronder"
        if above + below == 1:
            return f"Buiten de buitenste lijnen ligt er 1, {where}."
        return f"Buiten de buitenste lijnen liggen er {format_number(above + below)}, alle {where}."
    return (
        f"Buiten de buitenste lijnen liggen er {format_number(above + below)}: "
        f"{format_number(above)} erboven en {format_number(below)} eronder."
    )


def drawn(one: Funnel, *, root: str, linked: Collection[str] | None = None) -> Markup:
    """The picture; dots of areas are links below `root`, those in `linked` alone where that is given."""
    per = one.definition.per or 1
    sizes = [figure.noemer or 0 for _, figure in one.figures]
    across = np.geomspace(min(sizes), max(sizes), STEPS)
    curves = []
    for coverage in (funnel.INNER, funnel.OUTER):
        limits = funnel.limits(across * one.target / per, coverage=coverage, phi=one.phi)
        curves += [list(zip(across.tolist(), (limit * one.target).tolist(), strict=True)) for limit in limits]
    dots = [
        drawing.Dot(
            size=figure.noemer or 0,
            rate=figure.waarde or 0.0,
            words=text(
                f"{area.naam}: {format_figure(one.definition, figure.waarde or 0.0)}"
                f" (aantal: {format_number(figure.teller or 0)})"
            ),
            address=f"{root}{address_of(area.gebied_code)}"
            if linked is None or area.gebied_code in linked
            else "",
        )
        for area, figure in one.figures
    ]
    return drawing.svg(
        dots,
        target=one.target,
        limits=curves,
        up=capital(one.definition.eenheid),
        across=one.definition.noemer_soort or "",
    )
