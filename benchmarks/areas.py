"""Ten areas of different kinds from a warehouse, to look at: codes and addresses for tests.browser.screenshots.

    python -m tests.browser.screenshots --site build/site --out /tmp/beelden --width 360 --width 1280 \\
        $(python -m benchmarks.areas)

`--kinds` names the kind of each as well. A warehouse without an area of a kind leaves it out.
"""

import argparse
from pathlib import Path

from pipeline.gebied import slug_of
from pipeline.paths import Paths
from pipeline.warehouse import open_warehouse

# A kind of area and how to find one: a condition on `gebied`, and which comes first.
KINDS = {
    "nobody lives there": ("niveau = 'buurt' and inwoners = 0", "code"),
    "industrial": (
        "niveau = 'buurt' and regexp_matches(naam, '(?i)bedrijven|industrie') and misdrijven > 0",
        "misdrijven desc, code",
    ),
    "island": (
        "niveau = 'gemeente' and naam in ('Texel', 'Vlieland', 'Terschelling', 'Ameland', 'Schiermonnikoog')",
        "inwoners, code",
    ),
    "city centre": (
        "niveau = 'buurt' and regexp_matches(naam, '(?i)centrum|binnenstad')",
        "inwoners desc, code",
    ),
    "apostrophe in the name": ("naam like '''%'", "code"),
    "letters in the code": ("niveau = 'buurt' and regexp_matches(code[3:], '[A-Z]')", "inwoners desc, code"),
    "largest gemeente": ("niveau = 'gemeente'", "buurten desc, code"),
    "smallest gemeente": (
        "niveau = 'gemeente' and inwoners > 0 and naam != 'Vlieland'",
        "buurten, inwoners, code",
    ),
    "a wijk": ("niveau = 'wijk'", "inwoners desc, code"),
    "diacritic in the name": ("naam != strip_accents(naam)", "code"),
}

_AREAS = """
select g.gebied_code as code, g.gebied_naam as naam, g.gebied_niveau as niveau,
    max(p.waarde) filter (p.indicator = 'inwoners') as inwoners,
    max(p.teller) filter (p.indicator = 'misdrijven') as misdrijven,
    max(b.buurten) as buurten
from core.gebied as g left join mart.gebied_profiel as p using (gebied_code)
    left join (
        select gemeente_code as gebied_code, count(*) as buurten from core.gebied
        where gebied_niveau = 'buurt' group by all
    ) as b using (gebied_code)
group by all
"""


def choose(paths: Paths) -> dict[str, str]:
    """The code of one area for each kind; the same ones for the same warehouse.

    Raises:
        WarehouseError: there is no warehouse.
    """
    found: dict[str, str] = {}
    with open_warehouse(paths) as con:
        con.execute(f"create temporary table gebied as {_AREAS}")
        for kind, (condition, order) in KINDS.items():
            rows = con.execute(
                f"select code from gebied where {condition} and not list_contains($taken, code) "
                f"order by {order} limit 1",
                {"taken": list(found.values())},
            ).fetchall()
            if rows:
                found[kind] = rows[0][0]
    return found


def main() -> None:
    """Print the addresses, one a line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--kinds", action="store_true", help="say of what kind each is")
    options = parser.parse_args()
    for kind, code in choose(Paths(build=options.build.resolve(), store="live")).items():
        print(f"gebied/{slug_of(code)}/{f'  {kind}' if options.kinds else ''}")


if __name__ == "__main__":
    main()
