"""Projects to be spoilt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from scrutiny.paper.make import make
from tests.faults.project import PAPERS, Project, copy_project, runner


@pytest.fixture
def bromley(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Project:
    """A project with the council that has one indicator."""
    copy_project(tmp_path / "project", "bromley")
    return Project(tmp_path / "project", runner(tmp_path / "project", monkeypatch, capfd))


@pytest.fixture
def rbwm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Project:
    """A project with the council that has two frameworks."""
    copy_project(tmp_path / "project", "windsor-and-maidenhead")
    return Project(tmp_path / "project", runner(tmp_path / "project", monkeypatch, capfd))


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Project:
    """A project with both councils."""
    copy_project(tmp_path / "project", *PAPERS)
    return Project(tmp_path / "project", runner(tmp_path / "project", monkeypatch, capfd))


@pytest.fixture(scope="session")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Bromley's notebook, executed once, for tests of what comes after."""
    folder = tmp_path_factory.mktemp("executed")
    copy_project(folder, "bromley")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCRUTINY_PROJECT", str(folder))
        make(folder, "bromley", PAPERS["bromley"], formats=(), out=folder / "out")
    notebook = nbformat.read(folder / "out" / "paper.ipynb", as_version=4)
    del notebook.cells[0]  # the front matter, which making puts there
    return notebook
