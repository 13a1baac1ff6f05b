"""What the name of a column says of its period."""

import pytest

from pipeline.gemeente.draft_columns import Named, named_periods


@pytest.mark.parametrize(
    ("name", "figure", "label"),
    [
        ("2024", "", "2024"),
        ("Veiligheidsindex 2022", "Veiligheidsindex", "2022"),
        ("lbm2024", "lbm", "2024"),
        ("meldingen_2024_Q1", "meldingen", "2024 Q1"),
        ("Meldingen 1e kwartaal 2024", "Meldingen", "2024 Q1"),
        ("2024KW03", "", "2024 Q3"),
        ("meldingen (2e halfjaar 2023)", "meldingen", "2023 H2"),
        ("2023H1 aantal", "aantal", "2023 H1"),
        ("schooljaar 2023/24", "", "2023/24"),
        ("verzuim 2023-2024", "verzuim", "2023/24"),
        ("mrt 2024", "", "2024-03"),
        ("aantal 2024-03", "aantal", "2024-03"),
    ],
)
def test_a_period_in_any_spelling(name: str, figure: str, label: str) -> None:
    assert named_periods([name]) == [Named(name, figure, label)]


@pytest.mark.parametrize(
    "name", ["aantal", "per 1000", "18 tot 24 jaar", "0-15 jaar", "postcode 4811", "2019-2023"]
)
def test_what_is_no_period(name: str) -> None:
    assert named_periods([name]) == []


def test_2011_12_is_a_school_year_beside_others_and_a_month_beside_months() -> None:
    assert [one.label for one in named_periods(["2010-11", "2011-12", "2012-13"])] == [
        "2010/11",
        "2011/12",
        "2012/13",
    ]
    assert [one.label for one in named_periods(["2011-10", "2011-11", "2011-12"])] == [
        "2011-10",
        "2011-11",
        "2011-12",
    ]


def test_a_difference_between_two_years_is_no_period() -> None:
    assert [one.column for one in named_periods(["2022", "2023", "Verschil 2022-2023"])] == ["2022", "2023"]


def test_quarters_without_a_year_count_only_where_no_column_has_one() -> None:
    assert [one.label for one in named_periods(["Q1", "kwartaal 2", "3e kwartaal"])] == ["Q1", "Q2", "Q3"]
    assert [one.label for one in named_periods(["Q1", "2024"])] == ["2024"]
    assert named_periods(["Q1"]) == []


def test_a_year_with_a_column_of_its_own_leaves_its_quarters_out() -> None:
    assert [one.column for one in named_periods(["2024", "2024 Q1", "2024 Q2", "2023 Q1"])] == [
        "2024",
        "2023 Q1",
    ]
