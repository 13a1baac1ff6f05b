"""A gemeente's own catalogue in DCAT over JSON:API, as Utrecht has it.

The list is known in its real shape (``dct:title`` below ``attributes``); of the list of files only that it
exists, so its names are taken with and without prefix.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.fetch.http import Client, FetchError
from pipeline.gemeente.discover import Dataset, Resource, is_about_safety

# Gemeenten with such a catalogue, by name in lower case.
HOSTS = {"utrecht": "https://open.utrecht.nl"}


@dataclass(frozen=True)
class Dcat:
    """One catalogue. ``base`` is scheme and host, ``publisher`` whose it is."""

    client: Client
    base: str
    publisher: str

    def datasets(self, gemeente: str) -> list[Dataset]:
        """Datasets of which the title is about safety, each with its files.

        Raises:
            FetchError: the catalogue did not answer, or in another shape.
        """
        rows = self._list(f"{self.base}/api/datasets")
        found = [(str(row.get("id") or ""), _attributes(row), row) for row in rows]
        return [
            self._dataset(name, attributes, row)
            for name, attributes, row in found
            if name and is_about_safety(attributes.get("title", ""))
        ]

    def _list(self, url: str) -> list[Mapping[str, Any]]:
        reply = self.client.get_object(url)
        rows = reply.get("data")
        if not isinstance(rows, list):
            raise FetchError(f"{url}: de catalogus antwoordt anders dan verwacht: {', '.join(reply)}")
        return [row for row in rows if isinstance(row, Mapping)]

    def _dataset(self, name: str, attributes: Mapping[str, str], row: Mapping[str, Any]) -> Dataset:
        files = map(_attributes, self._list(f"{self.base}/api/datasets/{name}/distributions"))
        resources = (
            Resource(
                one.get("downloadURL") or one.get("accessURL") or "",
                (one.get("format") or one.get("mediaType") or "").rstrip("/").rpartition("/")[2],
            )
            for one in files
        )
        return Dataset(
            title=attributes.get("title", name),
            publisher=self.publisher,
            page=str((row.get("links") or {}).get("self") or f"{self.base}/dataset/{name}"),
            licence=attributes.get("license", ""),
            modified=attributes.get("modified", "")[:10],
            description=attributes.get("description", ""),
            resources=tuple(one for one in resources if one.url),
        )


def _attributes(row: Mapping[str, Any]) -> dict[str, str]:
    """What is said of a dataset or file, names without ``dct:`` or ``dcat:``."""
    given = row.get("attributes") or {}
    return {str(key).rpartition(":")[2]: str(value) for key, value in given.items() if value is not None}
