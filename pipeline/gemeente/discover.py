"""Which datasets a gemeente publishes, from any catalogue that can be asked; see ``fetch.ckan``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

# What a dataset about safety is called; one word is enough.
SUBJECTS = (
    *("overlast", "meldingen", "melding", "veiligheid", "drugs", "dealer", "jeugd", "geluid", "inbraak"),
    *(
        "diefstal",
        "verdachten",
        "openbare orde",
        "leefbaarheid",
        "buurt",
        "wijk",
        "enquête",
        "misdrijven",
        "cameratoezicht",
    ),
)
# What `bron nieuw` can read, best first.
FORMATS = ("CSV", "XLSX", "JSON", "GEOJSON", "ARCGIS")


@dataclass(frozen=True)
class Resource:
    """One file or service of a dataset."""

    url: str
    format: str


@dataclass(frozen=True)
class Dataset:
    """A dataset in a catalogue; ``modified`` is an ISO date or empty."""

    title: str
    publisher: str
    page: str
    licence: str
    modified: str
    description: str
    resources: tuple[Resource, ...]

    @property
    def readable(self) -> tuple[Resource, ...]:
        """Resources that a definition can be drafted from, best format first."""
        known = [one for one in self.resources if one.format.upper() in FORMATS]
        return tuple(sorted(known, key=lambda one: FORMATS.index(one.format.upper())))


class Catalogue(Protocol):
    """Something that knows datasets."""

    def datasets(self, gemeente: str) -> Sequence[Dataset]:
        """Datasets of a gemeente, by name ('Breda')."""
        ...


def candidates(catalogues: Iterable[Catalogue], gemeente: str) -> list[Dataset]:
    """Datasets that may say something about safety and that can be read, by title."""
    known = [one for catalogue in catalogues for one in catalogue.datasets(gemeente)]
    found = [one for one in known if one.readable and is_about_safety(f"{one.title} {one.description}")]
    return sorted(found, key=lambda one: one.title.casefold())


def listing(found: Sequence[Dataset], gemeente: str) -> str:
    """The candidates, as text to print."""
    return "\n".join(_lines(found, gemeente)) + "\n"


def _lines(found: Sequence[Dataset], gemeente: str) -> Iterator[str]:
    if not found:
        yield f"Geen dataset over veiligheid gevonden voor {gemeente}."
        return
    yield f"{len(found)} {'dataset' if len(found) == 1 else 'datasets'} voor {gemeente}:"
    for one in found:
        yield ""
        yield one.title
        yield f"  uitgever: {one.publisher or 'niet vermeld'}; licentie: {one.licence or 'niet vermeld'}"
        yield f"  laatst gewijzigd: {one.modified or 'niet vermeld'}"
        if one.page:
            yield f"  bladzijde: {one.page}"
        yield from (f"  {resource.format}: {resource.url}" for resource in one.readable)
    yield ""
    yield "Verder met: veiligheidsbeeld bron nieuw <adres van het bestand>"


def is_about_safety(text: str) -> bool:
    """Whether a title or description has one of the words that datasets about safety are called by."""
    return any(subject in text.casefold() for subject in SUBJECTS)
