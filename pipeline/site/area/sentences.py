"""The sentences of an area about one registered count."""

from pipeline.site.area.area import Area
from pipeline.site.figure.words import telling
from pipeline.words.sentences import Telling, Vergelijking, Zinnen, area_sentences


def count_of(area: Area, indicator: str) -> Telling:
    return telling(area.shared.indicatoren[indicator], area.profiel.get(indicator))


def sentences(area: Area, indicator: str) -> Zinnen:
    """How many there were, how that compares, and how sure it is."""
    found = area.profiel.get(indicator)
    whole = area.batch.profielen.get(area.gebied.gemeente_code or "", {}).get(indicator)
    if found is None or whole is None or whole.periode != found.periode:
        whole = None
    return area_sentences(
        area.gebied.plaats,
        count_of(area, indicator),
        geheel=whole.teller if whole else None,
        gemeente=area.referenties.get("gemeente", area.gebied).naam,
        vergelijkingen=[
            Vergelijking(place.plaats, pair.periode, pair.oordeel)
            for level, place in area.referenties.items()
            if (pair := area.vergeleken.get((indicator, level))) is not None
        ],
    )
