"""Approaches in texts: all of them by their place in the circle, the latest verdicts, and a page for each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from pipeline.aanpak.circle import STAGES
from pipeline.aanpak.record import Recorded
from pipeline.charts import approach as chart
from pipeline.charts import static
from pipeline.gebied import slug_of
from pipeline.indicator import Indicator
from pipeline.site.approaches import Aanpak, Evaluatie, Jaar, Standing, read_standing
from pipeline.site.download.evaluations import NAME
from pipeline.site.figure.cijfer import read_gebieden, read_rows
from pipeline.site.html.markup import FILES, Cell, bullets, link, table, text
from pipeline.site.text.page import TextPage, paragraph
from pipeline.statistics.verdicts import REASONS
from pipeline.words import approach as words
from pipeline.words.numbers import capital, format_date, format_number, join_words
from pipeline.words.sentences import Onderwerp

LATEST = 3
MOST_NAMED = 40  # areas that a page names; more are in the download
FILE = f"{FILES}{NAME}"


class Approaches:
    """What a text may ask about approaches."""

    def __init__(self, page: TextPage) -> None:
        self._page = page

    def aanpakken(self) -> Markup:
        """Every approach below its stage, by title; overdue evaluations first."""
        found = read_standing(self._page.facts.con)
        parts = [_overdue(self._page, found)] if any(one.overdue for one in found) else []
        for stage, meaning in STAGES.items():
            own = [one for one in found if one.stage == stage]
            shown = (
                bullets(self._line(one) for one in own) if own else paragraph("Hier staat nu geen aanpak.")
            )
            parts.append(Markup("### {}\n\n{}\n\n{}").format(capital(stage), text(meaning), shown))
        return Markup("\n\n").join(parts)

    def heeft_aanpakken(self) -> bool:
        """Whether anything is written down."""
        return bool(read_standing(self._page.facts.con))

    def laatste_evaluaties(self) -> Markup:
        """The approaches of which most was evaluated last, each with its verdict."""
        found = [one for one in read_standing(self._page.facts.con) if one.verdicts]
        newest = sorted(found, key=lambda one: max((v.na_tot or 0) for v in one.verdicts), reverse=True)
        if not newest:
            return paragraph("Er is nog geen aanpak vastgelegd.")
        return bullets(self._line(one) for one in newest[:LATEST])

    def _line(self, one: Standing) -> Markup:
        name = link(self._page.url(one.aanpak.address), one.aanpak.titel)
        said = join_words([self._verdict(verdict) for verdict in one.verdicts])
        late = " Achteraf vastgelegd." if one.aanpak.achteraf else ""
        return Markup("{}. {}{}").format(name, text(f"Oordeel: {said}." if said else ""), late)

    def _verdict(self, one: Evaluatie) -> str:
        after = words.years(one.na_van, one.na_tot)
        title = self._page.indicator(one.indicator).titel.lower()
        return f"{one.oordeel} ({title}{', ' + after if after else ''})"


def _overdue(page: TextPage, found: Sequence[Standing]) -> Markup:
    late = [link(page.url(one.aanpak.address), one.aanpak.titel) for one in found if one.overdue]
    return Markup("### Over tijd\n\nVan deze aanpakken had er al een evaluatie moeten zijn.\n\n{}").format(
        bullets(late)
    )


def page_values(page: TextPage, one: Standing) -> dict[str, Any]:
    """What the template of one approach needs."""
    con, own = page.facts.con, one.aanpak
    around = page.facts.rows(
        "select buurt_code from statistiek.aanpak_buurt where aanpak = $aanpak and rol = 'omgeving'",
        aanpak=own.aanpak,
    )
    named = page.facts.rows(
        "select gebied_code, start from contract.aanpak_gebied where aanpak = $aanpak and rol = 'aanpak' "
        "order by gebied_code",
        aanpak=own.aanpak,
    )
    years = read_rows(
        con, Jaar, "mart.evaluatie_jaar where aanpak = $aanpak", order="indicator, jaar",
        parameters={"aanpak": own.aanpak},
    )  # fmt: skip
    goal = None
    if own.doel_indicator and own.doel_richting and own.doel_procent and own.doel_voor:
        title = page.indicator(own.doel_indicator).titel
        goal = words.goal(own.doel_richting, own.doel_procent, own.doel_voor, title)
    return {
        "aanpak": own,
        "thema": _theme(page, own.thema),
        "heeft_vragen": _has(page, "vragen", own.thema),
        "heeft_bekend": _has(page, "wat_werkt", own.thema),
        "kring": _circle(one),
        "over_tijd": one.overdue,
        "laat": words.LATE if own.achteraf else "",
        "oordelen": join_words([verdict.oordeel for verdict in one.verdicts]),
        "gebieden": _areas(page, [code for code, _ in named]),
        "later": _later(page, own, named),
        "omgeving": _areas(page, [code for (code,) in around]),
        "start": words.day(own.start_tekst) if own.start_tekst else "nog niet bekend",
        "eind": format_date(own.eind.isoformat()) if own.eind else "de aanpak loopt",
        "vastgelegd": format_date(own.vastgelegd_op.isoformat()),
        "volgende": format_date(own.volgende_evaluatie.isoformat())
        if own.volgende_evaluatie
        else "niet gepland",
        "doel": goal or "Er is geen doel in cijfers.",
        "partijen": _parties(own.partijen, own.inbreng),
        "bronnen": _sources(own.bron_titels, own.bron_urls, own.bron_dagen),
        "evaluaties": [
            _evaluation(page, verdict, [year for year in years if year.indicator == verdict.indicator])
            for verdict in one.verdicts
        ],
        "hierna": _next(one.verdicts),
        "eerder": _earlier(page, one.recorded),
        "herzien": _revised(page, one),
        "bestand": page.url(FILE),
    }


def _theme(page: TextPage, theme: str) -> Markup:
    """The theme by its title, a link where it has a page."""
    rows = page.facts.rows(
        "select titel, slug, soort from reference.themas where thema = $thema", thema=theme
    )
    title, slug, kind = rows[0] if rows else (theme, "", "")
    has_page = kind == "veiligheid" and theme != "veiligheid_algemeen"
    return link(page.url(f"thema/{slug}/"), title) if has_page else text(title)


def _has(page: TextPage, table: str, theme: str) -> bool:
    rows = page.facts.value(f"select count(*) from reference.{table} where thema = $thema", thema=theme)
    return bool(rows)


def _circle(one: Standing) -> Markup:
    """The five stages in order, with the one of now marked for eye and ear."""
    items = Markup("").join(
        Markup("<li{}>{}</li>").format(
            Markup(' class="vb-kring__nu" aria-current="step"') if stage == one.stage else "",
            Markup("<strong>{}</strong>: hier staat deze aanpak nu.").format(capital(stage))
            if stage == one.stage
            else capital(stage),
        )
        for stage in STAGES
    )
    return Markup('<ol class="vb-kring">{}</ol>').format(items)


def _areas(page: TextPage, codes: Sequence[str]) -> Markup:
    """Links to areas that have a page here, codes of those that have none; by name."""
    found = read_gebieden(page.facts.con, codes)
    shown = set(page.facts.gemeente_codes)
    several = len({code[2:6] for code in codes}) > 1
    gemeenten = {
        code: name
        for code, name in page.facts.rows(
            "select gebied_code, gemeente_naam from core.gebied where list_contains($codes, gebied_code)",
            codes=list(codes),
        )
    }
    named = []
    for code in codes:
        area = found.get(code)
        name = area.naam if area else f"{code} (niet in deze opslag)"
        if area and several and gemeenten.get(code):
            name = f"{name} ({gemeenten[code]})"
        has_page = area is not None and area.gemeente_code in shown
        named.append((name, link(page.url(f"gebied/{slug_of(code)}/"), name) if has_page else text(name)))
    ordered = [label for _, label in sorted(named, key=lambda pair: pair[0].casefold())]
    rest = len(ordered) - MOST_NAMED
    if rest > 0:
        ordered = [*ordered[:MOST_NAMED], text(f"en nog {rest}")]
    return Markup(", ").join(ordered)


def _later(page: TextPage, own: Aanpak, named: Sequence[tuple[str, date | None]]) -> Markup:
    """The areas that began after the first, below their day; nothing where all began at once."""
    days = sorted({day for _, day in named if day and own.start and day > own.start})
    lines = [
        Markup("{}: {}").format(
            format_date(day.isoformat()), _areas(page, [code for code, when in named if when == day])
        )
        for day in days
    ]
    return bullets(lines) if lines else Markup("")


def _parties(names: Sequence[str], brings: Sequence[str]) -> Markup:
    return bullets(
        Markup("<strong>{}</strong>{}").format(text(name), text(f": {what}" if what else ""))
        for name, what in zip(names, brings, strict=True)
    )


def _sources(titles: Sequence[str], urls: Sequence[str], days: Sequence[str]) -> Markup:
    if not titles:
        return paragraph("Wie dit opschreef, noemde geen bron.")
    return bullets(
        Markup("{} (gezien op {})").format(link(url, title) if url else text(title), format_date(day))
        for title, url, day in zip(titles, urls, days, strict=True)
    )


def _next(verdicts: Sequence[Evaluatie]) -> Markup:
    said = list(dict.fromkeys(line for one in verdicts for line in words.NEXT[one.oordeel]))
    return bullets(said)


def _evaluation(page: TextPage, one: Evaluatie, years: Sequence[Jaar]) -> dict[str, Any]:
    """One indicator: verdict and reason, sentences, chart and table."""
    indicator = page.indicator(one.indicator)
    subject = Onderwerp.parse(indicator.onderwerp).meervoud if indicator.onderwerp else "keer"
    return {
        "titel": indicator.titel,
        "verwijzing": link(page.url(indicator.address), indicator.titel),
        "oordeel": one.oordeel,
        "betekenis": words.VERDICTS[one.oordeel],
        "reden": REASONS.get(one.reden or "", ""),
        "een_jaar": one.reden == "een_jaar_vooraf",
        "geteld": words.counted(one, subject),
        "verwacht": words.expected(one),
        "kleinste": words.smallest(one),
        "toeval": words.chance(one.placebo_lager, one.placebo_groepen),
        "aanloop": words.early(one.tijd_verschil, one.tijd_onder, one.tijd_boven) if one.voor_van else "",
        "startjaar": one.startjaar,
        "vergelijking": _compared(one),
        "zonder": one.gebieden_zonder,
        "omgeving": words.RING[one.omgeving],
        "omgeving_cijfers": _ring(one),
        "grafiek": _chart(page, one, indicator, years),
        "tabel": _table(indicator, years),
        "bron": _origin(one),
    }


def _compared(one: Evaluatie) -> str:
    if not one.vergelijkingsgebieden:
        return ""
    how = (
        "die de aanpak zelf noemt"
        if one.vergelijking == "genoemd"
        else "die voor de start het meest op deze gebieden leken, in aantal en in beweging"
    )
    return (
        f"Vergeleken is met {format_number(one.vergelijkingsgebieden)} gebieden {how}. "
        "Gebieden van een andere aanpak en de buurten eromheen doen niet mee."
    )


def _ring(one: Evaluatie) -> str:
    if one.omgeving_verwacht is None or one.omgeving_na is None:
        return ""
    bounds = [one.omgeving_verwacht + (bound or 0.0) for bound in (one.omgeving_onder, one.omgeving_boven)]
    low, high = (format_number(max(0.0, bound)) for bound in bounds)
    counted, expected = format_number(one.omgeving_na), format_number(one.omgeving_verwacht)
    return (
        f"In de {one.omgeving_gebieden} buurten eromheen waren het er {counted} per jaar. "
        f"Verwacht was ongeveer {expected} (marge {low} tot {high})."
    )


def _chart(page: TextPage, one: Evaluatie, indicator: Indicator, years: Sequence[Jaar]) -> Markup:
    """The picture; nothing where fewer than two years are known."""
    observed = [year for year in years if year.waargenomen is not None]
    if len(observed) < 2:
        return Markup("")
    lines = [
        _series(chart.OBSERVED, "geteld", [(year.jaar, float(year.waargenomen or 0)) for year in observed])
    ]
    expected = [(year.jaar, year.verwacht) for year in years if year.verwacht is not None]
    if expected:
        lines.append(_series(chart.EXPECTED, "zonder de aanpak", expected))
        lines[0][-1]["boven"] = lines[0][-1]["aantal"] > lines[1][-1]["aantal"]
        lines[1][-1]["boven"] = not lines[0][-1]["boven"]
    rows = [row for line in lines for row in line]
    start = _start(page, one.aanpak)
    if start is not None:
        rows.append({"start": start})
    svg = static.to_svg(
        chart.spec(),
        rows,
        ident=f"evaluatie-{one.indicator}",
        title=f"{indicator.titel} in de gebieden van de aanpak",
        description="Geteld per jaar, en verwacht zonder de aanpak. De tabel heeft dezelfde cijfers.",
    )
    return Markup(svg)


def _start(page: TextPage, approach: str) -> float | None:
    """Place of the start on the axis, on which a year stands in its own middle."""
    day = page.facts.value("select start from contract.aanpak where aanpak = $aanpak", aanpak=approach)
    return None if day is None else day.year + (day.timetuple().tm_yday - 1) / 366 - 0.5


def _series(name: str, label: str, points: Sequence[tuple[int, float]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"reeks": name, "jaar": year, "aantal": count} for year, count in points]
    rows[-1] |= {"label": label, "boven": True}
    return rows


def _table(indicator: Indicator, years: Sequence[Jaar]) -> Markup:
    counts = {
        "voor": "voor de start",
        "na": "na de start",
        "beide": "in een deel van de gebieden na de start",
        "buiten": "telt niet mee",
    }
    rows = [
        [
            Cell(str(year.jaar)),
            _number(year.waargenomen),
            _number(year.verwacht),
            Cell(counts[year.deel]),
        ]
        for year in years
        if year.waargenomen is not None or year.verwacht is not None
    ]
    header = [
        Cell("Jaar"),
        Cell("Geteld", number=True),
        Cell("Verwacht zonder de aanpak", number=True),
        Cell("Deel"),
    ]
    return table(f"{indicator.titel} in de gebieden van de aanpak, per jaar.", header, rows)


def _number(value: float | None) -> Cell:
    if value is None:
        return Cell("niet bekend", empty=True)
    return Cell(format_number(value), number=True)


def _origin(one: Evaluatie) -> str:
    when = f", stand {format_date(one.stand.isoformat())}" if one.stand else ""
    return f"Politie {one.tabel}{when}; eigen berekening" if one.tabel else ""


def _earlier(page: TextPage, recorded: Sequence[Recorded]) -> Markup:
    """Every recorded verdict, the newest first."""
    if not recorded:
        return paragraph("Er is nog geen oordeel vastgelegd.")
    header = [
        Cell("Vastgelegd op"),
        Cell("Cijfer"),
        Cell("Na de start"),
        Cell("Oordeel"),
        Cell("Stand van de bron"),
    ]
    rows = [
        [
            Cell(format_date(one.vastgelegd_op.isoformat())),
            Cell(page.indicator(one.indicator).titel),
            Cell(words.years(one.na_van, one.na_tot) or "geen jaar"),
            Cell(one.oordeel),
            Cell(format_date(one.stand.isoformat()) if one.stand else "niet bekend"),
        ]
        for one in reversed(recorded)
    ]
    return table("Oordelen die zijn vastgelegd, het nieuwste boven.", header, rows)


def _revised(page: TextPage, one: Standing) -> list[str]:
    """For each indicator whose verdict is another now than the last that was recorded: why."""
    said = []
    for now in one.verdicts:
        kept = [record for record in one.recorded if record.indicator == now.indicator]
        if not kept or kept[-1].oordeel == now.oordeel:
            continue
        last, title = kept[-1], page.indicator(now.indicator).titel
        same_years = (last.na_van, last.na_tot) == (now.na_van, now.na_tot)
        why = (
            "De bron of de opslag heeft nu andere cijfers over dezelfde jaren."
            if same_years
            else f"Toen ging het over {words.years(last.na_van, last.na_tot) or 'geen jaar'}, "
            f"nu over {words.years(now.na_van, now.na_tot) or 'geen jaar'}."
        )
        day = format_date(last.vastgelegd_op.isoformat())
        said.append(f"{title}: op {day} was het oordeel {last.oordeel}, nu is het {now.oordeel}. {why}")
    return said
