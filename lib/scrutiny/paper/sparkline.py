"""The small trend picture of an indicator, for a cell of a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scrutiny.data.observations import Observation
from scrutiny.figures import Unit
from scrutiny.paper.canvas import CM, Page, Point, blank_page, hand_over, own_settings
from scrutiny.paper.charts import BLUE, TARGET, Picture, between, edges_of, value_of
from scrutiny.rating.table import Reported
from scrutiny.writing.findings import spark_alt
from scrutiny.writing.series import recent, runs

SPARK = (2.5 * CM, 0.65 * CM)


def sparkline(r: Reported, *, out: Path | None, stem: str) -> Picture | None:
    """Draw a small trend picture, 2.5 cm by 0.65 cm, for a cell of a table.

    The last 12 months, 9 quarters or all years, to scale in time; the line breaks at missing
    periods. The target's edge is a thin line, a range a light band; the last figure has a dot.

    Parameters
    ----------
    r
        The indicator.
    out
        Folder of the paper: ``figures/<stem>.svg`` and ``.png`` are written below it. None writes
        nothing and gives the picture itself as a data URI.
    stem
        Name of the files without their ending.

    Returns
    -------
    Picture or None
        None with fewer than two figures: one figure is no trend.

    Raises
    ------
    ProblemError
        With exit code 13, if the files cannot be written.
    """
    shown = recent(r)
    if len(shown) < 2:
        return None
    with own_settings():
        page = blank_page(*SPARK)
        _draw_spark(page, r, shown)
        return Picture(hand_over(page, out, stem), spark_alt(r), stem)


def _draw_spark(page: Page, r: Reported, shown: Sequence[Observation]) -> None:
    edges = [float(edge) for edge in edges_of(r.row.target) if r.row.target.exists]
    values = [*map(value_of, shown), *edges]
    low, high = min(values), max(values)
    if r.indicator.unit is Unit.RANK:
        low, high = high, low
    first, last = (o.period.end.toordinal() for o in (shown[0], shown[-1]))

    def y(value: float) -> float:
        return between(low, high, 3.2, page.height - 3.2, value)

    def place(o: Observation) -> Point:
        x = between(first, last, 2.5, page.width - 3.5, o.period.end.toordinal())
        return x, y(value_of(o))

    if len(edges) == 2:
        page.box(0, y(edges[0]), page.width, y(edges[1]) - y(edges[0]), "#D3E9E6")
    elif edges:
        page.line([(0, y(edges[0])), (page.width, y(edges[0]))], TARGET, 0.7, zorder=1)
    for run in runs(shown, r.indicator):
        if len(run) > 1:
            page.line([place(o) for o in run], BLUE, 1.3)
        else:
            page.dots([place(run[0])], BLUE, 2.2, markeredgewidth=0)
    page.dots([place(shown[-1])], BLUE, 4.6, markeredgewidth=0, zorder=3)
