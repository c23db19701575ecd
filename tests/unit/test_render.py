"""Rendering one executed notebook: what pandoc reads, the HTML page, faults in plain words."""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from scrutiny.errors import ExitCode, ProblemError
from scrutiny.paper import render as rendering
from scrutiny.paper.page import finish_page
from scrutiny.paper.render import choose_engine, joined_markdown, render
from tests.unit.sample_paper import (
    CHART_ALT,
    FRONT,
    PAPER,
    TEMPLATES,
    TREND_ALT,
    write_notebook,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with paper.html and paper.docx, made by pandoc."""
    folder = tmp_path_factory.mktemp("paper")
    notebook = write_notebook(folder / "notebook")
    render(notebook, folder / "out", engine="pandoc", templates=TEMPLATES)
    return folder / "out"


@pytest.fixture(scope="module")
def page(made: Path) -> html.HtmlElement:
    return html.document_fromstring((made / "paper.html").read_text("utf-8"))


def problem_of(action, *args, **kwargs):
    """The one problem that the call stops with; it is one of rendering."""
    with pytest.raises(ProblemError) as caught:
        action(*args, **kwargs)
    assert caught.value.code is ExitCode.RENDERING
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


# What pandoc reads


def test_the_markdown_is_the_front_matter_and_then_what_each_cell_shows(tmp_path):
    text = joined_markdown(write_notebook(tmp_path / "n", ("First.", "Second.")))
    assert text == f"{FRONT}\n\nFirst.\n\nSecond.\n"


def test_lists_of_lines_are_joined_as_notebooks_store_them(tmp_path):
    notebook = write_notebook(tmp_path / "n", ("First.\n\nSecond.",))
    stored = json.loads(notebook.read_text("utf-8"))
    assert isinstance(stored["cells"][1]["outputs"][0]["data"]["text/markdown"], list)
    assert "First.\n\nSecond." in joined_markdown(notebook)


def test_a_notebook_that_was_not_executed_is_refused(tmp_path):
    assert "show nothing" in problem_of(joined_markdown, write_notebook(tmp_path / "n", ())).found


def test_a_notebook_without_front_matter_is_refused(tmp_path):
    notebook = write_notebook(tmp_path / "n", front="A paper")
    assert problem_of(joined_markdown, notebook).check == "front-matter"


def test_a_notebook_that_stopped_with_an_error_is_refused(tmp_path):
    notebook = write_notebook(tmp_path / "n")
    stored = json.loads(notebook.read_text("utf-8"))
    fault = {"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": []}
    stored["cells"][2]["outputs"].append(fault)
    notebook.write_text(json.dumps(stored), "utf-8")
    assert problem_of(joined_markdown, notebook).found == "KeyError: 'x'"


@pytest.mark.parametrize("content", [None, "", "[]", '{"cells": 3}'])
def test_what_is_not_a_notebook_is_refused(tmp_path, content):
    path = tmp_path / "paper.ipynb"
    if content is not None:
        path.write_text(content, "utf-8")
    assert problem_of(joined_markdown, path).check == "notebook"


# Which engine


def test_auto_takes_quarto_where_it_is_installed(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert choose_engine("auto").name == "quarto"
    assert choose_engine("pandoc").name == "pandoc"


def test_auto_takes_pandoc_where_quarto_is_not_installed(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    engine = choose_engine("auto")
    assert engine.name == "pandoc"
    assert engine.command.is_file()


def test_asking_for_quarto_where_it_is_not_installed_says_what_to_do(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "--engine pandoc" in problem_of(choose_engine, "quarto").do


def test_an_engine_that_there_is_not_is_refused():
    assert problem_of(choose_engine, "latex").found == "latex"


# The page


def test_the_page_is_in_british_english_and_has_its_title_once(page):
    assert page.get("lang") == "en-GB"
    assert [h.text_content() for h in page.iter("h1")] == ["Q1 2018/19 Performance Report"]
    assert page.findtext(".//title").endswith("Children's Scrutiny Panel")
    assert page.text_content().count("Q1 2018/19 Performance Report\n") == 1


def test_the_page_starts_with_a_document_type_that_quarto_keeps(made):
    assert (made / "paper.html").read_text("utf-8").startswith("<!DOCTYPE html>\n")


def test_the_page_has_its_landmarks_and_a_link_past_them(page):
    assert [len(page.xpath(f"//{name}")) for name in ("header", "nav", "main", "footer")] == [1] * 4
    assert page.find(".//nav").get("aria-labelledby") == "contents-title"
    first = page.xpath("//body//a")[0]
    assert first.get("class") == "skip"
    assert page.get_element_by_id(first.get("href")[1:]).tag == "main"


def test_the_meeting_and_the_period_stand_at_the_top(page):
    header = page.find(".//header").text_content()
    assert "Exampleshire · Children's Scrutiny Panel · 26 September 2018 · Part I" in header
    assert "April to June 2018, as known on 26 September 2018" in header


def test_headings_never_skip_a_level(page):
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_contents_list_names_every_section_and_leads_there(page):
    links = page.xpath("//nav//a")
    sections = page.xpath("//main//h2")
    assert [a.text_content() for a in links] == [h.text_content() for h in sections]
    ids = [element.get("id") for element in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    targets = [page.get_element_by_id(a.get("href")[1:]) for a in links]
    assert [t.find("h2").text_content() for t in targets] == [h.text_content() for h in sections]


def test_the_page_stands_alone(made, page):
    text = (made / "paper.html").read_text("utf-8")
    assert not page.xpath("//script|//link|//iframe|//object|//*[@onclick]")
    assert "@import" not in text
    assert "url(" not in text
    sources = page.xpath("//@src|//@srcset|//@data|//@poster")
    assert len(sources) == 6
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert page.xpath("//style")[0].text.strip() == (TEMPLATES / "paper.css").read_text().strip()


def test_pictures_have_their_alt_text_and_trends_their_width(page):
    assert page.xpath("//figure/img/@alt") == [CHART_ALT]
    trends = page.xpath("//td/img")
    assert {image.get("alt") for image in trends} == {TREND_ALT}
    assert {image.get("style") for image in trends} == {"width:2.5cm"}
    assert not page.xpath("//img[@width]")  # 2.5cm as an attribute is two pixels


def test_tables_keep_their_captions_row_headers_and_alignment(page):
    ratings = page.get_element_by_id("t-ratings")
    assert ratings.findtext("caption") == "Table 1: Q1 performance"
    assert [h.get("scope") for h in ratings.xpath(".//th")] == ["col"] * 3 + ["row"] * 2
    aligned = {cell.get("style") for cell in ratings.xpath(".//td|.//thead//th[position()>1]")}
    assert aligned == {"text-align:right"}


def test_wide_tables_scroll_by_themselves_and_can_be_reached_by_keyboard(page):
    for table in ("t-ratings", "t-indicators"):
        around = page.get_element_by_id(table).getparent()
        assert (around.get("role"), around.get("tabindex")) == ("region", "0")
        assert around.get("aria-label") == page.get_element_by_id(table).findtext("caption")


def test_a_rating_cell_says_its_word_and_symbol_in_bold(page):
    cells = page.xpath("//table[@id='t-indicators']//td[starts-with(@class, 'rag-')]")
    words = [cell.find("strong").text for cell in cells]
    assert words == ["◆ Amber", "● Green", "■ Red", "○ Not rated", "★ Exceeded"]


def test_an_exception_is_a_card_with_its_chart_beside_the_facts(page):
    card = page.get_element_by_id("x-1")
    assert card.tag == "article"
    assert page.get_element_by_id(card.get("aria-labelledby")).text_content().startswith("1.1.1")
    beside = card.xpath("./div[@class='beside']/*")
    assert [part.tag for part in beside] == ["figure", "table", "div"]
    assert "written to practices" in beside[2].text_content()
    assert [part.tag for part in beside[0]] == ["figcaption", "img"]


def test_apostrophes_stay_as_they_were_written(page):
    assert "The council's plan" in page.text_content()


def test_finishing_a_page_again_changes_nothing(made):
    text = (made / "paper.html").read_text("utf-8")
    assert finish_page(text, made, TEMPLATES) == text


def test_an_empty_caption_is_no_name_for_a_region(tmp_path):
    table = '<table class="plain">\n<caption></caption>\n<tr><td>x</td></tr>\n</table>'
    notebook = write_notebook(tmp_path / "n", (table,))
    render(notebook, tmp_path, engine="pandoc", templates=TEMPLATES, formats=("html",))
    assert 'aria-label="Table"' in (tmp_path / "paper.html").read_text("utf-8")


# Contrast, light and dark


def colours(css: str, dark: bool) -> dict[str, str]:
    blocks = re.findall(r":root \{([^}]*)\}", css)
    named = dict(re.findall(r"--([\w-]+): (#\w+)", blocks[0]))
    if dark:
        named.update(re.findall(r"--([\w-]+): (#\w+)", blocks[1]))
    return named


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_pair_of_text_and_ground_has_enough_contrast(dark):
    named = colours((TEMPLATES / "paper.css").read_text("utf-8"), dark)
    pairs = [(ink, ground) for ink in ("ink", "soft", "link", "accent") for ground in
             ("paper", "wash", "head")]  # fmt: skip
    pairs += [(word, f"{word}-fill") for word in ("green", "amber", "red", "blue", "grey")]
    low = [p for p in pairs if contrast(named[p[0]], named[p[1]]) < 4.5]
    assert low == []


def test_the_contrast_of_a_bad_pair_would_be_seen():
    assert contrast("#ffffff", "#777777") < 4.5 < contrast("#ffffff", "#767676")


# Both formats


def test_both_formats_are_written_and_named_in_order(made, tmp_path):
    assert sorted(path.name for path in made.iterdir()) == ["paper.docx", "paper.html"]
    notebook = write_notebook(tmp_path / "n")
    written = render(notebook, tmp_path / "o", engine="pandoc", templates=TEMPLATES, formats=("docx",))
    assert written == [tmp_path / "o" / "paper.docx"]


def test_the_same_notebook_gives_the_same_bytes_whatever_the_place_and_zone(made, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    notebook = write_notebook(tmp_path / "elsewhere" / "n")
    monkeypatch.chdir(tmp_path)
    render(notebook, tmp_path / "again", engine="pandoc", templates=TEMPLATES)
    for name in ("paper.html", "paper.docx"):
        assert (tmp_path / "again" / name).read_bytes() == (made / name).read_bytes()


def test_no_path_of_this_machine_is_in_the_page(made):
    text = (made / "paper.html").read_text("utf-8")
    assert not re.search(r'["\s(](/tmp|/home|/root|/Users|/var|[A-Z]:\\)', text)
    assert str(made.parent) not in text


# Faults


def test_a_figure_that_is_missing_is_named_before_anything_is_made(tmp_path):
    notebook = write_notebook(tmp_path / "n")
    (tmp_path / "n" / "figures" / "chart.svg").unlink()
    (tmp_path / "n" / "figures" / "spark.png").unlink()
    with pytest.raises(ProblemError) as caught:
        render(notebook, tmp_path / "out", engine="pandoc", templates=TEMPLATES)
    assert caught.value.code is ExitCode.RENDERING
    assert [p.where for p in caught.value.problems] == ["figures/spark.png", "figures/chart.svg"]
    assert not (tmp_path / "out").exists()


def test_word_needs_the_picture_that_html_does_without(tmp_path):
    notebook = write_notebook(tmp_path / "n")
    (tmp_path / "n" / "figures" / "chart.png").unlink()
    options = {"engine": "pandoc", "templates": TEMPLATES}
    assert render(notebook, tmp_path, formats=("html",), **options)
    problem = problem_of(render, notebook, tmp_path, formats=("docx",), **options)
    assert problem.where == "figures/chart.png"


@pytest.mark.parametrize("source", ["https://example.org/a.png", "data:image/png;base64,AA=="])
def test_a_picture_that_is_not_a_file_is_refused(tmp_path, source):
    notebook = write_notebook(tmp_path / "n", (f'<figure><img src="{source}" alt="x"></figure>',))
    problem = problem_of(render, notebook, tmp_path, engine="pandoc", templates=TEMPLATES)
    assert problem.check == "figure-file"


def test_what_pandoc_says_is_passed_on_in_its_own_words(tmp_path):
    notebook = write_notebook(tmp_path / "n", ('<div class="para">\n\nNever closed.\n',))
    problem = problem_of(render, notebook, tmp_path, engine="pandoc", templates=TEMPLATES)
    assert "Div" in problem.found
    assert "unclosed" in problem.found
    assert not (tmp_path / "paper.html").exists()


def test_a_missing_template_is_told_without_the_paths_of_this_machine(tmp_path):
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    (templates / "paper.lua").unlink()
    notebook = write_notebook(tmp_path / "n")
    problem = problem_of(render, notebook, tmp_path, engine="pandoc", templates=templates)
    assert "paper.lua" in problem.found
    assert str(tmp_path) not in str(problem)


def test_a_folder_that_cannot_be_written_is_told_in_plain_words(tmp_path):
    (tmp_path / "out").write_text("a file stands where the folder should", "utf-8")
    notebook = write_notebook(tmp_path / "n")
    problem = problem_of(render, notebook, tmp_path / "out", engine="pandoc", templates=TEMPLATES)
    assert problem.check == "folder"
    assert "cannot be written" in problem.found


def test_a_file_that_cannot_be_replaced_leaves_nothing_half_written(tmp_path):
    out = tmp_path / "out"
    (out / "paper.html").mkdir(parents=True)
    notebook = write_notebook(tmp_path / "n")
    problem = problem_of(render, notebook, out, engine="pandoc", templates=TEMPLATES)
    assert problem.where == "out/paper.html"
    assert [path.name for path in out.iterdir()] == ["paper.html"]


def test_a_pandoc_that_cannot_be_started_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "pandoc_command", lambda: tmp_path / "pandoc")
    notebook = write_notebook(tmp_path / "n")
    problem = problem_of(render, notebook, tmp_path, engine="pandoc", templates=TEMPLATES)
    assert "cannot be started" in problem.found


def test_a_format_that_there_is_not_is_refused(tmp_path):
    notebook = write_notebook(tmp_path / "n")
    problem = problem_of(render, notebook, tmp_path, templates=TEMPLATES, formats=("pdf",))
    assert problem.found == "pdf"


def test_front_matter_that_is_not_yaml_is_refused(tmp_path):
    notebook = write_notebook(tmp_path / "n", PAPER, "---\ntitle: [open\n---")
    problem = problem_of(render, notebook, tmp_path, engine="pandoc", templates=TEMPLATES)
    assert problem.check == "front-matter"


def test_the_page_shows_the_numbers_that_the_notebook_computed(page):
    shown = [span.text for span in page.xpath("//main//span[@class='num']")]
    assert shown == re.findall(r'<span class="num">(.*?)</span>', "\n".join(PAPER))
    assert "numbered" in page.get_element_by_id("b-6").classes
    assert "numbered" not in page.get_element_by_id("b-3").classes
