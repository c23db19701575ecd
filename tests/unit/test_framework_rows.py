"""Rows of a framework: profiles by quarter and month, versions, the year's end, pairs; and colours that can be read."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from scrutiny.data.colours import check_colours, contrast
from scrutiny.data.definitions import Council
from scrutiny.data.frameworks import Framework, Row, Target
from scrutiny.data.yamlfile import Document
from scrutiny.periods import Period

QUARTERS = {"Q1": "25", "Q2": "50", "Q3": "75", "Q4": "100"}
MONTHS = ("April", "May", "June", "July", "August", "September")
MONTHS += ("October", "November", "December", "January", "February", "March")
YEAR = {month: str(10 * i) for i, month in enumerate(MONTHS, start=1)}


def target(**keys: Any) -> Target:
    return Target.model_validate(keys)


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("FY2026-27-Q1", "25"),
        ("FY2026-27-Q2", "50"),
        ("FY2026-27-Q3", "75"),
        ("FY2026-27-Q4", "100"),
        ("2027-03", "100"),
        ("FY2026-27", "100"),
    ],
)
def test_a_profile_by_quarter_says_what_is_due_by_the_end_of_a_period(period: str, due: str) -> None:
    assert target(at_least="100", profile=QUARTERS).at(Period.parse(period)) == target(at_least=due)
    assert target(at_most="100", profile=QUARTERS).at(Period.parse(period)) == target(at_most=due)


@pytest.mark.parametrize(("period", "due"), [("2026-04", "10"), ("2026-12", "90"), ("FY2026-27-Q4", "120")])
def test_a_profile_by_month_begins_with_april(period: str, due: str) -> None:
    assert target(at_least="120", profile=YEAR).at(Period.parse(period)) == target(at_least=due)


def test_the_years_target_stands_at_the_years_end_unless_another_does() -> None:
    row = Row(indicator="a", number="1", target=target(at_least="100", profile=QUARTERS))
    at = row.at(Period.parse("FY2026-27-Q2"))
    assert (at.target, at.year_end) == (target(at_least="50"), target(at_least="100"))
    own = row.model_copy(update={"year_end": target(at_least="110")})
    assert own.at(Period.parse("FY2026-27-Q2")).year_end == target(at_least="110")
    without = Row(indicator="a", number="1", target=target(at_least="100"))
    assert without.at(Period.parse("FY2026-27-Q2")) is without


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"at_least": "100", "profile": {"Q1": "25"}}, "not every part of the year"),
        ({"at_least": "100", "profile": {**QUARTERS, "May": "3"}}, "not every part of the year"),
        ({"at_least": "101", "profile": QUARTERS}, "the profile ends at 100; the year's target, 101"),
        ({"at_least": "90", "at_most": "100", "profile": QUARTERS}, "goes with one of at_least and at_most"),
        ({"close_to": "100", "profile": QUARTERS}, "goes with one of at_least and at_most"),
        ({"forecast_range": ["13", "11"]}, "from the lower to the higher"),
        ({"forecast": "12", "at_least": "10"}, "give one of"),
    ],
)
def test_a_target_that_cannot_be_so_is_refused(keys: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        target(**keys)


def test_a_version_may_change_the_forecast_alone() -> None:
    versions = [
        {"known_on": "2026-10-01", "reason": "half year", "forecast": "forecast to be missed"},
        {"known_on": "2026-12-01", "reason": "revised", "target": {"at_least": "80"}},
    ]
    row = Row.model_validate(
        {
            "indicator": "a",
            "number": "1",
            "target": {"at_least": "90"},
            "tolerance": "5",
            "versions": versions,
        }
    )
    before, between, after = (row.as_at(dt.date(2026, month, 2)) for month in (9, 10, 12))
    assert [r.forecast for r in (before, between, after)] == ["", *["forecast to be missed"] * 2]
    assert [r.target for r in (between, after)] == [target(at_least="90"), target(at_least="80")]
    assert str(after.tolerance) == "5 points"
    with pytest.raises(ValidationError, match="changes nothing"):
        Row.model_validate(
            {
                "indicator": "a",
                "number": "1",
                "target": {"none": "not_set"},
                "versions": [versions[0] | {"forecast": ""}],
            }
        )


def framework(**partners: str) -> Framework:
    rows = [
        {"indicator": name, "number": str(i), "target": {"none": "not_set"}, "with": partners.get(name)}
        for i, name in enumerate("abcd", start=1)
    ]
    keys = {
        "id": "f",
        "committee": "c",
        "title": "F",
        "period": "FY2026-27",
        "scheme": "s",
        "known_on": "2026-04-01",
    }
    return Framework.model_validate({**keys, "rows": rows})


def test_either_of_a_pair_finds_the_other() -> None:
    for made in (framework(b="a"), framework(b="a", a="b")):
        assert [made.partner(name) for name in "abc"] == ["b", "a", None]


@pytest.mark.parametrize(
    ("partners", "said"),
    [
        ({"a": "a"}, "another indicator"),
        ({"a": "e"}, "another indicator"),
        ({"b": "a", "c": "a"}, "pairs, of two"),
        ({"b": "a", "a": "c"}, "one pair for each"),
    ],
)
def test_what_is_no_pair_is_refused(partners: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        framework(**partners)


# Colours


@pytest.mark.parametrize(
    ("one", "other", "found"), [("#000000", "#FFFFFF", "21.00"), ("#777777", "#FFFFFF", "4.48")]
)
def test_contrast_is_that_of_the_standard(one: str, other: str, found: str) -> None:
    """Source: the worked values that WCAG tools agree on; grey #777777 is the one that just fails."""
    assert round(contrast(one, other), 2) == Decimal(found) == round(contrast(other, one), 2)


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        ({"accent": "#767676"}, []),
        ({"accent": "#777777"}, ["council.yml, accent"]),
        ({"colours": {"red": {"text": "#767676", "fill": "#FFFFFF"}}}, []),
        ({"colours": {"red": {"text": "#767676", "fill": "#FDFDFD"}}}, ["council.yml, colours.red"]),
    ],
)
def test_a_colour_in_which_words_cannot_be_read_is_a_problem(keys: dict[str, Any], where: list[str]) -> None:
    council = Council.model_validate({"id": "a", "name": "A", "short_name": "A", "area": "X1", **keys})
    found = list(check_colours(council, Document("council.yml", {})))
    assert [p.where for p in found] == where
    assert all(p.check == "contrast" and "4.5 to 1" in p.expected for p in found)
