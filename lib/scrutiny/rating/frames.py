"""The tidy frame of a rated view, for analysts and for tests: one row per indicator, checked by a schema."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pandas as pd
import pandera.pandas as pa

from scrutiny.data.definitions import Basis, Polarity
from scrutiny.figures import Unit
from scrutiny.rating.rate import NotRated
from scrutiny.rating.recent_trend import NoTrend, Trend
from scrutiny.rating.signals import NoSignal
from scrutiny.rating.table import RatedView, Reported
from scrutiny.rating.xmr import Assurance, Kind


def _exact(value: object) -> bool:
    """Whether a cell is an exact figure or missing; a float is neither."""
    return value is None or isinstance(value, Decimal)


def _figure() -> pa.Column:
    exact = pa.Check(
        _exact, element_wise=True, error="figures are Decimal or None, never float", ignore_na=False
    )
    return pa.Column(object, exact, nullable=True)


def _one_of(words: list[str], *, nullable: bool = False) -> pa.Column:
    return pa.Column(object, pa.Check.isin(words), nullable=nullable)


_TEXT = pa.Column(object, nullable=True)
_TRAVEL = ["improving", "worsening", "no_change", "not_judged"]

RATED = pa.DataFrameSchema(
    {
        "view": pa.Column(object),
        "indicator": pa.Column(object),
        "number": pa.Column(object),
        "title": pa.Column(object),
        "unit": _one_of([unit.value for unit in Unit]),
        "polarity": _one_of([polarity.value for polarity in Polarity]),
        "period": pa.Column(object),
        "basis": _one_of([basis.value for basis in Basis]),
        "value": _figure(),
        "numerator": _figure(),
        "denominator": _figure(),
        "status": _one_of(["final", "provisional", "revised"], nullable=True),
        "rating": _TEXT,
        "rating_origin": _one_of(["computed", "published"], nullable=True),
        "not_rated": _one_of([reason.value for reason in NotRated], nullable=True),
        "reason": pa.Column(object, pa.Check.str_length(min_value=1)),
        "gap": _figure(),
        "direction_previous": _one_of(_TRAVEL, nullable=True),
        "direction_last_year": _one_of(_TRAVEL, nullable=True),
        "signal": _one_of([*get_args(Kind), "usual"], nullable=True),
        "no_signal": _one_of([reason.value for reason in NoSignal], nullable=True),
        "assurance": _one_of([*get_args(Assurance)], nullable=True),
        "recent_trend": _one_of([*get_args(Trend)], nullable=True),
        "no_recent_trend": _one_of([reason.value for reason in NoTrend], nullable=True),
        "known_on": _TEXT,
        "known_on_assumed": pa.Column(object, nullable=True),
        "provenance": _TEXT,
        "source": _TEXT,
        "row": _TEXT,
    },
    checks=[
        pa.Check(
            lambda frame, one=one, reason=reason: frame[one].isna() == frame[reason].notna(),
            error=f"each row has a {one}, or a reason why not; never both, never neither",
        )
        for one, reason in (
            ("rating", "not_rated"),
            ("signal", "no_signal"),
            ("recent_trend", "no_recent_trend"),
        )
    ],
    unique=["view", "indicator"],
    strict=True,
    ordered=True,
)
"""What a rated frame is: its columns, words, and the rule that nothing is missing without a reason."""


def rated_frame(*views: RatedView) -> pd.DataFrame:
    """The rated views as one tidy frame.

    Returns
    -------
    pandas.DataFrame
        One row per view and indicator, in the framework's order; figures exact as `Decimal`, missing as None.
        The columns are those of `RATED`.

    Raises
    ------
    pandera.errors.SchemaError
        If a row breaks the schema; that would be a fault of this library.
    """
    records = [_record(view, r) for view in views for r in view.rows]
    frame = pd.DataFrame(records, columns=list(RATED.columns), dtype=object)
    return RATED.validate(frame)


def _record(view: RatedView, r: Reported) -> dict[str, object]:
    o, signal, trend = r.outturn, r.signal, r.recent_trend
    return {
        "view": view.name,
        "indicator": r.indicator.id,
        "number": r.row.number,
        "title": r.title,
        "unit": r.indicator.unit.value,
        "polarity": r.indicator.polarity.value,
        "period": str(r.period),
        "basis": r.indicator.basis.value,
        "value": o.value if o else None,
        "numerator": o.numerator if o else None,
        "denominator": o.denominator if o else None,
        "status": o.status if o else None,
        "rating": r.rating.word if r.rating.is_rated else None,
        "rating_origin": r.rating.origin,
        "not_rated": r.rating.not_rated.value if r.rating.not_rated else None,
        "reason": r.rating.reason,
        "gap": r.rating.gap,
        "direction_previous": r.directions["previous_period"].judgement,
        "direction_last_year": r.directions["same_period_last_year"].judgement,
        "signal": signal.kind,
        "no_signal": signal.not_given.value if signal.not_given else None,
        "assurance": signal.assurance,
        "recent_trend": None if isinstance(trend, NoTrend) else trend.trend,
        "no_recent_trend": trend.value if isinstance(trend, NoTrend) else None,
        "known_on": o.known_on.isoformat() if o else None,
        "known_on_assumed": o.assumed if o else None,
        "provenance": o.provenance if o else None,
        "source": o.source if o else None,
        "row": o.row if o else None,
    }
