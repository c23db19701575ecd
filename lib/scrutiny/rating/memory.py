"""What came before: how long an indicator has been off target or on it, by the rules then in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrutiny.data.frameworks import Framework
from scrutiny.data.observations import Observation
from scrutiny.data.store import Known
from scrutiny.periods import Kind, Period

if TYPE_CHECKING:
    from scrutiny.data.schemes import Scheme
    from scrutiny.rating.rate import Rating
    from scrutiny.rating.table import RatedView, Rater, Reported

_DAYS = {"month": 34, "quarter": 95}
"""Most days between two snapshots that follow each other; of yearly ones 369."""


@dataclass(frozen=True)
class Run:
    """Consecutive periods on one side of the target, the reported one included.

    Parameters
    ----------
    off
        Whether off target (a rating in a band that needs commentary); None where there is no rating.
    count
        How many periods; 0 where there is no rating.
    since
        The first of them; None where there is no rating.
    """

    off: bool | None
    count: int
    since: Period | None

    @property
    def misses(self) -> int:
        """Consecutive periods off target; 0 if the last one was not."""
        return self.count if self.off else 0

    @property
    def on_target_for(self) -> int:
        """Consecutive periods on target; 0 if the last one was not."""
        return self.count if self.off is False else 0


class Memory:
    """Looks back along an indicator's own outturns, as known on the day, when it is asked to.

    Each earlier outturn is rated by its own period's framework: its row, target and scheme then. A period without a
    figure, a rating or a framework ends the run, since nothing is known of it.

    Parameters
    ----------
    rater
        Gives definitions, figures and ratings.
    committee
        Whose frameworks count.
    """

    def __init__(self, rater: Rater, committee: str) -> None:
        self._rater, self._committee = rater, committee
        self._runs: dict[tuple[str, Period, str], Run] = {}

    @property
    def known(self) -> Known:
        """What was known on the day."""
        return self._rater.known

    def run(self, view: RatedView, r: Reported) -> Run:
        """The run of periods off or on target that ends with the reported one."""
        key = (r.indicator.id, r.period, r.rating.word)
        if key not in self._runs:
            self._runs[key] = self._look_back(view, r)
        return self._runs[key]

    def _look_back(self, view: RatedView, r: Reported) -> Run:
        band = view.band(r)
        if band is None:
            return Run(None, 0, None)
        count, since = 1, r.period
        earlier = self._before(r, since)
        while earlier is not None and self._off(r.indicator.id, earlier) == band.exception:
            count, since = count + 1, earlier
            earlier = self._before(r, since)
        return Run(band.exception, count, since)

    def _before(self, r: Reported, period: Period) -> Period | None:
        """The period just before; of figures of single days the one of the day recorded before, if it follows."""
        if period.kind is not Kind.SNAPSHOT:
            return period.previous
        known = [o.period for o in r.series if o.period < period]
        most = _DAYS.get(r.indicator.frequency.value, 369)
        return known[-1] if known and (period.start - known[-1].start).days <= most else None

    def _off(self, indicator: str, period: Period) -> bool | None:
        found = self.rating(indicator, period)
        if found is None or not found[0].is_rated:
            return None
        rating, scheme = found
        return scheme.band(rating.word).exception

    def rating(
        self, indicator: str, period: Period, outturn: Observation | None = None
    ) -> tuple[Rating, Scheme] | None:
        """The rating of an earlier period by the rules then in force; None where it had no figure or framework.

        Parameters
        ----------
        outturn
            The figure that is rated, such as one that was corrected since; None takes the one known on the day.
        """
        framework = self.framework(indicator, period)
        if framework is None:
            return None
        row = framework.row(indicator)
        then = min(period.end, self.known.day)
        scheme = self._rater.folder.schemes[framework.scheme].as_at(max(then, framework.known_on))
        assert row is not None
        rating = self._rater.rating(row.as_at(then), framework, scheme, period, outturn)
        return None if rating is None else (rating, scheme)

    def framework(self, indicator: str, period: Period) -> Framework | None:
        """The committee's framework whose year the period ends in; the newest known by then, of those known now."""
        found = [
            framework
            for dated in self._rater.folder.frameworks.values()
            if (framework := dated.known(self.known.day))
            and framework.committee == self._committee
            and framework.period.start <= period.end <= framework.period.end
            and framework.row(indicator)
        ]
        in_time = [framework for framework in found if framework.known_on <= period.end]
        return max(in_time or found, key=lambda framework: framework.known_on, default=None)
