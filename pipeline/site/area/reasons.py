"""What empty cells have no room for: why a rate or a figure is absent, each reason once below its table."""

from collections.abc import Iterable

from pipeline.site.area.area import Area
from pipeline.site.figure.cijfer import Cijfer
from pipeline.words.sentences import other_boundary, without_rate
from pipeline.words.status import ANDERE_GRENS


def counts_alone(area: Area, figures: Iterable[Cijfer]) -> tuple[str, ...]:
    """Why counts have no rate, each reason once with its years."""
    years: dict[str, list[str]] = {}
    for one in figures:
        if one.teller is not None and one.oorzaak is not None:
            years.setdefault(one.oorzaak, []).append(one.periode)
    return tuple(without_rate(oorzaak, of, voorbeeld=area.shared.voorbeeld) for oorzaak, of in years.items())


def boundaries(area: Area, figures: Iterable[Cijfer]) -> tuple[str, ...]:
    """From which years figures are left out, here or beside, because they may be of another area."""
    years = [
        one.periode
        for one in figures
        if ANDERE_GRENS
        in (one.oorzaak, *(area.woorden[one.indicator].beside(of)[1] for of in area.referenties))
    ]
    return (other_boundary(years),) if years else ()
