"""What belongs to acting together on a theme: goals, who brings what, what is known, what to ask."""

from typing import Any

from markupsafe import Markup

from pipeline.site.html.markup import Cell, bullets, link, stacked_table, text
from pipeline.site.text.page import TextPage, paragraph
from pipeline.words.numbers import format_date

Row = tuple[Any, ...]

NO_EVIDENCE = "geen bewijs gezien"
"""The strength of evidence of an approach that is common, but of which no compared figure was seen."""

ALL_THEMES = "veiligheid_algemeen"
"""Findings that hold for more than one theme."""


class Together:
    """Hand-kept tables by theme; a theme without rows is an error, for a page asked for them."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def samen(self, thema: str) -> Markup:
        """Each shared goal with what parties bring to it together, and what residents can start."""
        goals = self._rows("doelen", "doel, uitkomst, bron, bron_url", thema, order="doel")
        parts = []
        for goal, outcome, source, url in goals:
            brought = self._of_goal("bijdragen", "wie, bijdrage, bron, bron_url", thema, goal)
            started = self._of_goal("initiatieven", "initiatief, vorm, hoe, bron, bron_url", thema, goal)
            lists = [
                ("Wie brengt wat?", [_brought(row) for row in brought]),
                ("Wat kunnen bewoners zelf beginnen?", [_started(row) for row in started]),
            ]
            parts.append(Markup("### {}").format(text(outcome.removesuffix("."))))
            parts.append(paragraph(Markup("Bron van dit doel: {}.").format(link(url, source))))
            parts += [
                Markup("<p><strong>{}</strong></p>\n{}").format(name, bullets(items))
                for name, items in lists
                if items
            ]
        return Markup("\n\n").join(parts)

    def wat_bekend(self, thema: str = ALL_THEMES) -> Markup:
        """What studies found of approaches to a theme, and of which common ones nothing was seen."""
        rows = self._rows(
            "wat_werkt",
            "aanpak, effect, eenheid, bewijskracht, land, jaar, bron, bron_url, gezien, gezien_op",
            thema,
            order="lower(strip_accents(aanpak))",
        )
        found = [row for row in rows if row[3] != NO_EVIDENCE]
        unseen = [row for row in rows if row[3] == NO_EVIDENCE]
        names = ("Aanpak", "Gevonden effect", "Bewijskracht", "Bron")
        parts = []
        if found:
            parts.append(
                stacked_table(
                    "Wat onderzoek vond, op alfabet. Een min betekent: minder van het probleem.",
                    [Cell(name) for name in names],
                    (_finding(row) for row in found),
                )
            )
            read = format_date(min(row[-1] for row in found))
            parts.append(paragraph(f"Gelezen op {read}, niet het hele onderzoek."))
        if unseen:
            parts.append(
                paragraph(
                    Markup("<strong>Geen bewijs gezien.</strong> Van deze aanpakken zagen wij geen cijfer "),
                    "met een vergelijking. Dat zegt niet dat ze niet werken.",
                )
            )
            parts.append(bullets(f"{name} ({note})" if note else name for name, _, note, *_ in unseen))
        return Markup("\n\n").join(parts)

    def vragen(self, thema: str) -> Markup:
        """What figures cannot tell: questions to residents and to professionals."""
        rows = self._rows("vragen", "aan, vraag", thema, order="aan, nr")
        parts = []
        for to in ("bewoners", "professionals"):
            parts.append(paragraph(Markup("<strong>Aan {}</strong>").format(to)))
            parts.append(bullets(question for whom, question in rows if whom == to))
        return Markup("\n").join(parts)

    def _rows(self, table: str, columns: str, thema: str, *, order: str) -> list[Row]:
        rows = self._page.facts.rows(
            f"select {columns} from reference.{table} where thema = $thema order by {order}", thema=thema
        )
        if not rows:
            raise self._page.error(f"bij thema {thema!r} staat niets in data/reference/{table}.csv")
        return rows

    def _of_goal(self, table: str, columns: str, thema: str, goal: str) -> list[Row]:
        return self._page.facts.rows(
            f"select {columns} from reference.{table} where thema = $thema and doel = $goal "
            f"order by lower(strip_accents({columns.split(',')[0]}))",
            thema=thema,
            goal=goal,
        )


def _brought(row: Row) -> Markup:
    who, what, source, url = row
    return Markup("<strong>{}</strong>: {} ({})").format(text(who), text(what), link(url, source))


def _started(row: Row) -> Markup:
    what, form, how, source, url = row
    return Markup("<strong>{}</strong> ({}): {} ({})").format(
        text(what), text(form[:1].lower() + form[1:]), text(how), link(url, source)
    )


def _finding(row: Row) -> list[Cell]:
    """A number goes before what it counts; a word before a colon."""
    approach, effect, unit, strength, country, year, source, url, seen, _ = row
    joined = f"{effect.replace('-', '−')} {unit}" if any(map(str.isdigit, effect)) else f"{effect}: {unit}"
    return [
        Cell(approach),
        Cell(joined),
        Cell(f"{strength} ({country}, {year})" if year else f"{strength} ({country})"),
        Cell(Markup("{} ({})").format(link(url, source), text(seen))),
    ]
