"""What cannot be reported: why, until when, since when, and what the previous paper said of it."""

from __future__ import annotations

from scrutiny.data.store import Known
from scrutiny.periods import Period
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.around import Around
from scrutiny.writing.groups import is_unable
from scrutiny.writing.told import Told, cite
from scrutiny.writing.words import PeriodWords, escape


class UnableFacts:
    """What can be said of an indicator that cannot be reported.

    Attributes
    ----------
    id, number, title, name, citation
        Of the indicator, as printed.
    reason, expected
        As recorded, a date or period in words; `expected` is empty where no date or event was given.
    period, since
        The period for which there is no figure, and the first of the periods without one up to it.
    before
        Whether the previous paper listed it too.
    """

    def __init__(self, r: Reported, view: RatedView, before: bool = False) -> None:
        assert r.unable is not None
        self.id, self.cited, self.before = r.indicator.id, (r.row.number,), before
        self.number, self.title, self.name = r.row.number, escape(r.title), escape(r.indicator.name)
        self.citation = cite(self.cited, view.council.citation) or self.name
        self.reason, self.expected = escape(r.unable.reason), escape(_said(r.unable.expected))
        self.period = PeriodWords(r.period)
        known = view.memory.known if view.memory else None
        self.since = PeriodWords(_since(r.indicator.id, r.period, known))


def _said(expected: str) -> str:
    """A date or period as a reader says it; any other words as they stand."""
    try:
        return Period.parse(expected).label
    except ValueError:
        return expected


def _since(indicator: str, period: Period, known: Known | None) -> Period:
    while known is not None and (indicator, period.previous) in known.unable:
        period = period.previous
    return period


def unable_now(view: RatedView, around: Around) -> Told[UnableFacts]:
    """The indicators of a view that cannot be reported."""
    listed = {fact.id for fact in unable_before(around)}
    rows = [UnableFacts(r, view, r.indicator.id in listed) for r in view.rows if is_unable(r)]
    return Told(rows, view.council.citation)


def unable_before(around: Around) -> Told[UnableFacts]:
    """Those that the previous paper listed; none without one."""
    if around.earlier is None:
        return Told()
    view = around.earlier.current
    return Told((UnableFacts(r, view) for r in view.rows if is_unable(r)), view.council.citation)
