"""Change of framework: what was retired, added, renumbered and given another target, and that the sets agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutiny.data import catalogue
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.model import Table
from scrutiny.paper.narrative import reconciliation
from scrutiny.rating.changes import movement, steps
from scrutiny.writing.facts import changes_of
from tests.unit.project import Project, fill, months

ROOT = Path(__file__).parents[2]
DATE = "2025-05-20"


def paper_of(council: str, date: str) -> Paper:
    return Paper(Inputs(ROOT, council, date), pictures=False)


def table_of(paper: Paper, view: str = "current") -> Table:
    made = reconciliation(changes_of(paper._writer.facts[view]), "r", "Old and new")
    assert made is not None
    return made


def rows_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.fixture(scope="module")
def windsor() -> Paper:
    return paper_of("windsor-and-maidenhead", "2018-09-26")


@pytest.fixture(scope="module")
def exampleshire() -> Paper:
    return paper_of("exampleshire", "2026-06-18")


# Windsor and Maidenhead: 13 measures became 8


def test_thirteen_measures_became_eight_by_themselves(windsor: Paper) -> None:
    assert fill(windsor, "{{ current.total_before }} {{ current.total }}") == "13 8"
    assert fill(windsor, "{{ current.retired | length }}") == "5"
    assert fill(windsor, "{{ current.retired.numbers }}") == "1.2.2, 1.3.2, 1.3.3, 1.3.4 and 1.3.5"
    assert fill(windsor, "{{ current.added | length }} {{ current.renumbered | length }}") == "0 0"


def test_the_table_leads_from_the_old_set_to_the_new(windsor: Paper) -> None:
    table = table_of(windsor)
    rows = rows_of(table)
    assert table.columns == ["Measure", "2017/18", "2018/19", "What changed"]
    assert rows[-1] == ["Total", "13", "8", "Eight kept, five no longer reported, none added"]
    before = [row[1] for row in rows[:-1] if row[1]]
    now = [row[2] for row in rows[:-1] if row[2]]
    frameworks = windsor.inputs.folder.frameworks
    assert before == [row.number for row in frameworks["2017-18"].base.rows]
    assert now == [row.number for row in frameworks["2018-19"].base.rows]


def test_a_reason_stands_where_one_is_recorded(windsor: Paper) -> None:
    retired = {row[1].text: (row[3].text, row[3].note) for row in table_of(windsor).rows if not row[2].text}
    assert retired["1.3.3"] == (
        "No longer reported",
        "annual data only, the annual Educational Attainment report",
    )


def test_what_the_paper_does_not_state_is_not_claimed(windsor: Paper) -> None:
    """Some targets were revised, and it was not published which."""
    assert fill(windsor, "{{ current.retargeted | length }}") == "0"
    kept = {row[3] for row in rows_of(table_of(windsor))[:-1] if row[1] and row[2]}
    assert kept == {"Not stated whether its target was revised"}
    moved = movement(windsor.views["previous"], windsor.views["current"], "cp-plans-two-years-or-more")
    assert moved is not None and (moved.kind, moved.claimed) == ("up", False)
    assert moved.words == "Amber to Green; some targets were revised, so no improvement is claimed"


def test_the_set_is_retired_whether_or_not_the_framework_says_so(windsor: Paper) -> None:
    before, now = (windsor.inputs.folder.frameworks[name].base for name in ("2017-18", "2018-19"))
    bare = now.model_copy(update={"retired": []})
    gone = [step.indicator for step in steps(before, bare, windsor.inputs.day) if step.now is None]
    assert gone == [entry.indicator for entry in now.retired]


# Exampleshire: three frameworks in a row


def test_exampleshire_s_last_change_is_told(exampleshire: Paper) -> None:
    loop = "{% for r in current.renumbered %}{{ r.number }} was {{ r.before }};{% endfor %}"
    assert fill(exampleshire, loop) == (
        "2.3 was 2.4;2.4 was 2.5;2.5 was 2.6;2.6 was 2.7;2.7 was 2.8;2.8 was 2.9;4.6 was 4.7;"
    )
    loop = "{% for r in current.retired %}{{ r.number }} {{ r.name }};{% endfor %}"
    assert fill(exampleshire, loop) == (
        "2.3 Schools judged good or better at their last inspection;4.6 Visits to libraries;"
    )
    loop = "{% for r in current.retargeted %}{{ r.number }}: {{ r.before }}, now {{ r.now }};{% endfor %}"
    assert fill(exampleshire, loop) == (
        "1.10: at most 17%, now at most 14%;2.2: at most 20%, now no target (removed);"
        "2.8: at most £1,750, now at most £1,800;4.1: at most 320, now at most 340;"
        "4.4: at most 25 days, now at most 24 days;4.6: at most 10,000, now at most 9,600;"
    )
    assert fill(exampleshire, "{{ current.retargeted[1].reason }}").startswith("a new way of counting")


def test_exampleshire_s_first_change_added_and_renumbered(exampleshire: Paper) -> None:
    added = fill(exampleshire, "{% for a in previous.added %}{{ a.id }};{% endfor %}")
    frameworks = exampleshire.inputs.folder.frameworks
    before, now = (frameworks[name].base for name in ("2024-25", "2025-26"))
    held = {row.indicator for row in before.rows}
    assert added == "".join(f"{row.indicator};" for row in now.rows if row.indicator not in held) != ""
    assert len(rows_of(table_of(exampleshire, "previous"))) - 1 == len(held | {r.indicator for r in now.rows})


def test_the_first_framework_has_nothing_before_it(exampleshire: Paper) -> None:
    first = exampleshire.inputs.folder.frameworks["2024-25"].base
    assert first.id == min(exampleshire.inputs.folder.frameworks)
    assert catalogue.load(ROOT, "bromley").folder("bromley").frameworks.keys() == {"2018-05"}
    bromley = paper_of("bromley", "2018-07-18")
    assert fill(bromley, "{{ current.total_before }} {{ current.added | length }}") == "0 0"
    assert reconciliation(changes_of(bromley._writer.facts["current"]), "r", "c") is None


@pytest.mark.parametrize("council", ["exampleshire", "windsor-and-maidenhead"])
def test_no_movement_is_claimed_over_a_changed_target(
    council: str, windsor: Paper, exampleshire: Paper
) -> None:
    paper = windsor if council == "windsor-and-maidenhead" else exampleshire
    before, now = paper.views["previous"], paper.views["current"]
    changed = {item.id for item in paper._writer.facts["current"].retargeted}
    claimed = {r.indicator.id for r in now.rows if (m := movement(before, now, r.indicator.id)) and m.claimed}
    assert not changed & claimed


def test_no_movement_is_claimed_between_schemes_with_other_words(exampleshire: Paper) -> None:
    """2024/25 was rated in four states, the years after it in three."""
    from scrutiny.data.settings import View
    from scrutiny.periods import Period
    from scrutiny.rating.table import Rater

    inputs = exampleshire.inputs
    rater = Rater(inputs.catalogue, inputs.folder, inputs.store.as_at(inputs.day))
    first = rater.view("first", View(framework="2024-25", period=Period.parse("FY2024-25-Q4")))
    moved = [movement(first, exampleshire.views["previous"], r.indicator.id) for r in first.rows]
    rated = [m for m in moved if m is not None and "another rating scheme" in m.words]
    assert len(rated) > 10 and not any(m.claimed for m in moved if m is not None)


# Small ones


def changed(root: Path, before: dict[str, object], now: dict[str, object]) -> Paper:
    made = Project(root)
    made.indicator("a")
    made.outturns(months("a", m03="80", m04="95"))
    number = {"indicator": "a", "tolerance": "5 points"}
    made.framework("x", "FY2024-25", [{**number, "number": "1", **before}], known_on="2024-04-01")
    made.framework("y", "FY2025-26", [{**number, "number": "1", **now}])
    block = {"reconciliation": {"caption": "From {{ previous.period.year }} to {{ current.period.year }}"}}
    made.committee([{"id": "all", "title": "All", "blocks": [block]}])
    views = {
        "current": {"framework": "y", "period": "2025-04"},
        "previous": {"framework": "x", "period": "2025-03"},
    }
    made.paper(DATE, "y", "2025-04", views=views)
    return made.open(DATE)


@pytest.mark.parametrize(
    ("before", "now", "said", "moved"),
    [
        ({"target": {"at_least": 90}}, {"target": {"at_least": 90}}, "As before", "up"),
        ({"target": {"at_least": 90}}, {"target": {"at_least": 85}}, "Target 90%, now 85%", ""),
        ({"target": {"at_least": 90}}, {"target": {"at_least": 90, "illustrative": True}}, "As before", "up"),
        ({"target": {"at_least": 90}}, {"target": {"none": "not_published"}}, "As before", ""),
        (
            {"target": {"at_least": 90}},
            {"target": {"at_least": 90, "at_most": 100}, "number": "16"},
            "16 was 1; target 90%, now 90% to 100%",
            "",
        ),
    ],
)
def test_a_row_says_what_became_of_it(
    tmp_path: Path, before: dict[str, object], now: dict[str, object], said: str, moved: str
) -> None:
    bare = {k: v for k, v in now.items()}
    if now["target"] == {"none": "not_published"}:
        bare["tolerance"] = "5 points"
    paper = changed(tmp_path, before, bare)
    paper.sections()
    (table,) = (b for s in paper.model.sections for b in s.blocks if isinstance(b, Table))
    assert table.caption == "From 2024/25 to 2025/26"
    assert rows_of(table)[0][3] == said
    assert fill(paper, "{{ current.indicator('a').rating_moved }}") == moved


def test_a_target_revised_within_the_year_is_another_target(tmp_path: Path) -> None:
    lower = {"known_on": "2025-05-10", "reason": "r", "target": {"at_least": 85}}
    paper = changed(tmp_path, {"target": {"at_least": 90}}, {"target": {"at_least": 90}, "versions": [lower]})
    assert fill(paper, "{{ current.retargeted.numbers }}") == "1"
    assert fill(paper, "{{ current.indicator('a').rating_moved }}") == ""
