"""schema.org in a page: what a search engine for data reads. https://schema.org/Dataset

A data block does not run, so the policy of a page needs no hash of it.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from pipeline.site.description.description import PUBLISHER, Description, File, Licence
from pipeline.site.html.data import data_block

MEDIA_TYPE = "application/ld+json"


def in_page(description: Description) -> Markup:
    """The description as a data block for its own page."""
    return data_block(dataset(description), media_type=MEDIA_TYPE)


def dataset(description: Description) -> dict[str, Any]:
    """The description as a Dataset; addresses are seen from its own page where the site has none."""
    one = description
    here = one.page
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": one.title,
        "description": one.definition,
        "identifier": one.name,
        "url": one.relative(here, here=here),
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": PUBLISHER},
        "license": [_licence(licence) for licence in one.licences],
        "creditText": one.citation,
        "isBasedOn": [source.url for source in one.sources],
        "keywords": list(one.keywords),
        "spatialCoverage": {"@type": "Place", "name": "Nederland"},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": column.name, "description": column.doc}
            | ({"unitText": one.unit} if column.name == "waarde" and one.unit else {})
            for column in one.columns
        ],
        "distribution": [_download(one, file, here) for file in one.files],
    }
    if one.modified:
        found["dateModified"] = one.modified.isoformat()
    if one.extent:
        found["temporalCoverage"] = f"{one.extent.first}/{one.extent.last}"
    return found


def _licence(licence: Licence) -> dict[str, str]:
    found = {"@type": "CreativeWork", "name": licence.sentence}
    return found | ({"url": licence.url} if licence.url else {})


def _download(description: Description, file: File, here: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.title,
        "encodingFormat": file.form.media_type,
        "contentUrl": description.relative(file.path, here=here),
    }
