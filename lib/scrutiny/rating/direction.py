"""Direction of travel compares outturns; rating movement compares ratings. The two are kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scrutiny.data.definitions import Basis, Indicator, Polarity
from scrutiny.data.frameworks import Target
from scrutiny.data.schemes import Comparison, Scheme, Travel
from scrutiny.figures import Unit, gap_in_words, ordinal, round_half_away
from scrutiny.periods import Kind, Period
from scrutiny.rating.gap import gap_to_target
from scrutiny.rating.rate import Rating

Arithmetic = Literal["up", "down", "level"]
Revised = bool | Literal["perhaps"]
Judgement = Literal["improving", "worsening", "no_change", "not_judged"]
_SYMBOLS: dict[Arithmetic, str] = {"up": "▲", "down": "▼", "level": "▬"}
_NEUTRAL: dict[Arithmetic, str] = {"up": "higher than", "down": "lower than", "level": "similar to"}


@dataclass(frozen=True)
class Direction:
    """What a comparison of two outturns gives.

    Parameters
    ----------
    arithmetic
        Up, down or level: what the published figures did. None when they are not comparable.
    judgement
        Improving, worsening or no change; ``not_judged`` where neither way is better, or where closeness to a
        target would have to be judged without one. None when the figures are not comparable.
    against, against_period
        Which comparison, and the earlier period.
    earlier
        The earlier figure as published, in the indicator's unit; None where there is none.
    change
        Now less earlier, in the indicator's unit; None when they are not comparable.
    not_comparable
        Why not, in words; None when they are.
    indicator
        Whose figures they are: gives unit and polarity.
    """

    arithmetic: Arithmetic | None
    judgement: Judgement | None
    against: Comparison
    against_period: Period
    earlier: Decimal | None
    change: Decimal | None
    not_comparable: str | None
    indicator: Indicator

    @property
    def comparable(self) -> bool:
        """Whether the two figures may be compared."""
        return self.not_comparable is None

    @property
    def travel(self) -> Travel | None:
        """The judgement that a rating scheme may look at; None where there is none."""
        if self.judgement is None or self.judgement == "not_judged":
            return None
        return self.judgement

    @property
    def symbol(self) -> str:
        """Arithmetic arrow, ▲ ▼ or ▬, to stand behind the words; empty when not comparable."""
        return _SYMBOLS[self.arithmetic] if self.arithmetic else ""

    @property
    def judgement_words(self) -> str:
        """The judgement for a reader: ``improving``, ``no change``; empty where none is made."""
        return self.travel.replace("_", " ") if self.travel else ""

    @property
    def words(self) -> str:
        """The whole in words: ``up 8.8 percentage points on Q1 2017/18, improving``."""
        since = self.against_period.label
        if self.arithmetic is None or self.change is None or self.earlier is None:
            return f"not comparable with {since}: {self.not_comparable}"
        if self.indicator.polarity is Polarity.NO_JUDGEMENT:
            size = f"{self._size} " if self.change else ""
            return f"{size}{_NEUTRAL[self.arithmetic]} {since}"
        moved = self._moved(since)
        if self.judgement == "not_judged":
            return f"{moved}, not judged without a target"
        if self.judgement == "no_change" and self.change:
            return f"{moved}, as close to target as before"
        return f"{moved}, {self.judgement_words}"

    @property
    def _size(self) -> str:
        assert self.change is not None
        return gap_in_words(self.change, self.indicator.unit)

    def _moved(self, since: str) -> str:
        assert self.change is not None and self.earlier is not None
        if not self.change:
            return f"level with {since}"
        if self.indicator.unit is Unit.RANK:
            return (
                f"from {ordinal(int(self.earlier))} in {since} to {ordinal(int(self.earlier + self.change))}"
            )
        return f"{self.arithmetic} {self._size} on {since}"


def direction(
    now: Decimal | None,
    earlier: Decimal | None,
    *,
    indicator: Indicator,
    against: Comparison,
    period: Period,
    against_period: Period,
    target: Target | None,
    definition_changed: bool = False,
    basis_differs: bool = False,
    target_revised_withholds: bool = False,
    reason_missing: str = "",
) -> Direction:
    """Compare an outturn with an earlier one, both as published.

    Up, down and level are arithmetic; only the polarity turns them into a judgement. With
    ``close_to_target`` the gaps to target are compared; inside a range every figure is as good as another.

    Parameters
    ----------
    now, earlier
        The two outturns, in the indicator's unit; None where there is no figure.
    indicator
        Gives decimals, polarity and basis.
    against
        Which comparison this is.
    period, against_period
        The two periods; they must be what the comparison says, of one kind.
    target
        Needed only for ``close_to_target``.
    definition_changed, basis_differs
        Whether the definition, or the stretch of time that a figure covers, changed between the two.
    target_revised_withholds
        Whether the target was revised and the scheme withholds the direction over that.
    reason_missing
        Why a figure is missing, in words.

    Returns
    -------
    Direction
        Comparable, or not with the reason in words.
    """
    why_not = _not_comparable(now, earlier, indicator, against, period, against_period, reason_missing)
    if definition_changed:
        why_not = "the definition changed in between"
    elif basis_differs:
        why_not = "the two figures cover different stretches of time"
    elif target_revised_withholds and why_not is None:
        why_not = "the target was revised in between"
    before = None if earlier is None else round_half_away(earlier, indicator.decimals)
    if why_not is not None or now is None or before is None:
        return Direction(None, None, against, against_period, before, None, why_not, indicator)
    change = round_half_away(now, indicator.decimals) - before
    judged = judge(before + change, before, indicator.polarity, target)
    return Direction(_arithmetic(change), judged, against, against_period, before, change, None, indicator)


def _not_comparable(
    now: Decimal | None,
    earlier: Decimal | None,
    indicator: Indicator,
    against: Comparison,
    period: Period,
    against_period: Period,
    reason_missing: str,
) -> str | None:
    if period.kind is not against_period.kind:
        return f"a {_kind(against_period)} is not compared with a {_kind(period)}"
    if indicator.basis is Basis.YEAR_TO_DATE and against == "previous_period":
        return "a year-to-date figure is compared only with the same point last year"
    if not _is_what_it_says(against, period, against_period):
        which = "the same time the year before" if against == "same_period_last_year" else "just before"
        return f"it is not {which} {period.label}"
    if now is None:
        return reason_missing or f"there is no figure for {period.label}"
    if earlier is None:
        return reason_missing or f"there is no figure for {against_period.label}"
    return None


def _kind(period: Period) -> str:
    return period.kind.value.replace("_", " ")


def _is_what_it_says(against: Comparison, period: Period, against_period: Period) -> bool:
    """Years that do not follow each other never pass for years that do; a snapshot need only be earlier."""
    if period.kind is Kind.SNAPSHOT and against == "previous_period":
        return against_period < period
    if period.kind is Kind.SNAPSHOT:
        now, then = period.start, against_period.start
        return (now.year - 1, now.month) == (then.year, then.month)
    return against_period == (period.previous if against == "previous_period" else period.same_last_year)


def _arithmetic(change: Decimal) -> Arithmetic:
    if change == 0:
        return "level"
    return "up" if change > 0 else "down"


def judge(now: Decimal, earlier: Decimal, polarity: Polarity, target: Target | None) -> Judgement:
    """Say whether a figure is better than an earlier one; `target` is needed only where closeness to it counts."""
    match Polarity(polarity):
        case Polarity.NO_JUDGEMENT:
            return "not_judged"
        case Polarity.HIGH_IS_GOOD:
            better = now - earlier
        case Polarity.LOW_IS_GOOD:
            better = earlier - now
        case Polarity.CLOSE_TO_TARGET:
            if target is None or not target.exists:
                return "not_judged"
            better = _shortfall(earlier, target) - _shortfall(now, target)
    if better == 0:
        return "no_change"
    return "improving" if better > 0 else "worsening"


def _shortfall(value: Decimal, target: Target) -> Decimal:
    gap = gap_to_target(value, target, Polarity.CLOSE_TO_TARGET)
    assert gap is not None
    return max(-gap, Decimal(0))


@dataclass(frozen=True)
class Movement:
    """How a rating moved since the one before; never the same thing as the direction of travel.

    Parameters
    ----------
    kind
        Up or down the bands of the scheme, the same, or not compared.
    claimed
        Whether an improvement or deterioration may be claimed; False where the target was revised as well.
    words
        ``up from Amber to Green``, ``Red again``.
    """

    kind: Literal["up", "down", "same", "not_compared"]
    claimed: bool
    words: str


def rating_movement(
    before: Rating | None,
    now: Rating,
    scheme_before: Scheme | None,
    scheme_now: Scheme,
    target_revised: Revised,
) -> Movement:
    """Say how a rating moved.

    Parameters
    ----------
    before, now
        The two ratings; `before` is None where the indicator was not reported.
    scheme_before, scheme_now
        Their schemes; only ratings from schemes with the same words in the same order are compared.
    target_revised
        Whether the target differs from the one before: ``perhaps`` where targets of the framework were revised and
        it is not stated which. Unless it is certain that the target stayed, nothing is claimed.
    """
    if before is None:
        return Movement("not_compared", False, f"{now.word}; there is no earlier rating")
    if not before.is_rated and not now.is_rated:
        return Movement("not_compared", False, "not rated, as before")
    if not before.is_rated:
        return Movement("not_compared", False, f"{now.word}; not rated before")
    if not now.is_rated:
        return Movement("not_compared", False, f"not rated now; {before.word} before")
    order = [band.word for band in scheme_now.bands]
    if scheme_before is None or [band.word for band in scheme_before.bands] != order:
        words = f"{now.word} under another rating scheme; {before.word} before"
        return Movement("not_compared", False, words)
    if before.word == now.word:
        same = f"{now.word} again" if scheme_now.band(now.word).exception else f"{now.word} as before"
        return Movement(
            "same", False, f"{same}, against a revised target" if target_revised is True else same
        )
    up = order.index(now.word) < order.index(before.word)
    if not target_revised:
        way = "up" if up else "down"
        return Movement("up" if up else "down", True, f"{way} from {before.word} to {now.word}")
    what = "improvement" if up else "deterioration"
    revised = "some targets were revised" if target_revised == "perhaps" else "the target was revised too"
    words = f"{before.word} to {now.word}; {revised}, so no {what} is claimed"
    return Movement("up" if up else "down", False, words)
