"""Figures in a sentence."""

from typing import Any

from markupsafe import Markup

from pipeline.site.html.markup import link
from pipeline.site.text.page import TextPage
from pipeline.words.numbers import format_figure, format_mean, format_number
from pipeline.words.sentences import Onderwerp
from pipeline.words.trends import trend_sentence


class Sentences:
    """What a text may ask for inside a sentence; each answer is text."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def waarde(self, indicator: str, gebied: str, periode: str) -> str:
        """The published value in its unit: '3,3'."""
        definition = self._page.indicator(indicator)
        return format_figure(definition, self._figure("waarde", indicator, gebied, periode))

    def aantal(self, indicator: str, gebied: str, periode: str) -> str:
        """The count behind a rate, or a measured number: '16.589'."""
        return format_number(self._number(indicator, gebied, periode))

    def aantal_woorden(self, indicator: str, gebied: str, periode: str) -> str:
        """A round number as it is read aloud: '490 duizend'."""
        number = self._number(indicator, gebied, periode)
        for unit, word in ((1_000_000, "miljoen"), (1_000, "duizend")):
            if number >= unit and number % unit == 0:
                return f"{format_number(number // unit)} {word}"
        return format_number(number)

    def nieuwste(self, indicator: str, gebied: str) -> str:
        """The newest period with a figure: '2025'."""
        found = self._newest(indicator, gebied)
        if found is None:
            raise self._page.error(f"{indicator} heeft in geen enkele periode een cijfer voor {gebied}")
        return found

    def heeft(self, indicator: str, gebied: str) -> bool:
        """Whether an area has a figure in any period: a text about a gemeente holds for each of them."""
        return self._newest(indicator, gebied) is not None

    def spreiding(self, indicator: str, niveau: str, aantal: int) -> str:
        """How many times the variance of chance a count of that size has: '2,9'."""
        self._page.indicator(indicator)
        found = self._page.facts.value(
            """
            select power(spreidingsfactor($aantal, a, b), 2) from statistiek.spreiding
            where indicator = $indicator and gebied_niveau = $niveau
            """,
            indicator=indicator,
            niveau=niveau,
            aantal=aantal,
        )
        if found is None:
            raise self._page.error(f"van {indicator} is op niveau {niveau} geen spreiding gemeten")
        return format_number(found, decimals=1)

    def drie_jaar(self, indicator: str, gebied: str) -> str:
        """The weighted mean of three years, in a sentence; empty where there are no three."""
        definition = self._page.indicator(indicator)
        found = self._page.facts.rows(
            "select van, tot, aantal from mart.drie_jaar"
            " where indicator = $indicator and gebied_code = $gebied",
            indicator=indicator,
            gebied=gebied,
        )
        what = Onderwerp.parse(definition.onderwerp).meervoud
        return " ".join(
            f"Gewogen over {van} tot en met {tot} waren dat {format_mean(level)} {what} per jaar."
            for van, tot, level in found
        )

    def verloop(self, indicator: str, gebied: str) -> str:
        """Whether a series rises or falls, as its area's page says it; empty with fewer than three years."""
        definition = self._page.indicator(indicator)
        found = self._page.facts.rows(
            "select van, tot, oordeel, verandering from mart.trend"
            " where indicator = $indicator and gebied_code = $gebied and verandering is not null",
            indicator=indicator,
            gebied=gebied,
        )
        return " ".join(
            trend_sentence(
                Onderwerp.parse(definition.onderwerp).meervoud,
                van=van,
                tot=tot,
                oordeel=verdict,
                verandering=change,
            )
            for van, tot, verdict, change in found
        )

    def term(self, begrip: str) -> Markup:
        """A word of the glossary, linked to its explanation."""
        terms = {word.casefold(): anchor for word, _, anchor in self._page.terms()}
        if begrip.casefold() not in terms:
            raise self._page.error(
                f"{begrip!r} staat niet in de begrippenlijst; daarin staan: {sorted(terms)}"
            )
        return link(self._page.url(f"uitleg/begrippen/#{terms[begrip.casefold()]}"), begrip)

    def _newest(self, indicator: str, gebied: str) -> str | None:
        self._page.indicator(indicator)
        found: str | None = self._page.facts.value(
            """
            select max(periode) from mart.cijfer
            where indicator = $indicator and gebied_code = $gebied
                and (waarde is not null or teller is not null)
            """,
            indicator=indicator,
            gebied=gebied,
        )
        return found

    def _number(self, indicator: str, gebied: str, periode: str) -> Any:
        column = "teller" if self._page.indicator(indicator).kind == "verhouding" else "waarde"
        return self._figure(column, indicator, gebied, periode)

    def _figure(self, column: str, indicator: str, gebied: str, periode: str) -> Any:
        self._page.indicator(indicator)
        found = self._page.facts.rows(
            f"select {column}, status from mart.cijfer"
            " where indicator = $indicator and gebied_code = $gebied and periode = $periode",
            indicator=indicator,
            gebied=gebied,
            periode=periode,
        )
        if not found or found[0][0] is None:
            status = f"its status is {found[0][1]!r}" if found else "there is no such row in mart.cijfer"
            raise self._page.error(f"geen {column} van {indicator} voor {gebied} in {periode}: {status}")
        return found[0][0]
