"""Of when the newest figures of a written page are, and when the next come: one line below each page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.site.figure.cijfer import read_rows
from pipeline.site.freshness import NEWEST, UNKNOWN, Freshness, by_table
from pipeline.site.text.facts import Facts
from pipeline.words.numbers import format_period, join_words
from pipeline.words.provenance import dated


class _Newest(NamedTuple):
    """The newest period of an indicator in a table."""

    indicator: str
    tabel: str
    publisher: str
    stand: str
    periode: str


@dataclass(frozen=True, kw_only=True)
class Age:
    """Answers for any page of a site, also when the warehouse is closed.

    Attributes:
        rows: the newest of each indicator in each table.
        sources: a table → how fresh its source is.
        themes: the address of a theme → the indicators in it.
        indicators: the address of an indicator page → the indicators that it is about.
        store: voorbeeld or live.
    """

    rows: Sequence[_Newest]
    sources: Mapping[str, Freshness]
    themes: Mapping[str, frozenset[str]]
    indicators: Mapping[str, frozenset[str]]
    store: str

    @classmethod
    def read(cls, facts: Facts) -> Age:
        indicators: dict[str, frozenset[str]] = {}
        for one in facts.documentation.indicators:
            indicators[one.slug] = indicators.get(one.slug, frozenset()) | {one.indicator}
        return cls(
            rows=read_rows(facts.con, _Newest, NEWEST, order="indicator, tabel"),
            sources=dict(by_table(facts.con)),
            themes={
                slug: frozenset(one.indicator for one in facts.documentation.indicators if one.thema == theme)
                for slug, theme in facts.rows("select slug, thema from reference.themas")
            },
            indicators=indicators,
            store=facts.store,
        )

    def line(self, url: str) -> str:
        """For an indicator or a theme its own figures count, for every other page all of them.

        Args:
            url: a page below the root of the site, with or without a place on it.
        """
        rows = self._rows_of(url.partition("#")[0])
        if not rows:
            return "Hier zijn nog geen cijfers."
        newest = max(rows, key=lambda one: (one.periode, one.stand, one.tabel))
        source = self.sources.get(newest.tabel)
        told = [
            f"Nieuwste cijfers: {format_period(newest.periode)}, {dated(newest.stand)} "
            f"({newest.publisher} {newest.tabel}).",
            f"Volgende van deze bron: {source.next if source else UNKNOWN}.",
        ]
        if self.store == "voorbeeld":
            told.append("Dit voorbeeld haalt ze niet vanzelf op.")
        late = {one.naam for row in rows if (one := self.sources.get(row.tabel)) and one.late}
        if late - {source.naam if source else ""}:
            told.append(f"Te laat: {join_words(sorted(late))}.")
        return " ".join(told)

    def _rows_of(self, url: str) -> Sequence[_Newest]:
        folder, _, rest = url.partition("/")
        slug = rest.rstrip("/")
        if folder == "indicator" and slug:
            names = self.indicators.get(slug, frozenset())
            return [row for row in self.rows if row.indicator in names]
        if folder == "thema" and slug in self.themes:
            return [row for row in self.rows if row.indicator in self.themes[slug]]
        return self.rows
