"""Observations: a figure as it became known on a day, and the words and columns of the files that hold them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from scrutiny.data.definitions import Basis
from scrutiny.periods import Period

SYMBOLS = {
    "c": "confidential, suppressed",
    "k": "rounds to zero but is not zero",
    "low": "rounds to zero but is not zero",
    "u": "of low reliability",
    "x": "not available",
    "z": "not applicable",
}
"""Symbols that stand instead of a figure, and their words. Source: DfE, Explore Education Statistics."""

OUTTURN_COLUMNS = (
    *("indicator", "area", "period", "basis", "value", "numerator", "denominator", "status"),
    *("rating_published", "known_on", "provenance", "source", "note"),
)
BENCHMARK_COLUMNS = (
    *("indicator", "area", "area_name", "period", "basis", "value", "numerator", "denominator"),
    *("known_on", "provenance", "source", "note"),
)
UNABLE_COLUMNS = ("indicator", "period", "reason", "expected", "known_on", "source")

PROVENANCE = {
    "published_paper": "the council's published paper",
    "minutes": "the minutes of the meeting",
    "official_statistics": "official statistics",
    "derived": "derived from official statistics",
    "council_record": "the council's own record",
    "invented": "invented, for tests and examples",
}
STATUS = ("final", "provisional", "revised")


@dataclass(frozen=True)
class Observation:
    """One figure as it became known on one day.

    Parameters
    ----------
    value, numerator, denominator
        Exact decimals in the indicator's unit; None where not known.
    symbol
        Why there is no value (a key of `SYMBOLS`), or empty.
    rating_published
        The council's own word, where it published one; may stand without a value.
    known_on, assumed
        When it became known, and whether that date is assumed (written with a ``~`` behind it).
    where
        File and line, for messages and for the trace of a figure.
    """

    indicator: str
    area: str
    period: Period
    basis: Basis
    value: Decimal | None
    known_on: dt.date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    symbol: str = ""
    status: str = "final"
    rating_published: str = ""
    assumed: bool = False
    provenance: str = ""
    source: str = ""
    note: str = ""
    area_name: str = ""
    where: str = ""


@dataclass(frozen=True)
class Unable:
    """An indicator that could not be reported for a period, why, and when it is expected."""

    indicator: str
    period: Period
    reason: str
    expected: str
    known_on: dt.date
    source: str = ""
    where: str = ""
