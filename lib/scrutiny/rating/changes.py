"""From one framework to the next: what was retired, added, renumbered and given another target."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from scrutiny.data.frameworks import Framework, NoTarget, Row, Target
from scrutiny.rating.direction import Movement, Revised, rating_movement
from scrutiny.rating.table import RatedView, Reported

Edges = tuple[Decimal | None, Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Step:
    """One indicator in the framework before and in this one; None where it was not in it."""

    indicator: str
    before: Row | None
    now: Row | None

    @property
    def renumbered(self) -> bool:
        """Whether it is in both under different printed numbers."""
        return self.before is not None and self.now is not None and self.before.number != self.now.number

    @property
    def retargeted(self) -> bool:
        """Whether it is in both with targets that are known to differ."""
        return self.before is not None and self.now is not None and targets_differ(self.before, self.now)


def steps(before: Framework, now: Framework, day: dt.date, then: dt.date | None = None) -> list[Step]:
    """Lead from one framework to the next: the earlier one's order first, then what was added.

    Parameters
    ----------
    day
        The day as at which targets are read.
    then
        The day as at which those of the framework before are read; None: the same. With two days a framework can be led
        to itself, which shows what was revised within the year.
    """
    there = {row.indicator for row in before.rows}
    names = [row.indicator for row in before.rows]
    names += [row.indicator for row in now.rows if row.indicator not in there]
    return [_step(name, before.row(name), now.row(name), then or day, day) for name in names]


def _step(indicator: str, before: Row | None, now: Row | None, then: dt.date, day: dt.date) -> Step:
    return Step(indicator, before and before.as_at(then), now and now.as_at(day))


def _edges(target: Target) -> Edges | None:
    """The figures of a target: all empty where there is none, None where it was not published."""
    if target.none is NoTarget.NOT_PUBLISHED:
        return None
    if not target.exists:
        return None, None, None
    return target.at_least, target.at_most, target.close_to


def unstated(before: Row, now: Row, framework: Framework) -> bool:
    """Whether some targets of a framework were revised, and it is not known whether this one was."""
    known = [_edges(row.target) is not None and not row.target.illustrative for row in (before, now)]
    return framework.targets_revised and not all(known) and not targets_differ(before, now)


def targets_differ(before: Row, now: Row) -> bool:
    """Whether two rows are known to have different targets; one that was not published differs from nothing."""
    then, here = _edges(before.target), _edges(now.target)
    return then is not None and here is not None and then != here


def agreed(view: RatedView, r: Reported) -> Row:
    """The row of an indicator as the framework held it on the day, with the target of the whole year."""
    row = view.framework.row(r.indicator.id)
    return r.row if row is None else row.as_at(view.day)


def movement(before: RatedView, now: RatedView, indicator: str) -> Movement | None:
    """How the rating of an indicator moved between two views; None where one of them does not hold it."""
    then, here = before.find(indicator), now.find(indicator)
    if then is None or here is None:
        return None
    revised = target_revised(agreed(before, then), agreed(now, here), now.framework)
    return rating_movement(then.rating, here.rating, before.scheme, now.scheme, revised)


def target_revised(before: Row, now: Row, framework: Framework) -> Revised:
    """Whether the target of a row was revised: ``perhaps`` where some were and it is not stated which.

    Parameters
    ----------
    before
        The row that the earlier rating was given by.
    now, framework
        The row of this rating, and its framework.
    """
    if now.target.revised or targets_differ(before, now):
        return True
    return "perhaps" if framework.targets_revised else False
