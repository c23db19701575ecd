"""A file as received: its bytes, its header, and its rows with their lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scrutiny.errors import ExitCode, Problem, shown
from scrutiny.files import sha256


@dataclass(frozen=True)
class Received:
    """A CSV file, read whole and changed in nothing.

    Parameters
    ----------
    name
        How messages call it.
    file
        The file's name without its folder.
    data
        Its bytes.
    """

    name: str
    file: str
    data: bytes

    @cached_property
    def hash(self) -> str:
        """SHA-256 of its bytes."""
        return sha256(self.data)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Names of its columns, without spaces around them."""
        return tuple(cell.strip() for cell in next(self._lines(), ()))

    def column(self, name: str) -> int | None:
        """Where a column stands, in whatever case its name is written; None where there is none, or several."""
        if name in self.header:
            return self.header.index(name)
        alike = [i for i, column in enumerate(self.header) if column.casefold() == name.strip().casefold()]
        return alike[0] if len(alike) == 1 else None

    def rows(self, faults: Faults | None = None) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each row that holds anything; a row of another length is a fault, and left out."""
        reader = self._lines()
        width, line = len(next(reader, ())), reader.line_num + 1
        try:
            for cells in reader:
                begins, line = line, reader.line_num + 1
                if len(cells) == width:
                    if any(cells):
                        yield begins, cells
                elif any(cell.strip() for cell in cells) and faults is not None:
                    found, expected = f"{len(cells)} cells", f"{width} cells, as in the header"
                    do = "ask the publisher for a sound file, or download it again"
                    faults.add("wrong-number-of-cells", begins, "", found, expected, do)
        except csv.Error as error:
            if faults is not None:
                do = "check the quotation marks from here on, or download it again"
                faults.add("not-csv", line, "", f"it is not valid CSV ({error})", "comma-separated cells", do)

    def _lines(self) -> Any:
        text = io.TextIOWrapper(io.BytesIO(self.data), encoding="utf-8-sig", newline="")
        return csv.reader(text, strict=True)


class Faults:
    """What is wrong in one file; the same fault on many lines is told once, with its first line and their number."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.warnings: list[Problem] = []
        """What is worth knowing and stops nothing."""
        self._found: dict[tuple[str, str, str, str, str], list[int]] = {}

    def add(self, check: str, line: int, column: str, found: str, expected: str, do: str) -> None:
        """Note a fault at a line (0: of the file as a whole)."""
        self._found.setdefault((check, column, found, expected, do), []).append(line)

    def warn(self, check: str, line: int, found: str, expected: str, do: str) -> None:
        """Note what stops nothing."""
        where = f"{self.name}, line {line}" if line else self.name
        self.warnings.append(Problem(check, where, found, expected, do, "warning", ExitCode.DATA))

    def __bool__(self) -> bool:
        """Whether anything stops the import."""
        return bool(self._found)

    def problems(self) -> list[Problem]:
        """Each fault as a problem, in the order of the lines."""
        told = []
        for (check, column, found, expected, do), lines in self._found.items():
            place = ", ".join(p for p in (self.name, f"line {lines[0]}" if lines[0] else "", column) if p)
            more = len(lines) - 1
            also = f" (and on {more} more {'line' if more == 1 else 'lines'})" if more else ""
            told.append((lines[0], Problem(check, place, found + also, expected, do, code=ExitCode.DATA)))
        return [*(problem for _, problem in sorted(told, key=lambda pair: pair[0])), *self.warnings]


def receive(path: Path, name: str) -> tuple[Received | None, list[Problem]]:
    """Read a file, or say in words why it is not a CSV file in UTF-8.

    Parameters
    ----------
    path
        The file.
    name
        How messages call it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        found, expected = f"it cannot be read ({error.strerror})", "a readable file"
        return None, [_problem("unreadable-file", name, found, expected, "check that the file is there")]
    if fault := _not_text(data):
        return None, [_problem("not-utf-8", name, *fault)]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x} is not UTF-8 (the file looks like Windows-1252)"
        return None, [_problem("not-utf-8", f"{name}, line {line}", found, "UTF-8", _SAVE_AGAIN)]
    received = Received(name, path.name, data)
    problems = _of_header(received)
    return (None if problems else received), problems


_SAVE_AGAIN = "open it in a spreadsheet and save it as 'CSV UTF-8'"


def _not_text(data: bytes) -> tuple[str, str, str] | None:
    """Found, expected and remedy, where a file is something else than text in UTF-8."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "it is a workbook (or another packed file)", "a CSV file", f"{_SAVE_AGAIN}, one sheet a file"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4096]:
        return "it is UTF-16, or no text file", "UTF-8", _SAVE_AGAIN
    return None


def _of_header(received: Received) -> list[Problem]:
    name, header = received.name, received.header
    if not any(header):
        return [_problem("empty-file", name, "it has no header line", "a header line and rows", "check it")]
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        mark = "semicolons" if ";" in header[0] else "tabs"
        do = "save it again as CSV with commas"
        return [_problem("not-csv", f"{name}, line 1", f"cells separated by {mark}", "commas", do)]
    twice = sorted({column for column in header if column and header.count(column) > 1})
    do = "ask the publisher for a sound file, or rename one of them"
    return [
        _problem(
            "duplicate-column",
            f"{name}, line 1",
            f"the column '{shown(c)}' stands twice",
            "each column once",
            do,
        )
        for c in twice
    ]


def _problem(check: str, where: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, where, found, expected, do, code=ExitCode.DATA)
