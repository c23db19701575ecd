"""Periods: the month, quarter, year or day that a figure is about.

A period is written ``2018-05`` (month), ``FY2018-19-Q1`` (quarter of the financial year), ``FY2018-19``,
``CY2018``, ``AY2017-18`` or ``2017-03-31`` (a snapshot on a day). A bare ``2011-12`` is December 2011.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, total_ordering

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
FORMATS = "2018-05, FY2018-19-Q1, FY2018-19, CY2018, AY2017-18 or 2018-03-31"


class Kind(StrEnum):
    """What kind of period; only periods of one kind are compared."""

    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "year"
    CALENDAR_YEAR = "calendar_year"
    ACADEMIC_YEAR = "academic_year"
    SNAPSHOT = "snapshot"


_PATTERNS = (
    (Kind.SNAPSHOT, re.compile(r"(?P<day>(?P<year>\d{4})-\d{2}-\d{2})", re.ASCII)),
    (Kind.MONTH, re.compile(r"(?P<year>\d{4})-(?P<part>\d{2})", re.ASCII)),
    (Kind.QUARTER, re.compile(r"FY(?P<year>\d{4})-(?P<next>\d{2})-Q(?P<part>[1-4])", re.ASCII)),
    (Kind.FINANCIAL_YEAR, re.compile(r"FY(?P<year>\d{4})-(?P<next>\d{2})", re.ASCII)),
    (Kind.ACADEMIC_YEAR, re.compile(r"AY(?P<year>\d{4})-(?P<next>\d{2})", re.ASCII)),
    (Kind.CALENDAR_YEAR, re.compile(r"CY(?P<year>\d{4})", re.ASCII)),
)
_YEARS = range(1900, 2200)
_PARTS = {Kind.MONTH: 12, Kind.QUARTER: 4}


@total_ordering
@dataclass(frozen=True)
class Period:
    """A period of one kind, ordered in time by when it ends.

    Parameters
    ----------
    kind
        Month, quarter, year or snapshot.
    index
        Position on that kind's own line of time (months, quarters or years counted from year 0; days for a
        snapshot), so that a step is plus or minus one.
    """

    kind: Kind
    index: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period from its written form.

        Raises
        ------
        ValueError
            If the text is none of the written forms, or names a 13th month or years that do not follow.
        """
        for kind, pattern in _PATTERNS:
            if match := pattern.fullmatch(text.strip()):
                return cls._from_match(kind, match.groupdict(), text)
        raise ValueError(f"'{text}' is not a period; write it as {FORMATS}")

    @classmethod
    def _from_match(cls, kind: Kind, parts: dict[str, str], text: str) -> Period:
        if int(parts["year"]) not in _YEARS:
            raise ValueError(f"'{text}' names a year outside {_YEARS.start} to {_YEARS.stop - 1}")
        if kind is Kind.SNAPSHOT:
            try:
                return cls(kind, dt.date.fromisoformat(parts["day"]).toordinal())
            except ValueError:
                raise ValueError(f"'{text}' is not a day of the calendar") from None
        year = int(parts["year"])
        if "next" in parts and int(parts["next"]) != (year + 1) % 100:
            raise ValueError(f"'{text}' does not name two years that follow each other")
        if kind in _PARTS:
            part = int(parts["part"])
            if not 1 <= part <= _PARTS[kind]:
                raise ValueError(f"'{text}' does not name a {kind.value} of the year")
            return cls(kind, year * _PARTS[kind] + part - 1)
        return cls(kind, year)

    def __str__(self) -> str:
        """The written form, which `parse` reads back."""
        year, part = self._year_and_part
        following = f"{(year + 1) % 100:02d}"
        match self.kind:
            case Kind.SNAPSHOT:
                return self.end.isoformat()
            case Kind.MONTH:
                return f"{year:04d}-{part:02d}"
            case Kind.QUARTER:
                return f"FY{year:04d}-{following}-Q{part}"
            case Kind.FINANCIAL_YEAR:
                return f"FY{year:04d}-{following}"
            case Kind.ACADEMIC_YEAR:
                return f"AY{year:04d}-{following}"
            case Kind.CALENDAR_YEAR:
                return f"CY{year:04d}"

    def __lt__(self, other: Period) -> bool:
        return (self.end, self.start, self.kind) < (other.end, other.start, other.kind)

    @property
    def _year_and_part(self) -> tuple[int, int]:
        parts = _PARTS.get(self.kind)
        if parts is None:
            return self.index, 1
        year, part = divmod(self.index, parts)
        return year, part + 1

    @cached_property
    def start(self) -> dt.date:
        """First day."""
        year, part = self._year_and_part
        match self.kind:
            case Kind.SNAPSHOT:
                return dt.date.fromordinal(self.index)
            case Kind.MONTH:
                return dt.date(year, part, 1)
            case Kind.QUARTER:
                return dt.date(year + (part == 4), (1, 4, 7, 10)[part % 4], 1)
            case Kind.FINANCIAL_YEAR:
                return dt.date(year, 4, 1)
            case Kind.ACADEMIC_YEAR:
                return dt.date(year, 9, 1)
            case Kind.CALENDAR_YEAR:
                return dt.date(year, 1, 1)

    @cached_property
    def end(self) -> dt.date:
        """Last day."""
        start = self.start
        match self.kind:
            case Kind.SNAPSHOT:
                return start
            case Kind.MONTH:
                return start.replace(day=calendar.monthrange(start.year, start.month)[1])
            case Kind.QUARTER:
                last = start.month + 2
                return dt.date(start.year, last, calendar.monthrange(start.year, last)[1])
            case _:
                return start.replace(year=start.year + 1) - dt.timedelta(days=1)

    def step(self, count: int = 1) -> Period:
        """The period ``count`` places later (earlier if negative); for a snapshot, the same day of other years."""
        if self.kind is not Kind.SNAPSHOT:
            return Period(self.kind, self.index + count)
        day = self.start
        last = calendar.monthrange(day.year + count, day.month)[1]
        return Period(self.kind, day.replace(year=day.year + count, day=min(day.day, last)).toordinal())

    @property
    def previous(self) -> Period:
        """The period just before (for a snapshot: the same day a year before)."""
        return self.step(-1)

    @property
    def same_last_year(self) -> Period:
        """The same month, quarter or day one year before."""
        return self.step(-_PARTS.get(self.kind, 1))

    @property
    def financial_year(self) -> Period:
        """The financial year in which this period ends."""
        end = self.end
        return Period(Kind.FINANCIAL_YEAR, end.year - (end.month < 4))

    def within(self, other: Period) -> bool:
        """Whether this period lies wholly inside another."""
        return other.start <= self.start and self.end <= other.end

    @property
    def label(self) -> str:
        """Short label: ``May 2018``, ``Q1 2018/19``, ``2018/19``, ``2018``, ``31 March 2018``."""
        year, part = self._year_and_part
        pair = f"{year}/{(year + 1) % 100:02d}"
        match self.kind:
            case Kind.MONTH:
                return f"{MONTHS[part - 1]} {year}"
            case Kind.QUARTER:
                return f"Q{part} {pair}"
            case Kind.FINANCIAL_YEAR:
                return pair
            case Kind.ACADEMIC_YEAR:
                return f"academic year {pair}"
            case Kind.CALENDAR_YEAR:
                return str(year)
            case Kind.SNAPSHOT:
                return long_date(self.start)

    @property
    def span(self) -> str:
        """The months in words: ``April to June 2018``; for a month, year or day its label."""
        if self.kind is not Kind.QUARTER:
            return self.label
        first, last = MONTHS[self.start.month - 1], MONTHS[self.end.month - 1]
        return f"{first} to {last} {self.end.year}"

    @property
    def short_span(self) -> str:
        """The months shortened for a chart: ``Apr–Jun 2018``, ``May 2018``."""
        if self.kind is Kind.MONTH:
            return f"{MONTHS[self.start.month - 1][:3]} {self.start.year}"
        if self.kind is not Kind.QUARTER:
            return self.label
        first, last = MONTHS[self.start.month - 1][:3], MONTHS[self.end.month - 1][:3]
        return f"{first}–{last} {self.end.year}"


def day_of_month(day: dt.date) -> str:
    """Write a date with its day as an ordinal: ``7th November 2018``."""
    teen = 11 <= day.day <= 13
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending} {MONTHS[day.month - 1]} {day.year}"


def long_date(day: dt.date) -> str:
    """Write a date as papers do: ``26 September 2018``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
