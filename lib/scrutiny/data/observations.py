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
JUDGEMENT_COLUMNS = (
    *("indicator", "area", "period", "aspect", "judgement", "words"),
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
ASPECTS = {
    "target": ("above", "below", "at", "short_of", "within", "significantly_above", "significantly_below"),
    "direction": (
        *("improving", "worsening", "steady", "increasing", "decreasing", "dipped", "recovered", "reverted"),
        *("steadily_rising", "monthly_increase"),
    ),
    "level": ("strong", "good", "well", "challenge"),
    "reliability": ("unreliable",),
    "data": ("supplied",),
    "forecast": ("will_be_met",),
}
"""What a published judgement may be about, and the words it is recorded in. Any other aspect is a comparator."""
COMPARED = ("above", "below", "in_line", "significantly_above", "significantly_below")
"""The words in which a judgement about a comparator, such as ``england``, is recorded."""
STATUS = ("final", "provisional", "revised")


def row_name(where: str, *key: object) -> str:
    """The name of a row, which stays as it is when other rows come or move: its file and its key.

    Parameters
    ----------
    where
        File and line, as messages name it; only the file is kept.
    key
        What no other row of the file shares, in the order of its columns, the day on which it became known last.
    """
    *what, known_on = key
    return f"{where.rpartition(', line ')[0]}: {', '.join(str(part) for part in what)}, known {known_on}"


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
        File and line, for messages and for whoever looks the row up today. A line moves when rows come: what is
        kept names the `row`.
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

    @property
    def row(self) -> str:
        """The stable name of its row: file and key."""
        key = (self.indicator, self.area, self.period, self.basis.value, self.known_on)
        return row_name(self.where, *key)


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

    @property
    def row(self) -> str:
        """The stable name of its row: file and key."""
        return row_name(self.where, self.indicator, self.period, self.known_on)


@dataclass(frozen=True)
class Judgement:
    """What a council said of an indicator where it published no figure; never turned into a figure or a rating.

    Parameters
    ----------
    aspect
        What it is about: a key of `ASPECTS`, or the id of a comparator.
    judgement
        In the project's words: one of those that `ASPECTS` or `COMPARED` allow.
    words
        In the paper's own words.
    """

    indicator: str
    area: str
    period: Period
    aspect: str
    judgement: str
    words: str
    known_on: dt.date
    assumed: bool = False
    provenance: str = ""
    source: str = ""
    note: str = ""
    where: str = ""

    @property
    def row(self) -> str:
        """The stable name of its row: file and key."""
        return row_name(self.where, self.indicator, self.area, self.period, self.aspect, self.known_on)
