"""What goes together with circumstances, and other measures than inhabitants, through the production runner."""

import numpy as np
import pytest

from tests.models.text_tables import MODELS, run_model

FEATURES = tuple(MODELS["core.kenmerk"].columns)[3:]
COLUMNS = "gebied_code, teller, verwacht, onder, boven, ernaast, doorsnee, drukte, wonen"


def country(buurten: int, *, gemeenten: int = 120) -> dict[str, str]:
    """Synthetic: crowd by `adressen` and homes by `koop` carry the counts; income is known nowhere."""
    rng = np.random.default_rng(12)
    people = np.exp(rng.normal(6.5, 0.8, buurten))
    crowd, homes = rng.normal(0, 1, buurten), rng.normal(0, 1, buurten)
    mean = people * 0.05 * np.exp(0.5 * crowd + 0.3 * homes)
    count = rng.negative_binomial(4, 4 / (4 + mean))
    codes = [f"BU{number % gemeenten:04}{number:04}" for number in range(buurten)]
    whole = {f"GM{number:04}": 0 for number in range(gemeenten)}
    features = ["gebied_code | gebied_niveau | " + " | ".join(f"{name}:double" for name in FEATURES)]
    for code, n, c, h, own in zip(codes, people, crowd, homes, count, strict=True):
        values = dict.fromkeys(FEATURES, 0.0) | {"inwoners": np.log(n), "adressen": c, "koop": h}
        cells = " | ".join("-" if name == "inkomen" else repr(float(values[name])) for name in FEATURES)
        features.append(f"{code} | buurt | {cells}")
        whole[f"GM{code[2:6]}"] += int(own) + 1  # one more that is of no buurt
    areas = [f"{code} | buurt | WK{code[2:6]}00 | GM{code[2:6]}" for code in codes]
    areas += [f"{code} | gemeente | - | {code}" for code in whole]
    counted = {**dict(zip(codes, count.tolist(), strict=True)), **whole}
    return {
        "core.kenmerk": "\n".join(features),
        "core.gebied": "\n".join(["gebied_code | gebied_niveau | wijk_code | gemeente_code", *areas]),
        "statistiek.waarde": "\n".join(
            ["indicator | gebied_code | periode | teller:bigint"]
            + [f"misdrijven | {code} | 2025 | {own}" for code, own in counted.items()]
            + [f"misdrijven | {codes[0]} | 2024 | 9999", "anders | NL00 | 2026 | 5"]
        ),
    }


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[float, ...]]:
    return {row[0]: row[1:] for row in run_model("statistiek.verwacht", country(1200), columns=COLUMNS)}


def test_what_is_expected_follows_the_circumstances(found: dict[str, tuple[float, ...]]) -> None:
    buurten = {code: row for code, row in found.items() if code.startswith("BU")}
    assert len(buurten) == 1200
    ratio = np.array([count / expected for count, expected, *_ in buurten.values()])
    bounds = np.array([row[2:4] for row in buurten.values()])
    inside = (ratio >= bounds[:, 0]) & (ratio <= bounds[:, 1])
    assert inside.mean() == pytest.approx(0.955, abs=0.02)
    assert sum(row[0] for row in buurten.values()) == pytest.approx(
        sum(row[1] for row in buurten.values()), rel=0.03
    )
    assert {round(row[4], 1) for row in buurten.values()} == {1.4}  # half of NB(4) lies within that factor


def test_the_groups_multiply_to_what_is_expected(found: dict[str, tuple[float, ...]]) -> None:
    for code, (_, expected, _, _, _, usual, crowd, homes) in found.items():
        if code.startswith("BU"):
            assert usual * crowd * homes == pytest.approx(expected)
    crowds = np.log([row[6] for code, row in found.items() if code.startswith("BU")])
    assert np.median(crowds) == pytest.approx(0, abs=1e-9)
    assert crowds.std() == pytest.approx(0.5, abs=0.1)


def test_a_gemeente_is_the_sum_of_its_buurten_at_the_level_of_all(
    found: dict[str, tuple[float, ...]],
) -> None:
    gemeenten = {code: row for code, row in found.items() if code.startswith("GM")}
    assert len(gemeenten) == 120
    counted, expected = (sum(row[place] for row in gemeenten.values()) for place in (0, 1))
    assert expected == pytest.approx(counted)
    assert {row[5:] for row in gemeenten.values()} == {(None, None, None)}
    of_buurten = next(row for code, row in found.items() if code.startswith("BU"))
    assert next(iter(gemeenten.values()))[4] < of_buurten[4]  # ten buurten together are less far off


def test_with_too_few_areas_nothing_is_said() -> None:
    assert run_model("statistiek.verwacht", country(999), columns="gebied_code") == []
    few = run_model("statistiek.verwacht", country(1000, gemeenten=99), columns="gebied_code")
    assert {code[:2] for (code,) in few} == {"BU"}


def test_only_a_published_count_is_judged_and_by_the_bounds() -> None:
    rows = run_model(
        "mart.verwacht",
        {
            "statistiek.verwacht": """
            gebied_code | periode | teller:bigint | verwacht:double | onder:double | boven:double | ernaast | doorsnee | drukte | wonen
            B1 | 2025 | 20 | 10 | .2 | 2 | - | - | - | -
            B2 | 2025 | 21 | 10 | .2 | 2 | - | - | - | -
            B3 | 2025 | 1  | 10 | .2 | 2 | - | - | - | -
            B4 | 2025 | 21 | 10 | .2 | 2 | - | - | - | -
            """,
            "mart.cijfer": """
            gebied_code | indicator | periode | teller:bigint
            B1 | misdrijven | 2025 | 20
            B2 | misdrijven | 2025 | 21
            B3 | misdrijven | 2025 | 1
            B4 | misdrijven | 2025 | -
            """,
        },
        columns="gebied_code, verhouding, oordeel",
    )
    assert rows == [("B1", 2.0, "gewoon"), ("B2", 2.1, "meer"), ("B3", 0.1, "minder")]


def test_people_present_are_inhabitants_and_addresses_of_at_most_300_hectare() -> None:
    rows = run_model(
        "core.aanwezig",
        {
            "core.gebied": """
            gebied_code | gebied_niveau | wijk_code
            BU1 | buurt | WK1
            BU2 | buurt | WK1
            BU3 | buurt | WK2
            BU4 | buurt | WK2
            GM1 | gemeente | -
            """,
            "staging.cbs_kerncijfers": """
            gebied_code | periode | inwoners:bigint | huishoudens:bigint | omgevingsadressendichtheid:bigint | oppervlakte_land_ha:bigint
            BU1 | 2024 | 100 | 50 | 2000 | 50
            BU1 | 2023 | 999 | 99 | 2000 | 50
            BU2 | 2024 | 0   | -  | 10   | 400
            BU3 | 2024 | 100 | 50 | 2000 | 50
            BU4 | 2024 | 100 | 50 | -    | 50
            GM1 | 2024 | 300 | 99 | 2000 | 50
            """,
        },
        columns="gebied_code, inwoners, huishoudens, aanwezig",
    )
    assert rows == [
        ("BU1", 100, 50, 1100.0),
        ("BU2", 0, None, 30.0),
        ("BU3", 100, 50, 1100.0),
        ("WK1", 100, None, 1130.0),
    ]


def test_another_measure_leads_only_where_people_present_explain_the_rate() -> None:
    rows = run_model(
        "mart.maatstaf",
        {
            "core.aanwezig": """
            gebied_code | inwoners:bigint | huishoudens:bigint | aanwezig:double
            BUA | 100000 | 50000 | 150000
            BUB | 1000   | 500   | 10000
            BUC | 1000   | 500   | 10000
            BUD | 0      | -     | 500
            """,
            "mart.gebied_profiel": """
            gebied_code | indicator | periode | teller:bigint
            BUA | misdrijven | 2025 | 4000
            BUB | misdrijven | 2025 | 250
            BUC | misdrijven | 2025 | 60
            BUD | misdrijven | 2025 | 250
            BUX | misdrijven | 2025 | 250
            """,
            "statistiek.marge": """
            teller:bigint | onder:double | boven:double
            4000 | 3877 | 4126
            250  | 220  | 283
            60   | 46   | 77
            """,
            "statistiek.spreiding": "indicator | gebied_niveau | a:double | b:double\nmisdrijven | buurt | 1 | 0",
        },
        columns="gebied_code, oordeel, druk, round(keer_inwoners, 1), round(keer_aanwezig, 1)",
    )
    # All together: 4,560 crimes, 102,000 inhabitants and 170,500 people present.
    assert rows == [
        ("BUA", "ongeveer gelijk", False, 0.9, 1.0),
        ("BUB", "ongeveer gelijk", True, 5.6, 0.9),
        ("BUC", "lager", False, 1.3, 0.2),
        ("BUD", "hoger", True, None, 18.7),
    ]
