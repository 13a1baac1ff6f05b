"""The three answers on top of a page: is it much, does it become more or less, and how sure is that?

The words are those of `pipeline.words`, as in the sections below; the drawings show the intervals that the
words come from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.site.area.area import Area
from pipeline.site.area.sentences import sentences
from pipeline.site.figure.cijfer import Cijfer
from pipeline.site.figure.strip import Strip, beside, hundredths, line_svg, margin
from pipeline.words.numbers import format_mean
from pipeline.words.sentences import Onderwerp
from pipeline.words.trends import too_few_years, trend_sentence, visible_sentence

ALIKE = "vergelijkbaar"


@dataclass(frozen=True, slots=True)
class Answers:
    """`strip` and `line` are empty where none is drawn; `years` says of which years the line is."""

    veel: tuple[str, ...]
    verloop: tuple[str, ...]
    zeker: tuple[str, ...]
    strip: Markup
    line: Markup
    years: str


def answers(area: Area, indicator: str) -> Answers | None:
    """What is to be said of one registered count; None where nothing of it is known."""
    figure = area.profiel.get(indicator)
    if figure is None or not figure.is_known:
        return None
    words, years = sentences(area, indicator), area.years(indicator)
    line = line_svg(years)
    return Answers(
        veel=(*words.vergelijking, *_crowded(area)),
        verloop=trend(area, indicator),
        zeker=(*words.zekerheid, *visible(area, indicator)),
        strip=strip(area, figure),
        line=line,
        years=f"{years_of(years)}.{_level(area, indicator)}" if line else "",
    )


def trend(area: Area, indicator: str) -> tuple[str, ...]:
    """Whether it becomes more or less, or why that is not said."""
    found = area.verloop.get(indicator)
    if found is not None and found.verandering is not None:
        wat = Onderwerp.parse(area.shared.indicatoren[indicator].onderwerp).meervoud
        return (
            trend_sentence(
                wat, van=found.van, tot=found.tot, oordeel=found.oordeel, verandering=found.verandering
            ),
        )
    years = area.years(indicator)
    return (
        too_few_years(
            [year.periode for year in years if year.teller is not None],
            verborgen=any(year.status in ("verborgen", "minder_dan_5") for year in years),
            voorbeeld=area.shared.voorbeeld,
        ),
    )


def strip(area: Area, figure: Cijfer) -> Markup:
    """The figure with its margin above what it is held against; without a margin or the latter nothing."""
    if figure.waarde is None or figure.onder is None or figure.boven is None:
        return Markup("")
    words = area.woorden[figure.indicator]
    names = {level: place.naam for level, place in area.referenties.items()} | {ALIKE: "Vergelijkbaar"}
    texts = {level: words.beside(level)[0] for level in area.referenties} | {ALIKE: words.vergelijkbaar}
    values = same_period(area, figure)
    longest = max(figure.boven, *values.values(), 0)
    own = Strip(*(hundredths(one, longest) for one in (figure.waarde, figure.onder, figure.boven)))
    rows = [
        f"<dt>Hier, {figure.periode}<dd><svg aria-hidden=true>{margin(own)}</svg>{escape(words.cijfer or '')}"
    ]
    for level, name in names.items():
        if not (text := texts[level]):
            continue
        # One of another year has no place on this axis: it is only told.
        mark = beside(own, hundredths(values[level], longest)) if level in values else ""
        rows.append(f"<dt>{escape(name)}<dd>{mark and f'<svg aria-hidden=true>{mark}</svg>'}{escape(text)}")
    return Markup(f"<dl class=vb-naast>{''.join(rows)}</dl>" if rows[1:] else "")


def same_period(area: Area, figure: Cijfer) -> dict[str, float]:
    """What a figure may be held against, of its own period: gemeente, land or vergelijkbaar -> value."""
    return {
        level: pair.referentie_waarde
        for level in (*area.referenties, ALIKE)
        if (pair := area.vergeleken.get((figure.indicator, level))) is not None
        and pair.periode == figure.periode
        and pair.referentie_waarde is not None
    }


def _crowded(area: Area) -> tuple[str, ...]:
    return ("Per inwoner zegt het hier weinig.",) if area.is_crowded else ()


def visible(area: Area, indicator: str) -> tuple[str, ...]:
    """What one more year could show at all; from nothing nothing can decline."""
    found, newest = area.verloop.get(indicator), area.profiel.get(indicator)
    if (
        found is None
        or found.verandering is None
        or found.zichtbaar is None
        or not (newest and newest.teller)
    ):
        return ()
    return (visible_sentence(found.zichtbaar),)


def years_of(years: Sequence[Cijfer]) -> str:
    """'2015 tot en met 2025', of those that are drawn."""
    known = [year.periode for year in years if year.teller is not None]
    return f"{known[0]} tot en met {known[-1]}"


def _level(area: Area, indicator: str) -> str:
    found = area.drie_jaar.get(indicator)
    return f" Gewogen over drie jaar: {format_mean(found.aantal)}." if found else ""
