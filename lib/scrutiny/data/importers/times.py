"""When the figures of a file are about, and when they became known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from scrutiny.data.importers.labels import (
    PeriodMeaning,
    day_of,
    end_of_month_after,
    period_of,
    without_remark,
)
from scrutiny.data.importers.mapping import Published
from scrutiny.data.importers.reading import Faults, Received
from scrutiny.data.importers.shape import Shape
from scrutiny.errors import shown
from scrutiny.periods import Period

_YEARS = ("Reporting year", "Calendar year", "Financial year", "Academic year")


@dataclass(frozen=True)
class Label:
    """A period as a file labels it: its words, and the remark in brackets behind them."""

    text: str
    remark: str = ""


class Times:
    """Reads the labels of one file.

    Parameters
    ----------
    received, shape
        The file, and where its periods stand.
    faults
        What is wrong is added here.
    """

    def __init__(self, received: Received, shape: Shape, faults: Faults) -> None:
        self._received, self._faults = received, faults
        self._at = [place for column in shape.period if (place := received.column(column)) is not None]
        self._identifier = received.column(shape.identifier) if shape.identifier else None
        self._column = " and ".join(shape.period)
        self._read = lru_cache(maxsize=None)(_read)
        self._label = lru_cache(maxsize=None)(lambda text: Label(*without_remark(text)))
        self._end = lru_cache(maxsize=None)(end_of_month_after)

    def label(self, cells: list[str]) -> Label:
        """The label of a row; of several columns joined by a space, with what kind of period it is if it is no year."""
        parts = [cells[place].strip() for place in self._at]
        if self._identifier is not None and cells[self._identifier].strip() not in _YEARS:
            parts.append(cells[self._identifier].strip())
        return self._label(" ".join(parts))

    def period(self, line: int, label: Label, meaning: PeriodMeaning) -> Period | None:
        """The period that a label names; None, and a fault, where it names none."""
        found = self._read(label.text, meaning)
        if isinstance(found, Period):
            return found
        do = "correct 'period' in the mapping, or leave these rows out with 'leave_out'"
        self._faults.add(
            "wrong-period", line, self._column, shown(found, 120), f"a label that names {meaning.words}", do
        )
        return None

    def known_on(
        self, line: int, cells: list[str], label: Label, period: Period, published: Published
    ) -> tuple[dt.date, bool] | None:
        """The day on which a figure became known, and whether it is assumed; None, and a fault, where nothing says."""
        if published.column:
            place = self._received.column(published.column)
            text = cells[place] if place is not None else ""
            try:
                return day_of(text), False
            except ValueError as error:
                do = "correct the row, or leave it out"
                self._faults.add("wrong-date", line, published.column, str(error), "a day", do)
                return None
        if label.text in published.stated:
            return published.stated[label.text], False
        if published.months_after is not None:
            return self._end(period, published.months_after), True
        found, expected = f"no day is stated for '{shown(label.text)}'", "a day of publication"
        do = "add it to 'stated' in the mapping, or a rule: months_after"
        self._faults.add("unknown-publication-date", line, self._column, found, expected, do)
        return None


def _read(text: str, meaning: PeriodMeaning) -> Period | str:
    """The period, or what is wrong with its label."""
    try:
        return period_of(text, meaning)
    except ValueError as error:
        return str(error).partition("; ")[0]
