"""Every municipal definition: fair in its words, and held against a file in its publisher's shape.

Breda's file and Amsterdam's scores of 2014-2017 are real, in the folder of VB_UPSTREAM. The other files are
invented after the published schemas; they say nothing about those gemeenten.
"""

import csv
import gzip
import json
from pathlib import Path

import pytest

from pipeline.gemeente.areas import Areas, CodedArea
from pipeline.gemeente.coordinates import to_degrees
from pipeline.gemeente.definition import Definition, load_definitions
from pipeline.gemeente.mapping import Mapped, map_table
from pipeline.gemeente.models import models_of
from pipeline.gemeente.read import read
from pipeline.model import load_models
from pipeline.paths import Paths
from pipeline.words.sentences import Onderwerp, count_phrase
from tests.readability import MAX_MEAN, readability
from tests.unit.gemeente.example import square

DEFINITIONS = {one.id: one for one in load_definitions(Paths().definitions)}
each = pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=DEFINITIONS)


def test_the_promised_gemeenten_have_a_definition() -> None:
    assert {
        "breda_overlast",
        "amsterdam_bbga",
        "amsterdam_meldingen",
        "eindhoven_meldingen",
        "denhaag_meldingen",
        "utrecht_diefstallen",
    } <= set(DEFINITIONS)


@each
def test_a_definition_says_who_and_under_what_terms(definition: Definition) -> None:
    assert definition.licence
    assert definition.citation
    assert definition.page.startswith("https://")
    assert definition.notes, f"{definition.path}: what should a reader know of this gemeente's figures?"


@each
def test_words_are_plain(definition: Definition) -> None:
    texts = [*definition.notes]
    for indicator in definition.indicators:
        texts += [indicator.header.vraag, indicator.header.definitie]
        assert count_phrase(2, Onderwerp.parse(indicator.header.onderwerp))
    found = readability(" ".join(texts))
    assert not found.too_long, f"{definition.path}: {found.too_long}"
    assert found.mean <= MAX_MEAN


@each
def test_themes_and_caveats_exist(definition: Definition) -> None:
    for file, column, used in (
        ("themas", "thema", {one.header.thema for one in definition.indicators}),
        (
            "voorbehouden",
            "voorbehoud",
            {key for one in definition.indicators for key in one.header.caveat_keys},
        ),
    ):
        with (Paths().reference / f"{file}.csv").open(encoding="utf-8", newline="") as text:
            assert used <= {row[column] for row in csv.DictReader(text)}, f"{definition.path}: {file}"


def test_no_id_is_used_twice_and_none_is_a_national_one() -> None:
    ids = [indicator.id for one in DEFINITIONS.values() for indicator in one.indicators]
    national = {model.name for model in load_models(Paths().models)}
    assert len(set(ids)) == len(ids)
    assert not set(ids) & national
    tables = [model.table for model in models_of(tuple(DEFINITIONS.values()))]
    assert len(set(tables)) == len(tables)


# ---- files in their real shape ------------------------------------------------------------------


def areas_of(
    name: str, gemeente: str, *codes: tuple[str, str], at: tuple[float, float] = (4.0, 52.0)
) -> Areas:
    """Areas with real codes and names; the outlines are invented squares beside each other."""
    drawn = [
        CodedArea(code, text, square(at[0] + 0.01 * number, at[1]) if code.startswith("BU") else None)
        for number, (code, text) in enumerate(codes)
    ]
    return Areas(gemeente, name, (*drawn, CodedArea(gemeente, name)))


def held_against(name: str, file: Path, areas: Areas) -> Mapped:
    definition = DEFINITIONS[name]
    return map_table(definition, read(file, definition.form), areas)


def values(found: Mapped) -> dict[tuple[str, str, str], float | int | None]:
    assert found.problems == []
    return {
        (one.indicator.split("_", 2)[2], one.gebied_code, one.periode): one.waarde
        if one.aantal is None
        else one.aantal
        for one in found.figures
    }


AMSTERDAM = areas_of(
    "Amsterdam",
    "GM0363",
    ("BU0363AA01", "Planciusbuurt-Noord"),
    ("BU0363AA02", "Westelijke eilanden"),
    ("WK0363AA", "Haarlemmerbuurt"),
)


def test_amsterdam_long_file(tmp_path: Path) -> None:
    """Invented values in the shape of the real file: semicolons, decimal comma, local codes."""
    file = tmp_path / "bbga.csv"
    file.write_text(
        "jaar;gebiedcode15;variabele;waarde\n2023;STAD;LDRUGSOVL_P;11,5\n2023;AA;LDRUGSOVL_P;14\n"
        "2023;AA01;LDRUGSOVL_P;9,25\n2023;A;LDRUGSOVL_P;13\n2019;A00;LDRUGSOVL_P;20\n2023;AA01;BEVTOTAAL;3000\n"
        "2023;AA02;LDRONKEN_P;\n2023;AA01;LDRONKEN_P;7\n",
        encoding="utf-8",
    )
    found = held_against("amsterdam_bbga", file, AMSTERDAM)
    # A wijk of the division before 2022 has a code that no longer exists; the period leaves it out.
    assert found.dropped["valt buiten de gekozen perioden"] == 1
    assert values(found) == {
        ("drugs", "GM0363", "2023"): 11.5,
        ("drugs", "WK0363AA", "2023"): 14,
        ("drugs", "BU0363AA01", "2023"): 9.25,
        ("dronken", "BU0363AA01", "2023"): 7,
    }


def test_amsterdam_reports_are_counted_by_buurt(tmp_path: Path) -> None:
    """Invented reports in the shape of the published schema."""
    category = "Overlast van en door personen of groepen"
    report = {
        "hoofdcategorie": category,
        "datumMelding": "2023-05-01",
        "gbdBuurtCode": "AA01",
        "gbdWijkCode": "AA",
    }
    reports = [
        report,
        report | {"datumMelding": "2023-12-31"},
        report | {"gbdBuurtCode": None},
        report | {"datumMelding": "2021-12-31"},
        report | {"hoofdcategorie": "Afval"},
    ]
    file = tmp_path / "meldingen.json"
    file.write_text(json.dumps({"_links": {}, "_embedded": {"meldingen": reports}}), encoding="utf-8")
    found = held_against("amsterdam_meldingen", file, AMSTERDAM)
    assert values(found) == {("personen", "BU0363AA01", "2023"): 2}
    assert found.dropped.total() == 3


def test_eindhoven_reports_lie_in_a_buurt(tmp_path: Path) -> None:
    """Invented reports in the shape of an OpenDataSoft export."""
    areas = areas_of(
        "Eindhoven", "GM0772", ("BU07721110", "Binnenstad"), ("BU07721120", "Bergen"), at=(5.47, 51.43)
    )
    where = [(5.475, 51.435), (5.476, 51.436), (5.485, 51.435), (4.9, 52.37)]
    reports = [
        {
            "aangemaakt": "2024-03-01T10:00:00+00:00",
            "onderwerp": "Overlast",
            "geo_point_2d": {"lon": lon, "lat": lat},
        }
        for lon, lat in where
    ]
    file = tmp_path / "meldingen.json"
    file.write_text(json.dumps(reports), encoding="utf-8")
    found = held_against("eindhoven_meldingen", file, areas)
    assert values(found) == {("overlast", "BU07721110", "2024"): 2, ("overlast", "BU07721120", "2024"): 1}
    assert dict(found.dropped) == {"ligt buiten Eindhoven": 1}


def test_den_haag_reports_in_metres_lie_in_a_buurt(tmp_path: Path) -> None:
    """Invented reports in the shape of an OpenDataSoft export, RD coordinates."""
    rd = (81_300.0, 455_000.0)
    longitude, latitude = to_degrees(*rd)
    areas = areas_of(
        "Den Haag", "GM0518", ("BU05180170", "Oostduinen"), at=(longitude - 0.005, latitude - 0.005)
    )
    reports = [
        {
            "meldingsdatum": "2024-03-01",
            "hoofdcategorie": "Overlast",
            "x_coordinaat": rd[0],
            "y_coordinaat": rd[1],
        }
    ]
    file = tmp_path / "meldingen.json"
    file.write_text(json.dumps(reports), encoding="utf-8")
    assert values(held_against("denhaag_meldingen", file, areas)) == {("overlast", "BU05180170", "2024"): 1}


def test_utrecht_wijken_have_their_own_numbers(tmp_path: Path) -> None:
    """Invented rows; the numbers of the wijken are those of the gemeente."""
    areas = areas_of(
        "Utrecht", "GM0344", ("WK034406", "Wijk 06 Binnenstad"), ("WK034410", "Wijk 10 Vleuten-De Meern")
    )
    file = tmp_path / "diefstallen.csv"
    file.write_text(
        "wijk;jaar;soort;aantal\n6;2023;Fietsdiefstal;1.200\n10;2023;Fietsdiefstal;90\nOnbekend;2023;Fietsdiefstal;4\n",
        encoding="utf-8",
    )
    assert values(held_against("utrecht_diefstallen", file, areas)) == {
        ("fiets", "WK034406", "2023"): 1200,
        ("fiets", "WK034410", "2023"): 90,
    }


def areas_upstream(upstream: Path, gemeente: str) -> Areas:
    """A gemeente's areas as CBS publishes them."""
    path = upstream / "opendata.cbs.nl" / "85984NED" / "WijkenEnBuurten.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as text:
        listed = json.load(text)["value"]
    found = tuple(
        CodedArea(row["Key"].strip(), row["Title"].strip())
        for row in listed
        if row["Key"][2:6] == gemeente[2:]
    )
    return Areas(gemeente, next(area.name for area in found if area.code == gemeente), found)


@pytest.mark.upstream
def test_breda_export_gives_the_counts_of_the_police(upstream: Path) -> None:
    """Real: every figure of the export is the one that the police table has for that area."""
    found = held_against(
        "breda_overlast",
        upstream / "municipal" / "breda_police_47024NED_overlast_buurt_2022.csv",
        areas_upstream(upstream, "GM0758"),
    )
    assert (found.read, found.used) == (612, 136)
    expected = {}
    with (Paths().example / "politie_overlast/2022/breda.csv").open(newline="") as text:
        for row in csv.DictReader(text):
            name = {"E38": "alcohol_drugs", "E35": "jeugd"}.get(row["Overlast"].strip())
            code = row["WijkenEnBuurten"].strip()
            if name and row["Perioden"] == "2022JJ00" and code[2:6] == "0758":
                expected[name, code, "2022"] = int(row["GeregistreerdeOverlast_1"])
    got = values(found)
    assert len(got) == 136
    assert {key: got[key] for key in expected} == expected


@pytest.mark.upstream
def test_amsterdam_scores_by_name_of_the_wijk(upstream: Path, tmp_path: Path) -> None:
    """Real rows of 2014-2017; gebieden that are no wijk today are named, none is guessed."""
    text = (Paths().definitions / "amsterdam_bbga.toml").read_text(encoding="utf-8")
    head = text[: text.index("[[indicator]]")]
    one = text[text.index("[[indicator]]") :].split("[[indicator]]")[1]
    changed = (
        head.replace('kind = "bbga"', 'kind = "csv"')
        .replace('form = "code"', 'form = "naam"\nniveau = ["wijk"]')
        .replace('"gebiedcode15"', '"gebied"')
        .replace('first = "2022"\n', "")
        + "[[indicator]]"
        + one.replace('"waarde"', '"drugsoverlast_score_0_100"').replace(
            'filters = { "variabele" = ["LDRUGSOVL_P"] }\n', ""
        )
    )
    path = tmp_path / "amsterdam_scores.toml"
    path.write_text(changed, encoding="utf-8")
    definition = load_definitions(tmp_path)[0]
    file = upstream / "municipal" / "amsterdam_overlast_drugs_gebied_2014-2017_tidy.csv"
    found = map_table(definition, read(file, definition.form), areas_upstream(upstream, "GM0363"))
    assert found.figures == ()  # one unknown gebied and nothing is used
    assert 0 < found.wrong < found.read
    assert all("is geen wijk van Amsterdam" in problem.text for problem in found.problems)
