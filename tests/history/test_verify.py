"""Verifying sealed papers, and keeping to a seal when a paper is made."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from scrutiny.paper.history import again, sealed_commit
from tests.faults.project import Project
from tests.history.conftest import FOLDER, PAPER

SEAL = f"{FOLDER}/sealed.json"
OUTTURNS = "data/councils/bromley/outturns.csv"
LATER = (
    "cp-reviews-on-time,E09000006,2018-05,snapshot,93,,,revised,,{day},council_record,a later count,recounted"
)


def changed_in_place(project: Project) -> None:
    project.edit(OUTTURNS, "2018-05,snapshot,94,", "2018-05,snapshot,93,")


def test_a_sealed_paper_is_the_same_to_the_byte(sealed: Project) -> None:
    run = sealed.run("verify")
    assert run.code == 0
    assert run.out == "bromley 2018-07-18: the same to the byte\n1 sealed paper verified.\n"


def test_verifying_writes_nothing(sealed: Project) -> None:
    before = sealed.files()
    sealed.run("verify", *PAPER)
    assert sealed.files() == before


def test_nothing_sealed_is_said(project: Project) -> None:
    assert "No paper is sealed yet" in project.run("verify").out
    run = project.run("verify", *PAPER)
    assert (run.code, run.checks()) == (12, ["not-sealed"])


def test_another_stylesheet_gives_other_bytes_and_the_same_paper(sealed: Project) -> None:
    sealed.append("reports/templates/paper.css", ".more { color: #000; }")
    run = sealed.run("verify", *PAPER)
    assert run.code == 0
    assert (
        "says the same; other bytes in paper.html; not as it was sealed: reports/templates/paper.css"
        in run.out
    )
    assert sealed.run("paper", *PAPER, "--engine", "pandoc").code == 0


def test_a_figure_changed_in_place_is_found_and_named(sealed: Project) -> None:
    changed_in_place(sealed)
    run = sealed.run("verify", *PAPER)
    assert run.code == 14
    assert "outturns of cp-reviews-on-time (changed in place)" in run.out
    first = run.problems[0]
    assert first.check == "sealed-paper-differs"
    said = {(p.where.rpartition(", ")[2], p.found, p.expected) for p in run.problems}
    assert ("figure", "it would be '93%'", "'94%', as sealed") in said
    sentence = [p for p in run.problems if "paragraph 3.7" in p.where]
    assert len(sentence) == 1 and "93% of Child Protection" in sentence[0].found


def test_a_sealed_paper_is_not_written_when_it_says_something_else(sealed: Project) -> None:
    assert sealed.run("paper", *PAPER, "--engine", "pandoc").code == 0
    before = sealed.files()
    changed_in_place(sealed)
    run = sealed.run("paper", *PAPER, "--engine", "pandoc")
    assert run.code == 14
    assert "changed in place" in run.problems[0].do and "--again --reason" in run.problems[0].do
    assert {k: v for k, v in sealed.files().items() if k != OUTTURNS} == {
        k: v for k, v in before.items() if k != OUTTURNS
    }


def test_a_row_that_became_known_later_changes_nothing(sealed: Project) -> None:
    sealed.append(OUTTURNS, LATER.format(day="2018-09-01"))
    assert "the same to the byte" in sealed.run("verify", *PAPER).out


def test_a_row_that_was_known_by_the_day_and_came_to_the_files_later_is_found(sealed: Project) -> None:
    sealed.append(
        OUTTURNS, LATER.format(day="2018-07-18").replace("93", "92").replace("2018-07-18", "2018-07-17")
    )
    run = sealed.run("verify", *PAPER)
    assert run.code == 0  # the row of the meeting itself still counts last
    sealed.edit(OUTTURNS, "2018-07-17,council_record", "2018-07-16,council_record")
    sealed.edit(OUTTURNS, "Amber,2018-07-18,", "Amber,2018-07-15,")
    run = sealed.run("verify", *PAPER)
    assert run.code == 14
    assert "outturns of cp-reviews-on-time (1 rows, now 2 rows)" in run.out


def test_as_at_another_day_a_sealed_paper_is_made_only_elsewhere(sealed: Project) -> None:
    asked = ("paper", *PAPER, "--engine", "pandoc", "--as-at", "2018-12-01")
    run = sealed.run(*asked)
    assert run.code == 14
    assert "--out" in run.one("sealed-as-at").do
    assert sealed.run(*asked, "--out", str(sealed.root.parent / "try")).code == 0


def test_elsewhere_a_sealed_paper_says_the_same_too(sealed: Project) -> None:
    changed_in_place(sealed)
    run = sealed.run("paper", *PAPER, "--engine", "pandoc", "--out", str(sealed.root.parent / "try"))
    assert run.code == 14


def test_a_key_that_the_seal_does_not_hold_is_no_difference(sealed: Project) -> None:
    """A later library that tells more of each figure does not break the seals before it."""
    seal = json.loads(sealed.text(SEAL))
    for indicator in seal["model"]["content"]["indicators"]:
        del indicator["pair"]
        del indicator["outturn"]["beside"]
    from scrutiny.paper.history.seal import hash_of

    seal["model"]["sha256"] = hash_of(seal["model"]["content"])
    sealed.write(SEAL, json.dumps(seal))
    assert sealed.run("verify", *PAPER).code == 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace('"94%"', '"95%"', 1), "changed by hand"),
        (lambda text: text[: len(text) // 2], "no seal of a kind known here"),
        (lambda text: text.replace('"seal_version": 1', '"seal_version": 2'), "seal_version"),
        (
            lambda text: text.replace('"council": "bromley",\n "date"', '"council": "merton",\n "date"'),
            "merton",
        ),
    ],
    ids=["changed", "cut off", "from the future", "of another paper"],
)
def test_a_broken_seal_is_told_and_nothing_is_made(spoil, said: str, sealed: Project) -> None:  # type: ignore[no-untyped-def]
    text = spoil(sealed.text(SEAL))
    assert text != sealed.text(SEAL)
    sealed.write(SEAL, text)
    for run in (sealed.run("verify", *PAPER), sealed.run("paper", *PAPER, "--engine", "pandoc")):
        assert run.code == 14
        assert said in run.one("broken-seal").found


def test_a_sealed_paper_that_cannot_be_made_says_why(sealed: Project) -> None:
    sealed.append("data/councils/bromley/council.yml", "colour: green")
    run = sealed.run("verify")
    assert run.code == 10
    assert "bromley 2018-07-18: cannot be made again" in run.out
    assert "unknown-key" in run.checks()


def test_an_engine_that_is_not_here_is_said(sealed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    seal = json.loads(sealed.text(SEAL))
    seal["outputs"] = {"quarto": seal["outputs"]["pandoc"]}
    sealed.write(SEAL, json.dumps(seal))
    monkeypatch.setattr(again.shutil, "which", lambda _: None)
    run = sealed.run("verify", *PAPER)
    assert run.code == 0
    assert "the engine that it was sealed with is not installed" in run.out


def test_another_lock_file_gets_an_environment_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its dependencies are installed beside the commit's files, by their hashes, as the Makefile installs them."""
    ran: list[list[str]] = []
    monkeypatch.setattr(sealed_commit, "_run_in", lambda _tree, python, words: ran.append([python, *words]))
    root, tree = tmp_path / "now", tmp_path / "then"
    for folder, text in ((root, "pandas==3.1"), (tree, "pandas==3.0")):
        folder.mkdir()
        (folder / "requirements.lock").write_text(text)
    python = sealed_commit._python(root, tree)
    assert Path(python).is_relative_to(tree / ".venv")
    assert [words[1:3] for words in ran] == [["-m", "venv"], ["-m", "pip"], ["-m", "pip"]]
    assert "--require-hashes" in ran[1] and str(tree / "requirements.lock") in ran[1]
    (tree / "requirements.lock").write_text("pandas==3.1")
    assert sealed_commit._python(root, tree) == sys.executable
