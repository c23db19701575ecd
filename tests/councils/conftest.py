"""The invented councils' projects, each with the general notebook and the templates that every project has."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.make import make
from scrutiny.paper.model import PaperModel

ROOT = Path(__file__).resolve().parents[2]
COUNCILS = Path(__file__).parent


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A council's project: its own settings and data files, and no file of code but the general notebook."""

    @cache
    def laid_out(council: str) -> Path:
        root = tmp_path_factory.mktemp(council)
        for name in ("data", "reports"):
            shutil.copytree(COUNCILS / council / name, root / name)
        shutil.copytree(ROOT / "reports" / "templates", root / "reports" / "templates")
        (root / "notebooks").mkdir()
        shutil.copy(ROOT / "notebooks" / "committee-paper.ipynb", root / "notebooks")
        return root

    return laid_out


@pytest.fixture(scope="session")
def model_of(project: Callable[[str], Path]) -> Callable[[str, str], PaperModel]:
    """The model of a paper, without pictures."""

    @cache
    def shown(council: str, date: str) -> PaperModel:
        paper = Paper(Inputs(project(council), council, date), pictures=False)
        paper.front_sheet()
        paper.sections()
        paper.appendices()
        paper.finish()
        return paper.model

    return shown


@pytest.fixture(scope="session")
def made(project: Callable[[str], Path]) -> Callable[[str, str], Path]:
    """Folder with the made files of a paper; made once for each worker."""

    @cache
    def make_once(council: str, date: str) -> Path:
        root = project(council)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SCRUTINY_PROJECT", str(root))
            make(root, council, date, engine="pandoc")
        return root / "reports" / council / date

    return make_once
