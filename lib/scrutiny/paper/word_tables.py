"""Tables and pictures of a Word paper: shading, whole rows, widths, descriptions, sizes."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree

from scrutiny.paper.word_xml import Element, attribute, child, q, set_child, style_of, text_of

_EMU = 635  # English metric units in a twentieth of a point
_CELL_MARGIN = 160  # left and right, both together
_SHORT_TABLE = 10  # rows
_ONE_PAGE = 30  # lines, as many as a landscape page holds below a heading
_LETTER = 100  # width of a letter in a table, roughly, in twentieths of a point
_CLEAR = "160"
_SELF_EXPLAINING = ("TableFrontSheet", "TableFacts")


def finish_table(table: Element, styles: Element, width: int | None) -> None:
    """Shade, mark, describe and size one table to its page's width, in twentieths of a point."""
    properties = table.find(q("w:tblPr"))
    rows = table.findall(q("w:tr"))
    headers = [row for row in rows if row.find("w:trPr/w:tblHeader", row.nsmap) is not None]
    fill = _header_fill(styles, attribute(properties, "w:tblStyle", "w:val"))
    for row in rows:
        row_properties = child(row, "w:trPr", first=True)
        if row_properties.find(q("w:cantSplit")) is None:
            row_properties.insert(0, etree.Element(q("w:cantSplit")))
        for cell in row.findall(q("w:tc")):
            shade = _rating_fill(cell, styles) or (fill if row in headers else "")
            if shade:
                _shade(cell, shade)
    if attribute(properties, "w:tblStyle", "w:val") in _SELF_EXPLAINING:
        _keep_title_only(table)
    if width:
        _set_widths(table, rows, width)
    _describe(properties, rows, headers)
    _keep_together(rows)
    _space_after(table)


def _keep_title_only(table: Element) -> None:
    """Take the caption line away; the table's title, which a screen reader says, has its words."""
    above = table.getprevious()
    if above is not None and above.tag == q("w:p"):
        style = style_of(above)
        if style is not None and style.get(q("w:val")) == "TableCaption":
            above.getparent().remove(above)


def _keep_together(rows: list[Element]) -> None:
    """A short table stays on one page: every row but the last keeps with the next.

    One of few rows that is too tall for a page would only leave the page before it empty.
    """
    if len(rows) > _SHORT_TABLE or sum(_lines(row) for row in rows) > _ONE_PAGE:
        return
    for row in rows[:-1]:
        for paragraph in row.iter(q("w:p")):
            set_child(child(paragraph, "w:pPr", first=True), "w:keepNext")


def _lines(row: Element) -> int:
    """About how many lines a row takes: those of its fullest cell."""
    return max((_cell_lines(cell) for cell in row.findall(q("w:tc"))), default=0)


def _cell_lines(cell: Element) -> int:
    width = int(attribute(cell.find(q("w:tcPr")), "w:tcW", "w:w") or 0) - _CELL_MARGIN
    letters = max(width // _LETTER, 1) if width > 0 else 1000
    return sum(1 + max(len(text_of(p)) - 1, 0) // letters for p in cell.findall(q("w:p")))


def _space_after(table: Element) -> None:
    """Text that follows a table stands clear of it; headings and captions have their own."""
    after = table.getnext()
    while after is not None and after.tag not in (q("w:p"), q("w:tbl")):
        after = after.getnext()
    if after is None or after.tag != q("w:p") or after.find(q("w:r")) is None:
        return
    if re.match(r"Heading|TableCaption", attribute(after.find(q("w:pPr")), "w:pStyle", "w:val")):
        return
    spacing = set_child(child(after, "w:pPr", first=True), "w:spacing")
    spacing.set(q("w:before"), _CLEAR)


def _rating_fill(cell: Element, styles: Element) -> str:
    for paragraph in cell.findall(q("w:p")):
        style = style_of(paragraph)
        if style is not None and style.get(q("w:val")).startswith("RAG"):
            path = "w:style[@w:styleId=$id]/w:pPr/w:shd/@w:fill"
            found = styles.xpath(path, id=style.get(q("w:val")), namespaces=styles.nsmap)
            return found[0] if found else ""
    return ""


def _header_fill(styles: Element, style: str) -> str:
    """The header row's fill in the table's style, or in the style that it is based on."""
    seen: set[str] = set()
    while style and style not in seen:
        seen.add(style)
        base = f"w:style[@w:styleId='{style}']"
        fill = f"{base}/w:tblStylePr[@w:type='firstRow']/w:tcPr/w:shd/@w:fill"
        if found := styles.xpath(fill, namespaces=styles.nsmap):
            return found[0]
        above = styles.xpath(f"{base}/w:basedOn/@w:val", namespaces=styles.nsmap)
        style = above[0] if above else ""
    return ""


def _shade(cell: Element, fill: str) -> None:
    shade = set_child(child(cell, "w:tcPr", first=True), "w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(q(f"w:{name}"), value)


def _set_widths(table: Element, rows: list[Element], width: int) -> None:
    """Spread the columns, in their proportions, over the text width of their page."""
    columns = table.findall("w:tblGrid/w:gridCol", table.nsmap)
    shares = [int(column.get(q("w:w")) or 0) for column in columns]
    if not shares or not all(shares):
        return
    edges = [round(sum(shares[:index]) * width / sum(shares)) for index in range(len(shares) + 1)]
    sizes = [after - before for before, after in pairwise(edges)]
    for column, size in zip(columns, sizes, strict=True):
        column.set(q("w:w"), str(size))
    _set_width(table.find(q("w:tblPr")), "w:tblW", width)
    for row in rows:
        position = 0
        for cell in row.findall(q("w:tc")):
            properties = child(cell, "w:tcPr", first=True)
            span = int(attribute(properties, "w:gridSpan", "w:val") or 1)
            _set_width(properties, "w:tcW", sum(sizes[position : position + span]))
            position += span


def _set_width(properties: Element, tag: str, width: int) -> None:
    made = set_child(properties, tag)
    made.set(q("w:w"), str(width))
    made.set(q("w:type"), "dxa")


def _describe(properties: Element, rows: list[Element], headers: list[Element]) -> None:
    """Say what the table holds to those who cannot see it, and mark its first column."""
    look = set_child(properties, "w:tblLook")
    look.attrib.clear()
    flags = {"firstRow": bool(headers), "lastRow": False, "firstColumn": True, "lastColumn": False}
    bits = 0x0020 * bool(headers) + 0x0080 + 0x0400 + 0x0200
    for name, on in {**flags, "noHBand": True, "noVBand": True}.items():
        look.set(q(f"w:{name}"), str(int(on)))
    look.set(q("w:val"), f"{bits:04X}")
    cells = headers[0].findall(q("w:tc")) if headers else [row.find(q("w:tc")) for row in rows]
    names = [text for cell in cells if (text := text_of(cell))]
    count = len(rows) - len(headers)
    says = (
        f"Columns: {', '.join(names)}. {count} row{'' if count == 1 else 's'}."
        if headers
        else f"Rows: {', '.join(names)}."
    )
    set_child(properties, "w:tblDescription").set(q("w:val"), says)


def finish_pictures(body: Element, widths: dict[Element, int]) -> None:
    """Number the pictures, leave alt text as their only description, and fit each to its place."""
    for number, inline in enumerate(body.iter(q("wp:inline"), q("wp:anchor")), 1):
        shown = inline.find(q("wp:docPr"))
        shown.set("id", str(number))
        shown.set("name", f"Picture {number}")
        shown.attrib.pop("title", None)
        for inner in inline.iter(q("pic:cNvPr")):
            inner.attrib.clear()
            inner.set("id", str(number))
            inner.set("name", f"Picture {number}")
        _fit(inline, _room(inline, widths) * _EMU)


def _room(picture: Element, widths: dict[Element, int]) -> int:
    """How wide the picture's cell or page is, in twentieths of a point."""
    block = picture
    for above in picture.iterancestors():
        if above.tag == q("w:tc"):
            width = attribute(above.find(q("w:tcPr")), "w:tcW", "w:w")
            return int(width) - _CELL_MARGIN if width else 0
        if above.tag == q("w:body"):
            break
        block = above
    return widths.get(block, 0)


def _fit(picture: Element, room: int) -> None:
    extent = picture.find(q("wp:extent"))
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    if not 0 < room < width:
        return
    for size in (extent, *picture.iter(q("a:ext"))):
        if size.get("cx"):
            size.set("cx", str(room))
            size.set("cy", str(round(height * room / width)))
