"""Faults that other tools had in rating, each with the test that we do not have it.

The first line of each docstring is printed on the methods page.
"""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from scrutiny.data.definitions import Indicator, Polarity
from scrutiny.data.frameworks import Row, Target
from scrutiny.data.soundness import check_row
from scrutiny.figures import percentage
from scrutiny.periods import Period
from scrutiny.rating.benchmarks import position
from scrutiny.rating.direction import Direction, direction
from scrutiny.rating.gap import edge, gap_to_target
from scrutiny.rating.rate import NotRated, Rating, rate
from tests.spec import tables

RBWM = tables.read_scheme("rbwm-2018-19")


def indicator(polarity: str, **fields: Any) -> Indicator:
    return tables.indicator(**{"unit": "percent", "polarity": polarity, "frequency": "year", **fields})


def rated(
    value: str, polarity: str, target: dict[str, str], tolerance: str = "5 points", **fields: Any
) -> Rating:
    row = Row.model_validate(
        {"indicator": "example", "number": "1", "target": target, "tolerance": tolerance}
    )
    return rate(Decimal(value), indicator=indicator(polarity, **fields), row=row, scheme=RBWM)


def compared(
    now: str, earlier: str, polarity: str, period: str = "FY2018-19", then: str = "FY2017-18"
) -> Direction:
    return direction(
        Decimal(now),
        Decimal(earlier),
        indicator=indicator(polarity),
        against="same_period_last_year",
        period=Period.parse(period),
        against_period=Period.parse(then),
        target=None,
    )


def test_polarity_is_heeded_on_every_path() -> None:
    """Polarity was ignored on one path."""
    assert rated("80", "high_is_good", {"at_least": "90"}).word == "Red"
    assert rated("80", "low_is_good", {"at_most": "90"}).word == "Green"
    assert compared("80", "90", "high_is_good").judgement == "worsening"
    assert compared("80", "90", "low_is_good").judgement == "improving"
    assert compared("80", "90", "no_judgement").judgement == "not_judged"
    for polarity, judgement in (
        ("high_is_good", "worse"),
        ("low_is_good", "better"),
        ("no_judgement", "not_judged"),
    ):
        assert position(Decimal(80), Decimal(90), indicator=indicator(polarity)).judgement == judgement


def test_an_unknown_polarity_is_an_error() -> None:
    """An unknown polarity was treated as 'lower is better'."""
    with pytest.raises(ValidationError):
        indicator("smaller_is_better")
    odd = indicator("high_is_good").model_copy(update={"polarity": "smaller_is_better"})
    target = Target(at_most=Decimal(90))
    unknown: Any = "smaller_is_better"
    for ask in (
        lambda: edge(target, unknown, Decimal(80)),
        lambda: gap_to_target(Decimal(80), target, unknown),
        lambda: position(Decimal(80), Decimal(90), indicator=odd),
        lambda: direction(
            Decimal(80),
            Decimal(90),
            indicator=odd,
            against="previous_period",
            period=Period.parse("FY2018-19"),
            against_period=Period.parse("FY2017-18"),
            target=target,
        ),
    ):
        with pytest.raises(ValueError, match="smaller_is_better"):
            ask()


def test_a_target_of_0_is_a_target() -> None:
    """A target of 0 was rated Green for everything."""
    assert rated("0", "low_is_good", {"at_most": "0"}, "1").word == "Green"
    assert rated("1", "low_is_good", {"at_most": "0"}, "1").word == "Amber"
    assert rated("2", "low_is_good", {"at_most": "0"}, "1").word == "Red"


def test_years_that_do_not_follow_each_other_are_not_compared() -> None:
    """Years that do not follow each other were compared as if they did."""
    assert not compared("80", "90", "high_is_good", then="FY2016-17").comparable
    assert compared("80", "90", "high_is_good", then="FY2017-18").comparable


def test_the_comparison_with_the_year_before_heeds_polarity() -> None:
    """The comparison with the previous year ignored polarity."""
    assert compared("80", "90", "low_is_good").words == "down 10 percentage points on 2017/18, improving"
    assert compared("80", "90", "high_is_good").words == "down 10 percentage points on 2017/18, worsening"


def test_a_trend_is_called_what_it_is() -> None:
    """A trend was always labelled 'decreasing'."""
    found = [compared(now, "90", "high_is_good").arithmetic for now in ("89", "90", "91")]
    assert found == ["down", "level", "up"]


def test_64_of_114_is_56_per_cent() -> None:
    """'64 are complete (55%)' of 114; it is 56%."""
    assert percentage(Decimal(64), Decimal(114)) == 56


def test_a_mistyped_target_is_refused() -> None:
    """A mistyped target (73,390 against 420) was accepted in silence."""
    count = indicator("high_is_good", unit="count", plausible=["100", "1000"])
    row = Row.model_validate({"indicator": "example", "number": "1", "target": {"at_least": "73390"}})
    found = check_row(count, row, tables.read_scheme("two-states"))
    assert found[0][0] == "target-implausible"


def test_an_outturn_exactly_on_the_amber_edge_is_amber() -> None:
    """An outturn exactly on the edge was misrated, since 72.4 - 0.6 is more than 71.8 in floating point."""
    assert 72.4 - 0.6 > 71.8
    assert rated("71.8", "high_is_good", {"at_least": "72.4"}, "0.6 points", decimals=1).word == "Amber"


@pytest.mark.parametrize("tenths", range(1, 11))
def test_no_edge_with_one_decimal_is_misrated(tenths: int) -> None:
    """12% of outturns on an edge with one decimal were misrated; here none is."""
    tolerance = Decimal(tenths) / 10
    for target in range(1, 1000, 7):
        edge_of_amber = Decimal(target) / 10 + 10 - tolerance
        found = rated(
            str(edge_of_amber),
            "high_is_good",
            {"at_least": str(Decimal(target) / 10 + 10)},
            str(tolerance),
            decimals=1,
        )
        assert found.word == "Amber"


def test_a_missing_comparison_is_not_red() -> None:
    """A missing comparison turned into Red."""
    row = Row.model_validate(
        {"indicator": "example", "number": "1", "target": {"at_least": "90"}, "tolerance": "5 points"}
    )
    scheme = tables.read_scheme("no-worse-than-last-year")
    found = rate(Decimal(89), indicator=indicator("high_is_good"), row=row, scheme=scheme)
    assert found.not_rated is NotRated.NO_COMPARISON


def test_rating_changes_nothing_that_it_is_given() -> None:
    """An input was changed by the function that read it."""
    row = Row.model_validate(
        {"indicator": "example", "number": "1", "target": {"at_least": "90"}, "tolerance": "5 points"}
    )
    reviews, travel = indicator("high_is_good"), {"previous_period": "improving"}
    before = (row.model_dump(), reviews.model_dump(), RBWM.model_dump(), dict(travel))
    rate(Decimal(89), indicator=reviews, row=row, scheme=RBWM, travel=travel)  # type: ignore[arg-type]
    assert before == (row.model_dump(), reviews.model_dump(), RBWM.model_dump(), travel)
    assert Polarity(reviews.polarity) is Polarity.HIGH_IS_GOOD
