"""What changed in the project's own papers, between meetings and between times of knowledge."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from scrutiny.paper.history import lines
from scrutiny.paper.history.compare import compare, compare_papers
from scrutiny.paper.history.compared import Compared, TextChange
from scrutiny.paper.history.editions import Edition, edition
from scrutiny.paper.history.lines import in_short
from scrutiny.paper.history.texts import said
from scrutiny.paper.history.told import told
from scrutiny.paper.model import Paragraph
from tests.sample import PAPERS

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [
    (("windsor-and-maidenhead", "2018-09-26", "2018-09-26"), ("2018-09-26", "2018-10-01")),
    (("bromley", "2018-07-18", "2018-07-18"), ("2018-07-18", "2019-07-18")),
    (("merton", "2018-11-07", None), ("2019-02-13", None)),
    (("exampleshire", "2026-04-23", None), ("2026-06-18", None)),
]


@cache
def made(council: str, date: str, as_at: str | None = None) -> Edition:
    return edition(ROOT, council, date, as_at)


@cache
def found(council: str, before: tuple[str, str | None], now: tuple[str, str | None]) -> Compared:
    return compare(made(council, *before), made(council, *now))


def windsor() -> Compared:
    return found("windsor-and-maidenhead", ("2018-09-26", "2018-09-26"), ("2018-09-26", "2018-10-01"))


def bromley() -> Compared:
    return found("bromley", ("2018-07-18", "2018-07-18"), ("2018-07-18", "2019-07-18"))


def merton() -> Compared:
    return found("merton", ("2018-11-07", None), ("2019-02-13", None))


def exampleshire() -> Compared:
    return found("exampleshire", ("2026-04-23", None), ("2026-06-18", None))


# Windsor and Maidenhead: one paper, five days later


def test_measure_1_1_1_goes_from_amber_to_red_since_a_newer_outturn_became_known() -> None:
    (one,) = windsor().ratings
    assert (one.number, one.before.word, one.now.word) == ("1.1.1", "Amber", "Red")
    assert (one.causes, one.words) == ([["outturn"]], "The outturn moved it.")
    assert [(c.what, c.before, c.now) for c in one.changed] == [
        ("outturn", "85.4% (January to March 2018)", "82.7% (April to June 2018)")
    ]
    assert "90%†" in one.illustrative and "5 points†" in one.illustrative
    (figure,) = windsor().figures
    assert (figure.change, figure.period, figure.now) == ("newly_known", "FY2018-19-Q1", "82.7%")
    assert (figure.known_on, figure.known_on_assumed) == ("2018-09-30", True)
    assert (windsor().before.counts, windsor().now.counts) == (
        {"Green": 5, "Amber": 2, "Red": 1},
        {"Green": 5, "Amber": 1, "Red": 2},
    )


def test_the_sentence_that_counts_the_ratings_says_which_of_its_words_changed() -> None:
    section = next(s for s in windsor().sections if s.id == "reasons")
    (text,) = section.texts
    assert text.id == "b-reasons-5" and text.under == "Quarter 1 performance 2018/19"
    assert [(run.state, run.text) for run in text.words if run.state != "same"] == [
        ("removed", "Two measures are"),
        ("added", "One measure is"),
        ("removed", "one measure is"),
        ("added", "two measures are"),
    ]


def test_nothing_of_last_years_view_changed_in_five_days() -> None:
    assert {one.view for one in windsor().ratings} == {"current"}
    assert windsor().framework == [] and windsor().settings == [] and windsor().front_sheet == []


def test_one_day_before_the_figure_was_known_nothing_differs() -> None:
    assert not found(
        "windsor-and-maidenhead", ("2018-09-26", "2018-09-26"), ("2018-09-26", "2018-09-29")
    ).told


# Bromley: the benchmarks of the next year


def test_a_year_later_the_next_benchmarks_are_the_latest_published() -> None:
    assert [
        (b.comparator, b.before, b.before_value, b.before_period, b.now, b.now_value, b.now_period)
        for b in bromley().benchmarks
    ] == [
        ("england", "92%", "92.1", "31 March 2017", "91%", "90.5", "31 March 2018"),
        ("london", "96%", "95.8", "31 March 2017", "94%", "94.1", "31 March 2018"),
    ]
    assert {(b.known_on, b.known_on_assumed) for b in bromley().benchmarks} == {("2018-10-25", False)}
    assert bromley().ratings == [] and bromley().figures == []


def test_the_commentary_follows_the_benchmarks() -> None:
    (text,) = next(s for s in bromley().sections if s.id == "commentary").texts
    assert [run.text for run in text.words if run.state == "removed"] == ["92%, but below", "96% and"]


def test_the_day_before_they_were_published_the_old_benchmarks_stand() -> None:
    earlier = found("bromley", ("2018-07-18", "2018-07-18"), ("2018-07-18", "2018-10-24"))
    assert earlier.benchmarks == []
    on_the_day = found("bromley", ("2018-07-18", "2018-07-18"), ("2018-07-18", "2018-10-25"))
    assert len(on_the_day.benchmarks) == 2


# Merton: from November to February


def test_three_indicators_that_could_not_be_reported_became_one() -> None:
    assert (merton().before.unable, merton().now.unable) == (3, 1)
    assert [(u.change, u.number) for u in merton().unable] == [("ended", "1"), ("ended", "8")]


def test_a_figure_given_and_corrected_between_two_papers_is_restated() -> None:
    (figure,) = [f for f in merton().figures if f.change == "restated"]
    assert (figure.before, figure.now, figure.period) == ("82%", "86%", "2018-11")
    assert figure.reason == "we have been under-reporting the timeliness of assessments"


def test_an_indicator_that_had_no_number_is_numbered() -> None:
    (change,) = [c for c in merton().framework if c.change == "renumbered"]
    assert (change.before, change.now) == ("", "9")
    assert "from no number to 9" in told(merton())


def test_a_paragraph_under_another_id_that_reads_almost_the_same_is_found_again() -> None:
    details = next(s for s in merton().sections if s.id == "details")
    text = next(t for t in details.texts if any("family groups" in run.text for run in t.words))
    assert text.change == "changed"
    assert (text.words[0].state, text.words[0].text) == ("added", "No.")


# Exampleshire: from one framework to the next


def test_the_way_from_one_framework_to_the_next_is_told_whole() -> None:
    changes = [(c.change, c.number) for c in exampleshire().framework]
    assert [number for change, number in changes if change == "retired"] == ["2.3", "4.6"]
    assert len([change for change, _ in changes if change == "renumbered"]) == 7
    assert not [change for change, _ in changes if change == "added"]


def test_the_revised_target_of_agency_social_workers_moved_its_rating_and_nothing_is_claimed() -> None:
    one = next(r for r in exampleshire().ratings if r.number == "1.10")
    assert (one.before.word, one.now.word, one.causes) == ("Green", "Amber", [["target"]])
    assert {c.what: (c.before, c.now) for c in one.changed} == {
        "outturn": ("14.6% (February 2026)", "14.4% (April 2026)"),
        "target": ("at most 17%", "at most 14%"),
        "tolerance": ("floor 22", "floor 18"),
    }
    assert not one.claimed and "no deterioration is claimed" in one.caution
    target = next(c for c in exampleshire().framework if (c.change, c.number) == ("target", "1.10"))
    assert target.reason == "Full Council asked for a faster change to permanent staff"


def test_three_months_of_repeat_referrals_were_restated() -> None:
    restated = [(f.period, f.before, f.now) for f in exampleshire().figures if f.change == "restated"]
    assert restated == [
        ("2026-01", "21.2%", "22.4%"),
        ("2026-02", "21.5%", "22.6%"),
        ("2026-03", "21.5%", "22.7%"),
    ]


def test_last_years_views_of_two_meetings_are_different_years_and_are_not_compared() -> None:
    assert {one.view for one in exampleshire().ratings} == {"current"}
    assert ("period", "previous", "Q4 2024/25", "Q4 2025/26") in [
        (s.what, s.view, s.before, s.now) for s in exampleshire().settings
    ]


def test_a_quarters_figure_in_a_months_paper_is_due_once_and_no_rating_that_moved() -> None:
    august = found("exampleshire", ("2024-07-18", None), ("2024-08-22", None))
    due = [one for one in august.ratings if lines.due_once(one)]
    assert len(due) > 5
    assert {one.now.not_rated for one in due} <= {None, "not_due"}
    assert all(
        one.words == "The outturn that was not due before moved it." for one in due if not one.now.not_rated
    )
    said = told(august)
    assert "Due in one paper only\n---------------------\n" in said
    assert f"{lines.due_line(due[0])}" in " ".join(said.split())
    assert "; it was not due" in said and not any(f"{lines.rating_line(one)}\n" in said for one in due)


def test_another_scheme_for_the_same_framework_is_told_and_moved_ratings_by_itself() -> None:
    january = found("exampleshire", ("2024-12-19", None), ("2025-01-23", None))
    assert ("scheme", "current") in [(s.what, s.view) for s in january.settings]
    causes = [one.causes for one in january.ratings if not lines.due_once(one)]
    assert [["scheme"]] in causes
    assert all(not one.claimed for one in january.ratings if "scheme" in str(one.causes))


# every paper


@pytest.mark.parametrize(("council", "date"), PAPERS)
def test_a_paper_does_not_differ_from_itself(council: str, date: str) -> None:
    one = compare_papers(ROOT, council, (date, None), (date, None))
    assert not one.told and one.same
    assert in_short(one) == "Nothing differs."


@pytest.mark.parametrize(("before", "now"), PAIRS)
def test_the_same_papers_give_the_same_bytes(
    before: tuple[str, str, str | None], now: tuple[str, str | None]
) -> None:
    council, *first = before
    again = compare_papers(ROOT, council, (first[0], first[1]), now)
    assert again.canonical() == found(council, (first[0], first[1]), now).canonical()


@pytest.mark.parametrize(("before", "now"), PAIRS)
def test_the_other_way_round_everything_is_mirrored(
    before: tuple[str, str, str | None], now: tuple[str, str | None]
) -> None:
    council, *first = before
    there = found(council, (first[0], first[1]), now)
    back = found(council, now, (first[0], first[1]))
    assert (back.before, back.now) == (there.now, there.before)
    assert {(r.id, r.now.word, r.before.word) for r in back.ratings} == {
        (r.id, r.before.word, r.now.word) for r in there.ratings
    }
    assert mirrored_changes(back, back=True) == mirrored_changes(there)
    assert {(f.id, f.period, _FLIPPED.get(f.change, f.change), f.now, f.before) for f in back.figures} == {
        (f.id, f.period, f.change, f.before, f.now) for f in there.figures
    }
    assert {(b.id, b.comparator, b.now, b.before) for b in back.benchmarks} == {
        (b.id, b.comparator, b.before, b.now) for b in there.benchmarks
    }
    assert {(d.id, d.against, d.now, d.before) for d in back.directions} == {
        (d.id, d.against, d.before, d.now) for d in there.directions
    }
    assert read(back, back=True) == read(there)


_FLIPPED = {
    "added": "retired",
    "retired": "added",
    "newly_known": "no_longer_known",
    "no_longer_known": "newly_known",
}
_OPPOSITE = {"same": "same", "removed": "added", "added": "removed", "changed": "changed"}


def mirrored_changes(one: Compared, back: bool = False) -> set[tuple[str, ...]]:
    changes = set()
    for c in one.framework:
        kind, sides = (
            (_FLIPPED.get(c.change, c.change), (c.now, c.before)) if back else (c.change, (c.before, c.now))
        )
        changes.add((c.id, kind, c.key, *sides))
    return changes


def read(one: Compared, back: bool = False) -> dict[str, set[tuple[str, ...]]]:
    """What reads otherwise, section by section, as sets of words taken out and put in."""
    made = {}
    for section in one.sections:
        made[section.id] = {
            tuple(sorted((_OPPOSITE[run.state] if back else run.state, run.text) for run in text.words))
            for text in section.texts
        }
    return made


@pytest.mark.parametrize(("before", "now"), PAIRS)
def test_every_paragraph_that_only_one_side_has_is_told_whole(
    before: tuple[str, str, str | None], now: tuple[str, str | None]
) -> None:
    council, *first = before
    one = found(council, (first[0], first[1]), now)
    models = made(council, first[0], first[1]).model, made(council, *now).model
    old, new = (
        {said(b.text) for s in model.sections for b in s.blocks if isinstance(b, Paragraph)}
        for model in models
    )
    texts = [text for section in one.sections for text in section.texts]
    assert old ^ new, "a pair of papers that says the same tests nothing"
    assert old - new <= {side(text, "added") for text in texts}
    assert new - old <= {side(text, "removed") for text in texts}


def side(text: TextChange, without: str) -> str:
    return " ".join(run.text for run in text.words if run.state != without)
