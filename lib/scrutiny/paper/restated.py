"""The table of restated figures: what was published and where, what it is now, why, and what that did to the rating."""

from __future__ import annotations

from scrutiny.data.definitions import Council
from scrutiny.paper.model import Cell, Table
from scrutiny.writing.restated import Restated, RestatedFigures, place
from scrutiny.writing.words import capitalised


def restatements(figures: RestatedFigures, council: Council, block_id: str, caption: str) -> Table | None:
    """One row for each restated figure; None where there is none."""
    if not figures:
        return None
    return Table(
        id=f"t-{block_id}",
        caption=caption,
        columns=[
            capitalised(council.measure[0]),
            *("Period", "As published", "Now", "Reason", "Effect on the rating"),
        ],
        widths=[20, 13, 24, 15, 16, 12],
        rows=[_row(one) for one in figures],
        sources=[row for one in figures for row in one.rows],
    )


def _row(one: Restated) -> list[Cell]:
    known = f"by {one.known_on} (assumed)" if one.assumed else one.known_on
    return [
        Cell(text=f"{one.number} {one.name}".lstrip(), markdown=True),
        Cell(text=str(one.period)),
        Cell(text=one.old, note=capitalised(place(one))),
        Cell(text=one.new, note=known),
        Cell(text=one.reason or "not stated", markdown=True),
        Cell(text=one.effect),
    ]
