"""Settings of a committee (its standing words and sections) and of one paper (its parameters and tables)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from scrutiny.data.definitions import PeriodText, Slug, Strict
from scrutiny.data.narrative import Group, Narrative, Reconciliation

ItemStyle = Literal["roman", "decimal", "alpha"]


class Line(Strict):
    """One line of a front sheet or form: a label and a value (a template); an empty value is left out."""

    label: str
    value: str = ""
    blank: str = Field(
        "", description="What stands there when the value is empty; nothing: the line is left out"
    )


class Items(Strict):
    """Lettered or numbered items under a leading sentence."""

    style: ItemStyle
    lead: str = ""
    items: list[str] = Field(min_length=1)


class RatingsTable(Strict):
    """One row per indicator with a 1 in the column of its rating, and totals."""

    of: Slug = "current"
    caption: str
    first_column: str = "Measure"
    order: list[str] = Field(
        [], description="Words of the bands from left to right; default: from worst to best"
    )


class IndicatorTable(Strict):
    """The table that members use: one row per indicator."""

    of: Slug = "current"
    caption: str


class Exceptions(Strict):
    """One part per indicator that needs commentary."""

    of: Slug = "current"
    only: list[str] = Field(
        [], description="Words of the bands to show; default: every band that needs commentary"
    )
    as_: Literal["cards", "paragraphs"] = Field("cards", alias="as")
    heading: str = Field("{{ i.number }} {{ i.title }}", description="Heading of each (a template over i)")
    commentary: bool = Field(True, description="Whether the officers' commentary is printed here")
    text: str = Field(
        "", description="Sentence made from the figures, before the commentary (a template over i)"
    )
    no_commentary: str = Field("", description="Said where an exception has no commentary")


class Restatements(Strict):
    """Figures restated since the committee's previous paper; in its first, since they were first given."""

    of: Slug = "current"
    caption: str


class Context(Strict):
    """Annual official statistics about the council, as context."""

    of: Slug = "current"
    caption: str
    lead: str = ""


class Block(Strict):
    """One block of a section; exactly one kind."""

    id: Slug | None = None
    when: str = Field("", description="Expression that must hold for the block to appear")
    numbered: bool = Field(True, description="Whether a text takes part in paragraph numbering")
    default: str = Field("", description="Said when the block has nothing to say")
    text: str | None = None
    prose: Slug | None = Field(None, description="Section of commentary.md to put here")
    bullets: list[str] | str | None = Field(
        None,
        description="Bullet points, or the name of a list of paper.yml ('appendices' lists the appendices)",
    )
    items: Items | None = None
    heading: str | None = None
    answers: list[Line] | None = None
    table: Slug | None = Field(None, description="Table of paper.yml")
    ratings: RatingsTable | None = None
    indicators: IndicatorTable | None = None
    exceptions: Exceptions | None = None
    tally: Slug | None = Field(None, description="Counts of each rating, of a view")
    context: Context | None = None
    key: Slug | None = Field(None, description="What the ratings and marks mean, of a view")
    sources: Slug | None = Field(None, description="Notes on provenance, of a view")
    narrative: Narrative | None = None
    reconciliation: Reconciliation | None = None
    restatements: Restatements | None = None

    KINDS: ClassVar[tuple[str, ...]] = (
        *("text", "prose", "bullets", "items", "heading", "answers", "table", "ratings", "indicators"),
        *("exceptions", "tally", "context", "key", "sources", "narrative", "reconciliation", "restatements"),
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if len([k for k in self.KINDS if getattr(self, k) is not None]) != 1:
            raise ValueError(f"a block holds exactly one of: {', '.join(self.KINDS)}")
        return self

    @property
    def kind(self) -> str:
        """Which kind of block this is."""
        return next(k for k in self.KINDS if getattr(self, k) is not None)


class Section(Strict):
    """A section of a committee's papers."""

    id: Slug
    title: str = ""
    numbered: bool = True
    appendix: bool = False
    wide: bool = Field(False, description="Holds a wide table: a landscape page in Word")
    when: str = Field("", description="Expression that must hold for the section to appear")
    blocks: list[Block] = []
    default: str = Field("", description="Said when no block of the section has anything to say")


CommentaryPart = Literal["cause", "context", "action", "who", "by", "done"]


class CommentaryRule(Strict):
    """Which indicators need officers' commentary, and which parts it must have."""

    required_for: list[str] | Literal["exceptions"] = Field(
        "exceptions", description="Words of the bands; exceptions: every band that needs commentary"
    )
    of: list[Slug] = Field(["current"], description="The views whose indicators need it")
    parts: list[CommentaryPart] = Field(
        [], description="Parts that must be there; done is asked for where the last paper had an action"
    )
    by: str = Field("**Commentary by {post}**", description="Attribution, with {post}; empty leaves it out")
    last: str = Field(
        "**Said at the meeting of {date}:** {action}",
        description="What the last paper said would be done, with {date} and {action}; empty leaves it out",
    )
    unanswered: str = Field(
        "What became of it has not been reported.",
        description="Said where it has fallen due and no part 'done' answers it",
    )


SignalPlace = Literal["table", "cards", "charts", "benchmarks"]


class Committee(Strict):
    """A committee's standing arrangement: name, numbering, front sheet, sections and default sentences."""

    id: Slug
    body: Slug
    known_on: dt.date | None = Field(
        None, description="When it became known; without it, it counts as known from the start"
    )
    called: str = "the committee"
    notebook: str = "committee-paper"
    numbering: Literal["section_paragraph", "continuous", "none"] = "section_paragraph"
    appendix_numbers: Literal["alpha", "decimal", "words"] = "alpha"
    arrears_aside: str = Field(
        "{count} in arrears", description="Aside for figures in arrears, with {count} and {lag}"
    )
    says: dict[str, str] = Field(
        {}, description="Standing sentences by name, for templates: {{ committee.says.no_implications }}"
    )
    front_sheet: list[Line] = []
    front_sheet_style: Literal["table", "lines"] = Field(
        "table", description="A form with a row for each line, or lines of text: **Report of:** Director"
    )
    commentary: CommentaryRule | None = Field(
        None, description="Whether commentary is compulsory, and for what"
    )
    signals: list[SignalPlace] = Field(
        [],
        description="Where a paper says whether figures are more than chance: in the table of all indicators, on the "
        "cards of exceptions, in their charts, beside benchmarks; default: nowhere",
    )
    narrative: list[Group] = Field([], description="Groups of indicators, each by its rule")
    sections: list[Section] = Field(min_length=1)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        seen: set[str] = set()
        for section in self.sections:
            if section.id in seen:
                raise ValueError(f"section '{section.id}' stands twice")
            seen.add(section.id)
        groups = [group.id for group in self.narrative]
        for name in groups:
            if groups.count(name) > 1:
                raise ValueError(f"group '{name}' stands twice")
        for block in (block for section in self.sections for block in section.blocks):
            if block.narrative and block.narrative.group not in groups:
                known = ", ".join(groups) or "none"
                raise ValueError(
                    f"there is no group '{block.narrative.group}' under 'narrative' (there is: {known})"
                )
        return self


class View(Strict):
    """A framework looked at for a period: what a table of ratings is about."""

    framework: str
    period: PeriodText


class TextTable(Strict):
    """A table of words: options, risks, timetable, consultees."""

    caption: str
    columns: list[str] = Field(min_length=1)
    widths: list[int] = Field([], description="Percent of the line per column")
    rows: list[list[str | None]]
    row_headers: bool = True
    numbered: bool = Field(True, description="Whether the caption carries a table number")

    @model_validator(mode="after")
    def _rectangular(self) -> Self:
        for i, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {i} has {len(row)} cells for {len(self.columns)} columns")
        if self.widths and len(self.widths) != len(self.columns):
            raise ValueError("widths needs one figure per column")
        return self


class Waiver(Strict):
    """A finding that is accepted: which check, where, and why."""

    check: str
    place: str
    reason: str


class PaperSettings(Strict):
    """What one paper is: parameters, front sheet, tables and waivers."""

    committee: Slug
    meeting_date: dt.date
    title: str
    reporting_period: PeriodText
    as_at: dt.date | None = Field(None, description="What was known on this day; default: the meeting date")
    views: dict[Slug, View]
    front_sheet: dict[str, str] = {}
    tables: dict[Slug, TextTable] = {}
    lists: dict[str, list[str]] = {}
    part: Literal["I", "II"] = "I"
    note: str = Field("", description="Said at the head of the paper, such as that it is a reconstruction")
    waivers: list[Waiver] = []

    @model_validator(mode="after")
    def _has_current(self) -> Self:
        if "current" not in self.views:
            raise ValueError("views needs 'current', the framework and period that the paper reports")
        return self

    @property
    def known(self) -> dt.date:
        """The as-at date: what was known on it counts."""
        return self.as_at or self.meeting_date
