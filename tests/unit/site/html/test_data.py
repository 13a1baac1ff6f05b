"""Data in a page stay data, whatever a name holds."""

import json
import re

import pytest

from pipeline.site.html.data import compact_json, data_block


def test_data_cannot_end_their_script_or_start_a_template() -> None:
    hostile = {"naam": "</script><script>alert(1)</script> & {{ 7 * 7 }} {% x %} {# y #}"}
    html = data_block(hostile, attributes='id="vb-data"')
    inside = html.removeprefix('<script type="application/json" id="vb-data">').removesuffix("</script>")
    assert "<" not in inside
    assert not re.search(r"\{\{|\{%|\{#", inside)
    assert json.loads(inside) == hostile


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        compact_json({"waarde": float("nan")})
