"""Definitions that change over time: a first state and dated versions, and which of them was known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from scrutiny.data.definitions import Change
from scrutiny.data.yamlfile import Document, KeyPath, read_yaml, validate
from scrutiny.errors import ExitCode, Problem

T = TypeVar("T", bound=BaseModel)
LASTING = ("id", "area", "known_on")
"""Keys that say which thing it is, and since when it is known: no version changes them."""


@dataclass(frozen=True)
class State(Generic[T]):
    """One state of a definition.

    Parameters
    ----------
    change
        What made it; None of the first.
    document
        Its file, with the lines in which this state says what it says.
    """

    value: T
    change: Change | None = None
    document: Document | None = None

    @property
    def known_on(self) -> dt.date | None:
        """The day on which it became known; None: it counts as known from the start."""
        return self.change.known_on if self.change else getattr(self.value, "known_on", None)


@dataclass(frozen=True)
class Dated(Generic[T]):
    """A definition with its further versions, oldest first."""

    base: T
    versions: tuple[State[T], ...] = ()
    document: Document | None = None

    @property
    def states(self) -> tuple[State[T], ...]:
        """Every state, oldest first."""
        return (State(self.base, document=self.document), *self.versions)

    @property
    def known_on(self) -> dt.date | None:
        """The day on which its first state became known; None: it counts as known from the start."""
        return self.states[0].known_on

    @property
    def latest(self) -> T:
        """Its last state, whenever it became known."""
        return self.states[-1].value

    def as_at(self, day: dt.date) -> T:
        """The state that was known on a day; the first one where none was yet: `known` says whether one was."""
        known = [state.value for state in self.versions if state.change and state.change.known_on <= day]
        return known[-1] if known else self.base

    def known(self, day: dt.date) -> T | None:
        """The state that was known on a day; None where even the first one became known later."""
        return self.as_at(day) if self.known_on is None or self.known_on <= day else None

    def changed_between(self, earlier: dt.date, later: dt.date, keys: Collection[str]) -> Change | None:
        """The last change of some keys that became known after one day and by another; None if there was none."""
        between = [
            state.change
            for state in self.versions
            if state.change
            and earlier < state.change.known_on <= later
            and not state.change.changes.keys().isdisjoint(keys)
        ]
        return between[-1] if between else None


def read_dated(path: Path, name: str, model: type[T]) -> tuple[Dated[T] | None, list[Problem]]:
    """Read a settings file with its `versions:`.

    Parameters
    ----------
    path, name
        The file, and how messages call it.
    model
        What each of its states must be. One that has `versions` of its own (a framework's row has) is read plainly.

    Returns
    -------
    tuple
        The definition, or None where its first state is wrong, with every problem of the file.
    """
    document, problems = read_yaml(path, name)
    if document is None:
        return None, problems
    raw = document.content.get("versions") or [] if isinstance(document.content, dict) else []
    if not isinstance(raw, list):
        problems.append(_no_list(document))
        raw = []
    plain = Document(document.name, _without_versions(document.content), document.lines)
    base, more = validate(plain, model)
    problems += more
    if base is None:
        return None, problems
    versions = tuple(_versions(document, plain.content, raw, base, problems))
    return Dated(base, versions, document), problems


def _without_versions(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    return {key: value for key, value in content.items() if key != "versions"}


def _versions(
    document: Document, content: dict[str, Any], raw: list[Any], base: T, problems: list[Problem]
) -> Iterator[State[T]]:
    """Each further version, in order of its day, validated as a whole."""
    changes = []
    for i, item in enumerate(raw):
        lines = {path[2:]: line for path, line in document.lines.items() if path[:2] == ("versions", i)}
        change, more = validate(Document(document.name, item, lines), Change)
        problems += more
        if change and not (wrong := [*_wrong(document, i, change, base)]):
            changes.append((change, lines))
        elif change:
            problems += wrong
    state: dict[str, Any] = content
    lines_of = document.lines
    for change, lines in sorted(changes, key=lambda pair: pair[0].known_on):
        state, lines_of = {**state, **change.changes}, _moved(lines_of, change, lines)
        stands = Document(document.name, state, lines_of)
        version, more = validate(stands, type(base))
        problems += more
        if version:
            yield State(version, change, stands)


def _moved(where: dict[KeyPath, int], change: Change, lines: dict[KeyPath, int]) -> dict[KeyPath, int]:
    """The lines of a state's keys: of those that a version changes, where it says them."""
    kept = {path: line for path, line in where.items() if not path or path[0] not in change.changes}
    return {
        **kept,
        **{path[1:]: line for path, line in lines.items() if path[:1] == ("changes",) and path[1:]},
    }


def _wrong(document: Document, place: int, change: Change, base: BaseModel) -> Iterator[Problem]:
    """A version that changes what lasts, or is known before the first state."""
    for key in LASTING:
        if key in change.changes:
            where = document.where(("versions", place, "changes", key))
            found, expected = f"a version changes '{key}'", "a key that can change"
            do = "begin another definition in a file of its own"
            yield _problem("lasting-key", where, found, expected, do)
    since = State(base).known_on
    if since is not None and change.known_on < since:
        where = document.where(("versions", place, "known_on"))
        found = f"{change.known_on}, before the first state became known ({since})"
        yield _problem("version-before-first", where, found, "a later day", "correct the day")


def _no_list(document: Document) -> Problem:
    return _problem(
        "wrong-value",
        document.where(("versions",)),
        "versions does not hold a list",
        "a list of dated versions, each with known_on, reason and changes",
        "begin each with a hyphen",
    )


def _problem(check: str, where: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, where, found, expected, do, code=ExitCode.DEFINITIONS)
