"""Sentence patterns: what may be said of one indicator, each an empty string where it cannot be said honestly."""

from __future__ import annotations

from scrutiny.data.definitions import Sentences
from scrutiny.data.schemes import Comparison
from scrutiny.rating.memory import Run
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.patterns import course, place, standing, swings
from scrutiny.writing.signalled import disagreement, signal_words
from scrutiny.writing.words import decapitalised, escape


class Patterns:
    """The sentence patterns as a template calls them: ``i.moved()``, ``i.extreme()``.

    Nothing is called better or worse where the polarity does not say so, no figure from before a changed definition
    is compared, and a missing figure is never passed over in silence.
    """

    _r: Reported
    _view: RatedView

    @property
    def _settings(self) -> Sentences:
        return self._view.council.sentences

    @property
    def _run(self) -> Run:
        """Consecutive periods on or off target."""
        memory = self._view.memory
        return memory.run(self._view, self._r) if memory else Run(None, 0, None)

    def against(self, *names: str, aside: bool = True) -> str:
        """Where the figure lies, comparator by comparator, or ``target``: ``above the national average of 92%``."""
        return place.against(self._r, self._view.council, names, aside=aside)

    def moved(
        self, against: Comparison = "previous_period", named: bool | None = None, aside: bool = True
    ) -> str:
        """From which figure to which: ``improved from 55% to 58%``; empty where they are not comparable."""
        return course.moved(self._r, against, named=named, aside=aside)

    def extreme(self, aside: bool = True) -> str:
        """Since when it is the highest or lowest: ``the lowest on record (since April 2021)``."""
        return course.extreme(self._r, self._settings.extreme, aside=aside)

    def run(self, aside: bool = True) -> str:
        """Changes in a row: ``the third consecutive improvement``."""
        return course.run_words(self._r, self._settings.run, aside=aside)

    def running(self, aside: bool = True) -> str:
        """Changes in a row, as a verb: ``fell for the third month running``."""
        return course.running_words(self._r, self._settings.run, aside=aside)

    def dip(self, years: bool = False, aside: bool = True) -> str:
        """A dip that is over: ``after a dip from September to November, 98% in December``."""
        return swings.dip_words(self._r, self._settings.dip, years=years, aside=aside)

    def dipped(self, years: bool = False, aside: bool = True) -> str:
        """A dip that has just come: ``dipped in December``."""
        return swings.dipped_words(self._r, self._settings.dip, years=years, aside=aside)

    def steady(self, years: int = 3) -> str:
        """No more than a band: ``stable over the last three years (within a band of 2 percentage points)``."""
        return swings.steady_words(self._r, self._settings.steady, years)

    def reverted(self, years: bool = False) -> str:
        """Back where it was: ``has reverted to an earlier level after a rise in November``."""
        return swings.reverted_words(self._r, self._settings.dip, self._settings.reverted, years=years)

    def standing(self) -> str:
        """How long on or off target: ``on target for the fourth month running``."""
        return standing.standing(self._r, self._run)

    def still_short(self) -> str:
        """Status and direction: ``still short of target though improving``."""
        return standing.still_short(self._r, self._run)

    def together(self, other: str = "", against: Comparison = "previous_period") -> str:
        """How it moved with another indicator, by id, or with the one it makes a pair with: ``both fell``."""
        name = other or self._view.framework.partner(self._r.indicator.id) or ""
        found = self._view.find(name)
        return course.together(self._r, found, against) if found else ""

    def forecast(self) -> str:
        """Position and forecast apart: ``below its year-end target of 85% but forecast to meet it``."""
        return place.forecast(self._r)

    def significantly(self, *names: str, aside: bool = True) -> str:
        """Which comparators it differs from by more than chance: ``significantly above the London figure``."""
        return place.significantly(self._r, self._view.council, names, aside=aside)

    def signal(self) -> str:
        """What the run of its figures says: ``within its usual range since April 2017``; empty without a signal."""
        return decapitalised(signal_words(self._r)) if self._r.signal.not_given is None else ""

    def beside_rating(self) -> str:
        """Where rating and signal differ: ``Amber, and within its usual range since April 2017``."""
        return disagreement(self._r, self._view).rstrip(".")

    def judged(self, aspect: str) -> str:
        """What the council published in words of an aspect, such as ``direction``; empty if nothing."""
        said = self._r.judgements.get(aspect)
        return escape(said.words) if said else ""
