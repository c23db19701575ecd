"""README, docs and codebook: their links lead somewhere, their commands and examples run, and they name everything."""

from __future__ import annotations

import ast
import csv
import io
import re
import shlex
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest
import typer
import yaml
from pydantic import BaseModel

import scrutiny.data.definitions
import scrutiny.data.frameworks
import scrutiny.data.glossary
import scrutiny.data.importers.mapping
import scrutiny.data.narrative
import scrutiny.data.schemes
import scrutiny.data.settings
import scrutiny.paper.model
from scrutiny import open_paper
from scrutiny.cli import app
from scrutiny.data.observations import ASPECTS, COMPARED, OUTTURN_COLUMNS, PROVENANCE, SYMBOLS
from scrutiny.errors import ExitCode
from scrutiny.figures import Unit
from scrutiny.paper.build import Paper
from scrutiny.paper.make import MADE
from scrutiny.paper.record import FIGURES_COLUMNS
from scrutiny.paper.schemas import SETTINGS
from scrutiny.writing.facts import IndicatorFacts

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "data" / "README.md"])
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
PARAMETERS = {"council", "meeting_date", "as_at", "out"}

WINDSOR = ("windsor-and-maidenhead", "2018-09-26")
BROMLEY = ("bromley", "2018-07-18")
MERTON = ("merton", "2019-02-13")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


pages = pytest.mark.parametrize("page", PAGES, ids=name_of)


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def blocks(page: Path, *languages: str) -> list[str]:
    """The fenced blocks of a page in one of some languages, without their indent."""
    found = []
    for indent, language, body in FENCE.findall(text_of(page)):
        if language in languages:
            found.append("".join(line.removeprefix(indent) for line in body.splitlines(True)))
    return found


def prose(page: Path) -> str:
    return FENCE.sub("", text_of(page))


def section(page: Path, heading: str) -> str:
    """What stands under a heading, up to the next of its level."""
    level = heading.split()[0]
    _, _, rest = text_of(page).partition(f"\n{heading}\n")
    assert rest, f"{name_of(page)} has no heading '{heading}'"
    return re.split(rf"\n{level} ", rest)[0]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as its viewers make them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def codes(text: str) -> set[str]:
    """Every word that stands inside `code`."""
    return {word for code in CODE.findall(text) for word in re.findall(r"[\w.+-]+", code)}


# Links


@pages
def test_every_link_leads_to_a_file_of_the_project(page: Path) -> None:
    linked: list[str] = LINK.findall(prose(page))
    if page.name == "methods.md":
        linked = [link for link in linked if not link.startswith("#")]
    for link in linked:
        if re.match(r"[a-z]+:", link):
            assert link.startswith("https://"), link
            continue
        target, _, anchor = unquote(link).partition("#")
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), f"{link} leads nowhere"
        assert file.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(file), f"{link}: there is no such heading"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name_of)
def test_every_link_of_a_notebook_leads_to_a_file_of_the_project(notebook: Path) -> None:
    for cell in nbformat.read(notebook, as_version=4).cells:
        for link in LINK.findall(cell.source) if cell.cell_type == "markdown" else []:
            assert (notebook.parent / link.partition("#")[0]).exists(), link


def test_the_index_lists_every_page() -> None:
    index = DOCS / "README.md"
    listed = {(DOCS / link).resolve() for link in LINK.findall(prose(index))}
    assert [name_of(p) for p in DOCS.rglob("*.md") if p != index and p not in listed] == []


def test_pictures_have_alternative_text_and_are_small() -> None:
    for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text_of(ROOT / "README.md")):
        assert len(alt) > 40, target
        assert (ROOT / target).stat().st_size < 200_000, target


def test_a_picture_of_a_finished_paper_stands_first_in_the_readme() -> None:
    assert text_of(ROOT / "README.md").split("\n\n")[1].startswith("![")


# Commands


def shell_lines(page: Path) -> list[str]:
    """Every command that a page shows: in blocks of shell, and as code in a sentence."""
    lines = [line for body in blocks(page, "sh") for line in body.replace("\\\n", " ").splitlines()]
    starts = ("scrutiny ", "make ", "papermill ")
    lines += [code for code in CODE.findall(prose(page)) if code.startswith(starts)]
    return [line.split("#")[0].strip() for line in lines if line.strip()]


def commands() -> dict[str, Any]:
    return typer.main.get_command(app).commands  # type: ignore[attr-defined,no-any-return]


def options(command: Any) -> list[str]:
    """The long options of a command and of those below it, its help left out."""
    below = getattr(command, "commands", {}).values()
    found = [o for c in (command, *below) for p in c.params for o in p.opts if o.startswith("--")]
    return [o for o in found if o != "--help"]


def check_scrutiny(words: list[str]) -> None:
    if words[:1] in (["COMMAND"], ["--version"]):
        return
    assert words[0] in commands(), f"there is no command '{words[0]}'"
    command = commands()[words[0]]
    if below := getattr(command, "commands", {}):
        assert words[1] in below, f"there is no command '{words[0]} {words[1]}'"
        command, words = below[words[1]], words[1:]
        if len(words) == 1:
            return
    named_alone = len(words) == 1 and words[0] in ("explain", "import", "restate", "restatements", "seal")
    if "--help" not in words and not named_alone:
        # Reads the words as the command line would, and runs nothing.
        command.make_context(words[0], list(words[1:]))


def check_make(words: list[str]) -> None:
    targets = re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE)
    wanted = [word for word in words if "=" not in word and word != "…"]
    assert set(wanted) <= set(targets), f"make has no {set(wanted) - set(targets)}"


def check_papermill(words: list[str]) -> None:
    notebook = ROOT / words[0]
    assert notebook in NOTEBOOKS, f"there is no {words[0]}"
    given = {words[i + 1] for i, word in enumerate(words) if word == "-p"}
    assert given <= PARAMETERS
    assert given


@pages
def test_every_command_that_is_shown_is_there(page: Path) -> None:
    checks = {"scrutiny": check_scrutiny, "make": check_make, "papermill": check_papermill}
    for line in shell_lines(page):
        program, *words = shlex.split(line)
        if check := checks.get(Path(program).name):
            check(words)


def test_shell_examples_are_found_where_they_are() -> None:
    assert "make paper" in shell_lines(ROOT / "README.md")
    assert any(line.startswith("papermill ") for line in shell_lines(ROOT / "README.md"))
    assert len([p for p in PAGES if shell_lines(p)]) > 5


@pages
def test_every_paper_that_a_command_names_is_there_or_is_the_one_the_how_to_makes(page: Path) -> None:
    made = {("exampleshire", "2026-07-16")}
    made |= {("newshire-council", date) for date in ("2026-07-23", "2026-10-22")}
    for line in shell_lines(page):
        for council, date in re.findall(r"([a-z-]+) (\d{4}-\d{2}-\d{2})(?= |$)", line):
            if line.startswith("scrutiny ") and not council.startswith("-"):
                there = (ROOT / "reports" / council / date / "paper.yml").exists()
                assert there or (council, date) in made, line


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_commands_page_has_every_command_with_every_option(name: str) -> None:
    body = section(DOCS / "commands.md", f"## scrutiny {name}")
    assert f"scrutiny {name}" in "\n".join(shell_lines(DOCS / "commands.md"))
    assert [o for o in options(commands()[name]) if f"`{o}" not in body] == []


def test_the_commands_page_names_no_command_or_option_that_is_not_there() -> None:
    page = DOCS / "commands.md"
    assert set(re.findall(r"^## scrutiny (\w+)$", text_of(page), re.MULTILINE)) == set(commands())
    known = {o for command in commands().values() for o in options(command)} | {"--version", "--help"}
    assert set(re.findall(r"--[a-z][a-z-]*", text_of(page))) <= known


def test_the_commands_page_has_the_exit_codes_that_there_are() -> None:
    listed = {int(n) for n in re.findall(r"^\| (\d+) \|", text_of(DOCS / "commands.md"), re.MULTILINE)}
    used = {
        ExitCode[name]
        for path in (ROOT / "lib").rglob("*.py")
        for name in re.findall(r"ExitCode\.([A-Z_]+)", text_of(path))
    }
    assert listed == {int(code) for code in used} | {int(ExitCode.OK), int(ExitCode.USAGE), 130}


def test_the_made_files_are_listed() -> None:
    for page in (ROOT / "README.md", DOCS / "commands.md"):
        assert [name for name in MADE if f"| `{name}` |" not in text_of(page)] == []


# Examples


@pages
def test_every_python_example_runs(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shared: dict[str, Any] = {}
    for body in blocks(page, "python"):
        with redirect_stdout(io.StringIO()) as said:
            exec(compile(body, name_of(page), "exec"), shared)
        if page.name == "README.md" and page.parent == ROOT:
            assert said.getvalue() in blocks(page, "text")


@pages
def test_every_example_of_settings_is_yaml(page: Path) -> None:
    for body in blocks(page, "yaml"):
        yaml.safe_load(body)


def test_the_schemes_and_indicators_of_the_how_to_pages_are_sound() -> None:
    (scheme, *_) = blocks(DOCS / "how-to" / "add-a-scheme.md", "yaml")
    scrutiny.data.schemes.Scheme.model_validate(yaml.load(scheme, yaml.BaseLoader))
    indicator, rows, *_ = blocks(DOCS / "how-to" / "add-an-indicator.md", "yaml")
    scrutiny.data.definitions.Indicator.model_validate(yaml.load(indicator, yaml.BaseLoader))
    for row in yaml.load(rows, yaml.BaseLoader):
        scrutiny.data.frameworks.Row.model_validate(row)
    (mapping,) = blocks(DOCS / "how-to" / "import-official-statistics.md", "yaml")
    read = scrutiny.data.importers.mapping.Mapping.model_validate(yaml.load(mapping, yaml.BaseLoader))
    (figure,) = read.files[0].figures
    definition = (ROOT / "data" / "indicators" / f"{figure.indicator}.yml").read_text("utf-8")
    assert yaml.safe_load(definition)["unit"] == figure.unit.value
    (rows, *_) = blocks(DOCS / "how-to" / "change-a-target.md", "yaml")
    for row in yaml.load(rows, yaml.BaseLoader):
        scrutiny.data.frameworks.Row.model_validate(row)


def test_the_rows_that_pages_show_have_every_column() -> None:
    rows = [row for page in PAGES for body in blocks(page, "csv") for row in csv.reader([body])]
    assert rows
    assert {len(row) for row in rows} == {len(OUTTURN_COLUMNS)}


# Templates


@cache
def paper_of(council: str, date: str) -> Paper:
    given = {"council": council, "meeting_date": date, "as_at": None, "out": None}
    return open_paper(given, ROOT)


def first_exception(paper: Paper) -> IndicatorFacts:
    view = paper.views["current"]
    return IndicatorFacts((view.exceptions or view.rows)[0], view)


def examples_of_templates() -> list[tuple[tuple[str, str], str, str]]:
    """Paper, template and what it prints, of each row of a table on the templates page."""
    found, paper = [], WINDSOR
    for line in text_of(DOCS / "templates.md").splitlines():
        if line.startswith("#"):
            paper = WINDSOR
        elif "Bromley's paper" in line:
            paper = BROMLEY
        elif "Merton's paper" in line:
            paper = MERTON
        cells = [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 3 and cells[1].startswith("`"):
            found.append((paper, cells[1].strip("`"), cells[2]))
    return found


@pytest.mark.parametrize(("paper", "template", "prints"), examples_of_templates())
def test_a_template_prints_what_the_page_says(paper: tuple[str, str], template: str, prints: str) -> None:
    made = paper_of(*paper)
    facts = {**made._parts.tokens["current"], "i": first_exception(made)}
    assert made._writer.fill(template, "docs", **facts) == prints


def public(thing: object) -> set[str]:
    return {name for name in dir(thing) if not name.startswith("_")}


def test_the_templates_page_names_everything_that_a_template_may_name() -> None:
    paper = paper_of(*WINDSOR)
    facts = paper._writer.facts
    current = facts["current"]
    names = set(facts) | set(facts["paper"]) | set(facts["committee"])
    names |= public(current) | public(current.period) | public(facts["previous_paper"])
    last = paper_of(*MERTON)._writer.facts["current"]
    for told in (current.retired, last.unable, last.restated):
        names |= (public(told) - public([])) | public(told[0])
    names |= public(first_exception(paper))
    names |= {f"council.{key}" for key in type(facts["council"]).model_fields}
    written = codes(prose(DOCS / "templates.md"))
    written |= {part for word in written for part in word.split(".")}
    assert sorted(names - written) == []


# The paper model and the open data


def test_the_page_on_the_paper_model_names_every_key() -> None:
    models = [m for m in vars(scrutiny.paper.model).values() if _is_model(m, scrutiny.paper.model)]
    keys = {key for model in models for key in model.model_fields}
    assert len(keys) > 60
    assert sorted(keys - codes(prose(DOCS / "paper-model.md"))) == []


def test_the_page_on_the_paper_model_has_the_columns_of_the_open_data_in_their_order() -> None:
    body = section(DOCS / "paper-model.md", "## Open data")
    listed = [code for code in CODE.findall(body) if code in FIGURES_COLUMNS]
    assert listed == list(FIGURES_COLUMNS)


# The codebook


def _is_model(thing: object, module: Any) -> bool:
    is_model = isinstance(thing, type) and issubclass(thing, BaseModel)
    return is_model and thing.__module__ == module.__name__


def settings_keys() -> set[str]:
    """Every key that a settings file may hold, as it is written there."""
    data = scrutiny.data
    modules = (data.definitions, data.frameworks, data.glossary, data.narrative, data.schemes, data.settings)
    modules += (data.importers.mapping,)
    models = [m for module in modules for m in vars(module).values() if _is_model(m, module)]
    written_as_text = {"Width"}
    return {
        field.alias or key
        for model in models
        if model.__name__ not in written_as_text
        for key, field in model.model_fields.items()
    }


def test_the_codebook_names_every_key_of_the_settings() -> None:
    keys = settings_keys()
    assert len(keys) > 90
    assert sorted(keys - codes(prose(ROOT / "data" / "README.md"))) == []


def test_every_settings_file_has_its_schema_in_the_codebook() -> None:
    text = text_of(ROOT / "data" / "README.md")
    assert [path for path in SETTINGS if f"`{path.removeprefix('data/')}`" not in text] == []


CSV_FILES = sorted((ROOT / "data").rglob("*.csv"))


@pytest.mark.parametrize("path", CSV_FILES, ids=name_of)
def test_the_codebook_names_every_column(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header = next(csv.reader(lines))
    written = prose(ROOT / "data" / "README.md")
    assert sorted(set(header) - codes(written) - set(CODE.findall(written))) == []


def test_the_codebook_has_the_symbols_provenance_words_and_units_that_there_are() -> None:
    text = text_of(ROOT / "data" / "README.md")

    def table(heading: str) -> dict[str, str]:
        rows = re.findall(r"^\| (`.+?) \| (.+?) \|", body_of(text, heading), re.MULTILINE)
        return {code: said for cell, said in rows for code in CODE.findall(cell)}

    assert table("### Symbols") == SYMBOLS
    assert table("### Provenance") == PROVENANCE
    assert set(table("### Units")) == {unit.value for unit in Unit}


def test_the_codebook_has_every_aspect_and_its_judgements() -> None:
    rows = re.findall(r"^\| (.+?) \| (`.+?) \|$", text_of(ROOT / "data" / "README.md"), re.MULTILINE)
    written = {what: tuple(CODE.findall(words)) for what, words in rows}
    assert {aspect: written[f"`{aspect}`"] for aspect in ASPECTS} == ASPECTS
    assert written["a comparator's id"] == COMPARED


def body_of(text: str, heading: str) -> str:
    return text.partition(f"\n{heading}\n")[2].partition("\n#")[0]


def test_every_folder_of_sources_has_its_licence_and_the_attribution_is_given() -> None:
    text = text_of(ROOT / "data" / "README.md")
    for origin in (ROOT / "data" / "sources").glob("*/origin.yml"):
        said = yaml.safe_load(text_of(origin))
        assert f"`sources/{origin.parent.name}/`" in text
        assert said["licence"] in text
        assert said["attribution"] in text
        assert said["attribution"] in " ".join(text_of(ROOT / "README.md").split())
        assert set(said) | {k for f in said["files"] for k in f} <= codes(text)


# The notebooks page


def test_the_notebooks_page_names_every_notebook_parameter_and_call() -> None:
    page = DOCS / "notebooks.md"
    linked = {(DOCS / link).resolve() for link in LINK.findall(prose(page))}
    assert [name_of(p) for p in NOTEBOOKS if p not in linked] == []
    assert codes(prose(page)) >= PARAMETERS
    calls = set()
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(notebook, as_version=4).cells:
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Attribute):
                    calls.add(ast.unparse(node))
    assert sorted(calls - codes(prose(page))) == []
