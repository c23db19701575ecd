"""Labels of periods in files, and the days on which figures were published.

``2018`` is a year to March in one file, a calendar year in another and a day of 2018 in a third: what a label means
is said by the mapping, never guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from scrutiny.periods import FORMATS, MONTHS, Kind, Period


class Meaning(StrEnum):
    """What the labels of a file name."""

    FINANCIAL_YEAR = "financial_year"
    ACADEMIC_YEAR = "academic_year"
    CALENDAR_YEAR = "calendar_year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    AS_WRITTEN = "as_written"


WORDS = (
    "financial_year, academic_year or calendar_year (2018 is then the year that ends in 2018), quarter, month, day, "
    "as_written (2018-05, FY2018-19), a day of the year such as 'on 31 March', or one period such as FY2018-19"
)
_SNAPSHOT = re.compile(r"on (?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+)")


@dataclass(frozen=True)
class PeriodMeaning:
    """What a label means: a kind of period, a day of the labelled year, or one period for the whole file."""

    kind: Meaning | None = None
    on: tuple[int, int] | None = None
    always: Period | None = None

    @property
    def words(self) -> str:
        """What a label should name, for messages: ``a financial year``."""
        if self.kind is Meaning.AS_WRITTEN:
            return f"one of the forms {FORMATS}"
        return f"a {self.kind.value.replace('_', ' ')}" if self.kind else "a year"

    @classmethod
    def parse(cls, text: str) -> PeriodMeaning:
        """Read it as a mapping writes it.

        Raises
        ------
        ValueError
            Not one of the forms.
        """
        if text in tuple(Meaning):
            return cls(kind=Meaning(text))
        if match := _SNAPSHOT.fullmatch(text):
            if match["month"] not in MONTHS:
                raise ValueError(f"'{match['month']}' is not a month; {WORDS}")
            month = MONTHS.index(match["month"]) + 1
            dt.date(2018, month, int(match["day"]))  # a day of every year
            return cls(on=(month, int(match["day"])))
        try:
            return cls(always=Period.parse(text))
        except ValueError:
            raise ValueError(f"'{text}' does not say what a label means; {WORDS}") from None


def _to_meaning(value: Any) -> Any:
    return PeriodMeaning.parse(value) if isinstance(value, str) else value


Means = Annotated[
    PeriodMeaning,
    BeforeValidator(_to_meaning),
    WithJsonSchema({"type": "string", "description": f"What a label means: {WORDS}"}),
]

_REMARK = re.compile(
    r"(?P<label>.*\S)\s*\((?P<remark>prov|provisional|rev|revised|ot|final)\)", re.IGNORECASE
)
_PAIR = re.compile(r"(?P<first>\d{4})\s*[-/]?\s*(?:\d\d)?(?P<second>\d\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_QUARTER = re.compile(r"(?P<year>.+?)\s+(?:financial year\s+)?Q(?P<part>[1-4])", re.IGNORECASE)
_MONTH = re.compile(rf"(?P<year>\d{{4}})\s+(?P<month>{'|'.join(MONTHS)})", re.IGNORECASE)
_WORDED_DAY = re.compile(
    rf"(?:as at |at )?(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})", re.I
)


def without_remark(label: str) -> tuple[str, str]:
    """A label and the remark in brackets behind it: ``2025 (prov)``, ``2018 (Rev)``, ``2016-17 (OT)``."""
    match = _REMARK.fullmatch(label.strip())
    return (match["label"], match["remark"]) if match else (label.strip(), "")


def period_of(label: str, meaning: PeriodMeaning) -> Period:
    """The period that a label names.

    Parameters
    ----------
    label
        As the file writes it, without a remark in brackets; of several columns, joined by a space.

    Raises
    ------
    ValueError
        The label does not name such a period.

    Examples
    --------
    >>> str(period_of("2018", PeriodMeaning.parse("financial_year")))
    'FY2017-18'
    >>> str(period_of("201718", PeriodMeaning.parse("academic_year")))
    'AY2017-18'
    >>> str(period_of("2018", PeriodMeaning.parse("on 31 March")))
    '2018-03-31'
    """
    if meaning.always is not None:
        return meaning.always
    if meaning.on is not None:
        return Period(Kind.SNAPSHOT, dt.date(_ends_in(label), *meaning.on).toordinal())
    match meaning.kind:
        case Meaning.FINANCIAL_YEAR:
            return Period(Kind.FINANCIAL_YEAR, _ends_in(label) - 1)
        case Meaning.ACADEMIC_YEAR:
            return Period(Kind.ACADEMIC_YEAR, _ends_in(label) - 1)
        case Meaning.CALENDAR_YEAR:
            if not _YEAR.fullmatch(label):
                raise ValueError(f"'{label}' is not one calendar year")
            return Period.parse(f"CY{label}")
        case Meaning.QUARTER:
            if not (match := _QUARTER.fullmatch(label)):
                raise ValueError(f"'{label}' is not a quarter")
            year = Period(Kind.FINANCIAL_YEAR, _ends_in(match["year"], pair=True) - 1)
            return Period.parse(f"{year}-Q{match['part']}")
        case Meaning.MONTH:
            if not (match := _MONTH.fullmatch(label)):
                raise ValueError(f"'{label}' is not a month")
            return Period.parse(f"{match['year']}-{MONTHS.index(match['month'].capitalize()) + 1:02d}")
        case Meaning.DAY:
            return Period(Kind.SNAPSHOT, day_of(label).toordinal())
        case _:
            return Period.parse(label)


def _ends_in(label: str, *, pair: bool = False) -> int:
    """The year in which the labelled year ends: 2018 of ``2018``, ``201718``, ``2017/18`` and ``2017-18``."""
    if _YEAR.fullmatch(label) and not pair:
        year = int(label)
    elif match := _PAIR.fullmatch(label):
        year = int(match["first"]) + 1
        if year % 100 != int(match["second"]):
            raise ValueError(f"'{label}' does not name two years that follow each other")
    else:
        raise ValueError(f"'{label}' is not a year")
    if not 1900 < year < 2200:
        raise ValueError(f"'{label}' names a year outside 1901 to 2199")
    return year


def day_of(text: str) -> dt.date:
    """A day as files write it: ``2018-03-31``, ``31/03/2018``, ``31/03/18`` or ``As at 31 March 2018``.

    Raises
    ------
    ValueError
        It is none of these, or no day of the calendar.
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    if match := _WORDED_DAY.fullmatch(text.strip()):
        return dt.date(int(match["year"]), MONTHS.index(match["month"].capitalize()) + 1, int(match["day"]))
    raise ValueError(f"'{text.strip()}' is not a day")


def end_of_month_after(period: Period, months: int) -> dt.date:
    """The last day of the month that comes so many months after the one in which a period ends."""
    year, month = divmod(period.end.year * 12 + period.end.month - 1 + months, 12)
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])
