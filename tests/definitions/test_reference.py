"""The hand-kept tables: keys that meet, real dates, a source with every statement, readable texts."""

import csv
import re
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest

from pipeline.gemeente.definition_period import RANGE_CAVEATS
from pipeline.indicator import MANY_VISITORS
from pipeline.model import indicators, load_models
from pipeline.paths import PROJECT, Paths
from pipeline.site.text.together import ALL_THEMES, NO_EVIDENCE
from pipeline.words.reasons import REASONS
from pipeline.words.status import OORZAKEN, VOORLOPIG_AANTAL
from tests.readability import MAX_MEAN, readability

COLUMNS = {
    "begrippen": ["begrip", "uitleg", "anker"],
    "bijdragen": ["thema", "doel", "wie", "bijdrage", "bron", "bron_url"],
    "bijnamen": ["bijnaam", "gebied_code", "bron", "bron_url"],
    "breuken": ["indicator", "datum", "wat", "bron", "bron_url"],
    "doelen": ["thema", "doel", "uitkomst", "bron", "bron_url"],
    "hulplijnen": ["naam", "nummer", "url", "wanneer", "gecontroleerd_op"],
    "initiatieven": ["thema", "doel", "initiatief", "vorm", "hoe", "bron", "bron_url"],
    "methode": ["datum", "wat", "uitleg"],
    "partijen": ["thema", "partij", "rol", "bron", "bron_url"],
    "themas": ["thema", "slug", "titel", "kort", "volgorde", "soort", "kop_indicator"],
    "verborgen": ["soort", "indicator", "niveau", "bron", "bron_url"],
    "voorbehouden": ["voorbehoud", "tekst"],
    "voorbehouden_kort": ["voorbehoud", "tekst"],
    "voorlopig": ["indicator", "periode", "reden", "bron", "bron_url"],
    "vragen": ["thema", "aan", "nr", "vraag"],
    "wat_werkt": [
        *("thema", "aanpak", "effect", "eenheid", "bewijskracht", "land", "jaar"),
        *("bron", "bron_url", "gezien", "gezien_op"),
    ],
}
KEYS = {
    "begrippen": ["begrip"],
    "bijdragen": ["thema", "doel", "wie"],
    "bijnamen": ["bijnaam", "gebied_code"],
    "breuken": ["indicator", "datum"],
    "doelen": ["thema", "doel"],
    "hulplijnen": ["nummer"],
    "initiatieven": ["thema", "doel", "initiatief"],
    "methode": ["datum", "wat"],
    "partijen": ["thema", "partij"],
    "themas": ["volgorde"],
    "verborgen": ["soort", "indicator", "niveau"],
    "voorbehouden": ["voorbehoud"],
    "voorbehouden_kort": ["voorbehoud"],
    "voorlopig": ["indicator", "periode"],
    "vragen": ["thema", "aan", "nr"],
    "wat_werkt": ["thema", "aanpak"],
}
TEXTS = {
    "begrippen": "uitleg",
    "bijdragen": "bijdrage",
    "breuken": "wat",
    "doelen": "uitkomst",
    "hulplijnen": "wanneer",
    "initiatieven": "hoe",
    "methode": "uitleg",
    "partijen": "rol",
    "voorbehouden": "tekst",
    "voorbehouden_kort": "tekst",
    "voorlopig": "reden",
}

STRENGTHS = (
    "overzicht met één gemiddelde",
    "overzicht in woorden",
    "gerandomiseerd",
    "natuurlijk experiment of gespreide invoering",
    "vergelijking met controlegroep of -gebied",
    "voor en na, zonder controle",
    NO_EVIDENCE,
)
FIGURE = r"\d+(,\d+)?"
IN_WORDS = ("daling", "stijging", "geen verschil", "niet eenduidig")

Rows = list[dict[str, str]]
MODELS = load_models(Paths().models)
HEADERS = indicators(MODELS)


def _rows(name: str) -> Rows:
    with (Paths().reference / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


TABLES = {name: _rows(name) for name in COLUMNS}

each_table = pytest.mark.parametrize("name", COLUMNS)


def _column(name: str, column: str) -> list[str]:
    return [row[column] for row in TABLES[name]]


@each_table
def test_columns_are_as_agreed_and_filled(name: str) -> None:
    rows = TABLES[name]
    assert rows, f"{name} is empty"
    assert list(rows[0]) == COLUMNS[name]
    optional = {("verborgen", "indicator"), ("wat_werkt", "jaar")}
    empty = [
        (row, column)
        for row in rows
        for column in COLUMNS[name]
        if (name, column) not in optional
        and row.get("bewijskracht") != NO_EVIDENCE
        and not (row[column] or "").strip()
    ]
    assert not empty


@each_table
def test_rows_are_sorted_and_stated_once(name: str) -> None:
    def key(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[column].casefold().zfill(2) for column in KEYS[name])

    keys = [key(row) for row in TABLES[name]]
    assert keys == sorted(keys)
    assert not [one for one, times in Counter(keys).items() if times > 1]


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_readable(name: str) -> None:
    texts = _column(name, TEXTS[name])
    found = readability("\n\n".join(texts))
    assert not found.too_long, f"{name}: {found.too_long}"
    assert found.mean <= MAX_MEAN, f"{name}: {found.mean:.1f} words a sentence"
    for text in texts:
        assert text[:1].isupper() and text.endswith("."), f"{name}: {text!r} is not a sentence"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (name, column)
        for name, columns in COLUMNS.items()
        for column in ("url", "bron_url")
        if column in columns
    ],
)
def test_sources_have_an_address(name: str, column: str) -> None:
    for address in filter(None, _column(name, column)):
        parts = urlsplit(address)
        assert parts.scheme == "https" and "." in parts.netloc and " " not in address, f"{name}: {address!r}"


def test_an_address_has_one_name() -> None:
    tables = ("bijdragen", "bijnamen", "breuken", "doelen", "initiatieven", "partijen", "wat_werkt")
    names = {(row["bron_url"], row["bron"]) for name in tables for row in TABLES[name] if row["bron_url"]}
    assert not [address for address, times in Counter(url for url, _ in names).items() if times > 1]


def test_local_names_are_of_areas_of_the_embedded_country() -> None:
    """An area that is divided anew would lose its local name without a word."""
    (file,) = (PROJECT / "data" / "voorbeeld" / "pdok_gebieden").glob("*/buurten.parquet")
    buurten = pq.read_table(file, columns=["buurtcode"]).column("buurtcode").to_pylist()
    known = {kind + code[2:end] for code in buurten for kind, end in (("BU", 10), ("WK", 8), ("GM", 6))}
    assert not set(_column("bijnamen", "gebied_code")) - known


def test_caveats_and_indicators_meet() -> None:
    used = {caveat for header in HEADERS.values() for caveat in header.caveat_keys}
    used |= {MANY_VISITORS, *OORZAKEN, VOORLOPIG_AANTAL}  # of a cell, not of an indicator
    used |= {*REASONS, *RANGE_CAVEATS.values()}
    known = set(_column("voorbehouden", "voorbehoud"))
    assert not used - known, f"caveats without a text: {sorted(used - known)}"
    assert not known - used, f"caveats that no indicator has: {sorted(known - used)}"


def test_a_caveat_said_shortly_is_shorter() -> None:
    whole = {row["voorbehoud"]: row["tekst"] for row in TABLES["voorbehouden"]}
    for row in TABLES["voorbehouden_kort"]:
        assert len(row["tekst"]) < len(whole[row["voorbehoud"]]), row


@pytest.mark.parametrize("indicator", sorted(HEADERS))
def test_an_indicator_has_a_caveat_once(indicator: str) -> None:
    caveats = HEADERS[indicator].caveat_keys
    assert caveats
    assert len(set(caveats)) == len(caveats)


def test_themes_and_indicators_meet() -> None:
    used = {header.thema for header in HEADERS.values()}
    assert used == set(_column("themas", "thema"))
    for row in TABLES["themas"]:
        assert row["slug"] == row["thema"].replace("_", "-")
        assert row["soort"] in ("veiligheid", "omstandigheid", "sterkte")
        assert row["kop_indicator"] in HEADERS, f"{row['thema']}: no indicator {row['kop_indicator']!r}"
        assert HEADERS[row["kop_indicator"]].thema == row["thema"]
    assert _column("themas", "volgorde") == [str(place) for place in range(1, len(TABLES["themas"]) + 1)]


def test_breaks_are_of_indicators_and_have_a_month() -> None:
    assert not set(_column("breuken", "indicator")) - set(HEADERS)
    for datum in _column("breuken", "datum"):
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", datum), datum


@pytest.mark.parametrize(
    ("indicator", "datum"),
    [
        ("misdrijven", "2018-07"),
        ("drugshandel", "2018-07"),
        ("wapenhandel", "2018-07"),
        ("overlast_onbegrepen_gedrag", "2020-03"),
        ("overlast", "2020-03"),
        ("online_fraude", "2016-01"),
        ("online_fraude", "2020-04"),
        ("vm_onveilig", "2021-08"),
    ],
)
def test_known_breaks_are_marked(indicator: str, datum: str) -> None:
    assert (indicator, datum) in {(row["indicator"], row["datum"]) for row in TABLES["breuken"]}


def test_the_old_and_the_new_survey_question_never_share_a_period() -> None:
    """CBS compares 2021 with 2023 itself: a break inside the new series would forbid what is fair."""
    new = {name for name in HEADERS if name.startswith(("vm_drugsgebruik_", "vm_drugshandel_"))}
    assert len(new) == 3
    assert not new & set(_column("breuken", "indicator"))
    assert all("opzet_2021" in HEADERS[indicator].caveat_keys for indicator in new)
    assert "oude_vraag" in HEADERS["vm_drugs_veel_overlast_oud"].caveat_keys


def test_hidden_kinds_are_hidden_in_every_wijk_and_buurt() -> None:
    found = {(row["soort"], row["niveau"]) for row in TABLES["verborgen"]}
    kinds = ("1.4.1", "3.2.1", "3.2.2", "3.7.3", "E33", "E41")
    assert found == {(kind, niveau) for kind in kinds for niveau in ("wijk", "buurt")}
    assert not {row["indicator"] for row in TABLES["verborgen"]} - {"", *HEADERS}


def test_no_indicator_shows_a_hidden_kind() -> None:
    hidden = {row["soort"] for row in TABLES["verborgen"] if not row["indicator"]}
    shown = {
        model.name: kind
        for model in MODELS
        if model.indicator is not None
        for kind in hidden
        if f"'{kind}'" in model.sql
    }
    assert not shown, f"list these in verborgen.csv with their indicator: {shown}"


def test_a_sensitive_indicator_stays_at_the_gemeente() -> None:
    """Small counts below it follow from the total and the other kinds: the whole row is left out."""
    left_out = {(row["indicator"], row["niveau"]) for row in TABLES["verborgen"]}
    for name, header in HEADERS.items():
        if header.gevoelig:
            assert {(name, "wijk"), (name, "buurt")} <= left_out


def test_provisional_figures_are_of_indicators() -> None:
    for row in TABLES["voorlopig"]:
        assert row["indicator"] in HEADERS
        assert re.fullmatch(r"20\d\d(-\d\d)?", row["periode"])
    assert ("misdrijven", "2025") in {(row["indicator"], row["periode"]) for row in TABLES["voorlopig"]}


def test_every_safety_theme_names_its_parties() -> None:
    parties = Counter(_column("partijen", "thema"))
    assert not set(parties) - set(_column("themas", "thema"))
    for row in TABLES["themas"]:
        if row["soort"] == "veiligheid":
            assert parties[row["thema"]] >= 4, f"{row['thema']}: {parties[row['thema']]} parties"
            present = {one["partij"] for one in TABLES["partijen"] if one["thema"] == row["thema"]}
            assert {"Gemeente", "Politie"} <= present


SAFETY_PAGES = {path.stem.replace("-", "_") for path in (Paths().docs / "thema").glob("*.md")} - {"index"}


def test_every_theme_with_a_page_has_goals_that_parties_and_residents_share() -> None:
    goals = {(row["thema"], row["doel"]) for row in TABLES["doelen"]}
    assert {thema for thema, _ in goals} == SAFETY_PAGES
    for name in ("bijdragen", "initiatieven"):
        assert {(row["thema"], row["doel"]) for row in TABLES[name]} <= goals, name
    assert {(row["thema"], row["doel"]) for row in TABLES["bijdragen"]} == goals
    assert {row["thema"] for row in TABLES["initiatieven"]} == SAFETY_PAGES


def test_every_theme_with_a_page_asks_residents_and_professionals() -> None:
    asked = Counter((row["thema"], row["aan"]) for row in TABLES["vragen"])
    themes = SAFETY_PAGES | {ALL_THEMES}  # area pages ask the general ones too
    assert set(asked) == {(thema, to) for thema in themes for to in ("bewoners", "professionals")}
    assert set(asked.values()) == {3}
    assert not [row for row in TABLES["vragen"] if not re.fullmatch(r"[A-Z].*\?", row["vraag"])]


def test_findings_say_how_strong_they_are_and_how_they_were_seen() -> None:
    rows = TABLES["wat_werkt"]
    assert {row["thema"] for row in rows} == SAFETY_PAGES | {ALL_THEMES}
    for row in rows:
        assert row["bewijskracht"] in STRENGTHS, row
        date.fromisoformat(row["gezien_op"])
        assert re.fullmatch(r"(19|20)\d\d|", row["jaar"]), row
        unseen = row["bewijskracht"] == NO_EVIDENCE
        assert unseen == (not row["effect"]) == (not row["bron_url"]) == (not row["gezien"]), row
        if not unseen:
            assert re.fullmatch(rf"[+-]?{FIGURE}( tot [+-]?{FIGURE})?|{'|'.join(IN_WORDS)}", row["effect"]), (
                row
            )


def test_approaches_that_fail_or_harm_are_not_left_out() -> None:
    effects = {row["aanpak"]: row["effect"] for row in TABLES["wat_werkt"]}
    assert effects["Gevangenisbezoek om af te schrikken (Scared Straight)"] == "stijging"
    assert effects["Horeca een uur langer open"].startswith("+")
    assert effects["Top600, persoonsgerichte aanpak"] == "geen verschil"


def test_no_finding_rests_on_an_uploaded_copy_or_on_news() -> None:
    copies = (
        r"knowt|booksci|123doc|docplayer|vdocuments|slideshare|1library|ai-bt|studylib|yumpu|researchgate"
    )
    news = (
        r"mr-online|penntoday|miragenews|policeprofessional|gemeente\.nu|ad\.nl|schulinck|beterburen|stap\.nl"
    )
    assert not [url for url in _column("wat_werkt", "bron_url") if re.search(f"{copies}|{news}", url)]


def test_help_lines_can_be_called_and_were_checked() -> None:
    numbers = _column("hulplijnen", "nummer")
    assert {"112", "0900-8844", "0800-7000", "0900-0101", "0800-2000"} <= set(numbers)
    for row in TABLES["hulplijnen"]:
        assert re.fullmatch(r"112|0[89]00-\d{4}", row["nummer"]), row
        date.fromisoformat(row["gecontroleerd_op"])


def test_glossary_has_an_anchor_for_every_term() -> None:
    anchors = _column("begrippen", "anker")
    assert len(set(anchors)) == len(anchors)
    assert not [anchor for anchor in anchors if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", anchor)]
    needed = {"buurt", "wijk", "gemeente", "registratie", "misdrijf", "noemer", "marge", "voorlopig", "breuk"}
    assert needed <= set(_column("begrippen", "begrip"))
