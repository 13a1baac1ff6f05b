"""Rows of a gemeente become figures, or a message that names line and value. Every row here is invented."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.gemeente.account import Mapped, problem_lines
from pipeline.gemeente.areas import AreaError, find
from pipeline.gemeente.coordinates import to_degrees
from pipeline.gemeente.mapping import map_table
from pipeline.gemeente.numbers import NumberError, parse_count, parse_number
from pipeline.gemeente.periods import PeriodError, parse_period
from pipeline.gemeente.read import read
from tests.unit.gemeente.example import (
    AREAS,
    BY_NAME,
    BY_YEAR,
    CSV,
    SUM,
    TOP,
    complaints,
    define,
    figures,
    indicator,
    mapped,
    withheld,
)

COUNT = 'aggregate = "aantal"'
BY_POINT = '[gebied]\nform = "coordinaten"\nx = "lon"\ny = "lat"\ncrs = "wgs84"\n'


def test_names_without_accents_hyphens_and_case_are_found(tmp_path: Path) -> None:
    found = mapped(
        tmp_path,
        "Buurt;Jaar;Aantal\nkade zuid;2023;5\nCHATEAU;2023;0\n",
        *(TOP, CSV, BY_NAME, BY_YEAR, indicator()),
    )
    assert complaints(found) == []
    assert figures(found) == [("BU00010001", "2023", 5), ("BU00010002", "2023", 0)]
    assert [area.name for area in found.missing["buurt"]] == ["Dorp"]


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    text = (
        "Buurt;Jaar;Aantal;Status\nKade-Zuid;2023;5;open\nKade-Zuid;2022;x;open\nDorp;2023;<5;open\n;2023;x;open\n"
        "Onbekend;2023;3;open\nDorp;;3;open\nDorp;2023;9;dicht\n;;;\nBron: de gemeente;;;\n"
    )
    by_name = BY_NAME + 'ignore = ["Onbekend"]\n'
    found = mapped(tmp_path, text, TOP, CSV, 'filters = { "Status" = "open" }', by_name, BY_YEAR, indicator())
    assert complaints(found) == []
    # the row of empty cells only counts as read when the reader passes it on
    assert found.used == 1
    assert found.read == found.used + found.dropped.total()
    assert dict(found.dropped) == {
        "verborgen door de bron": 1,
        "te klein om te tonen, volgens de bron": 1,
        "geen gebied ingevuld": 1,
        "gebied 'Onbekend' staat in ignore": 1,
        "geen periode ingevuld": 1,
        "valt buiten filters": 1,
        "alleen een opmerking in de eerste kolom": 1,
    }


WRONG = [
    ("wrong column", "Buurt;Jaar;Aantallen\nDorp;2023;5\n", ["None: kolom 'Aantal' bestaat niet", "bedoel je 'Aantallen'?"]),
    ("unknown area", "Buurt;Jaar;Aantal\nDorp;2023;5\nKade Noord;2023;5\n", ["3: kolom 'Buurt': 'Kade Noord' is geen buurt van Stad", "bedoel je Kade-Zuid?"]),
    ("total as area", "Buurt;Jaar;Aantal\nDorp;2023;5\nTotaal;2023;5\n", ["3: kolom 'Buurt': 'Totaal' is een totaal, geen gebied", "gebied.ignore"]),
    ("no number", "Buurt;Jaar;Aantal\nDorp;2023;vijf\n", ["2: kolom 'Aantal': 'vijf' is geen getal"]),
    ("decimal point", "Buurt;Jaar;Aantal\nDorp;2023;5.5\n", ["2: kolom 'Aantal': '5.5' heeft een punt, maar decimal is een komma"]),
    ("half a report", "Buurt;Jaar;Aantal\nDorp;2023;5,5\n", ["2: kolom 'Aantal': '5,5' is geen aantal"]),
    ("formula", "Buurt;Jaar;Aantal\nDorp;2023;=1+1\n", ["2: kolom 'Aantal': '=1+1' is een formule, geen getal"]),
    ("mixed years and months", "Buurt;Jaar;Aantal\nDorp;2023;5\nDorp;2023-02;5\n", ["3: kolom 'Jaar': '2023-02' is een maand, geen jaar", "door elkaar"]),
    ("two years in one", "Buurt;Jaar;Aantal\nDorp;2022/2023;5\n", ["2: kolom 'Jaar': '2022/2023' loopt over twee jaren"]),
    ("the same figure twice", "Buurt;Jaar;Aantal\nDorp;2023;5\nDorp;2023;6\n", ["3: BU00010101, 2023 staat er al op regel 2 (5, nu 6)"]),
    ("nothing at all", "Buurt;Jaar;Aantal\n", ["None: geen enkele rij geeft een cijfer"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_names_line_and_value(tmp_path: Path, text: str, says: list[str]) -> None:
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator())
    assert found.wrong == 1
    assert found.figures == ()
    for part in says:
        assert part in complaints(found)[0]


def test_a_total_summed_with_its_details_is_refused(tmp_path: Path) -> None:
    text = "Buurt;Jaar;Soort;Aantal\nDorp;2023;Drugs;2\nDorp;2023;Geluid;3\nDorp;2023;Totaal;5\n"
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator(extra=SUM))
    assert complaints(found) == [
        "4: 'Totaal' in kolom 'Soort' is een totaal en telt mee naast zijn onderdelen, 5 dubbel; kies met filters"
    ]


def test_a_total_under_another_name_is_refused_too(tmp_path: Path) -> None:
    rows = [
        f"{buurt};{jaar};{soort};{aantal}"
        for buurt in ("Dorp", "Château", "Kade Zuid")
        for jaar in (2022, 2023)
        for soort, aantal in (("a", 2), ("b", 3), ("z", 5))
    ]
    text = "Buurt;Jaar;Soort;Aantal\n" + "\n".join(rows)
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator(extra=SUM))
    assert complaints(found)[0].startswith("4: 5 is precies de som van de andere rijen")
    assert "6 keer" in complaints(found)[0]


def test_the_same_rows_are_fine_without_their_total(tmp_path: Path) -> None:
    text = "Buurt;Jaar;Soort;Aantal\nDorp;2023;a;2\nDorp;2023;b;3\nDorp;2023;Totaal;5\n"
    filtered = SUM + '\nfilters = { "Soort" = ["a", "b"] }'
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator(extra=filtered))
    assert figures(found) == [("BU00010101", "2023", 5)]


def test_a_fixed_period_refuses_rows_of_another_year(tmp_path: Path) -> None:
    fixed = '[periode]\nform = "vast"\nfixed = "2023"\n'
    text = "Buurt;Peiljaar;Aantal\nDorp;2023;5\nChâteau;2021;4\n"
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, fixed, indicator())
    assert complaints(found) == [
        "3: kolom 'Peiljaar' zegt '2021', maar de periode staat vast op 2023; jaren staan door elkaar"
    ]


# ---- points -------------------------------------------------------------------------------------

WHOLE = '[periode]\nform = "datum"\ncolumn = "datum"\nuntil = "2023-12-31"\n'
DATED = '[periode]\nform = "datum"\ncolumn = "datum"\n'


def points(
    tmp_path: Path,
    text: str,
    *,
    place: str = BY_POINT,
    extra: str = COUNT,
    top: str = TOP,
    dated: str = DATED,
) -> Mapped:
    return mapped(tmp_path, text, top, 'kind = "csv"', place, dated, indicator(extra=extra))


def test_reports_are_counted_in_the_buurt_they_lie_in(tmp_path: Path) -> None:
    text = (
        "lon,lat,datum\n4.005,52.005,2023-01-02\n4.006,52.006,31-12-2023\n4.015,52.005,2023-06-01\n"
        "4.5,52.5,2023-06-01\n0,0,2023-06-01\n,,2023-06-01\n"
    )
    found = points(tmp_path, text)
    assert complaints(found) == []
    assert figures(found) == [("BU00010001", "2023", 2), ("BU00010002", "2023", 1)]
    assert dict(found.dropped) == {
        "ligt buiten Stad": 1,
        "coördinaten zijn 0, 0": 1,
        "geen coördinaten ingevuld": 1,
    }


@pytest.mark.parametrize(
    ("x", "y", "crs", "says"),
    [
        ("52.005", "4.005", "wgs84", "2: coördinaten (52.005, 4.005): lengte en breedte staan omgekeerd; zet x = 'lat' en y = 'lon'"),
        ("463000", "155000", "rd", "2: coördinaten (463000, 155000): x en y staan omgekeerd"),
        ("155000", "463000", "wgs84", "2: coördinaten (155000, 463000): dit zijn meters (RD)"),
        ("4.005", "52.005", "rd", "2: coördinaten (4.005, 52.005): dit zijn graden"),
        ("12", "3", "wgs84", "2: coördinaten (12, 3) ligt niet in Nederland"),
        ("oost", "52", "wgs84", "2: coördinaten 'oost' is geen getal"),
    ],
)  # fmt: skip
def test_coordinates_that_cannot_be_so_say_how_they_look(
    tmp_path: Path, x: str, y: str, crs: str, says: str
) -> None:
    found = points(tmp_path, f"lon,lat,datum\n{x},{y},2023-01-02\n", place=BY_POINT.replace("wgs84", crs))
    assert complaints(found)[0].startswith(says)


def test_a_point_on_a_border_belongs_to_one_buurt() -> None:
    assert AREAS.at_points([(4.01, 52.005), (4.02, 52.005), (9.0, 52.0)]) == [
        "BU00010001",
        "BU00010002",
        None,
    ]


@pytest.mark.parametrize(
    ("rd", "degrees"),
    [
        # Amersfoort, the origin; and the Westertoren as the transformation's authors give it.
        ((155_000, 463_000), (5.38720621, 52.15517440)),
        ((120_700.723, 487_525.501), (4.88352559, 52.37453253)),
    ],
)
def test_rd_becomes_degrees_within_a_metre(rd: tuple[float, float], degrees: tuple[float, float]) -> None:
    assert to_degrees(*rd) == pytest.approx(degrees, abs=1e-5)


def test_a_complete_file_has_zeroes_and_sums(tmp_path: Path) -> None:
    text = "lon,lat,datum\n4.005,52.005,2023-01-02\n4.025,52.005,2023-01-02\n"
    found = points(tmp_path, text, top=TOP + "complete = true\n", dated=WHOLE)
    assert figures(found) == [
        ("BU00010001", "2023", 1),
        ("BU00010002", "2023", 0),
        ("BU00010101", "2023", 1),
        ("GM0001", "2023", 2),
        ("WK000100", "2023", 1),
        ("WK000101", "2023", 1),
    ]


def test_sums_of_wijken_do_not_give_away_what_a_buurt_hides(tmp_path: Path) -> None:
    text = "lon,lat,datum\n4.005,52.005,2023-01-02\n"
    found = points(
        tmp_path, text, top=TOP + "complete = true\n", extra=COUNT + "\nsensitive = true", dated=WHOLE
    )
    # All three hide behind 'minder dan 5'; the other wijk has none.
    assert {(code, count) for code, _, count in figures(found) if count} == {
        ("BU00010001", 1),
        ("WK000100", 1),
        ("GM0001", 1),
    }


# ---- cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form", "to", "period"),
    [
        ("2023", "jaar", "jaar", "2023"),
        ("2023JJ00", "jaar", "jaar", "2023"),
        ("2023.0", "jaar", "jaar", "2023"),
        ("2023-04", "maand", "maand", "2023-04"),
        ("202304", "maand", "maand", "2023-04"),
        ("mrt 2023", "maand", "maand", "2023-03"),
        ("april 2023", "maand", "maand", "2023-04"),
        ("45292", "datum", "maand", "2024-01"),  # how Excel writes 1 January 2024
        ("45291", "datum", "maand", "2023-12"),
        ("45292,5", "datum", "jaar", "2024"),
        ("1-4-2023", "datum", "maand", "2023-04"),
        ("2023-12-31T23:30:00Z", "datum", "jaar", "2024"),  # New Year's night on Dutch clocks
        ("2024-06-30 22:30:00+00:00", "datum", "maand", "2024-07"),
        ("1704064800000", "datum", "jaar", "2024"),
        ("2024 Q4", "kwartaal", "jaar", "2024"),
        ("2e halfjaar van 2024", "kwartaal", "jaar", "2024"),
        ("2023-04-01T12:00:00+02:00", "datum", "maand", "2023-04"),
        ("20230401", "datum", "maand", "2023-04"),
        ("1 april 2023", "datum", "maand", "2023-04"),
        ("1680307200000", "datum", "maand", "2023-04"),
    ],
)
def test_periods_in_the_forms_that_occur(text: str, form: str, to: str, period: str) -> None:
    assert parse_period(text, form=form, to=to) == period  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "form", "says"),
    [
        ("31-2-2023", "datum", "geen bestaande datum"),
        ("4-25-2023", "datum", "maand, dag, jaar"),
        ("2023", "datum", "is een jaar, geen datum"),
        ("2023", "maand", "is een jaar, geen maand"),
        ("2023-13", "maand", "geen bestaande maand"),
        ("1850", "jaar", "kan niet kloppen"),
        ("ooit", "jaar", "geen jaar"),
        ("apr-23", "maand", "het jaar heeft twee cijfers; zet periode.century op '20'"),
        ("01/04/23", "datum", "het jaar heeft twee cijfers"),
        ("2024 Q1", "jaar", "is een kwartaal of halfjaar, geen jaar"),
        ("2024 Q5", "kwartaal", "geen kwartaal of halfjaar"),
        ("2024", "kwartaal", "is een jaar, geen kwartaal"),
        ("45292", "jaar", "is een maand, geen jaar"),
    ],
)
def test_other_periods_say_what_they_look_like(text: str, form: str, says: str) -> None:
    with pytest.raises(PeriodError, match=says):
        parse_period(text, form=form, to="jaar")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234,5", ",", 1234.5),
        ("12,5%", ",", 12.5),
        ("1 234", ",", 1234),
        ("1,234.5", ".", 1234.5),
        ("-3", ".", -3),
    ],
)
def test_numbers_in_both_notations(text: str, decimal: str, value: float) -> None:
    assert parse_number(text, decimal=decimal).value == value


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        *(("", "leeg"), ("-", "leeg"), ("n.v.t.", "leeg")),
        *((".", "verborgen"), ("x", "verborgen"), ("< 10", "verborgen"), ("geheim", "verborgen")),
        *(("<5", "te klein"), ("1-4", "te klein"), ("minder dan 5", "te klein")),
    ],
)
def test_no_figure_is_not_zero(text: str, empty: str) -> None:
    number = parse_number(text, decimal=",")
    assert (number.value, number.empty) == (None, empty)


@pytest.mark.parametrize("text", ["-1", "0,5"])
def test_a_count_is_whole_and_not_negative(text: str) -> None:
    with pytest.raises(NumberError, match="geen aantal"):
        parse_count(text, decimal=",")


@pytest.mark.parametrize(
    ("form", "text", "code"),
    [
        ("code", "bu00010001", "BU00010001"),
        ("code", "00010001", "BU00010001"),
        ("code", "10001", "BU00010001"),  # Excel drops leading zeros
        ("code", "0101", "BU00010101"),  # without the gemeente's number
        ("naam", "Centrum", "WK000100"),
        ("lokaal", "K1", "BU00010001"),
    ],
)
def test_areas_by_code_name_and_the_gemeentes_own_list(
    tmp_path: Path, form: str, text: str, code: str
) -> None:
    place = f'[gebied]\nform = "{form}"\ncolumn = "Buurt"\ncodes = {{ "K1" = "BU00010001" }}\n'
    definition = define(tmp_path, TOP, CSV, place, BY_YEAR, indicator())
    assert find(AREAS, definition.gebied, text) == (code,)


def test_a_name_of_a_wijk_and_a_buurt_asks_which(tmp_path: Path) -> None:
    place = '[gebied]\nform = "naam"\ncolumn = "Buurt"\n'
    definition = define(tmp_path, TOP, CSV, place, BY_YEAR, indicator())
    with pytest.raises(AreaError, match=r"'Dorp' kan BU00010101, WK000101 zijn; kies met gebied.niveau"):
        find(AREAS, definition.gebied, "Dorp")


def test_where_wijken_stand_before_their_buurten_the_order_tells(tmp_path: Path) -> None:
    place = '[gebied]\nform = "naam"\ncolumn = "Buurt"\ndescending = true\n'
    text = "Buurt;Jaar;Aantal\nDorp;2023;7\nDorp;2023;5\nDorp;2022;6\nDorp;2022;6\n"
    found = mapped(tmp_path, text, TOP, CSV, place, BY_YEAR, indicator())
    assert complaints(found) == []
    assert figures(found) == [
        ("BU00010101", "2022", 6),
        ("BU00010101", "2023", 5),
        ("WK000101", "2022", 6),
        ("WK000101", "2023", 7),
    ]


def test_a_measured_value_keeps_its_margin(tmp_path: Path) -> None:
    text = "Buurt;Jaar;pct;laag;hoog\nDorp;2023;5,5;3,1;\n"
    extra = 'column = "pct"\nlower = "laag"\nupper = "hoog"'
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator(kind="meting", extra=extra))
    only = found.figures[0]
    assert (only.waarde, only.onder, only.boven, only.aantal) == (5.5, 3.1, None, None)


# ---- values that no figure may have ---------------------------------------------------------------

MEASURED = 'column = "pct"'
REFUSED = [
    ("not finite", "Buurt;Jaar;pct\nDorp;2023;1e400\n", "2: kolom 'pct': '1e400' is te groot voor een getal"),
    ("no number", "Buurt;Jaar;pct\nDorp;2023;inf\n", "2: kolom 'pct': 'inf' is geen getal"),
    ("minus zero", "Buurt;Jaar;pct\nDorp;2023;-0\n", "2: kolom 'pct': '-0' is min nul"),
    ("above 100", "Buurt;Jaar;pct\nDorp;2023;101\n", "2: kolom 'pct': '101' is geen percentage tussen 0 en 100"),
    ("below 0", "Buurt;Jaar;pct\nDorp;2023;-1\n", "2: kolom 'pct': '-1' is geen percentage tussen 0 en 100"),
    ("no text", "Buurt;Jaar;pct\nDo\x00rp;2023;1\n", "2: kolom 'Buurt': 'Do\\x00rp' bevat een teken dat geen tekst is"),
    ("no area", "Buurt;Jaar;pct\n  ;2023;1\n", "2: kolom 'Buurt' is leeg, maar er staat wel een cijfer ('1')"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_values_that_cannot_be_are_refused_by_name(tmp_path: Path, text: str, says: str) -> None:
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator(kind="meting", extra=MEASURED))
    assert complaints(found)[0].startswith(says)
    assert found.figures == ()


def test_shares_are_no_percentages_until_the_maker_says_so(tmp_path: Path) -> None:
    rows = "".join(f"Dorp;{year};0,{year - 2015}5\n" for year in range(2016, 2024))
    text = "Buurt;Jaar;pct\n" + rows
    parts = (TOP, CSV, BY_NAME, BY_YEAR)
    found = mapped(tmp_path, text, *parts, indicator(kind="meting", extra=MEASURED))
    assert (
        "alle waarden liggen tussen 0 en 1, maar de eenheid is procent; zet factor = 100"
        in complaints(found)[0]
    )
    extra = MEASURED + "\nfactor = 100"
    found = mapped(tmp_path, text, *parts, indicator(kind="meting", extra=extra))
    assert figures(found)[0] == ("BU00010101", "2016", 15)


def test_years_to_come_and_the_running_one(tmp_path: Path) -> None:
    text = "Buurt;Jaar;Aantal\nDorp;2023;5\nDorp;2024;6\n"
    file, definition = tmp_path / "a.csv", define(tmp_path, TOP, CSV, BY_NAME, BY_YEAR, indicator())
    file.write_text(text, encoding="utf-8")
    found = map_table(definition, read(file, definition.form), AREAS, file_date=date(2024, 5, 1))
    assert figures(found) == [("BU00010101", "2023", 5)]
    assert withheld(found) == {"voorlopig: 2024 is nog niet voorbij: het bestand is van 1 mei 2024": 1}
    found = map_table(definition, read(file, definition.form), AREAS, file_date=date(2023, 5, 1))
    assert complaints(found) == ["3: kolom 'Jaar': '2024' ligt na de datum van het bestand (2023-05-01)"]


def test_months_beside_the_year_have_to_be_twelve(tmp_path: Path) -> None:
    rows = [f"Dorp;{year};{month};2" for year in (2023, 2024) for month in range(1, 13)][:15]
    text = "\n".join(["Buurt;Jaar;Maand;Aantal", *rows])
    found = mapped(tmp_path, text, TOP, CSV, BY_NAME, BY_YEAR, indicator(extra=SUM))
    assert figures(found) == [("BU00010101", "2023", 24)]
    assert withheld(found) == {
        "voorlopig: 2024 is geen heel jaar: van de 12 maanden staan alleen 1, 2, 3 erin": 1
    }


def test_areas_of_other_gemeenten_are_counted_and_no_error(tmp_path: Path) -> None:
    place = '[gebied]\nform = "code"\ncolumn = "Buurt"\n'
    text = "Buurt;Jaar;Aantal\nBU00010101;2023;5\nBU07580001;2023;6\nGM0758;2023;7\nNL00;2023;9\n"
    found = mapped(tmp_path, text, TOP, CSV, place, BY_YEAR, indicator())
    assert figures(found) == [("BU00010101", "2023", 5)]
    assert dict(found.dropped) == {"ligt in een andere gemeente": 3}


def test_a_twin_name_that_comes_once_is_refused(tmp_path: Path) -> None:
    place = '[gebied]\nform = "naam"\ncolumn = "Buurt"\ndescending = true\n'
    found = mapped(tmp_path, "Buurt;Jaar;Aantal\nDorp;2023;7\n", TOP, CSV, place, BY_YEAR, indicator())
    assert (
        "'Dorp' is een wijk en een buurt (WK000101, BU00010101), maar staat er één keer"
        in complaints(found)[0]
    )


def test_equal_problems_are_one_line_with_a_count(tmp_path: Path) -> None:
    rows = "Nergens;2023;5\n" * 12 + "Elders;2023;5\n"
    found = mapped(tmp_path, "Buurt;Jaar;Aantal\n" + rows, TOP, CSV, BY_NAME, BY_YEAR, indicator())
    lines = list(problem_lines(found.problems, "regel"))
    assert len(lines) == 2
    assert lines[0].startswith("regels 2, 3, 4 en 9 meer: kolom 'Buurt': 'Nergens' is geen buurt van Stad")
    assert lines[0].endswith("(12 keer)")
