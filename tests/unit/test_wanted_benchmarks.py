"""Benchmarks are chosen before they are read: what is chosen is what a whole reading would keep, line by line."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutiny.data import benchmarks
from scrutiny.data import catalogue as catalogues
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.observations import BENCHMARK_COLUMNS, Observation
from scrutiny.data.rows import RowReader
from scrutiny.errors import Problem
from tests.unit.project import AREA, COUNCIL, NATION, Project

ROOT = Path(__file__).resolve().parents[2]
HEAD = ",".join(BENCHMARK_COLUMNS)
INDICATORS = {"one", "two", "one-more"}


def row(
    indicator: str = "one", area: str = "X1", period: str = "CY2018", value: str = "5", note: str = ""
) -> str:
    return f"{indicator},{area},Name,{period},period,{value},,,2019-01-01,invented,source,{note}"


def read(root: Path, wanted: Wanted) -> tuple[list[Observation], list[Problem]]:
    problems: list[Problem] = []
    reader = RowReader(root, problems, INDICATORS)
    return list(benchmarks.read(reader, root, wanted)), problems


def put(root: Path, name: str, *rows: str, header: str = HEAD, ending: str = "\n") -> None:
    path = root / "data" / "benchmarks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ending.join([header, *rows, ""]).encode())


def wanted(indicators: str = "one", areas: str = "X1") -> Wanted:
    return Wanted(frozenset(indicators.split()), frozenset(areas.split()))


def test_only_the_wanted_indicators_and_areas_are_read_with_their_lines(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", row("two"), row(), row(area="X2"), row("one-more"), row(period="CY2019"))
    found, problems = read(tmp_path, wanted())
    assert problems == []
    assert [(o.indicator, o.area, o.where) for o in found] == [
        ("one", "X1", "data/benchmarks/a.csv, line 3"),
        ("one", "X1", "data/benchmarks/a.csv, line 6"),
    ]


def test_a_fault_in_a_chosen_row_is_told_with_its_line_and_one_elsewhere_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", row("two", value="much"), row(value="much"))
    found, problems = read(tmp_path, wanted())
    assert found == []
    assert [(p.check, p.where) for p in problems] == [
        ("not-a-figure", "data/benchmarks/a.csv, line 3, value")
    ]
    _, whole = read(tmp_path, Wanted())
    assert [p.where for p in whole] == [f"data/benchmarks/a.csv, line {n}, value" for n in (2, 3)]


@pytest.mark.parametrize(
    "spelt",
    [
        row().replace("X1", " X1 "),
        row().replace("X1", '"X1"'),
        row().replace("one,", '"one",'),
        row().replace("one,", " one ,"),
        row(note='"with, a comma"'),
        row(note='"in\ntwo lines"'),
        row(note='"a ""word"" quoted"'),
    ],
)
def test_a_row_is_found_however_its_cells_are_written(tmp_path: Path, spelt: str) -> None:
    put(tmp_path, "a.csv", row("two"), spelt, row("two"))
    found, problems = read(tmp_path, wanted())
    assert problems == []
    assert [o.where for o in found] == ["data/benchmarks/a.csv, line 3"]


def test_line_ends_of_windows_and_columns_in_another_order_are_read_as_well(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", row("two"), row(), ending="\r\n")
    turned = ",".join(reversed(BENCHMARK_COLUMNS))
    put(tmp_path, "b.csv", ",".join(reversed(row(area="X1", period="CY2017").split(","))), header=turned)
    found, problems = read(tmp_path, wanted())
    assert problems == []
    assert [str(o.period) for o in found] == ["CY2018", "CY2017"]


def test_a_header_that_is_wrong_is_told_though_no_row_is_wanted(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", row(), header=HEAD.replace("value", "figure"))
    _, problems = read(tmp_path, wanted("two"))
    assert {p.check for p in problems} == {"unknown-column", "missing-column"}


def test_a_file_for_each_indicator_is_opened_only_if_it_is_wanted(tmp_path: Path) -> None:
    put(tmp_path, "large/one.csv", row())
    put(tmp_path, "large/two.csv", "not a row at all")
    found, problems = read(tmp_path, wanted())
    assert (len(found), problems) == (1, [])
    assert [p.name for p in benchmarks.files(tmp_path, {"one"})] == ["one.csv"]
    assert [p.name for p in benchmarks.files(tmp_path)] == ["one.csv", "two.csv"]


def test_all_areas_of_an_indicator_can_be_read_for_a_rank(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", row(), row(area="X2"), row("two", area="X3"))
    found, _ = read(tmp_path, Wanted(frozenset({"one"})))
    assert [o.area for o in found] == ["X1", "X2"]


def test_nothing_wanted_reads_nothing(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", row(), row("two"))
    assert read(tmp_path, Wanted(frozenset(), frozenset({"X1"}))) == ([], [])
    assert read(tmp_path, Wanted(frozenset({"one"}), frozenset())) == ([], [])


def test_a_row_in_the_file_of_another_indicator_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "large/one.csv", row(), row("two"))
    put(tmp_path, "a.csv", row("two", period="CY2011"))
    found, _ = read(tmp_path, Wanted())
    (problem,) = benchmarks.misplaced(tmp_path, found)
    assert (problem.check, problem.where) == ("wrong-file", "data/benchmarks/large/one.csv, line 3")


CELLS = st.sampled_from(
    ["one", "two", "one-more", "X1", "X2", '"X1"', "a,b", 'say "x"', "line\nbreak", "", " X1"]
)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(INDICATORS)), st.sampled_from(["X1", "X2", "X11"]), CELLS),
        max_size=8,
    )
)
def test_choosing_finds_exactly_what_reading_everything_would_keep(rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(BENCHMARK_COLUMNS)
    for n, (indicator, area, note) in enumerate(rows):
        cells = (
            indicator,
            area,
            note,
            f"CY{2000 + n}",
            "period",
            "1",
            "",
            "",
            "2019-01-01",
            "invented",
            note,
            note,
        )
        writer.writerow(cells)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "data" / "benchmarks").mkdir(parents=True)
        (root / "data" / "benchmarks" / "a.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
        whole, _ = read(root, Wanted())
        chosen, _ = read(root, wanted("one two", "X1"))
    kept = [o for o in whole if o.indicator in ("one", "two") and o.area == "X1"]
    assert chosen == kept


def test_a_paper_reads_the_indicators_of_its_frameworks_for_itself_and_its_comparators(
    tmp_path: Path,
) -> None:
    made = Project(tmp_path)
    for name in ("kept", "gone", "other"):
        made.indicator(name)
    made.framework("2025", "FY2025-26", [{"indicator": "kept", "number": "1", "target": {"none": "not_set"}}])
    rows = [row(i, a).replace("CY2018", "2018-05") for i in ("kept", "other") for a in (AREA, NATION, "X5")]
    put(tmp_path, "a.csv", *rows)
    catalogue = catalogues.load(tmp_path, COUNCIL)
    folder = catalogue.folder(COUNCIL)
    store = stores.load(tmp_path, COUNCIL, set(catalogue.indicators), AREA, Wanted.of(folder))
    assert {(o.indicator, o.area) for o in store.benchmarks} == {("kept", AREA), ("kept", NATION)}
    everything = stores.load(tmp_path, COUNCIL, set(catalogue.indicators), AREA)
    assert len(everything.benchmarks) == 6


def test_the_check_of_the_whole_project_reads_every_benchmark(tmp_path: Path) -> None:
    from scrutiny.paper.proof import proof

    made = Project(tmp_path)
    made.indicator("kept", plausible=[0, 100])
    made.committee()
    made.framework("2025", "FY2025-26", [{"indicator": "kept", "number": "1", "target": {"none": "not_set"}}])
    there = row("kept", "X5").replace("CY2018", "2018-05")
    put(tmp_path, "a.csv", there, there, row("keept", "X5"), row("kept", "X6", value="105"))
    told, _ = proof(tmp_path)
    found = {p.check for p in told if p.where.startswith("data/benchmarks/a.csv")}
    assert found == {"duplicate-row", "unknown-indicator", "not-plausible"}
    of_council, _ = proof(tmp_path, COUNCIL)
    assert not [p for p in of_council if p.where.startswith("data/benchmarks")]
