"""An invented indicator of an invented council, rated by the library itself."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.dated import Dated
from scrutiny.data.definitions import Council, Indicator, People
from scrutiny.data.frameworks import Framework, Target
from scrutiny.data.observations import SYMBOLS, Observation
from scrutiny.data.schemes import Scheme
from scrutiny.data.settings import View
from scrutiny.data.store import Store
from scrutiny.periods import Period
from scrutiny.rating.table import RatedView, Rater, Reported

AREA = "X99000001"
DAY = dt.date(2018, 9, 26)
KINDS = {"Q": "quarter", "CY": "calendar_year", "AY": "academic_year", "FY": "year"}


class Invented(NamedTuple):
    reported: Reported
    view: RatedView
    benchmarks: dict[str, list[Observation]]


def scheme(rate_on: str = "published") -> Scheme:
    return Scheme.model_validate(
        {
            "id": "three",
            "title": "Three states",
            "rate_on": rate_on,
            "bands": [
                {
                    "word": "Green",
                    "symbol": "●",
                    "style": "green",
                    "when": {"shortfall_at_most": "0"},
                },
                {
                    "word": "Amber",
                    "symbol": "◆",
                    "style": "amber",
                    "when": {"shortfall_at_most": "tolerance"},
                },
                {"word": "Red", "symbol": "■", "style": "red", "when": "otherwise"},
            ],
        }
    )


def frequency(period: str) -> str:
    if "-Q" in period:
        return "quarter"
    return KINDS.get(period[:2], "month")


def observed(indicator: Indicator, area: str, period: str, text: str, **more: Any) -> Observation:
    value = Decimal(text) if text and text not in SYMBOLS else None
    symbol = text if text in SYMBOLS else ""
    known = dt.date(2000, 1, 1)
    return Observation(
        indicator.id,
        area,
        Period.parse(period),
        indicator.basis,
        value,
        known,
        symbol=symbol,
        provenance="invented",
        **more,
    )


def invented(
    values: Mapping[str, str],
    target: Mapping[str, Any] | None = None,
    *,
    benchmarks: Mapping[str, Mapping[str, str]] | None = None,
    last: Mapping[str, Any] | None = None,
    reporting: str = "",
    rate_on: str = "published",
    council: str = "Exampleshire",
    tolerance: str = "5 points",
    **indicator: Any,
) -> Invented:
    """Rate invented outturns, given by period as text; the last one is the one reported.

    ``benchmarks`` are given by comparator, and within it by period; ``last`` holds further fields
    of the last outturn, such as its status.
    """
    newest = list(values)[-1]
    given = {
        "id": "a",
        "title": "Reviews on time",
        "unit": "percent",
        "polarity": "high_is_good",
        "frequency": frequency(newest),
    }
    defined = Indicator.model_validate(given | indicator)
    others = benchmarks or {}
    comparators = [
        {"id": name.lower().replace(" ", "-"), "area": f"X{i}", "name": name} for i, name in enumerate(others)
    ]
    described = {"id": "x", "name": council, "short_name": council, "area": AREA}
    own = Council.model_validate(described | {"comparators": comparators, "invented": True})
    framework = Framework.model_validate(
        {
            "id": "f",
            "committee": "c",
            "title": "Framework",
            "period": "FY2018-19",
            "scheme": "three",
            "known_on": DAY,
            "rows": [
                {
                    "indicator": "a",
                    "number": "1",
                    "target": Target.model_validate(target or {"none": "not_set"}),
                    "tolerance": tolerance,
                }
            ],
        }
    )
    store = Store(
        [
            observed(defined, AREA, p, text, **((last or {}) if p == newest else {}))
            for p, text in values.items()
        ],
        [
            observed(defined, f"X{i}", p, text)
            for i, series in enumerate(others.values())
            for p, text in series.items()
        ],
    )
    folder = CouncilFolder(Dated(own), Dated(People()))
    folder.schemes["three"] = Dated(scheme(rate_on))
    folder.frameworks["f"] = Dated(framework)
    known = store.as_at(DAY)
    rater = Rater(Catalogue(Path(), {"a": Dated(defined)}), folder, known)
    view = rater.view("current", View(framework="f", period=Period.parse(reporting or newest)))
    series = {name: known.benchmark_series("a", f"X{i}") for i, name in enumerate(others)}
    return Invented(view.rows[0], view, series)


def months(*values: str, end: str = "2018-05") -> dict[str, str]:
    """Values of months that follow each other, up to the named one; an empty one is missing."""
    last = Period.parse(end)
    named = [str(last.step(i - len(values) + 1)) for i in range(len(values))]
    return {name: value for name, value in zip(named, values, strict=True) if value}
