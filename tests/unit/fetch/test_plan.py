"""What is asked of a table: columns by stem, padded filters, partitions; and what an answer must hold to."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.fetch import validate
from pipeline.fetch.http import FetchError
from pipeline.fetch.plan import Deviation, Partition, Plan, Selection, make_plan, period_label
from pipeline.fetch.validate import Count
from pipeline.model import SourceHeader, Topic

HEADER = SourceHeader(
    publisher="Politie",
    licence="",
    page="",
    host="dataderden.cbs.nl",
    tables={"alles": "47018NED"},
    dimensions=("SoortMisdrijf", "WijkenEnBuurten", "Perioden"),
    partition=("Perioden", "SoortMisdrijf"),
    topics={"aantal": Topic(("GeregistreerdeMisdrijven",))},
)
KINDS = {"SoortMisdrijf": "Dimension", "WijkenEnBuurten": "GeoDetail", "Perioden": "TimeDimension"}
REGIONS = ("NL00      ", "GM0758    ", "WK075801  ", "BU07580101", "BU07580102", "GM0344    ", "BU03440101")
CODES = {
    "SoortMisdrijf": ["0.0.0 ", "2.6.10"],
    "WijkenEnBuurten": list(REGIONS),
    "Perioden": ["2012JJ00", "2013JJ00"],
}


def properties(*topics: tuple[str, str, str | None]) -> list[dict[str, Any]]:
    rows = [
        {"ID": number, "ParentID": None, "Type": kind, "Key": key, "Title": key}
        for number, (key, kind) in enumerate(KINDS.items())
    ]
    groups: dict[str, int] = {}
    for key, datatype, parent in topics:
        if parent is not None and parent not in groups:
            groups[parent] = len(rows)
            rows.append({"ID": len(rows), "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": parent})
        rows.append(
            {
                "ID": len(rows),
                "ParentID": groups.get(parent or ""),
                "Type": "Topic",
                "Key": key,
                "Title": key,
                "Datatype": datatype,
                "Unit": "aantal",
            }
        )
    return rows


COUNT = ("GeregistreerdeMisdrijven_1", "Long", None)


def plan_of(
    header: SourceHeader = HEADER,
    *,
    topics: tuple[tuple[str, str, str | None], ...] = (COUNT,),
    selection: Selection | None = None,
    codes: Mapping[str, list[str]] = CODES,
) -> Plan:
    listed = {name: [{"Key": key} for key in keys] for name, keys in codes.items()}
    return make_plan(
        header,
        "47018NED",
        period=None,
        info={"Modified": "2026-01-15T02:00:00"},
        properties=properties(*topics),
        codes=listed,
        selection=selection or Selection(),
    )


def test_partitions_ask_with_padded_keys() -> None:
    filters = [partition.where for partition in plan_of().partitions]
    assert filters == [
        "Perioden eq '2012JJ00' and SoortMisdrijf eq '0.0.0 '",
        "Perioden eq '2012JJ00' and SoortMisdrijf eq '2.6.10'",
        "Perioden eq '2013JJ00' and SoortMisdrijf eq '0.0.0 '",
        "Perioden eq '2013JJ00' and SoortMisdrijf eq '2.6.10'",
    ]


def test_gemeente_and_years_narrow_the_question() -> None:
    made = plan_of(selection=Selection(("GM0758",), 2013))
    assert {partition.pinned["Perioden"] for partition in made.partitions} == {"2013JJ00"}
    assert made.partitions[0].where == (
        "Perioden eq '2013JJ00' and SoortMisdrijf eq '0.0.0 ' and "
        "(WijkenEnBuurten eq 'NL00      ' or substring(WijkenEnBuurten,2,4) eq '0758')"
    )
    assert made.wanted["WijkenEnBuurten"] == frozenset(REGIONS[:5])
    assert made.selected


def test_column_is_found_whatever_its_number() -> None:
    assert plan_of(topics=(("GeregistreerdeMisdrijven_17", "Long", None),)).schema.names[-1].endswith("_17")


def test_stem_that_occurs_twice_is_told_apart_by_its_group() -> None:
    twice = (("Code_1", "String", "Provincies"), ("Code_9", "String", "Landsdelen"))
    by_group = replace(HEADER, topics={"provincie": Topic(("Code",), "Provincies")})
    assert plan_of(by_group, topics=twice).schema.names[-1] == "Code_1"
    with pytest.raises(Deviation, match=r"meer dan één kolom past bij provincie \(Code\): Code_1, Code_9"):
        plan_of(replace(HEADER, topics={"provincie": Topic(("Code",))}), topics=twice)


def test_missing_topic_is_refused_with_what_there_is() -> None:
    with pytest.raises(Deviation, match=r"geen kolom voor aantal \(GeregistreerdeMisdrijven\).*Misdrijven_1"):
        plan_of(topics=(("Misdrijven_1", "Long", None),))


def test_table_of_one_year_may_lack_a_topic_of_other_years() -> None:
    yearly = replace(
        HEADER,
        tables={"2023": "A", "2024": "B"},
        topics={**HEADER.topics, "woz": Topic(("GemiddeldeWOZ", "GemiddeldeWoningwaarde"))},
    )
    made = plan_of(yearly)
    assert made.missing == ("woz",)
    assert made.selected


def test_a_share_is_no_count() -> None:
    """k_0Tot15Jaar is a percentage in the kerncijfers of 2012 and a count later."""
    topics = {**HEADER.topics, "aandeel": Topic(("GeregistreerdeMisdrijven",), unit="%")}
    made = plan_of(replace(HEADER, tables={"2012": "A", "2013": "B"}, topics=topics))
    assert made.missing == ("aandeel",)


def test_other_dimensions_are_refused() -> None:
    with pytest.raises(Deviation, match=r"dimensies .*'Perioden'.*, verwacht \['Perioden'\]"):
        plan_of(replace(HEADER, dimensions=("Perioden",)))


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("2022JJ00", "2022"),
        ("2022MM03", "2022-03"),
        ("2022SJ00", "2022"),
        ("2022KW01", "2022KW01"),
        ("", "alles"),
    ],
)
def test_period_label(code: str, label: str) -> None:
    assert period_label(code) == label


ONE = Partition({"Perioden": "2012JJ00", "SoortMisdrijf": "0.0.0 "}, "")
COUNTS = dict(zip(REGIONS, (200, 100, 90, 50, 40, 100, 95), strict=True))


def rows_of(counts: Mapping[str, int | None], *, kind: str = "0.0.0 ", period: str = "2012JJ00") -> pa.Table:
    return pa.table(
        {
            "SoortMisdrijf": [kind] * len(counts),
            "WijkenEnBuurten": list(counts),
            "Perioden": [period] * len(counts),
            "GeregistreerdeMisdrijven_1": pa.array(counts.values(), pa.int64()),
        }
    )


def test_good_answer_passes_also_as_a_complete_one() -> None:
    validate.check_partition(plan_of(replace(HEADER, volledig=True)), ONE, rows_of(COUNTS))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (rows_of(COUNTS, kind="2.6.10"), "rijen buiten het filter SoortMisdrijf = '0.0.0 ': 2.6.10"),
        (rows_of(COUNTS, period="2013JJ00"), "rijen buiten het filter Perioden"),
        (
            rows_of({**COUNTS, "BU07589999": 1}),
            "1 codes staan niet in de codelijst WijkenEnBuurten: BU07589999",
        ),
        (pa.concat_tables([rows_of(COUNTS), rows_of({"GM0758    ": 100})]), "1 dubbele rijen: .*GM0758"),
        (rows_of({**COUNTS, "BU07580101": 400}), r"BU van GM0758 tellen op tot 440, de gemeente heeft 100"),
        (rows_of({**COUNTS, "BU07580101": 118}), r"BU van GM0758 tellen op tot 158, de gemeente heeft 100"),
    ],
    ids=["type", "period", "code", "double", "sum", "sum just over"],
)
def test_wrong_answer_is_refused_with_its_values(rows: pa.Table, message: str) -> None:
    with pytest.raises(Deviation, match=message):
        validate.check_partition(plan_of(), ONE, rows)


def test_parts_may_pass_their_whole_by_what_rounding_adds() -> None:
    # 2 % and 50 of the gemeente's 100, and 2,5 for each of two buurten: 157.
    validate.check_partition(plan_of(), ONE, rows_of({**COUNTS, "BU07580101": 117}))


def test_missing_cell_is_not_filled_up() -> None:
    fewer = {code: count for code, count in COUNTS.items() if code != "BU07580102"}
    validate.check_partition(plan_of(), ONE, rows_of(fewer))
    with pytest.raises(Deviation, match="6 cellen, verwacht 7; zonder BU07580102"):
        validate.check_partition(plan_of(replace(HEADER, volledig=True)), ONE, rows_of(fewer))


def test_areas_outside_the_selection_are_refused() -> None:
    with pytest.raises(Deviation, match="rijen buiten de keuze: WijkenEnBuurten = BU03440101"):
        validate.check_partition(plan_of(selection=Selection(("GM0758",))), ONE, rows_of(COUNTS))


@pytest.mark.parametrize(
    ("old", "new", "fine"),
    [
        (1000, 1050, True),
        (1000, 1051, False),
        (1000, 949, False),
        (10, 35, True),
        (10, 36, False),
        (0, 0, True),
    ],
)
def test_national_total_may_move_five_percent_or_twenty_five(old: int, new: int, fine: bool) -> None:
    if fine:
        validate.check_totals("T", {("a",): old}, {("a",): new})
    else:
        with pytest.raises(Deviation, match=f"was {old}, nu {new}"):
            validate.check_totals("T", {("a",): old}, {("a",): new})


def test_vanished_national_total_is_refused() -> None:
    with pytest.raises(Deviation, match="E33 2022JJ00: was 5, nu weg"):
        validate.check_totals("T", {("E33", "2022JJ00"): 5}, {})


def test_stored_totals_are_found_under_another_column_number(tmp_path: Path) -> None:
    file = tmp_path / "oud.parquet"
    pq.write_table(rows_of(COUNTS).rename_columns([*HEADER.dimensions, "GeregistreerdeMisdrijven_4"]), file)
    expected = {("0.0.0", "2012JJ00", "GeregistreerdeMisdrijven"): 200}
    assert validate.stored_totals(file, plan_of()) == expected


KEY = Count("bron", "T", "2022")


@pytest.mark.parametrize(
    ("expected", "found", "fine"), [(100, 85, True), (100, 84, False), (100, 116, False), (100, 115, True)]
)
def test_rows_may_drift_fifteen_percent(expected: int, found: int, fine: bool) -> None:
    file = Path("data/row_counts.csv")
    if fine:
        validate.check_row_counts({KEY: expected}, {KEY: found}, file=file)
    else:
        with pytest.raises(Deviation, match=rf"T 2022: {found} rijen, verwacht {expected}.*row_counts\.csv"):
            validate.check_row_counts({KEY: expected}, {KEY: found}, file=file)


def test_a_period_that_is_gone_is_refused() -> None:
    with pytest.raises(Deviation, match="T 2022: 0 rijen, verwacht 100"):
        validate.check_row_counts({KEY: 100}, {}, file=Path("data/row_counts.csv"))


def test_period_that_a_human_wrote_off_may_be_gone_and_a_new_one_passes() -> None:
    new = Count("bron", "T", "2023")
    validate.check_row_counts({KEY: 0}, {new: 100}, file=Path("x"))


def test_row_counts_read_back_as_written(tmp_path: Path) -> None:
    file = tmp_path / "row_counts.csv"
    counts = {Count("b", "T", "2022"): 5, Count("a", "T", "alles"): 7}
    validate.write_row_counts(file, counts)
    assert file.read_text() == "bron,tabel,periode,rijen\na,T,alles,7\nb,T,2022,5\n"
    assert validate.read_row_counts(file) == counts
    assert validate.read_row_counts(tmp_path / "niet.csv") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [("bron;tabel\n", "eerste regel"), ("bron,tabel,periode,rijen\na,T,2022,veel\n", "regel 2: .*veel")],
)
def test_row_counts_that_cannot_be_read_say_where(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "row_counts.csv"
    file.write_text(text)
    with pytest.raises(FetchError, match=message):
        validate.read_row_counts(file)


def test_committed_row_counts_can_be_read(project_root: Path) -> None:
    assert all(
        rows >= 0 for rows in validate.read_row_counts(project_root / "data" / "row_counts.csv").values()
    )
