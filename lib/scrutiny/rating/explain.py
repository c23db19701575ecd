"""A rating in words: what was compared, with which edge, and how far from it in cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from scrutiny.data.definitions import Frequency, Indicator, Polarity
from scrutiny.data.frameworks import NoTarget, Target
from scrutiny.data.schemes import Band, Comparison, DirectionIs, Travel, Width, WidthKind
from scrutiny.figures import Unit, gap_in_words, percentage, plain, published
from scrutiny.rating.forecast import range_words
from scrutiny.rating.gap import edge

SMALL_NUMBERS = range(1, 6)

_EVERY = {
    Frequency.MONTH: "month",
    Frequency.QUARTER: "quarter",
    Frequency.YEAR: "year",
    Frequency.CALENDAR_YEAR: "calendar year",
    Frequency.ACADEMIC_YEAR: "academic year",
}
_PER_UNIT = {
    Unit.PERCENT: "point",
    Unit.SCORE: "point",
    Unit.RANK: "place",
    Unit.DAYS: "day",
    Unit.WEEKS: "week",
}
_DIRECTION_HELD = {
    frozenset(["improving", "no_change"]): "no worse than",
    frozenset(["improving"]): "better than",
    frozenset(["no_change"]): "the same as",
    frozenset(["worsening"]): "worse than",
    frozenset(["worsening", "no_change"]): "no better than",
    frozenset(["improving", "worsening"]): "different from",
}
_TRAVELLED = {"improving": "better than", "worsening": "worse than", "no_change": "the same as"}


@dataclass(frozen=True)
class Step:
    """One band as it was tried: its width, the distance that this makes, and what held.

    Parameters
    ----------
    band
        The band of the scheme.
    width
        The width that it compares the gap with; None where it looks only at the direction, or is 'otherwise'.
    distance
        The width as a distance from the target's edge, in the indicator's unit; None without a width.
    near_enough
        Whether the gap is within the width; True without a width.
    surplus
        Whether the width is measured on the better side of the target.
    direction
        The condition on the direction of travel, if there is one.
    travel
        The direction of travel that it was given; None where it is not known.
    direction_holds
        Whether that condition held; True without one; None where a missing comparison means 'not rated'.
    """

    band: Band
    width: Width | None = None
    distance: Decimal | None = None
    near_enough: bool = True
    surplus: bool = False
    direction: DirectionIs | None = None
    travel: Travel | None = None
    direction_holds: bool | None = True


def figure_words(value: Decimal, indicator: Indicator, decimals: int | None = None) -> str:
    """Write an outturn as the committee sees it; `decimals` only to show other than the declared ones."""
    shown = indicator.decimals if decimals is None else decimals
    return published(value, indicator.unit, shown, trailing_zeros=indicator.trailing_zeros)


def target_words(target: Target, indicator: Indicator) -> str:
    """Write a target: ``90%``, ``95% to 100%``, ``at most 10%``, ``close to 50%``, ``no target (removed)``.

    The mark of an illustrative target is left to whoever shows it.
    """
    if target.none is not None:
        why = {
            NoTarget.REMOVED: "no target (removed)",
            NoTarget.NOT_SET: "no target (not set)",
            NoTarget.NOT_PUBLISHED: "target not published",
        }
        return why[target.none]
    if target.forecast_range is not None:
        return f"no target (forecast {range_words(target, indicator)})"
    if target.forecast is not None:
        return f"no target (forecast {_agreed(target.forecast, indicator)})"
    if target.close_to is not None:
        return f"close to {_agreed(target.close_to, indicator)}"
    lower, upper = target.at_least, target.at_most
    if lower is not None and upper is not None:
        per = indicator.unit.gap_words[1]
        return f"{_agreed(lower, indicator).removesuffix(per).rstrip()} to {_agreed(upper, indicator)}"
    if lower is not None:
        return _agreed(lower, indicator)
    assert upper is not None
    if indicator.unit is Unit.RANK:
        return f"{_agreed(upper, indicator)} or better"
    return f"at most {_agreed(upper, indicator)}"


def comparison_words(against: Comparison, indicator: Indicator) -> str:
    """Name the period that a comparison looks at: ``the same quarter last year``, ``the previous month``."""
    every = _EVERY[indicator.frequency]
    if against == "same_period_last_year" and indicator.frequency in (Frequency.MONTH, Frequency.QUARTER):
        return f"the same {every} last year"
    return f"the previous {every}"


def cases_short(
    numerator: Decimal,
    denominator: Decimal,
    target_edge: Decimal,
    decimals: int | None,
    polarity: Polarity,
) -> int | None:
    """Count how many cases fewer or more would have met a percentage target as published.

    85.4% of 459 children against 90%: 413 of 459 is published as 90.0%, 21 more than the 392 that it was.

    Parameters
    ----------
    numerator, denominator
        Whole numbers of cases.
    target_edge
        Edge of the target, in percent.
    decimals
        Decimals of the published percentage; None to meet the target before rounding.
    polarity
        ``high_is_good`` counts cases more, ``low_is_good`` cases fewer.

    Returns
    -------
    int or None
        0 when the target is met; None when no number of cases meets it, when the counts are not whole
        numbers, or when the polarity is neither of the two.

    Examples
    --------
    >>> cases_short(Decimal(392), Decimal(459), Decimal(90), 1, Polarity.HIGH_IS_GOOD)
    21
    """
    whole = all(number == number.to_integral_value() for number in (numerator, denominator))
    if not whole or denominator <= 0 or polarity not in (Polarity.HIGH_IS_GOOD, Polarity.LOW_IS_GOOD):
        return None
    per_case = Fraction(int(denominator), 100)
    goal = Fraction(target_edge)
    step = Fraction(0) if decimals is None else Fraction(1, 10**decimals)
    if polarity == Polarity.HIGH_IS_GOOD:
        first_published = ceil(goal / step) * step - step / 2 if step else goal
        needed = ceil(first_published * per_case)
        return None if needed > denominator else max(0, needed - int(numerator))
    if step:
        above = (goal // step) * step + step / 2
        most = ceil(above * per_case) - 1
    else:
        most = goal * per_case // 1
    return None if most < 0 else max(0, int(numerator) - most)


def cases_words(
    numerator: Decimal | None,
    denominator: Decimal | None,
    *,
    value: Decimal,
    target: Target,
    indicator: Indicator,
    decimals: int | None,
) -> str:
    """Write the distance in cases as a sentence: ``21 more of 459 children would have met it.``

    Empty when it cannot be said: no counts, a unit other than percent, counts that do not make the published
    figure, a target that no number of cases meets, or, for counts of people, any number of 1 to 5.
    """
    if numerator is None or denominator is None or indicator.unit is not Unit.PERCENT or denominator <= 0:
        return ""
    if percentage(numerator, denominator, indicator.decimals) != value:
        return ""
    measured_from = edge(target, indicator.polarity, value)
    if measured_from is None:
        return ""
    cases = cases_short(numerator, denominator, measured_from, decimals, indicator.polarity)
    if not cases:
        return ""
    if indicator.of_people and any(
        number in SMALL_NUMBERS for number in (numerator, denominator, denominator - numerator, cases)
    ):
        return ""
    more = "more" if indicator.polarity is Polarity.HIGH_IS_GOOD else "fewer"
    return f"{plain(Decimal(cases))} {more} of {plain(denominator)} {indicator.cases} would have met it."


def explain(
    value: Decimal,
    gap: Decimal,
    *,
    indicator: Indicator,
    target: Target,
    steps: Sequence[Step],
    shown: str = "",
) -> str:
    """Write why an outturn has its rating, as one sentence that holds the figure and the word.

    Parameters
    ----------
    value
        The outturn that was rated, in the indicator's unit.
    gap
        Its gap to target.
    indicator, target
        What it was rated against.
    steps
        The bands that were tried, in order; the last is the one that held.
    shown
        The figure in words, where it is not simply the published one.

    Examples
    --------
    "94% is 1 percentage point short of the 95% to 100% range and inside the 5-point tolerance, so Amber."
    """
    start = f"{shown or figure_words(value, indicator)} is {_place(value, gap, indicator, target)}"
    ands, others = _clauses(gap, steps, indicator)
    if len(ands) > 1:
        start = ", ".join([start, *ands[:-1]])
    return f"{' and '.join([start, *ands[-1:]])}{''.join(others)}, so {steps[-1].band.word}."


def _agreed(value: Decimal, indicator: Indicator) -> str:
    return published(value, indicator.unit)


def _the_target(target: Target, indicator: Indicator) -> str:
    if target.is_range:
        return f"the {target_words(target, indicator)} range"
    if target.close_to is not None:
        return f"the target of {_agreed(target.close_to, indicator)}"
    return f"the target of {target_words(target, indicator)}"


def _place(value: Decimal, gap: Decimal, indicator: Indicator, target: Target) -> str:
    """Where the figure lies: ``1 percentage point short of the 95% to 100% range``."""
    the_target = _the_target(target, indicator)
    if target.is_range and gap >= 0:
        assert target.at_least is not None and target.at_most is not None
        if target.at_least <= value <= target.at_most:
            return f"inside {the_target}"
        return f"beyond {the_target} on its better side"
    if gap == 0:
        return f"exactly on {the_target}"
    distance = gap_in_words(gap, indicator.unit)
    return f"{distance} {_side(value, gap, indicator, target)} {the_target}"


def _side(value: Decimal, gap: Decimal, indicator: Indicator, target: Target) -> str:
    if indicator.unit is Unit.RANK and indicator.polarity is Polarity.LOW_IS_GOOD:
        return "ahead of" if gap > 0 else "behind"
    match indicator.polarity:
        case Polarity.HIGH_IS_GOOD if target.close_to is None:
            return "above" if gap > 0 else "short of"
        case Polarity.LOW_IS_GOOD if target.close_to is None:
            return "under" if gap > 0 else "over"
        case _:
            upper = target.close_to if target.close_to is not None else target.at_most
            return "above" if upper is not None and value > upper else "below"


def _clauses(gap: Decimal, steps: Sequence[Step], indicator: Indicator) -> tuple[list[str], list[str]]:
    """What made the band hold, said with 'and'; and what else there is to say, with its own joining word."""
    last = steps[-1]
    ands, others = [], []
    kept_out = [step for step in steps[:-1] if step.near_enough]
    for step in kept_out:
        assert step.direction is not None
        if gap < 0 and step.distance:
            ands.append(_inside(gap, step, indicator))
        others.append(f" but {_kept_out(step, indicator)}")
    if last.distance and last.surplus:
        others.insert(0, f", at least the {gap_in_words(last.distance, indicator.unit)} needed")
    elif last.distance and gap < 0:
        clause = _inside(gap, last, indicator)
        ands += [] if clause in ands else [clause]
    elif not kept_out:
        nearest = next((step for step in reversed(steps[:-1]) if step.distance), None)
        if nearest and nearest.surplus and gap >= 0:
            needed = gap_in_words(nearest.distance or Decimal(0), indicator.unit)
            others.append(f", short of the {needed} needed for {nearest.band.word}")
        elif nearest and not nearest.surplus:
            ands.append(_outside(nearest, indicator))
    if last.direction is not None:
        ands.append(_held(last, indicator))
    return ands, others


def _tolerance(step: Step, indicator: Indicator) -> str:
    assert step.width is not None and step.distance is not None
    if step.width.kind is WidthKind.PERCENT_OF_TARGET:
        amount = plain(step.width.amount, trailing_zeros=False)
        return f"the tolerance of {amount}% of the target ({gap_in_words(step.distance, indicator.unit)})"
    amount = plain(step.distance, trailing_zeros=False)
    if per := _PER_UNIT.get(indicator.unit):
        return f"the {amount}-{per} tolerance"
    return f"the tolerance of {gap_in_words(step.distance, indicator.unit)}"


def _floor(step: Step, indicator: Indicator) -> str:
    assert step.width is not None
    name = "ceiling" if indicator.polarity is Polarity.LOW_IS_GOOD else "floor"
    return f"the {name} of {_agreed(step.width.amount, indicator)}"


def _inside(gap: Decimal, step: Step, indicator: Indicator) -> str:
    assert step.width is not None
    on_edge = -gap == step.distance
    if step.width.kind is WidthKind.FLOOR:
        better = "below" if indicator.polarity is Polarity.LOW_IS_GOOD else "above"
        return f"{'exactly on' if on_edge else better} {_floor(step, indicator)}"
    return f"{'exactly on the edge of' if on_edge else 'inside'} {_tolerance(step, indicator)}"


def _outside(step: Step, indicator: Indicator) -> str:
    assert step.width is not None
    if step.width.kind is WidthKind.FLOOR:
        worse = "above" if indicator.polarity is Polarity.LOW_IS_GOOD else "below"
        return f"{worse} {_floor(step, indicator)}"
    return f"outside {_tolerance(step, indicator)}"


def _kept_out(step: Step, indicator: Indicator) -> str:
    assert step.direction is not None
    period = comparison_words(step.direction.against, indicator)
    if step.travel is None:
        return f"without a comparison with {period}"
    return f"{_TRAVELLED[step.travel]} {period}"


def _held(step: Step, indicator: Indicator) -> str:
    assert step.direction is not None
    period = comparison_words(step.direction.against, indicator)
    if step.travel is None:
        return f"not comparable with {period}, which the scheme lets pass"
    return f"{_DIRECTION_HELD.get(frozenset(step.direction.is_), 'compared with')} {period}"
