"""The figures that a width lets pass, on either side of a target."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from scrutiny.data.definitions import Polarity
from scrutiny.data.frameworks import Target
from scrutiny.data.schemes import Width, WidthKind


class Limits(NamedTuple):
    """The figures that a width lets pass, both ends included; None is no limit on that side."""

    lowest: Decimal | None
    highest: Decimal | None

    def holds(self, value: Decimal) -> bool:
        """Whether a figure lies within."""
        above = self.lowest is None or value >= self.lowest
        return above and (self.highest is None or value <= self.highest)


def limits(width: Width, target: Target, polarity: Polarity, *, surplus: bool = False) -> Limits:
    """Turn a width into the figures that it lets pass, for a target that fits the polarity.

    Parameters
    ----------
    width
        Points, percent of target or floor.
    target
        The target, in the indicator's unit.
    polarity
        Which way is better.
    surplus
        Whether the width is measured on the better side of the target.
    """
    lower, upper = edges(target, polarity)
    if width.kind is WidthKind.FLOOR:
        return Limits(
            width.amount if lower is not None else None, width.amount if upper is not None else None
        )
    sign = 1 if surplus else -1
    return Limits(
        None if lower is None else lower + sign * _distance(width, lower),
        None if upper is None else upper - sign * _distance(width, upper),
    )


def _distance(width: Width, measured_from: Decimal) -> Decimal:
    if width.kind is WidthKind.PERCENT_OF_TARGET:
        return (abs(measured_from) * width.amount).scaleb(-2)
    return width.amount


def edges(target: Target, polarity: Polarity) -> tuple[Decimal | None, Decimal | None]:
    """The edges that matter: lower for high_is_good, upper for low_is_good, both for close_to_target."""
    match polarity:
        case Polarity.HIGH_IS_GOOD:
            return target.at_least, None
        case Polarity.LOW_IS_GOOD:
            return None, target.at_most
        case Polarity.CLOSE_TO_TARGET if target.close_to is not None:
            return target.close_to, target.close_to
        case _:
            return target.at_least, target.at_most
