from decimal import Decimal
from typing import Any

import pytest

from scrutiny.data.frameworks import Target
from scrutiny.periods import Period
from scrutiny.rating.direction import Direction, direction
from tests.spec.tables import indicator


def compare(now: str | None, earlier: str | None, period: str, then: str, **fields: Any) -> Direction:
    of = {"unit": "percent", "polarity": "high_is_good", "frequency": "quarter"}
    more = {key: fields.pop(key) for key in list(fields) if key in ("polarity", "decimals", "basis", "unit")}
    return direction(
        None if now is None else Decimal(now),
        None if earlier is None else Decimal(earlier),
        indicator=indicator(**{**of, **more}),
        period=Period.parse(period),
        against_period=Period.parse(then),
        **{"against": "previous_period", "target": None, **fields},
    )


def test_arithmetic_and_judgement_are_kept_apart() -> None:
    found = compare("80", "90", "FY2018-19-Q2", "FY2018-19-Q1", polarity="low_is_good")
    assert (found.arithmetic, found.judgement, found.symbol) == ("down", "improving", "▼")
    assert (found.earlier, found.change, found.travel) == (90, -10, "improving")


@pytest.mark.parametrize(("now", "arrow"), [("91", "▲"), ("90", "▬"), ("89", "▼")])
def test_the_arrow_is_arithmetic_whatever_the_polarity(now: str, arrow: str) -> None:
    for polarity in ("high_is_good", "low_is_good", "no_judgement"):
        assert compare(now, "90", "FY2018-19-Q2", "FY2018-19-Q1", polarity=polarity).symbol == arrow


def test_without_a_polarity_nothing_is_better_or_worse() -> None:
    for now in ("80", "90", "100"):
        found = compare(now, "90", "FY2018-19-Q2", "FY2018-19-Q1", polarity="no_judgement")
        assert found.judgement == "not_judged" and found.travel is None
        assert not {"improving", "worsening", "better", "worse"} & set(found.words.split())


def test_figures_are_compared_as_published() -> None:
    found = compare("90.04", "89.96", "FY2018-19-Q2", "FY2018-19-Q1", decimals=1)
    assert (found.arithmetic, found.change) == ("level", 0)
    assert compare("90.04", "89.94", "FY2018-19-Q2", "FY2018-19-Q1", decimals=1).change == Decimal("0.1")


def test_a_comparison_that_cannot_be_made_has_its_reason_and_nothing_else() -> None:
    found = compare(
        "90", None, "FY2018-19-Q2", "FY2018-19-Q1", reason_missing="the system was being replaced"
    )
    assert (found.arithmetic, found.judgement, found.change, found.travel) == (None, None, None, None)
    assert found.symbol == "" and not found.comparable
    assert found.words == "not comparable with Q1 2018/19: the system was being replaced"


def test_a_missing_present_figure_is_not_comparable_either() -> None:
    found = compare(None, "90", "FY2018-19-Q2", "FY2018-19-Q1")
    assert found.not_comparable == "there is no figure for Q2 2018/19"
    assert found.earlier == 90


def test_a_changed_definition_is_said_even_where_the_figure_is_missing_too() -> None:
    found = compare("90", None, "FY2018-19-Q2", "FY2018-19-Q1", definition_changed=True)
    assert found.not_comparable == "the definition changed in between"


@pytest.mark.parametrize(
    ("then", "against", "comparable"),
    [
        ("2017-12-31", "previous_period", True),
        ("2018-06-30", "previous_period", False),
        ("2017-03-31", "same_period_last_year", True),
        ("2017-12-31", "same_period_last_year", False),
        ("2016-03-31", "same_period_last_year", False),
    ],
)
def test_a_snapshot_is_compared_with_an_earlier_day(then: str, against: str, comparable: bool) -> None:
    assert compare("90", "80", "2018-03-31", then, against=against).comparable is comparable


def test_closeness_is_judged_against_the_target() -> None:
    target = Target.model_validate({"close_to": "50"})
    given: dict[str, Any] = {"polarity": "close_to_target", "target": target}
    assert compare("52", "47", "FY2018-19-Q2", "FY2018-19-Q1", **given).judgement == "improving"
    assert compare("53", "48", "FY2018-19-Q2", "FY2018-19-Q1", **given).judgement == "worsening"
    assert compare("52", "48", "FY2018-19-Q2", "FY2018-19-Q1", **given).judgement == "no_change"
    removed = Target.model_validate({"none": "removed"})
    without: dict[str, Any] = {"polarity": "close_to_target", "target": removed}
    assert compare("52", "48", "FY2018-19-Q2", "FY2018-19-Q1", **without).judgement == "not_judged"
