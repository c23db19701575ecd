"""Beginning a council and a paper: valid at once, whole or not at all, and nothing is ever asked without a terminal."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from scrutiny.cli import main
from scrutiny.data import catalogue as catalogues
from scrutiny.paper.proof import proof

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, str, str]]

NEWSHIRE = ["new", "council", "Newshire's Council", "--area", "X99000009"]
NEWSHIRE += ["--committee", "Overview & Scrutiny Committee", "--year", "2026-27"]
FOLDER = "newshires-council"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that has nothing but the general notebook and the templates."""
    (tmp_path / "data" / "councils").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "committee-paper.ipynb", tmp_path / "notebooks")
    shutil.copytree(ROOT / "reports" / "templates", tmp_path / "reports" / "templates")
    monkeypatch.setenv("SCRUTINY_PROJECT", str(tmp_path))
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line as it is called: exit code, what it says, and what it says is wrong."""

    def called(*words: str, stdin: io.StringIO | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["scrutiny", *words])
        monkeypatch.setattr(sys, "stdin", stdin or io.StringIO())
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def tree(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in sorted(root.rglob("*"))
        if path.suffix in (".yml", ".csv", ".md")
    }


def exampleshire(root: Path) -> Path:
    """The invented council with its figures, in a project of its own."""
    for name in ("data/councils/exampleshire", "data/indicators", "reports/exampleshire"):
        shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True)
    return root / "reports" / "exampleshire"


# A council


def test_a_new_council_passes_its_check_and_its_first_paper_is_made_at_once(root: Path, run: Run) -> None:
    code, said, _ = run(*NEWSHIRE)
    assert code == 0
    assert len(said.splitlines()) == 8
    assert run("new", "paper", FOLDER, "2026-07-23", "--period", "FY2026-27-Q1")[0] == 0
    assert run("check") == (0, "No errors. 1 paper checked.\n", "")
    assert run("paper", FOLDER, "2026-07-23", "--engine", "pandoc")[0] == 0
    model = json.loads((root / "reports" / FOLDER / "2026-07-23" / "paper.json").read_text("utf-8"))
    assert model["council"]["name"] == "Newshire's Council"
    assert model["title"] == "Performance report, Q1 2026/27"
    assert model["summary"]["not_rated"] == {"no_outturn": 2}
    purpose = model["sections"][0]["blocks"][0]["text"]
    assert "All two indicators reported are not rated, see appendix A." in purpose


@pytest.mark.parametrize(
    ("scheme", "measure", "numbering"),
    [
        *product(("rag", "two", "four"), ("indicator",), ("section_paragraph",)),
        ("rag", "measure", "continuous"),
        ("two", "measure", "none"),
    ],
)
def test_every_choice_gives_a_sound_council(
    root: Path, run: Run, scheme: str, measure: str, numbering: str
) -> None:
    options = ["--scheme", scheme, "--measure", measure, "--numbering", numbering, "--invented"]
    options += ["--short-name", "New", "--region", 'The "new" region', "--id", "new"]
    options += ["--comparator", "england:E92000001:England", "--comparator", "region:X1:New: the region"]
    assert run(*NEWSHIRE, *options)[0] == 0
    assert run("new", "paper", "new", "2026-07-23", "--period", "FY2026-27-Q1")[0] == 0
    assert proof(root) == ([], 1)
    folder = catalogues.load(root).folder("new")
    council = folder.council.base
    assert (council.short_name, council.region, council.invented) == ("New", 'The "new" region', True)
    assert [(c.id, c.name) for c in council.comparators] == [
        ("england", "England"),
        ("region", "New: the region"),
    ]
    assert council.measure[0] == measure
    (made,) = folder.schemes.values()
    assert len(made.base.bands) == {"two": 2, "rag": 3, "four": 4}[scheme]
    (committee,) = folder.committees.values()
    assert (committee.base.numbering, committee.base.notebook) == (numbering, "committee-paper")


def test_every_file_says_what_it_is_for(root: Path, run: Run) -> None:
    run(*NEWSHIRE)
    files = {name: text for name, text in tree(root).items() if name.endswith(".yml")}
    assert len(files) == 7
    assert [name for name, text in files.items() if not text.startswith("# ")] == []
    for name, text in files.items():
        (schema,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", text, re.MULTILINE)
        assert (ROOT / name).parent.joinpath(schema).resolve().is_relative_to(ROOT / "data" / "schemas")
        assert (ROOT / "data" / "schemas" / Path(schema).name).is_file()


def test_a_figure_that_is_added_to_the_new_council_is_rated(root: Path, run: Run) -> None:
    run(*NEWSHIRE)
    rows = root / "data" / "councils" / FOLDER / "outturns.csv"
    row = (
        f"{FOLDER}-example-on-time,X99000009,FY2026-27-Q1,period,86,86,100,final,,2026-07-10,invented,test,\n"
    )
    rows.write_text(rows.read_text("utf-8") + row, "utf-8")
    run("new", "paper", FOLDER, "2026-07-23", "--period", "FY2026-27-Q1")
    commentary = tree(root)[f"reports/{FOLDER}/2026-07-23/commentary.md"]
    assert f"\n## {FOLDER}-example-on-time\n" in commentary
    assert "so Amber." in commentary
    assert f"{FOLDER}-example-days-to-answer" not in commentary


def test_without_a_terminal_nothing_is_asked_and_everything_that_is_missing_is_named(
    root: Path, run: Run
) -> None:
    before = tree(root)
    code, said, wrong = run("new", "council", "Newshire")
    assert (code, said) == (2, "")
    assert re.findall(r"^(--\w+) \[option\]$", wrong, re.MULTILINE) == ["--area", "--committee", "--year"]
    assert tree(root) == before


def test_at_a_terminal_it_asks_for_what_is_missing_alone(root: Path, run: Run) -> None:
    answers = Terminal("X99000009\nScrutiny Committee\n")
    code, said, _ = run("new", "council", "Newshire", "--year", "2026-27", stdin=answers)
    assert code == 0
    assert "Area code" in said and "Name of its committee" in said and "Financial year" not in said
    assert "data/councils/newshire/committees/scrutiny-committee.yml" in tree(root)


def test_every_option_that_cannot_be_so_is_listed_at_once(root: Path, run: Run) -> None:
    before = tree(root)
    words = [
        "new",
        "council",
        "!!!",
        "--area",
        " ",
        "--committee",
        "Panel",
        "--year",
        "2026",
        "--comparator",
        "x",
    ]
    code, _, wrong = run(*words)
    assert code == 2
    listed = re.findall(r"^(\S+) \[option\]$", wrong, re.MULTILINE)
    assert listed == ["--area", "--comparator", "--year", "NAME"]
    assert tree(root) == before


def test_a_council_that_is_there_is_left_as_it_is(root: Path, run: Run) -> None:
    run(*NEWSHIRE)
    before = tree(root)
    code, _, wrong = run(*NEWSHIRE, "--scheme", "two")
    assert code == 2 and "[already-there]" in wrong
    assert tree(root) == before


def test_nothing_is_left_of_a_council_that_could_not_be_written_whole(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, before = Path.open, sorted(root.rglob("*"))

    def full(self: Path, mode: str = "r", *more: object, **named: object) -> object:
        if mode == "x" and self.name == "outturns.csv":
            raise OSError(28, "No space left on device")
        return real(self, mode, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", full)
    code, said, wrong = run(*NEWSHIRE)
    assert (code, said) == (13, "") and "No space left on device" in wrong
    assert sorted(root.rglob("*")) == before


def test_a_name_that_would_break_its_file_is_refused_before_anything_is_written(root: Path, run: Run) -> None:
    before = tree(root)
    code, _, wrong = run("new", "council", "New\nshire: [", *NEWSHIRE[3:])
    assert code == 10 and "[not-yaml]" in wrong
    assert tree(root) == before


# A paper


def test_a_paper_begun_from_the_last_is_stepped_and_the_rest_stands_as_it_did(root: Path, run: Run) -> None:
    papers = exampleshire(root)
    code, said, notes = run("new", "paper", "exampleshire", "2026-07-16", "--from", "2026-06-18")
    assert code == 0 and len(said.splitlines()) == 2
    old = (papers / "2026-06-18" / "paper.yml").read_text("utf-8").splitlines()
    new = (papers / "2026-07-16" / "paper.yml").read_text("utf-8").splitlines()
    assert new[0].startswith("# Taken over from the paper of 18 June 2026")
    changed = [b for a, b in zip(old, new[1:], strict=True) if a != b]
    assert changed == [
        "meeting_date: 2026-07-16",
        "title: Performance up to May 2026",
        "reporting_period: 2026-05",
        "as_at: 2026-07-16",
        "  current: {framework: 2026-27, period: 2026-05}",
    ]
    assert "2026-27, 2026-04 → 2026-27, 2026-05" in notes
    found = proof(root, "exampleshire", "2026-07-16")[0]
    assert [p for p in found if p.severity == "error"] == []


def test_its_commentary_quotes_what_was_to_be_done_and_prints_nothing_of_it(root: Path, run: Run) -> None:
    papers = exampleshire(root)
    said = papers / "2026-06-18" / "commentary.md"
    name = "example-complaints-answered-on-time"
    action = "**Action:** Answers follow one agreed text--always.\n\n**By:** 2026-06\n\n"
    text = said.read_text("utf-8").replace(f"## {name}\n\n", f"## {name}\n\n{action}")
    said.write_text(text, "utf-8")
    rows = root / "data" / "councils" / "exampleshire" / "outturns.csv"
    row = f"{name},X99000001,2026-05,year_to_date,80.0,80,100,final,,2026-06-20,invented,test,\n"
    rows.write_text(rows.read_text("utf-8") + row, "utf-8")
    run("new", "paper", "exampleshire", "2026-07-16", "--from", "2026-06-18")
    commentary = (papers / "2026-07-16" / "commentary.md").read_text("utf-8")
    (comment,) = re.findall(rf"\n## {name}\n\n<!--\n(.*?)\n-->\n", commentary, re.DOTALL)
    about, action, *_, question = comment.splitlines()
    assert about.startswith("5.2 ") and "so Red." in about
    assert action == "Action of 18 June 2026: Answers follow one agreed text–always (by June 2026)."
    assert "**Done:**" in question
    assert "## section: equality" in commentary
    from scrutiny.writing.commentary import parse

    assert [part.paragraphs for part in parse(commentary).parts] == [()] * commentary.count("\n## ")


def test_the_year_turns_with_the_framework_that_there_is_for_it(root: Path, run: Run) -> None:
    run(*NEWSHIRE)
    run("new", "paper", FOLDER, "2027-05-20", "--period", "FY2026-27-Q4")
    command = ["new", "paper", FOLDER, "2027-07-20", "--from", "2027-05-20"]
    code, _, wrong = run(*command)
    assert code == 10 and "no framework of 'overview-scrutiny-committee' for Q1 2027/28" in wrong
    frameworks = root / "data" / "councils" / FOLDER / "frameworks"
    text = (frameworks / "2026-27.yml").read_text("utf-8").replace("2026-27", "2027-28")
    (frameworks / "2027-28.yml").write_text(text, "utf-8")
    assert run(*command)[0] == 0
    paper = tree(root)[f"reports/{FOLDER}/2027-07-20/paper.yml"]
    assert '  current: {framework: "2027-28", period: FY2027-28-Q1}' in paper
    assert 'title: "Performance report, Q1 2027/28"' in paper


def test_expected_dates_that_passed_and_posts_that_changed_hands_are_told(root: Path, run: Run) -> None:
    papers = exampleshire(root)
    code, _, notes = run(
        "new", "paper", "exampleshire", "2026-10-15", "--from", "2026-06-18", "--period", "2026-08"
    )
    assert code == 0
    assert "(warning) data/councils/exampleshire/unable-to-report.csv, line 3 [expected-date-passed]" in notes
    people = root / "data" / "councils" / "exampleshire" / "people.yml"
    before, after = (
        "known_on: 2025-09-01}",
        "known_on: 2025-09-01}\n      - {name: Kim Kept, known_on: 2026-09-01}",
    )
    people.write_text(people.read_text("utf-8").replace(before, after), "utf-8")
    settings = papers / "2026-06-18" / "paper.yml"
    settings.write_text(settings.read_text("utf-8").replace("wards: All", "wards: All (Sam Sample)"), "utf-8")
    _, _, notes = run(
        "new", "paper", "exampleshire", "2026-11-12", "--from", "2026-06-18", "--period", "2026-08"
    )
    assert "Director of People and Communities was Sam Sample, and is Kim Kept on the day" in notes
    assert "(warning) paper.yml [taken-over]\n  found:      Sam Sample, who was Director" in notes


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["2026-07-16"], 2, "--period"),
        (["16 July", "--period", "2026-05"], 2, "a meeting date such as"),
        (["2026-02-30", "--period", "2026-05"], 2, "a meeting date such as"),
        (["2026-07-16", "--period", "May"], 2, "--period"),
        (["2026-07-16", "--period", "2026-05", "--committee", "cabinet"], 2, "no committee 'cabinet'"),
        (["2026-07-16", "--period", "2031-05"], 10, "for May 2031"),
        (["2026-06-18", "--period", "2026-04"], 2, "it is there already"),
        (["2026-06-17", "--from", "2026-06-18"], 2, "not before 2026-06-17"),
        (["2026-07-16", "--from", "2026-06-19"], 12, "there is no date '2026-06-19'"),
    ],
)
def test_a_paper_that_cannot_be_begun_leaves_nothing(
    root: Path, run: Run, words: list[str], code: int, said: str
) -> None:
    exampleshire(root)
    before = sorted(root.rglob("*"))
    found, out, wrong = run("new", "paper", "exampleshire", *words)
    assert (found, out) == (code, "") and said in wrong
    assert sorted(root.rglob("*")) == before
