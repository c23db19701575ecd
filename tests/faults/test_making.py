"""What can go wrong while a paper is made: the old one stays as it was, and nothing half made is left."""

from __future__ import annotations

import copy
import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from scrutiny.paper import make, render, workshop
from tests.faults.project import Project, Run

FOLDER = "reports/bromley/2018-07-18"
MADE = ["figures.csv", "paper.docx", "paper.html", "paper.ipynb", "paper.json"]
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
DENIED = PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.fixture
def ready(bromley: Project, executed: Any, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose notebook was executed before, with an old paper and its pictures in place."""

    def at_once(_notebook: Path, _parameters: dict[str, Any], folder: Path, *_: object) -> Any:
        (folder / "figures").mkdir()
        (folder / "figures" / "new.png").write_bytes(b"new")
        return copy.deepcopy(executed)

    monkeypatch.setattr(make, "execute", at_once)
    for name in MADE:
        bromley.write(f"{FOLDER}/{name}", f"the old {name}")
    bromley.write(f"{FOLDER}/figures/old.png", "old")
    return bromley


@pytest.fixture
def quick(ready: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The same, rendered at once."""

    def at_once(_notebook: Path, folder: Path, **_: object) -> None:
        for name in ("paper.html", "paper.docx"):
            (folder / name).write_bytes(b"a new paper")

    monkeypatch.setattr(make, "render", at_once)
    return ready


def paper(project: Project, *words: str) -> Run:
    return project.run("paper", "bromley", "2018-07-18", "--engine", "pandoc", *words)


def test_a_paper_takes_the_place_of_the_old_one_whole(ready: Project) -> None:
    run = paper(ready)
    assert (run.code, run.problems) == (0, [])
    folder = ready.path(FOLDER)
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [*MADE, "commentary.md", "figures", "paper.yml"]
    )
    assert not any((folder / name).read_bytes().startswith(b"the old") for name in MADE)
    assert [p.name for p in (folder / "figures").iterdir()] == ["new.png"]


def test_a_full_disk_leaves_the_old_paper_untouched(quick: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "figures.csv":
            write(path, data[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    run = paper(quick)
    said = run.one("folder-not-writable")
    assert run.code == 13
    assert said.where == f"{FOLDER}/figures.csv"
    assert "No space left on device" in said.found
    assert "free some space" in said.do


@pytest.mark.parametrize("name", [*MADE, "figures"])
def test_a_file_that_cannot_be_replaced_keeps_the_whole_old_paper(
    name: str, quick: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a paper that is open in Word cannot be replaced."""
    replace = Path.replace

    def denied(path: Path, target: Path) -> Path:
        if path.name == name and path.parent == quick.path(FOLDER):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", denied)
    run = paper(quick)
    said = run.one("folder-not-writable")
    assert (run.code, said.where) == (13, f"{FOLDER}/{name}")
    assert "close the file where it is open" in said.do


def test_an_interrupt_between_two_files_takes_the_moves_back(
    quick: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        if path.name == "paper.json" and path.parent.name.startswith(workshop.FINISHED):
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    run = paper(quick)
    assert run.code == 130
    assert run.err == "Stopped. Nothing was half written.\n"


def test_a_folder_in_which_nothing_can_be_made(ready: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> str:
        raise DENIED

    monkeypatch.setattr(tempfile, "mkdtemp", denied)
    run = paper(ready)
    said = run.one("folder-not-writable")
    assert (run.code, said.where) == (13, FOLDER)
    assert "Permission denied" in said.found


def test_an_out_below_a_file_is_no_folder(ready: Project) -> None:
    ready.write("mine", "a file of mine")
    run = paper(ready, "--out", str(ready.path("mine/papers/here")))
    said = run.one("folder-not-writable")
    assert (run.code, said.where) == (13, "mine/papers/here")
    assert "Not a directory" in said.found


def test_an_out_that_was_made_for_nothing_is_taken_away(
    ready: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise FULL

    monkeypatch.setattr(make, "render", full)
    run = paper(ready, "--out", str(tmp_path / "new" / "papers"))
    assert run.code == 13
    assert run.one("folder-not-writable").where == "papers"
    assert not (tmp_path / "new").exists()


def test_an_out_that_was_there_stays_as_it_was(
    ready: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise FULL

    monkeypatch.setattr(make, "render", full)
    (tmp_path / "papers").mkdir()
    assert paper(ready, "--out", str(tmp_path / "papers")).code == 13
    assert list((tmp_path / "papers").iterdir()) == []


def test_pandoc_that_is_not_there(ready: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "")
    run = paper(ready)
    said = run.one("no-pandoc")
    assert (run.code, said.do) == (13, "set the project up again with make")


def test_quarto_that_is_not_there(ready: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    run = ready.run("paper", "bromley", "2018-07-18", "--engine", "quarto")
    said = run.one("no-quarto")
    assert (run.code, said.where) == (13, "--engine quarto")
    assert "--engine pandoc" in said.do


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for pandoc")
def test_pandoc_that_fails_is_quoted_without_this_machines_folders(
    ready: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = tmp_path / "pandoc"
    failing.write_text("#!/bin/sh\necho 'Error at /home/me/paper.lua line 7: no such field' >&2\nexit 83\n")
    failing.chmod(0o755)
    monkeypatch.setattr(render, "pandoc_command", lambda: failing)
    run = paper(ready)
    said = run.one("engine")
    assert (run.code, said.where) == (13, "pandoc")
    assert "Error at paper.lua line 7: no such field" in said.found


@pytest.mark.skipif(os.name == "nt", reason="a text file stands for pandoc")
def test_pandoc_that_cannot_be_started(
    ready: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pandoc").write_text("not a program")
    monkeypatch.setattr(render, "pandoc_command", lambda: tmp_path / "pandoc")
    run = paper(ready)
    assert run.code == 13
    assert "cannot be started" in run.one("engine").found


@pytest.mark.parametrize("name", ["paper.lua", "reference.docx", "page.html", "paper.css"])
def test_a_template_that_is_not_there(name: str, ready: Project) -> None:
    ready.path(f"reports/templates/{name}").unlink()
    run = paper(ready)
    assert run.code == 13
    assert name in run.err


def test_all_papers_but_the_faulty_are_made(both: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def remember(_root: Path, council: str, date: str, **_: object) -> list[Path]:
        from scrutiny.paper.build import Inputs

        Inputs(both.root, council, date)
        made.append(council)
        return []

    monkeypatch.setattr(make, "make", remember)
    both.edit("data/councils/bromley/council.yml", "region: London", "regoin: London")
    run = both.run("paper", "--all")
    assert (run.code, made) == (17, ["windsor-and-maidenhead"])
    assert run.checks() == ["unknown-key"]
    assert run.err.endswith("1 of 2 papers failed: bromley 2018-07-18\n")
    assert both.run("execute").code == 17
