"""One piece of news: what it says, where it leads and of when it is."""

from dataclasses import dataclass
from uuid import UUID, uuid5

NAMESPACE = UUID("7f1c4f0e-5a0b-5d0e-9f6e-2b6a0f5c7d31")
"""For ever: with another one every reader would see all news again."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A piece of news.

    Attributes:
        key: what it is about and nothing of what it says; the same news has the same key for ever.
        lines: sentences, each a paragraph.
        address: the page that it leads to, below the root of the site.
        published, updated: days (ISO) of the figures: when the period came, and when it last changed.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    address: str
    published: str
    updated: str

    @property
    def id(self) -> str:
        return identifier(self.key)


def identifier(key: str) -> str:
    """An address of nothing, the same in every build and wherever the site stands."""
    return uuid5(NAMESPACE, key).urn
