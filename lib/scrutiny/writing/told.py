"""Lists that sentences are made of: each of its items has a number and a name, and the list can cite them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from scrutiny.data.definitions import Citation
from scrutiny.writing.words import listed


class Numbered(Protocol):
    """What a list can cite: printed numbers (several where indicators are told as one item) and a name."""

    @property
    def name(self) -> str:
        """The short title."""

    @property
    def cited(self) -> tuple[str, ...]:
        """Printed numbers."""


T = TypeVar("T", bound=Numbered)


class Told(list[T]):
    """A list of facts, in the order in which they are told.

    Attributes
    ----------
    numbers, names
        Printed numbers and short titles, listed.
    citation
        The numbers as the council cites them: ``No. 11``, ``Nos. 4 and 5``; the names where no numbers are printed.
    """

    def __init__(self, items: Iterable[T] = (), citation: Citation | None = None) -> None:
        super().__init__(items)
        numbers = [number for item in self for number in item.cited if number]
        self.numbers = listed(numbers)
        self.names = listed([item.name for item in self])
        self.citation = cite(numbers, citation) or self.names


def cite(numbers: Iterable[str], citation: Citation | None = None) -> str:
    """Cite printed numbers in the council's form: ``No. 11``, ``Nos. 4 and 5``; empty where none is printed."""
    form, said = citation or Citation(), [number for number in numbers if number]
    return f"{form.one if len(said) == 1 else form.many} {listed(said)}" if said else ""
