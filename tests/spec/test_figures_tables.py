"""Rounding, percentages and the distance in cases, as tables."""

from decimal import Decimal
from typing import Any

import pytest

from scrutiny.data.definitions import Polarity
from scrutiny.figures import percentage, round_half_away
from scrutiny.rating.explain import cases_short
from tests.spec import tables


@pytest.mark.parametrize("row", tables.simple("rounding")["rows"], ids=lambda row: row["figure"])
def test_a_figure_is_rounded_half_away_from_zero(row: dict[str, str]) -> None:
    rounded = round_half_away(Decimal(row["figure"]), int(row["decimals"]))
    assert f"{rounded:f}" == row["published"]


@pytest.mark.parametrize("row", tables.simple("percentages")["rows"], ids=lambda row: f"of {row['of']}")
def test_counts_become_percentages(row: dict[str, Any]) -> None:
    shares = [percentage(Decimal(count), Decimal(row["of"]), int(row["decimals"])) for count in row["counts"]]
    assert [f"{share:f}" for share in shares] == row["published"]


@pytest.mark.parametrize(
    "row",
    tables.simple("cases")["rows"],
    ids=lambda row: f"{row['numerator']} of {row['denominator']} at {row['decimals']}, {row['polarity']}",
)
def test_the_distance_in_cases(row: dict[str, str]) -> None:
    cases = cases_short(
        Decimal(row["numerator"]),
        Decimal(row["denominator"]),
        Decimal(row["target"]),
        None if row["decimals"] == "exact" else int(row["decimals"]),
        Polarity(row["polarity"]),
    )
    assert ("none" if cases is None else str(cases)) == row["cases"]
