"""Whether what is reported is real: the signal, the recent trend and the significance of one indicator's figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from scrutiny.data.definitions import Basis, Change, Indicator, Rebase
from scrutiny.data.frameworks import Row
from scrutiny.data.observations import Observation
from scrutiny.figures import Unit, round_half_away
from scrutiny.periods import Period
from scrutiny.rating.gaps import missing
from scrutiny.rating.intervals import (
    PER,
    Interval,
    NotTested,
    Significance,
    interval,
    numerator_of,
    significance,
)
from scrutiny.rating.recent_trend import POINTS, Counts, NoTrend, RecentTrend, recent_trend
from scrutiny.rating.xmr import RUN, Assurance, Cause, Kind, Limits, Rule, assurance, causes, judged, limits

if TYPE_CHECKING:
    from scrutiny.rating.table import Benchmarked


class NoSignal(StrEnum):
    """Why no signal is given."""

    NO_FIGURE = "no_figure"
    YEAR_TO_DATE = "year_to_date"
    ROLLING = "rolling"
    RANK = "rank"
    FEW_POINTS = "few_points"
    GAPS = "gaps"

    @property
    def words(self) -> str:
        """The reason for readers."""
        return _WORDS[self]


_WORDS = {
    NoSignal.NO_FIGURE: "there is no figure for the period",
    NoSignal.YEAR_TO_DATE: "figures of the year to date grow as the year goes on",
    NoSignal.ROLLING: "each figure shares most of its months with the one before",
    NoSignal.RANK: "a rank moves with what others do",
    NoSignal.FEW_POINTS: "fewer than 7 figures",
    NoSignal.GAPS: "too few of its figures follow each other",
}


@dataclass(frozen=True)
class Point:
    """A figure as published, and why it is singled out; None where it is not."""

    period: Period
    value: Decimal
    cause: Cause | None


@dataclass(frozen=True)
class Stretch:
    """Figures with one baseline.

    Parameters
    ----------
    points
        Oldest first.
    limits
        None where there are too few figures for limits: then no point is singled out.
    rebase
        What began it; None for the first.
    missing
        How many periods between its figures have none.
    """

    points: tuple[Point, ...]
    limits: Limits | None
    rebase: Rebase | None
    missing: int


@dataclass(frozen=True)
class Signal:
    """What the run of figures says of the last one.

    Parameters
    ----------
    stretches
        Every stretch of the series, oldest first.
    not_given
        Why there is no signal; None where there is one.
    kind
        Improving or concerning; high or low where neither way is better; usual: nothing singles the figure out. None
        where no signal is given.
    cause
        Why it is singled out; None where it is not.
    since
        First period of the run: of the figures that hold to the rule, or of those that are in their usual range.
    assurance
        Whether the process will meet its target if nothing changes; None without target, polarity or limits.
    """

    stretches: tuple[Stretch, ...]
    not_given: NoSignal | None
    kind: Kind | Literal["usual"] | None = None
    cause: Cause | None = None
    since: Period | None = None
    assurance: Assurance | None = None

    @property
    def limits(self) -> Limits | None:
        """The latest limits; None where no signal is given."""
        return None if self.not_given else self.stretches[-1].limits

    @property
    def latest(self) -> Stretch | None:
        """The latest stretch; None where there are no figures."""
        return self.stretches[-1] if self.stretches else None


class Real:
    """What is reckoned of a reported indicator, once, when it is asked for."""

    if TYPE_CHECKING:
        indicator: Indicator
        row: Row
        period: Period
        outturn: Observation | None
        series: tuple[Observation, ...]
        redefined: Change | None
        screened: bool

    @cached_property
    def signal(self) -> Signal:
        """What the run of its figures says, as published and since what is measured last changed."""
        stretches = tuple(_stretches(self._alike, self.indicator, self.screened))
        reason = self._no_signal(stretches)
        if reason is not None:
            return Signal(stretches, reason)
        last = stretches[-1]
        assert last.limits is not None
        cause = last.points[-1].cause
        assured = assurance(last.limits, self.row.target, self.indicator.polarity)
        kind: Kind | Literal["usual"] = judged(cause, self.indicator.polarity) if cause else "usual"
        return Signal(stretches, None, kind, cause, _since(last.points), assured)

    def _no_signal(self, stretches: Sequence[Stretch]) -> NoSignal | None:
        unlike = {Basis.YEAR_TO_DATE: NoSignal.YEAR_TO_DATE, Basis.ROLLING_12_MONTHS: NoSignal.ROLLING}
        if self.indicator.basis in unlike:
            return unlike[self.indicator.basis]
        if self.indicator.unit is Unit.RANK:
            return NoSignal.RANK
        if self.outturn is None or self.outturn.value is None or not stretches:
            return NoSignal.NO_FIGURE
        if len(stretches[-1].points) < RUN:
            return NoSignal.FEW_POINTS
        return NoSignal.GAPS if stretches[-1].limits is None else None

    @property
    def _alike(self) -> list[Observation]:
        """The figures since what is measured last changed, oldest first."""
        since = self.redefined.known_on if self.redefined else dt.date.min
        return [o for o in self.series if o.period.end >= since]

    @cached_property
    def recent_trend(self) -> RecentTrend | NoTrend:
        """Whether its last five figures a year apart rise or fall by more than chance.

        Of months and quarters the figures of the same month or quarter are taken, so that no season is told as a
        trend, and no two figures overlap.
        """
        if self.outturn is None or self.outturn.value is None:
            return NoTrend.NO_FIGURE
        known = {o.period: o for o in self._alike}
        wanted = [self.period]
        while len(wanted) < POINTS:
            wanted.insert(0, wanted[0].same_last_year)
        found: list[Counts | None] = []
        for period in wanted:
            o = known.get(period)
            if o is not None or any(earlier < period for earlier in known):
                found.append((numerator_of(o, self.indicator), o.denominator) if o else None)
        return recent_trend(found, self.indicator)

    @cached_property
    def interval(self) -> Interval | NotTested:
        """The 95% interval of its figure; or the reason why there is none."""
        o = self.outturn
        if o is None or o.value is None:
            return NotTested.NO_FIGURE
        return interval(numerator_of(o, self.indicator), o.denominator, self.indicator)

    def significance(self, benchmark: Benchmarked) -> Significance | NotTested:
        """Whether a benchmark lies outside that interval; or the reason why it is not held against it."""
        found, other = self.interval, benchmark.observation
        if isinstance(found, NotTested):
            return found
        assert (
            other.value is not None and self.outturn is not None
        )  # or there is no benchmark, and no interval
        if self.redefined and other.period.end < self.redefined.known_on:
            return NotTested.REDEFINED
        over_time = self.indicator.basis in (Basis.PERIOD, Basis.YEAR_TO_DATE)
        rate = self.indicator.unit in PER and self.indicator.unit is not Unit.PERCENT
        if rate and over_time and other.period.kind is not self.outturn.period.kind:
            return NotTested.OTHER_LENGTH
        return significance(found, other.value, self.indicator.polarity)

    def position_is_real(self, benchmark: Benchmarked) -> bool:
        """Whether it lies apart from a benchmark as published, and by more than chance."""
        position = benchmark.position
        if position is None or position.arithmetic == "in_line":
            return False
        found = self.significance(benchmark)
        return not isinstance(found, NotTested) and found != "similar"


def _stretches(series: Sequence[Observation], indicator: Indicator, screen: bool) -> Iterator[Stretch]:
    """A series cut at each rebase that is for its area."""
    if not series:
        return
    rebases = sorted((r for r in indicator.rebases if r.area in ("", series[0].area)), key=lambda r: r.from_)
    starts: list[Rebase | None] = [None, *rebases]
    ends = [rebase.from_ for rebase in rebases]
    for i, rebase in enumerate(starts):
        rows = [
            o
            for o in series
            if (rebase is None or o.period >= rebase.from_) and (i == len(ends) or o.period < ends[i])
        ]
        if rows:
            yield _stretch(rows, indicator, rebase, screen)


def _stretch(rows: list[Observation], indicator: Indicator, rebase: Rebase | None, screen: bool) -> Stretch:
    values: list[Decimal | None] = []
    gaps = [missing(earlier, later, indicator) for earlier, later in pairwise(rows)]
    for gap, o in zip([0, *gaps], rows, strict=True):
        assert o.value is not None
        values += [None] if gap else []
        values.append(round_half_away(o.value, indicator.decimals))
    follow = gaps.count(0)
    enough = len(rows) >= RUN and follow >= RUN - 1
    found = limits(values, baseline=rebase.points if rebase else None, screen=screen) if enough else None
    singled = causes(values, found) if found else [None] * len(values)
    told = [(value, cause) for value, cause in zip(values, singled, strict=True) if value is not None]
    points = tuple(Point(o.period, value, cause) for o, (value, cause) in zip(rows, told, strict=True))
    return Stretch(points, found, rebase, sum(gaps))


def _since(points: Sequence[Point]) -> Period:
    """First period of the run that the last point ends."""
    cause = points[-1].cause
    if cause is not None:
        return points[-cause.length].period if cause.rule in (Rule.SHIFT, Rule.TREND) else points[-1].period
    first = points[-1]
    for point in reversed(points):
        if point.cause is not None:
            break
        first = point
    return first.period
