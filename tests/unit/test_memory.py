"""Memory: how long an indicator has been off or on target, by the rows and targets then in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scrutiny.rating.memory import Memory
from tests.unit.project import BANDS, Project, fill, months

DATE = "2025-10-15"
TARGET = {"target": {"at_least": 90}, "tolerance": "5 points"}


def project(root: Path, values: dict[str, str], **row: Any) -> Project:
    made = Project(root)
    made.indicator("a")
    made.framework("y", "FY2025-26", [{"indicator": "a", "number": "1", **TARGET, **row}])
    made.outturns(months("a", **values))
    made.committee()
    made.paper(DATE, "y", "2025-09")
    return made


SAY = (
    "{% set i = current.indicator('a') %}{{ i.misses }}, {{ i.on_target_for }}, "
    "{{ i.off_target_since or 'no' }}, {{ i.on_target_since or 'no' }}"
)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"m09": "95"}, "0, 1, no, September 2025"),
        ({"m09": "80"}, "1, 0, September 2025, no"),
        ({"m07": "95", "m08": "80", "m09": "89"}, "2, 0, August 2025, no"),
        ({"m07": "80", "m08": "95", "m09": "80"}, "1, 0, September 2025, no"),
        ({"m05": "80", "m06": "90", "m07": "91", "m08": "92", "m09": "93"}, "0, 4, no, June 2025"),
        # August is missing: what lies before it proves no run.
        ({"m06": "80", "m07": "80", "m09": "80"}, "1, 0, September 2025, no"),
        ({"m08": "80"}, "0, 0, no, no"),
        # March 2025 belongs to no framework.
        ({"m03": "80", "m04": "80", "m05": "80", "m06": "80", "m07": "80", "m08": "80", "m09": "80"},
         "6, 0, April 2025, no"),
    ],
)  # fmt: skip
def test_consecutive_periods_are_counted(tmp_path: Path, values: dict[str, str], said: str) -> None:
    assert fill(project(tmp_path, values).open(DATE), SAY) == said


def test_an_earlier_figure_is_rated_by_the_target_then_in_force(tmp_path: Path) -> None:
    raised = {"known_on": "2025-08-20", "reason": "r", "target": {"at_least": 97}}
    made = project(tmp_path, {"m06": "80", "m07": "92", "m08": "92", "m09": "92"}, versions=[raised])
    assert fill(made.open(DATE), SAY) == "2, 0, August 2025, no"


def test_an_earlier_figure_is_rated_as_it_is_known_on_the_day(tmp_path: Path) -> None:
    made = project(tmp_path, {})
    rows = months("a", m07="95", m08="95", m09="80")
    again = {"indicator": "a", "period": "2025-08", "value": "70", "known_on": "2025-10-10"}
    made.outturns([*rows, {**again, "status": "revised", "note": "late entries"}])
    assert fill(made.open(DATE), SAY) == "2, 0, August 2025, no"


def test_the_year_before_is_rated_by_its_own_framework_and_scheme(tmp_path: Path) -> None:
    made = project(tmp_path, {"m03": "80", "m04": "80", "m05": "80"})
    lenient = [{**band, "exception": band["word"] == "Red"} for band in BANDS]
    made.scheme("lenient", lenient)
    before = [{"indicator": "a", "number": "7", "target": {"at_least": 84}, "tolerance": "5 points"}]
    made.framework("x", "FY2024-25", before, known_on="2024-04-01", scheme="lenient")
    made.paper(DATE, "y", "2025-05")
    # March was Amber by the scheme of its year, which needs no commentary: not off target.
    assert fill(made.open(DATE), SAY) == "2, 0, April 2025, no"
    made.scheme("lenient", BANDS)
    assert fill(made.open(DATE), SAY) == "3, 0, March 2025, no"


def test_a_framework_of_another_committee_does_not_count(tmp_path: Path) -> None:
    made = project(tmp_path, {"m03": "80", "m04": "80"})
    made.write(
        "data/councils/exampleton/committees/other.yml",
        {"id": "other", "body": "committee", "sections": [{"id": "s", "blocks": [{"text": "T"}]}]},
    )
    made.framework("x", "FY2024-25", [{"indicator": "a", "number": "7", **TARGET}], committee="other")
    made.paper(DATE, "y", "2025-04")
    assert fill(made.open(DATE), SAY) == "1, 0, April 2025, no"


def test_a_published_rating_counts_as_the_council_gave_it(tmp_path: Path) -> None:
    made = project(tmp_path, {})
    row = {"indicator": "a", "known_on": "2025-10-12"}
    given = [("2025-07", "Green"), ("2025-08", "Red"), ("2025-09", "Amber")]
    made.outturns([{**row, "period": period, "rating_published": word} for period, word in given])
    assert fill(made.open(DATE), SAY) == "2, 0, August 2025, no"


def test_nothing_is_looked_up_before_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rating = Memory.rating
    monkeypatch.setattr(
        Memory, "rating", lambda self, name, period: asked.append(str(period)) or rating(self, name, period)
    )
    made = project(tmp_path, {"m06": "80", "m07": "95", "m08": "80", "m09": "80"})
    paper = made.open(DATE)
    paper.sections()
    assert asked == []
    assert fill(paper, "{{ current.indicator('a').misses }}") == "2"
    assert asked == ["2025-08", "2025-07"]
    assert fill(paper, SAY).startswith("2, 0")
    assert asked == ["2025-08", "2025-07"]


def test_figures_of_single_days_follow_each_other_by_their_frequency(tmp_path: Path) -> None:
    made = Project(tmp_path)
    made.indicator("a", basis="snapshot", frequency="quarter")
    made.framework("y", "FY2025-26", [{"indicator": "a", "number": "1", **TARGET}])
    days = ["2025-04-01", "2025-06-30", "2025-09-30"]
    made.outturns(
        {"indicator": "a", "period": day, "basis": "snapshot", "value": "80", "known_on": "2025-10-12"}
        for day in days
    )
    made.committee()
    made.paper(DATE, "y", "2025-09-30")
    assert fill(made.open(DATE), SAY) == "3, 0, 1 April 2025, no"
