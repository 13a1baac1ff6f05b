"""Whole years before and after a start, and never over a break."""

from datetime import date

import pytest

from pipeline.aanpak.window import Break, Window, choose

YEARS = tuple(range(2015, 2026))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2023, 1, 1), None, Window((2020, 2021, 2022), (2023, 2024, 2025))),
        (date(2022, 7, 1), None, Window((2019, 2020, 2021), (2023, 2024, 2025), 2022)),
        (date(2019, 1, 1), None, Window((2016, 2017, 2018), (2023, 2024, 2025))),
        (date(2020, 1, 1), date(2021, 12, 31), Window((2017, 2018, 2019), (2020, 2021))),
        (date(2020, 1, 1), date(2021, 11, 30), Window((2017, 2018, 2019), (2020,))),
        # What ended within a year is judged on the year after its start.
        (date(2020, 3, 1), date(2020, 9, 1), Window((2017, 2018, 2019), (2021,), 2020)),
        (date(2025, 2, 1), None, Window((2022, 2023, 2024), (), 2025)),
        (date(2016, 1, 1), date(2016, 12, 31), Window((2015,), (2016,))),
        (date(2010, 1, 1), None, Window((), (2023, 2024, 2025))),
    ],
)
def test_whole_years_on_both_sides(start: date, end: date | None, expected: Window) -> None:
    assert choose(start, end, YEARS, ()) == expected


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        (
            ((2017, 2019),),
            Window((2019, 2020), (2021, 2022, 2023)),
        ),  # the year of the break is of neither side
        (((2018, 2019),), Window((2019, 2020), (2021, 2022, 2023))),
        (((2022, 2024),), Window((2018, 2019, 2020), (2021, 2022))),
        (((2022, 2023),), Window((2018, 2019, 2020), (2021, 2022))),
        (((2020, 2021),), Window((2018, 2019, 2020), (), None, True)),
        (((2020, 2022),), Window((2018, 2019, 2020), (), None, True)),
        (((2019, 2021),), Window((2017, 2018, 2019), (), None, True)),
        (((2015, 2016), (2018, 2019), (2021, 2023)), Window((2019, 2020), (2021,))),
    ],
)
def test_a_break_splits_or_refuses(breaks: tuple[Break, ...], expected: Window) -> None:
    assert choose(date(2021, 1, 1), date(2023, 12, 31), YEARS, breaks) == expected


def test_without_figures_there_are_no_years() -> None:
    assert choose(date(2021, 1, 1), None, (), ()) == Window((), ())
