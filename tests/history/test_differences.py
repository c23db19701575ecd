"""What differs between a sealed paper and one made today, in words."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from scrutiny.paper.build import Inputs
from scrutiny.paper.history.differences import differences
from scrutiny.paper.model import PaperModel
from scrutiny.paper.proofreading import filled
from tests.history.conftest import ROOT

Model = dict[str, Any]
RBWM = ("windsor-and-maidenhead", "2018-09-26")


@pytest.fixture(scope="module")
def content() -> Model:
    return json.loads(filled(Inputs(ROOT, *RBWM)).canonical())


def said(content: Model, change: Callable[[Model], object]) -> list[str]:
    made = copy.deepcopy(content)
    change(made)
    return [str(one) for one in differences(content, made)]


def block(model: Model, kind: str, number: str = "") -> Model:
    return next(
        b for s in model["sections"] for b in s["blocks"] if b["type"] == kind and b["number"] == number
    )


def test_a_paper_does_not_differ_from_itself(content: Model) -> None:
    assert said(content, lambda _: None) == []
    assert differences(content, PaperModel.model_validate(content).model_dump(mode="json")) == []


def test_a_figure_is_named_with_its_indicator(content: Model) -> None:
    def change(made: Model) -> None:
        made["indicators"][0]["outturn"]["published"] = "86%"

    (line,) = said(content, change)
    assert line.startswith("indicator 1.1.1 Percentage uptake of MMR2")
    assert line.endswith("(current), figure: was '85.4%', is '86%'")


def test_a_rating_is_named(content: Model) -> None:
    (line,) = said(content, lambda made: made["indicators"][0]["rating"].update(word="Red"))
    assert line.endswith("(current), rating: was 'Amber', is 'Red'")


def test_of_a_sentence_only_the_words_that_differ_are_shown(content: Model) -> None:
    number = next(
        b["number"] for s in content["sections"] for b in s["blocks"] if len(b.get("text", "").split()) > 30
    )

    def change(made: Model) -> None:
        words = block(made, "paragraph", number)["text"].split()
        words[15] = "seven"
        block(made, "paragraph", number)["text"] = " ".join(words)

    (line,) = said(content, change)
    assert f"paragraph {number.rstrip('.')}" in line
    assert "… " in line and " …" in line and "seven" in line.partition(", is ")[2]
    assert len(line) < 300


def test_spaces_alone_are_shown_as_they_are(content: Model) -> None:
    def change(made: Model) -> None:
        made["title"] = made["title"].replace(" ", "  ", 1)

    assert said(content, change) == [
        "title: was 'Q1 2018/19 Performance Report', is 'Q1  2018/19 Performance Report'"
    ]


def test_a_cell_is_named_by_table_row_and_column(content: Model) -> None:
    def change(made: Model) -> None:
        table = next(b for s in made["sections"] for b in s["blocks"] if b.get("kind") == "indicators")
        table["rows"][1][2]["text"] = "another"

    (line,) = said(content, change)
    assert "table" in line and "row '" in line and "column '" in line
    assert line.endswith("is 'another'")


def test_a_row_that_came_is_named(content: Model) -> None:
    def change(made: Model) -> None:
        table = next(b for s in made["sections"] for b in s["blocks"] if b.get("kind") == "indicators")
        extra = copy.deepcopy(table["rows"][0])
        extra[0]["text"] = "9.9.9"
        table["rows"].append(extra)

    (line,) = said(content, change)
    assert "rows: was" in line and line.endswith("is '9.9.9'")


@pytest.mark.parametrize("side", ["gone", "new"])
def test_a_paragraph_that_went_or_came_is_quoted(side: str, content: Model) -> None:
    shorter = copy.deepcopy(content)
    gone = shorter["sections"][0]["blocks"].pop(0)
    pair = (content, shorter) if side == "gone" else (shorter, content)
    lines = [str(one) for one in differences(*pair)]
    assert len(lines) == 1
    assert ("is nothing" if side == "gone" else "was nothing") in lines[0]
    assert gone["id"] in lines[0]


def test_blocks_in_another_order_are_told(content: Model) -> None:
    def change(made: Model) -> None:
        section = next(s for s in made["sections"] if len(s["blocks"]) > 2)
        section["blocks"][0], section["blocks"][1] = section["blocks"][1], section["blocks"][0]

    (line,) = said(content, change)
    assert ", order: was" in line


def test_a_section_that_came_is_a_difference(content: Model) -> None:
    def change(made: Model) -> None:
        extra = {"id": "x-1", "type": "paragraph", "number": "", "text": "More is said."}
        made["sections"].append(
            {"id": "more", "number": "", "title": "More", "appendix": False, "blocks": [extra]}
        )

    (line,) = said(content, change)
    assert line == "section more More, paragraph (x-1): was nothing, is 'More is said.'"


def test_an_indicator_that_went_is_a_difference(content: Model) -> None:
    (line,) = said(content, lambda made: made["indicators"].pop())
    assert line.endswith("(previous): was shown, is nothing")


def test_a_new_word_of_a_count_is_a_difference(content: Model) -> None:
    (line,) = said(content, lambda made: made["summary"]["counts"].update(Blue=1))
    assert line == "summary, counts, Blue: was nothing, is '1'"


def test_a_key_of_a_later_library_is_none(content: Model) -> None:
    def change(made: Model) -> None:
        made["seasons"] = []
        made["indicators"][0]["season"] = "summer"
        block(made, "table", "Table 1")["note"] = "new"
        made["sections"][0]["blocks"][0]["tone"] = "new"

    assert said(content, change) == []


def test_a_key_that_is_gone_is_a_difference(content: Model) -> None:
    (line,) = said(content, lambda made: made["indicators"][0].pop("reason"))
    assert "reason: was" in line and line.endswith("is nothing")


def test_a_line_of_the_front_sheet_is_named(content: Model) -> None:
    label = content["front_sheet"][0]["label"]
    (line,) = said(content, lambda made: made["front_sheet"][0].update(value="Nobody"))
    assert line.startswith(f"front sheet, {label}: was") and line.endswith("is 'Nobody'")
