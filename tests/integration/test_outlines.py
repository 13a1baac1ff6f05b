"""Outlines of the whole country from PDOK's boundaries: size, borders that fit, nothing lost."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import shapely

from pipeline.charts.kept import charts_in
from pipeline.site.map import outlines

Parts = Sequence[tuple[str, str, str]]
BIGGEST = "GM0363"  # Amsterdam
GEMEENTEN = 342


@pytest.fixture(scope="module")
def buurten(upstream: Path) -> Parts:
    """(gemeente, buurt, GeoJSON in degrees) of every buurt on land, sorted."""
    path = upstream / "api.pdok.nl/wijken-en-buurten-2024/buurten.geojson.gz"
    features = json.loads(gzip.decompress(path.read_bytes()))["features"]
    return sorted(
        (one["properties"]["gemeentecode"], one["properties"]["buurtcode"], json.dumps(one["geometry"]))
        for one in features
        if one["properties"]["water"] == "NEE"
    )


def test_biggest_gemeente_is_light_and_has_every_buurt(buurten: Parts) -> None:
    amsterdam = tuple((code, outline) for gemeente, code, outline in buurten if gemeente == BIGGEST)
    drawn = outlines.drawing(amsterdam)
    assert len(amsterdam) > 500
    assert set(drawn.paths) == {code for code, _ in amsterdam}
    lost = [code for code, path in drawn.paths.items() if not path]
    assert not lost
    assert len(gzip.compress("".join(drawn.paths.values()).encode())) < 10_000


def test_neighbours_still_share_their_borders(buurten: Parts) -> None:
    breda = [outline for gemeente, _, outline in buurten if gemeente == "GM0758"]
    metres = shapely.transform(shapely.from_geojson(breda), outlines.to_metres)
    assert shapely.coverage_is_valid(outlines.simplified(metres, tolerance=30))


def test_country_is_its_gemeenten_without_holes(buurten: Parts) -> None:
    drawn = outlines.dissolved(tuple((gemeente, outline) for gemeente, _, outline in buurten))
    assert len(drawn.paths) == GEMEENTEN
    assert all(drawn.paths.values())
    assert 1_100 < drawn.height < 1_250  # the Netherlands is a fifth higher than it is wide
    assert len(gzip.compress("".join(drawn.paths.values()).encode())) < 20_000
    # Baarle-Nassau and its likes aside, a gemeente is a few pieces: slivers would make it dozens.
    assert max(path.count("z") for path in drawn.paths.values()) < 25


def test_the_country_is_kept_until_an_outline_is_another(
    buurten: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    breda = tuple((gemeente, outline) for gemeente, _, outline in buurten if gemeente == "GM0758")
    whole = breda + tuple((gemeente, outline) for gemeente, _, outline in buurten if gemeente == "GM0855")
    drawn = {parts: outlines._dissolved(parts) for parts in (breda, whole)}
    made: list[object] = []
    real = outlines._dissolved
    monkeypatch.setattr(outlines, "_dissolved", lambda parts: made.append(parts) or real(parts))
    for parts, times in ((whole, 1), (whole, 1), (breda, 2), (breda, 2)):
        outlines.dissolved.cache_clear()
        with charts_in(tmp_path):
            assert outlines.dissolved(parts) == drawn[parts]
        assert len(made) == times
