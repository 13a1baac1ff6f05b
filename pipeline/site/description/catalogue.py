"""The catalogue in DCAT-AP-NL 3.0, in Turtle and JSON-LD from one graph.

The profile: https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/

Everything has an address of its own, so no node is blank and two writings of the same figures are the same.
A site that does not know its own address has addresses relative to the folder of the catalogue: whoever reads
it from there gets whole ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS, XSD

from pipeline.site.description.description import (
    PUBLISHER,
    REPORT_PAGE,
    ZIPPED_CSV,
    Description,
    File,
)
from pipeline.site.html.markup import mail_of
from pipeline.words.provenance import SourceTable

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_EU = "http://publications.europa.eu/resource/authority/"
_PUBLIC, _DUTCH, _NETHERLANDS = (
    URIRef(_EU + code) for code in ("access-right/PUBLIC", "language/NLD", "country/NLD")
)
_THEMES = {
    "JUST": "Justitie, rechtsstelsel en openbare veiligheid",
    "SOCI": "Bevolking en samenleving",
    "REGI": "Regio's en steden",
}
_TITLE = "Veiligheidsbeeld: cijfers over veiligheid en omstandigheden per buurt"


def graph(datasets: Iterable[Description], *, here: str) -> Graph:
    """The catalogue of these datasets, the first of which is everything; `here` is its folder ('data/')."""
    return _Catalogue(here).of(tuple(datasets))


def turtle(catalogue: Graph) -> str:
    """As Turtle."""
    return catalogue.serialize(format="turtle")


def json_ld(catalogue: Graph) -> str:
    """As JSON-LD, with the same prefixes; in order, for the library has none."""
    context = {prefix: str(name) for prefix, name in catalogue.namespaces()}
    told = json.loads(catalogue.serialize(format="json-ld", context=context))
    return json.dumps(_ordered(told), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


class _Catalogue:
    """Fills one graph."""

    def __init__(self, here: str) -> None:
        self._here = here
        self._graph = Graph(bind_namespaces="none")
        for prefix, name in (
            *(("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("skos", SKOS)),
            *(("vcard", VCARD), ("xsd", XSD)),
        ):
            self._graph.bind(prefix, name)

    def of(self, datasets: tuple[Description, ...]) -> Graph:
        whole = datasets[0]
        self._themes()
        agent, contact = self._agent(whole), self._contact(whole)
        catalogue = self._node(whole, "catalogus")
        for one in datasets:
            self._dataset(one, agent=agent, contact=contact)
            self._add(catalogue, DCAT.dataset, self._node(one, one.name))
        self._add(catalogue, RDF.type, DCAT.Catalog)
        self._add(catalogue, DCTERMS.title, _dutch(_TITLE))
        self._add(catalogue, DCTERMS.description, _dutch(whole.definition))
        self._owned(catalogue, whole, agent=agent, contact=contact)
        self._document(catalogue, FOAF.homepage, self._at(whole, ""))
        return self._graph

    def _dataset(self, one: Description, *, agent: URIRef, contact: URIRef) -> None:
        node = self._node(one, one.name)
        self._add(node, RDF.type, DCAT.Dataset)
        self._add(node, DCTERMS.title, _dutch(one.title))
        self._add(node, DCTERMS.description, _dutch(one.definition))
        self._add(node, DCTERMS.identifier, Literal(str(node) if one.site_url else one.name))
        self._owned(node, one, agent=agent, contact=contact)
        self._typed(node, DCTERMS.accessRights, _PUBLIC, DCTERMS.RightsStatement)
        self._document(node, DCAT.landingPage, self._at(one, one.page))
        self._add(node, DCTERMS.bibliographicCitation, _dutch(one.citation))
        for code in one.subjects:
            self._add(node, DCAT.theme, URIRef(f"{_EU}data-theme/{code}"))
        for word in one.keywords:
            self._add(node, DCAT.keyword, _dutch(word))
        if one.extent:
            period = self._node(one, f"{one.name}-periode")
            self._typed(node, DCTERMS.temporal, period, DCTERMS.PeriodOfTime)
            self._add(period, DCAT.startDate, _period(one.extent.first))
            self._add(period, DCAT.endDate, _period(one.extent.last))
        for source in one.sources:
            self._source(node, source)
        for file in one.files:
            self._distribution(node, one, file)

    def _owned(self, node: URIRef, one: Description, *, agent: URIRef, contact: URIRef) -> None:
        """What a catalogue and a dataset have alike."""
        self._add(node, DCTERMS.publisher, agent)
        self._add(node, DCTERMS.creator, agent)
        self._add(node, DCAT.contactPoint, contact)
        self._typed(node, DCTERMS.language, _DUTCH, DCTERMS.LinguisticSystem)
        self._typed(node, DCTERMS.spatial, _NETHERLANDS, DCTERMS.Location)
        if one.modified:
            self._add(node, DCTERMS.modified, Literal(one.modified.isoformat(), datatype=XSD.date))

    def _distribution(self, dataset: URIRef, one: Description, file: File) -> None:
        node = self._node(one, file.name)
        self._add(dataset, DCAT.distribution, node)
        self._add(node, RDF.type, DCAT.Distribution)
        self._add(node, DCTERMS.title, _dutch(file.title))
        self._add(node, DCAT.accessURL, self._at(one, one.page))
        self._add(node, DCAT.downloadURL, self._at(one, file.path))
        self._add(node, DCTERMS.license, self._licence(one))
        self._add(node, DCTERMS.rights, self._rights(one))
        kind = URIRef(f"{_EU}file-type/{file.form.eu_code}")
        self._typed(node, DCTERMS.format, kind, DCTERMS.MediaTypeOrExtent)
        media = URIRef(f"https://www.iana.org/assignments/media-types/{file.form.media_type}")
        packed = DCAT.packageFormat if file.form == ZIPPED_CSV else DCAT.mediaType
        self._typed(node, packed, media, DCTERMS.MediaType)

    def _licence(self, one: Description) -> URIRef:
        """The one licence of all sources, or a document that says which source has which.

        A profile wants one licence a file. Where publishers state none, or several, ours is a sentence.
        """
        licences = one.licences
        if len(licences) == 1 and licences[0].url:
            node = URIRef(licences[0].url)
            self._add(node, DCTERMS.title, Literal(licences[0].text))
        else:
            said = "; ".join(licence.sentence for licence in licences)
            node = self._node(one, f"licentie-{_slug(said)}")
            self._add(node, DCTERMS.title, _dutch(f"Voorwaarden per bron. {said}"))
        self._add(node, RDF.type, DCTERMS.LicenseDocument)
        return node

    def _rights(self, one: Description) -> URIRef:
        said = "; ".join(licence.sentence for licence in one.licences)
        node = self._node(one, f"voorwaarden-{_slug(said)}")
        self._add(node, RDF.type, DCTERMS.RightsStatement)
        self._add(node, SKOS.prefLabel, _dutch(said))
        return node

    def _source(self, node: URIRef, source: SourceTable) -> None:
        origin = URIRef(source.url)
        self._add(node, DCTERMS.source, origin)
        self._add(origin, DCTERMS.title, _dutch(f"{source.publisher}, {source.titel} ({source.tabel})"))

    def _agent(self, one: Description) -> URIRef:
        node = self._node(one, "uitgever")
        self._add(node, RDF.type, FOAF.Agent)
        self._add(node, FOAF.name, _dutch(PUBLISHER))
        return node

    def _contact(self, one: Description) -> URIRef:
        node = self._node(one, "contact")
        self._add(node, RDF.type, VCARD.Kind)
        self._add(node, VCARD.fn, _dutch(PUBLISHER))
        if mail := mail_of(one.contact):
            self._add(node, VCARD.hasEmail, URIRef(f"mailto:{mail}"))
        else:
            page = URIRef(one.contact) if one.contact else self._at(one, REPORT_PAGE)
            self._add(node, VCARD.hasURL, page)
        return node

    def _themes(self) -> None:
        for code, label in _THEMES.items():
            node = URIRef(f"{_EU}data-theme/{code}")
            self._add(node, RDF.type, SKOS.Concept)
            self._add(node, SKOS.prefLabel, _dutch(label))

    def _node(self, one: Description, name: str) -> URIRef:
        """What has no file of its own is a part of the page about the data."""
        return URIRef(f"{self._at(one, self._here)}#{name}")

    def _at(self, one: Description, path: str) -> URIRef:
        return URIRef(one.relative(path, here=self._here))

    def _document(self, node: URIRef, how: URIRef, page: URIRef) -> None:
        self._typed(node, how, page, FOAF.Document)

    def _typed(self, node: URIRef, how: URIRef, what: URIRef, kind: URIRef) -> None:
        self._add(node, how, what)
        self._add(what, RDF.type, kind)

    def _add(self, node: URIRef, how: URIRef, what: URIRef | Literal) -> None:
        self._graph.add((node, how, what))


def _dutch(text: str) -> Literal:
    return Literal(text, lang="nl")


def _period(text: str) -> Literal:
    """'2012' is a year, '2022-03' a month."""
    kinds = {4: XSD.gYear, 7: XSD.gYearMonth}
    return Literal(text, datatype=kinds[len(text)], normalize=False)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
