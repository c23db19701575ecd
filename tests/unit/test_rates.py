"""Rates of cases per so many people are treated alike: each has its interval, and its words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scrutiny.figures import RATES, Unit, published
from scrutiny.rating import intervals

each = pytest.mark.parametrize("unit", sorted(RATES, key=RATES.__getitem__), ids=lambda unit: unit.value)


def test_every_unit_of_a_rate_is_among_the_rates() -> None:
    assert set(RATES) == {unit for unit in Unit if unit.value.startswith("rate_per_")}
    assert all(unit.value == f"rate_per_{many}" for unit, many in RATES.items())


@each
def test_a_rate_has_an_interval_and_says_of_how_many_it_is(unit: Unit) -> None:
    assert intervals.PER[unit] == RATES[unit]
    assert published(Decimal("48.1"), unit, 1) == f"48.1 per {RATES[unit]:,}"
