"""What a file is, and what is in it: its kind, and its indicators, filters, periods, areas, units and symbols."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from scrutiny.data.importers.cover import COVER
from scrutiny.data.importers.ees import EES, META
from scrutiny.data.importers.lait import LAIT
from scrutiny.data.importers.long import LONG
from scrutiny.data.importers.mapping import Columns
from scrutiny.data.importers.ofsted import OFSTED
from scrutiny.data.importers.reading import Faults, Received
from scrutiny.data.importers.shape import AreaColumns, FileKind, Shape, has

KINDS = {kind.name: kind for kind in (EES, LAIT, COVER, OFSTED, LONG)}
"""Every kind of file, the ones with columns of their own before the general one."""

_NUMBER = re.compile(r"\s*[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\s*", re.ASCII)
_AT_ONCE = 5000  # rows that are looked at together


def recognise(received: Received, columns: Columns | None = None) -> tuple[FileKind, Shape] | None:
    """The kind and shape of a file, from its columns; None where nothing says where its areas and periods stand.

    Parameters
    ----------
    columns
        Where they stand, as a mapping says it; stands before what the file's own columns say.
    """
    if columns is not None:
        areas = AreaColumns(columns.area_code, columns.area_number, columns.area_name)
        period = tuple(columns.period)
        return LONG, Shape("long", areas, period=period, measure=columns.measure, value=columns.value)
    found = ((kind, kind.shape(received)) for kind in KINDS.values())
    return next(((kind, shape) for kind, shape in found if shape is not None), None)


def is_meta(received: Received) -> bool:
    """Whether a file only names the columns of another: ``….meta.csv``."""
    return has(received, *META)


@dataclass(frozen=True)
class Meta:
    """What a file of names says of the columns of another file."""

    filters: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    labels: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)


def read_meta(received: Received) -> Meta:
    """Read a file of names."""
    at = [received.column(name) for name in META]
    rows = [[cells[i].strip() if i is not None else "" for i in at] for _, cells in received.rows()]
    return Meta(
        frozenset(name for name, kind, *_ in rows if kind.casefold() == "filter"),
        frozenset(name for name, kind, *_ in rows if kind.casefold() == "indicator"),
        {name: label for name, _, label, _ in rows if label},
        {name: unit for name, *_, unit in rows if unit},
    )


@dataclass
class Column:
    """What is in one column: its figures from lowest to highest, and every other content with its number."""

    name: str
    figures: int = 0
    lowest: float = float("inf")
    highest: float = float("-inf")
    words: Counter[str] = field(default_factory=Counter)
    _known: set[str] = field(default_factory=set, repr=False)

    def look(self, cells: Sequence[str]) -> None:
        """Take in some cells."""
        distinct = set(cells)
        for text in distinct - self._known - self.words.keys():
            if _NUMBER.fullmatch(text):
                self.lowest, self.highest = min(self.lowest, float(text)), max(self.highest, float(text))
                if len(self._known) < _REMEMBERED:
                    self._known.add(text)
            else:
                self.words[text] = 0
        self.figures += len(cells)
        there = [word for word in self.words if word in distinct]
        counted = Counter(cells) if len(there) > _FEW else {word: cells.count(word) for word in there}
        for word in there:
            self.words[word] += counted[word]
            self.figures -= counted[word]


_REMEMBERED = 50_000  # figures of a column that are not read again
_FEW = 8  # contents that are counted one by one


@dataclass(frozen=True)
class Understood:
    """What a file holds.

    Parameters
    ----------
    rows
        Rows with anything in them.
    periods
        Labels of its periods, as the file writes them, in their order.
    areas
        How many areas there are of each level; without levels, of the file as a whole.
    indicators, filters
        Its other columns, by what they hold.
    symbols
        What stands instead of figures, with its number.
    measures
        In a long file: what is measured.
    """

    received: Received
    kind: FileKind
    shape: Shape
    rows: int
    periods: tuple[str, ...]
    identifiers: tuple[str, ...]
    areas: dict[str, int]
    indicators: tuple[Column, ...]
    filters: tuple[Column, ...]
    symbols: Counter[str]
    measures: tuple[str, ...] = ()
    meta: Meta = Meta()


def understand(
    received: Received, kind: FileKind, shape: Shape, faults: Faults, meta: Meta | None = None
) -> Understood:
    """Look through a file once."""
    meta = meta or Meta()
    columns = [Column(name) for name in received.header]
    places = _Places(received, shape)
    rows = 0
    for chunk in _chunks(received, faults):
        rows += len(chunk)
        cells = list(zip(*chunk, strict=True))
        places.note(cells)
        for column, content in zip(columns, cells, strict=True):
            if column.name.casefold() not in shape.places:
                column.look(content)
    others = [c for c in columns if c.name and c.name.casefold() not in shape.places]
    figures = [c for c in others if _holds_figures(c, kind, meta)]
    filters = [c for c in others if c not in figures and {word.strip() for word in c.words} != {""}]
    return Understood(
        received,
        kind,
        shape,
        rows,
        tuple(sorted(places.periods)),
        tuple(sorted(places.identifiers)),
        {level: len(found) for level, found in places.areas.items()},
        tuple(figures),
        tuple(filters),
        _symbols(figures),
        tuple(sorted(places.measures)),
        meta,
    )


def _chunks(received: Received, faults: Faults) -> Iterator[list[list[str]]]:
    rows = (cells for _, cells in received.rows(faults))
    while chunk := list(islice(rows, _AT_ONCE)):
        yield chunk


class _Places:
    """Which areas, periods and measures the rows are about."""

    def __init__(self, received: Received, shape: Shape) -> None:
        self._when = self._of(received, *shape.period)
        self._identifier = self._of(received, shape.identifier)
        self._measure = self._of(received, shape.measure)
        self._level = self._of(received, shape.level)
        self._areas = {
            level: self._of(received, *(columns or ()))
            for level, columns in {"": shape.area, **shape.by_level}.items()
        }
        self.periods: set[str] = set()
        self.identifiers: set[str] = set()
        self.measures: set[str] = set()
        self.areas: dict[str, set[tuple[str, ...]]] = {}

    @staticmethod
    def _of(received: Received, *names: str) -> list[int]:
        return [place for name in names if name and (place := received.column(name)) is not None]

    def note(self, columns: list[tuple[str, ...]]) -> None:
        """Take in some rows, given column by column."""

        def distinct(places: list[int]) -> set[tuple[str, ...]]:
            found = set(zip(*(columns[i] for i in places), strict=True)) if places else set()
            return {tuple(part.strip() for part in parts) for parts in found}

        self.periods |= {" ".join(parts) for parts in distinct(self._when)}
        self.identifiers |= {part for (part,) in distinct(self._identifier)}
        self.measures |= {part for (part,) in distinct(self._measure)}
        for level, places in self._areas.items():
            if not level and not self._level:
                self.areas.setdefault("", set()).update(distinct(places))
            elif level:
                of_level = {parts[1:] for parts in distinct([*self._level, *places]) if parts[0] == level}
                if of_level:
                    self.areas.setdefault(level, set()).update(of_level)


def _symbols(columns: list[Column]) -> Counter[str]:
    """What stands instead of figures, without spaces around it."""
    found: Counter[str] = Counter()
    for column in columns:
        for word, count in column.words.items():
            found[word.strip()] += count
    return found


def _holds_figures(column: Column, kind: FileKind, meta: Meta) -> bool:
    """Whether a column is an indicator: by the file of names, else because it holds figures and symbols only."""
    if column.name in meta.filters or column.name in meta.indicators:
        return column.name in meta.indicators
    words = sum(count for word, count in column.words.items() if word.strip() not in kind.symbols)
    return column.figures > 0 and words <= column.figures
