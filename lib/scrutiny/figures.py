"""Figures as published: exact decimals, one rounding rule, and how each unit is written.

Figures are read as text and kept as `Decimal`, since ``72.4 - 0.6 > 71.8`` in binary floating point would rate an
outturn that lies exactly on the edge of a band as if it lay beside it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum


class Unit(StrEnum):
    """What an outturn counts or measures."""

    PERCENT = "percent"
    COUNT = "count"
    RATE_PER_10000 = "rate_per_10000"
    RATE_PER_1000 = "rate_per_1000"
    RATE_PER_100000 = "rate_per_100000"
    AVERAGE = "average"
    RANK = "rank"
    DAYS = "days"
    WEEKS = "weeks"
    SCORE = "score"
    POUNDS = "pounds"
    NOT_STATED = "not_stated"

    @property
    def gap_words(self) -> tuple[str, str]:
        """Singular and plural of one step of a gap in this unit: ``percentage point(s)``, ``place(s)``."""
        return _GAP_WORDS[self]

    @property
    def heading(self) -> str:
        """The unit in a table or chart heading."""
        return _HEADINGS[self]


_GAP_WORDS = {
    Unit.PERCENT: ("percentage point", "percentage points"),
    Unit.COUNT: ("", ""),
    Unit.RATE_PER_10000: ("per 10,000", "per 10,000"),
    Unit.RATE_PER_1000: ("per 1,000", "per 1,000"),
    Unit.RATE_PER_100000: ("per 100,000", "per 100,000"),
    Unit.AVERAGE: ("", ""),
    Unit.RANK: ("place", "places"),
    Unit.DAYS: ("day", "days"),
    Unit.WEEKS: ("week", "weeks"),
    Unit.SCORE: ("point", "points"),
    Unit.POUNDS: ("", ""),
    Unit.NOT_STATED: ("", ""),
}
_HEADINGS = {
    Unit.PERCENT: "%",
    Unit.COUNT: "number",
    Unit.RATE_PER_10000: "rate per 10,000",
    Unit.RATE_PER_1000: "rate per 1,000",
    Unit.RATE_PER_100000: "rate per 100,000",
    Unit.AVERAGE: "average",
    Unit.RANK: "rank",
    Unit.DAYS: "days",
    Unit.WEEKS: "weeks",
    Unit.SCORE: "score",
    Unit.POUNDS: "£",
    Unit.NOT_STATED: "not stated",
}


RATES = {Unit.RATE_PER_1000: 1_000, Unit.RATE_PER_10000: 10_000, Unit.RATE_PER_100000: 100_000}
"""Units of cases per so many people, and how many that is. Whoever treats rates apart takes them from here."""

_MOST_DIGITS = 20  # all that is computed from figures of this length is exact, or rounded only once


def parse_figure(text: str) -> Decimal:
    """Read a figure from text exactly.

    Parameters
    ----------
    text
        Digits with an optional sign and decimal point; thousands separators, ``%`` and ``£`` are not figures.

    Raises
    ------
    ValueError
        If the text is not a finite plain number.
    """
    stripped = text.strip()
    if not stripped or not set(stripped) <= set("0123456789.-+"):
        raise ValueError(f"'{text}' is not a plain number")
    try:
        value = Decimal(stripped)
    except InvalidOperation:
        raise ValueError(f"'{text}' is not a plain number") from None
    if len(value.as_tuple().digits) > _MOST_DIGITS or abs(value.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"'{text}' has more than {_MOST_DIGITS} digits")
    return value


def round_half_away(value: Decimal, decimals: int) -> Decimal:
    """Round half away from zero, the way councils and the DfE publish: 90.25 is 90.3 and 2.5 is 3.

    Parameters
    ----------
    value
        Any finite decimal.
    decimals
        Digits to keep after the point, zero or more.
    """
    step = Decimal(1).scaleb(-decimals)
    rounded = value.quantize(step, rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def percentage(numerator: Decimal, denominator: Decimal, decimals: int = 0) -> Decimal:
    """Turn a count into a published percentage: 41 of 73 is 56.

    Raises
    ------
    ZeroDivisionError
        If the denominator is 0; a share of nothing is not a figure.
    """
    if denominator == 0:
        raise ZeroDivisionError("a percentage of 0 cases is not a figure")
    return round_half_away(numerator * 100 / denominator, decimals)


def implied_count(share: Decimal, denominator: Decimal, decimals: int) -> Decimal | None:
    """The only whole number of cases that is published as a percentage; None where several or none are.

    85.4% of 459 can only be 392; 85% of 459 could be 388 to 392.

    Parameters
    ----------
    share
        In percent.
    denominator
        Cases in all, a whole number above 0.
    decimals
        Decimals of the published percentage.
    """
    if denominator <= 0 or denominator != denominator.to_integral_value():
        return None
    shown = round_half_away(share, decimals)
    near = (share * denominator / 100).to_integral_value(rounding=ROUND_HALF_UP)
    fits = [
        count
        for count in (near - 1, near, near + 1)
        if 0 <= count <= denominator and percentage(count, denominator, decimals) == shown
    ]
    return fits[0] if len(fits) == 1 else None


def plain(value: Decimal, *, trailing_zeros: bool = True) -> str:
    """Write a decimal with thousands separators and no exponent; drop trailing zeros if asked."""
    text = f"{value:,f}"
    if not trailing_zeros and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def published(
    value: Decimal, unit: Unit, decimals: int | None = None, *, trailing_zeros: bool = False
) -> str:
    """Write a figure as the committee sees it: ``85.4%``, ``1,204``, ``43.1 per 10,000``, ``12 days``.

    Parameters
    ----------
    value
        The figure in its own unit (percent as 85.4, not 0.854).
    decimals
        Digits to round to; None keeps what is there (for targets, which are shown as agreed).
    trailing_zeros
        Whether 56 at one decimal is written 56.0.
    """
    if decimals is not None:
        value = round_half_away(value, decimals)
    if unit is Unit.POUNDS and value != value.to_integral_value():
        value, trailing_zeros = round_half_away(value, 2), True  # £87.50, never £87.5
    number = plain(value, trailing_zeros=trailing_zeros)
    if unit is Unit.PERCENT:
        return f"{number}%"
    if unit is Unit.POUNDS:
        return f"−£{number[1:]}" if number.startswith("−") else f"£{number}"
    if unit in RATES:
        return f"{number} {unit.gap_words[1]}"
    if unit in (Unit.DAYS, Unit.WEEKS):
        return f"{number} {unit.gap_words[0 if abs(value) == 1 else 1]}"
    if unit is Unit.RANK:
        return ordinal(int(value))
    return number


def gap_in_words(gap: Decimal, unit: Unit) -> str:
    """Write the size of a difference: ``4.6 percentage points``, ``1 percentage point``, ``3``."""
    size = abs(gap)
    words = unit.gap_words[0 if size == 1 else 1]
    number = plain(size, trailing_zeros=False)
    if unit is Unit.POUNDS:
        number = f"£{number}"
    return f"{number} {words}".strip()


def ordinal(number: int) -> str:
    """Write a rank: 1st, 2nd, 3rd, 11th, 114th."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
