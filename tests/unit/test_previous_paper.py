"""The previous paper: which one it is, what it listed, and what was restated since."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrutiny.paper import surroundings
from tests.unit.project import Project, fill, months

DATES = ("2025-07-16", "2025-09-17", "2025-11-19")
TARGET = {"target": {"at_least": 90}, "tolerance": "5 points"}
CANNOT = {"reason": "not captured by the new system", "expected": "early in 2026", "source": "s"}


def project(root: Path) -> Project:
    made = Project(root)
    names = ("a", "b", "c", "d")
    for name in names:
        made.indicator(name, decimals=0)
    rows = [{"indicator": name, "number": str(i), **TARGET} for i, name in enumerate(names, 1)]
    made.framework("y", "FY2025-26", rows)
    made.outturns(months("d", m08="82", m10="95"))
    made.committee()
    for date, period in zip(DATES, ("2025-06", "2025-08", "2025-10"), strict=True):
        made.paper(date, "y", period)
    return made


def unable(made: Project, *said: tuple[str, str, str]) -> None:
    made.unable({"indicator": i, "period": p, "known_on": k, **CANNOT} for i, p, k in said)


def test_the_previous_paper_is_the_committee_s_last_one_before(tmp_path: Path) -> None:
    made = project(tmp_path)
    other = {"id": "other", "body": "committee", "sections": [{"id": "s", "blocks": [{"text": "T"}]}]}
    made.write("data/councils/exampleton/committees/other.yml", other)
    made.paper("2025-10-01", "y", "2025-08", committee="other")
    say = "{{ previous_paper.exists }} {{ previous_paper.meeting_date }} {{ previous_paper.period }}"
    assert fill(made.open(DATES[2]), say) == "True 17 September 2025 August 2025"
    assert fill(made.open(DATES[1]), say) == "True 16 July 2025 June 2025"
    say = "{{ previous_paper.total }}, {{ previous_paper.title }}"
    assert fill(made.open(DATES[2]), say) == "4, Performance 2025-08"


def test_a_paper_whose_folder_has_another_day_is_passed_over(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.paper("2025-10-08", "y", "2025-08", meeting_date="2025-09-18", title="In the wrong folder")
    assert fill(made.open(DATES[2]), "{{ previous_paper.title }}") == "Performance 2025-08"
    made.paper("2025-10-08", "y", "2025-08", title="In its folder")
    assert fill(made.open(DATES[2]), "{{ previous_paper.title }}") == "In its folder"


def test_the_first_paper_has_none_and_nothing_breaks(tmp_path: Path) -> None:
    paper = project(tmp_path).open(DATES[0])
    say = "{{ previous_paper.exists }}{{ previous_paper.title }}{{ previous_paper.unable | length }}"
    assert fill(paper, say) == "False0"
    assert fill(paper, "{{ 'yes' if previous_paper else 'no' }}") == "no"
    say = "{{ current.restated | length }}{{ current.unable_before | length }}"
    assert fill(paper, say) == "00"
    assert not paper._writer.holds("previous_paper", "here")


def test_it_is_read_only_when_a_sentence_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    found = surroundings.previous_paper
    monkeypatch.setattr(surroundings, "previous_paper", lambda inputs: asked.append("once") or found(inputs))
    paper = project(tmp_path).open(DATES[2])
    paper.sections()
    assert asked == []
    assert fill(paper, "{{ previous_paper.total }} {{ current.unable_before | length }}") == "4 0"
    assert asked == ["once"]


def test_what_cannot_be_reported_is_compared_with_what_it_listed(tmp_path: Path) -> None:
    made = project(tmp_path)
    unable(
        made,
        ("a", "2025-08", "2025-09-10"),
        ("b", "2025-08", "2025-09-10"),
        ("c", "2025-08", "2025-09-10"),
        ("b", "2025-09", "2025-10-10"),
        ("b", "2025-10", "2025-11-10"),
    )
    paper = made.open(DATES[2])
    say = "{{ words(current.unable_before | length) }} to {{ words(current.unable | length) }}"
    assert fill(paper, say) == "three to one"
    assert fill(paper, "{{ current.unable_no_longer.citation }}") == "Nos. 1 and 3"
    assert fill(paper, "{{ current.unable_still.citation }}") == "No. 2"
    assert fill(paper, "{{ previous_paper.unable.numbers }}") == "1, 2 and 3"
    say = "{% for u in current.unable %}{{ u.number }} {{ u.name }}: {{ u.reason }}, {{ u.expected }}, {% endfor %}"
    assert fill(paper, say).startswith("2 Title of b: not captured by the new system, early in 2026")
    say = "{% for u in current.unable %}{{ u.period }} since {{ u.since }}, {{ u.before }}{% endfor %}"
    assert fill(paper, say) == "October 2025 since August 2025, True"
    assert fill(paper, "{{ current.indicator('b').unable.before }}") == "True"
    assert fill(paper, "{{ current.indicator('a').unable }}") == "None"


def test_its_list_is_what_was_known_to_it(tmp_path: Path) -> None:
    made = project(tmp_path)
    unable(made, ("a", "2025-08", "2025-09-18"), ("b", "2025-08", "2025-09-17"))
    assert fill(made.open(DATES[2]), "{{ previous_paper.unable.numbers }}") == "2"


def test_a_figure_that_came_after_all_is_no_longer_listed(tmp_path: Path) -> None:
    made = project(tmp_path)
    unable(made, ("d", "2025-10", "2025-11-05"))
    assert fill(made.open(DATES[2]), "{{ current.unable | length }}") == "0"


# Restated figures


def restated(made: Project, *values: tuple[str, str, str], note: str = "under-reporting") -> str:
    rows = [
        {
            "indicator": "d",
            "period": period,
            "value": value,
            "known_on": known,
            "status": "revised",
            "note": note,
        }
        for period, value, known in values
    ]
    made.outturns([*months("d", m08="82", m10="95"), *rows])
    say = (
        "{% for r in current.restated %}{{ r.number }} {{ r.period }} {{ r.old }} {{ r.new }} {{ r.change }} "
        "{{ r.known_on }} {{ r.reason }};{% endfor %}"
    )
    return fill(made.open(DATES[2]), say)


def test_a_restated_figure_has_both_values_the_reason_and_the_day(tmp_path: Path) -> None:
    assert restated(project(tmp_path), ("2025-08", "86", "2025-11-01")) == (
        "4 August 2025 82% 86% 4 percentage points 1 November 2025 under-reporting;"
    )


def test_what_the_previous_paper_told_already_is_not_told_again(tmp_path: Path) -> None:
    assert restated(project(tmp_path), ("2025-08", "86", "2025-09-17")) == ""


def test_what_became_known_after_the_day_is_not_told_yet(tmp_path: Path) -> None:
    assert restated(project(tmp_path), ("2025-08", "86", "2025-11-20")) == ""


def test_a_figure_restated_twice_is_told_from_what_the_last_paper_knew(tmp_path: Path) -> None:
    told = restated(project(tmp_path), ("2025-08", "90", "2025-10-01"), ("2025-08", "86", "2025-11-01"))
    assert told.startswith("4 August 2025 82% 86% ")


def test_a_figure_that_came_and_went_between_two_papers_is_told_as_first_given(tmp_path: Path) -> None:
    assert restated(project(tmp_path), ("2025-10", "91", "2025-11-15")).startswith("4 October 2025 95% 91% ")


def test_a_change_that_rounding_hides_is_none(tmp_path: Path) -> None:
    assert restated(project(tmp_path), ("2025-08", "82.3", "2025-11-01")) == ""


def test_a_figure_that_was_missing_is_not_restated(tmp_path: Path) -> None:
    made = project(tmp_path)
    first = {"indicator": "d", "period": "2025-08", "value": "x", "known_on": "2025-09-12"}
    made.outturns([first, {**first, "value": "86", "known_on": "2025-11-01"}])
    assert fill(made.open(DATES[2]), "{{ current.restated | length }}") == "0"


def test_the_indicator_knows_what_was_restated_of_it(tmp_path: Path) -> None:
    made = project(tmp_path)
    restated(made, ("2025-08", "86", "2025-11-01"))
    paper = made.open(DATES[2])
    assert fill(paper, "{{ current.indicator('d').restated[0].old }}") == "82%"
    assert fill(paper, "{{ current.indicator('a').restated | length }}") == "0"
    assert fill(paper, "{{ current.restated.citation }}") == "No. 4"
