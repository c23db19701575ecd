"""Notebooks as stored: worked examples with their outputs, the papers' notebooks clean and thin."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "notebooks" / "examples").glob("*.ipynb"))
TEMPLATES = sorted((ROOT / "notebooks").glob("*.ipynb"))
PARAMETERS = ["council", "meeting_date", "as_at", "out"]

MOST_CELLS = 20
MOST_LINES = 6
NOT_ARRANGEMENT = {
    *("FunctionDef", "AsyncFunctionDef", "ClassDef", "Lambda", "For", "While", "If", "IfExp"),
    *("With", "Try", "ListComp", "SetComp", "DictComp", "GeneratorExp"),
    *("BinOp", "BoolOp", "Compare"),
}
PATHS = re.compile(r"(?<![\w.])/(?:home|Users|root|tmp|work|var|opt|private)/|[A-Z]:\\\\")
TIMES = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[Any]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def name(path: Path) -> str:
    return path.stem


examples = pytest.mark.parametrize("path", EXAMPLES, ids=name)
templates = pytest.mark.parametrize("path", TEMPLATES, ids=name)


def test_there_are_notebooks_of_both_kinds() -> None:
    assert {p.stem for p in EXAMPLES} >= {"rating-an-outturn", "reading-direction-of-travel"}
    assert {p.stem for p in TEMPLATES} >= {"windsor-and-maidenhead", "bromley", "committee-paper"}


@examples
def test_every_code_cell_of_a_worked_example_has_its_count_in_order(path: Path) -> None:
    counts = [cell.execution_count for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1))


@examples
def test_every_code_cell_of_a_worked_example_but_the_imports_stores_an_output(path: Path) -> None:
    without = [cell.id for cell in code_cells(path) if not cell.outputs]
    assert without == ["imports"]


@examples
def test_a_worked_example_shows_text_and_markdown_only(path: Path) -> None:
    for cell in code_cells(path):
        for output in cell.outputs:
            assert output.output_type in {"stream", "display_data", "execute_result"}, cell.id
            assert output.get("name", "stdout") == "stdout", cell.id
            assert set(output.get("data", {})) <= {"text/plain", "text/markdown"}, cell.id


@examples
def test_a_worked_example_explains_itself_between_its_cells(path: Path) -> None:
    cells = read(path).cells
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert len([c for c in cells if c.cell_type == "markdown"]) >= len(code_cells(path)) / 2


@pytest.mark.parametrize("path", [*EXAMPLES, *TEMPLATES], ids=name)
def test_a_stored_notebook_holds_no_time_path_or_random_id(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not PATHS.search(text), PATHS.search(text)
    assert not TIMES.search(text), TIMES.search(text)
    notebook = read(path)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info == {"name": "python"}
    for cell in notebook.cells:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", cell.id), cell.id
        assert set(cell.metadata) <= {"tags"}, cell.id


@templates
def test_a_papers_notebook_is_stored_clean(path: Path) -> None:
    for cell in read(path).cells:
        assert cell.outputs == [], cell.id
        assert cell.execution_count is None, cell.id


@templates
def test_a_papers_notebook_has_one_cell_of_exactly_the_four_parameters(path: Path) -> None:
    tagged = [c for c in read(path).cells if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    body = ast.parse(tagged[0].source).body
    assert all(isinstance(line, ast.Assign) for line in body)
    assert [line.targets[0].id for line in body] == PARAMETERS
    assert [ast.literal_eval(line.value) for line in body[2:]] == [None, None]


@templates
def test_the_cell_after_the_parameters_hands_globals_to_one_call(path: Path) -> None:
    first, second = code_cells(path)[:2]
    assert "parameters" in first.metadata.tags
    assert second.source.split("\n\n") == [
        "from scrutiny import open_paper",
        "paper = open_paper(globals())",
    ]


@templates
def test_a_papers_notebook_is_arrangement_and_nothing_else(path: Path) -> None:
    cells = read(path).cells
    assert len(cells) <= MOST_CELLS
    for cell in cells:
        assert cell.cell_type == "code", f"{cell.id}: prose of a paper belongs in its settings"
        assert len(cell.source.splitlines()) <= MOST_LINES, cell.id
        for node in ast.walk(ast.parse(cell.source)):
            assert type(node).__name__ not in NOT_ARRANGEMENT, f"{cell.id}: {ast.unparse(node)}"
            assert not isinstance(node, ast.Import), cell.id
            if isinstance(node, ast.ImportFrom):
                assert node.module == "scrutiny", cell.id


@templates
def test_after_opening_each_cell_of_a_papers_notebook_is_one_call_of_the_paper(path: Path) -> None:
    for cell in code_cells(path)[2:]:
        (statement,) = ast.parse(cell.source).body
        assert isinstance(statement, ast.Expr), cell.id
        call = statement.value
        assert isinstance(call, ast.Call), cell.id
        assert isinstance(call.func, ast.Attribute), cell.id
        assert ast.unparse(call.func.value) == "paper", cell.id
        assert call.keywords == [], cell.id
        assert all(isinstance(a, ast.Constant) for a in call.args), cell.id
    assert code_cells(path)[-1].source == "paper.finish()"
