"""Rating schemes: a council's rule for rating as ordered bands, read from its settings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from scrutiny.data.definitions import Slug, Strict
from scrutiny.figures import parse_figure


class WidthKind(StrEnum):
    """How a width is measured."""

    POINTS = "points"
    PERCENT_OF_TARGET = "percent_of_target"
    FLOOR = "floor"


class Width(Strict):
    """A distance from the target: in the indicator's unit, in percent of the target, or down to a floor.

    Written ``5 points``, ``5``, ``10%`` or ``floor 80``.
    """

    kind: WidthKind
    amount: Decimal

    @classmethod
    def parse(cls, text: str) -> Width:
        """Read a width from its written form; raises ValueError for anything else, and for a negative one."""
        words = text.strip()
        if words.startswith("floor "):
            return cls(kind=WidthKind.FLOOR, amount=parse_figure(words.removeprefix("floor ")))
        if words.endswith("%"):
            kind, number = WidthKind.PERCENT_OF_TARGET, words[:-1]
        else:
            kind, number = WidthKind.POINTS, words.removesuffix("points").removesuffix("point")
        amount = parse_figure(number)
        if amount < 0:
            raise ValueError(f"'{text}' is negative; a width is 0 or more")
        return cls(kind=kind, amount=amount)

    def __str__(self) -> str:
        """The written form."""
        match self.kind:
            case WidthKind.FLOOR:
                return f"floor {self.amount}"
            case WidthKind.PERCENT_OF_TARGET:
                return f"{self.amount}%"
            case WidthKind.POINTS:
                return f"{self.amount} point" + ("" if self.amount == 1 else "s")


def _to_width(value: Any) -> Any:
    return Width.parse(value) if isinstance(value, str) else value


def _to_width_or_name(value: Any) -> Any:
    if isinstance(value, str) and not value[:1].isalpha():
        return Width.parse(value)
    if isinstance(value, str) and value.startswith("floor "):
        return Width.parse(value)
    return value


_WIDTH_SCHEMA = {"type": ["string", "number"], "description": "5 points, 10%, floor 80"}
WidthText = Annotated[Width, BeforeValidator(_to_width), WithJsonSchema(_WIDTH_SCHEMA)]
WidthOrName = Annotated[
    Width | str,
    BeforeValidator(_to_width_or_name),
    WithJsonSchema(
        {"type": ["string", "number"], "description": "A width, or the name of a width of the framework row"}
    ),
]
Comparison = Literal["previous_period", "same_period_last_year"]
Travel = Literal["improving", "worsening", "no_change"]


class DirectionIs(Strict):
    """A condition on the direction of travel; `unknown` says what a missing comparison leads to."""

    against: Comparison
    is_: list[Travel] = Field(alias="is", min_length=1)
    unknown: Literal["not_rated", "holds", "fails"]


class When(Strict):
    """The condition of a band; all parts that are given must hold."""

    shortfall_at_most: WidthOrName | None = None
    surplus_at_least: WidthOrName | None = None
    direction: DirectionIs | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.shortfall_at_most is None and self.surplus_at_least is None and self.direction is None:
            raise ValueError(
                "a condition must say shortfall_at_most, surplus_at_least or direction, or be 'otherwise'"
            )
        if self.shortfall_at_most is not None and self.surplus_at_least is not None:
            raise ValueError("a condition says shortfall_at_most or surplus_at_least, not both")
        return self


class Say(Strict):
    """How a band says itself in a paper's sentences, after a number: singular and plural."""

    one: str
    many: str


Style = Literal["green", "amber", "red", "blue", "grey"]


class Band(Strict):
    """One state of a scheme."""

    word: str
    symbol: str = Field(max_length=2)
    style: Style
    when: When | Literal["otherwise"]
    say: dict[str, Say] = Field({}, description="Forms by name: present, past, short …")
    aside: str = Field("", description="Said in brackets after the clause: within tolerance")
    exception: bool = Field(False, description="Whether an indicator in this band needs commentary")
    meaning: str = Field("", description="What the band means, for the key of the paper")


class NotRatedLook(Strict):
    """How 'not rated' looks."""

    word: str = "Not rated"
    symbol: str = "○"
    style: Style = "grey"


class Scheme(Strict):
    """Ordered bands: the first whose condition holds gives the rating.

    Source: one shape fits the published rules of Windsor and Maidenhead, Bromley, Merton, Central Bedfordshire,
    Kent, Maidstone, Reigate & Banstead and Tandridge; see the methods page.
    """

    id: Slug
    title: str
    known_on: dt.date | None = Field(
        None, description="When it became known; without it, it counts as known from the start"
    )
    rate_on: Literal["published", "exact"] = "published"
    provisional: Literal["rated", "not_rated"] = "rated"
    bands: list[Band] = Field(min_length=2)
    not_rated: NotRatedLook = NotRatedLook()
    source: str = ""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.bands[-1].when != "otherwise":
            raise ValueError("the last band must be 'otherwise', so that every outturn gets a rating")
        if any(band.when == "otherwise" for band in self.bands[:-1]):
            raise ValueError("only the last band may be 'otherwise'; no band behind it could be reached")
        words = [band.word for band in self.bands]
        if len(set(words)) < len(words):
            raise ValueError("two bands have the same word")
        if len({band.symbol for band in self.bands}) < len(words):
            raise ValueError(
                "two bands have the same symbol; a reader who sees no colour could not tell them apart"
            )
        return self

    @property
    def named_widths(self) -> set[str]:
        """Names of the widths that a framework row must give for this scheme."""
        names = set()
        for band in self.bands:
            if isinstance(band.when, When):
                for width in (band.when.shortfall_at_most, band.when.surplus_at_least):
                    if isinstance(width, str):
                        names.add(width)
        return names

    def band(self, word: str) -> Band:
        """The band of a word, whatever its capitals; KeyError if there is none."""
        for band in self.bands:
            if band.word.casefold() == word.strip().casefold():
                return band
        raise KeyError(word)
