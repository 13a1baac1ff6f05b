"""A feed as readers get it: valid, with names as text, the same ids wherever the site stands."""

import json
from typing import Any

import feedparser
import pytest

from pipeline.site.feed.entry import Entry
from pipeline.site.feed.write import Feed, atom, json_feed

BREDA = Feed("GM0758", "Veiligheidsbeeld: Breda", "gebied/gm0758/")
BASE = "https://wie.example/repo/"
ENTRIES = (
    Entry(
        key="periode:GM0758:T1:2025",
        title="Nieuwe cijfers over 2025: <b>Misdrijven</b> & meer",
        lines=("Politie, tabel T1.", 'Wijk "<script>": 3.'),
        address="gebied/gm0758/",
        published="2026-01-15",
        updated="2026-02-15",
    ),
    Entry(
        key="oordeel:proef:misdrijven:2025:verbeterd",
        title="Oordeel: verbeterd. Proef",
        lines=("Er kwamen er duidelijk minder dan verwacht.",),
        address="aanpak/proef/",
        published="2026-01-10",
        updated="2026-01-10",
    ),
)


def parsed(base: str) -> Any:
    found = feedparser.parse(atom(BREDA, ENTRIES, updated="2026-02-15", base=base))
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("base", ["", BASE])
def test_atom_is_valid_and_dates_are_those_of_the_figures(base: str) -> None:
    found = parsed(base)
    assert found.version == "atom10"
    assert (found.feed.title, found.feed.updated) == ("Veiligheidsbeeld: Breda", "2026-02-15T00:00:00Z")
    assert [(one.published, one.updated) for one in found.entries] == [
        ("2026-01-15T00:00:00Z", "2026-02-15T00:00:00Z"),
        ("2026-01-10T00:00:00Z", "2026-01-10T00:00:00Z"),
    ]


def test_names_are_text() -> None:
    first = parsed("").entries[0]
    assert first.title == "Nieuwe cijfers over 2025: <b>Misdrijven</b> & meer"
    assert first.content[0].value == "<p>Politie, tabel T1.</p><p>Wijk &quot;&lt;script&gt;&quot;: 3.</p>"


def test_links_are_absolute_with_an_address_and_lead_there_without_one() -> None:
    assert [one.link for one in parsed(BASE).entries] == [f"{BASE}gebied/gm0758/", f"{BASE}aanpak/proef/"]
    assert [one.link for one in parsed("").entries] == ["../../gebied/gm0758/", "../../aanpak/proef/"]
    relations = {one.rel: one.href for one in parsed(BASE).feed.links}
    assert relations == {"self": f"{BASE}gebied/gm0758/nieuws.xml", "alternate": f"{BASE}gebied/gm0758/"}


def test_ids_do_not_depend_on_the_address_or_on_what_is_said() -> None:
    ids = [one.id for one in parsed("").entries]
    assert ids == [one.id for one in parsed(BASE).entries]
    assert ids[0] == "urn:uuid:1d0b0bae-5112-5cfc-b55b-6f5935de1037"
    assert len(set(ids)) == len(ids)


def test_json_feed_says_the_same() -> None:
    told = json.loads(json_feed(BREDA, ENTRIES, base=BASE))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{BASE}gebied/gm0758/nieuws.json"
    for item, entry in zip(told["items"], parsed(BASE).entries, strict=True):
        assert (item["id"], item["title"], item["url"]) == (entry.id, entry.title, entry.link)
        assert (item["date_published"], item["date_modified"]) == (entry.published, entry.updated)
    assert told["items"][0]["content_text"].splitlines() == list(ENTRIES[0].lines)


def test_json_feed_without_an_address_has_no_relative_one() -> None:
    told = json.loads(json_feed(BREDA, ENTRIES, base=""))
    assert not {"home_page_url", "feed_url"} & set(told)
    assert all("url" not in item for item in told["items"])
    assert [item["id"] for item in told["items"]] == [one.id for one in ENTRIES]


def test_without_news_a_feed_is_valid_and_empty() -> None:
    found = feedparser.parse(atom(BREDA, (), updated="2024-04-15", base=""))
    assert (bool(found.bozo), found.entries, found.feed.updated) == (False, [], "2024-04-15T00:00:00Z")
    assert json.loads(json_feed(BREDA, (), base=""))["items"] == []
