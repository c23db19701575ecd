"""The project's own papers are sealed, and still say what was sealed: a sample here, all with ``make verify``."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from scrutiny.data import catalogue
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.history import git
from scrutiny.paper.history.seal import read_seal
from scrutiny.paper.history.verify import sealed_papers, verify
from tests.history.conftest import ROOT

REAL = [
    ("bromley", "2018-07-18"),
    ("central-bedfordshire", "2012-12-11"),
    ("merton", "2018-11-07"),
    ("merton", "2019-02-13"),
    ("windsor-and-maidenhead", "2018-09-26"),
]
EXAMPLES = [("exampleshire", date) for date in ("2025-02-20", "2026-04-23", "2026-06-18")]


@cache
def papers() -> list[tuple[str, str]]:
    return list(catalogue.load(ROOT).papers())


def test_every_paper_is_sealed() -> None:
    assert sorted(papers()) == sorted(sealed_papers(ROOT))
    assert set(REAL + EXAMPLES) <= set(papers())


@pytest.mark.parametrize(("council", "date"), REAL + EXAMPLES)
def test_a_sealed_paper_says_what_was_sealed(council: str, date: str, tmp_path: Path) -> None:
    """Its texts, tables, pictures and figures as the committee's settings arrange them."""
    paper = Paper(Inputs(ROOT, council, date), tmp_path)
    paper.front_sheet()
    paper.sections()
    paper.appendices()
    seal = read_seal(ROOT / "reports" / council / date, ROOT)
    assert seal is not None
    assert [str(one) for one in seal.differs(paper.model)] == []


def test_a_sealed_paper_is_made_again_as_it_was_sealed() -> None:
    verdict = verify(ROOT, *REAL[-1], engine="pandoc")
    assert verdict.differs == ()
    assert verdict.engines == ("pandoc",)


def _shallow() -> bool:
    command = ["git", "-C", str(ROOT), "rev-parse", "--is-shallow-repository"]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        return True
    return done.stdout.strip() != "false"


@pytest.mark.skipif(_shallow(), reason="this is no clone with its whole history")
def test_the_commit_that_sealed_each_paper_is_in_the_history() -> None:
    for council, date in sealed_papers(ROOT):
        seal = read_seal(Path(ROOT) / "reports" / council / date, ROOT)
        assert seal is not None
        assert git.find(ROOT, seal.commit)
