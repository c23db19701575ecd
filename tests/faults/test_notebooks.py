"""What can be wrong with a notebook: its parameters, its cells, its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from scrutiny.errors import ProblemError
from scrutiny.paper import make
from scrutiny.paper.parameters import read_parameters
from tests.faults.project import ROOT, Project, Run

NOTEBOOK = "notebooks/bromley.ipynb"
GIVEN: dict[str, Any] = {"council": "bromley", "meeting_date": "2018-07-18", "as_at": None, "out": None}


def cells(project: Project) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(project.text(NOTEBOOK))
    return content


def save(project: Project, notebook: dict[str, Any]) -> None:
    project.write(NOTEBOOK, json.dumps(notebook))


def with_cell(project: Project, at: int, source: str) -> None:
    notebook = cells(project)
    cell = {"cell_type": "code", "execution_count": None, "id": "mine", "metadata": {}, "outputs": []}
    notebook["cells"].insert(at, {**cell, "source": source})
    save(project, notebook)


def only(project: Project, *ids: str) -> None:
    notebook = cells(project)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in ("parameters", "open", *ids)]
    save(project, notebook)


def paper(project: Project) -> Run:
    return project.run("paper", "bromley", "2018-07-18", "--engine", "pandoc")


# what a paper says before a kernel has anything to do


def test_a_notebook_that_is_no_notebook(bromley: Project) -> None:
    for content in ("", "not json", "{}", "[]", '{"nbformat": 4, "cells": [{}]}', "\x00\x01"):
        bromley.write(NOTEBOOK, content)
        run = paper(bromley)
        assert (run.code, run.one("notebook-unreadable").where) == (10, NOTEBOOK)


def test_a_notebook_without_a_cell_tagged_parameters_is_refused(bromley: Project) -> None:
    notebook = cells(bromley)
    notebook["cells"][0]["metadata"] = {}
    save(bromley, notebook)
    run = paper(bromley)
    said = run.one("no-parameters-cell")
    assert (run.code, said.where) == (10, NOTEBOOK)
    assert said.do == "tag that cell 'parameters'"


def test_a_notebook_that_made_another_paper_is_refused(
    bromley: Project, executed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "execute", lambda *_: executed)
    run = bromley.run("paper", "bromley", "2018-07-18", "--as-at", "2018-12-01", "--engine", "pandoc")
    said = run.one("another-paper")
    assert (run.code, said.where) == (13, NOTEBOOK)
    assert said.found == "the notebook made the paper of bromley for 2018-07-18, as at 2018-07-18"
    assert said.expected == "the paper of bromley for 2018-07-18, as at 2018-12-01"


@pytest.mark.parametrize(
    ("change", "where", "found"),
    [
        ({"meeting_dat": "2018-09-26"}, "parameter meeting_dat", "there is no parameter 'meeting_dat'"),
        ({"meeting_date": 20180718}, "parameter meeting_date", "'meeting_date' is 20180718, a number"),
        ({"meeting_date": None}, "parameter meeting_date", "'meeting_date' is None, nothing"),
        ({"council": ["bromley"]}, "parameter council", "'council' is ['bromley'], something else"),
        ({"as_at": 20180718}, "parameter as_at", "'as_at' is 20180718, a number"),
        ({"as_at": "18 July 2018"}, "parameter as_at", "'as_at' is '18 July 2018', text"),
        ({"out": 5}, "parameter out", "'out' is 5, a number"),
        ({"as_at": True}, "parameter as_at", "'as_at' is True, true or false"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_mistyped_parameter_is_named(change: dict[str, Any], where: str, found: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read_parameters({**GIVEN, **change})
    problem = caught.value.problems[0]
    assert (problem.where, problem.found, caught.value.code) == (where, found, 12)


def test_a_misspelt_parameter_is_suggested() -> None:
    with pytest.raises(ProblemError) as caught:
        read_parameters({**GIVEN, "meeting_dat": "2018-09-26"})
    assert caught.value.problems[0].do == "did you mean 'meeting_date'?"


@pytest.mark.parametrize("name", GIVEN)
def test_a_missing_parameter_is_named(name: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read_parameters({key: value for key, value in GIVEN.items() if key != name})
    assert [p.found for p in caught.value.problems] == [f"the parameter '{name}' is missing"]


def test_every_wrong_parameter_is_named_at_once() -> None:
    with pytest.raises(ProblemError) as caught:
        read_parameters({"council": 1, "meeting_dat": "2018-09-26", "as_at": "soon"})
    wrong = {p.where for p in caught.value.problems}
    assert wrong == {f"parameter {n}" for n in ("council", "meeting_dat", "meeting_date", "as_at", "out")}


def test_parameters_that_papermill_put_before_the_notebooks_own_are_said_to_be_lost() -> None:
    ran = [
        "",
        '# Parameters\ncouncil = "merton"\n',
        'council = "bromley"\nmeeting_date = "2018-07-18"',
        "open",
    ]
    with pytest.raises(ProblemError) as caught:
        read_parameters({**GIVEN, "In": ran})
    assert [p.where for p in caught.value.problems] == ["parameter council"]
    assert read_parameters({**GIVEN, "In": ["", ran[2], ran[1], "open"]}).council == "bromley"


# with a kernel


def test_a_cell_that_fails_is_named_with_what_it_said(bromley: Project) -> None:
    only(bromley, "front-sheet", "finish")
    with_cell(bromley, 3, "open('/home/me/secret.csv')")
    run = paper(bromley)
    said = run.one("notebook-error")
    assert (run.code, said.where) == (13, f"{NOTEBOOK}, cell 4 (mine)")
    assert "FileNotFoundError" in said.found
    assert "'secret.csv'" in said.found


def test_a_section_that_is_none_keeps_its_words_and_code(bromley: Project) -> None:
    only(bromley, "finish")
    with_cell(bromley, 2, 'paper.section("comentary")')
    run = paper(bromley)
    said = run.one("notebook")
    assert run.code == 10
    assert said.where == f"{NOTEBOOK}, cell 3 (mine), notebook"
    assert (said.found, said.do) == ("there is no section 'comentary'", "did you mean 'commentary'?")


def test_a_name_that_is_no_parameter_is_refused(bromley: Project) -> None:
    with_cell(bromley, 1, "threshold = 95")
    run = paper(bromley)
    assert run.code == 10
    assert run.one("notebook").found == "there is no parameter 'threshold'"


def test_a_notebook_without_finish_is_told_so(bromley: Project) -> None:
    only(bromley, "front-sheet")
    run = paper(bromley)
    said = run.one("no-paper-model")
    assert (run.code, said.where, said.expected) == (13, NOTEBOOK, "a last cell with paper.finish()")


def test_a_kernel_that_dies_is_said_to_have_stopped(bromley: Project) -> None:
    only(bromley, "finish")
    with_cell(bromley, 2, "import os; os._exit(1)")
    run = paper(bromley)
    said = run.one("notebook-error")
    assert (run.code, said.where) == (13, NOTEBOOK)
    assert "stopped" in said.found


def papermill(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    """Papermill as a plain command, from another folder."""
    environment = {**os.environ, "SCRUTINY_PROJECT": str(project.root), "PYTHONPATH": str(ROOT / "lib")}
    out = str(project.root.parent / "out.ipynb")
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(project.path(NOTEBOOK)),
        out,
        "--no-progress-bar",
        *words,
    ]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=project.root.parent, check=False
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-p", "meeting_dat", "2018-09-26"), "there is no parameter 'meeting_dat'"),
        (("-p", "meeting_date", "20180718"), "'meeting_date' is 20180718, a number"),
    ],
    ids=["misspelt", "mistyped"],
)
def test_papermill_fails_with_the_parameter_named(
    words: tuple[str, ...], said: str, bromley: Project
) -> None:
    before = bromley.files()
    ended = papermill(bromley, *words)
    assert ended.returncode != 0
    assert said in ended.stderr
    assert bromley.files() == before
    executed = json.loads((bromley.root.parent / "out.ipynb").read_text("utf-8"))
    outputs = [output for cell in executed["cells"] for output in cell.get("outputs", [])]
    assert not any("text/markdown" in output.get("data", {}) for output in outputs), "a paper was made"


def test_papermill_with_a_notebook_that_lost_its_tag_fails_too(bromley: Project) -> None:
    notebook = cells(bromley)
    notebook["cells"][0]["metadata"] = {}
    save(bromley, notebook)
    ended = papermill(bromley, "-p", "meeting_date", "2019-01-01")
    assert ended.returncode != 0
    assert "a cell tagged 'parameters'" in ended.stderr


@pytest.mark.skipif(os.name == "nt", reason="an interrupt is another thing there")
def test_an_interrupt_while_the_notebook_runs_leaves_nothing(bromley: Project, tmp_path: Path) -> None:
    started = tmp_path / "started"
    with_cell(bromley, 2, f"import pathlib, time; pathlib.Path({str(started)!r}).touch(); time.sleep(60)")
    bromley.write("reports/bromley/2018-07-18/paper.html", "the old paper")
    before = bromley.files()
    environment = {**os.environ, "SCRUTINY_PROJECT": str(bromley.root), "PYTHONPATH": str(ROOT / "lib")}
    command = [sys.executable, "-m", "scrutiny", "paper", "bromley", "2018-07-18", "--engine", "pandoc"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        for _ in range(300):
            if started.exists():
                break
            time.sleep(0.1)
        assert started.exists()
        assert any(
            path.name.startswith(".making-") for path in bromley.path("reports/bromley/2018-07-18").iterdir()
        )
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
    assert (run.returncode, out, err) == (130, "", "Stopped. Nothing was half written.\n")
    assert bromley.files() == before
