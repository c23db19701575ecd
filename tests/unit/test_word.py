"""The Word paper: native numbers, tables, colours, pictures, pages, and nothing of this machine."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree, html

from scrutiny.paper.reference_doc import build_reference
from scrutiny.paper.reference_styles import RATING_COLOURS
from scrutiny.paper.render import render
from scrutiny.paper.word import finish_word
from scrutiny.paper.word_xml import pack
from tests.unit.sample_paper import CHART_ALT, FRONT, TALLY, TEMPLATES, TREND_ALT, write_notebook
from tests.unit.test_render import contrast

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    notebook = write_notebook(folder / "notebook")
    render(notebook, folder / "out", engine="pandoc", templates=TEMPLATES)
    return folder / "out"


@pytest.fixture(scope="module")
def paper(made: Path):
    return docx.Document(str(made / "paper.docx"))


def word_of(folder: Path, shown: tuple[str, ...], front: str = FRONT, templates: Path = TEMPLATES):
    notebook = write_notebook(folder / "notebook", shown, front)
    render(notebook, folder, engine="pandoc", templates=templates)
    return docx.Document(str(folder / "paper.docx"))


def squeeze(text: str) -> str:
    return " ".join(text.split())


# Numbers as Word shows them


class Numbers:
    """What Word counts: a small reader of numbering.xml and of the styles that use it."""

    def __init__(self, document) -> None:
        self.styles = {s.get(W + "styleId"): s for s in document.styles.element.iter(W + "style")}
        root = document.part.numbering_part.element
        self.abstracts = {a.get(W + "abstractNumId"): a for a in root.iter(W + "abstractNum")}
        self.lists = {n.get(W + "numId"): n for n in root.findall(W + "num")}
        self.counts: dict[str, list[int]] = {}
        self.started: set[str] = set()

    def of(self, paragraph) -> str:
        """The number in front of the paragraph, or nothing."""
        number, level = self._place(paragraph)
        if number in (None, "0"):
            return ""
        abstract = self.lists[number].find(W + "abstractNumId").get(W + "val")
        levels = self.abstracts[abstract].findall(W + "lvl")
        counts = self.counts.setdefault(abstract, [0] * 9)
        if self.lists[number].find(W + "lvlOverride") is not None and number not in self.started:
            counts[:] = [0] * 9
        self.started.add(number)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        text = levels[level].find(W + "lvlText").get(W + "val")
        for other in range(level + 1):
            form = levels[other].find(W + "numFmt").get(W + "val")
            text = text.replace(f"%{other + 1}", self._written(counts[other], form))
        return text

    def _place(self, paragraph) -> tuple[str | None, int]:
        direct = paragraph._p.find(f"{W}pPr/{W}numPr")
        if direct is not None:
            level = direct.find(W + "ilvl")
            return direct.find(W + "numId").get(W + "val"), int(level.get(W + "val"))
        style = paragraph.style.style_id
        while style:
            found = self.styles[style].find(f"{W}pPr/{W}numPr/{W}numId")
            if found is not None:
                return found.get(W + "val"), self._linked(found.get(W + "val"), style)
            base = self.styles[style].find(W + "basedOn")
            style = None if base is None else base.get(W + "val")
        return None, 0

    def _linked(self, number: str, style: str) -> int:
        """Word finds the level of a style's number by the style that the level names."""
        if number == "0":
            return 0
        abstract = self.lists[number].find(W + "abstractNumId").get(W + "val")
        named = {
            level.find(W + "pStyle").get(W + "val"): int(level.get(W + "ilvl"))
            for level in self.abstracts[abstract].findall(W + "lvl")
        }
        return named[style]

    @staticmethod
    def _written(count: int, form: str) -> str:
        if form == "lowerRoman":
            return ["", "i", "ii", "iii", "iv", "v"][count]
        return chr(64 + count) if form == "upperLetter" else str(count)


def numbered_in_word(document) -> list[tuple[str, str]]:
    numbers = Numbers(document)
    shown = [(numbers.of(p), squeeze(p.text)) for p in document.paragraphs]
    return [(number, text) for number, text in shown if number and number != "•"]


def numbered_on_page(path: Path) -> list[tuple[str, str]]:
    page = html.document_fromstring(path.read_text("utf-8"))
    found = []
    for span in page.xpath("//main//span[@class='num']"):
        whole = squeeze(span.getparent().text_content())
        found.append((span.text, whole.removeprefix(span.text).strip()))
    return found


def test_word_counts_the_numbers_that_the_page_shows(made, paper):
    numbered = numbered_in_word(paper)
    assert numbered == numbered_on_page(made / "paper.html")
    assert [number for number, _ in numbered] == [
        "1.", "2.", "1.", "i)", "ii)", "2.", "2.1", "2.2", "2.3", "2.4",
        "1.", "2.", "1.", "A.", "3.", "3.1",
    ]  # fmt: skip


def test_the_numbers_are_words_own_and_not_typed(paper):
    assert not [p.text for p in paper.paragraphs if re.match(r"(\d+\.|i+\))", p.text)][1:]


def test_paragraphs_numbered_through_the_paper(tmp_path):
    shown = tuple(
        f'## {title}\n\n<div class="para">\n\n<span class="num">{n}.</span> Text {n}\n\n</div>\n\n'
        f'<div class="para">\n\n<span class="num">{n + 1}.</span> Text {n + 1}\n\n</div>'
        for n, title in ((1, "Corporate"), (3, "Background"))
    )
    document = word_of(tmp_path, shown)
    assert numbered_in_word(document) == [(f"{n}.", f"Text {n}") for n in (1, 2, 3, 4)]
    assert numbered_in_word(document) == numbered_on_page(tmp_path / "paper.html")


def test_a_committee_may_write_its_numbers_with_or_without_a_stop(tmp_path):
    shown = (
        '## <span class="num">1</span> Purpose\n\n'
        '<div class="para">\n\n<span class="num">1.1.</span> Text\n\n</div>',
    )
    document = word_of(tmp_path, shown)
    assert numbered_in_word(document) == [("1", "Purpose"), ("1.1.", "Text")]


def test_lists_start_again_where_the_paper_starts_them_again(tmp_path):
    item = '<div class="item decimal">\n\n<span class="num">{}.</span> Text\n\n</div>'
    document = word_of(tmp_path, tuple(item.format(n) for n in (1, 2, 3, 1, 2, 1)))
    shown = [number for number, _ in numbered_in_word(document)]
    assert shown == ["1.", "2.", "3.", "1.", "2.", "1."]


def test_a_number_that_word_cannot_count_stays_in_the_text(tmp_path):
    shown = ('<div class="para">\n\n<span class="num">B/7</span> Text\n\n</div>',)
    assert "B/7 Text" in [p.text for p in word_of(tmp_path, shown).paragraphs]


# Headings and words


def test_the_title_stands_there_once(paper):
    titles = [p for p in paper.paragraphs if p.text == "Q1 2018/19 Performance Report"]
    assert [p.style.name for p in titles] == ["Title"]
    assert [p.style.name for p in paper.paragraphs[:3]] == ["Title", "Subtitle", "Period Line"]


def test_sections_are_words_first_level(paper):
    headings = [(p.style.name, p.text) for p in paper.paragraphs if "Heading" in p.style.name]
    assert headings == [
        ("Heading 1 Unnumbered", "Report summary"),
        ("Heading 1", "Recommendations"),
        ("Heading 1", "Reasons"),
        ("Heading 2", "Options"),
        ("Heading 2 Numbered", "Commentary on exceptions"),
        ("Heading 1 Unnumbered", "Customer impact"),
        ("Heading 2", "Policy"),
        ("Heading 2", "Financial"),
        ("Heading 1", "Risk"),
        ("Heading 1 Appendix", "Appendix A: Performance"),
        ("Heading 2", "Exceptions"),
        ("Heading 3", "1.1.1 Uptake ◆ Amber"),
    ]


def test_every_heading_style_has_its_outline_level(paper):
    def level(style) -> int:
        found = style.element.find(f"{W}pPr/{W}outlineLvl")
        return level(style.base_style) if found is None else int(found.get(W + "val"))

    for style in paper.styles:
        if style.name.startswith("Heading ") and style.type == 1:
            assert level(style) == int(style.name[8]) - 1


def test_the_same_words_stand_in_both_formats_in_the_same_order(made, paper):
    page = html.document_fromstring((made / "paper.html").read_text("utf-8"))
    for number in page.xpath("//main//span[@class='num']"):
        number.drop_tree()
    for caption in page.xpath("//main//table[@class='front-sheet' or @class='facts']/caption"):
        caption.drop_tree()  # shown to screen readers alone, as the table's title in Word is
    for line_end in page.xpath("//main//br"):
        line_end.tail = " " + (line_end.tail or "")
    on_page = squeeze(" ".join(page.find(".//main").itertext()))
    body = paper.element.body
    pieces = []
    for paragraph in body.iter(W + "p"):
        pieces.append("".join(t.text or " " for t in paragraph.iter(W + "t", W + "br")))
    in_word = squeeze(" ".join(pieces[3:]))
    assert re.sub(r"\W", "", in_word) == re.sub(r"\W", "", on_page)


def test_lists_notes_and_leads_have_their_styles(paper):
    styles = {p.text: p.style.name for p in paper.paragraphs}
    assert styles["Healthy residents"] == "List Bullet"
    assert styles["† is illustrative."] == "Note"
    assert styles["The service has written to practices."] == "Body Text"
    assert [s for s in styles.values() if s in ("Compact", "First Paragraph")] == []


# Tables


def tables_of(document) -> dict[str, object]:
    return {table.style.name: table for table in document.tables}


def test_tables_are_native_with_a_style_for_each_kind(paper):
    assert [table.style.name for table in paper.tables] == [
        "TableFrontSheet", "TableTally", "TableRatings", "TableIndicators", "TableFacts",
    ]  # fmt: skip


def test_header_rows_repeat_and_no_row_is_split(paper):
    for table in paper.tables:
        marks = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
        has_header = table.style.name in ("TableTally", "TableRatings", "TableIndicators")
        assert marks == [has_header] + [False] * (len(marks) - 1)
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)


def test_the_first_column_is_marked_and_every_table_described(paper):
    described = {}
    for name, table in tables_of(paper).items():
        look = table._tbl.tblPr.find(W + "tblLook")
        assert look.get(W + "firstColumn") == "1"
        described[name] = table._tbl.tblPr.find(W + "tblDescription").get(W + "val")
    assert described["TableRatings"] == "Columns: Measure, Red, Green. 2 rows."
    assert described["TableFacts"] == "Rows: Outturn, Target."


def test_a_front_sheet_has_its_caption_as_title_alone(paper):
    table = tables_of(paper)["TableFrontSheet"]
    assert table._tbl.tblPr.find(W + "tblCaption").get(W + "val") == "Front sheet"
    assert "Front sheet" not in [p.text for p in paper.paragraphs]


def test_header_rows_are_filled_with_the_colour_of_their_table_style(paper):
    fill = paper.styles["Table"].element.find(f".//{W}tblStylePr/{W}tcPr/{W}shd").get(W + "fill")
    for name in ("TableRatings", "TableIndicators"):
        table = tables_of(paper)[name]
        shades = [c._tc.tcPr.find(W + "shd").get(W + "fill") for c in table.rows[0].cells]
        assert shades == [fill] * len(shades)


def test_captions_stand_above_their_tables_and_keep_with_them(paper):
    for name in ("TableTally", "TableRatings", "TableIndicators"):
        above = tables_of(paper)[name]._tbl.getprevious()
        while above.tag != W + "p":
            above = above.getprevious()
        assert above.find(f"{W}pPr/{W}pStyle").get(W + "val") == "TableCaption"
    assert paper.styles["Table Caption"].paragraph_format.keep_with_next


def test_figures_are_aligned_to_the_right(paper):
    for name, columns in (("TableRatings", (1, 2)), ("TableIndicators", (2,))):
        for row in tables_of(paper)[name].rows:
            for number, cell in enumerate(row.cells):
                if not cell.text:
                    continue
                expected = "right" if number in columns else None
                found = cell.paragraphs[0]._p.find(f"{W}pPr/{W}jc")
                assert (None if found is None else found.get(W + "val")) == expected


def shades_of(document) -> dict[str, str]:
    table = tables_of(document)["TableIndicators"]
    cells = [row.cells[3] for row in table.rows[1:]]
    return {cell.paragraphs[0].style.name: cell._tc.tcPr.find(W + "shd").get(W + "fill") for cell in cells}


def test_rating_cells_are_shaded_in_the_colour_of_their_style(paper):
    expected = {f"RAG {word}": fill for word, (_, fill) in RATING_COLOURS.items()}
    assert shades_of(paper) == expected
    ratings = tables_of(paper)["TableIndicators"].columns[3].cells
    assert [cell.text for cell in ratings][1:] == [
        "◆ Amber", "● Green", "■ Red", "○ Not rated\nno target", "★ Exceeded",
    ]  # fmt: skip


def test_a_council_changes_the_colour_in_the_document(tmp_path):
    templates = tmp_path / "templates"
    templates.mkdir()
    for path in TEMPLATES.iterdir():
        if path.is_file():
            (templates / path.name).write_bytes(path.read_bytes())
    with zipfile.ZipFile(templates / "reference.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = RATING_COLOURS["Green"][1].encode()
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(old, b"00FF00")
    (templates / "reference.docx").write_bytes(pack(parts))
    notebook = write_notebook(tmp_path / "notebook")
    render(notebook, tmp_path, engine="pandoc", templates=templates)
    assert shades_of(docx.Document(str(tmp_path / "paper.docx")))["RAG Green"] == "00FF00"


@pytest.mark.parametrize("word", RATING_COLOURS)
def test_a_rating_is_readable_on_its_colour(word):
    assert contrast(*RATING_COLOURS[word]) >= 4.5


def test_columns_fill_the_page_that_they_stand_on(paper):
    portrait = Cm(21 - 2 * 2.2).twips
    landscape = Cm(29.7 - 2 * 2.2).twips
    for table in paper.tables:
        wide = table.style.name == "TableIndicators"
        total = sum(int(c.get(W + "w")) for c in table._tbl.tblGrid)
        assert abs(total - (landscape if wide else portrait)) <= 4
        for row in table._tbl.iter(W + "tr"):
            sizes = [int(w.get(W + "w")) for w in row.iter(W + "tcW")]
            assert sum(sizes) == total
    grid = [int(c.get(W + "w")) for c in tables_of(paper)["TableIndicators"]._tbl.tblGrid]
    assert [round(width / sum(grid), 2) for width in grid] == [0.1, 0.4, 0.15, 0.15, 0.2]


def test_text_after_a_table_stands_clear_of_it(paper):
    after = next(p for p in paper.paragraphs if p.text == "The table holds every measure.")
    assert after.paragraph_format.space_before.pt == 8


# Pictures


def test_the_only_description_of_a_picture_is_its_alt_text(paper):
    body = paper.element.body
    shown = list(body.iter(qn("wp:docPr")))
    assert [p.get("descr") for p in shown] == [TREND_ALT] * 5 + [CHART_ALT]
    assert [p.get("id") for p in shown] == ["1", "2", "3", "4", "5", "6"]
    assert {tuple(p.attrib) for p in shown} == {("descr", "id", "name")}
    for inner in body.iter(qn("pic:cNvPr")):
        assert sorted(inner.attrib) == ["id", "name"]
        assert re.fullmatch(r"Picture \d", inner.get("name"))


def test_quartos_own_word_for_alt_text_reaches_word_too(tmp_path):
    picture = '![](figures/chart.svg){fig-alt="What the chart says"}'
    document = word_of(tmp_path, (f"Text with {picture} in it.",))
    shown = next(document.element.body.iter(qn("wp:docPr")))
    assert shown.get("descr") == "What the chart says"


def test_pictures_are_png_and_fit_their_cell_or_page(made, paper):
    with zipfile.ZipFile(made / "paper.docx") as archive:
        media = [name for name in archive.namelist() if "media/" in name]
    assert media
    assert all(name.endswith(".png") for name in media)
    for picture in paper.element.body.iter(qn("wp:inline")):
        width = int(picture.find(qn("wp:extent")).get("cx")) / 635
        cell = next(picture.iterancestors(W + "tc"), None)
        room = 9412 if cell is None else int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w"))
        assert 0 < width <= room


def test_a_trend_too_wide_for_its_cell_is_made_to_fit_in_proportion(tmp_path):
    table = (
        '<table class="plain" id="t">\n<caption></caption>\n<colgroup><col style="width:5%">'
        '<col style="width:95%"></colgroup>\n<tbody><tr><td><img src="figures/spark.svg" alt="x" '
        'width="2.5cm"></td><td>y</td></tr></tbody>\n</table>'
    )
    document = word_of(tmp_path, (table,))
    extent = next(document.element.body.iter(qn("wp:extent")))
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    assert width == (471 - 160) * 635
    assert height == pytest.approx(width * 70 / 400, rel=0.01)


def test_a_chart_stands_under_its_caption(paper):
    texts = [p.text for p in paper.paragraphs]
    caption = next(i for i, text in enumerate(texts) if text.startswith("Uptake is short"))
    assert paper.paragraphs[caption].style.name == "Image Caption"
    assert paper.paragraphs[caption + 1].style.name == "Figure"
    assert paper.styles["Image Caption"].paragraph_format.keep_with_next


# Pages


def test_the_paper_is_a4_and_only_the_wide_table_lies_on_its_side(paper):
    sizes = [(s.orientation, s.page_width.twips, s.page_height.twips) for s in paper.sections]
    upright = (WD_ORIENT.PORTRAIT, 11906, 16838)
    assert sizes == [upright, (WD_ORIENT.LANDSCAPE, 16838, 11906), upright]
    assert {s.left_margin.twips for s in paper.sections} == {1247}  # 2.2 cm
    assert {s.right_margin.twips for s in paper.sections} == {1247}


def test_the_wide_page_starts_with_its_heading_and_ends_before_the_next(paper):
    pages: list[list[str]] = [[]]
    for block in paper.element.body:
        pages[-1].append("".join(t.text or "" for t in block.iter(W + "t")))
        if block.find(f"{W}pPr/{W}sectPr") is not None:
            pages.append([])
    wide = [text for text in pages[1] if text]
    assert wide[0] == "Appendix A: Performance"
    assert wide[-1] == "† is illustrative."
    assert next(text for text in pages[2] if text) == "Exceptions"


def wide(rows: int) -> str:
    body = "\n".join("<tr><td>x</td><td>y</td></tr>" for _ in range(rows))
    return (
        '<table class="indicators">\n<caption>All</caption>\n<colgroup><col style="width:50%">'
        '<col style="width:50%"></colgroup>\n<thead><tr><th scope="col">A</th>'
        f'<th scope="col">B</th></tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
    )


def test_a_wide_table_at_the_end_leaves_no_empty_page(tmp_path):
    document = word_of(tmp_path, ("## One\n\nText.", f"## Two\n\n{TALLY}\n\n{wide(4)}"))
    assert [s.orientation for s in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    last = document.element.body.find(f"{W}p/{W}pPr/{W}sectPr").getparent().getparent()
    assert "".join(t.text for t in last.iter(W + "t")) == "Text."  # the tally moves along


def test_a_table_of_a_few_rows_is_not_worth_turning_the_page(tmp_path):
    document = word_of(tmp_path, (f"## One\n\n{wide(3)}",))
    assert [s.orientation for s in document.sections] == [WD_ORIENT.PORTRAIT]


def test_every_page_but_the_first_has_the_title_above_and_each_its_number(paper):
    for number, section in enumerate(paper.sections):
        assert squeeze(section.header.paragraphs[0].text) == "Q1 2018/19 Performance Report"
        assert section.different_first_page_header_footer == (number == 0)
        for footer in (section.footer, section.first_page_footer):
            codes = [c.text.strip() for c in footer._element.iter(W + "instrText")]
            assert codes == ["PAGE", "NUMPAGES"]
            assert squeeze(footer.paragraphs[0].text) == "Page 1 of 1"
    assert paper.sections[0].first_page_header.paragraphs[0].text == ""


# Properties, language, and nothing of this machine


def test_the_properties_hold_title_and_meeting_date_and_no_author(made, paper):
    core = paper.core_properties
    assert core.title == "Q1 2018/19 Performance Report"
    assert (core.author, core.last_modified_by) == ("", "")
    assert core.created.date().isoformat() == core.modified.date().isoformat() == "2018-09-26"
    with zipfile.ZipFile(made / "paper.docx") as archive:
        names = archive.namelist()
        assert "docProps/custom.xml" not in names
        assert b"custom.xml" not in archive.read("[Content_Types].xml")
        assert b"Application" not in archive.read("docProps/app.xml")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_author_or_a_date_of_writing_goes_nowhere(tmp_path):
    front = FRONT.replace("lang:", "author: A. N. Analyst\ndate: 1 May 2020\nlang:")
    document = word_of(tmp_path, ("Text.",), front)
    with zipfile.ZipFile(tmp_path / "paper.docx") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    whole += (tmp_path / "paper.html").read_bytes()
    assert b"Analyst" not in whole
    assert b"May 2020" not in whole
    assert document.core_properties.author == ""


def test_what_an_engine_says_of_its_user_is_taken_out(made):
    with zipfile.ZipFile(made / "paper.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    end = b"</cp:coreProperties>"
    said = b"<dc:creator>someone</dc:creator><cp:lastModifiedBy>someone</cp:lastModifiedBy>" + end
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(end, said)
    with zipfile.ZipFile(io.BytesIO(finish_word(pack(parts)))) as archive:
        assert b"someone" not in archive.read("docProps/core.xml")


def test_the_language_is_british_english(made):
    with zipfile.ZipFile(made / "paper.docx") as archive:
        text = "".join(archive.read(f"word/{n}.xml").decode() for n in ("styles", "settings"))
    languages = set(re.findall(r'<w:(?:lang|themeFontLang)\b[^>]*w:val="([^"]*)"', text))
    assert languages == {"en-GB"}


def test_no_path_of_this_machine_is_anywhere_in_the_document(made):
    with zipfile.ZipFile(made / "paper.docx") as archive:
        text = b"".join(archive.read(n) for n in archive.namelist() if "media/" not in n)
    assert str(made.parent).encode() not in text
    assert not re.search(rb'["> ](/tmp|/home|/root|/Users|/var|file:|[A-Z]:\\)', text)
    assert b"data:" not in text
    assert b"figures/" not in text


def test_word_opens_it_in_todays_mode(made):
    with zipfile.ZipFile(made / "paper.docx") as archive:
        settings = archive.read("word/settings.xml").decode()
    assert re.search(r'compatSetting[^>]*w:name="compatibilityMode"[^>]*w:val="15"', settings)


def test_finishing_a_document_again_changes_nothing(made):
    data = (made / "paper.docx").read_bytes()
    assert finish_word(data) == data


def test_children_of_properties_stand_in_the_order_that_word_insists_on(paper):
    orders = {
        "pPr": "pStyle keepNext keepLines numPr pBdr shd tabs spacing ind jc outlineLvl sectPr",
        "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
        "tcPr": "tcW gridSpan tcBorders shd vAlign",
    }
    for name, order in orders.items():
        ranks = {tag: rank for rank, tag in enumerate(order.split())}
        for element in paper.element.body.iter(W + name):
            found = [ranks[etree.QName(child).localname] for child in element]
            assert found == sorted(found)


# The reference document


def test_the_reference_document_is_the_same_on_every_build():
    assert build_reference() == build_reference()


def test_every_style_that_the_filter_names_is_in_the_reference_document():
    family = "Table|Item|Heading|Numbered|Continuous|List|Image"
    source = (TEMPLATES / "paper.lua").read_text("utf-8")
    named = set(re.findall(rf'"((?:{family})(?: [A-Z]\w+)+)"', source))
    named |= {"Lead", "Note", "Figure", "Period Line", "Tally", "Rating Detail", "Small Text"}
    named |= {f"RAG {word}{end}" for word in RATING_COLOURS for end in ("", " Text")}
    named |= {f"{item} First" for item in ("Item Decimal", "Item Roman", "Item Alpha")}
    named |= {f"Table{kind}" for kind in ("FrontSheet", "Tally", "Ratings", "Indicators", "Facts")}
    reference = docx.Document(str(TEMPLATES / "reference.docx"))
    assert len(named) > 25
    assert named - {style.name for style in reference.styles} == set()


def test_the_reference_document_can_be_opened_and_shows_its_styles():
    reference = docx.Document(io.BytesIO(build_reference()))
    shown = {p.style.name for p in reference.paragraphs}
    assert {"Title", "Heading 1", "RAG Green", "Numbered Paragraph"} <= shown
    assert reference.sections[0].page_width.twips == 11906


def test_an_appendix_starts_on_a_page_of_its_own(paper):
    (heading,) = [p for p in paper.paragraphs if p.style.name == "Heading 1 Appendix"]
    assert heading.style.paragraph_format.page_break_before
    assert heading.style.base_style.name == "Heading 1 Unnumbered"
