"""XmR charts: the limits within which a steady process moves, and the points that show that something changed.

The rules are those of NHS "Making Data Count", as in NHSRplotthedots 0.2.2 (R/ptd_spc_standard.R and
R/ptd_calculate_point_type.R); where this project departs from them is on the page of deviations. A missing figure is
None: nothing runs across it, and no range is taken over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Literal

from scrutiny.data.definitions import Polarity
from scrutiny.data.frameworks import Target
from scrutiny.figures import RATES, Unit

LIMIT = Decimal("2.66")
"""Average moving ranges from the mean to a limit."""
SCREEN = Decimal("3.267")
"""Times their average from which a moving range is left out."""
RUN = 7
"""Points that make a shift or a trend, and the fewest of which anything is said."""
TRIAL_BELOW = 12
"""Fewer points than this make trial limits."""

Values = Sequence[Decimal | None]
Kind = Literal["improving", "concerning", "high", "low"]
Assurance = Literal["consistently_meets", "consistently_misses", "hit_and_miss"]


class Rule(StrEnum):
    """What singles a point out; where several do, the first of them counts."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_IN_THREE = "two_in_three"
    SHIFT = "shift"


@dataclass(frozen=True)
class Limits:
    """Centre and limits of a stretch of points, in the unit of the points and not rounded.

    Parameters
    ----------
    mean
        The centre.
    lower, upper
        Beyond them a point is outside.
    near_lower, near_upper
        Two thirds of the way from the mean to the limits.
    points
        How many points they rest on.
    """

    mean: Decimal
    lower: Decimal
    upper: Decimal
    near_lower: Decimal
    near_upper: Decimal
    points: int

    @property
    def trial(self) -> bool:
        """Whether they rest on fewer than 12 points, and will move with each further one."""
        return self.points < TRIAL_BELOW


@dataclass(frozen=True)
class Cause:
    """Why a point is singled out (special cause).

    Parameters
    ----------
    rule
        The first rule that held.
    high
        Whether towards higher figures: above the mean, or rising.
    length
        How many points in a row had held to the rule by this one, it included: all on one side, all rising. Of two in
        three, how many of the last three lie near the limit; 1 for a point outside.
    """

    rule: Rule
    high: bool
    length: int = 1


def limits(values: Values, *, baseline: int | None = None, screen: bool = True) -> Limits | None:
    """Centre and limits of a stretch of points.

    The centre is the mean of the baseline's points, the limits lie 2.66 average moving ranges from it. Moving ranges
    of 3.267 times their average or more are left out, once, and the average is taken again.

    Parameters
    ----------
    values
        Oldest first, in one unit; None where a period has no figure.
    baseline
        How many points make the limits, from the first on; None: all of them.
    screen
        Whether large moving ranges are left out; the NHS Excel tool keeps them.

    Returns
    -------
    Limits or None
        None where no two points follow each other, so that there is no moving range.

    Source: NHSRplotthedots, R/ptd_spc_standard.R; the screening after Nelson 1982.

    Examples
    --------
    >>> found = limits([Decimal(figure) for figure in (4, 6, 4, 6)])
    >>> f"{found.mean}, {found.lower} to {found.upper}"
    '5, -0.32 to 10.32'
    """
    used = _first(values, baseline)
    points = [value for value in used if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(used) if a is not None and b is not None]
    if not ranges:
        return None
    if screen:
        ranges = _screened(ranges)
    mean = Fraction(sum(points, Decimal(0))) / len(points)
    reach = Fraction(LIMIT) * Fraction(sum(ranges, Decimal(0))) / len(ranges)
    centre, lower, upper = _decimal(mean), _decimal(mean - reach), _decimal(mean + reach)
    near_lower, near_upper = _decimal(mean - reach * 2 / 3), _decimal(mean + reach * 2 / 3)
    return Limits(centre, lower, upper, near_lower, near_upper, len(points))


def _first(values: Values, count: int | None) -> Values:
    """The values up to the one that makes the count of points full."""
    if count is None:
        return values
    places = [place for place, value in enumerate(values) if value is not None]
    return values if len(places) <= count else values[: places[count - 1] + 1]


def _screened(ranges: list[Decimal]) -> list[Decimal]:
    """The moving ranges without those of 3.267 times the average or more; all of them where nothing moves."""
    bound = SCREEN * sum(ranges, Decimal(0))
    if not bound:
        return ranges
    return [one for one in ranges if one * len(ranges) < bound]


def _decimal(exact: Fraction) -> Decimal:
    """The value rounded once, so that a point on a limit is found to be on it."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


_FROM_0 = (Unit.COUNT, *RATES, Unit.DAYS, Unit.WEEKS, Unit.AVERAGE)


def drawn(found: Limits, unit: Unit) -> tuple[Decimal, Decimal]:
    """The lower and the upper limit as they are drawn and said: of a percentage inside 0 to 100.

    Counts, rates, averages and lengths of time are drawn from 0 on, too. No figure is judged by these.
    """
    lower, upper = found.lower, found.upper
    if unit is Unit.PERCENT:
        return max(lower, Decimal(0)), min(upper, Decimal(100))
    return (max(lower, Decimal(0)), upper) if unit in _FROM_0 else (lower, upper)


def causes(values: Values, found: Limits) -> list[Cause | None]:
    """Why each point of a stretch is singled out; None for one that is not, and for a missing one.

    A point strictly outside a limit; 7 or more points running all rising or all falling; 2 of 3 consecutive points
    between a near limit and the limit with all three on one side of the mean; 7 or more points running on one side of
    it. A point on the mean ends a run on one side, a tie ends a trend, a missing figure ends both.

    Parameters
    ----------
    values
        As for `limits`.
    found
        Their limits.

    Source: NHSRplotthedots, R/ptd_calculate_point_type.R.
    """
    singled: list[Cause | None] = [None] * len(values)
    for rule in (_shifts, _two_in_three, _trends, _outside):  # the last one has the last word
        for place, cause in rule(values, found):
            singled[place] = cause
    return singled


def _sides(values: Values, found: Limits) -> list[int]:
    """On which side of the mean each point lies: 1, -1, or 0 on it and where there is none."""
    return [0 if value is None else _sign(value - found.mean) for value in values]


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _runs(signs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Each run of one sign other than 0: the sign, the first place, and the length."""
    start = 0
    for sign, group in groupby(signs):
        length = len(list(group))
        if sign:
            yield sign, start, length
        start += length


def _outside(values: Values, found: Limits) -> Iterator[tuple[int, Cause]]:
    for place, value in enumerate(values):
        if value is not None and not found.lower <= value <= found.upper:
            yield place, Cause(Rule.OUTSIDE, value > found.upper)


def _trends(values: Values, found: Limits) -> Iterator[tuple[int, Cause]]:
    """A point that ends one trend and begins another belongs to the later one."""
    steps = [0 if a is None or b is None else _sign(b - a) for a, b in pairwise(values)]
    for sign, start, length in _runs(steps):
        if length >= RUN - 1:
            for place in range(length + 1):
                yield start + place, Cause(Rule.TREND, sign > 0, place + 1)


def _two_in_three(values: Values, found: Limits) -> Iterator[tuple[int, Cause]]:
    sides = _sides(values, found)
    near = [
        value is not None
        and (found.lower <= value < found.near_lower or found.near_upper < value <= found.upper)
        for value in values
    ]
    for start in range(len(values) - 2):
        window = range(start, start + 3)
        close = [place for place in window if near[place]]
        if abs(sum(sides[place] for place in window)) == 3 and len(close) >= 2:
            for place in close:
                yield place, Cause(Rule.TWO_IN_THREE, sides[place] > 0, len(close))


def _shifts(values: Values, found: Limits) -> Iterator[tuple[int, Cause]]:
    for sign, start, length in _runs(_sides(values, found)):
        if length >= RUN:
            for place in range(length):
                yield start + place, Cause(Rule.SHIFT, sign > 0, place + 1)


def judged(cause: Cause, polarity: Polarity) -> Kind:
    """What a special cause means: improving or concerning by polarity; high or low where neither way is better.

    Where closeness to a target is better, high and low are said too: how close is a matter of the target.

    Raises
    ------
    ValueError
        If the polarity is unknown.
    """
    known = Polarity(polarity)
    if known in (Polarity.NO_JUDGEMENT, Polarity.CLOSE_TO_TARGET):
        return "high" if cause.high else "low"
    return "improving" if cause.high == (known is Polarity.HIGH_IS_GOOD) else "concerning"


def assurance(found: Limits, target: Target, polarity: Polarity) -> Assurance | None:
    """Say whether a process that stays as it is will meet its target.

    Where the target lies beyond a limit the process will consistently meet it, or consistently miss it; otherwise,
    and on a limit, hit and miss. Of a range only the edge counts that the gap is measured from, as in a rating. Close
    to a target, both limits must lie inside the range to meet it; a single figure to stay close to can never be met
    consistently, only missed.

    Parameters
    ----------
    found
        The latest limits.
    target
        In the same unit.
    polarity
        Which way is better.

    Returns
    -------
    Assurance or None
        None without a target, or where neither way is better.

    Source: NHSRplotthedots, R/ptd_calculate_assurance_type.R; ranges and closeness are this project's own.
    """
    known = Polarity(polarity)
    if not target.exists or known is Polarity.NO_JUDGEMENT:
        return None
    low, high = (target.close_to, target.close_to) if target.close_to is not None else _edges(target, known)
    if (low is not None and found.upper < low) or (high is not None and found.lower > high):
        return "consistently_misses"
    inside = (low is None or low < found.lower) and (high is None or found.upper < high)
    return "consistently_meets" if inside else "hit_and_miss"


def _edges(target: Target, polarity: Polarity) -> tuple[Decimal | None, Decimal | None]:
    """The lower and the upper edge that count: beyond the better edge of a range the target is still met."""
    if polarity is Polarity.HIGH_IS_GOOD:
        return target.at_least, None
    if polarity is Polarity.LOW_IS_GOOD:
        return None, target.at_most
    return target.at_least, target.at_most
