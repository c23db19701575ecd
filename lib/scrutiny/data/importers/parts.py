"""The cells of a row that make one figure: the figure itself, or the counts that it is a share of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from scrutiny.data.importers.cells import Cell, read_cell
from scrutiny.data.importers.mapping import FigureMapping
from scrutiny.data.importers.reading import Faults
from scrutiny.data.importers.shape import Shape
from scrutiny.data.observations import SYMBOLS
from scrutiny.errors import shown
from scrutiny.figures import percentage


@dataclass(frozen=True)
class Counts:
    """A figure with the counts behind it.

    Parameters
    ----------
    value
        None where there is a symbol, or a share that is not made yet.
    symbol, published
        Why there is no figure, and how the file says so.
    numerator, denominator
        None where they are not known, or are withheld.
    """

    value: Decimal | None = None
    symbol: str = ""
    published: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    def plus(self, other: Counts) -> Counts:
        """Both sums together; a symbol in either withholds the whole."""
        withheld = self if self.symbol else other
        return Counts(
            symbol=withheld.symbol,
            published=withheld.published,
            numerator=_sum(self.numerator, other.numerator),
            denominator=_sum(self.denominator, other.denominator),
        )


class Cells:
    """Reads the cells of one file; the same text is read once.

    Parameters
    ----------
    symbols
        Every symbol that may stand in the file.
    faults
        What is neither a figure nor a symbol is added here.
    """

    def __init__(self, symbols: Mapping[str, str], faults: Faults) -> None:
        self._symbols, self._faults = symbols, faults
        self._known: dict[str, Cell] = {}

    def read(self, line: int, cells: list[str], part: Place, words: Mapping[str, Decimal]) -> Cell | None:
        """One cell; None, and a fault, where it holds neither figure nor symbol."""
        text = cells[part.at]
        if words and text.strip() in words:
            return Cell(words[text.strip()])
        found = self._known.get(text)
        if found is None:
            try:
                found = read_cell(text, self._symbols)
            except ValueError:
                expected = f"a figure, or a symbol: {', '.join(SYMBOLS)}, or one of this kind of file"
                do = "correct it; a further symbol is named under 'symbols' in the mapping, a word under 'values'"
                self._faults.add("unknown-symbol", line, part.name, f"'{shown(text)}'", expected, do)
                return None
            self._known[text] = found
        return found


class Place(NamedTuple):
    """Where a column stands, and what the mapping calls it."""

    at: int
    name: str


@dataclass(frozen=True)
class Parts:
    """Where the cells of one figure stand."""

    value: Place | None
    numerator: tuple[Place, ...]
    denominator: tuple[Place, ...]

    @classmethod
    def of(cls, figure: FigureMapping, shape: Shape, column: Callable[[str], int | None]) -> Parts:
        """From the mapping of a figure; every column is known to be there."""

        def at(name: str) -> Place:
            place = column(name)
            assert place is not None
            return Place(place, name)

        own = shape.value if shape.measure else figure.value
        return cls(
            at(own) if figure.value else None,
            tuple(at(name) for name in figure.numerator),
            tuple(at(name) for name in figure.denominator),
        )

    def read(self, line: int, cells: list[str], figure: FigureMapping, reader: Cells) -> Counts | None:
        """The figure of a row and its counts; None, and a fault, where a cell holds neither figure nor symbol."""
        value = reader.read(line, cells, self.value, figure.values) if self.value else Cell()
        above = [reader.read(line, cells, part, {}) for part in self.numerator]
        below = [reader.read(line, cells, part, {}) for part in self.denominator]
        if value is None or None in above or None in below:
            return None
        told = value if figure.value else next((c for c in (*above, *below) if c and c.symbol), Cell())
        number = value.value
        if number is not None and figure.scale != 1:
            number *= figure.scale
        return Counts(number, told.symbol, told.published, _total(above), _total(below))


def share(counts: Counts, figure: FigureMapping) -> Counts:
    """The percentage that two counts make; a share of none is not applicable."""
    if counts.symbol or counts.numerator is None or counts.denominator is None:
        return counts
    if counts.denominator == 0:
        return replace(counts, symbol="z")
    made = percentage(counts.numerator, counts.denominator, figure.decimals or 0)
    return replace(counts, value=made)


def _total(cells: list[Cell | None]) -> Decimal | None:
    """The sum of counts; None where there is none, or one of them is withheld."""
    values = [cell.value for cell in cells if cell is not None and cell.value is not None]
    return sum(values, Decimal(0)) if values and len(values) == len(cells) else None


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
