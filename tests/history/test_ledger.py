"""The ledger: every figure that was given and reads otherwise since, where it stood, and the effect on its rating."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from scrutiny.errors import ProblemError
from scrutiny.paper.history.ledger import Entry, as_csv, as_json, as_text, ledger
from tests.faults.project import Project as Copy
from tests.unit.project import BANDS, COUNCIL, Project, months

ROOT = Path(__file__).resolve().parents[2]
DATES = ("2025-07-16", "2025-09-17", "2025-11-19")
TARGET = {"target": {"at_least": 90}, "tolerance": "5 points"}


def row(period: str, value: str, known_on: str, **more: str) -> dict[str, str]:
    given = {"indicator": "d", "status": "revised", "note": "late entries", "source": "the record"}
    return {**given, "period": period, "value": value, "known_on": known_on, **more}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for name in ("c", "d"):
        made.indicator(name)
    made.framework("y", "FY2025-26", [{"indicator": "d", "number": "4", **TARGET}], known_on="2025-04-01")
    made.committee()
    for date, period in zip(DATES, ("2025-06", "2025-08", "2025-10"), strict=True):
        made.paper(date, "y", period)
    return made


def entries(made: Project, *rows: dict[str, str], as_at: str | None = None) -> list[Entry]:
    made.outturns([*months("d", m06="91", m08="88"), *rows])
    return list(ledger(made.root, COUNCIL, as_at).entries)


# What is an entry, and what is none


def test_an_entry_has_both_figures_the_paper_the_day_the_reason_and_the_effect(project: Project) -> None:
    (found,) = entries(project, row("2025-08", "84", "2025-10-01"))
    assert (found.number, found.name, found.period) == ("4", "Title of d", "2025-08")
    assert (found.published, found.shown_in, found.now) == ("88%", ("2025-09-17",), "84%")
    assert (found.known_on, found.known_on_assumed, found.reason) == ("2025-10-01", False, "late entries")
    assert found.effect == "Amber to Red"


def test_several_restatements_of_one_figure_are_several_entries(project: Project) -> None:
    found = entries(project, row("2025-08", "90", "2025-10-01"), row("2025-08", "84", "2025-11-01"))
    assert [(e.published, e.now, e.effect) for e in found] == [
        ("88%", "90%", "Amber to Green"),
        ("90%", "84%", "Green to Red"),
    ]
    assert [e.shown_in for e in found] == [("2025-09-17",), ()]


@pytest.mark.parametrize(("value", "count"), [("88.4", 0), ("88.5", 1), ("87.5", 0), ("87.4", 1)])
def test_a_change_that_rounding_hides_is_no_entry(value: str, count: int, project: Project) -> None:
    assert len(entries(project, row("2025-08", value, "2025-10-01"))) == count


def test_a_figure_that_was_withheld_or_missing_is_no_entry(project: Project) -> None:
    withheld = row("2025-09", "x", "2025-10-12"), row("2025-09", "88", "2025-11-01")
    rating_only = (
        row("2025-07", "", "2025-08-12", rating_published="Green"),
        row("2025-07", "88", "2025-11-01"),
    )
    assert entries(project, *withheld, *rating_only) == []


def test_a_figure_that_was_withheld_in_between_is_compared_with_the_last_one_given(project: Project) -> None:
    (found,) = entries(project, row("2025-08", "c", "2025-10-01"), row("2025-08", "84", "2025-11-01"))
    assert (found.published, found.now) == ("88%", "84%")


def test_the_same_figure_given_again_is_no_entry_and_its_papers_count_for_the_next_one(
    project: Project,
) -> None:
    again = row("2025-08", "88.2", "2025-10-01", status="final")
    (found,) = entries(project, again, row("2025-08", "84", "2025-11-01"))
    assert (found.published, found.shown_in) == ("88%", ("2025-09-17",))


def test_a_council_with_nothing_restated_has_an_empty_ledger(project: Project) -> None:
    assert entries(project) == []
    assert as_text(ledger(project.root, COUNCIL)) == "Exampleton (invented): no figure was restated."


def test_the_ledger_as_at_a_day_has_what_was_known_by_then(project: Project) -> None:
    rows = row("2025-08", "90", "2025-10-01"), row("2025-08", "84", "2025-11-01")
    assert [
        len(entries(project, *rows, as_at=day)) for day in ("2025-09-30", "2025-10-01", "2025-11-01")
    ] == [
        0,
        1,
        2,
    ]


def test_entries_stand_in_the_order_in_which_they_became_known(project: Project) -> None:
    found = entries(project, row("2025-08", "84", "2025-11-01"), row("2025-06", "95", "2025-10-01"))
    assert [e.known_on for e in found] == ["2025-10-01", "2025-11-01"]


def test_a_day_that_is_assumed_is_marked(project: Project) -> None:
    (found,) = entries(project, row("2025-08", "84", "2025-10-01~"))
    assert found.known_on_assumed
    assert "84%, known on 1 October 2025 (assumed)" in as_text(ledger(project.root, COUNCIL))


def test_a_figure_without_a_reason_says_that_none_is_stated(project: Project) -> None:
    (found,) = entries(project, row("2025-08", "84", "2025-10-01", note=""))
    assert found.reason == ""
    assert "Reason:    not stated" in as_text(ledger(project.root, COUNCIL))


# Where the old figure stood


def test_a_figure_that_no_paper_showed_has_its_source(project: Project) -> None:
    (found,) = entries(
        project,
        row("2025-07", "80", "2025-08-12", source="minutes of August", provenance="minutes"),
        row("2025-07", "84", "2025-10-01"),
    )
    assert found.shown_in == ()
    assert found.source == "the minutes of the meeting: minutes of August"
    said = as_text(ledger(project.root, COUNCIL))
    assert "Published: 80% (the minutes of the meeting: minutes of August)" in said


def test_every_paper_that_showed_it_is_named_and_no_later_one(project: Project) -> None:
    project.paper("2025-10-15", "y", "2025-08")
    project.paper("2025-12-17", "y", "2025-08")
    (found,) = entries(project, row("2025-08", "84", "2025-11-01"))
    assert found.shown_in == ("2025-09-17", "2025-10-15")
    said = as_text(ledger(project.root, COUNCIL))
    assert "88% (the papers of 17 September 2025 and 15 October 2025)" in said


def test_a_paper_that_met_on_the_day_of_the_correction_shows_the_new_figure(project: Project) -> None:
    (found,) = entries(project, row("2025-08", "84", "2025-09-17"))
    assert found.shown_in == ()


def test_a_paper_that_only_draws_the_figure_among_others_does_not_show_it(project: Project) -> None:
    (found,) = entries(project, row("2025-06", "95", "2025-10-01"))
    assert found.shown_in == ("2025-07-16",)


def test_the_figure_of_another_view_and_one_beside_count_as_shown(project: Project) -> None:
    beside = {"indicator": "d", "number": "4", "beside": "year_to_date", **TARGET}
    project.framework("y", "FY2025-26", [beside], known_on="2025-04-01")
    views = {"framework": "y", "period": "2025-08"}
    project.paper(DATES[2], "y", "2025-10", views={"current": {**views, "period": "2025-10"}, "then": views})
    to_date = row("2025-08", "60", "2025-09-12", basis="year_to_date")
    found = entries(
        project,
        row("2025-08", "84", "2025-12-01"),
        to_date,
        {**to_date, "value": "61", "known_on": "2025-12-01"},
    )
    assert [(e.basis, e.shown_in, e.effect) for e in found] == [
        ("period", (DATES[1], DATES[2]), "Amber to Red"),
        (
            "year_to_date",
            (DATES[1], DATES[2]),
            "not rated: stands beside the rated figure (year to date)",
        ),
    ]


def test_as_at_a_day_papers_of_later_meetings_are_not_known(project: Project) -> None:
    project.paper("2025-10-15", "y", "2025-08", as_at="2025-09-20")
    (found,) = entries(project, row("2025-08", "84", "2025-10-01"), as_at="2025-10-14")
    assert found.shown_in == ("2025-09-17",)
    (found,) = entries(project, row("2025-08", "84", "2025-10-01"), as_at="2025-10-15")
    assert found.shown_in == ("2025-09-17", "2025-10-15")


# The effect on the rating


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("90", "89", "Green to Amber"),
        ("85", "84", "Amber to Red"),
        ("84", "85", "Red to Amber"),
        ("91", "90", "none (Green)"),
        ("89", "85", "none (Amber)"),
    ],
)
def test_both_figures_are_rated_by_the_rules_of_their_period(
    old: str, new: str, effect: str, project: Project
) -> None:
    (found,) = entries(project, row("2025-07", old, "2025-08-12"), row("2025-07", new, "2025-10-01"))
    assert found.effect == effect


def test_a_period_is_rated_by_the_framework_of_its_own_year_under_its_own_number(project: Project) -> None:
    before = {"indicator": "d", "number": "17", "target": {"at_least": 50}, "tolerance": "5 points"}
    project.framework("x", "FY2024-25", [before], known_on="2024-04-01")
    (found,) = entries(project, row("2025-03", "60", "2025-04-12"), row("2025-03", "49", "2025-10-01"))
    assert (found.number, found.effect) == ("17", "Green to Amber")


def test_a_target_revised_in_the_year_counts_from_the_day_on_which_it_was_known(project: Project) -> None:
    revised = {"known_on": "2025-08-15", "reason": "revised", "target": {"at_least": 80}}
    project.framework(
        "y",
        "FY2025-26",
        [{"indicator": "d", "number": "4", **TARGET, "versions": [revised]}],
        known_on="2025-04-01",
    )
    found = entries(project, row("2025-06", "80", "2025-10-01"), row("2025-08", "80", "2025-10-02"))
    assert [e.effect for e in found] == ["Green to Red", "none (Green)"]


def test_a_figure_without_a_target_is_not_rated_and_says_why(project: Project) -> None:
    project.framework(
        "y",
        "FY2025-26",
        [{"indicator": "d", "number": "4", "target": {"none": "not_set"}}],
        known_on="2025-04-01",
    )
    (found,) = entries(project, row("2025-08", "84", "2025-10-01"))
    assert found.effect == "not rated: no target has been set"


def test_a_provisional_figure_that_was_not_rated_becomes_rated(project: Project) -> None:
    project.write(
        f"data/councils/{COUNCIL}/schemes/three.yml",
        {"id": "three", "title": "Invented", "provisional": "not_rated", "bands": BANDS},
    )
    (found,) = entries(
        project, row("2025-07", "80", "2025-08-12", status="provisional"), row("2025-07", "91", "2025-10-01")
    )
    assert found.effect == "not rated to Green"


def test_an_indicator_of_no_framework_is_an_entry_of_no_committee(project: Project) -> None:
    old, new = row("2025-08", "80", "2025-09-12"), row("2025-08", "84", "2025-10-01")
    found = entries(project, {**old, "indicator": "c"}, {**new, "indicator": "c"})
    assert [(e.committee, e.number, e.name, e.effect) for e in found] == [
        ("", "", "Title of c", "not rated: no committee's framework holds it")
    ]


def test_a_period_of_no_framework_has_the_newest_number_and_no_rating(project: Project) -> None:
    (found,) = entries(project, row("2025-02", "80", "2025-03-12"), row("2025-02", "84", "2025-10-01"))
    assert (found.number, found.effect) == ("4", "not rated: no framework of that period holds it")


def test_two_committees_have_an_entry_each_with_their_own_number_paper_and_rating(project: Project) -> None:
    other = {"id": "other", "body": "committee", "sections": [{"id": "s", "blocks": [{"text": "T"}]}]}
    project.write(f"data/councils/{COUNCIL}/committees/other.yml", other)
    loose = {"indicator": "d", "number": "A", "target": {"at_least": 80}, "tolerance": "5 points"}
    project.framework("z", "FY2025-26", [loose], committee="other", known_on="2025-04-01")
    project.paper("2025-09-25", "z", "2025-08", committee="other")
    found = entries(project, row("2025-08", "84", "2025-10-01"))
    assert [(e.committee, e.number, e.shown_in, e.effect) for e in found] == [
        ("committee", "4", ("2025-09-17",), "Amber to Red"),
        ("other", "A", ("2025-09-25",), "none (Green)"),
    ]
    assert "4 Title of d, August 2025 (committee)" in as_text(ledger(project.root, COUNCIL))


# The real ones


def only(council: str, as_at: str | None = None) -> Entry:
    (found,) = ledger(ROOT, council, as_at).entries
    return found


def test_mertons_assessments_were_82_and_are_86_per_cent() -> None:
    found = only("merton")
    assert (found.indicator, found.period) == ("single-assessments-on-time", "2018-11")
    assert (found.published, found.shown_in, found.now) == ("82%", (), "86%")
    assert found.source.endswith("13 February 2019, paragraph 2.1")
    assert (found.known_on, found.known_on_assumed) == ("2019-02-13", False)
    assert found.reason == "we have been under-reporting the timeliness of assessments"
    assert found.effect == "not rated: the council has not published the target"


def test_1_2_1_of_windsor_and_maidenhead_was_46_6_and_is_40_5() -> None:
    found = only("windsor-and-maidenhead")
    assert (found.number, found.period) == ("1.2.1", "FY2017-18")
    assert (found.published, found.now, found.effect) == ("46.6%", "40.5%", "none (Red)")
    assert found.source.startswith("the minutes of the meeting: RBWM panel minutes, annual report 2017/18")
    assert found.reason.endswith("the reason for the difference is not stated")


@pytest.mark.parametrize(
    ("council", "day"), [("merton", "2019-02-12"), ("windsor-and-maidenhead", "2018-09-25")]
)
def test_the_day_before_there_was_nothing(council: str, day: str) -> None:
    assert ledger(ROOT, council, day).entries == ()


# The command


def run(both: Copy, *words: str) -> Any:
    return both.run("restatements", *words)


def test_the_command_lists_them_for_readers(both: Copy) -> None:
    said = run(both, "windsor-and-maidenhead")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "Royal Borough of Windsor and Maidenhead: 1 restatement\n\n"
        "1.2.1 Review at 2 to 2½ years, 2017/18\n"
        "  Published: 46.6% (the minutes of the meeting: RBWM panel minutes, annual report 2017/18 "
        "(moderngov ID 9814))\n"
        "  Now:       40.5%, known on 26 September 2018\n"
        "  Reason:    an earlier minute gave 46.6; the reason for the difference is not stated\n"
        "  Rating:    None (Red)\n"
    )
    said = run(both, "windsor-and-maidenhead", "--as-at", "2018-07-15")
    assert said.out == "Royal Borough of Windsor and Maidenhead: no figure was restated by 15 July 2018.\n"


def test_the_command_lists_them_for_programs(both: Copy) -> None:
    (as_row,) = csv.DictReader(io.StringIO(run(both, "windsor-and-maidenhead", "--format", "csv").out))
    assert (as_row["published"], as_row["now"], as_row["known_on_assumed"]) == ("46.6%", "40.5%", "no")
    said = json.loads(run(both, "windsor-and-maidenhead", "--format", "json").out)
    (as_object,) = said["restatements"]
    assert as_object["published"] == "46.6%" and as_object["known_on_assumed"] is False
    assert set(as_object) == set(as_row)


def test_both_formats_for_programs_have_the_papers(project: Project) -> None:
    project.paper("2025-10-15", "y", "2025-08")
    entries(project, row("2025-08", "84", "2025-11-01"))
    book = ledger(project.root, COUNCIL)
    (as_row,) = csv.DictReader(io.StringIO(as_csv(book)))
    assert as_row["shown_in"] == "2025-09-17 2025-10-15"
    assert json.loads(as_json(book))["restatements"][0]["shown_in"] == ["2025-09-17", "2025-10-15"]


@pytest.mark.parametrize(
    ("words", "check"),
    [(["windsor"], "unknown-council"), (["bromley", "--as-at", "soon"], "parameter")],
)
def test_what_is_not_there_or_no_day_ends_in_words(words: list[str], check: str, both: Copy) -> None:
    said = run(both, *words)
    assert (said.code, said.checks()) == (12, [check])


def test_what_is_wrong_in_the_files_is_said_and_nothing_listed(project: Project) -> None:
    with pytest.raises(ProblemError) as caught:
        entries(project, row("2025-08", "840", "2025-10-01"), row("2025-13", "84", "2025-10-01"))
    assert {p.check for p in caught.value.problems} == {"not-plausible", "wrong-period"}
