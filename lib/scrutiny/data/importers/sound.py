"""Whether a figure can be right: its range, its counts, and whether the one follows from the other."""

from __future__ import annotations

from decimal import Decimal

from scrutiny.data.definitions import Indicator
from scrutiny.data.importers.reading import Faults
from scrutiny.data.observations import Observation
from scrutiny.figures import RATES, Unit, percentage, published

_FROM_0 = (Unit.COUNT, *RATES, Unit.DAYS, Unit.WEEKS, Unit.AVERAGE)


def check_figure(figure: Observation, indicator: Indicator, line: int, faults: Faults) -> None:
    """Add to the faults what cannot be.

    Parameters
    ----------
    figure
        As taken from the file, in the indicator's unit.
    indicator
        Gives the unit and the plausible range.
    line
        Its line in the file.
    """
    _check_range(figure, indicator, line, faults)
    for name, count in (("numerator", figure.numerator), ("denominator", figure.denominator)):
        if count is not None and count < 0:
            faults.add("not-plausible", line, name, f"{count}", "a count of 0 or more", _CORRECT)
    above, below = figure.numerator, figure.denominator
    if above is not None and below is not None and indicator.unit in (Unit.PERCENT, *RATES) and above > below:
        found, expected = f"{above} of {below} for {indicator.id}", "a numerator within its denominator"
        faults.add("numerator-above-denominator", line, "", found, expected, _COLUMNS)


_CORRECT = "check the file and the mapping: another column, a missing scale, or a slip of the publisher"
_COLUMNS = "check which columns the mapping names"


def _check_range(figure: Observation, indicator: Indicator, line: int, faults: Faults) -> None:
    value = figure.value
    lowest, highest = indicator.plausible or (
        (Decimal(0), Decimal(100))
        if indicator.unit is Unit.PERCENT
        else (Decimal(0) if indicator.unit in _FROM_0 else None, None)
    )
    if value is None or ((lowest is None or lowest <= value) and (highest is None or value <= highest)):
        return
    span = " to ".join(published(edge, indicator.unit) for edge in (lowest, highest) if edge is not None)
    found = f"{published(value, indicator.unit)} for {indicator.id}"
    faults.add("not-plausible", line, "", found, f"a figure in its plausible range, {span}", _CORRECT)


def off_its_counts(figure: Observation, unit: Unit, rounded: int) -> str:
    """What the counts of a percentage make, if that is another one; empty if they agree within the rounding of each.

    Publishers leave authorities out of one and not of the other, so that a few of a file's figures differ. Where many
    do, the mapping names the wrong columns.
    """
    value, above, below = figure.value, figure.numerator, figure.denominator
    if unit is not Unit.PERCENT or value is None or above is None or not below:
        return ""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    share = above * 100 / below
    off = Decimal(1).scaleb(-decimals) / 2 + Decimal(rounded) / 2 * (100 + share) / below
    if abs(share - value) <= off:
        return ""
    return f"{value}%, and {above} of {below} is {percentage(above, below, max(0, decimals))}%"
