"""Problems in plain words, and the exit codes that go with them.

A mistake that a user can make is never a traceback. Whatever finds one adds a `Problem` to a list,
goes on looking, and raises `ProblemError` with the whole list, so that everything is shown at once
and nothing is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal


class ExitCode(IntEnum):
    """What the command line returns; of several kinds of problem, the lowest code wins."""

    OK = 0
    USAGE = 2
    DEFINITIONS = 10
    DATA = 11
    UNKNOWN = 12
    RENDERING = 13
    SEALED_DIFFERS = 14
    CLAIM = 15
    REFUSED = 16
    BATCH = 17


WAIVED = "nothing: waived, "
"""How the remedy of a waived problem begins; the waiver's reason follows."""

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and what to do about it.

    Parameters
    ----------
    check
        Short stable name of the check, such as ``duplicate-row``; a waiver names it.
    where
        File, and line, row or key, relative to the project.
    found, expected, do
        What stands there, what should stand there, and the remedy, each a short phrase.
    severity
        Only errors stop a paper.
    code
        Exit code that this problem leads to.
    """

    check: str
    where: str
    found: str
    expected: str
    do: str
    severity: Severity = "error"
    code: ExitCode = ExitCode.DATA

    def __str__(self) -> str:
        """One line: where, what was found, what was expected, what to do."""
        return f"{self.where}: {self.found}. Expected: {self.expected}. What to do: {self.do}."


class ProblemError(Exception):
    """Raised with every problem found; carries the exit code of the command."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ProblemError], tuple[list[Problem]]]:
        """Survive the way between processes with the list intact."""
        return (ProblemError, (self.problems,))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows instead of a traceback: the problems, in words."""
        return [str(problem) for problem in self.problems]

    @property
    def code(self) -> ExitCode:
        """The lowest exit code among the errors (among all problems where none is an error)."""
        errors = [p for p in self.problems if p.severity == "error"] or self.problems
        return min((p.code for p in errors), default=ExitCode.OK)


def stop_on_errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the warnings and notes, or raise `ProblemError` with everything if one is an error."""
    listed = list(problems)
    if any(problem.severity == "error" for problem in listed):
        raise ProblemError(listed)
    return listed


def shown(text: str, most: int = 80) -> str:
    """Text of a file as a message quotes it: on one line, its beginning only where it is long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def without_folders(text: str) -> str:
    """Words of another program without the folders of this machine: only names of files are left."""
    import re

    return re.sub(r"(?:\b[A-Za-z]:)?(?<![\w.])(?:[/\\][\w.@+~-]+)+[/\\]", "", text)


def closest(word: str, known: Iterable[str]) -> str:
    """Say which known name is meant: ``did you mean 'x'?`` or a list of what there is."""
    import difflib

    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    return "there is " + ", ".join(names) if names else "there is none"
