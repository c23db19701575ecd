"""What is wrong with a file or its mapping: each fault with its file and line, all at once, and nothing written."""

from __future__ import annotations

import pytest

from scrutiny.errors import ExitCode
from tests.importers.project import C4, COVER, D3, D6, FILES, LAIT, Project

_ROUNDED = "    rounded: {country: 10, region: 10, part: 10}\n"
MERTON_2018 = "Child Protection Plans reviewed within timescales,161,132,82"


def line_of(name: str, text: str) -> int:
    return (FILES / name).read_text("utf-8").splitlines().index(next(_lines(name, text))) + 1


def _lines(name: str, text: str):  # type: ignore[no-untyped-def]
    return (line for line in (FILES / name).read_text("utf-8").splitlines() if text in line)


def only(found: list[tuple[str, str, str]]) -> tuple[str, str, str]:
    """The one fault, however many mappings find it."""
    assert len({(check, where) for check, where, _ in found}) == 1, found
    return found[0]


def test_a_missing_column_is_named_with_what_it_may_be_called_now(project: Project) -> None:
    path = project.changed(D6, "Reviewed_within_timescales_percent", "Reviewed_on_time_percent")
    made = project.plan(path)
    problem = made.problems[0]
    assert (problem.check, problem.where) == ("missing-column", f"{D6}, line 1")
    assert problem.found == "there is no column 'Reviewed_within_timescales_percent'"
    assert problem.code is ExitCode.DATA
    assert made.added == 0


def test_a_renamed_column_is_suggested(project: Project) -> None:
    path = project.changed(D6, "Reviewed_within_timescales_percent", "Reviewed_within_timescale_percent")
    assert "did you mean 'Reviewed_within_timescale_percent'?" in project.plan(path).problems[0].do


def test_an_unknown_symbol_is_told_with_its_line_and_column(project: Project) -> None:
    path = project.changed(D6, MERTON_2018, MERTON_2018.replace(",82", ",~"))
    check, where, found = only(project.faults(path))
    line = line_of(D6, MERTON_2018)
    assert (check, found) == ("unknown-symbol", "'~'")
    assert where == f"{D6}, line {line}, Reviewed_within_timescales_percent"


def test_one_unknown_symbol_on_many_lines_is_told_once_with_their_number(project: Project) -> None:
    text = (FILES / D6).read_bytes().replace(b",c\r\n", b",..c\r\n")
    check, _, found = only(project.faults(project.put(D6, text)))
    assert (check, found) == ("unknown-symbol", "'..c' (and on 3 more lines)")


def test_a_symbol_that_the_mapping_names_is_known(project: Project) -> None:
    for name in ("children-in-need", "children-in-need-yearly"):
        project.mapping_changed(name, _ROUNDED, _ROUNDED + '    symbols: {"~": k}\n')
    path = project.changed(D6, MERTON_2018, MERTON_2018.replace(",132,82", ",~,~"))
    assert project.faults(path) == []


@pytest.mark.parametrize(("figure", "wrong"), [("100", False), ("100.1", True), ("0", False), ("-0.1", True)])
def test_a_percentage_may_lie_on_the_edge_of_its_range_and_not_beyond(
    project: Project, figure: str, wrong: bool
) -> None:
    spoilt = MERTON_2018.replace("161,132,82", f"c,c,{figure}")
    faults = project.faults(project.changed(D6, MERTON_2018, spoilt))
    assert [check for check, *_ in faults] == (["not-plausible"] * 2 if wrong else [])
    if wrong:
        assert faults[0][1] == f"{D6}, line {line_of(D6, MERTON_2018)}"


def test_a_count_below_zero_and_a_numerator_above_its_denominator_are_refused(project: Project) -> None:
    path = project.changed(D6, MERTON_2018, MERTON_2018.replace("161,132,82", "131,132,82"))
    assert {check for check, *_ in project.faults(path)} == {"numerator-above-denominator"}
    path = project.changed(D6, MERTON_2018, MERTON_2018.replace("161,132,82", "161,-1,82"))
    assert "not-plausible" in {check for check, *_ in project.faults(path)}


def test_where_many_percentages_are_not_what_their_counts_make_the_columns_are_wrong(
    project: Project,
) -> None:
    project.mapping_changed(
        "children-in-need-yearly", "numerator: [rereferral_count]", "numerator: [no_further_action_count]"
    )
    project.mapping_changed(
        "children-in-need-yearly", "numerator: [Reviewed_within_timescales]", "numerator: [CPP_At31_3Months]"
    )
    faults = project.faults(project.put(D6))
    assert {check for check, *_ in faults} == {"share-differs-from-counts"}
    assert len(faults) > 5


def test_an_unknown_area_is_told_once_with_its_line(project: Project) -> None:
    path = project.changed(D6, "315,E09000024,Merton", "399,E09000099,Mertown")
    check, where, found = only(project.faults(path))
    assert check == "unknown-area"
    assert where == f"{D6}, line {line_of(D6, 'E09000024')}, geographic_level"
    assert found.startswith("'E09000099, 399, Mertown' is no area that is known")


def test_a_code_number_and_name_of_different_areas_are_refused(project: Project) -> None:
    path = project.changed(D6, "315,E09000024,Merton", "315,E09000006,Merton")
    check, _, found = only(project.faults(path))
    assert check == "areas-disagree"
    assert "E09000006 is Bromley; 315 is Merton; Merton is Merton" in found


def test_a_row_with_figures_and_no_area_is_refused(project: Project) -> None:
    path = project.changed(LAIT, "RevCP,2018,315,Merton", "RevCP,2018,,")
    assert only(project.faults(path))[0] == "unknown-area"


def test_two_rows_for_one_area_and_period_are_told_with_what_they_differ_in(project: Project) -> None:
    text = (project.root / "data/benchmarks/mappings/children-looked-after.yml").read_text("utf-8")
    filtered = "        where:\n          population_type: Children looked after on 31 March each year\n"
    project.mapping("children-looked-after", text.replace(filtered, ""))
    faults = project.faults(project.put("cla_number_and_rate_per_10k_children.csv"))
    assert {check for check, *_ in faults} == {"duplicate-row"}
    assert "population_type: 'Children ceasing to be looked after each year'" in faults[0][2]
    assert "the first is line " in faults[0][2]


def test_a_label_that_is_no_period_is_told_with_its_line(project: Project) -> None:
    path = project.changed(LAIT, "RevCP,2018,315", "RevCP,0,315")
    check, where, found = only(project.faults(path))
    assert (check, found) == ("wrong-period", "'0' is not a year")
    assert where == f"{LAIT}, line {line_of(LAIT, 'RevCP,2018,315')}, Years"


def test_rows_of_such_a_label_can_be_left_out_by_the_mapping(project: Project) -> None:
    project.mapping_changed("lait", "    kind: lait\n", '    kind: lait\n    leave_out: {Years: "0"}\n')
    assert project.faults(project.changed(LAIT, "RevCP,2018,315", "RevCP,0,315")) == []


def test_a_period_of_which_no_day_of_publication_is_known_is_told(project: Project) -> None:
    for name in ("children-in-need", "children-in-need-yearly"):
        project.mapping_changed(name, "      months_after: 8\n", "")
    check, _, found = project.faults(project.put(D6))[0]
    assert (check, found) == ("unknown-publication-date", "no day is stated for '2024' (and on 7 more lines)")


def test_a_filter_value_that_the_edition_calls_something_else_leaves_no_row(project: Project) -> None:
    path = project.changed(
        "cla_number_and_rate_per_10k_children.csv",
        "Children looked after on 31 March each year",
        "Children looked after at 31 March",
    )
    check, _, found = project.faults(path)[0]
    assert check == "no-rows"
    assert "population_type = Children looked after on 31 March each year" in found


def test_a_long_file_may_hold_some_of_the_measures_and_that_is_said(project: Project) -> None:
    made = project.plan(project.put(LAIT))
    (warning,) = [p for p in made.problems if p.check == "no-rows"]
    assert warning.severity == "warning"
    assert warning.found.startswith("no row for 34 of the 38 measures of the mapping: CIN, CPP_Num")


def test_a_long_file_with_none_of_the_measures_is_refused(project: Project) -> None:
    text = (FILES / LAIT).read_text("utf-8")
    spoilt = "".join(f"Other {line}" if i else line for i, line in enumerate(text.splitlines(keepends=True)))
    assert {check for check, *_ in project.faults(project.put(LAIT, spoilt.encode()))} == {"no-rows"}


def test_a_row_with_too_few_cells_is_told_with_its_line_even_behind_a_cell_of_two_lines(
    project: Project,
) -> None:
    text = (FILES / COVER).read_text("utf-8")
    first, second, *rest = text.splitlines(keepends=True)
    broken = (
        first + second.replace("Halton", '"Hal\nton"', 1) + rest[0].replace(",,", ",", 1) + "".join(rest[1:])
    )
    faults = project.faults(project.put(COVER, broken.encode()))
    assert ("wrong-number-of-cells", f"{COVER}, line 4", "9 cells") in faults


@pytest.mark.parametrize(
    ("data", "check"),
    [
        (b"", "empty-file"),
        (b"PK\x03\x04rest", "not-utf-8"),
        (b"\xd0\xcf\x11\xe0rest", "not-utf-8"),
        ("a,b\n1,2\n".encode("utf-16"), "not-utf-8"),
        (b"a,b\n\xe9,2\n", "not-utf-8"),
        (b"a;b\n1;2\n", "not-csv"),
        (b"area_code,period,value,value\n", "duplicate-column"),
        (b'area_code,period,value\n"E0,2018,1\n', "not-csv"),
        (b"colour,taste\nred,sweet\n", "unknown-kind"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_words(project: Project, data: bytes, check: str) -> None:
    faults = project.faults(project.put("something.csv", data))
    assert [c for c, *_ in faults] == [check]


def test_a_file_that_is_not_there_is_told(project: Project) -> None:
    assert project.faults(project.downloads / "gone.csv")[0][0] == "unreadable-file"


def test_every_fault_of_every_file_is_told_at_once(project: Project) -> None:
    first = project.changed(D6, MERTON_2018, MERTON_2018.replace(",82", ",~"))
    second = project.changed(C4, "E09000024,Merton", "E09000099,Mertown")
    third = project.put("empty.csv", b"")
    assert {check for check, *_ in project.faults(first, second)} == {"unknown-symbol", "unknown-area"}
    assert {check for check, *_ in project.faults(first, third)} == {
        "empty-file"
    }  # what cannot be read, first


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("unit: percent", "unit: count", "unit-differs"),
        ("indicator: cp-reviews-on-time\n", "indicator: cp-reviews-in-time\n", "unknown-indicator"),
        ("basis: snapshot", "basis: on the day", "wrong-value"),
        ("kind: ees", "kind: excel", "wrong-value"),
        ("period: on 31 March", "period: on 31 Smarch", "wrong-value"),
        ("months_after: 8", "months_later: 8", "unknown-key"),
        ("denominator: [CPP_At31_3Months]", "add_up: [category]", "wrong-value"),
        ("id: children-in-need", "id: children-in-needs", "id-differs-from-file"),
    ],
)
def test_a_mapping_that_is_wrong_is_told_with_its_line(
    project: Project, old: str, new: str, check: str
) -> None:
    text = (project.root / "data/benchmarks/mappings/children-in-need.yml").read_text("utf-8")
    project.mapping("children-in-need", text.replace(old, new, 1))
    made = project.plan(project.put(D6))
    found = [p for p in made.problems if p.severity == "error"]
    assert check in {p.check for p in found}
    assert all(p.where.startswith("data/benchmarks/mappings/children-in-need.yml, line ") for p in found)
    assert {p.code for p in found} == {ExitCode.DEFINITIONS}


def test_a_file_of_names_without_its_figures_is_told(project: Project) -> None:
    assert project.faults(project.put("SEN2_MI_2014_2018.meta.csv"))[0][0] == "meta-without-data"


def test_rows_about_schools_and_several_authorities_together_are_left_out_and_counted(
    project: Project,
) -> None:
    text = (FILES / D6).read_text("utf-8")
    line = next(_lines(D6, MERTON_2018))
    school = line.replace("Local authority", "School")
    both = line.replace(
        "315,E09000024,Merton", "314 / 318,E09000021 / E09000027,Kingston upon Thames / Richmond upon Thames"
    )
    made = project.plan(project.put(D6, (text + school + "\r\n" + both + "\r\n").encode()))
    assert [p for p in made.problems] == []
    for part in made.files[0].parts:
        assert part.converted.left_out == {"rows of other kinds of area": 2}


def test_the_off_percentages_of_a_real_file_are_only_told(project: Project) -> None:
    assert project.faults(project.put(D3)) == []
