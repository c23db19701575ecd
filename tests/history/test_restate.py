"""Restating a figure: what is checked, what is written, and what nothing can lose."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.files import one_at_a_time
from scrutiny.paper.history import restate as restating
from scrutiny.paper.history.ledger import ledger
from scrutiny.paper.history.restate import Correction
from tests.faults.project import Project as Copy
from tests.history.conftest import PAPER
from tests.history.restating import restate
from tests.unit.project import AREA, COUNCIL, Project, months

OUTTURNS = f"data/councils/{COUNCIL}/outturns.csv"
TARGET = {"target": {"at_least": 90}, "tolerance": "5 points"}
ASKED = Correction("4", "2025-08", "84", "late entries", "2025-10-01")
NOW = dt.date(2025, 12, 1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    for name in ("c", "d"):
        made.indicator(name)
    made.framework("y", "FY2025-26", [{"indicator": "d", "number": "4", **TARGET}], known_on="2025-04-01")
    made.outturns(months("d", m06="91", m07="92", m08="88"))
    made.committee()
    made.paper("2025-09-17", "y", "2025-08")
    return made


def done(project: Project, asked: Correction = ASKED, **more: object) -> restating.Corrected:
    return restating.restate(project.root, COUNCIL, asked, **{"today": NOW, **more})  # type: ignore[arg-type]


def problems(project: Project, asked: Correction, today: dt.date = NOW) -> list[Problem]:
    """What is wrong with a correction, of which then nothing is written."""
    before = (project.root / OUTTURNS).read_bytes()
    with pytest.raises(ProblemError) as caught:
        done(project, asked, today=today)
    assert (project.root / OUTTURNS).read_bytes() == before
    return caught.value.problems


def one(project: Project, **changed: str) -> Problem:
    (problem,) = problems(project, replace(ASKED, **changed))
    return problem


def rows(project: Project) -> list[dict[str, str]]:
    text = (project.root / OUTTURNS).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# What is written


def test_one_row_is_added_and_every_byte_that_was_there_stays(project: Project) -> None:
    before = (project.root / OUTTURNS).read_bytes()
    found = done(project)
    after = (project.root / OUTTURNS).read_bytes()
    assert after.startswith(before)
    end = "\r\n" if b"\r\n" in before else "\n"
    assert after.removeprefix(before).decode() == found.row + end
    assert rows(project)[-1] == {
        "indicator": "d",
        "area": AREA,
        "period": "2025-08",
        "basis": "period",
        "value": "84",
        "numerator": "",
        "denominator": "",
        "status": "revised",
        "rating_published": "",
        "known_on": "2025-10-01",
        "provenance": "invented",
        "source": "",
        "note": "late entries",
    }
    assert found.where == f"{OUTTURNS}, line 5"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("closed", [True, False])
def test_line_ends_and_a_missing_last_one_are_kept(end: str, closed: bool, project: Project) -> None:
    path = project.root / OUTTURNS
    text = path.read_bytes().decode().replace("\r\n", "\n").replace("\n", end)
    path.write_bytes((text if closed else text.removesuffix(end)).encode())
    done(project)
    written = path.read_bytes().decode()
    assert written.startswith(text) and written.endswith(f"late entries{end}")
    assert written.count("\n") == written.count(end) == 5


def test_the_cells_stand_in_the_order_of_the_files_own_header(project: Project) -> None:
    path = project.root / OUTTURNS
    turned = [dict(reversed(row.items())) for row in rows(project)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(turned[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(turned)
    assert done(project).row == "late entries,,invented,2025-10-01,,revised,,,84,period,2025-08,X99000001,d"


def test_permissions_are_kept_and_nothing_is_left_beside_the_file(project: Project) -> None:
    path = project.root / OUTTURNS
    path.chmod(0o640)
    done(project)
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []


def test_words_with_commas_quotes_and_line_ends_are_one_cell(project: Project) -> None:
    done(project, replace(ASKED, reason='two teams, "north"\nand south', source="the record, page 2"))
    assert rows(project)[-1]["note"] == 'two teams, "north" and south'
    assert rows(project)[-1]["source"] == "the record, page 2"
    assert ledger(project.root, COUNCIL).entries[0].reason == 'two teams, "north" and south'


def test_every_option_goes_into_its_column(project: Project) -> None:
    done(
        project,
        replace(ASKED, value="84", numerator="42", denominator="50", status="final", known_on="2025-10-01~"),
    )
    row = rows(project)[-1]
    assert [row[key] for key in ("numerator", "denominator", "status", "known_on")] == [
        "42",
        "50",
        "final",
        "2025-10-01~",
    ]


def test_the_provenance_is_the_councils_own_record_where_none_is_given(sealed: Copy) -> None:
    assert ",council_record,," in restate(sealed.root).row
    given = restate(sealed.root, value="97", known_on="2018-10-02", provenance="minutes", source="minutes")
    assert ",minutes,minutes," in given.row


def test_a_figure_can_be_corrected_again(project: Project) -> None:
    done(project)
    done(project, replace(ASKED, value="86", known_on="2025-10-02"))
    assert [(e.published, e.now) for e in ledger(project.root, COUNCIL).entries] == [
        ("88%", "84%"),
        ("84%", "86%"),
    ]


# What it says


def test_it_says_what_changes_and_where_the_old_figure_stood(project: Project) -> None:
    found = done(project)
    (entry,) = found.entries
    assert (entry.published, entry.now, entry.effect) == ("88%", "84%", "Amber to Red")
    assert entry.shown_in == ("2025-09-17",)
    assert (found.shown, found.sealed, found.changing) == ((dt.date(2025, 9, 17),), (), ())


def test_a_paper_as_at_the_day_or_later_is_named_since_it_shows_the_new_figure(project: Project) -> None:
    project.paper("2025-10-15", "y", "2025-09")
    assert done(project, dry_run=True).changing == (dt.date(2025, 10, 15),)
    on_the_day = replace(ASKED, known_on="2025-10-15")
    assert done(project, on_the_day, dry_run=True).changing == (dt.date(2025, 10, 15),)
    later = replace(ASKED, known_on="2025-10-16")
    assert done(project, later, dry_run=True).changing == ()


def test_a_change_that_rounding_hides_is_written_and_said_to_be_hidden(project: Project) -> None:
    found = done(project, replace(ASKED, value="88.2"))
    assert (found.entries, found.stays) == ((), "88%")


def test_counts_that_are_lost_are_told(project: Project) -> None:
    counted = {**months("d", m09="88")[0], "numerator": "44", "denominator": "50"}
    project.outturns([*months("d", m06="91", m08="88"), counted])
    asked = replace(ASKED, period="2025-09", known_on="2025-11-01")
    assert done(project, asked, dry_run=True).lost_counts
    with_counts = replace(asked, numerator="42", denominator="50")
    assert not done(project, with_counts, dry_run=True).lost_counts
    assert not done(project, dry_run=True).lost_counts


def test_a_dry_run_says_the_same_and_writes_nothing(project: Project) -> None:
    before = sorted((p, p.read_bytes()) for p in project.root.rglob("*") if p.is_file())
    dry = done(project, dry_run=True)
    assert sorted((p, p.read_bytes()) for p in project.root.rglob("*") if p.is_file()) == before
    assert done(project) == dry


def test_the_same_row_is_not_added_twice(project: Project) -> None:
    done(project)
    assert {p.check for p in problems(project, ASKED)} == {"not-restated", "not-later"}


# What is refused


@pytest.mark.parametrize("name", ["d", "4"])
def test_an_indicator_is_named_by_its_id_or_its_printed_number(name: str, project: Project) -> None:
    assert done(project, replace(ASKED, indicator=name), dry_run=True).row.startswith("d,")


def test_a_number_is_that_of_the_periods_own_framework(project: Project) -> None:
    rows = [{"indicator": "c", "number": "4", **TARGET}, {"indicator": "d", "number": "9", **TARGET}]
    project.framework("x", "FY2024-25", rows, known_on="2024-04-01")
    project.outturns(
        [*months("d", m03="70", m08="88"), {**months("c", m03="60")[0], "known_on": "2025-04-12"}]
    )
    found = {
        period: done(project, replace(ASKED, period=period), dry_run=True).row[0]
        for period in ("2025-03", "2025-08")
    }
    assert found == {"2025-03": "c", "2025-08": "d"}


def test_a_number_that_two_indicators_have_is_asked_for_by_id(project: Project) -> None:
    other = {"id": "other", "body": "committee", "sections": [{"id": "s", "blocks": [{"text": "T"}]}]}
    project.write(f"data/councils/{COUNCIL}/committees/other.yml", other)
    rows = [{"indicator": "c", "number": "4", **TARGET}]
    project.framework("z", "FY2025-26", rows, committee="other", known_on="2025-04-01")
    problem = one(project)
    assert (problem.check, problem.code) == ("unknown-indicator", ExitCode.UNKNOWN)
    assert (problem.found, problem.do) == ("'4' is c and d", "name it by its id")


def test_an_unknown_indicator_is_answered_with_the_nearest(project: Project) -> None:
    problem = one(project, indicator="44")
    assert problem.code is ExitCode.UNKNOWN
    assert (problem.found, problem.do) == ("there is no indicator '44'", "did you mean '4'?")


@pytest.mark.parametrize(
    ("changed", "check", "column"),
    [
        ({"period": "2025-09"}, "no-such-figure", "period"),
        ({"basis": "year_to_date"}, "no-such-figure", "period"),
        ({"period": "2025/08"}, "wrong-period", "period"),
        ({"value": "88"}, "not-restated", "value"),
        ({"value": "88.0"}, "not-restated", "value"),
        ({"value": "84%"}, "not-a-figure", "value"),
        ({"value": "x"}, "not-a-figure", "value"),
        ({"value": ""}, "not-a-figure", "value"),
        ({"value": "100.1"}, "not-plausible", "value"),
        ({"numerator": "51", "denominator": "50"}, "numerator-above-denominator", "numerator"),
        ({"numerator": "41", "denominator": "50"}, "share-differs-from-counts", "value"),
        ({"reason": "  "}, "missing-reason", "note"),
        ({"known_on": "1 October"}, "wrong-date", "known_on"),
        ({"known_on": "2025-02-30"}, "wrong-date", "known_on"),
        ({"status": "corrected"}, "unknown-status", "status"),
        ({"provenance": "hearsay"}, "unknown-provenance", "provenance"),
        ({"provenance": "minutes"}, "invented-figure", "provenance"),
    ],
)
def test_what_no_row_can_be_is_refused_at_its_column(
    changed: dict[str, str], check: str, column: str, project: Project
) -> None:
    found = problems(project, replace(ASKED, **changed))
    assert (check, f"{OUTTURNS}, line 5, {column}") in {(p.check, p.where) for p in found}
    assert {p.code for p in found} == {ExitCode.DATA}


def test_everything_that_is_wrong_is_listed_at_once(project: Project) -> None:
    wrong = replace(ASKED, value="184", reason="", known_on="2025-09-12", status="x")
    assert {p.check for p in problems(project, wrong)} == {"missing-reason", "unknown-status"}
    wrong = replace(ASKED, value="184", reason="", known_on="2025-09-12", provenance="minutes")
    assert {p.check for p in problems(project, wrong)} == {
        "missing-reason",
        "not-plausible",
        "not-later",
        "invented-figure",
    }


@pytest.mark.parametrize(("known_on", "found"), [("2025-09-11", 1), ("2025-09-12", 1), ("2025-09-13", 0)])
def test_a_correction_is_known_later_than_the_figure(known_on: str, found: int, project: Project) -> None:
    asked = replace(ASKED, known_on=known_on)
    if not found:
        assert done(project, asked).row
        return
    (problem,) = problems(project, asked)
    assert (problem.check, problem.expected) == ("not-later", "a later day")
    assert f"{OUTTURNS}, line 4" in problem.do


@pytest.mark.parametrize(("known_on", "found"), [("2025-11-30", 0), ("2025-12-01", 0), ("2025-12-02", 1)])
def test_a_correction_is_not_known_on_a_day_to_come(known_on: str, found: int, project: Project) -> None:
    asked = replace(ASKED, known_on=known_on)
    checks = [p.check for p in problems(project, asked)] if found else [] if done(project, asked) else None
    assert checks == ["not-yet"] * found


@pytest.mark.parametrize(("known_on", "found"), [("2018-07-18", True), ("2018-07-19", False)])
def test_a_day_that_a_sealed_paper_knows_already_is_refused(known_on: str, found: bool, sealed: Copy) -> None:
    earlier = sealed.text("data/councils/bromley/outturns.csv").replace("2018-07-18", "2018-07-10")
    sealed.write("data/councils/bromley/outturns.csv", earlier)
    if not found:
        corrected = restate(sealed.root, known_on=known_on)
        assert corrected.shown == corrected.sealed == (dt.date(2018, 7, 18),)
        return
    with pytest.raises(ProblemError) as caught:
        restate(sealed.root, known_on=known_on)
    (problem,) = caught.value.problems
    assert (problem.check, problem.code) == ("sealed-since", ExitCode.DATA)
    assert problem.expected == "a day after 2018-07-18"


def test_a_sealed_paper_stays_as_it_was_sealed(sealed: Copy) -> None:
    restate(sealed.root)
    assert sealed.run("paper", *PAPER, "--engine", "pandoc").code == 0
    model = json.loads(sealed.text("reports/bromley/2018-07-18/paper.json"))
    assert model["indicators"][0]["outturn"]["published"] == "94%"


def test_a_figure_that_was_withheld_is_new_and_not_restated(project: Project) -> None:
    withheld = {**months("d", m09="x")[0]}
    project.outturns([*months("d", m08="88"), withheld])
    problem = one(project, period="2025-09", known_on="2025-11-01")
    assert problem.check == "no-such-figure"
    assert problem.found.endswith("was given (it was withheld)")


def test_a_figure_on_another_basis_is_pointed_to(project: Project) -> None:
    problem = one(project, basis="snapshot")
    assert problem.do == "give --basis: there is one period"


def test_a_period_without_a_figure_says_which_is_the_newest(project: Project) -> None:
    assert "(the newest is 2025-08)" in one(project, period="2025-10").do


def test_a_file_that_is_wrong_already_is_put_right_first(project: Project) -> None:
    project.outturns([*months("d", m08="88"), {**months("d", m07="88")[0], "value": "880"}])
    assert {p.check for p in problems(project, ASKED)} == {"not-plausible"}


def test_the_same_value_with_other_counts_is_a_correction(project: Project) -> None:
    counted = {**months("d", m08="88")[0], "numerator": "44", "denominator": "50"}
    project.outturns([counted])
    same = replace(ASKED, value="88", numerator="44", denominator="50")
    assert [p.check for p in problems(project, same)] == ["not-restated"]
    assert [p.check for p in problems(project, replace(ASKED, value="88"))] == ["not-restated"]
    assert done(project, replace(ASKED, value="88", numerator="88", denominator="100")).stays == "88%"


# Two at once


def test_two_who_restate_at_once_lose_no_row(project: Project) -> None:
    periods = ["2025-06", "2025-07", "2025-08"]
    asked = [replace(ASKED, period=period, value="50") for period in periods]
    with ThreadPoolExecutor(len(asked)) as pool:
        list(pool.map(lambda one: done(project, one), asked))
    assert len(rows(project)) == 6
    assert sorted(row["period"] for row in rows(project) if row["value"] == "50") == periods


def test_what_another_command_wrote_meanwhile_is_seen(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first look and the lock another command corrects the same figure."""
    lock = restating.one_at_a_time

    def after_another(*args: object) -> object:
        monkeypatch.setattr(restating, "one_at_a_time", lock)
        done(project, replace(ASKED, value="50"))
        return lock(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(restating, "one_at_a_time", after_another)
    with pytest.raises(ProblemError) as caught:
        done(project)
    assert [p.check for p in caught.value.problems] == ["not-later"]
    assert [row["value"] for row in rows(project)] == ["91", "92", "88", "50"]


def test_a_second_command_waits_and_then_says_so(project: Project) -> None:
    before = (project.root / OUTTURNS).read_bytes()
    with one_at_a_time(project.root, project.root / OUTTURNS), pytest.raises(ProblemError) as caught:
        done(project, patience=0.2)
    (problem,) = caught.value.problems
    assert (problem.check, problem.where, problem.code) == ("in-use", OUTTURNS, ExitCode.RENDERING)
    assert (project.root / OUTTURNS).read_bytes() == before
    assert done(project).row


# The command


def test_the_command_says_what_it_did(sealed: Copy) -> None:
    words = ["restate", "bromley", "16", "2018-05", "96", "--reason", "two had been counted late"]
    run = sealed.run(*words, "--known-on", "2018-10-01", "--dry-run")
    assert (run.code, run.err) == (0, "")
    told, where = run.out.rsplit("\n", 2)[0], "data/councils/bromley/outturns.csv, line 3"
    assert told == (
        "16 Child protection reviews completed within timescale, May 2018\n"
        "  Published: 94% (the paper of 18 July 2018)\n"
        "  Now:       96%, known on 1 October 2018\n"
        "  Reason:    two had been counted late\n"
        "  Rating:    Amber to Green\n"
        "The paper of 18 July 2018 stays as it was, and sealed."
    )
    assert run.out.endswith(f"Nothing was written; it would be {where}.\n")
    assert sealed.run(*words, "--known-on", "2018-10-01").out.endswith(f"Added: {where}\n")
    assert sealed.run("check", "bromley").code == 0


def test_without_a_day_it_became_known_today(sealed: Copy) -> None:
    sealed.run("restate", "bromley", "16", "2018-05", "96", "--reason", "two had been counted late")
    last = sealed.text("data/councils/bromley/outturns.csv").splitlines()[-1]
    assert last.split(",")[9] == dt.date.today().isoformat()


@pytest.mark.parametrize(
    ("words", "code", "check"),
    [
        (["bromly", "16", "2018-05", "96"], 12, "unknown-council"),
        (["..", "16", "2018-05", "96"], 12, "unknown-council"),
        (["bromley", "17", "2018-05", "96"], 12, "unknown-indicator"),
        (["bromley", "16", "2018-05", "94"], 11, "not-restated"),
        (["bromley", "16", "May", "96"], 11, "wrong-period"),
    ],
)
def test_what_is_asked_for_wrongly_ends_in_words(
    words: list[str], code: int, check: str, sealed: Copy
) -> None:
    run = sealed.run("restate", *words, "--reason", "r", "--known-on", "2018-10-01")
    assert (run.code, run.checks()) == (code, [check])


def test_a_correction_without_a_reason_is_wrong_use(sealed: Copy) -> None:
    run = sealed.run("restate", "bromley", "16", "2018-05", "96")
    assert run.code == 2
    assert "--reason" in run.err
