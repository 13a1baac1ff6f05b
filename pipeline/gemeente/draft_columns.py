"""Names of columns that say a period: a year, a school year, a quarter, a half year or a month."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.gemeente.periods import (
    FIRST_YEAR,
    LABEL,
    PeriodError,
    month_of,
    part_label,
    range_of,
    read_period,
)

MOST_WORDS = 5  # of a period: '1e kwartaal van 2024', "schooljaar 2023 - 2024"
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)")
_PART_ALONE = re.compile(
    r"(?i)(?:[qk]|kw|kwartaal) ?(?P<n>[1-4])|(?P<m>[1-4])e ?(?:kwartaal|kw)"
    r"|(?:h|hj|halfjaar) ?(?P<i>[12])|(?P<j>[12])e ?(?:halfjaar|hj)"
)


@dataclass(frozen=True)
class Named:
    """A column, what is left of its name without the period, and the period as a definition writes it.

    ``label`` lacks the year (``Q1``, ``03``) where the name has none; ``doubtful`` is 2011-12, which may be a
    month.
    """

    column: str
    figure: str
    label: str
    doubtful: bool = False


def named_periods(columns: Sequence[str]) -> list[Named]:
    """The columns that say a period; those without a year only where no column has one."""
    found = [one for name in columns if (one := _with_year(name))]
    if found:
        # Beside 2012-13, 2011-12 is no month of December.
        ranges = any(range_of(one.label) and not one.doubtful for one in found)
        found = [_as_range(one) if ranges and one.doubtful else one for one in found]
        if any(re.fullmatch(r"\d{4}", one.label) for one in found):
            # Beside columns of a year, '2022-2023' is a difference or a mean and no period.
            found = [one for one in found if not range_of(one.label)]
        return list(_without_double(found))
    alone = [one for name in columns if (one := _part_alone(name))]
    return alone if len(alone) > 1 else []


def is_part(label: str) -> bool:
    """Whether a label is of a part of a year."""
    found = LABEL.fullmatch(label)
    return not range_of(label) and not (found and not found["month"] and not found["kind"])


def _with_year(name: str) -> Named | None:
    words = re.sub(r"[\s_()\[\],;:]+", " ", name).split()
    for size in range(min(MOST_WORDS, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            text = " ".join(words[start : start + size])
            if label := _label(text):
                rest = " ".join(words[:start] + words[start + size :])
                return Named(
                    name, rest, label, doubtful=bool(range_of(text)) and "-" in label and "/" not in label
                )
    years = [year for year in _YEAR.findall(name) if int(year) >= FIRST_YEAR]
    if len(years) != 1:
        return None
    rest = re.sub(r"[\s_()\[\]-]+", " ", name.replace(years[0], " "))
    return Named(name, " ".join(rest.split()), years[0])


def _label(text: str) -> str:
    """The period of a text that says nothing else; empty if it says anything else."""
    if label := part_label(text):
        return label
    years = range_of(text)
    if years and not re.fullmatch(r"\d{4}-(0\d|1[0-2])", text):
        return f"{years[0]}/{years[1] % 100:02}"
    if re.fullmatch(r"\d{4}", text):
        return text if _YEAR.fullmatch(text) else ""
    if not _YEAR.search(text) or text.isdigit():
        return ""
    try:
        return read_period(text, form="maand", to="maand").text
    except PeriodError:
        return ""


def _as_range(one: Named) -> Named:
    year, month = one.label.split("-")
    return Named(one.column, one.figure, f"{year}/{month}")


def _without_double(found: Sequence[Named]) -> Iterator[Named]:
    """A year that has a column of its own does not need its quarters."""
    whole = {(one.figure, one.label) for one in found if not is_part(one.label)}
    yield from (one for one in found if not is_part(one.label) or (one.figure, one.label[:4]) not in whole)


def _part_alone(name: str) -> Named | None:
    bare = " ".join(name.split())
    if month := month_of(bare):
        return Named(name, "", f"{month:02}")
    if found := _PART_ALONE.fullmatch(bare):
        quarter, half = found["n"] or found["m"], found["i"] or found["j"]
        return Named(name, "", f"Q{quarter}" if quarter else f"H{half}")
    return None
