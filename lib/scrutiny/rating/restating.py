"""Restatements: figures that were given and read otherwise since, and what that did to their rating."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrutiny.data.observations import Observation
from scrutiny.figures import round_half_away

if TYPE_CHECKING:
    from scrutiny.rating.memory import Memory
    from scrutiny.rating.rate import Rating


@dataclass(frozen=True)
class Restatement:
    """A figure as it was given, and as it reads since; both have a value.

    Parameters
    ----------
    old, new
        The last state that read as before, and the first that reads otherwise.
    earlier
        Every state that read as the old one does, without a break; the old one last.
    """

    old: Observation
    new: Observation
    earlier: tuple[Observation, ...] = ()


def steps(states: Sequence[Observation], decimals: int) -> Iterator[Restatement]:
    """Each step from one figure to the next that reads otherwise, oldest first.

    Figures are compared as published: a change that rounding hides is none. One that was withheld or missing is no
    figure, so that what comes after it is compared with the last one that was given.

    Parameters
    ----------
    states
        Every state of one figure, oldest first.
    decimals
        Of the published figure.

    Examples
    --------
    >>> import datetime as dt
    >>> from decimal import Decimal
    >>> from scrutiny.data.definitions import Basis
    >>> from scrutiny.periods import Period
    >>> may = ("reviews", "X99000001", Period.parse("2026-05"), Basis.PERIOD)
    >>> given = [
    ...     Observation(*may, Decimal(v), dt.date(2026, 6, d)) for v, d in (("82", 1), ("82.3", 2), ("86", 3))
    ... ]
    >>> [(str(one.old.value), str(one.new.value), len(one.earlier)) for one in steps(given, decimals=0)]
    [('82.3', '86', 2)]
    """
    run: list[Observation] = []
    for state in states:
        if state.value is None:
            continue
        if run and differ(run[-1], state, decimals):
            yield Restatement(run[-1], state, tuple(run))
            run = []
        run.append(state)


def since(states: Sequence[Observation], then: Observation | None, decimals: int) -> Restatement | None:
    """What became of a figure since a day, as one step; None where it reads as it did.

    Parameters
    ----------
    states
        Every state of the figure, oldest first.
    then
        What was known of it on that day. None, or one without a value: it was first given after that, and is compared
        with its first state since. A figure that is withheld now is not restated.
    """
    given, new = [state for state in states if state.value is not None], states[-1]
    if new.value is None:
        return None
    old = then if then is not None and then.value is not None else given[0]
    if not differ(old, new, decimals):
        return None
    run = next((one.earlier for one in steps(given, decimals) if old in one.earlier), (old,))
    return Restatement(old, new, run)


def differ(old: Observation, new: Observation, decimals: int) -> bool:
    """Whether two figures read differently as published."""
    assert old.value is not None and new.value is not None
    return round_half_away(old.value, decimals) != round_half_away(new.value, decimals)


def effect(memory: Memory, one: Restatement) -> str:
    """What a restatement did to the rating: ``Amber to Red``, ``none (Red)``, ``not rated: …``.

    Both figures are rated by the rules of their period's framework, and against everything else as it is known now,
    so that nothing but the figure can have moved the rating.
    """
    indicator, period = one.old.indicator, one.old.period
    found = [memory.rating(indicator, period, outturn) for outturn in (one.old, one.new)]
    if any(rated is None for rated in found):
        return "not rated: no framework of that period holds it"
    before, now = (rated[0] for rated in found if rated)
    if before.is_rated and now.is_rated:
        return f"none ({now.word})" if before.word == now.word else f"{before.word} to {now.word}"
    if not before.is_rated and not now.is_rated:
        return _unrated(now)
    return (
        f"{before.word if before.is_rated else 'not rated'} to {now.word if now.is_rated else _unrated(now)}"
    )


def _unrated(rating: Rating) -> str:
    return f"not rated: {rating.reason.removeprefix(f'{rating.word}: ').rstrip('.')}"
