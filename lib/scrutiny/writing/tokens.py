"""Tokens: the figures that officers' prose may name, such as ``{{ cp_reviews_on_time.target }}``."""

from __future__ import annotations

from scrutiny.figures import published
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.facts import target_text, value_words
from scrutiny.writing.words import PeriodWords, escape


class Token:
    """The figure of one indicator as published; as text the outturn itself.

    Attributes
    ----------
    number, name, period
        Its printed number, its short title, and the period that its figure is about.
    """

    def __init__(self, r: Reported, view: RatedView) -> None:
        self._r = r
        self.number, self.name = r.row.number, escape(r.indicator.name)
        self.period = PeriodWords(r.period)
        self._comparators = {c.id.replace("-", "_"): c.id for c in view.council.comparators}

    def __str__(self) -> str:
        """The outturn as published.

        Raises
        ------
        ValueError
            No figure is known: a sentence may not rest on it.
        """
        if self._r.outturn is None or self._r.outturn.value is None:
            raise ValueError(f"no figure of {self._r.indicator.id} is known for {self._r.period.label}")
        return value_words(self._r)

    @property
    def target(self) -> str:
        """The target as agreed, with † where it is illustrative; ValueError where there is none to rate against."""
        if not self._r.row.target.exists:
            raise ValueError(f"{self._r.indicator.id} has no target: {target_text(self._r)}")
        return target_text(self._r)

    @property
    def rating(self) -> str:
        """The rating's word."""
        return self._r.rating.word

    def __getattr__(self, name: str) -> str:
        """A comparator's newest figure by its id, hyphens as underscores: ``south_east``."""
        comparator = self.__dict__.get("_comparators", {}).get(name)
        if comparator is None:
            raise AttributeError(name)
        for b in self._r.benchmarks:
            if b.comparator.id == comparator and b.observation.value is not None:
                return published(b.observation.value, self._r.indicator.unit, self._r.indicator.decimals)
        raise ValueError(f"no figure of {comparator} is known for {self._r.indicator.id}")


def tokens(view: RatedView) -> dict[str, Token]:
    """Every indicator of a view by its id, with underscores for hyphens."""
    return {r.indicator.id.replace("-", "_"): Token(r, view) for r in view.rows}
