"""Whether a figure is more than chance, in words: its signal beside its rating, its recent trend, its benchmarks."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from scrutiny.data.definitions import Indicator, Polarity
from scrutiny.figures import Unit, published, round_half_away
from scrutiny.periods import MONTHS, Kind, Period, long_date
from scrutiny.rating.explain import SMALL_NUMBERS
from scrutiny.rating.intervals import Interval, NotTested, numerator_of
from scrutiny.rating.recent_trend import POINTS, NoTrend
from scrutiny.rating.signals import NoSignal, Signal, Stretch
from scrutiny.rating.table import Benchmarked, RatedView, Reported
from scrutiny.rating.xmr import RUN, TRIAL_BELOW, Limits, Rule, drawn
from scrutiny.writing.series import gap_words
from scrutiny.writing.words import DAGGER, capitalised, in_words

_KINDS = {
    "improving": "Improving",
    "concerning": "Concerning",
    "high": "Higher than usual",
    "low": "Lower than usual",
}
_ASSURED = {
    "consistently_meets": "all on target",
    "consistently_misses": "all off target",
    "hit_and_miss": "on both sides of the target",
}

SIGNAL_KEY = {
    "table": "Signal: figures within the usual range differ by no more than they always have; one outside it, or a "
    "run, says that something changed.",
    "benchmarks": "“Significantly”: the 95% interval of the figure leaves the benchmark out. It is about chance in "
    "small numbers, not about a sample: most figures are full counts.",
}
"""What the key says, by the place where it is shown."""


def signal_words(r: Reported) -> str:
    """What the run of figures says: ``Within its usual range since April 2017``, ``Improving: …``, ``No signal: …``."""
    signal = r.signal
    if signal.not_given is not None:
        return f"No signal: {_why_not(r, signal)}"
    if signal.kind == "usual":
        assert signal.since is not None
        return f"Within its usual range since {_begins(signal.since)}"
    assert signal.kind is not None
    return f"{_KINDS[signal.kind]}: {rule_words(r)}"


def rule_words(r: Reported) -> str:
    """Why the figure is singled out: ``the last 9 figures all lie above the mean of 85.3%``; empty where it is not."""
    signal, limits = r.signal, r.signal.limits
    if limits is None or signal.cause is None:
        return ""
    cause = signal.cause
    match cause.rule:
        case Rule.OUTSIDE:
            side = "above" if cause.high else "below"
            return f"{side} its usual range of {range_words(limits, r.indicator)}"
        case Rule.TREND:
            return f"{'rising' if cause.high else 'falling'} through its last {cause.length} figures"
        case Rule.TWO_IN_THREE:
            end = "top" if cause.high else "foot"
            of = range_words(limits, r.indicator)
            return f"{in_words(cause.length)} of its last three figures lie near the {end} of its usual range of {of}"
        case Rule.SHIFT:
            side = "above" if cause.high else "below"
            mean = published(limits.mean, r.indicator.unit, r.indicator.decimals + 1)
            return f"its last {cause.length} figures all lie {side} the mean of {mean}"


def disagreement(r: Reported, view: RatedView) -> str:
    """A sentence where rating and signal tell different things: ``Amber, and within its usual range since April 2017.``

    Off target and no more than usual; off target but improving; on target but worsening; and on target in a range that
    lies on both sides of it. Empty where they agree, where one of them is not given, and where neither way is better.
    """
    signal, off = r.signal, off_target(r, view)
    if off is None or signal.not_given is not None:
        return ""
    word = r.rating.word
    if signal.kind == "usual" and off:
        return f"{word}, and within its usual range since {_begins(signal.since)}."
    if signal.kind == "usual" and signal.assurance == "hit_and_miss":
        return f"{word}, but its usual range lies on both sides of the {_target(r)}."
    if signal.kind == "improving" and off:
        return f"{word}, but improving: {rule_words(r)}."
    if signal.kind == "concerning" and not off:
        return f"{word}, but worsening: {rule_words(r)}."
    return ""


def off_target(r: Reported, view: RatedView) -> bool | None:
    """Whether its rating is one that needs commentary; None where it is not rated."""
    band = view.band(r)
    return band.exception if band else None


def consequence(r: Reported, view: RatedView) -> str:
    """What follows for the target where a figure is within its usual range and rating and signal disagree."""
    signal = r.signal
    if signal.kind != "usual" or not disagreement(r, view):
        return ""
    if signal.assurance == "consistently_misses":
        return (
            f"All of that range is off the {_target(r)}: unless something changes, it will go on missing it."
        )
    if signal.assurance == "hit_and_miss":
        return f"With the {_target(r)} inside that range it is met and missed without any change."
    return ""


def _target(r: Reported) -> str:
    return f"target{DAGGER if r.row.target.illustrative else ''}"


def _begins(period: Period | None) -> str:
    """When a period begins, as one says it: ``April 2017`` of a month or quarter, else its label."""
    assert period is not None
    if period.kind is Kind.QUARTER:
        return f"{MONTHS[period.start.month - 1]} {period.start.year}"
    return f"the {period.label}" if period.kind is Kind.ACADEMIC_YEAR else period.label


def signal_notes(r: Reported) -> list[str]:
    """What a reader of a signal should know: the range, whether limits are on trial, gaps, and new baselines."""
    signal, stretch = r.signal, r.signal.latest
    if stretch is None or signal.not_given in (NoSignal.YEAR_TO_DATE, NoSignal.ROLLING, NoSignal.RANK):
        return []
    notes = []
    if limits := signal.limits:
        lies = f"{_ASSURED[signal.assurance]}{_mark(r)}" if signal.assurance else ""
        if signal.cause is None or signal.cause.rule in (Rule.SHIFT, Rule.TREND):
            notes.append(", ".join(filter(None, [f"usual range {range_words(limits, r.indicator)}", lies])))
        elif lies:
            notes.append(f"that range is {lies}")
        if limits.trial:
            notes.append(trial_words(limits))
    return notes + _baseline(r, stretch)


def _mark(r: Reported) -> str:
    return DAGGER if r.row.target.illustrative else ""


def trial_words(limits: Limits) -> str:
    """That limits will still move: ``trial limits: only 9 of the 12 figures that they need``."""
    return f"trial limits: only {limits.points} of the {TRIAL_BELOW} figures that they need"


def _baseline(r: Reported, stretch: Stretch) -> list[str]:
    notes = []
    if stretch.rebase is not None:
        notes.append(f"new baseline since {_begins(stretch.rebase.from_)}: {stretch.rebase.reason}")
    elif r.redefined is not None:
        notes.append(f"figures since it is measured as now, from {long_date(r.redefined.known_on)}")
    if stretch.missing:
        notes.append(f"{gap_words(stretch.missing, r.indicator)}, across which nothing is counted")
    return notes


def _why_not(r: Reported, signal: Signal) -> str:
    reason = signal.not_given
    assert reason is not None
    if reason is NoSignal.FEW_POINTS and signal.latest is not None:
        count = len(signal.latest.points)
        return f"{in_words(count)} of the {RUN} figures that it needs {'is' if count == 1 else 'are'} known"
    return reason.words


def range_words(limits: Limits, indicator: Indicator) -> str:
    """The usual range: the lowest and the highest figure as published that lie inside the limits: ``81.7% to 89%``."""
    step = Decimal(1).scaleb(-indicator.decimals)
    lower, upper = drawn(limits, indicator.unit)
    low = lower.quantize(step, rounding=ROUND_CEILING)
    high = upper.quantize(step, rounding=ROUND_FLOOR)
    if low > high:  # narrower than a step: no published figure lies inside
        low, high = (round_half_away(edge, indicator.decimals + 2) for edge in (lower, upper))
    return from_to(low, high, indicator.unit)


def from_to(low: Decimal, high: Decimal, unit: Unit) -> str:
    """Two figures as a range, a unit in words said once: ``40.8 to 42.7 per 10,000``, ``82% to 89%``."""
    first, last = (published(abs(edge) if edge == 0 else edge, unit) for edge in (low, high))
    one, _, said = first.partition(" ")
    return f"{one} to {last}" if said and last.endswith(f" {said}") else f"{first} to {last}"


# Recent trend, interval and benchmarks ------------------------------------------------------------


def trend_words(r: Reported) -> str:
    """The recent trend: ``Increasing from 2021/22 to 2025/26, getting better``, ``Cannot be calculated: …``."""
    found = r.recent_trend
    if isinstance(found, NoTrend):
        return f"Cannot be calculated: {found.words}"
    first = r.period
    for _ in range(POINTS - 1):
        first = first.same_last_year
    span = f"from {first.label} to {r.period.label}"
    if found.trend == "no_significant_change":
        return f"No significant change {span}"
    up = found.trend == "increasing"
    good = {Polarity.HIGH_IS_GOOD: up, Polarity.LOW_IS_GOOD: not up}.get(r.indicator.polarity)
    getting = "" if good is None else ", getting better" if good else ", getting worse"
    return f"{capitalised(found.trend)} {span}{getting}"


def interval_words(r: Reported) -> str:
    """The 95% interval: ``81.9% to 88.3%``; why there is none, or why it is not shown."""
    found = r.interval
    if isinstance(found, NotTested):
        return f"none: {found.words}"
    if interval_withheld(r):
        return "not shown: small numbers of people"
    places = max(r.indicator.decimals, 1)
    low, high = (round_half_away(edge, places) for edge in (found.lower, found.upper))
    return from_to(low, high, r.indicator.unit)


def interval_withheld(r: Reported) -> bool:
    """Whether an interval would give away a number of 1 to 5 people, or of those left over."""
    o = r.outturn
    if not r.indicator.of_people or o is None or not isinstance(r.interval, Interval):
        return False
    numerator, denominator = numerator_of(o, r.indicator), o.denominator
    assert numerator is not None and denominator is not None
    return any(number in SMALL_NUMBERS for number in (numerator, denominator, denominator - numerator))


def position_words(b: Benchmarked, r: Reported) -> str:
    """Where the figure lies beside a benchmark, and whether by more than chance.

    ``2 percentage points below, significantly worse``, ``2 percentage points below, not significantly``; without an
    interval only what the figures show.
    """
    position = b.position
    if position is None:
        return ""
    found = r.significance(b)
    if isinstance(found, NotTested) or position.arithmetic == "in_line":
        return position.words
    place = position.words.removesuffix(f", {position.judgement}")
    if found == "similar":
        return f"{place}, not significantly"
    return f"{place}, significantly" if found in ("higher", "lower") else f"{place}, significantly {found}"


def why_not_tested(r: Reported) -> str:
    """Why its benchmarks are not held against an interval, each reason once; empty where all of them are."""
    found = [r.significance(b) for b in r.benchmarks if b.position is not None]
    reasons = dict.fromkeys(one.words for one in found if isinstance(one, NotTested))
    return f"whether by chance is not reckoned: {'; '.join(reasons)}" if reasons else ""
