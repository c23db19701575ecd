"""The papers of the committee before those that were written by hand: their meetings, periods and settings."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from making.stories import Story, stories
from scrutiny.data.settings import View
from scrutiny.periods import Kind, Period, long_date


@dataclass(frozen=True)
class Framework:
    """The framework of a year: its id, the id of the one before (empty for the first), and the day it was agreed."""

    id: str
    before: str
    agreed: dt.date


@dataclass(frozen=True)
class Meeting:
    """One meeting of the committee, with the period that its paper reports.

    Parameters
    ----------
    date
        The day of the meeting, and of what its paper knows.
    period
        A month, or the quarter that closed with it.
    prose
        The paper's own words by section; a blank line begins another paragraph.
    """

    date: dt.date
    period: Period
    framework: Framework
    prose: dict[str, str] = field(default_factory=dict)

    @property
    def is_quarterly(self) -> bool:
        """Whether its paper is that of a quarter."""
        return self.period.kind is Kind.QUARTER

    @property
    def title(self) -> str:
        """The title of its paper: the last month, and the quarter where one closed."""
        month = Period(Kind.MONTH, self.period.end.year * 12 + self.period.end.month - 1).label
        quarter = f" (Quarter {self.period.label[1:]})" if self.is_quarterly else ""
        return f"Performance up to {month}{quarter}"

    @property
    def views(self) -> dict[str, View]:
        """What its paper looks at: the period, and the year before where that had a framework."""
        found = {"current": View(framework=self.framework.id, period=self.period)}
        if self.framework.before:
            last = Period.parse(f"FY{self.framework.before}-Q4")
            found["previous"] = View(framework=self.framework.before, period=last)
        return found


@dataclass(frozen=True)
class History:
    """The meetings, oldest first, and what was said at them of each indicator."""

    note: str
    meetings: tuple[Meeting, ...]
    stories: dict[str, Story]


def read(path: Path, frameworks: dict[str, Framework]) -> History:
    """Read the history; `frameworks` are those of the recipe by year."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    meetings = tuple(_meeting(item, frameworks) for item in content["meeting"])
    return History(content["note"], meetings, stories(content["story"]))


def _meeting(item: dict[str, Any], frameworks: dict[str, Framework]) -> Meeting:
    period = Period.parse(item["period"])
    year = str(period.financial_year).removeprefix("FY")
    return Meeting(item["date"], period, frameworks[year], item.get("prose", {}))


def paper_settings(meeting: Meeting, committee: str, note: str, head: str) -> str:
    """The settings of a meeting's paper as YAML."""
    framework = meeting.framework
    year = framework.id.replace("-", "/")
    source = f"Performance framework {year}, Cabinet, {long_date(framework.agreed)} (invented)"
    lines = [head, f"committee: {committee}", f"meeting_date: {meeting.date}", f"title: {meeting.title}"]
    lines += [f"reporting_period: {meeting.period}", f"as_at: {meeting.date}", "note: >-"]
    lines += [f"  {line}" for line in note.strip().splitlines()]
    lines.append("views:")
    for name, view in meeting.views.items():
        lines.append(f"  {name}: {{framework: {view.framework}, period: {view.period}}}")
    lines += ["front_sheet:", "  wards: All", "  exempt: None"]
    lines += ["lists:", "  background_documents:", f'    - "{source}"']
    return "\n".join(lines) + "\n"
