"""Data inside and beside pages: JSON in as few bytes as it takes."""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup


def compact_json(value: object) -> str:
    """JSON without spaces, letters as they are; a figure that is no number is an error."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def data_block(
    data: Mapping[str, Any], *, attributes: str = "", media_type: str = "application/json"
) -> Markup:
    """Data as a JSON script element; whatever a name holds, it cannot end the element or start a template."""
    text = compact_json(data)
    # All of these can stand inside strings only, so that an escape keeps the meaning.
    for piece in ("<", ">", "&", "{{", "{%", "{#"):
        text = text.replace(piece, f"\\u{ord(piece[0]):04x}{piece[1:]}")
    opened = f'<script type="{media_type}" {attributes}'.rstrip()
    return Markup(f"{opened}>{text}</script>")
