"""Plain English: numbers in words, lists, agreement, and ranges of printed numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrutiny.periods import Kind, Period

DAGGER = "†"
"""Marks what the council did not publish: illustrative targets."""

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_ORDINALS |= {"nine": "ninth", "twelve": "twelfth"}


def spelled(number: int) -> str:
    """Spell a whole number from 0 to 99: ``five``, ``twenty-one``; ValueError outside them."""
    if not 0 <= number <= 99:
        raise ValueError(f"{number} is not spelled out; papers write it in figures")
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


def in_words(number: int, up_to: int = 10) -> str:
    """Write a whole number: in words up to a limit of at most 99 (``five``), in figures above (``13``)."""
    return spelled(number) if 0 <= number <= up_to else f"{number:,}"


def ordinal_word(number: int) -> str:
    """Write a place from 1 to 99 in words: ``first``, ``third``, ``twentieth``."""
    head, hyphen, last = spelled(number).rpartition("-")
    if last.endswith("y"):
        return f"{last[:-1]}ieth"
    return f"{head}{hyphen}{_ORDINALS.get(last, last + 'th')}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Join a list: ``a``, ``a and b``, ``a, b and c`` (no comma before the last, as British papers write)."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + f" {last} {words[-1]}"


def capitalised(text: str) -> str:
    """The text with its first letter as a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def decapitalised(text: str) -> str:
    """The text with its first letter as a small one; the rest stays as it is."""
    return text[:1].lower() + text[1:]


def lag_words(periods: int, kind: Kind) -> str:
    """A lag in words: ``one quarter``, ``two months``."""
    unit = {"month": "month", "quarter": "quarter"}.get(kind.value, "year")
    return f"{in_words(periods)} {unit}{'' if periods == 1 else 's'}"


def number_range(numbers: Sequence[str], order: Sequence[str]) -> str:
    """Write printed numbers, neighbours as a range: ``1.3.2 to 1.3.4``, ``4 and 5``.

    Parameters
    ----------
    numbers
        The printed numbers to write.
    order
        Every printed number in its framework's order; a range covers only numbers that are all meant, so that it
        never takes in a measure that it is not about.
    """
    wanted = set(numbers)
    runs: list[list[str]] = []
    for number in order:
        if number not in wanted:
            runs.append([])
        elif runs and runs[-1]:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [part for run in runs if run for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run)]
    return listed(said)


def escape(text: str) -> str:
    """Make data safe inside Markdown prose: signs that Markdown would take for markup are escaped."""
    return re.sub(r"([\\`*_\[\]<>#|~^$@{}])", r"\\\1", text)


class PeriodWords:
    """The ways in which papers name a period.

    Attributes
    ----------
    label, long, short, part, ordinal, spoken
        ``Q1 2018/19``, ``Quarter 1 2018/19``, ``Q1``, ``Quarter 1``, ``first quarter``, ``Quarter One`` (for a month:
        ``May 2018``, ``May 2018``, ``May``, ``May``, ``month``, ``May 2018``; for a year the year).
    year, year_short
        The financial year: ``2018/19`` and ``18/19``.
    span, end, month
        ``April to June 2018``, ``end of June 2018`` and ``June 2018``.
    """

    def __init__(self, period: Period) -> None:
        self.period = period
        self.label = period.label
        self.span = period.span
        year = period if period.kind is Kind.FINANCIAL_YEAR else period.financial_year
        self.year = year.label
        self.year_short = year.label[2:]
        last = Period(Kind.MONTH, period.end.year * 12 + period.end.month - 1)
        self.month = last.label
        self.end = f"end of {last.label}"
        if period.kind is Kind.QUARTER:
            number = period.index % 4 + 1
            self.short, self.part = f"Q{number}", f"Quarter {number}"
            self.ordinal = f"{ordinal_word(number)} quarter"
            self.spoken = f"Quarter {spelled(number).capitalize()}"
            self.long = f"{self.part} {self.year}"
        else:
            self.short = self.part = period.label.split()[0]
            self.long, self.ordinal = period.label, period.kind.value.replace("_", " ")
            self.spoken = self.long

    def __str__(self) -> str:
        return self.label
