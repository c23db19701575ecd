"""Rows: CSV files read as text, each sound row an observation and each fault a problem with its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from scrutiny.data.definitions import Basis
from scrutiny.data.observations import (
    ASPECTS,
    COMPARED,
    JUDGEMENT_COLUMNS,
    PROVENANCE,
    STATUS,
    SYMBOLS,
    UNABLE_COLUMNS,
    Judgement,
    Observation,
    Unable,
)
from scrutiny.data.yamlfile import read_text
from scrutiny.errors import ExitCode, Problem, closest, shown
from scrutiny.figures import parse_figure
from scrutiny.periods import FORMATS, Period

Choose = Callable[[str], list[int]]
"""Where the lines of a text begin that are to be read."""

_DATE_FORM = "a date such as 2018-06-30 (2018-06-30~ where it is assumed)"


_BASES = {basis.value: basis for basis in Basis}


class RowReader:
    """Turns CSV rows into observations, and everything that is wrong with them into problems.

    Parameters
    ----------
    root
        The project's folder.
    problems
        What is wrong is added to this list.
    indicators
        Every known indicator id.
    """

    def __init__(self, root: Path, problems: list[Problem], indicators: set[str]) -> None:
        self.root, self.problems, self.indicators = root, problems, indicators

    def rows(
        self, path: Path, columns: tuple[str, ...], choose: Choose | None = None
    ) -> Iterator[tuple[str, dict[str, str]]]:
        """Place and cells of each row of a CSV file whose header is right.

        Parameters
        ----------
        choose
            Says where the lines begin that are read at all; None reads all.
        """
        name = path.relative_to(self.root).as_posix()
        if not path.exists():
            return
        text, problems = read_text(path, name)
        self.problems += [_as_data(p) for p in problems]
        if text is None:
            return
        if not text.strip():
            do = "add the header line"
            self._problem("empty-file", name, "the file is empty", "a header line and rows", do)
            return
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            header = next(reader)
            if not self._header(header, columns, name):
                return
            chosen = _chosen(text, choose, header, columns)
            if chosen is not None:
                reader = csv.reader(chosen.lines, strict=True)
            line = reader.line_num + 1
            for cells in reader:
                begins, line = line, reader.line_num + 1
                where = f"{name}, line {begins if chosen is None else chosen.numbers[begins - 1]}"
                if not "".join(cells).strip():
                    continue
                if len(cells) == len(header):
                    yield where, dict(zip(header, (c.strip() for c in cells), strict=True))
                    continue
                found, expected = f"{len(cells)} cells", f"{len(header)} cells"
                do = "put quotation marks round a cell that holds a comma; give an empty cell its comma"
                self._problem("wrong-number-of-cells", where, found, expected, do)
        except csv.Error as error:
            found, do = f"it is not valid CSV ({error})", "check the quotation marks from here on"
            self._problem("not-csv", f"{name}, line {line}", found, "comma-separated cells", do)

    def missing(self, path: Path, columns: tuple[str, ...]) -> None:
        """Say that a file is not there."""
        name, expected = (
            path.relative_to(self.root).as_posix(),
            "a file with the columns " + ", ".join(columns),
        )
        do = "check its name, or make it with a header line only"
        self._problem("missing-file", name, "no such file", expected, do)

    def _header(self, header: list[str], columns: tuple[str, ...], name: str) -> bool:
        unknown, missing = set(header) - set(columns), set(columns) - set(header)
        if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
            mark = "semicolons" if ";" in header[0] else "tabs"
            do = "save it again as CSV with commas"
            self._problem("not-csv", f"{name}, line 1", f"cells separated by {mark}", "commas", do)
            return False
        where, expected = f"{name}, line 1", "the columns " + ", ".join(columns)
        for column in sorted(unknown):
            found, near = (
                f"the column '{shown(column)}' is not known here",
                closest(column, missing or columns),
            )
            self._problem("unknown-column", where, found, expected, near)
        for column in sorted(missing):
            do = "add it, with empty cells where nothing is known"
            self._problem("missing-column", where, f"the column '{column}' is missing", expected, do)
        for column in sorted({c for c in header if header.count(c) > 1}):
            found, do = f"the column '{shown(column)}' stands twice", "delete one of them"
            self._problem("duplicate-column", where, found, "each column once", do)
        return not unknown and not missing and len(set(header)) == len(header)

    def observations(
        self, path: Path, columns: tuple[str, ...], area: str | None, choose: Choose | None = None
    ) -> Iterator[Observation]:
        """Each sound row of an outturn or benchmark file, or of those lines of it that are chosen."""
        for where, cells in self.rows(path, columns, choose):
            if row := self.observation(where, cells, area):
                yield row

    def observation(self, where: str, cells: dict[str, str], area: str | None) -> Observation | None:
        """One row from its cells by column; None if anything is wrong with it."""
        before = len(self.problems)
        row = self._observation(where, cells)
        self._own_area(where, cells, area)
        return row if len(self.problems) == before else None

    def _observation(self, where: str, cells: dict[str, str]) -> Observation | None:
        self._known_indicator(where, cells["indicator"])
        period = self._cell(where, "period", cells, _period, "wrong-period")
        basis = self._choice(where, "basis", cells, _BASES)
        symbol = cells["value"] if cells["value"] in SYMBOLS else ""
        value = None if symbol else self._figure(where, "value", cells)
        numerator = self._figure(where, "numerator", cells)
        denominator = self._figure(where, "denominator", cells)
        status = self._choice(where, "status", cells, STATUS) if cells.get("status") else "final"
        provenance = self._choice(where, "provenance", cells, PROVENANCE)
        known = self._known_on(where, cells)
        if not (period and basis and known and provenance):
            return None
        return Observation(
            cells["indicator"],
            cells["area"],
            period,
            _BASES[basis],
            value,
            known,
            numerator,
            denominator,
            symbol,
            status or "final",
            cells.get("rating_published", ""),
            cells["known_on"].endswith("~"),
            provenance,
            cells["source"],
            cells["note"],
            cells.get("area_name", ""),
            where,
        )

    def unable(self, path: Path) -> Iterator[Unable]:
        """Each sound row of the list of figures that cannot be had."""
        for where, cells in self.rows(path, UNABLE_COLUMNS):
            self._known_indicator(where, cells["indicator"])
            period = self._cell(where, "period", cells, _period, "wrong-period")
            known = self._known_on(where, cells)
            if not cells["reason"]:
                do = "say why the figure cannot be reported"
                self._problem(
                    "missing-reason", f"{where}, reason", "no reason is given", "a reason in words", do
                )
            elif period and known:
                yield Unable(
                    cells["indicator"],
                    period,
                    cells["reason"],
                    cells["expected"],
                    known,
                    cells["source"],
                    where,
                )

    def judgements(self, path: Path, area: str | None) -> Iterator[Judgement]:
        """Each sound row of the list of published judgements."""
        for where, cells in self.rows(path, JUDGEMENT_COLUMNS):
            before = len(self.problems)
            self._known_indicator(where, cells["indicator"])
            self._own_area(where, cells, area)
            period = self._cell(where, "period", cells, _period, "wrong-period")
            self._choice(where, "judgement", cells, ASPECTS.get(cells["aspect"], COMPARED))
            provenance = self._choice(where, "provenance", cells, PROVENANCE)
            known = self._known_on(where, cells)
            for column in ("aspect", "words"):
                if not cells[column]:
                    expected, do = "what the council said, and of what", "quote the published words"
                    self._problem(f"missing-{column}", f"{where}, {column}", "nothing", expected, do)
            if len(self.problems) == before:
                key = [cells["indicator"], cells["area"], period, cells["aspect"], cells["judgement"]]
                assumed = cells["known_on"].endswith("~")
                rest = [cells["words"], known, assumed, provenance, cells["source"], cells["note"], where]
                yield Judgement(*key, *rest)

    def _own_area(self, where: str, cells: dict[str, str], area: str | None) -> None:
        if area is not None and cells["area"] != area:
            found, expected = f"'{shown(cells['area'])}'", f"the council's own area {area}"
            do = "correct the code; figures of other areas go to the benchmarks"
            self._problem("wrong-area", f"{where}, area", found, expected, do)

    def _known_indicator(self, where: str, indicator: str) -> None:
        if indicator not in self.indicators:
            self._problem(
                "unknown-indicator",
                f"{where}, indicator",
                f"there is no indicator '{shown(indicator)}'",
                "the id of a file in data/indicators",
                closest(indicator, self.indicators),
            )

    def _figure(self, where: str, column: str, cells: dict[str, str]) -> Decimal | None:
        if not cells[column]:
            return None
        try:
            return parse_figure(cells[column])
        except ValueError:
            self._problem(
                "not-a-figure",
                f"{where}, {column}",
                f"'{shown(cells[column])}'",
                "a plain number (no %, £ or thousands separators), a symbol "
                f"({', '.join(SYMBOLS)}) or an empty cell",
                "correct the cell",
            )
            return None

    def _known_on(self, where: str, cells: dict[str, str]) -> dt.date | None:
        return self._cell(where, "known_on", cells, lambda text: _date(text.removesuffix("~")), "wrong-date")

    def _cell(
        self, where: str, column: str, cells: dict[str, str], read: Callable[[str], Any], check: str
    ) -> Any:
        try:
            return read(cells[column])
        except ValueError as error:
            expected = f"one of the forms {FORMATS}" if check == "wrong-period" else _DATE_FORM
            said = str(error) if check == "wrong-period" else f"'{shown(cells[column])}'"
            found = said.partition("; ")[0]
            self._problem(check, f"{where}, {column}", found, expected, "correct the cell")
            return None

    def _choice(self, where: str, column: str, cells: dict[str, str], known: Any) -> str | None:
        if cells[column] in known:
            return cells[column]
        self._problem(
            f"unknown-{column}",
            f"{where}, {column}",
            f"'{shown(cells[column])}'",
            "one of " + ", ".join(known),
            closest(cells[column], known),
        )
        return None

    def _problem(self, check: str, where: str, found: str, expected: str, do: str) -> None:
        self.problems.append(Problem(check, where, found, expected, do, code=ExitCode.DATA))


class _Chosen(NamedTuple):
    """Lines of a file that are read, with their numbers."""

    lines: list[str]
    numbers: list[int]


def _chosen(text: str, choose: Choose | None, header: list[str], columns: tuple[str, ...]) -> _Chosen | None:
    """The chosen lines; None where the whole file is to be read.

    That is so where its columns stand in another order, or a chosen row runs over several lines.
    """
    if choose is None or tuple(header) != columns:
        return None
    found, number, last = _Chosen([], []), 1, 0
    for begin in choose(text):
        number, last = number + text.count("\n", last, begin), begin
        end = text.find("\n", begin) + 1 or len(text)
        line = text[begin:end]
        if line.count('"') % 2:
            return None
        found.lines.append(line)
        found.numbers.append(number)
    return found


@lru_cache(maxsize=4096)
def _period(text: str) -> Period:
    return Period.parse(text)


@lru_cache(maxsize=4096)
def _date(text: str) -> dt.date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def _as_data(problem: Problem) -> Problem:
    return Problem(
        problem.check, problem.where, problem.found, problem.expected, problem.do, code=ExitCode.DATA
    )
