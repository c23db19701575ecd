"""The papers of Merton of 7 November 2018 and 13 February 2019, against what the council published."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx.table import Table as WordTable

from scrutiny.errors import ProblemError
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.model import PaperModel, Paragraph, Section, Table
from scrutiny.paper.proofreading import Proofreader
from tests.papers.reading import plain, word_blocks

ROOT = Path(__file__).resolve().parents[2]
NOVEMBER, FEBRUARY = "2018-11-07", "2019-02-13"
STILL_NOT_CAPTURED = (
    "Number of family groups subject to child protection plans – this is not currently captured within Mosaic, but is "
    "due to be incorporated early in 2019 with the introduction of group working upgrades within the system. At this "
    "point, reports will be developed to enable reporting through Mosaic."
)
NO_IMPLICATIONS = "No specific implications from this report."


@pytest.fixture(scope="module")
def november(model_of: Callable[[str, str], PaperModel]) -> PaperModel:
    return model_of("merton", NOVEMBER)


@pytest.fixture(scope="module")
def february(model_of: Callable[[str, str], PaperModel]) -> PaperModel:
    return model_of("merton", FEBRUARY)


def section(paper: PaperModel, name: str) -> Section:
    return next(s for s in paper.sections if s.id == name)


def texts(paper: PaperModel, name: str) -> list[str]:
    blocks = section(paper, name).blocks
    return [f"{b.number} {plain(b.text)}".strip() for b in blocks if isinstance(b, Paragraph)]


def tables_of(paper: PaperModel) -> list[Table]:
    return [b for s in paper.sections for b in s.blocks if isinstance(b, Table)]


def table(paper: PaperModel, word: str) -> Table:
    return next(t for t in tables_of(paper) if word in t.id)


def facts(date: str) -> dict[str, object]:
    return Paper(Inputs(ROOT, "merton", date), pictures=False)._writer.facts


# 7 November 2018


def test_the_details_of_november_are_word_for_word_the_councils(november: PaperModel) -> None:
    assert texts(november, "details") == [
        "Performance Highlights",
        "2.1 Work continues with re-establishing performance reporting following implementation of Mosaic. The "
        "performance report attached demonstrates further progress made in this regard and the few areas which remain "
        "a challenge. The areas in which we are currently unable to report performance remain as last month which are "
        "highlighted within the report and summarised below:",
        "1: Common and Shared Assessments – this indicator is not currently captured within Mosaic and has a revised "
        "approach for which new performance measurement processes need to be established.",
        f"6: {STILL_NOT_CAPTURED}",
        "8: Quorate attendance at child protection conferences – again, this is not able to be reported through "
        "Mosaic, but records within the service area enable its reporting.",
        "2.2 Performance indicators currently presenting a challenge are:",
        "% of Single Assessments authorised within the statutory 45 days – performance continues to improve, but is "
        "still short of target. Issues around sign off of worksteps within Mosaic are being explored which is "
        "anticipated to improve performance.",
        "Percentage of reviews completed within timescale for Children with Child Protection Plans – this shows that "
        "12 have not been authorised within the appropriate timescales so these are being investigated to determine "
        "if this is a recording issue.",
        "2.3 The performance indicator currently performing particularly well is:",
        '91% of schools\' Ofsted inspections rated as "Good" or "Outstanding"',
        "2.4 Following changes agreed at the last meeting some data has been added for new performance measures, but "
        "due to the short gap between meetings, not all data has yet been compiled and therefore will feed into the "
        "next report as definitions are confirmed and data collection / ratification processes established.",
    ]


def test_the_sections_of_november_stand_in_the_councils_order(november: PaperModel) -> None:
    assert [f"{s.number} {s.title}".strip() for s in november.sections] == [
        "Recommendations:",
        "1. PURPOSE OF REPORT AND EXECUTIVE SUMMARY",
        "2. DETAILS",
        "3. FINANCIAL, RESOURCE AND PROPERTY IMPLICATIONS",
        "4. LEGAL AND STATUTORY IMPLICATIONS",
        "5. HUMAN RIGHTS, EQUALITIES AND COMMUNITY COHESION IMPLICATIONS",
        "6. CRIME AND DISORDER IMPLICATIONS",
        "7. RISK MANAGEMENT AND HEALTH AND SAFETY IMPLICATIONS",
        "8. APPENDICES – THE FOLLOWING DOCUMENTS ARE TO BE PUBLISHED WITH THIS REPORT AND FORM PART OF THE REPORT",
        "9. BACKGROUND PAPERS",
        "Appendix 1: Performance Report",
    ]


def test_recommendation_purpose_and_closing_are_the_councils(
    november: PaperModel, february: PaperModel
) -> None:
    for paper, end in ((november, "September 2018"), (february, "December 2018")):
        assert texts(paper, "recommendations") == [
            "A. Members of the panel note the contents of the performance report and discuss current performance and "
            "the changes proposed to the scrutiny performance framework by the panel's performance leads."
        ]
        assert texts(paper, "purpose") == [
            f"1.1 The report provides members of the panel with performance information to the end of {end} along "
            "with quarterly performance measures where available."
        ]
        last = section(paper, "background-papers").number.rstrip(".")
        assert texts(paper, "background-papers") == [f"{last}.1 None"]
        assert texts(paper, "appendices") == [f"{int(last) - 1}.1 Appendix 1: Performance Report"]


def test_the_front_sheets_name_who_held_each_post_at_the_time(
    november: PaperModel, february: PaperModel
) -> None:
    shown = [{line.label: line.value for line in paper.front_sheet} for paper in (november, february)]
    assert shown[0] == {
        "Committee": "Children and Young People Overview and Scrutiny Panel",
        "Date": "7th November 2018",
        "Wards": "All wards",
        "Subject": "Performance Report October 2018",
        "Lead officer": "Rachael Wardell, Director of Children, Schools and Families",
        "Lead members": "Cllr Kelly Braund, Cabinet Member for Children Services; "
        "Cllr Caroline Cooper-Marbiah, Cabinet Member for Education",
        "Contact officer": "Mark Gwynne, Interim Head of Policy, Planning and Performance",
    }
    assert {label: value for label, value in shown[1].items() if value != shown[0][label]} == {
        "Date": "13th February 2019",
        "Subject": "Performance Report December 2018",
        "Contact officer": "Sharon Buckby, Interim Head of Service for Policy, Planning and Performance",
    }


# 13 February 2019


def test_the_details_of_february_are_word_for_word_the_councils(february: PaperModel) -> None:
    assert texts(february, "details") == [
        "2.1 Work continues with re-establishing performance reporting following implementation of Mosaic. The "
        "performance report attached demonstrates further progress made in this regard. As such we have refreshed the "
        "figures accordingly. The areas that demonstrate change include:",
        "Assessments, where we have been under-reporting the timeliness of assessments. We reported 82% for November "
        "2018, after a recalibration we can see that the assessments completed on time has been steadily rising, and "
        "we are now reporting 86% in time. Whilst not yet at our target it is steadily moving in the right direction.",
        "'NEET' data, we have amended accordingly. Please note we do not have a target for young people who are 'NEET' "
        "in Merton. We strive to ensure all young people have suitable education or training. As such the 'target' has "
        "been removed.",
        "Nos. 17 and 18: We have reviewed how we collate data as the system is not reporting accurately. Additionally, "
        "there is a systems workflow issue that prevents multiple teams recording. Both issues are being addressed.",
        "2.2 Performance indicators where the service is currently under-performing are:",
        "No. 11. The percentage of children that became subject to a child protection plan for the second or "
        "subsequent time is now above the national average and significantly above the London average and the Merton "
        "acceptable range of variation (lower is better). Given the monthly increase, the head of QA is undertaking a "
        "case review to better understand the underlying issues.",
        "No. 3: Whilst we have a target of 55% for completion of EHC plans in time, we were performing at a better "
        "rate in previous months, but have dipped over December. The primary reason for this is that therapists are "
        "commissioned on term time contracts, as such there is delay in the collation of assessments to formulate the "
        "EHC plans. Our expectation is that with the introduction of the portal the issue of timeliness will be "
        "addressed and more ambitious targets can be set.",
        "2.3 Movement from November 2018:",
        "Our timeliness to ICPC has improved and we are now performing at the Merton target level and above national "
        "and London averages.",
        "Nos. 4 and 5: In November we reported an increase in the number (and rate per 10,000) of children with a "
        "child protection plan. The context for this change was two large families entering the system in October 2018 "
        "and the number / rate has reverted to a lower level as anticipated.",
        "2.4 New information supplied:",
        "No. 1, CASA data.",
        "Nos. 7 and 15, Caseloads. Please note for Child Protection caseloads, social workers hold both child "
        "protection and CIN. Current average caseload per social worker for child protection is 6, with the remaining "
        "children being supported by a CIN Plan.",
        "2.5 There are a range of performance indicators where we are currently performing particularly well, but of "
        "significant note are:",
        "No. 9. After a dip in performance over September to November we are reporting 98% of child protection reviews "
        "completed on time.",
        "Nos. 19 and 20. Our stability measures continue to remain strong.",
        "No. 39. Our % of agency social workers continues to decrease.",
        "2.6 One area which remains a challenge to report on is:",
        f"No. 6: {STILL_NOT_CAPTURED}",
    ]


def test_the_second_paper_has_the_three_sections_that_its_template_adds(
    november: PaperModel, february: PaperModel
) -> None:
    first, second = ([s.title for s in paper.sections] for paper in (november, february))
    added = ["ALTERNATIVE OPTIONS", "CONSULTATION UNDERTAKEN OR PROPOSED", "TIMETABLE"]
    assert second == [*first[:3], *added, *first[3:]]
    assert [s.number for s in february.sections] == ["", *(f"{n}." for n in range(1, 13)), ""]


@pytest.mark.parametrize(("date", "numbers"), [(NOVEMBER, range(3, 8)), (FEBRUARY, range(3, 11))])
def test_implications_say_one_default_sentence_from_one_source(
    model_of: Callable[[str, str], PaperModel], date: str, numbers: range
) -> None:
    paper = model_of("merton", date)
    said = [texts(paper, s.id) for s in paper.sections if s.number.rstrip(".") in map(str, numbers)]
    assert said == [[f"{n}.1 {NO_IMPLICATIONS}"] for n in numbers]
    committee = next((ROOT / "data/councils/merton/committees").glob("*.yml")).read_text("utf-8")
    assert committee.count(NO_IMPLICATIONS) == 1


# What the record holds, and what follows from it


def test_three_areas_that_could_not_be_reported_became_one() -> None:
    current = facts(FEBRUARY)["current"]
    assert (len(current.unable_before), len(current.unable)) == (3, 1)
    assert current.unable_before.numbers == "1, 6 and 8"
    assert (current.unable.numbers, current.unable_no_longer.numbers) == ("6", "1 and 8")
    assert facts(NOVEMBER)["current"].unable.numbers == "1, 6 and 8"


def test_the_list_changes_its_words_when_it_is_not_as_last_month() -> None:
    """A month that was in order before makes the paragraph of November say so."""
    inputs = Inputs(ROOT, "merton", NOVEMBER)
    inputs.store.unable = [u for u in inputs.store.unable if str(u.period) != "2018-08"]
    paper = Paper(inputs, pictures=False)
    paper.sections()
    assert "unable to report performance have changed since last month" in texts(paper.model, "details")[1]


def february_with(change: Callable[[Inputs], None]) -> list[str]:
    """The details of February, made from a changed record."""
    inputs = Inputs(ROOT, "merton", FEBRUARY)
    change(inputs)
    paper = Paper(inputs, pictures=False)
    paper.sections()
    return texts(paper.model, "details")


def test_a_second_area_that_cannot_be_reported_makes_the_sentence_plural() -> None:
    def also_no_8(inputs: Inputs) -> None:
        (last,) = [u for u in inputs.store.unable if str(u.period) == "2018-12"]
        inputs.store.unable.append(replace(last, indicator="cp-conference-quorate-attendance", expected=""))

    said = february_with(also_no_8)
    assert "2.6 Two areas which remain a challenge to report on are:" in said
    assert said[-1] == (
        "No. 8: Quorate attendance at child protection conferences – this is not currently captured within Mosaic."
    )


def test_paragraphs_without_indicators_vanish_and_the_numbers_close_up() -> None:
    def nothing_is_well(inputs: Inputs) -> None:
        inputs.store.judgements = [j for j in inputs.store.judgements if j.aspect != "level"]

    said = february_with(nothing_is_well)
    assert not any("performing particularly well" in text for text in said)
    assert "2.5 One area which remains a challenge to report on is:" in said


def test_one_challenge_is_an_indicator_that_is() -> None:
    def no_dip(inputs: Inputs) -> None:
        inputs.store.judgements = [j for j in inputs.store.judgements if j.judgement != "dipped"]

    said = february_with(no_dip)
    assert "2.2 The performance indicator where the service is currently under-performing is:" in said


def test_november_holds_nothing_that_became_known_later(november: PaperModel) -> None:
    assert [i.id for i in november.indicators] == [
        "common-and-shared-assessments",
        "single-assessments-on-time",
        "family-groups-on-cp-plans",
        "cp-conference-quorate-attendance",
        "cp-reviews-on-time",
        "schools-good-or-outstanding",
    ]
    assert all((i.outturn.known_on or "") <= NOVEMBER for i in november.indicators)


def test_a_section_of_the_later_template_shows_nothing_in_november_and_a_wrong_name_is_a_problem() -> None:
    paper = Paper(Inputs(ROOT, "merton", NOVEMBER), pictures=False)
    assert paper.section("alternative-options", "consultation", "timetable").markdown == ""
    with pytest.raises(ProblemError, match="timetabel"):
        paper.section("timetabel")


def test_november_was_restated_from_82_to_86_percent_with_its_reason() -> None:
    (one,) = facts(FEBRUARY)["current"].restated
    assert (one.old, one.new, str(one.period)) == ("82%", "86%", "November 2018")
    assert one.reason == "we have been under-reporting the timeliness of assessments"


def test_a_removed_target_leaves_the_indicator_unrated_and_says_so(
    november: PaperModel, february: PaperModel
) -> None:
    (row,) = [i for i in february.indicators if i.id == "young-people-neet"]
    assert row.target.words == "no target (removed)"
    assert row.rating.word == "Not rated"
    assert not any("removed" in i.target.words for i in november.indicators)


def test_no_figure_stands_in_the_papers_that_the_council_did_not_publish() -> None:
    with (ROOT / "data/councils/merton/outturns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted((r["indicator"], r["period"], r["value"]) for r in rows if r["value"] != "x") == [
        ("cp-reviews-on-time", "2018-12", "98"),
        ("merton-caseload-child-protection", "2018-12", "6"),
        ("schools-good-or-outstanding", "FY2018-19-Q2", "91"),
        ("single-assessments-on-time", "2018-11", "82"),
        ("single-assessments-on-time", "2018-11", "86"),
    ]
    assert {r["provenance"] for r in rows} == {"published_paper"}
    assert not any(r["rating_published"] for r in rows)


def test_the_only_published_target_is_55_percent(february: PaperModel) -> None:
    published = {i.number: i.target.words for i in february.indicators if "55" in i.target.words}
    assert published == {"3": "55%"}
    assert not any(i.target.illustrative for i in february.indicators)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (
            NOVEMBER,
            [["Child protection reviews completed within timescale", "31 March 2018", "82%", "91%", "94%"]],
        ),
        (
            FEBRUARY,
            [
                ["Initial child protection conferences on time", "2017/18", "72%", "77%", "74%"],
                [
                    "9 Child protection reviews completed within timescale",
                    "31 March 2018",
                    "82%",
                    "91%",
                    "94%",
                ],
                ["11 Second or subsequent child protection plans", "2017/18", "13%", "20%", "15%"],
            ],
        ),
    ],
)
def test_the_annual_statistics_are_the_newest_published_by_the_paper(
    model_of: Callable[[str, str], PaperModel], date: str, expected: list[list[str]]
) -> None:
    yearly = next(t for t in tables_of(model_of("merton", date)) if t.columns[-1] == "Published")
    rows = [[cell.text for cell in row] for row in yearly.rows]
    assert [row[:5] for row in rows if row[5] == "25 October 2018"] == expected
    assert rows[-1][5] == "25 October 2018"


@pytest.mark.parametrize(
    ("date", "waived"),
    [
        (
            NOVEMBER,
            {
                "title-period",
                "reportable-yet-unable",
                "no-expected-date",
                "challenge-without-value",
                "target-without-value",
            },
        ),
        (
            FEBRUARY,
            {
                "expected-date-passed",
                "carried-forward",
                "restated-without-period",
                "target-state",
                "bullet-without-number",
                "target-without-value",
                "challenge-without-value",
            },
        ),
    ],
)
def test_what_the_checks_find_is_corrected_or_waived_with_a_reason(date: str, waived: set[str]) -> None:
    found = Proofreader(Inputs(ROOT, "merton", date)).read()
    assert {p.severity for p in found} == {"note"}
    assert {p.check for p in found} == waived
    assert all(p.do.startswith("nothing: waived, ") for p in found)


def test_a_table_of_few_tall_rows_is_not_kept_on_one_page(made: Callable[[str, str], Path]) -> None:
    """Kept whole, it would leave the page with the appendix's heading empty."""
    tables = [b for b in word_blocks(made("merton", NOVEMBER) / "paper.docx") if isinstance(b, WordTable)]
    kept = {
        t.rows[0].cells[-1].text: t.rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next
        for t in tables
    }
    assert kept == {"Benchmarks": None, "Published": True, "Known on": True}


def test_one_notebook_makes_both_papers_and_holds_no_word_of_them() -> None:
    notebook = json.loads((ROOT / "notebooks/merton.ipynb").read_text("utf-8"))
    assert {cell["cell_type"] for cell in notebook["cells"]} == {"code"}
    source = "".join("".join(cell["source"]) for cell in notebook["cells"])
    for word in ("Mosaic", "implications from", "%", "panel"):
        assert word not in source.replace("section(", "")
