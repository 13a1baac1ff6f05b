"""JSON, GeoJSON and replies of services as rows."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.gemeente.rows import MOST_COLUMNS, ReadError, Records, Row, as_text
from pipeline.gemeente.shape import Form

LARGEST_JSON = 300_000_000  # held in memory as a whole, at about six times its size
MOST_DEPTH = 4
RECORDS = {"geojson": "features", "arcgis": "features", "dso": "_embedded"}


def read_json(path: Path, form: Form) -> Records:
    size = path.stat().st_size
    if size > LARGEST_JSON:
        raise ReadError(f"{path.name}: {size} bytes JSON is te groot om te lezen; vraag de uitgever om CSV")
    content = load_json(path)
    records = [_flat(record) for record in _with_names(_records(path, content, form))]
    columns = tuple(dict.fromkeys(name for record in records for name in record))
    if not columns:
        raise ReadError(f"{path.name}: de lijst is leeg")
    if len(columns) > MOST_COLUMNS:
        raise ReadError(f"{path.name}: {len(columns)} kolommen; meer dan {MOST_COLUMNS} lezen wij niet")
    rows = (
        Row(number, tuple(record.get(name) for name in columns)) for number, record in enumerate(records, 1)
    )
    return Records(columns, rows)


def load_json(path: Path) -> Any:
    """The content of a JSON file.

    Raises:
        ReadError: it is not JSON; the message says where.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text)
    except RecursionError:
        raise ReadError(f"{path.name}: geen geldige JSON: te veel haakjes in elkaar") from None
    except json.JSONDecodeError as error:
        if error.lineno > 1 and error.msg == "Extra data" and text[error.pos] in "{[":
            raise ReadError(
                f"{path.name}: elke regel is een eigen stuk JSON (NDJSON); vraag de uitgever om CSV, "
                "of om één lijst"
            ) from None
        where = f"regel {error.lineno}, teken {error.colno}"
        raise ReadError(f"{path.name}: geen geldige JSON: {where} klopt niet") from None
    except ValueError:
        raise ReadError(f"{path.name}: geen geldige JSON: het is geen UTF-8") from None


def _records(path: Path, content: Any, form: Form) -> list[Any]:
    """The list of rows within a reply."""
    keys = form.records.split(".") if form.records else [RECORDS[form.kind]] if form.kind in RECORDS else []
    found = content
    for key in keys:
        if not isinstance(found, dict) or key not in found:
            there = ", ".join(list(found)[:10]) if isinstance(found, dict) else type(found).__name__
            raise ReadError(f"{path.name}: {key!r} staat er niet in; er is: {there}")
        found = found[key]
    if isinstance(found, dict):
        _refuse_message(path, found)
        lists = [key for key, value in found.items() if isinstance(value, list)]
        if len(lists) != 1:
            raise ReadError(f"{path.name}: geen lijst met rijen; kies met records uit: {', '.join(found)}")
        found = found[lists[0]]
    if not isinstance(found, list):
        raise ReadError(f"{path.name}: geen lijst met rijen maar {type(found).__name__}")
    return found


def _refuse_message(path: Path, found: dict[str, Any]) -> None:
    """A service that answers with an error, in a reply that is fine for the network."""
    for key in ("error", "errors", "exception", "fout"):
        if found.get(key):
            text = json.dumps(found[key], ensure_ascii=False)[:200]
            raise ReadError(f"{path.name}: dit is een foutmelding van de dienst, geen bestand: {text}")


def _with_names(records: list[Any]) -> list[Any]:
    """Lists within a list: the first has the names, as in a CSV file."""
    lists = [record for record in records if isinstance(record, list)]
    if len(lists) < 2 or len(lists) < len(records):
        return records
    names = [str(name).strip() if name is not None else "" for name in lists[0]]
    named = [name or f"kolom {number}" for number, name in enumerate(names, 1)]
    if len(set(named)) < len(named) or any(len(row) > len(named) for row in lists):
        return records
    return [dict(zip(named, row, strict=False)) for row in lists[1:]]


def _flat(record: Any) -> dict[str, str | None]:
    """A record as columns: ``properties`` and ``attributes`` opened up, points as ``.x`` and ``.y``."""
    cells: dict[str, str | None] = {}
    if isinstance(record, dict):
        for key, value in record.items():
            wrapped = key in ("properties", "attributes") and isinstance(value, dict)
            _flatten(cells, "" if wrapped else str(key), value, 1)
    else:
        cells["waarde"] = as_text(record)
    return cells


def _flatten(cells: dict[str, str | None], name: str, value: Any, depth: int) -> None:
    if isinstance(value, Mapping) and depth <= MOST_DEPTH:
        if value.get("type") == "Point" and isinstance(value.get("coordinates"), list):
            pair = value["coordinates"]
            cells[f"{name}.x"], cells[f"{name}.y"] = (as_text(one) for one in (*pair, None, None)[:2])
            return
        for key, below in value.items():
            _flatten(cells, f"{name}.{key}" if name else str(key), below, depth + 1)
    elif isinstance(value, (list, Mapping)):
        cells[name] = json.dumps(value, ensure_ascii=False)
    else:
        cells[name] = as_text(value)
