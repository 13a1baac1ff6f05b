"""How far the statistics hold on real figures: coverage, errors, false alarms and power, on rolling years.

    python -m benchmarks.validate [--out FILE] [--compare]

Reads the embedded example, which is the whole country. The table (data/reference/validatie.csv) has what fails
as plainly as what holds; the page /verantwoording/validatie/ shows it. With --compare nothing is written: a
published outcome that does not come out again is an error.
"""

import argparse
import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import approaches
from benchmarks.lines import SEED, TIMES, Line
from benchmarks.national import CRIMES, Figures, read
from pipeline.paths import Paths
from pipeline.statistics import change, dispersion, expected, level, similar

Floats = NDArray[np.float64]

TABLE = "data/reference/validatie.csv"
SAME = 0.02  # another processor adds up in another order, which may tip one simulated year in a hundred
CLASSES = (0, 5, 10, 20, 50, 100, 200, 500)
DENSE_LAND = 300  # hectares of land that core.aanwezig counts addresses on
MANY = 400  # areas that a size class must have for a demand

COLUMNS = ("onderdeel", "groep", "maat", "waarde", "laagst", "hoogst", "voldoet")


def swing_before(years: Floats, last: int) -> dispersion.Dispersion | None:
    """The dispersion as it was known before a year: from pairs of earlier years alone."""
    pairs = [(year, years[:, year - 1], years[:, year]) for year in range(1, last)]
    known = [(year, first, end, ~np.isnan(first + end)) for year, first, end in pairs]
    if not known:
        return None
    columns = [
        np.concatenate(parts)
        for parts in zip(*((np.full(ok.sum(), y), f[ok], e[ok]) for y, f, e, ok in known), strict=True)
    ]
    return dispersion.fit(*columns)


def inside(years: Floats, last: int, swing: dispersion.Dispersion) -> tuple[Floats, NDArray[np.bool_]]:
    """This year's counts and whether those of a year later lie where they should."""
    known = ~np.isnan(years[:, last - 1] + years[:, last])
    first, end = years[known, last - 1], years[known, last]
    low, high = dispersion.next_year(first, swing, ratio=end.sum() / first.sum())
    return first, (low <= end) & (end <= high)


def coverage(figures: Figures) -> Iterator[Line]:
    """Next year inside its 95 %, by size class, with the dispersion of earlier years."""
    part = "Volgend jaar binnen de marge van 95 procent"
    for year in (2023, 2024, 2025):
        swing = swing_before(figures.buurten, year - 2021)
        assert swing is not None
        first, within = inside(figures.buurten, year - 2021, swing)
        yield Line(part, f"alle buurten, {year}", "deel van de gebieden", within.mean(), 0.94, 0.96)
        for low, high in zip(CLASSES, [*CLASSES[1:], np.inf], strict=True):
            own = (first >= low) & (first < high)
            demand = (0.94, 0.97) if own.sum() >= MANY else (None, None)
            name = (
                f"buurten vanaf {low} misdrijven, {year}"
                if np.isinf(high)
                else (f"buurten met {low} tot {high} misdrijven, {year}")
            )
            yield Line(part, name, "deel van de gebieden", within[own].mean(), *demand)
    for name, table in figures.gemeenten.items():
        found = [
            inside(table, last, swing)[1]
            for last in range(3, table.shape[1])
            if (swing := swing_before(table, last)) is not None
        ]
        if found:
            yield Line(
                part,
                f"gemeenten, soort {name}",
                "deel van de gebieden",
                np.concatenate(found).mean(),
                0.93,
                0.97,
            )


def levels(figures: Figures) -> Iterator[Line]:
    """Error of predicting the newest year: last year against the weighted mean of three."""
    years = figures.buurten
    last, end = years[:, 3], years[:, 4]
    guess = level.weighted_level(years[:, 1:4])
    part = "Het gewogen gemiddelde van drie jaar voorspelt beter dan vorig jaar"
    for low, high in ((0, np.inf), *zip(CLASSES, [*CLASSES[1:], np.inf], strict=True)):
        own = (guess >= low) & (guess < high)
        error = poisson_deviance(end[own], guess[own]).mean() / poisson_deviance(end[own], last[own]).mean()
        name = (
            "alle buurten"
            if (low, high) == (0, np.inf)
            else f"buurten vanaf {low} misdrijven" + ("" if np.isinf(high) else f" tot {high}")
        )
        demand = 0.85 if name == "alle buurten" else 1.0 if own.sum() >= MANY else None
        yield Line(part, name, "fout gedeeld door die van vorig jaar", float(error), None, demand)


def alike(figures: Figures) -> Iterator[Line]:
    """Pooled rate of similar areas against that of the gemeente, both without the area itself."""
    found = similar.neighbours(figures.features, figures.urbanity)
    rate = similar.pooled_rate(figures.count, figures.people, found)
    known = np.isfinite(rate)
    area = found.area[known]
    _, place = np.unique(figures.gemeente, return_inverse=True)
    counts, people = (np.bincount(place, values)[place] for values in (figures.count, figures.people))
    base = figures.people[area]
    own = counts[area] / people[area] * base
    ours = poisson_deviance(figures.count[area], rate[known] * base).mean()
    ratio = ours / poisson_deviance(figures.count[area], own).mean()
    part = "Vergelijkbare gebieden liggen dichterbij dan de gemeente"
    yield Line(
        part,
        "alle buurten met bekende omstandigheden",
        "fout gedeeld door die van de gemeente",
        ratio,
        None,
        0.6,
    )


def present(figures: Figures) -> Iterator[Line]:
    """What is left when crimes are divided by those present (core.aanwezig) instead of by inhabitants."""
    land, density = (np.expm1(figures.features[:, column]) for column in (-2, -1))
    known = np.isfinite(land + density)
    count, people = figures.count[known], figures.people[known]
    around = people + density[known] * np.minimum(land[known], DENSE_LAND) / 100
    left = [poisson_deviance(count, base * count.sum() / base.sum()).mean() for base in (people, around)]
    yield Line(
        "Inwoners en adressen samen verklaren meer dan inwoners alleen",
        "alle buurten met bekende omstandigheden",
        "fout gedeeld door die per inwoner",
        float(left[1] / left[0]),
        None,
        0.85,
    )


def circumstances(figures: Figures) -> Iterator[Line]:
    """Expected counts on gemeenten that were not fitted on."""
    fold = np.random.default_rng(SEED).integers(0, 5, figures.gemeente.max() + 1)[figures.gemeente]
    guess, alphas, within = np.zeros(len(fold)), [], []
    for one in range(5):
        fitted = fold != one
        model = expected.fit(figures.count[fitted], figures.features[fitted])
        guess[~fitted] = model.predict(figures.features[~fitted])
        alphas.append(model.alpha)
        within.append(_explained(figures, fitted, model.predict(figures.features[fitted]), model.alpha))
    outside = _explained(figures, np.full(len(fold), True), guess, float(np.mean(alphas)))
    part = "Verwacht uit omstandigheden, in gemeenten die niet meededen"
    yield Line(part, "alle buurten", "verklaard deel van de afwijking", outside, 0.68)
    yield Line(
        part,
        "alle buurten",
        "verschil met gemeenten die meededen",
        float(np.mean(within)) - outside,
        None,
        0.02,
    )
    order = np.argsort(guess)
    for tenth, own in enumerate(np.array_split(order, 10), start=1):
        ratio = figures.count[own].sum() / guess[own].sum()
        yield Line(
            part,
            f"tiende deel {tenth} van laag naar hoog",
            "waargenomen gedeeld door verwacht",
            ratio,
            0.9,
            1.12,
        )
    off = np.exp(np.median(np.abs(np.log((figures.count + 0.5) / (guess + 0.5)))))
    yield Line(part, "een gewone buurt", "factor ernaast", float(off))
    low, high = expected.ratio_interval(guess, expected.spread(figures.count, guess))
    covered = ((figures.count / guess >= low) & (figures.count / guess <= high)).mean()
    yield Line(part, "alle buurten", "deel binnen de marge van 95 procent", float(covered), 0.95)


def _explained(figures: Figures, own: NDArray[np.bool_], guess: Floats, alpha: float) -> float:
    """Part of the deviance from one rate for all that is gone."""
    count, people = figures.count[own], figures.people[own]
    plain = people * count.sum() / people.sum()
    return float(
        1 - expected.deviance(count, guess, alpha).sum() / expected.deviance(count, plain, alpha).sum()
    )


def lists(figures: Figures) -> Iterator[Line]:
    """The list of changes in years without change, and what could be seen at all."""
    years = figures.buurten
    swing = swing_before(years, 5)
    assert swing is not None
    rng = np.random.default_rng(SEED)
    mean = np.maximum(level.weighted_level(years[:, 2:]), 0.5)
    size = mean**2 / ((swing.a - 1) * mean + swing.b * mean**2)
    chance = size / (size + mean)
    filled, tests = 0, 200
    for _ in range(tests):
        first, last = rng.negative_binomial(size, chance), rng.negative_binomial(size, chance)
        pair = change.year_pair(first, last, last.sum() / (first + last).sum(), swing)
        filled += bool((change.benjamini_hochberg(pair.chance) & change.large_enough(pair.ratio)).any())
    part = "De lijst van veranderingen"
    yield Line(
        part,
        f"{tests} nagebootste jaren zonder verandering",
        "deel met een lege lijst",
        1 - filled / tests,
        0.95,
    )
    for year in (2023, 2024, 2025):
        first, last = years[:, year - 2022], years[:, year - 2021]
        pair = change.year_pair(first, last, last.sum() / (first + last).sum(), swing)
        listed = change.benjamini_hochberg(pair.chance) & change.large_enough(pair.ratio)
        yield Line(part, f"alle buurten, {year}", "aantal in de lijst", float(listed.sum()))
    part = "Kleinste daling die te zien is"
    middle = float(np.median(years[:, 4]))
    yield Line(
        part,
        f"de middelste buurt ({middle:.0f} misdrijven)",
        "deel van het aantal",
        float(change.smallest_decline(middle, swing)),
    )
    whole = figures.gemeenten["0.0.0"]
    for_gemeente = swing_before(whole, whole.shape[1])
    if for_gemeente is not None:
        typical = float(np.nanmedian(whole[:, -1]))
        seen = float(change.smallest_decline(typical, for_gemeente))
        yield Line(part, f"de middelste gemeente ({typical:.0f} misdrijven)", "deel van het aantal", seen)


def poisson_deviance(count: Floats, mean: Floats) -> Floats:
    """Twice the log-likelihood that a mean loses against the count itself; a mean of 0 counts as 0.1."""
    means = np.maximum(mean, 0.1)
    own = np.where(count > 0, count * np.log(np.maximum(count, 1e-9) / means), 0.0)
    return 2 * (own - (count - means))


PARTS: tuple[Callable[[Figures], Iterator[Line]], ...] = (
    *(coverage, levels, alike, present, circumstances, lists, *approaches.PARTS),
)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.validate", description="Valideer de statistiek."
    )
    parser.add_argument("--out", type=Path, default=Path(TABLE), help="waar de tabel komt (CSV)")
    parser.add_argument("--compare", action="store_true", help="vergelijk met de tabel, schrijf niets")
    chosen = parser.parse_args(arguments)
    store = Paths().example
    if not next(store.glob(CRIMES), None):
        print(f"validatie overgeslagen: {store / CRIMES} is er niet; dit voorbeeld is niet het hele land")
        return 0
    figures = read(store)
    lines = [line for part in PARTS for line in part(figures)]
    for line in lines:
        print(" | ".join(str(cell) for cell in line.cells()))
    # A time is of one machine and one moment.
    rows = [[str(cell) for cell in line.cells()] for line in lines if line.onderdeel != TIMES]
    failed = sum(row[-1] == "nee" for row in rows)
    print(f"{len(rows)} uitkomsten, {failed} voldoen niet")
    if chosen.compare:
        with chosen.out.open(encoding="utf-8", newline="") as file:
            faults = list(differences(list(csv.reader(file, strict=True))[1:], rows))
        print("\n".join(faults) or f"gelijk aan {chosen.out}")
        return bool(faults)
    with chosen.out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    return 0


def differences(published: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> Iterator[str]:
    """In words, the outcomes that are published and not found again, or found and not published.

    Both have the columns of the table, as text. Figures may differ by SAME of themselves, or by SAME.
    """
    before, after = ({tuple(row[:3]): float(row[3]) for row in rows} for rows in (published, found))
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old is None or new is None or abs(new - old) > SAME * max(1, abs(old)):
            yield f"{', '.join(key)}: gepubliceerd {old}, nu {new}"


if __name__ == "__main__":
    raise SystemExit(main())
