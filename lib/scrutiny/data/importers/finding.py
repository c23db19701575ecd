"""Which area a row of a file is about, whatever of its code, number and name the file gives."""

from __future__ import annotations

import datetime as dt

from scrutiny.data.areas import PLACE, Area, AreaKind, Areas
from scrutiny.data.importers.reading import Faults, Received
from scrutiny.data.importers.shape import AreaColumns, Shape
from scrutiny.errors import closest, shown

ELSEWHERE = Area("", AreaKind.OTHER, "", "")
"""What a row is about that is about no area of a kind that is taken."""
_NONE = frozenset({"", "NA", "NULL", "z", "x", ":", "[z]"})  # what stands where an area has no code or name


class Finder:
    """Finds the area of each row of one file.

    A code counts whether it is of today or a former one; a code that is not known is taken where number and name
    agree on an area, since codes change and numbers do not. The region that a file gives an authority is not looked
    at: one file says Outer London and the next London of the same borough.

    Parameters
    ----------
    received, shape
        The file, and where its areas stand.
    areas
        Every known area.
    faults
        What is wrong is added here.
    """

    def __init__(self, received: Received, shape: Shape, areas: Areas, faults: Faults) -> None:
        self._areas, self._faults, self._shape = areas, faults, shape
        self._level = received.column(shape.level) if shape.level else None
        self._at = _positions(received, shape.area)
        self._by_level = {
            level: _positions(received, columns) if columns else None
            for level, columns in shape.by_level.items()
        }
        self._known: dict[tuple[str, ...], Area | None] = {}

    def find(self, line: int, cells: list[str], day: dt.date) -> Area | None:
        """The area of a row; None, and a fault, where it is unknown.

        Parameters
        ----------
        day
            The day on which the period ends: two authorities of one name are told apart by it.

        Returns
        -------
        Area
            One of the kind `OTHER` where a row is about something else: a school, a district, or several authorities
            together. Such rows are left out.
        """
        at = self._at
        if self._level is not None:
            level = cells[self._level].strip()
            if level not in self._by_level:
                return ELSEWHERE
            found = self._by_level[level]
            if found is None:
                return self._areas.country
            at = found
        written = tuple([cells[place] if place is not None else "" for place in at])
        if written in self._known:
            return self._known[written]
        clue = tuple(map(_clue, written))
        area = self._resolved(*clue) if any(clue) else None
        if area is None and clue[2] and not clue[0] and not clue[1]:
            area = self._areas.by_name(clue[2], day)
            if area is not None:
                return area  # by its day: not kept for the next row
        if area is None:
            self._unknown(line, *clue)
        self._known[written] = area
        return area

    def _resolved(self, code: str, number: str, name: str) -> Area | None:
        by_code, by_number, by_name = (
            self._areas.by_code(code),
            self._areas.by_number(number.zfill(3)) if number else None,
            self._areas.by_name(name) if name else None,
        )
        found = [area for area in (by_code, by_number, by_name) if area is not None]
        if len({area.code for area in found}) > 1:
            return None
        if code and by_code is None and (by_number is None or by_name is None):
            return None
        return found[0] if found else None

    def _unknown(self, line: int, code: str, number: str, name: str) -> None:
        if not any((code, number, name)):
            found, expected = "neither code nor name of an area", "an area in every row with figures"
            self._faults.add("unknown-area", line, self._written(), found, expected, "leave the row out")
            return
        given = ", ".join(shown(part) for part in (code, number, name) if part)
        told = [
            f"{part} is {area.name}"
            for part, area in (
                (code, self._areas.by_code(code)),
                (number, self._areas.by_number(number.zfill(3)) if number else None),
                (name, self._areas.by_name(name) if name else None),
            )
            if part and area is not None
        ]
        if len(told) > 1:
            found, do = f"'{given}': {'; '.join(told)}", "correct the file's row, or leave it out"
            self._faults.add("areas-disagree", line, self._written(), found, "one area", do)
            return
        found, expected = f"'{given}' is no area that is known", f"an area of {PLACE}"
        near = closest(name, self._areas.names()) if name else "add it there with its source"
        do = near if near.startswith("did") else f"add it to {PLACE} with its source, or leave the rows out"
        self._faults.add("unknown-area", line, self._written(), found, expected, do)

    def _written(self) -> str:
        return self._shape.level or self._shape.area.written


def _positions(received: Received, columns: AreaColumns) -> list[int | None]:
    return [received.column(column) if column else None for column in columns]


def _clue(written: str) -> str:
    text = written.strip()
    return "" if text in _NONE else text
