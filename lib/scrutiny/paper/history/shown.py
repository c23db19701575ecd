"""In which of a committee's papers a figure stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from functools import cached_property

from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.observations import Observation
from scrutiny.data.settings import PaperSettings
from scrutiny.data.store import Store
from scrutiny.rating.table import Rater


class Shown:
    """The figures of each paper of a committee, as it knew them.

    A paper shows a figure where it is the outturn of an indicator in one of its views, or the figure beside it. That a
    chart draws it among others, or that a direction of travel starts from it, does not count.

    Parameters
    ----------
    committee
        Id of the committee.
    before, day
        Papers of meetings before the one day and by the other count.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        folder: CouncilFolder,
        store: Store,
        committee: str,
        *,
        before: dt.date = dt.date.max,
        day: dt.date = dt.date.max,
    ) -> None:
        self.catalogue, self.folder, self.store = catalogue, folder, store
        self.committee, self.before, self.day = committee, before, day

    def of(self, states: Collection[Observation]) -> list[dt.date]:
        """The meeting dates of the papers that showed one of some states of a figure, oldest first."""
        return [meeting for meeting, figures in self._papers if not figures.isdisjoint(states)]

    @cached_property
    def _papers(self) -> list[tuple[dt.date, set[Observation]]]:
        papers = self.catalogue.papers_of(self.folder.council.base.id, self.committee)
        return [
            (paper.meeting_date, set(self._figures(paper)))
            for _, paper in papers
            if paper.meeting_date < self.before and paper.meeting_date <= self.day
        ]

    def _figures(self, paper: PaperSettings) -> Iterator[Observation]:
        known = self.store.as_at(min(paper.known, self.day))
        rater = Rater(self.catalogue, self.folder, known)
        for view in paper.views.values():
            dated = self.folder.frameworks.get(view.framework)
            framework = dated.known(known.day) if dated else None
            for row in framework.rows if framework else ():
                if (definition := self.catalogue.indicators.get(row.indicator)) is None:
                    continue
                indicator = definition.as_at(known.day)
                period, _ = rater.period_of(indicator, view.period)
                for basis in filter(None, (indicator.basis, row.beside)):
                    if o := known.outturn(indicator.id, rater.council.area, period, basis):
                        yield o
