"""Write the officers' commentary of each paper: for every indicator short of target a cause, an action and its answer.

Which words are taken follows from the figures and from what earlier papers said: a cause by the way that the figure
went, the step that comes next, and the answer to what has fallen due. No paper repeats the one before word for word.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from making.history import Meeting
from making.stories import Step, Story
from scrutiny.rating.table import RatedView, Reported

T = TypeVar("T")
WIDTH = 120
FORGOTTEN = dt.timedelta(days=80)
"""What fell due longer ago is not answered any more: of one that has been on target since, nobody asks."""
_TOKEN = re.compile(r"\{\{ (\S+) \}\}")


@dataclass(frozen=True)
class Promise:
    """What was said to be done, and by when."""

    step: Step
    due: dt.date


@dataclass(frozen=True)
class Entry:
    """The commentary on one indicator in one paper."""

    indicator: str
    answers: tuple[str, ...]
    cause: str
    context: str
    action: str
    who: str
    by: dt.date

    @property
    def said(self) -> set[str]:
        """Each of its texts."""
        return {*self.answers, self.cause, self.context, self.action} - {""}


@dataclass
class Teller:
    """Tells one story from paper to paper, and remembers what it has told."""

    story: Story
    told: Counter[str] = field(default_factory=Counter)
    promises: list[Promise] = field(default_factory=list)

    def tell(self, r: Reported, meeting: Meeting) -> Entry:
        """The commentary for the paper of a meeting."""
        story, day = self.story, meeting.date
        due = [p for p in self.promises if p.due <= day]
        self.promises = [p for p in self.promises if p.due > day]
        answers = tuple(p.step.done for p in due if p.due >= day - FORGOTTEN and p.step.done)
        step = story.pinned.get(day) or self._next("steps", story.steps)
        self.promises.append(Promise(step, step.due(day)))
        context = step.context
        if not context and meeting.is_quarterly and story.contexts:
            context = self._next("contexts", story.contexts)
        who = step.who or story.who
        cause = step.cause or self._cause(r)
        return Entry(r.indicator.id, answers, cause, context, step.action, who, step.due(day))

    def _cause(self, r: Reported) -> str:
        went = r.directions["previous_period"].judgement
        way = went if went in ("improving", "worsening") else "otherwise"
        return self._next(way, self.story.causes[way])

    def _next(self, what: str, choice: Sequence[T]) -> T:
        if not choice:
            raise ValueError(f"history.toml: {self.story.indicator} has nothing under '{what}'")
        self.told[what] += 1
        return choice[(self.told[what] - 1) % len(choice)]


def commentaries(
    stories: dict[str, Story], meetings: Sequence[Meeting], views: Sequence[RatedView]
) -> Iterator[list[Entry]]:
    """The commentary of each paper in turn.

    Raises
    ------
    ValueError
        An indicator has no story, or a paper would repeat what the one before said.
    """
    tellers = {name: Teller(story) for name, story in stories.items()}
    before: dict[str, Entry] = {}
    for meeting, view in zip(meetings, views, strict=True):
        told = [_teller(tellers, r).tell(r, meeting) for r in view.exceptions]
        for entry in told:
            again = entry.said & before[entry.indicator].said if entry.indicator in before else set()
            if again:
                raise ValueError(f"{entry.indicator} says twice running: {again}")
        yield told
        before = {entry.indicator: entry for entry in told}


def _teller(tellers: dict[str, Teller], r: Reported) -> Teller:
    if r.indicator.id not in tellers:
        raise ValueError(f"history.toml: {r.indicator.id} is short of target and has no story")
    return tellers[r.indicator.id]


def markdown(entries: Sequence[Entry], prose: dict[str, str], head: str) -> str:
    """``commentary.md`` of a paper: its entries, and its own words by section."""
    parts = [wrapped(head)]
    for entry in entries:
        parts += [f"## {entry.indicator}", *(wrapped(f"**Done:** {answer}") for answer in entry.answers)]
        parts.append(wrapped(f"**Cause:** {entry.cause}"))
        parts += [wrapped(f"**Context:** {entry.context}")] if entry.context else []
        action = wrapped(f"**Action:** {entry.action}")
        parts.append(f"{action}\n**Who:** {entry.who}\n**By:** {entry.by}")
    for section, text in prose.items():
        parts += [f"## section: {section}", *(wrapped(one) for one in text.strip().split("\n\n"))]
    return "\n\n".join(parts) + "\n"


def wrapped(text: str) -> str:
    """Text in lines of an even width; a figure's name is not broken over two lines."""
    whole = _TOKEN.sub("{{\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}}}", " ".join(text.split()))
    lines = textwrap.wrap(whole, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
