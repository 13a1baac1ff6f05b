"""A boring second opinion: Breda's figures straight from the CSVs, without SQL or the pipeline's statistics."""

import csv
import math
from pathlib import Path

STORE = Path(__file__).resolve().parents[1] / "opslag"

YEARS = (2017, 2020, 2024)  # of the kerncijfers in the store

Key = tuple[str, str, str]  # kind, area, period


def read_counts(source: str, kind: str, area: str, topic: str) -> dict[Key, int]:
    """Counts per kind, area and year of one police source."""
    counts = {}
    for path in sorted((STORE / source).glob("*/*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["Perioden"].endswith("JJ00"):
                    code = row[area].strip().replace("NL01", "NL00")
                    counts[row[kind].strip(), code, row["Perioden"][:4]] = int(row[topic])
    return counts


def read_inhabitants() -> dict[str, dict[int, int]]:
    """Area → year of the kerncijfers → inhabitants, only of years that are shown to have today's boundary."""
    people: dict[str, dict[int, int]] = {}
    changed: dict[str, list[int]] = {}
    land: dict[str, dict[int, tuple[float, float]]] = {}  # hectares, and how far rounding may be off
    for year in YEARS:
        with (STORE / "cbs_kerncijfers" / str(year) / "breda.csv").open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                cells = {name.rpartition("_")[0]: value.strip() for name, value in row.items()}
                code = row["WijkenEnBuurten"].strip()
                if cells["AantalInwoners"]:
                    people.setdefault(code, {})[year] = int(cells["AantalInwoners"])
                if cells.get("IndelingswijzigingWijkenEnBuurten") == "3":
                    changed.setdefault(code, []).append(year)
                found = _land(code, cells)
                if found:
                    land.setdefault(code, {})[year] = found
    return {
        code: {
            year: count
            for year, count in years.items()
            if year == YEARS[-1]
            or (
                not any(other > year for other in changed.get(code, []))
                and _same_land(land.get(code, {}), year)
            )
        }
        for code, years in people.items()
    }


def _land(code: str, cells: dict[str, str]) -> tuple[float, float] | None:
    if cells.get("OppervlakteLand"):
        return float(cells["OppervlakteLand"]), 0.0
    people, density = cells.get("AantalInwoners"), cells.get("Bevolkingsdichtheid")
    if not people or not density or not int(people) or not int(density):
        return None
    rounding = 0.5 / int(density) + (2.5 / int(people) if code[:2] in ("WK", "BU") else 0)
    return 100 * int(people) / int(density), rounding


def _same_land(land: dict[int, tuple[float, float]], year: int) -> bool:
    if year not in land or YEARS[-1] not in land or land[year][1] > 0.05:
        return False
    hectares, rounding = land[year]
    return all(
        abs(land[other][0] - hectares) <= max(2, (0.05 + rounding) * land[other][0])
        for other in land
        if other > year
    )


def denominator(years: dict[int, int], year: int) -> tuple[int, int] | None:
    """Inhabitants and their year: the nearest within two years, the newest of two equally near."""
    near = [other for other in years if abs(other - year) <= 2]
    if not near:
        return None
    best = sorted(near, key=lambda other: (abs(other - year), -other))[0]
    return years[best], best


def poisson_bounds(count: int) -> tuple[float, float]:
    """Exact 95 % bounds by bisection on the Poisson distribution itself."""

    def cumulative(mean: float, most: int) -> float:
        return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(most + 1))

    def solve(target: float, most: int) -> float:
        low, high = 1e-9, count + 20 * math.sqrt(count + 1) + 20
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if cumulative(middle, most) > target else (low, middle)
        return low

    lower = 0.0 if count == 0 else solve(0.975, count - 1)
    return lower, solve(0.025, count)


def verdict(low: float, high: float, reference: float) -> str:
    """How an area compares with a reference that lies below, above or within its margin."""
    if reference < low:
        return "hoger"
    return "lager" if reference > high else "ongeveer gelijk"
