"""The table of restated figures in a paper, and the sentence that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.model import Paragraph, Table
from scrutiny.paper.proof import proof
from scrutiny.paper.proofreading import filled
from tests.unit.project import COUNCIL, Project, fill, months

ROOT = Path(__file__).resolve().parents[2]
DATES = ("2025-07-16", "2025-09-17", "2025-11-19")
TARGET = {"target": {"at_least": 90}, "tolerance": "5 points"}
BLOCK = {"restatements": {"caption": "Restated since {{ previous_paper.meeting_date or 'they were given' }}"}}
SENTENCE = "{{ current.restated.sentence }}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for name in ("c", "d"):
        made.indicator(name, short_title=f"{name.upper()} on time")
    rows = [{"indicator": name, "number": number, **TARGET} for name, number in (("c", "3"), ("d", "4"))]
    made.framework("y", "FY2025-26", rows, known_on="2025-04-01")
    made.committee([{"id": "all", "blocks": [BLOCK, {"text": "The end."}]}])
    for date, period in zip(DATES, ("2025-06", "2025-08", "2025-10"), strict=True):
        made.paper(date, "y", period)
    return made


def restated(known_on: str = "2025-10-01", value: str = "84", **more: str) -> dict[str, str]:
    given = {"indicator": "d", "period": "2025-08", "status": "revised", "note": "late entries"}
    return {**given, "value": value, "known_on": known_on, **more}


def table(paper: Paper) -> Table | None:
    paper.sections()
    blocks = [block for section in paper.model.sections for block in section.blocks]
    found = [block for block in blocks if isinstance(block, Table)]
    return found[0] if found else None


def cells(paper: Paper) -> list[list[str]]:
    """Each row: name, period, old figure, where it stood, new figure, since when, reason, effect."""
    return told(made) if (made := table(paper)) else []


def told(made: Table) -> list[list[str]]:
    return [
        [name.text, period.text, old.text, old.note, new.text, new.note, reason.text, effect.text]
        for name, period, old, new, reason, effect in made.rows
    ]


def test_a_restated_figure_is_told_with_everything_that_a_reader_asks(project: Project) -> None:
    project.outturns([*months("d", m08="88"), restated()])
    made = table(project.open(DATES[2]))
    assert made is not None
    assert (made.caption, made.number) == ("Restated since 17 September 2025", "")
    said = dict(zip(made.columns, ((cell.text, cell.note) for cell in made.rows[0]), strict=True))
    assert said == {
        "Indicator": ("4 D on time", ""),
        "Period": ("August 2025", ""),
        "As published": ("88%", "The paper of 17 September 2025"),
        "Now": ("84%", "1 October 2025"),
        "Reason": ("late entries", ""),
        "Effect on the rating": ("Amber to Red", ""),
    }
    assert made.sources == [
        f"data/councils/{COUNCIL}/outturns.csv: d, X99000001, 2025-08, period, known {day}"
        for day in ("2025-09-12", "2025-10-01")
    ]


@pytest.mark.parametrize(
    ("known_on", "count"),
    [("2025-09-17", 0), ("2025-09-18", 1), ("2025-11-19", 1), ("2025-11-20", 0)],
)
def test_it_holds_what_became_known_after_the_previous_paper_and_by_this_one(
    known_on: str, count: int, project: Project
) -> None:
    project.outturns([*months("d", m08="88"), restated(known_on)])
    assert len(cells(project.open(DATES[2]))) == count


def test_without_anything_restated_the_table_and_its_sentence_vanish(project: Project) -> None:
    project.outturns(months("d", m08="88"))
    paper = project.open(DATES[2])
    assert table(paper) is None
    assert fill(paper, SENTENCE) == ""
    (block,) = paper.model.sections[0].blocks
    assert isinstance(block, Paragraph) and block.text == "The end."


def test_a_first_paper_tells_what_was_restated_since_it_was_first_given(project: Project) -> None:
    given = restated("2025-07-10", "70", period="2025-06", status="final")
    project.outturns([{**given, "known_on": "2025-07-02"}, {**given, "value": "75"}])
    paper = project.open(DATES[0])
    assert [row[2:5] for row in cells(paper)] == [["70%", "Invented, for tests and examples", "75%"]]
    assert fill(paper, SENTENCE) == (
        "One figure has been restated since it was first given: No. 4 D on time, June 2025, from 70% to 75%."
    )
    assert cells(project.open(DATES[1])) == []


def test_a_figure_that_no_paper_showed_has_its_source(project: Project) -> None:
    first = restated("2025-09-20", "88", period="2025-09", provenance="minutes", source="minutes_of *May*")
    project.outturns([first, restated(value="84", period="2025-09")])
    ((*_, where, _, _, _, _),) = cells(project.open(DATES[2]))
    assert where == "The minutes of the meeting: minutes_of *May*"


def test_a_day_that_is_assumed_is_marked_and_a_reason_that_is_missing_said(project: Project) -> None:
    project.outturns([*months("d", m08="88"), restated("2025-10-01~", note="")])
    ((*_, known, reason, _),) = cells(project.open(DATES[2]))
    assert (known, reason) == ("by 1 October 2025 (assumed)", "not stated")


def test_a_figure_restated_twice_is_one_row_from_what_the_previous_paper_knew(project: Project) -> None:
    project.outturns([*months("d", m08="88"), restated("2025-10-01", "90"), restated("2025-11-01", "84")])
    (row,) = cells(project.open(DATES[2]))
    assert (row[2], row[4], row[5], row[7]) == ("88%", "84%", "1 November 2025", "Amber to Red")


def test_the_sentence_counts_and_names_them_since_the_previous_meeting(project: Project) -> None:
    other = months("c", m08="70")
    project.outturns([*months("d", m08="88"), *other, restated(), {**restated(value="75"), "indicator": "c"}])
    assert fill(project.open(DATES[2]), SENTENCE) == (
        "Two figures have been restated since the meeting of 17 September 2025: "
        "No. 3 C on time, August 2025, from 70% to 75%; No. 4 D on time, August 2025, from 88% to 84%."
    )


def test_an_indicator_without_a_number_is_named_alone(project: Project) -> None:
    project.framework("y", "FY2025-26", [{"indicator": "d", **TARGET}], known_on="2025-04-01")
    project.outturns([*months("d", m08="88"), restated()])
    paper = project.open(DATES[2])
    assert fill(paper, SENTENCE).endswith(": D on time, August 2025, from 88% to 84%.")
    assert cells(paper)[0][0] == "D on time"


def test_another_view_is_told_since_the_previous_paper_too(project: Project) -> None:
    views = {
        "current": {"framework": "y", "period": "2025-10"},
        "last": {"framework": "y", "period": "2025-08"},
    }
    project.committee(
        [{"id": "all", "blocks": [{"restatements": {"of": "last", "caption": "C"}}, {"text": "T."}]}]
    )
    for date in DATES[1:]:
        project.paper(date, "y", "2025-10", views=views)
    project.outturns([*months("d", m08="88"), restated()])
    assert len(cells(project.open(DATES[2]))) == 1
    project.outturns([*months("d", m08="88"), restated("2025-09-17")])
    assert cells(project.open(DATES[2])) == []


def test_a_view_that_paper_yml_does_not_give_is_found(project: Project) -> None:
    project.committee([{"id": "all", "blocks": [{"restatements": {"of": "last", "caption": "C"}}]}])
    assert {p.check for p in proof(project.root, COUNCIL)[0]} == {"missing-view"}


# In the papers


def of_paper(council: str, date: str) -> tuple[list[Table], list[str]]:
    """Tables of restated figures, and every paragraph, of a real or invented paper."""
    blocks = [b for s in filled(Inputs(ROOT, council, date)).sections for b in s.blocks]
    tables = [b for b in blocks if isinstance(b, Table) and "Effect on the rating" in b.columns]
    return tables, [b.text for b in blocks if isinstance(b, Paragraph)]


def test_mertons_paper_of_february_has_the_restated_assessments_in_a_table() -> None:
    (made,), _ = of_paper("merton", "2019-02-13")
    assert (made.caption, made.number) == ("Figures restated since the report of 7 November 2018", "")
    ((name, period, old, _, new, known, reason, effect),) = told(made)
    assert (name, period, old, new, known) == (
        "Assessments",
        "November 2018",
        "82%",
        "86%",
        "13 February 2019",
    )
    assert reason == "we have been under-reporting the timeliness of assessments"
    assert effect == "not rated: the council has not published the target"


def test_mertons_first_paper_has_no_such_table() -> None:
    assert of_paper("merton", "2018-11-07")[0] == []


def test_windsor_and_maidenheads_paper_says_that_1_2_1_was_restated_and_by_which_minutes() -> None:
    (made,), texts = of_paper("windsor-and-maidenhead", "2018-09-26")
    assert made.number == ""
    ((name, period, old, where, new, known, _, effect),) = told(made)
    assert (name.split()[0], period, old, new, effect) == ("1.2.1", "2017/18", "46.6%", "40.5%", "none (Red)")
    assert where.startswith("The minutes of the meeting: RBWM panel minutes, annual report 2017/18")
    assert known == "26 September 2018"
    (sentence,) = [t for t in texts if "restated since" in t]
    assert sentence.startswith("One figure has been restated since it was first given: No. 1.2.1 ")
    assert sentence.endswith(", 2017/18, from 46.6% to 40.5%.")


def test_the_numbers_of_the_published_tables_stay() -> None:
    blocks = [
        b
        for s in filled(Inputs(ROOT, "windsor-and-maidenhead", "2018-09-26")).sections
        for b in s.blocks
        if isinstance(b, Table) and b.number
    ]
    assert [b.number for b in blocks] == [f"Table {i}" for i in range(1, 7)]


def test_exampleshires_paper_has_a_table_of_what_was_restated() -> None:
    (made,), texts = of_paper("exampleshire", "2026-06-18")
    rows = told(made)
    assert {(row[0], row[7]) for row in rows} == {("1.8 Repeat referrals", "Amber to Red")}
    assert sum("been restated since the meeting of" in text for text in texts) == 1
