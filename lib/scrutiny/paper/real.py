"""Signals, recent trends and intervals of the paper model, and their columns in the open data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from scrutiny.figures import round_half_away
from scrutiny.paper.model import (
    BenchmarkModel,
    Cell,
    IndicatorModel,
    IntervalModel,
    RecentTrendModel,
    SignalModel,
)
from scrutiny.rating.intervals import Interval, NotTested
from scrutiny.rating.recent_trend import NoTrend
from scrutiny.rating.table import Benchmarked, RatedView, Reported
from scrutiny.writing.signalled import (
    consequence,
    disagreement,
    interval_withheld,
    interval_words,
    off_target,
    signal_notes,
    signal_words,
    trend_words,
)
from scrutiny.writing.words import capitalised

COLUMNS = (
    *("signal", "signal_rule", "signal_since", "signal_not_given", "mean", "lower_limit", "upper_limit"),
    *("trial_limits", "assurance", "recent_trend", "recent_trend_not_calculated"),
    *("interval_lower", "interval_upper", "significance", "significance_not_tested"),
)
"""Columns of the open data; empty where the paper shows no signals."""


def cell(view: RatedView, r: Reported) -> Cell:
    """The signal for a table, to stand beside the rating; where the two tell different things, that sentence."""
    return Cell(text=disagreement(r, view) or signal_words(r), note="\n".join(signal_notes(r)))


def lines(view: RatedView, r: Reported) -> list[tuple[str, str]]:
    """Label and text for the card of an indicator: signal, recent trend, and the interval of its figure."""
    differs = disagreement(r, view)
    repeats = differs and not (r.signal.kind == "usual" and not off_target(r, view))
    told = ["" if repeats else signal_words(r), " ".join(filter(None, [differs, consequence(r, view)]))]
    notes = capitalised("; ".join(signal_notes(r)))
    signal = ("Signal", "\n".join(filter(None, [*told, notes])))
    if r.outturn is None or r.outturn.value is None:
        return [signal]
    return [signal, ("Recent trend", trend_words(r)), ("95% interval", capitalised(interval_words(r)))]


def signal(view: RatedView, r: Reported) -> SignalModel:
    """The signal of an indicator as a record."""
    found, limits = r.signal, r.signal.limits
    rebase = found.latest.rebase if found.latest else None
    return SignalModel(
        kind=found.kind,
        not_given=found.not_given.value if found.not_given else None,
        rule=found.cause.rule.value if found.cause else None,
        since=str(found.since) if found.since else None,
        mean=_limit(limits.mean, r) if limits else None,
        lower=_limit(limits.lower, r) if limits else None,
        upper=_limit(limits.upper, r) if limits else None,
        points=limits.points if limits else None,
        trial=limits.trial if limits else None,
        baseline=str(rebase.from_) if rebase else None,
        assurance=found.assurance,
        words=signal_words(r),
        beside_rating=" ".join(filter(None, [disagreement(r, view), consequence(r, view)])),
    )


def recent_trend(r: Reported) -> RecentTrendModel:
    """The recent trend of an indicator as a record."""
    found = r.recent_trend
    if isinstance(found, NoTrend):
        return RecentTrendModel(trend=None, not_calculated=found.value, words=trend_words(r))
    return RecentTrendModel(trend=found.trend, words=trend_words(r))


def compared(b: Benchmarked, r: Reported) -> dict[str, Any]:
    """Interval and significance of a comparison; nothing where there is no figure to compare."""
    if b.position is None:
        return {}
    found = r.significance(b)
    if isinstance(found, NotTested):
        return {"interval": _interval(r), "not_tested": found.value}
    return {"interval": _interval(r), "significance": found}


def _interval(r: Reported) -> IntervalModel | None:
    found = r.interval
    if not isinstance(found, Interval):
        return None
    withheld = interval_withheld(r)
    lower, upper = (None if withheld else _limit(edge, r) for edge in (found.lower, found.upper))
    return IntervalModel(lower=lower, upper=upper, method=found.method)


def _limit(value: Decimal, r: Reported) -> str:
    return str(round_half_away(value, r.indicator.decimals + 2))


def row(i: IndicatorModel) -> dict[str, object]:
    """The columns of an indicator."""
    s, t = i.signal, i.recent_trend
    if s is None or t is None:
        return {}
    return {
        "signal": s.kind,
        "signal_rule": s.rule,
        "signal_since": s.since,
        "signal_not_given": s.not_given,
        "mean": s.mean,
        "lower_limit": s.lower,
        "upper_limit": s.upper,
        "trial_limits": None if s.trial is None else "yes" if s.trial else "no",
        "assurance": s.assurance,
        "recent_trend": t.trend,
        "recent_trend_not_calculated": t.not_calculated,
    }


def compared_row(b: BenchmarkModel) -> dict[str, object]:
    """The columns of a comparison."""
    return {
        "interval_lower": b.interval.lower if b.interval else None,
        "interval_upper": b.interval.upper if b.interval else None,
        "significance": b.significance,
        "significance_not_tested": b.not_tested,
    }
