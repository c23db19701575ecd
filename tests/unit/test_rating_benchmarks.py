from decimal import Decimal

import pytest

from scrutiny.rating.benchmarks import position
from tests.spec.tables import indicator


@pytest.mark.parametrize("polarity", ["high_is_good", "low_is_good", "close_to_target", "no_judgement"])
def test_nothing_is_called_significant(polarity: str) -> None:
    of = indicator(unit="percent", polarity=polarity, frequency="year")
    for benchmark in range(0, 101, 10):
        assert "significant" not in position(Decimal(50), Decimal(benchmark), indicator=of).words


def test_the_gap_is_arithmetic_whatever_the_polarity() -> None:
    low = indicator(unit="percent", polarity="low_is_good", frequency="year")
    found = position(Decimal(13), Decimal(12), indicator=low)
    assert (found.arithmetic, found.judgement, found.gap) == ("above", "worse", 1)


def test_both_figures_are_rounded_before_they_are_compared() -> None:
    of = indicator(unit="percent", polarity="high_is_good", frequency="year")
    assert position(Decimal("93.6"), Decimal("94.4"), indicator=of).arithmetic == "in_line"
    assert position(Decimal("93.6"), Decimal("94.4"), indicator=of, decimals=1).arithmetic == "below"


@pytest.mark.parametrize("polarity", ["close_to_target", "no_judgement"])
def test_without_a_better_side_the_words_are_higher_similar_lower(polarity: str) -> None:
    of = indicator(unit="percent", polarity=polarity, frequency="year")
    said = [position(Decimal(value), Decimal(50), indicator=of).words for value in (49, 50, 51)]
    assert said == ["1 percentage point lower", "similar", "1 percentage point higher"]
