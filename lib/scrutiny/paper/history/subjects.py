"""Subjects: the indicators and views that two editions of a paper have in common, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypedDict

from scrutiny.data.frameworks import Row
from scrutiny.paper.history.editions import Edition
from scrutiny.rating.explain import target_words
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.facts import DAGGER
from scrutiny.writing.words import capitalised, listed


class Pair(NamedTuple):
    """A view of the one edition and the view of the other that it is compared with."""

    name: str
    before: RatedView
    now: RatedView

    def both(self) -> Iterator[tuple[Reported, Reported]]:
        """Every indicator that both hold, in the order of the newer view."""
        for here in self.now.rows:
            if then := self.before.find(here.indicator.id):
                yield then, here


def pairs(before: Edition, now: Edition) -> list[Pair]:
    """The views to compare: what the two papers report, and of the others those of the same framework and period.

    Last year's view of one paper and last year's of the next are different years, and are not compared.
    """
    found = []
    for name, view in now.views.items():
        then = before.views.get(name)
        if then is not None and (name == "current" or _same_place(then, view)):
            found.append(Pair(name, then, view))
    return found


def _same_place(one: RatedView, other: RatedView) -> bool:
    return (one.framework.id, one.period) == (other.framework.id, other.period)


class SubjectKeys(TypedDict):
    """The keys that everything said of an indicator has."""

    view: str
    id: str
    number: str
    name: str


def subject(view: str, r: Reported) -> SubjectKeys:
    """Who is spoken of."""
    return {"view": view, "id": r.indicator.id, "number": r.row.number, "name": r.indicator.name}


def agreed_target(row: Row, r: Reported) -> str:
    """A target of the whole year in words, with its profile, and † where it is illustrative."""
    words = target_words(row.target, r.indicator) + (DAGGER if row.target.illustrative else "")
    if not row.target.profile:
        return words
    return f"{words} ({', '.join(f'{part} {due}' for part, due in row.target.profile.items())})"


def agreed_widths(row: Row) -> str:
    """Tolerance and other widths of a row in words, with † where they are illustrative; ``none`` without any."""
    given = {"": row.tolerance, **row.widths}
    mark = DAGGER if row.tolerance_illustrative else ""
    said = [
        f"{width}{mark}" if name in ("", width.kind.value) else f"{name} {width}{mark}"
        for name, width in given.items()
        if width
    ]
    return ", ".join(said) or "none"


def illustrative(*sides: tuple[Row, Reported]) -> str:
    """Which targets and tolerances a council did not publish, as a sentence; empty where there is none."""
    said = []
    for row, r in sides:
        if row.target.illustrative:
            said.append(f"the target of {agreed_target(row, r)}")
        if row.tolerance_illustrative and row.target.exists:
            said.append(f"the tolerance of {agreed_widths(row)}")
    found = list(dict.fromkeys(said))
    if not found:
        return ""
    verb = "is" if len(found) == 1 else "are"
    return f"{capitalised(listed(found))} {verb} illustrative, not published by the council."
