"""The few WordprocessingML helpers that the Word pass needs: names, order of children, packing."""

from __future__ import annotations

import io
import zipfile
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any  # lxml carries no types

CONTENT_TYPES = "[Content_Types].xml"

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

# The order in which the standard wants the children of a properties element; Word refuses others.
_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblW jc tblCellSpacing tblInd tblBorders shd "
    "tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
}


def q(name: str) -> str:
    """The full name of ``w:tbl``, ``wp:inline`` and the like."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def child(parent: Element, name: str, *, first: bool = False) -> Element:
    """The named child, made if there is none (in front of the others with ``first``)."""
    found = parent.find(q(name))
    if found is None:
        found = etree.Element(q(name))
        parent.insert(0 if first else len(parent), found)
    return found


def set_child(properties: Element, name: str) -> Element:
    """The named child of a properties element, made in the place that the standard gives it."""
    found = properties.find(q(name))
    if found is not None:
        return found
    order = _ORDERS[etree.QName(properties).localname].split()
    made = etree.Element(q(name))
    rank = order.index(name.partition(":")[2])
    for index, other in enumerate(properties):
        local = etree.QName(other).localname
        if local in order and order.index(local) > rank:
            properties.insert(index, made)
            return made
    properties.append(made)
    return made


def attribute(parent: Element | None, name: str, key: str) -> str:
    """An attribute of a child, or nothing."""
    found = None if parent is None else parent.find(q(name))
    return "" if found is None else found.get(q(key)) or ""


def style_of(paragraph: Element) -> Element | None:
    """The element that names the paragraph's style, or None."""
    return paragraph.find("w:pPr/w:pStyle", paragraph.nsmap)


def serialise(root: Element) -> bytes:
    """The part as it is stored."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def text_of(element: Element) -> str:
    """The words in it, one space between two runs of white space."""
    pieces = [piece.text or " " for piece in element.iter(q("w:t"), q("w:br"))]
    return " ".join("".join(pieces).split())


def remove_all(root: Element, name: str) -> None:
    """Take every such element out, keeping what surrounds it."""
    for element in list(root.iter(q(name))):
        element.getparent().remove(element)


def pack(parts: dict[str, bytes]) -> bytes:
    """A zip archive of the parts, in their order, without clock time or system in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, data)
    return buffer.getvalue()
