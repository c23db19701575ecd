"""Frameworks: the indicators that a committee chose for a year, with printed numbers, targets and tolerances."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from scrutiny.data.definitions import Figure, PeriodText, Slug, Strict
from scrutiny.data.schemes import Width, WidthText


class NoTarget(StrEnum):
    """Why there is no target to rate against."""

    REMOVED = "removed"
    NOT_SET = "not_set"
    NOT_PUBLISHED = "not_published"


class Target(Strict):
    """What was agreed for a framework year, in the indicator's unit.

    One of `at_least`, `at_most`, both of them (a range), `close_to`, `forecast` (a reference that is not rated
    against), or `none` with its reason.
    """

    at_least: Figure | None = None
    at_most: Figure | None = None
    close_to: Figure | None = None
    forecast: Figure | None = None
    none: NoTarget | None = None
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
        forms = [bounds, self.close_to is not None, self.forecast is not None, self.none is not None]
        if sum(forms) != 1:
            raise ValueError("give one of: at_least and/or at_most, close_to, forecast, none")
        if self.is_range and self.at_least > self.at_most:  # type: ignore[operator]
            raise ValueError("at_least is above at_most")
        return self

    @property
    def is_range(self) -> bool:
        """Whether both edges are given."""
        return self.at_least is not None and self.at_most is not None

    @property
    def exists(self) -> bool:
        """Whether there is something to rate against."""
        return self.none is None and self.forecast is None


class TargetVersion(Strict):
    """A target revised within the year."""

    known_on: dt.date
    reason: str
    target: Target
    tolerance: WidthText | None = None


class Row(Strict):
    """One indicator in a framework: its printed number, target and tolerance."""

    indicator: Slug
    number: str
    group: str = ""
    title: str = Field(
        "", description="As printed by this committee, where it differs from the indicator's title"
    )
    target: Target
    tolerance: WidthText | None = None
    tolerance_illustrative: bool = False
    widths: dict[str, WidthText] = {}
    versions: list[TargetVersion] = []

    def width(self, name: str) -> Width | None:
        """The row's width of that name; ``tolerance`` is the plain tolerance. None if the row has none."""
        return self.tolerance if name == "tolerance" else self.widths.get(name)

    def as_at(self, day: dt.date) -> Row:
        """The row with the target that was known on a day."""
        known = sorted((v for v in self.versions if v.known_on <= day), key=lambda v: v.known_on)
        if not known:
            return self
        last = known[-1]
        return self.model_copy(update={"target": last.target, "tolerance": last.tolerance or self.tolerance})


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
                if key in seen:
                    raise ValueError(f"{what} '{key}' stands twice in the framework")
                seen.add(key)
        return self

    def row(self, indicator: str) -> Row | None:
        """The row of an indicator, or None."""
        return next((row for row in self.rows if row.indicator == indicator), None)
