"""What a search engine and a bookmark call the page of an area: a title and a description of its own."""

from pipeline.site.area.area import Area
from pipeline.site.area.sentences import lead, sentences
from pipeline.words.sentences import Plaats, area_phrase


def title(area: Area) -> str:
    """'City, buurt in Breda'; with its wijk where the gemeente has two of the name, or else with its code."""
    niveau = area.gebied.gebied_niveau
    if not area.is_deel:
        return f"{area.naam}, gemeente" if niveau == "gemeente" else area.naam
    key = (area.gebied.gemeente_code, niveau, area.naam)
    if area.batch.naamgenoten[key] == 1:
        return f"{area.naam}, {niveau} in {area.gemeente}"
    if niveau == "buurt" and area.batch.naamgenoten[*key, area.gebied.ouder_code] == 1:
        wijk = area_phrase(Plaats(area.ouders[0].naam, "wijk"))
        return f"{area.naam}, buurt in {wijk}, {area.gemeente}"
    return f"{area.naam} ({area.code}), {niveau} in {area.gemeente}"


def description(area: Area) -> str:
    """The first sentence of the page; of a wijk or buurt behind its title, for its name returns elsewhere."""
    said = sentences(area, lead(area)).aantal[0]
    return f"{title(area)}. {said.replace(area.in_hier, 'hier', 1)}" if area.is_deel else said
