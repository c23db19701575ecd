"""Published judgements: what the file may hold, what was known on a day, and what may rest on them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scrutiny.errors import ProblemError
from scrutiny.paper.build import Paper
from scrutiny.paper.model import Table
from scrutiny.rating.rate import NotRated
from tests.unit.project import AREA, Project, fill, months

DATE = "2025-10-15"
SAID = {
    "indicator": "said",
    "period": "2025-09",
    "aspect": "nation",
    "judgement": "above",
    "words": "above the national average",
    "known_on": "2025-10-15",
    "source": "Report of 15 October, 2.1",
}


def project(root: Path) -> Project:
    made = Project(root)
    for name in ("said", "counted"):
        made.indicator(name)
    target = {"target": {"at_least": 90}, "tolerance": "5 points"}
    made.framework(
        "y",
        "FY2025-26",
        [{"indicator": n, "number": str(i), **target} for i, n in enumerate(("said", "counted"), 1)],
    )
    made.outturns(months("counted", m08="80", m09="95"))
    made.benchmarks([{"indicator": "counted", "period": "2025-09", "value": "90"}])
    blocks = [{"indicators": {"caption": "All"}}, {"sources": "current"}]
    made.committee([{"id": "all", "title": "All", "blocks": blocks}])
    made.paper(DATE, "y", "2025-09")
    return made


def faults(made: Project) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        made.open(DATE)
    return [p.check for p in caught.value.problems]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"judgement": "bigger"}, "unknown-judgement"),
        ({"aspect": "direction"}, "unknown-judgement"),
        ({"aspect": "moon"}, "unknown-aspect"),
        ({"aspect": ""}, "missing-aspect"),
        ({"words": ""}, "missing-words"),
        ({"indicator": "nobody"}, "unknown-indicator"),
        ({"area": "X99000002"}, "wrong-area"),
        ({"period": "September"}, "wrong-period"),
        ({"known_on": "15 October"}, "wrong-date"),
        ({"provenance": "hearsay"}, "unknown-provenance"),
    ],
)
def test_a_fault_of_a_judgement_is_a_problem(tmp_path: Path, change: dict[str, str], check: str) -> None:
    made = project(tmp_path)
    made.judgements([{**SAID, **change}])
    assert check in faults(made)


def test_the_same_judgement_twice_is_a_problem_and_a_later_one_is_not(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.judgements([SAID, {**SAID, "judgement": "below"}])
    assert faults(made) == ["duplicate-row"]
    made.judgements([{**SAID, "known_on": "2025-10-01~"}, {**SAID, "judgement": "below"}])
    known = made.open(DATE).inputs.store.as_at(dt.date(2025, 10, 15))
    period = made.open(DATE).settings.reporting_period
    said = known.judgement("said", period, "nation")
    assert said is not None and (said.judgement, said.assumed, said.area) == ("below", False, AREA)
    before = made.open(DATE).inputs.store.as_at(dt.date(2025, 10, 14)).judgement("said", period, "nation")
    assert before is not None and (before.judgement, before.assumed) == ("above", True)


def test_a_file_that_lacks_a_column_is_a_problem(tmp_path: Path) -> None:
    made = project(tmp_path)
    (made.folder / "judgements.csv").write_text("indicator,area,period\n", encoding="utf-8")
    assert set(faults(made)) == {"missing-column"}


def opened(root: Path, *rows: dict[str, str]) -> Paper:
    made = project(root)
    made.judgements(rows)
    return made.open(DATE)


def test_nothing_is_rated_by_a_judgement(tmp_path: Path) -> None:
    short = {**SAID, "aspect": "target", "judgement": "short_of", "words": "still short of target"}
    view = opened(tmp_path, SAID, short).views["current"]
    said = view.find("said")
    assert said is not None and said.outturn is None
    assert said.rating.not_rated is NotRated.NOT_PUBLISHED
    assert {aspect: j.judgement for aspect, j in said.judgements.items()} == {
        "nation": "above",
        "target": "short_of",
    }
    assert view.counts == {"Green": 1, "Amber": 0, "Red": 0}


def test_without_a_judgement_nothing_was_received(tmp_path: Path) -> None:
    said = opened(tmp_path).views["current"].find("said")
    assert said is not None and said.rating.not_rated is NotRated.NO_OUTTURN


def cells(paper: Paper, table: str) -> list[list[str]]:
    paper.sections()
    found = next(b for s in paper.model.sections for b in s.blocks if isinstance(b, Table) and table in b.id)
    return [[f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in row] for row in found.rows]


def test_the_tables_show_the_published_words_marked_as_published(tmp_path: Path) -> None:
    said = [
        SAID,
        {**SAID, "aspect": "direction", "judgement": "improving", "words": "continues to improve"},
        {**SAID, "aspect": "target", "judgement": "short_of", "words": "still short of target"},
        {**SAID, "aspect": "level", "judgement": "strong", "words": "remain strong"},
    ]
    paper = opened(tmp_path, *said)
    assert fill(paper, "{{ current.indicator('said').value }}") == "not published"
    row = cells(paper, "t-")[0]
    assert row[2] == "not published (remain strong, as published)"
    assert "still short of target, as published" in row[3]
    assert row[6] == "continues to improve, as published"
    assert row[7] == "above the national average, as published"


def test_where_figures_were_compared_the_figures_are_shown(tmp_path: Path) -> None:
    about = {**SAID, "indicator": "counted"}
    said = [about, {**about, "aspect": "direction", "judgement": "improving", "words": "better and better"}]
    row = cells(opened(tmp_path, *said), "t-")[1]
    assert "as published" not in row[6] + row[7]
    assert row[6].startswith("▲ up 15 percentage points on August 2025")


def test_the_sources_name_where_a_judgement_was_published(tmp_path: Path) -> None:
    paper = opened(tmp_path, {**SAID, "source": "Report, 2.1"})
    paper.sections()
    tables = [b for s in paper.model.sections for b in s.blocks if isinstance(b, Table)]
    rows = [[cell.text for cell in row] for row in tables[-1].rows]
    assert ["1", "judgement", "Invented, for tests and examples: Report, 2.1", "15 October 2025"] in rows
