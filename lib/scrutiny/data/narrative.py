"""Settings of the narrative: which indicators belong to a group, by a rule, and how a group is told."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from scrutiny.data.definitions import Slug, Strict
from scrutiny.data.observations import ASPECTS, COMPARED
from scrutiny.data.schemes import Comparison, Style, Travel

Times = Annotated[int, Field(ge=1)]
Place = Literal["better", "worse", "above", "below", "in_line"]


class TravelIs(Strict):
    """A condition on the direction of travel, computed or, where no figures were published, judged."""

    against: Comparison = "previous_period"
    is_: list[Travel] = Field(alias="is", min_length=1)


class BenchmarkIs(Strict):
    """A condition on the place beside a comparator, computed or judged; better and worse follow the polarity."""

    comparator: Slug
    is_: list[Place] = Field(alias="is", min_length=1)


class Rule(Strict):
    """One condition, or several joined by `all`, `any` or `not`. What is not known fulfils no condition."""

    all_: list[Rule] | None = Field(None, alias="all", min_length=1)
    any_: list[Rule] | None = Field(None, alias="any", min_length=1)
    not_: Rule | None = Field(None, alias="not")
    rating: list[str] | None = Field(None, min_length=1, description="Words of the scheme's bands")
    style: list[Style] | None = Field(None, min_length=1, description="Looks of the scheme's bands")
    direction: TravelIs | None = None
    benchmark: BenchmarkIs | None = None
    misses_at_least: Times | None = Field(
        None, description="Consecutive periods off target, this one included"
    )
    on_target_for_at_least: Times | None = Field(None, description="Consecutive periods on target")
    unable: bool | None = Field(None, description="Whether it cannot be reported")
    unreliable: bool | None = Field(None, description="Whether its figure is published as unreliable")
    restated: bool | None = Field(None, description="Whether a figure was restated since the previous paper")
    target: Literal["removed", "none", "revised"] | None = None
    new: bool | None = Field(None, description="Whether it is reported and was not in the previous paper")
    moved: Literal["up", "down"] | None = Field(
        None, description="How its rating moved, where that may be said"
    )
    judgement: dict[Slug, list[str]] | None = Field(
        None, min_length=1, description="Published judgements: words by aspect, each of which must be met"
    )

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        if len(self.model_fields_set) != 1 or self.condition[1] is None:
            names = [field.alias or name for name, field in type(self).model_fields.items()]
            raise ValueError(
                f"a rule holds exactly one of: {', '.join(names)}; join several with 'all' or 'any'"
            )
        for aspect, words in (self.judgement or {}).items():
            allowed = ASPECTS.get(aspect, COMPARED)
            unknown = [word for word in words if word not in allowed]
            if unknown:
                raise ValueError(f"'{unknown[0]}' is not a judgement of {aspect}: {', '.join(allowed)}")
        return self

    @property
    def condition(self) -> tuple[str, Any]:
        """Name and value of the one condition."""
        name = next(iter(self.model_fields_set))
        return name.removesuffix("_"), getattr(self, name)

    def walk(self) -> list[Rule]:
        """This rule and every rule inside it."""
        inner = [*(self.all_ or []), *(self.any_ or []), *([self.not_] if self.not_ else [])]
        return [self, *(rule for one in inner for rule in one.walk())]


class Group(Strict):
    """Indicators that are told together, chosen by a rule: highlights, challenges."""

    id: Slug
    title: str = ""
    rule: Rule
    limit: Times | None = Field(None, description="At most so many, the first of the framework's order")


class Narrative(Strict):
    """A group told: a leading sentence and one item for each indicator; nothing if the group is empty."""

    group: Slug
    of: Slug = "current"
    item: str = Field(description="Sentence of each (a template over i)")
    style: Literal["bullets", "text", "paragraphs"] = "bullets"
    lead: str = Field("", description="Before the items (a template that knows the group as 'group')")
    joined_by: str = Field(" ", description="Stands between the items of a text")
    commentary: bool = Field(False, description="Whether the officers' commentary follows each item")


class Reconciliation(Strict):
    """A table that leads from the indicators of the framework before to this one's."""

    of: Slug = "current"
    caption: str
