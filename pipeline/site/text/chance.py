"""A replay of years in which nothing changes: drawn once in the page, and again at a click (toeval.js)."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from pipeline.gebied import LAND, PLURAL, Niveau
from pipeline.site.html.data import data_block
from pipeline.site.html.markup import Cell, table
from pipeline.site.text.page import TextPage, paragraph
from pipeline.statistics.dispersion import Dispersion
from pipeline.statistics.replay import Replay, draw, rises
from pipeline.words.numbers import format_number

SCRIPT = "assets/javascripts/toeval.js"
KIND = "misdrijven"
LEAST_COUNT = 5  # areas with fewer would jump by whole multiples
LEAST_AREAS = 20
TOP = 5
SEED = 20261129
NOTABLE = 1.25  # "more than a quarter"

WIDTH, STRIP, EDGE = 340, 64, 12
DOUBLINGS = 2.2  # as far as the axis goes: a fifth to five times as much
MARKS = ((-2, "kwart"), (-1, "half"), (0, "evenveel"), (1, "dubbel"), (2, "4 keer"))

SENTENCES = (
    "Er veranderde niets. Toch steeg het aantal in {stegen} van de {gebieden} {soort}.",
    "In {veel} daarvan was dat meer dan een kwart.",
    "De sterkste stijger ging van {eerst} naar {daarna}. Een jaar later waren het er {later}.",
    "Van de vijf sterkste stijgers daalden er {daalden} in het jaar erna.",
)
"""What is said of three drawn years; the script fills in the same sentences."""


class Chance:
    """What a text may ask of chance."""

    def __init__(self, page: TextPage) -> None:
        self._page, self._facts = page, page.facts

    def toeval_van(self) -> str:
        """Whose counts are drawn around: 'de buurten van Breda'."""
        niveau, _ = self._levels()
        whole = "Nederland" if niveau == "gemeente" else self._facts.shown_gemeente.naam
        return f"de {PLURAL[niveau]} van {whole}"

    def toeval(self) -> Markup:
        """Three drawn years in a picture, a table and sentences, with a button that draws anew."""
        niveau, levels = self._levels()
        swing = self._swing(niveau)
        if len(levels) < LEAST_AREAS or swing is None:
            return paragraph("Voor dit nagebootste jaar zijn hier te weinig gebieden met cijfers.")
        made = draw(levels, swing, seed=SEED, top=TOP)
        data = {
            "niveaus": levels,
            "a": round(swing.a, 4),
            "b": round(swing.b, 6),
            "soort": PLURAL[niveau],
            "zinnen": SENTENCES,
            "top": TOP,
            "veel": NOTABLE,
            "as": {"midden": WIDTH / 2, "stap": _STEP, "grens": DOUBLINGS},
        }
        return Markup(
            '<figure class="vb-figuur" id="toeval"><figcaption><span class="vb-figuur__titel">'
            "Drie nagebootste jaren zonder verandering</span> Elke stip is een {one}. De gekleurde "
            "stippen zijn de vijf sterkste stijgers. Kijk onderaan waar zij een jaar later staan."
            "</figcaption>\n{svg}\n"
            '<div class="vb-toeval__zinnen" role="status">{said}</div>\n{rows}\n'
            '<p class="vb-knoppen vb-niet-printen"><button type="button" hidden>'
            "Boots drie andere jaren na</button></p>\n"
            '{data}</figure>\n<script type="module" src="{script}"></script>'
        ).format(
            one=niveau,
            svg=picture(made),
            said=paragraph(" ".join(said(made, PLURAL[niveau]))),
            rows=_table(levels, made),
            data=data_block(data, attributes='class="vb-toeval"'),
            script=self._page.url(SCRIPT),
        )

    def _levels(self) -> tuple[Niveau, list[int]]:
        """The newest counts of the buurten of the gemeente shown, or else of all gemeenten, by code."""
        shown = self._facts.shown_gemeente.gebied_code
        ladder: tuple[tuple[Niveau, str], ...] = (("buurt", shown), ("gemeente", LAND))
        for niveau, whole in ladder:
            rows = self._facts.rows(
                """
                select teller from mart.cijfer as c join core.gebied as g on c.gebied_code = g.gebied_code
                where c.indicator = $kind and g.gebied_niveau = $niveau and c.teller >= $least
                    and (g.gemeente_code = $whole or $whole = $country)
                    and c.periode = (
                        select max(periode) from mart.cijfer as n where n.indicator = $kind
                        and n.gebied_niveau = $niveau and n.teller is not null and length(n.periode) = 4
                    )
                order by c.gebied_code
                """,
                kind=KIND,
                niveau=niveau,
                least=LEAST_COUNT,
                whole=whole,
                country=LAND,
            )
            if len(rows) >= LEAST_AREAS:
                break
        return niveau, [count for (count,) in rows]

    def _swing(self, niveau: Niveau) -> Dispersion | None:
        found = self._facts.rows(
            "select a, b from statistiek.spreiding where indicator = $kind and gebied_niveau = $niveau",
            kind=KIND,
            niveau=niveau,
        )
        return Dispersion(*found[0]) if found else None


_STEP = (WIDTH / 2 - EDGE) / DOUBLINGS


def said(made: Replay, plural: str) -> list[str]:
    """The sentences about three drawn years."""
    risen, later = rises(made.years), rises(made.years, after=1)
    first, this, after = (int(count) for count in made.years[made.top[0]])
    numbers = {
        "stegen": int((made.years[:, 1] > made.years[:, 0]).sum()),
        "gebieden": len(made.years),
        "veel": int((risen > NOTABLE).sum()),
        "eerst": first,
        "daarna": this,
        "later": after,
        "daalden": int((later[made.top] < 1).sum()),
    }
    words = {name: format_number(number) for name, number in numbers.items()}
    return [sentence.format(soort=plural, **words) for sentence in SENTENCES]


def picture(made: Replay) -> Markup:
    """Two strips of dots: the change to this year, and that to the next, of the same areas."""
    strips = (
        ("Van vorig jaar naar dit jaar", rises(made.years)),
        ("Van dit jaar naar volgend jaar", rises(made.years, after=1)),
    )
    top = set(made.top.tolist())
    parts = []
    for number, (name, ratios) in enumerate(strips):
        above = number * (STRIP + 44)
        dots = Markup("").join(
            _dot(place, ratio, top=place in top) for place, ratio in enumerate(ratios.tolist())
        )
        parts.append(
            Markup(
                '<g transform="translate(0 {})"><text x="{}" y="14" font-weight="bold">{}</text>{}{}</g>'
            ).format(above, EDGE, name, _axis(), dots)
        )
    return Markup(
        '<svg class="vb-plaat vb-smal" viewBox="0 0 {} {}" role="img" fill="currentColor" font-size="12" '
        'aria-label="Twee rijen stippen. De tabel hieronder heeft de cijfers van de gekleurde.">{}</svg>'
    ).format(WIDTH, 2 * (STRIP + 44), Markup("").join(parts))


def _axis() -> Markup:
    return Markup("").join(
        Markup(
            '<path d="M{0} 22v{1}" stroke="currentColor" opacity="{2}"/>'
            '<text x="{0}" y="{3}" text-anchor="middle">{4}</text>'
        ).format(
            _number(WIDTH / 2 + place * _STEP), STRIP, "0.6" if place == 0 else "0.2", 22 + STRIP + 14, word
        )
        for place, word in MARKS
    )


def _dot(place: int, ratio: float, *, top: bool) -> Markup:
    doubled = max(-DOUBLINGS, min(DOUBLINGS, math.log2(ratio)))
    look = Markup('r="5" class="vb-uit"') if top else Markup('r="3" opacity=".35"')
    return Markup('<circle cx="{}" cy="{}" {}/>').format(
        _number(WIDTH / 2 + doubled * _STEP), 28 + place * 23 % (STRIP - 12), look
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _table(levels: Sequence[int], made: Replay) -> Markup:
    header = [
        Cell("Gewoon"),
        *(Cell(name, number=True) for name in ("Vorig jaar", "Dit jaar", "Jaar erna")),
    ]
    rows = [
        [
            Cell(format_number(levels[place])),
            *(Cell(format_number(count), number=True) for count in made.years[place].tolist()),
        ]
        for place in made.top.tolist()
    ]
    return table(
        "De vijf sterkste stijgers van dit nagebootste jaar. Dit zijn geen echte cijfers.", header, rows
    )
