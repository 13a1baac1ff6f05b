"""How one figure is referred to."""

from pipeline.words.reference import Reference

FIGURE = Reference(
    key="grafiek-misdrijven-gm0758",
    title="11.295 misdrijven in Breda in 2025",
    source="Bron: Politie 47018NED, stand 15 januari 2026.",
    modified="2026-01-15",
    page="https://voorbeeld.nl/indicator/misdrijven/",
)
ADDRESS = "https://voorbeeld.nl/indicator/misdrijven/?stand=2026-01-15#grafiek-misdrijven-gm0758"


def test_a_figure_is_named_with_its_vintage() -> None:
    assert FIGURE.address == ADDRESS
    assert FIGURE.apa == (
        "Veiligheidsbeeld. (2026, 15 januari). 11.295 misdrijven in Breda in 2025 [Grafiek]. "
        f"Bron: Politie 47018NED, stand 15 januari 2026. {ADDRESS}"
    )


def test_bibtex_reads_signs_as_text() -> None:
    told = Reference("a", "9,9 % in Kunst & Co_2 {x}", "Bron: RIVM #1.", "", "")
    assert told.bibtex.splitlines() == [
        "@misc{veiligheidsbeeld-a,",
        "  author = {{Veiligheidsbeeld}},",
        r"  title = {{9,9 \% in Kunst \& Co\_2 \{x\}}},",
        r"  note = {Bron: RIVM \#1.},",
        "}",
    ]


def test_without_date_or_address_nothing_is_made_up() -> None:
    told = Reference("a", "Titel", "Bron: CBS.", "", "")
    assert told.apa == "Veiligheidsbeeld. (z.d.). Titel [Grafiek]. Bron: CBS."
    assert told.address == ""
