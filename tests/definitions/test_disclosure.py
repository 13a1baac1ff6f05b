"""hidden_count_derivable: what is left out below the gemeente cannot be computed from what is shown."""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pytest
from scipy.optimize import linprog

KINDS = {
    "E33": "overlast_onbegrepen_gedrag",
    "E35": "overlast_jeugd",
    "E38": "overlast_drugs_alcohol",
    "E41": "overlast_zwervers",
    "F010": "openbare_dronkenschap",
    "M061": "geluid_horeca",
    "M062": "geluid_evenement",
    "M22": "geluid_overig",
}
TOTAL = "overlast"
Cell = tuple[str, str]  # area, indicator


def hidden_bounds(
    shown: Mapping[Cell, int], wanted: Sequence[Cell], buurten: Mapping[str, str]
) -> dict[Cell, tuple[float, float]]:
    """The least and the most that each wanted cell of a buurt can be, given all that is shown.

    `buurten` is buurt → wijk. The total of an area is the sum of its kinds; a wijk is the sum of its buurten;
    a gemeente may have registrations of unknown place besides.
    """
    cells = [(buurt, kind) for buurt in buurten for kind in KINDS.values()]
    place = {cell: number for number, cell in enumerate(cells)}
    equal: list[tuple[np.ndarray, int]] = []
    at_most: list[tuple[np.ndarray, int]] = []

    def together(some: Sequence[Cell]) -> np.ndarray:
        row = np.zeros(len(cells))
        row[[place[cell] for cell in some]] = 1
        return row

    for area, indicator in shown:
        kinds = list(KINDS.values()) if indicator == TOTAL else [indicator]
        inside = [buurt for buurt, wijk in buurten.items() if area in (buurt, wijk) or area.startswith("GM")]
        row = together([(buurt, kind) for buurt in inside for kind in kinds])
        (at_most if area.startswith("GM") else equal).append((row, shown[area, indicator]))
    found = {}
    for cell in wanted:
        ends = []
        for sign in (1, -1):
            solved = linprog(
                sign * together([cell]),
                A_eq=np.array([row for row, _ in equal]),
                b_eq=[count for _, count in equal],
                A_ub=np.array([row for row, _ in at_most]) if at_most else None,
                b_ub=[count for _, count in at_most] if at_most else None,
            )
            assert solved.success, solved.message
            ends.append(sign * solved.fun)
        found[cell] = (ends[0], ends[1])
    return found


@pytest.fixture(scope="module")
def breda(con: duckdb.DuckDBPyConnection) -> tuple[dict[Cell, int], dict[Cell, int], dict[str, str]]:
    """What is shown of nuisance in Breda in 2022, what the police counted in its buurten, and buurt → wijk."""
    names = [TOTAL, *KINDS.values()]
    shown = con.execute(
        "select gebied_code, indicator, teller from mart.cijfer where periode = '2022' and teller is not null"
        " and gebied_code != 'NL00' and list_contains($names, indicator)",
        {"names": names},
    ).fetchall()
    counted = con.execute(
        "select gebied_code, soort, aantal from core.registratie where rubriek = 'overlast' and periode = '2022'"
        " and gebied_code like 'BU%' and soort != '0.0.0'"
    ).fetchall()
    buurten = con.execute(
        "select gebied_code, wijk_code from core.gebied where gebied_niveau = 'buurt'"
    ).fetchall()
    return (
        {(area, name): count for area, name, count in shown},
        {(area, KINDS[kind]): count for area, kind, count in counted},
        dict(buurten),
    )


def test_no_hidden_count_of_one_to_four_follows_from_what_is_shown(
    breda: tuple[dict[Cell, int], dict[Cell, int], dict[str, str]],
) -> None:
    shown, counted, buurten = breda
    hidden = [cell for cell, count in counted.items() if cell not in shown and 1 <= count <= 4]
    assert len(hidden) > 20
    bounds = hidden_bounds(shown, hidden, buurten)
    assert all(low - 1e-6 <= counted[cell] <= high + 1e-6 for cell, (low, high) in bounds.items())
    pinned = {cell: ends for cell, ends in bounds.items() if ends[1] - ends[0] < 1 - 1e-6}
    assert not pinned


def test_hiding_single_counts_would_not_have_helped(
    breda: tuple[dict[Cell, int], dict[Cell, int], dict[str, str]],
) -> None:
    """The solver can recover what was hidden before: only the counts of one to four."""
    shown, counted, buurten = breda
    hidden = [
        (buurt, kind)
        for (buurt, kind), count in counted.items()
        if (buurt, kind) not in shown and 1 <= count <= 4
    ]
    before = shown | {cell: count for cell, count in counted.items() if cell not in hidden}
    bounds = hidden_bounds(before, hidden, buurten)
    assert sum(high - low < 0.5 for low, high in bounds.values()) >= 20


def test_below_the_gemeente_the_row_is_left_out_in_every_area(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select distinct c.gebied_niveau, c.status, c.teller is null and c.noemer is null and c.waarde is null"
        " from mart.cijfer as c join contract.indicator as i using (indicator)"
        " where i.gevoelig and i.meetwijze != 'gemeente' and c.gebied_niveau in ('wijk', 'buurt')"
    ).fetchall()
    assert sorted(rows) == [("buurt", "verborgen", True), ("wijk", "verborgen", True)]
