"""Which figures follow each other: how many that should stand between two of them do not."""

from __future__ import annotations

from scrutiny.data.definitions import Indicator
from scrutiny.data.observations import Observation
from scrutiny.periods import Kind

_DAYS = {Kind.MONTH: 31, Kind.QUARTER: 92}


def usual_kind(kind: Kind, indicator: Indicator) -> Kind:
    """The kind of period; for figures of single days, how often they fall due."""
    return Kind(indicator.frequency.value) if kind is Kind.SNAPSHOT else kind


def missing(earlier: Observation, later: Observation, indicator: Indicator) -> int:
    """How many periods without a figure lie between two observations of one kind."""
    steps = later.period.index - earlier.period.index
    if later.period.kind is Kind.SNAPSHOT:
        steps = round(steps / _DAYS.get(usual_kind(Kind.SNAPSHOT, indicator), 365.25))
    return max(0, steps - 1)
