"""Pages of a Word paper: a wide table gets a page turned sideways, header and footer too."""

from __future__ import annotations

import copy
import re

from lxml import etree

from scrutiny.paper.word_xml import Element, attribute, child, q, set_child

WIDE_TABLE = "TableIndicators"
_MOVES_ALONG = "TableTally"
_SHORT = 4  # rows, the header among them: so short a table stays upright
_DEFAULT_WIDTH = 9412  # the text width of A4 with the project's margins


def turn_wide_pages(body: Element) -> None:
    """Put each wide table, from its heading to the next one, into a landscape section."""
    if body.findall("w:p/w:pPr/w:sectPr", body.nsmap):
        return  # turned already
    last = body.find(q("w:sectPr"))
    if last is None:
        return
    blocks = [block for block in body if block.tag in (q("w:p"), q("w:tbl"))]
    spans = _wide_spans(blocks)
    first = True
    for start, end in spans:
        if start > 0:
            _end_section(blocks[start - 1], last, landscape=False, first=first)
            first = False
        if end < len(blocks):
            _end_section(blocks[end - 1], last, landscape=True, first=first)
            first = False
        else:
            _turn(last)
    if not first:
        _not_first(last)


def _wide_spans(blocks: list[Element]) -> list[tuple[int, int]]:
    """Where each wide table's section starts, and where the block after it stands."""
    spans: list[tuple[int, int]] = []
    for index, block in enumerate(blocks):
        if _style_of_table(block) != WIDE_TABLE or len(block.findall(q("w:tr"))) <= _SHORT:
            continue
        end = index + 1
        while end < len(blocks) and not _is_heading(blocks[end]) and blocks[end].tag != q("w:tbl"):
            end += 1
        start = _start_of(blocks, index, spans[-1][1] if spans else 0)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _style_of_table(block: Element) -> str:
    return attribute(block.find(q("w:tblPr")), "w:tblStyle", "w:val")


def _start_of(blocks: list[Element], table: int, floor: int) -> int:
    """The heading above the table, or the last block that is free to move with it."""
    start = table
    while start > floor and not _is_heading(blocks[start]):
        above = blocks[start - 1]
        if above.tag == q("w:tbl") and _style_of_table(above) != _MOVES_ALONG:
            return start
        start -= 1
    while start > floor and _is_heading(blocks[start - 1]):
        start -= 1
    return start


def _is_heading(block: Element) -> bool:
    return bool(re.match(r"Heading\d", attribute(block.find(q("w:pPr")), "w:pStyle", "w:val")))


def _end_section(block: Element, model: Element, *, landscape: bool, first: bool) -> None:
    """Close the section after a block: in its own paragraph, or in an empty small one."""
    section = copy.deepcopy(model)
    if landscape:
        _turn(section)
    if not first:
        _not_first(section)
    properties = child(block, "w:pPr", first=True) if block.tag == q("w:p") else _small(block)
    old = properties.find(q("w:sectPr"))
    if old is not None:
        properties.remove(old)
    place = set_child(properties, "w:sectPr")
    properties.replace(place, section)


def _small(block: Element) -> Element:
    """A paragraph after a table or a bookmark that takes as little room as Word allows."""
    paragraph = etree.Element(q("w:p"))
    properties = etree.SubElement(paragraph, q("w:pPr"))
    spacing = etree.SubElement(properties, q("w:spacing"))
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(q(f"w:{name}"), value)
    block.addnext(paragraph)
    return properties


def _turn(section: Element) -> None:
    size = section.find(q("w:pgSz"))
    width, height = size.get(q("w:w")), size.get(q("w:h"))
    size.set(q("w:w"), height)
    size.set(q("w:h"), width)
    size.set(q("w:orient"), "landscape")


def _not_first(section: Element) -> None:
    """Only the paper's first page has no header."""
    for mark in section.findall(q("w:titlePg")):
        section.remove(mark)


def widths_of_blocks(body: Element) -> dict[Element, int]:
    """The text width, in twentieths of a point, of the page that each block stands on."""
    widths: dict[Element, int] = {}
    waiting: list[Element] = []
    for block in body:
        waiting.append(block)
        section = block if block.tag == q("w:sectPr") else block.find("w:pPr/w:sectPr", body.nsmap)
        if section is not None:
            widths.update(dict.fromkeys(waiting, _text_width(section)))
            waiting = []
    widths.update(dict.fromkeys(waiting, _DEFAULT_WIDTH))
    return widths


def _text_width(section: Element) -> int:
    size, margins = section.find(q("w:pgSz")), section.find(q("w:pgMar"))
    if size is None or margins is None:
        return _DEFAULT_WIDTH
    sides = int(margins.get(q("w:left"))) + int(margins.get(q("w:right")))
    return int(size.get(q("w:w"))) - sides
