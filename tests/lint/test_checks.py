"""Each check of the text finds its fault, is silent on the corrected text, and does what settings and waivers say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scrutiny.data.definitions import Council, People
from scrutiny.data.glossary import Glossary, Term
from scrutiny.data.settings import Committee, Waiver
from scrutiny.data.yamlfile import Document
from scrutiny.errors import ExitCode
from scrutiny.paper.check import waive
from scrutiny.paper.lint import dates
from scrutiny.paper.lint.draft import Draft, Unreported, cited, plain, sentences
from scrutiny.paper.lint.registry import CHECKS, NAMES, lint, unknown_severities
from scrutiny.paper.model import (
    IndicatorModel,
    OutturnModel,
    Paragraph,
    RatingModel,
    Section,
    Summary,
    TargetModel,
)
from scrutiny.periods import Period
from tests.lint.building import block, draft, found, front, paper, said, section, table, words

COUNCIL = Council(
    id="exampleshire", name="Exampleshire", short_name="Exampleshire", area="X99000001", invented=True
)
PEOPLE = People.model_validate(
    {
        "bodies": [
            {"id": "committee", "name": "Invented Scrutiny Committee", "short_name": "the Committee"},
            {"id": "panel", "name": "Invented Care Panel", "short_name": "the Care Panel"},
        ],
        "posts": [
            {
                "id": "head",
                "title": "Head of Care",
                "holders": [{"name": "Ann Invented", "known_on": "2026-01-01"}],
            },
            {"id": "clerk", "title": "Clerk", "holders": [{"name": "Sam Sample", "known_on": "2026-01-01"}]},
        ],
    }
)
ARRANGED = Committee.model_validate(
    {
        "id": "committee",
        "body": "committee",
        "sections": [
            {"id": "one", "title": "One", "blocks": [{"text": "A."}]},
            {"id": "legal", "title": "Legal", "default": "None."},
            {"id": "sometimes", "title": "Sometimes", "when": "current.total", "default": "None."},
        ],
    }
)


def indicator(
    number: str, title: str = "Reviews on time", view: str = "current", **more: Any
) -> IndicatorModel:
    given: dict[str, Any] = {
        "view": view,
        "id": f"i-{number}",
        "number": number,
        "title": title,
        "unit": "percent",
        "polarity": "high_is_good",
        "basis": "period",
        "period": "2026-06",
        "outturn": OutturnModel(value="94", published="94%"),
        "target": TargetModel(words="95%"),
        "rating": RatingModel(word="Amber", symbol="◆", origin="computed"),
        "reason": "",
        "direction": [],
        "benchmarks": [],
    }
    return IndicatorModel(**{**given, **more})


def measures(*, polarity: str = "high_is_good") -> list[IndicatorModel]:
    return [
        indicator("1.1.1", polarity=polarity),
        indicator("1.1.2", "Free school meals, reading"),
        indicator("1.1.3", "Free school meals, writing"),
        indicator("1.1.4", "Exclusions from schools"),
    ]


def numbered(*numbers: str) -> Section:
    blocks = [
        block(f"b-one-{i}", f"{n} | A paragraph that says a thing.") for i, n in enumerate(numbers, start=1)
    ]
    return Section(id="one", number="1", title="One", blocks=blocks)


def with_measures(text: str, **more: Any) -> Draft:
    return draft(said(text, indicators=measures()), **more)


def rated(text: str) -> Draft:
    summary = Summary(rated=4, counts={"Green": 3, "Red": 1}, not_rated={})
    return draft(said(text, indicators=measures(), summary=summary), council=COUNCIL)


def known(text: str) -> Draft:
    return draft(said(text), people=PEOPLE)


def sheet(**lines: str) -> Draft:
    return draft(
        paper(front_sheet=front(**lines), committee={"id": "c", "name": "Invented Care Panel"}), people=PEOPLE
    )


def after(text: str, before: str) -> Draft:
    return draft(said(text), previous=said(before, meeting_date="2026-06-18"))


OTHER_MONTH, OWN_MONTH = Period.parse("2026-05"), Period.parse("2026-06")
SENT = ["Name", "Post held", "Date sent", "Date returned"]
# check: the faulty draft, and the corrected one
PAIRS: dict[str, tuple[Draft, Draft]] = {
    "title-period": (draft(paper(title="Report May 2026")), draft(paper(title="Report June 2026"))),
    "title-without-year": (
        draft(paper(title="Quarter Two report", reporting_period="FY2025-26-Q2")),
        draft(paper(title="Quarter Two 2025/26 report", reporting_period="FY2025-26-Q2")),
    ),
    "title-covers-less": (
        draft(paper(title="Report June 2026"), views=(OWN_MONTH, OTHER_MONTH)),
        draft(paper(title="Report May 2026 and June 2026"), views=(OWN_MONTH, OTHER_MONTH)),
    ),
    "text-period": (
        draft(said("These are figures to the end of May 2026.")),
        draft(said("These are figures to the end of June 2026.")),
    ),
    "movement-from-itself": (draft(said("Movement from June 2026:")), draft(said("Movement from May 2026:"))),
    "off-cycle": (
        draft(said("The committee gets quarterly reports.", reporting_period="2026-05")),
        draft(said("The committee gets quarterly reports.")),
    ),
    "expected-date-passed": (
        draft(said("The figure is expected in July 2026.")),
        draft(said("The figure is expected in August 2026.")),
    ),
    "carried-forward": (
        after(
            "Two posts are empty and will be filled by the autumn.",
            "Two posts are empty and will be filled by the autumn.",
        ),
        after(
            "One of the two posts was filled in June.",
            "Two posts are empty and will be filled by the autumn.",
        ),
    ),
    "paragraph-number": (draft(paper(numbered("1.1", "1.1"))), draft(paper(numbered("1.1", "1.2")))),
    "paragraph-unnumbered": (
        draft(paper(numbered("1.1"), section("two", "Two", "No number.", number="2"))),
        draft(paper(numbered("1.1"), section("two", "Two", "2.1 | A number.", number="2"))),
    ),
    "typed-number": (draft(said("- 2.2 Work continues.")), draft(said("- Work continues."))),
    "malformed-number": (
        with_measures("Measures 1,1,2 and 1.1.3 are late."),
        with_measures("Measures 1.1.2 and 1.1.3 are late."),
    ),
    "unknown-number": (with_measures("Measure 9.9.9 is late."), with_measures("Measure 1.1.2 is late.")),
    "unrelated-range": (
        with_measures("Measures 1.1.2 to 1.1.4 relate to Free School Meals and are yearly."),
        with_measures("Measures 1.1.2 to 1.1.3 relate to Free School Meals and are yearly."),
    ),
    "number-without-reason": (
        with_measures("Measures 1.1.2 and 1.1.4 will not be reported. Measure 1.1.2 has no data."),
        with_measures(
            "Measures 1.1.2 and 1.1.4 will not be reported. Measures 1.1.2 and 1.1.4 have no data."
        ),
    ),
    "bullet-without-number": (
        draft(said("These are late:", "- No. 4: plans.", "- Reviews.")),
        draft(said("These are late:", "- No. 4: plans.", "- No. 5: reviews.")),
    ),
    "heading-as-paragraph": (draft(said("1.1 | **A heading**")), draft(said("# A heading"))),
    "broken-paragraph": (
        draft(said("Issues around sign off of", "worksteps are explored.")),
        draft(said("Issues around sign off of worksteps are explored.", "More is said.")),
    ),
    "empty-part": (draft(said("- A.", "-")), draft(said("- A.", "- B."))),
    "duplicate-section": (
        draft(paper(section("a", "CONSULTATION", "A."), section("b", "CONSULTATION (MANDATORY)", "B."))),
        draft(paper(section("a", "CONSULTATION", "A."), section("b", "CONSULTEES", "B."))),
    ),
    "duplicate-paragraph": (
        draft(said(*["The council agreed in May that all plans are to be looked at again by July."] * 2)),
        draft(said("The council agreed in May that all plans are to be looked at again by July.")),
    ),
    "section-missing": (
        draft(paper(section("one", "One", "A.")), committee=ARRANGED),
        draft(paper(section("one", "One", "A."), section("legal", "Legal", "None.")), committee=ARRANGED),
    ),
    "section-set": (
        draft(said("A."), previous=paper(section("one", "One", "A."), section("two", "Timetable", "B."))),
        draft(said("A."), previous=said("B.")),
    ),
    "caption": (
        draft(said(table("abic of options", ["A"], ["b"]))),
        draft(said(table("Options", ["A"], ["b"]))),
    ),
    "list-punctuation": (
        draft(said("- One.", "- Two", "- Three.")),
        draft(said("- One.", "- Two.", "- Three.")),
    ),
    "blank-answer": (draft(said("> Source of funding:")), draft(said("> Source of funding: N/A"))),
    "body-name": (known("The Care Scrutiny Panel met."), known("The Invented Care Panel met.")),
    "body-without-article": (
        known("It was agreed that Care Panel should meet."),
        known("It was agreed that the Care Panel should meet."),
    ),
    "person-post": (sheet(Officer="Ann Invented, Care Head"), sheet(Officer="Ann Invented, Head of Care")),
    "person-unknown": (
        sheet(Officer="Ann Nobody, Head of Care"),
        sheet(Officer="Ann Invented, Head of Care"),
    ),
    "front-label": (
        sheet(Lead_member="Ann Invented, Head of Care; Sam Sample, Clerk"),
        sheet(Lead_members="Ann Invented, Head of Care; Sam Sample, Clerk"),
    ),
    "consultation-open": (
        draft(said(table("Consultees", SENT, ["Ann", "Head", "1/7/26", ""]))),
        draft(said(table("Consultees", SENT, ["Ann", "Head", "1/7/26", "2/7/26"]))),
    ),
    "list-agreement": (
        draft(said("The following indicators were late:", "- One.")),
        draft(said("The following indicator was late:", "- One.")),
    ),
    "list-count": (
        draft(said("The plan has three priorities:", "- One.", "- Two.")),
        draft(said("The plan has two priorities:", "- One.", "- Two.")),
    ),
    "verb-agreement": (
        draft(said("Two indicators was late.")),
        draft(said("One set of indicators was late.")),
    ),
    "count-differs": (
        rated("Two of the four indicators are on target; two are not."),
        rated("Three of the four indicators are on target; one is not."),
    ),
    "count-incomplete": (
        draft(said("Three of the four indicators are on target.")),
        draft(said("Three of the four indicators are on target, and one is not.")),
    ),
    "challenge-without-value": (
        draft(said("Indicators presenting a challenge are:", "- Reviews: 12 were late.", "- Plans: 60%.")),
        draft(
            said("Indicators presenting a challenge are:", "- Reviews: 12 of 40 were late.", "- Plans: 60%.")
        ),
    ),
    "target-without-value": (
        draft(said("- Reviews, at 60%, are short of target.")),
        draft(said("- Reviews, at 60%, are short of target, the target being one of 90%.")),
    ),
    "comparison-without-figures": (
        draft(said("Reviews are above the national average.")),
        draft(said("Reviews, at 94%, are above the national average of 92%.")),
    ),
    "weight-without-interval": (
        with_measures("Measure 1.1.1 is significantly above the average."),
        with_measures(
            "Measure 1.1.1 is significantly above the average.",
            judged={"1.1.1": frozenset({"significantly_above"})},
        ),
    ),
    "trend-without-figures": (
        draft(said("After a dip in spring 98% were on time.")),
        draft(said("After a dip to 91% in spring 98% were on time.")),
    ),
    "improvement-over-revised-target": (
        with_measures("Measure 1.1.1 has improved to Green.", revised=frozenset({"1.1.1"})),
        with_measures("Measure 1.1.1 is Green; its target was revised.", revised=frozenset({"1.1.1"})),
    ),
    "polarity-not-said": (
        draft(
            said("Measure 1.1.1 is above the national average.", indicators=measures(polarity="low_is_good"))
        ),
        draft(
            said(
                "Measure 1.1.1 is above the national average (lower is better).",
                indicators=measures(polarity="low_is_good"),
            )
        ),
    ),
    "number-and-percentage": (
        draft(said("Directors give number and percentage outturns.", "94% were on time.")),
        draft(said("Directors give number and percentage outturns.", "94% (47 of 50) were on time.")),
    ),
    "restated-without-figures": (
        draft(said("These were restated:", "- Reviews, as the system was wrong.")),
        draft(said("These were restated:", "- Reviews, from 82% to 86%.")),
    ),
    "restated-without-period": (
        draft(said("We reported 82% for May 2026, and are now reporting 86%.")),
        draft(said("We reported 82% for May 2026, and are now reporting 86% for June 2026.")),
    ),
    "target-state": (
        draft(said("We do not have a target. As such the 'target' has been removed.")),
        draft(said("The target has been removed.")),
    ),
    "reportable-yet-unable": (
        draft(said("- 8: not able to be reported, but records enable its reporting.")),
        draft(said("- 8: not able to be reported before the new system comes.")),
    ),
    "no-expected-date": (
        draft(said("- 1: not currently captured in the system.")),
        draft(said("- 1: not currently captured in the system; expected in March 2027.")),
    ),
    "repeated-word": (draft(said("This is the the paper.")), draft(said("This is the paper, the second."))),
    "missing-word": (
        draft(said("As agreed at the last some data was added.")),
        draft(said("As agreed at the last meeting some data was added.")),
    ),
    "placeholder": (draft(said("The figure is TBC.")), draft(said("The figure is 94%."))),
    "spacing": (draft(said("Two  spaces.")), draft(said("One space."))),
    "full-stop": (
        draft(said("The reviews were all held on time")),
        draft(said("The reviews were all held on time.")),
    ),
    "term-variant": (draft(said("ECHP were late.")), draft(said("EHC plans were late."))),
    "terms-apart": (
        draft(
            said("Schools differ.", "Schools and colleges."),
            glossary=Glossary(apart=[["Schools", "Schools and colleges"]]),
        ),
        draft(said("Schools and colleges."), glossary=Glossary(apart=[["Schools", "Schools and colleges"]])),
    ),
    "default-variant": (
        draft(
            paper(
                section("a", "A", "No specific implications."), section("b", "B", "No specific implications")
            )
        ),
        draft(
            paper(
                section("a", "Legal", "No legal implications."), section("b", "Risk", "No risk implications.")
            )
        ),
    ),
    "implication-conflict": (
        draft(
            paper(
                section("legal", "Legal", "Not applicable."), section("b", "B", "It is a legal requirement.")
            )
        ),
        draft(
            paper(
                section("legal", "Legal", "The duty is met."), section("b", "B", "It is a legal requirement.")
            )
        ),
    ),
}


@pytest.mark.parametrize("check", [c.name for c in CHECKS])
def test_the_check_finds_its_fault(check: str) -> None:
    problems = found(PAIRS[check][0], check)
    assert problems
    assert all(p.where.startswith("paper") and p.found and p.expected and p.do for p in problems)


@pytest.mark.parametrize("check", [c.name for c in CHECKS])
def test_the_check_is_silent_on_the_corrected_text(check: str) -> None:
    assert found(PAIRS[check][1], check) == []


def test_every_check_has_its_name_once() -> None:
    assert len(NAMES) == len(CHECKS)
    assert set(PAIRS) == NAMES


def test_every_fault_of_a_paper_is_listed_at_once() -> None:
    faulty = draft(
        paper(
            section("one", "One", "- 2.2 Work continues", "- This is the the paper."), title="Report May 2026"
        )
    )
    assert {p.check for p in lint(faulty)} >= {
        "title-period",
        "typed-number",
        "repeated-word",
        "list-punctuation",
    }


def test_a_severity_of_the_council_replaces_the_check_s_own() -> None:
    council = COUNCIL.model_copy(update={"severities": {"repeated-word": "error", "title-period": "note"}})
    faulty = said("This is the the paper.", title="Report May 2026")
    assert {(p.check, p.severity) for p in lint(draft(faulty, council=COUNCIL))} == {
        ("title-period", "error"),
        ("repeated-word", "warning"),
    }
    assert {(p.check, p.severity) for p in lint(draft(faulty, council=council))} == {
        ("title-period", "note"),
        ("repeated-word", "error"),
    }


def test_a_severity_of_no_check_is_a_problem() -> None:
    (problem,) = unknown_severities({"repeated-words": "note", "missing-commentary": "note"}, "council.yml")
    assert problem.where == "council.yml, severities.repeated-words"
    assert "repeated-word" in problem.do
    assert problem.code is ExitCode.DEFINITIONS


def test_a_waiver_turns_a_finding_into_a_note_with_its_reason() -> None:
    problems = lint(draft(said("This is the the paper.", "A the the second.")))
    waivers = [Waiver(check="repeated-word", place="b-one-1", reason="quoted from a song")]
    first, second = waive(problems, waivers, Document("paper.yml", {}))
    assert (first.severity, first.do) == ("note", "nothing: waived, quoted from a song")
    assert second.severity == "warning"


def test_a_waiver_of_a_check_of_the_text_is_not_missed_before_the_text_is_read() -> None:
    waivers = [Waiver(check="repeated-word", place="b-one-1", reason="quoted")]
    document = Document("paper.yml", {})
    assert waive([], waivers, document, lambda check: check not in NAMES) == []
    (missed,) = waive([], waivers, document, NAMES.__contains__)
    assert (missed.check, missed.severity) == ("waiver-without-finding", "warning")


def test_contradictions_are_errors_and_slips_are_warnings() -> None:
    severity = {check.name: check.severity for check in CHECKS}
    assert all(check.severity == "error" for check in CHECKS if check.code is ExitCode.CLAIM)
    for name in ("full-stop", "spacing", "list-punctuation", "term-variant", "default-variant"):
        assert severity[name] == "warning"


# What the record holds as not to be had


def test_a_figure_that_cannot_be_had_needs_an_expected_date() -> None:
    lost = draft(said("A."), unable=(Unreported("8", "Attendance", "the system is down", ""),))
    (problem,) = found(lost, "no-expected-date")
    assert problem.where == "paper, unable to report, 8"
    assert (
        found(replace(lost, unable=(lost.unable[0]._replace(expected="2026-12"),)), "no-expected-date") == []
    )


@pytest.mark.parametrize(("expected", "passed"), [("2026-07-16", True), ("2026-07-17", False), ("", False)])
def test_an_expected_date_of_the_record_has_passed_on_the_day_of_the_meeting(
    expected: str, passed: bool
) -> None:
    lost = draft(said("A."), unable=(Unreported("8", "Attendance", "the system is down", expected),))
    assert bool(found(lost, "expected-date-passed")) is passed


def test_an_indicator_that_has_a_figure_is_not_unable_to_report() -> None:
    lost = draft(said("A."), unable=(Unreported("8", "Attendance", "the system is down", "2026-12", True),))
    assert found(lost, "reportable-yet-unable")


# Times that a text names


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("early in 2019", "2019-01-01", "2019-03-31"),
        ("by March 2019", "2019-03-01", "2019-03-31"),
        ("on 12 March 2019", "2019-03-12", "2019-03-12"),
        ("late 2019", "2019-10-01", "2019-12-31"),
        ("in 2019", "2019-01-01", "2019-12-31"),
        ("2019-02-28", "2019-02-28", "2019-02-28"),
    ],
)
def test_a_time_is_read_from_its_words(text: str, start: str, end: str) -> None:
    (span,) = dates.spans(text)
    assert (span.start.isoformat(), span.end.isoformat()) == (start, end)


def test_a_financial_year_is_no_date() -> None:
    assert [*dates.spans("in 2018/19")] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Performance Report October 2018", ["2018-10"]),
        ("Q1 2018/19 Performance Report", ["FY2018-19-Q1"]),
        ("Quarter Two 2012/13", ["FY2012-13-Q2"]),
        ("Annual report 2017/18", ["FY2017-18"]),
        ("Papers of 7 November 2018", []),
        ("Performance Reporting", []),
    ],
)
def test_the_periods_of_a_title_are_read(text: str, names: list[str]) -> None:
    assert [str(period) for period in dates.periods(text)] == names


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("No.11. The share", ["11"]),
        ("Nos. 4 and 5: in November", ["4", "5"]),
        ("Nos17 and 18: we", ["17", "18"]),
        ("measures 1.1.1, 1.2.1 and 2.1.2.", ["1.1.1", "1.2.1", "2.1.2"]),
        ("Indicator 16: reviews", ["16"]),
        ("No indicators in 2018", []),
    ],
)
def test_the_numbers_that_a_text_cites_are_read(text: str, numbers: list[str]) -> None:
    assert cited(text) == numbers


def test_a_number_s_abbreviation_does_not_end_a_sentence() -> None:
    parts = ("See No. 4.", "It is late;", "nobody knows why.")
    assert sentences("See No. 4. It is late; nobody knows why.") == parts


def test_markup_and_addresses_are_no_words() -> None:
    assert (
        plain(r"**Bold** and \$5 at <https://example.org/x> [here](https://example.org)")
        == "Bold and $5 at  here"
    )


def test_a_note_and_a_generated_table_are_not_read_as_prose() -> None:
    note = Paragraph(id="b-note", role="note", text="This is the the key")
    model = paper(Section(id="one", title="One", blocks=[note]))
    assert found(draft(model), "full-stop") == []


def test_a_council_s_own_glossary_adds_to_the_project_s() -> None:
    both = words().joined(Glossary(terms=[Term(term="care plan", variants=["plan of care"])]))
    assert {"EHC plan", "care plan"} <= {term.term for term in both.terms}
    assert found(draft(said("A plan of care."), glossary=both), "term-variant")


@pytest.mark.parametrize(("significant", "found"), [({"1.1.1"}, 0), ({"1.1.2"}, 1), (set(), 1)])
def test_significantly_may_stand_where_the_interval_of_that_indicator_leaves_a_benchmark_out(
    significant: set[str], found: int
) -> None:
    draft = with_measures(
        "Measure 1.1.1 is significantly above the average.", significant=significant.__contains__
    )
    assert len([p for p in lint(draft) if p.check == "weight-without-interval"]) == found
