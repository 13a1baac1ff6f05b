"""Of when the newest figures of a written page are, and when the next come: one line below each page."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.site.figure.cijfer import read_rows
from pipeline.site.freshness import UNKNOWN, Freshness, by_table
from pipeline.site.text.facts import Facts
from pipeline.words.numbers import format_period, join_words
from pipeline.words.provenance import dated


class _Newest(NamedTuple):
    """The newest period of an indicator in a table."""

    indicator: str
    thema: str
    tabel: str
    publisher: str
    stand: str
    periode: str


class Age:
    """Answers for any page of a site."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def line(self, url: str) -> str:
        """For an indicator or a theme its own figures count, for every other page all of them."""
        rows = self._rows_of(url)
        if not rows:
            return "Hier zijn nog geen cijfers."
        newest = max(rows, key=lambda one: (one.periode, one.stand, one.tabel))
        source = self._sources.get(newest.tabel)
        told = [
            f"Nieuwste cijfers: {format_period(newest.periode)}, {dated(newest.stand)} "
            f"({newest.publisher} {newest.tabel}).",
            f"Volgende van deze bron: {source.next if source else UNKNOWN}.",
        ]
        if self._facts.store == "voorbeeld":
            told.append("Dit voorbeeld haalt ze niet vanzelf op.")
        late = {one.naam for row in rows if (one := self._sources.get(row.tabel)) and one.late}
        if late - {source.naam if source else ""}:
            told.append(f"Te laat: {join_words(sorted(late))}.")
        return " ".join(told)

    def _rows_of(self, url: str) -> Sequence[_Newest]:
        folder, _, rest = url.partition("/")
        slug = rest.rstrip("/")
        if folder == "indicator" and slug:
            names = {one.indicator for one in self._facts.documentation.indicators if one.slug == slug}
            return [row for row in self._rows if row.indicator in names]
        if folder == "thema" and slug in self._themes:
            return [row for row in self._rows if row.thema == self._themes[slug]]
        return self._rows

    @cached_property
    def _sources(self) -> dict[str, Freshness]:
        return dict(by_table(self._facts.con))

    @cached_property
    def _themes(self) -> dict[str, str]:
        return dict(self._facts.rows("select slug, thema from reference.themas"))

    @cached_property
    def _rows(self) -> list[_Newest]:
        return read_rows(
            self._facts.con,
            _Newest,
            """(
            select c.indicator, i.thema, c.tabel, s.publisher, coalesce(left(s.modified, 10), '') as stand,
                max(c.periode) as periode
            from mart.cijfer as c
            join contract.indicator as i on c.indicator = i.indicator
            join contract.snapshot as s on c.tabel = s.tabel
            where coalesce(c.waarde, c.teller) is not null
            group by all)""",
            order="indicator, tabel",
        )
