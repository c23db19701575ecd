"""Gap to target: how far a figure lies from its target, positive where it is better."""

from __future__ import annotations

from decimal import Decimal

from scrutiny.data.definitions import Polarity
from scrutiny.data.frameworks import Target
from scrutiny.data.schemes import Width, WidthKind


def edge(target: Target, polarity: Polarity, value: Decimal) -> Decimal | None:
    """Say from which figure of the target the gap is measured.

    With a range, ``high_is_good`` measures from the lower edge, ``low_is_good`` from the upper, and
    ``close_to_target`` from the edge that is nearer to the value (the lower one half way).

    Parameters
    ----------
    target
        The target, in the indicator's unit.
    polarity
        Which way is better.
    value
        The outturn, in the indicator's unit.

    Returns
    -------
    Decimal or None
        None when there is no target, or neither way is better.

    Raises
    ------
    ValueError
        If the polarity is unknown, or the target has no edge on the side that it asks for. An unknown
        polarity is never taken for one of the known ones.

    Source: Windsor and Maidenhead 2018/19, Bromley 2018 and Kent 2020 as on the methods page.
    """
    known = Polarity(polarity)
    if not target.exists or known is Polarity.NO_JUDGEMENT:
        return None
    if target.close_to is not None:
        return target.close_to
    lower, upper = target.at_least, target.at_most
    if known is Polarity.CLOSE_TO_TARGET and lower is not None and upper is not None:
        return lower if abs(value - lower) <= abs(value - upper) else upper
    found = {Polarity.HIGH_IS_GOOD: lower, Polarity.LOW_IS_GOOD: upper}.get(known)
    if found is None:
        raise ValueError(f"a target without the edge that {known.value} is measured from")
    return found


def gap_to_target(value: Decimal, target: Target, polarity: Polarity) -> Decimal | None:
    """Measure how far a figure lies from its target: positive is better, 0 is met exactly.

    Inside a range the gap is 0 or better. From a figure to stay close to, the gap is never above 0.

    Parameters
    ----------
    value
        The outturn, in the indicator's unit.
    target
        The target, in the same unit.
    polarity
        Which way is better.

    Returns
    -------
    Decimal or None
        In the indicator's unit; None when there is no target, or neither way is better.

    Raises
    ------
    ValueError
        As for `edge`.

    Examples
    --------
    >>> from scrutiny.data.frameworks import Target
    >>> bromley = Target(at_least=Decimal(95), at_most=Decimal(100))
    >>> gap_to_target(Decimal(94), bromley, Polarity.HIGH_IS_GOOD)
    Decimal('-1')
    """
    measured_from = edge(target, polarity, value)
    if measured_from is None:
        return None
    if target.close_to is not None:
        return -abs(value - measured_from)
    if polarity == Polarity.HIGH_IS_GOOD:
        return value - measured_from
    if polarity == Polarity.LOW_IS_GOOD:
        return measured_from - value
    distance = abs(value - measured_from)
    inside = target.at_least <= value <= target.at_most  # type: ignore[operator]
    return distance if inside else -distance


def reach(width: Width, measured_from: Decimal, polarity: Polarity) -> Decimal:
    """Turn a width into a distance from the target's edge, in the indicator's unit.

    Points are the distance itself; percent is taken of the size of the edge; a floor is as far away as it
    lies on the wrong side of the edge (negative if it lies on the right side, which checks refuse).
    """
    match width.kind:
        case WidthKind.POINTS:
            return width.amount
        case WidthKind.PERCENT_OF_TARGET:
            return (abs(measured_from) * width.amount).scaleb(-2)
        case WidthKind.FLOOR:
            away = measured_from - width.amount
            return -away if polarity == Polarity.LOW_IS_GOOD else away
