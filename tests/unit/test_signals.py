"""Signals, recent trends and significance of a reported indicator: what they rest on, and where papers show them."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scrutiny.paper import record
from scrutiny.paper.build import Paper
from scrutiny.paper.model import Paragraph, Table
from scrutiny.periods import Period
from scrutiny.rating.intervals import Interval, NotTested
from scrutiny.rating.recent_trend import NoTrend, RecentTrend
from scrutiny.rating.signals import NoSignal
from scrutiny.rating.table import Reported
from scrutiny.rating.xmr import Rule
from scrutiny.writing.signalled import (
    interval_words,
    position_words,
    signal_notes,
    signal_words,
    trend_words,
    why_not_tested,
)
from tests.unit.project import Project, fill

DATE, LAST = "2025-10-15", Period.parse("2025-09")
TARGET = {"target": {"at_least": 90}, "tolerance": "5 points"}
STEADY = [str(80 + i % 2) for i in range(14)]


def rows(values: list[str], last: Period = LAST, **more: str) -> Iterator[dict[str, str]]:
    """Rows of periods that follow each other, up to the last; ``-`` is missing."""
    for i, value in enumerate(values):
        period = last.step(i - len(values) + 1)
        if value != "-":
            yield {"indicator": "a", "period": str(period), "value": value, "known_on": "2025-10-10", **more}


def project(root: Path, values: list[str], indicator: dict[str, Any] | None = None, **more: Any) -> Project:
    made = Project(root)
    made.indicator("a", **(indicator or {}))
    made.framework("y", "FY2025-26", [{"indicator": "a", "number": "1", **TARGET, **more.pop("row", {})}])
    made.outturns(rows(values, **more))
    made.committee()
    made.paper(DATE, "y", "2025-09")
    return made


def reported(made: Project) -> Reported:
    return made.open(DATE).views["current"].rows[0]


# What a signal rests on


def test_a_rebase_cuts_the_series_and_says_why(tmp_path: Path) -> None:
    values = [*STEADY, "60", "61", "60", "61", "60", "61", "60"]
    rebase = {"from": "2025-03", "reason": "a new service"}
    signal = reported(project(tmp_path, values, {"rebases": [rebase]})).signal
    assert [len(stretch.points) for stretch in signal.stretches] == [14, 7]
    assert (signal.kind, str(signal.since)) == ("usual", "2025-03")
    assert signal.limits is not None and signal.limits.trial
    assert signal_notes(reported(project(tmp_path / "b", values, {"rebases": [rebase]}))) == [
        "usual range 58% to 63%, all off target",
        "trial limits: only 7 of the 12 figures that they need",
        "new baseline since March 2025: a new service",
    ]


def test_without_the_rebase_the_same_figures_are_singled_out(tmp_path: Path) -> None:
    values = [*STEADY, "60", "61", "60", "61", "60", "61", "60"]
    signal = reported(project(tmp_path, values)).signal
    assert signal.cause is not None
    assert (signal.kind, signal.cause.rule) == ("concerning", Rule.OUTSIDE)


@pytest.mark.parametrize(("known_on", "stretches"), [("2025-10-15", 2), ("2025-10-16", 1)])
def test_a_rebase_counts_from_the_day_on_which_it_became_known(
    tmp_path: Path, known_on: str, stretches: int
) -> None:
    changes = {"rebases": [{"from": "2025-03", "reason": "a new service"}]}
    version = {"known_on": known_on, "reason": "decided", "changes": changes}
    made = project(tmp_path, [*STEADY, *["60", "61"] * 4], {"versions": [version]})
    assert len(reported(made).signal.stretches) == stretches


@pytest.mark.parametrize(("area", "stretches"), [("X99000001", 2), ("E09000006", 1), ("", 2)])
def test_a_rebase_may_be_for_one_area_only(tmp_path: Path, area: str, stretches: int) -> None:
    rebase = {"from": "2025-03", "reason": "a new service", "area": area}
    made = project(tmp_path, [*STEADY, *["60", "61"] * 4], {"rebases": [rebase]})
    assert len(reported(made).signal.stretches) == stretches


def test_the_points_of_a_baseline_alone_make_its_limits(tmp_path: Path) -> None:
    values = ["4", "6"] * 6 + ["11"]
    first = str(LAST.step(-12))
    free = reported(project(tmp_path / "free", values)).signal
    rebase = {"from": first, "reason": "the year that we measure against", "points": 12}
    fixed = reported(project(tmp_path / "fixed", values, {"rebases": [rebase]})).signal
    assert free.limits is not None and fixed.limits is not None
    assert (free.limits.points, free.kind) == (13, "usual")
    assert (fixed.limits.points, fixed.limits.mean, fixed.kind) == (12, 5, "improving")


def test_a_council_may_keep_large_moving_ranges_as_the_nhs_tool_does(tmp_path: Path) -> None:
    values = ["1", "2", "1", "2", "10", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1"]
    made = project(tmp_path, values, {"unit": "score"})
    screened = reported(made).signal.limits
    made.council(signals={"screen_moving_ranges": False})
    kept = reported(made).signal.limits
    assert screened is not None and kept is not None
    assert [f"{edge:.2f}" for edge in (screened.lower, screened.upper)] == ["-0.72", "4.60"]
    assert [f"{edge:.2f}" for edge in (kept.lower, kept.upper)] == ["-3.06", "6.95"]


def test_a_changed_definition_begins_the_series_anew(tmp_path: Path) -> None:
    version = {"known_on": "2025-03-01", "reason": "r", "changes": {"definition": "Another measure"}}
    made = project(tmp_path, [*STEADY, "60", "61", "60", "61", "60", "61", "60"], {"versions": [version]})
    assert len(reported(made).signal.stretches) == 1
    assert reported(made).signal.kind == "usual"
    assert signal_notes(reported(made))[-1] == "figures since it is measured as now, from 1 March 2025"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["80"] * 6, "No signal: six of the 7 figures that it needs are known"),
        (["80"], "No signal: one of the 7 figures that it needs is known"),
        (["80", "81"] * 4, "Within its usual range since February 2025"),
        (["80", "81", "-"] * 5 + ["80"], "No signal: too few of its figures follow each other"),
    ],
)
def test_why_no_signal_is_given_is_said(tmp_path: Path, values: list[str], words: str) -> None:
    assert signal_words(reported(project(tmp_path, values))) == words


def test_nothing_is_counted_across_a_missing_figure(tmp_path: Path) -> None:
    values = ["80", "90"] * 6 + ["88", "88", "88", "-", "88", "88", "88", "88"]
    r = reported(project(tmp_path, values))
    assert r.signal.cause is None  # seven figures above the mean, but not running
    assert signal_notes(r)[-1] == "no figure for one month, across which nothing is counted"
    whole = reported(project(tmp_path / "whole", [one for one in values if one != "-"]))
    assert whole.signal.cause is not None and whole.signal.cause.rule is Rule.SHIFT


def test_the_figures_of_single_days_follow_each_other_by_how_often_they_fall_due(tmp_path: Path) -> None:
    made = Project(tmp_path)
    made.indicator("a", frequency="quarter", basis="snapshot")
    made.framework("y", "FY2025-26", [{"indicator": "a", "number": "1", **TARGET}])
    ends = [f"{year}-{day}" for year in (2023, 2024, 2025) for day in ("03-31", "06-30", "09-30", "12-31")]
    known = {"indicator": "a", "basis": "snapshot", "known_on": "2025-10-10"}
    made.outturns({**known, "period": end, "value": str(80 + i % 2)} for i, end in enumerate(ends[:-1]))
    made.committee()
    made.paper(DATE, "y", "2025-09-30")
    signal = reported(made).signal
    assert (signal.kind, signal.stretches[0].missing) == ("usual", 0)


def test_a_signal_is_about_the_figures_as_published(tmp_path: Path) -> None:
    values = [f"{80 + i / 100:.2f}" for i in range(9)]  # rising, and as published all the same
    assert reported(project(tmp_path, values)).signal.kind == "usual"
    finer = project(tmp_path / "finer", values, {"decimals": 2})
    assert reported(finer).signal.cause is not None


# Recent trend


def yearly(tmp_path: Path, counts: str) -> Reported:
    made = Project(tmp_path)
    made.indicator("a", frequency="year", decimals=1)
    made.framework("y", "FY2024-25", [{"indicator": "a", "number": "1", "target": {"none": "not_set"}}])
    last = Period.parse("FY2024-25")
    known = {"indicator": "a", "known_on": "2025-10-10"}
    given = counts.split()
    made.outturns(
        {
            **{**known, "period": str(last.step(i - len(given) + 1)), "numerator": n, "denominator": d},
            "value": str(round(100 * int(n) / int(d), 1)) if n else "2.8",
        }
        for i, one in enumerate(given)
        if one != "-"
        for n, _, d in [one.partition("/")]
    )
    made.committee()
    made.paper(DATE, "y", "FY2024-25")
    return reported(made)


RISING = "994/40299 1023/41527 1199/42811 1332/44064 1367/44701"


def test_the_trend_of_five_years_is_told_with_its_years(tmp_path: Path) -> None:
    assert trend_words(yearly(tmp_path, RISING)) == "Increasing from 2020/21 to 2024/25, getting better"


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (RISING.partition(" ")[2], NoTrend.FEW_POINTS),
        (RISING.replace("1199/42811", "-"), NoTrend.GAP),
        (RISING.replace("1199/42811", "/42811"), NoTrend.NO_COUNTS),
    ],
)
def test_why_a_trend_cannot_be_calculated_is_named(tmp_path: Path, counts: str, reason: NoTrend) -> None:
    r = yearly(tmp_path, counts)
    assert r.recent_trend is reason
    assert trend_words(r) == f"Cannot be calculated: {reason.words}"


def test_of_months_the_same_month_of_five_years_is_taken(tmp_path: Path) -> None:
    shares = {2021: 100, 2022: 130, 2023: 160, 2024: 190, 2025: 220}
    made = project(tmp_path, [])
    every = [Period.parse(f"{year}-{month:02d}") for year in shares for month in range(1, 13)]
    made.outturns(
        {
            **{"indicator": "a", "period": str(p), "known_on": "2025-10-10", "denominator": "1000"},
            # in every month but September there is another level: a season, and no trend
            **{"value": str(n / 10), "numerator": str(n)},
        }
        for p in every
        if p <= LAST
        for n in [shares[p.start.year] if p.start.month == 9 else 500]
    )
    r = reported(made)
    assert isinstance(r.recent_trend, RecentTrend)
    assert trend_words(r) == "Increasing from September 2021 to September 2025, getting better"


# Intervals and benchmarks


def compared(
    root: Path,
    indicator: dict[str, Any],
    outturn: dict[str, str],
    benchmark: dict[str, str],
) -> Reported:
    made = project(root, [], indicator, row={"target": {"none": "not_set"}})
    own = {"indicator": "a", "period": "2025-09", "known_on": "2025-10-10"}
    made.outturns([{**own, **outturn}])
    made.benchmarks([{"indicator": "a", "period": "2025-09", **benchmark}])
    return reported(made)


SHARE = {"value": "65", "numerator": "65", "denominator": "100"}


@pytest.mark.parametrize(
    ("benchmark", "words"),
    [
        ("55.25", "10 percentage points above, significantly better"),
        ("55.26", "10 percentage points above, not significantly"),
        ("73.64", "9 percentage points below, significantly worse"),
        ("73.63", "9 percentage points below, not significantly"),
        ("65.2", "in line"),
    ],
)
def test_a_difference_is_called_significant_only_outside_the_interval(
    tmp_path: Path, benchmark: str, words: str
) -> None:
    r = compared(tmp_path, {}, SHARE, {"value": benchmark})
    assert position_words(r.benchmarks[0], r) == words


def test_where_neither_way_is_better_a_difference_is_significantly_higher(tmp_path: Path) -> None:
    r = compared(tmp_path, {"polarity": "no_judgement"}, SHARE, {"value": "50"})
    assert position_words(r.benchmarks[0], r) == "15 percentage points higher, significantly"
    assert r.significance(r.benchmarks[0]) == "higher"


@pytest.mark.parametrize(
    ("indicator", "outturn", "benchmark", "reason"),
    [
        ({}, {"value": "65"}, {}, NotTested.NO_COUNTS),
        ({"counts_cases": False}, SHARE, {}, NotTested.NO_CASES),
        ({"unit": "count"}, SHARE, {}, NotTested.A_COUNT),
        ({"unit": "days"}, SHARE, {}, NotTested.NO_SHARE),
        ({"unit": "rate_per_1000"}, SHARE, {"period": "FY2024-25"}, NotTested.OTHER_LENGTH),
        (
            {"versions": [{"known_on": "2025-09-01", "reason": "r", "changes": {"definition": "d"}}]},
            SHARE,
            {"period": "FY2024-25"},
            NotTested.REDEFINED,
        ),
    ],
)
def test_why_a_benchmark_is_not_held_against_an_interval_is_named(
    tmp_path: Path,
    indicator: dict[str, Any],
    outturn: dict[str, str],
    benchmark: dict[str, str],
    reason: NotTested,
) -> None:
    r = compared(tmp_path, indicator, outturn, {"value": "50", **benchmark})
    assert r.significance(r.benchmarks[0]) is reason
    assert "significant" not in position_words(r.benchmarks[0], r)
    assert why_not_tested(r) == f"whether by chance is not reckoned: {reason.words}"


def test_a_share_over_another_length_of_time_is_compared(tmp_path: Path) -> None:
    r = compared(tmp_path, {}, SHARE, {"value": "50", "period": "FY2024-25"})
    assert r.significance(r.benchmarks[0]) == "better"


def test_a_numerator_that_can_only_be_one_number_is_taken(tmp_path: Path) -> None:
    r = compared(tmp_path, {"decimals": 1}, {"value": "85.4", "denominator": "459"}, {"value": "87.2"})
    assert isinstance(r.interval, Interval)
    assert interval_words(r) == "81.9% to 88.3%"


@pytest.mark.parametrize(
    ("numerator", "denominator", "of_people", "withheld"),
    [
        ("5", "100", True, True),
        ("6", "100", True, False),
        ("95", "100", True, True),
        ("94", "100", True, False),
        ("0", "100", True, False),
        ("2", "4", True, True),
        ("5", "100", False, False),
    ],
)
def test_an_interval_that_would_give_a_small_number_of_people_away_is_not_shown(
    tmp_path: Path, numerator: str, denominator: str, of_people: bool, withheld: bool
) -> None:
    value = str(round(100 * int(numerator) / int(denominator)))
    outturn = {"value": value, "numerator": numerator, "denominator": denominator}
    r = compared(tmp_path, {"of_people": of_people}, outturn, {"value": "50"})
    assert (interval_words(r) == "not shown: small numbers of people") == withheld
    model = record.indicator(view_of(tmp_path), r, signals=True).benchmarks[0]
    assert model.interval is not None
    assert (model.interval.lower is None) == withheld
    assert model.significance is not None


def view_of(root: Path) -> Any:
    from scrutiny.paper.build import Inputs
    from tests.unit.project import COUNCIL

    return Inputs(root, COUNCIL, DATE).views()["current"]


# Where papers show it

SECTIONS = [
    {
        "id": "all",
        "title": "All",
        "blocks": [
            {"indicators": {"of": "current", "caption": "All"}},
            {"key": "current"},
            {"exceptions": {"of": "current", "as": "cards"}},
        ],
    }
]
COUNTS = {"denominator": "1000"}


def shown(root: Path, *places: str) -> Paper:
    made = project(root, STEADY, **COUNTS)
    made.benchmarks([{"indicator": "a", "period": "2025-08", "value": "70"}])
    made.committee(SECTIONS, signals=list(places))
    paper = made.open(DATE)
    paper.sections()
    return paper


def table(paper: Paper, kind: str) -> Table:
    blocks = paper.model.sections[0].blocks
    return next(b for b in blocks if isinstance(b, Table) and b.kind == kind)


def test_a_paper_that_shows_no_signals_reckons_none(tmp_path: Path) -> None:
    paper = shown(tmp_path)
    (model,) = paper.model.indicators
    assert (model.signal, model.recent_trend, model.benchmarks[0].significance) == (None, None, None)
    assert "Signal" not in table(paper, "indicators").columns
    assert not any(row[0].text == "Signal" for row in table(paper, "facts").rows)
    reckoned = {"signal", "recent_trend", "interval"}
    assert not reckoned & paper.views["current"].rows[0].__dict__.keys()


def test_the_table_has_the_signal_beside_the_rating(tmp_path: Path) -> None:
    made = table(shown(tmp_path, "table"), "indicators")
    place = made.columns.index("Signal")
    assert made.columns[place - 1] == "Rating"
    (row,) = made.rows
    assert row[place].text == "Red, and within its usual range since August 2024."
    assert row[place].note == "usual range 78% to 83%, all off target"
    assert sum(made.widths) == 100


def test_without_printed_numbers_the_table_keeps_its_signals(tmp_path: Path) -> None:
    made = project(tmp_path, STEADY, row={"number": ""})
    made.committee(SECTIONS, signals=["table"])
    paper = made.open(DATE)
    paper.sections()
    found = table(paper, "indicators")
    assert (found.columns[3:5], sum(found.widths)) == (["Rating", "Signal"], 100)
    assert len(found.widths) == len(found.columns) == len(found.rows[0])


def test_a_card_says_signal_trend_and_interval(tmp_path: Path) -> None:
    facts = {row[0].text: row[1].text for row in table(shown(tmp_path, "cards"), "facts").rows}
    assert facts["Signal"].splitlines() == [
        "Red, and within its usual range since August 2024. All of that range is off the target: unless something "
        "changes, it will go on missing it.",
        "Usual range 78% to 83%, all off target",
    ]
    assert facts["Recent trend"].startswith("Cannot be calculated: five figures")
    assert facts["95% interval"] == "None: numerator and denominator are not recorded"
    assert facts["Benchmarks"].endswith("11 percentage points above, better")


def test_a_card_without_a_figure_says_why_there_is_no_signal(tmp_path: Path) -> None:
    made = project(tmp_path, [])
    row = {"indicator": "a", "period": "2025-09", "known_on": "2025-10-10", "rating_published": "Red"}
    made.outturns([row])
    made.committee(SECTIONS, signals=["cards"])
    paper = made.open(DATE)
    paper.sections()
    facts = {row[0].text: row[1].text for row in table(paper, "facts").rows}
    assert facts["Signal"] == f"No signal: {NoSignal.NO_FIGURE.words}"
    assert "Recent trend" not in facts


def test_benchmarks_are_told_with_their_significance_or_why_not(tmp_path: Path) -> None:
    lines = table(shown(tmp_path, "benchmarks"), "indicators").rows[0][-1].text.splitlines()
    assert lines == [
        "Exampleland 70% (August 2025): 11 percentage points above, better",
        "whether by chance is not reckoned: numerator and denominator are not recorded",
    ]


@pytest.mark.parametrize("place", ["table", "benchmarks"])
def test_the_key_says_what_is_shown_and_nothing_else(tmp_path: Path, place: str) -> None:
    blocks = shown(tmp_path, place).model.sections[0].blocks
    key = next(b.text for b in blocks if isinstance(b, Paragraph) and b.text.startswith("**Key.**"))
    assert ("Signal:" in key) == (place == "table")
    assert ("“Significantly”" in key) == (place == "benchmarks")


def test_the_model_and_the_open_data_hold_what_is_shown(tmp_path: Path) -> None:
    paper = shown(tmp_path, "charts")
    (model,) = paper.model.indicators
    assert model.signal is not None and model.recent_trend is not None
    told = model.signal.model_dump(exclude={"words", "beside_rating"})
    assert told == {
        **{"kind": "usual", "not_given": None, "rule": None, "since": "2024-08"},
        **{"mean": "80.50", "lower": "77.84", "upper": "83.16", "points": 14, "trial": False},
        **{"baseline": None, "assurance": "consistently_misses"},
    }
    (cells,) = csv.DictReader(io.StringIO(record.figures_csv(paper.model)))
    assert (cells["signal"], cells["assurance"], cells["upper_limit"]) == (
        "usual",
        "consistently_misses",
        "83.16",
    )
    assert (cells["recent_trend_not_calculated"], cells["significance_not_tested"]) == (
        "few_points",
        "no_counts",
    )


def test_templates_know_the_signal(tmp_path: Path) -> None:
    paper = project(tmp_path, STEADY).open(DATE)
    said = fill(paper, "{% set i = current.indicator('a') %}{{ i.signal() }}; {{ i.beside_rating() }}")
    assert said == (
        "within its usual range since August 2024; Red, and within its usual range since August 2024"
    )


def test_what_is_wanted_of_a_series_leaves_the_series_as_it_was(tmp_path: Path) -> None:
    r = reported(project(tmp_path, STEADY))
    before = (r.series, r.row, r.indicator)
    assert (r.signal, r.recent_trend, r.interval) == (r.signal, r.recent_trend, r.interval)
    assert (r.series, r.row, r.indicator) == before
    assert all(isinstance(p.value, Decimal) for s in r.signal.stretches for p in s.points)


def test_scipy_is_loaded_only_where_a_rate_has_fewer_than_ten_events() -> None:
    code = (
        "import sys; from decimal import Decimal as D; import scrutiny.cli\n"
        "from scrutiny.rating.intervals import byar, exact_poisson, wilson\n"
        "wilson(D(65), D(100)), byar(D(10)); print('scipy' in sys.modules)\n"
        "exact_poisson(D(9)); print('scipy.special' in sys.modules, 'scipy.stats' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True", "False"]
