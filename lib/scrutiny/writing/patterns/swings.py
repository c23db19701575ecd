"""A series that left its level and came back, left it now, or kept it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scrutiny.data.definitions import Basis, Dip, Indicator, Polarity, Spread
from scrutiny.data.observations import Observation
from scrutiny.figures import Unit
from scrutiny.rating.table import Reported
from scrutiny.writing.patterns.shape import (
    PER_YEAR,
    alike,
    band,
    band_words,
    bracketed,
    depth,
    figure,
    judged,
    over,
    target_word,
    unbroken,
    value,
    when,
    which_is_better,
)
from scrutiny.writing.words import in_words

Way = Literal["low", "high"]


@dataclass(frozen=True)
class Swing:
    """Figures away from the level before them and from the reported one, all to one side."""

    way: Way
    before: Observation
    away: tuple[Observation, ...]
    now: Observation


def swing(r: Reported, way: Way, dip: Dip) -> Swing | None:
    """Find the figures just before the reported one that lie apart from it, and from the level before them.

    The level is the `dip.after` figures before. None where there is no such swing, where a figure is missing, where it
    lasts longer than `dip.longest`, and for year-to-date figures.
    """
    if r.indicator.basis is Basis.YEAR_TO_DATE:
        return None
    known = unbroken(alike(r), r.indicator)
    if not known:
        return None
    now, start = known[-1], len(known) - 1
    while start and _away(known[start - 1], now, way, dip, r.indicator):
        start -= 1
    away = tuple(known[start:-1])
    level = known[max(0, start - dip.after) : start]
    if len(level) < dip.after or not 1 <= len(away) <= dip.longest:
        return None
    if not all(_away(o, before, way, dip, r.indicator) for o in away for before in level):
        return None
    return Swing(way, level[-1], away, now)


def _away(o: Observation, level: Observation, way: Way, dip: Dip, indicator: Indicator) -> bool:
    a, b = value(o, indicator), value(level, indicator)
    distance = b - a if way == "low" else a - b
    return distance > 0 and distance >= depth(a, b, dip, indicator.unit)


def _worse_ways(polarity: Polarity) -> tuple[Way, ...]:
    """To which side a dip lies: of what is better low, above; of what is not judged it is arithmetic."""
    match polarity:
        case Polarity.LOW_IS_GOOD:
            return ("high",)
        case Polarity.CLOSE_TO_TARGET:
            return ("low", "high")
        case Polarity.HIGH_IS_GOOD | Polarity.NO_JUDGEMENT:
            return ("low",)


def dip_words(r: Reported, dip: Dip, *, years: bool = False, aside: bool = True) -> str:
    """Say that a dip is over: ``after a dip from September to November, 98% in December``.

    Where lower is better it is a rise that is over. Where closeness to a target counts, only what was further from it.

    Parameters
    ----------
    years
        Whether the periods are named with their year; they always are where the whole lasts a year or more.
    aside
        Whether "(lower is better)" follows where it is.

    Returns
    -------
    str
        Empty without a dip, and where the figure is not back at its earlier level.
    """
    for way in _worse_ways(r.indicator.polarity):
        found = swing(r, way, dip)
        if found and _recovered(found, dip, r.indicator) and _was_worse(found, r):
            named = years or _long(found, r.indicator)
            periods = over([o.period for o in found.away], named)
            back = f"{figure(found.now, r.indicator)} {when(found.now.period, named)}"
            text = f"after a {_noun(found.way, r.indicator)} {periods}, {back}"
            return bracketed(text, which_is_better(r.indicator) if aside else "")
    return ""


def _recovered(found: Swing, dip: Dip, indicator: Indicator) -> bool:
    return not _away(found.now, found.before, found.way, dip, indicator)


def _was_worse(found: Swing, r: Reported) -> bool:
    """Of closeness to a target: whether every figure away was further from it. Of the others the side says it."""
    close = r.indicator.polarity is Polarity.CLOSE_TO_TARGET
    return not close or all(judged(found.now, o, r) == "improving" for o in found.away)


def _long(found: Swing, indicator: Indicator) -> bool:
    return len(found.away) + 1 >= PER_YEAR.get(indicator.frequency, 1)


def _noun(way: Way, indicator: Indicator) -> str:
    if indicator.unit is Unit.RANK:
        return "dip"
    return "dip" if way == "low" else "rise"


def dipped_words(r: Reported, dip: Dip, *, years: bool = False, aside: bool = True) -> str:
    """Say that the figure has just left its level for the worse: ``dipped in December``.

    It must lie apart from each of the `dip.after` figures just before it, none of them missing.
    """
    if r.indicator.basis is Basis.YEAR_TO_DATE:
        return ""
    known = unbroken(alike(r), r.indicator)[-dip.after - 1 :]
    if len(known) <= dip.after:
        return ""
    now, close = known[-1], r.indicator.polarity is Polarity.CLOSE_TO_TARGET
    for way in _worse_ways(r.indicator.polarity):
        apart = all(_away(now, o, way, dip, r.indicator) for o in known[:-1])
        if apart and (not close or all(judged(now, o, r) == "worsening" for o in known[:-1])):
            verb = "dipped" if _noun(way, r.indicator) == "dip" else "rose"
            text = f"{verb} {when(now.period, years)}" + (f", further from {target_word(r)}" if close else "")
            return bracketed(text, which_is_better(r.indicator) if aside else "")
    return ""


def reverted_words(r: Reported, dip: Dip, back: Spread, *, years: bool = False) -> str:
    """Say that a rise or fall has gone again: ``has reverted to an earlier level after a rise in November``.

    The figure must be back within `back` of the one before; whether that is good is not said.
    """
    for way in ("high", "low"):
        found = swing(r, way, dip)
        if not found:
            continue
        before, now = value(found.before, r.indicator), value(found.now, r.indicator)
        if abs(now - before) <= band(now, before, back, r.indicator.unit):
            what = "rise" if way == "high" else "fall"
            noun = "change" if r.indicator.unit is Unit.RANK else what
            periods = over([o.period for o in found.away], years or _long(found, r.indicator))
            return f"has reverted to an earlier level after a {noun} {periods}"
    return ""


def steady_words(r: Reported, spread: Spread, years: int = 3) -> str:
    """Say that nothing moved far: ``stable over the last three years (within a band of 2 percentage points)``.

    Every figure of those years must be there, the highest and the lowest no further apart than the band.
    """
    to_date = r.indicator.basis is Basis.YEAR_TO_DATE
    count = years * (1 if to_date else PER_YEAR.get(r.indicator.frequency, 1))
    known = unbroken(alike(r), r.indicator)[-count:]
    if len(known) < max(count, 2):
        return ""
    values: list[Decimal] = [value(o, r.indicator) for o in known]
    low, high = min(values), max(values)
    width = band(low, high, spread, r.indicator.unit)
    if high - low > width:
        return ""
    span = "year" if years == 1 else f"{in_words(years)} years"
    return f"stable over the last {span} (within a band of {band_words(width, spread, r.indicator.unit)})"
