"""Ofsted's outcomes by authority: schools, school places, and children's services.

Its files have no GSS codes for schools: areas are found by name, and two authorities of one name by the day that the
figure is about. The list of judgements of children's services has codes too, but those of counties that are gone; its
numbers are right. A judgement is of the day on which it was published, since not every inspection is dated; days are
written ``27/10/2023`` in one column and ``27/10/23`` in the next.
"""

from __future__ import annotations

from scrutiny.data.importers.reading import Received
from scrutiny.data.importers.shape import AreaColumns, FileKind, Shape, has


def _shape(received: Received) -> Shape | None:
    if has(received, "as_at_31_august", "geographic_level", "region_name", "la_name"):
        levels = {
            "National": None,
            "Regional": AreaColumns("", "", "region_name"),
            "Local authority": AreaColumns("", "", "la_name"),
        }
        return Shape("ofsted", level="geographic_level", by_level=levels, period=("as_at_31_august",))
    if has(received, "LANumber", "la_name", "Qual_P_1_E"):
        return Shape("ofsted", area=AreaColumns("", "LANumber", "la_name"))
    if has(received, "la_code", "local_authority", "overall_effectiveness_grade"):
        areas = AreaColumns("", "la_code", "local_authority")
        return Shape("ofsted", area=areas, period=("publication_date",))
    return None


OFSTED = FileKind("ofsted", "Ofsted outcomes by authority", _shape, publisher="Ofsted")
