"""The rated view: a framework looked at for a period, every indicator rated, compared and explained."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.definitions import Change, Comparator, Council, Indicator
from scrutiny.data.frameworks import Framework, Row
from scrutiny.data.observations import Judgement, Observation, Unable
from scrutiny.data.schemes import Band, Comparison, Scheme
from scrutiny.data.settings import View
from scrutiny.data.store import Known
from scrutiny.periods import Period
from scrutiny.rating.benchmarks import BenchmarkPosition, position
from scrutiny.rating.direction import Direction, direction
from scrutiny.rating.due import due
from scrutiny.rating.found import Found, published_word, rating_of
from scrutiny.rating.memory import Memory
from scrutiny.rating.rate import Rating
from scrutiny.rating.signals import Real

MEANING = ("definition", "unit", "basis", "frequency", "numerator", "denominator")
"""Keys of an indicator whose change makes earlier figures another measure."""
COMPARISONS: tuple[Comparison, ...] = ("previous_period", "same_period_last_year")


@dataclass(frozen=True)
class Benchmarked:
    """A comparator's newest figure published by the as-at date, and where the outturn lies against it."""

    comparator: Comparator
    observation: Observation
    position: BenchmarkPosition | None


@dataclass(frozen=True)
class Reported(Real):
    """One indicator of a view: what was known of it, what it is worth, and whether it is more than chance.

    Parameters
    ----------
    period
        The period that its figure is about; lags the view's where it is in arrears.
    outturn
        The figure known last by the as-at date; None if there is none.
    published_word
        The council's own rating, where it published one; empty otherwise.
    series
        Every known outturn of the same kind up to the period, oldest first.
    context
        Annual official statistics about the council itself, newest last.
    redefined
        The last change of what is measured that came by the end of the period; figures of periods that ended
        before it are of another measure. None if there was none.
    comparisons
        Every benchmark known by the day, by comparator, oldest first.
    beside
        The figure of the row's second basis for the same period, such as the year to date; None without one.
    judgements
        What the council published of the period in words, by aspect; no rating rests on it.
    screened
        Whether limits are reckoned without large moving ranges.
    """

    indicator: Indicator
    row: Row
    period: Period
    outturn: Observation | None
    rating: Rating
    directions: dict[Comparison, Direction]
    benchmarks: tuple[Benchmarked, ...]
    series: tuple[Observation, ...]
    context: tuple[Observation, ...] = ()
    comparisons: dict[str, tuple[Observation, ...]] = field(default_factory=dict)
    unable: Unable | None = None
    in_arrears: int = 0
    published_word: str = ""
    redefined: Change | None = None
    beside: Observation | None = None
    judgements: dict[str, Judgement] = field(default_factory=dict)
    screened: bool = True

    @property
    def title(self) -> str:
        """Title as this committee prints it."""
        return self.row.title or self.indicator.title


@dataclass(frozen=True)
class RatedView:
    """A framework for a period, rated as at a day."""

    name: str
    framework: Framework
    scheme: Scheme
    council: Council
    period: Period
    day: dt.date
    rows: tuple[Reported, ...] = field(default_factory=tuple)
    memory: Memory | None = field(default=None, repr=False, compare=False)

    @property
    def rated(self) -> list[Reported]:
        """Rows with a rating, in the framework's order."""
        return [r for r in self.rows if r.rating.is_rated]

    @property
    def not_rated(self) -> list[Reported]:
        """Rows without a rating; each has its reason."""
        return [r for r in self.rows if not r.rating.is_rated]

    @property
    def counted(self) -> tuple[Reported, ...]:
        """The rows that totals count: all, or of each pair only the worse one where the framework counts it once."""
        return tuple(r for r in self.rows if self.counted_with(r) is None)

    def counted_with(self, reported: Reported) -> Reported | None:
        """The other row of its pair, by which a row is counted; None where it counts itself."""
        if self.framework.pairs == "apart":
            return None
        name = self.framework.partner(reported.indicator.id)
        other = self.find(name) if name else None
        if other is None:
            return None
        order = [band.word for band in self.scheme.bands]
        own, its = (order.index(r.rating.word) if r.rating.is_rated else -1 for r in (reported, other))
        first = self.rows.index(reported) < self.rows.index(other)
        return other if its > own or (its == own and not first) else None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each word of the scheme, in the scheme's order, zeros included."""
        found = Counter(r.rating.word for r in self.counted if r.rating.is_rated)
        return {band.word: found[band.word] for band in self.scheme.bands}

    def of(self, *words: str) -> list[Reported]:
        """Rows rated with one of some words."""
        wanted = {self.scheme.band(word).word for word in words}
        return [r for r in self.rated if r.rating.word in wanted]

    def band(self, reported: Reported) -> Band | None:
        """The band of a row; None if it is not rated."""
        return self.scheme.band(reported.rating.word) if reported.rating.is_rated else None

    @property
    def exceptions(self) -> list[Reported]:
        """Rows in a band that needs commentary."""
        return [r for r in self.rated if (band := self.band(r)) and band.exception]

    def find(self, indicator: str) -> Reported | None:
        """The row of an indicator, or None."""
        return next((r for r in self.rows if r.indicator.id == indicator), None)


class Rater:
    """Rates the views of one council as at a day."""

    def __init__(self, catalogue: Catalogue, folder: CouncilFolder, known: Known) -> None:
        self.catalogue, self.folder, self.known = catalogue, folder, known
        self.council = folder.council.as_at(known.day)

    def view(self, name: str, view: View) -> RatedView:
        """Rate one view."""
        framework = self.folder.frameworks[view.framework].as_at(self.known.day)
        scheme = self.folder.schemes[framework.scheme].as_at(self.known.day)
        rows = tuple(
            self.reported(row.as_at(self.known.day), framework, scheme, view.period) for row in framework.rows
        )
        memory = Memory(self, framework.committee)
        return RatedView(name, framework, scheme, self.council, view.period, self.known.day, rows, memory)

    def reported(self, row: Row, framework: Framework, scheme: Scheme, reporting: Period) -> Reported:
        """Rate and compare one indicator."""
        found = self._found(row, framework, scheme, reporting)
        indicator, row, period, outturn = found.indicator, found.row, found.period, found.outturn
        series = self.known.series(indicator.id, self.council.area, indicator.basis, period)
        late = found.fell_due and period.kind == reporting.kind and period < reporting
        return Reported(
            indicator=indicator,
            row=row,
            period=period,
            outturn=outturn,
            rating=rating_of(found),
            directions=found.directions,
            benchmarks=tuple(self._benchmarks(indicator, outturn)),
            series=tuple(o for o in series if o.value is not None),
            context=tuple(self.known.benchmark_series(indicator.id, self.council.area)),
            comparisons={
                c.id: tuple(self.known.benchmark_series(indicator.id, c.area))
                for c in self.council.comparators
            },
            unable=found.unable,
            in_arrears=indicator.arrears if late else 0,
            published_word=published_word(outturn, scheme),
            redefined=self._redefined(indicator, dt.date.min, period.end),
            beside=self.known.outturn(indicator.id, self.council.area, period, row.beside)
            if row.beside
            else None,
            judgements=found.judgements,
            screened=self.council.signals.screen_moving_ranges,
        )

    def rated(self, row: Row, framework: Framework, scheme: Scheme, reporting: Period) -> Rating:
        """The rating alone, as `reported` gives it.

        Raises
        ------
        ProblemError
            Only a rating that the council published is known, and the scheme has no such word.
        """
        return rating_of(self._found(row, framework, scheme, reporting))

    def period_of(self, indicator: Indicator, reporting: Period) -> tuple[Period, bool]:
        """The period whose figure a view of a period shows, and whether that fell due."""
        known = self._find(indicator, reporting) or self.known.judged(indicator.id, reporting)
        return (reporting, True) if known else due(indicator, reporting)

    def rating(
        self,
        row: Row,
        framework: Framework,
        scheme: Scheme,
        period: Period,
        outturn: Observation | None = None,
    ) -> Rating | None:
        """The rating of an indicator's own period by a row and its scheme; None where there is no figure.

        Parameters
        ----------
        outturn
            The figure that is rated; None takes the one known on the day.
        """
        indicator = self.catalogue.indicators[row.indicator].as_at(self.known.day)
        outturn = outturn or self._find(indicator, period)
        if outturn is None:
            return None
        directions = {c: self._direction(indicator, row, period, outturn, c) for c in COMPARISONS}
        return rating_of(
            Found(indicator, row.at(period), framework, scheme, period, True, outturn, directions)
        )

    def _found(self, row: Row, framework: Framework, scheme: Scheme, reporting: Period) -> Found:
        """What is known of an indicator for a reporting period, or for its own period where it comes in arrears."""
        indicator = self.catalogue.indicators[row.indicator].as_at(self.known.day)
        period, fell_due = self.period_of(indicator, reporting)
        outturn = self._find(indicator, period)
        return Found(
            indicator,
            row.at(period),
            framework,
            scheme,
            period,
            fell_due,
            outturn,
            {c: self._direction(indicator, row, period, outturn, c) for c in COMPARISONS},
            self.known.unable.get((indicator.id, period)),
            self.known.judged(indicator.id, period),
        )

    def _redefined(self, indicator: Indicator, after: dt.date, by: dt.date) -> Change | None:
        """The last change of what is measured between two days that was known on the rater's."""
        dated = self.catalogue.indicators[indicator.id]
        return dated.changed_between(after, min(by, self.known.day), keys=MEANING)

    def _find(self, indicator: Indicator, period: Period) -> Observation | None:
        return self.known.outturn(indicator.id, self.council.area, period, indicator.basis)

    def _direction(
        self, indicator: Indicator, row: Row, period: Period, outturn: Observation | None, against: Comparison
    ) -> Direction:
        earlier_period = period.previous if against == "previous_period" else period.same_last_year
        earlier = self._find(indicator, earlier_period)
        now = outturn.value if outturn else None
        before = earlier.value if earlier else None
        change = self._redefined(indicator, earlier_period.end, period.end)
        missing = "" if before is not None else f"no figure for {earlier_period.label} is known"
        return direction(
            now,
            before,
            indicator=indicator,
            against=against,
            period=period,
            against_period=earlier_period,
            target=row.target if row.target.exists else None,
            definition_changed=change is not None,
            reason_missing=missing if now is not None else "no figure is known for the period",
        )

    def _benchmarks(self, indicator: Indicator, outturn: Observation | None) -> Iterator[Benchmarked]:
        """The newest figure of each comparator about a period that had ended by the outturn's.

        One that was withheld does not hide the one before it: each says its own period.
        """
        value = outturn.value if outturn else None
        for comparator in self.council.comparators:
            if comparator.area == self.council.area:
                continue
            known = self.known.benchmark_series(indicator.id, comparator.area)
            known = [o for o in known if o.value is not None]
            if outturn:
                known = [o for o in known if o.period.end <= outturn.period.end] or known[-1:]
            if known:
                newest = known[-1]
                assert newest.value is not None
                where = (
                    None
                    if value is None
                    else position(value, newest.value, indicator=indicator, decimals=indicator.decimals)
                )
                yield Benchmarked(comparator, newest, where)
