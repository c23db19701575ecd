"""Out of a file and its mapping: figures, each with its area, period, day and source; and everything that is wrong."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from scrutiny.data.areas import Area, AreaKind, Areas
from scrutiny.data.dated import Dated
from scrutiny.data.definitions import Indicator
from scrutiny.data.importers.finding import Finder
from scrutiny.data.importers.mapping import FigureMapping, FileMapping, Values
from scrutiny.data.importers.parts import Cells, Counts, Parts, share
from scrutiny.data.importers.reading import Faults, Received
from scrutiny.data.importers.shape import FileKind, Shape
from scrutiny.data.importers.sound import check_figure, off_its_counts
from scrutiny.data.importers.times import Label, Times
from scrutiny.data.observations import Observation
from scrutiny.errors import closest, shown
from scrutiny.periods import Period

Key = tuple[str, str, Period, str]
_FEW, _MANY = (
    5,
    0.02,
)  # percentages off their counts: from more on, in number and as a share, the columns are wrong


@dataclass
class Converted:
    """What came out of a file.

    Parameters
    ----------
    figures
        Each an observation that stands nowhere yet; `where` is its line in the file.
    left_out
        How many rows or figures were left out, by reason.
    """

    figures: list[Observation] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def convert(
    received: Received,
    kind: FileKind,
    shape: Shape,
    file: FileMapping,
    areas: Areas,
    indicators: Mapping[str, Dated[Indicator]],
    kept: str,
    faults: Faults,
) -> Converted:
    """Take what a mapping names from a file.

    Parameters
    ----------
    received, kind, shape
        The file, and what it is.
    file
        Its part of the mapping.
    areas, indicators
        Everything that is known.
    kept
        Where the file is kept, ``sources/<name>/<file>``, for the source of each row.
    faults
        What is wrong is added here; with any fault the result is not to be used.
    """
    reading = _Reading(received, kind, shape, file, areas, indicators, kept, faults)
    if not faults:
        reading.run()
    return reading.converted


class _Taking:
    """One figure of the mapping, with everything about it that does not change from row to row."""

    def __init__(self, figure: FigureMapping, file: FileMapping, shape: Shape, received: Received) -> None:
        self.figure = figure
        self.where = _Keep(received.column, figure.where)
        self.parts = Parts.of(figure, shape, received.column)
        self.period, self.published = figure.period or file.period, figure.published or file.published
        self.provenance = "official_statistics" if figure.value else "derived"
        self.basis = figure.basis.value
        self.found = 0
        self.counted: list[tuple[int, str]] = []


class _Reading:
    """One pass over one file."""

    def __init__(
        self,
        received: Received,
        kind: FileKind,
        shape: Shape,
        file: FileMapping,
        areas: Areas,
        indicators: Mapping[str, Dated[Indicator]],
        kept: str,
        faults: Faults,
    ) -> None:
        self.received, self.kind, self.shape, self.file, self.faults = received, kind, shape, file, faults
        self.indicators = indicators
        self.converted = Converted()
        self.cells = Cells({**kind.symbols, **file.symbols}, faults)
        self.finder = Finder(received, shape, areas, faults)
        self.times = Times(received, shape, faults)
        self.source = _Source(file.source, kept, received)
        self.rounded = {kind.value: to for kind, to in file.rounded.items()}
        self.caveat = received.column(file.caveats) if file.caveats else None
        self.taking: list[_Taking] = []
        self.seen: dict[Key, tuple[int, Observation]] = {}
        self.twice: dict[str, list[tuple[int, int, Key]]] = {}
        self.sums: dict[Key, tuple[Counts, Area, _Taking]] = {}
        self._check_columns()

    def _check_columns(self) -> None:
        """Say which columns the mapping names and the file does not have."""
        for name in dict.fromkeys(filter(None, columns_needed(self.shape, self.file))):
            if self.received.column(name) is None:
                found = f"there is no column '{shown(name)}'"
                expected = "the columns that the mapping names"
                near = closest(name, filter(None, self.received.header))
                do = f"{near if near.startswith('did') else 'look for its new name'}; correct the mapping"
                self.faults.add("missing-column", 1, "", found, expected, do)

    def run(self) -> None:
        """Go through the rows once."""
        column = self.received.column
        keep, drop = _Keep(column, self.file.where), _Keep(column, self.file.leave_out)
        self.taking = [_Taking(f, self.file, self.shape, self.received) for f in self.file.figures]
        measure = column(self.shape.measure) if self.shape.measure else None
        by_measure: dict[str, list[_Taking]] = {}
        for taking in self.taking:
            by_measure.setdefault(taking.figure.value if measure is not None else "", []).append(taking)
        for line, cells in self.received.rows(self.faults):
            if not keep.holds(cells) or drop.drops(cells):
                self.converted.left_out["rows that the mapping leaves out"] += 1
                continue
            asked = by_measure.get(cells[measure].strip() if measure is not None else "", [])
            wanted = [taking for taking in asked if taking.where.holds(cells)]
            if wanted:
                self._take_row(line, cells, wanted)
        self._tell_nothing([taking.figure for taking in self.taking if not taking.found])
        self._add_up()
        self._tell_off_counts()
        self._tell_twice()
        self.converted.figures = [observation for _, observation in self.seen.values()]

    def _take_row(self, line: int, cells: list[str], wanted: list[_Taking]) -> None:
        """The figures of one row."""
        label = self.times.label(cells)
        for taking in wanted:
            taking.found += 1
            period = self.times.period(line, label, taking.period)
            area = self.finder.find(line, cells, period.end) if period else None
            if period is None or area is None:
                continue
            if area.kind is AreaKind.OTHER:
                self.converted.left_out["rows of other kinds of area"] += 1
                return
            self._take(line, cells, taking, label, period, area)

    def _take(
        self, line: int, cells: list[str], taking: _Taking, label: Label, period: Period, area: Area
    ) -> None:
        """One figure of one row."""
        figure = taking.figure
        counts = taking.parts.read(line, cells, figure, self.cells)
        if counts is None:
            return
        key = (figure.indicator, area.code, period, taking.basis)
        if figure.add_up:
            before = self.sums.get(key)
            self.sums[key] = (before[0].plus(counts) if before else counts, area, taking)
            if before:
                return
        elif not figure.value:
            counts = share(counts, figure)
        known = self.times.known_on(line, cells, label, period, taking.published)
        if known is None:
            return
        note = figure.note
        if counts.published or label.remark or self.caveat is not None:
            note = self._note(figure.note, counts, label, cells)
        observation = Observation(
            indicator=figure.indicator,
            area=area.code,
            period=period,
            basis=figure.basis,
            value=counts.value,
            known_on=known[0],
            numerator=counts.numerator,
            denominator=counts.denominator,
            symbol=counts.symbol,
            assumed=known[1],
            provenance=taking.provenance,
            source=self.source.of(cells),
            note=note,
            area_name=area.name,
            where=f"{self.received.name}, line {line}",
        )
        self._keep(key, line, observation, area, taking)

    def _note(self, own: str, counts: Counts, label: Label, cells: list[str]) -> str:
        """What a reader of a figure should know of how it was published."""
        sign = cells[self.caveat].strip() if self.caveat is not None else ""
        doubted = sign not in ("", "[z]") and not counts.symbol
        return _joined(
            own,
            f"published as {counts.published}" if counts.published else "",
            f"published with a data quality caveat ({sign})" if doubted else "",
            f"published as {label.text} ({label.remark})" if label.remark else "",
        )

    def _keep(self, key: Key, line: int, figure: Observation, area: Area, taking: _Taking) -> None:
        """Keep a figure, unless it stands there already, or is none of an area that was not there then."""
        if figure.symbol and not area.exists_in(figure.period):
            self.converted.left_out["areas that did not exist in the period"] += 1
        elif key in self.seen:
            first, other = self.seen[key]
            same = (other.value, other.symbol) == (figure.value, figure.symbol)
            if not (self.kind.repeats and same):
                self.twice.setdefault(key[0], []).append((line, first, key))
        else:
            is_sum = bool(taking.figure.add_up)
            self.seen[key] = (line, figure if is_sum else self._checked(figure, area, line, taking))

    def _checked(self, figure: Observation, area: Area, line: int, taking: _Taking) -> Observation:
        """A figure after its checks; without its counts where these make another percentage, or none at all."""
        if figure.symbol and figure.numerator and figure.denominator == 0:
            figure = replace(figure, numerator=None, denominator=None)
        indicator = self.indicators[figure.indicator].latest
        check_figure(figure, indicator, line, self.faults)
        differs = off_its_counts(figure, indicator.unit, self.rounded.get(area.kind.value, 0))
        taking.counted.append((line, differs))
        if not differs:
            return figure
        counts = f"published with {figure.numerator} of {figure.denominator}, which is another share"
        return replace(figure, numerator=None, denominator=None, note=_joined(figure.note, counts))

    def _tell_off_counts(self) -> None:
        """Say which percentages do not follow from their counts; where many do not, the columns are wrong."""
        for taking in self.taking:
            off = [(line, differs) for line, differs in taking.counted if differs]
            wrong = len(off) > max(_FEW, len(taking.counted) * _MANY)
            for line, differs in off:
                found = f"{taking.figure.indicator}: {differs}"
                expected = "a percentage that follows from its counts"
                if wrong:
                    do = "check which columns the mapping names"
                    self.faults.add("share-differs-from-counts", line, "", found, expected, do)
                else:
                    do = "nothing: the figure is taken as published, without the counts"
                    self.faults.warn("share-differs-from-counts", line, found, expected, do)

    def _add_up(self) -> None:
        """Make a share of each sum of counts."""
        for key, (counts, area, taking) in self.sums.items():
            if key not in self.seen:
                continue
            made = share(counts, taking.figure)
            line, first = self.seen[key]
            figure = replace(
                first,
                value=made.value,
                symbol=made.symbol,
                numerator=made.numerator,
                denominator=made.denominator,
            )
            self.seen[key] = (line, self._checked(figure, area, line, taking))

    def _tell_twice(self) -> None:
        """Say where two rows are about one thing, and by what they differ."""
        for indicator, found in self.twice.items():
            line, first, key = found[0]
            at = {n: cells for n, cells in self.received.rows() if n in (first, line)}
            places = self.shape.places
            differ = [
                f"{name}: '{shown(a)}' and '{shown(b)}'"
                for name, a, b in zip(self.received.header, at[first], at[line], strict=True)
                if a.strip() != b.strip() and name.casefold() not in places
            ]
            words = f"a second row for {indicator}, {key[1]} and {key[2]}; the first is line {first}"
            do = "choose rows with 'where' in the mapping" if differ else "delete one of the two"
            by = f"; they differ in {', '.join(differ[:4])}" if differ else ""
            expected = "one row for each area and period"
            for other, *_ in found:
                self.faults.add("duplicate-row", other, "", words + by, expected, do)

    def _tell_nothing(self, without: list[FigureMapping]) -> None:
        """Say which indicators have no row; a long file may hold some of a mapping's measures, and not the others."""
        if self.shape.measure and 0 < len(without) < len(self.file.figures):
            names = ", ".join(figure.value for figure in without)
            found = (
                f"no row for {len(without)} of the {len(self.file.figures)} measures of the mapping: {names}"
            )
            expected = "rows about each of them, in a file with all measures"
            do = "nothing, if the file holds only some; else correct the names in the mapping"
            self.faults.warn("no-rows", 0, found, expected, do)
            return
        for figure in without:
            chosen = {**self.file.where, **figure.where}
            if self.shape.measure:
                chosen = {self.shape.measure: figure.value, **chosen}
            words = ", ".join(f"{c} = {' or '.join(_several(v))}" for c, v in chosen.items()) or "at all"
            found, expected = (
                f"no row for {figure.indicator} ({shown(words, 200)})",
                "rows about each indicator",
            )
            do = "correct these values in the mapping: the file may call them something else in this edition"
            self.faults.add("no-rows", 0, "", found, expected, do)


class _Keep:
    """Whether a row has the values that were asked for."""

    def __init__(self, column: Callable[[str], int | None], where: Mapping[str, Values]) -> None:
        self._asked = [(column(name), _several(values)) for name, values in where.items()]

    def holds(self, cells: list[str]) -> bool:
        """Whether each column asked for has one of its values."""
        return all(place is not None and cells[place].strip() in values for place, values in self._asked)

    def drops(self, cells: list[str]) -> bool:
        """Whether any of the columns has one of its values."""
        return any(place is not None and cells[place].strip() in values for place, values in self._asked)


class _Source:
    """The source of each row, from the mapping's template."""

    def __init__(self, template: str, kept: str, received: Received) -> None:
        self._template = template
        self._fixed = {"path": kept, "folder": kept.rpartition("/")[0]}
        self._at = {name: received.column(name) for name in _named(template) if name not in self._fixed}
        self._always = template.format_map(self._fixed) if not self._at else None

    def of(self, cells: list[str]) -> str:
        if self._always is not None:
            return self._always
        there = {name: cells[place].strip() for name, place in self._at.items() if place is not None}
        return self._template.format_map({**self._fixed, **there})


def _named(template: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(template) if name]


def columns_needed(shape: Shape, file: FileMapping) -> Iterator[str]:
    """Every column that a mapping needs of a file; some of the names may be empty."""
    yield from (*shape.area, *shape.period, shape.measure)
    yield from (*file.where, *file.leave_out, file.caveats, file.published.column)
    yield from (name for name in _named(file.source) if name not in ("path", "folder"))
    for figure in file.figures:
        yield from (*figure.where, *figure.add_up, *figure.numerator, *figure.denominator)
        yield shape.value if shape.measure else figure.value
        if figure.published:
            yield figure.published.column


def _several(values: Values) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
