"""Indicators that are more than one kind of one table."""

from tests.models.text_tables import run_model


def test_violence_is_a_sum_of_all_its_kinds_or_nothing() -> None:
    kinds = ("1.4.3", "1.4.4", "1.4.5", "1.4.6", "1.4.7")
    whole = [f"misdrijf | {kind} | GM0001 | 2023 | 10 | 1000 | T1" for kind in kinds]
    partly = [f"misdrijf | {kind} | GM0002 | 2023 | 10 | 1000 | T1" for kind in kinds[1:]]
    other = [
        "misdrijf | 1.4.2 | GM0001 | 2023 | 99 | 1000 | T1",
        "overlast | 1.4.3 | GM0001 | 2023 | 77 | 1000 | T1",
    ]
    header = "rubriek | soort | gebied_code | periode | aantal:bigint | inwoners:bigint | tabel"
    rows = run_model(
        "indicator.geweld",
        {"core.registratie": "\n".join([header, *whole, *partly, *other])},
        columns="gebied_code, periode, teller, noemer, tabel",
    )
    assert rows == [("GM0001", "2023", 50, 1000, "T1")]  # not included: GM0002, that lacks a kind
