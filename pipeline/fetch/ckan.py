"""The catalogue of data.overheid.nl: CKAN's ``package_search``, its replies in CKAN's documented shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pipeline.fetch.http import Client, FetchError
from pipeline.gemeente.discover import Dataset, Resource

HOST = "https://data.overheid.nl"
ROWS = 200
MOST_PAGES = 10


@dataclass(frozen=True)
class Ckan:
    """One CKAN catalogue. ``base`` is scheme and host."""

    client: Client
    base: str = HOST

    def datasets(self, gemeente: str) -> list[Dataset]:
        """Datasets that name a gemeente and are published by one of that name.

        Raises:
            FetchError: the catalogue did not answer, or in another shape.
        """
        found: list[Dataset] = []
        for page in range(MOST_PAGES):
            result = self._search(gemeente, start=page * ROWS)
            rows = result["results"]
            found += [self._dataset(row) for row in rows if isinstance(row, Mapping)]
            if not rows or (page + 1) * ROWS >= int(result.get("count") or 0):
                break
        name = gemeente.casefold()
        return [one for one in found if name in f"{one.publisher} {one.title}".casefold()]

    def _search(self, gemeente: str, *, start: int) -> Mapping[str, Any]:
        query = urlencode({"q": f'"{gemeente}"', "rows": ROWS, "start": start})
        url = f"{self.base}/data/api/3/action/package_search?{query}"
        reply = self.client.get_object(url, what=f"{self.base} {gemeente}")
        result = reply.get("result")
        if not reply.get("success") or not isinstance(result, Mapping) or "results" not in result:
            raise FetchError(f"{url}: de catalogus antwoordt anders dan verwacht: {', '.join(reply)}")
        return result

    def _dataset(self, row: Mapping[str, Any]) -> Dataset:
        organisation = row.get("organization") or {}
        publisher = row.get("publisher_name") or organisation.get("title") or row.get("author") or ""
        name = str(row.get("name") or row.get("id") or "")
        return Dataset(
            title=str(row.get("title") or name),
            publisher=str(publisher),
            page=f"{self.base}/dataset/{name}" if name else "",
            licence=str(row.get("license_title") or row.get("license_id") or ""),
            modified=str(row.get("modified") or row.get("metadata_modified") or "")[:10],
            description=str(row.get("notes") or ""),
            resources=tuple(
                Resource(str(one["url"]), _format(one))
                for one in row.get("resources") or []
                if isinstance(one, Mapping) and one.get("url")
            ),
        )


def _format(resource: Mapping[str, Any]) -> str:
    """``CSV``; publishers also write a media type or an address of the EU's list of file types."""
    text = str(resource.get("format") or resource.get("mimetype") or "").rstrip("/")
    short = text.rpartition("/")[2].upper()
    return {"VND.OPENXMLFORMATS-OFFICEDOCUMENT.SPREADSHEETML.SHEET": "XLSX", "GEO+JSON": "GEOJSON"}.get(
        short, short
    )
