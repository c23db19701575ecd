"""Restate a figure: add the row that corrects it, and say what that will change; no row is ever edited."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from scrutiny.data import catalogue as catalogues
from scrutiny.data import checks
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.definitions import Indicator
from scrutiny.data.observations import OUTTURN_COLUMNS, Observation
from scrutiny.data.rows import RowReader
from scrutiny.data.store import Store
from scrutiny.errors import ExitCode, Problem, ProblemError, closest, stop_on_errors
from scrutiny.figures import published
from scrutiny.files import PATIENCE, one_at_a_time, write_whole
from scrutiny.paper.history.ledger import ALWAYS, Book, Entry
from scrutiny.paper.history.seal import NAME as SEAL
from scrutiny.periods import Period
from scrutiny.rating.restating import steps


@dataclass(frozen=True)
class Correction:
    """What is asked for, as it was typed; what is left empty is taken from the figure that is corrected.

    Parameters
    ----------
    indicator
        Id, or printed number in the framework of the period.
    known_on
        The day on which the correction became known: ``2026-07-02``, or ``2026-07-02~`` where it is assumed.
    basis
        Empty: the indicator's own.
    provenance
        Empty: the council's own record; of an invented council ``invented``.
    """

    indicator: str
    period: str
    value: str
    reason: str
    known_on: str
    numerator: str = ""
    denominator: str = ""
    basis: str = ""
    source: str = ""
    provenance: str = ""
    status: str = "revised"


@dataclass(frozen=True)
class Corrected:
    """What was done, or would be.

    Parameters
    ----------
    row
        The line of the file, without its end.
    where
        File and line.
    entries
        What the ledger says of it, by committee; none where rounding hides the change.
    stays
        The figure as published, where rounding hides the change; empty otherwise.
    lost_counts
        Whether the corrected figure had counts behind it, and the new one has none.
    shown, sealed, changing
        Meeting dates of the papers that showed the old figure, of those among them that are sealed, and of the papers
        as at the day or a later one, which will show the new figure.
    """

    row: str
    where: str
    entries: tuple[Entry, ...]
    stays: str
    lost_counts: bool
    shown: tuple[dt.date, ...]
    sealed: tuple[dt.date, ...]
    changing: tuple[dt.date, ...]


def restate(
    root: Path,
    council: str,
    asked: Correction,
    *,
    today: dt.date,
    dry_run: bool = False,
    patience: float = PATIENCE,
) -> Corrected:
    """Add the row that corrects a figure to the council's outturns.

    Everything is checked first: that there is such a figure, that the new one differs, is plausible and agrees with its
    counts, that it became known later than the one it corrects, and that no sealed paper knew of that day already. The
    file is then replaced in one step; a second command that restates at the same time waits.

    Parameters
    ----------
    today
        A correction cannot have become known later.
    dry_run
        Whether only to look.
    patience
        Seconds to wait for another command that writes the same file.

    Raises
    ------
    ProblemError
        With every problem: no such council or indicator (exit code 12), the row cannot be (11), or another command
        still writes the file (13). Nothing is written.
    """
    if council not in catalogues.council_names(root):
        catalogues.load(root, council)  # says which there are
    path = root / "data" / "councils" / council / "outturns.csv"
    done, _ = _Desk(root, council, path, today).corrected(asked)
    if dry_run:
        return done
    with one_at_a_time(root, path, patience):
        done, data = _Desk(root, council, path, today).corrected(
            asked
        )  # another command may have written since
        write_whole(path, data)
    return done


class _Desk:
    """Where a correction is checked: a council's definitions and rows as they are now."""

    def __init__(self, root: Path, council: str, path: Path, today: dt.date) -> None:
        self.root, self.council, self.path, self.today = root, council, path, today
        self.catalogue: Catalogue = catalogues.load(root, council)
        self.folder: CouncilFolder = self.catalogue.folder(council)
        self.own = self.folder.council.latest
        known = set(self.catalogue.indicators)
        self.store: Store = stores.load(root, council, known, self.own.area, Wanted.of(self.folder))
        found = checks.council(self.catalogue, self.folder, self.store)
        stop_on_errors([*self.catalogue.problems, *self.store.problems, *found])
        self.raw = path.read_bytes()
        self.line = len(self.raw.splitlines()) + 1
        self.where = f"{self.catalogue.name_of(path)}, line {self.line}"

    def corrected(self, asked: Correction) -> tuple[Corrected, bytes]:
        """What the correction does, and the file with its row; problems if it cannot be."""
        indicator = self._indicator(asked)
        cells = self._cells(asked, indicator)
        problems: list[Problem] = []
        reader = RowReader(self.root, problems, set(self.catalogue.indicators))
        new = reader.observation(self.where, cells, self.own.area)
        problems += self._words(asked)
        if new is not None:
            as_then = self.catalogue.indicators[indicator.id].as_at(new.known_on)
            problems += checks.outturn(as_then, new, is_beside=True)
            problems += self._against_the_record(new, indicator)
        stop_on_errors(problems)
        assert new is not None
        row = self._row(cells)
        return self._done(new, indicator, row), self._with(row)

    def _cells(self, asked: Correction, indicator: Indicator) -> dict[str, str]:
        """The new row by column."""
        own_record = "invented" if self.own.invented else "council_record"
        given = {
            "indicator": indicator.id,
            "area": self.own.area,
            "period": asked.period,
            "basis": asked.basis or indicator.basis.value,
            "value": asked.value,
            "numerator": asked.numerator,
            "denominator": asked.denominator,
            "status": asked.status,
            "known_on": asked.known_on,
            "provenance": asked.provenance or own_record,
            "source": asked.source,
            "note": asked.reason,
        }
        return {column: " ".join(given.get(column, "").split()) for column in OUTTURN_COLUMNS}

    def _indicator(self, asked: Correction) -> Indicator:
        """The indicator by its id, or by the number that the framework of the period prints."""
        known = self.catalogue.indicators
        if asked.indicator in known:
            return known[asked.indicator].latest
        printed = [
            (state.value, row)
            for dated in self.folder.frameworks.values()
            for state in dated.states
            for row in state.value.rows
            if row.number and row.number == asked.indicator and row.indicator in known
        ]
        inside = [row for framework, row in printed if _touches(framework.period, asked.period)]
        ids = {row.indicator for row in inside or [row for _, row in printed]}
        if len(ids) == 1:
            return known[ids.pop()].latest
        raise ProblemError([self._unclear(asked.indicator, ids)])

    def _unclear(self, given: str, ids: set[str]) -> Problem:
        found, do = f"'{given}' is {' and '.join(sorted(ids))}", "name it by its id"
        if not ids:
            rows = [r for d in self.folder.frameworks.values() for s in d.states for r in s.value.rows]
            found = f"there is no indicator '{given}'"
            do = closest(given, {name for row in rows for name in (row.number, row.indicator) if name})
        expected = "an id, or a number that the framework of the period prints"
        return Problem("unknown-indicator", self.council, found, expected, do, code=ExitCode.UNKNOWN)

    def _words(self, asked: Correction) -> Iterator[Problem]:
        """What is wrong with the words of the correction."""
        if not asked.reason.strip():
            yield self._problem(
                "note", "missing-reason", "no reason is given", "why the figure is corrected", "say why"
            )
        if asked.provenance and (asked.provenance == "invented") != self.own.invented:
            found = f"'{asked.provenance}', and {self.own.short_name} is "
            found += "invented" if self.own.invented else "a real council"
            expected = "a real council's figures from a real place, an invented council's invented"
            yield self._problem("provenance", "invented-figure", found, expected, "correct --provenance")

    def _against_the_record(self, new: Observation, indicator: Indicator) -> Iterator[Problem]:
        """Whether there is such a figure, and the new one differs from it and became known later."""
        states = self._states(new)
        if new.value is None:
            expected = "a plain number"
            do = "give the corrected figure; one that is withdrawn is a row to be added by hand"
            yield self._problem("value", "not-a-figure", "no figure", expected, do)
            return
        if not states or states[-1].value is None:
            yield self._no_such_figure(new, indicator, states)
            return
        last = states[-1]
        if _same(new, last):
            found = f"{_said(last, indicator)}, which is what is recorded ({last.where})"
            yield self._problem("value", "not-restated", found, "another figure", "correct the value")
        if new.known_on <= last.known_on:
            found = f"{new.known_on}, and the figure that it corrects became known on {last.known_on}"
            do = f"give a later day ({last.where})"
            yield self._problem("known_on", "not-later", found, "a later day", do)
        if new.known_on > self.today:
            found, do = f"{new.known_on}, which has not come yet", "correct --known-on"
            yield self._problem("known_on", "not-yet", found, f"a day up to {self.today}", do)
        for meeting, day in self._sealed_since(new):
            found = f"{new.known_on}, and the sealed paper of {meeting} says what was known on {day}"
            do = "give the day on which you learnt of it; the sealed paper stays as it is"
            yield self._problem("known_on", "sealed-since", found, f"a day after {day}", do)

    def _no_such_figure(self, new: Observation, indicator: Indicator, states: list[Observation]) -> Problem:
        what = f"no figure of {indicator.name} for {new.period.label}, {new.basis.words}"
        others = {o.basis.value for o in self._of(indicator.id) if o.period == new.period}
        newest = max((o.period for o in self._of(indicator.id)), default=None, key=lambda p: p.end)
        found = f"{what}, was given{' (it was withheld)' if states else ''}"
        if others - {new.basis.value}:
            do = f"give --basis: there is one {', '.join(sorted(others))}"
        else:
            do = "correct the period" + (f" (the newest is {newest})" if newest else "")
            do += ", or add the figure to outturns.csv: it is new, and not restated"
        return self._problem("period", "no-such-figure", found, "a figure that was given", do)

    def _of(self, indicator: str) -> list[Observation]:
        return [o for o in self.store.outturns if o.indicator == indicator]

    def _states(self, new: Observation) -> list[Observation]:
        """Every state of the figure, oldest first."""
        found = [o for o in self._of(new.indicator) if (o.period, o.basis) == (new.period, new.basis)]
        return sorted(found, key=lambda o: o.known_on)

    def _papers(self, indicator: str) -> Iterator[tuple[Path, dt.date, dt.date]]:
        """Folder, meeting date and as-at date of every paper with a view that holds the indicator."""
        for committee in self.folder.committees:
            for folder, paper in self.catalogue.papers_of(self.council, committee):
                views = [self.folder.frameworks.get(view.framework) for view in paper.views.values()]
                if any(view and view.as_at(paper.known).row(indicator) for view in views):
                    yield folder, paper.meeting_date, paper.known

    def _sealed_since(self, new: Observation) -> list[tuple[dt.date, dt.date]]:
        papers = self._papers(new.indicator)
        return sorted((m, day) for f, m, day in papers if day >= new.known_on and (f / SEAL).exists())

    def _problem(self, column: str, check: str, found: str, expected: str, do: str) -> Problem:
        return Problem(check, f"{self.where}, {column}", found, expected, do, code=ExitCode.DATA)

    # what is written, and what it does

    def _row(self, cells: dict[str, str]) -> str:
        """The line, with its cells in the order of the file's header."""
        header = next(csv.reader(io.StringIO(self.raw.decode("utf-8"), newline="")))
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="").writerow(cells[column.strip()] for column in header)
        return buffer.getvalue()

    def _with(self, row: str) -> bytes:
        """The file with the row at its end; every byte that was there stays."""
        end = b"\r\n" if b"\r\n" in self.raw else b"\n"
        start = self.raw if self.raw.endswith((b"\n", b"\r")) else self.raw + end
        return start + row.encode("utf-8") + end

    def _done(self, new: Observation, indicator: Indicator, row: str) -> Corrected:
        last = self._states(new)[-1]
        store = replace(self.store, outturns=[*self.store.outturns, new])
        book = Book(self.catalogue, self.folder, store, ALWAYS)
        found = [one for one in steps([*self._states(new), new], indicator.decimals) if one.new is new]
        entries = tuple(entry for one in found for entry in book.of(one, indicator))
        shown = sorted({dt.date.fromisoformat(day) for entry in entries for day in entry.shown_in})
        papers = list(self._papers(new.indicator))
        sealed = {meeting for folder, meeting, _ in papers if (folder / SEAL).exists()}
        return Corrected(
            row=row,
            where=self.where,
            entries=entries,
            stays="" if entries else _said(new, indicator),
            lost_counts=last.denominator is not None and new.denominator is None,
            shown=tuple(shown),
            sealed=tuple(day for day in shown if day in sealed),
            changing=tuple(sorted({meeting for _, meeting, day in papers if day >= new.known_on})),
        )


def _touches(year: Period, period: str) -> bool:
    try:
        about = Period.parse(period)
    except ValueError:
        return True
    return about.start <= year.end and about.end >= year.start


def _same(new: Observation, old: Observation) -> bool:
    counts = new.numerator is not None or new.denominator is not None
    differs = counts and (new.numerator, new.denominator) != (old.numerator, old.denominator)
    return new.value == old.value and not differs


def _said(o: Observation, indicator: Indicator) -> str:
    assert o.value is not None
    return published(o.value, indicator.unit, indicator.decimals, trailing_zeros=indicator.trailing_zeros)
