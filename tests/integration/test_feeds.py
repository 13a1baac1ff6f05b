"""Feeds over editions of the stand-in's tables: no news no entry, and what is new comes once, of its own day.

And the difference of the releases that those editions made.
"""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import feedparser
import pyarrow as pa
import pytest

from pipeline import warehouse
from pipeline.fetch import runner
from pipeline.paths import PROJECT, Paths
from pipeline.site.description.published import read_published
from pipeline.site.download.difference import write_difference
from pipeline.site.download.store import Common
from pipeline.site.download.whole_store import write_everything
from pipeline.site.feed.write import write_feeds
from pipeline.warehouse import open_warehouse
from tests.integration.test_fetch import QUICK, added, release
from tests.upstream_server import UpstreamServer, serving

MISDRIJVEN, NEW = "politie_misdrijven", "2031-01-15T02:00:00"
FEEDS = {"land": "nieuw", "gemeente": "gebied/gm0758", "thema": "thema/inbraak"}


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A project of its own in which no source is bound to be complete: the stand-in has a part of the country."""
    root = tmp_path_factory.mktemp("uitgaven")
    shutil.copytree(PROJECT / "pipeline" / "models", root / "models")
    for file in (root / "models" / "staging").glob("*.sql"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("volledig = true", "volledig = false"), encoding="utf-8")
    for name in ("reference", "aanpak"):
        shutil.copytree(PROJECT / "data" / name, root / "data" / name)
    return Paths(root=root, build=root / "build", store="live", models=root / "models")


@pytest.fixture(scope="module")
def server() -> Iterator[UpstreamServer]:
    with serving() as running:
        yield running


Release = Callable[[str], dict[str, bytes]]


@pytest.fixture(scope="module")
def released(paths: Paths, server: UpstreamServer) -> Release:
    """Fetch, build and write feeds into a folder of that name: path → bytes; alles.parquet too, as a release."""

    def run(name: str) -> dict[str, bytes]:
        fetched = runner.fetch(paths, upstream=server.url, say=lambda _: None, patience=QUICK)
        assert fetched == 0
        warehouse.build(paths, say=lambda _: None)
        out = paths.root / name
        with open_warehouse(paths) as con:
            written = write_feeds(con, out, site_url="https://wie.example")
            write_everything(con, out, common=Common.read(con, read_published(con)))
        return {file.relative_to(out).as_posix(): file.read_bytes() for file in written}

    return run


@pytest.fixture(scope="module")
def editions(released: Release, server: UpstreamServer) -> list[dict[str, bytes]]:
    """Four editions: without 2025; the same figures again; with 2025; and one count of Breda restated."""
    codes = server.state.upstream.tables["47018ned"].sets["Perioden"]
    newest = codes.pop()
    assert newest["Key"] == "2025JJ00"
    found = [released("eerste")]
    for table in ("47018ned", "47024ned", "47021ned", "47025ned", "50150ned", "85984ned"):
        server.state.modified[table] = "2030-12-01T02:00:00"
    found.append(released("niets"))
    codes.append(newest)
    release(server, MISDRIJVEN, NEW)
    found.append(released("nieuw"))
    release(server, MISDRIJVEN, "2031-02-15T02:00:00")
    server.state.transform = one_more_in_breda
    found.append(released("herzien"))
    return found


def one_more_in_breda(table: str, rows: pa.Table) -> pa.Table:
    return added(1, code="GM0758")(table, rows) if table.upper() == "47018NED" else rows


def read(edition: dict[str, bytes], feed: str) -> Any:
    found = feedparser.parse(edition[f"{FEEDS[feed]}/nieuws.xml"])
    assert not found.bozo, found.get("bozo_exception")
    return found


def new_ids(before: dict[str, bytes], after: dict[str, bytes], feed: str) -> list[str]:
    """A change and a verdict make way for those of a newer year; what came and what was restated stays told."""
    old, new = (read(one, feed).entries for one in (before, after))
    ids = [entry.id for entry in new]
    gone = [entry.title for entry in old if entry.id not in ids]
    assert all("duidelijk anders" in title or title.startswith("Oordeel") for title in gone)
    return [one for one in ids if one not in [entry.id for entry in old]]


@pytest.mark.parametrize("feed", FEEDS)
def test_a_first_edition_tells_the_newest_period_of_each_source(
    editions: list[dict[str, bytes]], feed: str
) -> None:
    entries = read(editions[0], feed).entries
    assert len({entry.id for entry in entries}) == len(entries) > 0
    titles = [entry.title for entry in entries if entry.title.startswith("Nieuwe cijfers over")]
    assert any(title.startswith("Nieuwe cijfers over 2024: Geregistreerde misdrijven") for title in titles)
    assert not any("2012" in title for title in titles)


def test_an_edition_that_changed_nothing_gives_the_same_bytes(editions: list[dict[str, bytes]]) -> None:
    assert editions[1] == editions[0]


@pytest.mark.parametrize("feed", FEEDS)
def test_a_new_year_is_one_new_entry_of_its_own_day(editions: list[dict[str, bytes]], feed: str) -> None:
    fresh = new_ids(editions[1], editions[2], feed)
    entries = [entry for entry in read(editions[2], feed).entries if entry.id in fresh]
    years = [entry for entry in entries if entry.title.startswith("Nieuwe cijfers over 2025")]
    assert [entry.published for entry in years] == ["2031-01-15T00:00:00Z"]
    others = [entry.title for entry in entries if entry not in years]
    assert all("duidelijk anders" in title or title.startswith("Oordeel") for title in others)


def test_a_restated_count_is_told_with_both_values_in_the_gemeente_and_its_themes(
    editions: list[dict[str, bytes]],
) -> None:
    for feed in FEEDS:
        (told,) = (
            entry
            for entry in read(editions[3], feed).entries
            if entry.id in new_ids(editions[2], editions[3], feed)
        )
        assert told.title.startswith("Herziene cijfers: Geregistreerde misdrijven")
        assert told.updated == "2031-02-15T00:00:00Z"
    gemeente = next(one for one in read(editions[3], "gemeente").entries if one.title.startswith("Herziene"))
    assert "Geregistreerde misdrijven in 2025: was 11.295, is nu 11.296." in gemeente.content[0].value
    assert read(editions[3], "gemeente").entries[0].updated == read(editions[3], "gemeente").feed.updated


def test_both_forms_tell_the_same(editions: list[dict[str, bytes]]) -> None:
    for feed, folder in FEEDS.items():
        items = json.loads(editions[3][f"{folder}/nieuws.json"])["items"]
        assert [item["id"] for item in items] == [entry.id for entry in read(editions[3], feed).entries]


def difference(paths: Paths, old: str, new: str) -> list[dict[str, str]]:
    out = paths.root / f"{old}-{new}.csv"
    counts = write_difference(paths.root / old, paths.root / new, out=out)
    with out.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert sum(counts.values()) == len(rows)
    return rows


@pytest.mark.usefixtures("editions")
def test_releases_with_the_same_figures_do_not_differ(paths: Paths) -> None:
    assert difference(paths, "eerste", "niets") == []


@pytest.mark.usefixtures("editions")
def test_a_new_year_comes_in_in_every_area_and_goes_the_other_way_round(paths: Paths) -> None:
    came = [row for row in difference(paths, "niets", "nieuw") if row["soort_wijziging"] == "erbij"]
    assert {row["periode"] for row in came} == {"2025"}
    breda = next(row for row in came if (row["gebied_code"], row["indicator"]) == ("GM0758", "misdrijven"))
    assert (breda["teller_oud"], breda["teller_nieuw"], breda["teller_verschil"]) == ("", "11295", "")
    gone = [row for row in difference(paths, "nieuw", "niets") if row["soort_wijziging"] == "weg"]
    assert [(row["gebied_code"], row["indicator"]) for row in gone] == [
        (row["gebied_code"], row["indicator"]) for row in came
    ]


@pytest.mark.usefixtures("editions")
def test_a_restated_count_differs_with_both_values_and_how_much(paths: Paths) -> None:
    counted = [row for row in difference(paths, "nieuw", "herzien") if row["teller_verschil"]]
    breda = next(row for row in counted if row["indicator"] == "misdrijven" and row["periode"] == "2025")
    assert {row["gebied_code"] for row in counted if row["teller_verschil"] != "0"} == {"GM0758"}
    assert breda["soort_wijziging"] == "herzien"
    assert (breda["teller_oud"], breda["teller_nieuw"], breda["teller_verschil"]) == ("11295", "11296", "1")
