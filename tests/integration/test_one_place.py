"""What is added to the warehouse touches one place: a source, an indicator, a municipal dataset is one file."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.paths import PACKAGE, PROJECT, Paths
from pipeline.site.text.facts import load_facts
from pipeline.site.text.pages import PageContext, write_generated_pages
from pipeline.warehouse.build import project_models
from tests import once
from tests.stores import copied_store

SOURCE = """/*---
title = "Bankjes in de buurt"
key = ["gebied_code", "periode"]

[source]
publisher = "Proef"
licence = "CC0"
page = "https://example.org/bankjes"
tables = { alles = "bankjes" }
dimensions = ["gebied", "jaar"]
frequency = "elk jaar"
gap = ""

[source.topics]
aantal = "aantal"

[columns]
gebied_code = "code van het gebied"
periode = "jaar"
aantal = "aantal bankjes"
tabel = "tabel van de uitgever"
---*/
select gebied(gebied) as gebied_code, tekst(jaar) as periode, geheel(aantal) as aantal, tabel
from raw.bankjes
"""
ROWS = "gebied,jaar,aantal\nBU07580006,2024,12\nGM0758,2024,900\n"


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A project with an indicator, a source and a municipal dataset more, each in a file of its own."""
    folder = tmp_path_factory.mktemp("erbij")
    copied = copied_store(folder)
    models = folder / "models"
    shutil.copytree(PACKAGE / "models", models, ignore=shutil.ignore_patterns("__pycache__"))
    paths = Paths(root=folder, build=copied.build, example=copied.example, models=models)
    _add_source(paths)
    _add_indicator(paths)
    _add_dataset(paths)
    once.seed(paths.build)
    assert warehouse.build(paths, say=lambda _: None)
    return paths


def _add_source(paths: Paths) -> None:
    """Its staging file; the store gets what `fetch` would have brought."""
    (paths.models / "staging" / "bankjes.sql").write_text(SOURCE, encoding="utf-8")
    part = paths.example / "bankjes" / "alles" / "alles.csv"
    part.parent.mkdir(parents=True)
    part.write_text(ROWS, encoding="utf-8")
    lock = json.loads((paths.example / "snapshots.json").read_text(encoding="utf-8"))
    lock["sources"]["bankjes"] = {
        "publisher": "Proef",
        "licence": "CC0",
        "tables": {
            "bankjes": {
                "url": "https://example.org/bankjes",
                "title": "Bankjes",
                "modified": "2025-02-01",
                "fetched_at": None,
                "columns": ["gebied", "jaar", "aantal"],
            }
        },
        "parts": [
            {
                "path": "bankjes/alles/alles.csv",
                "table": "bankjes",
                "periode": "alles",
                "sha256": hashlib.sha256(ROWS.encode()).hexdigest(),
                "rows": 2,
            }
        ],
    }
    (paths.example / "snapshots.json").write_text(json.dumps(lock), encoding="utf-8")


def _add_indicator(paths: Paths) -> None:
    """Like nuisance of the young, of another kind."""
    folder = paths.models / "indicator"
    text = (folder / "overlast_jeugd.sql").read_text(encoding="utf-8")
    (folder / "proef.sql").write_text(text.replace("'E35'", "'E38'"), encoding="utf-8")


def _add_dataset(paths: Paths) -> None:
    paths.definitions.mkdir()
    text = (PROJECT / "data" / "bronnen" / "breda_overlast.toml").read_text(encoding="utf-8")
    (paths.definitions / "breda_proef.toml").write_text(
        text.replace("breda_overlast", "breda_proef"), encoding="utf-8"
    )


def ask(paths: Paths, sql: str) -> list[tuple[object, ...]]:
    with warehouse.open_warehouse(paths) as con:
        return con.execute(sql).fetchall()


def test_a_source_is_one_staging_file(paths: Paths) -> None:
    assert ask(paths, "select gebied_code, periode, aantal, tabel from staging.bankjes order by 1") == [
        ("BU07580006", "2024", 12, "bankjes"),
        ("GM0758", "2024", 900, "bankjes"),
    ]
    assert ask(paths, "select publisher, licentie from contract.snapshot where bron_id = 'bankjes'") == [
        ("Proef", "CC0")
    ]


def test_an_indicator_is_one_file(paths: Paths) -> None:
    city = "gebied_code = 'BU07580006' and periode = '2022'"
    assert ask(paths, f"select teller from mart.cijfer where indicator = 'proef' and {city}") == [(109,)]
    (sources,) = ask(paths, "select list(bron_id) from contract.indicator_bron where indicator = 'proef'")
    assert {"politie_overlast", "politie_overlast_regio"} <= set(sources[0])  # type: ignore[call-overload]


def test_a_municipal_dataset_is_one_file(paths: Paths) -> None:
    found = ask(paths, "select gemeente_code, opgehaald, indicatoren from contract.gemeente_bron")
    assert [(gemeente, fetched) for gemeente, fetched, _ in found] == [("GM0758", False)]
    ((_, _, indicators),) = found
    assert isinstance(indicators, list) and indicators
    assert all(str(name).startswith("breda_proef_") for name in indicators)


def test_an_indicator_has_its_page_by_that(paths: Paths, tmp_path: Path) -> None:
    with warehouse.open_warehouse(paths) as con:
        context = PageContext(load_facts(con, project_models(paths)), PROJECT / "site/templates")
        written = write_generated_pages(context, tmp_path)
    (page,) = (path.read_text(encoding="utf-8") for path in written if path.stem == "proef")
    assert "Politie 47024NED" in page
