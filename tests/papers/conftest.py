"""Papers for the tests: their model without pictures (fast), and the made files (once a run)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.make import make
from scrutiny.paper.model import PaperModel

ROOT = Path(__file__).resolve().parents[2]


@cache
def _model(council: str, date: str) -> PaperModel:
    paper = Paper(Inputs(ROOT, council, date), pictures=False)
    paper.front_sheet()
    paper.sections()
    paper.appendices()
    paper.finish()
    return paper.model


@pytest.fixture(scope="session")
def model_of() -> Callable[[str, str], PaperModel]:
    """The model of a paper as its committee's settings arrange it."""
    return _model


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Folder with the made files of a paper; made once for each worker."""

    @cache
    def make_once(council: str, date: str) -> Path:
        out = tmp_path_factory.mktemp(f"{council}-{date}")
        make(ROOT, council, date, engine="pandoc", out=out)
        return out

    return make_once
