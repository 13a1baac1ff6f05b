"""Every indicator file: there, complete, fair in its words and readable."""

import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.model import Model, load_models
from pipeline.paths import Paths
from pipeline.words.sentences import Onderwerp, count_phrase
from tests.readability import MAX_MEAN, readability

# The published ids: a URL and a column of every download; an id that disappears breaks both.
IDS = frozenset(
    (
        "misdrijven",
        "woninginbraak",
        "schuurinbraak",
        "fietsdiefstal",
        "diefstal_uit_auto",
        "diefstal_van_auto",
        "bedrijfsinbraak",
        "winkeldiefstal",
        "zakkenrollerij",
        "bedreiging",
        "mishandeling",
        "geweld",
        "vernieling",
        "drugsoverlast_misdrijf",
        "drugshandel",
        "wapenhandel",
        "cybercrime",
        "online_fraude",
        "overlast",
        "overlast_drugs_alcohol",
        "overlast_onbegrepen_gedrag",
        "overlast_jeugd",
        "overlast_zwervers",
        "openbare_dronkenschap",
        "geluid_horeca",
        "geluid_evenement",
        "geluid_overig",
        "vm_drugsgebruik_veel_overlast",
        "vm_drugsgebruik_veel_overlast_personen",
        "vm_drugshandel_veel_overlast",
        "vm_drugs_veel_overlast_oud",
        "vm_onveilig",
        "vm_cohesie",
        "vm_melding",
        "inwoners",
        "jongeren",
        "huishoudens_alleen",
        "huishoudens_kinderen",
        "huishoudgrootte",
        "koopwoningen",
        "woz",
        "inkomen",
        "laag_inkomen",
        "sociaal_minimum",
        "bijstand",
        "stedelijkheid",
        "dichtheid",
        "vrijwilligers",
        "mantelzorg",
        "regie",
        "eenzaam",
        "stress",
        "rondkomen",
        "geluid_buren",
    )
)
SENSITIVE = {"overlast_onbegrepen_gedrag", "overlast_zwervers"}
POLICE_LABEL = "verward persoon"

INDICATORS = tuple(model for model in load_models(Paths().models) if model.indicator is not None)
HEADERS = tuple(model.indicator for model in INDICATORS if model.indicator is not None)


def _name(model: Model) -> str:
    return model.name


each_indicator = pytest.mark.parametrize("model", INDICATORS, ids=_name)


def test_every_published_id_has_a_file() -> None:
    missing = IDS - {model.name for model in INDICATORS}
    assert not missing, f"no file for {sorted(missing)}"


@each_indicator
def test_unit_says_what_is_divided_by(model: Model) -> None:
    header = model.indicator
    assert header is not None
    if header.kind == "verhouding":
        assert header.per == 1000
        assert header.eenheid == f"per 1.000 {header.noemer_soort}"
        assert f"{header.noemer_soort} as noemer" in model.sql, (
            f"{model.path}: noemer is not {header.noemer_soort}"
        )
    else:
        assert not header.eenheid.startswith("per "), f"{model.path}: a meting is not a rate of ours"


@each_indicator
def test_what_is_measured_follows_from_where_it_is_read(model: Model) -> None:
    expected = {
        "core.registratie": "geregistreerd",
        "staging.veiligheidsmonitor_publicaties": "ervaren",
        "core.kerncijfers": "omstandigheid",
        "core.gezondheid": "omstandigheid",
        "core.schoolverlaters": "omstandigheid",
        "core.verdachten": "omstandigheid",
    }
    read = [table for table in expected if re.search(rf"from {re.escape(table)}\b", model.sql)]
    assert len(read) == 1, f"{model.path} reads {read}: registered and experienced figures never meet"
    assert model.indicator is not None
    assert model.indicator.meetwijze == expected[read[0]]


@each_indicator
def test_every_measurement_has_a_range(model: Model) -> None:
    header = model.indicator
    assert header is not None
    if header.kind == "meting":
        bounds = model.checks.accepted_range["waarde"]
        assert set(bounds) == {"min", "max"}
        if header.eenheid == "%":
            assert (bounds["min"], bounds["max"]) == (0, 100)


@each_indicator
def test_circumstances_are_not_called_good_or_bad(model: Model) -> None:
    header = model.indicator
    assert header is not None
    if header.thema == "omstandigheden":
        assert header.richting == "neutraal"
        assert "geen_oorzaak" in header.caveat_keys


@each_indicator
def test_what_depends_on_police_effort_is_neutral(model: Model) -> None:
    header = model.indicator
    assert header is not None
    if "inzet_politie" in header.caveat_keys:
        assert header.richting == "neutraal", f"{model.path}: more controls are not more crime"


def test_people_in_a_vulnerable_position_are_protected() -> None:
    """Sensitive kinds hide counts of 1 to 4 per buurt; the file says why."""
    sensitive = [model for model in INDICATORS if model.indicator is not None and model.indicator.gevoelig]
    assert {model.name for model in sensitive} == SENSITIVE
    for model in sensitive:
        assert model.indicator is not None
        assert model.description, f"{model.path}: say why it is sensitive"
        assert "kwetsbare_mensen" in model.indicator.caveat_keys


def test_the_police_label_stands_in_no_definition(project_root: Path) -> None:
    """Our term is 'onbegrepen gedrag'; the theme page quotes the label, with what is wrong with it."""
    files = [*(model.path for model in INDICATORS), *sorted((project_root / "data/reference").glob("*.csv"))]
    assert not [path.name for path in files if POLICE_LABEL in path.read_text(encoding="utf-8").casefold()]
    definition = next(
        model.indicator.definitie
        for model in INDICATORS
        if model.name == "overlast_onbegrepen_gedrag" and model.indicator
    )
    assert "E33" in definition


@each_indicator
def test_subject_fits_in_a_sentence(model: Model) -> None:
    """'In 2022 registreerde de politie 109 <subject>.'

    A noun has both numbers, 'misdrijf|misdrijven'. A phrase with 'keer' never changes and needs no bar.
    What is not a count never stands in that sentence: there the subject is one noun phrase.
    """
    header = model.indicator
    assert header is not None
    subject = Onderwerp.parse(header.onderwerp)
    assert header.onderwerp == header.onderwerp.strip()
    assert not header.onderwerp.endswith(".")
    if header.kind == "verhouding":
        both = subject.enkelvoud != subject.meervoud
        assert both != subject.meervoud.startswith("keer "), f"{model.path}: subject {header.onderwerp!r}"
        assert "|" not in count_phrase(1, subject) + count_phrase(109, subject)
    else:
        assert "|" not in header.onderwerp, f"{model.path}: {header.onderwerp!r} is not counted"


@pytest.mark.parametrize(
    ("indicator", "one", "many"),
    [
        ("misdrijven", "1 misdrijf", "109 misdrijven"),
        ("openbare_dronkenschap", "1 keer openbare dronkenschap", "109 keer openbare dronkenschap"),
        ("schuurinbraak", "1 schuurinbraak", "109 schuurinbraken"),
        ("bijstand", "1 persoon met bijstand", "109 personen met bijstand"),
    ],
)
def test_subject_agrees_in_number(indicator: str, one: str, many: str) -> None:
    header = next(model.indicator for model in INDICATORS if model.name == indicator)
    assert header is not None
    subject = Onderwerp.parse(header.onderwerp)
    assert (count_phrase(1, subject), count_phrase(109, subject)) == (one, many)


@each_indicator
def test_texts_are_readable(model: Model) -> None:
    header = model.indicator
    assert header is not None
    definition = readability(header.definitie)
    assert not definition.too_long
    assert not readability(header.vraag).too_long
    assert definition.sentences in (1, 2), f"{model.path}: a definition is one or two sentences"
    assert header.vraag.endswith("?")
    assert header.definitie.endswith(".")
    for label in (model.title, header.kort):
        assert label[:1].isupper() and not label.endswith("."), f"{model.path}: {label!r}"
    assert len(header.kort) <= 36, f"{model.path}: {header.kort!r} is too long for a legend"


def test_definitions_are_short_on_the_whole() -> None:
    assert readability("\n\n".join(header.definitie for header in HEADERS)).mean <= MAX_MEAN


def test_order_within_a_theme_is_decided() -> None:
    places = Counter((header.thema, header.volgorde) for header in HEADERS)
    assert not [place for place, times in places.items() if times > 1]


def test_labels_tell_indicators_apart() -> None:
    for labels in ([model.title for model in INDICATORS], [header.kort for header in HEADERS]):
        assert not [label for label, times in Counter(labels).items() if times > 1]


@each_indicator
def test_survey_says_where_it_holds(model: Model) -> None:
    header = model.indicator
    assert header is not None
    survey = header.meetwijze == "ervaren"
    assert survey == {"enquete", "enquete_niveau"}.issubset(header.caveat_keys)
    if "core.gezondheid" in model.sql:
        assert "modelschatting" in header.caveat_keys


@each_indicator
def test_figures_of_another_boundary_are_left_out(model: Model) -> None:
    """Only what holds for the newest division stands in core; the figures of the survey are of no area below."""
    assert re.search(r"from (core\.|staging\.veiligheidsmonitor_publicaties)", model.sql)
    assert "staging.cbs" not in model.sql and "staging.rivm" not in model.sql
