"""Areas: what a code, number or name means, in which region it lies, and which authorities it is compared with.

Source: the Department for Education's lists of areas, and the statistical neighbours of its Local Authority Interactive
Tool; see ``data/lookups/origin.yml``.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from scrutiny.errors import ExitCode, Problem, ProblemError, closest
from scrutiny.periods import MONTHS, Period

PLACE = "data/lookups/areas.csv"
NEIGHBOURS = "data/lookups/statistical-neighbours.csv"


class AreaKind(StrEnum):
    """What kind of area."""

    COUNTRY = "country"
    REGION = "region"
    PART = "part"  # of a region: Inner and Outer London
    AUTHORITY = "authority"
    OTHER = "other"  # several authorities in one row, or none at all


@dataclass(frozen=True)
class Area:
    """One area, under its newest code.

    Parameters
    ----------
    code
        GSS code; that of today where it changed and the authority did not.
    number
        Three digits of the Department for Education; a change of number is a new authority.
    region, part
        Codes of the region, and of the part of London, in which an authority lies; empty where there is none.
    opened, closed
        First and last day; None where it was there before the lists begin, or is there still.
    former_codes
        Codes that it had before.
    successors
        Codes of the authorities that took its place.
    also
        Other names under which it is found in files.
    """

    code: str
    kind: AreaKind
    number: str
    name: str
    region: str = ""
    part: str = ""
    opened: dt.date | None = None
    closed: dt.date | None = None
    former_codes: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def exists_on(self, day: dt.date) -> bool:
        """Whether it was there on a day."""
        return (self.opened or day) <= day <= (self.closed or day)

    def exists_in(self, period: Period) -> bool:
        """Whether it was there for any day of a period."""
        return (self.opened or period.end) <= period.end and (self.closed or period.start) >= period.start


@dataclass(frozen=True)
class Neighbour:
    """A statistical neighbour: which, how near in rank (1 is the nearest), and in the list's own words."""

    area: Area
    rank: int
    closeness: str


@dataclass(frozen=True)
class Edition:
    """A list of statistical neighbours, by the month in which it was issued: ``April 2021``."""

    name: str
    issued: dt.date


class Areas:
    """Every area that is known.

    Parameters
    ----------
    areas
        In the order of the file.
    neighbours
        Rows of the list of neighbours: edition, authority, rank, neighbour, closeness.
    """

    def __init__(self, areas: list[Area], neighbours: list[tuple[str, str, int, str, str]]) -> None:
        self.all = tuple(areas)
        self._neighbours = neighbours
        self._by_code = {code: area for area in areas for code in (area.code, *area.former_codes)}
        self._by_number = {area.number: area for area in areas}
        self._by_name: dict[str, list[Area]] = {}
        for area in areas:
            for name in dict.fromkeys(_plain(n) for n in (area.name, *area.also)):
                self._by_name.setdefault(name, []).append(area)

    def __iter__(self) -> Iterator[Area]:
        return iter(self.all)

    def get(self, code: str) -> Area:
        """The area of a code, present or former.

        Raises
        ------
        ProblemError
            Exit code 12, where the code is unknown.
        """
        if code not in self._by_code:
            expected, do = f"a code of {PLACE}", closest(code, self._by_code)
            found = f"there is no area '{code}'"
            raise ProblemError(
                [Problem("unknown-area", "command", found, expected, do, code=ExitCode.UNKNOWN)]
            )
        return self._by_code[code]

    def by_code(self, code: str) -> Area | None:
        """The area that has, or had, a code."""
        return self._by_code.get(code)

    def by_number(self, number: str) -> Area | None:
        """The area that has a number."""
        return self._by_number.get(number)

    def by_name(self, name: str, day: dt.date | None = None) -> Area | None:
        """The only area of a name, in any spelling of it; of several, the one that was there on the day."""
        found = self._by_name.get(_plain(name), [])
        if len(found) > 1 and day is not None:
            found = [area for area in found if area.exists_on(day)]
        return found[0] if len(found) == 1 else None

    def names(self) -> list[str]:
        """Every name, for suggestions."""
        return [area.name for area in self.all]

    @cached_property
    def country(self) -> Area:
        """England."""
        return next(area for area in self.all if area.kind is AreaKind.COUNTRY)

    def authorities(self, day: dt.date | None = None) -> tuple[Area, ...]:
        """Every authority, or those that were there on a day: whom one is ranked among."""
        found = (area for area in self.all if area.kind is AreaKind.AUTHORITY)
        return tuple(area for area in found if day is None or area.exists_on(day))

    def regions(self) -> tuple[Area, ...]:
        """The nine regions."""
        return tuple(area for area in self.all if area.kind is AreaKind.REGION)

    def region_of(self, area: Area) -> Area | None:
        """The region in which an area lies; None for the country and the regions themselves."""
        return self._by_code.get(area.region)

    def part_of(self, area: Area) -> Area | None:
        """Inner or Outer London, for its boroughs."""
        return self._by_code.get(area.part)

    def successors(self, area: Area) -> tuple[Area, ...]:
        """The authorities that took its place."""
        return tuple(self._by_code[code] for code in area.successors)

    def predecessors(self, area: Area) -> tuple[Area, ...]:
        """The authorities whose place it took."""
        return tuple(other for other in self.all if area.code in other.successors)

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The lists of neighbours that there are, oldest first."""
        names = dict.fromkeys(edition for edition, *_ in self._neighbours)
        return tuple(sorted((Edition(name, _issued(name)) for name in names), key=lambda e: e.issued))

    def edition(self, day: dt.date) -> Edition | None:
        """The list in force on a day; before the first one, the first, which is the nearest that there is."""
        before = [edition for edition in self.editions if edition.issued <= day]
        return before[-1] if before else next(iter(self.editions), None)

    def neighbours(self, area: Area, edition: Edition) -> tuple[Neighbour, ...]:
        """The statistical neighbours of an authority in one list, nearest first; none if it is not in the list."""
        found = [
            Neighbour(self._by_code[neighbour], rank, closeness)
            for name, of, rank, neighbour, closeness in self._neighbours
            if name == edition.name and of == area.code
        ]
        return tuple(sorted(found, key=lambda n: n.rank))


def load(root: Path) -> Areas:
    """Read the areas and the lists of neighbours of a project; none where it has no lookups.

    Raises
    ------
    ProblemError
        Exit code 11 with each wrong row of either file.
    """
    problems: list[Problem] = []
    areas, neighbours = [], []
    for line, row in enumerate(_rows(root, PLACE, _COLUMNS, problems), start=2):
        try:
            areas.append(_area(row))
        except ValueError as error:
            expected = "a kind of area and dates such as 2018-03-31"
            problems.append(_wrong(f"{PLACE}, line {line}", str(error), expected))
    known = {area.code for area in areas}
    for line, row in enumerate(_rows(root, NEIGHBOURS, _OF_NEIGHBOURS, problems), start=2):
        edition, authority, rank, neighbour, closeness = row.values()
        if {authority, neighbour} <= known and rank.isdigit() and _EDITION.fullmatch(edition):
            neighbours.append((edition, authority, int(rank), neighbour, closeness))
        else:
            expected = f"an edition such as April 2021, codes of {PLACE}, and a rank"
            problems.append(_wrong(f"{NEIGHBOURS}, line {line}", ", ".join(row.values()), expected))
    if problems:
        raise ProblemError(problems)
    return Areas(areas, neighbours)


_COLUMNS = (
    *("code", "kind", "number", "name", "region", "part", "opened", "closed"),
    *("former_codes", "successors", "also"),
)
_OF_NEIGHBOURS = ("edition", "authority", "rank", "neighbour", "closeness")
_EDITION = re.compile(rf"(?:{'|'.join(MONTHS)}) \d{{4}}")


def _rows(
    root: Path, name: str, columns: tuple[str, ...], problems: list[Problem]
) -> Iterator[dict[str, str]]:
    """Each row of a lookup by column; nothing where the file is not there."""
    if not (root / name).exists():
        return
    with (root / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader, ())) != columns:
            problems.append(_wrong(f"{name}, line 1", "other columns", "the columns " + ", ".join(columns)))
            return
        for line, cells in enumerate(reader, start=2):
            if len(cells) == len(columns):
                yield dict(zip(columns, cells, strict=True))
            else:
                problems.append(
                    _wrong(f"{name}, line {line}", f"{len(cells)} cells", f"{len(columns)} cells")
                )


def _wrong(where: str, found: str, expected: str) -> Problem:
    return Problem("wrong-lookup", where, found, expected, "correct the row", code=ExitCode.DATA)


def _area(row: dict[str, str]) -> Area:
    return Area(
        row["code"],
        AreaKind(row["kind"]),
        row["number"],
        row["name"],
        row["region"],
        row["part"],
        _day(row["opened"]),
        _day(row["closed"]),
        _several(row["former_codes"]),
        _several(row["successors"]),
        _several(row["also"]),
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _plain(name: str) -> str:
    """A name without what its spellings differ in: case, ``&``, full stops, commas and hyphens."""
    words = name.casefold().replace("&", " and ")
    return " ".join(re.sub(r"[.,'’-]", " ", words).split())


def _issued(edition: str) -> dt.date:
    month, _, year = edition.partition(" ")
    return dt.date(int(year), MONTHS.index(month) + 1, 1)
