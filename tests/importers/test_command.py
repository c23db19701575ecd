"""The command: what it shows, asks, prints and returns."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable

import pytest
import yaml

from scrutiny.cli import main
from scrutiny.data.importers.draft import blanks, filled
from scrutiny.data.importers.mapping import Mapping
from tests.importers.project import C4, D6, Project

Run = Callable[..., tuple[int, str, str]]
NEW = "ehc_assessments.csv"
TABLE = b"""area_code,period,indicator,value
E09000024,2018,Library visits per head,4.2
E92000001,2018,Library visits per head,3.9
"""
HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name"
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command as it is called, in the folder of the downloads: exit code, what it says, what is wrong."""
    monkeypatch.setenv("SCRUTINY_PROJECT", str(project.root))
    monkeypatch.chdir(project.downloads)

    def called(*words: str, answers: list[str] | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["scrutiny", "import", *words])
        typed = "".join(f"{answer}\n" for answer in answers or [])
        monkeypatch.setattr(sys, "stdin", Terminal(typed) if answers is not None else io.StringIO())
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


def test_an_import_shows_what_it_understood_and_what_it_adds(project: Project, run: Run) -> None:
    project.put(D6)
    code, said, wrong = run(D6)
    assert (code, wrong) == (0, "")
    for line in (
        f"{D6}: Explore Education Statistics, 40 rows",
        "  periods:     2014 to 2024 (Reporting year), 5 in all",
        "  areas:       1 National, 2 Regional, 6 Local authority",
        "  filter:      category: Child Protection Plans reviewed within timescales",
        "  indicator:   Reviewed_within_timescales_percent (64.4 to 99.2)",
        "  symbols:     c 12, z 6, u 3",
        "  mapping:     data/benchmarks/mappings/children-in-need.yml",
        f"  kept as:     data/sources/children-in-need/{D6}",
        "80 rows added.",
    ):
        assert line in said.splitlines() or line.partition(" (")[0] in said, line
    assert (
        "cp-reviews-on-time: Reviewed_within_timescales_percent, in percent; 2014-03-31 to 2024-03-31" in said
    )


def test_a_dry_run_shows_the_same_and_writes_nothing(project: Project, run: Run) -> None:
    project.put(D6)
    before = project.tree()
    code, said, _ = run(D6, "--dry-run")
    assert (code, project.tree()) == (0, before)
    assert "80 rows" in said and "Nothing was written: 80 rows would be added." in said
    assert "40 rows: 40 new" in said


def test_a_second_import_says_that_nothing_is_new(project: Project, run: Run) -> None:
    project.put(D6)
    run(D6)
    before = project.tree()
    code, said, _ = run(D6)
    assert code == 0
    assert said.endswith("Nothing is new: every figure is held already.\n")
    assert "40 rows: 0 new, 40 there already" in said
    assert project.tree() == before


def test_with_any_fault_nothing_is_written_and_the_exit_code_is_11(project: Project, run: Run) -> None:
    project.put("cover_mmr_5y_quarterly_all_la.csv")
    project.changed(D6, "161,132,82", "161,132,182")
    before = project.tree()
    code, _, wrong = run(D6, "cover_mmr_5y_quarterly_all_la.csv")
    assert code == 11
    assert f"{D6}, line " in wrong and "[not-plausible]" in wrong and "182%" in wrong
    assert project.tree() == before


def test_a_file_without_a_mapping_ends_in_words_and_a_mapping_to_be_filled_in(
    project: Project, run: Run
) -> None:
    project.put("visits.csv", TABLE)
    before = project.tree()
    code, said, wrong = run("visits.csv", "--as", "library-visits")
    assert code == 11
    assert "visits.csv [no-mapping]" in wrong
    assert "save what is printed above as data/benchmarks/mappings/library-visits.yml" in wrong
    printed = said[said.index("# yaml-language-server") :]
    draft = yaml.safe_load(printed)
    assert draft["id"] == "library-visits"
    (file,) = draft["files"]
    assert file["columns"] == {
        **{"area_code": "area_code", "measure": "indicator", "value": "value"},
        "period": ["period"],
    }
    assert file["figures"] == [
        {"indicator": None, "value": "Library visits per head", "unit": None, "basis": None}
    ]
    assert project.tree() == before


def test_the_printed_mapping_imports_the_file_once_it_is_filled_in(project: Project, run: Run) -> None:
    project.put("visits.csv", TABLE)
    _, said, _ = run("visits.csv", "--as", "library-visits")
    printed = said[said.index("# yaml-language-server") :].rstrip() + "\n"
    answers = {
        **{"title": "Library visits", "obtained": "made up for a test", "period": "financial_year"},
        **{"publisher": "Nobody", "months_after": "3", "indicator": "social-worker-caseload-yearly"},
        **{"unit": "average", "basis": "snapshot"},
    }
    text = filled(printed, {blank.line: answers[blank.key] for blank in blanks(printed)})
    Mapping.model_validate(yaml.load(text, yaml.BaseLoader))
    project.mapping("library-visits", text)
    code, said, _ = run("visits.csv")
    assert code == 0 and said.endswith("2 rows added.\n")
    (england, merton) = sorted(project.rows("library-visits.csv"), key=lambda r: r["area"], reverse=True)
    assert (merton["area_name"], merton["value"], merton["period"], merton["known_on"]) == (
        *("Merton", "4.2"),
        *("FY2017-18", "2018-06-30~"),
    )
    assert england["source"] == "sources/library-visits/visits.csv"


def test_at_a_terminal_it_asks_for_what_only_a_person_knows_and_keeps_the_answers(
    project: Project, run: Run
) -> None:
    project.put(NEW, _cut())
    answers = ["SEN2", "a test", "calendar_year", "6", "", "ehc-plans-on-time-yearly"]
    code, said, wrong = run(NEW, "--as", "ehc", answers=answers)
    assert (code, wrong) == (0, "")
    kept = yaml.safe_load((project.root / "data/benchmarks/mappings/ehc.yml").read_text("utf-8"))
    (file,) = kept["files"]
    assert (kept["title"], kept["publisher"], file["period"]) == (
        *("SEN2", "Department for Education"),
        "calendar_year",
    )
    assert file["published"] == {"months_after": 6}
    assert file["figures"] == [
        {
            **{"indicator": "ehc-plans-on-time-yearly", "value": "assess_issued_pc"},
            **{"unit": "percent", "basis": "period"},
        }
    ]
    assert said.endswith("2 rows added.\n")


def _cut() -> bytes:
    rows = [
        f"{HEAD},assess_in_year,assess_issued_pc",
        "2024,Calendar year,National,E92000001,England,,,,,,105340,93.6",
        "2024,Calendar year,Local authority,E92000001,England,E12000007,London,315,E09000024,Merton,310,95.1",
    ]
    return "\n".join(rows).encode() + b"\n"


def test_at_a_terminal_a_dry_run_asks_and_still_writes_nothing(project: Project, run: Run) -> None:
    project.put(NEW, _cut())
    before = project.tree()
    code, said, _ = run(
        NEW, "--as", "ehc", "--dry-run", answers=["SEN2", "a test", "calendar_year", "6", "", ""]
    )
    assert code == 11
    assert "data/benchmarks/mappings/ehc.yml, not written" in said
    assert project.tree() == before


def test_at_a_terminal_the_blanks_of_a_mapping_that_is_there_are_asked_for(
    project: Project, run: Run
) -> None:
    text = (project.root / "data/benchmarks/mappings/population.yml").read_text("utf-8")
    project.mapping("population", text.replace("    period: on 30 June\n", "    period:\n"))
    project.put("pop.csv", _population(), as_name="ons_mid-year_population_estimates_2012_to_2024.csv")
    code, _, wrong = run("ons_mid-year_population_estimates_2012_to_2024.csv", "--as", "population")
    assert code == 10
    assert re.search(r"mappings/population\.yml, line \d+, files\.0\.period", wrong)
    code, said, wrong = run(
        "ons_mid-year_population_estimates_2012_to_2024.csv", "--as", "population", answers=["on 30 June"]
    )
    assert (code, wrong) == (0, "")
    assert (project.root / "data/benchmarks/mappings/population.yml").read_text("utf-8") == text
    assert said.endswith("1 row added.\n")


def _population() -> bytes:
    row = "2024,Reporting year,National,E92000001,England,,,,,,Children aged 0 to 17 years,12183016"
    return f"{HEAD},age_group,population_estimate\n{row}\n".encode()


def test_a_mapping_that_stands_elsewhere_and_another_name_can_be_given(project: Project, run: Run) -> None:
    mapping = (project.root / "data/benchmarks/mappings/children-in-need-yearly.yml").read_text("utf-8")
    (project.downloads / "own.yml").write_text(mapping, encoding="utf-8")
    project.put(D6, as_name="d6_cpps_reviewed_within_timescales_cut.csv")
    code, said, _ = run(
        "d6_cpps_reviewed_within_timescales_cut.csv", "--mapping", "own.yml", "--as", "reviews"
    )
    assert code == 0
    assert (project.root / "data/benchmarks/reviews/cp-reviews-on-time-yearly.csv").exists()
    assert (project.root / "data/sources/reviews/d6_cpps_reviewed_within_timescales_cut.csv").exists()
    assert "mapping:     downloads/own.yml" in said


def test_a_download_under_a_name_of_its_own_finds_its_mapping_by_its_columns_once_it_is_named(
    project: Project, run: Run
) -> None:
    project.put(D6, as_name="download (3).csv")
    assert run("download (3).csv")[0] == 11
    code, said, _ = run("download (3).csv", "--as", "children-in-need")
    assert code == 0 and said.endswith("40 rows added.\n")
    project.put(C4, as_name="download (4).csv")
    code, said, _ = run("download (4).csv", "--as", "children-in-need")
    assert code == 0 and "    icpc-on-time: share of " in said


def test_a_date_that_is_none_is_wrong_use_of_the_command_line(project: Project, run: Run) -> None:
    project.put(D6)
    code, _, wrong = run(D6, "--published", "April 2025")
    assert code == 2 and "'April 2025' is not a date" in wrong


def test_the_note_says_in_the_origin_what_a_file_is(project: Project, run: Run) -> None:
    project.put(D6)
    run(D6, "--note", "rows cut: to a few, for a test")
    origin = yaml.safe_load((project.root / "data/sources/children-in-need/origin.yml").read_text("utf-8"))
    assert origin["files"][0]["note"] == "rows cut: to a few, for a test"
