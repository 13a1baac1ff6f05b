"""Data Package v2: what programs read before they read a table. https://datapackage.org/standard/data-package/

A package lists files beside or below itself, so every path in it is relative.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.site.description.description import (
    CSV,
    PUBLISHER,
    TYPES,
    UNSTATED,
    VALUES,
    Description,
    File,
    Licence,
)
from pipeline.site.description.dialect import EXCEL_NL, STANDARD, Dialect
from pipeline.site.description.documentation import Field
from pipeline.site.html.markup import FILES, mail_of
from pipeline.words.provenance import SourceTable

NAME = "datapackage.json"
"""In a zip, and at the root of the site: a package may name nothing above itself."""
INDICATOR = ".metadata.json"
"""Behind the name of an indicator: the package of its own files, beside them."""
SCHEMAS = {
    STANDARD: f"{FILES}tableschema.json",
    EXCEL_NL: f"{FILES}tableschema-excel.json",
}
"""Dialect -> where the schema of every CSV of figures in it stands, below the root."""
_PROFILE = "https://datapackage.org/profiles/2.0"


def of_table(description: Description, *, path: str, rows: int, title: str = "") -> str:
    """The package in a zip with one CSV at `path`, all of it inside; `title`: if it is a part."""
    resource = _resource(description, path=path, name=description.name) | {
        "title": title or description.title,
        "rows": rows,
        "schema": schema(description, STANDARD),
    }
    return text(_package(description, [resource | _csv(STANDARD)]))


def of_site(whole: Description, others: Iterable[Description]) -> str:
    """The package of everything, to stand at the root of the site."""
    resources = []
    for one in (whole, *others):
        for file in one.files:
            known = SCHEMAS.get(file.dialect) if file.dialect and one.columns == whole.columns else None
            resources.append(_of_file(one, file, package=whole, path=file.path, schema_at=known))
    return text(_package(whole, resources))


def of_files(description: Description) -> str:
    """The package of one dataset, to stand in the folder of its files."""
    resources = [_of_file(description, one, package=description, path=one.name) for one in description.files]
    return text(_package(description, resources))


def schema(description: Description, dialect: Dialect) -> dict[str, Any]:
    """The Table Schema of a CSV in this dialect."""
    key = {"primaryKey": list(description.key)} if description.key else {}
    return {
        "$schema": f"{_PROFILE}/tableschema.json",
        "fields": [_field(one, description.key, dialect) for one in description.columns],
        **key,
        "missingValues": [""],
    }


def text(package: dict[str, Any]) -> str:
    """JSON as it is written to a file."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _package(description: Description, resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": description.name,
        "title": description.title,
        "description": description.definition,
        "citation": description.citation,
        "licenses": [_licence(one) for one in description.licences],
        "sources": [_source(one) for one in description.sources],
        "contributors": [_publisher(description)],
        "keywords": list(description.keywords),
    }
    if description.modified:
        found["version"] = description.modified.isoformat()
    if description.site_url:
        found["homepage"] = description.site_url + description.page
    found["status"] = dict(description.statuses)
    found["caveats"] = dict(description.caveats)
    return found | {"resources": list(resources)}


def _of_file(
    description: Description, file: File, *, package: Description, path: str, schema_at: str | None = None
) -> dict[str, Any]:
    """A file at `path`, seen from the package; `schema_at` is where the schema of its CSV stands."""
    found = _resource(description, path=path, name=file.name.lower().replace("_", "-"))
    found |= {"title": file.title, "mediatype": file.form.media_type}
    if description.sources == package.sources:  # those of the package hold
        del found["licenses"], found["sources"]
    dialect = file.dialect
    if dialect is None:
        return found | ({"rowCount": file.rows} if file.rows is not None else {})
    described = schema_at or schema(description, dialect)
    rows = {"rows": file.rows} if file.rows is not None else {}
    return found | rows | {"schema": described} | _csv(dialect)


def _resource(description: Description, *, path: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "path": path,
        "title": description.title,
        "description": description.definition,
        "licenses": [_licence(one) for one in description.licences],
        "sources": [_source(one) for one in description.sources],
    }
    if description.unit:
        found["unit"] = description.unit
    if description.extent:
        found["temporal"] = {"start": description.extent.first, "end": description.extent.last}
        found["levels"] = list(description.extent.levels)
    return found


def _csv(dialect: Dialect) -> dict[str, Any]:
    return {
        "type": "table",
        "format": "csv",
        "mediatype": CSV.media_type,
        "encoding": "utf-8",
        "dialect": {"delimiter": dialect.delimiter, "lineTerminator": "\r\n", "quoteChar": '"'},
    }


def _field(column: Field, key: Sequence[str], dialect: Dialect) -> dict[str, Any]:
    kind = TYPES[column.type]
    found: dict[str, Any] = {"name": column.name, "type": kind, "description": column.doc}
    if kind == "number":
        found["decimalChar"] = dialect.decimal
    if kind == "boolean":
        found |= {"trueValues": ["ja"], "falseValues": ["nee"]}
    constraints: dict[str, Any] = {"required": True} if column.name in key else {}
    if column.name in VALUES:
        constraints |= {"required": True, "enum": list(VALUES[column.name])}
    return found | ({"constraints": constraints} if constraints else {})


def _licence(licence: Licence) -> dict[str, str]:
    # 'notspecified' is how the list of the standard names terms that a publisher does not state.
    name = licence.spdx or ("notspecified" if licence.text == UNSTATED else "other-at")
    found = {"name": name, "title": licence.sentence}
    return found | ({"path": licence.url} if licence.url else {})


def _source(source: SourceTable) -> dict[str, str]:
    found = {"title": source.named, "path": source.url}
    if source.remark:
        found["description"] = source.remark
    return found | ({"version": source.modified[:10]} if source.modified else {})


def _publisher(description: Description) -> dict[str, Any]:
    found: dict[str, Any] = {"title": PUBLISHER, "roles": ["publisher"]}
    if mail := mail_of(description.contact):
        found["email"] = mail
    elif description.contact:
        found["path"] = description.contact
    return found
