"""Boundaries from PDOK's OGC API: every buurt of one division, as served, geometry as GeoJSON text.

The default coordinates (CRS84: longitude, latitude) are asked for; water is kept here and left out in
staging. The service gives no date of change: a set is asked again after ``KEPT_DAYS``.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa

from pipeline.fetch import bulk
from pipeline.fetch.bulk import PeriodFile
from pipeline.fetch.http import Client, FetchError, same_host
from pipeline.fetch.plan import Deviation, Selection
from pipeline.gebied import niveau_of
from pipeline.gemeente.coordinates import fits

COLLECTION = "buurten"
COLUMNS = ("buurtcode", "buurtnaam", "water", "jaar", "geometry")
SCHEMA = pa.schema([(name, pa.int64() if name == "jaar" else pa.string()) for name in COLUMNS])
LIMIT = 1000  # the service's own: it gives no more to who asks for more, and does not say so
MOST_PAGES = 60  # four times what 15,000 buurten fill: a list that goes on leads in a circle
KEPT_DAYS = 30
WATER = ("JA", "NEE")
SHAPES = ("Polygon", "MultiPolygon")


@dataclass(frozen=True)
class Boundaries:
    """PDOK's service. ``base`` is scheme and host: ``https://api.pdok.nl``."""

    client: Client
    base: str

    def collection(self, name: str) -> dict[str, Any]:
        """What the service says of the buurten of one set (``wijken-en-buurten-2024``).

        Raises:
            NotThereError: there is no such set.
        """
        return self.client.get_json(
            f"{self._address(name)}?f=json", listed="links", what=f"{name}/{COLLECTION}"
        )

    def features(self, name: str, *, gemeente: str = "") -> Iterator[dict[str, Any]]:
        """Every buurt, page after page, following the service's own cursor.

        Raises:
            FetchError: a cursor that leads elsewhere or back, a page that says another number than it has.
        """
        query = {"f": "json", "limit": str(LIMIT)} | ({"gemeentecode": gemeente} if gemeente else {})
        url: str | None = f"{self._address(name)}/items?{urlencode(query)}"
        seen: set[str] = set()
        while url is not None:
            seen.add(url)
            page = self.client.get_json(url, listed="features", what=f"{name}/{COLLECTION}")
            features = page["features"]
            if page.get("numberReturned") not in (None, len(features)):
                raise FetchError(f"{name}: {len(features)} gebieden, de dienst zegt {page['numberReturned']}")
            yield from features
            url = next((link["href"] for link in page.get("links", []) if link.get("rel") == "next"), None)
            if url is not None and (not same_host(url, self.base) or url in seen or not features):
                raise FetchError(
                    f"{name}: volgende bladzijde wijst naar elders, terug of voegt niets toe: {url}"
                )
            if len(seen) >= MOST_PAGES:
                raise FetchError(f"{name}: meer dan {MOST_PAGES} bladzijden")

    def _address(self, name: str) -> str:
        return f"{self.base}/cbs/{name}/ogc/v1/collections/{COLLECTION}"


def is_recent(fetched_at: str | None, *, now: datetime) -> bool:
    """Whether boundaries fetched at a moment need not be asked again yet.

    A moment that has yet to come was written by a clock that was wrong, and says nothing.
    """
    if fetched_at is None:
        return False
    try:
        age = now - datetime.fromisoformat(fetched_at)
    except (ValueError, TypeError):
        return False
    return timedelta(0) <= age < timedelta(days=KEPT_DAYS)


def download(
    service: Boundaries, name: str, period: str, work: Path, *, selection: Selection
) -> tuple[PeriodFile, ...]:
    """Fetch one set and hold it against what a division must be.

    Raises:
        Deviation: a code twice or not a buurt, another year, an unknown value for water, no polygon.
        FetchError: the service did not answer.
    """
    rows: dict[str, dict[str, Any]] = {}
    for gemeente in selection.gemeenten or ("",):
        for feature in service.features(name, gemeente=gemeente):
            row = _row(feature, name, period)
            if row["buurtcode"] in rows:
                raise Deviation(f"{name}: {row['buurtcode']} komt twee keer voor")
            if not selection.has_region(row["buurtcode"]):
                raise Deviation(f"{name}: {row['buurtcode']} ligt buiten {', '.join(selection.gemeenten)}")
            rows[row["buurtcode"]] = row
    if not rows:
        raise Deviation(f"{name}: de dienst geeft geen enkele buurt")
    ordered = [rows[code] for code in sorted(rows)]
    file = work / f"{period}.parquet"
    written = bulk.write_parquet(file, [_table(ordered)], SCHEMA)
    return (PeriodFile(period, file, written),)


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    return pa.table({name: [row[name] for row in rows] for name in COLUMNS}, schema=SCHEMA)


def _row(feature: dict[str, Any], name: str, period: str) -> dict[str, Any]:
    properties, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
    code = str(properties.get("buurtcode", ""))
    try:
        is_buurt = niveau_of(code) == "buurt"
    except ValueError:
        is_buurt = False
    if not is_buurt:
        raise Deviation(f"{name}: {code!r} is geen buurtcode; het gebied heeft: {', '.join(properties)}")
    if properties.get("water") not in WATER:
        raise Deviation(f"{name}: {code}: water is {properties.get('water')!r}, verwacht JA of NEE")
    if str(properties.get("jaar")) != period:
        raise Deviation(f"{name}: {code}: jaar is {properties.get('jaar')!r}, verwacht {period}")
    if geometry.get("type") not in SHAPES:
        raise Deviation(f"{name}: {code}: geen vlak maar {geometry.get('type')!r}")
    # RD metres and swapped axes fall outside the Netherlands.
    longitude, latitude = _first_point(geometry["coordinates"])
    if not fits(longitude, latitude, "wgs84"):
        raise Deviation(f"{name}: {code}: ({longitude}, {latitude}) is geen lengte en breedte in Nederland")
    return {
        "buurtcode": code,
        "buurtnaam": properties.get("buurtnaam"),
        "water": properties["water"],
        "jaar": int(properties["jaar"]),
        "geometry": json.dumps(geometry, separators=(",", ":")),
    }


def _first_point(coordinates: Any) -> tuple[float, float]:
    while isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return float(coordinates[0]), float(coordinates[1])


def digest_of(description: dict[str, Any]) -> str:
    """A mark of the service's own description, addresses left out: another edition gives another mark."""
    kept = {key: value for key, value in description.items() if key not in ("links", "timeStamp")}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]
