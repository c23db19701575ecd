"""Where an outturn lies against a benchmark: above, below or in line, and by polarity better or worse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scrutiny.data.definitions import Indicator, Polarity
from scrutiny.figures import Unit, gap_in_words, round_half_away

Lies = Literal["above", "below", "in_line"]
Judged = Literal["better", "worse", "similar", "not_judged"]
_NEUTRAL: dict[Lies, str] = {"above": "higher", "below": "lower", "in_line": "similar"}


@dataclass(frozen=True)
class BenchmarkPosition:
    """An outturn beside a benchmark, both as published.

    Parameters
    ----------
    arithmetic
        Above, below or in line.
    judgement
        Better, worse or similar; ``not_judged`` where neither higher nor lower is better.
    gap
        Outturn less benchmark, in the indicator's unit (arithmetic: positive is above, not better).
    words
        ``2 percentage points above, better``. Nothing is called significant here: that needs an interval.
    """

    arithmetic: Lies
    judgement: Judged
    gap: Decimal
    words: str


def position(
    value: Decimal, benchmark: Decimal, *, indicator: Indicator, decimals: int | None = None
) -> BenchmarkPosition:
    """Compare an outturn with a benchmark on the figures as published.

    Parameters
    ----------
    value, benchmark
        In the indicator's unit.
    indicator
        Gives unit and polarity.
    decimals
        Decimals at which both are compared; None for the indicator's own.

    Examples
    --------
    >>> reviews = Indicator(
    ...     id="reviews", title="Reviews on time", unit="percent", polarity="high_is_good", frequency="month"
    ... )
    >>> position(Decimal("94"), Decimal("92.1"), indicator=reviews).words
    '2 percentage points above, better'
    """
    places = indicator.decimals if decimals is None else decimals
    gap = round_half_away(value, places) - round_half_away(benchmark, places)
    lies: Lies = "in_line" if gap == 0 else "above" if gap > 0 else "below"
    judged = _judge(gap, indicator.polarity)
    return BenchmarkPosition(lies, judged, gap, _words(gap, lies, judged, indicator))


def _judge(gap: Decimal, polarity: Polarity) -> Judged:
    match Polarity(polarity):
        case Polarity.HIGH_IS_GOOD:
            better = gap
        case Polarity.LOW_IS_GOOD:
            better = -gap
        case Polarity.CLOSE_TO_TARGET | Polarity.NO_JUDGEMENT:
            return "not_judged"
    if better == 0:
        return "similar"
    return "better" if better > 0 else "worse"


def _words(gap: Decimal, lies: Lies, judged: Judged, indicator: Indicator) -> str:
    if judged == "not_judged":
        return f"{gap_in_words(gap, indicator.unit)} {_NEUTRAL[lies]}" if gap else _NEUTRAL[lies]
    if judged == "similar":
        return "in line"
    size = gap_in_words(gap, indicator.unit)
    if indicator.unit is Unit.RANK:
        return f"{size} {'ahead' if judged == 'better' else 'behind'}, {judged}"
    return f"{size} {lies}, {judged}"
