"""Which texts read otherwise, and which of their words."""

from __future__ import annotations

from typing import Any

import pytest

from scrutiny.paper.history.compared import TextChange
from scrutiny.paper.history.texts import changed_front_sheet, changed_sections, said, words
from scrutiny.paper.history.told import marked
from scrutiny.paper.model import (
    Block,
    Cell,
    FrontSheetLine,
    Named,
    PaperModel,
    Paragraph,
    Section,
    Summary,
    Table,
)

LONG = "The number of reviews held on time fell in the month since two meetings were moved at short notice."


def paper(
    *blocks: Block, title: str = "Details", front: dict[str, str] | None = None, note: str = ""
) -> PaperModel:
    return PaperModel(
        council=Named(id="c", name="C"),
        committee=Named(id="d", name="D"),
        title="Title",
        meeting_date="2025-05-20",
        reporting_period="2025-04",
        as_at="2025-05-20",
        note=note,
        front_sheet=[FrontSheetLine(label=label, value=value) for label, value in (front or {}).items()],
        sections=[Section(id="details", title=title, blocks=list(blocks))],
        summary=Summary(rated=0, counts={}, not_rated={}),
    )


def text(id_: str, said_: str, role: Any = "text") -> Paragraph:
    return Paragraph(id=id_, role=role, text=said_)


def changes(before: PaperModel, now: PaperModel, *own: str) -> list[TextChange]:
    found = changed_sections(before, now, frozenset(own))
    return found[0].texts if found else []


def told(found: list[TextChange]) -> list[tuple[str, str, str]]:
    return [(one.change, one.id, marked(one.words)) for one in found]


# words


def test_the_words_that_changed_stand_between_those_that_stayed() -> None:
    assert marked(words("Two measures are Red.", "Three measures are Amber.")) == (
        "[-Two-] {+Three+} measures are [-Red.-] {+Amber.+}"
    )


def test_a_single_word_that_stayed_between_two_changes_is_told_with_them() -> None:
    assert marked(words("a b was cold and wet today", "a b was warm and dry today")) == (
        "a b was [-cold and wet-] {+warm and dry+} today"
    )
    assert marked(words("a b was cold and very wet today", "a b was warm and very dry today")) == (
        "a b was [-cold-] {+warm+} and very [-wet-] {+dry+} today"
    )


@pytest.mark.parametrize(("kept", "whole"), [(2, False), (1, True)])
def test_with_under_two_fifths_in_common_a_text_stands_whole(kept: int, whole: bool) -> None:
    stayed = " ".join(["stays"] * kept)
    found = words(f"{stayed} a b c"[:None], f"{stayed} d e f")
    assert (found[0].state != "same") == whole
    assert " ".join(run.text for run in found if run.state != "added") == f"{stayed} a b c"


def test_equal_texts_have_no_change() -> None:
    assert [run.state for run in words(LONG, LONG)] == ["same"]


def test_much_that_stayed_is_left_out_of_the_text_form_and_little_is_not() -> None:
    before = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen OLD last"
    assert marked(words(before, before.replace("OLD", "NEW"))) == (
        "… nine ten eleven twelve thirteen fourteen [-OLD-] {+NEW+} last"
    )
    short = "eight nine ten eleven twelve thirteen fourteen OLD"
    assert marked(words(short, short.replace("OLD", "NEW"))).startswith("eight nine ten")


def test_markup_is_left_out_and_addresses_stay() -> None:
    assert said("**Who:** the\\\n*head* of [the plan](https://x.example/a) <https://x.example/b>") == (
        "Who: the head of the plan (https://x.example/a) https://x.example/b"
    )


# which text is which


def test_a_text_is_known_by_its_id_and_one_that_only_moved_is_the_same() -> None:
    before = paper(text("b-1", "The first."), text("b-2", LONG))
    assert told(changes(before, paper(text("b-1", "The last."), text("b-2", LONG)))) == [
        ("changed", "b-1", "The [-first.-] {+last.+}")
    ]
    assert changes(before, paper(text("b-1", LONG), text("b-2", "The first."))) == []


def test_a_new_text_before_the_others_does_not_make_them_others() -> None:
    now = paper(text("b-1", "Quite new."), text("b-2", "The first."), text("b-3", LONG))
    assert told(changes(paper(text("b-1", "The first."), text("b-2", LONG)), now)) == [
        ("added", "b-1", "{+Quite new.+}")
    ]


def test_a_text_that_is_gone_stands_where_it_was() -> None:
    before = paper(text("b-1", "One thing."), text("b-2", "Gone now."), text("b-3", "Another one."))
    now = paper(text("b-1", "One thing."), text("b-3", "Another two."))
    assert told(changes(before, now)) == [
        ("removed", "b-2", "[-Gone now.-]"),
        ("changed", "b-3", "Another [-one.-] {+two.+}"),
    ]


def test_a_text_with_another_id_is_found_again_by_its_words() -> None:
    now = paper(text("c-9", LONG.replace("fell", "rose")))
    assert told(changes(paper(text("b-1", LONG)), now)) == [
        ("changed", "c-9", marked(words(LONG, LONG.replace("fell", "rose"))))
    ]


def test_two_long_texts_under_one_id_with_nothing_in_common_are_one_gone_and_one_new() -> None:
    other = (
        "Officers met every family whose plan had lasted longer than two years and wrote down what they said."
    )
    found = changes(paper(text("b-1", LONG)), paper(text("b-1", other)))
    assert [(one.change, one.id) for one in found] == [("added", "b-1"), ("removed", "b-1")]


def test_a_text_says_under_which_heading_it_stands() -> None:
    before = paper(text("h-1", "Reviews", "heading"), text("b-1", "As before."))
    now = paper(text("h-1", "Reviews", "heading"), text("b-1", "As never before."))
    assert [one.under for one in changes(before, now)] == ["Reviews"]


def test_a_change_of_markup_alone_is_none() -> None:
    assert changes(paper(text("b-1", "All **good**.")), paper(text("b-1", "All good."))) == []


# sections, tables and front sheet


def test_a_section_is_added_removed_or_has_another_title() -> None:
    one = paper(text("b-1", "Words."))
    none = one.model_copy(update={"sections": []})
    assert [(s.change, s.id, len(s.texts)) for s in changed_sections(none, one)] == [("added", "details", 1)]
    assert [(s.change, s.id, len(s.texts)) for s in changed_sections(one, none)] == [
        ("removed", "details", 1)
    ]
    (section,) = changed_sections(one, paper(text("b-1", "Words."), title="More details"))
    assert told(section.texts) == [("changed", "title", "[-Details-] {+More details+}")]
    assert changed_sections(one, one) == []


def table(*rows: tuple[str, ...], kind: Any = "plain") -> Table:
    cells = [[Cell(text=cell) for cell in row] for row in rows]
    return Table(id="t-risks", kind=kind, caption="Risks", columns=["Risk", "Control"], rows=cells)


def test_a_table_of_words_is_told_row_by_row() -> None:
    before = paper(table(("Delay", "Weekly look"), ("Cost", "Monthly look")))
    now = paper(table(("Delay", "Daily look"), ("Fire", "Drill")))
    assert told(changes(before, now, "t-risks")) == [
        ("changed", "t-risks", "Delay | [-Weekly-] {+Daily+} look"),
        ("added", "t-risks", "{+Fire | Drill+}"),
        ("removed", "t-risks", "[-Cost | Monthly look-]"),
    ]


def test_of_a_table_of_figures_only_the_number_of_other_rows_is_told() -> None:
    before = paper(table(("1", "90%"), ("2", "80%"), kind="indicators"))
    now = paper(table(("1", "91%"), ("3", "70%"), kind="indicators"))
    (section,) = changed_sections(before, now)
    assert section.texts == []
    assert [(t.id, t.changed, t.added, t.removed) for t in section.tables] == [("t-risks", 1, 1, 1)]


def test_lines_of_the_front_sheet_are_known_by_their_labels() -> None:
    before = paper(front={"Date": "20 May", "Wards": "All", "Contact": "A. Person"}, note="As it was.")
    now = paper(front={"Date": "20 June", "Wards": "All", "Cost": "None"}, note="As it was.")
    assert told(changed_front_sheet(before, now)) == [
        ("changed", "Date", "20 [-May-] {+June+}"),
        ("added", "Cost", "{+None+}"),
        ("removed", "Contact", "[-A. Person-]"),
    ]
