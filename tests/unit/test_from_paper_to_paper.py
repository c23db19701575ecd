"""What is read against the paper before: officers' own words, and figures that came after all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scrutiny.paper.build import Inputs
from scrutiny.paper.proofreading import Proofreader
from tests.unit.project import COUNCIL, Project, months

ROOT = Path(__file__).resolve().parents[2]
FIRST, SECOND = "2025-07-16", "2025-09-17"
SAME = "The same two schools could not send anyone to any of the meetings."
SECTIONS = [
    {
        "id": "short",
        "title": "Short of target",
        "blocks": [
            {
                "exceptions": {
                    "as": "paragraphs",
                    "text": "At the end of the year it stood at {{ i.value }}, against a target of {{ i.target }}.",
                }
            },
            {"prose": "more"},
        ],
    }
]
CANNOT = {"indicator": "a", "period": "2025-08", "reason": "the system is down", "expected": "2025-09-01"}


@pytest.fixture
def made(tmp_path: Path) -> Project:
    """Two papers, each with the same figure short of target."""
    project = Project(tmp_path)
    shutil.copy(ROOT / "data" / "glossary.yml", tmp_path / "data" / "glossary.yml")
    project.indicator("a", decimals=0)
    rows = [{"indicator": "a", "number": "1", "target": {"at_least": 90}, "tolerance": "5 points"}]
    project.framework("y", "FY2025-26", rows)
    project.outturns(months("a", m06="82", m08="82"))
    project.committee(SECTIONS)
    for date, period in ((FIRST, "2025-06"), (SECOND, "2025-08")):
        project.paper(date, "y", period)
    return project


def found(project: Project, check: str) -> list[str]:
    problems = Proofreader(Inputs(project.root, COUNCIL, SECOND)).read()
    return [problem.found for problem in problems if problem.check == check]


def test_what_the_figures_say_again_was_not_carried_forward(made: Project) -> None:
    assert found(made, "carried-forward") == []


@pytest.mark.parametrize("heading", ["a", "current: a", "section: more"])
def test_what_officers_say_again_was_carried_forward(made: Project, heading: str) -> None:
    made.commentary(FIRST, f"## {heading}\n\n{SAME}\n")
    made.commentary(SECOND, f"## {heading}\n\n{SAME}\n")
    (said,) = found(made, "carried-forward")
    assert said.endswith(f"stands word for word in the paper of {FIRST}")


def test_what_officers_say_otherwise_was_not_carried_forward(made: Project) -> None:
    other = "Both of the schools now send somebody to every one of the meetings."
    made.commentary(FIRST, f"## section: more\n\n{SAME}\n")
    made.commentary(SECOND, f"## section: more\n\n{other}\n")
    assert found(made, "carried-forward") == []


@pytest.mark.parametrize(("said_on", "contradicts"), [("2025-09-11", False), ("2025-09-12", True)])
def test_a_figure_that_came_after_it_could_not_be_had_contradicts_nothing(
    made: Project, said_on: str, contradicts: bool
) -> None:
    """The figure became known on 12 September."""
    made.unable([{**CANNOT, "known_on": said_on, "source": "s"}])
    assert bool(found(made, "reportable-yet-unable")) is contradicts
    assert bool(found(made, "expected-date-passed")) is contradicts


def test_an_expected_date_that_passed_without_a_figure_is_found(made: Project) -> None:
    made.outturns(months("a", m06="82"))
    made.unable([{**CANNOT, "known_on": "2025-09-11", "source": "s"}])
    assert found(made, "reportable-yet-unable") == []
    assert len(found(made, "expected-date-passed")) == 1
