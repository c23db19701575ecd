"""Read the made files back, as a reader would: text and tables of HTML and Word."""

from __future__ import annotations

import re
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import html
from markdown_it import MarkdownIt

_INLINE = MarkdownIt("commonmark", {"html": False})


def words(text: str) -> str:
    """Text with its white space folded."""
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


def plain(markdown: str) -> str:
    """Inline Markdown as a reader sees it."""
    return words(html.fromstring(f"<p>{_INLINE.renderInline(markdown)}</p>").text_content())


def page(path: Path) -> html.HtmlElement:
    """The page as a tree."""
    return html.document_fromstring(path.read_bytes().decode("utf-8"))


def page_tables(tree: html.HtmlElement) -> dict[str, list[list[str]]]:
    """Cells of each table body by the table's id; lines of a cell are joined by a space."""
    found = {}
    for table in tree.iter("table"):
        for line_break in table.iter("br"):
            line_break.tail = " " + (line_break.tail or "")
        rows = [
            [words(cell.text_content()) for cell in row.iter("td", "th")]
            for row in table.iterfind(".//tbody/tr")
        ]
        found[table.get("id", "")] = rows
    return found


def word_blocks(path: Path) -> list[Paragraph | Table]:
    """Paragraphs and tables of a Word file in their order."""
    return list(docx.Document(str(path)).iter_inner_content())


def word_tables(path: Path) -> list[list[list[str]]]:
    """Cells of each table of a Word file, header rows included."""
    return [
        [[words(cell.text) for cell in row.cells] for row in block.rows]
        for block in word_blocks(path)
        if isinstance(block, Table)
    ]


def word_text(path: Path) -> str:
    """All text of a Word file outside tables, folded."""
    return words(" ".join(block.text for block in word_blocks(path) if isinstance(block, Paragraph)))
