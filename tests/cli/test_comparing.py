"""Comparing papers and trying another rule on the command line: forms, files, exit codes."""

from __future__ import annotations

import json

import pytest

from tests.faults.project import Project

RBWM = ("windsor-and-maidenhead", "2018-09-26")
DAYS = ("--as-at", "2018-09-26", "--as-at", "2018-10-01")


def test_diff_shows_a_text_and_ends_well_whether_or_not_there_is_a_difference(both: Project) -> None:
    run = both.run("diff", *RBWM, *DAYS)
    assert (run.code, run.err) == (0, "")
    assert "1.1.1 MMR2 vaccination uptake by age 5: from ◆ Amber to ■ Red" in run.out
    same = both.run("diff", *RBWM, "2018-09-26")
    assert (same.code, same.err) == (0, "")
    assert same.out.endswith("\nNothing differs.\n")


def test_diff_writes_each_form_to_a_file_and_says_where(both: Project) -> None:
    begins = {"text": "What changed: ", "html": "<!DOCTYPE html>\n", "json": "{\n"}
    for form, start in begins.items():
        out = both.root.parent / "new folder" / f"changes.{form}"
        run = both.run("diff", *RBWM, *DAYS, "--format", form, "--out", str(out))
        assert (run.code, run.err, run.out.strip().endswith(out.name)) == (0, "", True)
        assert out.read_text("utf-8").lstrip().startswith(start)
        assert out.read_text("utf-8") == both.run("diff", *RBWM, *DAYS, "--format", form).out


def test_diff_leaves_the_papers_as_they_are(both: Project) -> None:
    before = both.files()
    both.run("diff", *RBWM, *DAYS)
    both.run("recolour", *RBWM, "--tolerance", "3 points")
    assert both.files() == before


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--as-at", "2018-10-01"),
        ("--as-at", "2018-10-01", "--as-at", "2018-10-02", "--as-at", "2018-10-03"),
        ("2018-09-26", "--as-at", "2018-10-01"),
        ("2018-09-26", *DAYS),
        ("2018-09-26", "--format", "word"),
    ],
)
def test_dates_that_do_not_go_together_are_a_wrong_use(both: Project, words: tuple[str, ...]) -> None:
    assert both.run("diff", *RBWM, *words).code == 2


@pytest.mark.parametrize(
    ("words", "check"),
    [
        (("windsor", "2018-09-26", "2018-09-26"), "unknown-council"),
        ((RBWM[0], "2018-09-27", "2018-09-26"), "unknown-date"),
        ((RBWM[0], "2018-09-26", "2018-09-27"), "unknown-date"),
        ((*RBWM, "--as-at", "2018-09-26", "--as-at", "1 October 2018"), "parameter"),
    ],
)
def test_a_council_or_date_that_there_is_not_ends_with_12(
    both: Project, words: tuple[str, ...], check: str
) -> None:
    run = both.run("diff", *words)
    assert (run.code, run.checks(), run.out) == (12, [check], "")


def test_a_paper_that_cannot_be_made_is_not_compared_and_every_problem_is_listed(both: Project) -> None:
    both.edit("reports/bromley/2018-07-18/paper.yml", "committee: education", "comittee: education")
    run = both.run("diff", "bromley", "2018-07-18", "2018-07-18")
    assert run.code == 10
    assert run.checks() == ["missing-key", "unknown-key"] or set(run.checks()) == {
        "missing-key",
        "unknown-key",
    }


def test_a_file_that_cannot_be_written_is_named_without_its_folder(both: Project) -> None:
    (both.root.parent / "taken").write_text("a file", encoding="utf-8")
    run = both.run("diff", *RBWM, *DAYS, "--out", str(both.root.parent / "taken" / "changes.txt"))
    assert (run.code, run.one("system").where) == (13, "changes.txt")


def test_recolour_says_what_would_change_as_text_and_as_json(both: Project) -> None:
    run = both.run("recolour", *RBWM, "--tolerance", "3 points")
    assert (run.code, run.err) == (0, "")
    assert "One of eight ratings would change." in run.out
    content = json.loads(both.run("recolour", *RBWM, "--tolerance", "3 points", "--format", "json").out)
    assert [one["number"] for one in content["changed"]] == ["1.1.1"]
    assert content["tolerances"] == {"": "3 points"}


@pytest.mark.parametrize(
    ("words", "code", "check"),
    [
        ((), 2, None),
        (("--tolerance", "wide"), 2, "option"),
        (("--scheme", "rbwm-2018-1"), 12, "option"),
        (("--tolerance", "7.7.7=3 points"), 12, "unknown-indicator"),
        (("--tolerance", "1.1.1=floor 95"), 10, "floor-side"),
    ],
)
def test_recolour_refuses_what_it_cannot_try(
    both: Project, words: tuple[str, ...], code: int, check: str | None
) -> None:
    run = both.run("recolour", *RBWM, *words)
    assert (run.code, run.checks()) == (code, [check] if check else [])
