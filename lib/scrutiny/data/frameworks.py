"""Frameworks: the indicators that a committee chose for a year, with printed numbers, targets and tolerances."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from scrutiny.data.definitions import Basis, Figure, PeriodText, Slug, Strict
from scrutiny.data.schemes import Width, WidthText
from scrutiny.periods import MONTHS, Period

QUARTERS = ("Q1", "Q2", "Q3", "Q4")
YEAR_OF_MONTHS = (*MONTHS[3:], *MONTHS[:3])
"""Months in the order of the financial year."""


class NoTarget(StrEnum):
    """Why there is no target to rate against."""

    REMOVED = "removed"
    NOT_SET = "not_set"
    NOT_PUBLISHED = "not_published"


class Target(Strict):
    """What was agreed for a framework year, in the indicator's unit.

    One of `at_least`, `at_most`, both of them (a range), `close_to`, `forecast` or `forecast_range` (references that
    are not rated against), or `none` with its reason. A `profile` says how much of the year's target is due by the end
    of each quarter or month, for a year-to-date count.
    """

    at_least: Figure | None = None
    at_most: Figure | None = None
    close_to: Figure | None = None
    forecast: Figure | None = None
    forecast_range: tuple[Figure, Figure] | None = Field(
        None, description="From the lower to the higher figure that is forecast; may stand beside forecast"
    )
    none: NoTarget | None = None
    profile: dict[str, Figure] = Field(
        {}, description="Due by the end of Q1 to Q4, or of April to March; the last is the year's target"
    )
    illustrative: bool = Field(False, description="Not published by the council; shown with †")
    called: str = Field("", description="In a sentence: our ambitious target range")
    agreed_by: str = ""
    agreed_on: dt.date | None = None
    revised: bool = Field(False, description="Revised since the framework before")
    reason: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        bounds = self.at_least is not None or self.at_most is not None
        forms = [bounds, self.close_to is not None, self.is_forecast, self.none is not None]
        if sum(forms) != 1:
            raise ValueError("give one of: at_least and/or at_most, close_to, forecast, none")
        if self.is_range and self.at_least > self.at_most:  # type: ignore[operator]
            raise ValueError("at_least is above at_most")
        if self.forecast_range and self.forecast_range[0] > self.forecast_range[1]:
            raise ValueError("forecast_range must run from the lower to the higher figure")
        if self.profile:
            self._sound_profile()
        return self

    def _sound_profile(self) -> None:
        """A profile names every quarter or every month, and ends at the year's target."""
        for parts in (QUARTERS, YEAR_OF_MONTHS):
            if set(self.profile) == set(parts):
                break
        else:
            raise ValueError("a profile names not every part of the year; Q1 to Q4, or April to March")
        edge = self.at_most if self.at_least is None else self.at_least
        if edge is None or self.is_range:
            raise ValueError("a profile goes with one of at_least and at_most, the target of the year")
        if self.profile[parts[-1]] != edge:
            raise ValueError(f"the profile ends at {self.profile[parts[-1]]}; the year's target, {edge}")

    def at(self, period: Period) -> Target:
        """The target of a period: what its profile asks for by then; without a profile the target itself."""
        if not self.profile:
            return self
        months, quarters = (period.end.month - 4) % 12, (period.end.month - 4) % 12 // 3
        parts = (QUARTERS[quarters], YEAR_OF_MONTHS[months])
        due = next((self.profile[part] for part in parts if part in self.profile), None)
        edge = "at_least" if self.at_most is None else "at_most"
        return self.model_copy(update={edge: due, "profile": {}})

    @property
    def is_forecast(self) -> bool:
        """Whether it is a forecast: context that is not rated against."""
        return self.forecast is not None or self.forecast_range is not None

    @property
    def is_range(self) -> bool:
        """Whether both edges are given."""
        return self.at_least is not None and self.at_most is not None

    @property
    def exists(self) -> bool:
        """Whether there is something to rate against."""
        return self.none is None and not self.is_forecast


class TargetVersion(Strict):
    """A target revised within the year, or a new forecast of where the year will end."""

    known_on: dt.date
    reason: str
    target: Target | None = None
    tolerance: WidthText | None = None
    year_end: Target | None = None
    forecast: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.target is None and self.tolerance is None and self.year_end is None and not self.forecast:
            raise ValueError("a version changes nothing; give it a target, tolerance, year_end or forecast")
        return self


class Row(Strict):
    """One indicator in a framework: its printed number, target and tolerance."""

    indicator: Slug
    number: str = Field("", description="As printed; empty where the committee names its indicators")
    group: str = ""
    title: str = Field(
        "", description="As printed by this committee, where it differs from the indicator's title"
    )
    target: Target
    tolerance: WidthText | None = None
    tolerance_illustrative: bool = False
    widths: dict[str, WidthText] = {}
    year_end: Target | None = Field(
        None, description="Target for the end of the year, where the period is rated against another"
    )
    forecast: str = Field("", description="Where the year is forecast to end, in words: forecast to be met")
    beside: Basis | None = Field(None, description="A second basis to show beside, such as year_to_date")
    with_: Slug | None = Field(
        None, alias="with", description="Another indicator of the framework with which it is told as one item"
    )
    versions: list[TargetVersion] = []

    def width(self, name: str) -> Width | None:
        """The row's width of that name; ``tolerance`` is the plain tolerance. None if the row has none."""
        return self.tolerance if name == "tolerance" else self.widths.get(name)

    def as_at(self, day: dt.date) -> Row:
        """The row with the target that was known on a day."""
        row = self
        for version in sorted((v for v in self.versions if v.known_on <= day), key=lambda v: v.known_on):
            given = {key: getattr(version, key) for key in ("target", "tolerance", "year_end", "forecast")}
            row = row.model_copy(update={key: value for key, value in given.items() if value})
        return row

    def at(self, period: Period) -> Row:
        """The row with the target of a period: with a profile, the year's target stands as that of the year's end."""
        if not self.target.profile:
            return self
        whole = self.target.model_copy(update={"profile": {}})
        return self.model_copy(update={"target": self.target.at(period), "year_end": self.year_end or whole})


class Retired(Strict):
    """An indicator that this framework no longer holds."""

    indicator: Slug
    number: str
    reason: str
    reported_in: str = ""


class Framework(Strict):
    """A committee's indicators for one year."""

    id: Slug
    committee: Slug
    title: str
    period: PeriodText
    scheme: Slug
    known_on: dt.date
    approved_by: str = ""
    targets_revised: bool = Field(
        False, description="Some targets differ from the framework before, not stated which"
    )
    revision_reason: str = ""
    pairs: Literal["apart", "once"] = Field(
        "apart",
        description="Whether two indicators joined by 'with' count apart, or once, by the worse rating",
    )
    rows: list[Row] = Field(min_length=1)
    retired: list[Retired] = []
    source: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _unique(self) -> Self:
        for what in ("indicator", "number"):
            seen: set[str] = set()
            for row in self.rows:
                key = getattr(row, what)
                if key and key in seen:
                    raise ValueError(f"{what} '{key}' stands twice in the framework")
                seen.add(key)
        for row in self.rows:
            self._sound_pair(row)
        return self

    def _sound_pair(self, row: Row) -> None:
        if row.with_ is None:
            return
        other = self.row(row.with_)
        if other is None or other is row:
            raise ValueError(f"{row.number} is 'with: {row.with_}'; another indicator of the framework")
        if any(r.with_ == row.with_ and r is not row for r in self.rows):
            raise ValueError(f"two indicators are 'with: {row.with_}'; pairs, of two")
        if other.with_ not in (None, row.indicator):
            raise ValueError(f"{row.with_} makes a pair with '{other.with_}'; one pair for each indicator")

    def partner(self, indicator: str) -> str | None:
        """The other indicator of a pair, whichever of the two names it; None where there is none."""
        row = self.row(indicator)
        if row is not None and row.with_:
            return row.with_
        return next((r.indicator for r in self.rows if r.with_ == indicator), None)

    def row(self, indicator: str) -> Row | None:
        """The row of an indicator, or None."""
        return next((row for row in self.rows if row.indicator == indicator), None)
