"""What the written pages of one site share, asked of the warehouse once."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast

import duckdb

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import LAND
from pipeline.model import Model
from pipeline.site.description.documentation import Documentation, load_documentation
from pipeline.site.description.published import FULL_EXCEL_GEMEENTEN, Published, read_published
from pipeline.site.figure.cijfer import Cijfer, Gebied, read_cijfers, read_rows
from pipeline.site.standing.noted import Noting, Question
from pipeline.site.text.embed import Make
from pipeline.words.status import NIET_HIER

READABLE_ROWS = 1000
"""A table of more areas than this is a download, not something to read."""

Render = Callable[[str, Mapping[str, Any]], Any]


Found = TypeVar("Found")


class PageError(VeiligheidsbeeldError):
    """A page asks for something that the warehouse does not have."""


@dataclass(frozen=True)
class Newest:
    """The newest period in which a level has figures.

    Attributes:
        gebieden: how many areas have a row in it.
        bekend: how many of them this store knows something of, were it only why there is no figure.
    """

    periode: str
    gebieden: int
    bekend: int


class shared(Generic[Found]):
    """A property of `Facts` that is worked out once; each page that looks at it asks what it came of."""

    def __init__(self, work_out: Callable[["Facts"], Found]) -> None:
        self._work_out, self.__doc__ = work_out, work_out.__doc__

    def __get__(self, facts: "Facts", _: object = None) -> Found:
        found: Found = facts.once(self._work_out.__name__, lambda: self._work_out(facts))
        return found


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the pages of one site share.

    Attributes:
        gemeenten: those that have pages, by name.
        store: voorbeeld or live.
        report_address: web or mail address for errors in a figure; empty if the publisher named none.
        site_url: the address of the site, for the citation; empty if not known.
        readable_rows: how many areas a table or a list may have.
        embeds: figures that pages showed so far, by name: each gets a page of its own.
        noting: the connection `con`, where what pages ask is noted.
        worked_out: what pages share so far, each with the questions that it came of.
    """

    con: duckdb.DuckDBPyConnection
    documentation: Documentation
    models: tuple[Model, ...]
    gemeenten: tuple[Gebied, ...]
    store: str
    report_address: str = ""
    site_url: str = ""
    readable_rows: int = READABLE_ROWS
    embeds: dict[str, Make] = field(default_factory=dict)
    noting: Noting | None = None
    worked_out: dict[str, tuple[Any, dict[str, Question]]] = field(default_factory=dict, init=False)

    def once(self, name: str, work_out: Callable[[], Found]) -> Found:
        """What was worked out under this name, now or for a page before; this page then asks the same."""
        noting = self.noting
        if name not in self.worked_out:
            with noting.apart() if noting else nullcontext[dict[str, Question]]({}) as asked:
                self.worked_out[name] = (work_out(), asked)
        found, asked = self.worked_out[name]
        if noting:
            noting.asked |= asked
        return cast(Found, found)

    @shared
    def published(self) -> Published:
        """What is published of this warehouse, for descriptions of it."""
        return read_published(
            self.con,
            gemeenten=self.gemeente_codes,
            site_url=self.site_url,
            contact=self.report_address,
            documentation=self.documentation,
        )

    @property
    def gemeente_codes(self) -> list[str]:
        return [one.gebied_code for one in self.gemeenten]

    @shared
    def shown_gemeente(self) -> Gebied:
        """The gemeente that texts take their example from: the one with the most indicators, then by name."""
        counts = dict(
            self.rows(
                """
                select gebied_code, count(distinct indicator) from mart.cijfer
                where teller is not null and list_contains($codes, gebied_code) group by 1
                """,
                codes=self.gemeente_codes,
            )
        )
        return max(reversed(self.gemeenten), key=lambda one: int(counts.get(one.gebied_code, 0)))

    @shared
    def newest(self) -> dict[tuple[str, str], Newest]:
        """Of each indicator and level that has a figure anywhere: the newest period, in one pass."""
        rows = self.rows(
            """
            with perioden as (
                select
                    indicator, gebied_niveau, periode, count(*) as gebieden,
                    count(*) filter (not coalesce(list_contains($niet_hier, oorzaak), false)) as bekend
                from mart.cijfer
                group by all
                having count(coalesce(waarde, teller)) > 0
            )

            select
                indicator, gebied_niveau, max(periode), arg_max(gebieden, periode), arg_max(bekend, periode)
            from perioden
            group by all
            """,
            niet_hier=NIET_HIER,
        )
        return {(indicator, niveau): Newest(*found) for indicator, niveau, *found in rows}

    @shared
    def newest_figures(self) -> Mapping[str, Sequence[Cijfer]]:
        """Of each indicator the newest figures that a table has room for.

        That of the country and of the first gemeenten by name of which this store knows something, in that
        order; of the rest there are `further_gemeenten`.
        """
        rows = read_cijfers(
            self.con,
            """
            (c.gebied_code, c.indicator, c.periode) in (
                select (gebied_code, indicator, periode) from mart.gebied_profiel
                where
                    list_contains($codes, gebied_code)
                    and not coalesce(list_contains($niet_hier, oorzaak), false)
                qualify row_number() over (partition by indicator order by list_position($codes, gebied_code))
                    <= $most
            )
            """,
            order="indicator, list_position($codes, gebied_code)",
            codes=[LAND, *self.gemeente_codes],
            niet_hier=NIET_HIER,
            most=FULL_EXCEL_GEMEENTEN + 1,
        )
        return {name: list(of) for name, of in groupby(rows, key=attrgetter("indicator"))}

    @shared
    def further_gemeenten(self) -> Mapping[str, int]:
        """Of each indicator how many gemeenten its newest CSV has and `newest_figures` has not."""
        known = dict(
            self.rows(
                """
                select indicator, count(*) from mart.gebied_profiel
                where list_contains($codes, gebied_code) and coalesce(teller, waarde) is not null
                group by indicator
                """,
                codes=[LAND, *self.gemeente_codes],
            )
        )
        return {
            name: known.get(name, 0) - sum(one.teller is not None or one.waarde is not None for one in found)
            for name, found in self.newest_figures.items()
        }

    @shared
    def area_of_series(self) -> Mapping[str, str]:
        """Of each indicator the area whose series is drawn: the country, or the gemeente of a site of one.

        Where that one has no figures of more than one period it is the other; an indicator without either
        is not in it.
        """
        first = [LAND, self.gemeenten[0].gebied_code]
        return dict(
            self.rows(
                """
                with reeksen as (
                    select indicator, gebied_code from mart.cijfer
                    where list_contains($codes, gebied_code) and coalesce(waarde, teller) is not null
                    group by all having count(distinct periode) > 1
                )

                select indicator, arg_min(gebied_code, list_position($codes, gebied_code))
                from reeksen group by indicator
                """,
                codes=first if len(self.gemeenten) > 1 else first[::-1],
            )
        )

    @shared
    def area_counts(self) -> dict[str, int]:
        """How many areas of each level lie in the gemeenten that have pages, or are they."""
        return dict(
            self.rows(
                """
                select gebied_niveau, count(*) from core.gebied
                where list_contains($codes, coalesce(gemeente_code, gebied_code))
                group by all
                """,
                codes=self.gemeente_codes,
            )
        )

    def areas(self, *niveaus: str) -> Sequence[Gebied]:
        """The areas of some levels in the gemeenten that have pages, by name; asked once."""
        return self.once(
            f"areas {' '.join(niveaus)}",
            lambda: read_rows(
                self.con,
                Gebied,
                "core.gebied where list_contains($niveaus, gebied_niveau)"
                " and list_contains($codes, coalesce(gemeente_code, gebied_code))",
                order="lower(strip_accents(gebied_naam)), gebied_code",
                parameters={"niveaus": list(niveaus), "codes": self.gemeente_codes},
            ),
        )

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The answer to one query; parameters by name."""
        return self.con.execute(sql, parameters).fetchall()

    def value(self, sql: str, **parameters: Any) -> Any:
        """The first cell of the answer, None if there is no row."""
        found = self.rows(sql, **parameters)
        return found[0][0] if found else None


def load_facts(
    con: duckdb.DuckDBPyConnection,
    models: Sequence[Model],
    *,
    gemeenten: Sequence[str] = (),
    report_address: str = "",
    site_url: str = "",
    noting: Noting | None = None,
) -> Facts:
    """Read what the pages share; empty `gemeenten` means all. `noting` is `con`, where it notes questions.

    Raises:
        VeiligheidsbeeldError: the warehouse has no gemeente, or not the one that is asked for.
    """
    known = read_rows(
        con,
        Gebied,
        "core.gebied where gebied_niveau = 'gemeente'",
        order="lower(strip_accents(gebied_naam))",
    )
    if missing := sorted(set(gemeenten) - {one.gebied_code for one in known}) or not known:
        raise VeiligheidsbeeldError(f"core.gebied heeft {len(known)} gemeenten, en niet: {missing}")
    return Facts(
        con=con,
        models=tuple(models),
        documentation=load_documentation(con),
        gemeenten=tuple(one for one in known if not gemeenten or one.gebied_code in gemeenten),
        store=con.execute("select opslag from contract.bouw").fetchall()[0][0],
        report_address=report_address,
        site_url=site_url,
        noting=noting,
    )
