"""StatLine's OData v3 Feed: metadata through cbsodata, rows and long code lists page by page.

cbsodata follows any nextLink anywhere and for ever, so it is asked only for what fits one page: the
catalogue, TableInfos and DataProperties.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any
from urllib.parse import quote, urlsplit

import cbsodata

from pipeline.fetch import page
from pipeline.fetch.http import Client, FetchError, TransientError, same_host
from pipeline.fetch.page import ROWS, Page, Row

# 5 million rows; a partition that is larger belongs in smaller partitions.
MOST_PAGES = 500


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
        return self.rows(table, dimension)

    def rows(self, table: str, name: str, *, where: str = "") -> list[Row]:
        """All rows of a set at once, with every column."""
        return [row for one in self.pages(table, name, questions=[where]) for row in self.rows_of(one)]

    def rows_of(self, one: Page) -> list[Row]:
        """The rows of a page as the publisher gave them; a page that cannot be read is asked for again.

        Raises:
            FetchError: it cannot be read any better now.
        """
        try:
            return page.rows_of(one.answer)
        except TransientError:
            again: list[Row] = self.client.get_json(one.answer.url, listed=ROWS, what=one.what)[ROWS]
            return again

    def pages(
        self, table: str, name: str, *, questions: Sequence[str], select: Sequence[str] = ()
    ) -> Iterator[Page]:
        """The pages of the answers to one filter after another; the next one comes while one is being used.

        Raises:
            FetchError: no list, a nextLink to another host or to a page already seen, or too many pages.
        """
        what = f"{table}/{name}"
        firsts = [self._address(table, name, select, where) for where in questions]
        begun = self.client.begin(firsts[0]) if firsts else None
        for first, after in zip_longest(firsts, firsts[1:]):
            url, seen = first, {first}
            while True:
                one = self.client.get(url, partial(page.opened, what=what), what=what, begun=begun)
                following = self._following(one, seen)
                ahead = following or after
                begun = self.client.begin(ahead) if ahead is not None else None
                yield one
                if following is None:
                    break
                url = following
                seen.add(url)

    def _address(self, table: str, name: str, select: Sequence[str], where: str) -> str:
        # Without $format the Feed answers in Atom. No $skip or $top: hosts treat them unlike, unsaid.
        first = f"{self.base}/ODataFeed/odata/{table}/{name}?$format=json"
        if select:
            first += f"&$select={','.join(select)}"
        return first + (f"&$filter={quote(where, safe='(),')}" if where else "")

    def _following(self, one: Page, seen: set[str]) -> str | None:
        """Where the next page is, if it may be asked."""
        url = one.following
        if url is None:
            return None
        if not same_host(url, self.base):
            raise FetchError(f"{one.what}: volgende bladzijde op een andere server: {urlsplit(url).netloc}")
        if url in seen or one.is_empty:
            raise FetchError(f"{one.what}: volgende bladzijde wijst terug of voegt niets toe: {url}")
        if len(seen) >= MOST_PAGES:
            raise FetchError(f"{one.what}: meer dan {MOST_PAGES} bladzijden; kies kleinere delen in de kop")
        return url

    def _ask(self, what: str, function: Callable[..., Any], *arguments: str) -> Any:
        """One call of cbsodata; its choice of scheme is global, and the host must come with each call."""
        parts = urlsplit(self.base)

        def attempt() -> Any:
            cbsodata.options.use_https = parts.scheme == "https"
            try:
                with self.client.one_at_a_time:
                    return function(*arguments, catalog_url=parts.netloc, timeout=self.client.timeout)
            # cbsodata takes what it expects out of an answer without looking.
            except (KeyError, IndexError, TypeError) as error:
                raise TransientError(f"onbegrepen antwoord: {error!r}") from error

        return self.client.retrying(f"{self.base} {what}", attempt)
