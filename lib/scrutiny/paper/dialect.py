"""The dialect: how a block of the paper model is written as text/markdown in a notebook cell.

Both engines read it with the same options, and it shows in Jupyter as it is. Tables are bare HTML, since Markdown's
own have no row headers, widths or styles; paragraphs are Markdown inside a ``div``.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from markdown_it import MarkdownIt

from scrutiny.paper.model import Block, Cell, Figure, Paragraph, Picture, Section, Table

_INLINE = MarkdownIt("commonmark", {"html": False})
_PICTURE_WIDTH = "2.5cm"


def section(part: Section, level: int = 2) -> str:
    """A section with its heading and blocks."""
    kind = "section appendix" if part.appendix else "section"
    lines = [f'<div class="{kind}" id="s-{part.id}">', ""]
    if part.title:
        lines += [f"{'#' * level} {_number(part.number)}{part.title}", ""]
    lines += [blocks(part.blocks, level + 1), "", "</div>"]
    return "\n".join(lines)


def blocks(parts: Iterable[Block], level: int = 3) -> str:
    """Blocks in order; those of one exception stand together in a card."""
    lines: list[str] = []
    card = ""
    under = level
    for part in parts:
        if part.card != card:
            if card:
                lines += ["</div>", ""]
            if part.card:
                lines += [f'<div class="exception" id="{part.card}">', ""]
            card = part.card
        if isinstance(part, Paragraph) and part.role == "heading":
            under = level + 1
        if _is(part, "bullet") and lines[-2:-1] and lines[-2].startswith("- "):
            lines.pop()
        lines += [block(part, under if _is(part, "subheading") else level), ""]
    if card:
        lines += ["</div>", ""]
    return "\n".join(lines).rstrip("\n")


def _is(part: Block, role: str) -> bool:
    return isinstance(part, Paragraph) and part.role == role


def block(part: Block, level: int) -> str:
    """One block."""
    if isinstance(part, Table):
        return table(part)
    if isinstance(part, Figure):
        return figure(part)
    return paragraph(part, level)


def paragraph(part: Paragraph, level: int) -> str:
    """A paragraph, heading, item or bullet."""
    if part.role in ("heading", "subheading"):
        return f"{'#' * level} {_number(part.number)}{part.text}"
    if part.role == "bullet":
        return f"- {part.text}"
    kind = {
        "item": f"item {part.style}",
        "text": f"para {part.style}".strip(),
        "commentary": "para commentary",
        "front": "para front",
    }.get(part.role, part.role)
    return f'<div class="{kind}" id="{part.id}">\n\n{_number(part.number)}{part.text}\n\n</div>'


def _number(number: str) -> str:
    return f'<span class="num">{number}</span> ' if number else ""


def table(part: Table) -> str:
    """A table as one block of HTML without an empty line."""
    caption = f"{part.number}: {part.caption}" if part.number else part.caption
    lines = [f'<table class="{part.kind}" id="{part.id}">', f"<caption>{escape(caption)}</caption>"]
    if part.widths:
        lines.append("<colgroup>" + "".join(f'<col style="width:{w}%">' for w in part.widths) + "</colgroup>")
    if any(part.columns):
        heads = (f'<th scope="col"{_align(part, i)}>{escape(c)}</th>' for i, c in enumerate(part.columns))
        lines.append(f"<thead><tr>{''.join(heads)}</tr></thead>")
    lines.append("<tbody>")
    for i, row in enumerate(part.rows):
        total = ' class="total"' if part.total and i == len(part.rows) - 1 else ""
        lines.append(f"<tr{total}>{''.join(_cell(part, cell, j) for j, cell in enumerate(row))}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def _align(part: Table, column: int) -> str:
    if column in part.figures:
        return ' style="text-align:right"'
    return ' style="text-align:center"' if column in part.centred else ""


def _cell(part: Table, cell: Cell, column: int) -> str:
    head = column == 0 and part.row_headers
    tag, scope = ("th", ' scope="row"') if head else ("td", "")
    rag = f' class="rag-{cell.rag}"' if cell.rag else ""
    pieces = []
    if cell.text:
        text = _inline(cell.text) if cell.markdown else escape(cell.text).replace("\n", "<br>")
        pieces.append(f"<strong>{text}</strong>" if cell.rag else text)
    if cell.picture:
        pieces.append(_image(cell.picture, f' width="{_PICTURE_WIDTH}"'))
    if cell.note:
        pieces.append(f'<span class="small">{escape(cell.note)}</span>'.replace("\n", "<br>"))
    return f"<{tag}{scope}{rag}{_align(part, column)}>{'<br>'.join(pieces)}</{tag}>"


def _inline(text: str) -> str:
    return _INLINE.renderInline(text).replace("\n", " ")


def _image(picture: Picture, width: str = "") -> str:
    return f'<img src="{escape(picture.src)}" alt="{escape(picture.alt)}"{width}>'


def figure(part: Figure) -> str:
    """A figure with its caption."""
    number = f"{part.number}: " if part.number else ""
    subtitle = f'<br><span class="small">{escape(part.subtitle)}</span>' if part.subtitle else ""
    caption = f"<figcaption><strong>{escape(number + part.caption)}</strong>{subtitle}</figcaption>"
    return f'<figure id="{part.id}">{_image(part.picture)}{caption}</figure>'
