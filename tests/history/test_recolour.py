"""Another scheme or tolerance tried on a paper: what would change, what is refused, and that nothing is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.paper.history.recolour import recolour
from scrutiny.paper.history.recolouring import Recolouring, told
from tests.unit.project import BANDS, COUNCIL, Project, months

ROOT = Path(__file__).resolve().parents[2]
DATE = "2025-05-20"
TWO = [BANDS[0], {**BANDS[2], "word": "Missed"}]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.committee()
    for name in "abc":
        made.indicator(name)
    rows: list[dict[str, Any]] = [
        {"indicator": name, "number": f"1.{i}", "target": {"at_least": 90}, "tolerance": "5 points"}
        for i, name in enumerate("abc", start=1)
    ]
    made.framework("f", "FY2025-26", rows)
    made.outturns([*months("a", m04="92"), *months("b", m04="87"), *months("c", m04="80")])
    made.paper(DATE, "f", "2025-04")
    return made


def tried(project: Project, scheme: str | None = None, *tolerances: str) -> Recolouring:
    return recolour(project.root, COUNCIL, DATE, scheme=scheme, tolerances=tolerances)


def changed(found: Recolouring) -> list[tuple[str, str, str]]:
    return [(one.number, one.before.word, one.now.word) for one in found.changed]


def refused(project: Project, scheme: str | None = None, *tolerances: str) -> list[Problem]:
    with pytest.raises(ProblemError) as raised:
        tried(project, scheme, *tolerances)
    return raised.value.problems


# tolerances


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        ("3 points", []),
        ("2 points", [("1.2", "Amber", "Red")]),
        ("10 points", [("1.3", "Red", "Amber")]),
        ("9 points", []),
        ("floor 87", []),
        ("floor 88", [("1.2", "Amber", "Red")]),
        ("12%", [("1.3", "Red", "Amber")]),
    ],
)
def test_a_tolerance_for_all_is_tried_on_its_edge_and_one_step_to_either_side(
    project: Project, width: str, expected: list[tuple[str, str, str]]
) -> None:
    assert changed(tried(project, None, width)) == expected


def test_a_tolerance_for_one_by_number_or_id_leaves_the_others_and_wins_over_that_for_all(
    project: Project,
) -> None:
    assert changed(tried(project, None, "1.2=2 points")) == [("1.2", "Amber", "Red")]
    assert changed(tried(project, None, "b=2 points")) == [("1.2", "Amber", "Red")]
    assert changed(tried(project, None, "2 points", "b=3 points")) == []
    assert changed(tried(project, None, "b=3 points", "2 points")) == []


def test_a_changed_rating_has_the_reason_in_words_of_both(project: Project) -> None:
    (one,) = tried(project, None, "2 points").changed
    assert one.before.reason.endswith("inside the 5-point tolerance, so Amber.")
    assert one.now.reason.endswith("outside the 2-point tolerance, so Red.")
    assert (one.tolerance_before, one.tolerance_now) == ("5 points", "2 points")


def test_counts_are_given_before_and_after(project: Project) -> None:
    found = tried(project, None, "2 points")
    assert found.before.counts == {"Green": 1, "Amber": 1, "Red": 1}
    assert found.now.counts == {"Green": 1, "Amber": 0, "Red": 2}
    assert (found.unchanged, found.kept) == (2, [])


def test_for_all_means_all_that_have_one(project: Project) -> None:
    rows = [{"indicator": "a", "number": "1.1", "target": {"none": "not_set"}}]
    rows += [{"indicator": "b", "number": "1.2", "target": {"at_least": 90}, "tolerance": "5 points"}]  # type: ignore[dict-item]
    project.framework("f", "FY2025-26", rows)
    found = tried(project, None, "2 points")
    assert changed(found) == [("1.2", "Amber", "Red")]
    assert found.now.not_rated == 1


# schemes


def test_another_scheme_gives_its_own_words(project: Project) -> None:
    project.scheme("two", TWO)
    found = tried(project, "two")
    assert changed(found) == [("1.2", "Amber", "Missed"), ("1.3", "Red", "Missed")]
    assert found.now.counts == {"Green": 1, "Missed": 2}
    assert found.now.scheme == "Invented (Green, Missed)"


def test_a_width_that_the_scheme_needs_and_the_row_lacks_is_a_problem_with_what_to_do(
    project: Project,
) -> None:
    project.scheme("floors", [BANDS[0], {**BANDS[1], "when": {"shortfall_at_most": "floor"}}, BANDS[2]])
    problems = refused(project, "floors")
    assert [(p.check, p.code) for p in problems] == [("missing-width", ExitCode.DEFINITIONS)] * 3
    assert re.fullmatch(
        rf"data/councils/{COUNCIL}/frameworks/f.yml, line \d+, rows.0.widths.floor", problems[0].where
    )
    assert "1.1 Title of a: no 'floor'" in problems[0].found
    assert problems[0].do == "add widths.floor to the row"


def test_a_missing_tolerance_can_be_tried_with_the_scheme(project: Project) -> None:
    project.scheme("two", TWO)
    bare = [{"indicator": "b", "number": "1.2", "target": {"at_least": 90}}]
    project.framework("f", "FY2025-26", bare, scheme="two")
    (problem,) = refused(project, "three")
    assert problem.do == "add tolerance to the row, or try one: --tolerance b='5 points'"
    assert changed(tried(project, "three", "b=5 points")) == [("1.2", "Missed", "Amber")]


def test_a_floor_on_the_wrong_side_of_the_target_is_refused(project: Project) -> None:
    assert {p.check for p in refused(project, None, "floor 95")} == {"floor-side"}


def test_a_band_that_no_figure_can_reach_is_refused(project: Project) -> None:
    assert {p.check for p in refused(project, None, "0 points")} == {"band-unreachable"}


def test_a_tolerance_for_a_scheme_without_one_is_refused(project: Project) -> None:
    project.scheme("two", TWO)
    assert [(p.check, p.where) for p in refused(project, "two", "3 points")] == [
        ("unused-width", "--tolerance")
    ]


def test_a_rating_that_only_the_council_can_give_is_kept_apart(project: Project) -> None:
    project.scheme("two", TWO)
    row = {"indicator": "a", "period": "2025-04", "value": "", "known_on": "2025-05-12"}
    project.outturns([{**row, "rating_published": "Amber"}, *months("b", m04="87")])
    found = tried(project, "two")
    (kept,) = found.kept
    assert (kept.number, kept.rating) == ("1.1", "◆ Amber")
    assert changed(found) == [("1.2", "Amber", "Missed")]
    assert found.now.not_rated == 2  # the council's own, and the one without a figure
    assert "Not rated again" in told(found)
    assert tried(project, None, "2 points").kept == []  # by the same rule the council's rating stays


# what cannot be meant


@pytest.mark.parametrize(
    ("scheme", "tolerances", "expected"),
    [
        ("thre", [], ("option", ExitCode.UNKNOWN, "did you mean 'three'?")),
        (None, ["d=3 points"], ("unknown-indicator", ExitCode.UNKNOWN, "did you mean")),
        (None, ["three"], ("option", ExitCode.USAGE, "write it so")),
        (None, ["-3 points"], ("option", ExitCode.USAGE, "write it so")),
        (None, ["3 points", "4 points"], ("option", ExitCode.USAGE, "leave one out")),
        (None, ["a=3 points", "1.1=4 points"], ("option", ExitCode.USAGE, "leave one out")),
    ],
)
def test_what_there_is_not_and_what_cannot_be_read_is_refused(
    project: Project, scheme: str | None, tolerances: list[str], expected: tuple[str, ExitCode, str]
) -> None:
    (problem,) = refused(project, scheme, *tolerances)
    check, code, do = expected
    assert (problem.check, problem.code) == (check, code)
    assert do in problem.do or check == "unknown-indicator"


def test_everything_that_is_wrong_is_listed_at_once(project: Project) -> None:
    found = refused(project, "thre", "x", "d=3 points")
    assert [p.check for p in found] == ["option", "option", "unknown-indicator"]


def test_nothing_is_written(project: Project) -> None:
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    project_files = tried(project, None, "2 points")
    assert project_files.changed
    assert {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()} == before


# real papers


def test_at_windsor_a_tolerance_of_3_points_would_turn_1_1_1_red_and_both_stay_illustrative() -> None:
    found = recolour(ROOT, "windsor-and-maidenhead", "2018-09-26", tolerances=["3 points"])
    assert changed(found) == [("1.1.1", "Amber", "Red")]
    assert "90%† and the tolerance of 5 points†" in found.changed[0].illustrative
    assert (found.before.counts["Red"], found.now.counts["Red"]) == (1, 2)
    assert "One of eight ratings would change." in told(found)


def test_what_is_tried_is_what_the_paper_shows_where_nothing_is_changed() -> None:
    found = recolour(ROOT, "exampleshire", "2026-06-18", scheme="example-rag")
    assert found.changed == [] and found.before == found.now
    assert told(found).endswith("\nNo rating would change.\n")


def test_a_day_of_knowledge_can_be_given() -> None:
    found = recolour(
        ROOT, "windsor-and-maidenhead", "2018-09-26", tolerances=["8 points"], as_at="2018-10-01"
    )
    assert ("1.1.1", "Red", "Amber") in changed(found)
