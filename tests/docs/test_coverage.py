"""The page on coverage: every behaviour has its tests or is listed without, and the faults are those of the checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.lint.test_originals import BEDFORDSHIRE, BROMLEY, DECEMBER, FAULTS, OCTOBER, WINDSOR, as_november

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
BEHAVIOURS, FOUND = PAGE.split("\n## What was found in the originals\n")
COVERED, NOT_YET = BEHAVIOURS.split("\n### Not yet covered\n")
TITLES = {
    OCTOBER: "Merton, 7 November 2018",
    DECEMBER: "Merton, 13 February 2019",
    as_november: "Merton, 13 February 2019",
    BROMLEY: "Bromley, 18 July 2018",
    BEDFORDSHIRE: "Central Bedfordshire, 11 December 2012",
    WINDSOR: "Windsor and Maidenhead, 26 September 2018",
}


def rows(text: str, start: str) -> Iterator[list[str]]:
    """Cells of the table rows whose first cell is an id that begins so."""
    for line in text.splitlines():
        if re.match(rf"\| {start}\d+ \|", line):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def named_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


TABLE = list(rows(COVERED, "B"))
NAMED = sorted({name for *_, cell in TABLE for name in named_in(cell)})


@cache
def written(path: str) -> dict[str, ast.FunctionDef]:
    """The tests of a module by name, without running it."""
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body if (ROOT / path).is_file() else []
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def test_each_of_the_99_behaviours_stands_there_once_covered_or_not() -> None:
    ids = [id_ for id_, *_ in TABLE] + re.findall(r"^- (B\d+)\b", NOT_YET, re.MULTILINE)
    assert sorted(ids, key=lambda i: int(i[1:])) == [f"B{n}" for n in range(1, 100)]


def test_every_behaviour_that_is_covered_says_what_where_and_by_which_test() -> None:
    assert [row[0] for row in TABLE if len(row) != 4 or not all(row) or not named_in(row[3])] == []


@pytest.mark.parametrize("name", NAMED)
def test_a_named_test_exists_and_asserts_something(name: str) -> None:
    path, _, test = name.partition("::")
    assert re.fullmatch(r"tests/\w+/test_\w+\.py", path) and test.startswith("test_")
    assert test in written(path), f"{path} has no {test}"
    assert any(isinstance(node, ast.Assert) for node in ast.walk(written(path)[test]))


def test_the_faults_of_the_originals_are_those_that_the_checks_are_tested_with() -> None:
    told = []
    for part in FOUND.split("\n### ")[1:]:
        title = part.splitlines()[0]
        for fault, words, checks in rows(part, "X"):
            assert words
            told += [(title, fault, check) for check in re.findall(r"`([\w-]+)`", checks)]
    assert len(told) == len(set(told))
    assert set(told) == {(TITLES[paper], fault, check) for fault, paper, check, *_ in FAULTS}
