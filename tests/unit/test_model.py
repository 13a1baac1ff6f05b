"""A model file is as agreed, or its error names the file and what is permitted."""

from pathlib import Path

import pytest

from pipeline.model import CONTRACT, ModelError, load_models, read_model

HEADER = """/*---
title = "Proef"
key = ["gebied_code"]
{extra}
[columns]
gebied_code = "code"
---*/
select 'NL00' as gebied_code
"""

INDICATOR = """/*---
title = "Proef"
kind = "{kind}"
unit = "per 1.000 inwoners"
{counted}
theme = "jeugd"
question = "Hoeveel?"
definition = "Een proef."
short = "Proef"
subject = "keer een proef"
richting = "{richting}"
measure = "geregistreerd"
caveats = []
order = 1
decimals = 1
---*/
select 1
"""


def write(folder: Path, relative: str, text: str) -> Path:
    path = folder / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_table_is_named_by_its_path(tmp_path: Path) -> None:
    model = read_model(write(tmp_path, "core/proef.sql", HEADER.format(extra="")))
    assert model.table == "core.proef"
    assert model.key == ("gebied_code",)
    assert model.sql == "select 'NL00' as gebied_code"


AS_IN = """/*---
title = "Proef"
key = ["gebied_code"]

[columns_as_in]
{there}
{own}
---*/
select 1
"""


def test_a_column_of_another_table_is_explained_there(tmp_path: Path) -> None:
    write(tmp_path, "core/proef.sql", HEADER.format(extra=""))
    text = AS_IN.format(there='"core.proef" = ["gebied_code"]', own='[columns]\njaar = "jaartal"')
    assert read_model(write(tmp_path, "mart/ook.sql", text)).columns == {
        "gebied_code": "code",
        "jaar": "jaartal",
    }
    text = AS_IN.format(there='"project.meting" = ["onder", "tabel"]', own="")
    own = read_model(write(tmp_path, "contract/alle.sql", text)).columns
    assert own == {name: CONTRACT["meting"][name] for name in ("onder", "tabel")}


@pytest.mark.parametrize(
    ("there", "own", "says"),
    [
        ('"core.weg" = ["jaar"]', "", "core.weg is geen tabel die uit een model komt"),
        ('"core.proef" = ["jaar"]', "", "core.proef heeft geen jaar; toegestaan: gebied_code"),
        (
            '"core.proef" = ["gebied_code"]',
            '[columns]\ngebied_code = "x"',
            "gebied_code staat in columns en in",
        ),
    ],
)
def test_what_is_said_elsewhere_must_stand_there_and_only_there(
    tmp_path: Path, there: str, own: str, says: str
) -> None:
    write(tmp_path, "core/proef.sql", HEADER.format(extra=""))
    with pytest.raises(ModelError, match=rf"ook\.sql: .*{says}"):
        read_model(write(tmp_path, "mart/ook.sql", AS_IN.format(there=there, own=own)))


@pytest.mark.parametrize(
    ("relative", "text", "says"),
    [
        ("core/proef.sql", "select 1", "de kop ontbreekt"),
        ("core/proef.sql", HEADER.format(extra='naam = "core.proef"'), r"proef\.sql: onbekend in de kop: naam; toegestaan:.*title"),
        ("core/proef.sql", HEADER.format(extra="[checks]\nunqiue = true"), r"checks\.unqiue.*accepted_values"),
        ("core/proef.sql", HEADER.format(extra="title ="), "geen geldige TOML"),
        ("core/proef.sql", HEADER.replace('title = "Proef"', "").format(extra=""), "title ontbreekt"),
        ("core/proef.sql", HEADER.replace('"Proef"', "3").format(extra=""), "title is 3, verwacht str"),
        ("core/proef.sql", HEADER.format(extra="").replace("select 'NL00' as gebied_code", ""), "geen select"),
        ("kern/proef.sql", HEADER.format(extra=""), "schema 'kern' bestaat niet; toegestaan: staging, core"),
        ("indicator/proef.sql", INDICATOR.replace("decimals = 1", "decimals = 4").format(kind="meting", counted="", richting="neutraal"), r"proef\.sql: decimals is 4; toegestaan: 0 tot en met 3"),
        ("indicator/proef.sql", INDICATOR.format(kind="telling", counted="", richting="neutraal"), "kind is 'telling'; toegestaan: verhouding, meting"),
        ("indicator/proef.sql", INDICATOR.format(kind="meting", counted="per = 1000", richting="neutraal"), "onbekend in de kop: per"),
        ("indicator/proef.sql", INDICATOR.format(kind="verhouding", counted="per = 1000", richting="neutraal"), "noemer ontbreekt"),
        ("indicator/proef.sql", INDICATOR.format(kind="meting", counted="", richting="omhoog"), "richting is 'omhoog'"),
        ("statistiek/proef.py", "x = 1", "docstring met TOML"),
    ],
)  # fmt: skip
def test_error_names_file_and_what_is_permitted(tmp_path: Path, relative: str, text: str, says: str) -> None:
    path = write(tmp_path, relative, text)
    with pytest.raises(ModelError, match=says) as raised:
        read_model(path)
    assert str(path) in str(raised.value)


def test_a_folder_without_models_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="geen modellen"):
        load_models(tmp_path)
