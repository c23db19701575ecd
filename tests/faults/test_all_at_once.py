"""Every problem is listed at once, the lowest exit code wins, and what is waived or a warning stops nothing."""

from __future__ import annotations

import pytest

from scrutiny.errors import ExitCode, Problem, ProblemError
from tests.faults.project import Project
from tests.faults.test_files import COMMENTARY, COMMITTEE, FRAMEWORK, INDICATOR, OUTTURNS, PAPER, SCHEME, row

PEOPLE = "data/councils/bromley/people.yml"
COUNCIL = "data/councils/bromley/council.yml"


def spoil_everything(project: Project) -> set[tuple[str, str]]:
    """One fault in each file; returns what should be listed, as check and file."""
    project.edit(INDICATOR, "frequency: month", "frequency: fortnight")
    project.edit(SCHEME, "rate_on: published", "rate_on: guessed")
    project.edit(FRAMEWORK, "known_on: 2018-07-18", "known_on: yesterday")
    project.edit(COMMITTEE, "notebook: bromley", "notebok: bromley")
    project.edit(PEOPLE, "- {id: childrens-safeguarding-board,", "- {ident: childrens-safeguarding-board,")
    project.edit(PAPER, "title: Performance Reporting", "titel: Performance Reporting")
    project.append(OUTTURNS, row("2018/04"))
    project.append(OUTTURNS, row("2018-04", "94%"))
    return {
        ("wrong-value", INDICATOR),
        ("wrong-value", SCHEME),
        ("wrong-value", FRAMEWORK),
        ("unknown-key", COMMITTEE),
        ("unknown-key", PEOPLE),
        ("missing-key", PEOPLE),
        ("unknown-key", PAPER),
        ("missing-key", PAPER),
        ("wrong-period", OUTTURNS),
        ("not-a-figure", OUTTURNS),
    }


@pytest.mark.parametrize("command", ["check", "paper", "explain"])
def test_faults_in_every_file_are_listed_in_one_run(command: str, bromley: Project) -> None:
    expected = spoil_everything(bromley)
    number = ["16"] if command == "explain" else []
    run = bromley.run(command, "bromley", "2018-07-18", *number)
    assert {(p.check, p.where.partition(",")[0]) for p in run.problems} == expected
    assert run.code == ExitCode.DEFINITIONS
    assert run.err.startswith(f"{len(expected)} problems; nothing was made.")


def test_a_council_file_that_is_wrong_does_not_hide_the_rows(bromley: Project) -> None:
    bromley.edit(COUNCIL, "region: London", "regoin: London")
    bromley.append(OUTTURNS, row("2018/04"))
    run = bromley.run("paper", "bromley", "2018-07-18")
    assert sorted(run.checks()) == ["unknown-key", "wrong-period"]


def test_every_fault_of_one_row_is_listed(bromley: Project) -> None:
    line = bromley.append(OUTTURNS, "cp-reviews,E1,2018,snap,94%,x,y,fine,,soon,hearsay,a source,")
    run = bromley.run("check")
    assert {p.where for p in run.problems} == {
        f"{OUTTURNS}, line {line}, {column}"
        for column in (
            *("indicator", "area", "period", "basis", "value", "numerator", "denominator"),
            *("status", "known_on", "provenance"),
        )
    }
    assert run.code == ExitCode.DATA


def test_every_template_that_cannot_be_filled_is_listed_with_its_line(bromley: Project) -> None:
    lines = [
        bromley.edit(
            COMMITTEE, "{{ ref('appendix', 'appendix-dataset') }} is", "{{ ref('appendix', 'nowhere') }} is"
        ),
        bromley.edit(
            COMMITTEE, "The Sub-Committee note and comment", "The {{ commitee.called }} note and comment"
        ),
        bromley.edit(COMMITTEE, '"{{ front.users }}"', '"{{ front.users"'),
        bromley.edit(COMMITTEE, '"{{ front.ward_comments }}"', '"{{ front.ward_comments | shouted }}"'),
    ]
    commentary = bromley.append(COMMENTARY, "\nThe figure was {{ current.figure }}.")
    note = bromley.edit(PAPER, "Made again from", "Made {{ again }} from")
    bromley.edit(PAPER, "- \"Children's Scrutiny", "- \"{{ the }} Children's Scrutiny")
    run = bromley.run("check")
    assert set(run.checks()) == {"template"}
    assert len(run.problems) == 7
    committee = [p.where for p in run.problems if p.where.startswith(COMMITTEE)]
    assert len(committee) == 4
    for where in committee:
        line = int(where.split(", line ")[1].split(",")[0])
        assert min(abs(line - changed) for changed in lines) <= 4, f"{where} of {lines}"
    assert any(p.where == f"{COMMENTARY}, line 1, ## cp-reviews-on-time" for p in run.problems), commentary
    assert any(p.where == f"{PAPER}, line {note - 1}, note" for p in run.problems)
    assert any(
        p.where.startswith(f"{PAPER}, line ") and "lists.background_documents.0" in p.where
        for p in run.problems
    )
    assert run.code == ExitCode.DEFINITIONS


def test_the_lowest_exit_code_wins(bromley: Project) -> None:
    bromley.append(OUTTURNS, row("2018/04"))
    assert bromley.run("check").code == ExitCode.DATA
    bromley.edit(FRAMEWORK, "scheme: bromley-2018", "scheme: bromley-2081")
    run = bromley.run("check")
    assert sorted(run.checks()) == ["unknown-scheme", "wrong-period"]
    assert run.code == ExitCode.DEFINITIONS


def test_warnings_and_notes_have_no_say_in_the_exit_code() -> None:
    listed = [
        Problem("a", "file", "x", "y", "z", code=ExitCode.RENDERING),
        Problem("b", "file", "x", "y", "z", "warning", ExitCode.DEFINITIONS),
        Problem("c", "file", "x", "y", "z", "note", ExitCode.USAGE),
    ]
    assert ProblemError(listed).code is ExitCode.RENDERING


WAIVER = "waivers:\n  - {check: not-plausible, place: outturns.csv, reason: the council printed it so}"


def test_a_waived_problem_is_a_note_and_stops_nothing(bromley: Project) -> None:
    bromley.append(OUTTURNS, row("2018-04", "940"))
    assert bromley.run("check").checks() == ["not-plausible"]
    bromley.append(PAPER, WAIVER)
    for words in (["check"], ["check", "bromley"], ["check", "bromley", "2018-07-18"]):
        run = bromley.run(*words)
        assert (run.code, run.checks(), run.checks("note")) == (0, [], ["not-plausible"])
        assert run.problems[0].do == "nothing: waived, the council printed it so"
        assert "No errors." in run.out
    assert bromley.run("explain", "bromley", "2018-07-18", "16").code == 0


def test_a_waiver_waives_its_own_check_and_place_only(bromley: Project) -> None:
    bromley.append(OUTTURNS, row("2018-04", "940"))
    bromley.append(OUTTURNS, row("2018-03", "94%"))
    bromley.append(PAPER, WAIVER)
    run = bromley.run("check")
    assert (run.code, run.checks(), run.checks("note")) == (
        ExitCode.DATA,
        ["not-a-figure"],
        ["not-plausible"],
    )


def test_a_waiver_with_nothing_to_waive_is_a_warning_with_its_line(bromley: Project) -> None:
    line = bromley.append(PAPER, WAIVER) + 1
    run = bromley.run("check")
    assert (run.code, run.checks(), run.checks("warning")) == (0, [], ["waiver-without-finding"])
    assert run.problems[0].where == f"{PAPER}, line {line}, waivers.0"
    assert "nothing was made" not in run.err


def test_a_waiver_of_one_paper_is_none_of_another(bromley: Project) -> None:
    bromley.append(OUTTURNS, row("2018-04", "940"))
    bromley.write("reports/bromley/2018-07-19/paper.yml", bromley.text(PAPER).replace("-07-18", "-07-19"))
    bromley.append(PAPER, WAIVER)
    assert bromley.run("check", "bromley", "2018-07-18").code == 0
    run = bromley.run("check", "bromley")
    assert (run.code, run.checks()) == (ExitCode.DATA, ["not-plausible"])


def test_one_council_is_checked_without_the_faults_of_another(both: Project) -> None:
    both.append(OUTTURNS, row("2018/04"))
    assert both.run("check", "windsor-and-maidenhead").code == 0
    assert both.run("check").checks() == ["wrong-period"]


def test_papers_of_a_council_that_is_none_are_found(bromley: Project) -> None:
    bromley.write("reports/bromly/2018-07-18/paper.yml", bromley.text(PAPER))
    run = bromley.run("check")
    assert run.one("unknown-council").where == "reports/bromly"
    assert run.one("unknown-council").do == "did you mean 'bromley'?"
