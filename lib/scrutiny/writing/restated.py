"""Restatements: figures that a council had given and that became known anew since its committee's previous paper."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scrutiny.data.definitions import Citation
from scrutiny.data.observations import Observation
from scrutiny.figures import gap_in_words, published, round_half_away
from scrutiny.periods import long_date
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.around import Around
from scrutiny.writing.told import cite
from scrutiny.writing.words import PeriodWords, escape


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
    known_on
        When the newer figure became known, as a date.
    """

    def __init__(self, r: Reported, old: Observation, new: Observation, citation: Citation) -> None:
        assert old.value is not None and new.value is not None
        self._r, self.cited = r, (r.row.number,)
        self.number, self.title, self.name = r.row.number, escape(r.title), escape(r.indicator.name)
        self.citation = cite(self.cited, citation) or self.name
        self.period = PeriodWords(new.period)
        self.old, self.new = _shown(old.value, r), _shown(new.value, r)
        self.change = gap_in_words(abs(_rounded(new.value, r) - _rounded(old.value, r)), r.indicator.unit)
        self.reason, self.known_on = escape(new.note), long_date(new.known_on)


def restatements(view: RatedView, r: Reported, around: Around) -> Iterator[Restated]:
    """Each figure of an indicator that was given before and reads otherwise now, oldest period first.

    A figure is compared with what the previous paper knew of it, so that a restatement is announced once; one that was
    first given after that paper, with its first state since. A change that rounding hides is none, and a figure that
    was withheld or missing before is not restated but new.
    """
    earlier = around.earlier
    if earlier is None or view.memory is None:
        return
    indicator, area = r.indicator, view.council.area
    found = [
        (states, earlier.known.outturns.get(key))
        for key, states in view.memory.known.states.items()
        if key[0] == indicator.id and key[1] == area and key[3] == indicator.basis
    ]
    for states, then in sorted(found, key=lambda pair: pair[0][-1].period):
        new, old = states[-1], then or states[0]
        if old.value is None or new.value is None:
            continue
        if _rounded(old.value, r) != _rounded(new.value, r):
            yield Restated(r, old, new, view.council.citation)


def _rounded(value: Decimal, r: Reported) -> Decimal:
    return round_half_away(value, r.indicator.decimals)


def _shown(value: Decimal, r: Reported) -> str:
    indicator = r.indicator
    return published(value, indicator.unit, indicator.decimals, trailing_zeros=indicator.trailing_zeros)
