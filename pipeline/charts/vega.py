"""What the browser draws with: Vega, Vega-Lite and vega-embed as one module, and our specs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import vl_convert

from pipeline.charts import kept, line, places, small_multiples, spine
from pipeline.charts.theme import Spec

SPECS: dict[str, Callable[[], Spec]] = {
    "lijn-aantal": lambda: line.spec("aantal"),
    "lijn-waarde": lambda: line.spec("waarde"),
    "klein-meervoud": lambda: small_multiples.spec("aantal"),
    "rijen": places.spec,
    "spine": spine.spec,
}
"""Every spec of the site by the name that a figure gives in `data-grafiek`."""


FOLDER = "assets/grafieken"
ADDRESSES = "assets/javascripts/adressen.js"


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
    made = cache / f"vega-bundle-{version('vl-convert-python')}.js"
    if not made.exists():
        _write(made, bundle())
    content = made.read_bytes()
    name = f"vega-{_fingerprint(content)}.js"
    _write(out_dir / name, content)
    return name


def write_specs(out_dir: Path) -> None:
    """Write every spec below `out_dir`."""
    for name in SPECS:
        _write(out_dir / FOLDER / f"{name}.json", _content(name))


def write_addresses(out_dir: Path, library: str) -> None:
    """Write ADDRESSES below `out_dir`: what scripts fetch by a hash of its content, so that no page says it.

    Args:
        library: the address of the bundle, relative to the root of the site.
    """
    specs = json.dumps({name: spec_url(name) for name in SPECS})
    code = f"export const LIBRARY = {json.dumps(library)};\nexport const SPECS = {specs};\n"
    _write(out_dir / ADDRESSES, f"// Below the root of the site.\n{code}".encode())


@cache
def spec_url(name: str) -> str:
    """The address of a spec, relative to the root of the site.

    It carries the hash of the content, so that a browser never draws with an old spec.
    """
    return f"{FOLDER}/{name}.json?v={_fingerprint(_content(name))}"


def spec(name: str) -> Spec:
    """A spec by its name, a fresh copy: building one takes longer than drawing it."""
    copy: Spec = json.loads(_content(name))
    return copy


@cache
def _content(name: str) -> bytes:
    return kept.of_code(f"spec {name}", lambda: _written(SPECS[name]())).encode()


def _written(made: Spec) -> str:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


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
