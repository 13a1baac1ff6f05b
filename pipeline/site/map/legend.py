"""What a map says: the class and the words of an area, the legend, and which areas have no figure.

A figure on a bound belongs to the class above it: "5 tot 10" begins at 5.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from pipeline.gebied import PLURAL
from pipeline.indicator import Indicator
from pipeline.site.html.markup import text
from pipeline.site.map.rows import CLASSES, Part, Subject, is_doubtful
from pipeline.words.numbers import capital, format_figure, format_number, in_unit
from pipeline.words.status import OORZAKEN, STATUSSEN, why_empty

NO_FIGURE = "vb-leeg"
DOUBTFUL = "vb-onzeker"
TOO_UNSURE = "te onzeker voor een kleur"
WHY_DOUBTFUL = "Te onzeker: met de marge erbij kan het cijfer laag zijn, maar ook hoog."
HATCHED = ((DOUBTFUL, "te onzeker"), (NO_FIGURE, "geen cijfer"))
MOST_NAMES = 12


def css_class(area: Part, bounds: Sequence[float]) -> str:
    """The class of an area in the style sheet: its colour, or that it has none."""
    if area.value is None:
        return NO_FIGURE
    if is_doubtful(area, bounds):
        return DOUBTFUL
    return f"vb-k{colour(bisect_right(bounds, area.value), bounds)}"


def colour(place: int, bounds: Sequence[float]) -> int:
    """The colour of the n-th class: few classes are spread, so that light stays low and dark stays high."""
    return round(place * (CLASSES - 1) / len(bounds))


def in_words(area: Part, subject: Subject) -> str:
    """'City: 39,9 per 1.000 inwoners (aantal: 109)', or why there is no figure."""
    definition = subject.definition
    count = f"aantal: {format_number(area.count)}" if area.count is not None else ""
    if area.value is None:
        reason = why_empty(area.waarom, noemer=definition.noemer_soort)
        return f"{area.name}: {', '.join(part for part in (reason, count) if part)}"
    figure = in_unit(format_figure(definition, area.value), definition.eenheid)
    doubt = f"; {TOO_UNSURE}" if is_doubtful(area, subject.bounds) else ""
    return f"{area.name}: {figure}{f' ({count})' if count else ''}{doubt}"


def class_words(bounds: Sequence[float]) -> list[str]:
    """The classes between bounds: ['minder dan 5', '5 tot 10', '10 of meer']."""
    shown = [_bound(value) for value in bounds]
    between = [f"{low} tot {high}" for low, high in pairwise(shown)]
    return [f"minder dan {shown[0]}", *between, f"{shown[-1]} of meer"]


def unit(definition: Indicator) -> str:
    """The unit in words: 'per 1.000 inwoners', 'procent'."""
    return "procent" if definition.eenheid == "%" else definition.eenheid


def entries(subject: Subject, areas: Sequence[Part]) -> list[tuple[str, str]]:
    """The classes as (class in the style sheet, words with how many of `areas` have it)."""
    counts = Counter(css_class(area, subject.bounds) for area in areas)
    words = class_words(subject.bounds)
    found = [(f"vb-k{colour(place, subject.bounds)}", word) for place, word in enumerate(words)]
    found += [(css, word) for css, word in HATCHED if counts[css]]
    return [(css, f"{word} ({counts[css]})") for css, word in found]


def legend(subject: Subject, areas: Sequence[Part]) -> Markup:
    """The classes in words, with their colours and how many of `areas` each has."""
    found = entries(subject, areas)
    items = Markup("").join(
        Markup('<li><span class="vb-staal {}"></span>{}</li>').format(css, words) for css, words in found
    )
    doubted = DOUBTFUL in dict(found)
    return Markup('<p class="vb-klein">{}:</p><ul class="vb-legenda">{}</ul>{}').format(
        head(subject), items, Markup('<p class="vb-klein">{}</p>').format(WHY_DOUBTFUL) if doubted else ""
    )


def head(subject: Subject) -> str:
    """What stands above the classes: 'Per 1.000 inwoners (aantal buurten)'."""
    return f"{_capital(unit(subject.definition))} (aantal {PLURAL[subject.niveau]})"


def _capital(words: str) -> str:
    """'x 1.000 euro' keeps its x."""
    return words if words.startswith("x ") else capital(words)


def _bound(value: float) -> str:
    """A bound without decimals that say nothing: 5, 2,5, 0,25."""
    decimals = next(count for count in range(10) if round(value, count) == value)
    return format_number(value, decimals=decimals)


def without(areas: Sequence[tuple[str, str]], subject: Subject) -> Markup:
    """Which areas (name, why) have no figure and why; too many to name are counted by reason."""
    if not areas:
        return Markup("")
    plural = PLURAL[subject.niveau]
    named = len(areas) <= MOST_NAMES
    by_reason: dict[str, list[str]] = {}
    for waarom in (*STATUSSEN, *OORZAKEN):
        names = [name for name, why in areas if why == waarom]
        if names:  # some reasons have the same words
            by_reason.setdefault(why_empty(waarom, noemer=subject.definition.noemer_soort), []).extend(names)
    reasons = []
    for reason, names in by_reason.items():
        count = f"{len(names)} {subject.niveau if len(names) == 1 else plural}"
        reasons.append(f"{reason} ({', '.join(names) if named else count})")
    return Markup('<p class="vb-klein">Zonder cijfer (gearceerd): {}.</p>').format(text("; ".join(reasons)))
