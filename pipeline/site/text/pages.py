"""Written texts and generated pages: Markdown with functions in it becomes Markdown with figures in it.

`PageContext` renders one text; `write_generated_pages` makes the pages that follow from the definitions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, cast

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from pipeline.gemeente.models import project_models
from pipeline.indicator import Indicator
from pipeline.model import SCHEMAS
from pipeline.paths import Paths
from pipeline.site.approaches import Standing, read_standing
from pipeline.site.description.schema_org import in_page
from pipeline.site.html.markup import address, bullets, text
from pipeline.site.standing.noted import Noting
from pipeline.site.text.approaches import page_values
from pipeline.site.text.data_pages import indicator_files, source_table
from pipeline.site.text.facts import Facts, PageError, load_facts
from pipeline.site.text.macros import names_of
from pipeline.site.text.page import TextPage
from pipeline.site.text.unchanged import Before, Unchanged
from pipeline.warehouse import contents, graph, open_warehouse, serializer
from pipeline.words.status import MINSTE_INWONERS

MEASURES = {
    "geregistreerd": "geregistreerd, door de politie vastgelegd",
    "ervaren": "ervaren, door mensen zelf verteld in een enquête",
    "omstandigheid": "omstandigheid, een kenmerk van een gebied en zijn bewoners",
    "gemeente": "van de gemeente zelf, niet bij andere cijfers op te tellen",
}


class PageContext:
    """Renders texts against one warehouse; open it with `open`, as a context manager or with `close`."""

    def __init__(self, facts: Facts, templates: Path, *, unchanged: Unchanged | None = None) -> None:
        self.facts = facts
        self._unchanged = unchanged
        self._environment = _environment(templates)
        self._stack = ExitStack()

    @classmethod
    def open(
        cls,
        paths: Paths,
        *,
        gemeenten: Sequence[str] = (),
        report_address: str = "",
        site_url: str = "",
        before: Before | None = None,
    ) -> PageContext:
        """Open the standing warehouse read-only; empty `gemeenten` means that all get pages.

        Args:
            before: the pages of the newest site, of which those are taken that would be the same.

        Raises:
            VeiligheidsbeeldError: there is no warehouse, or it has no such gemeente.
        """
        with ExitStack() as stack:
            con, models = stack.enter_context(open_warehouse(paths)), project_models(paths)
            noting = Noting(con, contents(con))
            facts = load_facts(
                cast(duckdb.DuckDBPyConnection, noting),
                models,
                gemeenten=gemeenten,
                report_address=report_address,
                site_url=site_url,
                noting=noting,
            )
            unchanged = Unchanged(facts, noting, before, stack) if before else None
            context = cls(facts, paths.templates, unchanged=unchanged)
            context._stack = stack.pop_all()
        return context

    def close(self) -> None:
        """Close the warehouse."""
        self._stack.close()

    def __enter__(self) -> PageContext:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def page(self, page_path: str, said: object, make: Callable[[], str]) -> str:
        """A page as `make` gives it, or as it was when it was made before of the same.

        Args:
            said: what `make` makes it of, beside the warehouse.
        """
        return self._unchanged.page(page_path, said, make) if self._unchanged else make()

    def render(self, markdown: str, page_path: str) -> str:
        """Fill in a text.

        Args:
            markdown: the text, with `{{ ... }}` and `{% if ... %}`.
            page_path: its path below the folder of texts ('thema/geluid.md'); links follow from it.

        Raises:
            PageError: the text names a function, indicator, term or figure that does not exist.
        """
        names = self._names(page_path)
        try:
            return self._environment.from_string(markdown).render(names)
        except TemplateError as error:
            raise PageError(f"{page_path}, line {getattr(error, 'lineno', '?')}: {error}") from error

    def render_template(self, name: str, page_path: str, values: Mapping[str, Any]) -> str:
        """Fill in one of our templates for a page."""
        names = self._names(page_path) | dict(values)
        return self._environment.get_template(name).render(names)

    def _names(self, page_path: str) -> dict[str, Any]:
        def render(name: str, values: Mapping[str, Any]) -> Markup:
            return Markup(self._environment.get_template(name).render(values))

        return names_of(self.facts, page_path, render)


def write_generated_pages(context: PageContext, out_dir: Path) -> list[Path]:
    """Write a page for every indicator, those without figures too, and for every approach.

    They are indicator/<id with hyphens>.md and aanpak/<name>.md.

    Returns:
        All files written, below `out_dir`.
    """
    facts = context.facts
    reads = graph.lineage(facts.models, serialize=serializer(facts.con))

    def of_indicator(indicator: Indicator, page: str) -> str:
        values = _indicator_values(facts, indicator, page, reads)
        return _filled(context, page, values, template="indicator.md.j2")

    def of_approach(one: Standing, page: str) -> str:
        return _filled(context, page, page_values(TextPage(facts, page), one), template="aanpak.md.j2")

    written = []
    for indicator in facts.documentation.indicators:
        page = f"indicator/{indicator.slug}.md"
        make = partial(of_indicator, indicator, page)
        written.append(_write(context, out_dir, page, said=indicator.indicator, make=make))
    for one in read_standing(facts.con):
        page = f"{one.aanpak.address.rstrip('/')}.md"
        make = partial(of_approach, one, page)
        written.append(_write(context, out_dir, page, said=one, make=make))
    return written


def _write(context: PageContext, out_dir: Path, page: str, *, said: object, make: Callable[[], str]) -> Path:
    path = out_dir / page
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(context.page(page, said, make), encoding="utf-8")
    return path


def _filled(context: PageContext, page: str, values: Mapping[str, Any], *, template: str) -> str:
    content = context.render_template(template, page, values)
    if "{{" in content or "{%" in content:
        raise PageError(f"{page}: een cijfer of naam zou gelezen worden als een functie van de pagina")
    return content


def _environment(templates: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        finalize=text,  # whatever comes from data is text, in every template
        comment_start_string="{!--",  # '{#' is how Markdown gives a heading its id
        comment_end_string="--!}",
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["yaml"] = lambda value: Markup(json.dumps(value, ensure_ascii=False))
    return environment


def _indicator_values(
    facts: Facts, indicator: Indicator, page: str, reads: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    name = indicator.indicator
    model = {one.name: one for one in facts.models if one.indicator}.get(name)
    if model is None:
        raise PageError(f"{name!r} staat in contract.indicator, maar heeft geen bestand")
    described = facts.published.indicator(name)
    return {
        "indicator": indicator,
        "kale_naam": Markup(name),  # stands between backticks, where nothing may be escaped
        "meetwijze": MEASURES[indicator.meetwijze],
        "thema": facts.value(
            "select titel from reference.themas where thema = $thema", thema=indicator.thema
        ),
        "methode": _method(indicator),
        "reeksgebied": facts.area_of_series.get(name),
        "niveaus": _levels(facts, name),
        "bronnen": source_table(indicator.titel, described.sources) if described.sources else None,
        "heeft_rijen": name in facts.documentation.tables,
        "bestanden": indicator_files(name, partial(address, page)),
        "citaat": described.citation,
        "beschrijving": in_page(described),
        "model": Markup("/".join(model.path.parts[-3:]))
        if indicator.meetwijze == "gemeente"
        else Markup(f"pipeline/models/{model.schema}/{model.name}.sql"),
        "herkomst": bullets(
            Markup("<code>{}</code>").format(table) for table in _lineage(model.table, reads)
        ),
        "sql": Markup(model.sql),
    }


def _method(indicator: Indicator) -> str:
    if indicator.kind == "meting":
        return (
            "Dit is een waarde van de bron, of een eenvoudige som daarmee. "
            "De som staat onderaan deze pagina. Een marge staat erbij als de bron die geeft."
        )
    per = f"{indicator.per:,}".replace(",", ".")
    return (
        f"Het aantal is gedeeld door het aantal {indicator.noemer_soort} en daarna keer {per} gedaan. "
        f"Is er voor dat jaar geen aantal {indicator.noemer_soort}? Dan geldt het dichtstbijzijnde jaar, "
        "hooguit twee jaar ervoor of erna. "
        "De marge van 95 procent gaat over toeval en over gewone schommeling van jaar op jaar. "
        f"Wonen er minder dan {MINSTE_INWONERS} mensen? Dan staat alleen het aantal er."
    )


def _levels(facts: Facts, indicator: str) -> list[tuple[str, str]]:
    """The levels below the gemeente that have figures, with the heading of their table."""
    found = {niveau for known, niveau in facts.newest if known == indicator}
    return [pair for pair in (("wijk", "Per wijk"), ("buurt", "Per buurt")) if pair[0] in found]


def _lineage(table: str, reads: Mapping[str, frozenset[str]]) -> list[str]:
    """All tables that a table is made from, from source to figure (raw: as staging, untrimmed)."""
    found: set[str] = set()
    waiting = [table]
    while waiting:
        for read in reads.get(waiting.pop(), frozenset()) - found:
            found.add(read)
            waiting.append(read)
    kept = [name for name in found if not name.startswith("raw.")]
    return sorted(kept, key=lambda name: (SCHEMAS.index(name.split(".")[0]), name))
