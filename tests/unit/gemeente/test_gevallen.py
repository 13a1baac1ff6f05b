"""Small municipal files, each of a kind that was once read wrongly, with its right value.

Rows are invented; see ``gevallen/README.md``.
"""

from pathlib import Path

import pytest

from pipeline.gemeente.account import Mapped
from pipeline.gemeente.definition import read_definition
from pipeline.gemeente.report import report
from pipeline.gemeente.shape import DefinitionError
from tests.unit.gemeente.breda import code_of, drafted, tried
from tests.unit.gemeente.example import complaints, withheld

FOLDER = Path(__file__).parent / "gevallen"
YEAR = ('fixed = ""', 'fixed = "2023"')


def counts(found: Mapped) -> dict[tuple[str, str], int]:
    """Area and period → count, of a file with one indicator."""
    assert complaints(found) == []
    assert len({one.indicator for one in found.figures}) == 1
    return {(one.gebied_code, one.periode): one.aantal or 0 for one in found.figures}


def by_name(**values: int) -> dict[tuple[str, str], int]:
    return {(code_of(name), "2023"): count for name, count in values.items()}


def test_breed_jaar_per_kolom(tmp_path: Path) -> None:
    file = FOLDER / "inwoners_per_jaar.csv"
    _, definition = drafted(file, tmp_path)
    found = counts(tried(definition, file))
    assert len(found) == 5 * 15
    assert found[code_of("Valkenberg"), "2008"] == 1670
    assert found[code_of("Valkenberg"), "2022"] == 2005


def test_dubbele_rij_is_refused_with_both_lines(tmp_path: Path) -> None:
    file = FOLDER / "dubbele_rijen.csv"
    _, definition = drafted(file, tmp_path)
    assert definition.indicators[0].aggregate == "geen"
    found = tried(definition, file)
    assert [one.line for one in found.problems] == [10]
    assert "staat er al op regel 6 (50, nu 50)" in found.problems[0].text


def test_dubbele_rij_of_a_sum_is_refused_or_counted_as_the_maker_says(tmp_path: Path) -> None:
    file = FOLDER / "dubbele_rijen.csv"
    summed = ('kind = "verhouding"', 'kind = "verhouding"\naggregate = "som"')
    _, definition = drafted(file, tmp_path, summed)
    assert "is precies gelijk aan regel 6" in complaints(tried(definition, file))[0]
    _, once = drafted(file, tmp_path, summed, ('kind = "csv"', 'kind = "csv"\ndoubles = "een_keer"'))
    assert counts(tried(once, file))[code_of("City"), "2023"] == 50
    _, both = drafted(file, tmp_path, summed, ('kind = "csv"', 'kind = "csv"\ndoubles = "tellen"'))
    assert counts(tried(both, file))[code_of("City"), "2023"] == 100


def test_duizendtal_punt(tmp_path: Path) -> None:
    file = FOLDER / "duizend.csv"
    _, definition = drafted(file, tmp_path)
    found = counts(tried(definition, file))
    wanted = [1001, 1234, 1500, 1750, 2000, 2345, 3210, 4100]
    assert sorted(found.values()) == wanted


def test_thousands_point_draft(tmp_path: Path) -> None:
    file = FOLDER / "overlastcijfers.csv"
    _, definition = drafted(file, tmp_path)
    found = counts(tried(definition, file))
    wanted = {"City": 1234, "Valkenberg": 987, "Chassé": 1002, "Station": 2310}
    assert {name: found[code_of(name), "2024"] for name in wanted} == wanted


def test_three_digits_behind_a_mark_without_a_word_for_counts_are_asked(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("buurt;jaar;waarde\nCity;2023;1.234\nStation;2023;2.345\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="decimal is leeg: is de punt of komma"):
        drafted(file, tmp_path)


def test_kop_zonder_naam(tmp_path: Path) -> None:
    file = FOLDER / "misdrijven.csv"
    made, definition = drafted(file, tmp_path, YEAR)
    assert definition.form.skip == 0
    assert "nummers of codes, geen cijfers: kolom 1" in made.reasons
    found = tried(definition, file)
    assert complaints(found) == []
    # More than eight columns of figures, and all of them are offered.
    assert len(definition.indicators) == 10
    bavel = {one.indicator: one.aantal for one in found.figures if one.gebied_code == code_of("Bavel")}
    assert bavel["breda_proef_accidents_road"] == 37


@pytest.mark.parametrize(
    "spelling", ["2024 Q{}", "2024KW0{}", "2024 {}e kwartaal", "{}e kwartaal 2024", "Q{} 2024", "2024-K{}"]
)
def test_kwartalen_are_a_year_only_together(tmp_path: Path, spelling: str) -> None:
    file = tmp_path / "kwartaal.csv"
    text = (FOLDER / "kwartaal.csv").read_text(encoding="utf-8").replace("2024 Q1", spelling.format(1))
    file.write_text(text, encoding="utf-8")
    _, definition = drafted(file, tmp_path)
    assert definition.periode.form == "kwartaal"
    assert (
        "2024 is geen heel jaar: van de 4 kwartalen staan alleen 1 erin"
        in complaints(tried(definition, file))[0]
    )
    rows = [f"City;{spelling.format(n)};{n}" for n in range(1, 5)]
    rows += [f"Station;{spelling.format(n)};{n}" for n in range(1, 4)]
    file.write_text("\n".join(["buurt;periode;aantal", *rows]), encoding="utf-8")
    _, definition = drafted(file, tmp_path)
    found = tried(definition, file)
    assert counts(found) == {(code_of("City"), "2024"): 10}
    assert withheld(found) == {"ontbreekt: een deel van het jaar ontbreekt voor dit gebied": 1}


def test_halfjaren_in_every_spelling_add_up(tmp_path: Path) -> None:
    file = tmp_path / "halfjaar.csv"
    file.write_text(
        "buurt;periode;aantal\nCity;2024-1e halfjaar;3\nCity;2e halfjaar 2024;4\n", encoding="utf-8"
    )
    _, definition = drafted(file, tmp_path)
    assert counts(tried(definition, file)) == {(code_of("City"), "2024"): 7}


def test_lat_lon_verwisseld(tmp_path: Path) -> None:
    file = FOLDER / "swap.csv"
    made, definition = drafted(file, tmp_path)
    assert any("lijken verwisseld" in reason for reason in made.reasons)
    assert (definition.gebied.x, definition.gebied.y) == ("lat", "lon")
    found = counts(tried(definition, file))
    assert {periode for _, periode in found} == {"2023"}
    assert sum(found.values()) == 20


def test_x_and_y_that_are_swapped_are_turned_too(tmp_path: Path) -> None:
    file = tmp_path / "rd.csv"
    text = (FOLDER / "meldingen.csv").read_text(encoding="utf-8").replace("X;Y", "Y;X")
    file.write_text(text, encoding="utf-8")
    made, definition = drafted(file, tmp_path)
    assert any("lijken verwisseld" in reason for reason in made.reasons)
    assert sum(counts(tried(definition, file)).values()) == 6


def test_midnight_utc() -> None:
    definition = read_definition(FOLDER / "breda_proefd.toml")
    assert counts(tried(definition, FOLDER / "d.json")) == {("BU07580006", "2024"): 7}


def test_onderdrukte_cellen(tmp_path: Path) -> None:
    file = FOLDER / "markers.csv"
    _, definition = drafted(file, tmp_path)
    assert counts(tried(definition, file)) == by_name(Belcrum=12, Biesdonk=33, Wisselaar=7)


def test_punten_en_plaats(tmp_path: Path) -> None:
    file = FOLDER / "meldingen.csv"
    _, definition = drafted(file, tmp_path)
    assert (definition.gebied.form, definition.indicators[0].aggregate) == ("coordinaten", "aantal")
    found = counts(tried(definition, file))
    assert len(found) == 1
    assert sum(found.values()) == 6


def test_sum_with_hidden_part_is_no_figure() -> None:
    definition = read_definition(FOLDER / "breda_proefa.toml")
    found = tried(definition, FOLDER / "a.csv")
    assert found.figures == ()
    assert "2024 is geen heel jaar" in complaints(found)[0]


def test_sum_with_hidden_part_in_a_whole_year(tmp_path: Path) -> None:
    rows = [f"BU07580001,2024-{month:02},zwerfafval,{month}" for month in range(1, 13)]
    rows += [f"BU07580002,2024-{month:02},zwerfafval,{'<5' if month == 3 else 2}" for month in range(1, 13)]
    file = tmp_path / "a.csv"
    file.write_text("\n".join(["buurt,maand,soort,aantal", *rows]), encoding="utf-8")
    found = tried(read_definition(FOLDER / "breda_proefa.toml"), file)
    assert counts(found) == {("BU07580001", "2024"): 78}
    assert withheld(found) == {"verborgen: een deel van de som is verborgen": 1}


def test_utf16(tmp_path: Path) -> None:
    file = FOLDER / "utf16.csv"
    _, definition = drafted(file, tmp_path)
    assert definition.form.encoding == "utf-16"
    found = counts(tried(definition, file))
    assert sorted(found.values()) == list(range(10, 18))


def test_vast_jaar_ingevuld_only_by_the_maker(tmp_path: Path) -> None:
    file = FOLDER / "jobs_by_buurt.csv"
    with pytest.raises(DefinitionError) as error:
        drafted(file, tmp_path)
    assert "breda_proef.toml: nog 1 vraag open" in str(error.value)
    assert "periode.fixed is leeg: over welk jaar of welke maand gaat het bestand?" in str(error.value)
    _, definition = drafted(file, tmp_path, YEAR)
    assert counts(tried(definition, file))[code_of("Chassé"), "2023"] == 1920


def test_year_to_date() -> None:
    definition = read_definition(FOLDER / "breda_proefc.toml")
    found = tried(definition, FOLDER / "c.csv")
    city = {periode: count for (code, periode), count in counts(found).items() if code == "BU07580006"}
    assert city == {"2023": 182, "2024": 183}
    text = report(definition, found, file="c.csv")
    assert "2025 loopt nog: het bestand gaat tot en met 14 februari 2025" in text


def test_hidden_count_derivable() -> None:
    definition = read_definition(FOLDER / "breda_proefg.toml")
    found = tried(definition, FOLDER / "g.csv")
    shown = counts(found)
    assert shown["BU07580001", "2024"] == 3  # the site shows 'minder dan 5'
    assert shown["BU07580006", "2024"] == 9
    assert ("GM0758", "2024") not in shown
    assert ("WK075800", "2024") not in shown
