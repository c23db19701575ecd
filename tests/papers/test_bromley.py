"""The paper of Bromley of 18 July 2018, against what the council published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from scrutiny.paper.build import Inputs
from scrutiny.paper.model import PaperModel, Paragraph, Table
from tests.papers.reading import plain

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def paper(model_of: Callable[[str, str], PaperModel]) -> PaperModel:
    return model_of("bromley", "2018-07-18")


def texts(paper: PaperModel, section: str) -> list[str]:
    blocks = next(s for s in paper.sections if s.id == section).blocks
    return [f"{b.number} {plain(b.text)}".strip() for b in blocks if isinstance(b, Paragraph)]


def test_the_paragraph_on_indicator_16_has_value_comparators_and_range(paper: PaperModel) -> None:
    said = texts(paper, "commentary")
    heading = said.index(
        "Indicator 16: % of reviews completed within timescale for Children subject of a Child Protection Plan (AMBER)"
    )
    assert said[heading + 1].startswith(
        "3.7 As at the end of May 2018, 94% of Child Protection reviews were completed in a timely way; performance is "
        "above the national comparator of 92%, but below the London average of 96% and our ambitious target range of "
        "95% to 100%. The late reviews were in relation to two sibling groups."
    )


def test_one_indicator_is_an_indicator_that_was(paper: PaperModel) -> None:
    assert (
        "3.6 As at the end of May 2018, the following Children's Scrutiny Dataset key performance indicator was "
        "performing below expectation."
    ) in texts(paper, "commentary")


def test_the_computed_rating_is_the_published_one(paper: PaperModel) -> None:
    (reviews,) = paper.indicators
    assert (reviews.number, reviews.rating.word, reviews.rating.origin) == ("16", "Amber", "computed")
    assert reviews.rating.published_word == "Amber"
    assert reviews.reason == (
        "94% is 1 percentage point short of the 95% to 100% range and inside the 5-point tolerance, so Amber."
    )
    assert [(b.name, b.published, b.period, b.position) for b in reviews.benchmarks] == [
        ("England", "92%", "2017-03-31", "above"),
        ("London", "96%", "2017-03-31", "below"),
    ]


def test_a_year_later_the_same_paper_would_compare_with_the_next_benchmarks() -> None:
    later = Inputs(ROOT, "bromley", "2018-07-18", dt.date(2019, 7, 18)).views()["current"].rows[0]
    assert [(b.comparator.id, str(b.observation.value)) for b in later.benchmarks] == [
        ("england", "90.5"),
        ("london", "94.1"),
    ]


def test_front_sheet_and_form_blocks_stand_in_the_councils_order(paper: PaperModel) -> None:
    assert [line.label for line in paper.front_sheet] == [
        "Decision Maker", "Date", "Decision Type", "Title", "Contact Officer", "Chief Officer", "Ward",
    ]  # fmt: skip
    assert paper.front_sheet[2].value == "Non-Urgent Non-Executive Non-Key"
    assert [f"{s.number} {s.title}".strip() for s in paper.sections] == [
        "1. Reason for report",
        "2. RECOMMENDATION(S)",
        "Corporate Policy",
        "Financial",
        "Staff",
        "Legal",
        "Customer Impact",
        "Ward Councillor Views",
        "3. COMMENTARY",
        "4. IMPACT ON VULNERABLE ADULTS AND CHILDREN",
        "5. POLICY IMPLICATIONS",
        "Non-Applicable Sections",
        "Background Documents: (Access via Contact Officer)",
        "Appendix One: Children's Scrutiny Dataset, May 2018",
    ]


def test_form_answers_restart_under_each_heading(paper: PaperModel) -> None:
    assert texts(paper, "financial") == [
        "1. Cost of proposal: No Cost",
        "2. Ongoing costs: Not Applicable",
        "3. Budget head/performance centre: N/A",
        "4. Total current budget for this head: N/A",
        "5. Source of funding: N/A",
    ]
    assert texts(paper, "corporate-policy") == [
        "1. Policy Status: Not Applicable",
        "2. BBB Priority: Children and Young People",
    ]
    assert texts(paper, "ward-councillor-views")[0] == "1. Have Ward Councillors been asked for comments? No"


def test_non_applicable_sections_are_listed_not_left_empty(paper: PaperModel) -> None:
    assert texts(paper, "closing") == [
        "Financial Implications, Legal Implications, Personnel Implications, Procurement Implications"
    ]


def test_the_appendix_holds_the_indicator_with_context_of_its_own_period(paper: PaperModel) -> None:
    appendix = next(s for s in paper.sections if s.appendix)
    tables = {b.id: b for b in appendix.blocks if isinstance(b, Table)}
    (row,) = tables["t-current-indicators"].rows
    assert [cell.text for cell in row][:1] + [cell.text for cell in row][2:5] == [
        "16",
        "94%",
        "95% to 100%",
        "◆ Amber",
    ]
    context = next(t for t in tables.values() if "Official statistics" in t.caption)
    assert [cell.text for cell in context.rows[-1]] == [
        "16 Child protection reviews completed within timescale", "31 March 2017", "98%", "92%", "96%",
        "by 30 November 2017 (assumed)",
    ]  # fmt: skip
