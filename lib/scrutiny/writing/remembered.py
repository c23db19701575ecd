"""What is remembered of an indicator: how long it has been off target, what cannot be reported, what was restated."""

from __future__ import annotations

from functools import cached_property

from scrutiny.rating.memory import Run
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.around import Around
from scrutiny.writing.groups import Rules, is_unable
from scrutiny.writing.restated import RestatedFigures, restatements
from scrutiny.writing.told import cite
from scrutiny.writing.unable import UnableFacts, unable_before
from scrutiny.writing.words import PeriodWords, escape


class Remembered:
    """What of an indicator needs its own past, or the committee's previous paper; each is looked up when asked for."""

    _r: Reported
    _view: RatedView
    _around: Around
    _partner: Reported | None

    @property
    def id(self) -> str:
        """Its id."""
        return self._r.indicator.id

    @property
    def cited(self) -> tuple[str, ...]:
        """Its printed number, and that of the indicator told with it."""
        return (self._r.row.number, *([self._partner.row.number] if self._partner else []))

    @property
    def citation(self) -> str:
        """As the council cites it: ``No. 11``; ``Nos. 4 and 5`` where two are told as one item."""
        return cite(self.cited, self._view.council.citation) or escape(self._r.indicator.name)

    @cached_property
    def _past(self) -> Run:
        memory = self._view.memory
        return memory.run(self._view, self._r) if memory else Run(None, 0, None)

    @property
    def misses(self) -> int:
        """How many periods in a row it has been off target, this one included."""
        return self._past.misses

    @property
    def on_target_for(self) -> int:
        """How many periods in a row it has been on target, this one included."""
        return self._past.on_target_for

    @property
    def off_target_since(self) -> PeriodWords | None:
        """The first period of that run; None if it is not off target."""
        return PeriodWords(self._past.since) if self._past.off and self._past.since else None

    @property
    def on_target_since(self) -> PeriodWords | None:
        """The first period of that run; None if it is not on target."""
        return PeriodWords(self._past.since) if self._past.on_target_for and self._past.since else None

    @property
    def unable(self) -> UnableFacts | None:
        """Why it cannot be reported, and until when; None if it can."""
        if not is_unable(self._r):
            return None
        before = any(fact.id == self._r.indicator.id for fact in unable_before(self._around))
        return UnableFacts(self._r, self._view, before)

    @property
    def restated(self) -> RestatedFigures:
        """Its figures that were restated since the previous paper; in the first, since they were first given."""
        found = restatements(self._view, self._r, self._around)
        return RestatedFigures(found, self._view, self._around)

    @property
    def rating_moved(self) -> str:
        """``up`` or ``down`` since the previous paper, where that may be said; empty otherwise."""
        return Rules(self._view, self._around).moved(self._r)

    @property
    def new(self) -> bool:
        """Whether it is reported and was not before."""
        return Rules(self._view, self._around).new(self._r)

    @property
    def commentary(self) -> str:
        """The officers' commentary as text; empty if there is none."""
        return self._around.commentary(self._r.indicator.id)
