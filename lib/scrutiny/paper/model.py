"""The paper model: everything that a paper shows, as one canonical JSON document.

What the notebook shows is made from these blocks and from nothing else, so that paper, Word file, open data and
model cannot differ.
"""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.1"
MIME_TYPE = "application/vnd.scrutiny.paper+json"

Role = Literal["text", "lead", "heading", "subheading", "item", "bullet", "note", "commentary", "front"]
TableKind = Literal["front-sheet", "tally", "ratings", "indicators", "facts", "plain"]


class Part(BaseModel):
    """Base of everything in the model."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Picture(Part):
    """A picture: a file beside the notebook without its ending, or a data URI; and what it shows, in words."""

    src: str
    alt: str


class Cell(Part):
    """A table cell.

    Parameters
    ----------
    text
        Plain text; lines are separated by line feeds.
    note
        A second, smaller line, such as the figure's own period.
    rag
        Style of a rating cell; its word and symbol are in the text.
    """

    text: str = ""
    note: str = ""
    rag: str | None = None
    markdown: bool = Field(False, description="Whether the text is inline Markdown")
    picture: Picture | None = None


class Paragraph(Part):
    """A paragraph, heading or item; the text is inline Markdown."""

    type: Literal["paragraph"] = "paragraph"
    id: str
    role: Role = "text"
    number: str = ""
    style: str = Field(
        "", description="Numbering of an item: decimal, roman or alpha; continuous for a paragraph"
    )
    text: str
    sources: list[str] = []
    card: str = Field("", description="Id of the exception that the block belongs to")


class Table(Part):
    """A table with its caption; `figures` names the columns whose cells are figures."""

    type: Literal["table"] = "table"
    id: str
    kind: TableKind = "plain"
    number: str = ""
    caption: str
    columns: list[str]
    widths: list[int] = []
    figures: list[int] = []
    centred: list[int] = []
    row_headers: bool = True
    rows: list[list[Cell]]
    total: bool = Field(False, description="Whether the last row is a total")
    sources: list[str] = []
    card: str = ""


class Figure(Part):
    """A picture with its caption (the finding) and subtitle (unit and span)."""

    type: Literal["figure"] = "figure"
    id: str
    number: str = ""
    caption: str
    subtitle: str = ""
    picture: Picture
    sources: list[str] = []
    card: str = ""


Block = Annotated[Paragraph | Table | Figure, Field(discriminator="type")]


class Section(Part):
    """A section with its computed number."""

    id: str
    number: str = ""
    title: str = ""
    appendix: bool = False
    blocks: list[Block] = []


class OutturnModel(Part):
    """An outturn as it was known: exact figures as text, None where there is none."""

    value: str | None
    published: str
    beside: str = Field("", description="The figure of a second basis, in words: 412 year to date")
    numerator: str | None = None
    denominator: str | None = None
    symbol: str = ""
    status: str = "final"
    known_on: str | None = None
    known_on_assumed: bool = False


class TargetModel(Part):
    """A target as agreed."""

    words: str
    year_end: str = Field("", description="Target for the end of the year, where it is another one")
    forecast: str = Field("", description="Where the year is forecast to end, in words")
    illustrative: bool = False
    tolerance: str | None = None
    tolerance_illustrative: bool = False


class RatingModel(Part):
    """A rating: word and origin, or the reason why there is none."""

    word: str
    symbol: str
    origin: Literal["computed", "published"] | None
    published_word: str = ""
    not_rated: str | None = None
    gap: str | None = None


class DirectionModel(Part):
    """Direction of travel against one earlier period."""

    against: str
    period: str
    arithmetic: str | None
    judgement: str | None
    words: str


class IntervalModel(Part):
    """A 95% interval in the indicator's unit, as text; the limits are empty where they would make somebody known."""

    lower: str | None
    upper: str | None
    method: Literal["wilson", "byar", "exact_poisson"]


class SignalModel(Part):
    """What the run of figures says of the last one (XmR); figures as text, limits with two more decimals."""

    kind: Literal["improving", "concerning", "high", "low", "usual"] | None = Field(
        description="usual: nothing singles the figure out; null: no signal is given"
    )
    not_given: str | None = Field(None, description="The reason's name, where no signal is given")
    rule: Literal["outside", "trend", "two_in_three", "shift"] | None = None
    since: str | None = Field(None, description="First period of the run that the figure ends")
    mean: str | None = None
    lower: str | None = None
    upper: str | None = None
    points: int | None = Field(None, description="How many figures the limits rest on")
    trial: bool | None = Field(None, description="Whether they are trial limits, of fewer than 12 figures")
    baseline: str | None = Field(None, description="First period of the baseline, where a person set one")
    assurance: Literal["consistently_meets", "consistently_misses", "hit_and_miss"] | None = None
    words: str
    beside_rating: str = Field("", description="A sentence where rating and signal tell different things")


class RecentTrendModel(Part):
    """Whether the last five figures a year apart rise or fall by more than chance."""

    trend: Literal["increasing", "decreasing", "no_significant_change"] | None
    not_calculated: str | None = Field(None, description="The reason's name, where it cannot be calculated")
    words: str


class BenchmarkModel(Part):
    """A comparator's figure, its own period, and where the outturn lies."""

    comparator: str
    name: str
    value: str
    published: str
    period: str
    known_on: str
    known_on_assumed: bool
    position: str | None
    words: str
    source: str
    interval: IntervalModel | None = Field(None, description="Of the outturn; null where there is none")
    significance: Literal["better", "similar", "worse", "higher", "lower"] | None = None
    not_tested: str | None = Field(None, description="The reason's name, where significance is not reckoned")


class IndicatorModel(Part):
    """One indicator as the paper shows it."""

    view: str
    id: str
    number: str
    title: str
    unit: str
    polarity: str
    basis: str
    period: str
    outturn: OutturnModel
    target: TargetModel
    rating: RatingModel
    reason: str
    pair: str = Field("", description="Id of the indicator that it makes a pair with")
    direction: list[DirectionModel]
    benchmarks: list[BenchmarkModel]
    provenance: str = ""
    source: str = ""
    row: str = Field(
        "", description="File and key of the row that the figure came from; it stays when lines move"
    )
    signal: SignalModel | None = Field(None, description="Null where the committee's papers show no signals")
    recent_trend: RecentTrendModel | None = None


class ViewSummary(Part):
    """Counts of one view: rated, by word, and not rated, by reason."""

    rated: int
    counts: dict[str, int]
    not_rated: dict[str, int]


class Summary(ViewSummary):
    """Counts of the view that the paper reports, and of each other view."""

    views: dict[str, ViewSummary] = {}


class Named(Part):
    """An id with its name."""

    id: str
    name: str


class FrontSheetLine(Part):
    """One line of the front sheet."""

    label: str
    value: str


class PaperModel(Part):
    """The whole paper."""

    schema_version: str = SCHEMA_VERSION
    council: Named
    committee: Named
    title: str
    meeting_date: str
    reporting_period: str
    as_at: str
    exempt: bool = False
    note: str = ""
    front_sheet: list[FrontSheetLine] = []
    sections: list[Section] = []
    indicators: list[IndicatorModel] = []
    summary: Summary

    def canonical(self) -> str:
        """The document as text: sorted keys, UTF-8, one line feed at the end. Equal papers give equal text."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def json_schema() -> dict[str, object]:
    """The JSON Schema of ``paper.json``."""
    schema = PaperModel.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
