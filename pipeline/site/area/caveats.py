"""What to mind: what holds for nuisance and for crime alike; the page of an indicator has all of its own."""

from pipeline.indicator import MANY_VISITORS
from pipeline.site.area.area import Area, Section
from pipeline.site.area.batch import KOP, REEKS
from pipeline.words.reasons import still_running


def _make(area: Area, _: object) -> tuple[str, ...]:
    shared = area.shared
    first, second = (shared.indicatoren[name].voorbehoud.split(";") for name in (KOP, REEKS))
    keys = [key for key in first if key in second]
    if area.has_many_visitors:
        keys.append(MANY_VISITORS)
    unknown = sorted(set(keys) - set(shared.voorbehouden))
    if unknown:
        raise ValueError(f"caveats {', '.join(unknown)} have no text in reference.voorbehouden")
    running = dict.fromkeys(shared.lopend[name] for name in (KOP, REEKS) if name in shared.lopend)
    return (
        *(shared.kort.get(key, shared.voorbehouden[key]) for key in keys),
        *(still_running(period, until) for period, until in running),
    )


SECTION = Section("voorbehouden", "gebied_voorbehouden.j2", _make)
