"""A boring second opinion: Breda's figures straight from the CSVs, without SQL or the pipeline's statistics."""

import csv
import math
from pathlib import Path

STORE = Path(__file__).resolve().parents[1] / "opslag"

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
    """Area → year of the kerncijfers → inhabitants, only of years with the boundary of today."""
    found: dict[str, dict[int, int]] = {}
    changed: dict[str, list[int]] = {}
    land: dict[str, dict[int, float]] = {}
    for year in (2017, 2020, 2024):
        with (STORE / "cbs_kerncijfers" / str(year) / "breda.csv").open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                code = row["WijkenEnBuurten"].strip()
                if row["AantalInwoners_5"].strip():
                    found.setdefault(code, {})[year] = int(row["AantalInwoners_5"])
                if row.get("IndelingswijzigingWijkenEnBuurten_4", "").strip() == "3":
                    changed.setdefault(code, []).append(year)
                hectares = (row.get("OppervlakteLand_111") or row.get("OppervlakteLand_113") or "").strip()
                if hectares:
                    land.setdefault(code, {})[year] = float(hectares)
    for code, years in found.items():
        for year in list(years):
            later_change = any(other > year for other in changed.get(code, []))
            areas = land.get(code, {})
            later_land = [areas[other] for other in areas if other > year and year in areas]
            moved = any(abs(new - areas[year]) > max(2, 0.05 * new) for new in later_land)
            if later_change or moved:
                del years[year]
    return found


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
