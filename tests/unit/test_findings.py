"""Findings in words: every pattern as a row of a table, with its variants by polarity."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from scrutiny.writing.findings import alt_text, headline, spark_alt, subtitle
from scrutiny.writing.series import MOST_BENCHMARKS, alongside, charted, runs, trend_ends
from tests.unit.invented import Invented, invented, months

HIGH: dict[str, Any] = {"polarity": "high_is_good"}
LOW: dict[str, Any] = {"polarity": "low_is_good"}
CLOSE: dict[str, Any] = {"polarity": "close_to_target"}
NEITHER: dict[str, Any] = {"polarity": "no_judgement"}
RANK: dict[str, Any] = {"unit": "rank", "polarity": "low_is_good"}
AT_LEAST_90, AT_MOST_10 = {"at_least": "90"}, {"at_most": "10"}
RANGE_OF = {"at_least": "95", "at_most": "100"}
CLOSE_TO_50 = {"close_to": "50"}


def finding(one: Invented) -> str:
    name, text = headline(one.reported, one.view).split(": ", 1)
    assert name == "Reviews on time"
    return text


def beside(**values: str) -> dict[str, dict[str, str]]:
    """Benchmarks of the reported month, by comparator."""
    return {name.replace("_", " "): {"2018-05": value} for name, value in values.items()}


# Against the target ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "target", "how", "says"),
    [
        ("85.4", AT_LEAST_90, HIGH, "4.6 percentage points short of target"),
        ("89", AT_LEAST_90, HIGH, "1 percentage point short of target"),
        ("89.96", AT_LEAST_90, HIGH, "on target"),
        ("90", AT_LEAST_90, HIGH, "on target"),
        ("90.1", AT_LEAST_90, HIGH, "0.1 percentage points above target"),
        ("13", AT_MOST_10, LOW, "3 percentage points over target"),
        ("10", AT_MOST_10, LOW, "on target"),
        ("9", AT_MOST_10, LOW, "1 percentage point under target"),
        ("12", AT_MOST_10, RANK, "2 places behind target"),
        ("9", AT_MOST_10, RANK, "1 place ahead of target"),
        ("94", RANGE_OF, HIGH, "1 percentage point short of the target range"),
        ("95", RANGE_OF, HIGH, "within the target range"),
        ("100", RANGE_OF, HIGH, "within the target range"),
        ("101", RANGE_OF, HIGH | {"unit": "score"}, "beyond the target range, on the better side"),
        ("101", RANGE_OF, LOW, "1 percentage point over the target range"),
        ("94", RANGE_OF, CLOSE, "1 percentage point below the target range"),
        ("97", RANGE_OF, CLOSE, "within the target range"),
        ("47", CLOSE_TO_50, CLOSE, "3 percentage points below target"),
        ("52", CLOSE_TO_50, CLOSE, "2 percentage points above target"),
        ("50", CLOSE_TO_50, CLOSE, "on target"),
        ("14", AT_MOST_10, LOW | {"unit": "days"}, "4 days over target"),
        (
            "85.4",
            AT_LEAST_90 | {"illustrative": True},
            HIGH,
            "4.6 percentage points short of target†",
        ),
        (
            "94",
            RANGE_OF | {"illustrative": True},
            HIGH,
            "1 percentage point short of the target range†",
        ),
    ],
)
def test_the_place_against_the_target(
    value: str, target: Mapping[str, Any], how: dict[str, Any], says: str
) -> None:
    decimals = 0 if how is RANK else 1
    assert finding(invented(months(value), target, **how, decimals=decimals)) == says


@pytest.mark.parametrize(
    ("values", "target", "how", "says"),
    [
        ("91 80 85 90", AT_LEAST_90, HIGH, "on target, a level last seen in February 2018"),
        (
            "91 80 85 92",
            AT_LEAST_90,
            HIGH,
            "2 percentage points above target, a level last seen in",
        ),
        (
            "80 81 82 90",
            AT_LEAST_90,
            HIGH,
            "on target, a level not seen before in the period shown",
        ),
        ("91 80 90 91", AT_LEAST_90, HIGH, "1 percentage point above target"),
        ("9 12 13 10", AT_MOST_10, LOW, "on target, a level last seen in February 2018"),
        ("50 47 53 50", CLOSE_TO_50, CLOSE, "on target, a level last seen in February 2018"),
        ("91 80 85 89", AT_LEAST_90, HIGH, "1 percentage point short of target"),
        ("80 90", AT_LEAST_90, HIGH, "on target"),
    ],
)
def test_when_the_level_of_the_target_was_last_reached(
    values: str, target: Mapping[str, Any], how: dict[str, Any], says: str
) -> None:
    found = finding(invented(months(*values.split()), target, **how))
    assert found.startswith(says) and (says.endswith(" in") or found == says)


def test_a_year_to_date_figure_is_not_said_to_reach_a_level_again() -> None:
    one = invented(months("9", "12", "3", "10"), {"at_least": "10"}, basis="year_to_date")
    assert finding(one) == "on target"


def test_where_the_rating_rests_on_the_exact_figure_the_title_says_so() -> None:
    exact = {"rate_on": "exact", "tolerance": "5 points"}
    short = invented(months("89.6"), AT_LEAST_90, **exact)
    assert short.reported.rating.word == "Amber"
    assert finding(short) == "on target as published, but not before rounding"
    met = invented(months("89.4"), {"at_least": "89.2"}, **exact)
    assert met.reported.rating.word == "Green"
    assert finding(met) == ("0.2 percentage points short of target as published, but met before rounding")


def test_a_provisional_figure_is_called_so() -> None:
    one = invented(months("89"), AT_LEAST_90, last={"status": "provisional"})
    assert finding(one) == "1 percentage point short of target; provisional"


# Against benchmarks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "how", "others", "says"),
    [
        ("85", HIGH, {"England": "87"}, "5 percentage points short of target and below England"),
        ("85", HIGH, {"England": "83"}, "5 percentage points short of target but above England"),
        (
            "85",
            HIGH,
            {"England": "85"},
            "5 percentage points short of target and in line with England",
        ),
        ("90", HIGH, {"England": "91"}, "on target but below England"),
        ("90", HIGH, {"England": "80"}, "on target and above England"),
        (
            "85",
            HIGH,
            {"England": "87", "South_East": "88"},
            "5 percentage points short of target and below England and the South East",
        ),
        (
            "85",
            HIGH,
            {"England": "83", "London": "88"},
            "5 percentage points short of target; above England but below London",
        ),
        (
            "85",
            HIGH,
            {"England": "83", "London": "85"},
            "5 percentage points short of target; above England and in line with London",
        ),
        ("95", LOW, {"England": "97"}, "5 percentage points over target but below England"),
        ("95", LOW, {"England": "93"}, "5 percentage points over target and above England"),
        ("90", LOW, {"England": "93"}, "on target and below England"),
        ("95", RANK, {"England": "97"}, "5 places behind target but ahead of England"),
        ("95", RANK, {"England": "94"}, "5 places behind target and behind England"),
        (
            "95",
            CLOSE,
            {"England": "94"},
            "5 percentage points above target and higher than England",
        ),
        ("95", CLOSE, {"England": "95"}, "5 percentage points above target and similar to England"),
    ],
)
def test_the_place_beside_benchmarks(
    value: str, how: dict[str, Any], others: dict[str, str], says: str
) -> None:
    target = {"high_is_good": AT_LEAST_90, "low_is_good": {"at_most": "90"}}
    agreed = target.get(how["polarity"], {"close_to": "90"})
    one = invented(months(value), agreed, benchmarks=beside(**others), **how)
    assert finding(one) == says


def test_a_benchmark_of_another_period_names_it() -> None:
    one = invented(months("94"), RANGE_OF, benchmarks={"London": {"FY2016-17": "96"}})
    assert finding(one) == ("1 percentage point short of the target range and below London (2016/17)")


def test_a_level_reached_again_and_a_benchmark_stay_apart() -> None:
    one = invented(months("91", "85", "90"), AT_LEAST_90, benchmarks=beside(England="92"))
    assert finding(one) == "on target, a level last seen in March 2018; below England"


# Without a target, or without a figure --------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "how", "says"),
    [
        ("80 85", HIGH, "85%, up 5 percentage points on April 2018, improving"),
        ("80 85", LOW, "85%, up 5 percentage points on April 2018, worsening"),
        ("85 80", LOW, "80%, down 5 percentage points on April 2018, improving"),
        ("85 85", HIGH, "85%, level with April 2018, no change"),
        ("80 85", NEITHER, "85%, 5 percentage points higher than April 2018"),
        ("85 80", NEITHER, "80%, 5 percentage points lower than April 2018"),
        ("85 85", NEITHER, "85%, similar to April 2018"),
        ("114 100", RANK, "100th, from 114th in April 2018 to 100th, improving"),
        ("85", HIGH, "85% in May 2018"),
    ],
)
def test_without_a_target_the_movement_is_told(values: str, how: dict[str, Any], says: str) -> None:
    assert finding(invented(months(*values.split()), **how)) == says


def test_where_the_period_before_is_missing_last_year_is_told() -> None:
    one = invented({"2017-05": "80", "2018-05": "85"})
    assert finding(one) == "85%, up 5 percentage points on May 2017, improving"


def test_neither_better_nor_worse_is_said_where_nothing_is_judged() -> None:
    one = invented(months("80", "85"), benchmarks=beside(England="70", London="90"), **NEITHER)
    said = finding(one)
    assert said == (
        "85%, 5 percentage points higher than April 2018; higher than England and lower than London"
    )


@pytest.mark.parametrize(
    ("values", "last", "reporting", "says"),
    [
        (
            months("80", ""),
            {},
            "2018-05",
            "no figure has been received",
        ),
        (months("c"), {}, "", "the figure is withheld because it rests on small numbers"),
        (
            {"2018-05": ""},
            {"rating_published": "Amber"},
            "",
            "Amber by Exampleshire’s own rating, figure not published",
        ),
    ],
)
def test_without_a_figure_its_reason_stands_there(
    values: dict[str, str], last: dict[str, str], reporting: str, says: str
) -> None:
    assert finding(invented(values, AT_LEAST_90, last=last, reporting=reporting)) == says


def test_the_title_begins_with_the_short_name() -> None:
    one = invented(months("90"), AT_LEAST_90, short_title="Timely reviews")
    assert headline(one.reported, one.view) == "Timely reviews: on target"


# Subtitle -------------------------------------------------------------------------------------

QUARTERS = {f"FY20{y}-{y + 1}-Q{q}": "80" for y in (13, 14, 15, 16) for q in (1, 2, 3, 4)}
FROM_2014 = {p: v for p, v in QUARTERS.items() if p >= "FY2013-14-Q4"} | {
    f"FY2017-18-Q{q}": "80" for q in (1, 2, 3, 4)
}


@pytest.mark.parametrize(
    ("values", "how", "says"),
    [
        (FROM_2014, {}, "%, by quarter, January to March 2014 to January to March 2018"),
        (
            FROM_2014,
            {"numerator": "children reviewed", "denominator": "children"},
            "Children reviewed, %, by quarter, January to March 2014 to January to March 2018",
        ),
        (months("1", "2"), {"unit": "count"}, "Number, by month, April 2018 to May 2018"),
        (months("1"), {"unit": "days"}, "Days, by month, May 2018"),
        (
            months("1", "2"),
            {"basis": "year_to_date", "unit": "pounds"},
            "£, by month (year to date), April 2018 to May 2018",
        ),
        (
            {"FY2016-17": "1", "FY2017-18": "2"},
            {"unit": "rate_per_10000"},
            "Rate per 10,000, by year, 2016/17 to 2017/18",
        ),
        (
            {"2017-12-31": "1", "2018-03-31": "2"},
            {"basis": "snapshot", "frequency": "quarter"},
            "%, by quarter (on the last day), 31 December 2017 to 31 March 2018",
        ),
    ],
)
def test_the_subtitle_says_what_unit_and_span(values: dict[str, str], how: dict[str, Any], says: str) -> None:
    assert subtitle(invented(values, **how).reported) == says


def test_the_subtitle_says_what_is_in_arrears() -> None:
    one = invented({"FY2017-18-Q4": "80"}, reporting="FY2018-19-Q1", arrears=1)
    assert subtitle(one.reported) == "%, by quarter, January to March 2018; one quarter in arrears"


# Instead of the picture -----------------------------------------------------------------------


def alt(one: Invented) -> str:
    return alt_text(one.reported, one.view, one.benchmarks)


@pytest.mark.parametrize(
    ("values", "target", "how", "says"),
    [
        (
            "80 85",
            AT_LEAST_90,
            HIGH,
            "Reviews on time, Exampleshire: rose from 80% in April 2018 to 85% in May 2018. "
            "The last figure is 5 percentage points short of the target of 90%, rated Amber.",
        ),
        (
            "85 70",
            AT_LEAST_90,
            HIGH,
            "Reviews on time, Exampleshire: fell from 85% in April 2018 to 70% in May 2018. "
            "The last figure is 20 percentage points short of the target of 90%, rated Red.",
        ),
        (
            "9 12 8 9",
            AT_MOST_10 | {"illustrative": True},
            LOW,
            "Reviews on time, Exampleshire: level at 9% in February 2018 and in May 2018, with a "
            "low of 8% in April 2018 and a high of 12% in March 2018. The last figure is 1 "
            "percentage point under the target of 10% (illustrative), rated Green.",
        ),
        (
            "12 9",
            AT_MOST_10,
            RANK,
            "Reviews on time, Exampleshire: moved from 12th in April 2018 to 9th in May 2018. "
            "The last figure is 1 place ahead of the target of 10th or better, rated Green.",
        ),
        (
            "94 97",
            RANGE_OF,
            HIGH,
            "Reviews on time, Exampleshire: rose from 94% in April 2018 to 97% in May 2018. The "
            "last figure is within the target range of 95% to 100%, rated Green.",
        ),
        (
            "47 48",
            CLOSE_TO_50,
            CLOSE,
            "Reviews on time, Exampleshire: rose from 47% in April 2018 to 48% in May 2018. The "
            "last figure is 2 percentage points below the target of 50%, rated Amber.",
        ),
        (
            "47 48",
            CLOSE_TO_50,
            NEITHER,
            "Reviews on time, Exampleshire: rose from 47% in April 2018 to 48% in May 2018. "
            "Not rated: neither higher nor lower is better for this indicator.",
        ),
        (
            "47 48",
            None,
            HIGH,
            "Reviews on time, Exampleshire: rose from 47% in April 2018 to 48% in May 2018. "
            "Not rated: no target has been set.",
        ),
    ],
)
def test_the_words_instead_of_a_chart(
    values: str, target: Mapping[str, Any] | None, how: dict[str, Any], says: str
) -> None:
    assert alt(invented(months(*values.split()), target, **how)) == says


def test_the_words_instead_of_a_chart_name_benchmarks_with_their_period() -> None:
    others = {"England": {"2018-04": "86", "2018-05": "87"}, "London": {"FY2017-18": "88.6"}}
    said = alt(invented(months("70", "80", "85"), AT_LEAST_90, benchmarks=others))
    assert said.endswith("rated Amber; England: 87% in May 2018; London: 89% in 2017/18.")


def test_a_benchmark_before_the_span_is_not_spoken_of() -> None:
    one = invented(months("70", "80", "85"), benchmarks={"England": {"FY2015-16": "87"}})
    assert "England" not in alt(one)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (("80", "", "85"), "no figure for one month."),
        (("80", "", "", "84", "", "85"), "no figure for three months."),
    ],
)
def test_the_words_instead_of_a_chart_count_missing_periods(values: tuple[str, ...], says: str) -> None:
    assert says in alt(invented(months(*values)))


def test_trends_are_told_from_the_published_figures() -> None:
    same = invented(months("85.36", "85.44"), decimals=1).reported
    assert spark_alt(same) == "Level at 85.4% in April 2018 and in May 2018"
    rose = invented(months("85.34", "85.35"), decimals=1).reported
    assert spark_alt(rose) == "Rose from 85.3% in April 2018 to 85.4% in May 2018"


@pytest.mark.parametrize(
    ("values", "how", "says"),
    [
        (
            {"FY2016-17-Q4": "80.5", "FY2017-18-Q4": "85.4"},
            {"decimals": 1},
            "Rose from 80.5% in Q4 2016/17 to 85.4% in Q4 2017/18",
        ),
        (months("85", "80"), HIGH, "Fell from 85% in April 2018 to 80% in May 2018"),
        (months("85", "80"), LOW, "Fell from 85% in April 2018 to 80% in May 2018"),
        (months("30", "20"), RANK, "Moved from 30th in April 2018 to 20th in May 2018"),
        (
            {"2017-03-31": "1", "2018-03-31": "3"},
            {"basis": "snapshot", "unit": "count", "frequency": "year"},
            "Rose from 1 on 31 March 2017 to 3 on 31 March 2018",
        ),
        (months("80"), HIGH, "80% in May 2018"),
        (months("c"), HIGH, "No figure"),
    ],
)
def test_the_words_instead_of_a_small_picture(values: dict[str, str], how: dict[str, Any], says: str) -> None:
    assert spark_alt(invented(values, **how).reported) == says


# What is shown of a series --------------------------------------------------------------------


def test_a_year_to_date_trend_is_told_from_the_same_point_of_the_year() -> None:
    one = invented(months(*[str(i) for i in range(1, 14)]), basis="year_to_date", unit="count")
    first, last = trend_ends(one.reported.series, one.reported.indicator) or (None, None)
    assert first and last and str(first.period) == "2017-05" and str(last.period) == "2018-05"
    assert "rose from 1 in May 2017 to 13 in May 2018" in alt(one)
    early = invented(months("1", "2", "3", end="2018-06"), basis="year_to_date", unit="count")
    assert spark_alt(early.reported) == "3 in June 2018"


def test_quarters_as_days_of_the_year_are_followed_though_they_differ_in_length() -> None:
    days = ("2016-12-31", "2017-03-31", "2017-06-30", "2017-12-31")
    one = invented({d: "1" for d in days}, basis="snapshot", frequency="quarter").reported
    assert [len(run) for run in runs(one.series, one.indicator)] == [3, 1]


def test_a_chart_shows_five_years_at_most() -> None:
    assert len(charted(invented(months(*["1"] * 75)).reported)) == 60
    quarters = {f"FY20{y}-{y + 1}-Q{q}": "1" for y in range(11, 18) for q in (1, 2, 3, 4)}
    assert len(charted(invented(quarters).reported)) == 20


def test_benchmarks_are_known_by_id_area_or_name_and_three_at_most() -> None:
    names = ("England", "London", "South East", "Wales")
    one = invented(months("1", "2"), benchmarks={n: {"2018-05": "3"} for n in names})
    england, london, *others = one.benchmarks.values()
    keys = {"england": england, "X1": london, "South East": others[0], "Wales": others[1]}
    found = alongside(keys, one.reported.series, one.view.council)
    assert list(found) == ["England", "London", "South East"] and len(found) == MOST_BENCHMARKS
    assert found["London"][0].value == Decimal(3)
