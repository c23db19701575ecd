"""What is asked for wrongly: councils, dates, numbers, options and projects that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.project import Project

COMMANDS = {"check": [], "paper": [], "explain": ["16"]}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_council(command: str, bromley: Project) -> None:
    run = bromley.run(command, "atlantis", "2018-07-18", *COMMANDS[command])
    said = run.one("unknown-council")
    assert run.code == 12
    assert (said.found, said.do) == ("there is no council 'atlantis'", "there is bromley")


@pytest.mark.parametrize("written", ["bromly", "Bromley", "BROMLEY", "bromley/"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_misspelt_council_is_suggested(command: str, written: str, both: Project) -> None:
    run = both.run(command, written, "2018-07-18", *COMMANDS[command])
    assert run.code == 12
    assert run.one("unknown-council").do in (
        "did you mean 'bromley'?",
        "there is bromley, windsor-and-maidenhead",
    )
    if written == "bromly":
        assert run.one("unknown-council").do == "did you mean 'bromley'?"


@pytest.mark.parametrize("written", ["", ".", "..", "../bromley", "bromley/../bromley", "_", "con\x07"])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_name_of_a_council(command: str, written: str, bromley: Project) -> None:
    run = bromley.run(command, written, "2018-07-18", *COMMANDS[command])
    assert (run.code, run.checks()) == (12, ["unknown-council"])


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_date(command: str, bromley: Project) -> None:
    run = bromley.run(command, "bromley", "2018-07-19", *COMMANDS[command])
    said = run.one("unknown-date")
    assert run.code == 12
    assert said.where == "reports/bromley"
    assert said.do == "did you mean '2018-07-18'?"


@pytest.mark.parametrize("written", ["18 July 2018", "20180718", "2018-7-18", "..", "2018-07-18/.", ""])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_date_of_a_paper(command: str, written: str, bromley: Project) -> None:
    run = bromley.run(command, "bromley", written, *COMMANDS[command])
    assert (run.code, run.checks()) == (12, ["unknown-date"])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("written", ["20180926", "26/9/2018", "2018-09-31", "2018-W39-3", "soon", ""])
def test_an_as_at_that_is_no_day(command: str, written: str, bromley: Project) -> None:
    run = bromley.run(command, "bromley", "2018-07-18", *COMMANDS[command], "--as-at", written)
    said = run.one("parameter")
    assert run.code == 12
    assert said.where == "parameter as_at"
    assert f"'{written}'" in said.found
    assert "2018-09-26" in said.expected


@pytest.mark.parametrize("command", COMMANDS)
def test_an_as_at_before_the_framework_was_known(command: str, bromley: Project) -> None:
    run = bromley.run(command, "bromley", "2018-07-18", *COMMANDS[command], "--as-at", "2018-07-17")
    said = run.one("not-yet-known")
    assert run.code == 12
    assert said.found == "on 17 July 2018 the framework '2018-05' was not known yet"
    assert "18 July 2018" in said.expected


def test_an_unknown_number_is_answered_with_the_nearest(rbwm: Project) -> None:
    run = rbwm.run("explain", "windsor-and-maidenhead", "2018-09-26", "1.1.9")
    said = run.one("unknown-indicator")
    assert (run.code, said.found) == (12, "there is no indicator '1.1.9'")
    assert said.do in ("did you mean '1.1.1'?", "did you mean '1.1.7'?")


@pytest.mark.parametrize(
    "words",
    [
        ["explain"],
        ["explain", "bromley"],
        ["explain", "bromley", "2018-07-18"],
        ["paper"],
        ["paper", "bromley"],
        ["paper", "--all", "bromley", "2018-07-18"],
        ["paper", "--all", "--out", "x"],
        ["paper", "bromley", "2018-07-18", "--egnine", "pandoc"],
        ["check", "bromley", "2018-07-18", "too", "many"],
        ["papr", "bromley", "2018-07-18"],
        ["list", "bromley"],
        ["paper", "bromley", "2018-07-18", "--as-at"],
    ],
    ids=" ".join,
)
def test_wrong_use_of_the_command_line_is_exit_code_2(words: list[str], bromley: Project) -> None:
    run = bromley.run(*words)
    assert run.code == 2
    assert "Error: " in run.err


def test_a_misspelt_option_is_suggested(bromley: Project) -> None:
    assert "--engine" in bromley.run("paper", "bromley", "2018-07-18", "--engin", "pandoc").err


@pytest.mark.parametrize(
    "words", [["list"], ["check"], ["paper", "bromley", "2018-07-18"], ["paper", "--all"]]
)
def test_a_folder_that_is_no_project(words: list[str], bromley: Project, tmp_path: Path) -> None:
    bromley.path("data/councils").rename(tmp_path / "elsewhere")
    run = bromley.run(*words)
    said = run.one("no-project")
    assert run.code == 10
    assert "SCRUTINY_PROJECT" in said.do


def test_an_unknown_engine(bromley: Project) -> None:
    run = bromley.run("paper", "bromley", "2018-07-18", "--engine", "word")
    said = run.one("engine")
    assert (run.code, said.where, said.found) == (13, "--engine", "word")


def test_an_out_that_is_a_file_is_wrong_use(bromley: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    run = bromley.run("paper", "bromley", "2018-07-18", "--out", str(tmp_path / "file"))
    assert run.code == 2
    assert (tmp_path / "file").read_text() == "mine"
