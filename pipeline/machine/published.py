"""The files of a built site, looked up: areas by name, figures with everything that belongs to them."""

from __future__ import annotations

import difflib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.errors import VeiligheidsbeeldError
from pipeline.gebied import NIVEAUS, gemeente_of, unaccented
from pipeline.indicator import file_of
from pipeline.site.description import data_package
from pipeline.site.figure.cijfer import address_of
from pipeline.site.html.markup import FILES

MOST_FOUND = 20
MOST_COMPARED = 10
NO_RANKING = (
    "Deze site maakt geen ranglijst van gebieden. Boven en onder aan zo'n lijst staan vooral kleine "
    "gebieden, waar toeval het cijfer bepaalt. Vraag een gebied en vergelijk het met zijn gemeente, met "
    f"Nederland of met hooguit {MOST_COMPARED - 1} andere gebieden."
)


class LookupFault(VeiligheidsbeeldError):
    """What was asked is not published; the message says what is."""


@dataclass(frozen=True)
class Place:
    """An area with a page; `adres` is below the address of the site."""

    code: str
    naam: str
    niveau: str
    gemeente: str
    adres: str


class PublishedSite:
    """The figures of one built site.

    Args:
        folder: the root of the site, with datapackage.json and the Parquet files it names.

    Raises:
        LookupFault: there is no built site with figures in this folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        package = folder / data_package.NAME
        if not package.is_file():
            raise LookupFault(f"{package} bestaat niet; eerst: veiligheidsbeeld site")
        self._package: Mapping[str, Any] = json.loads(package.read_text(encoding="utf-8"))

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Every area by code, the country first, then by level and code."""
        columns = ["gebied_code", "gebied_naam", "gebied_niveau"]
        rows = pq.read_table(self._folder / FILES / "alles.parquet", columns=columns)
        known = {row["gebied_code"]: row for row in rows.group_by(columns).aggregate([]).to_pylist()}
        ordered = sorted(
            known.values(), key=lambda row: (NIVEAUS.index(row["gebied_niveau"]), row["gebied_code"])
        )
        return {row["gebied_code"]: self._place(row, known) for row in ordered}

    @staticmethod
    def _place(row: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> Place:
        code, level = row["gebied_code"], row["gebied_niveau"]
        gemeente = known.get(gemeente_of(code) or "") if level in ("wijk", "buurt") else None
        name = gemeente["gebied_naam"] if gemeente else ""
        return Place(code, row["gebied_naam"], level, name, address_of(code))

    @cached_property
    def indicators(self) -> Mapping[str, Mapping[str, Any]]:
        """Name -> how the site describes its Parquet file, after which it is called."""
        found = {}
        for one in self._package["resources"]:
            path = Path(one["path"])
            if path.parts[0] == "indicator" and path.suffix == ".parquet":
                found[path.stem.replace("-", "_")] = one
        return dict(sorted(found.items()))

    def search(self, text: str, *, niveau: str = "") -> list[Place]:
        """Areas whose name or gemeente has all words of a text, exact names first; at most `MOST_FOUND`."""
        if niveau and niveau not in NIVEAUS:
            raise LookupFault(f"niveau {niveau!r} bestaat niet; kies uit {', '.join(NIVEAUS)}")
        words = _plain(text).split()
        if not words:
            raise LookupFault("Geef een naam of een code van een gebied.")
        fits = [
            place
            for place in self.places.values()
            if niveau in ("", place.niveau)
            and all(word in _plain(f"{place.naam} {place.gemeente} {place.code}") for word in words)
        ]
        return sorted(fits, key=lambda place: _plain(place.naam) != " ".join(words))[:MOST_FOUND]

    def place(self, code: str) -> Place:
        """The area with this code."""
        place = self.places.get(code.strip().upper())
        if place is None:
            raise LookupFault(
                f"Gebied {code!r} heeft geen cijfers op deze site. Zoek de code met zoek_gebied."
            )
        return place

    def description(self, indicator: str) -> Mapping[str, Any]:
        """Title, definition, sources, licences, citation, statuses and caveats, as its archive has them."""
        with zipfile.ZipFile(self._folder / file_of(self._known(indicator), ".zip")) as archive:
            described: Mapping[str, Any] = json.loads(archive.read(data_package.NAME))
        return described

    def figures(self, codes: Sequence[str], indicator: str) -> list[dict[str, Any]]:
        """Every period of some areas as it is published, by area in the order asked, then by period."""
        known = [self.place(code).code for code in codes]
        path = self._folder / file_of(self._known(indicator), ".parquet")
        rows: list[dict[str, Any]] = pq.read_table(path, filters=[("gebied_code", "in", known)]).to_pylist()
        return sorted(rows, key=lambda row: (known.index(row["gebied_code"]), row["periode"]))

    def _known(self, indicator: str) -> str:
        name = indicator.strip().lower().replace("-", "_")  # as in addresses, too
        if name not in self.indicators:
            near = difflib.get_close_matches(name, self.indicators, n=3) or list(self.indicators)
            raise LookupFault(f"Indicator {indicator!r} bestaat niet. Bedoel je: {', '.join(near)}?")
        return name


def _plain(text: str) -> str:
    signs = (sign if sign.isalnum() else " " for sign in unaccented(text).casefold())
    return " ".join("".join(signs).split())
