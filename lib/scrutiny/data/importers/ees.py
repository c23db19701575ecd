"""Explore Education Statistics (DfE): one column for each indicator, filters in columns of their own.

The order of the columns differs by file. ``time_period`` is a year (``2018``) or two (``201718``);
``time_identifier`` says which kind. A cell of geography may be empty, in quotation marks, or a single space. A row
about a school, district or constituency is left out.
"""

from __future__ import annotations

from scrutiny.data.importers.reading import Received
from scrutiny.data.importers.shape import AreaColumns, FileKind, Shape, has

LEVELS = {
    "National": AreaColumns("country_code", "", "country_name"),
    "Regional": AreaColumns("region_code", "", "region_name"),
    "Local authority": AreaColumns("new_la_code", "old_la_code", "la_name"),
}


def _shape(received: Received) -> Shape | None:
    if not has(received, "time_period", "time_identifier", "geographic_level"):
        return None
    levels = {level: columns for level, columns in LEVELS.items() if has(received, *filter(None, columns))}
    return Shape(
        "ees",
        level="geographic_level",
        by_level=levels,
        period=("time_period",),
        identifier="time_identifier",
    )


EES = FileKind("ees", "Explore Education Statistics", _shape, publisher="Department for Education")

META = ("col_name", "col_type", "label", "indicator_unit")
"""Columns of the file of names that comes with some: ``….meta.csv``."""
