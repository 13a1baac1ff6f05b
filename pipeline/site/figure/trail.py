"""The trail of a figure as HTML: for the page of a gemeente's figures, and for the page of an indicator."""

from collections.abc import Sequence

from markupsafe import Markup

from pipeline.gebied import niveau_of
from pipeline.gemeente.shape import PLACES
from pipeline.indicator import file_of
from pipeline.site.figure.origin import PUBLISHED_DECIMALS, SourceRow, Trail
from pipeline.site.html.markup import link
from pipeline.words.numbers import capital, format_number, format_period, join_words
from pipeline.words.status import why_empty

MOST_LINES = 10  # numbers of rows that are written out


class Trails:
    """The trails of one area on one page, where files and denominators stand once.

    Args:
        root: leads from the page to the root of the site.
        site_url: the address of the site; without it queries name the file alone.
    """

    def __init__(self, trails: Sequence[Trail], *, root: str, site_url: str = "") -> None:
        self._root, self._site_url = root, site_url
        rows = [row for trail in trails for row in (*trail.counted, *trail.divided)]
        names = sorted({row.bestand for row in rows})
        self._number = {name: number for number, name in enumerate(names, start=1)}
        self._files = [next(row for row in rows if row.bestand == name) for name in names]
        self._denominators = {_denominator(trail): (trail, row) for trail in trails for row in trail.divided}

    def steps(self, trail: Trail) -> Markup:
        """From the rows of the source to the number on the page, and the query."""
        steps = [self._sent(trail), *self._summed(trail), _printed(trail)]
        listed = Markup("").join(Markup("<li>{}</li>").format(step) for step in steps)
        query = trail.query(self._file(trail.definition.indicator))
        return Markup(
            '<ol class="vb-spoor">{}</ol><details><summary>Voor wie het na wil rekenen</summary>'
            '<pre class="vb-vraag">{}</pre></details>'
        ).format(listed, query)

    def denominators(self) -> Markup:
        """The rows that figures are divided by."""
        return Markup("").join(
            Markup('<div id="{}"><p><strong>{}</strong>: {}. {}</p>{}</div>').format(
                f"noemer-{kind}-{year}{part}",
                f"{kind} in {year}",
                format_number(trail.shown.noemer or 0),
                self._from(row),
                _row(row),
            )
            for (kind, year, part), (trail, row) in sorted(self._denominators.items())
        )

    def files(self) -> Markup:
        """The files with their whole checksum."""
        return Markup('<ol class="vb-bestanden">{}</ol>').format(
            Markup("").join(
                Markup('<li id="bestand-{}"><code>{}</code><br>SHA-256 <code>{}</code>{}</li>').format(
                    self._number[row.bestand], row.bestand, row.sha256, _made_from(row)
                )
                for row in self._files
            )
        )

    @property
    def has_denominators(self) -> bool:
        return bool(self._denominators)

    def _file(self, indicator: str) -> str:
        path = file_of(indicator, ".parquet")
        return f"{self._site_url.rstrip('/')}/{path}" if self._site_url else path.rpartition("/")[2]

    def _from(self, row: SourceRow) -> Markup:
        number = self._number[row.bestand]
        return Markup("{}, {}, {}.").format(
            f"{row.publisher} {row.tabel}" if row.tabel != row.publisher else row.tabel,
            row.vintage,
            link(f"#bestand-{number}", f"bestand {number}"),
        )

    def _sent(self, trail: Trail) -> Markup:
        first = trail.counted[0]
        if first.place:
            return self._sent_by_gemeente(trail, first.place)
        sent = "De bron stuurde deze rij" if len(trail.counted) == 1 else "De bron stuurde deze rijen"
        return Markup("{}: {} {}").format(
            sent, self._from(first), Markup("").join(_row(row) for row in trail.counted)
        )

    def _sent_by_gemeente(self, trail: Trail, place: str) -> Markup:
        """A file: the rows that count, or only where they stand."""
        first = trail.counted[0]
        description = link(f"{self._root}bouwen/eigen-bron/", "vaste beschrijving")
        if first.kolommen:
            rows = Markup("").join(_row(row, place=place) for row in trail.counted)
            which = "telt deze rij" if len(trail.counted) == 1 else "tellen deze rijen"
            return Markup("Uit het bestand van de gemeente: {} Volgens een {} {} mee. {}").format(
                self._from(first), description, which, rows
            )
        return Markup("Uit het bestand van de gemeente: {} Volgens een {} {}").format(
            self._from(first), description, _lines(first.regels, place)
        )

    def _summed(self, trail: Trail) -> list[str]:
        shown, definition = trail.shown, trail.definition
        steps: list[str] = []
        if together := _together(trail):
            steps.append(together)
        if trail.is_rate:
            kind, year, part = _denominator(trail)
            steps.append(
                Markup("Gedeeld door het aantal {}: {} ÷ {} × {} = {}. Zo staat het in de bestanden.").format(
                    link(f"#noemer-{kind}-{year}{part}", f"{kind} in {year}"),
                    format_number(shown.teller or 0),
                    format_number(shown.noemer or 0),
                    format_number(definition.per or 0),
                    trail.published,
                )
            )
        elif definition.kind == "verhouding":
            why = why_empty(shown.oorzaak or shown.status, noemer=definition.noemer_soort)
            steps.append(f"Een cijfer {definition.eenheid} staat er niet: {why}.")
        elif trail.counted[0].says(shown.waarde or 0):
            steps.append(f"De bron geeft dit getal zelf. In de bestanden staat {trail.published}.")
        else:
            steps.append(
                Markup("Daaruit volgt {}. Zo staat het in de bestanden. De som staat bij {}.").format(
                    trail.published, link(f"{self._root}{definition.address}#herkomst", "dit cijfer")
                )
            )
        return steps


def heading(trail: Trail) -> str:
    """What is shown: '60,1 per 1.000 inwoners in 2025'."""
    unit = trail.definition.eenheid if trail.shown.waarde is not None else "registraties"
    return f"{trail.written} {unit} in {format_period(trail.shown.periode)}"


def _printed(trail: Trail) -> Markup:
    rounded = "Afgerond staat" if trail.shown.decimalen != PUBLISHED_DECIMALS else "Zo staat"
    return Markup("{} op de pagina: <strong>{}</strong>.").format(rounded, trail.written)


def _denominator(trail: Trail) -> tuple[str, int, str]:
    """Which one, of which year, and of which part of the page's area if it is not the whole."""
    code = trail.shown.gebied_code
    part = f"-{code.lower()}" if niveau_of(code) in ("wijk", "buurt") else ""
    return trail.definition.noemer_soort or "", trail.shown.noemer_jaar or 0, part


def _together(trail: Trail) -> str:
    """The sum of a count of several parts, as each part was written; empty where there is but one."""
    first, total = trail.counted[0], format_number(trail.shown.teller or 0)
    if trail.definition.kind != "verhouding" or not first.kolommen:
        return ""
    if first.place:
        parts = [text for row in trail.counted for text in row.own]
    else:
        parts = [format_number(int(row.own[0])) for row in trail.counted]
    return f"Samen: {' + '.join(parts)} = {total}." if len(parts) > 1 else ""


def _lines(numbers: Sequence[int], place: str) -> str:
    """Where the rows stand that count, in a sentence; of many the first, for all are in the file of rows."""
    if not numbers:
        return f"staat er geen {place} van dit gebied in. Dat is hier een echte nul."
    count = f"tellen {format_number(len(numbers))} {PLACES[place]}" if len(numbers) > 1 else f"telt 1 {place}"
    shown = join_words([format_number(number) for number in numbers[:MOST_LINES]])
    if len(numbers) <= MOST_LINES:
        return f"{count} mee: {shown}."
    return f"{count} mee. De eerste zijn {shown}. Alle nummers staan in herkomst.parquet."


def _made_from(row: SourceRow) -> Markup:
    """The gemeente's own file, for who has it too."""
    if not row.sent_file:
        return Markup("")
    return Markup("<br>Gemaakt uit <code>{}</code> van de gemeente<br>SHA-256 <code>{}</code>").format(
        row.sent_file, row.sent_sha256
    )


def _row(row: SourceRow, *, place: str = "") -> Markup:
    """A row with the publisher's names of columns, every space kept; of a file with its number there."""
    numbers = [(capital(place), format_number(number)) for number in row.regels if place]
    return Markup('<dl class="vb-rij">{}</dl>').format(
        Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(column, content)
            for column, content in (*numbers, *zip(row.kolommen, row.inhoud, strict=True))
        )
    )
