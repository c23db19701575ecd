"""One fault in one file: the command says what and where, with its exit code, and makes nothing.

The cases stand in `faults.yml`. Each is run by `scrutiny check`, and every fourth by `scrutiny paper` too, which
says the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scrutiny.data import catalogue
from tests.faults.project import Project

BROMLEY = "data/councils/bromley"
OUTTURNS = f"{BROMLEY}/outturns.csv"
FRAMEWORK = f"{BROMLEY}/frameworks/2018-05.yml"
SCHEME = f"{BROMLEY}/schemes/bromley-2018.yml"
SUB_COMMITTEE = "education-children-and-families-budget-and-performance-sub-committee"
COMMITTEE = f"{BROMLEY}/committees/{SUB_COMMITTEE}.yml"
INDICATOR = "data/indicators/cp-reviews-on-time.yml"
PAPER = "reports/bromley/2018-07-18/paper.yml"
COMMENTARY = "reports/bromley/2018-07-18/commentary.md"
FILES = {
    "outturns": OUTTURNS,
    "framework": FRAMEWORK,
    "scheme": SCHEME,
    "committee": COMMITTEE,
    "indicator": INDICATOR,
    "paper": PAPER,
    "commentary": COMMENTARY,
}
CODES = {"rows": 11, "tables": 11, "yaml": 10, "meaning": 10}
FAULTS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "faults.yml").read_text("utf-8")
)


def row(period: str = "2018-04", value: str = "95", of: str = ",", known: str = "2018-07-18") -> str:
    cells = f"snapshot,{value},{of},final,,{known},minutes,an invented source,"
    return f"cp-reviews-on-time,E09000006,{period},{cells}"


def spoil(project: Project, fault: dict[str, Any]) -> int | None:
    """Do what the table says to a file; returns the line that was changed."""
    name, line = FILES.get(fault["in"], fault["in"]), None
    path = project.path(name)
    if "edit" in fault:
        line = project.edit(name, *fault["edit"])
    if "all" in fault:
        project.write(name, project.text(name).replace(*fault["all"]))
    if "add" in fault:
        line = project.append(name, fault["add"])
    if "whole" in fault:
        project.write(name, fault["whole"] * fault.get("times", 1))
    if "encoding" in fault:
        project.write(name, project.text(name).encode(fault["encoding"]))
    if "rename" in fault:
        path.rename(path.with_name(fault["rename"]))
    if fault.keys() & {"delete", "folder"}:
        path.unlink()
    if "folder" in fault:
        path.mkdir()
    return line


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        pytest.param(kind, fault, id=fault["name"].replace(" ", "-"))
        for kind, faults in FAULTS.items()
        for fault in faults
    ],
)
def test_a_fault_is_named_with_its_place_and_nothing_is_made(
    kind: str, fault: dict[str, Any], bromley: Project
) -> None:
    line = spoil(bromley, fault)
    checked = bromley.run("check", "bromley", "2018-07-18")
    said = fault["said"]
    problem = checked.one(said["check"])
    assert checked.code == CODES[kind]
    file = said.get("file", fault["in"])
    assert problem.where.startswith(FILES.get(file, file))
    assert said["found"] in problem.found
    assert said.get("expected", "") in problem.expected
    assert said.get("do", "") in problem.do
    if kind == "rows":
        assert f", line {line}" in problem.where
    if FAULTS[kind].index(fault) % 4:
        return
    made = bromley.run("paper", "bromley", "2018-07-18", "--engine", "pandoc")
    assert (made.code, made.problems) == (checked.code, checked.problems)


def test_every_fault_has_its_own_name() -> None:
    names = [fault["name"] for faults in FAULTS.values() for fault in faults]
    assert len(set(names)) == len(names)


def test_a_sound_project_has_no_problem(both: Project) -> None:
    run = both.run("check")
    assert (run.code, [p for p in run.problems if not p.do.startswith("nothing: waived")]) == (0, [])
    assert "2 papers checked" in run.out


def test_a_line_of_yaml_is_named(bromley: Project) -> None:
    line = bromley.edit(PAPER, "as_at: 2018-07-18", "as_at: 18/07/2018")
    assert bromley.run("check").one("wrong-value").where == f"{PAPER}, line {line}, as_at"


def test_a_key_deep_inside_is_named_with_its_line(bromley: Project) -> None:
    line = bromley.edit(SCHEME, "when: {shortfall_at_most: tolerance}", "when: {shortfal_at_most: tolerance}")
    where = bromley.run("check").one("unknown-key").where
    assert where == f"{SCHEME}, line {line}, bands.1.when.shortfal_at_most"


def test_a_bare_2011_12_is_december_2011(bromley: Project) -> None:
    bromley.append(OUTTURNS, row("2011-12", known="2012-01-31"))
    bromley.edit(FRAMEWORK, "period: FY2018-19", "period: FY2011-12")
    bromley.edit(PAPER, "period: 2018-05}", "period: 2011-12}")
    assert bromley.run("check").code == 0
    explained = bromley.run("explain", "bromley", "2018-07-18", "16")
    assert "95% for December 2011" in explained.out
    assert "2011/12" not in explained.out


def test_no_and_1_10_stay_text(rbwm: Project) -> None:
    history = "reports/windsor-and-maidenhead/2018-09-26/paper.yml"
    assert '[Non-key decision, "No", "No"]' in rbwm.text(history)
    rbwm.edit(history, '[Non-key decision, "No", "No"]', "[Non-key decision, No, 1.10]")
    rbwm.edit(
        "data/councils/windsor-and-maidenhead/frameworks/2018-19.yml", 'number: "1.1.1"', "number: 1.10"
    )
    explained = rbwm.run("explain", "windsor-and-maidenhead", "2018-09-26", "1.10")
    assert explained.code == 0
    assert explained.out.startswith("1.10 Percentage uptake of MMR2")
    settings, _ = catalogue.load(rbwm.root).paper_settings("windsor-and-maidenhead", "2018-09-26")
    assert settings.tables["history"].rows == [["Non-key decision", "No", "1.10"]]


@pytest.mark.parametrize("depth", [100, 900, 5000])
def test_brackets_within_brackets_are_refused_however_many(depth: int, bromley: Project) -> None:
    bromley.write(PAPER, "[" * depth + "]" * depth)
    run = bromley.run("check")
    assert run.code == 10
    assert {p.where.partition(",")[0] for p in run.problems} == {PAPER}
    bromley.write(
        PAPER, "views:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, depth)) + " " * depth + "b: c\n"
    )
    assert bromley.run("check").code == 10


def test_a_blank_line_and_a_line_of_commas_are_no_rows(bromley: Project) -> None:
    bromley.append(OUTTURNS, "\n" + "," * 12)
    assert bromley.run("check").code == 0


def test_the_line_of_a_row_behind_one_with_a_line_break_is_its_own(bromley: Project) -> None:
    bromley.append(OUTTURNS, row("2018-03") + '"a note\non two lines"')
    line = bromley.append(OUTTURNS, row("2018-04", "940"))
    assert bromley.run("check").one("not-plausible").where == f"{OUTTURNS}, line {line}, value"


def test_an_average_may_have_more_cases_than_people(bromley: Project) -> None:
    bromley.edit(INDICATOR, "unit: percent", "unit: average")
    bromley.append(OUTTURNS, row(value="15", of="300,20"))
    assert "numerator-above-denominator" not in bromley.run("check").checks()


def test_a_file_that_is_wrong_does_not_make_what_names_it_unknown(bromley: Project) -> None:
    bromley.edit(INDICATOR, "unit: percent", "unit: percentage")
    bromley.edit(SCHEME, "rate_on: published", "rate_on: guessed")
    bromley.edit(COMMITTEE, "numbering: section_paragraph", "numbering: runes")
    run = bromley.run("check")
    assert run.checks() == ["wrong-value"] * 3
    assert {p.where.partition(",")[0] for p in run.problems} == {INDICATOR, SCHEME, COMMITTEE}
