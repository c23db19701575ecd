"""Draw the figures of a measure: a level, seeded noise, and sums where the basis asks for them.

Noise is made of whole numbers and decimals only, so that it is the same on every machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from random import Random

from making.recipe import Measure, Series
from scrutiny.figures import round_half_away
from scrutiny.periods import Kind, Period

SEED = "exampleshire 2026"
PER = {"percent": 100, "rate_per_10000": 10_000}
SUMMED = ("count", "pounds")
FIRST_LAST = {
    "month": ("2021-04", "2026-04"),
    "quarter": ("FY2021-22-Q1", "FY2025-26-Q4"),
    "year": ("FY2021-22", "FY2025-26"),
    "academic_year": ("AY2020-21", "AY2024-25"),
    "calendar_year": ("CY2020", "CY2025"),
}
YEAR_BEFORE = {"month": 12, "quarter": 4}


@dataclass(frozen=True)
class Figure:
    """A figure as written, with its counts where it has them."""

    value: str
    numerator: str = ""
    denominator: str = ""
    per: int = 0
    decimals: int = 0

    def without(self, missing: str) -> Figure:
        """The figure before some cases (or units) were added."""
        if not self.denominator:
            return Figure(str(Decimal(self.value) - Decimal(missing)))
        fewer = int(self.numerator) - int(missing)
        return ratio(fewer, int(self.denominator), self.per, self.decimals)


def ratio(numerator: int, denominator: int, per: int, decimals: int) -> Figure:
    """A share or rate that follows from its counts."""
    value = round_half_away(Decimal(numerator) * per / denominator, decimals)
    return Figure(str(value), str(numerator), str(denominator), per, decimals)


def noise(chance: Random, spread: str) -> Decimal:
    """About normal round 0, with a standard deviation of `spread`."""
    total = sum(chance.getrandbits(16) for _ in range(12))
    return Decimal(spread) * (total - 6 * 65535) / 65535


def level(series: Series, period: Period) -> Decimal:
    """The level of the path in a period, with its season."""
    points = [(Period.parse(text).index, Decimal(at)) for text, at in series.path.items()]
    now = period.index
    found = points[0][1] if now <= points[0][0] else points[-1][1]
    for (left, low), (right, high) in pairwise(points):
        if left <= now < right:
            found = low + (high - low) * (now - left) / (right - left)
    season = period.index % 4 + 1 if period.kind is Kind.QUARTER else period.start.month
    return found + Decimal(series.season.get(str(season), "0"))


def covered(frequency: str, before: int = 0) -> list[Period]:
    """Every period of a frequency that the figures cover, and some before the first."""
    first, last = (Period.parse(text) for text in FIRST_LAST[frequency])
    return [first.step(i) for i in range(-before, last.index - first.index + 1)]


def figures(measure: Measure) -> Iterator[tuple[Period, Figure]]:
    """Each published period with its figure; gaps are left out."""
    series, frequency = measure.series, measure.frequency
    chance = Random(f"{SEED}: {measure.id}")
    before = YEAR_BEFORE.get(frequency, 0)
    every = covered(frequency, before)
    drawn = [_draw(measure, period, chance) for period in every]
    begins = max(every[before], Period.parse(next(iter(series.path))))
    for i, period in enumerate(every):
        if period < begins or str(period) in series.gaps:
            continue
        if str(period) in series.fixed:
            yield period, _fixed(measure, series.fixed[str(period)])
        else:
            yield period, _together(measure, drawn[i + 1 - _reach(measure, period) : i + 1])


def _reach(measure: Measure, period: Period) -> int:
    """How many periods one figure covers."""
    if measure.basis == "rolling_12_months":
        return YEAR_BEFORE[measure.frequency]
    if measure.basis != "year_to_date":
        return 1
    april = period.financial_year.start
    since = (period.start.year - april.year) * 12 + period.start.month - april.month
    return since // 3 + 1 if period.kind is Kind.QUARTER else since + 1


def _draw(measure: Measure, period: Period, chance: Random) -> tuple[Decimal, int]:
    """One period's own level, or count, with its denominator (0: none)."""
    series = measure.series
    at = level(series, period) + noise(chance, series.spread)
    if series.base is None:
        return at, 0
    usual, stray = series.base
    denominator = int(round_half_away(usual + noise(chance, str(stray)), 0))
    cases = round_half_away(at * denominator / PER[measure.unit], 0)
    return min(max(cases, Decimal(0)), Decimal(denominator)), denominator


def _together(measure: Measure, drawn: list[tuple[Decimal, int]]) -> Figure:
    """One figure for some periods: a ratio of sums, a sum, or a mean."""
    if measure.series.base is not None:
        cases = int(sum(n for n, _ in drawn))
        return ratio(cases, sum(d for _, d in drawn), PER[measure.unit], measure.decimals)
    if measure.unit in SUMMED:
        step = Decimal(measure.series.step)
        whole = (round_half_away(n / step, 0) * step for n, _ in drawn)
        return Figure(str(sum(max(n, Decimal(0)) for n in whole)))
    mean = sum((n for n, _ in drawn), Decimal(0)) / len(drawn)
    return Figure(str(round_half_away(mean, measure.decimals)))


def _fixed(measure: Measure, written: str) -> Figure:
    """A figure given exactly."""
    if "/" in written:
        numerator, denominator = (int(part) for part in written.split("/"))
        return ratio(numerator, denominator, PER[measure.unit], measure.decimals)
    return Figure(written)


def elsewhere(measure: Measure, period: Period, offset: str, area: str) -> str:
    """What another area publishes: the council's own mean level in that time, some way off."""
    chance = Random(f"{SEED}: {measure.id} {area} {period}")
    first = _year_to(period.end) if period.kind is not Kind.QUARTER else period.start
    within = [p for p in covered(measure.frequency) if first <= p.end <= period.end]
    mean = sum((level(measure.series, p) for p in within), Decimal(0)) / len(within)
    strayed = noise(chance, "0.2") if offset != "0" else Decimal(0)
    return str(round_half_away(mean + Decimal(offset) + strayed, measure.decimals))


def _year_to(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28) + dt.timedelta(days=4)
