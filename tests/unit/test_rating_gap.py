from decimal import Decimal

import pytest

from scrutiny.data.definitions import Polarity
from scrutiny.data.frameworks import Target
from scrutiny.data.schemes import Width
from scrutiny.rating.gap import edge, gap_to_target, reach

HIGH, LOW, CLOSE = Polarity.HIGH_IS_GOOD, Polarity.LOW_IS_GOOD, Polarity.CLOSE_TO_TARGET
RANGE = {"at_least": "95", "at_most": "100"}


@pytest.mark.parametrize(
    ("value", "target", "polarity", "gap"),
    [
        ("89", {"at_least": "90"}, HIGH, "-1"),
        ("91", {"at_least": "90"}, HIGH, "1"),
        ("11", {"at_most": "10"}, LOW, "-1"),
        ("9", {"at_most": "10"}, LOW, "1"),
        ("94", RANGE, HIGH, "-1"),
        ("98", RANGE, HIGH, "3"),
        ("101", RANGE, HIGH, "6"),
        ("101", RANGE, LOW, "-1"),
        ("98", RANGE, LOW, "2"),
        ("94", RANGE, LOW, "6"),
        ("94", RANGE, CLOSE, "-1"),
        ("95", RANGE, CLOSE, "0"),
        ("97", RANGE, CLOSE, "2"),
        ("97.5", RANGE, CLOSE, "2.5"),
        ("98", RANGE, CLOSE, "2"),
        ("100", RANGE, CLOSE, "0"),
        ("101", RANGE, CLOSE, "-1"),
        ("50", {"close_to": "50"}, CLOSE, "0"),
        ("47", {"close_to": "50"}, CLOSE, "-3"),
        ("53", {"close_to": "50"}, CLOSE, "-3"),
        ("11", {"at_least": "10", "at_most": "10"}, CLOSE, "-1"),
        ("9", {"at_least": "10", "at_most": "10"}, CLOSE, "-1"),
    ],
)
def test_the_gap_is_positive_where_the_figure_is_better(
    value: str, target: dict[str, str], polarity: Polarity, gap: str
) -> None:
    assert gap_to_target(Decimal(value), Target.model_validate(target), polarity) == Decimal(gap)


@pytest.mark.parametrize("target", [{"none": "removed"}, {"none": "not_set"}, {"forecast": "90"}])
def test_without_a_target_there_is_no_gap(target: dict[str, str]) -> None:
    assert gap_to_target(Decimal(90), Target.model_validate(target), HIGH) is None
    assert edge(Target.model_validate(target), HIGH, Decimal(90)) is None


def test_without_a_polarity_there_is_no_gap() -> None:
    assert gap_to_target(Decimal(90), Target.model_validate(RANGE), Polarity.NO_JUDGEMENT) is None


@pytest.mark.parametrize(
    ("target", "polarity"),
    [
        ({"at_most": "10"}, HIGH),
        ({"at_least": "10"}, LOW),
        ({"at_least": "10"}, CLOSE),
        ({"at_most": "10"}, CLOSE),
    ],
)
def test_a_target_that_does_not_fit_the_polarity_is_an_error(
    target: dict[str, str], polarity: Polarity
) -> None:
    with pytest.raises(ValueError, match=f"the edge that {polarity.value} is measured from"):
        gap_to_target(Decimal(9), Target.model_validate(target), polarity)


@pytest.mark.parametrize(
    ("value", "polarity", "measured_from"),
    [
        ("94", HIGH, 95),
        ("99", HIGH, 95),
        ("94", LOW, 100),
        ("94", CLOSE, 95),
        ("97.5", CLOSE, 95),
        ("98", CLOSE, 100),
    ],
)
def test_the_edge_of_a_range_that_is_measured_from(
    value: str, polarity: Polarity, measured_from: int
) -> None:
    assert edge(Target.model_validate(RANGE), polarity, Decimal(value)) == measured_from


@pytest.mark.parametrize(
    ("width", "measured_from", "polarity", "distance"),
    [
        ("5 points", "90", HIGH, "5"),
        ("10%", "90", HIGH, "9"),
        ("10%", "-90", HIGH, "9"),
        ("10%", "0", HIGH, "0"),
        ("floor 80", "90", HIGH, "10"),
        ("floor 80", "70", LOW, "10"),
        ("floor 91", "90", HIGH, "-1"),
    ],
)
def test_a_width_as_a_distance(width: str, measured_from: str, polarity: Polarity, distance: str) -> None:
    assert reach(Width.parse(width), Decimal(measured_from), polarity) == Decimal(distance)
