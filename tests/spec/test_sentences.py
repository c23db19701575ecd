"""Every sentence pattern against its table, and on the figures of Exampleshire; the page of the tables is current."""

import datetime as dt
import inspect
import re
from functools import cache
from pathlib import Path

import pytest

from docs.make_methods import ROOT, SENTENCES, sentences_page
from scrutiny.data import catalogue, store
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.settings import View
from scrutiny.periods import Period
from scrutiny.rating.table import RatedView, Rater
from scrutiny.writing.facts import IndicatorFacts
from scrutiny.writing.patterns import Patterns
from scrutiny.writing.templates import Writer
from tests.spec import sentence_tables

TABLES = sentence_tables.sentences()
CASES = [case for table in TABLES for case in sentence_tables.cases(table)]
PATTERNS = {name for name, _ in inspect.getmembers(Patterns, inspect.isfunction) if name[0] != "_"}
POLARITIES = {"high_is_good", "low_is_good", "close_to_target", "no_judgement"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_a_pattern_says(case: sentence_tables.Case) -> None:
    assert case.said() == case.line["says"]


def test_every_line_that_says_nothing_says_why() -> None:
    for case in CASES:
        assert bool(case.line["says"]) != ("because" in case.line), case.id


def test_every_pattern_has_a_table_and_every_table_a_pattern() -> None:
    assert {table["pattern"] for table in TABLES} == PATTERNS | {"counted"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["pattern"])
def test_a_table_has_lines_for_every_polarity_and_for_nothing_to_say(table: dict) -> None:
    if table["pattern"] in ("counted", "judged"):
        return  # neither looks at the polarity
    cases = list(sentence_tables.cases(table))
    polarities = {case.all["indicator"]["polarity"] for case in cases}
    if table["pattern"] not in ("standing", "together"):  # they rest on ratings, and on directions of travel
        assert polarities == POLARITIES
    assert any(not case.line["says"] for case in cases)


def test_nothing_improves_where_neither_way_is_better() -> None:
    neutral = [case for case in CASES if case.all.get("indicator", {}).get("polarity") == "no_judgement"]
    assert len(neutral) > 25
    for case in neutral:
        assert not re.search(r"improv|worse|better|closer|further", case.said()), case.id


def test_the_page_of_sentences_is_current() -> None:
    assert SENTENCES.read_text(encoding="utf-8") == sentences_page(), "run: python docs/make_methods.py"


def test_every_pattern_stands_on_the_templates_page() -> None:
    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    assert [name for name in sorted(PATTERNS | {"counted"}) if f"`{name}(" not in page] == []


def test_a_template_counts_in_words_up_to_the_councils_limit() -> None:
    filled = Writer({"measure": ("measure", "measures")}, words_up_to=2).fill(
        "{{ counted(3, measure, ('is', 'are'), of=4) }}, {{ counted(1, measure) }}", "test"
    )
    assert filled == "3 of the 4 measures are, one measure"


@pytest.mark.parametrize(("count", "of"), [(-1, None), (5, 4)])
def test_a_count_that_cannot_be_is_refused(count: int, of: int | None) -> None:
    with pytest.raises(ValueError, match="is not a count"):
        sentence_tables.counted(count, ("measure", "measures"), of=of)


# On the figures of Exampleshire, with the council's own settings

MEETING = dt.date(2026, 6, 18)


@cache
def exampleshire(framework: str, period: str) -> RatedView:
    root = Path(ROOT)
    definitions = catalogue.load(root, "exampleshire")
    folder = definitions.folder("exampleshire")
    rows = store.load(
        root, "exampleshire", set(definitions.indicators), folder.council.base.area, Wanted.of(folder)
    )
    asked = View(framework=framework, period=Period.parse(period))
    return Rater(definitions, folder, rows.as_at(MEETING)).view("current", asked)


def said(view: RatedView, pattern: str, *args: str) -> dict[str, str]:
    """Every indicator of which a pattern says something, and what."""
    found = {r.indicator.id: getattr(IndicatorFacts(r, view), pattern)(*args) for r in view.rows}
    return {name.removeprefix("example-"): text for name, text in found.items() if text}


APRIL, YEAR_END = ("2026-27", "2026-04"), ("2025-26", "FY2025-26-Q4")


@pytest.mark.parametrize(
    ("view", "pattern", "args", "indicator", "text"),
    [
        (APRIL, "moved", (), "visits-to-children-on-time", "improved from 97.1% to 97.3%"),
        (APRIL, "moved", (), "protection-reviews-on-time", "fell from 98% to 90%"),
        (APRIL, "moved", (), "temporary-accommodation", "rose from 384 to 387 (lower is better)"),
        (APRIL, "moved", (), "children-in-care", "rose from 70.3 to 70.5 per 10,000"),
        (APRIL, "moved", (), "key-stage-2-rank", "improved from 81st to 77th"),
        (APRIL, "moved", (), "caseload-per-social-worker", "moved from 17 to 16, closer to target"),
        (APRIL, "extreme", (), "sen-plans-on-time", "the highest since June 2023"),
        (APRIL, "extreme", (), "protection-reviews-on-time", "the lowest on record (since April 2021)"),
        (
            *(APRIL, "extreme", (), "sickness-days"),
            "the joint lowest on record (since April 2021; level with March 2026; lower is better)",
        ),
        (
            *(APRIL, "extreme", (), "relet-days"),
            "the lowest at this point of the year on record (since April 2021; lower is better)",
        ),
        (
            *(YEAR_END, "extreme", (), "library-visits"),
            "the highest since August 2024 (no figure for two months)",
        ),
        (APRIL, "run", (), "contacts-decided-in-a-day", "the fourth consecutive improvement"),
        (APRIL, "run", (), "repeat-protection-plans", "the third consecutive rise"),
        (
            *(APRIL, "running", (), "school-transport-cost"),
            "rose for the third quarter running (lower is better)",
        ),
        (APRIL, "dip", (), "care-leavers-in-work-or-learning", "after a dip in Q3, 58% in Q4"),
        (APRIL, "dipped", (), "protection-reviews-on-time", "dipped in April"),
        (
            *(YEAR_END, "steady", (), "schools-good-or-outstanding"),
            "stable over the last three years (within a band of 2 percentage points)",
        ),
        (
            *(APRIL, "reverted", (), "care-leavers-in-work-or-learning"),
            "has reverted to an earlier level after a fall in Q3",
        ),
        (APRIL, "standing", (), "sen-plans-on-time", "on target for the second month running"),
        (
            *(YEAR_END, "standing", (), "complaints-answered-on-time"),
            "off target for a second month",
        ),
        (
            *(YEAR_END, "still_short", (), "waits-for-counselling"),
            "still over target though improving",
        ),
        (APRIL, "together", ("example-strategy-discussions",), "children-in-care", "both rose"),
        (
            *(APRIL, "against", ("nation", "target"), "homelessness-prevented"),
            "below the national figure of 60.5%, but above the target of 56%",
        ),
    ],
)
def test_a_pattern_on_the_figures_of_exampleshire(
    view: tuple[str, str], pattern: str, args: tuple[str, ...], indicator: str, text: str
) -> None:
    assert said(exampleshire(*view), pattern, *args)[indicator] == text


@pytest.mark.parametrize(
    ("pattern", "indicators"),
    [
        ("dip", {"care-leavers-in-work-or-learning"}),
        ("dipped", {"protection-reviews-on-time", "highways-spend"}),
        ("reverted", {"care-leavers-in-work-or-learning"}),
        ("steady", {"gcse-attainment-score", "wellbeing-score", "sickness-days"}),
    ],
)
def test_a_pattern_is_said_of_no_other_indicator_of_exampleshire(pattern: str, indicators: set[str]) -> None:
    assert set(said(exampleshire(*APRIL), pattern)) == indicators


def test_nothing_reaches_back_over_the_definition_that_exampleshire_changed() -> None:
    view = exampleshire(*APRIL)
    assert "assessments-on-time" in said(view, "moved")
    for pattern, args in [
        ("moved", ("same_period_last_year",)),
        ("steady", ()),
        ("extreme", ()),
        ("run", ()),
    ]:
        assert "assessments-on-time" not in said(view, pattern, *args)
