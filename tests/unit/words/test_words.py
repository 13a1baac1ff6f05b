"""Numbers, dates, places and sentences in Dutch; made-up counts, because these are edge cases."""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest

from pipeline.words.numbers import (
    figure_decimals,
    format_date,
    format_figure,
    format_number,
    format_period,
    in_unit,
    join_words,
)
from pipeline.words.sentences import (
    OORDELEN,
    Onderwerp,
    Plaats,
    Telling,
    Vergelijking,
    area_phrase,
    area_sentences,
    count_phrase,
    in_area,
    nothing_known,
    other_boundary,
    provisional,
    without_rate,
)
from pipeline.words.status import STATUSSEN

DRUGS = Onderwerp.parse("keer overlast door alcohol of drugs")
MISDRIJF = Onderwerp.parse("misdrijf|misdrijven")
CITY = Plaats("City", "buurt")
BREDA = Plaats("Breda", "gemeente")
NEDERLAND = Plaats("Nederland", "land")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (109, 0, "109"),
        (16589, 0, "16.589"),
        (17942942, 0, "17.942.942"),
        (3.3, 1, "3,3"),
        (3.25, 1, "3,3"),  # halves away from zero, not to even
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.04, 1, "0,0"),  # no minus zero
        (1234.5, 2, "1.234,50"),
        (Decimal("3.45"), 1, "3,5"),
    ],
)
def test_format_number(value: float, decimals: int, text: str) -> None:
    assert format_number(value, decimals=decimals) == text


@pytest.mark.parametrize("decimals", [0, 1, 2, 3])
def test_every_number_is_rounded_as_it_is_written(decimals: int) -> None:
    """By its own digits: 1.005 is a half with two decimals, though the binary value lies just below."""
    step = Decimal(1).scaleb(-decimals)
    for value in (*(n / 2000 for n in range(12_000)), 1e-7, 5e-05, 123_456_789.125, 1e16, 2.5e17):
        exact = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
        assert Decimal(format_number(value, decimals=decimals).replace(".", "").replace(",", ".")) == exact


@dataclass(frozen=True)
class Maat:
    kind: str
    decimalen: int = 1
    voorbehoud: str = "enquete"


PER_DUIZEND = Maat("verhouding")


@pytest.mark.parametrize(
    ("figures", "texts"),
    [
        ((39.9, 32.8, 48.1), ("39,9", "32,8", "48,1")),
        ((2.0, 0.05, 11.1), ("2,0", "0,1", "11,1")),
        ((0.0, 0.0, 3.7), ("0,0", "0,0", "3,7")),  # nothing counted is a zero
        ((0.25,), ("0,25",)),  # two figures below 1
        ((0.0098,), ("0,01",)),
        ((0.0031,), ("0,003",)),  # above zero, so never written as zero
        ((1.0, 0.025, 5.57), ("1,00", "0,03", "5,57")),
        ((3.312, 3.2855, 3.3387), ("3,31", "3,29", "3,34")),  # bounds that differ look different
        ((0.0098, 0.0084, 0.0114), ("0,010", "0,008", "0,011")),
        ((3.3, None, None), ("3,3", "", "")),
        ((0.0061, 0.0056, 0.015), ("0,01", "0,01", "0,02")),  # a half is written, so it does not vanish
        ((0.0217, 0.015, 0.0225), ("0,022", "0,015", "0,023")),
    ],
)
def test_a_rate_has_the_decimals_that_its_size_needs(
    figures: tuple[float | None, ...], texts: tuple[str, ...]
) -> None:
    value, *bounds = figures
    assert value is not None
    decimals = figure_decimals(PER_DUIZEND, value, *bounds)
    assert tuple("" if one is None else format_number(one, decimals=decimals) for one in figures) == texts


@pytest.mark.parametrize(
    ("maat", "value", "text"),
    [
        (PER_DUIZEND, 0.9, "0,90"),
        (Maat("meting"), 0.9, "0,9"),  # the source has no second decimal
        (Maat("meting"), 4.0, "4,0"),
        (Maat("meting", voorbehoud="enquete;uit_publicatie"), 4.0, "4"),  # a publication wrote '4 procent'
        (Maat("meting", voorbehoud="enquete;uit_publicatie"), 3.5, "3,5"),
    ],
)
def test_a_measurement_has_the_decimals_of_its_source(maat: Maat, value: float, text: str) -> None:
    assert format_figure(maat, value) == text


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_number_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=str(value)):
        format_number(value)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-01-15", "15 januari 2026"),
        ("2024-08-01", "1 augustus 2024"),
        ("2024-04-15T02:00:00", "15 april 2024"),
    ],
)
def test_format_date(text: str, written: str) -> None:
    assert format_date(text) == written


@pytest.mark.parametrize("text", ["", "2024", "2024-13-01", "gisteren"])
def test_format_date_names_what_it_cannot_read(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(text))):
        format_date(text)


@pytest.mark.parametrize(("periode", "written"), [("2022", "2022"), ("2022-03", "maart 2022")])
def test_format_period(periode: str, written: str) -> None:
    assert format_period(periode) == written


@pytest.mark.parametrize("periode", ["22", "2022JJ00", "2022-x", "2022-13"])
def test_format_period_refuses_codes(periode: str) -> None:
    with pytest.raises(ValueError, match=re.escape(periode.partition("-")[2] or periode)):
        format_period(periode)


@pytest.mark.parametrize(
    ("words", "joined"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_join_words(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


@pytest.mark.parametrize(
    ("teller", "onderwerp", "phrase"),
    [
        (0, MISDRIJF, "geen misdrijven"),
        (1, MISDRIJF, "1 misdrijf"),
        (2, MISDRIJF, "2 misdrijven"),
        (16589, MISDRIJF, "16.589 misdrijven"),
        (0, DRUGS, "geen enkele keer overlast door alcohol of drugs"),
        (1, DRUGS, "1 keer overlast door alcohol of drugs"),
        (109, DRUGS, "109 keer overlast door alcohol of drugs"),
    ],
)
def test_counts_agree_with_their_noun(teller: int, onderwerp: Onderwerp, phrase: str) -> None:
    assert count_phrase(teller, onderwerp) == phrase


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        count_phrase(-1, MISDRIJF)


@pytest.mark.parametrize("text", ["", "a|b|c", "misdrijf|"])
def test_a_subject_that_is_not_one_or_two_phrases_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(text))):
        Onderwerp.parse(text)


@pytest.mark.parametrize(
    ("naam", "niveau", "phrase"),
    [
        ("City", "buurt", "in de buurt City"),
        ("Teteringen", "wijk", "in de wijk Teteringen"),
        ("Breda", "gemeente", "in Breda"),
        ("'s-Gravenhage", "gemeente", "in 's-Gravenhage"),
        ("De Bilt", "gemeente", "in De Bilt"),
        ("Nederland", "land", "in Nederland"),
        ("'t Zand", "buurt", "in de buurt 't Zand"),
        ("de Haven", "wijk", "in de wijk de Haven"),
        ("Wijk 00 Annen", "wijk", "in Wijk 00 Annen"),  # already says what it is
        ("Buurt 12", "buurt", "in Buurt 12"),
        ("Buurtpark", "buurt", "in de buurt Buurtpark"),
        ("  City\n west ", "buurt", "in de buurt City west"),
    ],
)
def test_places_get_preposition_and_article(naam: str, niveau: str, phrase: str) -> None:
    assert in_area(Plaats(naam, niveau)) == phrase
    assert phrase == f"in {area_phrase(Plaats(naam, niveau))}"


@pytest.mark.parametrize(("naam", "niveau"), [("City", "straat"), (" ", "buurt")])
def test_a_place_needs_a_name_and_a_known_niveau(naam: str, niveau: str) -> None:
    with pytest.raises(ValueError, match=f"{niveau!r}"):
        Plaats(naam, niveau)


def telling(
    teller: int | None = 109,
    *,
    status: str = "ok",
    onder: float | None = 89.5,
    boven: float | None = 131.49,
    periode: str = "2022",
    onderwerp: Onderwerp = DRUGS,
    oorzaak: str | None = None,
    voorlopig: bool = False,
) -> Telling:
    return Telling(onderwerp, periode, status, teller, onder, boven, oorzaak=oorzaak, voorlopig=voorlopig)


def sentences(
    plaats: Plaats = CITY,
    one: Telling | None = None,
    *,
    geheel: int | None = None,
    vergelijkingen: tuple[Vergelijking, ...] = (),
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    zinnen = area_sentences(
        plaats, one or telling(), geheel=geheel, gemeente="Breda", vergelijkingen=vergelijkingen
    )
    return zinnen.aantal, zinnen.vergelijking, zinnen.zekerheid


@pytest.mark.parametrize(
    ("one", "geheel", "aantal"),
    [
        (
            telling(109),
            675,
            (
                "In 2022 registreerde de politie in de buurt City 109 keer overlast door alcohol of drugs.",
                "In heel Breda waren het er 675.",
            ),
        ),
        (
            telling(1),
            1,
            (
                "In 2022 registreerde de politie in de buurt City 1 keer overlast door alcohol of drugs.",
                "In heel Breda was het er 1.",
            ),
        ),
        (
            telling(0, periode="2022-03"),
            0,
            (
                "In maart 2022 registreerde de politie in de buurt City "
                "geen enkele keer overlast door alcohol of drugs.",
                "In heel Breda was er ook geen registratie.",
            ),
        ),
        (
            telling(None, status="minder_dan_5", onder=None, boven=None),
            675,
            (
                "In 2022 registreerde de politie in de buurt City "
                "minder dan 5 keer overlast door alcohol of drugs.",
            ),
        ),
        (
            telling(None, status="ontbreekt", onder=None, boven=None),
            675,
            ("Over overlast door alcohol of drugs in de buurt City is geen cijfer gepubliceerd.",),
        ),
        (
            telling(None, status="ontbreekt", onder=None, boven=None, oorzaak="niet_in_voorbeeld"),
            675,
            ("Dit voorbeeld heeft geen cijfer over overlast door alcohol of drugs in de buurt City.",),
        ),
        (
            telling(None, status="ontbreekt", onder=None, boven=None, oorzaak="niet_in_opslag"),
            675,
            ("Over overlast door alcohol of drugs in de buurt City is hier geen cijfer opgehaald.",),
        ),
        (
            telling(None, status="verborgen", onderwerp=MISDRIJF),
            None,
            (
                "Over misdrijven in de buurt City staat hier geen cijfer.",
                "Dat is om mensen te beschermen.",
            ),
        ),
    ],
)
def test_how_many(one: Telling, geheel: int | None, aantal: tuple[str, ...]) -> None:
    assert sentences(one=one, geheel=geheel)[0] == aantal


def test_the_gemeente_is_not_compared_with_itself_as_a_whole() -> None:
    assert sentences(BREDA, geheel=675)[0] == (
        "In 2022 registreerde de politie in Breda 109 keer overlast door alcohol of drugs.",
    )


def against(oordeel: str | None, plaats: Plaats | None = BREDA, periode: str = "2022") -> Vergelijking:
    return Vergelijking(plaats, periode, oordeel)


@pytest.mark.parametrize(
    ("vergelijkingen", "zinnen"),
    [
        (
            (against("hoger"), against("hoger", NEDERLAND)),
            ("Per 1.000 inwoners meer dan in Breda en in Nederland.",),
        ),
        (
            (against("hoger"), against("lager", NEDERLAND)),
            ("Per 1.000 inwoners meer dan in Breda, maar minder dan in Nederland.",),
        ),
        (
            (against("ongeveer gelijk"), against("lager", NEDERLAND)),
            ("Per 1.000 inwoners niet duidelijk meer of minder dan in Breda en minder dan in Nederland.",),
        ),
        (
            (against("ongeveer gelijk"), against("ongeveer gelijk", NEDERLAND)),
            ("Per 1.000 inwoners niet duidelijk meer of minder dan in Breda en in Nederland.",),
        ),
        (
            (against("hoger", periode="2022"), against("lager", NEDERLAND, "2020")),
            (
                "Per 1.000 inwoners meer dan in Breda.",
                "In 2020 minder dan in Nederland.",
            ),
        ),
        (
            (against(None), against("lager", NEDERLAND)),
            ("Per 1.000 inwoners minder dan in Nederland.",),
        ),
        (
            (against("hoger"), against("lager", NEDERLAND, "2020"), against("ongeveer gelijk", None)),
            (
                "Per 1.000 inwoners meer dan in Breda.",
                "Niet duidelijk meer of minder dan in vergelijkbare buurten.",
                "In 2020 minder dan in Nederland.",
            ),
        ),
        (
            (against("hoger", NEDERLAND, "2020"), against("lager", None)),
            (
                "Per 1.000 inwoners minder dan in vergelijkbare buurten.",
                "In 2020 meer dan in Nederland.",
            ),
        ),
        (
            (against("hoger", periode="2020"), against("lager", NEDERLAND, "2019")),
            ("Per 1.000 inwoners in 2020 meer dan in Breda.", "In 2019 minder dan in Nederland."),
        ),
        ((against(None),), ("Er is geen jaar waarin dit gebied met een ander te vergelijken is.",)),
        ((), ("Er is geen jaar waarin dit gebied met een ander te vergelijken is.",)),
    ],
)
def test_comparisons_follow_the_verdict(
    vergelijkingen: tuple[Vergelijking, ...], zinnen: tuple[str, ...]
) -> None:
    assert sentences(vergelijkingen=vergelijkingen)[1] == zinnen


@pytest.mark.parametrize(
    ("status", "teller", "zin"),
    [
        (
            "te_klein",
            3,
            "Er wonen minder dan 200 mensen, dus vergelijken per 1.000 inwoners is hier niet eerlijk.",
        ),
        (
            "geen_noemer",
            3,
            "Voor 2022 kennen we geen aantal inwoners van precies dit gebied, dus vergelijken kan niet.",
        ),
        ("ontbreekt", None, "Zonder precies cijfer is een vergelijking niet mogelijk."),
        ("verborgen", None, "Zonder precies cijfer is een vergelijking niet mogelijk."),
        ("minder_dan_5", None, "Zonder precies cijfer is een vergelijking niet mogelijk."),
    ],
)
def test_no_comparison_says_why(status: str, teller: int | None, zin: str) -> None:
    assert sentences(one=telling(teller, status=status))[1] == (zin,)


def test_the_country_is_compared_with_nothing() -> None:
    assert sentences(NEDERLAND, vergelijkingen=(against("lager"),))[1] == (
        "Met dit landelijke cijfer zijn andere gebieden te vergelijken.",
    )


@pytest.mark.parametrize(
    ("one", "zinnen"),
    [
        # Bounds go outwards: the text may not promise more than the interval.
        (
            telling(),
            (
                "Dit aantal past bij een gemiddelde van 89 tot 132 per jaar.",
                "Ook zonder verandering schommelt zo'n aantal.",
            ),
        ),
        (
            telling(0, onder=0.0, boven=3.69, periode="2022-03"),
            (
                "Dit aantal past bij een gemiddelde van 0 tot 4 per maand.",
                "Ook zonder verandering schommelt zo'n aantal.",
                "Geen registratie betekent niet dat er niets gebeurt.",
            ),
        ),
        (
            telling(5, status="voorlopig", onder=None, boven=None),
            ("Dit cijfer is voorlopig en kan nog veranderen.",),
        ),
        (telling(None, status="ontbreekt"), ("Geen cijfer is iets anders dan nul.",)),
        (
            telling(None, status="minder_dan_5"),
            ("Het precieze aantal staat hier niet, om mensen te beschermen.",),
        ),
    ],
)
def test_how_sure(one: Telling, zinnen: tuple[str, ...]) -> None:
    assert sentences(one=one)[2] == zinnen


@pytest.mark.parametrize("status", STATUSSEN)
@pytest.mark.parametrize("onderwerp", [DRUGS, MISDRIJF])
@pytest.mark.parametrize("plaats", [CITY, Plaats("Buitengebied Prinsenbeek", "wijk"), BREDA, NEDERLAND])
@pytest.mark.parametrize("oordeel", [None, *OORDELEN])
def test_every_case_reads_as_short_whole_sentences(
    status: str, onderwerp: Onderwerp, plaats: Plaats, oordeel: str | None
) -> None:
    counted = status in ("ok", "te_klein", "geen_noemer", "voorlopig")
    for teller in (0, 1, 16589) if counted else (None,):
        one = telling(teller, status=status, onderwerp=onderwerp)
        groups = sentences(
            plaats, one, geheel=20000, vergelijkingen=(against(oordeel), against("hoger", NEDERLAND))
        )
        assert all(groups)
        for sentence in (sentence for group in groups for sentence in group):
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            assert len(sentence.split()) <= 25, sentence
            assert not re.search(r"\b(None|nan|jij|je|jouw|u|uw)\b|  ", sentence), sentence


@pytest.mark.parametrize(("status", "teller"), [("ok", None), ("ok", -1), ("ontbreekt", 3), ("fout", 1)])
def test_a_count_that_contradicts_its_status_is_refused(status: str, teller: int | None) -> None:
    with pytest.raises(ValueError, match=status):
        telling(teller, status=status)


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="slechter"):
        against("slechter")


@pytest.mark.parametrize(
    ("geheel", "said"),
    [
        (None, "Dit cijfer is voorlopig en kan nog veranderen."),
        (675, "Deze cijfers zijn voorlopig en kunnen nog veranderen."),
    ],
)
def test_two_counts_are_provisional_together(geheel: int | None, said: str) -> None:
    one = telling(5, status="voorlopig", onder=None, boven=None)
    counts, _, sure = sentences(one=one, geheel=geheel)
    assert sure == (said,) == provisional(one, counts=len(counts))


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ({"ontbreekt"}, ("Over overlast in de buurt City zijn geen cijfers gepubliceerd.",)),
        (
            {"verborgen"},
            (
                "Over overlast in de buurt City staan hier geen cijfers.",
                "Dat is om mensen te beschermen.",
            ),
        ),
        (
            {"ontbreekt", "verborgen"},
            (
                "Over overlast in de buurt City zijn geen cijfers gepubliceerd.",
                "Een deel staat hier niet om mensen te beschermen.",
            ),
        ),
        ({"andere_grens"}, ("Over overlast in de buurt City zijn er geen cijfers van precies dit gebied.",)),
        ({"niet_in_opslag"}, ("Over overlast in de buurt City zijn hier geen cijfers opgehaald.",)),
        (
            # What the example lacks goes before what may have been another area.
            {"andere_grens", "niet_in_voorbeeld", "verborgen"},
            (
                "Dit voorbeeld heeft geen cijfers over overlast in de buurt City.",
                "Een deel staat hier niet om mensen te beschermen.",
            ),
        ),
    ],
)
def test_nothing_known_says_why(statuses: set[str], said: tuple[str, ...]) -> None:
    assert nothing_known(CITY, "overlast", statuses) == said


@pytest.mark.parametrize("statuses", [set(), {"ontbreekt", "minder_dan_5"}, {"te_klein"}])
def test_nothing_known_is_not_said_where_something_is(statuses: set[str]) -> None:
    with pytest.raises(ValueError, match="something may be known"):
        nothing_known(CITY, "overlast", statuses)


def test_a_provisional_count_without_a_rate_says_both() -> None:
    one = telling(5, status="te_klein", onder=None, boven=None, voorlopig=True)
    _, compared, sure = sentences(one=one, geheel=None)
    assert "minder dan 200 mensen" in compared[0]
    assert sure == ("Dit cijfer is voorlopig en kan nog veranderen.",)


@pytest.mark.parametrize(
    ("oorzaak", "jaren", "said"),
    [
        (
            "noemer_jaar_ontbreekt",
            ["2012", "2013", "2014"],
            "Voor 2012 t/m 2014 heeft dit voorbeeld geen inwonertal, en ook niet van hooguit twee jaar ernaast.",
        ),
        (
            "andere_grens",
            ["2021"],
            "Dit gebied had rond 2021 misschien een andere grens, of het bestond nog niet. "
            "Delen door het inwonertal van toen kan dus niet.",
        ),
        ("noemer_onbekend", ["2024", "2025"], "Van dit gebied is voor 2024 t/m 2025 geen inwonertal bekend."),
        (
            "noemer_ander_niveau",
            ["2016"],
            "Voor 2016 zijn er alleen inwonertallen van grotere of kleinere gebieden.",
        ),
    ],
)
def test_counts_without_a_rate_say_why_and_when(oorzaak: str, jaren: list[str], said: str) -> None:
    assert without_rate(oorzaak, jaren, voorbeeld=True) == said


def test_a_live_store_is_no_example() -> None:
    said = without_rate("noemer_jaar_ontbreekt", ["2012"], voorbeeld=False)
    assert said == "Voor 2012 heeft deze site geen inwonertal, en ook niet van hooguit twee jaar ernaast."


def test_figures_of_another_boundary_name_their_years() -> None:
    assert other_boundary(["2017", "2020", "2017"]) == (
        "Grens onzeker: in 2017 en 2020 had het gebied misschien een andere grens, of het bestond nog niet."
    )


@pytest.mark.parametrize(
    ("eenheid", "told"),
    [
        ("%", "36,6%"),
        ("per 1.000 inwoners", "36,6 per 1.000 inwoners"),
        ("x 1.000 euro per inwoner", "36,6 duizend euro per inwoner"),
    ],
)
def test_a_figure_with_its_unit_reads_as_it_is_said(eenheid: str, told: str) -> None:
    assert in_unit("36,6", eenheid) == told
