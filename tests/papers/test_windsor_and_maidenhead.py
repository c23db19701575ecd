"""The paper of Windsor and Maidenhead of 26 September 2018, against what the council published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scrutiny.paper.model import PaperModel, Paragraph, Section, Table
from tests.papers.reading import plain

PUBLISHED = {
    # printed number: (2017/18 year end, quarter 1 of 2018/19; None: no longer reported)
    "1.1.1": ("Amber", "Amber"),
    "1.1.7": ("Green", "Green"),
    "1.2.1": ("Red", "Red"),
    "1.2.2": ("Amber", None),
    "1.2.3": ("Green", "Green"),
    "1.3.1": ("Green", "Green"),
    "1.3.2": ("Amber", None),
    "1.3.3": ("Red", None),
    "1.3.4": ("Amber", None),
    "1.3.5": ("Green", None),
    "2.1.1": ("Amber", "Green"),
    "2.1.2": ("Amber", "Amber"),
    "2.1.3": ("Green", "Green"),
}


@pytest.fixture(scope="module")
def paper(model_of: Callable[[str, str], PaperModel]) -> PaperModel:
    return model_of("windsor-and-maidenhead", "2018-09-26")


def section(paper: PaperModel, name: str) -> Section:
    return next(s for s in paper.sections if s.id == name)


def texts(part: Section) -> list[str]:
    return [f"{b.number} {plain(b.text)}".strip() for b in part.blocks if isinstance(b, Paragraph)]


def table(paper: PaperModel, name: str) -> Table:
    return next(b for s in paper.sections for b in s.blocks if isinstance(b, Table) and b.id == name)


def test_the_report_summary_is_word_for_word_the_councils(paper: PaperModel) -> None:
    assert texts(section(paper, "report-summary")) == [
        "1. The summary of the Quarter 1 2018/19 performance of the council's performance management framework (PMF) "
        "shows five of the eight measures reported to the Children's Services Overview and Scrutiny Panel have met or "
        "exceeded their target, two measures are just short of target (within tolerance, one with data only available "
        "one quarter in arrears) and one measure is off target, see table 1 and Appendix A.",
        "2. A summary of the 2017/18 year end performance is outlined in table 2 and Appendix B. Of the 13 measures "
        "reported to the Panel in 2017/18, five met or exceeded their target, six were just short of target (within "
        "tolerance) and two were off target.",
    ]


def test_paragraph_2_3_is_word_for_word_the_councils(paper: PaperModel) -> None:
    assert (
        "2.3 In 2018/19, eight measures will be reported to the Children's Services Overview and Scrutiny Panel; five "
        "of these have met or exceeded the target in the first quarter, see table 1 and appendix A. Two measures are "
        "just short of the target (within tolerance) and one measure is off target."
    ) in texts(section(paper, "reasons"))


def test_paragraph_2_7_is_word_for_word_the_councils(paper: PaperModel) -> None:
    assert (
        "2.7 In 2017/18 of the 13 performance measures; five met or exceeded their target, six were just short of "
        "target (within tolerance) and two were off target, see table 2 and appendix B."
    ) in texts(section(paper, "reasons"))


def test_the_commentary_list_is_the_measures_that_are_not_green(paper: PaperModel) -> None:
    assert (
        "2.4 Detailed performance for all measures is in appendix A including commentary for measures 1.1.1, 1.2.1 and "
        "2.1.2."
    ) in texts(section(paper, "reasons"))


def test_the_retired_measures_are_named_and_the_range_leaves_out_the_exclusions(paper: PaperModel) -> None:
    said = next(t for t in texts(section(paper, "reasons")) if t.startswith("2.5"))
    assert "In 2018/19 measures 1.2.2, 1.3.2, 1.3.3, 1.3.4 and 1.3.5 will not be reported on" in said
    assert "Measures 1.3.2 to 1.3.4 relate to Free School Meal attainment and only have annual data." in said


def test_one_measure_was_off_target_in_both_periods(paper: PaperModel) -> None:
    said = next(t for t in texts(section(paper, "reasons")) if t.startswith("2.8"))
    assert (
        "One of the measures off target in 17/18 is the same as Q1 in 18/19 and reflects actions taken"
        in said
    )


@pytest.mark.parametrize(
    ("view", "place", "totals"), [("previous", 0, ["2", "6", "5"]), ("current", 1, ["1", "2", "5"])]
)
def test_every_rating_and_total_is_the_published_one(
    paper: PaperModel, view: str, place: int, totals: list[str]
) -> None:
    ratings = {i.number: i.rating.word for i in paper.indicators if i.view == view}
    assert ratings == {number: both[place] for number, both in PUBLISHED.items() if both[place]}
    shown = table(paper, f"t-ratings-{view}")
    assert shown.columns == ["Measure", "Red", "Amber", "Green"]
    assert [cell.text for cell in shown.rows[-1]] == ["Total", *totals]


def test_a_1_stands_in_the_column_of_its_rating_and_nowhere_else(paper: PaperModel) -> None:
    shown = table(paper, "t-ratings-current")
    for row in shown.rows[:-1]:
        number = row[0].text.split()[0]
        marked = [shown.columns[i] for i, cell in enumerate(row) if i and cell.text]
        assert marked == [PUBLISHED[number][1]]
    assert shown.rows[0][2].note == "(one quarter in arrears)"


def test_computed_ratings_equal_the_published_ones_where_figure_and_target_are_known(
    paper: PaperModel,
) -> None:
    computed = {(i.view, i.number): i.rating for i in paper.indicators if i.rating.origin == "computed"}
    assert set(computed) == {("current", "1.1.1"), ("current", "1.2.1"), ("previous", "1.2.1")}
    assert all(rating.word == rating.published_word for rating in computed.values())
    assert all(i.rating.origin == "published" for i in paper.indicators if (i.view, i.number) not in computed)


def test_uptake_is_a_quarter_in_arrears_with_its_own_period_and_englands(paper: PaperModel) -> None:
    uptake = next(i for i in paper.indicators if i.view == "current" and i.number == "1.1.1")
    assert (uptake.outturn.published, uptake.period) == ("85.4%", "FY2017-18-Q4")
    assert uptake.reason == (
        "85.4% is 4.6 percentage points short of the target of 90% and inside the 5-point tolerance, so Amber. "
        "21 more of 459 children would have met it."
    )
    assert [(b.name, b.published, b.period) for b in uptake.benchmarks] == [
        ("England", "87.2%", "FY2017-18-Q4")
    ]
    assert [d.words for d in uptake.direction] == [
        "up 0.9 percentage points on Q3 2017/18, improving",
        "up 4.9 percentage points on Q4 2016/17, improving",
    ]


def test_the_figure_that_came_out_four_days_after_the_meeting_is_not_used(paper: PaperModel) -> None:
    assert all(i.outturn.known_on is None or i.outturn.known_on <= "2018-09-26" for i in paper.indicators)


def test_the_review_figure_comes_from_the_minutes_of_the_meeting(paper: PaperModel) -> None:
    review = next(i for i in paper.indicators if i.view == "current" and i.number == "1.2.1")
    assert (review.outturn.published, review.target.words, review.provenance) == ("56%", "77%", "minutes")
    assert review.target.illustrative
    before = next(i for i in paper.indicators if i.view == "previous" and i.number == "1.2.1")
    assert (before.outturn.published, before.target.illustrative) == ("40.5%", False)


def test_no_improvement_is_claimed_where_targets_were_revised(paper: PaperModel) -> None:
    said = [
        cell.text
        for s in paper.sections
        for b in s.blocks
        if isinstance(b, Table) and b.kind == "facts"
        for row in b.rows
        for cell in row
        if row[0].text == "Rating movement"
    ]
    assert said and not any("up from" in text for text in said)


def test_sections_stand_in_the_councils_order_with_corrected_numbers(paper: PaperModel) -> None:
    assert [f"{s.number} {s.title}".strip() for s in paper.sections] == [
        "REPORT SUMMARY",
        "1. DETAILS OF RECOMMENDATION(S)",
        "2. REASON(S) FOR RECOMMENDATION(S) AND OPTIONS CONSIDERED",
        "3. KEY IMPLICATIONS",
        "4. FINANCIAL DETAILS / VALUE FOR MONEY",
        "5. LEGAL IMPLICATIONS",
        "6. RISK MANAGEMENT",
        "7. POTENTIAL IMPACTS",
        "8. CONSULTATION",
        "9. TIMETABLE FOR IMPLEMENTATION",
        "10. APPENDICES",
        "11. BACKGROUND DOCUMENTS",
        "12. CONSULTATION (MANDATORY)",
        "REPORT HISTORY",
        "Appendix A: Children's Services Performance Report Q1 2018/19",
        "Appendix B: Children's Services Performance Report 2017/18",
    ]
    numbers = [
        b.number for s in paper.sections for b in s.blocks if isinstance(b, Paragraph) and b.role == "text"
    ]
    given = [n for n in numbers if n]
    assert len(set(given)) == len(given), "the original printed 2.7 twice"
    assert [n for n in given if n.startswith("2.")] == [f"2.{i}" for i in range(1, 9)]


def test_options_risk_timetable_and_consultees_are_the_councils(paper: PaperModel) -> None:
    assert [table(paper, f"t-{n}").number for n in ("options", "implications", "risks", "timetable")] == [
        f"Table {i}" for i in (3, 4, 5, 6)
    ]
    risks = table(paper, "t-risks").rows[0]
    assert (risks[1].text, risks[3].text) == ("HIGH", "LOW")
    implications = [cell.text for cell in table(paper, "t-implications").rows[0]]
    assert implications[1:] == [
        "<100% of priorities on target.",
        "100% of priorities on target.",
        "",
        "",
        "31 March 2019",
    ]
    assert [row[0].text for row in table(paper, "t-timetable").rows] == ["Ongoing", "22 November 2018"]
    consultees = table(paper, "t-consultees").rows
    assert len(consultees) == 10
    assert sum(bool(row[2].text) for row in consultees) == 2
    assert [row[3].text for row in consultees if row[3].text] == ["13/9/18"]


def test_the_recommendations_are_roman(paper: PaperModel) -> None:
    said = texts(section(paper, "recommendations"))
    assert said[1].startswith(
        "i) Endorses the 2018/19 Performance Management Framework, outlined in table 1 and appendix A"
    )
    assert said[2].startswith("ii) Requests relevant Lead Members and Heads of Service focus effort")


def test_the_appendix_has_one_row_per_measure_and_the_exceptions_one_card_each(paper: PaperModel) -> None:
    assert len(table(paper, "t-current-indicators").rows) == 8
    assert len(table(paper, "t-previous-indicators").rows) == 13
    cards = {b.card for b in section(paper, "appendix-current").blocks if b.card}
    assert cards == {
        "x-current-mmr2-by-age-5",
        "x-current-review-at-2-years",
        "x-current-re-referrals-within-12-months",
    }


def test_the_thirteen_measures_lead_to_the_eight(paper: PaperModel) -> None:
    tables = [b for s in paper.sections for b in s.blocks if isinstance(b, Table)]
    shown = next(t for t in tables if t.caption == "The measures of both years")
    assert [cell.text for cell in shown.rows[-1]] == [
        "Total",
        "13",
        "8",
        "Eight kept, five no longer reported, none added",
    ]
    gone = [row[1].text for row in shown.rows[:-1] if not row[2].text]
    assert gone == [number for number, (_, now) in PUBLISHED.items() if now is None]


def test_the_mmr_uptake_is_amber_and_within_its_usual_range(paper: PaperModel) -> None:
    """What the appendix says more than the original: the register of changes to figures names this test."""
    made = table(paper, "t-current-indicators")
    signals = [row[made.columns.index("Signal")] for row in made.rows]
    assert signals[0].text == "Amber, and within its usual range since April 2017."
    assert signals[0].note.splitlines() == [
        "usual range 81.7% to 89%, all off target†",
        "no figure for two quarters, across which nothing is counted",
    ]
    assert [cell.text for cell in signals[1:]] == [
        "No signal: there is no figure for the period",
        "No signal: one of the 7 figures that it needs is known",
        *["No signal: there is no figure for the period"] * 5,
    ]
    facts = {row[0].text: row[1].text for row in table(paper, "x-current-mmr2-by-age-5-facts").rows}
    assert facts["95% interval"] == "81.9% to 88.3%"
    assert facts["Benchmarks"] == "England 87.2% (Q4 2017/18): 1.8 percentage points below, not significantly"
    assert (
        facts["Recent trend"] == "Cannot be calculated: one of its last five figures a year apart is missing"
    )


def test_no_sentence_of_the_papers_own_sections_speaks_of_signals(paper: PaperModel) -> None:
    own = " ".join(t for part in paper.sections if not part.appendix for t in texts(part))
    assert "usual range" not in own and "significantly" not in own.lower()
