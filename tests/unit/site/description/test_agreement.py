"""All writers tell the same of a dataset: read back from the files, never from the description itself."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, SKOS

from pipeline.indicator import file_of, slug_of
from pipeline.site.description.published import Published
from pipeline.site.description.schema_org import dataset
from tests.unit.data_site import SITE

NAMES = ("fietsdiefstal", "inwoners", "vm_drugs_veel_overlast_oud", "overlast_onbegrepen_gedrag")


@pytest.fixture(scope="module")
def catalogued(site: Path) -> Graph:
    return Graph().parse(site / "data" / "catalogus.ttl")


def package_of(site: Path, indicator: str) -> dict[str, Any]:
    with ZipFile(site / file_of(indicator, ".zip")) as archive:
        told: dict[str, Any] = json.loads(archive.read("datapackage.json"))
    return told


@pytest.mark.parametrize("indicator", NAMES)
def test_of_an_indicator(site: Path, published: Published, catalogued: Graph, indicator: str) -> None:
    in_zip = package_of(site, indicator)
    in_page = dataset(published.indicator(indicator))
    node = URIRef(f"{SITE}data/#{in_zip['name']}")
    period = catalogued.value(node, DCTERMS.temporal)
    rights = catalogued.value(URIRef(f"{SITE}data/#{slug_of(indicator)}.zip"), DCTERMS.rights)
    in_catalogue = {
        "name": str(catalogued.value(node, DCTERMS.identifier)).removeprefix(f"{SITE}data/#"),
        "title": str(catalogued.value(node, DCTERMS.title)),
        "description": str(catalogued.value(node, DCTERMS.description)),
        "citation": str(catalogued.value(node, DCTERMS.bibliographicCitation)),
        "version": str(catalogued.value(node, DCTERMS.modified)),
        "period": "/".join(str(catalogued.value(period, one)) for one in (DCAT.startDate, DCAT.endDate)),
        "page": str(catalogued.value(node, DCAT.landingPage)),
        "sources": sorted(str(one) for one in catalogued.objects(node, DCTERMS.source)),
        "licences": sorted(str(catalogued.value(rights, SKOS.prefLabel)).split("; ")),
        "files": sorted(
            str(catalogued.value(one, DCAT.downloadURL))
            for one in catalogued.objects(node, DCAT.distribution)
        ),
    }
    resource = in_zip["resources"][0]
    assert in_catalogue == {
        "name": in_page["identifier"],
        "title": in_page["name"],
        "description": in_page["description"],
        "citation": in_page["creditText"],
        "version": in_page.get("dateModified", "None"),
        "period": in_page["temporalCoverage"],
        "page": in_page["url"],
        "sources": sorted(in_page["isBasedOn"]),
        "licences": sorted(one["name"] for one in in_page["license"]),
        "files": sorted(one["contentUrl"] for one in in_page["distribution"]),
    }
    for key in ("name", "title", "description", "citation", "version"):
        assert in_zip.get(key, "None") == in_catalogue[key]
    assert "/".join(resource["temporal"].values()) == in_catalogue["period"]
    assert sorted(one["path"] for one in in_zip["sources"]) == in_catalogue["sources"]
    assert sorted(one["title"] for one in in_zip["licenses"]) == in_catalogue["licences"]
    assert in_zip["homepage"] == in_catalogue["page"]
    assert [(one["name"], one["description"]) for one in resource["schema"]["fields"]] == [
        (one["name"], one["description"]) for one in in_page["variableMeasured"]
    ]


def test_llms_text_names_every_dataset_status_and_column(site: Path, published: Published) -> None:
    text = (site / "llms.txt").read_text()
    for one in published.datasets():
        assert f"- [{one.title}]({SITE}{one.page}): {one.definition}" in text
    whole = published.everything()
    assert whole.citation in text
    for name in [*whole.statuses, *(column.name for column in whole.columns)]:
        assert f"- `{name}`: " in text
    assert "Leeg is nooit nul." in text
    assert "Maak geen ranglijst." in text


def test_the_package_of_the_site_and_csvw_say_the_same_of_a_csv(site: Path) -> None:
    package = json.loads((site / "datapackage.json").read_text())
    described = {one["path"]: one for one in package["resources"] if one.get("type") == "table"}
    assert set(described) >= {"data/bestanden/gemeente/gm0758.csv", "data/bestanden/evaluatie.csv"}
    for path, resource in described.items():
        beside = json.loads((site / f"{path}-metadata.json").read_text())
        schema = resource["schema"]
        if isinstance(schema, str):
            schema = json.loads((site / schema).read_text())
        columns = beside["tableSchema"]["columns"]
        assert [one["name"] for one in columns] == [one["name"] for one in schema["fields"]]
        assert beside["tableSchema"].get("primaryKey") == schema.get("primaryKey")
        assert beside["dialect"]["delimiter"] == resource["dialect"]["delimiter"]
        assert beside["dc:title"] == resource["title"]
