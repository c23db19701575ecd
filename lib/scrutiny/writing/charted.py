"""What of a signal a chart shows, and what is said of it: below the caption, and for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scrutiny.data.observations import Observation
from scrutiny.rating.signals import Point, Stretch
from scrutiny.rating.table import Reported
from scrutiny.rating.xmr import Kind, judged
from scrutiny.writing.series import charted
from scrutiny.writing.signalled import range_words, signal_words, trial_words
from scrutiny.writing.words import in_words, listed

MARKS: dict[Kind, tuple[str, str]] = {
    "improving": ("✚", "better than usual"),
    "concerning": ("✖", "worse than usual"),
    "high": ("◆", "higher than usual"),
    "low": ("◆", "lower than usual"),
}
"""The mark of a figure that is singled out, and its words."""


def charted_stretches(r: Reported, shown: Sequence[Observation]) -> tuple[Stretch, ...]:
    """The stretches with limits that a chart of some figures shows, each with those of its points."""
    if r.signal.not_given is not None or not shown:
        return ()
    periods = {o.period for o in shown}
    cut = (
        replace(stretch, points=tuple(point for point in stretch.points if point.period in periods))
        for stretch in r.signal.stretches
        if stretch.limits is not None
    )
    return tuple(stretch for stretch in cut if stretch.points)


def singled(r: Reported, stretches: Sequence[Stretch]) -> list[tuple[Point, Kind]]:
    """Every point of some stretches that is singled out, and what it means."""
    points = [point for stretch in stretches for point in stretch.points]
    return [(point, judged(point.cause, r.indicator.polarity)) for point in points if point.cause]


def charted_key(r: Reported) -> str:
    """What the lines and marks of a chart mean: ``Dotted: usual range 81.7% to 89%; ✖ worse than usual``.

    Empty where no signal is given.
    """
    stretches = charted_stretches(r, charted(r))
    if not stretches:
        return ""
    limits = stretches[-1].limits
    assert limits is not None
    said = [f"Dotted lines: usual range {range_words(limits, r.indicator)}", "thin line: its mean"]
    said += [trial_words(limits)] if limits.trial else []
    said += [f"new baseline: {s.rebase.reason}" for s in stretches if s.rebase]
    kinds = {kind for _, kind in singled(r, stretches)}
    return "; ".join([*said, *(" ".join(mark) for kind, mark in MARKS.items() if kind in kinds)])


def spoken(r: Reported, stretches: Sequence[Stretch]) -> str:
    """What limits and marks show, for those who cannot see them, as a further sentence."""
    if not stretches:
        return ""
    limits = stretches[-1].limits
    assert limits is not None
    found = [kind for _, kind in singled(r, stretches)]
    counts = [f"{in_words(found.count(kind))} {words}" for kind, (_, words) in MARKS.items() if kind in found]
    marked = f", {listed(counts)}" if counts else ", none singled out"
    trial = f" ({trial_words(limits)})" if limits.trial else ""
    return f" Usual range {range_words(limits, r.indicator)}{trial}{marked}; last: {signal_words(r)}."
