"""Recent trend as OHID Fingertips tells it: whether the five latest figures rise or fall by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import prod
from typing import Literal, TypeVar

from scrutiny.data.definitions import Indicator
from scrutiny.figures import Unit
from scrutiny.rating.intervals import PER, Interval, Z, interval

POINTS = 5
CHI_SQUARED = Decimal("9.54953570608324")
"""The 99.8% point of the chi-squared distribution with one degree of freedom."""

Trend = Literal["increasing", "decreasing", "no_significant_change"]
T = TypeVar("T")
Counts = tuple[Decimal | None, Decimal | None]
"""Numerator and denominator; None where it is not known."""


class NoTrend(StrEnum):
    """Why a recent trend cannot be calculated."""

    NO_FIGURE = "no_figure"
    FEW_POINTS = "few_points"
    GAP = "gap"
    NO_COUNTS = "no_counts"
    A_COUNT = "a_count"
    NO_SHARE = "no_share"
    NO_CASES = "no_cases"
    ALL_OR_NONE = "all_or_none"
    UNSOUND_COUNTS = "unsound_counts"

    @property
    def words(self) -> str:
        """The reason for readers."""
        return _WORDS[self]


_WORDS = {
    NoTrend.NO_FIGURE: "there is no figure for the period",
    NoTrend.FEW_POINTS: "five figures, each a year after the one before, are not known yet",
    NoTrend.GAP: "one of its last five figures a year apart is missing",
    NoTrend.NO_COUNTS: "numerator or denominator is not recorded for each of five figures",
    NoTrend.A_COUNT: "it is told of shares and rates, not of counts",
    NoTrend.NO_SHARE: "it is told of shares and rates of counted cases only",
    NoTrend.NO_CASES: "numerator and denominator do not count cases",
    NoTrend.ALL_OR_NONE: "one of its last five figures is of all cases, or of none",
    NoTrend.UNSOUND_COUNTS: "numerator and denominator are not a share of whole cases",
}


@dataclass(frozen=True)
class RecentTrend:
    """What the test found.

    Parameters
    ----------
    trend
        Increasing or decreasing only where the test is passed and no single point makes the trend.
    chi_squared
        The test's figure, with one degree of freedom, not rounded.
    """

    trend: Trend
    chi_squared: Decimal


def recent_trend(points: Sequence[Counts | None], indicator: Indicator) -> RecentTrend | NoTrend:
    """Test the five latest points for a trend.

    Increasing or decreasing where chi-squared for trend is over 9.54953570608324 (99.8%) *and* the slope keeps its sign
    when each point is left out in turn; otherwise no significant change. A slope of exactly 0 has no sign.

    - A percentage: chi-squared for trend over the counts; the slope is that of the log odds.
    - A rate: a regression weighted by the 95% intervals (Byar, exact Poisson below 10).

    Parameters
    ----------
    points
        Numerator and denominator, oldest first and equally far apart in time; None where a period has no figure. Only
        the last five count.
    indicator
        Gives the unit, and whether the counts count cases.

    Returns
    -------
    RecentTrend or NoTrend
        What was found, or why it cannot be calculated.

    Source: OHID, Fingertips Public Health Technical Guidance, Trend markers; PHEindicatormethods, R/TrendMarkers.R.

    Examples
    --------
    >>> counts = zip((994, 1023, 1199, 1332, 1367), (40299, 41527, 42811, 44064, 44701))
    >>> share = Indicator(id="a", title="A", unit="percent", polarity="no_judgement", frequency="year")
    >>> recent_trend([(Decimal(n), Decimal(d)) for n, d in counts], share).trend
    'increasing'
    """
    if indicator.unit not in PER:
        return NoTrend.A_COUNT if indicator.unit is Unit.COUNT else NoTrend.NO_SHARE
    if not indicator.counts_cases:
        return NoTrend.NO_CASES
    found = _five(points)
    if isinstance(found, NoTrend):
        return found
    return _of_shares(found) if indicator.unit is Unit.PERCENT else _of_rates(found, indicator)


@dataclass(frozen=True)
class _Point:
    """A count and what it is out of, at a time; times count 1, 2, …"""

    time: int
    count: Decimal
    out_of: Decimal


def _five(points: Sequence[Counts | None]) -> list[_Point] | NoTrend:
    """The last five points, each with both its counts."""
    last = points[-POINTS:]
    if len(last) < POINTS:
        return NoTrend.FEW_POINTS
    found = []
    for time, point in enumerate(last, start=1):
        if point is None:
            return NoTrend.GAP
        count, out_of = point
        if count is not None and out_of is not None:
            found.append(_Point(time, count, out_of))
    if len(found) < POINTS:
        return NoTrend.NO_COUNTS
    whole = all(p.count == int(p.count) and p.out_of == int(p.out_of) for p in found)
    sound = whole and all(p.count >= 0 and p.out_of > 0 for p in found)
    return found if sound else NoTrend.UNSOUND_COUNTS


def _each_left_out(points: Sequence[T]) -> list[list[T]]:
    """All points, and then all but one, for each of them."""
    return [list(points), *([*points[:i], *points[i + 1 :]] for i in range(len(points)))]


def _of_shares(points: list[_Point]) -> RecentTrend | NoTrend:
    if any(p.count > p.out_of for p in points):
        return NoTrend.UNSOUND_COUNTS
    if any(p.count in (0, p.out_of) for p in points):
        return NoTrend.ALL_OR_NONE
    return _tested(_chi_squared(points), [_log_odds_sign(some) for some in _each_left_out(points)])


def _chi_squared(points: list[_Point]) -> Fraction:
    """Chi-squared for trend, exactly: Armitage's test, with the times as scores."""
    count, out_of = (sum(int(getattr(p, name)) for p in points) for name in ("count", "out_of"))
    counts_by_time = sum(int(p.count) * p.time for p in points)
    out_of_by_time = sum(int(p.out_of) * p.time for p in points)
    by_square = sum(int(p.out_of) * p.time**2 for p in points)
    above = out_of * (out_of * counts_by_time - count * out_of_by_time) ** 2
    return Fraction(above, count * (out_of - count) * (out_of * by_square - out_of_by_time**2))


def _log_odds_sign(points: list[_Point]) -> int:
    """The sign of the slope of the log odds: a weighted sum of logarithms is one of a product, which is exact."""
    middle = sum(p.time for p in points)
    odds = prod(
        Fraction(int(p.count), int(p.out_of - p.count)) ** (len(points) * p.time - middle) for p in points
    )
    return (odds > 1) - (odds < 1)


def _of_rates(points: list[_Point], indicator: Indicator) -> RecentTrend:
    """A regression of the rates on time, each weighted by the width of its interval."""
    weighted = []
    for p in points:
        found = interval(p.count, p.out_of, indicator)
        assert isinstance(found, Interval)  # the counts are sound
        deviation = Fraction(found.upper - found.lower) / (2 * Fraction(Z))
        rate = Fraction(p.count) / Fraction(p.out_of) * PER[indicator.unit]
        weighted.append((p.time, rate, 1 / (deviation * deviation)))
    slopes = [_slope(some) for some in _each_left_out(weighted)]
    return _tested(slopes[0][1], [(slope > 0) - (slope < 0) for slope, _ in slopes])


def _slope(weighted: list[tuple[int, Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    """The slope of a weighted regression, and its square over its variance."""
    total = sum((w for _, _, w in weighted), Fraction(0))
    by_time = sum((w * t for t, _, w in weighted), Fraction(0))
    by_square = sum((w * t * t for t, _, w in weighted), Fraction(0))
    by_rate = sum((w * y for _, y, w in weighted), Fraction(0))
    by_both = sum((w * t * y for t, y, w in weighted), Fraction(0))
    spread = total * by_square - by_time * by_time
    slope = (total * by_both - by_time * by_rate) / spread
    return slope, slope * slope * spread / total


def _tested(chi_squared: Fraction, signs: list[int]) -> RecentTrend:
    """What follows from chi-squared and the signs of the slopes, the whole one first."""
    figure = Decimal(chi_squared.numerator) / Decimal(chi_squared.denominator)
    if chi_squared <= Fraction(CHI_SQUARED) or len(set(signs)) > 1:
        return RecentTrend("no_significant_change", figure)
    return RecentTrend("increasing" if signs[0] > 0 else "decreasing", figure)
