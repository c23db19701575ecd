"""The history of Exampleshire: two years of papers of one committee, and what has to be seen across them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from scrutiny.paper.build import Inputs
from scrutiny.paper.model import IndicatorModel, PaperModel, Paragraph, Table
from scrutiny.paper.proofreading import filled
from scrutiny.periods import Kind, Period
from scrutiny.rating.table import RatedView
from scrutiny.writing.commentary import Part

ROOT = Path(__file__).resolve().parents[2]
COUNCIL = "exampleshire"
DATES = sorted(path.parent.name for path in (ROOT / "reports" / COUNCIL).glob("*/paper.yml"))
WRITTEN = ("2026-04-23", "2026-06-18")
MADE = [date for date in DATES if date not in WRITTEN]


@cache
def inputs(date: str) -> Inputs:
    return Inputs(ROOT, COUNCIL, date)


@cache
def model(date: str) -> PaperModel:
    return filled(inputs(date))


def current(date: str) -> RatedView:
    return inputs(date).views()["current"]


def row(date: str, name: str, view: str = "current") -> IndicatorModel:
    return next(i for i in model(date).indicators if (i.view, i.id) == (view, f"example-{name}"))


def rated(date: str, name: str, view: str = "current") -> str:
    """The word of a rating, or the reason why there is none."""
    found = row(date, name, view).rating
    return found.not_rated or found.word


def texts(date: str, section: str) -> list[str]:
    found = next((s for s in model(date).sections if s.id == section), None)
    return [b.text for b in found.blocks if isinstance(b, Paragraph)] if found else []


def commented(date: str) -> dict[str, Part]:
    """The commentary on each indicator of the reported view."""
    parts = inputs(date).commentary.parts
    return {part.heading: part for part in parts if ": " not in part.heading}


# The meetings


def test_there_is_a_paper_for_each_month_but_the_one_of_the_elections() -> None:
    ends = [inputs(date).settings.reporting_period.end for date in DATES]
    months = [Period(Kind.MONTH, end.year * 12 + end.month - 1) for end in ends]
    every = [Period.parse("2024-04").step(i) for i in range(25)]
    assert sorted(months) == months
    assert set(every) - set(months) == {Period.parse("2026-03")}
    assert len(DATES) == len(months) == 24


def test_where_a_quarter_closed_the_paper_is_the_quarters() -> None:
    periods = [inputs(date).settings.reporting_period for date in DATES]
    assert all((p.kind is Kind.QUARTER) == (p.end.month % 3 == 0) for p in periods)
    assert sum(p.kind is Kind.QUARTER for p in periods) == 7


def test_the_committee_meets_once_a_month_on_thursdays_about_seven_weeks_after_the_figures() -> None:
    days = [inputs(date).settings.meeting_date for date in DATES]
    assert {day.weekday() for day in days} == {3}
    assert len({(day.year, day.month) for day in days}) == len(days)
    waits = [(inputs(d).settings.meeting_date - inputs(d).settings.reporting_period.end).days for d in DATES]
    assert {45 <= wait <= 56 for wait in waits} == {True}


@pytest.mark.parametrize("date", DATES)
def test_a_paper_knows_what_was_known_at_its_meeting_and_its_title_says_the_period(date: str) -> None:
    settings = inputs(date).settings
    end = settings.reporting_period.end
    assert settings.as_at == settings.meeting_date == dt.date.fromisoformat(date)
    month = Period(Kind.MONTH, end.year * 12 + end.month - 1).label
    quarter = settings.reporting_period.kind is Kind.QUARTER
    said = f" (Quarter {settings.reporting_period.label[1:]})" if quarter else ""
    assert settings.title == f"Performance up to {month}{said}"


def test_a_paper_looks_at_the_year_before_where_that_had_a_framework() -> None:
    for date in DATES:
        views = inputs(date).settings.views
        year = views["current"].framework
        before = {"2025-26": ("2024-25", "FY2024-25-Q4"), "2026-27": ("2025-26", "FY2025-26-Q4")}.get(year)
        found = (views["previous"].framework, str(views["previous"].period)) if "previous" in views else None
        assert found == before, date


def test_without_a_year_before_the_paper_has_neither_its_appendix_nor_a_word_about_it() -> None:
    first = {section.id for section in model("2025-05-22").sections}
    assert first.isdisjoint({"appendix-previous", "appendix-changes"})
    assert not any("2023/24" in text for text in texts("2025-05-22", "performance"))
    later = {section.id for section in model("2025-06-19").sections}
    assert later - first == {"appendix-previous", "appendix-changes"}


def test_a_quarters_paper_says_which_indicators_it_rates() -> None:
    assert texts("2024-08-22", "performance")[0] == (
        "Quarterly indicators are rated for Q1 2024/25 and monthly ones for June 2024, or for an earlier period where "
        "their figures come in arrears. Yearly indicators are rated in the quarter in which their figure falls due; "
        "appendix A shows the latest figure of each with its own period."
    )
    assert texts("2024-07-18", "performance")[0].endswith(
        "Quarterly and yearly indicators were not due in the month: appendix A shows the latest figure of each with "
        "its own period."
    )


@pytest.mark.parametrize("date", DATES)
def test_every_rating_is_counted_in_a_sentence_of_its_own(date: str) -> None:
    counts = {word: n for word, n in current(date).counts.items() if n}
    counted = re.compile(r"[\w-]+ indicators? (?:has|have|is|are) [^:]*: [\d., and]+")
    told = [text for text in texts(date, "performance") if counted.fullmatch(text)]
    assert len(told) == len(counts)
    for said, word in zip(told, counts, strict=True):
        numbers = re.findall(r"\d+(?:\.\d+)?", said.partition(":")[2])
        assert numbers == [r.row.number for r in current(date).of(word)]


# Figures that changed, and figures that came late


def restated() -> Iterator[tuple[str, str]]:
    for date in DATES:
        for text in texts(date, "performance"):
            if "figures were restated" in text:
                yield date, text.partition("restated: ")[2]


def test_a_restated_figure_is_announced_in_the_next_paper_and_in_no_other() -> None:
    late = "late entries from one team added"
    assert list(restated()) == [
        (
            "2024-10-17",
            "No. 3 Child protection reviews held within timescale, July 2024, from 94% to 96% (reviews held on time "
            "had been entered late).",
        ),
        (
            "2025-01-23",
            "No. 21 Attainment score at 16, academic year 2023/24, from 45.8 to 46.0 (after pupils' late results).",
        ),
        (
            "2025-07-17",
            "No. 1.13 Care leavers in education, employment or training, Q4 2024/25, from 57% to 61% (what one college "
            "sent had come late).",
        ),
        (
            "2025-09-18",
            "No. 4.5 Household waste recycled, reused or composted, Q3 2024/25, from 47.3% to 46.5% (one load was "
            "counted twice).",
        ),
        (
            "2026-01-22",
            "No. 2.7 Attainment score at 16, academic year 2024/25, from 47.1 to 47.0 (after pupils' late results).",
        ),
        (
            "2026-06-18",
            f"No. 1.8 Repeat referrals, January 2026, from 21.2% to 22.4% ({late}); No. 1.8 Repeat referrals, February "
            f"2026, from 21.5% to 22.6% ({late}); No. 1.8 Repeat referrals, March 2026, from 21.5% to 22.7% ({late}).",
        ),
    ]


def as_at(date: str, name: str, day: str) -> str:
    """The rating of an indicator in a paper, or why there is none, as it would have been on another day."""
    view = Inputs(ROOT, COUNCIL, date, dt.date.fromisoformat(day), complete=False).views()["current"]
    found = view.find(f"example-{name}")
    assert found is not None
    return found.rating.not_rated or found.rating.word


def test_a_restated_figure_moved_the_rating_of_its_own_month_on_its_day() -> None:
    days = ("2024-09-19", "2024-10-07", "2024-10-08")
    words = [as_at("2024-09-19", "protection-reviews-on-time", day) for day in days]
    assert words == ["Near", "Near", "Met"]


def test_a_restated_figure_moved_the_rating_of_the_year_that_was_over() -> None:
    name = ("care-leavers-in-work-or-learning", "previous")
    assert [rated(date, *name) for date in ("2025-06-19", "2025-07-17")] == ["Missed", "Met"]


def test_a_figure_that_was_late_without_a_word_is_not_rated_and_is_there_the_next_time() -> None:
    assert rated("2024-10-17", "missed-bins") == "no_outturn"
    assert any("No. 32 Missed bin collections" in text for text in texts("2024-10-17", "performance"))
    series = current("2024-11-21").find("example-missed-bins")
    assert series is not None
    assert Period.parse("2024-08") in {o.period for o in series.series}


@pytest.mark.parametrize(
    ("missing", "name", "number", "until", "again"),
    [
        ("2024-07-18", "sen-plans-on-time", "15", "31 July 2024", "2024-08-22"),
        ("2025-01-23", "sickness-days", "36", "28 February 2025", "2025-02-20"),
        ("2025-11-20", "breastfeeding", "3.4", "31 December 2025", "2025-12-18"),
    ],
)
def test_what_could_not_be_reported_is_said_with_its_day_and_then_reported_again(
    missing: str, name: str, number: str, until: str, again: str
) -> None:
    assert rated(missing, name) == "unable_to_report"
    (said,) = texts(missing, "unable")
    assert said.startswith(f"No. {number} ") and said.endswith(f"A figure is expected by {until}.")
    (later,) = texts(again, "unable")
    assert f"had no figure for No. {number} " in later and later.endswith("this report has one again.")
    assert row(again, name).outturn.value is not None
    titles = [s.title for d in (missing, again) for s in model(d).sections if s.id == "unable"]
    assert titles == ["What cannot be reported", "What can be reported again"]


def test_no_other_paper_has_a_word_on_what_cannot_be_reported() -> None:
    told = {date for date in DATES if texts(date, "unable")}
    known = {"2024-07-18", "2024-08-22", "2025-01-23", "2025-02-20", "2025-11-20", "2025-12-18"}
    assert told == {*known, "2026-06-18"}


def test_figures_in_arrears_and_provisional_ones_are_marked() -> None:
    quarter = current("2025-08-21")
    assert {r.in_arrears for r in quarter.rows} == {0, 1, 2}
    waste = row("2025-08-21", "household-waste-recycled")
    assert (waste.outturn.status, waste.rating.word) == ("provisional", "Red")
    assert rated("2024-08-22", "household-waste-recycled") == "provisional", (
        "the scheme of 2024/25 rates none"
    )


# Rules and frameworks that changed


def test_from_january_2025_near_is_given_only_where_it_is_no_worse_than_a_year_before() -> None:
    assert rated("2024-12-19", "visits-to-children-on-time") == "Near"
    assert rated("2024-08-22", "vaccination-uptake") == "Near"
    vaccination = [row(date, "vaccination-uptake") for date in ("2025-02-20", "2025-05-22")]
    assert [i.outturn.published for i in vaccination] == ["89.5%", "89.5%"]
    assert [i.rating.word for i in vaccination] == ["Missed", "Near"], "worse, then better than a year before"
    assert {rated(d, "waits-for-counselling") for d in ("2025-01-23", "2025-05-22")} == {"no_comparison"}
    assert any("stricter rule" in text for text in texts("2025-01-23", "performance"))


def test_the_change_of_the_scheme_moved_a_rating_whose_figure_did_not_move() -> None:
    days = ("2025-01-15", "2025-01-16")
    assert [as_at("2025-01-23", "waits-for-counselling", day) for day in days] == ["Near", "no_comparison"]


def test_the_first_paper_of_a_framework_says_what_became_of_the_indicators() -> None:
    purpose = texts("2025-06-19", "purpose")
    assert purpose[1] == "Indicator 32 of 2024/25 is no longer reported to the Committee."
    assert purpose[2].startswith("Some targets were revised for 2025/26")
    (table,) = [
        block
        for section in model("2025-06-19").sections
        for block in section.blocks
        if isinstance(block, Table) and section.id == "appendix-changes"
    ]
    became = {cells[0].text: [cell.text for cell in cells[1:]] for cells in table.rows}
    assert became["Missed bin collections"] == ["32", "", "No longer reported"]
    assert became["Complaints answered on time"] == ["", "5.2", "Added"]
    assert became["Persistent absence"][:2] == ["16", "2.2"]
    assert "target at most 21%, now at most 20%" in became["Persistent absence"][2]
    assert became["Total"][:2] == ["36", "39"]


def test_ratings_of_the_year_before_keep_their_own_words() -> None:
    paper = model("2025-06-19")
    words = {
        view: {i.rating.word for i in paper.indicators if i.view == view} for view in ("current", "previous")
    }
    assert words["current"] == {"Green", "Amber", "Red", "Not rated"}
    assert words["previous"] == {"Exceeded", "Met", "Near", "Missed", "Not rated"}


def test_a_target_revised_within_the_year_counts_from_the_next_meeting() -> None:
    targets = [row(date, "homelessness-prevented").target.words for date in ("2025-09-18", "2025-10-23")]
    assert targets == ["52%", "56%"]
    assert any("the new target, 56%" in text for text in texts("2025-10-23", "performance"))


def test_a_post_that_changed_hands_has_its_new_holder_on_the_front_sheet() -> None:
    named = {date: next(f.value for f in model(date).front_sheet if f.label == "Report of") for date in DATES}
    assert named["2025-08-21"].startswith("Alex Example, ")
    assert named["2025-09-18"].startswith("Sam Sample, ")
    assert sorted(set(named.values())) == list(dict.fromkeys(named.values()))


def test_a_definition_that_changed_is_said_and_not_compared_across() -> None:
    before, after = (current(d).find("example-assessments-on-time") for d in ("2025-11-20", "2025-12-18"))
    assert before is not None and after is not None
    assert before.directions["previous_period"].comparable
    for direction in after.directions.values():
        assert direction.not_comparable == "the definition changed in between"
    assert any("counted in another way from October 2025" in t for t in texts("2025-12-18", "performance"))


# What was said


@pytest.mark.parametrize("date", MADE)
def test_every_indicator_short_of_target_has_its_commentary_and_no_other_has(date: str) -> None:
    assert set(commented(date)) == {r.indicator.id for r in current(date).exceptions}
    for part in commented(date).values():
        assert {"cause", "action", "who", "by"} <= set(part.fields), part.heading


@pytest.mark.parametrize(("before", "date"), list(pairwise(DATES)))
def test_no_paper_repeats_the_one_before_word_for_word(before: str, date: str) -> None:
    earlier, now = commented(before), commented(date)
    kinds = ("cause", "context", "action", "done")
    for indicator in earlier.keys() & now.keys():
        then = {p.text for p in earlier[indicator].paragraphs if p.part in kinds}
        here = {p.text for p in now[indicator].paragraphs if p.part in kinds}
        assert not then & here, indicator


@pytest.mark.parametrize("date", MADE)
def test_no_figure_is_typed_in_what_is_said_of_an_indicator(date: str) -> None:
    for part in commented(date).values():
        for paragraph in part.paragraphs:
            if paragraph.part not in ("who", "by"):
                assert not re.search(r"\d", re.sub(r"\{\{.*?\}\}", "", paragraph.text)), paragraph.text


def test_figures_are_named_in_what_is_said() -> None:
    prose = [p.text for date in MADE for part in commented(date).values() for p in part.paragraphs]
    assert len([text for text in prose if "{{ example_" in text]) > 20


def test_an_action_is_to_be_done_after_its_meeting_and_is_answered_once_it_has_fallen_due() -> None:
    answered = 0
    for before, date in pairwise(MADE):
        now = commented(date)
        for indicator, part in commented(before).items():
            (action,) = part.actions
            assert action.due is not None and action.due.start > dt.date.fromisoformat(before)
            if indicator in now and action.due.end <= dt.date.fromisoformat(date):
                assert "done" in now[indicator].fields, (date, indicator)
                answered += 1
    assert answered > 60


def test_what_was_agreed_in_march_2026_is_due_after_the_papers_that_are_written_by_hand_begin() -> None:
    due = [action.due for part in commented(MADE[-1]).values() for action in part.actions]
    assert due and all(d is not None and d.start > dt.date.fromisoformat(WRITTEN[0]) for d in due)


@pytest.mark.parametrize("date", DATES)
def test_no_card_says_that_a_promise_has_no_answer(date: str) -> None:
    assert not any("has not been reported" in text for text in texts(date, "exceptions"))


@pytest.mark.parametrize("date", DATES)
def test_every_paper_says_that_it_is_invented(date: str) -> None:
    assert "every figure in this paper are invented" in model(date).note
    assert "(invented)" in model(date).council.name


def test_the_texts_of_the_history_stay_small() -> None:
    files = [
        path
        for date in DATES
        for path in (ROOT / "reports" / COUNCIL / date).glob("*.*m*")
        if path.suffix in (".yml", ".md")
    ]
    assert len(files) == 2 * len(DATES)
    assert sum(path.stat().st_size for path in files) < 150_000
