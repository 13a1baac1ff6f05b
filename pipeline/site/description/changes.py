"""Describes the files of what each edition of a table changed."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.site.description.description import CSV, Description, File
from pipeline.site.description.dialect import STANDARD
from pipeline.site.description.documentation import Documentation, Field, Guide, load_columns
from pipeline.site.html.markup import FILES

CHANGES = f"{FILES}wijzigingen"
"""The CSV of all changes without its ending, and the folder of those of one edition; below the root."""

COLUMNS = tuple(
    Field(name, kind, doc)
    for name, kind, doc in (
        ("tabel", "VARCHAR", "Tabel van de uitgever."),
        ("uitgave_oud", "VARCHAR", "Dag van de uitgave ervoor."),
        ("uitgave_nieuw", "VARCHAR", "Dag van deze uitgave."),
        ("soort_wijziging", "VARCHAR", "Periode erbij of weg, kolom erbij of weg, of herzien."),
        ("gebied_code", "VARCHAR", "Code van het gebied. Leeg als het over de hele tabel gaat."),
        ("gebied_naam", "VARCHAR", "Naam van het gebied."),
        ("periode", "VARCHAR", "Periode waar het over gaat. Leeg als het over een kolom gaat."),
        ("wat", "VARCHAR", "Kolom in de tabel van de uitgever."),
        ("soort_code", "VARCHAR", "Code van de soort bij de uitgever, als die er is."),
        ("indicator", "VARCHAR", "Indicator waarin het cijfer meetelt, als die er is."),
        ("oud", "DOUBLE", "Cijfer in de uitgave ervoor. Leeg als dat niet bekend was."),
        ("nieuw", "DOUBLE", "Cijfer in deze uitgave. Leeg als dat niet bekend is."),
        ("verschil", "DOUBLE", "Nieuw min oud. Leeg als een van beide niet bekend is."),
    )
)


@dataclass(frozen=True)
class Changes:
    """The editions that have one before them (table, day), and the tables that they are of."""

    guide: Guide
    editions: tuple[tuple[str, str], ...]


def read_changes(con: duckdb.DuckDBPyConnection, known: Documentation) -> Changes | None:
    """None where the warehouse keeps no editions."""
    if not load_columns(con, "contract.uitgave"):
        return None
    editions = con.execute(
        "select tabel, dag from contract.uitgave where vorige is not null order by all"
    ).fetchall()
    tables = {tabel for tabel, _ in editions}
    sources = tuple(one for one in known.sources if one.tabel in tables) or known.sources
    guide = Guide("Wat er in de bronnen veranderde", (), COLUMNS, (), sources, None)
    return Changes(guide, tuple(editions))


def described(changes: Changes) -> Description:
    """The dataset."""
    guide = changes.guide
    names = [(CHANGES, guide.title)]
    names += [
        (f"{CHANGES}/{tabel}-{day}", f"{guide.title}: {tabel}, uitgave {day}")
        for tabel, day in changes.editions
    ]
    return Description(
        name="wijzigingen",
        definition="Wat elke uitgave van een tabel veranderde: perioden en kolommen erbij of weg, "
        "en herziene cijfers met de oude en de nieuwe waarde.",
        page="data/wijzigingen/",
        guide=guide,
        key=(),
        files=tuple(
            File(path=f"{path}.csv", title=title, form=CSV, dialect=STANDARD) for path, title in names
        ),
    )
