"""Definitions that are stable over years: indicators, councils, people and bodies.

Each file may carry `versions:`, further dated states of the same thing; `as_at` gives the state that was known on a
day. Nothing is edited after a paper that used it was published.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from scrutiny.errors import Severity
from scrutiny.figures import Unit, parse_figure
from scrutiny.periods import FORMATS, Period


class Strict(BaseModel):
    """Base of every definition: unknown keys are errors, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _to_figure(value: Any) -> Any:
    return parse_figure(value) if isinstance(value, str) else value


def _to_period(value: Any) -> Any:
    return Period.parse(value) if isinstance(value, str) else value


Figure = Annotated[
    Decimal,
    BeforeValidator(_to_figure),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[-+]?\d+(\.\d+)?$"}]}),
]


def _without(*endings: str) -> BeforeValidator:
    """Read a figure that may be followed by one of some words or signs."""

    def read(value: Any) -> Any:
        if isinstance(value, str):
            text = value.strip()
            ending = next((e for e in endings if text.endswith(e)), "")
            return parse_figure(text.removesuffix(ending))
        return value

    return BeforeValidator(read)


_SPREAD = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}
Points = Annotated[Decimal, _without("points", "point"), Field(ge=0), WithJsonSchema(_SPREAD)]
Percent = Annotated[Decimal, _without("%"), Field(ge=0), WithJsonSchema(_SPREAD)]
PeriodText = Annotated[
    Period,
    BeforeValidator(_to_period),
    WithJsonSchema({"type": "string", "description": f"A period: {FORMATS}"}),
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Polarity(StrEnum):
    """Which way is better."""

    HIGH_IS_GOOD = "high_is_good"
    LOW_IS_GOOD = "low_is_good"
    CLOSE_TO_TARGET = "close_to_target"
    NO_JUDGEMENT = "no_judgement"

    @property
    def words(self) -> str:
        """For readers: ``higher is better``."""
        return {
            "high_is_good": "higher is better",
            "low_is_good": "lower is better",
            "close_to_target": "close to target is better",
            "no_judgement": "neither higher nor lower is better",
        }[self.value]


class Basis(StrEnum):
    """What stretch of time one figure covers."""

    PERIOD = "period"
    YEAR_TO_DATE = "year_to_date"
    ROLLING_12_MONTHS = "rolling_12_months"
    SNAPSHOT = "snapshot"

    @property
    def words(self) -> str:
        """For readers: ``year to date``."""
        return {
            "period": "in the period",
            "year_to_date": "year to date",
            "rolling_12_months": "rolling 12 months",
            "snapshot": "on the last day",
        }[self.value]


class Frequency(StrEnum):
    """How often a figure falls due."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CALENDAR_YEAR = "calendar_year"
    ACADEMIC_YEAR = "academic_year"


class Rebase(Strict):
    """A new baseline for the limits of a series: from which period, and why. A person decides it, never the figures."""

    from_: PeriodText = Field(alias="from", description="First period of the new baseline")
    reason: Annotated[str, Field(min_length=1)]
    area: str = Field("", description="GSS code of the only area that it is for; empty: every area")
    points: int | None = Field(
        None,
        ge=12,
        description="How many figures make the limits, which later ones leave as they are; default: all",
    )


class Indicator(Strict):
    """An indicator: what is measured, in which unit, and which way is better."""

    id: Slug
    title: str
    short_title: str = ""
    known_on: dt.date | None = Field(
        None, description="When it became known; without it, it counts as known from the start"
    )
    definition: str = ""
    unit: Unit
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    trailing_zeros: bool = False
    polarity: Polarity
    basis: Basis = Basis.PERIOD
    frequency: Frequency
    arrears: Annotated[int, Field(ge=0, description="Periods by which the figure lags the paper")] = 0
    plausible: tuple[Figure, Figure] | None = None
    numerator: str = ""
    denominator: str = ""
    cases: str = Field("cases", description="What numerator and denominator count, in the plural")
    counts_cases: bool = Field(
        True,
        description="Whether numerator and denominator count cases, so that an interval says how far chance reaches; "
        "false for tonnes, pounds or hours",
    )
    of_people: bool = Field(False, description="Counts people, so that small numbers could identify someone")
    sentence: str = Field("", description="The outturn as a clause, with {value} where the figure stands")
    owner: str = Field("", description="Post that answers for the figure")
    source: str = ""
    review_date: dt.date | None = None
    note: str = ""
    rebases: list[Rebase] = Field(
        [], description="New baselines for the limits of the series, with their reasons"
    )

    @property
    def name(self) -> str:
        """Short title if there is one."""
        return self.short_title or self.title

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.plausible and self.plausible[0] > self.plausible[1]:
            raise ValueError("plausible must run from the lower to the higher figure")
        if self.sentence and "{value}" not in self.sentence:
            raise ValueError("sentence must hold {value} where the figure stands")
        for rebase in self.rebases:
            self._sound_rebase(rebase)
        return self

    def _sound_rebase(self, rebase: Rebase) -> None:
        """A rebase names a period of the indicator's own kind, once for each area."""
        kinds = [self.frequency.value, *(["snapshot"] if self.basis is Basis.SNAPSHOT else [])]
        if rebase.from_.kind.value not in kinds:
            raise ValueError(
                f"the rebase from {rebase.from_} is no {kinds[0].replace('_', ' ')}; "
                f"the first period of the new baseline, as the indicator's figures have them"
            )
        alike = [one for one in self.rebases if (one.from_, one.area) == (rebase.from_, rebase.area)]
        if len(alike) > 1:
            raise ValueError(f"the rebase from {rebase.from_} stands twice; each once")


class Change(Strict):
    """A further dated state of a definition: from when it was known, why, and the keys that changed."""

    known_on: dt.date
    reason: str
    changes: dict[str, Any]


class Comparator(Strict):
    """An area or group that the council compares itself with."""

    id: Slug
    area: str = Field(description="GSS code, or the id of a group")
    name: str
    called: str = Field("", description="In a sentence: the national comparator")


class Citation(Strict):
    """What stands before a printed number, and before several."""

    one: str = "No."
    many: str = "Nos."


class Spread(Strict):
    """How far figures may lie apart and still count as alike, in what a sentence says of a series."""

    within: Points = Field(Decimal(2), description="For percentages and ranks: 2 points")
    otherwise: Percent = Field(
        Decimal(5), description="For other units, and at most for percentages: 5% of the larger figure"
    )


class Dip(Strict):
    """When a few figures away from those around them are a dip, or a rise, in a sentence."""

    by: Points = Field(Decimal(3), description="For percentages and ranks: 3 points")
    otherwise: Percent = Field(Decimal(10), description="For other units: 10% of the larger figure")
    longest: int = Field(6, ge=1, description="Periods after which it is a dip no longer")
    after: int = Field(3, ge=1, description="Figures just before that make the level which it left")


class Sentences(Strict):
    """When a series shows what a sentence may say of it."""

    steady: Spread = Spread()
    reverted: Spread = Spread()
    dip: Dip = Dip()
    extreme: int = Field(4, ge=1, description="Earlier figures that a highest or lowest must lie beyond")
    run: int = Field(3, ge=2, description="Rises or falls in a row that are worth a sentence")


class SignalRules(Strict):
    """How the limits of a series are reckoned where councils differ."""

    screen_moving_ranges: bool = Field(
        True,
        description="Leave out moving ranges of 3.267 times their average; the NHS Excel tool keeps them (false)",
    )


Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Shade(Strict):
    """How the cells of one rating style look: the colour of their words, and what the cell is filled with."""

    text: Colour
    fill: Colour


class Council(Strict):
    """A council: its name, its area and the words it uses."""

    id: Slug
    name: str
    short_name: str
    area: str = Field(description="GSS code; for an invented council any code that is not a real one")
    region: str = ""
    invented: bool = False
    comparators: list[Comparator] = []
    measure: tuple[str, str] = Field(
        ("indicator", "indicators"), description="What the council calls one, and several"
    )
    citation: Citation = Citation()
    sentences: Sentences = Sentences()
    signals: SignalRules = SignalRules()
    words_up_to: int = Field(10, ge=0, le=99, description="Whole numbers up to this are written in words")
    accent: Colour = "#12436D"
    colours: dict[Literal["green", "amber", "red", "blue", "grey"], Shade] = Field(
        {}, description="Colours of the rating styles; those not given are the project's own"
    )
    severities: dict[Slug, Severity] = Field(
        {}, description="Severity of a check of the paper's text, by its name: error, warning or note"
    )


class Body(Strict):
    """A committee, panel or board, under its registered name."""

    id: Slug
    name: str
    short_name: str = ""


class Holder(Strict):
    """Who holds a post from a date on; only people whom a published paper names."""

    name: str
    known_on: dt.date


class Post(Strict):
    """A post of the council, and who held it."""

    id: Slug
    title: str
    holders: list[Holder] = []

    def holder(self, day: dt.date) -> str:
        """Name of the holder known on a day; empty if none is recorded."""
        known = [h for h in self.holders if h.known_on <= day]
        return max(known, key=lambda h: h.known_on).name if known else ""


class People(Strict):
    """Register of a council's bodies and posts."""

    bodies: list[Body] = []
    posts: list[Post] = []

    def known(self, day: dt.date) -> People:
        """The register without the holders of a post who became known only after a day."""
        posts = [
            post.model_copy(update={"holders": [h for h in post.holders if h.known_on <= day]})
            for post in self.posts
        ]
        return self.model_copy(update={"posts": posts})
