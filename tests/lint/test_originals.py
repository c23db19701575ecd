"""Every fault of the five originals that software can find is found, at its place; our own papers are clean."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from scrutiny.paper.lint.draft import Draft
from scrutiny.paper.lint.registry import CHECKS, NAMES
from scrutiny.paper.proofreading import Proofreader
from tests.lint import originals
from tests.lint.building import ROOT, found

OCTOBER, DECEMBER = originals.merton_october, originals.merton_december
BROMLEY, BEDFORDSHIRE, WINDSOR = originals.bromley, originals.central_bedfordshire, originals.windsor


def as_november() -> Draft:
    return originals.merton_december("2018-11")


# fault, paper, check, part of the place, part of what is found
FAULTS: list[tuple[str, Callable[[], Draft], str, str, str]] = [
    ("X1", OCTOBER, "title-period", "title", "October 2018"),
    ("X2", DECEMBER, "text-period", "b-purpose-1", "to the end of November 2018"),
    ("X2", as_november, "title-period", "title", "December 2018"),
    ("X3", as_november, "movement-from-itself", "b-details-8", "Movement from November 2018"),
    ("X4", DECEMBER, "expected-date-passed", "b-details-13", "early in 2019"),
    ("X4", DECEMBER, "carried-forward", "b-details-13", "family groups"),
    ("X5", OCTOBER, "reportable-yet-unable", "b-details-5", "enable its reporting"),
    ("X6", OCTOBER, "no-expected-date", "b-details-3", "not currently captured"),
    ("X7", OCTOBER, "challenge-without-value", "b-details-7", "Single Assessments"),
    ("X7", OCTOBER, "challenge-without-value", "b-details-11", "a count without what it is out of"),
    ("X8", OCTOBER, "list-agreement", "b-details-12", "one is listed"),
    ("X9", OCTOBER, "missing-word", "b-details-14", "at the last some"),
    ("X10", OCTOBER, "heading-as-paragraph", "b-details-1", "Performance Highlights"),
    ("X10", OCTOBER, "typed-number", "b-details-2", "2.2 Work continues"),
    ("X10", OCTOBER, "broken-paragraph", "b-details-8", "worksteps within Mosaic"),
    ("X11", OCTOBER, "full-stop", "b-human-rights-1", "without a full stop"),
    ("X11", OCTOBER, "default-variant", "b-human-rights-1", "from this report"),
    ("X11", DECEMBER, "default-variant", "b-alternative-options-1", "for this report"),
    ("X12", DECEMBER, "section-set", "2019-02-13", "ALTERNATIVE OPTIONS"),
    ("X13", DECEMBER, "paragraph-number", "b-alternative-options-1", "3.5"),
    ("X13", DECEMBER, "paragraph-number", "b-consultation-1", "4.5"),
    ("X14", DECEMBER, "paragraph-unnumbered", "section purpose", "section 1"),
    ("X14", DECEMBER, "paragraph-unnumbered", "section appendices", "section 11"),
    (
        "X15",
        DECEMBER,
        "body-name",
        "front sheet, Committee",
        "Children and Young People Overview and Scrutiny",
    ),
    ("X16", DECEMBER, "empty-part", "b-purpose-2", "an empty bullet"),
    ("X17", DECEMBER, "target-state", "b-details-3", "target"),
    ("X18", DECEMBER, "restated-without-period", "b-details-2", "86%"),
    ("X19", DECEMBER, "restated-without-figures", "b-details-3", "NEET"),
    ("X19", DECEMBER, "restated-without-figures", "b-details-4", "Nos17 and 18"),
    ("X20", DECEMBER, "bullet-without-number", "b-details-2", "Assessments"),
    ("X20", DECEMBER, "target-without-value", "b-details-2", "not yet at our target"),
    ("X21", DECEMBER, "term-variant", "b-details-7", "ECHP"),
    ("X22", DECEMBER, "comparison-without-figures", "b-details-6", "above"),
    ("X22", DECEMBER, "weight-without-interval", "b-details-6", "significantly"),
    ("X22", DECEMBER, "challenge-without-value", "b-details-6", "No.11"),
    ("X23", DECEMBER, "polarity-not-said", "b-details-6", "11"),
    ("X24", DECEMBER, "trend-without-figures", "b-details-11", "dip"),
    ("X25", OCTOBER, "front-label", "Lead member", "2 names"),
    ("X25", DECEMBER, "person-post", "Contact officer", "Sharon Buckby"),
    ("X26", BROMLEY, "list-agreement", "b-commentary-6", "indicators … were"),
    ("X27", BROMLEY, "missing-word", "b-commentary-8", "As the end of"),
    ("X28", BROMLEY, "body-name", "front sheet, Decision Maker", "Education Children and Families"),
    ("X28", BROMLEY, "body-name", "b-commentary-4", "Scrutiny Committee"),
    ("X28", BROMLEY, "body-without-article", "b-commentary-2", "that Sub-Committee"),
    ("X29", BROMLEY, "off-cycle", "b-commentary-3", "end of May 2018"),
    ("X30", BROMLEY, "blank-answer", "b-financial-2", "Source of funding"),
    ("X30", BROMLEY, "blank-answer", "b-customer-impact-1", "Estimated number of users"),
    ("X30", BROMLEY, "blank-answer", "b-ward-councillor-views-1", "Ward Councillors comments"),
    ("X31", BROMLEY, "paragraph-number", "b-reason-for-report-1", "numbered 1."),
    ("X32", BROMLEY, "heading-as-paragraph", "b-commentary-5", "MANAGEMENT COMMENTARY"),
    ("X33", BROMLEY, "number-and-percentage", "b-commentary-8", "94%"),
    ("X34", BEDFORDSHIRE, "implication-conflict", "b-corporate-implications-2", "legal requirement"),
    ("X35", BEDFORDSHIRE, "term-variant", "b-performance-summary-1", "Frameworkki"),
    ("X36", BEDFORDSHIRE, "count-incomplete", "b-performance-summary-2", "three of the four"),
    ("X37", BEDFORDSHIRE, "terms-apart", "b-performance-summary-4", "schools and colleges"),
    ("X38", BEDFORDSHIRE, "title-without-year", "title", "Quarter 2"),
    ("X39", BEDFORDSHIRE, "term-variant", "b-performance-summary-3", "10 days"),
    ("X40", WINDSOR, "paragraph-number", "b-reasons-11", "2.3"),
    ("X41", WINDSOR, "malformed-number", "b-reasons-9", "1,3,2"),
    ("X41", WINDSOR, "malformed-number", "b-reasons-9", "1.3.2 1.3.5"),
    ("X41", WINDSOR, "unrelated-range", "b-reasons-9", "1.3.5"),
    ("X41", WINDSOR, "number-without-reason", "b-reasons-9", "1.2.2"),
    ("X42", WINDSOR, "title-covers-less", "title", "2017/18"),
    ("X43", WINDSOR, "person-post", "b-consultees-1, row 3", "Deputy Director of Commissioning and Strategy"),
    ("X44", WINDSOR, "consultation-open", "b-consultees-1, row 1", "never sent"),
    ("X44", WINDSOR, "consultation-open", "b-consultees-1, row 3", "not returned"),
    ("X44", WINDSOR, "duplicate-section", "section consultees", "CONSULTATION (MANDATORY)"),
    ("X45", WINDSOR, "list-punctuation", "b-reasons-2", "5 of 6 bullets"),
    ("X45", WINDSOR, "malformed-number", "b-reasons-8", "1.1.1."),
    ("X45", WINDSOR, "paragraph-unnumbered", "section timetable", "section 9"),
    ("X45", WINDSOR, "caption", "b-reasons-12", "abic of options"),
    ("X46", WINDSOR, "improvement-over-revised-target", "b-reasons-10", "2.1.1"),
]
PAPERS = [tuple(path.parent.parts[-2:]) for path in sorted(ROOT.glob("reports/*/*/paper.yml"))]


@pytest.mark.parametrize(
    ("paper", "check", "place", "words"),
    [f[1:] for f in FAULTS],
    ids=[f"{f[0]}-{f[2]}-{i}" for i, f in enumerate(FAULTS)],
)
def test_the_fault_of_the_original_is_found_at_its_place(
    paper: Callable[[], Draft], check: str, place: str, words: str
) -> None:
    problems = found(paper(), check)
    assert any(place in p.where and words in p.found for p in problems), [str(p) for p in problems]
    assert all(p.expected and p.do for p in problems)


def test_each_of_the_46_faults_has_its_check() -> None:
    assert {fault[0] for fault in FAULTS} == {f"X{n}" for n in range(1, 47)}


@cache
def of_ours(council: str, date: str) -> list[tuple[str, str, str]]:
    return [(p.severity, p.check, p.do) for p in Proofreader(originals.inputs(council, date)).read()]


@pytest.mark.parametrize(("council", "date"), PAPERS)
def test_our_own_paper_is_clean_or_waived_with_a_reason(council: str, date: str) -> None:
    assert [p for p in of_ours(council, date) if p[0] != "note"] == []
    assert all(re.match(r"nothing: waived, \w+", do) for _, _, do in of_ours(council, date))


def test_the_page_of_checks_names_every_check_and_every_fault() -> None:
    page = Path(ROOT / "docs" / "checks.md").read_text("utf-8")
    assert [name for name in sorted(NAMES) if f"| `{name}` |" not in page] == []
    assert [x for x, *_ in FAULTS if not re.search(rf"\b{x}\b", page)] == []


def test_the_page_of_checks_has_each_check_s_severity() -> None:
    page = Path(ROOT / "docs" / "checks.md").read_text("utf-8")
    said = dict(re.findall(r"^\| `([\w-]+)` \| .+? \| (error|warning|note)(?:, \d+)? \|", page, re.MULTILINE))
    assert said == {check.name: check.severity for check in CHECKS}
