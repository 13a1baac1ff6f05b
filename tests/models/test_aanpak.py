"""Approaches in the warehouse: neighbours from boundaries, the ring, and a verdict of text tables."""

import json
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pytest

from tests.models.text_tables import run_model

CODES = [f"BU{gemeente:04}{number:04}" for gemeente in range(1, 13) for number in range(10)]
TREATED, RING = CODES[:3], CODES[3:5]


def square(x: float, y: float) -> str:
    corners = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
    return json.dumps({"type": "Polygon", "coordinates": [corners]})


def neighbours(boundaries: list[tuple[str, int, float, float]]) -> list[tuple[object, ...]]:
    lines = [f"{code} | {year} | {square(x, y)}" for code, year, x, y in boundaries]
    areas = "\n".join(["gebied_code", *{code for code, *_ in boundaries if code != "BU00019999"}])
    given = {
        "staging.pdok_gebieden": "\n".join(["gebied_code | indeling_jaar:integer | geometrie", *lines]),
        "core.gebied": areas,
    }
    return run_model("statistiek.buren", given, columns="buurt_code, buur_code")


def test_neighbours_touch_or_nearly_so_in_the_newest_division() -> None:
    found = neighbours(
        [
            ("BU00010001", 2024, 5.0, 52.0),
            ("BU00010002", 2024, 5.0102, 52.0),  # a gap of some fifteen metres
            ("BU00010003", 2024, 5.03, 52.0),
            ("BU00010003", 2023, 5.01, 52.0),  # lay beside the first, a year before
            ("BU00019999", 2024, 5.0, 52.01),  # no area of the newest division
        ]
    )
    assert found == [("BU00010001", "BU00010002"), ("BU00010002", "BU00010001")]


def test_without_boundaries_there_are_no_neighbours() -> None:
    assert neighbours([]) == []


AREAS = "\n".join(
    [
        "gebied_code | gebied_niveau | gemeente_code | wijk_code",
        *(f"{code} | buurt | GM{code[2:6]} | WK{code[2:8]}" for code in CODES),
    ]
)
BUREN = "\n".join(
    [
        "buurt_code | buur_code",
        *(f"{one} | {other}" for one in TREATED for other in (*TREATED, *RING) if one != other),
    ]
)
NAMED = "aanpak | gebied_code | rol | start:date | in_opslag:boolean"


def around(named: str) -> list[tuple[object, ...]]:
    given = {
        "contract.aanpak_gebied": f"{NAMED}\n{named}",
        "core.gebied": AREAS,
        "statistiek.buren": BUREN,
    }
    return run_model("statistiek.aanpak_buurt", given, columns="buurt_code, rol")


def test_the_ring_is_what_touches_the_approach_and_is_not_in_it() -> None:
    named = "\n".join(f"hier | {code} | aanpak | 2024-01-01 | true" for code in TREATED)
    assert around(named) == sorted(
        [(code, "aanpak") for code in TREATED] + [(code, "omgeving") for code in RING]
    )


def test_comparison_areas_have_no_ring_and_a_whole_gemeente_neither() -> None:
    assert around(f"hier | {TREATED[0]} | vergelijking | - | true") == []
    assert {role for _, role in around("hier | GM0001 | aanpak | 2024-01-01 | true")} == {"aanpak"}


def counts(
    *,
    treated: float = 1.0,
    ring: float = 1.0,
    last: int = 2025,
    later: Mapping[str, int] = MappingProxyType({}),
) -> str:
    """Counts of every area, changed from 2024 on in the treated ones and in the ring, in some from later on."""
    rng = np.random.default_rng(5)
    lines = []
    for code in CODES:
        level = rng.uniform(100, 300)
        for year in range(2019, last + 1):
            factor = (
                1.0
                if year < later.get(code, 2024)
                else treated
                if code in TREATED
                else ring
                if code in RING
                else 1.0
            )
            count = round(level * factor) if code in TREATED + RING else rng.poisson(level)
            lines.append(f"telling | {code} | {year} | {count}")
    return "\n".join(["indicator | gebied_code | periode | teller:bigint", *lines])


def evaluated(
    waarde: str, *, start: str = "2024-01-01", niveau: str = "buurt", gebieden: list[str] | None = None,
    named: tuple[str, ...] = (), goal: str = "- | -", breuken: str = "", columns: str = "oordeel, reden, omgeving",
    later: Mapping[str, str] = MappingProxyType({}),
) -> tuple[object, ...]:  # fmt: skip
    asked = gebieden or TREATED
    rows = [f"hier | {code} | aanpak | {later.get(code, start)} | true" for code in asked] + [
        f"hier | {code} | vergelijking | - | true" for code in named
    ]
    given = {
        "contract.aanpak": "aanpak | niveau | start:date | eind:date | indicatoren:varchar[] | doel_indicator | doel_richting\n"
        f"hier | {niveau} | {start} | - | [telling] | {goal}",
        "contract.aanpak_gebied": "\n".join([NAMED, *rows]),
        "statistiek.waarde": waarde,
        "core.gebied": AREAS,
        "core.breuk": f"indicator | voor:integer | na:integer\n{breuken}",
        "statistiek.buren": BUREN,
    }
    (row,) = run_model("statistiek.evaluatie", given, columns=columns, through=["statistiek.aanpak_buurt"])
    return row


def test_a_planted_decline_is_found() -> None:
    found = evaluated(
        counts(treated=0.6),
        columns="oordeel, reden, omgeving, voor_van, na_tot, gebieden, omgeving_gebieden, verhouding",
    )
    assert found[:7] == ("verbeterd", None, "geen verschil te zien", 2021, 2025, 3, 2)
    assert found[7] == pytest.approx(0.6, abs=0.06)


def test_where_more_is_the_goal_a_decline_is_worse() -> None:
    found = evaluated(counts(treated=0.6), goal="telling | omhoog", columns="oordeel, reden")
    assert found == ("verslechterd", None)
    assert evaluated(counts(treated=0.6), goal="anders | omhoog")[0] == "verbeterd"


def test_what_moved_next_door_is_named() -> None:
    assert evaluated(counts(treated=0.5, ring=1.75)) == ("verbeterd", None, "verplaatsing")


def test_nothing_planted_is_no_difference() -> None:
    assert evaluated(counts()) == ("geen verschil te zien", None, "geen verschil te zien")


def test_neither_treated_areas_nor_the_ring_are_compared_with() -> None:
    lines = counts().splitlines()
    own = [line for line in lines if f"| {TREATED[0]} |" in line]
    # The ring is as the first treated area is, so that nothing is nearer to it.
    alike = [line.replace(TREATED[0], code) for code in RING for line in own]
    others = [line for line in lines if not any(f"| {code} |" in line for code in RING)]
    (compared,) = evaluated("\n".join([*others, *alike]), columns="vergelijkingsgebieden")
    assert isinstance(compared, list)
    assert not set(compared) & {*TREATED, *RING}


def test_named_areas_are_the_comparison() -> None:
    named = tuple(CODES[50:53])
    assert evaluated(counts(), named=named, columns="vergelijking, vergelijkingsgebieden") == (
        "genoemd",
        list(named),
    )


def test_a_wijk_is_the_sum_of_its_buurten_and_its_own_figure_where_they_lack_one() -> None:
    own = f"{counts()}\ntelling | WK000100 | 2018 | 77\ntelling | WK000100 | 2025 | 1"
    asked = ["WK000100"]
    areas = "\n".join([AREAS, "WK000100 | wijk | GM0001 | WK000100"])
    given = {
        "contract.aanpak": "aanpak | niveau | start:date | eind:date | indicatoren:varchar[] | doel_indicator | doel_richting\n"
        "hier | wijk | 2024-01-01 | - | [telling] | - | -",
        "contract.aanpak_gebied": f"{NAMED}\nhier | {asked[0]} | aanpak | 2024-01-01 | true",
        "statistiek.waarde": own,
        "core.gebied": areas,
        "core.breuk": "indicator | voor:integer | na:integer",
        "statistiek.buren": BUREN,
    }
    ((years, observed, reason),) = run_model(
        "statistiek.evaluatie",
        given,
        columns="jaren, waargenomen, reden",
        through=["statistiek.aanpak_buurt"],
    )
    counted = dict(zip(years, observed, strict=True))
    assert counted[2018] == 77
    assert counted[2025] > 1000
    assert reason == "geen_vergelijking"  # twelve wijken are too few


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": "-"}, "geen_start"),
        ({"start": "2025-02-01"}, "nog_geen_jaar"),
        ({"start": "2020-06-01"}, "een_jaar_vooraf"),
        ({"start": "2019-01-01"}, "geen_cijfers"),
        ({"gebieden": ["BU99990001"]}, "geen_cijfers"),
        ({"breuken": "telling | 2023 | 2024"}, "breuk"),
        ({"breuken": "telling | 2022 | 2023"}, "een_jaar_vooraf"),
    ],
)
def test_where_nothing_can_be_said_the_reason_is_there(change: dict[str, object], reason: str) -> None:
    assert evaluated(counts(treated=0.5), columns="oordeel, reden", **change) == ("niet te zeggen", reason)  # type: ignore[arg-type]


def test_the_chart_has_no_year_on_the_other_side_of_a_break() -> None:
    breaks = "telling | 2019 | 2021\ntelling | 2024 | 2026"
    years, observed, line = evaluated(counts(), breuken=breaks, columns="jaren, waargenomen, lijn")
    assert years == [2021, 2022, 2023, 2024]
    assert isinstance(observed, list)
    assert isinstance(line, list)
    assert len(observed) == len(line) == 4
    assert sum(line[:3]) == pytest.approx(sum(observed[:3]), rel=0.01)


def test_a_break_after_the_start_ends_the_years_after_it() -> None:
    found = evaluated(counts(), breuken="telling | 2024 | 2026", columns="na_van, na_tot, oordeel")
    assert found == (2024, 2024, "geen verschil te zien")


LATER = {TREATED[2]: "2025-01-01"}


def staggered(
    *, treated: float = 1.0, ring: float = 1.0, columns: str = "oordeel, reden, omgeving"
) -> tuple[object, ...]:
    """Two areas and their ring changed in 2023, one with a ring of its own in 2025; figures until 2025."""
    when = {**dict.fromkeys([*TREATED[:2], RING[0]], 2023), TREATED[2]: 2025, RING[1]: 2025}
    return evaluated(
        counts(treated=treated, ring=ring, later=when), start="2023-01-01", later=LATER, columns=columns
    )


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first ring buurt touches the areas of the first start, the second only the later one."""
    pairs = [(TREATED[0], RING[0]), (TREATED[1], RING[0]), (TREATED[2], RING[0]), (TREATED[2], RING[1])]
    monkeypatch.setattr(
        f"{__name__}.BUREN", "\n".join(["buurt_code | buur_code", *(f"{a} | {b}" for a, b in pairs)])
    )


@pytest.mark.usefixtures("apart")
def test_areas_that_began_at_different_moments_are_each_seen_from_their_own_start() -> None:
    columns = "oordeel, reden, omgeving, voor_van, voor_tot, na_van, na_tot, startjaar, gebieden, verhouding"
    found = staggered(treated=0.6, columns=columns)
    assert found[:9] == ("verbeterd", None, "geen verschil te zien", 2020, 2024, 2023, 2025, None, 3)
    assert found[9] == pytest.approx(0.6, abs=0.05)
    # As if all had begun at once, the third area's untouched years would count as years of the approach.
    wrong = evaluated(
        counts(treated=0.6, later={**dict.fromkeys(TREATED[:2], 2023), TREATED[2]: 2025}),
        start="2023-01-01",
        columns="verhouding",
    )
    assert wrong[0] > 0.65  # type: ignore[operator]


@pytest.mark.usefixtures("apart")
def test_nothing_planted_is_no_difference_at_different_moments_too() -> None:
    assert staggered() == ("geen verschil te zien", None, "geen verschil te zien")


@pytest.mark.usefixtures("apart")
def test_what_moved_next_door_is_named_at_the_moment_of_the_area_that_it_touches() -> None:
    columns = "oordeel, omgeving, omgeving_gebieden, omgeving_na, omgeving_verwacht"
    verdict, word, areas, after, expected = staggered(treated=0.5, ring=1.75, columns=columns)
    assert (verdict, word, areas) == ("verbeterd", "verplaatsing", 2)
    assert after / expected == pytest.approx(1.75, abs=0.1)  # type: ignore[operator]


def test_a_part_that_has_no_year_yet_waits_and_the_rest_is_judged() -> None:
    late = {TREATED[2]: "2026-01-01"}
    found = evaluated(
        counts(treated=0.6, later={TREATED[2]: 2026}),
        later=late,
        columns="oordeel, gebieden, gebieden_zonder, waargenomen, lijn, jaren",
    )
    assert found[:3] == ("verbeterd", 2, 1)
    observed, line, years = found[3:]
    before = [year in (2021, 2022, 2023) for year in years]  # type: ignore[attr-defined]
    assert sum(np.array(line)[before]) == pytest.approx(sum(np.array(observed)[before]), rel=0.01)


def test_one_start_with_a_single_year_before_it_leaves_no_verdict_on_all() -> None:
    found = evaluated(counts(treated=0.5), start="2020-06-01", later=LATER, columns="oordeel, reden")
    assert found == ("niet te zeggen", "een_jaar_vooraf")
