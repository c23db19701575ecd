"""Cuts of the real files, with every quirk that their notes tell of: what is taken from each, and as what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from scrutiny.data.importers.plan import Plan
from scrutiny.data.importers.reading import Faults, receive
from scrutiny.data.importers.recognise import read_meta, recognise, understand
from scrutiny.data.observations import Observation
from tests.importers.project import C4, COVER, D3, D6, FILES, LAIT, Project, said

REVIEWS = "cp-reviews-on-time-yearly"


def rows_of(made: Plan, indicator: str) -> dict[tuple[str, str], Observation]:
    rows = [row for file in made.files for part in file.parts for row in part.merged.added]
    return {(row.area_name, str(row.period)): row for row in rows if row.indicator == indicator}


# What a file is


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (D6, "ees"),
        ("EYFSP_APS_GLD_ELG_underlying_data_2013_2018.csv", "ees"),
        ("exclusions_by_geographic_level_2006_07_to_2016_17.csv", "ees"),
        (LAIT, "lait"),
        ("lait_selected_areas.csv", "lait"),
        (COVER, "cover"),
        ("ofsted_school_outcomes_by_la_2019_2023.csv", "ofsted"),
        ("ilacs_latest_judgements_all_la.csv", "ofsted"),
        ("school_places_by_ofsted_rating_scorecard_2019.csv", "ofsted"),
        ("ons_subnational_schools_good_outstanding_2022_2024.csv", "long"),
        ("fingertips_mmr_annual.csv", "long"),
    ],
)
def test_the_kind_of_a_file_is_read_from_its_columns_and_never_from_its_name(name: str, kind: str) -> None:
    received, problems = receive(FILES / name, "download (1).csv")
    assert received is not None and problems == []
    found = recognise(received)
    assert found is not None and found[0].name == kind


def test_a_file_is_understood_with_its_periods_areas_filters_indicators_and_symbols() -> None:
    received, _ = receive(FILES / D6, D6)
    assert received is not None
    found = recognise(received)
    assert found is not None
    told = understand(received, *found, Faults(D6))
    assert told.rows == 40
    assert told.periods == ("2014", "2018", "2020", "2021", "2024")
    assert told.identifiers == ("Reporting year",)
    assert told.areas == {"National": 1, "Regional": 2, "Local authority": 6}  # two codes of Buckinghamshire
    assert [c.name for c in told.filters] == ["category"]
    assert [(c.name, c.highest) for c in told.indicators][2] == ("Reviewed_within_timescales_percent", 99.2)
    assert told.symbols == {"c": 12, "z": 6, "u": 3}


def test_the_file_of_names_gives_labels_and_tells_filters_from_indicators() -> None:
    name = "exclusions_by_geographic_level_2006_07_to_2016_17"
    received, _ = receive(FILES / f"{name}.csv", name)
    meta, _ = receive(FILES / "exclusions_by_geographic_level.meta.csv", "meta")
    assert received is not None and meta is not None
    found = recognise(received)
    assert found is not None
    told = understand(received, *found, Faults(name), read_meta(meta))
    assert "school_type" in [c.name for c in told.filters]
    assert told.meta.labels["headcount"] == "Number of pupils"
    assert "headcount" in [c.name for c in told.indicators]
    assert told.symbols["."] == 12


# Explore Education Statistics


def test_a_percentage_comes_with_its_counts_and_stated_and_assumed_days_are_told_apart(
    project: Project,
) -> None:
    found = project.taken(D6, REVIEWS)
    merton = found["Merton", "2018-03-31"]
    assert (said(merton), merton.numerator, merton.denominator) == ("82", Decimal(132), Decimal(161))
    assert (merton.area, merton.known_on, merton.assumed) == ("E09000024", dt.date(2018, 10, 25), False)
    later = found["Merton", "2024-03-31"]
    assert (later.known_on, later.assumed) == (dt.date(2024, 11, 30), True)
    assert merton.provenance == "official_statistics"
    assert merton.source == f"sources/children-in-need/{D6}"


def test_suppressed_unreliable_and_missing_figures_keep_their_symbols_and_are_never_numbers(
    project: Project,
) -> None:
    found = project.taken(D6, REVIEWS)
    assert said(found["Hampshire", "2024-03-31"]) == "u"
    assert {said(row) for (name, _), row in found.items() if name == "City of London"} <= {
        "c",
        "x",
        "z",
        "100",
    }
    symbols = [row for row in found.values() if row.symbol]
    assert symbols and all(row.value is None for row in symbols)


def test_an_authority_whose_code_changed_has_one_series_under_its_newest_code(project: Project) -> None:
    found = project.taken(D6, REVIEWS)
    codes = {row.area for (name, _), row in found.items() if name == "Buckinghamshire"}
    periods = {period for name, period in found if name == "Buckinghamshire"}
    assert codes == {"E06000060"}
    assert {"2020-03-31", "2021-03-31"} <= periods  # E10000002 in one, E06000060 in the other


def test_a_code_that_came_back_after_it_was_gone_is_the_same_authority(project: Project) -> None:
    path = project.changed(D6, "E06000060", "E10000002")
    made = project.plan(path)
    found = rows_of(made, REVIEWS)
    assert found["Buckinghamshire", "2024-03-31"].area == "E06000060"


def test_a_code_that_is_not_known_yet_is_taken_where_number_and_name_agree(project: Project) -> None:
    made = project.plan(project.changed(D3, "E08000016,Barnsley", "E08999999,Barnsley"))
    assert rows_of(made, "second-or-subsequent-cp-plans-yearly")["Barnsley", "FY2024-25"].area == "E08000038"


def test_the_region_that_a_file_gives_an_authority_does_not_matter(project: Project) -> None:
    in_outer_london = project.taken(D6, REVIEWS)["Merton", "2018-03-31"]
    assert b"E12000007,London,315" in (FILES / "SEN2_MI_2014_2018.csv").read_bytes()
    assert b"E13000002,Outer London,315" in (FILES / D6).read_bytes()
    in_london = project.taken("SEN2_MI_2014_2018.csv", "ehc-plans-on-time-yearly")["Merton", "CY2018"]
    assert in_outer_london.area == in_london.area == "E09000024"


def test_london_and_its_parts_are_areas_of_their_own(project: Project) -> None:
    found = project.taken(D6, REVIEWS)
    assert found["London", "2018-03-31"].area == "E12000007"
    assert found["Outer London", "2018-03-31"].area == "E13000002"
    assert found["England", "2018-03-31"].area == "E92000001"


@pytest.mark.parametrize("spoil", ["bom", "lf", "crlf", "quoted", "unquoted", "order"])
def test_the_same_rows_come_out_of_a_file_however_it_was_saved(project: Project, spoil: str) -> None:
    text = (FILES / D3).read_bytes().decode()
    lines = text.replace("\r\n", "\n").split("\n")
    made = {
        "bom": "\ufeff" + text,
        "lf": "\n".join(lines),
        "crlf": "\r\n".join(lines),
        "quoted": "\n".join(line.replace(",,", ',"",') for line in lines),
        "unquoted": text.replace('""', ""),
        "order": "\n".join(_turned(line) for line in lines if line),
    }[spoil]
    before = project.taken(D3, "second-or-subsequent-cp-plans-yearly")
    after = rows_of(project.plan(project.put(D3, made.encode())), "second-or-subsequent-cp-plans-yearly")
    assert {key: said(row) for key, row in after.items()} == {key: said(row) for key, row in before.items()}


def _turned(line: str) -> str:
    """A row with its columns from right to left."""
    return ",".join(reversed(line.split(",")))


def test_column_names_may_differ_in_case_between_editions(project: Project) -> None:
    path = project.changed(D6, "Reviewed_within_timescales_percent", "reviewed_within_timescales_PERCENT")
    assert said(rows_of(project.plan(path), REVIEWS)["Merton", "2018-03-31"]) == "82"


def test_a_percentage_that_its_counts_do_not_make_is_taken_as_published_without_them(
    project: Project,
) -> None:
    made = project.plan(project.put(D3))
    england = rows_of(made, "second-or-subsequent-cp-plans-yearly")["England", "FY2021-22"]
    assert (said(england), england.numerator, england.denominator) == ("22.7", None, None)
    assert "14550 of 64390" in england.note
    warned = [p for p in made.problems if p.check == "share-differs-from-counts"]
    assert {p.severity for p in warned} == {"warning"}
    assert warned[0].where.startswith(f"{D3}, line ")


def test_national_counts_rounded_to_ten_still_make_their_percentage(project: Project) -> None:
    made = project.plan(project.put(D6))
    england = rows_of(made, REVIEWS)["England", "2024-03-31"]
    assert england.denominator is not None and england.denominator % 10 == 0
    assert england.numerator is not None
    assert [p for p in made.problems] == []


def test_without_the_rounding_rounded_counts_would_be_off(project: Project) -> None:
    for name in ("children-in-need", "children-in-need-yearly"):
        project.mapping_changed(name, "rounded: {country: 10, region: 10, part: 10}", "rounded: {}")
    text = (FILES / D6).read_text("utf-8")
    line = next(x for x in text.splitlines() if x.startswith("2024,") and "National" in x)
    cells = line.split(",")
    cells[-3:] = ["60", "50", "84"]  # 50 of 60 is 83.3%; both are rounded to ten
    project.put(D6, text.replace(line, ",".join(cells)).encode())
    assert any(p.check == "share-differs-from-counts" for p in project.plan(project.downloads / D6).problems)


def test_conferences_on_time_are_the_first_two_bands_added_up_and_said_to_be_derived(
    project: Project,
) -> None:
    row = project.taken(C4, "icpc-on-time")["Merton", "FY2017-18"]
    assert (said(row), row.numerator, row.denominator) == ("71.8", Decimal(33 + 173), Decimal(287))
    assert (row.provenance, row.note) == ("derived", "conferences within 15 working days, as a share of all")


def test_a_share_of_a_suppressed_count_is_suppressed(project: Project) -> None:
    found = project.taken(C4, "icpc-on-time")
    suppressed = [row for row in found.values() if row.symbol == "c"]
    assert suppressed and all(row.value is None and row.numerator is None for row in suppressed)


def test_a_share_of_counts_is_made_of_both_and_a_share_of_none_is_not_applicable(project: Project) -> None:
    found = project.taken("SEN2_MI_2014_2018.csv", "ehc-plans-on-time-yearly")
    merton = found["Merton", "CY2018"]
    assert (said(merton), merton.numerator, merton.denominator) == ("50.9", Decimal(144), Decimal(283))
    camden = found["Camden", "CY2014"]
    assert (said(camden), camden.denominator) == ("z", Decimal(0))


def test_null_in_a_file_of_2018_is_not_available(project: Project) -> None:
    project.mapping("sen", SEN.replace("sen2_mi", "SEN2_MI").replace("COLUMN", "statement_assessed_no_plan"))
    project.mapping_changed("sen", "unit: percent", "unit: count")
    project.mapping_changed("sen", "ehc-plans-on-time-with-exceptions-yearly", "children-looked-after-yearly")
    found = project.taken("SEN2_MI_2014_2018.csv", "children-looked-after-yearly", name="sen")
    assert (said(found["Merton", "CY2018"]), found["Merton", "CY2018"].note) == ("x", "published as NULL")
    assert said(found["Merton", "CY2014"]) == "1"


def test_cells_of_geography_may_hold_a_single_space(project: Project) -> None:
    name = "EYFSP_APS_GLD_ELG_underlying_data_2013_2018.csv"
    assert b"England, , , , , ," in (FILES / name).read_bytes()
    found = project.taken(name, "good-level-of-development-yearly")
    assert said(found["England", "AY2017-18"]) == "71.5"
    assert found["England", "AY2017-18"].numerator == Decimal(466703)


def test_an_academic_year_written_in_six_digits_is_one(project: Project) -> None:
    found = project.taken(
        "EYFSP_APS_GLD_ELG_underlying_data_2013_2018.csv", "good-level-of-development-yearly"
    )
    assert {period for _, period in found} == {"AY2016-17", "AY2017-18"}
    assert found["England", "AY2017-18"].known_on == dt.date(2018, 11, 30)


def test_blank_cells_in_other_columns_do_no_harm_and_blank_figures_are_not_available(
    project: Project,
) -> None:
    found = project.taken("NEET_UD_2021.csv", "young-people-neet-yearly")
    assert said(found["Merton", "FY2020-21"]) == "1.4"
    path = project.changed("NEET_UD_2021.csv", "16-17,4214,2.5,1.4,", "16-17,4214,2.5,,")
    blank = rows_of(project.plan(path), "young-people-neet-yearly")["Merton", "FY2020-21"]
    assert (said(blank), blank.note) == ("x", "published as a blank")


def test_a_full_stop_of_an_authority_that_was_just_made_is_not_applicable(project: Project) -> None:
    name = "exclusions_by_geographic_level_2006_07_to_2016_17.csv"
    project.mapping_changed("exclusions", "'200809', ", "")
    found = rows_of(project.plan(project.put(name)), "permanent-exclusions-yearly")
    row = found["Central Bedfordshire", "AY2008-09"]
    assert (said(row), row.note) == ("z", "published as .")
    assert said(found["Merton", "AY2016-17"]) == "0.06"


def test_one_of_several_filter_values_is_chosen(project: Project) -> None:
    name = "cla_number_and_rate_per_10k_children.csv"
    found = project.taken(name, "children-looked-after-yearly")
    assert said(found["England", "2025-03-31"]) == "81770"
    rates = project.taken(name, "children-looked-after-rate-yearly")
    assert rates["England", "2025-03-31"].denominator == Decimal(12183016)


def test_figures_with_spaces_before_them_and_padded_with_zeros_are_plain_figures(project: Project) -> None:
    project.mapping("sen", SEN.replace("COLUMN", "inc_exc_20week_rate"))
    found = project.taken("sen2_mi.csv", "ehc-plans-on-time-with-exceptions-yearly", name="sen")
    assert said(found["Merton", "CY2018"]) == "51.4"
    assert b"51.400000000000" in (FILES / "sen2_mi.csv").read_bytes()
    assert b", " in (FILES / "sen2_mi.csv").read_bytes()


SEN = """\
id: sen
title: SEN2
publisher: Department for Education
obtained: for a test
files:
  - pattern: "sen2_mi*.csv"
    kind: ees
    period: calendar_year
    published: {months_after: 6}
    figures:
      - {indicator: ehc-plans-on-time-with-exceptions-yearly, value: COLUMN, unit: percent, basis: period}
"""


# The interactive tool


def test_lait_gives_areas_by_number_and_takes_the_noise_off_its_figures(project: Project) -> None:
    found = project.taken(LAIT, "young-people-neet-yearly")
    merton = found["Merton", "FY2021-22"]
    assert (said(merton), merton.area) == ("1.1", "E09000024")  # 1.1000000000000001 in the file
    assert merton.source == "sources/lait: 16-17 NEET"
    assert found["Bedford", "FY2024-25"].area == "E06000055"  # Bedford Borough
    assert found["Yorkshire and The Humber", "FY2024-25"].area == "E12000003"
    assert found["Dorset", "FY2017-18"].area == "E10000009"  # Dorset (Pre LG)


def test_figures_written_with_an_exponent_are_plain(project: Project) -> None:
    found = project.taken(LAIT, "permanent-exclusions-yearly")
    assert b"2016/17,315,Merton,Outer London,5.5629999999999999E-2" in (FILES / LAIT).read_bytes()
    assert said(found["Merton", "AY2016-17"]) == "0.05563"


def test_a_hyphen_is_not_available_for_an_area_that_was_there_and_nothing_for_one_that_was_not(
    project: Project,
) -> None:
    made = project.plan(project.put(LAIT))
    found = rows_of(made, "young-people-neet-yearly")
    outer = found["Outer London", "FY2017-18"]
    assert (said(outer), outer.note) == ("x", "published as -")
    assert ("Cumberland", "FY2017-18") not in found and ("Cumbria", "FY2023-24") not in found
    (part,) = made.files[0].parts
    assert part.converted.left_out["areas that did not exist in the period"] > 3


def test_a_provisional_figure_says_how_it_was_published(project: Project) -> None:
    project.mapping(
        "phonics",
        """\
id: phonics
title: LAIT
publisher: Department for Education
obtained: for a test
files:
  - pattern: "lait_selected*.csv"
    kind: lait
    period: academic_year
    published: {months_after: 2}
    figures:
      - {indicator: key-stage-2-yearly, value: KS1P_all, unit: percent, basis: period}
""",
    )
    found = project.taken("lait_selected_areas.csv", "key-stage-2-yearly", name="phonics")
    assert found["Merton", "AY2024-25"].note == "published as 2025 (prov)"
    assert found["Merton", "AY2023-24"].note == ""


def test_a_measure_under_two_topics_is_taken_once_and_two_different_figures_are_a_problem(
    project: Project,
) -> None:
    text = (FILES / LAIT).read_text("utf-8")
    line = next(x for x in text.splitlines(keepends=True) if x.startswith("RevCP,2018,315"))
    assert project.faults(project.put(LAIT, (text + line).encode())) == []
    (fault,) = project.faults(project.put(LAIT, (text + line.replace(",82", ",83")).encode()))
    assert fault[0] == "duplicate-row"


# COVER


def test_cover_gives_quarters_with_the_workbook_that_each_figure_was_in(project: Project) -> None:
    found = project.taken(COVER, "mmr2-by-age-5")
    merton = found["Merton", "FY2013-14-Q2"]
    assert (said(merton), merton.denominator) == ("79.47019867549669", Decimal(755))
    assert merton.source == f"sources/cover-mmr/{COVER} (2013_2014_Q2.xls)"
    assert (merton.known_on, merton.assumed) == (dt.date(2013, 12, 31), True)
    assert found["Halton", "FY2014-15-Q1"].known_on == dt.date(2014, 9, 26)
    assert not found["Halton", "FY2014-15-Q1"].assumed


@pytest.mark.parametrize(
    ("area", "quarter", "symbol", "note"),
    [
        ("Halton", "FY2013-14-Q2", "x", "published as N.A."),
        ("Halton", "FY2014-15-Q1", "x", "published as a blank"),
        ("North Tyneside", "FY2015-16-Q2", "x", "published as -"),
        ("England", "FY2018-19-Q1", "x", "published as *"),
        ("Bury", "FY2019-20-Q1", "x", "published as ***"),
        ("City of London", "FY2021-22-Q2", "x", "published as [note 1]"),
        ("London", "FY2024-25-Q3", "x", "published as [x]"),
        ("Isles of Scilly", "FY2024-25-Q4", "c", "published as 70% to 100%"),
    ],
)
def test_each_way_of_withholding_is_a_symbol_that_says_how(
    project: Project, area: str, quarter: str, symbol: str, note: str
) -> None:
    row = project.taken(COVER, "mmr2-by-age-5")[area, quarter]
    assert (row.value, row.symbol, row.note) == (None, symbol, note)


def test_a_code_that_does_not_apply_leaves_the_name_to_find_the_area_and_the_other_way_round(
    project: Project,
) -> None:
    found = project.taken(COVER, "mmr2-by-age-5")
    assert found["England", "FY2023-24-Q4"].area == "E92000001"  # [z], England
    assert found["London", "FY2024-25-Q2"].area == "E12000007"  # E12000007, [z]


def test_codes_that_were_replaced_in_2013_are_the_same_authorities(project: Project) -> None:
    found = project.taken(COVER, "mmr2-by-age-5")
    assert found["Gateshead", "FY2016-17-Q1"].area == found["Gateshead", "FY2016-17-Q2"].area == "E08000037"


def test_a_figure_with_a_caveat_says_so_and_a_withheld_denominator_is_none(project: Project) -> None:
    found = project.taken(COVER, "mmr2-by-age-5")
    assert found["Merton", "FY2018-19-Q2"].note == "published with a data quality caveat (*)"
    assert found["England", "FY2023-24-Q4"].note == ""  # [z]: no caveat applies
    scilly = found["Isles of Scilly", "FY2015-16-Q1"]
    assert (said(scilly), scilly.denominator) == ("100", None)  # ** in the file


# Ofsted, and tables of no kind of their own


def test_areas_without_codes_are_found_by_name_and_two_of_one_name_by_the_day(project: Project) -> None:
    found = project.plan(project.put("ofsted_school_outcomes_by_la_2019_2023.csv"))
    rows = rows_of(found, "schools-good-or-outstanding-yearly")
    assert rows["Dorset", "2019-08-31"].area == "E06000059"
    assert {row.area for (name, _), row in rows.items() if name == "England"} == {"E92000001"}
    assert rows["London", "2023-08-31"].area == "E12000007"


def test_counts_of_several_school_types_are_added_up_and_the_share_is_derived(project: Project) -> None:
    row = project.taken("ofsted_school_outcomes_by_la_2019_2023.csv", "schools-good-or-outstanding-yearly")[
        "Merton", "2019-08-31"
    ]
    text = (FILES / "ofsted_school_outcomes_by_la_2019_2023.csv").read_text("utf-8")
    cells = [line.split(",") for line in text.splitlines() if line.startswith("2019,") and ",Merton," in line]
    good = sum(int(c[5]) + int(c[6]) for c in cells)
    inspected = sum(int(c[9]) for c in cells)
    assert len(cells) > 1
    assert (row.numerator, row.denominator, row.provenance) == (Decimal(good), Decimal(inspected), "derived")
    assert row.note == "schools of every type added up"


def test_a_table_of_areas_is_taken_for_the_period_that_the_mapping_chooses(project: Project) -> None:
    name = "ons_subnational_schools_good_outstanding_2022_2024.csv"
    found = project.taken(name, "schools-good-or-outstanding-yearly")
    assert {period for _, period in found} == {"2024-01-31"}
    assert b"Derby ," in (FILES / name).read_bytes()
    assert found["Derby", "2024-01-31"].area == "E06000015"


def test_judgements_become_figures_by_the_mapping_and_are_known_from_their_own_day(project: Project) -> None:
    found = project.taken("ilacs_latest_judgements_all_la.csv", "childrens-services-judgement-yearly")
    by_name = {name: row for (name, _), row in found.items()}
    cumberland = by_name["Cumberland"]  # with the code of Cumbria in the file
    assert cumberland.area == "E06000063"
    assert by_name["Dorset"].area == "E06000059"
    assert "Brent" not in by_name  # since 2026 no overall judgement
    assert said(by_name["Brighton and Hove"]) == "1"
    assert by_name["Brighton and Hove"].known_on == dt.date(2024, 5, 16)
    assert not by_name["Brighton and Hove"].assumed


def test_a_file_without_a_period_gets_it_from_its_mapping_and_rows_without_anything_are_passed_over(
    project: Project,
) -> None:
    project.mapping(
        "places",
        """\
id: places
title: School places scorecard
publisher: Department for Education
obtained: for a test
files:
  - pattern: "school_places_*.csv"
    kind: ofsted
    leave_out: {la_name: [England, ""]}  # nothing, and a total that is not called so
    period: 2019-08-31
    published: {months_after: 12}
    figures:
      - indicator: schools-good-or-outstanding-yearly
        numerator: [Qual_P_1_E, Qual_P_2_E]
        denominator: [Qual_P_1_E, Qual_P_2_E, Qual_P_3_E, Qual_P_4_E]
        decimals: 1
        unit: percent
        basis: snapshot
""",
    )
    name = "school_places_by_ofsted_rating_scorecard_2019.csv"
    found = project.taken(name, "schools-good-or-outstanding-yearly", name="places")
    assert set(found) == {("City of London", "2019-08-31"), ("Merton", "2019-08-31")}
    assert said(found["City of London", "2019-08-31"]) == "100.0"


def test_a_long_table_gives_the_measure_that_is_named(project: Project) -> None:
    project.mapping(
        "fingertips",
        """\
id: fingertips
title: Public health outcomes framework
publisher: Office for Health Improvement and Disparities
obtained: for a test
files:
  - pattern: "fingertips_*.csv"
    kind: long
    period: financial_year
    published: {months_after: 6}
    figures:
      - indicator: development-review-offered-yearly
        value: "Population vaccination coverage: MMR for two doses (5 years old)"
        unit: percent
        basis: period
""",
    )
    found = project.taken("fingertips_mmr_annual.csv", "development-review-offered-yearly", name="fingertips")
    assert said(found["Bromley", "FY2017-18"]) == "87.6"
    assert len(found) == 4
