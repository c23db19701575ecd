"""COVER (UKHSA, before it Public Health England): vaccination coverage by quarter and upper-tier authority.

A figure may be withheld (``*``, ``**``, ``***``, ``[x]``, ``N.A.``, a note, ``-``, or nothing), or given as a range
(``70% to 100%``) where so few children were due that it would name them. ``[z]`` stands where a code or name does not
apply. A column of caveats marks figures of doubtful quality; the mapping names it.
"""

from __future__ import annotations

from scrutiny.data.importers.cells import SYMBOLS
from scrutiny.data.importers.reading import Received
from scrutiny.data.importers.shape import AreaColumns, FileKind, Shape, has

_WITHHELD = ("*", "**", "***", "N.A.", "[x]", "-")
_NOTES = tuple(f"[note {number}]" for number in range(1, 21))
_RANGES = tuple(f"{low}% to {high}%" for low in range(0, 100, 5) for high in range(low + 5, 105, 5))


def _shape(received: Received) -> Shape | None:
    if not has(received, "financial_year", "quarter", "ons_code", "area_name"):
        return None
    areas = AreaColumns("ons_code", "", "area_name")
    return Shape("cover", area=areas, period=("financial_year", "quarter"))


COVER = FileKind(
    "cover",
    "COVER, quarterly vaccination coverage",
    _shape,
    symbols={
        **SYMBOLS,
        **{sign: "x" for sign in (*_WITHHELD, *_NOTES)},
        **{sign: "c" for sign in ("[c]", *_RANGES)},
        "[z]": "z",
    },
    publisher="UK Health Security Agency",
)
