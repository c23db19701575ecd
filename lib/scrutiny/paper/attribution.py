"""Who wrote the commentary on an indicator, and what the last paper said would be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from scrutiny.data.definitions import People
from scrutiny.data.settings import CommentaryRule
from scrutiny.paper.answers import LastPaper, is_due, title_of
from scrutiny.periods import long_date
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.commentary import Action, Paragraph
from scrutiny.writing.facts import ViewFacts
from scrutiny.writing.templates import Writer
from scrutiny.writing.tokens import tokens


class Attribution:
    """Adds author and last action to the commentary of one paper.

    Parameters
    ----------
    rule
        The committee's words; None adds nothing.
    people
        The register of posts.
    last
        The committee's paper before this one, if there is one.
    rated
        Rates the last paper's views, as they stood then; asked only where an action names a figure.
    day
        The day of this paper's meeting: what was promised for later needs no answer yet. None: everything needs one.
    """

    def __init__(
        self,
        rule: CommentaryRule | None,
        people: People | None = None,
        last: LastPaper | None = None,
        rated: Callable[[LastPaper], dict[str, RatedView]] = lambda _: {},
        day: dt.date | None = None,
    ) -> None:
        self._rule, self._people, self._last, self._rated = rule, people or People(), last, rated
        self._day = day

    def title(self, named: str) -> str:
        """The title of a post, from its id or title."""
        return title_of(self._people, named)

    def around(self, view: RatedView, r: Reported, prose: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        """Commentary with its author before it, and the last paper's action before the answer to it."""
        if self._rule is None:
            return prose
        promised = self._promised(r) if view.name == "current" else []
        answer = [p for p in prose if p.part == "done"]
        if promised and not answer and self._rule.unanswered and self._fell_due(r):
            answer = [Paragraph(self._rule.unanswered)]
        rest = [p for p in prose if p.part != "done"]
        return self._signed(r, (*promised, *answer, *rest))

    def _signed(self, r: Reported, prose: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        """The author on a line of its own in the first paragraph, so that no page ends between the two."""
        author = self._author(r)
        if self._rule is None or not author or not self._rule.by:
            return prose
        line = self._rule.by.format(post=author)
        first, *rest = prose
        if not first.text:
            return (Paragraph(line), *prose)
        return (replace(first, text=f"{line}\\\n{first.text}"), *rest)

    def _author(self, r: Reported) -> str:
        """The post that answers for the indicator."""
        return self.title(r.indicator.owner) if r.indicator.owner else ""

    def _fell_due(self, r: Reported) -> bool:
        """Whether something that the last paper promised was to be done by the day of this one."""
        actions = self._last.actions(r.indicator.id) if self._last else ()
        return any(self._day is None or is_due(action, self._day) for action in actions)

    def _promised(self, r: Reported) -> list[Paragraph]:
        if self._rule is None or self._last is None or not self._rule.last:
            return []
        day = long_date(self._last.day)
        return [
            Paragraph(self._rule.last.format(date=day, action=self._filled(action, self._last)))
            for action in self._last.actions(r.indicator.id)
        ]

    def _filled(self, action: Action, last: LastPaper) -> str:
        """An action in the last paper's words, with the figures that it had then."""
        words = action.words(self.title)
        if "{{" not in words and "{%" not in words:
            return words
        views = self._rated(last)
        facts = {**tokens(views["current"]), **{name: ViewFacts(view) for name, view in views.items()}}
        writer = Writer(facts, views["current"].council.words_up_to)
        return writer.fill(words, f"commentary of {last.day.isoformat()}")
