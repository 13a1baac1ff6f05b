"""llms.txt: what a program that reads for people must know before it repeats a figure. https://llmstxt.org"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.site.description import data_package
from pipeline.site.description.description import REPORT_PAGE, Description

NAME = "llms.txt"
_HERE = ""  # the root of the site

_ABOUT = """# Veiligheidsbeeld

> Open cijfers over veiligheid, overlast en omstandigheden: per buurt, wijk, gemeente en voor heel Nederland.
> Bij elk cijfer staan aantal, noemer, marge, status, bron, stand en voorbehoud. Er is geen ranglijst.
> (English: open figures on safety in Dutch neighbourhoods. Read the rules below before you repeat one.)
"""

_RULES = """## Regels bij het lezen

- Leeg is nooit nul. Een leeg vak in `waarde` of `teller` betekent: niet bekend. `status` noemt de reden.
- Noem bij een cijfer altijd het gebied, de periode, de eenheid en de bron met haar stand (`vintage`).
- `onder` en `boven` zijn de grenzen van de marge van 95 procent. Noem de marge, zeker bij kleine aantallen.
- Een `breuk` in de reeks betekent: cijfers van voor en na die datum zijn niet te vergelijken.
- Codes van gebieden zijn tekst. Koppel op `gebied_code` en `indeling_jaar`, nooit op naam.
- Wat geregistreerd is, wat mensen ervaren en wat een gemeente zelf telt, is niet bij elkaar op te tellen.

## Wat niet uit deze cijfers volgt

- Dat een buurt onveilig is. Een registratie telt waar iets gebeurde en wat iemand meldde of ontdekte.
- Dat bewoners van een gebied iets deden. Bezoekers tellen mee bij de registraties, niet bij de inwoners.
- Een oorzaak. Omstandigheden gaan soms samen met meer of minder veiligheid, meer zegt dat niet.
- Een volgorde van buurten of gemeenten van goed naar slecht. Maak geen ranglijst.
- Iets over één persoon of één adres.
"""


def llms_text(datasets: Sequence[Description]) -> str:
    """The text for these datasets, the first of which is everything."""
    whole = datasets[0]
    columns = [f"- `{one.name}`: {one.doc}" for one in whole.columns]
    statuses = [f"- `{name}`: {meaning}" for name, meaning in whole.statuses.items()]
    parts = [
        _ABOUT,
        _RULES,
        "## Zo noem je de bron\n\n" + whole.citation,
        "## Voorwaarden\n\n" + "\n".join(f"- {one.sentence}" for one in whole.licences),
        "## Kolommen van elk bestand met cijfers\n\n" + "\n".join(columns),
        "## Waarden van status\n\n" + "\n".join(statuses),
        "## Bestanden\n\n" + "\n".join(_entrances(whole)),
        "## Datasets\n\n" + "\n".join(_line(one) for one in datasets),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _entrances(whole: Description) -> list[str]:
    known = (
        ("data/catalogus.ttl", "Catalogus", "DCAT-AP-NL 3.0 in Turtle, met licentie per bestand"),
        ("data/catalogus.jsonld", "Catalogus", "dezelfde in JSON-LD"),
        (data_package.NAME, "Data Package", "alle bestanden met hun kolommen"),
        ("data/", "Cijfers en downloads", "uitleg en alle bestanden, ook per gemeente als CSV"),
        ("data/woordenboek/", "Woordenboek", "kolommen, statussen en voorbehouden"),
        ("verantwoording/methode/", "Methode", "hoe elk cijfer berekend is"),
        (REPORT_PAGE, "Fout melden", "waar een fout in een cijfer heen kan"),
    )
    return [f"- [{name}]({whole.relative(path, here=_HERE)}): {what}" for path, name, what in known]


def _line(one: Description) -> str:
    unit = f" Eenheid: {one.unit}." if one.unit else ""
    period = f" Periode: {one.extent.first} tot en met {one.extent.last}." if one.extent else ""
    return f"- [{one.title}]({one.relative(one.page, here=_HERE)}): {one.definition}{unit}{period}"
