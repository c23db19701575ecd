from decimal import Decimal
from typing import Any

import pytest

from scrutiny.data.frameworks import Row, Target
from scrutiny.rating.explain import cases_words, comparison_words, target_words
from scrutiny.rating.rate import rate
from tests.spec.tables import indicator, read_scheme


@pytest.mark.parametrize(
    ("target", "unit", "words"),
    [
        ({"at_least": "90"}, "percent", "90%"),
        ({"at_least": "92.10"}, "percent", "92.1%"),
        ({"at_least": "95", "at_most": "100"}, "percent", "95% to 100%"),
        ({"at_most": "10"}, "percent", "at most 10%"),
        ({"close_to": "50"}, "percent", "close to 50%"),
        ({"at_least": "1204"}, "count", "1,204"),
        ({"at_most": "45"}, "days", "at most 45 days"),
        ({"at_most": "50"}, "rank", "50th or better"),
        ({"none": "removed"}, "percent", "no target (removed)"),
        ({"none": "not_set"}, "percent", "no target (not set)"),
        ({"none": "not_published"}, "percent", "target not published"),
        ({"forecast": "85"}, "percent", "no target (forecast 85%)"),
    ],
)
def test_a_target_in_words(target: dict[str, str], unit: str, words: str) -> None:
    of = indicator(unit=unit, polarity="high_is_good", frequency="quarter")
    assert target_words(Target.model_validate(target), of) == words


@pytest.mark.parametrize(
    ("frequency", "previous", "last_year"),
    [
        ("month", "the previous month", "the same month last year"),
        ("quarter", "the previous quarter", "the same quarter last year"),
        ("year", "the previous year", "the previous year"),
        ("academic_year", "the previous academic year", "the previous academic year"),
    ],
)
def test_a_comparison_names_its_period(frequency: str, previous: str, last_year: str) -> None:
    of = indicator(unit="percent", polarity="high_is_good", frequency=frequency)
    assert comparison_words("previous_period", of) == previous
    assert comparison_words("same_period_last_year", of) == last_year


def cases(numerator: int, denominator: int, value: str, *, target: Any = None, **fields: Any) -> str:
    of = indicator(
        **{
            "unit": "percent",
            "polarity": "high_is_good",
            "frequency": "quarter",
            "cases": "children",
            "of_people": True,
            **fields,
        }
    )
    return cases_words(
        Decimal(numerator),
        Decimal(denominator),
        value=Decimal(value),
        target=Target.model_validate(target or {"at_least": "90"}),
        indicator=of,
        decimals=of.decimals,
    )


def test_the_distance_in_cases_is_said_in_the_indicator_s_own_words() -> None:
    assert cases(392, 459, "85") == "19 more of 459 children would have met it."
    assert cases(392, 459, "85.4", decimals=1) == "21 more of 459 children would have met it."
    assert cases(1000, 2459, "41") == "1,201 more of 2,459 children would have met it."


def test_no_small_number_of_people_is_disclosed() -> None:
    low = {"polarity": "low_is_good", "target": {"at_most": "5"}}
    assert cases(6, 40, "15", **low) == ""  # 4 fewer
    assert cases(6, 40, "15", **low, of_people=False) == "4 fewer of 40 children would have met it."
    assert cases(30, 34, "88", **low) == ""  # 4 that did not
    assert cases(7, 12, "58", target={"at_least": "100"}) == ""  # 5 that did not, and 5 more
    assert cases(6, 12, "50", target={"at_least": "100"}) == "6 more of 12 children would have met it."
    assert cases(5, 20, "25") == ""  # 5 that did
    assert cases(6, 20, "30") == "12 more of 20 children would have met it."


def test_the_distance_in_cases_is_left_out_where_it_cannot_be_said() -> None:
    assert cases(392, 459, "80") == ""  # counts of something else
    assert cases(10, 0, "80") == ""
    assert cases(413, 459, "90") == ""  # met
    assert cases(50, 100, "50", target={"at_least": "101"}) == ""
    assert cases(50, 100, "50", target={"close_to": "70"}, polarity="close_to_target") == ""
    assert cases(50, 100, "50", unit="count") == ""
    assert cases(50, 100, "50", target={"none": "removed"}) == ""


def reason(
    value: str, scheme: str, *, last_year: Any = None, polarity: str = "high_is_good", **row: Any
) -> str:
    return rate(
        Decimal(value),
        indicator=indicator(unit="percent", polarity=polarity, frequency="month"),
        row=Row.model_validate({"indicator": "example", "number": "1", **row}),
        scheme=read_scheme(scheme),
        travel={"same_period_last_year": last_year},
    ).reason


def test_a_month_is_compared_with_the_same_month_in_words() -> None:
    said = reason(
        "89",
        "no-worse-than-last-year",
        last_year="worsening",
        target={"at_least": "90"},
        tolerance="5 points",
    )
    assert said.endswith("but worse than the same month last year, so Red.")


def test_one_point_is_a_point_and_a_tolerance_of_one_is_a_1_point_tolerance() -> None:
    said = reason("89", "rbwm-2018-19", target={"at_least": "90"}, tolerance="1 point")
    assert said == (
        "89% is 1 percentage point short of the target of 90% and exactly on the edge of the "
        "1-point tolerance, so Amber."
    )


def test_a_tolerance_in_percent_also_says_its_size() -> None:
    said = reason("12", "rbwm-2018-19", polarity="low_is_good", target={"at_most": "10"}, tolerance="25%")
    assert said == (
        "12% is 2 percentage points over the target of at most 10% and inside the tolerance of 25% "
        "of the target (2.5 percentage points), so Amber."
    )
