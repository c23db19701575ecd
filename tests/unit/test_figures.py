from decimal import Decimal

import pytest

from scrutiny.figures import (
    Unit,
    gap_in_words,
    ordinal,
    parse_figure,
    percentage,
    plain,
    published,
    round_half_away,
)


@pytest.mark.parametrize("text", ["85.4", " 85.4 ", "+85.4", "-3", "0", "0.05", ".5"])
def test_a_plain_number_is_read_exactly(text: str) -> None:
    assert parse_figure(text) == Decimal(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1,204",
        "85%",
        "£5",
        "c",
        "NULL",
        "-",
        ".",
        "1e5",
        "1-2",
        "1.2.3",
        "NaN",
        "Infinity",
        "٣",
        "1" * 21,
    ],
)
def test_what_is_not_a_plain_number_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a plain number|has more than 20 digits"):
        parse_figure(text)


def test_a_missing_figure_is_never_zero() -> None:
    assert parse_figure("0") == 0
    with pytest.raises(ValueError, match="''"):
        parse_figure("")


def test_a_rounded_nothing_has_no_sign() -> None:
    assert str(round_half_away(Decimal("-0.04"), 1)) == "0.0"


def test_rounding_goes_once_and_never_in_two_steps() -> None:
    assert round_half_away(Decimal("2.449"), 0) == 2
    assert percentage(Decimal(1), Decimal(3), 1) == Decimal("33.3")


def test_a_share_of_nothing_is_not_a_figure() -> None:
    with pytest.raises(ZeroDivisionError, match="a percentage of 0 cases is not a figure"):
        percentage(Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        ("85.40", Unit.PERCENT, 1, "85.4%"),
        ("85.0", Unit.PERCENT, 1, "85%"),
        ("92.10", Unit.PERCENT, None, "92.1%"),
        ("1204", Unit.COUNT, 0, "1,204"),
        ("43.14", Unit.RATE_PER_10000, 1, "43.1 per 10,000"),
        ("4.25", Unit.RATE_PER_1000, 1, "4.3 per 1,000"),
        ("223.4", Unit.RATE_PER_100000, 0, "223 per 100,000"),
        ("12", Unit.DAYS, 0, "12 days"),
        ("1", Unit.DAYS, 0, "1 day"),
        ("1.5", Unit.WEEKS, 1, "1.5 weeks"),
        ("114", Unit.RANK, 0, "114th"),
        ("1234.5", Unit.POUNDS, 0, "£1,235"),
        ("-50", Unit.POUNDS, 0, "−£50"),
        ("-2.5", Unit.PERCENT, 1, "−2.5%"),
        ("6", Unit.AVERAGE, 1, "6"),
        ("3.0", Unit.SCORE, 1, "3"),
    ],
)
def test_a_figure_is_written_as_the_committee_sees_it(
    value: str, unit: Unit, decimals: int | None, words: str
) -> None:
    assert published(Decimal(value), unit, decimals) == words


def test_zeros_behind_the_point_are_kept_where_an_indicator_asks_for_them() -> None:
    assert published(Decimal(56), Unit.PERCENT, 1, trailing_zeros=True) == "56.0%"


@pytest.mark.parametrize(
    ("gap", "unit", "words"),
    [
        ("-4.6", Unit.PERCENT, "4.6 percentage points"),
        ("1", Unit.PERCENT, "1 percentage point"),
        ("-1.0", Unit.PERCENT, "1 percentage point"),
        ("3", Unit.COUNT, "3"),
        ("1", Unit.RANK, "1 place"),
        ("14", Unit.RANK, "14 places"),
        ("2.2", Unit.RATE_PER_10000, "2.2 per 10,000"),
        ("-1200", Unit.POUNDS, "£1,200"),
        ("1", Unit.SCORE, "1 point"),
    ],
)
def test_a_gap_is_written_without_its_sign(gap: str, unit: Unit, words: str) -> None:
    assert gap_in_words(Decimal(gap), unit) == words


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_has_its_words(unit: Unit) -> None:
    assert unit.heading
    assert len(unit.gap_words) == 2


def test_a_number_is_written_without_an_exponent() -> None:
    assert plain(Decimal("1E+3")) == "1,000"
    assert plain(Decimal("-0.50")) == "−0.50"
    assert plain(Decimal("-0.50"), trailing_zeros=False) == "−0.5"
    assert plain(Decimal("100"), trailing_zeros=False) == "100"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (101, "101st"), (111, "111th"), (114, "114th")],
)  # fmt: skip
def test_a_rank_is_an_ordinal(number: int, words: str) -> None:
    assert ordinal(number) == words
