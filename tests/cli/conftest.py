"""A copy of the project's two councils, with commands to run in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.project import PAPERS, Project, copy_project, runner


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Project:
    """A project with both councils."""
    root = tmp_path / "project"
    copy_project(root, *PAPERS)
    return Project(root, runner(root, monkeypatch, capfd))
