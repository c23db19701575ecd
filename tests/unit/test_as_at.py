"""As at: what a paper needs must have been known on its day, and each state of a definition is checked as it stood."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from scrutiny.data import catalogue as catalogues
from scrutiny.data import checks
from scrutiny.data import store as stores
from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.explained import explained
from scrutiny.paper.proof import proof
from scrutiny.paper.rolling import new_paper
from scrutiny.periods import Period
from tests.unit.project import BANDS, COUNCIL, NATION, Project, months

DATE = "2025-10-15"
OWN = f"data/councils/{COUNCIL}"
TARGET = {"target": {"at_least": 90}, "tolerance": "5 points"}
ROWS = [{"indicator": "a", "number": "1", **TARGET}]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.indicator("a")
    made.framework("y", "FY2025-26", ROWS, known_on="2025-04-01")
    made.outturns(months("a", m07="70", m08="75", m09="80"))
    made.committee()
    made.paper(DATE, "y", "2025-09")
    return made


def problems(project: Project, date: str = DATE, as_at: str | None = None) -> list[Problem]:
    """What stops a paper."""
    with pytest.raises(ProblemError) as caught:
        Inputs(project.root, COUNCIL, date, as_at and dt.date.fromisoformat(as_at))  # type: ignore[arg-type]
    return [p for p in caught.value.problems if p.severity == "error"]


def version(known_on: str, /, **changes: Any) -> dict[str, Any]:
    return {"versions": [{"known_on": known_on, "reason": "it changed", "changes": changes}]}


def of_council(project: Project) -> list[Problem]:
    """What is wrong with the definitions and rows of the council, whatever the day."""
    catalogue = catalogues.load(project.root)
    folder = catalogue.folder(COUNCIL)
    store = stores.load(project.root, COUNCIL, set(catalogue.indicators), folder.council.base.area)
    return [*catalogue.problems, *store.problems, *checks.council(catalogue, folder, store)]


# What was not known yet


@pytest.mark.parametrize(("as_at", "known"), [("2025-03-31", False), ("2025-04-01", True)])
def test_a_paper_as_at_a_day_before_its_framework_was_known_ends_in_words(
    project: Project, as_at: str, known: bool
) -> None:
    if known:
        assert Inputs(project.root, COUNCIL, DATE, dt.date.fromisoformat(as_at)).views()["current"].rows
        return
    (problem,) = problems(project, as_at=as_at)
    assert problem.check == "not-yet-known"
    assert problem.code is ExitCode.UNKNOWN
    assert problem.where == f"reports/{COUNCIL}/{DATE}/paper.yml, line 7, views.current.framework"
    assert problem.found == "on 31 March 2025 the framework 'y' was not known yet"
    assert problem.expected == "an as-at date on or after 1 April 2025, when it became known"
    assert problem.do.endswith(f"or correct known_on in {OWN}/frameworks/y.yml")


def test_a_day_of_paper_yml_itself_before_the_framework_is_a_fault_of_the_settings(project: Project) -> None:
    project.paper(DATE, "y", "2025-09", as_at="2025-03-31")
    (problem,) = problems(project)
    assert (problem.check, problem.code) == ("not-yet-known", ExitCode.DEFINITIONS)
    (problem,) = problems(project, as_at="2025-03-30")
    assert problem.code is ExitCode.UNKNOWN


@pytest.mark.parametrize(
    ("what", "spoil"),
    [
        ("committee 'committee'", lambda p: p.committee(known_on="2025-10-16")),
        ("indicator 'a'", lambda p: p.indicator("a", known_on="2025-10-16")),
        (
            "scheme 'three'",
            lambda p: p.write(
                f"{OWN}/schemes/three.yml",
                {"id": "three", "title": "Invented", "bands": BANDS, "known_on": "2025-10-16"},
            ),
        ),
    ],
)
def test_a_committee_scheme_or_indicator_that_became_known_later_ends_in_words(
    what: str, spoil: Any, project: Project
) -> None:
    spoil(project)
    (problem,) = problems(project)
    assert problem.found == f"on 15 October 2025 the {what} was not known yet"
    assert problem.code is ExitCode.DEFINITIONS
    assert Inputs(project.root, COUNCIL, DATE, dt.date(2025, 10, 16)).views()["current"].rows


def test_everything_that_was_not_known_is_listed_at_once(project: Project) -> None:
    project.framework("x", "FY2024-25", ROWS, known_on="2025-10-17")
    project.committee(known_on="2025-10-16")
    views = {"current": {"framework": "y", "period": "2025-09"}}
    project.paper(DATE, "y", "2025-09", views={**views, "before": {"framework": "x", "period": "2025-03"}})
    assert [p.found.split(" the ")[1] for p in problems(project)] == [
        "committee 'committee' was not known yet",
        "framework 'x' was not known yet",
    ]


def test_a_check_of_all_papers_as_at_a_day_names_those_that_could_not_be_made(project: Project) -> None:
    found, papers = proof(project.root, COUNCIL, None, "2025-03-31")
    assert papers == 1
    assert [p.check for p in found] == ["not-yet-known"]


def test_an_explanation_leaves_out_the_views_that_were_not_known_yet(project: Project) -> None:
    project.framework("x", "FY2024-25", ROWS, known_on="2024-04-01")
    views = {"current": {"framework": "y", "period": "2025-09"}}
    project.paper(DATE, "y", "2025-09", views={**views, "before": {"framework": "x", "period": "2025-03"}})
    assert explained(project.root, COUNCIL, DATE, "1").count("\n\n") == 1
    said = explained(project.root, COUNCIL, DATE, "1", "2025-03-31")
    assert said.startswith("1 Title of a (x, March 2025; as at 31 March 2025)")
    assert "\n\n" not in said
    with pytest.raises(ProblemError) as caught:
        explained(project.root, COUNCIL, DATE, "1", "2024-03-31")
    assert caught.value.code is ExitCode.UNKNOWN


def test_a_paper_is_begun_with_a_framework_that_is_known_on_its_day(project: Project) -> None:
    project.framework("z", "FY2025-26", ROWS, known_on="2025-11-20")
    begun = new_paper(project.root, COUNCIL, "2025-11-19", period="2025-10")
    assert 'framework: "y"' in begun.written[0].read_text("utf-8")
    begun = new_paper(project.root, COUNCIL, "2025-11-20", period="2025-10")
    assert 'framework: "z"' in begun.written[0].read_text("utf-8")


# The paper before


def test_the_paper_before_is_one_that_had_met_by_the_day(project: Project) -> None:
    project.paper("2025-09-15", "y", "2025-08")
    as_at = [dt.date(2025, 9, 14), dt.date(2025, 9, 15)]
    before, on = (Inputs(project.root, COUNCIL, DATE, day).last() for day in as_at)
    assert before is None
    assert on is not None and on.settings.known == dt.date(2025, 9, 15)


def test_the_paper_before_tells_nothing_that_it_learnt_after_the_day(project: Project) -> None:
    project.paper("2025-09-15", "y", "2025-08", as_at="2025-09-30")
    whole, early = (
        Inputs(project.root, COUNCIL, DATE, day).last()
        for day in (dt.date(2025, 10, 15), dt.date(2025, 9, 20))
    )
    assert whole is not None and whole.settings.known == dt.date(2025, 9, 30)
    assert early is not None and early.settings.known == dt.date(2025, 9, 20)


# Memory and benchmarks


def test_a_target_revised_within_a_period_counts_in_memory_only_once_it_is_known(project: Project) -> None:
    revised = {"known_on": "2025-10-20", "reason": "revised", "target": {"at_least": 60}}
    project.framework("y", "FY2025-26", [{**ROWS[0], "versions": [revised]}], known_on="2025-04-01")
    project.outturns([{"indicator": "a", "period": "2025-10", "value": "70", "known_on": "2025-10-14"}])
    words = {}
    for day in ("2025-10-15", "2025-10-20"):
        view = Inputs(project.root, COUNCIL, DATE, dt.date.fromisoformat(day)).views()["current"]
        assert view.memory is not None
        found = view.memory.rating("a", Period.parse("2025-10"))
        words[day] = found[0].word if found else ""
    assert words == {"2025-10-15": "Red", "2025-10-20": "Green"}


def test_a_benchmark_that_was_withheld_does_not_hide_the_one_before_it(project: Project) -> None:
    project.benchmarks(
        [
            {"indicator": "a", "period": "2025-07", "value": "88"},
            {"indicator": "a", "period": "2025-08", "value": "x"},
        ]
    )
    (r,) = Inputs(project.root, COUNCIL, DATE).views()["current"].rows
    (benchmark,) = r.benchmarks
    assert str(benchmark.observation.period) == "2025-07"
    assert benchmark.observation.area == NATION


# Every state of a definition is checked, with the lines in which it stands


def line(project: Project, name: str, text: str) -> int:
    lines = (project.root / name).read_text("utf-8").splitlines()
    return next(n for n, found in enumerate(lines, 1) if text in found)


def test_an_unknown_indicator_in_a_later_version_of_a_framework_is_found_in_its_line(
    project: Project,
) -> None:
    later = [{"indicator": "b", "number": "2", "target": {"none": "not_set"}}]
    project.framework("y", "FY2025-26", ROWS, known_on="2025-04-01", **version("2025-11-01", rows=later))
    (problem,) = of_council(project)
    name = f"{OWN}/frameworks/y.yml"
    assert problem.check == "unknown-indicator"
    assert problem.where == f"{name}, line {line(project, name, 'indicator: b')}, rows.0.indicator"


def test_a_row_that_makes_no_sense_in_a_later_version_is_found(project: Project) -> None:
    later = [{**ROWS[0], "tolerance": "floor 95"}]
    project.framework("y", "FY2025-26", ROWS, known_on="2025-04-01", **version("2025-11-01", rows=later))
    (problem,) = of_council(project)
    assert problem.check == "floor-side"
    assert f", line {line(project, f'{OWN}/frameworks/y.yml', 'floor 95')}" in problem.where


def test_a_scheme_that_no_longer_fits_a_framework_stops_the_papers_of_its_time_alone(
    project: Project,
) -> None:
    bands = [{**BANDS[0], "when": {"surplus_at_least": "stretch"}}, *BANDS[1:]]
    scheme = {"id": "three", "title": "Invented", "bands": BANDS, **version("2025-10-15", bands=bands)}
    project.write(f"{OWN}/schemes/three.yml", scheme)
    assert of_council(project) == []
    assert Inputs(project.root, COUNCIL, DATE, dt.date(2025, 10, 14)).views()["current"].rows
    (problem,) = problems(project)
    assert (problem.check, problem.code) == ("missing-width", ExitCode.DEFINITIONS)


def test_a_body_that_nobody_knows_in_a_later_version_of_a_committee_is_found(project: Project) -> None:
    project.committee(**version("2025-11-01", body="board"))
    (problem,) = of_council(project)
    assert problem.check == "unknown-body"
    assert f", line {line(project, f'{OWN}/committees/committee.yml', 'body: board')}" in problem.where


def test_a_body_that_was_not_in_the_register_on_the_day_is_a_problem_and_no_traceback(
    project: Project,
) -> None:
    bodies = [{"id": "committee", "name": "The Committee"}, {"id": "board", "name": "The Board"}]
    project.write(f"{OWN}/people.yml", {"bodies": bodies[:1], **version("2025-10-16", bodies=bodies)})
    project.committee(**version("2025-10-15", body="board"))
    assert of_council(project) == []
    (problem,) = problems(project)
    assert (problem.check, problem.found) == (
        "unknown-body",
        "on 15 October 2025 'board' was not in people.yml",
    )
    assert Paper(Inputs(project.root, COUNCIL, DATE, dt.date(2025, 10, 14))).model.committee.name
    later = Paper(Inputs(project.root, COUNCIL, DATE, dt.date(2025, 10, 16)))
    assert later.model.committee.name == "The Board"


def test_a_rating_and_a_comparator_of_a_later_version_are_known_in_rules_and_rows(project: Project) -> None:
    bands = [{**BANDS[0], "word": "Blue"}, *BANDS[1:]]
    scheme = {"id": "three", "title": "Invented", "bands": BANDS, **version("2025-11-01", bands=bands)}
    project.write(f"{OWN}/schemes/three.yml", scheme)
    far = {"id": "far", "area": "X93000001", "name": "Farland"}
    project.council(**version("2025-11-01", comparators=[far]))
    rule = {"any": [{"rating": ["Blue"]}, {"benchmark": {"comparator": "far", "is": ["better"]}}]}
    project.committee(narrative=[{"id": "well", "rule": rule}])
    assert of_council(project) == []


def test_a_colour_that_cannot_be_read_in_a_later_version_of_a_council_is_found(project: Project) -> None:
    project.council(**version("2025-11-01", accent="#ffff00"))
    (problem,) = of_council(project)
    assert problem.check == "contrast"
    assert f", line {line(project, f'{OWN}/council.yml', 'ffff00')}" in problem.where


@pytest.mark.parametrize(
    ("name", "changes"),
    [("y", {"id": "z"}), ("y", {"known_on": "2025-06-01"}), ("council", {"area": "X99000009"})],
)
def test_a_version_that_would_make_it_another_thing_is_refused(
    name: str, changes: dict[str, str], project: Project
) -> None:
    if name == "council":
        project.council(**version("2025-11-01", **changes))
    else:
        project.framework("y", "FY2025-26", ROWS, known_on="2025-04-01", **version("2025-11-01", **changes))
    (problem,) = of_council(project)
    (key,) = changes
    assert (problem.check, problem.found) == ("lasting-key", f"a version changes '{key}'")
    assert problem.where.endswith(f"versions.0.changes.{key}")


@pytest.mark.parametrize(("known_on", "found"), [("2025-03-31", 1), ("2025-04-01", 0)])
def test_a_version_known_before_the_first_state_is_refused(
    known_on: str, found: int, project: Project
) -> None:
    project.framework("y", "FY2025-26", ROWS, known_on="2025-04-01", **version(known_on, title="Y"))
    assert [p.check for p in of_council(project)] == ["version-before-first"] * found


def test_of_two_papers_each_shows_the_holder_and_the_words_of_its_own_day(project: Project) -> None:
    holders = [
        {"name": "Alex Example", "known_on": "2025-01-01"},
        {"name": "Sam Sample", "known_on": "2025-10-01"},
    ]
    body, post = {"id": "committee", "name": "The Committee"}, {"id": "director", "title": "Director"}
    project.write(f"{OWN}/people.yml", {"bodies": [body], "posts": [{**post, "holders": holders}]})
    sections = [{"id": "all", "blocks": [{"text": "{{ post('director') }}, {{ council.name }}"}]}]
    project.committee(sections)
    project.council(**version("2025-10-01", name="Exampleton City (invented)"))
    said = {}
    for day in (dt.date(2025, 9, 30), dt.date(2025, 10, 1)):
        paper = Paper(Inputs(project.root, COUNCIL, DATE, day))
        paper.sections()
        (block,) = paper.model.sections[0].blocks
        assert block.type == "paragraph"
        said[day.day] = block.text
        names = [h.name for p in paper.inputs.people.posts for h in p.holders]
        assert names == (["Alex Example"] if day.day == 30 else ["Alex Example", "Sam Sample"])
    assert said == {
        30: "Alex Example, Director, Exampleton (invented)",
        1: "Sam Sample, Director, Exampleton City (invented)",
    }
