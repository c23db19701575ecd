"""What the five papers show and no test of a single paper asserts; B1 to B99 are the numbers of docs/coverage.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from scrutiny.paper.build import Inputs
from scrutiny.paper.model import IndicatorModel, PaperModel, Paragraph, Section, Table
from tests.papers.reading import plain

ROOT = Path(__file__).resolve().parents[2]
NOVEMBER, FEBRUARY = ("merton", "2018-11-07"), ("merton", "2019-02-13")
BROMLEY, BEDFORDSHIRE = ("bromley", "2018-07-18"), ("central-bedfordshire", "2012-12-11")
WINDSOR = ("windsor-and-maidenhead", "2018-09-26")
PAPERS = (NOVEMBER, FEBRUARY, BROMLEY, BEDFORDSHIRE, WINDSOR)
Model = Callable[[str, str], PaperModel]


def front(model: PaperModel) -> dict[str, str]:
    return {line.label: plain(line.value) for line in model.front_sheet}


def section(model: PaperModel, name: str) -> Section:
    return next(s for s in model.sections if s.id == name)


def texts(model: PaperModel, name: str) -> list[str]:
    blocks = section(model, name).blocks
    return [f"{b.number} {plain(b.text)}".strip() for b in blocks if isinstance(b, Paragraph)]


def whole(model: PaperModel) -> str:
    return " ".join(plain(b.text) for s in model.sections for b in s.blocks if isinstance(b, Paragraph))


def table(model: PaperModel, name: str) -> Table:
    return next(b for s in model.sections for b in s.blocks if isinstance(b, Table) and b.id == name)


def by_id(model: PaperModel, view: str = "current") -> dict[str, IndicatorModel]:
    return {i.id: i for i in model.indicators if i.view == view}


# Front sheet and metadata: B1 to B4, B6, B8 to B10, B12


@pytest.mark.parametrize(
    ("paper", "label", "says"),
    [
        (NOVEMBER, "Committee", "Children and Young People Overview and Scrutiny Panel"),
        (FEBRUARY, "Committee", "Children and Young People Overview and Scrutiny Panel"),
        (BROMLEY, "Decision Maker", "Education, Children and Families Budget and Performance Sub-Committee"),
        (BEDFORDSHIRE, "Meeting", "Children's Services Overview and Scrutiny Committee"),
        (
            WINDSOR,
            "Meeting and Date",
            "Children's Services Overview and Scrutiny Panel, 26 September 2018",
        ),
    ],
)
def test_the_body_stands_under_the_councils_own_label(
    model_of: Model, paper: tuple[str, str], label: str, says: str
) -> None:
    assert front(model_of(*paper))[label] == says


def test_the_meeting_date_is_written_as_each_council_writes_it(model_of: Model) -> None:
    dates = [front(model_of(*paper)).get("Date") for paper in PAPERS]
    assert dates == ["7th November 2018", "13th February 2019", "18 July 2018", "11 December 2012", None]
    assert front(model_of(*WINDSOR))["Meeting and Date"].endswith(", 26 September 2018")


def test_wards_are_all_under_four_labels(model_of: Model) -> None:
    labels = ("Wards", "Wards", "Ward", "Wards Affected", "Wards affected")
    said = [front(model_of(*paper))[label] for paper, label in zip(PAPERS, labels, strict=True)]
    assert said == ["All wards", "All wards", "All", "All", "All"]


def test_the_title_stands_under_the_councils_label(model_of: Model) -> None:
    labels = ("Subject", "Subject", "Title", "Subject", "Report Title")
    said = [front(model_of(*paper))[label] for paper, label in zip(PAPERS, labels, strict=True)]
    assert said == [
        "Performance Report October 2018",
        "Performance Report December 2018",
        "Performance Reporting – Children's Scrutiny Dataset",
        "Quarter 2 2012/13 Performance Report",
        "Q1 2018/19 Performance Report",
    ]


def test_bromley_gives_telephone_and_e_mail_and_the_chief_officer(model_of: Model) -> None:
    shown = front(model_of(*BROMLEY))
    assert shown["Contact Officer"] == (
        "Naheed Chaudhry, Assistant Director Strategy, Performance and Business Support. "
        "Tel: 020 8461 7554. E-mail: naheed.chaudhry@bromley.gov.uk"
    )
    assert shown["Chief Officer"] == (
        "Ade Adetosoye, Deputy Chief Executive and Executive Director Education, Health and Care"
    )


def test_windsor_names_the_member_reporting_and_two_responsible_officers(model_of: Model) -> None:
    shown = front(model_of(*WINDSOR))
    assert shown["Member reporting"] == "Councillor M Airey, Deputy Lead Member for Performance Management"
    assert shown["Responsible Officer(s)"] == (
        "Kevin McDaniel, Director of Children's Services and Hilary Hall, Deputy Director Strategy and Commissioning"
    )


def test_exempt_or_public_is_said_in_the_councils_words(model_of: Model) -> None:
    assert front(model_of(*WINDSOR))["Contains Confidential or Exempt Information?"] == "NO - Part I"
    bedfordshire = front(model_of(*BEDFORDSHIRE))
    assert (bedfordshire["Public/Exempt"], bedfordshire["Function of"]) == ("Public", "Council")
    assert not any(model_of(*paper).exempt for paper in PAPERS)


def test_the_report_history_has_decision_urgency_to_follow_and_author(model_of: Model) -> None:
    history = table(model_of(*WINDSOR), "t-history")
    assert history.columns == ["Decision type", "Urgency item?", "To Follow item?"]
    assert [[cell.text for cell in row] for row in history.rows] == [["Non-key decision", "No", "No"]]
    assert texts(model_of(*WINDSOR), "report-history") == [
        "Report Author: Anna Robinson, Strategy & Performance Manager"
    ]


# Recommendations: B14


@pytest.mark.parametrize(
    ("paper", "part", "styles", "verbs"),
    [
        (NOVEMBER, "recommendations", ["alpha"], "A. Members of the panel note … and discuss"),
        (BROMLEY, "recommendations", [""], "2.1 The Sub-Committee note and comment"),
        (BEDFORDSHIRE, "recommendation", [""], "That the Committee notes and reviews"),
        (WINDSOR, "recommendations", ["", "roman", "roman"], "notes … i) Endorses … ii) Requests"),
    ],
)
def test_recommendations_are_numbered_as_the_council_numbers_them(
    model_of: Model, paper: tuple[str, str], part: str, styles: list[str], verbs: str
) -> None:
    model = model_of(*paper)
    assert [b.style for b in section(model, part).blocks if isinstance(b, Paragraph)] == styles
    said, start = " ".join(texts(model, part)), 0
    for words in verbs.split(" … "):
        start = said.index(words, start) + len(words)


# Periods: B18, B19, B24


def test_merton_shows_months_and_the_quarter_in_one_table(model_of: Model) -> None:
    assert {i.period for i in model_of(*NOVEMBER).indicators} == {"2018-09", "FY2018-19-Q2"}
    assert {i.period for i in model_of(*FEBRUARY).indicators} == {"2018-12", "FY2018-19-Q3"}
    assert (
        "along with quarterly performance measures where available"
        in texts(model_of(*NOVEMBER), "purpose")[0]
    )


def test_bromley_reports_may_in_july_in_a_cycle_of_four_reports(model_of: Model) -> None:
    model = model_of(*BROMLEY)
    assert (model.reporting_period, model.meeting_date) == ("2018-05", "2018-07-18")
    assert texts(model, "reason-for-report")[0].endswith(
        "The performance index provided in appendix One is as at the end of May 2018."
    )
    assert "agreed to receive four performance reports a year" in texts(model, "commentary")[2]


# Indicators: B27, B30, B32 to B34, B39


def test_hierarchical_numbers_belong_to_the_priority_of_their_first_part(model_of: Model) -> None:
    rows = Inputs(ROOT, *WINDSOR).folder.frameworks["2017-18"].base.rows
    groups = {row.number.split(".")[0]: row.group for row in rows}
    assert groups == {"1": "Healthy, skilled and independent residents", "2": "Safe and vibrant communities"}
    assert len(rows) == sum(row.group == groups[row.number.split(".")[0]] for row in rows) == 13
    said = texts(model_of(*WINDSOR), "reasons")
    assert all(f"{group}." in said for group in groups.values())


def test_the_units_of_the_five_papers_are_there(model_of: Model) -> None:
    shown = [i for paper in PAPERS for i in model_of(*paper).indicators]
    assert {i.unit for i in shown} == {"percent", "count", "rate_per_10000", "average", "rank", "not_stated"}
    titles = " ".join(i.title for i in shown)
    for words in ("within the statutory 45 days", "in 10 days", "2yrs or more", "(Second Dose)"):
        assert words in titles


@pytest.mark.parametrize(
    ("paper", "view", "expected"),
    [
        (
            FEBRUARY,
            "current",
            {"second-or-subsequent-cp-plans", "young-people-neet", "agency-social-workers"},
        ),
        (
            WINDSOR,
            "previous",
            {
                *("fsm-ranking-eyfs", "fsm-ranking-ks2", "fsm-ranking-ks4", "permanent-exclusions-upheld"),
                *("cp-plans-two-years-or-more", "re-referrals-within-12-months"),
            },
        ),
    ],
)
def test_lower_is_better_where_it_is_and_the_table_says_so(
    model_of: Model, paper: tuple[str, str], view: str, expected: set[str]
) -> None:
    model = model_of(*paper)
    lower = {name: i for name, i in by_id(model, view).items() if i.polarity == "low_is_good"}
    assert set(lower) == expected
    at = table(model, f"t-{view}-indicators").columns.index("Outturn") - 1
    notes = {row[at].text: row[at].note for row in table(model, f"t-{view}-indicators").rows}
    ranks = {i.title for i in lower.values() if i.unit == "rank"}
    assert {notes[i.title] for i in lower.values() if i.title not in ranks} == {"lower is better"}


def test_a_volume_and_its_rate_are_a_pair_that_nothing_judges(model_of: Model) -> None:
    shown = by_id(model_of(*FEBRUARY))
    count, rate = shown["children-on-cp-plans"], shown["cp-plan-rate"]
    assert (count.number, rate.number) == ("4", "5")
    assert (count.unit, rate.unit) == ("count", "rate_per_10000")
    assert (count.pair, rate.pair) == (rate.id, count.id)
    neutral = (count, rate, shown["merton-caseload-child-protection"])
    assert {i.polarity for i in neutral} == {"no_judgement"}
    assert all(d.judgement is None for i in neutral for d in i.direction)
    notes = [row[1].note for row in table(model_of(*FEBRUARY), "t-current-indicators").rows]
    assert sum(note.startswith("neither higher nor lower is better") for note in notes) == 4


def test_the_panel_has_8_or_13_of_the_25_measures_of_the_council(model_of: Model) -> None:
    model = model_of(*WINDSOR)
    said = texts(model, "reasons")
    assert "Performance Management Framework (PMF) of 25 key measures" in said[0]
    assert "quarterly performance reporting of additional measures" in next(
        t for t in said if t.startswith("2.2")
    )
    assert (len(by_id(model)), len(by_id(model, "previous"))) == (8, 13)


# Targets and ratings: B43, B44, B53


def test_a_figure_whose_target_was_removed_is_still_reported(model_of: Model) -> None:
    schools = by_id(model_of("exampleshire", "2026-06-18"), "previous")["example-schools-good-or-outstanding"]
    assert (schools.outturn.published, schools.target.words) == ("92%", "no target (removed)")
    assert (schools.rating.origin, schools.rating.not_rated) == (None, "target_removed")


def test_revised_targets_are_told_with_the_reason(model_of: Model) -> None:
    assert (
        "2.6 Additionally, some targets have been revised for 18/19 to reflect national and regional averages and to "
        "bring in line the council's targets in its performance framework with those in the council's contract with "
        "Achieving for Children. This ensures a robust approach to continued performance improvement, see appendix A "
        "for all target information."
    ) in texts(model_of(*WINDSOR), "reasons")


def test_an_outcome_has_four_bands_of_which_the_upper_may_be_empty(model_of: Model) -> None:
    implications = table(model_of(*WINDSOR), "t-implications")
    assert implications.columns == [
        "Outcome", "Unmet", "Met", "Exceeded", "Significantly Exceeded", "Date of delivery",
    ]  # fmt: skip
    assert [cell.text for cell in implications.rows[0]][2:] == [
        "100% of priorities on target.",
        "",
        "",
        "31 March 2019",
    ]


# Comparison: B57, B58


@pytest.mark.parametrize("paper", PAPERS)
def test_trend_and_benchmarks_stand_beside_outturn_and_target(
    model_of: Model, paper: tuple[str, str]
) -> None:
    columns = table(model_of(*paper), "t-current-indicators").columns
    shown = [column for column in columns if column != "Signal"]
    assert shown[-6:] == ["Outturn", "Target", "Rating", "Trend", "Direction of travel", "Benchmarks"]


def test_the_papers_compare_with_nation_and_region_and_no_statistical_neighbour(model_of: Model) -> None:
    models = [model_of(*paper) for paper in PAPERS]
    named = {b.name for model in models for i in model.indicators for b in i.benchmarks}
    assert named == {"England", "London", "South East"}
    assert not any("neighbour" in whole(model).lower() for model in models)


# Narrative: B35, B40, B66, B67, B68, B70, B72, B73


def test_bromley_explains_its_dataset_and_the_members_part(model_of: Model) -> None:
    said = texts(model_of(*BROMLEY), "commentary")
    assert "roles and responsibilities of elected members and officers" in said[0]
    assert "'receiving reports on performance, asking challenging questions" in said[0]
    assert "selected from the much wider set of data collected and reported" in said[1]
    assert said[2].endswith(
        "Directors would also report on any other indicators not in the index, by exception, should they have "
        "particular concerns or if they wished to report particularly good performance."
    )
    assert "reviewed annually and changed only on a periodic basis" in said[3]


def test_companion_reports_are_named(model_of: Model) -> None:
    assert "the regular Finance, Contracts Register and Risk Register updates" in whole(model_of(*BROMLEY))
    assert (
        "Updates on the action plan to improve attainment are reported to this panel at other times and through the "
        "annual Educational Attainment report."
    ) in whole(model_of(*WINDSOR))


def test_commentary_goes_from_cause_to_escalation_to_assurance(model_of: Model) -> None:
    assert texts(model_of(*BROMLEY), "commentary")[-1].endswith(
        "The late reviews were in relation to two sibling groups. Where attendance of relevant agencies is an issue it "
        "is escalated; at a strategic level this was also discussed at the Children's Safeguarding Board. All late "
        "cases are reviewed by senior management in Quality Assurance to ensure safety as part of our business as "
        "usual approach."
    )


@pytest.mark.parametrize(
    ("paper", "causes"),
    [
        (NOVEMBER, ["implementation of Mosaic", "sign off of worksteps"]),
        (FEBRUARY, ["systems workflow issue", "term time contracts", "two large families"]),
        (BROMLEY, ["two sibling groups", "attendance of relevant agencies"]),
        (BEDFORDSHIRE, ["(Frameworki)", "the holiday period", "colleagues in other agencies"]),
        (WINDSOR, ["actions taken by people other than council staff"]),
    ],
)
def test_causes_are_told(model_of: Model, paper: tuple[str, str], causes: list[str]) -> None:
    said = whole(model_of(*paper))
    assert [cause for cause in causes if cause not in said] == []


@pytest.mark.parametrize(
    ("paper", "actions"),
    [
        (NOVEMBER, ["are being explored", "investigated to determine if this is a recording issue"]),
        (FEBRUARY, ["the head of QA is undertaking a case review", "the introduction of the portal"]),
        (BROMLEY, ["it is escalated", "Safeguarding Board", "reviewed by senior management"]),
    ],
)
def test_actions_are_told_with_who_takes_them(
    model_of: Model, paper: tuple[str, str], actions: list[str]
) -> None:
    said = whole(model_of(*paper))
    assert [action for action in actions if action not in said] == []


# Data quality: B79, B80


def test_figures_were_refreshed_and_the_appendix_lists_which(model_of: Model) -> None:
    model = model_of(*FEBRUARY)
    assert "As such we have refreshed the figures accordingly." in texts(model, "details")[0]
    said = texts(model, "appendix-performance-report")
    assert said[said.index("Figures restated since the previous report") + 1] == (
        "% of Single Assessments authorised within the statutory 45 days, November 2018: 86% (reported before as 82%)."
    )


def test_figures_that_the_system_reports_wrongly_are_marked(model_of: Model) -> None:
    rows = table(model_of(*FEBRUARY), "t-current-indicators").rows
    marked = {row[0].text: row[2].note for row in rows if "accurately" in row[2].note}
    assert marked == dict.fromkeys(("17", "18"), "the system is not reporting accurately, as published")


# Sections and tables: B86, B88 to B92, B95 to B97


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("financial", "4.1 No financial implications."),
        ("legal", "5.1 No legal implications."),
        (
            "potential-impacts",
            "7.1 There are no Equality Impact Assessments or Privacy Impact Assessments required for this report.",
        ),
        (
            "consultation",
            "8.1 Comments from the Children's Services Overview and Scrutiny Panel will be reported to Lead Members "
            "and Heads of Service.",
        ),
    ],
)
def test_windsor_says_its_standing_sentence(model_of: Model, name: str, says: str) -> None:
    assert texts(model_of(*WINDSOR), name) == [says]


def test_the_form_of_bromley_has_an_answer_to_every_question(model_of: Model) -> None:
    model = model_of(*BROMLEY)
    assert texts(model, "legal") == [
        "1. Legal Requirement: Non-Statutory - Government Guidance",
        "2. Call-in: Not Applicable",
    ]
    assert texts(model, "ward-councillor-views") == [
        "1. Have Ward Councillors been asked for comments? No",
        "2. Summary of Ward Councillors comments: Not applicable",
    ]
    assert texts(model, "customer-impact")[0].endswith(": Not stated")


def test_bromley_has_its_sections_on_vulnerable_people_and_on_policy(model_of: Model) -> None:
    model = model_of(*BROMLEY)
    assert texts(model, "impact-on-vulnerable")[0].endswith("including those vulnerable to poorer outcomes.")
    assert texts(model, "policy-implications")[0].startswith("5.1 Following the disappointing Ofsted")


def test_one_option_is_recommended_and_the_other_is_not(model_of: Model) -> None:
    options = table(model_of(*WINDSOR), "t-options")
    assert options.columns == ["Option", "Comments"]
    first, second = (plain(row[0].text) for row in options.rows)
    assert first.endswith(" Recommended option.") and second.endswith(" Not the recommended option.")


def test_the_risk_table_repeats_its_header_on_the_next_page(
    model_of: Model, made: Callable[[str, str], Path]
) -> None:
    risks = table(model_of(*WINDSOR), "t-risks")
    assert risks.columns == ["Risks", "Uncontrolled risk", "Controls", "Controlled risk"]
    tables = docx.Document(str(made(*WINDSOR) / "paper.docx")).tables
    (shown,) = (t for t in tables if [cell.text for cell in t.rows[0].cells] == risks.columns)
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in shown.rows] == [True, False]


def test_appendices_and_background_papers_are_listed_with_their_links(model_of: Model) -> None:
    windsor = model_of(*WINDSOR)
    assert texts(windsor, "appendices") == [
        "10.1 This report is supported by two appendices:",
        "Appendix A: Children's Services Performance Report Q1 2018/19",
        "Appendix B: Children's Services Performance Report 2017/18",
    ]
    assert texts(windsor, "background-documents")[1].startswith("Council Plan 2017-21: https://www3.rbwm")
    bromley = texts(model_of(*BROMLEY), "background-documents")
    assert [text.split(": http")[0] for text in bromley] == [
        "Children's Scrutiny Dataset, agreement of regular performance monitoring (March 2018)",
        "Children's Performance Management Framework (January 2018)",
    ]
    assert all("http://cds.bromley.gov.uk/ieListDocuments.aspx" in text for text in bromley)


def test_a_percentage_stands_with_its_counts_unless_a_person_could_be_known_by_them(model_of: Model) -> None:
    model = model_of("exampleshire", "2026-06-18")
    rows = table(model, "t-current-indicators").rows
    shown = 0
    for row, told in zip(rows, [i for i in model.indicators if i.view == "current"], strict=True):
        numerator, denominator = told.outturn.numerator, told.outturn.denominator
        counts = re.search(r"^([\d,]+) of ([\d,]+)$", row[2].note, re.MULTILINE)
        if counts:
            assert [n.replace(",", "") for n in counts.groups()] == [numerator, denominator]
            shown += 1
        elif told.unit == "percent" and numerator and denominator:
            few = {int(numerator), int(denominator), int(denominator) - int(numerator)}
            assert few & set(range(1, 6)), told.id
    assert shown > 10
