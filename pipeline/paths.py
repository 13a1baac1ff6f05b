"""Every location that the project reads or writes, in one place."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Store = Literal["voorbeeld", "live"]

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent


def _example() -> Path:
    return Path(os.environ.get("VB_VOORBEELD") or PROJECT / "data" / "voorbeeld").resolve()


@dataclass(frozen=True)
class Paths:
    """Locations below one checkout.

    Attributes:
        root: the checkout (``mkdocs.yml``, ``site/``, ``data/``).
        build: everything that can be made again; git ignores it.
        store: which snapshots are read: the embedded example or the fetched ones.
        models: the folder of model files.
        example: the embedded store; tests name a smaller one.
    """

    root: Path = PROJECT
    build: Path = PROJECT / "build"
    store: Store = "voorbeeld"
    models: Path = PACKAGE / "models"
    example: Path = field(default_factory=_example)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def reference(self) -> Path:
        return self.data / "reference"

    @property
    def definitions(self) -> Path:
        """Municipal datasets, one TOML each."""
        return self.data / "bronnen"

    @property
    def approaches(self) -> Path:
        """Local approaches, one TOML each, and the verdicts that were recorded."""
        return self.data / "aanpak"

    @property
    def live(self) -> Path:
        return self.build / "raw"

    @property
    def snapshots(self) -> Path:
        """The root of the chosen store: the lock and a folder per source."""
        return self.live if self.store == "live" else self.example

    @property
    def warehouse(self) -> Path:
        return self.build / "veiligheid.duckdb"

    @property
    def pages(self) -> Path:
        """Generated Markdown, mounted into the written site."""
        return self.build / "pages"

    @property
    def site(self) -> Path:
        """The finished site: a link to the newest version below ``versies``."""
        return self.build / "site"

    @property
    def versions(self) -> Path:
        return self.build / "versies"

    @property
    def docs(self) -> Path:
        return self.root / "site" / "docs"

    @property
    def templates(self) -> Path:
        return self.root / "site" / "templates"

    @property
    def theme(self) -> Path:
        return self.root / "site" / "theme"


def find_paths(*, root: Path | None = None, build: Path | None = None, store: Store | None = None) -> Paths:
    """Locations for a run: explicit choices first, then ``live`` once a fetched store exists.

    ``VB_VOORBEELD`` names another embedded store, as the tests do: theirs has one gemeente.
    """
    chosen_root = (root or PROJECT).resolve()
    chosen_build = (build or chosen_root / "build").resolve()
    live_exists = (chosen_build / "raw" / "snapshots.json").is_file()
    chosen_store: Store = store or ("live" if live_exists else "voorbeeld")
    example = Path(os.environ.get("VB_VOORBEELD") or chosen_root / "data" / "voorbeeld").resolve()
    return Paths(root=chosen_root, build=chosen_build, store=chosen_store, example=example)


def site_gemeenten() -> tuple[str, ...]:
    """The gemeenten that get pages, from ``SITE_GEMEENTEN`` (codes, or ``all``); empty means all."""
    value = os.environ.get("SITE_GEMEENTEN", "all").replace(",", " ").split()
    return () if value in ([], ["all"]) else tuple(value)


def digest_of(said: Iterable[str], files: Iterable[Path], *, root: Path) -> str:
    """A digest of texts and files: of each file its place below `root` (elsewhere its name) and its content.

    One that is not there counts by its name.
    """
    digest = hashlib.sha256("\n".join(said).encode())
    for file in files:
        digest.update(str(file.relative_to(root) if file.is_relative_to(root) else file.name).encode())
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()
