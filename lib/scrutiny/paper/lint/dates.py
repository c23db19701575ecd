"""Dates and periods as a text names them: ``October 2018``, ``Quarter 2``, ``early in 2019``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from scrutiny.periods import MONTHS, Kind, Period

_MONTH = "|".join(MONTHS)
MONTH = re.compile(rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{_MONTH}) (?P<year>(?:19|20)\d{{2}})\b")
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "one": 1, "two": 2, "three": 3, "four": 4}
QUARTER = re.compile(
    r"\b(?:Q(?P<short>[1-4])|Quarter (?P<long>[1-4]|one|two|three|four))\b"
    r"(?:,? (?P<year>(?:19|20)\d{2})\s?[/-]\s?(?P<next>\d{2,4}))?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d/-])(?P<year>(?:19|20)\d{2})\s?/\s?(?P<next>\d{2,4})(?!\d)")
_PART = r"(?P<part>early|mid|late|the beginning of|the start of|the end of|spring|summer|autumn|winter|the new year of)"
EXPECTED = re.compile(
    rf"\b(?:{_PART}[ -](?:in |of )?)?(?:(?P<day>\d{{1,2}}) )?(?:(?P<month>{_MONTH}) )?"
    r"(?P<year>(?:19|20)\d{2})\b(?!\s?[/-]\s?\d)",
    re.IGNORECASE,
)
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
_PARTS = {
    "early": (1, 3),
    "the beginning of": (1, 3),
    "the start of": (1, 3),
    "the new year of": (1, 3),
    "mid": (5, 8),
    "late": (10, 12),
    "the end of": (10, 12),
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "winter": (12, 12),
}


class Span(NamedTuple):
    """A time that a text names: its first and last day, and its words."""

    start: dt.date
    end: dt.date
    words: str


def periods(text: str) -> list[Period]:
    """Months, quarters and financial years that a text names with their year."""
    found = [_month(match) for match in MONTH.finditer(text) if not match["day"]]
    for match in QUARTER.finditer(text):
        if match["year"]:
            number = match["short"] or match["long"]
            part = _ORDINAL.get(number.lower(), 0) or int(number)
            found.append(Period(Kind.QUARTER, int(match["year"]) * 4 + part - 1))
    years = QUARTER.sub("", text)
    found += [Period(Kind.FINANCIAL_YEAR, int(match["year"])) for match in YEAR.finditer(years)]
    return found


def _month(match: re.Match[str]) -> Period:
    return Period(Kind.MONTH, int(match["year"]) * 12 + MONTHS.index(match["month"]))


def quarters_without_year(text: str) -> list[str]:
    """Quarters that a text names without a financial year, unless it names one beside them."""
    if YEAR.search(text):
        return []
    return [match.group() for match in QUARTER.finditer(text) if not match["year"]]


def spans(text: str) -> Iterator[Span]:
    """Times that a text names: ``early in 2019``, ``March 2019``, ``12 March 2019``, ``2019-03-12``."""
    for match in ISO.finditer(text):
        day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
        if day:
            yield Span(day, day, match.group())
    for match in EXPECTED.finditer(ISO.sub("", text)):
        year = int(match["year"])
        if match["month"]:
            month = [m.lower() for m in MONTHS].index(match["month"].lower()) + 1
            first = last = month
        else:
            first, last = _PARTS.get((match["part"] or "").lower(), (1, 12))
        day = _day(year, first, int(match["day"])) if match["day"] and match["month"] else None
        if day:
            yield Span(day, day, match.group())
        else:
            end = dt.date(year, last, calendar.monthrange(year, last)[1])
            yield Span(dt.date(year, first, 1), end, match.group())


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
