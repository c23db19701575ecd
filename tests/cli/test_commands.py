"""What the commands say: the list, the explanations, the schemas."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scrutiny import __version__
from scrutiny.paper.schemas import schema_texts
from tests.faults.project import ROOT, Project

RBWM = ("windsor-and-maidenhead", "2018-09-26")


def test_list_names_every_council_with_its_papers(both: Project) -> None:
    both.write("reports/bromley/2018-11-28/paper.yml", both.text("reports/bromley/2018-07-18/paper.yml"))
    run = both.run("list")
    assert run.code == 0
    assert run.out.splitlines() == [
        "bromley  2018-07-18, 2018-11-28  (London Borough of Bromley)",
        "windsor-and-maidenhead  2018-09-26  (Royal Borough of Windsor and Maidenhead)",
    ]


def test_list_says_which_council_has_no_papers_and_what_is_wrong(both: Project) -> None:
    both.path("reports/bromley").rename(both.root.parent / "elsewhere")
    both.edit("data/councils/windsor-and-maidenhead/council.yml", "region: South East", "regoin: South East")
    run = both.run("list")
    assert run.out == "bromley  no papers yet  (London Borough of Bromley)\n"
    assert (run.code, run.checks()) == (10, ["unknown-key"])


def explain(project: Project, council: str, date: str, number: str, *more: str) -> list[dict[str, list[str]]]:
    """The explanation's parts: for each view what stands behind each label."""
    run = project.run("explain", council, date, number, *more)
    assert (run.code, run.err) == (0, "")
    parts = []
    for text in run.out.rstrip("\n").split("\n\n"):
        first, *lines = text.split("\n")
        said: dict[str, list[str]] = {"": [first]}
        for line in lines:
            label, _, words = line[:16].strip(), "", line[16:]
            said.setdefault(label.rstrip(":") or "note", []).append(words)
        parts.append(said)
    return parts


def line_of(project: Project, where: str) -> str:
    """The line of a file that an explanation points to."""
    name, _, number = where.partition(", line ")
    return project.text(name).splitlines()[int(number) - 1]


def test_1_1_1_is_explained_in_both_views(both: Project) -> None:
    now, before = explain(both, *RBWM, "1.1.1")
    assert now[""][0].startswith("1.1.1 Percentage uptake of MMR2 vaccination (Second Dose) (")
    assert "Q1 2018/19; as at 26 September 2018" in now[""][0]
    assert now["Definition"][0].startswith("Children who reached their fifth birthday in the quarter")
    assert now["Figure"] == ["85.4% for January to March 2018, final"]
    row = line_of(both, now["Row"][0])
    assert row.startswith("mmr2-by-age-5,E06000040,FY2017-18-Q4,period,85.4,,459,final,Amber,2018-09-26")
    assert now["Target"] == ["90%†, tolerance 5 points†"]
    assert now["note"] == ["† illustrative, not published by the council"]
    assert now["Rating"] == ["◆ Amber (computed)"]
    assert now["Why"][0].startswith("85.4% is 4.6 percentage points short of the target of 90%")
    assert now["Published as"] == ["Amber"]
    assert "England 87.2% (Q4 2017/18)" in now["Benchmark"][0]
    assert "87.2" in line_of(both, now["Benchmark"][0].rpartition("; ")[2])
    assert before["Figure"] == ["not published for 2017/18, final"]
    assert before["Target"] == ["target not published"]
    assert before["Rating"] == ["◆ Amber (published)"]
    assert before["Why"] == ["The council published this rating, Amber; the figure itself was not published."]


def test_1_2_1_is_explained_in_both_views(both: Project) -> None:
    now, before = explain(both, *RBWM, "1.2.1")
    assert now["Figure"] == ["56% for April to June 2018, final"]
    assert now["Source"][0].startswith("the minutes of the meeting; ")
    assert line_of(both, now["Row"][0]).startswith("review-at-2-years,E06000040,FY2018-19-Q1,period,56,")
    assert now["Target"] == ["77%†, tolerance 5 points†"]
    assert now["Rating"] == ["■ Red (computed)"]
    assert now["Why"][0].startswith("56% is 21 percentage points short of the target of 77%")
    assert before["Figure"] == ["40.5% for 2017/18, revised"]
    row = line_of(both, before["Row"][0])
    assert row.startswith("review-at-2-years,E06000040,FY2017-18,period,40.5,,,revised,Red,2018-09-26")
    assert before["Target"] == ["77%, tolerance 5 points†"]
    assert before["Rating"] == ["■ Red (computed)"]
    assert before["Why"][0].startswith("40.5% is 36.5 percentage points short of the target of 77%")


def test_before_the_meeting_the_figure_of_the_earlier_minute_is_explained(both: Project) -> None:
    (before,) = explain(both, *RBWM, "1.2.1", "--as-at", "2018-07-31")
    assert "2017/18; as at 31 July 2018" in before[""][0]  # this year's framework was not known yet
    assert before["Figure"] == ["46.6% for 2017/18, final"]
    assert before["Known on"] == ["30 June 2018 (assumed)"]


def test_bromleys_16_is_explained(both: Project) -> None:
    (said,) = explain(both, "bromley", "2018-07-18", "16")
    assert "Children on a child protection plan for three months or more" in said["Definition"][0]
    assert said["Figure"] == ["94% for May 2018, final"]
    assert line_of(both, said["Row"][0]).startswith("cp-reviews-on-time,E09000006,2018-05,snapshot,94,")
    assert said["Target"] == ["95% to 100%, tolerance 5 points†"]
    assert said["Rating"] == ["◆ Amber (computed)"]
    assert said["Why"][0].startswith("94% is 1 percentage point short of the 95% to 100% range")
    assert said["Published as"] == ["Amber"]
    assert [line.partition(" (")[0] for line in said["Benchmark"]] == ["England 92%", "London 96%"]


def test_a_dagger_is_never_left_without_its_meaning(both: Project) -> None:
    for council, date, number in ((*RBWM, "1.1.1"), (*RBWM, "1.2.1"), ("bromley", "2018-07-18", "16")):
        for said in explain(both, council, date, number):
            if "†" in said["Target"][0]:
                assert said.get("note") == ["† illustrative, not published by the council"], said[""]


def test_an_indicator_is_found_by_its_id_too(both: Project) -> None:
    by_id = both.run("explain", "bromley", "2018-07-18", "cp-reviews-on-time")
    assert by_id.out == both.run("explain", "bromley", "2018-07-18", "16").out


def test_the_published_schemas_are_current(both: Project) -> None:
    (both.root / "data/schemas").mkdir()
    for path in (ROOT / "data/schemas").iterdir():
        both.write(f"data/schemas/{path.name}", path.read_bytes())
    run = both.run("schema", "--check")
    assert (run.code, run.err) == (0, ""), "run: scrutiny schema"


def test_schema_writes_what_is_missing_and_nothing_else(both: Project) -> None:
    run = both.run("schema")
    assert (run.code, len(run.out.splitlines())) == (0, len(schema_texts()))
    assert "written: data/schemas/indicator.schema.json" in run.out
    assert both.run("schema").out == ""
    assert both.run("schema", "--check").code == 0


def test_schema_check_goes_red_after_an_edit_and_writes_nothing(both: Project) -> None:
    both.run("schema")
    name = "data/schemas/indicator.schema.json"
    schema = json.loads(both.text(name))
    schema["properties"]["polarity"]["default"] = "high_is_good"
    both.write(name, json.dumps(schema, indent=2))
    run = both.run("schema", "--check")
    assert (run.code, run.checks()) == (10, ["schema"])
    assert (run.one("schema").where, run.one("schema").do) == (name, "run: scrutiny schema")
    assert json.loads(both.text(name)) == schema
    assert both.run("schema").out == f"written: {name}\n"
    assert both.run("schema", "--check").code == 0


def test_schemas_that_cannot_be_written_end_in_words(both: Project) -> None:
    both.write("data/schemas", "a file in the folder's place")
    run = both.run("schema")
    assert run.code == 13
    assert run.one("system").where == "schemas"


def test_execute_missing_leaves_what_is_there(both: Project) -> None:
    for name in ("bromley/2018-07-18", "windsor-and-maidenhead/2018-09-26"):
        both.write(f"reports/{name}/paper.ipynb", "executed before")
    before = both.files()
    run = both.run("execute", "--missing")
    assert (run.code, run.out) == (0, "")
    assert both.files() == before


# as the shell runs it


def shell(
    *words: str, project: Path | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "lib"), "PYTHONIOENCODING": "ascii"}
    environment.pop("SCRUTINY_PROJECT", None)
    if project:
        environment["SCRUTINY_PROJECT"] = str(project)
    command = [sys.executable, "-m", "scrutiny", *words]
    return subprocess.run(command, capture_output=True, env=environment, cwd=folder, check=False)


def test_the_shell_gets_the_exit_code_and_the_words(both: Project, tmp_path: Path) -> None:
    ended = shell("check", "bromly", project=both.root, folder=tmp_path)
    assert ended.returncode == 12
    assert ended.stdout == b""
    err = ended.stderr.decode()
    assert err.startswith("1 problem; nothing was made.\n\ncommand [unknown-council]\n")
    assert "what to do: did you mean 'bromley'?" in err
    assert "Traceback" not in err


def test_symbols_are_written_in_utf_8_whatever_the_terminal_says(both: Project, tmp_path: Path) -> None:
    ended = shell("explain", "bromley", "2018-07-18", "16", project=both.root, folder=tmp_path)
    assert ended.returncode == 0
    assert "◆ Amber (computed)" in ended.stdout.decode("utf-8")


def test_the_project_is_found_from_any_folder(tmp_path: Path) -> None:
    ended = shell("list", folder=tmp_path)
    assert ended.returncode == 0
    assert "windsor-and-maidenhead  2018-09-26" in ended.stdout.decode("utf-8")


def test_the_version_is_shown(both: Project) -> None:
    run = both.run("--version")
    assert (run.code, run.out) == (0, f"scrutiny {__version__}\n")


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]], ids=str)
def test_without_a_command_the_help_is_shown(words: list[str], both: Project) -> None:
    run = both.run(*words)
    assert run.code == (0 if words else 2)
    shown = run.out + run.err
    for name in ("list", "check", "paper", "explain", "schema", "execute"):
        assert f"\n  {name} " in shown


def test_a_paper_is_made_without_a_page_of_waived_findings(both: Project) -> None:
    run = both.run("paper", "bromley", "2018-07-18")
    assert (run.code, run.problems) == (0, [])
    assert run.err == "2 findings are waived, each with its reason: scrutiny check lists them.\n"
    assert "[off-cycle]" in both.run("check", "bromley", "2018-07-18").err
