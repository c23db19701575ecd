"""Where a contextual figure lies against what was forecast: arithmetic in words, and never a rating."""

from __future__ import annotations

from decimal import Decimal

from scrutiny.data.definitions import Indicator
from scrutiny.data.frameworks import Target
from scrutiny.figures import gap_in_words, published, round_half_away


def forecast_words(value: Decimal, target: Target, indicator: Indicator) -> str:
    """Say where a figure lies against a forecast: ``within the forecast range of 110 to 130``.

    Nothing is judged: a contextual figure outside its forecast is neither good nor bad.

    Parameters
    ----------
    value
        The outturn, in the indicator's unit; looked at as published.
    target
        A target that is a forecast, or a range of it.

    Returns
    -------
    str
        Empty where the target is no forecast.

    Examples
    --------
    >>> requests = Indicator(
    ...     id="r", title="Requests", unit="count", polarity="no_judgement", frequency="quarter"
    ... )
    >>> forecast_words(Decimal(134), Target(forecast_range=(Decimal(110), Decimal(130))), requests)
    'outside the forecast range of 110 to 130, 4 above it'
    """
    shown = round_half_away(value, indicator.decimals)
    if target.forecast_range is not None:
        lowest, highest = target.forecast_range
        the_range = f"the forecast range of {range_words(target, indicator)}"
        if lowest <= shown <= highest:
            return f"within {the_range}"
        away = shown - highest if shown > highest else shown - lowest
        return f"outside {the_range}, {_away(away, indicator)} it"
    if target.forecast is None:
        return ""
    forecast = published(target.forecast, indicator.unit)
    away = shown - target.forecast
    return f"{_away(away, indicator) if away else 'exactly on'} the forecast of {forecast}"


def range_words(target: Target, indicator: Indicator) -> str:
    """The forecast range as it is written: ``110 to 130``, ``8% to 10%``."""
    assert target.forecast_range is not None
    low, high = (published(edge, indicator.unit) for edge in target.forecast_range)
    per = indicator.unit.gap_words[1]
    return f"{low.removesuffix(per).rstrip()} to {high}"


def _away(away: Decimal, indicator: Indicator) -> str:
    return f"{gap_in_words(away, indicator.unit)} {'above' if away > 0 else 'below'}"
