"""What the browser draws with: Vega, Vega-Lite and vega-embed as one module, and our specs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import vl_convert

from pipeline.charts import bars, line, small_multiples, spine
from pipeline.charts.theme import Spec

SPECS: dict[str, Callable[[], Spec]] = {
    "lijn-aantal": lambda: line.spec("aantal"),
    "lijn-waarde": lambda: line.spec("waarde"),
    "klein-meervoud": lambda: small_multiples.spec("aantal"),
    "staaf": lambda: bars.spec("horizontaal"),
    "staaf-staand": lambda: bars.spec("verticaal"),
    "spine": spine.spec,
}
"""Every spec of the site by the name that a figure gives in `data-grafiek`."""


def bundle() -> bytes:
    """Make the ES module of the browser: `const {vegaEmbed} = await import(url)`.

    It holds the interpreter of expressions, so `vegaEmbed(element, spec, {ast: true})` works where the
    page forbids `eval`. 0.9 MB, 0.3 MB gzip; takes a second or two, so keep it (see `write_bundle`).
    """
    return vl_convert.javascript_bundle(snippet="export {vegaEmbed};").encode()


def write_bundle(cache: Path, out_dir: Path) -> str:
    """Write the bundle to `out_dir` and return its file name, which holds the hash of its content.

    `cache` is a folder that survives builds; a bundle of the installed version is taken from it.
    """
    kept = cache / f"vega-bundle-{version('vl-convert-python')}.js"
    if not kept.exists():
        _write(kept, bundle())
    content = kept.read_bytes()
    name = f"vega-{_fingerprint(content)}.js"
    _write(out_dir / name, content)
    return name


def write_specs(out_dir: Path) -> dict[str, str]:
    """Write every spec below `out_dir` and return name -> URL relative to the root of the site.

    The URL carries the hash of the content, so that a browser never draws with an old spec.
    """
    urls = {}
    for name, make in SPECS.items():
        content = json.dumps(make(), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        _write(out_dir / "assets" / "grafieken" / f"{name}.json", content)
        urls[name] = f"assets/grafieken/{name}.json?v={_fingerprint(content)}"
    return urls


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _write(path: Path, content: bytes) -> None:
    """Write beside and rename; leave a file alone that has this content already."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
