"""Benchmarks: comparators' figures, of which a paper reads only those that it can show.

A file of benchmarks is ``data/benchmarks/<name>.csv``, or, for many figures of many indicators,
``data/benchmarks/<name>/<indicator>.csv``. Together they hold some hundred thousand rows, and a paper needs a few
hundred. So lines are chosen before anything of them is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from scrutiny.data.catalogue import CouncilFolder
from scrutiny.data.observations import BENCHMARK_COLUMNS, Observation
from scrutiny.data.rows import RowReader
from scrutiny.errors import ExitCode, Problem

FOLDER = "data/benchmarks"


@dataclass(frozen=True)
class Wanted:
    """Which benchmarks are read.

    Parameters
    ----------
    indicators
        Ids; None reads everything.
    areas
        Codes; None reads every area, as for a rank among all.
    """

    indicators: frozenset[str] | None = None
    areas: frozenset[str] | None = None

    @classmethod
    def of(cls, folder: CouncilFolder) -> Wanted:
        """What the papers of a council can show: its frameworks' indicators, for itself and its comparators."""
        councils = [state.value for state in folder.council.states]
        frameworks = [state.value for dated in folder.frameworks.values() for state in dated.states]
        rows = [row.indicator for framework in frameworks for row in framework.rows]
        retired = [row.indicator for framework in frameworks for row in framework.retired]
        return cls(
            frozenset((*rows, *retired)),
            frozenset(area for c in councils for area in (c.area, *(o.area for o in c.comparators))),
        )

    def holds(self, row: Observation) -> bool:
        """Whether a row is wanted."""
        return self.indicators is None or (
            row.indicator in self.indicators and (self.areas is None or row.area in self.areas)
        )

    def chooser(self) -> Callable[[str], list[int]] | None:
        """Where the lines of a file that are wanted begin; None where all are.

        A line begins with the indicator and the area. Quotation marks and spaces around them do not matter.
        """
        if self.indicators is None:
            return None
        indicators, areas = self.indicators, self.areas
        if areas is None:
            first = re.compile(rf"^[ \"]*(?:{_any(indicators)})[ \"]*,", re.MULTILINE)
            return lambda text: [match.start() for match in first.finditer(text)]
        second = re.compile(rf",[ \"]*(?:{_any(areas)})[ \"]*,")

        def choose(text: str) -> list[int]:
            begins = []
            for match in second.finditer(text):
                begin = text.rfind("\n", 0, match.start()) + 1
                if text[begin : match.start()].strip(' "') in indicators:
                    begins.append(begin)
            return begins

        return choose


def _any(words: Collection[str]) -> str:
    """A pattern for any of some words; for none, one that nothing fits."""
    return "|".join(map(re.escape, sorted(words))) or "(?!)"


def files(root: Path, indicators: Collection[str] | None = None) -> list[Path]:
    """The files that may hold rows about some indicators (None: any), in the order in which they are read."""
    folder = root / FOLDER
    apart = sorted(folder.glob("*/*.csv")) if indicators is None else []
    if indicators is not None:
        names = sorted(path for path in folder.glob("*/") if path.is_dir())
        apart = [path / f"{i}.csv" for path in names for i in sorted(indicators)]
    return [*sorted(folder.glob("*.csv")), *(path for path in apart if path.is_file())]


def read(reader: RowReader, root: Path, wanted: Wanted, own: Path | None = None) -> Iterator[Observation]:
    """Each sound benchmark that is wanted; what is wrong with one goes to the reader's problems.

    Parameters
    ----------
    own
        A council's own file of benchmarks, which is read whole.
    """
    choose = wanted.chooser()
    for path in files(root, wanted.indicators):
        for row in reader.observations(path, BENCHMARK_COLUMNS, None, choose):
            if wanted.holds(row):
                yield row
    if own is not None and own.exists():
        yield from reader.observations(own, BENCHMARK_COLUMNS, None)


def misplaced(root: Path, rows: Collection[Observation]) -> Iterator[Problem]:
    """Rows in the file of another indicator: no paper would find them there."""
    for row in rows:
        name, _, _ = row.where.rpartition(", line ")
        file = root / name
        if file.parent.parent == root / FOLDER and file.stem != row.indicator:
            found, expected = (
                f"a row about '{row.indicator}'",
                f"rows about '{file.stem}', as the file is called",
            )
            do = f"move it to {row.indicator}.csv in the same folder"
            yield Problem("wrong-file", row.where, found, expected, do, code=ExitCode.DATA)
