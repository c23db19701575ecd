"""The pictures of a paper: drawn into a folder, or to stand inline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrutiny.paper.model import Picture
from scrutiny.rating.table import RatedView, Reported


class Drawer:
    """Draws the pictures of a paper.

    Parameters
    ----------
    out
        Folder in which they are written, or None for pictures inline.
    signals
        Whether charts show the limits of the usual range.
    """

    def __init__(self, out: Path | None, *, signals: bool = False) -> None:
        self.out, self.signals = out, signals

    def sparkline(self, view: RatedView, r: Reported) -> Picture | None:
        """The trend of an indicator for a table row; None where it has too few figures."""
        from scrutiny.paper.sparkline import sparkline

        return _picture(sparkline(r, out=self.out, stem=f"spark-{view.name}-{r.indicator.id}"))

    def trend(self, view: RatedView, r: Reported) -> Picture | None:
        """The chart of an exception; None where it has too few figures."""
        from scrutiny.paper import charts

        series = {c.name: r.comparisons.get(c.id, ()) for c in view.council.comparators}
        stem = f"chart-{view.name}-{r.indicator.id}"
        return _picture(
            charts.trend_chart(
                r,
                view,
                benchmark_series=series,
                out=self.out,
                stem=stem,
                accent=view.council.accent,
                signals=self.signals,
            )
        )


def _picture(drawn: Any) -> Picture | None:
    return Picture(src=drawn.src, alt=drawn.alt) if drawn else None
