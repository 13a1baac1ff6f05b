"""StatLine's OData v3 Feed: metadata through cbsodata, rows and long code lists page by page.

cbsodata follows any nextLink anywhere and for ever, so it is asked only for what fits one page: the
catalogue, TableInfos and DataProperties.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import cbsodata

from pipeline.fetch.http import Client, FetchError, TransientError, same_host

# 5 million rows; a partition that is larger belongs in smaller partitions.
MOST_PAGES = 500

Row = dict[str, Any]


@dataclass(frozen=True)
class Feed:
    """The tables of one host. ``base`` is scheme and host, without a path: ``https://opendata.cbs.nl``."""

    client: Client
    base: str

    def catalogue(self) -> dict[str, Row]:
        """Table id → what the catalogue says of it."""
        rows = self._ask("ODataCatalog/Tables", cbsodata.get_table_list)
        return {str(row["Identifier"]): row for row in rows}

    def info(self, table: str) -> Row:
        """TableInfos: title, Modified, MetaDataModified, explanation.

        Raises:
            FetchError: the service does not have it, or gives no Modified.
        """
        row = self._ask(f"{table}/TableInfos", cbsodata.get_info, table)
        if not isinstance(row, dict) or not row.get("Modified"):
            raise FetchError(f"{self.base} {table}: TableInfos heeft geen Modified: {row!r:.200}")
        return row

    def properties(self, table: str) -> list[Row]:
        """DataProperties: dimensions, groups and topics."""
        found: list[Row] = self._ask(f"{table}/DataProperties", cbsodata.get_meta, table, "DataProperties")
        if not found:
            raise FetchError(f"{self.base} {table}: DataProperties is leeg")
        return found

    def codes(self, table: str, dimension: str) -> list[Row]:
        """The code list of a dimension, keys padded as in the rows."""
        return [row for page in self.pages(table, dimension) for row in page]

    def pages(
        self, table: str, name: str, *, select: Sequence[str] = (), where: str = ""
    ) -> Iterator[list[Row]]:
        """The rows of a set, one page at a time.

        Raises:
            FetchError: no list, a nextLink to another host or to a page already seen, or too many pages.
        """
        # Without $format the Feed answers in Atom. No $skip or $top: hosts treat them unlike, unsaid.
        first = f"{self.base}/ODataFeed/odata/{table}/{name}?$format=json"
        if select:
            first += f"&$select={','.join(select)}"
        if where:
            first += f"&$filter={quote(where, safe='(),')}"
        url: str | None = first
        seen: set[str] = set()
        while url is not None:
            seen.add(url)
            page = self.client.get_json(url, listed="value", what=f"{table}/{name}")
            yield page["value"]
            url = page.get("odata.nextLink")
            if url is None:
                return
            if not same_host(url, self.base):
                raise FetchError(
                    f"{table}/{name}: volgende bladzijde op een andere server: {urlsplit(url).netloc}"
                )
            if url in seen or not page["value"]:
                raise FetchError(f"{table}/{name}: volgende bladzijde wijst terug of voegt niets toe: {url}")
            if len(seen) >= MOST_PAGES:
                raise FetchError(
                    f"{table}/{name}: meer dan {MOST_PAGES} bladzijden; kies kleinere delen in de kop"
                )

    def _ask(self, what: str, function: Callable[..., Any], *arguments: str) -> Any:
        """One call of cbsodata; its choice of scheme is global, and the host must come with each call."""
        parts = urlsplit(self.base)

        def attempt() -> Any:
            cbsodata.options.use_https = parts.scheme == "https"
            try:
                return function(*arguments, catalog_url=parts.netloc, timeout=self.client.timeout)
            # cbsodata takes what it expects out of an answer without looking.
            except (KeyError, IndexError, TypeError) as error:
                raise TransientError(f"onbegrepen antwoord: {error!r}") from error

        return self.client.retrying(f"{self.base} {what}", attempt)
