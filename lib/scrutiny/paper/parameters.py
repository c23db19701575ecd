"""A notebook's parameters: read from its globals, every mistake refused in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrutiny.errors import ExitCode, Problem, ProblemError, closest, shown

NAMES = ("council", "meeting_date", "as_at", "out")
_PLAIN = (str, int, float, bool, list, dict, tuple, set, type(None))
_OF_IPYTHON = {"In", "Out", "exit", "quit"}


@dataclass(frozen=True)
class Parameters:
    """What a notebook was asked for.

    Parameters
    ----------
    meeting_date
        Name of the paper's folder.
    as_at
        Replaces the as-at date of paper.yml; None keeps it.
    out
        Folder for pictures; None writes nothing.
    """

    council: str
    meeting_date: str
    as_at: dt.date | None
    out: Path | None


def read_parameters(given: Mapping[str, Any]) -> Parameters:
    """Read the four parameters.

    Parameters
    ----------
    given
        A notebook's ``globals()``. Modules, functions, names that begin with an underscore and IPython's own names
        are not parameters; every other name must be one of the four.

    Raises
    ------
    ProblemError
        Exit code 12, with every unknown, missing and mistyped parameter.
    """
    problems = [
        _problem(name, f"there is no parameter '{name}'", "one of " + ", ".join(NAMES), closest(name, NAMES))
        for name, value in given.items()
        if name not in NAMES
        and not name.startswith("_")
        and name not in _OF_IPYTHON
        and isinstance(value, _PLAIN)
    ]
    problems += [
        _problem(
            name, f"the parameter '{name}' is missing", f"{name} in the cell tagged 'parameters'", "add it"
        )
        for name in NAMES
        if name not in given
    ]
    for name in _EXPECTED:
        if name in given and not isinstance(given[name], str):
            problems.append(_wrong(name, given[name], "text, " + _EXPECTED[name]))
    problems += _untagged(given)
    as_at, out = _day(given.get("as_at"), problems), given.get("out")
    if out is not None and not isinstance(out, str | Path):
        problems.append(_wrong("out", out, "the name of a folder, or None"))
    if problems:
        raise ProblemError(problems)
    return Parameters(given["council"], given["meeting_date"], as_at, Path(out) if out else None)


_EXPECTED = {"council": "the name of a council's folder", "meeting_date": "such as 2018-09-26"}


def _untagged(given: Mapping[str, Any]) -> list[Problem]:
    """Papermill puts its parameters before all cells of a notebook in which none is tagged: they are lost."""
    ran = given.get("In")
    cells = [cell for cell in ran if isinstance(cell, str)] if isinstance(ran, list) else []
    if len(cells) < 2 or not cells[1].startswith("# Parameters"):
        return []
    lost = [n for n in NAMES if any(re.search(rf"(?m)^{n}\s*=", cell) for cell in cells[2:])]
    found = "its cell came after what papermill was given, and replaced it"
    return [
        _problem(name, found, "a cell tagged 'parameters'", "tag the cell that sets it 'parameters'")
        for name in lost
        if re.search(rf"(?m)^{name}\s*=", cells[1])
    ]


def _day(value: Any, problems: list[Problem]) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    try:
        if isinstance(value, str):
            return parse_day(value)
    except ValueError:
        pass
    problems.append(_wrong("as_at", value, "a date such as 2018-09-26, or None"))
    return None


def parse_day(text: str) -> dt.date:
    """Read a date written as 2018-09-26; ValueError for anything else."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


_TYPES = {str: "text", int: "a number", float: "a number", bool: "true or false", type(None): "nothing"}


def _wrong(name: str, value: Any, expected: str) -> Problem:
    return _problem(
        name,
        f"'{name}' is {shown(repr(value))}, {_TYPES.get(type(value), 'something else')}",
        expected,
        "write it so, with hyphens in dates",
    )


def _problem(name: str, found: str, expected: str, do: str) -> Problem:
    return Problem("parameter", f"parameter {name}", found, expected, do, code=ExitCode.UNKNOWN)
