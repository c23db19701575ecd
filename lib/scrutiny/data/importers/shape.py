"""The shape of a file: in which columns its areas, periods and figures stand, whatever the figures are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from scrutiny.data.importers.cells import SYMBOLS
from scrutiny.data.importers.reading import Received


@dataclass(frozen=True)
class AreaColumns:
    """The columns that name an area: its code, its number, its name; empty where a file has none."""

    code: str = ""
    number: str = ""
    name: str = ""

    def __iter__(self) -> Iterator[str]:
        return iter((self.code, self.number, self.name))

    @property
    def written(self) -> str:
        """For messages."""
        return " and ".join(column for column in self if column)


@dataclass(frozen=True)
class Shape:
    """Where things stand in a file.

    Parameters
    ----------
    kind
        The name of the kind of file.
    area
        The columns that name the area, where every row has them in the same place.
    level
        A column that says what kind of area a row is about.
    by_level
        The columns that name the area, for each level that is taken; rows of other levels are left out. None for a
        level is the whole country.
    period
        The columns that, joined by a space, label the period.
    identifier
        A column that says what kind of period the label is, where there is one.
    measure, value
        In a long file: the column that names what is measured, and the one that holds the figure.
    """

    kind: str
    area: AreaColumns = AreaColumns()
    level: str = ""
    by_level: Mapping[str, AreaColumns | None] = field(default_factory=dict)
    period: tuple[str, ...] = ()
    identifier: str = ""
    measure: str = ""
    value: str = ""

    @property
    def places(self) -> frozenset[str]:
        """Every column that says where or when, in lower case; the others hold filters and figures."""
        areas = [c for columns in (self.area, *self.by_level.values()) if columns for c in columns]
        return frozenset(
            column.casefold()
            for column in (*areas, self.level, *self.period, self.identifier, self.measure)
            if column
        )


@dataclass(frozen=True)
class FileKind:
    """A kind of file.

    Parameters
    ----------
    name, title
        In a mapping, and for readers.
    shape
        Its shape, or None where the file is of another kind.
    symbols
        What may stand instead of a figure, and what it is in the project.
    publisher
        Who issues such files, for a new mapping.
    repeats
        Whether the same row may stand twice in such a file, word for word.
    """

    name: str
    title: str
    shape: Callable[[Received], Shape | None]
    symbols: Mapping[str, str] = field(default_factory=lambda: SYMBOLS)
    publisher: str = ""
    repeats: bool = False


def has(received: Received, *columns: str) -> bool:
    """Whether a file has all of some columns, in whatever case."""
    return all(received.column(column) is not None for column in columns)
