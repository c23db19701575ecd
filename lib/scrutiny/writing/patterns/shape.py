"""What of a series a sentence may rest on, and how its figures and periods are said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scrutiny.data.definitions import Basis, Dip, Frequency, Indicator, Polarity, Spread
from scrutiny.data.observations import Observation
from scrutiny.figures import Unit, gap_in_words, published, round_half_away
from scrutiny.periods import Kind, Period
from scrutiny.rating.direction import Judgement, judge
from scrutiny.rating.gaps import missing
from scrutiny.rating.table import Reported
from scrutiny.writing.words import DAGGER

IN_POINTS = (Unit.PERCENT, Unit.RANK)
"""Units whose widths are given in points; those of the others are a share of the figure."""
PER_YEAR = {Frequency.MONTH: 12, Frequency.QUARTER: 4}


def value(o: Observation, indicator: Indicator) -> Decimal:
    """The figure as published."""
    assert o.value is not None
    return round_half_away(o.value, indicator.decimals)


def figure(o: Observation, indicator: Indicator) -> str:
    """The figure in words: ``98%``; a provisional one is marked (p)."""
    assert o.value is not None
    zeros = indicator.trailing_zeros
    text = published(o.value, indicator.unit, indicator.decimals, trailing_zeros=zeros)
    return f"{text} (p)" if o.status == "provisional" else text


def figures(first: Observation, last: Observation, indicator: Indicator) -> tuple[str, str]:
    """Two figures in words, the unit said once: ``12`` and ``9 days``."""
    texts = figure(first, indicator), figure(last, indicator)
    one, _, unit = texts[0].partition(" ")
    alike = unit and unit == texts[1].partition(" ")[2] and not unit.startswith("(p)")
    return (one, texts[1]) if alike else texts


def alike(r: Reported) -> list[Observation]:
    """The figures that may be set beside the reported one, oldest first; it is the last.

    Figures from before what is measured changed are left out, and of year-to-date figures all but those of the same
    point of the year. Empty where no figure is reported.
    """
    if r.outturn is None or r.outturn.value is None:
        return []
    since = r.redefined.known_on if r.redefined else None
    found = [o for o in r.series if since is None or o.period.end >= since]
    if r.indicator.basis is Basis.YEAR_TO_DATE:
        return [o for o in found if o.period.end.month == r.period.end.month]
    return found


def gap(earlier: Observation, later: Observation, indicator: Indicator) -> int:
    """How many figures that should stand between two do not."""
    if indicator.basis is Basis.YEAR_TO_DATE:
        return max(0, later.period.end.year - earlier.period.end.year - 1)
    return missing(earlier, later, indicator)


def unbroken(observations: Sequence[Observation], indicator: Indicator) -> list[Observation]:
    """The last of some figures, back to the first missing one."""
    found: list[Observation] = []
    for o in reversed(observations):
        if found and gap(o, found[-1], indicator):
            break
        found.append(o)
    return found[::-1]


def judged(now: Observation, earlier: Observation, r: Reported) -> Judgement:
    """Whether a figure is better than an earlier one, by the polarity and, for closeness, by the row's target."""
    target = r.row.target if r.row.target.exists else None
    i = r.indicator
    return judge(value(now, i), value(earlier, i), i.polarity, target)


def depth(a: Decimal, b: Decimal, dip: Dip, unit: Unit) -> Decimal:
    """How far two figures must lie apart to differ: in points, or for other units in percent of the larger one."""
    return dip.by if unit in IN_POINTS else (max(abs(a), abs(b)) * dip.otherwise).scaleb(-2)


def band(a: Decimal, b: Decimal, spread: Spread, unit: Unit) -> Decimal:
    """How far two figures may lie apart and be alike; of small percentages less, as two points of 3% are much."""
    share = (max(abs(a), abs(b)) * spread.otherwise).scaleb(-2)
    if unit is Unit.RANK:
        return spread.within
    return min(spread.within, share) if unit is Unit.PERCENT else share


def band_words(width: Decimal, spread: Spread, unit: Unit) -> str:
    """The band as it is said: ``2 percentage points``, ``5%``."""
    return gap_in_words(width, unit) if unit in IN_POINTS else f"{spread.otherwise.normalize():f}%"


def name(period: Period, years: bool = True) -> str:
    """A period's name: ``December 2018``, or ``December`` where the year is plain; years and days are always full."""
    label = period.label
    if period.kind is Kind.ACADEMIC_YEAR:
        return f"the {label}"
    return label if years or period.kind not in (Kind.MONTH, Kind.QUARTER) else label.split()[0]


def when(period: Period, years: bool = True) -> str:
    """The period with its preposition: ``in December 2018``, ``on 31 March 2018``."""
    return f"{'on' if period.kind is Kind.SNAPSHOT else 'in'} {name(period, years)}"


def over(periods: Sequence[Period], years: bool = True) -> str:
    """Periods that follow each other: ``in October``, ``in October and November``, ``from September to November``."""
    if len(periods) == 1:
        return when(periods[0], years)
    first, last = name(periods[0], years), name(periods[-1], years)
    return f"{when(periods[0], years)} and {last}" if len(periods) == 2 else f"from {first} to {last}"


def target_word(r: Reported) -> str:
    """``target``, with its mark where the council did not publish it."""
    return f"target{DAGGER if r.row.target.illustrative else ''}"


def which_is_better(indicator: Indicator) -> str:
    """``lower is better`` where a reader might take higher for better; empty otherwise. Ranks say it themselves."""
    low = indicator.polarity is Polarity.LOW_IS_GOOD and indicator.unit is not Unit.RANK
    return indicator.polarity.words if low else ""


def bracketed(text: str, *asides: str) -> str:
    """A text with what stands in brackets behind it, if anything does."""
    said = "; ".join(aside for aside in asides if aside)
    return f"{text} ({said})" if said else text
