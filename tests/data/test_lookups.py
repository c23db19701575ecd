"""Areas and statistical neighbours: compiled from the files beside them, and what they answer."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from scrutiny.data import areas as lookups
from scrutiny.data.areas import AreaKind, Areas
from scrutiny.errors import ExitCode, ProblemError
from scrutiny.periods import Period

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "sources" / "geography"
AREAS = lookups.load(ROOT)


def raw(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def iso(day: str) -> dt.date:
    return dt.datetime.strptime(day, "%d/%m/%Y").date()


# Compiled


def test_every_authority_of_the_publishers_list_is_there_with_its_region_and_last_day() -> None:
    single = [r for r in raw("ees_las.csv") if r["old_la_code"].isdigit() and r["new_la_code"] != "z"]
    assert len(single) > 160
    for row in single:
        area = AREAS.by_code(row["new_la_code"])
        assert area is not None, row
        assert (area.number, area.region) == (row["old_la_code"], row["parent_geography_code"])
        if row["new_la_code"] == area.code:
            assert area.name == row["la_name"]
            closed = row["date_of_termination"]
            assert area.closed == (iso(closed) if closed else None)


def test_every_area_of_the_department_for_education_is_found_by_code_and_number_and_name_alike() -> None:
    for row in raw("geography_from_ees_cin_2013_2025.csv"):
        code = row["new_la_code"] or row["region_code"] or "E92000001"
        area = AREAS.get(code)
        if row["geographic_level"] == "Local authority":
            day = Period.parse(f"{row['last_year']}-03-31").end
            assert AREAS.by_number(row["old_la_code"]) is area
            assert AREAS.by_name(row["la_name"], day) is area
            part = AREAS.part_of(area)
            assert row["region_code"] == (part.code if part else area.region)


def test_neighbours_are_those_of_the_publishers_lists() -> None:
    listed = [r for r in raw("statistical_neighbours_long.csv") if r["sn_la_code"]]
    for edition in AREAS.editions:
        for number in {r["la_number"] for r in listed}:
            area = AREAS.by_number(number)
            assert area is not None
            rows = sorted(
                (int(r["rank"]), r["sn_la_number"])
                for r in listed
                if (r["sn_model"], r["la_number"]) == (edition.name, number)
            )
            found = AREAS.neighbours(area, edition)
            assert [(n.rank, n.area.number) for n in found] == rows
    assert len(listed) == 3140


def test_codes_numbers_and_successors_lead_to_one_area_each() -> None:
    codes = [code for area in AREAS for code in (area.code, *area.former_codes)]
    numbers = [area.number for area in AREAS]
    assert len(codes) == len(set(codes)) and len(numbers) == len(set(numbers))
    for area in AREAS:
        assert bool(area.successors) == (area.kind is AreaKind.AUTHORITY and area.closed is not None)
        for successor in AREAS.successors(area):
            assert successor.opened is not None and area.closed is not None
            assert successor.opened - area.closed == dt.timedelta(days=1)
            assert successor.region == area.region


# Answers


@pytest.mark.parametrize(
    ("code", "number", "name"),
    [
        ("E06000060", "825", "Buckinghamshire"),
        ("E10000002", "825", "Buckinghamshire"),
        ("E08000020", "390", "Gateshead"),
        ("E06000048", "929", "Northumberland"),
        ("E10000023", "815", "North Yorkshire"),
        ("E10000027", "933", "Somerset"),
        ("E08000016", "370", "Barnsley"),
    ],
)
def test_a_former_code_is_that_of_the_area_of_today(code: str, number: str, name: str) -> None:
    area = AREAS.get(code)
    assert (area.number, area.name) == (number, name)
    assert AREAS.get(area.code) is area


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bedford Borough", "E06000055"),
        ("Durham", "E06000047"),
        ("Herefordshire", "E06000019"),
        ("Kingston Upon Hull, City of", "E06000010"),
        ("bristol", "E06000023"),
        ("st helens", "E08000013"),
        ("telford & wrekin", "E06000020"),
        ("Southend on Sea", "E06000033"),
        ("Bournemouth Christchurch and Poole", "E06000058"),
        ("London (Outer)", "E13000002"),
        ("Outer London", "E13000002"),
        ("Yorkshire and the Humber", "E12000003"),
        ("  Derby ", "E06000015"),
    ],
)
def test_an_area_is_found_in_every_spelling_that_files_use(name: str, code: str) -> None:
    area = AREAS.by_name(name)
    assert area is not None and area.code == code


def test_two_authorities_of_one_name_are_told_apart_by_the_day_and_not_without_one() -> None:
    before, after = dt.date(2019, 3, 31), dt.date(2019, 4, 1)
    old, new = AREAS.by_name("Dorset", before), AREAS.by_name("Dorset", after)
    assert (old and old.code, new and new.code) == ("E10000009", "E06000059")
    assert AREAS.by_name("Dorset") is None


def test_an_authority_is_there_on_its_first_and_last_day_and_not_a_day_beyond() -> None:
    cumbria, cumberland = AREAS.get("E10000006"), AREAS.get("E06000063")
    assert cumbria.exists_on(dt.date(2023, 3, 31)) and not cumbria.exists_on(dt.date(2023, 4, 1))
    assert cumberland.exists_on(dt.date(2023, 4, 1)) and not cumberland.exists_on(dt.date(2023, 3, 31))
    assert cumbria.exists_in(Period.parse("2023-03-31")) and not cumberland.exists_in(
        Period.parse("FY2022-23")
    )
    assert cumbria.exists_in(Period.parse("CY2023")) and cumberland.exists_in(Period.parse("CY2023"))
    assert not cumbria.exists_in(Period.parse("FY2023-24"))


def test_regions_parts_successors_and_predecessors() -> None:
    merton, cumbria = AREAS.get("E09000024"), AREAS.get("E10000006")
    region, part = AREAS.region_of(merton), AREAS.part_of(merton)
    assert (region and region.name, part and part.name) == ("London", "Outer London")
    assert AREAS.region_of(AREAS.country) is None and AREAS.part_of(cumbria) is None
    assert [a.name for a in AREAS.successors(cumbria)] == ["Cumberland", "Westmorland and Furness"]
    assert [a.name for a in AREAS.predecessors(AREAS.get("E06000058"))] == ["Dorset", "Poole", "Bournemouth"]
    assert [a.code for a in AREAS.predecessors(AREAS.get("E06000059"))] == ["E10000009"]


@pytest.mark.parametrize(("day", "count"), [("2018-03-31", 152), ("2019-04-01", 151), ("2025-03-31", 153)])
def test_authorities_are_those_of_the_day(day: str, count: int) -> None:
    assert len(AREAS.authorities(dt.date.fromisoformat(day))) == count


def test_neighbours_have_an_edition_and_the_one_in_force_on_a_day_is_known() -> None:
    assert [e.name for e in AREAS.editions] == ["April 2021", "May 2025"]
    for day, name in (
        ("2012-12-11", "April 2021"),  # the nearest that there is
        ("2021-04-01", "April 2021"),
        ("2025-04-30", "April 2021"),
        ("2025-05-01", "May 2025"),
    ):
        edition = AREAS.edition(dt.date.fromisoformat(day))
        assert edition is not None and edition.name == name
    merton = AREAS.neighbours(AREAS.get("E09000024"), AREAS.editions[0])
    assert [n.area.name for n in merton][:4] == ["Barnet", "Ealing", "Reading", "Kingston upon Thames"]
    assert [n.rank for n in merton] == list(range(1, 11))
    assert AREAS.neighbours(AREAS.get("E06000063"), AREAS.editions[0]) == ()  # made in 2023


def test_an_unknown_code_is_told_with_the_nearest_one() -> None:
    with pytest.raises(ProblemError) as told:
        AREAS.get("E0900002")
    assert told.value.code is ExitCode.UNKNOWN
    assert AREAS.by_code("E0900002") is None


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("areas.csv", "E09000024,authority", "E09000024,borough"),
        ("areas.csv", "2019-03-31", "2019-02-31"),
        ("areas.csv", "code,kind", "code,sort"),
        ("areas.csv", "E09000024,authority,315,Merton", "E09000024,authority,Merton"),
        ("statistical-neighbours.csv", "May 2025,E09000024,1", "May 2025,E09999999,1"),
        ("statistical-neighbours.csv", "May 2025,E09000024,1", "Mai 2025,E09000024,1"),
        ("statistical-neighbours.csv", "May 2025,E09000024,1", "May 2025,E09000024,first"),
    ],
)
def test_a_wrong_row_of_a_lookup_is_a_problem_with_its_line(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    (tmp_path / "data" / "lookups").mkdir(parents=True)
    for name in ("areas.csv", "statistical-neighbours.csv"):
        text = (ROOT / "data/lookups" / name).read_text("utf-8")
        assert name != file or old in text
        (tmp_path / "data/lookups" / name).write_text(
            text.replace(old, new, 1) if name == file else text, "utf-8"
        )
    with pytest.raises(ProblemError) as told:
        lookups.load(tmp_path)
    assert told.value.code is ExitCode.DATA
    assert told.value.problems[0].where.startswith(f"data/lookups/{file}, line ")


def test_a_project_without_lookups_has_no_areas(tmp_path: Path) -> None:
    none = lookups.load(tmp_path)
    assert isinstance(none, Areas) and none.all == () and none.editions == ()
    assert none.edition(dt.date(2018, 1, 1)) is None
