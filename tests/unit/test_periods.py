import datetime as dt

import pytest

from scrutiny.periods import Kind, Period, day_of_month, long_date


def period(text: str) -> Period:
    return Period.parse(text)


def test_a_bare_2011_12_is_december_2011() -> None:
    assert period("2011-12") == Period(Kind.MONTH, 2011 * 12 + 11)


def test_blanks_around_a_period_do_not_matter() -> None:
    assert period(" FY2018-19-Q1 ") == period("FY2018-19-Q1")


def test_periods_are_ordered_by_when_they_end() -> None:
    written = ["2018-03-31", "2018-04", "FY2018-19-Q1", "2018-06", "AY2017-18", "CY2018", "FY2018-19"]
    assert [str(one) for one in sorted(map(period, reversed(written)))] == written
    assert period("2018-04") < period("2018-05") <= period("2018-05") < period("2019-01")


def test_periods_of_two_kinds_are_never_equal() -> None:
    assert period("FY2018-19") != period("AY2018-19")
    assert len({period("FY2018-19"), period("FY2018-19"), period("CY2018")}) == 2


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2018-03", "FY2017-18"),
        ("2018-04", "FY2018-19"),
        ("FY2018-19-Q4", "FY2018-19"),
        ("2018-03-31", "FY2017-18"),
        ("2018-04-01", "FY2018-19"),
        ("AY2017-18", "FY2018-19"),
        ("FY2018-19", "FY2018-19"),
    ],
)
def test_the_financial_year_is_the_one_in_which_a_period_ends(written: str, year: str) -> None:
    assert str(period(written).financial_year) == year


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        ("2018-04", "FY2018-19-Q1", True),
        ("2018-06", "FY2018-19-Q1", True),
        ("2018-03", "FY2018-19-Q1", False),
        ("2018-07", "FY2018-19-Q1", False),
        ("FY2018-19-Q4", "FY2018-19", True),
        ("FY2018-19", "FY2018-19-Q4", False),
        ("AY2018-19", "FY2018-19", False),
    ],
)
def test_whether_one_period_lies_within_another(inner: str, outer: str, inside: bool) -> None:
    assert period(inner).within(period(outer)) is inside


def test_a_year_of_months_and_quarters_runs_over_the_new_year() -> None:
    assert [str(period("2018-11").step(n)) for n in range(4)] == ["2018-11", "2018-12", "2019-01", "2019-02"]
    assert str(period("FY2018-19-Q4").step()) == "FY2019-20-Q1"
    assert str(period("FY1999-00").step()) == "FY2000-01"


def test_a_snapshot_steps_by_years() -> None:
    assert str(period("2018-03-31").step(2)) == "2020-03-31"
    assert str(period("2016-02-29").step()) == "2017-02-28"


@pytest.mark.parametrize(
    ("written", "span", "short"),
    [
        ("FY2018-19-Q1", "April to June 2018", "Apr–Jun 2018"),
        ("FY2018-19-Q4", "January to March 2019", "Jan–Mar 2019"),
        ("2018-05", "May 2018", "May 2018"),
        ("FY2018-19", "2018/19", "2018/19"),
    ],
)
def test_the_months_of_a_period_in_words(written: str, span: str, short: str) -> None:
    assert (period(written).span, period(written).short_span) == (span, short)


def test_a_date_is_written_as_papers_write_it() -> None:
    assert long_date(dt.date(2018, 9, 6)) == "6 September 2018"


@pytest.mark.parametrize("year", ["1900", "2199"])
def test_the_first_and_last_year_that_a_council_can_mean(year: str) -> None:
    assert str(period(f"CY{year}")) == f"CY{year}"


@pytest.mark.parametrize("written", ["CY1899", "CY2200", "1899-12", "2200-01-01"])
def test_a_year_that_is_a_slip_of_the_pen_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="names a year outside 1900 to 2199"):
        period(written)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (30, "30th"),
    ],
)
def test_a_day_is_written_as_an_ordinal_where_a_committee_writes_it_so(day: int, written: str) -> None:
    assert day_of_month(dt.date(2018, 11, day)) == f"{written} November 2018"
