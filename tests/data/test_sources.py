"""Official figures come from the untouched files beside them: hashes hold, and every row can be found again."""

from __future__ import annotations

import csv
import datetime as dt
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
CIN = "children-in-need"
REVIEWS = ("Reviewed_within_timescales_percent", "Reviewed_within_timescales", "CPP_At31_3Months")
SUBSEQUENT = ("CPP_subsequent_percent", "CPP_subsequent", "CPP_start")
REFERRED = ("rereferral_percent", "rereferral_count", "referral_count")
ENDED = ("2_years_or_more_percent", "2_years_or_more", "CPP_End")
OPEN = ("2_years_or_more_percent", "2_years_or_more", "CPP_At31")
D6, C1 = (
    "d6_cpps_reviewed_within_timescales_2013_to_2024.csv",
    "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
)
D7, D3 = "d7_cpps_ending_by_duration_2013_to_2024.csv", "d3_cpps_subsequent_plan_2013_to_2025.csv"
C4 = "c4_children_in_need_section_47s_and_icpcs_2013_to_2024.csv"
D1, D5 = (
    "d1_child_protection_plans_2013_to_2024.csv",
    "d5_cpps_at31march_by_duration_2013_to_2025.csv",
)
WORKFORCE = "csww_headline_measures_2017_to_2022.csv"
EES = {
    "cp-reviews-on-time": (CIN, D6, REVIEWS, {}),
    "cp-reviews-on-time-yearly": (CIN, D6, REVIEWS, {}),
    "re-referrals-within-12-months": (CIN, C1, REFERRED, {}),
    "re-referrals-yearly": (CIN, C1, REFERRED, {}),
    "cp-plans-two-years-or-more": (CIN, D7, ENDED, {}),
    "cp-plans-two-years-or-more-yearly": (CIN, D7, ENDED, {}),
    "cp-plans-open-two-years-or-more-yearly": (CIN, D5, OPEN, {}),
    "second-or-subsequent-cp-plans": (CIN, D3, SUBSEQUENT, {}),
    "second-or-subsequent-cp-plans-yearly": (CIN, D3, SUBSEQUENT, {}),
    "section-47-rate-yearly": (CIN, C4, ("Section47_rate", "Section47", ""), {}),
    "cp-plan-rate-yearly": (CIN, D1, ("CPP_At31_rate", "CPP_At31", ""), {}),
    "children-on-cp-plans-yearly": (CIN, D1, ("CPP_At31", "", ""), {}),
    "children-in-need-rate-yearly": (
        CIN,
        "b1_children_in_need_2013_to_2024.csv",
        ("At31_episodes_rate", "At31_episodes", ""),
        {},
    ),
    "children-looked-after-rate-yearly": (
        "children-looked-after",
        "cla_number_and_rate_per_10k_children.csv",
        ("rate_per_10000", "children_count", "population_estimate"),
        {"population_type": "Children looked after on 31 March each year"},
    ),
    "children-looked-after-yearly": (
        "children-looked-after",
        "cla_number_and_rate_per_10k_children.csv",
        ("children_count", "", ""),
        {"population_type": "Children looked after on 31 March each year"},
    ),
    "care-leavers-in-suitable-accommodation-yearly": (
        "children-looked-after",
        "la_care_leavers_accommodation_suitability.csv",
        ("care_leaver_percent", "care_leaver_count", ""),
        {"care_leaver_age": "19 to 21 years", "breakdown": "Accommodation considered suitable"},
    ),
    "three-or-more-social-workers-yearly": (
        "children-looked-after",
        "la_cla_swcount.csv",
        ("percentage", "number", ""),
        {"sw_stability": "3 or more social workers during the year"},
    ),
    "agency-social-workers-yearly": (
        "children-social-work-workforce",
        WORKFORCE,
        ("agency_worker_rate_fte_%", "", ""),
        {},
    ),
    "social-worker-caseload-yearly": (
        "children-social-work-workforce",
        WORKFORCE,
        ("caseload_fte", "", ""),
        {},
    ),
    "social-worker-turnover-yearly": (
        "children-social-work-workforce",
        WORKFORCE,
        ("turnover_rate_fte_%", "", ""),
        {},
    ),
    "social-worker-vacancies-yearly": (
        "children-social-work-workforce",
        WORKFORCE,
        ("vacancy_rate_fte_%", "", ""),
        {},
    ),
    "good-level-of-development-yearly": (
        "early-years-foundation-stage",
        "EYFSP_APS_GLD_ELG_underlying_data_2013_2018.csv",
        ("gld_percent", "gld_number", "number_of_children"),
        {},
    ),
    "permanent-exclusions-yearly": (
        "exclusions",
        "exclusions_by_geographic_level_2006_07_to_2016_17.csv",
        ("perm_excl_rate", "perm_excl", "headcount"),
        {"school_type": "Total"},
    ),
    "children-aged-0-to-17-yearly": (
        "population",
        "ons_mid-year_population_estimates_2012_to_2024.csv",
        ("population_estimate", "", ""),
        {},
    ),
}
NEET = {
    "young-people-neet-yearly": "NEET_percent",
    "young-people-not-known-yearly": "Notknown_percent",
    "young-people-neet-or-not-known-yearly": "NEET_not_known_percent",
}
STATED = {
    *("2014-10-29", "2015-10-22", "2018-10-25"),
    *("2014-09-26", "2014-12-19", "2015-03-27", "2015-06-26", "2024-09-26"),
}
"""Days that the publisher stated: of children in need, and of COVER."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def numbers() -> dict[str, str]:
    """The three digits of each area, which stay when its code changes."""
    return {
        code: row["number"]
        for row in rows(DATA / "lookups/areas.csv")
        for code in (row["code"], *row["former_codes"].split(";"))
    }


@cache
def cover() -> dict[tuple[str, str], dict[str, str]]:
    source = rows(DATA / "sources/cover-mmr/cover_mmr_5y_quarterly_all_la.csv")
    code = {"[z]": "E92000001"}
    return {
        (
            numbers()[code.get(r["ons_code"], r["ons_code"])],
            f"FY{r['financial_year']}-{r['quarter']}",
        ): r
        for r in source
    }


@cache
def ees(
    folder: str, name: str, wanted: tuple[tuple[str, str], ...] = ()
) -> dict[tuple[str, str], dict[str, str]]:
    """Rows of a file by number of the area and the year in which the period ends."""
    code = {"National": "country_code", "Regional": "region_code"}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for r in rows(DATA / "sources" / folder / name):
        if any(r[column] != value for column, value in wanted):
            continue
        level = r["geographic_level"]
        number = r["old_la_code"] if level == "Local authority" else numbers()[r[code[level]]]
        found[number, r["time_period"][:2] + r["time_period"][-2:]] = r
    return found


@cache
def lait() -> dict[tuple[str, str, str], str]:
    source = rows(DATA / "sources/lait/lait_all_authorities_key_measures.csv")
    year = {r["Years"]: r["Years"][:2] + r["Years"][-2:] for r in source}
    return {(r["Short Desc"], r["LA Number"], year[r["Years"]]): r["Values"] for r in source}


def year_of(row: dict[str, str]) -> str:
    """The year in which a row's period ends."""
    period = row["period"]
    return period[:4] if period[0] == "2" else period[2:] if period[0] == "C" else f"20{period[-2:]}"


@cache
def official() -> list[tuple[str, dict[str, str]]]:
    return list(_official())


def _official() -> Iterator[tuple[str, dict[str, str]]]:
    for path in [
        *sorted((DATA / "benchmarks").glob("**/*.csv")),
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


def check_cover(where: str, row: dict[str, str]) -> None:
    source = cover()[numbers()[row["area"]], row["period"]]
    published = source["mmr2_5y_percent"].strip()
    if row["value"] in ("x", "c"):
        assert not published[:1].isdigit() or "%" in published, where
    else:
        assert row["value"] == published, where
    if row["denominator"]:
        assert row["denominator"] == source["denominator_5y"], where


def check_ees(where: str, row: dict[str, str], source: dict[str, str], columns: tuple[str, str, str]) -> None:
    value, *counts = columns
    published = source[value].strip()
    if row["value"] in ("c", "k", "low", "u", "x", "z"):
        assert published in (row["value"], "", "NULL", ".", ":"), where
    else:
        assert Decimal(row["value"]) == Decimal(published), where
    if "which is another share" in row["note"]:
        assert row["numerator"] == row["denominator"] == "", where
        return
    for column, there in zip(("numerator", "denominator"), counts, strict=True):
        digits = source[there] if there and source[there].isdigit() else ""
        assert row[column] == digits, where


def test_every_official_row_is_in_its_source() -> None:
    seen = 0
    for where, row in official():
        indicator, number, year = row["indicator"], numbers()[row["area"]], year_of(row)
        if indicator == "mmr2-by-age-5":
            check_cover(where, row)
        elif row["source"].startswith("sources/lait: "):
            published = lait()[row["source"].removeprefix("sources/lait: "), number, year]
            expected = "x" if published == "-" else str(Decimal(repr(float(published))))
            assert (row["value"] == expected) or Decimal(row["value"]) == Decimal(expected), where
        elif "NEET_UD_" in row["source"]:
            source = ees("neet", f"NEET_UD_{year}.csv")[number, year]
            check_ees(where, row, source, (NEET[indicator], "", "Cohort_DJFavg"))
        elif row["source"].startswith("sources/ofsted/"):
            continue  # a test of its own
        else:
            folder, name, columns, wanted = EES[indicator]
            assert row["source"] == f"sources/{folder}/{name}", where
            check_ees(where, row, ees(folder, name, tuple(wanted.items()))[number, year], columns)
        seen += 1
    assert seen > 75_000


def test_outcomes_of_inspections_are_those_of_their_source() -> None:
    schools = rows(DATA / "benchmarks/ofsted/schools-good-or-outstanding-yearly.csv")
    counts: dict[tuple[str, str], list[int]] = {}
    for r in rows(DATA / "sources/ofsted/ofsted_school_outcomes_by_la_2019_2023.csv"):
        name = r["la_name"] or r["region_name"] or "England"
        good, inspected = counts.setdefault((name, r["as_at_31_august"]), [0, 0])
        counts[name, r["as_at_31_august"]] = [
            good + int(r["outstanding"]) + int(r["good"]),
            inspected + int(r["schools_inspected"]),
        ]
    ons = {
        numbers()[r["area_code"]]: r["value"]
        for r in rows(DATA / "sources/ofsted/ons_subnational_schools_good_outstanding_2022_2024.csv")
        if r["period"] == "As at 31 January 2024"
    }
    for row in schools:
        if row["provenance"] == "derived":
            good, inspected = counts[row["area_name"], row["period"][:4]]
            assert (row["numerator"], row["denominator"]) == (str(good), str(inspected)), row
            assert row["value"] == str(percentage(Decimal(good), Decimal(inspected), 1)), row
        else:
            assert row["value"] == (ons[numbers()[row["area"]]] or "x"), row
    assert len(schools) == 809 + 128
    grades = {"outstanding": "1", "good": "2", "requires improvement": "3", "inadequate": "4"}
    judged = {r["la_code"]: r for r in rows(DATA / "sources/ofsted/ilacs_latest_judgements_all_la.csv")}
    found = rows(DATA / "benchmarks/ofsted/childrens-services-judgement-yearly.csv")
    for row in found:
        source = judged[numbers()[row["area"]]]
        assert row["value"] == grades[source["overall_effectiveness_grade"]], row
        day, month, year = source["publication_date"].split("/")
        assert row["known_on"] == row["period"] == f"20{year}-{month}-{day}", row
    assert len(found) == 151


def test_plans_within_20_weeks_are_shares_of_the_counts_of_their_source() -> None:
    for name, kind in (("", "excluding"), ("-with-exceptions", "including")):
        found = rows(DATA / f"benchmarks/special-educational-needs/ehc-plans-on-time{name}-yearly.csv")
        source = ees("special-educational-needs", "SEN2_MI_2014_2018.csv")
        for row in found:
            counts = source[numbers()[row["area"]], year_of(row)]
            within = counts[f"ehc_new_plans_in_20_weeks_{kind}_exception_cases"]
            issued = counts[f"ehc_new_plans_{kind}_exception_cases"]
            assert row["provenance"] == "derived"
            assert (row["numerator"], row["denominator"]) == (within, issued)
            if issued == "0":
                assert row["value"] == "z"
            else:
                assert row["value"] == str(percentage(Decimal(within), Decimal(issued), 1))
        assert len(found) == 810


def test_conferences_within_15_days_are_the_two_first_bands_of_their_source() -> None:
    found = [r for r in rows(DATA / "benchmarks/children-in-need.csv") if r["indicator"] == "icpc-on-time"]
    bands = ("Duration_0-10_days", "Duration_11-15_days", "ICPC")
    for row in found:
        assert row["provenance"] == "derived"
        source = ees(CIN, C4)[numbers()[row["area"]], year_of(row)]
        cells = [source[band] for band in bands]
        if not all(cell.isdigit() for cell in cells):
            assert row["value"] == next(cell for cell in cells if not cell.isdigit())
            continue
        within = int(cells[0]) + int(cells[1])
        assert (row["numerator"], row["denominator"]) == (str(within), source["ICPC"])
        if source["ICPC"] != "0":
            assert row["value"] == str(percentage(Decimal(within), Decimal(source["ICPC"]), 1))
        else:
            assert row["value"] == "z"
    assert len(found) == 1967


def test_a_day_that_the_publisher_did_not_state_is_marked_as_assumed() -> None:
    for where, row in official():
        day = row["known_on"]
        if not day.endswith("~"):
            assert day in STATED or row["indicator"] == "childrens-services-judgement-yearly", where
            assert "assumed" not in row["note"], where
            continue
        last = dt.date.fromisoformat(day.removesuffix("~")) + dt.timedelta(days=1)
        assert last.day == 1, f"{where}: an assumed day is the last of a month"


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
