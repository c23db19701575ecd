"""How far chance alone reaches: 95% intervals of shares and rates, and what a comparison with a benchmark shows.

Most figures of a council are full counts, so nothing was sampled: an interval says how far a figure of so few cases
moves by chance when nothing has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Literal

from scrutiny.data.definitions import Indicator, Polarity
from scrutiny.data.observations import Observation
from scrutiny.figures import RATES, Unit, implied_count

Z = Decimal("1.959963984540054")
"""The 97.5% point of the normal distribution."""
PER = {Unit.PERCENT: 100, **RATES}
"""What a share or a rate is out of."""

Method = Literal["wilson", "byar", "exact_poisson"]
Significance = Literal["better", "worse", "similar", "higher", "lower"]
_DIGITS = 50  # so that the limits of none and of all cases are exactly 0 and 1
_EXACT_BELOW = 10


class NotTested(StrEnum):
    """Why there is no interval, or why a benchmark is not held against it."""

    NO_FIGURE = "no_figure"
    NO_COUNTS = "no_counts"
    A_COUNT = "a_count"
    NO_SHARE = "no_share"
    NO_CASES = "no_cases"
    UNSOUND_COUNTS = "unsound_counts"
    OTHER_LENGTH = "other_length"
    REDEFINED = "redefined"

    @property
    def words(self) -> str:
        """The reason for readers."""
        return _WORDS[self]


_WORDS = {
    NotTested.NO_FIGURE: "there is no figure",
    NotTested.NO_COUNTS: "numerator and denominator are not recorded",
    NotTested.A_COUNT: "counts of areas of different size are not compared",
    NotTested.NO_SHARE: "the figure is neither a share nor a rate of counted cases",
    NotTested.NO_CASES: "numerator and denominator do not count cases",
    NotTested.UNSOUND_COUNTS: "numerator and denominator are not a share of whole cases",
    NotTested.OTHER_LENGTH: "a rate over another length of time is another measure",
    NotTested.REDEFINED: "what is measured changed after the benchmark",
}


@dataclass(frozen=True)
class Interval:
    """A 95% interval in the indicator's unit, not rounded; its limits belong to it."""

    lower: Decimal
    upper: Decimal
    method: Method

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies inside, the limits included."""
        return self.lower <= value <= self.upper


def wilson(numerator: Decimal, denominator: Decimal) -> tuple[Decimal, Decimal]:
    """The 95% limits of a proportion, between 0 and 1, by Wilson's score method.

    Parameters
    ----------
    numerator, denominator
        Whole numbers of cases; the denominator above 0, the numerator at most as large.

    Raises
    ------
    ValueError
        If they are not.

    Source: Wilson 1927, as in PHEindicatormethods, R/utils.R, wilson_lower and wilson_upper.

    Examples
    --------
    >>> [f"{limit:.4f}" for limit in wilson(Decimal(65), Decimal(100))]
    ['0.5525', '0.7364']
    """
    if not _whole(numerator, denominator) or not 0 <= numerator <= denominator or denominator == 0:
        raise ValueError(f"{numerator} of {denominator} is not a share of whole cases")
    with localcontext(prec=_DIGITS):
        squared = Z * Z
        middle = 2 * numerator + squared
        reach = Z * (squared + 4 * numerator * (1 - numerator / denominator)).sqrt()
        lower, upper = ((middle + sign * reach) / (2 * (denominator + squared)) for sign in (-1, 1))
    return +lower, +upper


def byar(count: Decimal) -> tuple[Decimal, Decimal]:
    """The 95% limits of a number of events, by Byar's method.

    Parameters
    ----------
    count
        A whole number, 10 or more; below that `exact_poisson` is more accurate.

    Raises
    ------
    ValueError
        If it is not.

    Source: Breslow and Day 1987, as in PHEindicatormethods, R/utils.R, byars_lower and byars_upper.

    Examples
    --------
    >>> [f"{limit:.3f}" for limit in byar(Decimal(100))]
    ['81.362', '121.628']
    """
    if not _whole(count) or count < _EXACT_BELOW:
        raise ValueError(f"{count} is not a whole number of {_EXACT_BELOW} events or more")
    with localcontext(prec=_DIGITS):
        lower, upper = (
            events * (1 - 1 / (9 * events) + sign * Z / (3 * events.sqrt())) ** 3
            for events, sign in ((count, -1), (count + 1, 1))
        )
    return +lower, +upper


def exact_poisson(count: Decimal) -> tuple[Decimal, Decimal]:
    """The exact 95% limits of a number of events, from the chi-squared distribution.

    Parameters
    ----------
    count
        A whole number, 0 or more.

    Raises
    ------
    ValueError
        If it is not.

    Source: Armitage and Berry 2002, as in PHEindicatormethods, R/Rates.R, for fewer than 10 events.

    Examples
    --------
    >>> [f"{limit:.3f}" for limit in exact_poisson(Decimal(0))]
    ['0.000', '3.689']
    """
    if not _whole(count) or count < 0:
        raise ValueError(f"{count} is not a whole number of events")
    from scipy.special import gammaincinv  # half of a chi-squared quantile; slow to load, and seldom needed

    lower = Decimal(repr(float(gammaincinv(int(count), 0.025)))) if count else Decimal(0)
    return lower, Decimal(repr(float(gammaincinv(int(count) + 1, 0.975))))


def _whole(*counts: Decimal) -> bool:
    return all(count == count.to_integral_value() for count in counts)


def numerator_of(outturn: Observation, indicator: Indicator) -> Decimal | None:
    """The count behind a percentage: as recorded, or the only one that its denominator and decimals allow."""
    value, denominator = outturn.value, outturn.denominator
    if outturn.numerator is not None or value is None or denominator is None:
        return outturn.numerator
    return implied_count(value, denominator, indicator.decimals) if indicator.unit is Unit.PERCENT else None


def interval(
    numerator: Decimal | None, denominator: Decimal | None, indicator: Indicator
) -> Interval | NotTested:
    """The 95% interval of a figure: Wilson for a percentage, Byar or exact Poisson for a rate.

    Parameters
    ----------
    numerator, denominator
        The counts behind the figure; None where they are not known.
    indicator
        Gives the unit, and whether the counts count cases.

    Returns
    -------
    Interval or NotTested
        In the indicator's unit; or the reason why there is none.

    Source: OHID Fingertips, as in PHEindicatormethods.
    """
    if indicator.unit is Unit.COUNT:
        return NotTested.A_COUNT
    if indicator.unit not in PER:
        return NotTested.NO_SHARE
    if not indicator.counts_cases:
        return NotTested.NO_CASES
    if numerator is None or denominator is None:
        return NotTested.NO_COUNTS
    share = indicator.unit is Unit.PERCENT
    if not _whole(numerator, denominator) or numerator < 0 or denominator <= 0:
        return NotTested.UNSOUND_COUNTS
    if share and numerator > denominator:
        return NotTested.UNSOUND_COUNTS
    per = PER[indicator.unit]
    if share:
        lower, upper = wilson(numerator, denominator)
        return Interval(lower * per, upper * per, "wilson")
    exact = numerator < _EXACT_BELOW
    lower, upper = exact_poisson(numerator) if exact else byar(numerator)
    method: Method = "exact_poisson" if exact else "byar"
    return Interval(lower * per / denominator, upper * per / denominator, method)


def significance(found: Interval, benchmark: Decimal, polarity: Polarity) -> Significance:
    """Say whether a benchmark lies outside the interval of a figure, and on which side the figure then is.

    A benchmark inside, or on a limit, is similar. Otherwise the figure is better or worse by polarity; where neither
    way is better, or closeness to a target is, it is higher or lower.

    Parameters
    ----------
    found
        The interval of the figure.
    benchmark
        In the same unit, as known and not rounded.

    Source: OHID Fingertips; an unknown polarity is an error.
    """
    known = Polarity(polarity)
    if found.holds(benchmark):
        return "similar"
    above = benchmark < found.lower
    if known in (Polarity.NO_JUDGEMENT, Polarity.CLOSE_TO_TARGET):
        return "higher" if above else "lower"
    return "better" if above == (known is Polarity.HIGH_IS_GOOD) else "worse"
