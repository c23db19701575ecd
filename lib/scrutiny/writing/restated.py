"""Restatements: figures that a council had given and that became known anew since its committee's previous paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from scrutiny.data.observations import PROVENANCE
from scrutiny.figures import gap_in_words, published, round_half_away
from scrutiny.periods import long_date
from scrutiny.rating.restating import Restatement, effect, since
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.around import Around
from scrutiny.writing.told import Told, cite
from scrutiny.writing.words import PeriodWords, capitalised, escape, in_words, listed


class Restated:
    """What can be said of one restated figure.

    Attributes
    ----------
    number, title, name, citation
        Of the indicator, as printed.
    period
        What the figure is about.
    old, new
        As first given, or as the previous paper knew it, and as it is known now: ``82%``, ``86%``.
    change
        The difference without its sign: ``4 percentage points``.
    reason
        The note of the newer figure; empty if it has none.
    known_on, assumed
        When the newer figure became known, as a date, and whether that day is assumed.
    source
        Where the old figure was given: what kind of place, and the place itself.
    rows
        The rows of the two figures.
    """

    def __init__(self, r: Reported, one: Restatement, view: RatedView, around: Around) -> None:
        old, new = one.old, one.new
        assert old.value is not None and new.value is not None
        self._r, self._one, self._view, self._around = r, one, view, around
        self.cited = (r.row.number,)
        self.number, self.title, self.name = r.row.number, escape(r.title), escape(r.indicator.name)
        self.citation = cite(self.cited, view.council.citation) or self.name
        self.period = PeriodWords(new.period)
        self.old, self.new = _shown(old.value, r), _shown(new.value, r)
        self.change = gap_in_words(abs(_rounded(new.value, r) - _rounded(old.value, r)), r.indicator.unit)
        self.reason, self.known_on, self.assumed = escape(new.note), long_date(new.known_on), new.assumed
        self.source, self.rows = escape(_source(one)), [old.row, new.row]

    @cached_property
    def shown_in(self) -> str:
        """The papers of the committee that showed the old figure: ``the paper of 18 June 2026``; empty if none did."""
        return papers_words(self._around.shown_in(self._one.earlier))

    @cached_property
    def effect(self) -> str:
        """What it did to the rating: ``Amber to Red``, ``none (Red)``, ``not rated: no target has been set``."""
        return effect(self._view.memory, self._one) if self._view.memory else ""


class RestatedFigures(Told[Restated]):
    """Restated figures in the framework's order, and the sentence that says so."""

    def __init__(self, items: Iterable[Restated], view: RatedView, around: Around) -> None:
        super().__init__(items, view.council.citation)
        self._view, self._around = view, around

    @property
    def sentence(self) -> str:
        """All of them in a sentence, with the meeting since which they were restated; empty if there is none.

        ``One figure has been restated since the meeting of 7 November 2018: assessments, November 2018, from 82% to
        86%.``
        """
        if not self:
            return ""
        count, before = len(self), self._around.paper_before
        since_when = "it was first given" if count == 1 else "they were first given"
        if before is not None:
            since_when = f"the meeting of {long_date(before.meeting_date)}"
        number = capitalised(in_words(count, self._view.council.words_up_to))
        noun = "figure has" if count == 1 else "figures have"
        said = "; ".join(_told(one) for one in self)
        return f"{number} {noun} been restated since {since_when}: {said}."


def _told(one: Restated) -> str:
    named = f"{one.citation} {one.name}" if one.number else one.name
    return f"{named}, {one.period}, from {one.old} to {one.new}"


def restatements(view: RatedView, r: Reported, around: Around) -> Iterator[Restated]:
    """Each figure of an indicator that was given before and reads otherwise now, oldest period first.

    A figure is compared with what the previous paper knew of it, so that a restatement is announced once; one that was
    first given after that paper, or in the time of a committee's first paper, with its first state since. A change that
    rounding hides is none, and a figure that was withheld or missing before is not restated but new.
    """
    if view.memory is None:
        return
    before, indicator, area = around.paper_before, r.indicator, view.council.area
    found = [
        since(states, before.known.outturns.get(key) if before else None, indicator.decimals)
        for key, states in view.memory.known.states.items()
        if key[0] == indicator.id and key[1] == area and key[3] == indicator.basis
    ]
    for one in sorted((one for one in found if one), key=lambda one: one.new.period):
        yield Restated(r, one, view, around)


def place(one: Restated) -> str:
    """Where the old figure stood, as plain text: the papers that showed it, or else its source."""
    return one.shown_in or _source(one._one)


def papers_words(meetings: Sequence[dt.date]) -> str:
    """Papers by their meetings: ``the paper of 18 June 2026``, ``the papers of 23 April 2026 and 18 June 2026``."""
    days = listed([long_date(day) for day in meetings])
    return f"the {'paper' if len(meetings) == 1 else 'papers'} of {days}" if meetings else ""


def _source(one: Restatement) -> str:
    words = PROVENANCE.get(one.old.provenance, one.old.provenance)
    return f"{words}: {one.old.source}" if one.old.source else words


def _rounded(value: Decimal, r: Reported) -> Decimal:
    return round_half_away(value, r.indicator.decimals)


def _shown(value: Decimal, r: Reported) -> str:
    indicator = r.indicator
    return published(value, indicator.unit, indicator.decimals, trailing_zeros=indicator.trailing_zeros)
