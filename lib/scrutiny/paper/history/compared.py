"""Compared: all that one paper says otherwise than another, as one canonical JSON document.

Text and page are told from it and from nothing else, so that the three forms cannot differ.
"""

from __future__ import annotations

import json
from typing import Literal

from pydantic import Field

from scrutiny.paper.model import Named, Part, TableKind

SCHEMA_VERSION = "1.0"

Factor = Literal["outturn", "published", "target", "tolerance", "definition", "scheme"]
"""What can move a rating; `published` is the council's own rating where no figure is known."""


class EditionModel(Part):
    """One of the two papers: a meeting's, at one time of knowledge."""

    date: str = Field(description="Name of the paper's folder, as commands call it")
    committee: Named
    title: str
    meeting_date: str
    reporting_period: str
    as_at: str
    views: dict[str, str] = Field(description="The period of each view, in words")
    counts: dict[str, int] = Field(description="Indicators of the view 'current' by rating")
    not_rated: int
    unable: int = Field(description="How many of them cannot be reported")


class Setting(Part):
    """Something of the paper itself that is another: its note, a view's framework, period or scheme."""

    what: str
    view: str = ""
    before: str
    now: str


class Subject(Part):
    """What is said is said of one indicator of a view."""

    view: str
    id: str
    number: str = Field(description="As printed now; for an indicator that is gone, as it was last printed")
    name: str


class FrameworkChange(Subject):
    """What changed of an indicator from the one framework to the other, or within the year."""

    change: Literal[
        "added", "retired", "renumbered", "target", "tolerance", "year_end", "title", "definition"
    ]
    key: str = Field("", description="Which key of the definition changed")
    before: str = ""
    now: str = ""
    rating: str = Field("", description="Rating of an indicator that was added or retired")
    reason: str = ""


class RatingState(Part):
    """A rating on one of the two sides, with what it rests on in words."""

    word: str
    symbol: str
    style: str
    origin: Literal["computed", "published"] | None
    not_rated: str | None
    reason: str


class Changed(Part):
    """One thing that a rating rests on, on both sides."""

    what: Factor
    before: str
    now: str


class MovedRating(Subject):
    """A rating that is another, or that is no longer not rated for the same reason."""

    before: RatingState
    now: RatingState
    causes: list[list[Factor]] = Field(
        description="Each the fewest changes that give the earlier rating the new word; several: each alone would have"
    )
    changed: list[Changed] = Field(
        description="All of what it rests on that changed, whether or not it moved it"
    )
    movement: Literal["up", "down", "not_compared"]
    claimed: bool = Field(description="Whether an improvement or deterioration may be claimed")
    words: str = Field(description="What moved it, as a sentence")
    caution: str = Field("", description="Why nothing is claimed; empty where nothing keeps from it")
    illustrative: str = Field(
        "", description="Which target or tolerance was not published by the council, with †"
    )


class FigureChange(Subject):
    """A figure of one period that is another, or is known on one side only."""

    change: Literal["restated", "newly_known", "no_longer_known", "status"]
    period: str
    period_words: str
    basis: str
    before: str = Field("", description="As published, or its status; empty where it was not known")
    now: str = ""
    before_value: str | None = None
    now_value: str | None = None
    known_on: str = Field(description="When the newer of the two states became known")
    known_on_assumed: bool = False
    reason: str = ""


class UnableChange(Subject):
    """An indicator that cannot be reported on one side only, or for another reason."""

    change: Literal["begun", "ended", "reason"]
    before: str = ""
    now: str = ""


class BenchmarkChange(Subject):
    """A comparator whose figure is another; empty where there is none."""

    comparator: str
    comparator_name: str
    before: str = ""
    before_value: str | None = None
    before_period: str = ""
    now: str = ""
    now_value: str | None = None
    now_period: str = ""
    known_on: str = Field(description="When the newer figure was published")
    known_on_assumed: bool = False


class DirectionChange(Subject):
    """A direction of travel that is another."""

    against: str
    before: str
    now: str


class Run(Part):
    """Some words of a text: the same on both sides, removed, or added."""

    state: Literal["same", "removed", "added"]
    text: str


class TextChange(Part):
    """A paragraph, item, line or row that is another, with its words."""

    id: str = Field(
        description="The block's stable id; of a front sheet the line's label; of a table the table's id"
    )
    under: str = Field(
        "", description="The heading inside the section that it stands under; of a card its indicator"
    )
    change: Literal["changed", "removed", "added"]
    role: str
    words: list[Run]


class TableChange(Part):
    """A table of figures whose rows are not told one by one: what they show is told above."""

    id: str
    kind: TableKind
    caption: str
    changed: int
    added: int
    removed: int


class SectionChange(Part):
    """A section whose texts are others."""

    id: str
    title: str
    change: Literal["changed", "removed", "added"]
    texts: list[TextChange] = []
    tables: list[TableChange] = []


class Compared(Part):
    """All that one edition of a paper says otherwise than another."""

    schema_version: str = SCHEMA_VERSION
    council: Named
    before: EditionModel
    now: EditionModel
    same: bool = Field(description="Whether the two paper models are equal, the day of knowledge aside")
    settings: list[Setting] = []
    framework: list[FrameworkChange] = []
    ratings: list[MovedRating] = []
    figures: list[FigureChange] = []
    unable: list[UnableChange] = []
    benchmarks: list[BenchmarkChange] = []
    directions: list[DirectionChange] = []
    front_sheet: list[TextChange] = []
    sections: list[SectionChange] = []

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        parts = (self.settings, self.framework, self.ratings, self.figures, self.unable, self.benchmarks)
        return any((*parts, self.directions, self.front_sheet, self.sections))

    def canonical(self) -> str:
        """The document as text: sorted keys, UTF-8, one line feed at the end. Equal papers give equal text."""
        return canonical(self)


def canonical(document: Part) -> str:
    """A document as JSON with sorted keys, UTF-8 and one line feed at the end."""
    return json.dumps(document.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, indent=1) + "\n"
