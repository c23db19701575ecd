"""What changed from the framework before: retired, added, renumbered and given another target."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scrutiny.data.definitions import Indicator
from scrutiny.data.frameworks import Framework, Row
from scrutiny.rating.changes import Step, steps
from scrutiny.rating.explain import target_words
from scrutiny.rating.table import RatedView
from scrutiny.writing.around import Around
from scrutiny.writing.told import Told, cite
from scrutiny.writing.words import DAGGER, escape, number_range


class Changed:
    """What can be said of an indicator's way from one framework to the next.

    Attributes
    ----------
    id, number, name, citation
        Of the indicator; the number is this framework's, or for one that was retired the last.
    before, now
        What changed: the numbers, or the targets in words; empty where it was only retired or added.
    reason, reported_in
        Why, and where a retired one is still to be found; empty if that is not recorded.
    """

    def __init__(self, indicator: str, number: str, name: str, view: RatedView) -> None:
        self.id, self.number, self.cited = indicator, number, (number,)
        self.name = escape(name)
        self.citation = cite((number,), view.council.citation) or self.name
        self.before = self.now = self.reason = self.reported_in = ""

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class Retired(Told[Changed]):
    """The indicators that a framework no longer holds."""

    def __init__(self, items: list[Changed], view: RatedView, before: Framework | None) -> None:
        super().__init__(items, view.council.citation)
        known = [row.number for row in before.rows] if before else []
        self._order = known or [item.number for item in items]

    def range(self, reason: str) -> str:
        """The numbers retired for one reason, neighbours as a range: ``1.3.2 to 1.3.4``."""
        return number_range([item.number for item in self if item.reason == reason], self._order)


class Changes:
    """From the framework before to the view's own, indicator by indicator.

    Parameters
    ----------
    view
        Whose framework it is.
    around
        Gives the framework before; without one only what the framework itself declares retired is known.
    """

    def __init__(self, view: RatedView, around: Around) -> None:
        self.view, self.around, self.before = view, around, around.framework
        self.steps = steps(self.before, view.framework, view.day) if self.before else []

    def name(self, indicator: str) -> str:
        """Short title of an indicator, whether the view holds it or not."""
        found = self.view.find(indicator)
        return found.indicator.name if found else (self.around.name_of(indicator) or indicator)

    def retired(self) -> Retired:
        """In the framework before and not in this one; without a framework before what this one declares."""
        declared = {entry.indicator: entry for entry in self.view.framework.retired}
        numbers = {step.indicator: step.before.number for step in self.steps if step.before and not step.now}
        if self.before is None:
            numbers = {entry.indicator: entry.number for entry in declared.values()}
        items = [Changed(one, number, self.name(one), self.view) for one, number in numbers.items()]
        for item in items:
            if entry := declared.get(item.id):
                item.reason, item.reported_in = entry.reason, entry.reported_in
        return Retired(items, self.view, self.before)

    def added(self) -> Told[Changed]:
        """In this framework and not in the one before."""
        return self._told(lambda step: step.before is None)

    def renumbered(self) -> Told[Changed]:
        """In both under different printed numbers."""
        found = self._told(lambda step: step.renumbered)
        rows = self._rows()
        for item in found:
            before, now = rows[item.id]
            item.before, item.now = before.number, now.number
        return found

    def retargeted(self) -> Told[Changed]:
        """In both, with targets that are known to differ."""
        found = self._told(lambda step: step.retargeted and self.view.find(step.indicator) is not None)
        rows = self._rows()
        shown = {r.indicator.id: r.indicator for r in self.view.rows}
        for item in found:
            before, now = rows[item.id]
            item.before, item.now = target_of(before, shown[item.id]), target_of(now, shown[item.id])
            item.reason = escape(now.target.reason)
        return found

    def _told(self, wanted: Callable[[Step], bool]) -> Told[Changed]:
        items = [
            Changed(step.indicator, step.now.number, self.name(step.indicator), self.view)
            for step in self.steps
            if step.now and wanted(step)
        ]
        return Told(items, self.view.council.citation)

    def _rows(self) -> Mapping[str, tuple[Row, Row]]:
        return {s.indicator: (s.before, s.now) for s in self.steps if s.before and s.now}


def target_of(row: Row, indicator: Indicator) -> str:
    """The target of a row in words, with † where it is illustrative."""
    return target_words(row.target, indicator) + (DAGGER if row.target.illustrative else "")
