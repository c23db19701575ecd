"""Where things stand in a chart: ticks, and labels that keep clear of each other. Numbers only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Decimal

from scrutiny.data.definitions import Indicator
from scrutiny.figures import Unit, plain, published
from scrutiny.periods import Kind, Period

MOST_TICKS = 5
_FROM_ZERO = Decimal("0.4")
_STEPS = {
    Kind.MONTH: (1, 2, 3, 6, 12, 24),
    Kind.QUARTER: (1, 2, 4, 8, 12),
}
_EVERY = (1, 2, 3, 4, 5, 6, 10, 12, 20)


def value_ticks(values: Sequence[Decimal], indicator: Indicator) -> list[Decimal]:
    """Choose round figures for the axis, lowest first; the first lies at or below every value.

    Steps are 1, 2 or 5 times a power of ten, and there are five figures at most. Where the lowest
    value is small beside the highest the axis starts at 0; a ranking starts at 1.

    Parameters
    ----------
    values
        What the chart has to hold, in the indicator's unit; at least one.

    Examples
    --------
    >>> uptake = Indicator(id="a", title="A", unit="percent", polarity="high_is_good", frequency="quarter")
    >>> [str(tick) for tick in value_ticks([Decimal("80.5"), Decimal(91)], uptake)]
    ['80', '85', '90']
    """
    low, high = min(values), max(values)
    finest = Decimal(1).scaleb(-indicator.decimals)
    if low == high:
        pad = max(abs(high) / 20, finest)
        low, high = low - pad, high + pad
    if min(values) >= 0 and low <= high * _FROM_ZERO:
        low = Decimal(0)
    if indicator.unit is Unit.PERCENT and max(values) <= 100:
        high = min(high, Decimal(100))
    ticks = _ticks(low, high, finest)
    if indicator.unit is Unit.RANK and ticks[0] < 1:
        ticks = [Decimal(1), *(tick for tick in ticks if tick > 1)]
    return ticks


def _ticks(low: Decimal, high: Decimal, finest: Decimal) -> list[Decimal]:
    power = max(Decimal(1).scaleb((high - low).adjusted() - 1), finest)
    for factor in (1, 2, 5, 10, 20, 50, 100):
        step = power * factor
        first = (low / step).to_integral_value(rounding=ROUND_FLOOR)
        last = (high / step).to_integral_value(rounding=ROUND_FLOOR)
        if last - first < MOST_TICKS:
            break
    return [step * count for count in range(int(first), int(last) + 1)]


def tick_words(tick: Decimal, indicator: Indicator) -> str:
    """Write a figure of the axis: ``85%``, ``£500``, ``1st``; other units stand above the axis."""
    if indicator.unit in (Unit.PERCENT, Unit.POUNDS, Unit.RANK):
        return published(tick, indicator.unit)
    return plain(tick, trailing_zeros=False)


def period_ticks(
    periods: Sequence[Period],
    room: Callable[[Sequence[Period]], bool],
) -> list[Period]:
    """Choose the periods that are named below a chart: the last one, and as many before as fit.

    Months and quarters step by whole years, halves or quarters of them, so that like stands below
    like; days by every second, third … of the days that there are.

    Parameters
    ----------
    periods
        Those shown, oldest first, of one kind.
    room
        Whether the names of some periods fit beside each other.
    """
    last = periods[-1]
    ticks = [last]
    for step in _STEPS.get(last.kind, _EVERY):
        ticks = list(periods[::-1][::step]) if last.kind is Kind.SNAPSHOT else _back(periods, step)
        if room(ticks):
            break
    else:
        ticks = [last]
    return sorted(ticks)


def _back(periods: Sequence[Period], step: int) -> list[Period]:
    count = (periods[-1].index - periods[0].index) // step
    return [periods[-1].step(-step * place) for place in range(count + 1)]


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float, gap: float = 1.0
) -> list[float]:
    """Move labels apart so that none covers another, each as near as can be to where it belongs.

    Parameters
    ----------
    wanted
        Middle of each label.
    heights
        Height of each label.
    low, high
        Between which they must stay, where there is room for all.
    gap
        Least distance between two labels.

    Returns
    -------
    list of float
        New middles, in the order in which the labels came.

    Examples
    --------
    >>> spread([50, 51, 90], [10, 10, 10], 0, 100, gap=0)
    [45.5, 55.5, 90.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[tuple[list[int], float]] = []  # labels that touch, and where their foot stands
    for i in order:
        members = [i]
        foot = _foot(members, wanted, heights, low, high, gap)
        while groups and groups[-1][1] + _height(groups[-1][0], heights, gap) + gap > foot:
            members = groups.pop()[0] + members
            foot = _foot(members, wanted, heights, low, high, gap)
        groups.append((members, foot))
    found = [0.0] * len(wanted)
    for members, foot in groups:
        for i in members:
            found[i] = foot + heights[i] / 2
            foot += heights[i] + gap
    return found


def _height(members: Sequence[int], heights: Sequence[float], gap: float) -> float:
    return sum(heights[i] for i in members) + gap * (len(members) - 1)


def _foot(
    members: Sequence[int],
    wanted: Sequence[float],
    heights: Sequence[float],
    low: float,
    high: float,
    gap: float,
) -> float:
    """Where labels that touch begin, so that on average they stand where they belong."""
    offset, feet = 0.0, []
    for i in members:
        feet.append(wanted[i] - heights[i] / 2 - offset)
        offset += heights[i] + gap
    foot = sum(feet) / len(feet)
    return max(low, min(foot, high - _height(members, heights, gap)))
