"""What a boundary must be to be kept: a buurt of that year, in degrees, water said."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pyarrow.parquet as pq
import pytest

from pipeline.fetch import pdok
from pipeline.fetch.plan import Deviation, Selection

SET = "wijken-en-buurten-2024"


def feature(**changes: Any) -> dict[str, Any]:
    properties = {"buurtcode": "BU07580001", "buurtnaam": "Valkenberg", "water": "NEE", "jaar": 2024}
    ring = [[4.788, 51.593], [4.778, 51.593], [4.783, 51.588], [4.788, 51.593]]
    geometry = changes.pop("geometry", {"type": "Polygon", "coordinates": [ring]})
    return {"type": "Feature", "properties": properties | changes, "geometry": geometry}


class Served:
    """Gives these features, whatever is asked."""

    def __init__(self, *features: dict[str, Any]) -> None:
        self.given = features

    def features(self, name: str, *, gemeente: str = "") -> Iterator[dict[str, Any]]:
        yield from self.given


def download(folder: Path, *features: dict[str, Any], selection: Selection | None = None) -> Path:
    service = cast(pdok.Boundaries, Served(*features))
    (file,) = pdok.download(service, SET, "2024", folder, selection=selection or Selection())
    return file.path


def test_water_is_kept_as_served_and_rows_are_sorted(tmp_path: Path) -> None:
    lake = feature(buurtcode="BU07580000", water="JA", buurtnaam="Plas")
    rows = pq.read_table(download(tmp_path, feature(), lake)).to_pylist()
    assert [(row["buurtcode"], row["water"], row["jaar"]) for row in rows] == [
        ("BU07580000", "JA", 2024),
        ("BU07580001", "NEE", 2024),
    ]
    assert rows[1]["geometry"].startswith('{"type":"Polygon","coordinates":[[[4.788,51.593]')


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"buurtcode": "GM0758"}, "'GM0758' is geen buurtcode"),
        ({"buurtcode": None}, "'None' is geen buurtcode"),
        ({"water": "B"}, "water is 'B', verwacht JA of NEE"),
        ({"jaar": 2023}, "jaar is 2023, verwacht 2024"),
        ({"geometry": {"type": "Point", "coordinates": [4.7, 51.5]}}, "geen vlak maar 'Point'"),
        ({"geometry": None}, "geen vlak maar None"),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[112000.0, 400000.0]]]}},
            r"\(112000.0, 400000.0\) is geen lengte en breedte",
        ),
        ({"geometry": {"type": "Polygon", "coordinates": [[[51.59, 4.78]]]}}, "geen lengte en breedte"),
    ],
)
def test_other_than_agreed_is_refused(wrong: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(Deviation, match=message):
        download(tmp_path, feature(**wrong))


def test_double_and_foreign_codes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Deviation, match="BU07580001 komt twee keer voor"):
        download(tmp_path, feature(), feature())
    with pytest.raises(Deviation, match="BU07580001 ligt buiten GM0344"):
        download(tmp_path, feature(), selection=Selection(("GM0344",)))
    with pytest.raises(Deviation, match="geen enkele buurt"):
        download(tmp_path)


def test_boundaries_are_asked_again_after_a_month() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert not pdok.is_recent(None, now=now)
    assert pdok.is_recent((now - timedelta(days=29)).isoformat(), now=now)
    assert not pdok.is_recent((now - timedelta(days=31)).isoformat(), now=now)


@pytest.mark.parametrize("fetched_at", ["2099-01-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00", "gisteren"])
def test_a_moment_that_a_wrong_clock_wrote_never_freezes_boundaries(fetched_at: str) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert not pdok.is_recent(fetched_at, now=now)
    assert not pdok.is_recent(now.isoformat(), now=datetime(1970, 1, 1, tzinfo=UTC))


def test_mark_of_a_set_ignores_addresses_only() -> None:
    one = {"title": "Buurten", "links": [{"href": "http://a"}]}
    assert pdok.digest_of(one) == pdok.digest_of(one | {"links": []})
    assert pdok.digest_of(one) != pdok.digest_of(one | {"title": "Buurten v2"})
