"""Why a rating moved, at invented councils: each thing that can move it, alone, together, and either way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from scrutiny.paper.history.compare import compare_papers
from scrutiny.paper.history.compared import Compared, MovedRating
from scrutiny.paper.history.lines import rating_why
from tests.unit.project import BANDS, COUNCIL, Project, months

MAY, SEPTEMBER = "2025-05-20", "2025-09-20"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.committee()
    made.indicator("a")
    return made


def row(target: Any = 90, **more: Any) -> dict[str, Any]:
    return {"indicator": "a", "number": "1", "target": {"at_least": target}, "tolerance": "5 points", **more}


def bare(**more: Any) -> dict[str, Any]:
    """A row without a tolerance."""
    return {key: value for key, value in row(**more).items() if key != "tolerance"}


def two_papers(project: Project, april: str, august: str, **more: Any) -> MovedRating:
    """One framework, one paper on April and one on August, and how the one rating moved."""
    project.framework("f", "FY2025-26", [row(**more)])
    project.outturns(months("a", m04=april, m08=august))
    return moved(papers(project))


def papers(project: Project, before: str = "f", now: str = "f") -> Compared:
    project.paper(MAY, before, "2025-04")
    project.paper(SEPTEMBER, now, "2025-08")
    return compare_papers(project.root, COUNCIL, (MAY, None), (SEPTEMBER, None))


def moved(found: Compared) -> MovedRating:
    (one,) = found.ratings
    return one


def changed(one: MovedRating) -> dict[str, tuple[str, str]]:
    return {c.what: (c.before, c.now) for c in one.changed}


def words(one: MovedRating) -> tuple[str, str]:
    return one.before.word, one.now.word


# one thing


def test_a_new_outturn_under_the_old_target_moved_it(project: Project) -> None:
    one = two_papers(project, "92", "86")
    assert (words(one), one.causes) == (("Green", "Amber"), [["outturn"]])
    assert one.words == "The outturn moved it."
    assert changed(one) == {"outturn": ("92% (April 2025)", "86% (August 2025)")}
    assert (one.movement, one.claimed, one.caution) == ("down", True, "")


@pytest.mark.parametrize(("august", "found"), [("90", None), ("89", "Amber"), ("85", "Amber"), ("84", "Red")])
def test_on_the_edge_and_one_step_to_either_side(project: Project, august: str, found: str | None) -> None:
    project.framework("f", "FY2025-26", [row()])
    project.outturns(months("a", m04="92", m08=august))
    ratings = papers(project).ratings
    assert [one.now.word for one in ratings] == ([found] if found else [])


def test_a_target_revised_within_the_year_moved_it_and_nothing_is_claimed(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "the council asked for more", "target": {"at_least": 95}}
    one = two_papers(project, "92", "92", versions=[version])
    assert (words(one), one.causes) == (("Green", "Amber"), [["target"]])
    assert changed(one)["target"] == ("90%", "95%")
    assert (one.movement, one.claimed) == ("down", False)
    assert one.caution == "The target was revised, so no deterioration is claimed."


def test_one_paper_at_two_times_of_knowledge_shows_the_target_revised_in_between(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "the council asked for more", "target": {"at_least": 95}}
    project.framework("f", "FY2025-26", [row(versions=[version])])
    project.outturns(months("a", m04="92"))
    project.paper(MAY, "f", "2025-04")
    for day, expected in (("2025-06-30", []), ("2025-07-01", [["target"]])):
        found = compare_papers(project.root, COUNCIL, (MAY, None), (MAY, day))
        assert [one.causes[0] for one in found.ratings] == expected
        assert [(c.change, c.before, c.now, c.reason) for c in found.framework] == (
            [("target", "90%", "95%", "the council asked for more")] if expected else []
        )


def test_a_wider_tolerance_moved_it_up_and_is_no_improvement(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "as agreed", "tolerance": "10 points"}
    one = two_papers(project, "82", "82", versions=[version])
    assert (words(one), one.causes) == (("Red", "Amber"), [["tolerance"]])
    assert changed(one)["tolerance"] == ("5 points", "10 points")
    assert (one.movement, one.claimed) == ("up", False)
    assert one.caution == "The tolerance was changed, so no improvement is claimed."


def test_another_number_of_decimals_moved_it(project: Project) -> None:
    change = {"known_on": "2025-07-01", "reason": "one more digit", "changes": {"decimals": 1}}
    project.indicator("a", decimals=0, versions=[change])
    one = two_papers(project, "89.6", "89.6")
    assert (words(one), one.causes) == (("Green", "Amber"), [["definition"]])
    assert changed(one)["definition"] == ("decimals: 0", "decimals: 1")
    assert not one.claimed
    assert one.caution == "What is measured, or how, has changed, so no deterioration is claimed."


def test_an_outturn_by_a_new_definition_is_not_set_apart_from_it(project: Project) -> None:
    change = {"known_on": "2025-07-01", "reason": "counted anew", "changes": {"definition": "all cases"}}
    project.indicator("a", definition="closed cases", versions=[change])
    one = two_papers(project, "92", "80")
    assert (words(one), one.causes) == (("Green", "Red"), [["definition"]])
    assert one.words == "The definition moved it."
    assert not one.claimed


def test_another_rule_moved_it(project: Project) -> None:
    bands = [BANDS[0], {**BANDS[2], "word": "Red"}]
    change = {"known_on": "2025-07-01", "reason": "two states only", "changes": {"bands": bands}}
    wide = [BANDS[0], {**BANDS[1], "when": {"shortfall_at_most": 5}}, BANDS[2]]
    content = {"id": "three", "title": "Invented", "bands": wide, "versions": [change]}
    project.framework("f", "FY2025-26", [bare()])
    project.write(f"data/councils/{COUNCIL}/schemes/three.yml", content)
    project.outturns(months("a", m04="88", m08="88"))
    found = papers(project)
    one = moved(found)
    assert (words(one), one.causes) == (("Amber", "Red"), [["scheme"]])
    assert (one.movement, one.claimed) == ("not_compared", False)
    assert [(s.what, s.before, s.now) for s in found.settings if s.what == "scheme"] == [
        ("scheme", "Invented (Green, Amber, Red)", "Invented (Green, Red)")
    ]


def test_a_rule_with_the_same_words_and_other_conditions_is_told_and_moves_ratings(project: Project) -> None:
    before = [BANDS[0], {**BANDS[1], "when": {"shortfall_at_most": 5}}, BANDS[2]]
    now = [BANDS[0], {**BANDS[1], "when": {"shortfall_at_most": 1}}, BANDS[2]]
    change = {"known_on": "2025-07-01", "reason": "stricter", "changes": {"bands": now}}
    content = {"id": "three", "title": "Invented", "bands": before, "versions": [change]}
    project.write(f"data/councils/{COUNCIL}/schemes/three.yml", content)
    project.framework("f", "FY2025-26", [bare()])
    project.outturns(months("a", m04="88", m08="88"))
    found = papers(project)
    one = moved(found)
    assert (words(one), one.causes, one.movement) == (("Amber", "Red"), [["scheme"]], "down")
    assert one.caution == "Another rule rates it, so no deterioration is claimed."
    said = "the same words under other conditions"
    assert [s.now for s in found.settings if s.what == "scheme"] == [said]
    assert changed(one)["scheme"] == ("Invented (Green, Amber, Red)", said)


def test_the_councils_own_published_rating_moved_it(project: Project) -> None:
    project.framework("f", "FY2025-26", [row()])
    given = {"indicator": "a", "value": "", "known_on": "2025-05-12"}
    project.outturns(
        [
            {**given, "period": "2025-04", "rating_published": "Amber"},
            {**given, "period": "2025-08", "rating_published": "Red", "known_on": "2025-09-12"},
        ]
    )
    one = moved(papers(project))
    assert (words(one), one.causes) == (("Amber", "Red"), [["published"]])
    assert one.words == "The council's published rating moved it."
    assert "published as Amber" in changed(one)["published"][0]


def test_a_published_rating_that_came_for_a_figure_without_a_target_is_what_moved_it(
    project: Project,
) -> None:
    project.framework("f", "FY2025-26", [{**row(), "target": {"none": "not_published"}}])
    given = {"indicator": "a", "value": "84.5", "period": "2025-04", "known_on": "2025-05-12"}
    later = {**given, "value": "", "period": "2025-08", "known_on": "2025-09-12", "rating_published": "Amber"}
    project.outturns([given, later])
    one = moved(papers(project))
    assert (one.before.not_rated, one.now.word) == ("target_not_published", "Amber")
    assert one.causes == [["published"]]


# several things


def test_where_each_alone_would_have_moved_it_both_are_named(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "more", "target": {"at_least": 94}}
    one = two_papers(project, "92", "89", versions=[version])
    assert (words(one), one.causes) == (("Green", "Amber"), [["outturn"], ["target"]])
    assert one.words == "The outturn and the target moved it: each alone would have."
    assert not one.claimed


def test_where_neither_alone_would_have_moved_it_both_together_did(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "more", "target": {"at_least": 94}}
    one = two_papers(project, "95", "93", versions=[version])
    assert (words(one), one.causes) == (("Green", "Amber"), [["outturn", "target"]])
    assert one.words == "The outturn and the target moved it together; neither alone would have."


def test_a_change_that_did_not_move_it_is_listed_and_not_named_as_the_cause(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "less", "target": {"at_least": 89}}
    one = two_papers(project, "92", "86", versions=[version])
    assert one.causes == [["outturn"]]
    assert set(changed(one)) == {"outturn", "target"}
    assert rating_why(one) == (
        "The outturn moved it. The target was revised, so no deterioration is claimed."
    )


def test_a_new_target_and_a_floor_that_only_fits_it_go_together(project: Project) -> None:
    project.indicator("a", polarity="low_is_good")
    version = {
        "known_on": "2025-07-01",
        "reason": "raised",
        "target": {"at_most": 25},
        "tolerance": "floor 28",
    }
    low = {**row(), "target": {"at_most": 17}, "tolerance": "floor 22", "versions": [version]}
    project.framework("f", "FY2025-26", [low])
    project.outturns(months("a", m04="23", m08="23"))
    one = moved(papers(project))
    assert (words(one), one.causes) == (("Red", "Green"), [["target", "tolerance"]])


def test_a_new_scheme_and_the_widths_that_it_asks_for_go_together(project: Project) -> None:
    bands = [BANDS[0], {**BANDS[1], "when": {"shortfall_at_most": "floor"}}, BANDS[2]]
    project.scheme("floors", bands)
    project.framework("f", "FY2025-26", [row()])
    project.framework("g", "FY2025-26", [bare(widths={"floor": "floor 80"})], scheme="floors")
    project.outturns(months("a", m04="82", m08="82"))
    one = moved(papers(project, "f", "g"))
    assert (words(one), one.causes) == (("Red", "Amber"), [["tolerance", "scheme"]])
    assert changed(one)["tolerance"] == ("5 points", "floor 80")


# rated, and not


def test_a_figure_that_came_is_an_outturn_that_was_missing_before(project: Project) -> None:
    project.framework("f", "FY2025-26", [row()])
    project.outturns(months("a", m08="86"))
    one = moved(papers(project))
    assert (words(one), one.before.not_rated) == (("Not rated", "Amber"), "no_outturn")
    assert one.words == "The outturn that was missing before moved it."


def test_a_figure_that_went_is_an_outturn_that_is_missing_now_with_its_reason(project: Project) -> None:
    project.framework("f", "FY2025-26", [row()])
    project.outturns(months("a", m04="86"))
    reason = {
        "indicator": "a",
        "period": "2025-08",
        "reason": "the system was down",
        "expected": "2025-12-01",
    }
    project.unable([{**reason, "known_on": "2025-09-12"}])
    found = papers(project)
    one = moved(found)
    assert (words(one), one.now.not_rated) == (("Amber", "Not rated"), "unable_to_report")
    assert one.words == "The outturn that is missing now moved it."
    assert "the system was down" in one.now.reason
    assert [(u.change, u.now) for u in found.unable] == [
        ("begun", "the system was down; expected 2025-12-01")
    ]
    assert (found.before.unable, found.now.unable) == (0, 1)


def test_a_target_that_was_removed_leaves_it_not_rated_by_the_target(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "gone", "target": {"none": "removed", "reason": "gone"}}
    one = two_papers(project, "86", "86", versions=[version])
    assert (one.now.not_rated, one.causes) == ("target_removed", [["target"]])
    assert changed(one)["target"] == ("90%", "no target (removed)")


def test_not_rated_for_another_reason_is_told_and_is_no_movement(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "gone", "target": {"none": "removed", "reason": "gone"}}
    none = {**row(), "target": {"none": "not_set"}, "versions": [version]}
    project.framework("f", "FY2025-26", [none])
    project.outturns(months("a", m04="86", m08="86"))
    one = moved(papers(project))
    assert (one.before.not_rated, one.now.not_rated) == ("no_target", "target_removed")
    assert (one.movement, one.claimed) == ("not_compared", False)
    assert rating_why(one) == "The target changed it."


def test_a_target_that_became_known_is_not_called_revised(project: Project) -> None:
    version = {"known_on": "2025-07-01", "reason": "published", "target": {"at_least": 90}}
    none = {**row(), "target": {"none": "not_published"}, "versions": [version]}
    project.framework("f", "FY2025-26", [none])
    project.outturns([{**one, "rating_published": "Amber"} for one in months("a", m04="92", m08="92")])
    document = {"check": "rating-differs-from-published", "place": "outturns.csv", "reason": "invented"}
    project.paper(MAY, "f", "2025-04")
    project.paper(SEPTEMBER, "f", "2025-08", waivers=[document])
    one = moved(compare_papers(project.root, COUNCIL, (MAY, None), (SEPTEMBER, None)))
    assert (words(one), one.before.origin, one.now.origin) == (("Amber", "Green"), "published", "computed")
    assert one.causes == [["target"]]
    assert one.caution == "The target was not published on both sides, so no improvement is claimed."


def test_what_the_year_asks_for_by_then_goes_with_the_outturn_and_is_no_revised_target(
    project: Project,
) -> None:
    project.indicator("a", unit="count", basis="year_to_date", frequency="quarter")
    profile = {"at_least": 100, "profile": {"Q1": 25, "Q2": 50, "Q3": 75, "Q4": 100}}
    project.framework("f", "FY2025-26", [{**row(), "target": profile}])
    given = {"indicator": "a", "basis": "year_to_date"}
    project.outturns(
        [
            {**given, "period": "FY2025-26-Q1", "value": "26", "known_on": "2025-07-12"},
            {**given, "period": "FY2025-26-Q2", "value": "47", "known_on": "2025-10-12"},
        ]
    )
    project.paper("2025-07-20", "f", "FY2025-26-Q1")
    project.paper("2025-10-20", "f", "FY2025-26-Q2")
    found = compare_papers(project.root, COUNCIL, ("2025-07-20", None), ("2025-10-20", None))
    one = moved(found)
    assert (words(one), one.causes, one.claimed) == (("Green", "Amber"), [["outturn"]], True)
    assert found.framework == []


def test_with_the_same_framework_and_nothing_revised_no_indicator_changed(project: Project) -> None:
    project.framework("f", "FY2025-26", [row(90)])
    project.outturns(months("a", m04="92", m08="86"))
    assert papers(project).framework == []


def test_a_flag_of_the_framework_about_the_year_before_keeps_no_claim_within_the_year(
    project: Project,
) -> None:
    project.framework("f", "FY2025-26", [{**row(), "target": {"at_least": 90, "revised": True}}])
    project.outturns(months("a", m04="92", m08="86"))
    one = moved(papers(project))
    assert (one.movement, one.claimed) == ("down", True)


def test_an_illustrative_target_is_said_to_be_one(project: Project) -> None:
    one = two_papers(project, "92", "86", target=90, tolerance_illustrative=True)
    assert one.illustrative == "The tolerance of 5 points† is illustrative, not published by the council."


def test_a_published_rating_that_the_scheme_has_no_word_for_is_a_problem_and_no_traceback(
    project: Project,
) -> None:
    from scrutiny.errors import ProblemError

    project.scheme("other", [{**BANDS[0], "word": "Met"}, {**BANDS[2], "word": "Missed"}])
    project.framework("f", "FY2025-26", [row()])
    given = {"indicator": "a", "value": "", "known_on": "2025-05-12", "rating_published": "Met"}
    project.outturns([{**given, "period": "2025-04"}])
    with pytest.raises(ProblemError) as raised:
        papers(project)
    assert [p.check for p in raised.value.problems] == ["unknown-rating"]
    assert re.search(r"Green, Amber, Red", raised.value.problems[0].expected)
