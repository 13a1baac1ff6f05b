"""Charts: one spec for all areas, Dutch, without rows; pictures that a strict page can take."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import vl_convert

from pipeline.charts import static, theme, vega
from pipeline.statistics.intervals import poisson_interval


def _year(periode: str, aantal: int, **more: str) -> dict[str, Any]:
    low, high = poisson_interval(aantal)
    return {
        "periode": periode, "aantal": aantal, "aantal_onder": float(low), "aantal_boven": float(high), **more
    }  # fmt: skip


# All registered crimes in Breda, Politie 47018NED.
BREDA = [
    _year("2018", 10414, breuk="2018-07"),
    _year("2023", 10976),
    _year("2024", 10809),
    _year("2025", 11295),
]
# Synthetic: shares of inhabitants, for the marks that counts do not have.
SHARES = [
    {"periode": "2021", "waarde": 2.1, "onder": 1.9, "boven": 2.3, "referentie": 3.0, "label": "Nederland"},
    {"periode": "2023", "waarde": 3.5, "onder": 3.2, "boven": 3.8, "referentie": 3.3, "label": "Nederland"},
]
PLACES = [
    {"label": "Valkenberg", "waarde": 24.3, "onder": 19.0, "boven": 29.0},
    {"label": "City", "waarde": 31.1},
    {"label": "Breda", "referentie": 14.2},
    {"label": "Nederland", "referentie": 13.1},
]
SPINE = [
    {
        "label": "Koopwoningen", "eenheid": "%", "waarde": 22.0, "laagste": 15.0, "kwart": 42.0,
        "midden": 65.0, "driekwart": 78.0, "hoogste": 95.0, "referentie": 55.0,
        "gelijk": 60.0,
    }
]  # fmt: skip
ROWS: dict[str, list[dict[str, Any]]] = {
    "lijn-aantal": BREDA,
    "lijn-waarde": SHARES,
    "klein-meervoud": [
        {**row, "label": label} for label in ("Fietsdiefstal", "Autodiefstal") for row in BREDA
    ],
    "rijen": PLACES,
    "spine": SPINE,
}


def draw(name: str, rows: list[dict[str, Any]] | None = None, *, ident: str = "f") -> ElementTree.Element:
    svg = static.to_svg(
        vega.spec(name),
        ROWS[name] if rows is None else rows,
        ident=ident,
        title="Titel",
        description="Uitleg",
    )
    return ElementTree.fromstring(svg)


def words(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{{{static.SVG}}}text")]


def paths(svg: ElementTree.Element, **attributes: str) -> list[ElementTree.Element]:
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [
        element
        for element in svg.iter(f"{{{static.SVG}}}path")
        if all(element.get(name) == value for name, value in wanted.items())
    ]


@pytest.mark.parametrize("name", sorted(vega.SPECS))
def test_spec_carries_no_rows_and_asks_for_the_shared_name(name: str) -> None:
    spec = vega.spec(name)
    assert spec["datasets"] == {"rijen": []}
    assert set(re.findall(r'"name": "(rijen)"', json.dumps(spec))) == {"rijen"}
    assert '"values": [{' not in json.dumps(spec)


@pytest.mark.parametrize("name", sorted(vega.SPECS))
def test_spec_writes_numbers_the_dutch_way_and_describes_itself(name: str) -> None:
    spec = vega.spec(name)
    assert (
        spec["config"]["locale"]["number"]["decimal"],
        spec["config"]["locale"]["number"]["thousands"],
    ) == (
        ",",
        ".",
    )
    assert spec["config"]["aria"] is False
    assert "tabel" in spec["description"]


@pytest.mark.parametrize("name", sorted(vega.SPECS))
def test_vega_lite_compiles_it_without_a_warning(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    spec = vega.spec(name) | {"datasets": {"rijen": ROWS[name]}}
    vl_convert.vegalite_to_vega(json.dumps(spec), show_warnings=True)
    captured = capfd.readouterr()
    assert "warn" not in (captured.out + captured.err).lower()


@pytest.mark.parametrize("name", sorted(vega.SPECS))
def test_picture_is_named_and_fit_for_a_strict_page(name: str) -> None:
    svg = draw(name, ident="f1")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "f1-titel f1-tekst"
    identifiers = [element.get("id") for element in svg.iter() if element.get("id")]
    assert {"f1-titel", "f1-tekst"} <= set(identifiers)
    assert len(identifiers) == len(set(identifiers))
    assert all(str(one).startswith("f1-") for one in identifiers)
    for element in svg.iter():
        assert "style" not in element.attrib
        assert not element.tag.endswith(("style", "script", "image"))
        assert not [name for name in element.attrib if name.startswith("aria-r") or name == "aria-label"]


@pytest.mark.parametrize("name", sorted(vega.SPECS))
def test_ink_follows_the_page(name: str) -> None:
    svg = draw(name)
    used = {element.get(kind) for element in svg.iter() for kind in ("fill", "stroke")}
    assert used <= {None, "none", "transparent", "currentColor", theme.BLUE, theme.ORANGE}
    assert "currentColor" in used


def test_line_starts_at_zero_and_names_its_break() -> None:
    shown = words(draw("lijn-aantal"))
    assert {"0", "10.000", "2018", "2025", "1"} <= set(shown)


def test_every_break_has_a_rule_and_its_number() -> None:
    rows = [BREDA[0], {**BREDA[1], "breuk": "2023-01;2023-09"}, BREDA[2]]
    svg = draw("lijn-aantal", rows)
    dashed = [one for one in svg.iter(f"{{{static.SVG}}}line") if one.get("stroke-dasharray")]
    assert len(dashed) == 3
    assert [word for word in words(svg) if word in {"1", "2", "3", "4"}] == ["1", "2", "3"]


def pieces(svg: ElementTree.Element) -> tuple[list[int], int]:
    """Points in each piece of the line, of two or more; and years whose margin stands alone."""
    lines = [
        one.get("d", "") for one in paths(svg, stroke=theme.BLUE, stroke_width="2") if not one.get("fill")
    ]
    bars = [one for one in svg.iter(f"{{{static.SVG}}}line") if one.get("stroke-width") == "5"]
    counts = [1 + part.count("L") for line in lines for part in line.split("M")[1:]]
    return sorted(count for count in counts if count > 1), len(bars)


YEARS = [_year(str(year), 10_000 + 10 * year) for year in range(2012, 2020)]


@pytest.mark.parametrize(
    ("breaks", "expected", "alone"),
    [
        ({}, [8], 0),
        ({2015: "2015-01"}, [3, 5], 0),  # the new way of counting holds from its first day
        ({2015: "2015-05"}, [3, 4], 1),  # a year in two ways of counting is like neither neighbour
        ({2015: "2015-05", 2016: "2016-01"}, [3, 4], 1),
        ({2015: "2015-05;2015-09"}, [3, 4], 1),
        ({2012: "2012-05", 2019: "2019-07"}, [6], 2),
    ],
)
def test_line_and_band_stop_at_a_break(breaks: dict[int, str], expected: list[int], alone: int) -> None:
    rows = [
        {**row, **({"breuk": breaks[int(row["periode"])]} if int(row["periode"]) in breaks else {})}
        for row in YEARS
    ]
    assert pieces(draw("lijn-aantal", rows)) == (expected, alone)
    panel = draw("klein-meervoud", [{**row, "label": "Soort"} for row in rows])
    assert pieces(panel) == (expected, alone)


def test_the_last_value_stands_at_its_point() -> None:
    assert words(draw("lijn-aantal")).count("11.295") == 1
    unknown = {"periode": "2026", "status": "ontbreekt"}
    assert words(draw("lijn-aantal", [*BREDA, unknown])).count("11.295") == 1
    assert words(draw("klein-meervoud")).count("11.295") == 2
    assert "3,5" in words(draw("lijn-waarde"))


def test_middle_of_a_year_lies_where_the_year_lies() -> None:
    compiled = json.dumps(vega.spec("lijn-aantal"))
    assert "(toNumber(slice(datum.periode, 5, 7)) - 0.5) / 12 - 0.5" in compiled
    svg = draw("lijn-aantal", [BREDA[0], BREDA[1]])
    (rule,) = [one for one in svg.iter(f"{{{static.SVG}}}line") if one.get("stroke-dasharray")]
    point = paths(svg, fill=theme.BLUE, stroke=theme.BLUE)[0]
    x_of = re.compile(r"translate\(([\d.]+),")
    assert float(x_of.findall(rule.get("transform", ""))[0]) == pytest.approx(
        float(x_of.findall(point.get("transform", ""))[0]), abs=1
    )


@pytest.mark.parametrize(
    "said",
    [
        {"status": "voorlopig"},
        {"status": "geen_noemer;voorlopig_aantal"},  # as an area page packs a count without a rate
        {"status": "geen_noemer", "voorbehoud": "toeval;voorlopig_aantal"},
    ],
)
def test_provisional_figure_is_an_open_point(said: dict[str, str]) -> None:
    final = draw("lijn-aantal", [{**row, "status": "ok", "voorbehoud": "voorlopig_jaar"} for row in BREDA])
    provisional = draw("lijn-aantal", [*BREDA[:3], {**BREDA[3], **said}])
    assert len(paths(final, stroke=theme.BLUE, fill=theme.BLUE)) == 4
    assert len(paths(provisional, stroke=theme.BLUE, fill=theme.BLUE)) == 3
    assert len(paths(provisional, stroke=theme.BLUE)) == len(paths(final, stroke=theme.BLUE))


def test_missing_year_breaks_the_line_and_is_not_zero() -> None:
    gap = {"periode": "2014", "status": "ontbreekt"}
    svg = draw("lijn-aantal", [*YEARS[:2], gap, YEARS[3]])
    assert len(paths(svg, fill=theme.BLUE, stroke=theme.BLUE)) == 3
    (line,) = [one for one in paths(svg, stroke=theme.BLUE, stroke_width="2") if not one.get("fill")]
    assert line.get("d", "").count("M") == 2


def test_one_lonely_year_keeps_its_interval() -> None:
    svg = draw("lijn-aantal", [BREDA[1]])
    bars = [one for one in svg.iter(f"{{{static.SVG}}}line") if one.get("stroke-width") == "5"]
    assert len(bars) == 1


def test_few_is_said_in_words() -> None:
    svg = draw("lijn-aantal", [BREDA[1], {"periode": "2024", "status": "minder_dan_5"}])
    assert "< 5" in words(svg)


def test_reference_is_named() -> None:
    assert words(draw("lijn-waarde")).count("Nederland") == 1
    assert {"Breda", "Nederland"} <= set(words(draw("rijen")))


def test_a_dot_and_two_ticks_for_each_place_and_a_panel_for_each_kind() -> None:
    rows = draw("rijen")
    assert len(paths(rows, fill=theme.BLUE)) == 2
    ticks = [one.get("d", "") for colour in (theme.ORANGE, theme.INK) for one in paths(rows, fill=colour)]
    assert len(ticks) == 4
    assert {"Autodiefstal", "Fietsdiefstal"} <= set(words(draw("klein-meervoud")))


def test_height_follows_the_rows() -> None:
    def height(rows: list[dict[str, Any]]) -> float:
        return float(draw("spine", rows).get("height", "0"))

    six = [{**SPINE[0], "label": str(number)} for number in range(6)]
    assert height(six) - height(SPINE) == 5 * 32


def test_text_cannot_become_markup() -> None:
    svg = static.to_svg(
        vega.spec("rijen"),
        [{"label": "<script>alert(1)</script>", "waarde": 1.0}],
        ident="f",
        title="</title><script>",
        description="&",
    )
    assert "<script" not in svg


def test_bundle_is_an_es_module_written_once_under_its_hash(tmp_path: Path) -> None:
    name = vega.write_bundle(tmp_path / "cache", tmp_path / "assets")
    assert re.fullmatch(r"vega-[0-9a-f]{12}\.js", name)
    code = (tmp_path / "assets" / name).read_text()
    assert re.search(r"export\{\S+ as vegaEmbed\};?\s*$", code)
    (kept,) = (tmp_path / "cache").iterdir()
    stamp = kept.stat().st_mtime_ns
    assert vega.write_bundle(tmp_path / "cache", tmp_path / "assets") == name
    assert kept.stat().st_mtime_ns == stamp


def test_specs_are_written_under_the_names_that_figures_use(tmp_path: Path) -> None:
    vega.write_specs(tmp_path)
    vega.write_addresses(tmp_path, "assets/vega-abc.js")
    script = (tmp_path / vega.ADDRESSES).read_text()
    assert 'LIBRARY = "assets/vega-abc.js";' in script
    urls = json.loads(script.partition("SPECS = ")[2].removesuffix(";\n"))
    assert sorted(urls) == sorted(vega.SPECS)
    for name, url in urls.items():
        assert url == vega.spec_url(name)
        assert json.loads((tmp_path / url.partition("?")[0]).read_text()) == vega.spec(name)
