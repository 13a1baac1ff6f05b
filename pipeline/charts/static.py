"""A chart as SVG text in the page itself: for readers without JavaScript, and for print."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import vl_convert

from pipeline.charts import kept, theme

SVG = "http://www.w3.org/2000/svg"
WIDTH = 560
KEPT_WITHOUT_CONTENT = frozenset({"path", "line", "rect", "text", "circle"})
DROPPED = frozenset({"class", "pointer-events", "version"})
DEFAULTS = {"opacity": "1", "stroke-width": "1", "transform": "translate(0,0)", "font-weight": "normal"}
FORBIDDEN = frozenset({"style", "href"})
DECIMALS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")

ElementTree.register_namespace("", SVG)


def to_svg(
    spec: theme.Spec,
    rows: Sequence[Mapping[str, Any]],
    *,
    ident: str,
    title: str,
    description: str,
    width: int = WIDTH,
) -> str:
    """Draw `spec` with `rows` as one `<svg role="img">` that needs no style sheet.

    `ident` must be unique on the page: the ids of title and description start with it. Colours are
    presentation attributes (a strict CSP allows them), ink is `currentColor`, so dark mode follows.
    Raises ValueError when vega writes something that the page could not take as it is.
    """
    filled = copy.deepcopy(spec)  # _fit reaches inside
    filled["datasets"] = {theme.DATASET: [dict(row) for row in rows]}
    _fit(filled, rows, width)
    root = ElementTree.fromstring(kept.chart(json.dumps(filled), vl_convert.vegalite_to_svg))
    _clean(root, ident=ident)
    root.set("class", "vb-plaat")
    root.set("role", "img")
    root.set("aria-labelledby", f"{ident}-titel {ident}-tekst")
    root.set("font-family", theme.FONT)
    for position, (tag, suffix, text) in enumerate(
        (("title", "titel", title), ("desc", "tekst", description))
    ):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{ident}-{suffix}"})
        element.text = text
        root.insert(position, element)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


def _fit(spec: theme.Spec, rows: Sequence[Mapping[str, Any]], width: int) -> None:
    """Give the chart the size that its rows and its place ask for (see `theme.finish`)."""
    if spec.get("width") == "container":
        spec["width"] = width
    usermeta = spec.get("usermeta", {})
    if "rijhoogte" in usermeta:
        spec["height"] = usermeta["rijhoogte"] * sum("waarde" in row for row in rows)
    if "paneel" in usermeta:
        panel = usermeta["paneel"]
        step = panel["breedte"] + panel["as"] + panel["tussen"]
        spec["columns"] = max(1, (width + panel["tussen"]) // step)
        spec["spec"]["width"] = (width + panel["tussen"]) // spec["columns"] - panel["as"] - panel["tussen"]


def _clean(parent: ElementTree.Element, *, ident: str) -> None:
    """Drop what is invisible, empty, default or repeated; a third of the weight remains."""
    for child in list(parent):
        _clean(child, ident=ident)
        if _is_nothing(child):
            parent.remove(child)
    for name, value in list(parent.attrib.items()):
        if name in FORBIDDEN:
            raise ValueError(f"vega wrote {name}={value!r} on <{parent.tag}>: not safe inside a page")
        default = name in DROPPED or name.startswith(("aria-", "role")) or DEFAULTS.get(name) == value
        if default or (name == "font-family" and value == theme.FONT):
            del parent.attrib[name]
        elif name == "id":
            parent.set(name, f"{ident}-{value}")
        elif name == "clip-path":
            parent.set(name, value.replace("url(#", f"url(#{ident}-"))
        else:
            parent.set(name, DECIMALS.sub(_one_decimal, value) if name in ("d", "transform") else value)


def _is_nothing(element: ElementTree.Element) -> bool:
    tag = element.tag.removeprefix(f"{{{SVG}}}")
    if element.get("display") == "none" or element.get("opacity") == "0":
        return True
    if tag == "path" and not {"fill", "stroke"} & element.attrib.keys():
        return True  # the background of a group; the root sets fill to none
    if tag == "text" and not (element.text or len(element)):
        return True
    return len(element) == 0 and tag not in KEPT_WITHOUT_CONTENT


def _one_decimal(match: re.Match[str]) -> str:
    return f"{float(match.group()):.1f}".removesuffix(".0").replace("-0", "-0") or "0"
