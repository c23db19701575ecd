"""Any other council by data and settings alone: three invented ones, unlike the four, and no code for any."""

from __future__ import annotations

import ast
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from lxml import etree

from scrutiny.paper.explained import explained
from scrutiny.paper.model import PaperModel, Paragraph, Table
from scrutiny.paper.proof import proof
from tests.papers.reading import page, page_tables, plain, word_tables, word_text, words

ROOT = Path(__file__).resolve().parents[2]
COUNCILS = Path(__file__).parent
NAMES = sorted(path.name for path in COUNCILS.iterdir() if (path / "data").is_dir())

Model = Callable[[str, str], PaperModel]
Made = Callable[[str, str], Path]

FOURFOLD = ("fourfold", "2026-07-23")
HOMES = ("samequarter", "2026-11-05")
AUDIT = ("samequarter", "2026-11-19")
TODATE = ("todate", "2026-11-12")
MADE = (FOURFOLD, HOMES, TODATE)


def section(model: PaperModel, name: str) -> list[str]:
    """What a section says: numbers and words of its paragraphs."""
    (found,) = [s for s in model.sections if s.id == name]
    paragraphs = [b for b in found.blocks if isinstance(b, Paragraph)]
    return [words(f"{b.number} {plain(b.text)}") for b in paragraphs]


def table(model: PaperModel, name: str) -> Table:
    (found,) = [
        b for s in model.sections for b in s.blocks if isinstance(b, Table) and b.id in (name, f"t-{name}")
    ]
    return found


def rating(model: PaperModel, number: str) -> tuple[str, str]:
    (found,) = [i for i in model.indicators if i.number == number and i.view == "current"]
    return found.rating.word, found.reason


# All three


@pytest.mark.parametrize("name", NAMES)
def test_an_invented_council_holds_settings_and_data_alone_and_says_that_it_is_invented(name: str) -> None:
    endings = {path.suffix for path in (COUNCILS / name).rglob("*") if path.is_file()}
    assert endings <= {".yml", ".csv", ".md"}
    council = yaml.safe_load(
        (COUNCILS / name / "data" / "councils" / name / "council.yml").read_text("utf-8")
    )
    assert council["invented"] is True and council["name"].endswith("(invented)")
    assert council["area"].startswith("X")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_it(name: str, project: Callable[[str], Path]) -> None:
    problems, papers = proof(project(name))
    assert problems == [] and papers >= 1


@pytest.mark.parametrize(("council", "date"), MADE)
def test_page_and_word_paper_say_what_the_model_says(
    council: str, date: str, made: Made, model_of: Model
) -> None:
    folder, model = made(council, date), model_of(council, date)
    shown = words(page(folder / "paper.html").find(".//main").text_content())
    typed = word_text(folder / "paper.docx")
    for part in model.sections:
        for block in part.blocks:
            if isinstance(block, Paragraph) and block.role in ("text", "item", "commentary"):
                assert plain(block.text) in shown
                assert plain(block.text) in typed
    (indicators,) = [t for t in word_tables(folder / "paper.docx") if t[0][0] == "No." and "Rating" in t[0]]
    ratings = [row[4] for row in page_tables(page(folder / "paper.html"))["t-current-indicators"]]
    assert [row[4] for row in indicators[1:]] == ratings
    assert [i.rating.word in cell for i, cell in zip(model.indicators, ratings, strict=True)].count(
        False
    ) == 0


# Four states with shapes, lettered recommendations, continuous numbers, its own words and colours


def test_four_states_have_the_shapes_and_words_of_the_council(model_of: Model) -> None:
    model = model_of(*FOURFOLD)
    found = [(i.number, i.rating.symbol, i.rating.word) for i in model.indicators]
    assert found == [
        ("A1", "★", "Soaring"),
        ("A2", "●", "Kept"),
        ("B1", "◆", "Slipping"),
        ("B2", "■", "Broken"),
        ("C1", "●", "Kept"),
    ]
    assert model.summary.counts == {"Soaring": 1, "Kept": 2, "Slipping": 1, "Broken": 1}
    assert rating(model, "A1")[1] == (
        "96% is 6 percentage points above the target of 90%, at least the 5 percentage points needed, so Soaring."
    )
    tally = table(model, "how-we-did-1")
    assert tally.caption == "Promises by rating, Q1 2026/27"
    assert [c.text for c in tally.rows[0]] == ["1", "2", "1", "1", "5"]


def test_recommendations_are_lettered_and_paragraphs_numbered_through(model_of: Model) -> None:
    model = model_of(*FOURFOLD)
    assert section(model, "what-we-ask") == [
        "The Panel is asked:",
        "A. to note that one of the five promises to residents is soaring, two promises are kept, "
        "one promise is slipping (within tolerance) and one promise is broken;",
        "B. to hear from the Performance Analyst on B1 and B2.",
    ]
    assert section(model, "how-we-did") == [
        "1. In April to June 2026 two of the five promises to residents are kept: A2 and C1.",
        "2. One promise is soaring: A1.",
    ]
    assert section(model, "money") == ["3. This paper costs nothing."]
    assert [s.title for s in model.sections][-1] == "Appendix 1: Every promise, Q1 2026/27"
    assert {s.number for s in model.sections} == {""}


def test_the_councils_colours_reach_page_and_word(made: Made) -> None:
    folder = made(*FOURFOLD)
    text = (folder / "paper.html").read_text("utf-8")
    assert text.count("--accent: #5B2A86;") == 2  # on a light screen, and on paper
    assert "--red: #7A1230; --red-fill: #FBD9E2;" in text
    with zipfile.ZipFile(folder / "paper.docx") as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
        document = archive.read("word/document.xml").decode()
    space = {"w": styles.nsmap["w"]}

    def of(style: str, path: str) -> list[str]:
        return styles.xpath(f"w:style[@w:styleId='{style}']/{path}", namespaces=space)  # type: ignore[no-any-return]

    assert of("Heading1", "w:rPr/w:color/@w:val") or of("Heading", "w:rPr/w:color/@w:val") == ["5B2A86"]
    assert of("RAGRed", "w:rPr/w:color/@w:val") == ["7A1230"]
    assert of("RAGRed", "w:pPr/w:shd/@w:fill") == ["FBD9E2"]
    assert 'w:fill="FBD9E2"' in document and 'w:fill="FAD3D9"' not in document


def test_a_council_without_colours_of_its_own_has_the_projects(made: Made) -> None:
    folder = made(*TODATE)
    assert "prefers-color-scheme: light" not in (folder / "paper.html").read_text("utf-8")
    with zipfile.ZipFile(folder / "paper.docx") as archive:
        assert b'w:fill="FFE4B3"' in archive.read("word/document.xml")


def test_a_councils_own_reference_document_is_taken(project: Callable[[str], Path], tmp_path: Path) -> None:
    """What a council changed in Word wins over its colours in council.yml."""
    from scrutiny.paper.render import render
    from tests.unit.sample_paper import write_notebook

    templates = project("fourfold") / "reports" / "templates"
    own = tmp_path / "own" / "reference.docx"
    own.parent.mkdir()
    with zipfile.ZipFile(templates / "reference.docx") as old, zipfile.ZipFile(own, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"FAD3D9", b"FFF0F0"))
    notebook = write_notebook(tmp_path / "work")
    for reference, fill in ((own, b"FFF0F0"), (tmp_path / "none.docx", b"FAD3D9")):
        render(
            notebook,
            tmp_path / "out",
            engine="pandoc",
            templates=templates,
            formats=("docx",),
            reference=reference,
        )
        with zipfile.ZipFile(tmp_path / "out" / "paper.docx") as archive:
            assert b'w:fill="' + fill + b'"' in archive.read("word/document.xml")


# Amber only where the figure improved on the same quarter last year; two front sheets; no numbers


def test_amber_depends_on_improvement_since_the_same_quarter_last_year(model_of: Model) -> None:
    model = model_of(*HOMES)
    assert [(i.number, i.rating.word) for i in model.indicators] == [
        ("1", "On target"),
        ("2", "On the way"),
        ("3", "Off target"),
        ("4", "On the way"),
        ("5", "Not rated"),
    ]
    assert rating(model, "2")[1] == (
        "77% is 3 percentage points short of the target of 80%, inside the 5-point tolerance and better than "
        "the same quarter last year, so On the way."
    )
    assert rating(model, "3")[1] == (
        "77% is 3 percentage points short of the target of 80% and inside the 5-point tolerance but the same as "
        "the same quarter last year, so Off target."
    )
    assert "that cannot be made" in rating(model, "5")[1]
    assert section(model, "summary") == [
        "One of the 5 measures is on target, two measures are on the way, one measure is off target "
        "and one measure is not rated."
    ]


def test_nothing_is_numbered_where_the_committee_numbers_nothing(model_of: Model) -> None:
    model = model_of(*HOMES)
    numbers = {b.number for s in model.sections for b in s.blocks if isinstance(b, Paragraph)}
    assert numbers | {s.number for s in model.sections} == {""}
    assert model.sections[-1].title.startswith("Appendix One: ")


def test_one_committee_has_a_form_as_front_sheet_and_the_other_lines(
    project: Callable[[str], Path], model_of: Model, made: Made
) -> None:
    from scrutiny.paper.build import Inputs, Paper

    form = Paper(Inputs(project(HOMES[0]), *HOMES), pictures=False).front_sheet().markdown
    lines = Paper(Inputs(project(AUDIT[0]), *AUDIT), pictures=False).front_sheet().markdown
    assert '<table class="front-sheet"' in form and "**Officer:**" not in form
    assert "<table" not in lines
    assert "**To:** The Audit Board" in lines and "**From:** Director of Everything" in lines
    assert "t-front-sheet" in page_tables(page(made(*HOMES) / "paper.html"))
    assert [(line.label, line.value) for line in model_of(*AUDIT).front_sheet][1] == (
        "Date",
        "19 November 2026",
    )


def test_a_paper_about_one_indicator_does_not_speak_of_one_of_one(model_of: Model) -> None:
    assert section(model_of(*AUDIT), "summary") == ["The only one of the measures is off target."]


# Year to date beside the quarter, profiles, forecasts, annual figures, a pair


def cells(model: PaperModel, number: str) -> list[str]:
    (row,) = [r for r in table(model, "current-indicators").rows if r[0].text == number]
    return [words(f"{cell.text} {cell.note}") for cell in row]


def test_the_year_to_date_stands_beside_the_quarter_and_is_not_rated(model_of: Model) -> None:
    model = model_of(*TODATE)
    assert cells(model, "1")[2] == "88% Jul–Sep 2026 880 of 1,000 91% year to date"
    assert rating(model, "1")[0] == "Amber"  # 91% would be Green
    assert cells(model, "4")[2] == "52,000 Jul–Sep 2026 102,000 year to date"
    assert cells(model, "5")[2] == "86% Jul–Sep 2026"


def test_a_figure_of_another_basis_is_told_where_no_framework_shows_it(
    project: Callable[[str], Path], tmp_path: Path
) -> None:
    root = tmp_path / "todate"
    shutil.copytree(project("todate"), root)
    framework = root / "data" / "councils" / "todate" / "frameworks" / "2026-27.yml"
    text = framework.read_text("utf-8")
    framework.write_text(text.replace("    beside: year_to_date\n", "", 1), "utf-8")
    problems, _ = proof(root)
    assert [(p.check, p.severity) for p in problems] == [("another-basis", "warning")]
    assert problems[0].where.endswith("outturns.csv, line 4, basis")


def test_quarter_position_year_end_target_and_forecast_are_kept_apart(
    model_of: Model, project: Callable[[str], Path]
) -> None:
    assert cells(model_of(*TODATE), "1")[3] == "90% year-end target 92%, forecast to be met"
    said = explained(project("todate"), *TODATE, "1")
    assert re.search(r"Beside it: +91% year to date\n", said)
    assert re.search(r"Target: +90%\n +Year end: +year-end target 92%, forecast to be met\n", said)


def test_a_count_of_the_year_to_date_is_rated_against_its_profile(model_of: Model) -> None:
    model = model_of(*TODATE)
    assert rating(model, "2") == (
        "Amber",
        "380 is 20 short of the target of 400 and inside the tolerance of 20% of the target (80), so Amber.",
    )
    assert cells(model, "2")[3] == "400 year-end target 1,000"


def test_an_annual_indicator_is_not_due_and_shows_its_last_figure(model_of: Model) -> None:
    model = model_of(*TODATE)
    assert rating(model, "7") == ("Not rated", "Not rated: no figure is due for this period.")
    assert cells(model, "7")[2] == "9,100 2025/26"


def test_context_is_measured_against_its_forecast_and_never_rated(model_of: Model) -> None:
    model = model_of(*TODATE)
    word, reason = rating(model, "3")
    assert word == "Not rated"
    assert reason.endswith("13,450 is outside the forecast range of 11,000 to 13,000, 450 above it.")
    assert rating(model, "4")[1].endswith("52,000 is exactly on the forecast of 52,000.")
    assert model.summary.not_rated == {"context": 2, "not_due": 1}


def test_a_pair_is_counted_once_by_the_worse_of_the_two(model_of: Model) -> None:
    model = model_of(*TODATE)
    assert [i.rating.word for i in model.indicators if i.number in ("5", "6")] == ["Green", "Amber"]
    assert [i.pair for i in model.indicators if i.number in ("5", "6")] == [
        "todate-plans-on-time",
        "todate-assessments-on-time",
    ]
    assert model.summary.counts == {"Green": 0, "Amber": 3, "Red": 0}
    assert section(model, "overview") == [
        "1.1 Three of the six indicators, a pair counted once, are above their floors "
        "and three indicators are not rated."
    ]
    ratings = table(model, "ratings-current")
    assert [words(f"{c.text} {c.note}") for c in ratings.rows[4]][1:] == ["", "", "● counted with 6", ""]
    assert [c.text for c in ratings.rows[-1]] == ["Total", "0", "3", "0", "3"]


# No code for any council


def in_code(path: Path) -> list[tuple[int, str]]:
    """What a module names and says, but for its docstrings: those give sources, and run nothing."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(child.value)
        for node in ast.walk(tree)
        if isinstance(node, documented)
        for child in node.body
        if isinstance(child, ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            found.append((node.lineno, node.value))
        elif isinstance(node, ast.Name):
            found.append((node.lineno, node.id))
    return found


def names_of_councils() -> set[str]:
    """Ids, names and their own words, of every council that the project or its tests know."""
    found = set()
    for path in [*ROOT.glob("data/councils/*/council.yml"), *COUNCILS.glob("*/data/councils/*/council.yml")]:
        council = yaml.safe_load(path.read_text("utf-8"))
        own = re.findall(r"[A-Z]\w+", council["short_name"])
        known = {council["id"], council["short_name"], *(word for word in own if word != "Central")}
        found |= {name.lower().removesuffix(" (invented)") for name in known}
        found |= {body.stem for body in path.parent.glob("committees/*.yml")}
    return found


def test_no_python_of_the_library_names_a_council() -> None:
    names = names_of_councils()
    assert {"bromley", "fourfold", "exampleshire"} <= names
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line}: {text[:60]}"
        for path in sorted((ROOT / "lib").rglob("*.py"))
        for line, text in in_code(path)
        if wanted.search(text)
    ]
    assert found == []


def test_a_council_named_in_code_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""Of Bromley."""\n\n\ndef a():\n    """As Bromley does."""\n    return "Bromley"\n', "utf-8"
    )
    assert in_code(module) == [(6, "Bromley")]
