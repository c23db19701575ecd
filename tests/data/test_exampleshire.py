"""Exampleshire is invented: it holds what the published facts of real councils cannot show."""

import csv
import datetime as dt
import io
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from scrutiny.data import catalogue, checks, observations, paper_checks, store
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.definitions import Basis, Frequency, Polarity
from scrutiny.data.frameworks import Framework, NoTarget, Row
from scrutiny.data.observations import SYMBOLS, Observation
from scrutiny.data.schemes import WidthKind
from scrutiny.data.settings import View
from scrutiny.figures import Unit, round_half_away
from scrutiny.periods import Kind, Period
from scrutiny.rating.rate import NotRated
from scrutiny.rating.table import RatedView, Rater, Reported
from scrutiny.writing import commentary

ROOT = Path(__file__).parents[2]
HERE = "data/councils/exampleshire"
MEETING = "2026-06-18"
WRITTEN = ("2026-04-23", MEETING)
"""Papers that are written by hand; the others are made."""
MADE = ("outturns.csv", "benchmarks.csv", "unable-to-report.csv")

CATALOGUE = catalogue.load(ROOT, "exampleshire")
COUNCIL = CATALOGUE.folder("exampleshire")
AREA = COUNCIL.council.base.area
STORE = store.load(ROOT, "exampleshire", set(CATALOGUE.indicators), AREA, Wanted.of(COUNCIL))
INDICATORS = {k: d.base for k, d in CATALOGUE.indicators.items() if k.startswith("example-")}
FRAMEWORKS = {name: dated.base for name, dated in COUNCIL.frameworks.items()}
ROWS = [row for framework in FRAMEWORKS.values() for row in framework.rows]

# Framework, reporting period, as-at date: over these every rating and every reason occurs.
VIEWS = (
    ("2024-25", "2024-05", "2024-07-10"),
    ("2024-25", "2024-06", "2024-07-25"),
    ("2024-25", "FY2024-25-Q1", "2024-09-19"),
    ("2024-25", "FY2024-25-Q3", "2025-01-31"),
    ("2025-26", "2025-08", "2025-10-02"),
    ("2025-26", "FY2025-26-Q2", "2026-01-15"),
    ("2025-26", "FY2025-26-Q4", MEETING),
    ("2026-27", "2026-04", MEETING),
)


@cache
def view(framework: str, period: str, day: str) -> RatedView:
    known = STORE.as_at(dt.date.fromisoformat(day))
    asked = View(framework=framework, period=Period.parse(period))
    return Rater(CATALOGUE, COUNCIL, known).view("current", asked)


def reported(name: str, framework: str, period: str, day: str = MEETING) -> Reported:
    found = view(framework, period, day).find(f"example-{name}")
    assert found is not None
    return found


def april(name: str) -> Reported:
    return reported(name, "2026-27", "2026-04")


def year_end(name: str) -> Reported:
    return reported(name, "2025-26", "FY2025-26-Q4")


def rows(name: str) -> list[Observation]:
    return [o for o in STORE.outturns if o.indicator == f"example-{name}"]


def series(name: str, day: str = "2026-11-20") -> dict[str, Decimal]:
    """Period and figure of an indicator, oldest first, as known on a day."""
    known = STORE.as_at(dt.date.fromisoformat(day)).outturns.values()
    found = [o for o in known if o.indicator == f"example-{name}"]
    in_order = sorted(found, key=lambda o: o.period)
    return {str(o.period): o.value for o in in_order if o.value is not None}


def between(figures: dict[str, Decimal], first: str, last: str) -> list[Decimal]:
    start, end = Period.parse(first), Period.parse(last)
    return [v for p, v in figures.items() if start <= Period.parse(p) <= end]


# Made, invented, sound


def test_running_the_script_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(ROOT / HERE / "make.py"), "--out", str(tmp_path)]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path, capture_output=True)
    made = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    committed = {f"{HERE}/{name}" for name in MADE}
    committed |= {f"{HERE}/frameworks/{name}.yml" for name in FRAMEWORKS}
    committed |= {f"data/indicators/{name}.yml" for name in INDICATORS}
    papers = [f for f in CATALOGUE.paper_folders("exampleshire") if f.name not in WRITTEN]
    committed |= {
        CATALOGUE.name_of(folder / name) for folder in papers for name in ("paper.yml", "commentary.md")
    }
    assert made == committed
    different = [n for n in made if (tmp_path / n).read_bytes() != (ROOT / n).read_bytes()]
    assert different == []


def test_there_is_not_one_problem() -> None:
    ours = [p for p in CATALOGUE.problems if "exampleshire" in p.where or "example-" in p.where]
    assert ours == []
    assert [p for p in STORE.problems if "exampleshire" in p.where] == []
    assert checks.council(CATALOGUE, COUNCIL, STORE) == []


def test_everything_is_plainly_invented() -> None:
    council = COUNCIL.council.base
    assert council.invented and "(invented)" in council.name
    assert all("(invented)" in comparator.name for comparator in council.comparators)
    areas = {council.area, *(comparator.area for comparator in council.comparators)}
    own = [o for o in STORE.benchmarks if o.indicator in INDICATORS]
    assert {o.area for o in own} == areas
    assert all(area.startswith("X") for area in areas)
    assert {o.provenance for o in [*STORE.outturns, *own]} == {"invented"}


def test_there_are_40_indicators() -> None:
    assert len(INDICATORS) == 40
    assert {row.indicator for row in ROWS} == set(INDICATORS)


def test_there_are_five_years_of_monthly_and_quarterly_figures() -> None:
    periods: dict[str, set[Period]] = {}
    for row in STORE.outturns:
        periods.setdefault(row.indicator, set()).add(row.period)
    first = Period.parse("2021-04")
    months = {first.step(i) for i in range(61)}
    quarters = {Period.parse("FY2021-22-Q1").step(i) for i in range(20)}
    monthly = [found for found in periods.values() if found == months]
    quarterly = [found for found in periods.values() if found == quarters]
    assert max(months) == Period.parse("2026-04")
    assert len(monthly) >= 18
    assert len(quarterly) >= 12


def test_the_data_stay_small() -> None:
    assert sum((ROOT / HERE / name).stat().st_size for name in MADE) < 1_500_000


# Definitions


def test_every_unit_occurs() -> None:
    not_here = {Unit.RATE_PER_1000, Unit.RATE_PER_100000, Unit.WEEKS, Unit.NOT_STATED}
    assert {i.unit for i in INDICATORS.values()} == set(Unit) - not_here


@pytest.mark.parametrize("polarity", Polarity)
def test_every_polarity_occurs(polarity: Polarity) -> None:
    assert polarity in {i.polarity for i in INDICATORS.values()}


@pytest.mark.parametrize("basis", Basis)
def test_every_basis_occurs(basis: Basis) -> None:
    assert basis in {row.basis for row in STORE.outturns}


@pytest.mark.parametrize("frequency", Frequency)
def test_every_frequency_occurs(frequency: Frequency) -> None:
    assert frequency in {i.frequency for i in INDICATORS.values()}


def test_figures_come_with_no_one_and_two_periods_of_arrears() -> None:
    assert {i.arrears for i in INDICATORS.values()} == {0, 1, 2}


def test_a_definition_changed_and_is_not_compared_across_the_change() -> None:
    dated = CATALOGUE.indicators["example-assessments-on-time"]
    before, after = (dated.as_at(dt.date(2025, month, 1)) for month in (9, 10))
    assert before.definition != after.definition
    against_last_year = april("assessments-on-time").directions["same_period_last_year"]
    assert against_last_year.not_comparable == "the definition changed in between"


def test_a_post_changed_hands() -> None:
    posts = {post.id: post for post in COUNCIL.people.base.posts}
    director = posts["director-of-people-and-communities"]
    held = [director.holder(dt.date(year, 6, 1)) for year in (2025, 2026)]
    assert held == ["Alex Example", "Sam Sample"]
    assert posts["section-151-officer"].holder(dt.date(2026, 6, 1)) == ""


# Targets, tolerances, frameworks, schemes


def forms(row: Row) -> set[str]:
    target = row.target
    given = {k for k in ("at_least", "at_most", "close_to", "forecast") if getattr(target, k)}
    return {"range"} if target.is_range else given or {target.none.value if target.none else ""}


def test_every_form_of_target_occurs() -> None:
    found = set().union(*(forms(row) for row in ROWS))
    assert found == {"at_least", "at_most", "range", "close_to", "forecast", *NoTarget}


def test_every_kind_of_width_occurs() -> None:
    found = {width.kind for row in ROWS for width in (row.tolerance, *row.widths.values()) if width}
    assert found == set(WidthKind)


def test_a_target_revised_within_the_year_is_used_from_the_day_it_was_known() -> None:
    row = FRAMEWORKS["2026-27"].row("example-agency-social-workers")
    assert row is not None
    known = [row.as_at(dt.date(2026, 5, day)).target.at_most for day in (13, 14)]
    assert known == [Decimal(15), Decimal(14)]
    period = ("agency-social-workers", "2026-27", "2026-04")
    assert reported(*period).rating.word == "Amber"
    earlier = FRAMEWORKS["2025-26"].row("example-homelessness-prevented")
    assert earlier is not None and len(earlier.versions) == 1


def test_frameworks_are_renumbered_and_revised_and_say_what_they_dropped() -> None:
    numbers = {
        name: {row.indicator: row.number for row in framework.rows} for name, framework in FRAMEWORKS.items()
    }
    assert sorted(FRAMEWORKS) == ["2024-25", "2025-26", "2026-27"]
    moved = [i for i, n in numbers["2026-27"].items() if numbers["2025-26"].get(i, n) != n]
    assert "example-early-years-take-up" in moved
    assert "1.10" in numbers["2026-27"].values()
    for name in ("2025-26", "2026-27"):
        framework: Framework = FRAMEWORKS[name]
        assert framework.retired and all(r.reason and r.reported_in for r in framework.retired)
        assert any(row.target.revised and row.target.reason for row in framework.rows)
        assert not {r.indicator for r in framework.retired} & set(numbers[name])


def test_a_scheme_changed_and_the_change_counts_from_its_day() -> None:
    dated = COUNCIL.schemes["example-four"]
    before, after = (dated.as_at(dt.date(2025, 1, day)).band("Near") for day in (15, 16))
    assert before.when.direction is None  # type: ignore[union-attr]
    assert after.when.direction is not None  # type: ignore[union-attr]


def test_four_states_have_their_own_words_symbols_and_styles() -> None:
    bands = COUNCIL.schemes["example-four"].base.bands
    looks = [(band.word, band.symbol, band.style) for band in bands]
    assert looks == [
        ("Exceeded", "★", "blue"),
        ("Met", "●", "green"),
        ("Near", "▲", "amber"),
        ("Missed", "▼", "red"),
    ]
    assert len(COUNCIL.schemes["example-rag"].base.bands) == 3


# Rows


def test_figures_follow_from_their_counts() -> None:
    per = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}
    counted = [row for row in STORE.outturns if row.denominator]
    for row in counted:
        indicator = INDICATORS[row.indicator]
        assert row.numerator is not None and row.denominator is not None
        exact = row.numerator * per[indicator.unit] / row.denominator
        assert row.value == round_half_away(exact, indicator.decimals), row.where
    assert len(counted) > 900


def test_the_year_to_date_starts_again_in_april() -> None:
    cases = {str(o.period): o.denominator or 0 for o in rows("complaints-answered-on-time")}
    assert cases["2025-04"] < cases["2025-05"] < cases["2026-03"]
    assert cases["2026-04"] < cases["2025-05"]


def test_every_status_and_every_symbol_occurs() -> None:
    assert {row.status for row in STORE.outturns} == set(observations.STATUS)
    assert {row.symbol for row in STORE.outturns} - {""} == set(SYMBOLS)


def test_small_counts_of_people_are_there_to_be_found() -> None:
    small = [
        row
        for row in STORE.outturns
        if INDICATORS[row.indicator].of_people
        and INDICATORS[row.indicator].unit is Unit.COUNT
        and row.value is not None
        and 1 <= row.value <= 5
    ]
    behind = [
        row
        for row in STORE.outturns
        if INDICATORS[row.indicator].of_people
        and row.numerator is not None
        and row.denominator is not None
        and (1 <= row.numerator <= 5 or 1 <= row.denominator - row.numerator <= 5)
    ]
    assert small and behind


def test_a_figure_that_could_not_be_had_says_why_and_until_when() -> None:
    assert all(u.reason and u.expected for u in STORE.unable)
    rating = year_end("breastfeeding").rating
    assert rating.not_rated is NotRated.UNABLE_TO_REPORT
    assert "recorded review" in rating.reason


def test_a_figure_that_came_at_last_is_rated() -> None:
    period = ("sen-plans-on-time", "2024-25", "2024-05")
    assert reported(*period, "2024-07-10").rating.not_rated is NotRated.UNABLE_TO_REPORT
    assert reported(*period, "2024-07-25").rating.is_rated


def test_some_series_have_gaps_and_some_begin_late() -> None:
    months = {str(o.period) for o in rows("library-visits")}
    assert not months & {"2023-02", "2025-08", "2025-09"}
    assert min(o.period for o in rows("waits-for-counselling")) == Period.parse("2024-04")


def test_benchmarks_have_their_own_periods_and_dates() -> None:
    own = [o for o in STORE.benchmarks if o.indicator in INDICATORS]
    kinds = {o.period.kind for o in own}
    assert {Kind.FINANCIAL_YEAR, Kind.ACADEMIC_YEAR, Kind.QUARTER, Kind.SNAPSHOT} <= kinds
    assert all(o.known_on > o.period.end for o in own)
    assert {o.assumed for o in own} == {True, False}
    keys = Counter((o.indicator, o.area, o.period) for o in own)
    assert max(keys.values()) == 2  # one was revised


def test_a_benchmark_is_used_only_once_it_is_published() -> None:
    found = april("assessments-on-time").benchmarks
    assert {str(b.observation.period) for b in found} == {"FY2024-25"}
    later = STORE.as_at(dt.date(2026, 11, 20))
    newest = later.benchmark_series("example-assessments-on-time", "X92000001")[-1]
    assert str(newest.period) == "FY2025-26"


# Series


def test_a_series_is_stable() -> None:
    figures = list(series("contacts-decided-in-a-day").values())
    assert len(figures) == 61
    assert max(figures) - min(figures) < 7
    halves = (sum(figures[:30]) / 30, sum(figures[30:60]) / 30)
    assert abs(halves[0] - halves[1]) < Decimal("0.8")


def test_a_series_shifts_in_october_2024() -> None:
    figures = series("assessments-on-time")
    before = between(figures, "2021-04", "2024-09")
    assert min(between(figures, "2024-10", "2026-04")) > max(before)


def test_a_series_dips_from_november_to_february_and_recovers_by_june() -> None:
    figures = series("visits-to-children-on-time")
    dip = between(figures, "2024-11", "2025-02")
    around = between(figures, "2021-04", "2024-10") + between(figures, "2025-06", "2026-04")
    assert len(dip) == 4
    assert max(dip) < min(around) - 5


@pytest.mark.parametrize("name", ["early-years-take-up", "temporary-accommodation"])
def test_a_series_rises_steadily(name: str) -> None:
    last = list(series(name).values())[-20:]
    assert all(earlier < later for earlier, later in pairwise(last))


def test_april_2026_is_the_highest_since_june_2023() -> None:
    figures = series("sen-plans-on-time")
    since = between(figures, "2023-07", "2026-03")
    assert max(since) < figures["2026-04"] < figures["2023-06"]


def test_every_march_is_far_higher_than_the_rest_of_its_year() -> None:
    figures = series("highways-spend")
    for year in range(2021, 2026):
        rest = between(figures, f"{year}-04", f"{year + 1}-02")
        assert figures[f"{year + 1}-03"] > max(rest) + 300_000


# Ratings


def test_a_figure_on_the_amber_edge_and_one_a_step_beyond() -> None:
    on_edge, under, over = (
        april(name)
        for name in (
            "protection-reviews-on-time",
            "complaints-answered-on-time",
            "waits-for-counselling",
        )
    )
    assert (on_edge.rating.word, on_edge.rating.gap) == ("Amber", Decimal(-5))
    assert (under.rating.word, under.rating.gap) == ("Red", Decimal("-5.1"))
    assert (over.rating.word, over.rating.gap) == ("Red", Decimal(-8))
    assert over.row.tolerance is not None and over.row.tolerance.amount == 7


def test_figures_exactly_on_target() -> None:
    for found in (april("caseload-per-social-worker"), year_end("placement-stability")):
        assert (found.rating.word, found.rating.gap) == ("Green", Decimal(0))


def test_a_figure_is_on_target_only_when_it_is_rounded() -> None:
    rating = year_end("vaccination-uptake").rating
    assert (rating.word, rating.differs_when_exact) == ("Green", "Amber")


def test_a_rating_stands_without_its_figure() -> None:
    found = year_end("apprenticeships-started")
    assert found.outturn is not None and found.outturn.value is None
    assert (found.rating.word, found.rating.origin) == ("Green", "published")


def test_a_restated_figure_changes_the_rating_from_the_day_it_was_known() -> None:
    period = ("repeat-referrals", "2025-26", "2026-03")
    before, after = (reported(*period, f"2026-05-{day}") for day in (19, 20))
    assert before.outturn is not None and after.outturn is not None
    assert (before.outturn.status, after.outturn.status) == ("final", "revised")
    assert before.outturn.value != after.outturn.value
    assert (before.rating.word, after.rating.word) == ("Amber", "Red")


def test_what_is_restated_after_the_meeting_does_not_reach_the_paper() -> None:
    then, now = (series("repeat-referrals", day)["2026-04"] for day in (MEETING, "2026-07-16"))
    assert then != now


def test_a_provisional_figure_is_rated_by_one_scheme_and_not_by_the_other() -> None:
    four = reported("household-waste-recycled", "2024-25", "FY2024-25-Q3", "2025-01-31")
    rag = year_end("household-waste-recycled")
    assert four.outturn is not None and rag.outturn is not None
    assert {four.outturn.status, rag.outturn.status} == {"provisional"}
    assert four.rating.not_rated is NotRated.PROVISIONAL
    assert rag.rating.word == "Amber"


def all_reported() -> list[Reported]:
    return [found for asked in VIEWS for found in view(*asked).rows]


def test_every_rating_of_both_schemes_is_given() -> None:
    words = {r.rating.word for r in all_reported() if r.rating.origin == "computed"}
    bands = [band for scheme in COUNCIL.schemes.values() for band in scheme.base.bands]
    assert words == {band.word for band in bands}


@pytest.mark.parametrize("reason", NotRated)
def test_every_reason_for_no_rating_occurs(reason: NotRated) -> None:
    assert reason in {found.rating.not_rated for found in all_reported()}


def test_figures_in_arrears_are_marked_so() -> None:
    assert {r.in_arrears for r in all_reported()} == {0, 1, 2}


# The paper


def test_every_indicator_short_of_target_has_commentary_and_no_other_has() -> None:
    folder = CATALOGUE.paper_folder("exampleshire", MEETING)
    settings, document = CATALOGUE.paper_settings("exampleshire", MEETING)
    text = (folder / "commentary.md").read_text(encoding="utf-8")
    written = commentary.parse(text)
    day = settings.known.isoformat()
    wanted = set()
    for name, asked in settings.views.items():
        short = view(asked.framework, str(asked.period), day).exceptions
        start = "" if name == "current" else f"{name}: "
        wanted |= {f"{start}{found.indicator.id}" for found in short}
    headings = {h for h, _ in written.headings if not h.startswith("section: ")}
    assert len(wanted) > 15
    assert headings == wanted
    faults = paper_checks.paper(
        CATALOGUE, COUNCIL, settings, document, MEETING, written.headings, "commentary.md"
    )
    assert list(faults) == []


def test_the_made_tables_are_plain_csv() -> None:
    for name in MADE:
        raw = (ROOT / HERE / name).read_bytes()
        assert b"\r" not in raw and raw.endswith(b"\n")
        table = list(csv.reader(io.StringIO(raw.decode("utf-8"))))
        assert len({len(row) for row in table}) == 1
