"""Published figures of the whole country as arrays, for the validation of the statistics.

They are those of a store that holds the country as Parquet, as the embedded example does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import shapely
from numpy.typing import NDArray

from pipeline.statistics import adjacent

Floats = NDArray[np.float64]

CRIMES = "politie_misdrijven/*/nederland.parquet"
BOUNDARIES = "pdok_gebieden/2024/buurten.parquet"
AREAS = "cbs_kerncijfers/2024/nederland.parquet"


@dataclass(frozen=True)
class Figures:
    """Counts of areas, areas x years, and what is known of their circumstances.

    Attributes:
        codes: of the buurten.
        around: rows of the buurten that touch each.
        buurten: all crimes of 2021-2025 of the buurten that have all five.
        gemeenten: per type of crime all gemeenten, NaN where missing.
        count, people, features, urbanity, gemeente: of buurten with circumstances, in the newest year.
    """

    codes: tuple[str, ...]
    around: tuple[NDArray[np.int64], ...]
    buurten: Floats
    gemeenten: dict[str, Floats]
    count: Floats
    people: Floats
    features: Floats
    urbanity: Floats
    gemeente: NDArray[np.int64]


def read(folder: Path) -> Figures:
    """Read the files of the country below the folder of a store."""
    con = duckdb.connect()
    crimes = (
        "(select trim(SoortMisdrijf) as soort_misdrijf, trim(WijkenEnBuurten) as gebied_code, "
        "cast(left(Perioden, 4) as int) as jaar, GeregistreerdeMisdrijven_1 as aantal "
        f"from read_parquet('{folder / CRIMES}') where aantal is not null)"
    )
    buurten = con.execute(
        f"select list(aantal order by jaar), gebied_code from {crimes} "
        "where soort_misdrijf = '0.0.0' and gebied_code like 'BU%' and jaar >= 2021 "
        "group by gebied_code having count(*) = 5 order by gebied_code"
    ).fetchall()
    types = con.execute(
        f"select soort_misdrijf, gebied_code, jaar, aantal from {crimes} where gebied_code like 'GM%' "
        "and soort_misdrijf in (select soort_misdrijf from "
        f"{crimes} where gebied_code like 'GM%' group by 1 having count(distinct gebied_code) > 300) "
        "order by all"
    ).fetchall()
    known = con.execute(
        f"""
        select m.aantal, k.AantalInwoners_5 as n, k.MateVanStedelijkheid_117, cast(substr(m.gebied_code, 3, 4) as int),
            ln(n), k.k_0Tot15Jaar_8 / n, k.k_65JaarOfOuder_12 / n, k.GemiddeldeHuishoudensgrootte_33,
            ln(k.Bevolkingsdichtheid_34 + 1), ln(nullif(k.GemiddeldeWOZWaardeVanWoningen_36, 0)),
            k.PercentageEengezinswoning_37, k.Koopwoningen_41, ln(nullif(k.GemiddeldInkomenPerInwoner_73, 0)),
            ln(k.OppervlakteLand_113 + 1), ln(k.Omgevingsadressendichtheid_118 + 1)
        from read_parquet('{folder / AREAS}') as k
        join {crimes} as m on trim(k.WijkenEnBuurten) = m.gebied_code
        where m.jaar = 2025 and m.soort_misdrijf = '0.0.0' and m.gebied_code like 'BU%' and n >= 50
        order by m.gebied_code
        """
    ).fetchall()
    table = np.array(known, dtype=np.float64)
    codes = tuple(row[1] for row in buurten)
    return Figures(
        codes,
        _neighbours(con, folder / BOUNDARIES, codes),
        np.array([row[0] for row in buurten], dtype=np.float64),
        dict(_by_type(types)),
        *(table[:, 0], table[:, 1], table[:, 4:], table[:, 2]),
        table[:, 3].astype(np.int64),
    )


def _neighbours(
    con: duckdb.DuckDBPyConnection, file: Path, codes: tuple[str, ...]
) -> tuple[NDArray[np.int64], ...]:
    """Of each buurt the rows of those that it touches; none where its boundary is not there."""
    shapes = dict(
        con.execute(f"select buurtcode, geometry from read_parquet('{file}') where water = 'NEE'").fetchall()
    )
    drawn = [row for row, code in enumerate(codes) if code in shapes]
    one, other = adjacent.pairs(shapely.from_geojson([shapes[codes[row]] for row in drawn]))
    rows = np.array(drawn, dtype=np.int64)
    found: list[list[int]] = [[] for _ in codes]
    for first, second in zip(rows[one].tolist(), rows[other].tolist(), strict=True):
        found[first].append(second)
    return tuple(np.array(near, dtype=np.int64) for near in found)


def _by_type(rows: list[tuple[str, str, int, int]]) -> Iterator[tuple[str, Floats]]:
    names = np.array([row[0] for row in rows])
    for name in dict.fromkeys(names.tolist()):
        own = [row for row, one in zip(rows, names, strict=True) if one == name]
        areas, place = np.unique([row[1] for row in own], return_inverse=True)
        years, year = np.unique([row[2] for row in own], return_inverse=True)
        table = np.full((len(areas), len(years)), np.nan)
        table[place, year] = [row[3] for row in own]
        yield name, table
