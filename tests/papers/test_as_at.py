"""Real figures that became known twice: each day has its own, and a day that is not stated is marked as assumed."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from scrutiny.data import catalogue as catalogues
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.observations import Observation
from scrutiny.data.settings import View
from scrutiny.errors import ExitCode, ProblemError
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.model import PaperModel
from scrutiny.periods import Period
from scrutiny.rating.table import Rater, Reported

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = catalogues.load(ROOT)
RBWM = "windsor-and-maidenhead"


@cache
def store(council: str) -> stores.Store:
    folder = CATALOGUE.folder(council)
    area = folder.council.base.area
    return stores.load(ROOT, council, set(CATALOGUE.indicators), area, Wanted.of(folder))


def reported(council: str, framework: str, period: str, indicator: str, day: str) -> Reported:
    known = store(council).as_at(dt.date.fromisoformat(day))
    view = Rater(CATALOGUE, CATALOGUE.folder(council), known).view(
        "current", View(framework=framework, period=Period.parse(period))
    )
    found = view.find(indicator)
    assert found is not None
    return found


def outturn(r: Reported) -> Observation:
    assert r.outturn is not None
    return r.outturn


@cache
def model(council: str, date: str, as_at: str) -> PaperModel:
    paper = Paper(Inputs(ROOT, council, date, dt.date.fromisoformat(as_at)), pictures=False)
    paper.front_sheet()
    paper.sections()
    paper.appendices()
    return paper.model


@pytest.mark.parametrize(
    ("day", "value", "assumed", "status"),
    [
        ("2018-06-30", "46.6", True, "final"),
        ("2018-07-15", "46.6", True, "final"),
        ("2018-09-25", "46.6", True, "final"),
        ("2018-09-26", "40.5", False, "revised"),
        ("2019-07-18", "40.5", False, "revised"),
    ],
)
def test_1_2_1_for_2017_18_is_46_6_in_one_minute_and_40_5_in_a_later_one(
    day: str, value: str, assumed: bool, status: str
) -> None:
    found = reported(RBWM, "2017-18", "FY2017-18", "review-at-2-years", day)
    o = outturn(found)
    assert (str(o.value), o.assumed, o.status) == (value, assumed, status)
    assert o.provenance == "minutes"
    assert found.rating.word == "Red"
    assert found.rating.reason.startswith(f"{value}% is ")


def test_before_its_first_minute_1_2_1_has_no_figure() -> None:
    assert reported(RBWM, "2017-18", "FY2017-18", "review-at-2-years", "2018-06-29").outturn is None


@pytest.mark.parametrize(
    ("day", "value", "assumed"),
    [("2018-12-31", "82", True), ("2019-02-12", "82", True), ("2019-02-13", "86", False)],
)
def test_mertons_assessments_of_november_2018_are_82_and_then_86_per_cent(
    day: str, value: str, assumed: bool
) -> None:
    found = reported("merton", "2018-19", "2018-11", "single-assessments-on-time", day)
    o = outturn(found)
    assert (str(o.value), o.assumed) == (value, assumed)


def benchmarks(as_at: str) -> list[tuple[str, str, str, str]]:
    (indicator,) = model("bromley", "2018-07-18", as_at).indicators
    return [(b.name, b.value, b.published, b.period) for b in indicator.benchmarks]


@pytest.mark.parametrize("as_at", ["2018-07-18", "2018-10-24"])
def test_bromleys_benchmarks_are_those_of_2016_17_until_the_next_are_published(as_at: str) -> None:
    assert benchmarks(as_at) == [
        ("England", "92.1", "92%", "2017-03-31"),
        ("London", "95.8", "96%", "2017-03-31"),
    ]


@pytest.mark.parametrize("as_at", ["2018-10-25", "2019-07-18"])
def test_a_year_later_the_same_paper_has_the_benchmarks_of_2017_18(as_at: str) -> None:
    assert benchmarks(as_at) == [
        ("England", "90.5", "91%", "2018-03-31"),
        ("London", "94.1", "94%", "2018-03-31"),
    ]


def test_the_sentences_follow_the_benchmarks_of_their_day() -> None:
    text = model("bromley", "2018-07-18", "2019-07-18").canonical()
    assert "above the national comparator of 91%" in text
    assert "the London average of 94%" in text
    assert "comparator of 92%" not in text and "average of 96%" not in text


def test_the_context_of_a_paper_ends_with_what_was_published_by_its_day() -> None:
    def newest(as_at: str) -> str:
        sections = model("bromley", "2018-07-18", as_at).sections
        (table,) = [b for s in sections for b in s.blocks if b.type == "table" and "Official" in b.caption]
        return table.rows[-1][1].text

    assert newest("2018-10-24") == "31 March 2017"
    assert newest("2018-10-25") == "31 March 2018"


@pytest.mark.parametrize("as_at", ["2018-07-15", "2018-09-25"])
def test_the_paper_of_september_2018_cannot_be_made_before_its_framework_was_known(as_at: str) -> None:
    with pytest.raises(ProblemError) as caught:
        Inputs(ROOT, RBWM, "2018-09-26", dt.date.fromisoformat(as_at))
    errors = [p for p in caught.value.problems if p.severity == "error"]
    assert [p.check for p in errors] == ["not-yet-known"]
    assert "the framework '2018-19' was not known yet" in errors[0].found
    assert caught.value.code is ExitCode.UNKNOWN
