"""A paper names the rows that it rests on by file and key, so that it says the same when rows come and lines move."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutiny.data import benchmarks
from scrutiny.data import catalogue as catalogues
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.rows import RowReader
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.explained import explained
from scrutiny.paper.model import PaperModel
from tests.unit.project import COUNCIL, Project, months

ROOT = Path(__file__).resolve().parents[2]
DATE = "2025-10-15"
ROW = f"data/councils/{COUNCIL}/outturns.csv: a, X99000001, 2025-09, period, known 2025-10-12"


def shown(root: Path, council: str, date: str) -> PaperModel:
    paper = Paper(Inputs(root, council, date), pictures=False)
    paper.sections()
    paper.appendices()
    return paper.model


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for name in ("a", "b"):
        made.indicator(name)
    target = {"target": {"at_least": 90}, "tolerance": "5 points"}
    made.framework("y", "FY2025-26", [{"indicator": "a", "number": "1", **target}])
    made.outturns(months("a", m08="70", m09="80"))
    made.judgements(
        [
            {"indicator": "a", "period": "2025-09", "aspect": "level", "judgement": "challenge"}
            | {"known_on": "2025-10-12"}
        ]
    )
    made.committee([{"id": "all", "blocks": [{"exceptions": {}}, {"indicators": {"caption": "All"}}]}])
    made.paper(DATE, "y", "2025-09")
    return made


def test_a_figure_is_traced_to_the_file_and_key_of_its_row(project: Project) -> None:
    model = shown(project.root, COUNCIL, DATE)
    (indicator,) = model.indicators
    assert indicator.row == ROW
    facts = next(b for b in model.sections[0].blocks if b.type == "table" and b.kind == "facts")
    judgement = f"data/councils/{COUNCIL}/judgements.csv: a, X99000001, 2025-09, level, known 2025-10-12"
    assert facts.sources == [ROW, judgement]


def test_rows_put_above_change_nothing_in_a_paper(project: Project) -> None:
    before = shown(project.root, COUNCIL, DATE).canonical()
    project.outturns([*months("b", m07="1", m08="2"), *months("a", m08="70", m09="80")])
    assert shown(project.root, COUNCIL, DATE).canonical() == before


def test_an_explanation_names_the_line_in_which_the_row_stands_today(project: Project) -> None:
    assert f"data/councils/{COUNCIL}/outturns.csv, line 3" in explained(project.root, COUNCIL, DATE, "1")


def test_no_two_rows_of_the_project_have_one_name() -> None:
    catalogue = catalogues.load(ROOT)
    everything = benchmarks.read(RowReader(ROOT, [], set(catalogue.indicators)), ROOT, Wanted())
    shared = [row.row for row in everything]
    assert len(shared) > 80_000 and len(set(shared)) == len(shared)
    for council in catalogue.councils:
        folder = catalogue.folder(council)
        area = folder.council.base.area
        store = stores.load(ROOT, council, set(catalogue.indicators), area, Wanted.of(folder))
        rows = [*store.outturns, *store.benchmarks, *store.judgements, *store.unable]
        names = [row.row for row in rows]
        assert len(names) > 1 and len(set(names)) == len(names)


@pytest.mark.parametrize(("council", "date"), list(catalogues.load(ROOT).papers()))
def test_no_paper_names_a_line(council: str, date: str) -> None:
    assert ", line " not in shown(ROOT, council, date).canonical()


def test_an_unable_row_that_stands_twice_is_a_problem(project: Project) -> None:
    row = {"indicator": "a", "period": "2025-10", "reason": "the system is new", "known_on": "2025-10-12"}
    project.unable([row, {**row, "reason": "another reason"}])
    store = stores.load(project.root, COUNCIL, {"a", "b"}, "X99000001")
    (problem,) = store.problems
    assert problem.check == "duplicate-row"
    assert problem.where == f"data/councils/{COUNCIL}/unable-to-report.csv, line 3"
