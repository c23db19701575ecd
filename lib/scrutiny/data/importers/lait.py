"""Local Authority Interactive Tool (DfE), in its long form: one row for each measure, year and area.

The only mark of a missing figure is ``-``: suppressed, not collected and not applicable look alike. Years are written
``2018``, ``2014/15``, ``2016-17 (OT)``, ``2025 (prov)``. Areas have their three-digit number and a name of the tool's
own, such as ``London (Outer)``. A measure may stand under several topics, so that its rows stand several times.
"""

from __future__ import annotations

from scrutiny.data.importers.cells import SYMBOLS
from scrutiny.data.importers.reading import Received
from scrutiny.data.importers.shape import AreaColumns, FileKind, Shape, has


def _shape(received: Received) -> Shape | None:
    if not has(received, "Short Desc", "Years", "LA Number", "LA and Regions", "Values"):
        return None
    areas = AreaColumns("", "LA Number", "LA and Regions")
    return Shape("lait", area=areas, period=("Years",), measure="Short Desc", value="Values")


LAIT = FileKind(
    "lait",
    "Local Authority Interactive Tool",
    _shape,
    symbols={**SYMBOLS, "-": "x"},
    publisher="Department for Education",
    repeats=True,
)
