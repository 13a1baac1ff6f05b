"""The pages of the embedded example, from the figures that are committed."""

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from markupsafe import Markup

from pipeline.errors import VeiligheidsbeeldError
from pipeline.model import load_models
from pipeline.paths import Paths
from pipeline.site.description.documentation import PUBLISHED_COLUMNS, STATUS_MEANING
from pipeline.site.html import markup
from pipeline.site.text import facts as facts_module
from pipeline.site.text.facts import PageError, load_facts
from pipeline.site.text.pages import PageContext
from tests.unit.site.warehouse import make_warehouse


@pytest.fixture(scope="module")
def context(example_paths: Paths) -> Iterator[PageContext]:
    with PageContext.open(example_paths, site_url="https://example.org/") as context:
        yield context


@pytest.fixture(scope="module")
def generated(generated_pages: Path) -> dict[str, str]:
    """Name of a page to its Markdown."""
    return {
        path.relative_to(generated_pages).as_posix(): path.read_text(encoding="utf-8")
        for path in generated_pages.rglob("*.md")
    }


def render(context: PageContext, markdown: str, page: str = "thema/drugsoverlast.md") -> str:
    return context.render(markdown, page)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("waarde('vm_drugsgebruik_veel_overlast', 'NL00', '2023')", "3,3"),
        ("aantal('misdrijven', 'GM0758', '2012')", "16.589"),
        ("heeft('misdrijven', 'GM0758')", "True"),
        ("heeft('vm_drugsgebruik_veel_overlast', 'GM0758')", "False"),
        ("aantal('misdrijven', 'GM0758', '2025')", "11.295"),
        ("aantal('overlast_drugs_alcohol', 'BU07580006', '2022')", "109"),
        ("aantal_woorden('vm_drugsgebruik_veel_overlast_personen', 'NL00', '2023')", "490 duizend"),
        ("aantal_woorden('vm_drugsgebruik_veel_overlast_personen', 'NL00', '2021')", "440 duizend"),
        ("aantal_woorden('misdrijven', 'GM0758', '2012')", "16.589"),
        ("nieuwste('misdrijven', gemeente_code)", "2025"),
        ("voorbeeld_gemeente", "Breda"),
        ("gemeente_code", "GM0758"),
        ("'ja' if is_voorbeeld else 'nee'", "ja"),
        ("term('buurt')", '<a href="../../uitleg/begrippen/#buurt">buurt</a>'),
    ],
)
def test_a_sentence_gets_its_figure(context: PageContext, call: str, expected: str) -> None:
    assert render(context, f"Zin: {{{{ {call} }}}}.") == f"Zin: {expected}."


@pytest.mark.parametrize(
    ("call", "named"),
    [
        ("waarde('misdrijven', 'GM0758', '1999')", ["misdrijven", "GM0758", "1999"]),
        ("waarde('misdrijven', 'GM0758', '2012')", ["misdrijven", "GM0758", "2012", "geen_noemer"]),
        ("aantal('moorden', 'GM0758', '2012')", ["moorden", "misdrijven"]),
        ("nieuwste('misdrijven', 'GM0001')", ["misdrijven", "GM0001"]),
        ("term('gebrabbel')", ["gebrabbel", "buurt"]),
        ("partijen('gebrabbel')", ["gebrabbel", "partijen.csv"]),
        ("samen('gebrabbel')", ["gebrabbel", "doelen.csv"]),
        ("wat_bekend('gebrabbel')", ["gebrabbel", "wat_werkt.csv"]),
        ("indicatoren('gebrabbel')", ["gebrabbel", "drugsoverlast"]),
        ("gebrabbel()", ["gebrabbel"]),
    ],
)
def test_what_does_not_exist_is_an_error_that_names_it(
    context: PageContext, call: str, named: list[str]
) -> None:
    with pytest.raises(PageError) as error:
        render(context, f"{{{{ {call} }}}}")
    for part in ["thema/drugsoverlast.md", *named]:
        assert part in str(error.value)


def test_heading_ids_of_markdown_are_left_alone(context: PageContext) -> None:
    assert render(context, "## Kop {#kop}\n") == "## Kop {#kop}\n"


def test_links_follow_from_the_place_of_the_page(context: PageContext) -> None:
    assert 'href="indicator/' in render(context, "{{ indicatoren('jeugd') }}", "index.md")
    assert 'href="../indicator/' in render(context, "{{ indicatoren('jeugd') }}", "data/index.md")
    assert 'href="../../indicator/' in render(context, "{{ indicatoren('jeugd') }}", "thema/jeugd.md")


def test_a_table_of_areas_is_alphabetical_and_says_why_a_cell_is_empty(context: PageContext) -> None:
    shown = render(context, "{{ tabel_gebieden('overlast_drugs_alcohol', niveau='buurt') }}")
    names = re.findall(r'<th scope="row"><a href="\.\./\.\./gebied/bu\w+/">([^<]+)</a>', shown)
    assert len(names) == 56
    assert names == sorted(names, key=lambda name: name.lower().replace("é", "e"))
    assert '<td class="vb-leeg">te weinig inwoners</td>' in shown
    assert "Bron: Politie 47024NED" in shown


def test_wijken_are_alphabetical_with_ticks_for_gemeente_and_country(context: PageContext) -> None:
    shown = render(context, "{{ wijken('overlast_drugs_alcohol', gemeente_code) }}")
    assert 'data-grafiek="rijen"' in shown
    names = re.findall(r'<th scope="row">([^<]+)</th>', shown)
    assert names[:-2] == sorted(names[:-2], key=str.lower)
    assert set(names[-2:]) == {"Breda", "Nederland"}
    assert "per wijk in Breda, 2022" in shown


def test_a_level_without_figures_is_said_in_words(context: PageContext) -> None:
    shown = render(context, "{{ tabel_gebieden('woninginbraak', niveau='buurt') }}")
    assert "geen cijfers per buurt" in shown


def test_a_table_too_long_to_read_becomes_a_download(context: PageContext, example_paths: Paths) -> None:
    context = PageContext(dataclasses.replace(context.facts, readable_rows=50), example_paths.templates)
    shown = render(context, "{{ tabel_gebieden('overlast_jeugd', niveau='buurt') }}")
    assert "<table" not in shown
    assert "../../indicator/overlast-jeugd/overlast-jeugd.zip" in shown
    listed = render(context, "{{ lijst_gebieden() }}", "gebied/index.md")
    assert "../gebied/gm0758/" in listed
    assert "bu07580006" not in listed


def test_areas_that_a_store_knows_nothing_of_do_not_make_a_table_too_long(
    context: PageContext, example_paths: Paths, tmp_path: Path
) -> None:
    with duckdb.connect(shutil.copy(example_paths.warehouse, tmp_path)) as con:
        con.execute(
            "update mart.cijfer set status = 'ontbreekt', oorzaak = 'niet_in_voorbeeld', teller = null,"
            " waarde = null where indicator = 'overlast_jeugd' and gebied_code like 'BU075802__'"
        )
        unknown, *_ = con.execute(
            "select count(*) from mart.cijfer where oorzaak = 'niet_in_voorbeeld'"
            " and indicator = 'overlast_jeugd' and gebied_niveau = 'buurt'"
        ).fetchone() or (0,)
        facts = load_facts(con, context.facts.models)
        for most, says in ((50, f"Van {unknown} andere gebieden"), (60, "niet in dit voorbeeld")):
            limited = PageContext(dataclasses.replace(facts, readable_rows=most), example_paths.templates)
            shown = render(limited, "{{ tabel_gebieden('overlast_jeugd', niveau='buurt') }}")
            names = re.findall(r'<th scope="row"><a href="[^"]+/gebied/bu', shown)
            assert len(names) == (56 - unknown if most < 56 else 56)
            assert says in shown
    assert 56 - unknown <= 50


def test_a_table_of_the_newest_figures_says_where_the_gemeenten_are_that_it_has_no_room_for(
    context: PageContext, example_paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = render(context, "{{ tabel_nieuwste('misdrijven') }}", "indicator/misdrijven.md")
    assert "gebied/gm0758/" in whole and "andere gemeente" not in whole
    monkeypatch.setattr(facts_module, "FULL_EXCEL_GEMEENTEN", 0)
    short = PageContext(dataclasses.replace(context.facts), example_paths.templates)
    shown = render(short, "{{ tabel_nieuwste('misdrijven') }}", "indicator/misdrijven.md")
    assert "gebied/nl00/" in shown and "gebied/gm0758/" not in shown
    assert 'Van 1 andere gemeente staat het nieuwste cijfer in <a href="' in shown
    assert "misdrijven.csv" in shown


def test_the_list_of_areas_links_every_page_of_the_example(context: PageContext) -> None:
    listed = render(context, "{{ lijst_gebieden() }}", "gebied/index.md")
    links = re.findall(r'href="\.\./gebied/(\w+)/"', listed)
    assert len(links) == len(set(links)) == 1 + 1 + 11 + 56


def test_lists_of_the_data_pages_are_complete(context: PageContext) -> None:
    dictionary = render(context, "{{ woordenboek() }}", "data/woordenboek.md")
    for name in (*PUBLISHED_COLUMNS, *STATUS_MEANING, *context.facts.documentation.caveats):
        assert f"<code>{name.replace('_', '&#95;')}</code>" in dictionary
    sources = render(context, "{{ lijst_bronnen() }}", "bronnen/index.md")
    for source in context.facts.documentation.sources:
        assert source.tabel.replace("_", "&#95;") in sources
    files = render(context, "{{ downloads() }}", "data/index.md")
    for file in ("alles.parquet", "gemeente/gm0758.zip", "gemeente/gm0758.xlsx"):
        assert f'href="../data/bestanden/{file}"' in files
    assert 'href="../indicator/misdrijven/misdrijven.zip"' in files
    assert "vm-melding.zip" not in files  # an indicator without figures has no file


def test_glossary_has_the_anchor_of_every_term(context: PageContext) -> None:
    glossary = render(context, "{{ begrippen() }}", "uitleg/begrippen.md")
    for word, _, anchor in context.facts.rows("select begrip, uitleg, anker from reference.begrippen"):
        assert f'#{anchor}"' in render(context, f"{{{{ term({word!r}) }}}}")
        assert f'<dt id="{anchor}">' in glossary


def test_help_lines_start_with_the_emergency_number_and_name_the_day(context: PageContext) -> None:
    shown = render(context, "{{ hulplijnen() }}")
    assert shown.index("<strong>112</strong>") < shown.index("<strong>0900-8844</strong>")
    assert re.search(r"Nagekeken op \d+ \w+ 20\d\d\.", shown)


def test_parties_stand_in_the_order_of_their_names(context: PageContext) -> None:
    themes = [thema for (thema,) in context.facts.rows("select distinct thema from reference.partijen")]
    for thema in themes:
        named = re.findall(r"<strong>(.*?)</strong>", render(context, f"{{{{ partijen({thema!r}) }}}}"))
        assert len(named) > 1
        assert named == sorted(named, key=str.casefold), thema


def test_a_chart_with_a_provisional_year_says_what_its_open_point_is(context: PageContext) -> None:
    note = "Een open punt is voorlopig."
    assert note in render(context, "{{ lijn('misdrijven', 'GM0758') }}")
    assert note not in render(context, "{{ lijn('overlast_jeugd', 'NL00') }}")


def test_every_written_text_renders(context: PageContext, example_paths: Paths) -> None:
    texts = sorted(example_paths.docs.rglob("*.md"))
    assert texts
    for text in texts:
        rendered = context.render(
            text.read_text(encoding="utf-8"), text.relative_to(example_paths.docs).as_posix()
        )
        assert "{{" not in rendered


def test_every_indicator_has_a_page(generated: dict[str, str], context: PageContext) -> None:
    indicators = context.facts.documentation.indicators
    of_indicators = [name for name in generated if name.startswith("indicator/")]
    assert sorted(of_indicators) == sorted(f"indicator/{one.slug}.md" for one in indicators)
    for one in indicators:
        page = generated[f"indicator/{one.slug}.md"]
        for part in (one.titel, one.vraag, one.definitie, f"indicator/{one.indicator}.sql", "## Bron"):
            assert str(markup.text(part)) in page or part in page
        for key in one.caveat_keys:
            assert str(markup.text(context.facts.documentation.caveat(key))) in page


def test_an_indicator_page_shows_figures_source_breaks_and_citation(generated: dict[str, str]) -> None:
    page = generated["indicator/misdrijven.md"]
    for part in (
        "11.295",
        "47018NED",
        "15 januari 2026",
        "juli 2018",
        "bewerking van Politie (47018NED, stand 15 januari 2026",
        "indicator/misdrijven/misdrijven.zip",
        "core.registratie".replace("_", "&#95;"),
        "where rubriek = 'misdrijf' and soort = '0.0.0'",
        "toeval en over gewone schommeling",
    ):
        assert part in page


def test_an_indicator_without_figures_says_so(generated: dict[str, str]) -> None:
    page = generated["indicator/vm-melding.md"]
    assert "staat hier nog niets" in page
    assert "Er is nog niets om te downloaden." in page
    assert "bestanden/indicator" not in page


def test_names_from_the_data_stay_text() -> None:
    # synthetic: no name of the example has markup in it
    con = make_warehouse()
    con.execute("insert into reference.voorbehouden values ('x', '<b>*vet*</b> {{ 1 }}')")
    facts = load_facts(con, load_models(Paths().models), gemeenten=["GM0758"])
    listed = PageContext(facts, Paths().templates).render("{{ lijst_gebieden() }}", "gebied/index.md")
    assert "<script" not in listed
    assert "{{" not in listed
    assert "&#60;script&#62;" in listed
    assert "elders" not in listed.lower()  # a gemeente without pages


def test_a_gemeente_that_is_not_there_is_refused() -> None:
    with pytest.raises(VeiligheidsbeeldError, match="GM0001"):
        load_facts(make_warehouse(), (), gemeenten=["GM0001"])


def test_only_web_and_mail_addresses_become_links() -> None:
    with pytest.raises(ValueError, match="javascript"):
        markup.link("javascript:alert(1)", "klik")
    assert markup.link("../a/?b=c&d", Markup("<b>x</b>")) == '<a href="../a/?b=c&amp;d"><b>x</b></a>'


def test_a_goal_shows_who_brings_what_and_what_residents_can_start(context: PageContext) -> None:
    shown = render(context, "{{ samen('inbraak') }}")
    for goal, of in re.findall(r"### (.*?)\n(.*?)(?=###|\Z)", shown, re.S):
        assert not goal.endswith(".")
        brought, _, started = of.partition("Wat kunnen bewoners zelf beginnen?")
        assert brought.count("<li>") >= 1, goal
        assert started.count("<li>") >= 1, goal
        assert of.count("<a href=") == 1 + of.count("<li>"), f"{goal}: a statement without its source"


def test_findings_stand_with_their_strength_and_common_approaches_without_any_are_named(
    context: PageContext,
) -> None:
    shown = render(context, "{{ wat_bekend('jeugd') }}")
    assert '<table class="vb-stapel">' in shown
    assert '<td data-kop="Bewijskracht">overzicht met één gemiddelde (internationaal, 2018)</td>' in shown
    assert '<td data-kop="Gevonden effect">−6 procentpunt recidive' in shown
    assert '<td data-kop="Gevonden effect">stijging: kans op nieuwe delicten' in shown
    table, _, without = shown.partition("Geen bewijs gezien.")
    assert "Buurtvaders" in without and "Buurtvaders" not in table
    assert "geen bewijs gezien" not in table


def test_a_theme_without_a_finding_still_names_what_was_not_seen(context: PageContext) -> None:
    shown = render(context, "{{ wat_bekend('geluid') }}")
    assert "<table" not in shown
    assert "<li>Buurtbemiddeling (alleen gezien hoeveel" in shown


def test_questions_stand_by_whom_they_are_put_to(context: PageContext) -> None:
    shown = render(context, "{{ vragen('jeugd') }}")
    residents, _, professionals = shown.partition("Aan professionals")
    assert residents.count("?</li>") == professionals.count("?</li>") == 3
    assert "vaste groep" in professionals


def test_a_goal_that_residents_can_start_nothing_for_has_no_empty_list(context: PageContext) -> None:
    shown = render(context, "{{ samen('jeugd') }}")
    assert shown.count("Wie brengt wat?") == 2
    assert shown.count("Wat kunnen bewoners zelf beginnen?") == 1


def test_themes_hold_for_a_gemeente_without_nuisance(example_paths: Paths, tmp_path: Path) -> None:
    """A fork of the example may show another gemeente than the one whose nuisance is in it."""
    copy = tmp_path / "veiligheid.duckdb"
    shutil.copy(example_paths.warehouse, copy)
    with duckdb.connect(str(copy)) as con:
        con.execute(
            "delete from mart.cijfer where gebied_code != 'NL00' and (indicator like 'overlast%'"
            " or indicator like 'geluid%' and indicator != 'geluid_buren')"
        )
        facts = load_facts(con, load_models(Paths().models), gemeenten=["GM0758"])
        context = PageContext(facts, Paths().templates)
        for name in ("drugsoverlast", "geluid", "jeugd"):
            text = (Paths().docs / "thema" / f"{name}.md").read_text(encoding="utf-8")
            said = context.render(text, f"thema/{name}.md")
            assert "De kaart toont" not in said
            assert "Per buurt zijn hier geen cijfers." in said
