"""What of a series is shown, where its line breaks, and between which figures a trend is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scrutiny.data.definitions import Basis, Council, Indicator
from scrutiny.data.observations import Observation
from scrutiny.periods import Kind
from scrutiny.rating.gaps import missing, usual_kind
from scrutiny.rating.table import Reported
from scrutiny.writing.words import in_words

RECENT = {Kind.MONTH: 12, Kind.QUARTER: 9}
"""How many figures a small trend picture shows; of years, all."""
CHARTED = {Kind.MONTH: 60, Kind.QUARTER: 20}
"""How many figures a chart shows: five years; of years, all."""
MOST_BENCHMARKS = 3
"""A chart has four lines at most; one is the council's own."""


def recent(r: Reported) -> tuple[Observation, ...]:
    """The figures that a small trend picture shows, oldest first."""
    return _last(r, RECENT)


def charted(r: Reported) -> tuple[Observation, ...]:
    """The figures that a chart shows, oldest first."""
    return _last(r, CHARTED)


def _last(r: Reported, most: Mapping[Kind, int]) -> tuple[Observation, ...]:
    known = tuple(o for o in r.series if o.value is not None)
    count = most.get(usual_kind(known[-1].period.kind, r.indicator)) if known else None
    return known[-count:] if count else known


def runs(observations: Iterable[Observation], indicator: Indicator) -> list[list[Observation]]:
    """Split a series where a line through it would tell something that is not known.

    A line breaks at every missing period, and a year-to-date figure starts again with each
    financial year.

    Parameters
    ----------
    observations
        Oldest first, all of one kind of period.
    indicator
        Gives basis and frequency.
    """
    found: list[list[Observation]] = []
    for o in observations:
        last = found[-1][-1] if found else None
        if last is None or missing(last, o, indicator) or _starts_again(last, o, indicator):
            found.append([])
        found[-1].append(o)
    return found


def _starts_again(earlier: Observation, later: Observation, indicator: Indicator) -> bool:
    to_date = indicator.basis is Basis.YEAR_TO_DATE
    return to_date and earlier.period.financial_year != later.period.financial_year


def every(indicator: Indicator) -> str:
    """How often the figure falls due: ``month``, ``quarter`` or ``year``."""
    named = indicator.frequency.value
    return named if named in ("month", "quarter") else "year"


def gap_words(count: int, indicator: Indicator) -> str:
    """How many figures are missing: ``no figure for two months``; empty for none."""
    if not count:
        return ""
    unit = "year" if indicator.basis is Basis.YEAR_TO_DATE else every(indicator)
    return f"no figure for {in_words(count)} {unit}{'' if count == 1 else 's'}"


def trend_ends(
    observations: Sequence[Observation], indicator: Indicator
) -> tuple[Observation, Observation] | None:
    """The two figures between which a trend may be told: like is compared with like.

    The first and the last; of year-to-date figures the last and the earliest one of the same point
    of the year. None where there are no two such figures.
    """
    if len(observations) < 2:
        return None
    last = observations[-1]
    if indicator.basis is not Basis.YEAR_TO_DATE:
        return observations[0], last
    part = (last.period.end.month, last.period.kind)
    alike = [o for o in observations[:-1] if (o.period.end.month, o.period.kind) == part]
    return (alike[0], last) if alike else None


def alongside(
    series: Mapping[str, Sequence[Observation]],
    shown: Sequence[Observation],
    council: Council,
) -> dict[str, tuple[Observation, ...]]:
    """The comparators' figures that belong beside a shown series, by the names that readers know.

    Parameters
    ----------
    series
        By the comparator's id, area code or name.
    shown
        The council's own figures; only what ended within their span is kept.
    council
        Gives the comparators' names.
    """
    if not shown:
        return {}
    names = {key: c.name for c in council.comparators for key in (c.id, c.area)}
    first, last = shown[0].period, shown[-1].period
    found = {
        names.get(key, key): tuple(
            o for o in rows if o.value is not None and first.start <= o.period.end <= last.end
        )
        for key, rows in series.items()
    }
    return dict([(name, rows) for name, rows in found.items() if rows][:MOST_BENCHMARKS])
