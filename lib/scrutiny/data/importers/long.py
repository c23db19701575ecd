"""Any other table: one row for each area and period, whose columns the mapping names or their usual names give away."""

from __future__ import annotations

from scrutiny.data.importers.reading import Received
from scrutiny.data.importers.shape import AreaColumns, FileKind, Shape

_CODES = ("area_code", "area code", "areacode", "gss_code", "gss code", "ons_code", "la_code", "code")
_NUMBERS = ("la_number", "la number", "old_la_code", "dfe_code")
_NAMES = ("area_name", "area name", "areaname", "la_name", "local_authority", "local authority", "area")
_PERIODS = ("period", "time_period", "time period", "year", "date")
_MEASURES = ("indicator", "measure", "indicator_name", "indicator name")
_VALUES = ("value", "values", "figure", "outturn")


def _shape(received: Received) -> Shape | None:
    areas = AreaColumns(_first(received, _CODES), _first(received, _NUMBERS), _first(received, _NAMES))
    period = _first(received, _PERIODS)
    if not any(areas) or not period:
        return None
    measure, value = _first(received, _MEASURES), _first(received, _VALUES)
    if not (measure and value):
        measure = value = ""
    return Shape("long", area=areas, period=(period,), measure=measure, value=value)


def _first(received: Received, names: tuple[str, ...]) -> str:
    """The first of some names that the file has, as the file writes it."""
    places = (received.column(name) for name in names)
    return next((received.header[place] for place in places if place is not None), "")


LONG = FileKind("long", "table of areas and periods", _shape)
