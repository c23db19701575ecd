"""Editions: what is held is never replaced, what is revised is known from its own day, and nothing comes twice."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
import yaml

from scrutiny.data.importers import write
from scrutiny.data.importers.plan import carry_out
from tests.importers.project import C4, COVER, D6, FILES, Project

REVIEWS = "children-in-need-yearly/cp-reviews-on-time-yearly.csv"
MERTON_2018 = "Child Protection Plans reviewed within timescales,161,132,82"
NEXT = "d6_cpps_reviewed_within_timescales_2013_to_2025.csv"


def next_edition(project: Project, old: str = "", new: str = "") -> bytes:
    """The cut with the rows of 2024 as those of 2025 too, and some text changed."""
    text = (FILES / D6).read_bytes().decode()
    more = "".join("2025" + line[4:] for line in text.splitlines(keepends=True) if line.startswith("2024,"))
    return (text.replace(old, new) + more if old else text + more).encode()


def test_the_same_file_again_changes_nothing(project: Project) -> None:
    project.write(project.put(D6))
    before = project.tree()
    made = project.plan(project.put(D6))
    assert made.added == 0
    assert {part.merged.same for part in made.files[0].parts} == {40}
    assert carry_out(project.root, made, "again") == []
    assert project.tree() == before


def test_the_same_file_under_another_name_is_known_by_its_bytes(project: Project) -> None:
    project.write(project.put(D6))
    before = project.tree()
    made = project.plan(project.put(D6, as_name="d6_cpps_reviewed_within_timescales_latest.csv"))
    assert made.added == 0
    assert made.files[0].kept == f"sources/children-in-need/{D6}"
    assert project.tree() == before


def test_a_file_is_kept_byte_for_byte_with_its_origin_licence_and_hash(project: Project) -> None:
    project.write(project.put(D6))
    folder = project.root / "data/sources/children-in-need"
    assert (folder / D6).read_bytes() == (FILES / D6).read_bytes()
    origin = yaml.safe_load((folder / "origin.yml").read_text("utf-8"))
    (entry,) = origin["files"]
    assert entry["sha256"] == hashlib.sha256((FILES / D6).read_bytes()).hexdigest()
    assert (entry["name"], entry["note"]) == (D6, "a cut for tests")
    assert origin["licence"] == "Open Government Licence v3.0"
    assert "Open Government Licence" in origin["attribution"]


def test_a_file_of_names_is_kept_beside_its_figures(project: Project) -> None:
    meta = project.put("exclusions_by_geographic_level.meta.csv")
    project.write(project.put("exclusions_by_geographic_level_2006_07_to_2016_17.csv"), meta)
    kept = {p.name for p in (project.root / "data/sources/exclusions").iterdir()}
    assert kept == {
        "exclusions_by_geographic_level_2006_07_to_2016_17.csv",
        "exclusions_by_geographic_level.meta.csv",
        "origin.yml",
    }


def test_a_later_edition_adds_its_new_year_and_leaves_every_row_as_it_was(project: Project) -> None:
    project.write(project.put(D6))
    before = project.tree()[f"data/benchmarks/{REVIEWS}"]
    project.write(project.put(NEXT, next_edition(project)))
    after = project.tree()[f"data/benchmarks/{REVIEWS}"]
    assert after.startswith(before)
    added = after[len(before) :].decode().splitlines()
    assert len(added) == 8
    assert all(",2025-03-31,snapshot," in line and ",2025-11-30~," in line for line in added)
    assert (project.root / "data/sources/children-in-need" / NEXT).exists()


def test_a_revised_figure_is_a_further_row_known_from_the_day_of_its_edition(project: Project) -> None:
    project.write(project.put(D6))
    made = project.write(
        project.put(NEXT, next_edition(project, MERTON_2018, MERTON_2018.replace("132,82", "140,87")))
    )
    assert {part.merged.revised for part in made.files[0].parts} == {1}
    states = [r for r in project.rows(REVIEWS) if (r["area_name"], r["period"]) == ("Merton", "2018-03-31")]
    assert [(r["value"], r["numerator"], r["known_on"]) for r in states] == [
        ("82", "132", "2018-10-25"),
        ("87", "140", "2025-11-30~"),
    ]
    assert states[1]["note"] == "revised; before: 82 (132 of 161)"
    assert states[1]["source"] == f"sources/children-in-need/{NEXT}"


def test_a_figure_that_becomes_a_symbol_and_one_that_is_given_later_are_revised_too(project: Project) -> None:
    project.write(project.put(D6))
    project.write(project.put(NEXT, next_edition(project, MERTON_2018, MERTON_2018.replace("132,82", "c,c"))))
    states = [r for r in project.rows(REVIEWS) if (r["area_name"], r["period"]) == ("Merton", "2018-03-31")]
    assert [r["value"] for r in states] == ["82", "c"]


def test_counts_that_are_revised_while_the_percentage_stays_are_a_revision(project: Project) -> None:
    project.write(project.put(D6))
    project.write(
        project.put(NEXT, next_edition(project, MERTON_2018, MERTON_2018.replace("161,132", "167,137")))
    )
    states = [r for r in project.rows(REVIEWS) if (r["area_name"], r["period"]) == ("Merton", "2018-03-31")]
    assert [(r["numerator"], r["denominator"]) for r in states] == [("132", "161"), ("137", "167")]


def test_a_corrected_file_of_the_same_edition_needs_its_day(project: Project) -> None:
    project.write(project.put(D6))
    before = project.tree()
    newest = next(
        line
        for line in (FILES / D6).read_text("utf-8").splitlines()
        if line.startswith("2024,") and "Merton" in line
    )
    path = project.changed(D6, newest, _other(newest))
    faults = project.faults(path)
    assert {check for check, *_ in faults} == {"revised-without-a-day"}
    assert project.tree() == before
    made = project.write(path, published=dt.date(2025, 4, 11))
    assert {part.merged.revised for part in made.files[0].parts} == {1}
    states = [r for r in project.rows(REVIEWS) if (r["area_name"], r["period"]) == ("Merton", "2024-03-31")]
    assert [r["known_on"] for r in states] == ["2024-11-30~", "2025-04-11"]


def _other(line: str) -> str:
    *start, below, above, _ = line.split(",")
    return ",".join([*start, below, "0", "0"]) if above != "0" else line


def test_an_edition_under_a_name_that_is_taken_is_kept_beside_the_first(project: Project) -> None:
    project.write(project.put(D6))
    project.write(project.put(D6, next_edition(project)))
    names = sorted(p.name for p in (project.root / "data/sources/children-in-need").glob("*.csv"))
    assert len(names) == 2 and D6 in names
    assert (project.root / "data/sources/children-in-need" / D6).read_bytes() == (FILES / D6).read_bytes()
    listed = yaml.safe_load((project.root / "data/sources/children-in-need/origin.yml").read_text("utf-8"))
    assert sorted(entry["name"] for entry in listed["files"]) == names


def test_an_older_edition_that_differs_is_refused(project: Project) -> None:
    project.write(
        project.put(NEXT, next_edition(project, MERTON_2018, MERTON_2018.replace("132,82", "140,87")))
    )
    faults = project.faults(project.put(D6))
    assert {check for check, *_ in faults} == {"revised-without-a-day"}


def test_a_figure_that_an_earlier_edition_left_out_is_known_from_the_later_one(project: Project) -> None:
    text = (FILES / D6).read_bytes().decode()
    without = "".join(line for line in text.splitlines(keepends=True) if MERTON_2018 not in line)
    project.write(project.put(D6, without.encode()))
    project.write(project.put(NEXT, next_edition(project)))
    (row,) = [r for r in project.rows(REVIEWS) if (r["area_name"], r["period"]) == ("Merton", "2018-03-31")]
    assert row["known_on"] == "2025-11-30~"


def test_an_area_that_an_earlier_cut_did_not_hold_at_all_is_known_from_the_usual_days(
    project: Project,
) -> None:
    text = (FILES / D6).read_bytes().decode()
    without = "".join(line for line in text.splitlines(keepends=True) if ",Merton," not in line)
    project.write(project.put(D6, without.encode()))
    project.write(project.put(D6))
    (row,) = [r for r in project.rows(REVIEWS) if (r["area_name"], r["period"]) == ("Merton", "2018-03-31")]
    assert row["known_on"] == "2018-10-25"


def test_a_source_that_fills_gaps_adds_nothing_where_another_one_speaks(project: Project) -> None:
    project.write(project.put(D6))
    lait = "lait_all_authorities_key_measures.csv"
    made = project.write(project.put(lait))
    (part,) = made.files[0].parts
    held = {(r["area"], r["period"]) for r in project.rows(REVIEWS)}
    filled = project.rows("lait/cp-reviews-on-time-yearly.csv")
    assert filled and not held & {(r["area"], r["period"]) for r in filled}
    assert part.merged.known_otherwise > 0
    assert {r["source"] for r in filled} == {"sources/lait: RevCP"}


def test_a_newer_source_that_is_not_there_to_fill_gaps_revises(project: Project) -> None:
    project.write(project.put("csww_headline_measures_2017_to_2022.csv"))
    project.write(project.put("lait_all_authorities_key_measures.csv"))
    rows = project.rows("lait/agency-social-workers-yearly.csv")
    assert not any(
        r["note"].startswith("revised") and r["area_name"] == "Merton" for r in rows
    )  # the same figure
    assert {r["known_on"] for r in rows if r["period"] == "2025-09-30"} == {"2026-03-31~"}


def test_rows_go_behind_those_of_a_file_that_is_there_with_its_own_line_ends(project: Project) -> None:
    file = project.root / "data/benchmarks/children-in-need.csv"
    header = (
        "indicator,area,area_name,period,basis,value,numerator,denominator,known_on,provenance,source,note"
    )
    row = "cp-reviews-on-time,E09000006,Bromley,2013-03-31,snapshot,95,,,2013-11-30~,official_statistics,by hand,"
    file.write_bytes(f"{header}\r\n{row}".encode())
    project.write(project.put(D6))
    after = file.read_bytes()
    assert after.startswith(f"{header}\r\n{row}\r\n".encode())
    assert b"\n" not in after.replace(b"\r\n", b"")


def test_nothing_is_half_written_when_the_disk_gives_up(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(project.put(C4))
    before = project.tree()
    made = project.plan(project.put(COVER))

    def full(path: object, data: bytes) -> None:
        if str(path).endswith("origin.yml"):
            raise OSError(28, "No space left on device", str(path))
        real(path, data)  # type: ignore[arg-type]

    real = write.write_whole
    monkeypatch.setattr(write, "write_whole", full)
    with pytest.raises(OSError):
        carry_out(project.root, made, "a cut")
    monkeypatch.undo()
    assert {k: v for k, v in project.tree().items() if not k.startswith("data/sources/cover-mmr")} == before
    project.write(project.put(COVER))  # the next run puts it right
    assert {p.name for p in (project.root / "data/sources/cover-mmr").iterdir()} == {COVER, "origin.yml"}


def test_rows_are_in_the_order_of_indicator_area_and_period_on_every_run(project: Project) -> None:
    project.write(project.put(D6))
    rows = [(r["area"], r["period"]) for r in project.rows(REVIEWS)]
    assert rows == sorted(rows)
