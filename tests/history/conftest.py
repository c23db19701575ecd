"""A small project in a repository of its own, whose notebook runs in this process."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest

from scrutiny import open_paper
from scrutiny.paper import make
from scrutiny.paper.history.sealing import seal_one
from tests.faults.project import PAPERS, Project, copy_project, runner

ROOT = Path(__file__).resolve().parents[2]
PAPER = ("bromley", "2018-07-18")
FOLDER = "reports/bromley/2018-07-18"
IGNORED = (
    ".locks/\n.*.part\nfigures/\npaper.html\npaper.docx\npaper.json\npaper.ipynb\nfigures.csv\n__pycache__/\n"
)


def git(root: Path, *words: str) -> str:
    who = ["-c", "user.name=Robin Record", "-c", "user.email=robin@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(root: Path, message: str = "As it is") -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)
    return git(root, "rev-parse", "HEAD")


def in_this_process(_notebook: Path, parameters: dict[str, Any], folder: Path, *_: object) -> Any:
    """What executing the notebook gives, without a kernel."""
    paper = open_paper({**parameters, "out": str(folder)})
    shown = [paper.front_sheet(), paper.sections(), paper.appendices(), paper.finish()]
    cells = []
    for i, part in enumerate(shown):
        output = nbformat.v4.new_output("display_data", data=part._repr_mimebundle_())
        cell = nbformat.v4.new_code_cell("part", outputs=[output], execution_count=i + 1)
        cell.id = f"part-{i}"
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bromley's paper in a repository, all of it committed; each test works in a copy."""
    root = tmp_path_factory.mktemp("committed") / "project"
    copy_project(root, "bromley")
    (root / ".gitignore").write_text(IGNORED, "utf-8")
    git(root.parent, "init", "--quiet", "--initial-branch", "main", str(root))
    commit(root)
    return root


@pytest.fixture(scope="session")
def sealed_once(committed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the paper sealed, and the seal committed."""
    root = tmp_path_factory.mktemp("sealed") / "project"
    shutil.copytree(committed, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCRUTINY_PROJECT", str(root))
        patch.setattr(make, "execute", in_this_process)
        seal_one(root, *PAPER)
    commit(root, "Seal")
    return root


@pytest.fixture
def project(
    committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Project:
    """Bromley's paper in a repository, all of it committed."""
    return _copied(committed, tmp_path / "project", monkeypatch, capfd)


@pytest.fixture
def sealed(
    sealed_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Project:
    """The same with the paper sealed, and the seal committed."""
    return _copied(sealed_once, tmp_path / "project", monkeypatch, capfd)


def _copied(
    whole: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Project:
    shutil.copytree(whole, root)
    monkeypatch.setattr(make, "execute", in_this_process)
    return Project(root, runner(root, monkeypatch, capfd))


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Project:
    """A project with Bromley, and with Windsor and Maidenhead."""
    root = tmp_path / "project"
    copy_project(root, *PAPERS)
    return Project(root, runner(root, monkeypatch, capfd))
