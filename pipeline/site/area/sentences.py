"""The sentences of an area about one registered count."""

from pipeline.site.area.area import Area
from pipeline.site.area.batch import KOP, REEKS
from pipeline.site.figure.words import telling
from pipeline.words.sentences import Telling, Vergelijking, Zinnen, area_sentences


def count_of(area: Area, indicator: str) -> Telling:
    found = area.profiel.get(indicator)
    return telling(area.shared.indicatoren[indicator], found, afwezig=area.shared.why_absent(indicator))


def lead(area: Area) -> str:
    """The indicator that the page begins with: nuisance by drugs and alcohol, or else crime.

    Nobody is helped by a page that begins with what is not there, as long as something is.
    """
    return KOP if not _is_known(area, REEKS) or _is_known(area, KOP) else REEKS


def _is_known(area: Area, indicator: str) -> bool:
    found = area.profiel.get(indicator)
    return found is not None and found.is_known


def sentences(area: Area, indicator: str) -> Zinnen:
    """How many there were, how that compares, and how sure it is; made once for an area."""
    if (made := area.zinnen.get(indicator)) is None:
        made = area.zinnen[indicator] = _make(area, indicator)
    return made


def _make(area: Area, indicator: str) -> Zinnen:
    found = area.profiel.get(indicator)
    whole = area.batch.profielen.get(area.gebied.gemeente_code or "", {}).get(indicator)
    if found is None or whole is None or whole.periode != found.periode:
        whole = None
    places = {level: place.plaats for level, place in area.referenties.items()} | {"vergelijkbaar": None}
    measure = area.batch.maatstaven.get(area.code) if indicator == REEKS else None
    return area_sentences(
        area.gebied.plaats,
        count_of(area, indicator),
        geheel=whole.teller if whole else None,
        gemeente=area.referenties.get("gemeente", area.gebied).naam,
        naast_aanwezigen=measure.oordeel if measure is not None and measure.druk else None,
        eerst_gelijkende=area.has_many_visitors,
        vergelijkingen=[
            Vergelijking(place, pair.periode, pair.oordeel)
            for level, place in places.items()
            if (pair := area.vergeleken.get((indicator, level))) is not None
        ],
    )
