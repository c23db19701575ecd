"""Where a figure came from: moved, highest since, the nth rise in a row, two that move together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scrutiny.data.definitions import Basis, Indicator, Polarity
from scrutiny.data.observations import Observation
from scrutiny.data.schemes import Comparison
from scrutiny.figures import Unit
from scrutiny.rating.direction import Direction
from scrutiny.rating.table import Reported
from scrutiny.writing.patterns.shape import (
    alike,
    bracketed,
    figure,
    figures,
    gap,
    judged,
    target_word,
    unbroken,
    value,
    when,
    which_is_better,
)
from scrutiny.writing.series import every, gap_words
from scrutiny.writing.words import ordinal_word

LAST_YEAR: Comparison = "same_period_last_year"
_CLOSER = {
    "improving": ", closer to {}",
    "worsening": ", further from {}",
    "no_change": ", as close to {} as before",
}


def moved(
    r: Reported, against: Comparison = "previous_period", *, named: bool | None = None, aside: bool = True
) -> str:
    """Say from which figure to which: ``improved from 55% to 58%``, ``unchanged at 94%``.

    Parameters
    ----------
    against
        Which earlier period.
    named
        Whether both periods are named. None: only where the comparison is with the year before.
    aside
        Whether "(lower is better)" follows where a rise is no good news.

    Returns
    -------
    str
        Empty where the two figures are not comparable: one is missing, or the definition changed in between.
    """
    way = r.directions[against]
    before = next((o for o in r.series if o.period == way.against_period), None)
    if not way.comparable or before is None or r.outturn is None:
        return ""
    naming = against == LAST_YEAR if named is None else named
    if not way.change:
        same = f"unchanged at {figure(r.outturn, r.indicator)}"
        return f"{same}, as {when(way.against_period)}" if naming else same
    first, last = figures(before, r.outturn, r.indicator)
    if naming:
        first = f"{figure(before, r.indicator)} {when(way.against_period)}"
        last = f"{last} {when(r.period)}"
    text = f"{_verb(way, r.indicator)} from {first} to {last}"
    if r.indicator.polarity is Polarity.CLOSE_TO_TARGET:
        return text + _CLOSER.get(way.judgement or "", "").format(target_word(r))
    worse = way.judgement == "worsening"
    return bracketed(text, which_is_better(r.indicator) if aside and worse else "")


def _verb(way: Direction, indicator: Indicator) -> str:
    if indicator.polarity is Polarity.CLOSE_TO_TARGET and way.judgement != "not_judged":
        return "moved"
    if way.judgement == "improving":
        return "improved"
    if indicator.unit is Unit.RANK:
        return "fell" if way.judgement == "worsening" else "moved"
    return "rose" if way.arithmetic == "up" else "fell"


def together(a: Reported, b: Reported, against: Comparison = "previous_period") -> str:
    """Say that two indicators moved alike: ``both fell``, ``both improved``, ``both were unchanged``.

    Returns
    -------
    str
        Empty where they moved apart, or where one of them is not comparable.
    """
    ways = a.directions[against], b.directions[against]
    if not all(way.comparable for way in ways):
        return ""
    if all(way.judgement == "improving" for way in ways):
        return "both improved"
    if a.indicator.unit is Unit.RANK or b.indicator.unit is Unit.RANK:
        return ""
    if ways[0].arithmetic != ways[1].arithmetic:
        return ""
    return {"up": "both rose", "down": "both fell", "level": "both were unchanged"}[ways[0].arithmetic or ""]


def extreme(r: Reported, beyond: int, *, aside: bool = True) -> str:
    """Say since when the figure is the highest or the lowest: ``the highest since March 2024``.

    Parameters
    ----------
    beyond
        How many earlier figures it must be strictly above, or below, to be worth saying.
    aside
        Whether "(lower is better)" follows where it is.

    Returns
    -------
    str
        ``the lowest on record (since April 2021)`` where no earlier figure is lower. An earlier figure that is the
        same is said, and so are missing ones. Empty where nothing stands out. Of a rank, best and worst.
    """
    known = alike(r)
    for side in ("highest", "lowest"):
        if text := _extreme(known, r, side, beyond, aside):
            return text
    return ""


def _extreme(known: Sequence[Observation], r: Reported, side: str, beyond: int, aside: bool) -> str:
    if not known:
        return ""
    sign = 1 if side == "highest" else -1
    now, earlier = sign * value(known[-1], r.indicator), known[:-1]
    heights = [sign * value(o, r.indicator) for o in earlier]
    level = next((i for i in reversed(range(len(earlier))) if heights[i] >= now), None)
    on_record = not any(height > now for height in heights)
    passed = heights if on_record else heights[(level or 0) + 1 :]
    if sum(height < now for height in passed) < beyond:
        return ""
    start = 0 if on_record or level is None else level
    gaps = sum(gap(a, b, r.indicator) for a, b in pairwise(known[start:]))
    last_tie = earlier[level] if level is not None and heights[level] == now else None
    asides = [which_is_better(r.indicator) if aside else "", gap_words(gaps, r.indicator)]
    asides += ["provisional"] if known[-1].status == "provisional" else []
    word = _side(side, r.indicator)
    at = " at this point of the year" if r.indicator.basis is Basis.YEAR_TO_DATE else ""
    if on_record:
        joint = "joint " if last_tie else ""
        record = "as now defined" if r.redefined else "on record"
        level_with = f"level with {_since(last_tie)}" if last_tie else ""
        return bracketed(f"the {joint}{word}{at} {record}", f"since {_since(known[0])}", level_with, *asides)
    assert level is not None
    text = f"the {word}{at} since {_since(earlier[level])}"
    return bracketed(f"{text}, when it was the same" if last_tie else text, *asides)


def _since(o: Observation) -> str:
    return when(o.period).split(" ", 1)[1]


def _side(side: str, indicator: Indicator) -> str:
    if indicator.unit is not Unit.RANK:
        return side
    if indicator.polarity is Polarity.LOW_IS_GOOD:
        return "worst" if side == "highest" else "best"
    return f"{side} in number"


@dataclass(frozen=True)
class Streak:
    """Changes in a row, all up or all down; `judgement` is what every one of them was, None if they differ."""

    length: int
    way: Literal["up", "down"]
    judgement: str | None


def streak(r: Reported, at_least: int) -> Streak | None:
    """Find the changes in one direction that end with the reported figure; a tie or a missing figure ends them.

    None where there are fewer than `at_least`, and for year-to-date figures, which mostly only grow.
    """
    if r.indicator.basis is Basis.YEAR_TO_DATE:
        return None
    steps = list(pairwise(unbroken(alike(r), r.indicator)))[::-1]
    signs = [(value(b, r.indicator) - value(a, r.indicator)).compare(0) for a, b in steps]
    length = next((i for i, sign in enumerate(signs) if sign == 0 or sign != signs[0]), len(signs))
    if not length or length < at_least:
        return None
    judgements = {judged(b, a, r) for a, b in steps[:length]}
    return Streak(
        length, "up" if signs[0] > 0 else "down", judgements.pop() if len(judgements) == 1 else None
    )


def run_words(r: Reported, at_least: int, *, aside: bool = True) -> str:
    """Count the changes: ``the third consecutive rise``, or ``improvement`` where the polarity says so."""
    found = streak(r, at_least)
    noun = _word(found, r.indicator, ("improvement", "rise", "fall")) if found else ""
    if not found or not noun:
        return ""
    return _with_aside(f"the {ordinal_word(found.length)} consecutive {noun}", found, r, aside)


def running_words(r: Reported, at_least: int, *, aside: bool = True) -> str:
    """Count the changes as a verb: ``improved for the third month running``."""
    found = streak(r, at_least)
    verb = _word(found, r.indicator, ("improved", "rose", "fell")) if found else ""
    if not found or not verb:
        return ""
    text = f"{verb} for the {ordinal_word(found.length)} {every(r.indicator)} running"
    return _with_aside(text, found, r, aside)


def _word(found: Streak, indicator: Indicator, words: tuple[str, str, str]) -> str:
    improved, rose, fell = words
    if found.judgement == "improving":
        return improved
    if indicator.unit is Unit.RANK:
        return fell if found.judgement == "worsening" else ""
    return rose if found.way == "up" else fell


def _with_aside(text: str, found: Streak, r: Reported, aside: bool) -> str:
    if found.judgement != "worsening":
        return text
    if r.indicator.polarity is Polarity.CLOSE_TO_TARGET:
        return f"{text}, further from {target_word(r)} each time"
    return bracketed(text, which_is_better(r.indicator) if aside else "")
