"""Intervals, significance, limits, special causes, assurance and recent trend, as tables."""

from decimal import Decimal
from typing import Any

import pytest

from scrutiny.data.definitions import Polarity
from scrutiny.data.frameworks import Target
from scrutiny.figures import round_half_away
from scrutiny.rating.intervals import Interval, interval, significance
from scrutiny.rating.recent_trend import Counts, RecentTrend, recent_trend
from scrutiny.rating.xmr import Cause, Limits, Rule, assurance, causes, judged, limits
from tests.spec import tables


def described(row: dict[str, Any], *keys: str) -> str:
    return ", ".join(f"{key} {row[key]}" for key in keys if key in row)


def cased(row: dict[str, Any]) -> Any:
    """The indicator of a row: its unit, and whether its counts count cases."""
    told = {key: row[key] for key in ("unit", "polarity", "counts_cases") if key in row}
    return tables.indicator(**{"polarity": "no_judgement", "frequency": "year", **told})


def decimals(text: str) -> int:
    return len(text.partition(".")[2])


def values(text: str) -> list[Decimal | None]:
    return [None if one == "-" else Decimal(one) for one in text.split()]


def rounded(low: Decimal, high: Decimal, like: str) -> str:
    """A range rounded as the table writes it."""
    first, last = like.split(" to ")
    ends = ((low, first), (high, last))
    return " to ".join(str(round_half_away(edge, decimals(text))) for edge, text in ends)


INTERVALS = tables.simple("intervals")["rows"]


@pytest.mark.parametrize(
    "row", INTERVALS, ids=lambda r: described(r, "numerator", "denominator", "unit", "why_not")
)
def test_the_interval_of_a_figure(row: dict[str, str]) -> None:
    counts = (Decimal(row[key]) if key in row else None for key in ("numerator", "denominator"))
    found = interval(*counts, cased(row))
    if "why_not" in row:
        assert not isinstance(found, Interval)
        assert found.words == row["why_not"]
    else:
        assert isinstance(found, Interval)
        assert (rounded(found.lower, found.upper, row["interval"]), found.method) == (
            row["interval"],
            row["by"],
        )


@pytest.mark.parametrize(
    "row",
    tables.simple("significance")["rows"],
    ids=lambda r: described(r, "figure", "benchmark", "polarity"),
)
def test_the_significance_of_a_difference(row: dict[str, str]) -> None:
    numerator, denominator = (Decimal(count) for count in row["figure"].split(" of "))
    found = interval(numerator, denominator, cased({"unit": "percent"}))
    assert isinstance(found, Interval)
    assert rounded(found.lower, found.upper, row["interval"]) == row["interval"]
    assert significance(found, Decimal(row["benchmark"]), Polarity(row["polarity"])) == row["is"]


@pytest.mark.parametrize(
    "row", tables.simple("limits")["rows"], ids=lambda r: described(r, "series", "screened", "baseline")
)
def test_the_limits_of_a_series(row: dict[str, str]) -> None:
    baseline = int(row["baseline"]) if "baseline" in row else None
    found = limits(values(row["series"]), baseline=baseline, screen=row.get("screened") != "no")
    assert found is not None
    assert str(round_half_away(found.mean, 2)) == row["mean"]
    assert rounded(found.lower, found.upper, row["limits"]) == row["limits"]
    assert rounded(found.near_lower, found.near_upper, row["near"]) == row["near"]
    assert found.trial == (row.get("trial") == "yes")


@pytest.mark.parametrize(
    "row", tables.simple("special_causes")["rows"], ids=lambda r: described(r, "baseline", "points", "says")
)
def test_why_the_last_point_is_singled_out(row: dict[str, str]) -> None:
    series = values(f"{row.get('baseline', '4 6')} " * 6 + row["points"])
    found = limits(series, baseline=12)
    assert found is not None
    last = causes(series, found)[-1]
    assert (last.rule.value if last else "none") == row["last"]
    if last:
        assert last.high == (row["side"] == "high")


@pytest.mark.parametrize(
    "row", tables.simple("judged_causes")["rows"], ids=lambda r: described(r, "side", "polarity")
)
def test_what_a_signal_means(row: dict[str, str]) -> None:
    cause = Cause(Rule.OUTSIDE, row["side"] == "high")
    assert judged(cause, Polarity(row["polarity"])) == row["signal"]


@pytest.mark.parametrize(
    "row", tables.simple("assurance")["rows"], ids=lambda r: described(r, "polarity", "target")
)
def test_whether_a_process_will_meet_its_target(row: dict[str, Any]) -> None:
    found = Limits(*map(Decimal, ("85", "80", "90", "82", "88")), points=20)
    said = assurance(found, Target.model_validate(row["target"]), Polarity(row["polarity"]))
    assert (said or "none") == row["assurance"]


def counts(row: dict[str, str]) -> list[Counts | None]:
    pairs = zip(row["numerators"].split(), row["denominators"].split(), strict=True)
    return [None if n == "-" else (Decimal(n), None if d == "?" else Decimal(d)) for n, d in pairs]


@pytest.mark.parametrize(
    "row",
    tables.simple("recent_trend")["rows"],
    ids=lambda r: described(r, "numerators", "denominators", "unit", "counts_cases"),
)
def test_the_recent_trend(row: dict[str, str]) -> None:
    found = recent_trend(counts(row), cased(row))
    if "why_not" in row:
        assert not isinstance(found, RecentTrend)
        assert found.words == row["why_not"]
    else:
        assert isinstance(found, RecentTrend)
        assert found.trend == row["trend"].replace(" ", "_")
        assert str(round_half_away(found.chi_squared, 4)) == row["chi_squared"]


@pytest.mark.parametrize("polarity", ["bigger_is_better", "HIGH_IS_GOOD", ""])
def test_an_unknown_polarity_is_an_error(polarity: Any) -> None:
    found = Limits(*map(Decimal, ("85", "80", "90", "82", "88")), points=20)
    for judge in (
        lambda: judged(Cause(Rule.OUTSIDE, True), polarity),
        lambda: assurance(found, Target(at_least=Decimal(1)), polarity),
        lambda: significance(Interval(Decimal(1), Decimal(2), "wilson"), Decimal(3), polarity),
    ):
        with pytest.raises(ValueError, match="is not a valid Polarity"):
            judge()
