"""The warehouse says what a boring recount of the CSVs says, for every area of Breda."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden.oracle import denominator, poisson_bounds, read_counts, read_inhabitants, verdict

ROUNDED = 6e-5  # published with four decimals

INDICATORS = {
    "misdrijven": (
        "politie_misdrijven",
        "SoortMisdrijf",
        "WijkenEnBuurten",
        "GeregistreerdeMisdrijven_1",
        "0.0.0",
    ),
    "overlast_drugs_alcohol": (
        "politie_overlast",
        "Overlast",
        "WijkenEnBuurten",
        "GeregistreerdeOverlast_1",
        "E38",
    ),
    "overlast": ("politie_overlast", "Overlast", "WijkenEnBuurten", "GeregistreerdeOverlast_1", "0.0.0"),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    folder = tmp_path_factory.mktemp("oracle")
    command = [sys.executable, "-m", "pipeline", "build", "-q", "--build", str(folder)]
    subprocess.run(command, cwd=project_root, check=True)
    return folder


def query(build: Path, root: Path, sql: str) -> list[dict[str, str]]:
    command = [sys.executable, "-m", "pipeline", "query", sql, "--build", str(build)]
    answer = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return list(csv.DictReader(io.StringIO(answer.stdout)))


@pytest.fixture(scope="module")
def published(build: Path, project_root: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    rows = query(build, project_root, "select * from mart.cijfer where gebied_code != 'NL00'")
    return {(row["indicator"], row["gebied_code"], row["periode"]): row for row in rows}


@pytest.fixture(scope="module")
def swing(build: Path, project_root: Path) -> dict[tuple[str, str], tuple[float, float]]:
    rows = query(build, project_root, "from statistiek.spreiding")
    return {(row["indicator"], row["gebied_niveau"]): (float(row["a"]), float(row["b"])) for row in rows}


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_cell_of_breda(
    indicator: str,
    published: dict[tuple[str, str, str], dict[str, str]],
    swing: dict[tuple[str, str], tuple[float, float]],
) -> None:
    source, kind, area, topic, code = INDICATORS[indicator]
    counts = {key: count for key, count in read_counts(source, kind, area, topic).items() if key[0] == code}
    inhabitants = read_inhabitants()
    assert len(counts) > 60
    bounds = {count: poisson_bounds(count) for count in set(counts.values()) if count < 400}
    for (_, gebied, jaar), count in counts.items():
        row = published[indicator, gebied, jaar]
        where = f"{indicator} {gebied} {jaar}: {row}"
        assert int(row["teller"]) == count, where
        divided = denominator(inhabitants.get(gebied, {}), int(jaar))
        if divided is None:
            assert (row["status"], row["waarde"]) == ("geen_noemer", ""), where
        elif divided[0] < 200:
            assert (row["status"], row["waarde"], row["onder"]) == ("te_klein", "", ""), where
        else:
            assert (int(row["noemer"]), int(row["noemer_jaar"])) == divided, where
            assert float(row["waarde"]) == pytest.approx(1000 * count / divided[0], abs=ROUNDED), where
            if count in bounds:
                a, b = swing.get((indicator, row["gebied_niveau"]), (1.0, 0.0))
                wide = [count + (bound - count) * (a + b * count) ** 0.5 for bound in bounds[count]]
                expected = [1000 * max(bound, 0.0) / divided[0] for bound in wide]
                assert [float(row["onder"]), float(row["boven"])] == pytest.approx(expected, abs=ROUNDED)


def test_known_totals(published: dict[tuple[str, str, str], dict[str, str]]) -> None:
    assert published["overlast_drugs_alcohol", "BU07580006", "2022"]["teller"] == "109"
    assert published["overlast_drugs_alcohol", "GM0758", "2022"]["teller"] == "675"
    for jaar, total in (("2012", 16589), ("2020", 10895), ("2022", 10752), ("2025", 11295)):
        assert int(published["misdrijven", "GM0758", jaar]["teller"]) == total
        buurten = [
            int(row["teller"] or 0)
            for (indicator, gebied, periode), row in published.items()
            if indicator == "misdrijven" and periode == jaar and gebied.startswith("BU")
        ]
        assert sum(buurten) == total


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_verdict_of_breda(
    indicator: str, build: Path, project_root: Path, swing: dict[tuple[str, str], tuple[float, float]]
) -> None:
    """From the counts and inhabitants of the CSVs; only how much counts swing is the warehouse's own."""
    source, kind, area, topic, code = INDICATORS[indicator]
    counts = {
        key[1:]: count for key, count in read_counts(source, kind, area, topic).items() if key[0] == code
    }
    inhabitants = read_inhabitants()

    def rate(gebied: str, jaar: str) -> float | None:
        people = denominator(inhabitants.get(gebied, {}), int(jaar))
        if (gebied, jaar) not in counts or people is None or people[0] < 200:
            return None
        return 1000 * counts[gebied, jaar] / people[0]

    levels = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}
    rows = query(
        build,
        project_root,
        f"from mart.vergelijking where indicator = '{indicator}' and referentie = 'gemeente'",
    )
    judged = 0
    for row in rows:
        gebied, jaar = row["gebied_code"], row["periode"]
        shared = [
            one
            for one in {jaar for _, jaar in counts}
            if rate(gebied, one) is not None and rate("GM0758", one)
        ]
        own, other = rate(gebied, jaar), rate("GM0758", jaar)
        if not shared:
            assert row["oordeel"] == "", row
            continue
        assert jaar == max(shared), row
        assert own is not None and other is not None
        count = counts[gebied, jaar]
        a, b = swing.get((indicator, levels[gebied[:2]]), (1.0, 0.0))
        per = own / count if count else 1000 / (denominator(inhabitants[gebied], int(jaar)) or (1, 0))[0]
        low, high = (
            (count + (bound - count) * (a + b * count) ** 0.5) * per for bound in poisson_bounds(count)
        )
        near = min(abs(other - low), abs(other - high)) < ROUNDED
        assert near or row["oordeel"] == verdict(low, high, other), row
        judged += 1
    assert judged > 40
