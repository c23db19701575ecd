"""The grammar of periods, as a table."""

import pytest

from scrutiny.periods import Period
from tests.spec import tables

TABLE = tables.simple("periods")


@pytest.mark.parametrize("row", TABLE["rows"], ids=lambda row: row["written"])
def test_a_period_is_read_as_it_is_written(row: dict[str, str]) -> None:
    period = Period.parse(row["written"])
    found = {
        "written": str(period),
        "kind": period.kind.value,
        "first": period.start.isoformat(),
        "last": period.end.isoformat(),
        "label": period.label,
        "before": str(period.previous),
        "last_year": str(period.same_last_year),
    }
    assert found == row


@pytest.mark.parametrize("row", TABLE["refused"], ids=lambda row: row["written"] or "nothing")
def test_what_is_no_period_is_refused_in_plain_words(row: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"is not a|does not name|names a year") as refused:
        Period.parse(row["written"] or "")
    assert f"'{row['written'] or ''}'" in str(refused.value)
