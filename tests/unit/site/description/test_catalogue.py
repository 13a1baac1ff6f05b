import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS

from benchmarks.validators import of_catalogue
from pipeline.site.description import catalogue
from pipeline.site.description.published import Published
from pipeline.site.text.data_pages import indicator_files
from tests.unit.data_site import SITE


@pytest.fixture(scope="module")
def catalogued(site: Path) -> Graph:
    return Graph().parse(site / "data" / "catalogus.ttl")


def test_the_catalogue_is_as_the_profile_demands(catalogued: Graph) -> None:
    assert of_catalogue(catalogued) == []


def test_without_an_address_it_is_so_too(published: Published) -> None:
    nameless = replace(published, site_url="", contact="")
    text = catalogue.turtle(catalogue.graph(nameless.datasets(), here="data/"))
    assert "example" not in text
    read = Graph().parse(data=text, format="turtle", publicID=f"{SITE}data/catalogus.ttl")
    assert of_catalogue(read) == []
    assert (URIRef(f"{SITE}data/#geweld"), RDF.type, DCAT.Dataset) in read
    pages = set(read.objects(URIRef(f"{SITE}data/#geweld"), DCAT.landingPage))
    assert pages == {URIRef(f"{SITE}indicator/geweld/")}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # of the library
def test_both_forms_say_the_same(site: Path, catalogued: Graph) -> None:
    other = Graph().parse(site / "data" / "catalogus.jsonld", format="json-ld")
    assert len(other) > 1000
    assert isomorphic(other, catalogued)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *((DCAT.Dataset, path) for path in (DCTERMS.title, DCTERMS.description, DCTERMS.identifier)),
        *((DCAT.Dataset, path) for path in (DCTERMS.creator, DCTERMS.publisher, DCAT.contactPoint)),
        *((DCAT.Dataset, path) for path in (DCAT.theme, DCTERMS.accessRights)),
        *((DCAT.Distribution, path) for path in (DCTERMS.license, DCAT.accessURL)),
        *((DCAT.Catalog, path) for path in (DCTERMS.title, DCTERMS.publisher, DCAT.contactPoint)),
    ],
    ids=lambda part: part.rpartition("/")[2].rpartition("#")[2],
)
def test_a_mandatory_property_that_is_missing_is_found(
    published: Published, kind: URIRef, path: URIRef
) -> None:
    few = [published.everything(), published.indicator("geweld")]
    planted = catalogue.graph(few, here="data/")
    node = min(planted.subjects(RDF.type, kind))
    planted.remove((node, path, None))
    assert f"{node} {path}" in of_catalogue(planted)


def test_licences_are_those_of_the_sources(catalogued: Graph) -> None:
    def licence(name: str) -> list[str]:
        found = catalogued.value(URIRef(f"{SITE}data/#{name}"), DCTERMS.license)
        return [str(found), str(catalogued.value(found, DCTERMS.title))]

    assert licence("inwoners.zip") == ["https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"]
    told = "Voorwaarden per bron. Politie: niet vermeld; CBS: CC BY 4.0"
    assert licence("geweld.zip")[1] == told


def test_it_lists_what_the_page_about_the_data_lists(published: Published, catalogued: Graph) -> None:
    listed = {str(one).removeprefix(SITE) for one in catalogued.objects(None, DCAT.downloadURL)}
    for indicator in published.extents:
        links = indicator_files(indicator, lambda path: path)
        assert len(links) >= 2
        for link in links:
            path = link.split('"')[1]
            assert path in listed or path.endswith(".metadata.json")  # describes the others


def test_two_writings_are_the_same_bytes(site: Path) -> None:
    # The order of sets differs between processes.
    code = (
        "import sys; from rdflib import Graph; from pipeline.site.description import catalogue;"
        " g = Graph().parse(sys.argv[1]); sys.stdout.write(catalogue.json_ld(g) + catalogue.turtle(g))"
    )
    written = [
        subprocess.run(
            [sys.executable, "-c", code, str(site / "data" / "catalogus.ttl")],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert written[0] == written[1]
    assert json.loads((site / "data" / "catalogus.jsonld").read_text())["@graph"]
