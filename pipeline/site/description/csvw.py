"""CSVW metadata beside a plain CSV: columns, types, licence and source. https://www.w3.org/TR/tabular-metadata/"""

from __future__ import annotations

import json
from typing import Any

from pipeline.site.description.description import PUBLISHER, TYPES, VALUES, Description, File
from pipeline.site.description.dialect import Dialect
from pipeline.site.description.documentation import Field

SUFFIX = "-metadata.json"
"""Behind the name of the CSV: where the standard looks without being told."""


def metadata(description: Description, file: File) -> str:
    """What stands beside a CSV; `file` has a dialect."""
    if file.dialect is None:
        raise ValueError(f"{file.path} is no CSV")
    found: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": file.name,
        "dc:title": file.title,
        "dc:description": description.definition,
        "dc:publisher": PUBLISHER,
        "dc:source": [one.url for one in description.sources],
        "dc:rights": [one.sentence for one in description.licences],
        "dc:bibliographicCitation": description.citation,
    }
    addresses = [one.url for one in description.licences]
    if all(addresses):  # the terms of one source are not those of all
        found["dc:license"] = addresses
    if description.modified:
        found["dc:modified"] = description.modified.isoformat()
    if file.rows is not None:
        found["dc:extent"] = f"{file.rows} rijen"
    found["dialect"] = {"encoding": "utf-8", "delimiter": file.dialect.delimiter, "header": True}
    found["tableSchema"] = {
        "columns": [_column(one, description, file.dialect) for one in description.columns],
    }
    if description.key:
        found["tableSchema"]["primaryKey"] = list(description.key)
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _column(column: Field, description: Description, dialect: Dialect) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.doc,
        "datatype": _datatype(column, dialect),
    }
    if column.name in description.key or column.name in VALUES:
        found["required"] = True
    if column.name == "status":
        found["dc:description"] += "".join(f"\n{key}: {text}" for key, text in description.statuses.items())
    return found


def _datatype(column: Field, dialect: Dialect) -> str | dict[str, Any]:
    kind = TYPES[column.type]
    if kind == "number" and dialect.decimal != ".":
        return {"base": "decimal", "format": {"decimalChar": dialect.decimal, "groupChar": "."}}
    if kind == "boolean":
        return {"base": kind, "format": "ja|nee"}
    if values := VALUES.get(column.name):
        return {"base": kind, "format": "|".join(values)}
    return kind
