"""Groups by rule: each condition, how they join, and how a group is told or vanishes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from scrutiny.data.narrative import Group, Rule
from scrutiny.errors import ProblemError
from scrutiny.paper.build import Paper
from scrutiny.paper.model import Paragraph
from tests.unit.project import Project, fill, months

AT_LEAST_90 = {"target": {"at_least": 90}, "tolerance": "5 points"}
DATE, BEFORE = "2025-10-15", "2025-09-15"


def row(name: str, number: int, **more: Any) -> dict[str, Any]:
    return {"indicator": name, "number": str(number), **AT_LEAST_90, **more}


REVISED = {"known_on": "2025-09-30", "reason": "r", "target": {"at_least": 97}}
ROWS = [
    row("worse", 1),
    row("better", 2, target={"at_most": 10}),
    row("steady", 3),
    row("lost", 4),
    row("found", 5),
    row("counted-again", 6),
    row("removed", 7, target={"none": "removed"}, tolerance=None),
    row("unset", 8, target={"none": "not_set"}, tolerance=None),
    row("raised", 9, target={"at_least": 90, "revised": True}),
    row("said-high", 10),
    row("said-low", 11, target={"at_most": 10}),
    row("said-neutral", 12, target={"none": "not_set"}, tolerance=None),
    row("doubtful", 13),
    row("up", 14),
    row("moved-goal", 15, versions=[REVISED]),
    row("silent", 16),
]
POLARITY = {"better": "low_is_good", "said-low": "low_is_good", "said-neutral": "no_judgement"}
OUTTURNS = [
    *months("worse", m06="95", m07="70", m08="68", m09="66"),
    *months("better", m08="14", m09="12"),
    *months("steady", m05="80", m06="92", m07="93", m08="94", m09="94"),
    *months("lost", m08="95"),
    *months("found", m09="95"),
    *months("counted-again", m08="82", m09="93"),
    {"indicator": "counted-again", "period": "2025-08", "value": "86", "known_on": "2025-10-01"},
    *months("removed", m08="50", m09="50"),
    *months("unset", m08="50", m09="50"),
    *months("raised", m08="95", m09="95"),
    *months("doubtful", m08="95", m09="95"),
    *months("up", m08="80", m09="95"),
    *months("moved-goal", m08="92", m09="92"),
]
SAID = [
    ("said-high", "direction", "increasing"),
    ("said-high", "nation", "significantly_above"),
    ("said-high", "level", "strong"),
    ("said-low", "direction", "decreasing"),
    ("said-low", "nation", "above"),
    ("said-neutral", "direction", "increasing"),
    ("said-neutral", "nation", "above"),
    ("doubtful", "reliability", "unreliable"),
]


def written(root: Path) -> Project:
    project = Project(root)
    for each in ROWS:
        name = each["indicator"]
        project.indicator(name, polarity=POLARITY.get(name, "high_is_good"))
    rows = [{k: v for k, v in each.items() if v is not None} for each in ROWS]
    project.framework("y", "FY2025-26", rows)
    project.outturns(
        {**o, "status": "revised", "note": "late entries"} if o["known_on"] == "2025-10-01" else o
        for o in OUTTURNS
    )
    project.benchmarks(
        {"indicator": name, "period": "2025-09", "value": "90"}
        for name in ("worse", "better", "up", "steady")
    )
    cannot = {"reason": "the system was down", "source": "s"}
    project.unable(
        [
            {"indicator": "lost", "period": "2025-09", "known_on": "2025-10-10", **cannot},
            {"indicator": "found", "period": "2025-08", "known_on": "2025-09-10", **cannot},
        ]
    )
    project.judgements(
        {
            "indicator": name,
            "aspect": aspect,
            "judgement": word,
            "period": "2025-09",
            "known_on": "2025-10-10",
        }
        for name, aspect, word in SAID
    )
    project.committee()
    project.paper(BEFORE, "y", "2025-08")
    project.paper(DATE, "y", "2025-09")
    return project


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return written(tmp_path_factory.mktemp("groups")).open(DATE)


def members(paper: Paper, rule: dict[str, Any]) -> list[str]:
    facts = paper._writer.facts["current"]
    group = Group.model_validate({"id": "g", "rule": rule})
    return [r.indicator.id for r in facts._rules.members(group)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"rating": ["red"]}, ["worse"]),
        ({"style": ["amber"]}, ["better", "moved-goal"]),
        ({"direction": {"is": ["worsening"]}}, ["worse"]),
        # 12 is less than 14, and lower is better; two judgements say the same in words.
        ({"direction": {"is": ["improving"]}}, ["better", "counted-again", "said-high", "said-low", "up"]),
        ({"direction": {"against": "same_period_last_year", "is": ["improving"]}}, []),
        ({"benchmark": {"comparator": "nation", "is": ["better"]}}, ["better", "steady", "said-high", "up"]),
        ({"benchmark": {"comparator": "nation", "is": ["worse"]}}, ["worse", "said-low"]),
        (
            {"benchmark": {"comparator": "nation", "is": ["above"]}},
            ["steady", "said-high", "said-low", "said-neutral", "up"],
        ),
        ({"misses_at_least": 3}, ["worse"]),
        ({"misses_at_least": 4}, []),
        ({"on_target_for_at_least": 4}, ["steady"]),
        ({"on_target_for_at_least": 5}, []),
        ({"unable": True}, ["lost"]),
        ({"unreliable": True}, ["doubtful"]),
        ({"restated": True}, ["counted-again"]),
        ({"target": "removed"}, ["removed"]),
        ({"target": "none"}, ["removed", "unset", "said-neutral"]),
        ({"target": "revised"}, ["raised"]),
        ({"new": True}, ["found", "said-high", "said-low", "said-neutral"]),
        ({"moved": "up"}, ["counted-again", "up"]),
        # Amber after Green, but against a higher target: nothing is claimed.
        ({"moved": "down"}, []),
        ({"judgement": {"level": ["strong", "good"]}}, ["said-high"]),
        ({"judgement": {"direction": ["increasing"], "level": ["strong"]}}, ["said-high"]),
        ({"all": [{"style": ["red", "amber"]}, {"direction": {"is": ["worsening"]}}]}, ["worse"]),
        ({"any": [{"unable": True}, {"rating": ["Red"]}]}, ["worse", "lost"]),
        ({"all": [{"unable": True}, {"rating": ["Red"]}]}, []),
        ({"all": [{"style": ["green"]}, {"not": {"benchmark": {"comparator": "nation", "is": ["better"]}}}]},
         ["found", "counted-again", "raised", "doubtful"]),
    ],
)  # fmt: skip
def test_a_condition_holds_for(paper: Paper, rule: dict[str, Any], expected: list[str]) -> None:
    assert members(paper, rule) == expected


def test_nothing_known_fulfils_no_condition_and_so_fulfils_its_opposite(paper: Paper) -> None:
    conditions: list[dict[str, Any]] = [
        {"style": ["green", "amber", "red"]},
        {"direction": {"is": ["improving", "worsening", "no_change"]}},
        {"benchmark": {"comparator": "nation", "is": ["above", "below", "in_line"]}},
        {"misses_at_least": 1},
        {"on_target_for_at_least": 1},
        {"moved": "up"},
    ]
    for condition in conditions:
        assert "silent" not in members(paper, condition)
        assert "silent" in members(paper, {"not": condition})


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"unable": True, "new": True},
        {"all": []},
        {"rating": None},
        {"indicator": ["worse"]},
        {"misses_at_least": 0},
        {"judgement": {"level": ["splendid"]}},
        {"judgement": {"nation": ["strong"]}},
    ],
)
def test_a_rule_that_says_nothing_or_too_much_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate(rule)


@pytest.mark.parametrize(
    "rule",
    [{"rating": ["Purple"]}, {"benchmark": {"comparator": "moon", "is": ["above"]}}],
)
def test_a_rule_about_what_the_council_does_not_have_is_a_problem(
    tmp_path: Path, rule: dict[str, Any]
) -> None:
    project = written(tmp_path)
    project.committee(narrative=[{"id": "g", "rule": {"any": [{"unable": True}, rule]}}])
    with pytest.raises(ProblemError) as caught:
        project.open(DATE)
    assert [p.check for p in caught.value.problems] == ["unknown-in-rule"]


# How a group is told

CHALLENGES = {"id": "challenges", "rule": {"style": ["red", "amber"]}}
NONE = {"id": "none", "rule": {"misses_at_least": 99}}


def told(root: Path, blocks: list[dict[str, Any]], groups: list[dict[str, Any]], **more: Any) -> Paper:
    project = written(root)
    after = {"id": "after", "title": "After", "blocks": [{"text": "The end."}]}
    narrative = {"id": "narrative", "title": "Narrative", "blocks": blocks, **more}
    project.committee([narrative, after], narrative=groups)
    paper = project.open(DATE)
    paper.sections()
    return paper


def texts(paper: Paper) -> list[tuple[str, str, str]]:
    found = [b for s in paper.model.sections for b in s.blocks]
    return [(b.number, b.role, b.text) for b in found if isinstance(b, Paragraph)]


def test_bullets_stand_under_their_lead_in_the_framework_s_order(tmp_path: Path) -> None:
    item = "{{ i.citation }} {{ i.rating }}"
    lead = "{{ words(group | length) | capitalised }}: {{ group.citation }}"
    block = {"narrative": {"group": "challenges", "item": item, "lead": lead}}
    assert texts(told(tmp_path, [block], [CHALLENGES])) == [
        ("1.1", "text", "Three: Nos. 1, 2 and 15"),
        ("", "bullet", "No. 1 Red"),
        ("", "bullet", "No. 2 Amber"),
        ("", "bullet", "No. 15 Amber"),
        ("2.1", "text", "The end."),
    ]


def test_a_limit_keeps_the_first_ones(tmp_path: Path) -> None:
    block = {
        "narrative": {"group": "challenges", "item": "{{ i.number }}", "style": "text", "joined_by": "; "}
    }
    paper = told(tmp_path, [block], [{**CHALLENGES, "limit": 2}])
    assert texts(paper)[0] == ("1.1", "text", "1; 2")


def test_paragraphs_are_numbered_each(tmp_path: Path) -> None:
    block = {"narrative": {"group": "challenges", "item": "{{ i.number }}", "style": "paragraphs"}}
    paper = told(tmp_path, [block], [CHALLENGES])
    assert [text[:2] for text in texts(paper)[:3]] == [("1.1", "text"), ("1.2", "text"), ("1.3", "text")]


def test_an_empty_group_takes_its_lead_heading_section_and_number_with_it(tmp_path: Path) -> None:
    block = {"narrative": {"group": "none", "item": "{{ i.number }}", "lead": "Some:"}}
    paper = told(tmp_path, [{"heading": "Hard cases"}, block], [NONE])
    assert [(s.number, s.id) for s in paper.model.sections] == [("1.", "after")]
    assert texts(paper) == [("1.1", "text", "The end.")]


def test_a_section_with_a_default_stays_when_its_group_is_empty(tmp_path: Path) -> None:
    block = {"narrative": {"group": "none", "item": "{{ i.number }}"}}
    paper = told(tmp_path, [block], [NONE], default="There are none.")
    assert texts(paper)[0] == ("1.1", "text", "There are none.")


def test_a_heading_with_something_behind_it_stays(tmp_path: Path) -> None:
    blocks = [
        {"heading": "Empty"},
        {"narrative": {"group": "none", "item": "{{ i.number }}"}},
        {"heading": "Full"},
        {"text": "Said."},
    ]
    assert [text for _, _, text in texts(told(tmp_path, blocks, [NONE]))] == ["Full", "Said.", "The end."]


def test_a_group_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    block = {"narrative": {"group": "challanges", "item": "{{ i.number }}"}}
    with pytest.raises(ProblemError, match="there is no group 'challanges'"):
        told(tmp_path, [block], [CHALLENGES])


def test_the_commentary_follows_an_item(tmp_path: Path) -> None:
    project = written(tmp_path)
    item = {"group": "challenges", "item": "{{ i.citation }}:", "commentary": True}
    project.committee(
        [{"id": "all", "title": "All", "blocks": [{"narrative": item}]}],
        narrative=[{**CHALLENGES, "limit": 1}],
    )
    project.commentary(DATE, "## worse\n\nFewer than {{ worse.target }} came.\n")
    paper = project.open(DATE)
    paper.sections()
    assert texts(paper) == [("", "bullet", "No. 1: Fewer than 90% came.")]


# Linked indicators


def test_two_linked_indicators_are_one_item_where_both_belong_to_the_group(tmp_path: Path) -> None:
    project = written(tmp_path)
    linked = [{**each, "with": "up"} if each["indicator"] == "steady" else each for each in ROWS]
    rows = [{k: v for k, v in each.items() if v is not None} for each in linked]
    project.framework("y", "FY2025-26", rows)
    both = {"benchmark": {"comparator": "nation", "is": ["better"]}}
    project.committee(
        narrative=[{"id": "both", "rule": both}, {"id": "one", "rule": {"all": [both, {"moved": "up"}]}}]
    )
    paper = project.open(DATE)
    loop = "{% for i in current.group('both') %}{{ i.citation }};{% endfor %}"
    assert fill(paper, loop) == "No. 2;Nos. 3 and 14;No. 10;"
    assert fill(paper, "{{ current.group('both').numbers }}") == "2, 3, 14 and 10"
    assert fill(paper, "{{ current.group('both') | length }}") == "3"
    assert fill(paper, "{{ current.group('both')[1].pair.id }}") == "up"
    assert fill(paper, "{{ current.group('one').citation }}") == "No. 14"


def test_the_council_says_what_stands_before_a_number(tmp_path: Path) -> None:
    project = written(tmp_path)
    project.council(citation={"one": "Indicator", "many": "Indicators"})
    project.committee(narrative=[CHALLENGES])
    paper = project.open(DATE)
    assert fill(paper, "{{ current.group('challenges').citation }}") == "Indicators 1, 2 and 15"
    assert fill(paper, "{{ current.indicator('worse').citation }}") == "Indicator 1"
