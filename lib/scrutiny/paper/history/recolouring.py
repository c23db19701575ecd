"""Recolouring: what another scheme or tolerance would make of a paper's ratings, as a document and as text."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from scrutiny.paper.history.compared import RatingState, Subject, canonical
from scrutiny.paper.history.lines import day, label
from scrutiny.paper.history.told import item
from scrutiny.paper.model import Named, Part
from scrutiny.writing.words import capitalised, in_words

SCHEMA_VERSION = "1.0"


class Recoloured(Subject):
    """A rating that would be another."""

    before: RatingState
    now: RatingState
    tolerance_before: str
    tolerance_now: str
    illustrative: str = Field(
        "", description="Which target or tolerance was not published by the council, with †"
    )


class Kept(Subject):
    """A rating that only the council can give: it published no figure, or no target, to rate again."""

    rating: str
    why: str


class Trial(Part):
    """The ratings of one rule, counted."""

    scheme: str
    counts: dict[str, int]
    not_rated: int


class Recolouring(Part):
    """What another rule would make of the ratings that a paper reports."""

    schema_version: str = SCHEMA_VERSION
    council: Named
    committee: Named
    date: str
    title: str
    as_at: str
    period: str = Field(description="Of the view 'current', in words")
    tolerances: dict[str, str] = Field(
        description="Tried tolerances by indicator; under the empty name that of every indicator that has one"
    )
    before: Trial
    now: Trial
    changed: list[Recoloured]
    unchanged: int = Field(
        description="Indicators that would have the same word, or be not rated for the same reason"
    )
    kept: list[Kept]

    def canonical(self) -> str:
        """The document as text: sorted keys, UTF-8, one line feed at the end."""
        return canonical(self)


def told(found: Recolouring) -> str:
    """A recolouring as plain text, its lines at most 100 characters long."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Recolouring) -> Iterator[str]:
    about = f"{found.title}, {found.period}, as known on {day(found.as_at)}"
    yield from item(f"What another rule would change: {found.council.name}, {found.committee.name}", "")
    yield from item(about, "")
    yield "A trial: no figure, target or paper is changed."
    yield ""
    for name, trial in (("before:  ", found.before), ("tried:   ", found.now)):
        yield from item(f"{trial.scheme}: {_counted(trial)}", name)
    for name, width in found.tolerances.items():
        yield from item(f"{width} for {name or 'every indicator that has a tolerance'}", "         ")
    yield ""
    yield from item(_in_short(found), "")
    for one in found.changed:
        yield ""
        yield from _changed(one)
    if found.kept:
        yield ""
        yield "Not rated again"
        for kept in found.kept:
            yield from item(f"{label(kept)}: {kept.rating}, {kept.why}", "  * ")


def _counted(trial: Trial) -> str:
    said = [f"{count} {word}" for word, count in trial.counts.items()]
    return ", ".join([*said, f"{trial.not_rated or 'none'} not rated"])


def _in_short(found: Recolouring) -> str:
    changed = len(found.changed)
    total = changed + found.unchanged + len(found.kept)
    if not changed:
        return "No rating would change."
    return f"{capitalised(in_words(changed))} of {in_words(total)} ratings would change."


def _changed(one: Recoloured) -> Iterator[str]:
    before, now = (f"{state.symbol} {state.word}" for state in (one.before, one.now))
    yield from item(f"{label(one)}: from {before} to {now}", "  * ")
    if one.tolerance_before != one.tolerance_now:
        yield from item(f"Tolerance: from {one.tolerance_before} to {one.tolerance_now}", "    ")
    yield from item(f"Before: {one.before.reason}", "    ")
    yield from item(f"Tried: {one.now.reason}", "    ")
    yield from item(one.illustrative, "    ")
