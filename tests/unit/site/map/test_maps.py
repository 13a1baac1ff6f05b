"""Maps: every buurt a link with its figure in words, classes that hold for all years, borders that fit."""

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import duckdb
import numpy as np
import pytest
import shapely
from markupsafe import Markup

from pipeline.indicator import read_indicators
from pipeline.site.map import drawing, legend, maps, outlines
from pipeline.site.map import rows as map_rows
from pipeline.site.map.gemeenten import gemeenten_map
from pipeline.words.status import OORZAKEN, STATUSSEN, why_empty
from tests.example_areas import example_copy

RARE = "geluid_horeca"  # 0 in most buurten of Breda
KIND = "overlast_drugs_alcohol"


def draw(con: duckdb.DuckDBPyConnection, indicator: str = KIND, periode: str = "2022") -> drawing.Map:
    choice = map_rows.Choice("GM0758", indicator, periode)
    return maps.of_choice(con, choice, link_prefix="../../gebied/").drawn


def written(con: duckdb.DuckDBPyConnection, indicator: str, gebied: str) -> Markup:
    found = maps.chart_of(con, indicator, gebied, root="../../")
    return found if isinstance(found, Markup) else found.figure()


def links(drawn: drawing.Map) -> dict[str, ElementTree.Element]:
    return {link.attrib["href"]: link for link in ElementTree.fromstring(drawn.svg).iter("a")}


def title(link: ElementTree.Element) -> str:
    return link.findtext("title") or ""


def test_every_buurt_is_a_link_with_its_figure_in_words(con: duckdb.DuckDBPyConnection) -> None:
    found = links(draw(con))
    codes = con.execute("select lower(gebied_code) from staging.pdok_gebieden").fetchall()
    assert set(found) == {f"../../gebied/{code}/" for (code,) in codes}
    city = title(found["../../gebied/bu07580006/"])
    assert city.startswith("City: ")
    assert "per 1.000 inwoners (aantal: 109)" in city


def subject(con: duckdb.DuckDBPyConnection, indicator: str = KIND) -> map_rows.Subject:
    choice = map_rows.Choice("GM0758", indicator, "2022")
    return map_rows.Subject(read_indicators(con)[indicator], (5.0, 10.0), choice, "Breda")


@pytest.mark.parametrize(("value", "place"), [(4.999, 0), (5.0, 1), (9.999, 1), (10.0, 2)])
def test_a_figure_on_a_bound_belongs_to_the_class_that_begins_there(value: float, place: int) -> None:
    bounds = (5.0, 10.0)
    area = map_rows.Part("BU07580001", "A", value, 1, "ok", "", "")  # synthetic
    assert legend.class_words(bounds) == ["minder dan 5", "5 tot 10", "10 of meer"]
    assert legend.css_class(area, bounds) == f"vb-k{legend.colour(place, bounds)}"


@pytest.mark.parametrize("status", sorted({*STATUSSEN, *OORZAKEN} - {"ok", "voorlopig"}))
def test_what_a_table_withholds_is_hatched_and_named(con: duckdb.DuckDBPyConnection, status: str) -> None:
    about = subject(con)
    areas = [
        map_rows.Part("BU07580001", "Met", 7.0, 3, "ok", "", ""),
        map_rows.Part("BU07580002", "Zonder", None, 3, status, "", ""),
    ]  # synthetic
    drawn = drawing.draw(
        about, areas, outlines.Drawing(10, {"BU07580001": "M0 0z", "BU07580002": "M1 1z"}), link_prefix="../"
    )
    with_figure, hatched = links(drawn).values()
    assert not [path for path in with_figure.iter("path") if path.get("fill")]
    assert hatched.get("class") == legend.NO_FIGURE
    assert [path.get("fill", "")[:4] for path in hatched.iter("path")] == ["url("]
    reason = why_empty(status, noemer=about.definition.noemer_soort)
    assert title(hatched).startswith(f"Zonder: {reason}")
    assert f"(gearceerd): {reason} (Zonder)." in legend.without(drawn.areas_without, about)


def test_a_rate_of_households_lacks_households(con: duckdb.DuckDBPyConnection) -> None:
    about = subject(con, "woninginbraak")
    assert "geen aantal huishoudens (Met)" in legend.without([("Met", "geen_noemer")], about)


def test_the_text_below_says_why_areas_have_no_figure(con: duckdb.DuckDBPyConnection) -> None:
    about = subject(con)
    few = [("City", "te_klein"), ("Liesbos", "ontbreekt"), ("Meersel", "te_klein")]
    assert "te weinig inwoners (City, Meersel); niet gepubliceerd (Liesbos)." in legend.without(few, about)
    many = few + [(f"Buurt {number}", "te_klein") for number in range(10)]
    assert "te weinig inwoners (12 buurten); niet gepubliceerd (1 buurt)." in legend.without(many, about)


def test_tab_reaches_the_buurten_by_name(con: duckdb.DuckDBPyConnection) -> None:
    names = [title(link).partition(":")[0] for link in links(draw(con)).values()]
    assert names == [
        name
        for (name,) in con.execute(
            "select gebied_naam from core.gebied where gebied_niveau = 'buurt'"
            " order by lower(strip_accents(gebied_naam))"
        ).fetchall()
    ]


def test_colour_says_the_class_of_the_value(con: duckdb.DuckDBPyConnection) -> None:
    bounds = map_rows.read_bounds(con, [KIND])[KIND, "buurt"]
    rows = con.execute(
        "select lower(gebied_code), waarde, onder, boven from mart.cijfer"
        " where indicator = $kind and gebied_niveau = 'buurt' and periode = '2022'",
        {"kind": KIND},
    ).fetchall()
    values = {code: figure for code, *figure in rows}
    assert len(bounds) == 4
    seen = set()
    for href, link in links(draw(con)).items():
        value, onder, boven = values[href.split("/")[-2]]
        # the map hatches what the table withholds, and what may be low as well as high
        colour = "vb-leeg" if value is None else f"vb-k{sum(value >= bound for bound in bounds)}"
        if value is not None and onder < bounds[1] and boven >= bounds[2]:
            colour = "vb-onzeker"
        assert link.get("class") == colour, title(link)
        seen.add(colour)
    assert len(seen) == 6


def test_a_value_on_a_bound_is_in_the_class_that_begins_there() -> None:
    con = example_copy()
    second = map_rows.read_bounds(con, [KIND])[KIND, "buurt"][1]
    con.execute(
        "update mart.cijfer set waarde = ? where indicator = ? and gebied_code = 'BU07580006'", [second, KIND]
    )
    assert map_rows.read_bounds(con, [KIND])[KIND, "buurt"][1] == second
    drawn = draw(con)
    city = links(drawn)["../../gebied/bu07580006/"]
    (words,) = re.findall(
        rf'class="vb-staal {city.get("class")}"></span>(.*?) \(\d+\)</li>', drawn.legend_html
    )
    assert words.startswith(f"{second:g} tot ".replace(".", ","))


def test_classes_are_those_of_all_years(con: duckdb.DuckDBPyConnection) -> None:
    first, last = draw(con, "misdrijven", "2018"), draw(con, "misdrijven", "2025")
    classes = re.compile(r'vb-staal (vb-k\d)"></span>(.*?) \(\d+\)</li>')
    assert classes.findall(first.legend_html) == classes.findall(last.legend_html)
    assert first.svg != last.svg


def test_many_zeros_do_not_leave_one_colour(con: duckdb.DuckDBPyConnection) -> None:
    assert len(map_rows.read_bounds(con)[RARE, "buurt"]) >= 2
    choice = map_rows.Choice("GM0758", RARE, "2022")
    bounds = map_rows.read_bounds(con, [RARE])[RARE, "buurt"]
    areas = [replace(area, onder=None) for area in map_rows.read_areas(con, [choice])["GM0758"]]
    assert len({legend.css_class(area, bounds) for area in areas}) >= 3


def test_legend_is_in_words(con: duckdb.DuckDBPyConnection) -> None:
    legend = draw(con, "misdrijven", "2025").legend_html
    entries = re.findall(r'<li><span class="vb-staal (\S+)"></span>(.*?) \(\d+\)</li>', legend)
    assert [colour for colour, _ in entries][:5] == ["vb-k0", "vb-k1", "vb-k2", "vb-k3", "vb-k4"]
    assert entries[0][1].startswith("minder dan ")
    assert entries[4][1].endswith(" of meer")
    assert legend.startswith('<p class="vb-klein">Per 1.000 inwoners (aantal buurten):')


def test_legend_counts_every_area_once(con: duckdb.DuckDBPyConnection) -> None:
    drawn = draw(con)
    told = dict(re.findall(r'vb-staal (\S+)"></span>.*?\((\d+)\)</li>', drawn.legend_html))
    seen = Counter(link.get("class") for link in links(drawn).values())
    assert {css: int(count) for css, count in told.items() if int(count)} == dict(seen)
    assert {"vb-onzeker", "vb-leeg"} < set(seen)


@pytest.mark.parametrize(
    ("bounds", "onder", "boven", "doubtful"),
    [
        ((1.0, 2.0, 3.0, 4.0), 1.9, 3.0, True),
        ((1.0, 2.0, 3.0, 4.0), 2.0, 9.0, False),  # the middle or higher: not low
        ((1.0, 2.0, 3.0, 4.0), 0.0, 2.9, False),
        ((1.0, 2.0, 3.0), 0.9, 3.0, True),
        ((1.0, 2.0), 0.9, 2.0, True),
        ((1.0,), 0.0, 9.0, False),  # nothing lies between two classes
        ((1.0, 2.0), None, None, False),  # no margin is known
    ],
)
def test_a_margin_from_low_to_high_gives_no_colour(
    con: duckdb.DuckDBPyConnection,
    bounds: tuple[float, ...],
    onder: float | None,
    boven: float | None,
    doubtful: bool,
) -> None:
    area = map_rows.Part("BU07580001", "A", 2.5, 4, "ok", "", "", onder, boven)  # synthetic
    about = replace(subject(con), bounds=bounds)
    assert (legend.css_class(area, bounds) == legend.DOUBTFUL) is doubtful
    assert legend.in_words(area, about).startswith("A: 2,5 per 1.000 inwoners (aantal: 4)")
    assert legend.in_words(area, about).endswith(legend.TOO_UNSURE) is doubtful


def test_the_border_of_the_gemeente_is_drawn_around_its_buurten(con: duckdb.DuckDBPyConnection) -> None:
    ground = outlines.drawing(map_rows.read_outlines(con, ["GM0758"])["GM0758"])
    (edge,) = (
        one for one in ElementTree.fromstring(draw(con).svg).iter("path") if one.get("class") == "vb-rand"
    )
    assert edge.get("d") == ground.edge
    assert edge.get("fill") == "none"
    assert 0 < len(ground.edge) < sum(map(len, ground.paths.values()))


def test_names_on_the_map_are_not_heard_twice(con: duckdb.DuckDBPyConnection) -> None:
    (drawn,) = (
        one for one in ElementTree.fromstring(draw(con).svg).iter("g") if one.get("class") == "vb-namen"
    )
    assert drawn.get("aria-hidden") == "true"
    assert "Hagebeemd" in {one.text for one in drawn.iter("text")}


def test_area_without_figure_is_hatched_and_says_why(con: duckdb.DuckDBPyConnection) -> None:
    drawn = draw(con, "woz", "2024")
    assert drawn.areas_without
    hatched = [link for link in links(drawn).values() if link.get("class") == "vb-leeg"]
    assert sorted(title(link).partition(":")[0] for link in hatched) == sorted(
        name for name, _ in drawn.areas_without
    )
    (pattern,) = (
        one for one in ElementTree.fromstring(drawn.svg).iter("pattern") if one.get("class") == "vb-leeg"
    )
    for link in hatched:
        (path,) = link.iter("path")
        assert path.get("fill") == f"url(#{pattern.get('id')})"
        assert title(link).endswith(": niet gepubliceerd")
    assert "geen cijfer" in drawn.legend_html


def test_sensitive_kind_has_no_map(con: duckdb.DuckDBPyConnection) -> None:
    drawn = draw(con, "overlast_onbegrepen_gedrag")
    assert not drawn.svg
    assert "kwetsbare mensen" in drawn.explanation
    assert "<svg" not in written(con, "overlast_onbegrepen_gedrag", "GM0758")


def test_kind_without_buurten_says_so(con: duckdb.DuckDBPyConnection) -> None:
    assert "geen cijfers" in written(con, "woninginbraak", "GM0758")


def test_pages_say_that_boundaries_are_not_known_yet(con: duckdb.DuckDBPyConnection) -> None:
    # New boundaries may be published later than the figures of a new division.
    assert maps.NO_OUTLINES in written(con, KIND, "GM9999")
    assert maps.NO_OUTLINES in maps.Atlas.read(con, ["GM9999"]).map_of("GM9999", root="../")


def test_gemeente_without_boundaries_is_an_error(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="'GM9999' has no boundaries"):
        maps.of_choice(con, map_rows.Choice("GM9999", KIND, "2022"), link_prefix="")


def test_whole_figure_can_be_skipped_and_names_its_sources(con: duckdb.DuckDBPyConnection) -> None:
    figure = written(con, KIND, "GM0758")
    (target,) = re.findall(r'class="vb-overslaan" href="#([^"]+)"', figure)
    assert f'id="{target}"' in figure
    assert "Politie 47024NED, stand " in figure
    assert "Grenzen: CBS en Kadaster" in figure
    assert "in Breda, 2022" in figure
    assert len(figure.encode()) < 20_000


def test_gemeenten_with_figures_of_their_own_are_told_apart(con: duckdb.DuckDBPyConnection) -> None:
    def drawn(*, defined: set[str], pages: set[str]) -> ElementTree.Element:
        return ElementTree.fromstring(gemeenten_map(con, defined=defined, pages=pages, root="../"))

    with_page = drawn(defined={"GM0758"}, pages={"GM0758"})
    (link,) = (one for one in with_page.iter("a") if one.get("class") == "vb-k3")
    assert link.get("href") == "../gebied/gm0758/"
    assert title(link) == "Breda: met eigen cijfers"
    without = drawn(defined=set(), pages=set())
    (shape,) = without.iter("g")
    assert (shape.get("class"), title(shape)) == ("vb-k0", "Breda: nog zonder eigen cijfers")
    expected = outlines.dissolved(map_rows.read_outlines(con, ["NL00"])["NL00"])
    assert [path.get("d") for path in without.iter("path")] == list(expected.paths.values())


# ---- geometry ---------------------------------------------------------------------------------------

LEFT = "POLYGON ((0 0, 50 1, 100 0, 100 40, 102 50, 100 60, 100 100, 0 100, 0 0))"
RIGHT = "POLYGON ((100 0, 200 0, 200 100, 100 100, 100 60, 102 50, 100 40, 100 0))"


def test_metres_are_those_of_the_dutch_grid() -> None:
    # Martinitoren, Groningen: RD 233883, 582065; Amersfoort, the middle: RD 155000, 463000.
    east, north = outlines.to_metres(np.array([[6.568201, 53.219383]]))[0]
    assert east == pytest.approx(233_883 - 155_000, rel=0.01)
    assert north == pytest.approx(582_065 - 463_000, rel=0.01)


def test_simplified_neighbours_keep_their_border() -> None:
    simple = outlines.simplified(shapely.from_wkt([LEFT, RIGHT]), tolerance=10)
    assert shapely.coverage_is_valid(simple)
    assert (
        shapely.get_num_coordinates(simple).sum()
        < shapely.get_num_coordinates(shapely.from_wkt([LEFT, RIGHT])).sum()
    )
    assert simple[0].intersection(simple[1]).length == pytest.approx(100, abs=5)


def test_borders_that_do_not_fit_are_made_to_fit() -> None:
    gap = RIGHT.replace("100 0,", "103 0,").replace("102 50", "105 50").replace(" 100 0)", " 103 0)")
    areas = shapely.from_wkt([LEFT, gap])
    assert not shapely.coverage_is_valid(areas, gap_width=10.0)
    assert shapely.coverage_is_valid(outlines.simplified(areas, tolerance=1), gap_width=10.0)


def test_path_is_whole_numbers_relative_to_the_last_point() -> None:
    area = shapely.from_wkt("POLYGON ((0 0, 10.4 0, 10.4 10, 0 10, 0 0), (2 2, 2 4, 4 4, 2 2))")
    assert outlines.path_of(area) == "M0 0l10 0 0 10-10 0zM2 2l0 2 2 0z"


def test_path_has_a_piece_for_each_part() -> None:
    area = shapely.from_wkt("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((20 0, 29 0, 29 9, 20 0)))")
    assert outlines.path_of(area) == "M0 0l9 0 0 9zM20 0l9 0 0 9z"


def test_islands_smaller_than_a_pixel_leave_nothing() -> None:
    assert outlines.path_of(shapely.from_wkt("POLYGON ((0 0, 0.2 0, 0.2 0.2, 0 0))")) == ""
