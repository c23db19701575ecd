"""What is refused, with the sound neighbour of each fault: as a table."""

import datetime as dt
from typing import Any

import pytest

from scrutiny.data.frameworks import Row
from scrutiny.data.soundness import check_row
from tests.spec import tables

ROWS = tables.simple("refused")["rows"]


def check(line: dict[str, Any], **changes: Any) -> list[tuple[str, str, str, str, str]]:
    fields = {key: line[key] for key in ("polarity", "decimals", "plausible", "basis") if key in line}
    widths = {key: line[key] for key in ("target", "tolerance", "widths", "year_end") if key in line}
    return check_row(
        tables.indicator(
            unit=line.get("unit", "percent"), frequency=line.get("frequency", "quarter"), **fields
        ),
        Row.model_validate({"indicator": "example", "number": "1", **widths, **changes}),
        tables.read_scheme(line["scheme"]),
    )


@pytest.mark.parametrize("line", ROWS, ids=lambda line: line["says"])
def test_what_could_only_be_accepted_in_silence_is_refused(line: dict[str, Any]) -> None:
    found = check(line)
    if line["check"] == "sound":
        assert found == []
    else:
        assert (line["check"], line["found"]) in {(check, what) for check, _, what, _, _ in found}
        assert all(all(parts) for parts in found)


def test_every_check_stands_in_the_table() -> None:
    checks = {"floor-side", "band-unreachable", "target-and-polarity", "target-without-polarity", "sound"}
    checks |= {
        "profile-basis",
        "missing-width",
        "unused-width",
        "percent-of-zero",
        "width-kind",
        "target-implausible",
    }
    assert {line["check"] for line in ROWS} == checks


def test_a_target_revised_within_the_year_is_checked_too() -> None:
    line = {"polarity": "high_is_good", "target": {"at_least": "90"}, "scheme": "two-states"}
    version = {"known_on": dt.date(2018, 9, 1), "reason": "revised", "target": {"at_most": "90"}}
    found = check(line, versions=[version])
    assert [(name, key) for name, key, *_ in found] == [("target-and-polarity", "versions.2018-09-01.target")]


def test_a_misspelt_width_is_answered_with_the_right_one() -> None:
    found = check(next(line for line in ROWS if "flor" in line.get("widths", {})))
    assert [expected for name, _, _, expected, _ in found if name == "unused-width"] == [
        "did you mean 'floor'?"
    ]


def test_a_direction_does_not_make_the_bands_behind_it_unreachable() -> None:
    line = {"polarity": "high_is_good", "target": {"at_least": "90"}, "tolerance": "5 points"}
    assert check({**line, "scheme": "no-worse-than-last-year"}) == []
