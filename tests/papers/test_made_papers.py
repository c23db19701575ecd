"""Every made paper of the sample: HTML, Word, open data and notebook hold what the model holds, and nothing else."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import nbformat
import pytest

from scrutiny.paper.make import MADE, make
from scrutiny.paper.model import Cell, Figure, PaperModel, Paragraph, Table, json_schema
from tests.papers.reading import page, page_tables, plain, word_tables, word_text, words
from tests.sample import PAPERS

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.parametrize(("council", "date"), PAPERS, ids=[f"{c}-{d}" for c, d in PAPERS])
Made = Callable[[str, str], Path]


def read_model(folder: Path) -> PaperModel:
    return PaperModel.model_validate_json((folder / "paper.json").read_text("utf-8"))


def cell_text(cell: Cell) -> str:
    text = plain(cell.text) if cell.markdown else words(cell.text)
    return words(f"{text} {words(cell.note)}")


def blocks(model: PaperModel, kind: type) -> list:
    return [b for s in model.sections for b in s.blocks if isinstance(b, kind)]


def test_all_five_files_are_made_and_nothing_is_left_over(made: Made, council: str, date: str) -> None:
    there = {p.name for p in made(council, date).iterdir()}
    assert set(MADE) <= there <= {*MADE, "figures"}


def test_the_model_fits_its_published_schema(made: Made, council: str, date: str) -> None:
    document = json.loads((made(council, date) / "paper.json").read_text("utf-8"))
    published = json.loads((ROOT / "data/schemas/paper.schema.json").read_text("utf-8"))
    assert published == json_schema()
    jsonschema.Draft202012Validator(published).validate(document)
    assert document["summary"]["rated"] == sum(document["summary"]["counts"].values())


def test_the_model_that_the_notebook_carries_is_the_paper_model(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    notebook = nbformat.read(folder / "paper.ipynb", as_version=4)
    carried = notebook.cells[-1].outputs[-1]["data"]["application/vnd.scrutiny.paper+json"]
    assert carried == json.loads((folder / "paper.json").read_text("utf-8"))


def test_the_page_holds_every_paragraph_and_number(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    text = words(page(folder / "paper.html").text_content())
    for part in blocks(read_model(folder), Paragraph):
        assert f"{part.number} {plain(part.text)}".strip() in text


def test_the_word_file_holds_every_paragraph(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    text = word_text(folder / "paper.docx")
    for part in blocks(read_model(folder), Paragraph):
        assert plain(part.text) in text


def test_the_page_holds_every_cell_of_every_table(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    shown = page_tables(page(folder / "paper.html"))
    for table in blocks(read_model(folder), Table):
        assert shown[table.id] == [[cell_text(cell) for cell in row] for row in table.rows]


def test_the_word_file_holds_every_cell_of_every_table_in_order(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    shown = word_tables(folder / "paper.docx")
    wanted = [
        ([t.columns] if any(t.columns) else []) + [[cell_text(cell) for cell in row] for row in t.rows]
        for t in blocks(read_model(folder), Table)
    ]
    a_form = "t-front-sheet" in page_tables(page(folder / "paper.html"))
    front = [[line.label, plain(line.value)] for line in read_model(folder).front_sheet] if a_form else []
    assert shown == ([front] if front else []) + wanted


def test_ratings_carry_word_symbol_and_shading_in_both(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    model = read_model(folder)
    tree = page(folder / "paper.html")
    for view in model.summary.views:
        table = tree.get_element_by_id(f"t-{view}-indicators")
        heads = [words(head.text_content()) for head in table.findall(".//thead/tr/th")]
        rows = table.findall(".//tbody/tr")
        indicators = [i for i in model.indicators if i.view == view]
        for row, indicator in zip(rows, indicators, strict=True):
            cell = row.findall("td")[heads.index("Rating") - 1]
            assert words(cell.text_content()).startswith(f"{indicator.rating.symbol} {indicator.rating.word}")
            assert cell.get("class", "").startswith("rag-")


def test_every_picture_says_what_it_shows(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    model = read_model(folder)
    pictures = [f.picture for f in blocks(model, Figure)]
    pictures += [c.picture for t in blocks(model, Table) for row in t.rows for c in row if c.picture]
    alts = [image.get("alt") for image in page(folder / "paper.html").iter("img")]
    assert sorted(alts) == sorted(p.alt for p in pictures)
    assert all(re.search(r"\d", alt) and re.search(r"[A-Za-z]{3}", alt) for alt in alts)
    for picture in pictures:
        assert (folder / picture.src).is_file() and (folder / picture.src).with_suffix(".png").is_file()


def test_open_data_repeats_the_models_figures(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    model = read_model(folder)
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(max(1, len(i.benchmarks)) for i in model.indicators)
    by_key = {(i.view, i.id): i for i in model.indicators}
    for row in rows:
        indicator = by_key[row["view"], row["indicator"]]
        assert row["value"] == (indicator.outturn.value or "")
        assert row["rating"] == (indicator.rating.word if indicator.rating.origin else "")
        assert bool(row["not_rated"]) != bool(row["rating"])
        assert row["reason"] == indicator.reason


def test_the_page_is_one_file_that_asks_nothing_of_the_network(made: Made, council: str, date: str) -> None:
    text = (made(council, date) / "paper.html").read_text("utf-8")
    tree = page(made(council, date) / "paper.html")
    assert not list(tree.iter("script", "link", "iframe"))
    assert all(image.get("src", "").startswith("data:") for image in tree.iter("img"))
    assert not re.search(r"url\(\s*['\"]?(?!data:)", text)
    assert tree.get("lang") == "en-GB"
    assert len(list(tree.iter("h1"))) == 1


def test_no_time_path_or_random_id_stays_in_the_notebook(made: Made, council: str, date: str) -> None:
    folder = made(council, date)
    text = (folder / "paper.ipynb").read_text("utf-8")
    assert str(folder) not in text and str(ROOT) not in text and ".making-" not in text
    notebook = json.loads(text)
    assert "papermill" not in notebook["metadata"]
    assert all(set(cell["metadata"]) <= {"tags"} for cell in notebook["cells"])
    assert not re.search(r"\d{2}:\d{2}:\d{2}", text)


def test_the_same_inputs_give_the_same_bytes(made: Made, council: str, date: str, tmp_path: Path) -> None:
    first = made(council, date)
    make(ROOT, council, date, engine="pandoc", out=tmp_path)
    for path in sorted(p for p in first.rglob("*") if p.is_file()):
        assert (tmp_path / path.relative_to(first)).read_bytes() == path.read_bytes(), path.name
