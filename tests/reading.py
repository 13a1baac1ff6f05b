"""What a reader reads of a page or a part of it."""

import re
from html import unescape

_UNREAD = re.compile(r"<(svg|script)\b.*?</\1>|<[^>]*>", re.DOTALL)


def as_read(html: str) -> str:
    """The text of HTML without its drawings and scripts, with one space where there are several."""
    return " ".join(unescape(_UNREAD.sub(" ", html)).split())
