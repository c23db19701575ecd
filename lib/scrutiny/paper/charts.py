"""The chart of an exception: outturns, target, benchmarks and the limits of the usual range.

Every picture is drawn once and handed over as SVG for the web page and PNG for Word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from textwrap import wrap
from typing import Any

from scrutiny.data.definitions import Basis, Indicator
from scrutiny.data.frameworks import Target
from scrutiny.data.observations import Observation
from scrutiny.figures import Unit, published
from scrutiny.paper.canvas import CM, Page, Point, blank_page, hand_over, own_settings
from scrutiny.paper.limit_lines import (
    draw_limits,
    edges_of_range,
    mark_signals,
    range_label,
)
from scrutiny.paper.scale import period_ticks, spread, tick_words, value_ticks
from scrutiny.periods import Kind, Period
from scrutiny.rating.explain import target_words
from scrutiny.rating.signals import Stretch
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.charted import charted_stretches, spoken
from scrutiny.writing.facts import DAGGER
from scrutiny.writing.findings import alt_text
from scrutiny.writing.series import alongside, charted, runs

TREND = (15.5 * CM, 6.6 * CM)
NO_BREAK = "\N{NO-BREAK SPACE}"

SOFT, GRID, AXIS = "#535C6C", "#E1E5EA", "#8B97A6"
BLUE, TARGET, TARGET_INK, TARGET_FILL = "#12436D", "#28A197", "#1B6F68", "#E9F4F2"
"""Blue and teal of the Analysis Function's palette; words in a darker teal, to be read on white."""
BENCHMARKS = (
    ("#801650", "#801650", (4.5, 2.5)),
    ("#F46A25", "#A8400B", (1.3, 1.8)),
    ("#535C6C", "#535C6C", (7.0, 2.0, 1.3, 2.0)),
)
"""Line, text and dashes of each comparator: the dashes tell them apart without colour."""


@dataclass(frozen=True)
class Picture:
    """A picture to show: where it is, what it says in words, and the stem of its files."""

    src: str
    alt: str
    stem: str


def trend_chart(
    r: Reported,
    view: RatedView,
    *,
    benchmark_series: Mapping[str, Sequence[Observation]],
    out: Path | None,
    stem: str,
    accent: str,
    signals: bool = False,
) -> Picture | None:
    """Draw the chart of an exception, 15.5 cm wide: outturns, target and benchmarks.

    Five years at most, to scale in time; each line is named at its end with its last figure as
    published, an illustrative target with †. The title is not part of the picture.

    Parameters
    ----------
    r, view
        The indicator, and the view that it belongs to.
    benchmark_series
        Figures of comparators, oldest first, by the comparator's id, area code or name; three at
        most are drawn. A figure of a longer period than the council's is drawn as long as that.
    out, stem
        As for `sparkline`.
    accent
        Colour of the council's own line.
    signals
        Whether the limits of the usual range are drawn, and the figures that are singled out marked.

    Returns
    -------
    Picture or None
        None with fewer than three figures.

    Raises
    ------
    ProblemError
        With exit code 13, if the files cannot be written.
    """
    shown = charted(r)
    if len(shown) < 3:
        return None
    with own_settings():
        page = blank_page(*TREND)
        others = alongside(benchmark_series, shown, view.council)
        stretches = charted_stretches(r, shown) if signals else ()
        _Trend(page, r, view, shown, others, accent, stretches).draw()
        alt = f"{alt_text(r, view, benchmark_series)}{spoken(r, stretches)}"
        return Picture(hand_over(page, out, stem), alt, stem)


def value_of(o: Observation) -> float:
    """A figure as a chart places it."""
    assert o.value is not None
    return float(o.value)


def edges_of(target: Target) -> list[Decimal]:
    """The figures of a target that a line or band stands at, lower first."""
    figures = (target.at_least, target.close_to, target.forecast, target.at_most)
    return [figure for figure in figures if figure is not None]


def between(low: float, high: float, foot: float, top: float, value: float) -> float:
    """Where a value stands from foot to top; half way where there is no distance to share out."""
    return (foot + top) / 2 if low == high else foot + (value - low) / (high - low) * (top - foot)


# The chart --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Label:
    """What stands at the right end of a line, and where the line ends."""

    words: str
    end: Point
    colour: str
    line: str
    bold: bool = False


class _Trend:
    """The chart of one indicator, laid out on a page."""

    FOOT, TOP = 26.0, 8.0
    AXIS_GAP, LABEL_GAP, INSET = 6.0, 11.0, 5.0
    MANY = 24  # figures; beyond that only the last and the lonely ones have a dot

    def __init__(
        self,
        page: Page,
        r: Reported,
        view: RatedView,
        shown: Sequence[Observation],
        others: Mapping[str, Sequence[Observation]],
        accent: str,
        stretches: Sequence[Stretch] = (),
    ) -> None:
        self.page, self.r, self.shown, self.others, self.accent = page, r, shown, others, accent
        self.stretches = stretches
        self.indicator: Indicator = r.indicator
        self.target: Target = r.row.target
        self.who = view.council.short_name
        values = self._values()
        self.ticks = value_ticks(values, r.indicator)
        self.low, self.high = float(self.ticks[0]), float(max(*values, self.ticks[-1]))
        words = [tick_words(tick, r.indicator) for tick in self.ticks]
        self.left = max(page.size(text)[0] for text in words) + self.AXIS_GAP + 1
        named = [self._own_words(), self._target_words(), range_label(r, stretches)]
        named += map(self._other_words, others)
        widest = max(page.size(text, bold=i == 0)[0] for i, text in enumerate(named) if text)
        self.right = page.width - widest - self.LABEL_GAP - 3
        heading = r.indicator.unit.heading if self._heading_needed() else ""
        self.unit, self.top = heading, page.height - self.TOP - (13 if heading else 0)

    def draw(self) -> None:
        """Draw everything from the back to the front."""
        self._grid()
        self._periods()
        labels = [self._target(), *self._benchmarks(), self._limits(), self._outturns()]
        self._labels([label for label in labels if label])
        mark_signals(self.page, self.stretches, self.r, self._at)

    def _heading_needed(self) -> bool:
        says_it = (Unit.PERCENT, Unit.POUNDS, Unit.RANK, Unit.COUNT)
        return self.indicator.unit not in says_it

    def _values(self) -> list[Decimal]:
        """Every figure that the chart holds, with some room on the better side of the target."""
        rows = [o for series in (self.shown, *self.others.values()) for o in series]
        edges = edges_of(self.target)
        values = [*(o.value for o in rows if o.value is not None), *edges]
        values += [edge for stretch in self.stretches for edge in edges_of_range(stretch, self.r)]
        room = (max(values) - min(values)) / 12
        if self.target.at_least is not None and not self.target.is_range:
            values.append(self.target.at_least + room)
        if self.target.at_most is not None and not self.target.is_range:
            values.append(max(self.target.at_most - room, min(Decimal(0), *values)))
        return values

    # Where a day and a figure stand

    def x(self, day: int) -> float:
        first, last = (self.shown[i].period.end.toordinal() for i in (0, -1))
        inside = min(max(day, first), last)
        return between(first, last, self.left + self.INSET, self.right - self.INSET, inside)

    def y(self, value: float) -> float:
        low, high = self.low, self.high
        if self.indicator.unit is Unit.RANK:
            low, high = high, low
        return between(low, high, self.FOOT, self.top, value)

    def place(self, o: Observation) -> Point:
        return self.x(o.period.end.toordinal()), self.y(value_of(o))

    # What the labels say

    def _figure(self, o: Observation) -> str:
        assert o.value is not None
        i = self.indicator
        return published(o.value, i.unit, i.decimals, trailing_zeros=i.trailing_zeros)

    def _own_words(self) -> str:
        last = self.shown[-1]
        mark = " (p)" if last.status == "provisional" else ""
        when = "" if last.period == self.r.period else f"({last.period.label})"
        return _wrapped(*self.who.split(), f"{self._figure(last)}{mark}", when)

    def _target_words(self) -> str:
        if not edges_of(self.target):
            return ""
        mark = DAGGER if self.target.illustrative else ""
        if self.target.forecast is not None:
            forecast = published(self.target.forecast, self.indicator.unit)
            return _wrapped("Forecast", f"{forecast}{mark}")
        return _wrapped("Target", f"{target_words(self.target, self.indicator)}{mark}")

    def _other_words(self, name: str) -> str:
        last = self.others[name][-1]
        when = "" if last.period == self.shown[-1].period else f"({last.period.label})"
        return _wrapped(*name.split(), self._figure(last), when)

    # What is drawn

    def _grid(self) -> None:
        for tick in self.ticks:
            y = self.y(float(tick))
            self._across(y, GRID, 0.8)
            words = tick_words(tick, self.indicator)
            self.page.text(words, self.left - self.AXIS_GAP, y, SOFT, ha="right")
        self._across(self.FOOT, AXIS, 0.8)
        if self.unit:
            self.page.text(self.unit, 1, self.page.height - 8, SOFT, ha="left")

    def _across(self, y: float, colour: str, width: float, **more: Any) -> None:
        ends = [(self.left, y), (self.right, y)]
        self.page.line(ends, colour, width, **({"zorder": 1, "solid_capstyle": "butt"} | more))

    def _periods(self) -> None:
        def middle(period: Period, width: float) -> float:
            x = self.x(period.end.toordinal())
            return min(max(x, width / 2 + 1), self.page.width - width / 2 - 1)

        def room(periods: Sequence[Period]) -> bool:
            widths = [self.page.size(p.short_span)[0] for p in periods]
            places = [(middle(p, w), w) for p, w in sorted(zip(periods, widths, strict=True))]
            return all(b - a >= (wide + broad) / 2 + 10 for (a, wide), (b, broad) in pairwise(places))

        for period in period_ticks([o.period for o in self.shown], room):
            x = self.x(period.end.toordinal())
            self.page.line([(x, self.FOOT), (x, self.FOOT - 4)], AXIS, 0.8, zorder=1)
            width = self.page.size(period.short_span)[0]
            where = (middle(period, width), self.FOOT - 16)
            self.page.text(period.short_span, *where, SOFT, ha="center", va="baseline")

    def _target(self) -> _Label | None:
        """The target as a line, its better side shaded; a range as a band."""
        edges = [self.y(float(edge)) for edge in edges_of(self.target)]
        if not edges:
            return None
        first, last = edges[0], edges[-1]
        if self.target.at_least is not None and not self.target.is_range:
            last = self.y(self.high)
        elif self.target.at_most is not None and not self.target.is_range:
            last = self.y(self.low)
        foot, top = sorted((first, last))
        self.page.box(self.left, foot, self.right - self.left, top - foot, TARGET_FILL)
        dashes = (3, 2) if self.target.forecast is not None else None
        for y in edges:
            self._across(y, TARGET, 1.2, zorder=2, dashes=dashes)
        end = (self.right, sum(edges) / len(edges))
        return _Label(self._target_words(), end, TARGET_INK, TARGET)

    def _benchmarks(self) -> Iterator[_Label]:
        for (name, rows), (line, ink, dashes) in zip(self.others.items(), BENCHMARKS, strict=False):
            for run in runs(rows, self.indicator):
                points = [point for o in run for point in self._stretch(o)]
                if len(points) > 1:
                    self.page.line(points, line, 1.6, dashes=dashes, zorder=3)
                else:
                    self.page.dots(points, line, 5, marker="D", zorder=3)
            end = self._stretch(rows[-1])[-1]
            yield _Label(self._other_words(name), end, ink, line)

    def _at(self, period: Period, value: Decimal) -> Point:
        return self.x(period.end.toordinal()), self.y(float(value))

    def _limits(self) -> _Label | None:
        """The usual range of each stretch; named where the latest one ends."""
        ends = draw_limits(self.page, self.stretches, self.r, self._at, self.right)
        return _Label(range_label(self.r, self.stretches), ends, SOFT, SOFT) if ends else None

    def _stretch(self, o: Observation) -> list[Point]:
        """Where a benchmark stands: as long as its period where that is another kind of period."""
        x, y = self.place(o)
        alike = o.period.kind in (self.shown[-1].period.kind, Kind.SNAPSHOT)
        if alike or o.basis is Basis.SNAPSHOT:
            return [(x, y)]
        return [(self.x(o.period.start.toordinal()), y), (x, y)]

    def _outturns(self) -> _Label:
        last = self.shown[-1]
        for run in runs(self.shown, self.indicator):
            points = [self.place(o) for o in run]
            if len(points) > 1:
                self.page.line(points, self.accent, 2.2, zorder=4)
            if len(points) == 1 or len(self.shown) <= self.MANY:
                self.page.dots(points, self.accent, 4.8, zorder=5)
        hollow = {
            "markerfacecolor": "white",
            "markeredgecolor": self.accent,
            "markeredgewidth": 1.8,
        }
        provisional = hollow if last.status == "provisional" else {}
        self.page.dots([self.place(last)], self.accent, 8, zorder=6, **provisional)
        return _Label(self._own_words(), self.place(last), self.accent, self.accent, bold=True)

    def _labels(self, labels: Sequence[_Label]) -> None:
        """Name each line at its end; where a name had to move, a thin line leads to it."""
        heights = [self.page.size(label.words, label.bold)[1] for label in labels]
        wanted = [label.end[1] for label in labels]
        places = spread(wanted, heights, self.FOOT - 6, self.page.height - 2, gap=2.5)
        x = self.right + self.LABEL_GAP
        for label, y in zip(labels, places, strict=True):
            self.page.text(label.words, x, y, label.colour, ha="left", bold=label.bold)
            edge = (max(label.end[0], self.right) + 1, label.end[1])
            if ended_before := label.end[0] < self.right - self.INSET - 1:
                self.page.line([label.end, edge], label.line, 0.7, dashes=(0.7, 2.2), zorder=2)
            if ended_before or abs(y - label.end[1]) > 2.5:
                self.page.line([edge, (x - 2, y)], label.line, 0.7, zorder=2)


def _wrapped(*parts: str) -> str:
    """Parts of a label as lines of about 22 letters; no part is torn."""
    words = " ".join(part.replace(" ", NO_BREAK) for part in parts if part)
    lines = wrap(words, 22, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace(NO_BREAK, " ")
