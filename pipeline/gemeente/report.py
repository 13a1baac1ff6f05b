"""What came of a municipal file, in plain Dutch: for whoever wrote its definition."""

from collections import Counter
from collections.abc import Iterator

from pipeline.gemeente.account import SHOWN_PROBLEMS, Mapped, problem_lines
from pipeline.gemeente.definition import Definition
from pipeline.gemeente.shape import PLACES

SHOWN_AREAS = 8
PLURAL = {"gemeente": "gemeente", "wijk": "wijken", "buurt": "buurten"}
FLOOR = range(1, 5)


def report(definition: Definition, mapped: Mapped, *, file: str) -> str:
    """The account of one file, as lines to print."""
    return "\n".join(_lines(definition, mapped, file)) + "\n"


def _lines(definition: Definition, mapped: Mapped, file: str) -> Iterator[str]:
    place = definition.form.place
    verdict = f"{mapped.wrong} {'fout' if mapped.wrong == 1 else 'fouten'}" if mapped.wrong else "in orde"
    yield f"{definition.id}: {verdict}"
    yield f"Gelezen: {_many(mapped.read, place)} uit {file}."
    used = "cel" if definition.periode.form == "kolommen" else place
    yield f"Gebruikt: {_many(mapped.used, used)}."
    if mapped.dropped:
        yield f"Weggelaten: {_many(mapped.dropped.total(), used)}."
        yield from (f"  - {count} keer: {reason}" for reason, count in mapped.dropped.most_common())
    if mapped.withheld:
        yield f"Geen cijfer: {mapped.withheld.total()}."
        yield from (
            f"  - {count} keer {reason.status}: {reason.words}"
            for reason, count in mapped.withheld.most_common()
        )
    yield from (f"Let op: {note}" for note in mapped.notes)
    if mapped.wrong:
        yield from _problems(mapped, place)
        return
    yield f"Perioden: {', '.join(mapped.periods)}."
    for indicator in definition.indicators:
        figures = [one for one in mapped.figures if one.indicator == indicator.id]
        levels = Counter(PLURAL[level] for level in map(_level, (one.gebied_code for one in figures)))
        spread = ", ".join(f"{count} voor {level}" for level, count in sorted(levels.items()))
        yield f"Cijfers voor {indicator.id}: {len(figures)} ({spread or 'geen'})."
        small = sum(1 for one in figures if one.aantal in FLOOR)
        if indicator.header.gevoelig and small:
            yield f"  - {small} keer 1 tot en met 4: de site toont daar 'minder dan 5'."
    for niveau, areas in mapped.missing.items():
        if areas:
            names = ", ".join(area.name for area in areas[:SHOWN_AREAS])
            more = f" en {len(areas) - SHOWN_AREAS} meer" if len(areas) > SHOWN_AREAS else ""
            yield f"Zonder cijfer: {len(areas)} {PLURAL[niveau]}: {names}{more}."


def _problems(mapped: Mapped, place: str) -> Iterator[str]:
    yield "Fouten:" if mapped.wrong <= SHOWN_PROBLEMS else "De eerste fouten:"
    yield from (f"  - {line}" for line in problem_lines(mapped.problems, place))


def _level(code: str) -> str:
    return {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}[code[:2]]


def _many(count: int, place: str) -> str:
    return f"{count} {place if count == 1 else PLACES[place]}"
