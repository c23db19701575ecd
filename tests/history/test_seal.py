"""Sealing a paper: what a seal holds, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scrutiny.files import sha256
from scrutiny.paper.history import sealing
from scrutiny.paper.history.seal import Seal, hash_of
from tests.faults.project import Project
from tests.history.conftest import FOLDER, PAPER, commit, git

SEAL = f"{FOLDER}/sealed.json"


def seal_of(project: Project) -> Seal:
    return Seal.model_validate_json(project.text(SEAL))


def test_a_seal_holds_the_model_the_commit_and_the_hash_of_each_made_file(project: Project) -> None:
    run = project.run("seal", *PAPER)
    assert (run.code, run.problems) == (0, [])
    found = seal_of(project)
    assert found.commit.id == git(project.root, "rev-parse", "HEAD")
    assert found.commit.tree == git(project.root, "rev-parse", "HEAD^{tree}")
    assert project.run("paper", *PAPER, "--engine", "pandoc").code == 0
    model = json.loads(project.text(f"{FOLDER}/paper.json"))
    assert (found.model.content, found.model.sha256) == (model, hash_of(model))
    for name in ("paper.html", "paper.docx", "paper.ipynb", "paper.json", "figures.csv"):
        assert found.outputs["pandoc"][name] == sha256(project.path(f"{FOLDER}/{name}").read_bytes())


def test_a_seal_names_everything_that_the_paper_rests_on(sealed: Project) -> None:
    rests = seal_of(sealed).rests_on
    assert set(rests.settings) == {f"{FOLDER}/paper.yml", f"{FOLDER}/commentary.md"}
    assert {"council", "people", "framework 2018-05", "scheme bromley-2018"} <= set(rests.definitions)
    assert "indicator cp-reviews-on-time" in rests.definitions
    assert rests.rows["outturns of cp-reviews-on-time"].startswith("1 rows, ")
    assert "benchmarks of cp-reviews-on-time" in rests.rows
    assert set(rests.templates) == {
        f"reports/templates/{name}" for name in ("page.html", "paper.css", "paper.lua", "reference.docx")
    }
    assert rests.fonts and rests.library["code"] and rests.programs["pypandoc_binary"]


def test_sealing_leaves_the_made_files_alone(project: Project) -> None:
    before = project.files()
    project.run("seal", *PAPER)
    assert {k: v for k, v in project.files().items() if k != SEAL} == before


def test_what_is_not_committed_keeps_a_paper_from_being_sealed(project: Project) -> None:
    project.append(f"{FOLDER}/commentary.md", "A last word.")
    project.append("reports/templates/paper.css", "/* and a colour */")
    run = project.run("seal", *PAPER)
    assert run.code == 16
    places = [p.where for p in run.problems if p.check == "not-committed"]
    assert places == [f"{FOLDER}/commentary.md", "reports/templates/paper.css"]


def test_a_file_that_git_does_not_know_keeps_a_paper_from_being_sealed(project: Project) -> None:
    project.write("notes.txt", "mine")
    run = project.run("seal", *PAPER)
    assert (run.code, run.one("not-committed").where) == (16, "notes.txt")


def test_the_seal_of_another_paper_need_not_be_committed_first(project: Project) -> None:
    project.write("reports/bromley/2017-01-01/sealed.json", "{}")
    assert project.run("seal", *PAPER).code == 0


def test_an_open_error_keeps_a_paper_from_being_sealed(project: Project) -> None:
    project.append(
        "data/councils/bromley/outturns.csv", "no-such-indicator,E09000006,2018-05,period,1,,,final,,,,,"
    )
    commit(project.root)
    run = project.run("seal", *PAPER)
    assert run.code == 16
    assert "unknown-indicator" in run.checks()


def test_a_project_without_a_repository_cannot_be_sealed(project: Project) -> None:
    shutil.rmtree(project.path(".git"))
    run = project.run("seal", *PAPER)
    assert (run.code, run.checks()) == (16, ["no-commit"])


def test_an_unknown_paper_cannot_be_sealed(project: Project) -> None:
    assert project.run("seal", "bromley", "2018-07-19").code == 12
    assert project.run("seal", "bromly").code == 12


def test_a_sealed_paper_is_not_sealed_twice_by_mistake(sealed: Project) -> None:
    run = sealed.run("seal", *PAPER)
    assert (run.code, run.one("sealed-already").where) == (16, SEAL)


def test_sealing_again_needs_a_reason(sealed: Project) -> None:
    assert sealed.run("seal", *PAPER, "--again").code == 16
    assert sealed.run("seal", *PAPER, "--again", "--reason", "  ").code == 16
    assert sealed.run("seal", *PAPER, "--reason", "why").code == 2


def test_a_paper_without_a_seal_is_not_sealed_again(project: Project) -> None:
    run = project.run("seal", *PAPER, "--again", "--reason", "why")
    assert (run.code, run.checks()) == (16, ["not-sealed"])


def test_sealing_again_keeps_each_seal_before(sealed: Project) -> None:
    first = sealed.text(SEAL)
    assert sealed.run("seal", *PAPER, "--again", "--reason", "a word put right").code == 0
    second = sealed.text(SEAL)
    assert sealed.text(f"{FOLDER}/sealed.1.json") == first
    assert (seal_of(sealed).reason, seal_of(sealed).before) == ("a word put right", "sealed.1.json")
    assert sealed.run("seal", *PAPER, "--again", "--reason", "another").code == 0
    assert sealed.text(f"{FOLDER}/sealed.2.json") == second
    assert sealed.text(f"{FOLDER}/sealed.1.json") == first


def test_a_seal_that_was_kept_by_an_interrupted_command_is_kept_once(sealed: Project) -> None:
    sealed.write(f"{FOLDER}/sealed.1.json", sealed.text(SEAL))
    assert sealed.run("seal", *PAPER, "--again", "--reason", "why").code == 0
    assert not sealed.path(f"{FOLDER}/sealed.2.json").exists()


def test_without_a_date_every_paper_that_has_no_seal_is_sealed(project: Project) -> None:
    second = "reports/bromley/2018-11-14"
    for name in ("paper.yml", "commentary.md"):
        project.write(
            f"{second}/{name}", project.text(f"{FOLDER}/{name}").replace("2018-07-18", "2018-11-14")
        )
    commit(project.root)
    assert project.run("seal", *PAPER).code == 0
    run = project.run("seal", "bromley")
    assert run.code == 0, run.err
    assert "2018-11-14/sealed.json" in run.out and "2018-07-18" not in run.out


def test_a_paper_that_chance_changes_is_not_sealed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(range(10))
    write = Path.write_bytes

    def another(path: Path, data: bytes) -> int:
        extra = f"<!-- {next(times)} -->".encode() if path.name == "figures.csv" else b""
        return write(path, data + extra)

    monkeypatch.setattr(Path, "write_bytes", another)
    run = project.run("seal", *PAPER)
    said = run.one("not-the-same-twice")
    assert run.code == 16
    assert "figures.csv" in said.found and "paper.json" not in said.found


def test_a_made_file_that_is_not_the_sealed_one_is_told(project: Project) -> None:
    project.write(f"{FOLDER}/paper.docx", "as somebody changed it in Word")
    run = project.run("seal", *PAPER)
    assert run.code == 0
    assert [p.where for p in run.problems if p.check == "made-otherwise"] == [f"{FOLDER}/paper.docx"]


def test_equal_seals_give_equal_text(sealed: Project) -> None:
    found = seal_of(sealed)
    assert found.text() == sealed.text(SEAL)
    assert Seal.model_validate_json(found.text()) == found


def test_a_seal_rests_on_the_state_of_its_day(sealed: Project) -> None:
    """A row and a version that became known later do not change what the paper rests on."""
    before = seal_of(sealed).rests_on
    sealed.append(
        "data/councils/bromley/outturns.csv",
        "cp-reviews-on-time,E09000006,2018-05,snapshot,93,,,revised,,2018-09-01,council_record,a later count,why",
    )
    sealed.append(
        "data/councils/bromley/people.yml",
        "versions: [{known_on: 2019-01-01, reason: new, changes: {posts: []}}]",
    )
    from scrutiny.paper.build import Inputs
    from scrutiny.paper.history.rests import rests_of

    now = rests_of(Inputs(sealed.root, *PAPER))
    assert (now.rows, now.definitions) == (before.rows, before.definitions)
    assert sealing.hashes(sealed.path(FOLDER)) == {}
