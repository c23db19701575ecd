"""The store: outturns, benchmarks and figures that cannot be had, and what of them was known on a day.

Rows are only ever added. A view *as at* a day uses, for each indicator, area, period and basis, the row that became
known last by that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrutiny.data import benchmarks
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.definitions import Basis
from scrutiny.data.observations import OUTTURN_COLUMNS, Judgement, Observation, Unable
from scrutiny.data.rows import RowReader
from scrutiny.errors import ExitCode, Problem
from scrutiny.periods import Period


@dataclass
class Store:
    """Every row of a council, with the problems found while reading."""

    outturns: list[Observation] = field(default_factory=list)
    benchmarks: list[Observation] = field(default_factory=list)
    unable: list[Unable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)

    def as_at(self, day: dt.date) -> Known:
        """What was known on a day."""
        return Known(
            day,
            _latest(self.outturns, day),
            _latest(self.benchmarks, day),
            {
                (u.indicator, u.period): u
                for u in sorted(self.unable, key=lambda u: u.known_on)
                if u.known_on <= day
            },
            {
                (j.indicator, j.period, j.aspect): j
                for j in sorted(self.judgements, key=lambda j: j.known_on)
                if j.known_on <= day
            },
            _states(self.outturns, day),
        )


Key = tuple[str, str, Period, Basis]
KEY = ("indicator", "area", "period", "basis", "known_on")
"""Columns in which no two figures of one table are the same."""


@dataclass(frozen=True)
class Known:
    """What was known on a day: for each indicator, area, period and basis the row known last."""

    day: dt.date
    outturns: dict[Key, Observation]
    benchmarks: dict[Key, Observation]
    unable: dict[tuple[str, Period], Unable]
    judgements: dict[tuple[str, Period, str], Judgement] = field(default_factory=dict)
    states: dict[Key, tuple[Observation, ...]] = field(default_factory=dict)
    """Of figures that became known more than once: every state, oldest first."""

    def outturn(self, indicator: str, area: str, period: Period, basis: Basis) -> Observation | None:
        """The outturn of one period, or None."""
        return self.outturns.get((indicator, area, period, basis))

    def judgement(self, indicator: str, period: Period, aspect: str) -> Judgement | None:
        """What the council published of an aspect of a period, or None."""
        return self.judgements.get((indicator, period, aspect))

    def judged(self, indicator: str, period: Period) -> dict[str, Judgement]:
        """Every judgement published of a period, by aspect."""
        return {a: j for (i, p, a), j in self.judgements.items() if i == indicator and p == period}

    def series(self, indicator: str, area: str, basis: Basis, upto: Period) -> list[Observation]:
        """Every known outturn of one kind of period up to a period, oldest first."""
        found = [
            o
            for (i, a, p, b), o in self.outturns.items()
            if i == indicator and a == area and b == basis and p.kind == upto.kind and p <= upto
        ]
        return sorted(found, key=lambda o: o.period)

    def benchmark_series(self, indicator: str, area: str) -> list[Observation]:
        """Every benchmark of an area known by the day, oldest period first."""
        found = [o for (i, a, _, _), o in self.benchmarks.items() if i == indicator and a == area]
        return sorted(found, key=lambda o: o.period)


def _latest(rows: list[Observation], day: dt.date) -> dict[Key, Observation]:
    known = sorted((o for o in rows if o.known_on <= day), key=lambda o: o.known_on)
    return {(o.indicator, o.area, o.period, o.basis): o for o in known}


def _states(rows: list[Observation], day: dt.date) -> dict[Key, tuple[Observation, ...]]:
    found: dict[Key, list[Observation]] = {}
    for o in sorted((o for o in rows if o.known_on <= day), key=lambda o: o.known_on):
        found.setdefault((o.indicator, o.area, o.period, o.basis), []).append(o)
    return {key: tuple(states) for key, states in found.items() if len(states) > 1}


def load(
    root: Path, council: str, indicators: set[str], area: str | None, wanted: Wanted | None = None
) -> Store:
    """Read a council's rows and the benchmarks of its indicators.

    Parameters
    ----------
    root
        The project's folder.
    council
        Folder name below ``data/councils``.
    indicators
        Known indicator ids; a row about another one is a problem.
    area
        The council's own area code; an outturn about another area is a problem. None: not known.
    wanted
        Which of the project's benchmarks are read, see `benchmarks.Wanted.of`; None reads all.
    """
    store = Store()
    folder = root / "data" / "councils" / council
    reader = RowReader(root, store.problems, indicators)
    if not (folder / "outturns.csv").exists():
        reader.missing(folder / "outturns.csv", OUTTURN_COLUMNS)
    store.outturns = list(reader.observations(folder / "outturns.csv", OUTTURN_COLUMNS, area))
    store.unable = list(reader.unable(folder / "unable-to-report.csv"))
    store.judgements = list(reader.judgements(folder / "judgements.csv", area))
    store.benchmarks = list(benchmarks.read(reader, root, wanted or Wanted(), folder / "benchmarks.csv"))
    for rows in (store.outturns, store.benchmarks):
        store.problems += duplicates(rows, *KEY)
    store.problems += duplicates(store.judgements, "indicator", "area", "period", "aspect", "known_on")
    store.problems += duplicates(store.unable, "indicator", "period", "known_on")
    return store


def duplicates(rows: Iterable[Observation | Judgement | Unable], *key: str) -> Iterator[Problem]:
    """Each row that stands twice under a key, which ends with the day on which it became known."""
    seen: dict[tuple[Any, ...], str] = {}
    columns = f"{', '.join(key[:-1])} and {key[-1]}"
    for row in rows:
        found = tuple(getattr(row, column) for column in key)
        if found in seen:
            named = ", ".join(str(part) for part in found[:-1])
            yield Problem(
                "duplicate-row",
                row.where,
                f"a second row for {named}, known on {row.known_on}",
                f"one row per {columns}",
                f"delete one of them (the first is at {seen[found]}), or give a correction its own known_on",
                code=ExitCode.DATA,
            )
        seen.setdefault(found, row.where)
