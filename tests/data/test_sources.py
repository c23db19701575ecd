"""Official figures come from the untouched files beside them: hashes hold, and every row can be found again."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from scrutiny.figures import percentage

DATA = Path(__file__).resolve().parents[2] / "data"
ORIGINS = sorted((DATA / "sources").glob("*/origin.yml"))
CIN = {
    "cp-reviews-on-time": (
        "d6_cpps_reviewed_within_timescales_2013_to_2024.csv",
        ("Reviewed_within_timescales_percent", "Reviewed_within_timescales", "CPP_At31_3Months"),
    ),
    "re-referrals-within-12-months": (
        "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
        ("rereferral_percent", "rereferral_count", "referral_count"),
    ),
    "cp-plans-two-years-or-more": (
        "d7_cpps_ending_by_duration_2013_to_2024.csv",
        ("2_years_or_more_percent", "2_years_or_more", "CPP_End"),
    ),
    "second-or-subsequent-cp-plans": (
        "d3_cpps_subsequent_plan_2013_to_2025.csv",
        ("CPP_subsequent_percent", "CPP_subsequent", "CPP_start"),
    ),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def cover() -> dict[tuple[str, str], dict[str, str]]:
    source = rows(DATA / "sources/cover-mmr/cover_mmr_5y_quarterly_all_la.csv")
    return {(r["ons_code"], f"FY{r['financial_year']}-{r['quarter']}"): r for r in source}


@cache
def children_in_need(name: str) -> dict[tuple[str, str], dict[str, str]]:
    code = {"National": "country_code", "Regional": "region_code", "Local authority": "new_la_code"}
    source = rows(DATA / "sources/children-in-need" / name)
    return {(r[code[r["geographic_level"]]], r["time_period"]): r for r in source}


def official() -> Iterator[tuple[str, dict[str, str]]]:
    for path in [
        *sorted((DATA / "benchmarks").glob("*.csv")),
        *sorted(DATA.glob("councils/*/outturns.csv")),
    ]:
        for line, row in enumerate(rows(path), start=2):
            if row["provenance"] == "official_statistics":
                yield f"{path.name}:{line}", row


@pytest.mark.parametrize("origin", ORIGINS, ids=lambda p: p.parent.name)
def test_sources_are_byte_for_byte_what_was_received(origin: Path) -> None:
    said = yaml.safe_load(origin.read_text("utf-8"))
    assert said["licence"] == "Open Government Licence v3.0"
    assert {f["name"] for f in said["files"]} | {"origin.yml"} == {p.name for p in origin.parent.iterdir()}
    for file in said["files"]:
        assert hashlib.sha256((origin.parent / file["name"]).read_bytes()).hexdigest() == file["sha256"]


def test_every_official_row_is_in_its_source() -> None:
    seen = 0
    for where, row in official():
        if row["indicator"] == "mmr2-by-age-5":
            source = cover()[row["area"], row["period"]]
            published = source["mmr2_5y_percent"].strip()
            assert row["value"] == ("x" if published in ("*", "[x]", "N.A.") else published), where
            if row["denominator"]:
                assert row["denominator"] == source["denominator_5y"], where
        else:
            name, (value, numerator, denominator) = CIN[row["indicator"]]
            year = row["period"][:4] if row["basis"] == "snapshot" else f"20{row['period'][-2:]}"
            source = children_in_need(name)[row["area"], year]
            assert row["value"] == source[value], where
            for column, there in (("numerator", numerator), ("denominator", denominator)):
                assert row[column] == (source[there] if source[there].isdigit() else ""), where
        seen += 1
    assert seen > 150


def test_conferences_within_15_days_are_the_two_first_bands_of_their_source() -> None:
    found = [r for r in rows(DATA / "benchmarks/children-in-need.csv") if r["indicator"] == "icpc-on-time"]
    for row in found:
        assert row["provenance"] == "derived"
        source = children_in_need("c4_children_in_need_section_47s_and_icpcs_2013_to_2024.csv")[
            row["area"], f"20{row['period'][-2:]}"
        ]
        within = int(source["Duration_0-10_days"]) + int(source["Duration_11-15_days"])
        assert (row["numerator"], row["denominator"]) == (str(within), source["ICPC"])
        assert row["value"] == str(percentage(Decimal(within), Decimal(source["ICPC"]), 1))
    assert len(found) == 36


def test_a_date_that_the_publisher_did_not_state_is_marked_as_assumed() -> None:
    for where, row in official():
        assert row["known_on"].endswith("~") == ("assumed" in row["note"]), where


def test_invented_figures_belong_to_invented_councils_only() -> None:
    for path in sorted(DATA.glob("councils/*/*.csv")):
        council = yaml.safe_load((path.parent / "council.yml").read_text("utf-8"))
        for row in rows(path):
            if "provenance" in row:
                assert (row["provenance"] == "invented") == bool(council.get("invented")), path


def test_only_targets_and_tolerances_are_illustrative() -> None:
    """The mark exists on targets and tolerances alone; an outturn cannot carry it."""
    for path in sorted(DATA.glob("councils/*/outturns.csv")):
        assert "illustrative" not in path.read_text("utf-8")
