"""The paper of Central Bedfordshire of 11 December 2012, against what the council published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scrutiny.paper.model import IndicatorModel, PaperModel, Paragraph, Table
from tests.papers.reading import plain

ASSESSMENTS = "initial-assessments-in-10-days"
SCHOOLS = "schools-and-colleges-good-or-outstanding"


@pytest.fixture(scope="module")
def paper(model_of: Callable[[str, str], PaperModel]) -> PaperModel:
    return model_of("central-bedfordshire", "2012-12-11")


def texts(paper: PaperModel, section: str) -> list[str]:
    blocks = next(s for s in paper.sections if s.id == section).blocks
    return [f"{b.number} {plain(b.text)}".strip() for b in blocks if isinstance(b, Paragraph)]


def indicator(paper: PaperModel, name: str) -> IndicatorModel:
    return next(i for i in paper.indicators if i.id == name)


def test_the_front_sheet_is_the_councils_with_the_year_that_its_subject_left_out(paper: PaperModel) -> None:
    assert [(line.label, plain(line.value)) for line in paper.front_sheet] == [
        ("Meeting", "Children's Services Overview and Scrutiny Committee"),
        ("Date", "11 December 2012"),
        ("Subject", "Quarter 2 2012/13 Performance Report"),
        ("Report of", "Cllr Mark Versallion, Executive Member for Children's Services"),
        (
            "Summary",
            "The report highlights the Quarter Two performance for the Children's Services Directorate.",
        ),
        ("Advising Officer", "Edwina Grant, Deputy Chief Executive and Director of Children's Services"),
        (
            "Contact Officer",
            "Karen Oellermann, Head of Partnerships, Performance and Workforce Development",
        ),
        ("Public/Exempt", "Public"),
        ("Wards Affected", "All"),
        ("Function of", "Council"),
    ]


def test_sections_stand_in_the_councils_order_and_carry_no_number(paper: PaperModel) -> None:
    assert [f"{s.number} {s.title}".strip() for s in paper.sections] == [
        "CORPORATE IMPLICATIONS",
        "RECOMMENDATION:",
        "Background",
        "Quarter 2 Performance Summary",
        "Appendices:",
        "Background Papers: (open to public inspection)",
        "Location of papers:",
        "Appendix A: Performance Indicators",
    ]


def test_paragraphs_are_numbered_1_to_17_through_the_whole_paper(paper: PaperModel) -> None:
    numbers = [b.number for s in paper.sections for b in s.blocks if isinstance(b, Paragraph) and b.number]
    assert numbers == [f"{i}." for i in range(1, 18)]
    styles = {b.style for s in paper.sections for b in s.blocks if isinstance(b, Paragraph) and b.number}
    assert styles == {"continuous"}


def test_corporate_implications_are_the_councils_with_not_applicable_where_it_says_nothing(
    paper: PaperModel,
) -> None:
    assert texts(paper, "corporate-implications") == [
        "Council Priorities:",
        "1. The Quarterly Performance Report ensures that progress on the delivery of the Council's priorities is "
        "monitored.",
        "Financial:",
        "2. There are a number of performance indicators within the full corporate suite that have a financial link.",
        "3. It will be important to consider any financial implications in addressing ongoing areas of "
        "underperformance.",
        "Legal:",
        "4. Not applicable.",
        "Risk Management:",
        "5. Areas of ongoing underperformance are a risk to both service delivery and the reputation of the Council.",
        "Staffing (including Trades Unions):",
        "6. Not applicable.",
        "Equalities/Human Rights:",
        "7. This report highlights performance against a range of indicators which seek to measure how services "
        "impact across all communities in Central Bedfordshire, so that specific areas of underperformance can be "
        "highlighted for further analysis.",
        "8. As such it does not include detailed performance information relating to the Council's stated intention "
        "to tackle inequalities and deliver services so that people whose circumstances make them vulnerable are not "
        "disadvantaged. The interrogation of performance data across vulnerable groups is a legal requirement and is "
        "an integral part of the Council's equalities and performance culture which seeks to ensure that, through a "
        "programme of ongoing impact assessments, underlying patterns and trends for different sections of the "
        "community identify areas where further action is required to improve outcomes for vulnerable groups.",
        "Community Safety:",
        "9. There are Children's Services indicators that relate to ensuring children and young people are kept safe.",
        "Sustainability:",
        "10. Not applicable.",
        "Procurement:",
        "11. Not applicable.",
    ]


def test_the_recommendation_is_the_councils_and_has_no_number(paper: PaperModel) -> None:
    assert texts(paper, "recommendation") == ["That the Committee notes and reviews Quarter Two performance."]


def test_the_background_says_that_the_set_of_indicators_is_new(paper: PaperModel) -> None:
    assert texts(paper, "background") == [
        "12. The Council's framework for performance management supports the delivery of the Council's priorities.",
        "13. This report marks a change from previous performance reports, as it now focuses on a set of indicators "
        "that support the monitoring of progress against the priorities in the Medium Term Plan. The following "
        "provides an overview of the performance position for Quarter 2. This is supported by the detailed "
        "performance information provided in Appendix A for this new set of indicators.",
    ]


def test_paragraph_14_says_that_all_measures_can_be_reported(paper: PaperModel) -> None:
    assert texts(paper, "performance-summary")[0] == (
        "14. The new Information System (Frameworki) for monitoring the council's performance in relation to "
        "protecting vulnerable children and young people was installed at the end of the 2011/12 financial year. Work "
        "is continuing to establish this system to fully support operational services and it will be February 2013 "
        "before all management performance reports can be accessed. However, it is now possible to report all "
        "measures in this set."
    )


def test_paragraph_15_counts_the_safeguarding_indicators(paper: PaperModel) -> None:
    assert texts(paper, "performance-summary")[1] == (
        "15. Performance in relation to three of the four safeguarding indicators has been good in Quarter 2, each "
        "remaining on target at quarter end."
    )


def test_paragraph_16_is_the_dip_its_forecast_and_its_cause(paper: PaperModel) -> None:
    assert texts(paper, "performance-summary")[2] == (
        "16. Although the percentage of initial assessments completed in 10 days is showing a dip in performance this "
        "quarter it is anticipated that performance will level out and that the end of year target of 85% will be "
        "achieved. This dip in performance is partly as a result of difficulties in completion due to the holiday "
        "period, both in terms of leave and availability of colleagues in other agencies. Frameworki will allow "
        "greater clarity on recording the date of a contact which progresses to an Initial Assessment."
    )


def test_paragraph_17_is_the_stability_of_schools_over_three_years(paper: PaperModel) -> None:
    assert texts(paper, "performance-summary")[3:] == [
        "17. Overall the proportion of schools and colleges being classified as good or outstanding has remained "
        "stable over the last three years. In quarter two published inspection outcomes show that 76% of schools and "
        "colleges are either good or outstanding."
    ]


def test_the_end_of_the_paper_is_the_councils(paper: PaperModel) -> None:
    assert texts(paper, "appendices") == ["Appendix A – Performance Indicators"]
    assert texts(paper, "background-papers") == ["Executive (Quarter 2 Performance Report)"]
    assert texts(paper, "location-of-papers") == ["Priory House, Chicksands"]


def test_the_quarter_the_year_end_target_and_the_forecast_are_kept_apart(paper: PaperModel) -> None:
    found = indicator(paper, ASSESSMENTS)
    assert (found.outturn.value, found.outturn.published) == (None, "not published")
    assert (found.target.words, found.target.year_end) == ("target not published", "85%")
    assert "will be achieved" in found.target.forecast
    assert found.rating.origin is None, "a forecast is not a rating"
    assert found.rating.not_rated == "not_published"


def test_three_ratings_are_the_councils_and_nothing_is_made_up_for_indicators_without_a_name(
    paper: PaperModel,
) -> None:
    unnamed = [i for i in paper.indicators if "not named in the paper" in i.title]
    assert len(unnamed) == 3
    for found in unnamed:
        assert (found.rating.word, found.rating.origin) == ("On target", "published")
        assert (found.outturn.value, found.unit, found.polarity) == (None, "not_stated", "no_judgement")
        assert found.target.words == "target not published"
    assert paper.summary.counts == {"On target": 3, "Not on target": 0}
    assert paper.summary.not_rated == {"not_published": 1, "target_not_published": 1}


def test_the_one_figure_that_the_paper_gives_is_76_per_cent(paper: PaperModel) -> None:
    given = {i.id: i.outturn.published for i in paper.indicators if i.outturn.value is not None}
    assert given == {SCHOOLS: "76%"}
    found = indicator(paper, SCHOOLS)
    assert (found.period, found.source.split(", ")[-1]) == ("FY2012-13-Q2", "paragraph 17")
    assert all(d.judgement is None for d in found.direction), "three years' figures are not published"


def test_the_appendix_has_no_numbers_since_the_council_prints_none(paper: PaperModel) -> None:
    appendix = next(s for s in paper.sections if s.appendix)
    table = next(b for b in appendix.blocks if isinstance(b, Table) and b.kind == "indicators")
    assert table.columns[:3] == ["Indicator", "Outturn", "Target"]
    assert len(table.widths) == len(table.columns) == len(table.rows[0])
    rows = {row[0].text: row for row in table.rows}
    assessments = rows["Percentage of initial assessments completed in 10 days"]
    assert [assessments[i].text for i in (1, 2)] == ["not published", "target not published"]
    assert assessments[2].note.startswith("year-end target 85%, it is anticipated that")
    assert assessments[2].note.count("will be achieved") == 1
    assert assessments[5].text == "is showing a dip in performance this quarter, as published"
    unnamed = rows["Safeguarding indicator 1 (not named in the paper)"]
    assert unnamed[0].note == "", "neither unit nor polarity is known"
    assert unnamed[3].text == "● On target"


def test_what_the_council_said_without_a_figure_has_its_place_in_the_paper(paper: PaperModel) -> None:
    appendix = next(s for s in paper.sections if s.appendix)
    sources = next(b for b in appendix.blocks if isinstance(b, Table) and b.caption.startswith("Where"))
    assert sources.columns[0] == "Indicator"
    kinds = {(row[1].text, row[2].text.rsplit(", ", 1)[1]) for row in sources.rows}
    assert kinds == {
        ("rating only", "paragraph 15"),
        ("judgement", "paragraph 15"),
        ("judgement", "paragraph 16"),
        ("outturn", "paragraph 17"),
        ("judgement", "paragraph 17"),
    }
