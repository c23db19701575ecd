"""What the services have to say of an indicator: causes, contexts, and what they do step by step."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

WAYS = ("improving", "worsening", "otherwise")
"""Which way a figure went since the period before; otherwise: nowhere, or there is nothing to compare with."""


@dataclass(frozen=True)
class Step:
    """What is done after one meeting, and what becomes of it.

    Parameters
    ----------
    action
        One sentence, as a later paper quotes it.
    by
        ``3 weeks`` (the Friday after so many weeks, before the next meeting) or ``2 months`` (the end of that month).
    done
        What a later paper says of it once it has fallen due; it stands by itself.
    who
        Post; empty for the story's own.
    cause, context
        Told with this step and no other; empty for one of the story's.
    meeting
        Told at this meeting and at no other; None: in its turn.
    """

    action: str
    by: str
    done: str = ""
    who: str = ""
    cause: str = ""
    context: str = ""
    meeting: dt.date | None = None

    def due(self, meeting: dt.date) -> dt.date:
        """The day by which it is to be done, if it is agreed at a meeting."""
        count, unit = self.by.split()
        if unit == "weeks":
            return meeting + dt.timedelta(days=7 * int(count) + 1)
        if unit != "months":
            raise ValueError(f"history.toml: '{self.by}' is neither weeks nor months")
        month = meeting.month - 1 + int(count)
        year, month = meeting.year + month // 12, month % 12 + 1
        return dt.date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Story:
    """What is said of one indicator from paper to paper.

    Parameters
    ----------
    who
        The post that acts, unless a step names another.
    steps
        In the order in which they are taken; after the last one the first comes again.
    pinned
        Steps of certain meetings.
    causes
        By the way that the figure went; taken in turn.
    contexts
        For the papers of a quarter; taken in turn.
    """

    indicator: str
    who: str
    steps: tuple[Step, ...]
    pinned: dict[dt.date, Step]
    causes: dict[str, tuple[str, ...]]
    contexts: tuple[str, ...]


def stories(items: list[dict[str, Any]]) -> dict[str, Story]:
    """Every story by the name of its indicator."""
    found = [_story(item) for item in items]
    return {story.indicator: story for story in found}


def _story(item: dict[str, Any]) -> Story:
    steps = tuple(Step(**step) for step in item["step"])
    return Story(
        indicator=f"example-{item['indicator']}",
        who=item["who"],
        steps=tuple(step for step in steps if step.meeting is None),
        pinned={step.meeting: step for step in steps if step.meeting is not None},
        causes={way: tuple(item.get(way, ())) for way in WAYS},
        contexts=tuple(item.get("contexts", ())),
    )
