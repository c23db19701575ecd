"""Limits, signals, intervals and trends against slow and obvious second implementations, over figures of chance."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import binomtest, chi2
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from scrutiny.data.definitions import Indicator, Polarity
from scrutiny.rating.intervals import PER, Interval, Z, byar, exact_poisson, interval, significance, wilson
from scrutiny.rating.recent_trend import CHI_SQUARED, RecentTrend, recent_trend
from scrutiny.rating.xmr import RUN, Limits, causes, judged, limits

# The second implementation of the XmR rules: each rule asked of each point by itself, as it reads.

Series = Sequence[Fraction | None]


def slow_limits(series: Series, screen: bool) -> tuple[Fraction, Fraction] | None:
    """Mean, and how far the limits lie from it."""
    points = [value for value in series if value is not None]
    moving = []
    for place in range(1, len(series)):
        now, before = series[place], series[place - 1]
        if now is not None and before is not None:
            moving.append(abs(now - before))
    if not moving:
        return None
    average = sum(moving, Fraction(0)) / len(moving)
    if screen and average > 0:
        kept = [one for one in moving if one < Fraction("3.267") * average]
        average = sum(kept, Fraction(0)) / len(kept)
    return sum(points, Fraction(0)) / len(points), Fraction("2.66") * average


def slow_rule(series: Series, place: int, mean: Fraction, reach: Fraction) -> tuple[str, bool] | None:
    """The first rule that singles out the point at a place, and whether it does so upwards."""
    value = series[place]
    if value is None:
        return None
    if value > mean + reach or value < mean - reach:
        return "outside", value > mean
    rising, falling = slow_in_trend(series, place, 1), slow_in_trend(series, place, -1)
    if rising or falling:
        # of a point that ends one trend and begins another, the later one counts
        follows = series[place + 1] if place + 1 < len(series) else None
        if rising and falling:
            return "trend", follows is not None and follows > value
        return "trend", rising
    if slow_two_in_three(series, place, mean, reach):
        return "two_in_three", value > mean
    for up in (True, False):
        if any(
            all(slow_beside(series[at], mean, up) for at in window)
            for window in slow_windows(series, place, RUN)
        ):
            return "shift", up
    return None


def slow_windows(series: Series, place: int, length: int) -> list[range]:
    """Every stretch of consecutive places that holds a place and in which no figure is missing."""
    starts = range(max(0, place - length + 1), min(place, len(series) - length) + 1)
    windows = [range(start, start + length) for start in starts]
    return [window for window in windows if all(series[at] is not None for at in window)]


def slow_beside(value: Fraction | None, mean: Fraction, up: bool) -> bool:
    return value is not None and (value > mean if up else value < mean)


def slow_in_trend(series: Series, place: int, way: int) -> bool:
    for window in slow_windows(series, place, RUN):
        values = [series[at] for at in window]
        if all(way * (b - a) > 0 for a, b in pairwise(values)):  # type: ignore[operator]
            return True
    return False


def slow_two_in_three(series: Series, place: int, mean: Fraction, reach: Fraction) -> bool:
    near = Fraction(2, 3) * reach

    def close(value: Fraction | None) -> bool:
        return value is not None and near < abs(value - mean) <= reach

    if not close(series[place]):
        return False
    for window in slow_windows(series, place, 3):
        for up in (True, False):
            one_side = all(slow_beside(series[at], mean, up) for at in window)
            if one_side and sum(close(series[at]) for at in window) >= 2:
                return True
    return False


def exact(values: Sequence[Decimal | None]) -> list[Fraction | None]:
    return [None if value is None else Fraction(value) for value in values]


# Few different figures, so that ties, means and limits are hit; some missing; some runs.
FIGURES = st.one_of(st.none(), st.integers(0, 12).map(Decimal), st.decimals(0, 100, places=1))
RISING = st.lists(st.integers(1, 3), min_size=4, max_size=9).map(
    lambda steps: [Decimal(sum(steps[: i + 1])) for i in range(len(steps))]
)
SERIES = st.lists(st.one_of(FIGURES.map(lambda one: [one]), RISING), min_size=1, max_size=30).map(
    lambda parts: [value for part in parts for value in part]
)


@given(SERIES, st.booleans())
def test_limits_and_signals_are_those_of_the_second_implementation(
    values: list[Decimal | None], screen: bool
) -> None:
    found, expected = limits(values, screen=screen), slow_limits(exact(values), screen)
    assert (found is None) == (expected is None)
    if found is None or expected is None:
        return
    mean, reach = expected
    for ours, theirs in (
        (found.mean, mean),
        (found.lower, mean - reach),
        (found.upper, mean + reach),
        (found.near_lower, mean - reach * 2 / 3),
        (found.near_upper, mean + reach * 2 / 3),
    ):
        assert abs(Fraction(ours) - theirs) <= Fraction(1, 10**24)
    singled = causes(values, found)
    told = [None if cause is None else (cause.rule.value, cause.high) for cause in singled]
    assert told == [slow_rule(exact(values), place, mean, reach) for place in range(len(values))]


@given(SERIES)
def test_the_other_way_up_every_signal_points_the_other_way(values: list[Decimal | None]) -> None:
    found, mirrored = limits(values), limits([None if v is None else -v for v in values])
    if found is None or mirrored is None:
        return
    turned = causes([None if v is None else -v for v in values], mirrored)
    for one, other in zip(causes(values, found), turned, strict=True):
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert (one.rule, one.high, one.length) == (other.rule, not other.high, other.length)
            assert judged(one, Polarity.HIGH_IS_GOOD) == judged(other, Polarity.LOW_IS_GOOD)


@given(SERIES, st.integers(1, 40))
def test_what_follows_a_baseline_does_not_move_its_limits(values: list[Decimal | None], more: int) -> None:
    points = sum(value is not None for value in values)
    found = limits(values)
    if found is not None:
        assert limits([*values, *[Decimal(7)] * more], baseline=points) == found


@pytest.mark.parametrize("count", range(1, 40))
def test_limits_are_on_trial_below_twelve_points_and_not_at_twelve(count: int) -> None:
    found = Limits(*map(Decimal, range(5)), points=count)
    assert found.trial == (count < 12)


# Intervals

SHARES = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(SHARES)
def test_the_interval_of_a_share_is_that_of_scipy_and_statsmodels(share: tuple[int, int]) -> None:
    numerator, denominator = share
    lower, upper = map(float, wilson(Decimal(numerator), Decimal(denominator)))
    scipy = binomtest(numerator, denominator).proportion_ci(method="wilson")
    assert (lower, upper) == pytest.approx((scipy.low, scipy.high), abs=1e-12)
    assert (lower, upper) == pytest.approx(
        proportion_confint(numerator, denominator, method="wilson"), abs=1e-12
    )
    assert 0 <= lower <= numerator / denominator <= upper <= 1


@given(st.integers(0, 300))
def test_the_exact_interval_of_a_count_is_that_of_scipy_and_statsmodels(count: int) -> None:
    lower, upper = map(float, exact_poisson(Decimal(count)))
    quantiles = (chi2.ppf(0.025, 2 * count) / 2 if count else 0, chi2.ppf(0.975, 2 * count + 2) / 2)
    assert (lower, upper) == pytest.approx(quantiles, rel=1e-10)
    if count:
        assert (lower, upper) == pytest.approx(confint_poisson(count, 1, method="exact-c"), rel=1e-6)


@given(st.integers(10, 100_000))
def test_byars_interval_lies_close_to_the_exact_one(count: int) -> None:
    lower, upper = map(float, byar(Decimal(count)))
    z = float(Z)
    assert lower == pytest.approx(count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3)
    assert (lower, upper) == pytest.approx(tuple(map(float, exact_poisson(Decimal(count)))), rel=0.01)


def test_the_normal_quantile_is_scipys() -> None:
    assert float(Z) == float(ndtri(0.975))


def test_the_threshold_of_the_trend_is_the_chi_squared_quantile() -> None:
    assert float(CHI_SQUARED) == pytest.approx(chi2.ppf(0.998, 1), abs=1e-12)


@pytest.mark.parametrize("count", ["9", "10.5", "-1"])
def test_byar_is_refused_below_ten_and_between_whole_numbers(count: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number of 10 events or more"):
        byar(Decimal(count))


@pytest.mark.parametrize("share", [("5", "4"), ("0", "0"), ("1.5", "4"), ("-1", "4")])
def test_wilson_is_refused_of_no_share(share: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="is not a share of whole cases"):
        wilson(*map(Decimal, share))


@given(SHARES, st.decimals(0, 100, places=3), st.sampled_from(Polarity))
def test_a_difference_is_significant_only_where_the_interval_leaves_the_benchmark_out(
    share: tuple[int, int], benchmark: Decimal, polarity: Polarity
) -> None:
    found = interval(*map(Decimal, share), of("percent"))
    assert isinstance(found, Interval)
    said = significance(found, benchmark, polarity)
    assert (said == "similar") == (found.lower <= benchmark <= found.upper)
    judges = polarity in (Polarity.HIGH_IS_GOOD, Polarity.LOW_IS_GOOD)
    assert said in (("better", "worse", "similar") if judges else ("higher", "lower", "similar"))
    for edge in (found.lower, found.upper):
        assert significance(found, edge, polarity) == "similar"


# Recent trend

COUNTS = st.lists(
    st.integers(2, 5000).flatmap(lambda d: st.tuples(st.integers(1, d - 1), st.just(d))),
    min_size=5,
    max_size=5,
)


def of(unit: str) -> Indicator:
    return Indicator.model_validate(
        {"id": "a", "title": "A", "unit": unit, "polarity": "no_judgement", "frequency": "year"}
    )


def found_trend(counts: list[tuple[int, int]], unit: str) -> RecentTrend:
    found = recent_trend([(Decimal(n), Decimal(d)) for n, d in counts], of(unit))
    assert isinstance(found, RecentTrend)
    return found


@given(COUNTS)
def test_the_trend_of_shares_is_armitages_test_and_the_slope_of_the_log_odds(
    counts: list[tuple[int, int]],
) -> None:
    n, d = np.array(counts, float).T
    table = Table(np.array([n, d - n])).test_ordinal_association(
        row_scores=np.array([1, 0]), col_scores=np.arange(1, 6)
    )
    found = found_trend(counts, "percent")
    chi_squared = table.zscore**2 * d.sum() / (d.sum() - 1)  # statsmodels' is the permutation test
    assert float(found.chi_squared) == pytest.approx(chi_squared, rel=1e-6, abs=1e-9)
    slopes = each_slope(np.log(n / (d - n)), np.ones(5))
    agrees(found, slopes)


@given(COUNTS)
def test_the_trend_of_rates_is_a_regression_weighted_by_their_intervals(
    counts: list[tuple[int, int]],
) -> None:
    n, d = np.array(counts, float).T
    per = PER[of("rate_per_1000").unit]
    ends = [interval(Decimal(a), Decimal(b), of("rate_per_1000")) for a, b in counts]
    deviation = np.array([float(e.upper - e.lower) / (2 * float(Z)) for e in ends])  # type: ignore[union-attr]
    line, variance = np.polyfit(np.arange(1, 6), n / d * per, 1, w=1 / deviation, cov="unscaled")
    found = found_trend(counts, "rate_per_1000")
    assert float(found.chi_squared) == pytest.approx(line[0] ** 2 / variance[0, 0], rel=1e-6, abs=1e-9)
    agrees(found, each_slope(n / d * per, 1 / deviation))


def each_slope(y: np.ndarray, weights: np.ndarray) -> list[float]:
    """The slope of all five points, and of four of them, each left out in turn."""
    times = np.arange(1, 6)
    chosen = [np.ones(5, bool), *(times != left_out for left_out in times)]
    return [float(np.polyfit(times[one], y[one], 1, w=weights[one])[0]) for one in chosen]


def agrees(found: RecentTrend, slopes: list[float]) -> None:
    """Whether what is said follows from chi-squared and the slopes; slopes next to 0 could be of either sign."""
    if min(map(abs, slopes)) < 1e-9 * max(map(abs, slopes), default=1):
        return
    one_sign = all(slope > 0 for slope in slopes) or all(slope < 0 for slope in slopes)
    if found.chi_squared > CHI_SQUARED and one_sign:
        assert found.trend == ("increasing" if slopes[0] > 0 else "decreasing")
    else:
        assert found.trend == "no_significant_change"


@given(COUNTS, st.sampled_from(["percent", "rate_per_1000"]))
def test_backwards_a_trend_goes_the_other_way(counts: list[tuple[int, int]], unit: str) -> None:
    turned = {"increasing": "decreasing", "decreasing": "increasing"}
    there, back = found_trend(counts, unit), found_trend(counts[::-1], unit)
    assert back.trend == turned.get(there.trend, there.trend)
