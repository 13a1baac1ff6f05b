"""Which datasets a gemeente publishes, from any catalogue that can be asked; see ``fetch.ckan``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

# What a dataset about safety is called; one word is enough.
SUBJECTS = (
    *("overlast", "meldingen", "melding", "veiligheid", "drugs", "dealer", "jeugd", "geluid", "inbraak"),
    *("openbare orde", "leefbaarheid", "buurt", "wijk", "enquête", "misdrijven", "cameratoezicht"),
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


def candidates(catalogue: Catalogue, gemeente: str) -> list[Dataset]:
    """Datasets that may say something about safety and that can be read, by title."""
    found = [one for one in catalogue.datasets(gemeente) if one.readable and _is_about_safety(one)]
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


def _is_about_safety(dataset: Dataset) -> bool:
    text = f"{dataset.title} {dataset.description}".casefold()
    return any(subject in text for subject in SUBJECTS)
