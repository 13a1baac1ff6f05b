"""Where figures are from and of when, in words."""

import pytest

from pipeline.words import provenance

VINTAGE = "2024-04-15 (herleid); inwoners 2024"


def test_a_vintage_is_read_as_words() -> None:
    assert provenance.vintage_in_words(VINTAGE) == "stand 15 april 2024, inwoners 2024"
    assert provenance.vintage_in_words("datum niet vermeld") == "datum niet vermeld"


def test_a_vintage_is_taken_apart() -> None:
    stand = provenance.stand_of(VINTAGE)
    assert (stand, provenance.denominator_of(VINTAGE)) == ("2024-04-15 (herleid)", "inwoners 2024")
    assert provenance.date_in_words(stand) == "15 april 2024"
    assert provenance.date_in_words("datum niet vermeld") == ""


def test_denominators_are_named_once_by_kind_and_year() -> None:
    vintages = [
        "x; inwoners 2024",
        "y; inwoners 2017",
        "z; huishoudens 2020",
        "x; inwoners 2024",
        "datum niet vermeld",
    ]
    assert provenance.denominators(vintages) == {"huishoudens": ["2020"], "inwoners": ["2017", "2024"]}


def test_tables_are_named_once_in_order_and_then_what_was_divided_by() -> None:
    pairs = [
        ("Politie 2", "2026-01-15; inwoners 2024"),
        ("CBS 1", "datum niet vermeld"),
        ("Politie 2", "2026-01-15; inwoners 2020"),
    ]
    tables = "Bron: CBS 1, datum niet vermeld; Politie 2, stand 15 januari 2026."
    assert provenance.sources_of(pairs) == f"{tables} Inwoners: CBS, 2020 en 2024."
    assert provenance.sources_of(pairs[1:2], own="Gemeente X") == "Bron: Gemeente X."


@pytest.mark.parametrize(
    ("stated", "words", "remark"),
    [
        ("", "", ""),
        (
            "Perioden, TableInfos (datums en Period)",
            "de datum en de lijst van perioden",
            "niet bij de bron zelf gezien: de datum en de lijst van perioden",
        ),
        ("grenzen vereenvoudigd, voor een kaart",) * 3,
    ],
)
def test_what_was_not_seen_is_said_without_the_names_of_parts(stated: str, words: str, remark: str) -> None:
    source = provenance.SourceTable(
        "bron", "1", "CBS", "CC BY 4.0", "https://example.org", None, None, "Titel", stated
    )
    assert (source.not_seen, source.remark) == (words, remark)
    assert provenance.source_line(source) == "; ".join(
        filter(None, ["CBS, Titel (1)", "datum niet vermeld", "licentie: CC BY 4.0", remark, source.url])
    )
