"""The usual range in a chart: dotted limits, a thin mean, and a mark for each figure that is singled out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from scrutiny.paper.canvas import Page, Point
from scrutiny.periods import Period
from scrutiny.rating.signals import Stretch
from scrutiny.rating.table import Reported
from scrutiny.rating.xmr import Kind, drawn
from scrutiny.writing.charted import singled
from scrutiny.writing.signalled import range_words

LINE = "#6F777B"
MARKS: dict[Kind, tuple[str, str]] = {
    "improving": ("P", "#00703C"),
    "concerning": ("X", "#B10E1E"),
    "high": ("D", "#4C2C92"),
    "low": ("D", "#4C2C92"),
}
"""Marker and colour of a figure that is singled out: the markers tell them apart without colour."""
MANY = 24

At = Callable[[Period, Decimal], Point]


def edges_of_range(stretch: Stretch, r: Reported) -> tuple[Decimal, Decimal]:
    """The limits of a stretch as they are drawn."""
    assert stretch.limits is not None
    return drawn(stretch.limits, r.indicator.unit)


def draw_limits(page: Page, stretches: Sequence[Stretch], r: Reported, at: At, right: float) -> Point | None:
    """Draw the limits and the mean of each stretch; the last one runs on to the right edge of the chart.

    Returns
    -------
    tuple or None
        Where the upper limit of the last stretch ends; None where there is none.
    """
    end = None
    for stretch, after in pairwise([*stretches, None]):
        assert stretch is not None and stretch.limits is not None
        first, last = stretch.points[0].period, stretch.points[-1].period
        for value, width, dashes in (
            *((edge, 1.1, (1.1, 2.2)) for edge in edges_of_range(stretch, r)),
            (stretch.limits.mean, 0.7, None),
        ):
            (start, y), (stop, _) = at(first, value), at(last, value)
            end = (stop if after else right, y) if dashes else end
            page.line([(start, y), (stop if after else right, y)], LINE, width, dashes=dashes, zorder=2)
    return end


def mark_signals(page: Page, stretches: Sequence[Stretch], r: Reported, at: At) -> None:
    """Mark each figure that is singled out; smaller where there are many figures."""
    size = 8.5 if sum(len(stretch.points) for stretch in stretches) <= MANY else 6
    for point, kind in singled(r, stretches):
        marker, colour = MARKS[kind]
        page.dots([at(point.period, point.value)], colour, size, marker=marker, zorder=7)


def range_label(r: Reported, stretches: Sequence[Stretch]) -> str:
    """What stands at the end of the upper limit; empty without one."""
    if not stretches:
        return ""
    limits = stretches[-1].limits
    assert limits is not None
    return f"{'Trial limits' if limits.trial else 'Usual range'}\n{range_words(limits, r.indicator)}"
