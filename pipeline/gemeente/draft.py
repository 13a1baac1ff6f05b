"""Drafts a definition from a file: what the file tells, with reasons, and questions for what it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.gemeente.areas import Areas, CodedArea
from pipeline.gemeente.draft_area import area
from pipeline.gemeente.draft_figures import figures
from pipeline.gemeente.draft_period import period, until
from pipeline.gemeente.guess import Guess, take_sample
from pipeline.gemeente.periods import HERE
from pipeline.gemeente.questions import question
from pipeline.gemeente.rows import ReadError
from pipeline.gemeente.shape import TEXT_KINDS
from pipeline.gemeente.sniff import sniff
from pipeline.gemeente.toml_text import comment, slug, string, strings, table
from pipeline.sql import Connection


@dataclass(frozen=True)
class Draft:
    """A drafted TOML, the name it should have, and the guesses in words."""

    name: str
    toml: str
    reasons: tuple[str, ...]


def gemeenten_of(con: Connection) -> tuple[Areas, ...]:
    """Names and codes of every gemeente in the warehouse, without outlines."""
    rows = con.execute(
        "select gemeente_code, gemeente_naam, gebied_code, gebied_naam from core.gebied "
        "where gemeente_code is not null order by gemeente_code, gebied_code"
    ).fetchall()
    found: dict[tuple[str, str], list[CodedArea]] = {}
    for gemeente, name, code, area_name in rows:
        found.setdefault((gemeente, name), []).append(CodedArea(code, area_name))
    return tuple(Areas(code, name, tuple(areas)) for (code, name), areas in found.items())


def draft(
    path: Path, gemeenten: Sequence[Areas], *, source: str, is_url: bool, today: date | None = None
) -> Draft:
    """Draft a definition.

    Args:
        path: the file itself.
        gemeenten: whose areas may be meant; with one, it is that one.
        source: what ``url`` or ``file`` will say.
        today: a year that has not ended by then is asked about.

    Raises:
        ReadError: the file cannot be read, or no gemeente is known; the message names the file.
    """
    try:
        return _draft(path, gemeenten, source=source, is_url=is_url, today=today)
    except ReadError as error:
        text = str(error)
        raise ReadError(text if path.name in text else f"{path.name}: {text}") from None


def _draft(path: Path, gemeenten: Sequence[Areas], *, source: str, is_url: bool, today: date | None) -> Draft:
    if not gemeenten:
        raise ReadError("het magazijn kent geen gemeente; eerst: veiligheidsbeeld build")
    sniffed = sniff(path, url=source if is_url else "")
    guess = take_sample(path, sniffed.form, gemeenten, list(sniffed.reasons))
    guess.reasons.append(f"gemeente {guess.gemeente.name}: daar passen de gebieden het best bij")
    where, when = area(guess), period(guess)
    how_much = figures(guess, path.stem)
    when += until(guess, today or datetime.now(HERE).date())
    own = slug(guess.gemeente.name)
    name = f"{own}_{slug(path.stem).removeprefix(f'{own}_') or 'cijfers'}"
    lines = [*_top(guess, path.stem, source, is_url=is_url), *where, *when, *how_much]
    return Draft(name, "\n".join(lines) + "\n", tuple(guess.reasons))


def _top(guess: Guess, stem: str, source: str, *, is_url: bool) -> list[str]:
    title = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return [
        "# Concept, gemaakt door: veiligheidsbeeld bron nieuw. Controleer elke regel.",
        *(f"# - {comment(reason)}" for reason in guess.reasons),
        "",
        f"title = {string(title[:1].upper() + title[1:])}",
        f"gemeente = {string(guess.gemeente.gemeente)}",
        f"publisher = {string(f'Gemeente {guess.gemeente.name}')}",
        "# zoek de licentie op bij de dataset",
        'licence = "niet vermeld"',
        f"citation = {string(f'Gemeente {guess.gemeente.name}, {title}')}",
        'page = ""',
        'contact = ""',
        'frequency = "onbekend"',
        "# voorbehouden van de gemeente zelf, in hele zinnen",
        "notes = []",
        "",
        f"{'url' if is_url else 'file'} = {string(source)}",
        *_form(guess),
        *_filters(guess),
    ]


def _form(guess: Guess) -> list[str]:
    form = guess.form
    lines = [f"kind = {string(form.kind)}"]
    if form.kind in TEXT_KINDS:
        lines += [f"encoding = {string(form.encoding)}", f"delimiter = {string(form.delimiter)}"]
        lines += [] if form.decimal else [question("decimal")]
        lines.append(f"decimal = {string(form.decimal)}")
    if form.sheet:
        lines.append(f"sheet = {string(form.sheet)}")
    if form.records:
        lines.append(f"records = {string(form.records)}")
    if form.skip:
        lines.append(f"skip = {form.skip}")
    if form.header_rows > 1:
        lines.append(f"header_rows = {form.header_rows}")
    return lines


def _filters(guess: Guess) -> list[str]:
    if not guess.filters and not guess.asked:
        return []
    asked = [f"# {comment(name)}: {comment(', '.join(guess.distinct(name)))}" for name in guess.asked]
    values = {name: strings([value]) for name, value in guess.filters.items()}
    values |= {name: "[]" for name in guess.asked}
    return [*asked, *([question("filters.*")] if asked else []), f"filters = {table(values)}"]
