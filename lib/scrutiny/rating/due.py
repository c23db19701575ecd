"""Which period's figure a paper reports, and whether it fell due in the paper's own period."""

from __future__ import annotations

import datetime as dt

from scrutiny.data.definitions import Frequency, Indicator
from scrutiny.periods import Kind, Period

_KINDS = {
    Frequency.MONTH: Kind.MONTH,
    Frequency.QUARTER: Kind.QUARTER,
    Frequency.YEAR: Kind.FINANCIAL_YEAR,
    Frequency.CALENDAR_YEAR: Kind.CALENDAR_YEAR,
    Frequency.ACADEMIC_YEAR: Kind.ACADEMIC_YEAR,
}


def containing(kind: Kind, day: dt.date) -> Period:
    """The month, quarter or year of a kind that a day lies in."""
    match kind:
        case Kind.MONTH:
            return Period(kind, day.year * 12 + day.month - 1)
        case Kind.QUARTER:
            year = day.year - (day.month < 4)
            return Period(kind, year * 4 + (day.month - 4) % 12 // 3)
        case Kind.FINANCIAL_YEAR:
            return Period(kind, day.year - (day.month < 4))
        case Kind.ACADEMIC_YEAR:
            return Period(kind, day.year - (day.month < 9))
        case Kind.CALENDAR_YEAR:
            return Period(kind, day.year)
        case Kind.SNAPSHOT:
            return Period(kind, day.toordinal())


def due(indicator: Indicator, reporting: Period) -> tuple[Period, bool]:
    """The period whose figure a paper reports, and whether it fell due in the paper's own period.

    Of an indicator's own kind of period, the last one that has ended by the end of the reporting period, less its
    declared arrears. It is not newly due where that end lies before the reporting period began: an annual figure in
    a first-quarter paper.
    """
    kind = _KINDS[indicator.frequency]
    last = containing(kind, reporting.end)
    if last.end > reporting.end:
        last = last.previous
    fell_due = last.end >= reporting.start
    return last.step(-indicator.arrears), fell_due
