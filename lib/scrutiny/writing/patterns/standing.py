"""On target or off it, and for how long; short of it, yet improving."""

from __future__ import annotations

from scrutiny.data.definitions import Polarity
from scrutiny.data.schemes import Comparison
from scrutiny.figures import Unit, round_half_away
from scrutiny.rating.gap import gap_to_target
from scrutiny.rating.memory import Run
from scrutiny.rating.table import Reported
from scrutiny.writing.patterns.shape import target_word
from scrutiny.writing.series import every
from scrutiny.writing.words import ordinal_word

_RISING = ("increasing", "steadily_rising", "monthly_increase")
_COMPARISONS: tuple[Comparison, ...] = ("previous_period", "same_period_last_year")


def standing(r: Reported, run: Run) -> str:
    """Say how long it has been so: ``on target for the fourth month running``, ``off target for a second quarter``.

    Parameters
    ----------
    run
        Consecutive periods on or off target, by the targets then in force.

    Returns
    -------
    str
        Empty for the first such period, and where it is not rated.
    """
    if run.count < 2:
        return ""
    number, period = ordinal_word(run.count), every(r.indicator)
    if run.off:
        many = f"the {number} {period} running" if run.count > 2 else f"a {number} {period}"
        return f"off {target_word(r)} for {many}"
    return f"on {target_word(r)} for the {number} {period} running"


def still_short(r: Reported, run: Run) -> str:
    """Tell status and direction apart: ``still short of target though improving``.

    Parameters
    ----------
    run
        Consecutive periods on or off target; "still" is said only where it was off target before.

    Returns
    -------
    str
        Empty where the target is met or there is none, and unless the figure improves on the period before; a
        year-to-date figure on the same point last year. Where figure or target, or the figure before, were not
        published, what the council said of them counts.
    """
    if not _misses(r) or not _improves(r):
        return ""
    return f"{'still ' if run.misses > 1 else ''}{_short(r)} though improving"


def _misses(r: Reported) -> bool:
    if r.outturn is not None and r.outturn.value is not None and r.row.target.exists:
        value = round_half_away(r.outturn.value, r.indicator.decimals)
        gap = gap_to_target(value, r.row.target, r.indicator.polarity)
        return gap is not None and gap < 0
    return "target" in r.judgements and r.judgements["target"].judgement == "short_of"


def _improves(r: Reported) -> bool:
    way = next((r.directions[c] for c in _COMPARISONS if r.directions[c].comparable), None)
    if way is not None:
        return way.travel == "improving"
    just_redefined = r.redefined is not None and r.redefined.known_on > r.period.previous.end
    if just_redefined or "direction" not in r.judgements:
        return False
    said, polarity = r.judgements["direction"].judgement, r.indicator.polarity
    rising = polarity is Polarity.HIGH_IS_GOOD and said in _RISING
    return said == "improving" or rising or (polarity is Polarity.LOW_IS_GOOD and said == "decreasing")


def _short(r: Reported) -> str:
    if r.indicator.polarity is Polarity.CLOSE_TO_TARGET or r.row.target.close_to is not None:
        return f"off {target_word(r)}"
    high = r.indicator.polarity is Polarity.HIGH_IS_GOOD or r.indicator.unit is Unit.RANK
    return f"{'short of' if high else 'over'} {target_word(r)}"
