"""A figure as words, cells and rows: empty says why, and nothing is lost in packing."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from pipeline.model import read_model
from pipeline.paths import PACKAGE, PROJECT
from pipeline.site.figure import cells, chart
from pipeline.site.figure.cijfer import Cijfer, Gebied
from pipeline.site.figure.words import Written, sources_in_words, written
from pipeline.words.status import MET_AANTAL, STATUSSEN

CITY = Gebied("BU07580006", "City  Noord", "buurt", "WK075800", "GM0758", 2024)
# Synthetic, but for the size: that of City in 2022.
FIGURE = Cijfer(
    gebied_code="BU07580006",
    indicator="overlast_drugs_alcohol",
    periode="2022",
    teller=109,
    noemer=2560,
    noemer_jaar=2020,
    waarde=42.5781,
    onder=34.9617,
    boven=51.363,
    aantal_onder=89.501_97,
    aantal_boven=131.489_2,
    status="ok",
    breuk=None,
    bron="Politie 47024NED",
    tabel="47024NED",
    vintage="2026-01-15; inwoners 2020",
)
EMPTY = dict.fromkeys(("teller", "noemer", "waarde", "onder", "boven", "aantal_onder", "aantal_boven"))


def _definition(name: str = "overlast_drugs_alcohol") -> Any:
    return read_model(PACKAGE / "models" / "indicator" / f"{name}.sql").indicator


@pytest.mark.parametrize("status", [one for one in STATUSSEN if one not in MET_AANTAL])
def test_an_empty_cell_says_why_and_is_never_a_number(status: str) -> None:
    made = cells.figure_cells(_definition(), FIGURE._replace(**EMPTY, status=status))
    for cell in made[:2]:
        assert cell.empty
        assert cell.text
        assert not cell.text[0].isdigit()


def test_an_empty_cell_has_the_reason_behind_its_status() -> None:
    alone = FIGURE._replace(**EMPTY, status="ontbreekt", oorzaak="niet_in_voorbeeld")
    assert [cell.text for cell in cells.figure_cells(_definition(), alone)[:2]] == [
        "niet in dit voorbeeld"
    ] * 2


def test_a_provisional_count_says_so_where_no_rate_does() -> None:
    kept = FIGURE._replace(voorlopig=True, status="voorlopig")
    alone = kept._replace(waarde=None, onder=None, boven=None, status="te_klein")
    assert cells.figure_cells(_definition(), kept)[0].text == "109"
    assert cells.figure_cells(_definition(), alone)[0].text == "109 (voorlopig)"
    assert (kept.own_caveats, alone.own_caveats) == ("", "voorlopig_aantal")


def test_a_count_of_zero_is_a_figure() -> None:
    count, value, margin = cells.figure_cells(
        _definition(), FIGURE._replace(teller=0, waarde=0.0, onder=0.0, boven=1.44)
    )
    assert (count.text, value.text, margin.text) == ("0", "0,0", "0,0 – 1,4")
    assert not (count.empty or value.empty or margin.empty)


def test_without_a_denominator_the_reason_names_it() -> None:
    alone = FIGURE._replace(noemer=None, waarde=None, onder=None, boven=None, status="geen_noemer")
    definition = _definition("woninginbraak")
    assert [cell.text for cell in cells.figure_cells(definition, alone)][:2] == [
        "109",
        "geen aantal huishoudens",
    ]
    assert cells.figure_cells(_definition(), alone)[1].text == "geen inwonertal"


def test_below_figures_stands_what_they_are_divided_by_and_only_that() -> None:
    table = "Bron: Politie 47024NED, stand 15 januari 2026."
    assert sources_in_words([FIGURE, FIGURE]) == f"{table} Inwoners: CBS, 2020."
    assert sources_in_words([FIGURE._replace(waarde=None)]) == table
    assert sources_in_words([FIGURE], own="Gemeente X") == "Bron: Gemeente X. Inwoners: CBS, 2020."


def test_value_and_bounds_share_their_decimals() -> None:
    small = FIGURE._replace(waarde=0.0398, onder=0.016, boven=0.082)
    assert written(_definition(), small) == Written("0,04", "0,02", "0,08")
    assert cells.margin_cell(Written("1", None, None)).text == "geen"


def test_a_value_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"overlast_drugs_alcohol of BU07580006: 42\.5781"):
        cells.value_cell(FIGURE, Written(None, None, None), noemer=None)


def test_rows_of_a_chart_have_no_empty_columns() -> None:
    row = chart.chart_row(_definition(), CITY, FIGURE, label="City")
    assert None not in row.values()
    assert (row["aantal"], row["gebied_naam"], row["eenheid"]) == (109, "City  Noord", "per 1.000 inwoners")
    assert "breuk" not in row


def test_the_script_names_the_columns_of_a_packed_row_as_they_are_packed() -> None:
    script = (PROJECT / "site/theme/assets/javascripts/grafieken.js").read_text(encoding="utf-8")
    (names,) = re.findall(r"const COLUMNS = \[(.*?)\]", script, re.DOTALL)
    assert tuple(re.findall(r'"(\w+)"', names)) == chart.COLUMNS


def _unpacked(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """As beeld.js does: what is shared, then what the row has of its own."""
    shared = {"status": "ok", **data["gebied"], **data["bron"].get(name, {})}
    return [
        shared | {key: value for key, value in zip(chart.COLUMNS, row, strict=False) if value is not None}
        for row in data["reeksen"][name]
    ]


def test_packing_says_each_thing_once_and_loses_nothing() -> None:
    years = [FIGURE._replace(periode=str(year), teller=year) for year in range(2019, 2024)]
    years[-1] = years[-1]._replace(status="voorlopig", breuk="2023-07")
    other = FIGURE._replace(bron="Politie 47018NED", vintage="2025-03-01 (herleid)", noemer_jaar=None)
    data = chart.packed({"misdrijven": years, "overlast_jeugd": [other], "overlast": [FIGURE]})

    assert data["gebied"]["bron"] == "Politie 47024NED"
    assert list(data["bron"]) == ["overlast_jeugd"]
    for name, figures in {"misdrijven": years, "overlast_jeugd": [other]}.items():
        for row, figure in zip(_unpacked(data, name), figures, strict=True):
            for column in ("periode", "noemer", "status", "bron"):
                assert row[column] == getattr(figure, column), column
            assert row["aantal"] == figure.teller
            assert row.get("breuk") == figure.breuk
            assert row["vintage"] == (figure.vintage or "").partition("; ")[0]
    assert _unpacked(data, "overlast")[0]["aantal_onder"] == 89.502
