"""The year beside the period: a second basis, and the year-end target with its forecast, in words."""

from __future__ import annotations

from scrutiny.figures import published
from scrutiny.rating import forecast
from scrutiny.rating.explain import target_words
from scrutiny.rating.table import Reported


def beside_words(r: Reported) -> str:
    """The figure of the row's second basis: ``412 year to date``; empty where there is none."""
    o, indicator = r.beside, r.indicator
    if o is None or o.value is None:
        return ""
    text = published(o.value, indicator.unit, indicator.decimals, trailing_zeros=indicator.trailing_zeros)
    mark = " (p)" if o.status == "provisional" else ""
    return f"{text}{mark} {o.basis.words}"


def year_end_words(r: Reported) -> str:
    """The target for the end of the year, without its forecast: ``85%``; empty where there is none."""
    target = r.row.year_end
    if target is None:
        return ""
    return target_words(target, r.indicator) + ("†" if target.illustrative else "")


def forecast_words(r: Reported) -> str:
    """Where the year is forecast to end, in the council's words; empty where it says nothing.

    What the council published for the period stands before what the framework's row says.
    """
    judged = r.judgements.get("forecast")
    return judged.words if judged is not None and judged.words else r.row.forecast


def year_line(r: Reported) -> str:
    """Year-end target and forecast in one line: ``year-end target 85%, forecast to be met``."""
    target = year_end_words(r)
    said = f"year-end target {target}" if target else ""
    return ", ".join(filter(None, [said, forecast_words(r)]))


def against_forecast(r: Reported) -> str:
    """Where a contextual figure lies against its forecast; empty without one, or without a figure."""
    if r.outturn is None or r.outturn.value is None:
        return ""
    return forecast.forecast_words(r.outturn.value, r.row.target, r.indicator)
