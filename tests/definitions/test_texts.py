"""Every hand-written text of the site: readable, neutral, linked."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import jinja2
import pytest

from pipeline.warehouse import MACROS
from pipeline.words.status import MINSTE_INWONERS
from tests.readability import MAX_MEAN, MAX_WORDS, readability, sentences, word_count

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "site" / "docs"
REFERENCE = ROOT / "data" / "reference"
PAGES = sorted(DOCS.rglob("*.md"))
ENGLISH = DOCS / "verantwoording" / "english.md"
GLOSSARY = DOCS / "uitleg" / "begrippen.md"
# For those who change the software.
DECISIONS, ARCHITECTURE = DOCS / "bouwen" / "beslissingen.md", DOCS / "bouwen" / "architectuur.md"

# Generated from the warehouse at build time, so not in the tree.
GENERATED = re.compile(r"^(indicator|gebied|aanpak|vergelijk)/")
LABEL = re.compile(r"verward[e]?\s+perso(?:on|nen)", re.I)
FORBIDDEN = re.compile(
    r"\b(ergste|slechtste|onveiligste|gevaarlijkste|beruchtste|probleem(?:wijk|buurt)\w*|achterstandswijk\w*"
    r"|verwarde|gekke|tuig|top[ -]?(?:3|5|10|20|100))\b",
    re.I,
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
# Any digit in the prose that is not part of a date, code, phone number or definition is a typed-in figure.
TYPED_FIGURE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:procent|%)|\b\d{1,3}\.\d{3}\b|\b\d+\s+duizend\b")
# '1.000' is the unit of a rate, '95 procent' the level of an interval: definitions, not findings.
DEFINITIONS = {"1.000", "95 procent"}
# Words of daily speech and well-known names: the glossary says which meaning holds here, no link is needed.
EVERYDAY = {
    *("aangifte", "bijstand", "buurt", "enquête", "gemeente", "huishouden", "landelijk", "levering"),
    *("mantelzorg", "melding", "misdrijf", "ontbreekt", "overlast", "ervaren overlast", "status", "toeval"),
    *("per 1.000 inwoners", "te weinig inwoners", "verborgen", "voorlopig", "wijk"),
    *("CBS", "CSV", "GGD", "Parquet", "RIVM"),
}

TEXT_COLUMNS = (
    "tekst",
    "uitleg",
    "wat",
    "rol",
    "wanneer",
    "reden",
    "kort",
    "uitkomst",
    "bijdrage",
    "hoe",
    "vraag",
)


def page_id(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


def glossary_terms() -> set[str]:
    with (REFERENCE / "begrippen.csv").open(encoding="utf-8", newline="") as file:
        return {row["begrip"] for row in csv.DictReader(file)}


def definition_texts() -> Iterator[tuple[str, str]]:
    """(where, text) of every sentence that a reader gets from a reference table."""
    for path in sorted(REFERENCE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                for column in TEXT_COLUMNS:
                    if row.get(column):
                        yield f"{path.name}:{number}:{column}", row[column]


def header_texts() -> Iterator[tuple[str, str]]:
    """(where, text) of what the headers of the indicators tell a reader."""
    for path in sorted((ROOT / "pipeline" / "models" / "indicator").glob("*.sql")):
        header = path.read_text(encoding="utf-8").split("/*---")[1].split("---*/")[0]
        fields = tomllib.loads(header)
        for key in ("title", "definition", "question"):
            yield f"{path.name}:{key}", fields[key]


TEXTS = [*definition_texts(), *header_texts()]


def test_there_are_pages() -> None:
    assert len(PAGES) >= 25, [page_id(page) for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_no_line_is_glued_to_the_next(page: Path) -> None:
    """A line break behind a condition falls away: what is said before it would run into the next line."""
    lines = page.read_text(encoding="utf-8").splitlines()
    ends = [line for line in lines if line.endswith("%}") and re.sub(r"\{%.*?%\}", "", line).strip()]
    assert ends == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_sentences_are_short(page: Path) -> None:
    found = readability(page.read_text(encoding="utf-8"))
    assert not found.too_long, f"{page_id(page)}: sentences over 25 words: {found.too_long}"
    assert found.mean <= MAX_MEAN, f"{page_id(page)}: mean sentence {found.mean:.1f} words"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page not in (ENGLISH, GLOSSARY, DECISIONS, ARCHITECTURE)], ids=page_id
)
def test_jargon_is_linked_at_first_use(page: Path) -> None:
    found = readability(page.read_text(encoding="utf-8"), glossary_terms() - EVERYDAY)
    assert not found.jargon, f"{page_id(page)}: no glossary link at the first use of {found.jargon}"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_words_are_neutral(page: Path) -> None:
    prose = "\n".join(sentences(page.read_text(encoding="utf-8")))
    found = [match[0] for match in FORBIDDEN.finditer(prose) if not LABEL.search(prose[match.start() :][:20])]
    assert not found, f"{page_id(page)}: {found}"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_figures_come_from_the_warehouse(page: Path) -> None:
    prose = "\n".join(sentences(page.read_text(encoding="utf-8")))
    typed = {match[0] for match in TYPED_FIGURE.finditer(prose)} - DEFINITIONS
    assert not typed, f"{page_id(page)}: typed-in figures {sorted(typed)}; use a macro"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_internal_links_exist(page: Path) -> None:
    missing = []
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        target = match["target"].split("#")[0]
        if not target or "://" in target or target.startswith("mailto:"):
            continue
        path = (page.parent / target).resolve()
        if not path.is_file() and not GENERATED.match(path.relative_to(DOCS).as_posix()):
            missing.append(target)
    assert not missing, f"{page_id(page)}: links to {missing}"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_page_says_what_it_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"---\n(?:.+\n)*?title: .+\n", text), f"{page_id(page)} has no title"
    assert len(re.findall(r"^# ", text, re.M)) == 1, f"{page_id(page)} needs one first-level heading"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_expressions_can_be_read(page: Path) -> None:
    jinja2.Environment().parse(page.read_text(encoding="utf-8"), filename=str(page))


def test_police_label_is_quoted_once() -> None:
    places = [
        f"{where}: {match[0]}"
        for where, text in [
            *((page_id(page), page.read_text(encoding="utf-8")) for page in PAGES),
            *TEXTS,
        ]
        for match in LABEL.finditer(text)
    ]
    assert len(places) == 1, places
    assert places[0].startswith("thema/onbegrepen-gedrag.md"), places


def test_theme_pages_tell_the_same_story() -> None:
    parts = (
        "## Wat is het?",
        "## Hoe is het gemeten?",
        "### Wat deze cijfers niet zien",
        "## Wat gaat ermee samen?",
    )
    parts += ("## Wie kan iets doen?", "## Wat willen we samen bereiken?", "## Wat kunnen bewoners doen?")
    parts += ("{{ hulplijnen() }}", "## Wat is bekend over aanpakken?", "## Vragen waar", "## Bronnen")
    for page in sorted((DOCS / "thema").glob("*.md")):
        if page.stem == "index":
            continue
        text = page.read_text(encoding="utf-8")
        places = [text.find(part) for part in parts]
        assert -1 not in places, f"{page_id(page)} lacks {[part for part in parts if part not in text]}"
        assert places == sorted(places), f"{page_id(page)}: the parts stand in another order"


def test_sensitive_theme_has_no_map() -> None:
    assert "kaart(" not in (DOCS / "thema" / "onbegrepen-gedrag.md").read_text(encoding="utf-8")


def test_reference_and_header_texts_are_short() -> None:
    found = [(where, sentence) for where, text in TEXTS for sentence in sentences(text)]
    too_long = [f"{where}: {sentence}" for where, sentence in found if word_count(sentence) > MAX_WORDS]
    assert not too_long, too_long
    mean = sum(word_count(sentence) for _, sentence in found) / len(found)
    assert mean <= MAX_MEAN, f"mean sentence {mean:.1f} words"


def test_reference_and_header_texts_are_neutral() -> None:
    found = [f"{where}: {match[0]}" for where, text in TEXTS for match in FORBIDDEN.finditer(text)]
    assert not found, found


def test_texts_name_the_inhabitants_that_a_rate_needs() -> None:
    named = [
        (page.name, int(number))
        for page in sorted(DOCS.rglob("*.md"))
        for number in re.findall(r"minder dan (\d+) mensen", page.read_text(encoding="utf-8"))
        if page.name != "beslissingen.md"
    ]
    assert len(named) >= 3
    assert {number for _, number in named} == {MINSTE_INWONERS}, named


def test_the_warehouse_and_the_words_need_as_many_inhabitants() -> None:
    con = duckdb.connect()
    con.execute(MACROS)
    asked = f"te_weinig_inwoners({MINSTE_INWONERS - 1}), te_weinig_inwoners({MINSTE_INWONERS})"
    assert con.execute(f"select {asked}").fetchall() == [(True, False)]
