"""Proofreading: a paper is filled, and its text is checked against itself, the record and the paper before."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cached_property

from scrutiny.data import glossary
from scrutiny.data.frameworks import Target
from scrutiny.data.settings import Block
from scrutiny.errors import Problem, ProblemError
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.check import waive
from scrutiny.paper.lint.draft import Draft, Unreported
from scrutiny.paper.lint.registry import NAMES, lint
from scrutiny.paper.model import PaperModel, Paragraph
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.commentary import Commentary


class Proofreader:
    """Reads the text of one paper, as often as it is filled.

    Parameters
    ----------
    inputs
        What the paper is made from.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self._words, self._problems = glossary.read(
            inputs.catalogue.root, inputs.path.parent.name, inputs.day
        )

    def read(self, model: PaperModel | None = None) -> list[Problem]:
        """Every problem of the paper's text.

        Parameters
        ----------
        model
            The filled paper; None fills it as the committee's settings arrange it.

        Returns
        -------
        list of Problem
            A waived problem is kept as a note with the waiver's reason; a waiver that waives nothing is a warning.

        Raises
        ------
        ProblemError
            A text cannot be filled.
        """
        problems = lint(self.draft(model or filled(self.inputs)))
        settings, document = self.inputs.settings, self.inputs.document
        return [*self._problems, *waive(problems, settings.waivers, document, NAMES.__contains__)]

    def draft(self, model: PaperModel) -> Draft:
        """A filled paper with all that its text has to agree with."""
        inputs = self.inputs
        views = inputs.views()
        rows = [r for view in views.values() for r in view.rows]
        judged = {
            r.row.number: frozenset(j.judgement for j in r.judgements.values()) for r in rows if r.judgements
        }
        return Draft(
            model,
            name=inputs.catalogue.name_of(inputs.path),
            people=inputs.people,
            council=inputs.folder.council.as_at(inputs.day),
            committee=inputs.committee,
            glossary=self._words,
            previous=self.previous,
            own=_own(inputs, model),
            unable=tuple(_unable(views["current"])),
            revised=frozenset(_revised(views)),
            judged=judged,
            significant=lambda number: any(_significant(r) for r in rows if r.row.number == number),
            quoted=frozenset(j.words for r in rows for j in r.judgements.values() if j.words),
            arranged_before=_arranged_before(inputs),
            views=tuple(view.period for view in inputs.settings.views.values()),
        )

    @cached_property
    def previous(self) -> PaperModel | None:
        """The committee's paper before this one, filled; None for the first, and where it cannot be filled."""
        last = self.inputs.last()
        if last is None:
            return None
        then = copy.copy(self.inputs)
        then.settings, then.commentary, then.problems = last.settings, last.commentary, []
        then.day, then._views = last.settings.known, None
        try:
            return filled(then)
        except ProblemError:
            return None


def filled(inputs: Inputs) -> PaperModel:
    """A paper's model without pictures, its sections in the order of the committee's settings."""
    paper = Paper(inputs, pictures=False)
    paper.front_sheet()
    paper.sections()
    paper.appendices()
    return paper.model


def _arranged_before(inputs: Inputs) -> frozenset[str] | None:
    """Ids of the sections in the committee's arrangement at the paper before."""
    last = inputs.last()
    if last is None:
        return None
    then = inputs.folder.committees[last.settings.committee].as_at(last.settings.known)
    return frozenset(section.id for section in then.sections)


def _own(inputs: Inputs, model: PaperModel) -> frozenset[str]:
    """Ids of the blocks that hold this paper's own prose, rather than standing words and what the figures say."""
    ids = [
        beginning
        for section in inputs.committee.sections
        for i, block in enumerate(section.blocks, start=1)
        for beginning in _beginnings(block, f"b-{block.id or f'{section.id}-{i}'}-", inputs.commentary)
    ]
    rule = inputs.committee.commentary
    said = {rule.unanswered if rule else ""}
    return frozenset(
        block.id
        for section in model.sections
        for block in section.blocks
        if isinstance(block, Paragraph) and block.id.startswith(tuple(ids)) and block.text not in said
    )


def _beginnings(block: Block, id_: str, commentary: Commentary) -> Iterator[str]:
    """How the ids begin of what officers wrote in a block of the arrangement."""
    if block.prose or (block.narrative and block.narrative.commentary):
        yield id_
    elif block.exceptions:
        for part in commentary.parts:
            view, _, indicator = part.heading.rpartition(": ")
            if (view or "current") == block.exceptions.of:
                yield f"{id_}{indicator}-"


def _significant(r: Reported) -> bool:
    """Whether the interval of its figure leaves one of its benchmarks out."""
    return any(r.position_is_real(b) for b in r.benchmarks)


def _unable(view: RatedView) -> Iterator[Unreported]:
    """What the record holds as not to be had of the view's own indicators, and has not come since."""
    for r in view.rows:
        unable, o = r.unable, r.outturn
        has = o is not None and o.value is not None
        if unable is not None and not (has and o is not None and o.known_on > unable.known_on):
            yield Unreported(r.row.number, r.indicator.name, unable.reason, unable.expected, has)


def _revised(views: dict[str, RatedView]) -> Iterator[str]:
    """Printed numbers whose target differs from the view before, or may: the framework says that some do."""
    before = views.get("previous")
    for r in views["current"].rows:
        earlier = before.find(r.indicator.id) if before else None
        perhaps = views["current"].framework.targets_revised and earlier is not None
        if r.row.target.revised or perhaps or (earlier and _moved(earlier.row.target, r.row.target)):
            yield r.row.number


def _moved(before: Target, now: Target) -> bool:
    keys = ("at_least", "at_most", "close_to")
    both = before.exists and now.exists and not (before.illustrative or now.illustrative)
    return both and any(getattr(before, key) != getattr(now, key) for key in keys)
