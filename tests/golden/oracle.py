"""A boring second opinion: Breda's figures straight from the CSVs, in plain Python.

Nothing here comes from the project: no SQL, no numpy, none of its statistics. What it recounts is what the
headers of the models say: denominators, how much counts swing, margins, statuses, verdicts.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STORE = Path(__file__).resolve().parents[1] / "opslag"
REFERENCE = STORE.parents[1] / "data" / "reference"

YEARS = (2017, 2020, 2024)  # of the kerncijfers in the store
LEVELS = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}
LEAST_INHABITANTS = 200
LEAST_PAIRS, LEAST_PAIRS_OF_A_YEAR = 100, 30

Cell = tuple[str, str]  # area, year


@dataclass(frozen=True)
class Kind:
    """An indicator: where its counts are, what it is divided by, and whether small counts point at somebody."""

    indicator: str
    source: str
    code: str
    per: str = "inwoners"
    sensitive: bool = False


KINDS = (
    Kind("misdrijven", "misdrijven", "0.0.0"),
    Kind("woninginbraak", "misdrijven", "1.1.1", per="huishoudens"),
    Kind("fietsdiefstal", "misdrijven", "1.2.3"),
    Kind("overlast", "overlast", "0.0.0"),
    Kind("overlast_drugs_alcohol", "overlast", "E38"),
    Kind("overlast_jeugd", "overlast", "E35"),
    Kind("overlast_onbegrepen_gedrag", "overlast", "E33", sensitive=True),
)


def level_of(area: str) -> str:
    return LEVELS[area[:2]]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {name.rpartition("_")[0] or name: value.strip() for name, value in row.items()}


def read_counts(kind: Kind) -> dict[Cell, int]:
    """Yearly counts; the table of regions fills in where the table of buurten has nothing."""
    topic = {"misdrijven": "GeregistreerdeMisdrijven", "overlast": "GeregistreerdeOverlast"}[kind.source]
    name = {"misdrijven": "SoortMisdrijf", "overlast": "Overlast"}[kind.source]
    counts: dict[Cell, int] = {}
    for table, area in (("_regio", "RegioS"), ("", "WijkenEnBuurten")):
        for path in sorted((STORE / f"politie_{kind.source}{table}").glob("*/*.csv")):
            for row in _rows(path):
                if row[name] == kind.code and row["Perioden"].endswith("JJ00"):
                    counts[row[area].replace("NL01", "NL00"), row["Perioden"][:4]] = int(row[topic])
    return counts


# ---- denominators -------------------------------------------------------------------------------------


@dataclass
class Population:
    """Area → year → how many, of each kind, and the years in which an area is proven to be the same."""

    counted: dict[str, dict[str, dict[int, int]]]
    same: dict[str, set[int]]

    @property
    def areas(self) -> list[str]:
        return sorted(area for area, years in self.same.items() if YEARS[-1] in years)

    def denominator(self, kind: str, area: str, year: int) -> tuple[int, int] | None:
        """How many and of which year: the nearest within two years, the newest of two equally near."""
        known = self.counted[kind].get(area, {})
        near = [other for other in known if abs(other - year) <= 2 and other in self.same[area]]
        if not near:
            return None
        best = sorted(near, key=lambda other: (abs(other - year), -other))[0]
        return known[best], best

    def why_none(self, kind: str, area: str, year: int) -> str:
        """Why there is no denominator."""
        at_level = {
            y
            for other, years in self.counted[kind].items()
            if level_of(other) == level_of(area)
            for y in years
        }
        anywhere = {y for years in self.counted[kind].values() for y in years}
        if not any(abs(other - year) <= 2 for other in anywhere):
            return "noemer_jaar_ontbreekt"
        near = [other for other in at_level if abs(other - year) <= 2]
        if not near:
            return "noemer_ander_niveau"
        return "noemer_onbekend" if any(other in self.same[area] for other in near) else "andere_grens"


def read_population() -> Population:
    """Inhabitants and households, and whether an older year is shown to have today's boundary."""
    counted: dict[str, dict[str, dict[int, int]]] = {"inwoners": {}, "huishoudens": {}}
    changed: dict[str, list[int]] = defaultdict(list)
    land: dict[str, dict[int, tuple[float, float]]] = defaultdict(
        dict
    )  # hectares, how far rounding may be off
    seen: dict[str, set[int]] = defaultdict(set)
    for year in YEARS:
        for cells in _rows(STORE / "cbs_kerncijfers" / str(year) / "breda.csv"):
            area = cells["WijkenEnBuurten"]
            seen[area].add(year)
            for kind, column in (("inwoners", "AantalInwoners"), ("huishoudens", "HuishoudensTotaal")):
                if cells.get(column):
                    counted[kind].setdefault(area, {})[year] = int(cells[column])
            if cells.get("IndelingswijzigingWijkenEnBuurten") == "3":
                changed[area].append(year)
            if found := _land(area, cells):
                land[area][year] = found
    same = {
        area: {
            year
            for year in years
            if year == YEARS[-1]
            or (not any(other > year for other in changed[area]) and _same_land(land[area], year))
        }
        for area, years in seen.items()
    }
    return Population(counted, same)


def _land(area: str, cells: Mapping[str, str]) -> tuple[float, float] | None:
    if cells.get("OppervlakteLand"):
        return float(cells["OppervlakteLand"]), 0.0
    people, density = cells.get("AantalInwoners"), cells.get("Bevolkingsdichtheid")
    if not people or not density or not int(people) or not int(density):
        return None
    rounding = 0.5 / int(density) + (2.5 / int(people) if area[:2] in ("WK", "BU") else 0)
    return 100 * int(people) / int(density), rounding


def _same_land(land: Mapping[int, tuple[float, float]], year: int) -> bool:
    if year not in land or YEARS[-1] not in land or land[year][1] > 0.05:
        return False
    hectares, rounding = land[year]
    return all(
        abs(land[other][0] - hectares) <= max(2, (0.05 + rounding) * land[other][0])
        for other in land
        if other > year
    )


# ---- how much counts swing ----------------------------------------------------------------------------


def swings(counts: Mapping[str, Mapping[Cell, int]]) -> dict[tuple[str, str], tuple[float, float]]:
    """(Indicator, level) → a and b of the variance a·mu + b·mu², borrowed where too little is known."""
    measured = {}
    for indicator, cells in counts.items():
        for level in LEVELS.values():
            if (found := _swing(_pairs(indicator, level, cells))) is not None:
                measured[indicator, level] = found
    borrowed = {}
    for indicator in counts:
        for level in LEVELS.values():
            steps = [(indicator, level), ("misdrijven", level)]
            steps += [("misdrijven", "buurt")] if level == "wijk" else []
            if source := next((step for step in steps if step in measured), None):
                borrowed[indicator, level] = measured[source]
    return borrowed


def _pairs(indicator: str, level: str, cells: Mapping[Cell, int]) -> dict[int, list[tuple[int, int]]]:
    """Year → counts of an area in the year before and in that year; none across a break."""
    broken = set()
    for row in _rows(REFERENCE / "breuken.csv"):
        if row["indicator"] == indicator:
            year, month = int(row["datum"][:4]), row["datum"][5:7]
            broken |= {year} if month in ("", "01") else {year, year + 1}
    pairs = defaultdict(list)
    for (area, year), count in cells.items():
        before = cells.get((area, str(int(year) - 1)))
        if before is not None and level_of(area) == level and int(year) not in broken:
            pairs[int(year)].append((before, count))
    return pairs


def _swing(pairs: Mapping[int, Sequence[tuple[int, int]]]) -> tuple[float, float] | None:
    """Each year by itself, without the one that swings most; the mean of the others."""
    by_year: dict[int, list[tuple[float, float]]] = {}
    for year, both in pairs.items():
        share = sum(last for _, last in both) / (sum(first + last for first, last in both) or 1)
        if 0 < share < 1:
            points = []
            for first, last in both:
                chance = (first + last) * share * (1 - share)  # variance of the last one by chance alone
                if chance:
                    points.append((2 * chance, (last - (first + last) * share) ** 2 / chance))
            by_year[year] = points
    everything = [point for points in by_year.values() for point in points]
    if len(everything) < LEAST_PAIRS:
        return None
    groups = [points for points in by_year.values() if len(points) >= LEAST_PAIRS_OF_A_YEAR] or [everything]
    usual = sum(size for size, _ in everything) / len(everything)
    lines = sorted((_line(points) for points in groups), key=lambda one: one[0] + one[1] * usual)
    kept = lines[: max(1, len(lines) - 1)]
    return sum(a for a, _ in kept) / len(kept), sum(b for _, b in kept) / len(kept)


def _line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """square ≈ a + b·size with a ≥ 1 and b ≥ 0, each point weighted by 1/(a + b·size)²."""
    a, b = max(1.0, sum(square for _, square in points) / len(points)), 0.0
    for _ in range(30):
        weights = [(a + b * size) ** -2 for size, _ in points]
        total = math.fsum(weights)
        middle = math.fsum(w * size for w, (size, _) in zip(weights, points, strict=True)) / total
        height = math.fsum(w * square for w, (_, square) in zip(weights, points, strict=True)) / total
        spread = math.fsum(w * (size - middle) ** 2 for w, (size, _) in zip(weights, points, strict=True))
        if spread <= 1e-9 * total:
            return max(1.0, height), 0.0
        both = math.fsum(
            w * (size - middle) * (square - height) for w, (size, square) in zip(weights, points, strict=True)
        )
        b = max(0.0, both / spread)
        a = height - b * middle
        if a < 1:
            a = 1.0
            over = math.fsum(
                w * size * (square - 1) for w, (size, square) in zip(weights, points, strict=True)
            )
            b = max(0.0, over / math.fsum(w * size**2 for w, (size, _) in zip(weights, points, strict=True)))
    return a, b


# ---- margins ------------------------------------------------------------------------------------------


@cache
def poisson_bounds(count: int) -> tuple[float, float]:
    """Exact 95 % bounds: the means that make so few or so many a chance of one in forty."""
    lower = 0.0 if count == 0 else _mean_for(0.975, count - 1)
    return lower, _mean_for(0.025, count)


def _mean_for(target: float, most: int) -> float:
    """The mean of which `most` or fewer has the chance `target`: steps of Newton, held between bounds."""
    low, high = 0.0, most + 20 * math.sqrt(most + 1) + 20
    mean = most + 1.0
    for _ in range(200):
        off = _cumulative(mean, most) - target
        low, high = (mean, high) if off > 0 else (low, mean)
        step = off / max(_chance(mean, most), 1e-300)
        following = mean + step if low < mean + step < high else (low + high) / 2
        if abs(following - mean) < 1e-10 * (1 + mean):
            return following
        mean = following
    return mean


def _chance(mean: float, count: int) -> float:
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))


def _cumulative(mean: float, most: int) -> float:
    """The chance of `most` or fewer: the terms of the Poisson distribution, from the largest on."""
    total, count = 0.0, most
    if most < mean:
        term = _chance(mean, most)
        while count >= 0 and term > total * 1e-17:
            total, term, count = total + term, term * count / mean, count - 1
        return total
    term, count = _chance(mean, most + 1), most + 1
    while term > total * 1e-17:
        total, count = total + term, count + 1
        term *= mean / count
    return 1 - total


def margin(count: int, swing: tuple[float, float]) -> tuple[float, float]:
    """The exact margin of a count, as many times as wide as counts of that size swing."""
    low, high = poisson_bounds(count)
    factor = math.sqrt(max(1.0, swing[0] + swing[1] * count))
    return max(0.0, count - (count - low) * factor), count + (high - count) * factor


def verdict(low: float, high: float, reference: float) -> str:
    """How an area compares with a reference that lies below, above or within its margin."""
    if reference < low:
        return "hoger"
    return "lager" if reference > high else "ongeveer gelijk"


# ---- what is published --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """One cell as it should be published; numbers are empty where the status does not allow them."""

    status: str
    reason: str | None = None
    count: int | None = None
    denominator: int | None = None
    denominator_year: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


def figures(
    kind: Kind,
    counts: Mapping[Cell, int],
    people: Population,
    swing: Mapping[tuple[str, str], tuple[float, float]],
) -> dict[Cell, Figure]:
    """Every cell of every area of a level in each year in which any area of it has a count."""
    hidden = {(row["indicator"], row["niveau"]) for row in _rows(REFERENCE / "verborgen.csv")}
    running = {(row["indicator"], row["periode"]) for row in _rows(REFERENCE / "voorlopig.csv")}
    known = {(level_of(area), year) for area, year in counts if area in people.same}
    made = {}
    for area in people.areas:
        for level, year in known:
            if level == level_of(area):
                made[area, year] = _figure(
                    kind,
                    counts.get((area, year)),
                    people,
                    swing.get((kind.indicator, level), (1.0, 0.0)),
                    area=area,
                    year=int(year),
                    hidden=(kind.indicator, level) in hidden,
                    running=(kind.indicator, year) in running,
                )
    return made


def _figure(
    kind: Kind,
    count: int | None,
    people: Population,
    swing: tuple[float, float],
    *,
    area: str,
    year: int,
    hidden: bool,
    running: bool,
) -> Figure:
    if hidden:
        return Figure("verborgen")
    if count is None:
        return Figure("ontbreekt", "niet_in_voorbeeld")
    divided = people.denominator(kind.per, area, year)
    if kind.sensitive and level_of(area) in ("wijk", "buurt") and 1 <= count <= 4:
        return Figure("minder_dan_5", None, None, *(divided or (None, None)))
    if divided is None:
        return Figure("geen_noemer", people.why_none(kind.per, area, year), count)
    inhabitants = people.denominator("inwoners", area, year)
    if (inhabitants and inhabitants[0] < LEAST_INHABITANTS) or divided[0] == 0:
        return Figure("te_klein", None, count, *divided)
    value, low, high = (1000 * one / divided[0] for one in (count, *margin(count, swing)))
    return Figure("voorlopig" if running else "ok", None, count, *divided, value, low, high)
