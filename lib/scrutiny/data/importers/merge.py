"""Figures of a file beside those that are held: which are new, which are revised, and which say nothing new.

Rows are only ever added. A figure of a later edition that differs from the one held is a further row, known from the
day of that edition; what was known before stays as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from scrutiny.data.observations import Observation
from scrutiny.errors import ExitCode, Problem
from scrutiny.periods import Period

Key = tuple[str, str, Period, str]


def key_of(row: Observation) -> Key:
    """What a figure is about: indicator, area, period and basis."""
    return (row.indicator, row.area, row.period, row.basis.value)


class Held:
    """Every benchmark that is held of some indicators, wherever it stands."""

    def __init__(self, rows: Iterable[Observation]) -> None:
        self._rows: dict[Key, list[Observation]] = {}
        self._series: dict[tuple[str, str, str], list[Observation]] = {}
        self._files: dict[tuple[str, Period], set[str]] = {}
        self._newest: dict[str, dt.date] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Observation) -> None:
        """Hold one more."""
        states = self._rows.setdefault(key_of(row), [])
        states.append(row)
        states.sort(key=lambda o: o.known_on)
        self._series.setdefault((row.indicator, row.area, row.basis.value), []).append(row)
        self._files.setdefault((row.indicator, row.period), set()).add(_file(row))
        self._newest[row.indicator] = max(self._newest.get(row.indicator, row.period.end), row.period.end)

    def last(self, row: Observation) -> Observation | None:
        """What is known last of the same thing."""
        states = self._rows.get(key_of(row))
        return states[-1] if states else None

    def goes_beyond(self, newest: Observation) -> bool:
        """Whether a later period is held than the newest of a file: the file is of an older edition."""
        return self._newest.get(newest.indicator, newest.period.end) > newest.period.end

    def was_left_out(self, row: Observation) -> bool:
        """Whether another file has the area later and other areas then, and left this figure out."""
        others = self._files.get((row.indicator, row.period), set()) - {_file(row)}
        if not others:
            return False
        series = self._series.get((row.indicator, row.area, row.basis.value), ())
        end = row.period.end
        return any(o.period.end > end and _file(o) in others for o in series)


def _file(row: Observation) -> str:
    """The file that a row comes from: its source without what stands in brackets."""
    return row.source.partition(" (")[0]


@dataclass
class Merged:
    """What an import adds.

    Parameters
    ----------
    added
        Rows to be added: of things of which nothing was known, and revised figures.
    revised
        How many of them are revised figures.
    same
        Figures that are held already.
    known_otherwise
        Figures that are left to another source, where a file only fills gaps.
    """

    added: list[Observation] = field(default_factory=list)
    revised: int = 0
    same: int = 0
    known_otherwise: int = 0


def merge(
    figures: list[Observation],
    held: Held,
    *,
    name: str,
    fills_gaps: Collection[str] = (),
    published: dt.date | None = None,
) -> tuple[Merged, list[Problem]]:
    """Set the figures of one file beside those that are held.

    A figure that is not held is known from the day of its own publication; if an earlier edition has the period and
    left it out, from the day of this edition. A figure that differs from the one held is known from the day of this
    edition: that of its newest period, or the one that is given. Figures of an older edition that differ are refused.

    Parameters
    ----------
    figures
        Of one file.
    held
        What is held; each figure that is added is held from then on.
    name
        The file, for messages.
    fills_gaps
        Indicators whose figures are only added where nothing is held.
    published
        The day on which this edition was published, where it is stated.

    Returns
    -------
    tuple
        What is added, and problems: revised figures without a later day than that of the figures they revise.
    """
    result, undated = Merged(), []
    newest: dict[str, Observation] = {}
    for figure in sorted(figures, key=lambda f: f.period.end):
        newest[figure.indicator] = figure
    for figure in figures:
        last, edition = held.last(figure), newest[figure.indicator]
        day, assumed = (published, False) if published else (edition.known_on, edition.assumed)
        late = last is None and figure.indicator not in fills_gaps and held.was_left_out(figure)
        if late or figure.period == edition.period:
            figure = replace(figure, known_on=day, assumed=assumed)
        if last is not None and figure.indicator in fills_gaps:
            result.known_otherwise += 1
            continue
        if last is not None and _same(last, figure):
            result.same += 1
            continue
        older = published is None and held.goes_beyond(edition)
        if last is not None and (older or day <= last.known_on):
            undated.append((figure, last))
            continue
        if last is not None:
            result.revised += 1
            note = "; ".join(filter(None, (f"revised; before: {_said(last)}", figure.note)))
            figure = replace(figure, known_on=day, assumed=assumed, note=note)
        result.added.append(figure)
    for figure in result.added:
        held.add(figure)
    return result, _undated(undated, name)


def _same(one: Observation, other: Observation) -> bool:
    """Whether two figures are the same, and their counts too where both have them."""
    counts = ((one.numerator, other.numerator), (one.denominator, other.denominator))
    agree = all(a == b or a is None or b is None for a, b in counts)
    return one.value == other.value and one.symbol == other.symbol and agree


def _said(row: Observation) -> str:
    if row.value is None:
        return row.symbol
    counts = [c for c in (row.numerator, row.denominator) if c is not None]
    return _text(row.value) + (f" ({' of '.join(_text(c) for c in counts)})" if len(counts) == 2 else "")


def _text(value: Decimal) -> str:
    return f"{value:f}"


def _undated(found: list[tuple[Observation, Observation]], name: str) -> list[Problem]:
    """Revised figures of which nothing says when they were revised."""
    if not found:
        return []
    figure, last = found[0]
    line = figure.where.rpartition(", line ")[2]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    words = f"{figure.indicator}, {figure.area}, {figure.period}: {_said(figure)}, where {last.where} has {_said(last)}"
    expected = f"a later edition than that of the figure that is held, which is known from {last.known_on}"
    do = "say when this edition was published, with --published; leave an older edition out"
    check = "revised-without-a-day"
    return [Problem(check, f"{name}, line {line}", words + more, expected, do, code=ExitCode.DATA)]
