"""A page read by Arrow says the same as read by Python, or is left to Python."""

import json
import math
from typing import Any

import pyarrow as pa
import pytest

from pipeline.fetch import page
from pipeline.fetch.http import Answer, TransientError

SCHEMA = pa.schema([("Wijk", pa.string()), ("Aantal_1", pa.int64()), ("WOZ_2", pa.float64())])
FINE = '{"Wijk":"BU07580002","Aantal_1":3,"WOZ_2":362.5}'


def body_of(*rows: str) -> bytes:
    return f'{{"odata.metadata":"x","value":[{",".join(rows)}]}}'.encode()


def answer(body: bytes) -> Answer:
    return Answer("http://x/", body, "application/json")


def by_python(body: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(body)["value"]
    return pa.table({name: [row[name] for row in rows] for name in SCHEMA.names}, schema=SCHEMA).to_pylist()


@pytest.mark.parametrize(
    "row",
    [
        FINE,
        '{"Wijk":"NL00      ","Aantal_1":0,"WOZ_2":null}',
        '{"Wijk":null,"Aantal_1":null,"WOZ_2":null}',
        '{"Wijk":"","Aantal_1":-0,"WOZ_2":-0.0}',
        '{"Wijk":"2012-01-01","Aantal_1":9223372036854775807,"WOZ_2":0.1}',
        '{"WOZ_2":1e-3,"Wijk":"\\u00e9\\n\\"WOZ_2\\":\\ud83d\\ude00","Meer":{"Wijk":["x"]},"Aantal_1":-5}',
        '{"Wijk":"é ]},{","Aantal_1":1,"WOZ_2":9007199254740991}',
        ' {\n"Wijk" : "a",\n"Aantal_1" : 1,\n"WOZ_2" : 2\n}',
    ],
)
def test_arrow_reads_what_python_reads(row: str) -> None:
    for body in (body_of(row), body_of(FINE, row, FINE)):
        read = page.columns_of(body, SCHEMA)
        assert read is not None
        assert read.to_pylist() == by_python(body)
        minus = [math.copysign(1, value) for value in read["WOZ_2"].to_pylist() if value is not None]
        assert minus == [
            math.copysign(1, row["WOZ_2"]) for row in by_python(body) if row["WOZ_2"] is not None
        ]


def test_an_empty_page_has_no_rows() -> None:
    read = page.columns_of(body_of(), SCHEMA)
    assert read is not None
    assert read.num_rows == 0
    assert read.schema == SCHEMA


@pytest.mark.parametrize(
    "row",
    [
        '{"Wijk":"a","Aantal_1":1}',
        '{"Wijk":"a","Aantal_1":1,"WOZ_2":NaN}',
        '{"Wijk":"a","Aantal_1":1,"WOZ_2":-Infinity}',
        '{"Wijk":"a","Aantal_1":1,"WOZ_2":1e309}',
        '{"Wijk":"a","Aantal_1":1,"WOZ_2":9007199254740993}',
        '{"Wijk":"a","Aantal_1":1,"WOZ_2":-9007199254740993}',
        '{"Wijk":"a","Aantal_1":9223372036854775808,"WOZ_2":1}',
        '{"Wijk":"a","Aantal_1":1.0,"WOZ_2":1}',
        '{"Wijk":"a","Aantal_1":1.5,"WOZ_2":1}',
        '{"Wijk":"a","Aantal_1":"1","WOZ_2":1}',
        '{"Wijk":"a","Aantal_1":true,"WOZ_2":1}',
        '{"Wijk":"a","Aantal_1":1,"WOZ_2":"."}',
        '{"Wijk":7,"Aantal_1":1,"WOZ_2":1}',
        '{"Wijk":"a","Aantal_1":1,"Aantal_1":2,"WOZ_2":1}',
        "null",
        "[]",
        '{"Wijk":"a","Aantal_1":1,"WOZ_2":1',
    ],
)
def test_what_arrow_might_read_otherwise_is_left_to_python(row: str) -> None:
    assert page.columns_of(body_of(FINE, row), SCHEMA) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>storing</html>",
        b'{"fout":"x"}',
        b'{"value":null}',
        b'{"value":{}}',
        b'{"value":[]}{"value":[]}',
        b'{"value":[]} x',
        b'{"value":[{"Wijk":"\xff","Aantal_1":1,"WOZ_2":1}]}',
    ],
)
def test_an_answer_that_is_no_list_of_rows_is_left_to_python(body: bytes) -> None:
    assert page.columns_of(body, SCHEMA) is None


NEXT = "http://x/?$skip=2"


@pytest.mark.parametrize(
    ("body", "following", "is_empty"),
    [
        (f'{{"value":[{FINE}]}}', None, False),
        ('{"value":[]}', None, True),
        (f'{{"odata.nextLink":"{NEXT}","value":[{FINE}]}}', NEXT, False),
        (f'{{"value":[{FINE}],"odata.nextLink":"{NEXT}"}}', NEXT, False),
        (f'{{"value": [\n{FINE}\n],\n"odata.nextLink": "{NEXT}"}}', NEXT, False),
        (f'{{"value":[{FINE}],"odata.nextLink":"{NEXT}&a=[1]"}}', f"{NEXT}&a=[1]", False),
        ('{"value":[{"Wijk":"\\"odata.nextLink\\":\\"http://elders/\\""}]}', None, False),
        (f'{{"x":{{"value":[]}},"value":[{FINE}],"odata.nextLink":"{NEXT}"}}', NEXT, False),
        (f'{{"value":[{FINE}],"odata.nextLink":null}}', None, False),
    ],
)
def test_where_the_next_page_is_stands_around_the_rows(
    body: str, following: str | None, is_empty: bool
) -> None:
    opened = page.opened(answer(body.encode()), what="x")
    assert (opened.following, opened.is_empty) == (following, is_empty)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", "geen JSON maar application/json: b'<html>'"),
        (b'{"value":[{"a":1}', "geen JSON maar"),
        (b"[1]", "geen JSON-object maar list"),
        (b'{"fout":1}', r"antwoord zonder lijst 'value': \['fout'\]"),
        (b'{"value":null}', "antwoord zonder lijst"),
    ],
)
def test_an_answer_without_rows_is_refused_for_a_moment(body: bytes, message: str) -> None:
    with pytest.raises(TransientError, match=message):
        page.opened(answer(body), what="x")
