"""Direction of travel, benchmark position and rating movement, as tables."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from scrutiny.data.frameworks import Target
from scrutiny.data.schemes import Scheme
from scrutiny.periods import Period
from scrutiny.rating.benchmarks import position
from scrutiny.rating.direction import Revised, direction, rating_movement
from scrutiny.rating.rate import NotRated, Rating, not_rated, published_rating
from tests.spec import tables


def travels() -> Iterator[Any]:
    for group in tables.simple("directions")["rows"]:
        for line in group["cases"]:
            yield pytest.param(group, line, id=f"{group['says']}: {line['words']}")


@pytest.mark.parametrize(("group", "line"), list(travels()))
def test_the_direction_of_travel(group: dict[str, Any], line: dict[str, Any]) -> None:
    found = direction(
        Decimal(line["now"]),
        Decimal(line["earlier"]) if "earlier" in line else None,
        indicator=tables.indicator(**group["indicator"]),
        against=line["against"],
        period=Period.parse(group["period"]),
        against_period=Period.parse(line["in"]),
        target=Target.model_validate(group["target"]) if "target" in group else None,
        **({line["because"]: True} if "because" in line else {}),
    )
    assert found.words == line["words"]
    assert found.comparable == (not line["words"].startswith("not comparable"))
    assert bool(found.symbol) == found.comparable


@pytest.mark.parametrize(
    "row",
    tables.simple("benchmarks")["rows"],
    ids=lambda row: f"{row['value']} beside {row['benchmark']}, {row['polarity']}",
)
def test_the_position_beside_a_benchmark(row: dict[str, str]) -> None:
    compared = position(
        Decimal(row["value"]),
        Decimal(row["benchmark"]),
        indicator=tables.indicator(
            unit=row.get("unit", "percent"),
            decimals=int(row["decimals"]),
            polarity=row["polarity"],
            frequency="year",
        ),
    )
    assert compared.words == row["words"]


MOVEMENTS = tables.simple("movements")
REVISED: dict[str, Revised] = {"no": False, "yes": True, "perhaps": "perhaps"}


def rated(word: str, scheme: Scheme) -> Rating | None:
    if word == "none":
        return None
    if word == scheme.not_rated.word:
        return not_rated(NotRated.NO_OUTTURN, scheme=scheme)
    return published_rating(word, scheme=scheme)


@pytest.mark.parametrize(
    "row",
    MOVEMENTS["rows"],
    ids=lambda row: f"{row['before']} to {row['now']}, revised: {row.get('revised', 'no')}",
)
def test_the_movement_of_a_rating(row: dict[str, str]) -> None:
    now = tables.read_scheme(MOVEMENTS["scheme"])
    before = tables.read_scheme(row.get("scheme_before", MOVEMENTS["scheme"]))
    rating = rated(row["now"], now)
    assert rating is not None
    revised = REVISED[row.get("revised", "no")]
    moved = rating_movement(rated(row["before"], before), rating, before, now, revised)
    assert moved.words == row["words"]
    assert moved.claimed == row["words"].startswith(("up ", "down "))
