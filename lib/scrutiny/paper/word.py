"""Finish a Word paper: what pandoc cannot say, said in the document itself.

Both engines leave a document with the right words, styles and numbers. This pass shades the rating
cells in the colour of their style, keeps rows whole, marks row headers, restarts lists, turns the
page for a wide table, and takes out dates, paths and whatever else differs between two runs.
Colours and sizes come from the document's styles: Word is the place where a council changes them.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from scrutiny.paper.word_colours import recolour
from scrutiny.paper.word_pages import turn_wide_pages, widths_of_blocks
from scrutiny.paper.word_properties import custom_properties, finish_languages, finish_properties
from scrutiny.paper.word_tables import finish_pictures, finish_table
from scrutiny.paper.word_xml import (
    CONTENT_TYPES,
    Element,
    child,
    pack,
    q,
    serialise,
    set_child,
    style_of,
)


def finish_word(data: bytes) -> bytes:
    """Return the finished document; finishing it again changes nothing.

    Parameters
    ----------
    data
        A .docx as pandoc or Quarto wrote it with the project's filter and reference document. Its
        custom property ``meeting-date`` (ISO) becomes the date in the properties; without one the
        date is 1 January 2000.

    Returns
    -------
    bytes
        The document: shaded ratings, whole rows, native numbers that restart, pictures that fit
        their cells and are described by their alt text alone, no author, path or clock time.

    Raises
    ------
    zipfile.BadZipFile
        The bytes are not a Word document.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = etree.fromstring(parts["word/document.xml"])
    styles = etree.fromstring(parts["word/styles.xml"])
    numbering = etree.fromstring(parts["word/numbering.xml"])
    properties = custom_properties(parts)
    recolour(styles, properties.get("colours", ""))

    _number(document, styles, numbering, properties)
    body = document.find(q("w:body"))
    turn_wide_pages(body)
    widths = widths_of_blocks(body)
    for table in body.iter(q("w:tbl")):
        finish_table(table, styles, widths.get(table))
    finish_pictures(body, widths)
    finish_properties(parts, properties)
    finish_languages(parts, document, styles)
    for name, root in (("document", document), ("styles", styles), ("numbering", numbering)):
        parts[f"word/{name}.xml"] = serialise(root)
    return pack(dict(sorted(parts.items(), key=lambda part: (part[0] != CONTENT_TYPES, part[0]))))


def _number(document: Element, styles: Element, numbering: Element, said: dict[str, str]) -> None:
    """Restart lists where the paper restarts them, and number headings below the first level."""
    lists = {
        style.get(q("w:styleId")): number.get(q("w:val"))
        for style in styles.iter(q("w:style"))
        if (number := style.find("w:pPr/w:numPr/w:numId", style.nsmap)) is not None
    }
    current: dict[str, str] = {}
    for paragraph in document.iter(q("w:p")):
        style = style_of(paragraph)
        if style is None:
            continue
        name = style.get(q("w:val"))
        if name.startswith("Item") and name.endswith("First"):
            name = name.removesuffix("First")
            current[name] = _restarted(numbering, lists[name])
            style.set(q("w:val"), name)
        if name in current:
            _set_number(paragraph, current[name], 0)
        elif re.fullmatch(r"Heading\dNumbered", name):
            _set_number(paragraph, lists["Heading1"], 1)
    _set_formats(numbering, said)


def _set_number(paragraph: Element, number: str, level: int) -> None:
    properties = child(paragraph, "w:pPr", first=True)
    if properties.find(q("w:numPr")) is not None:
        return
    made = set_child(properties, "w:numPr")
    etree.SubElement(made, q("w:ilvl")).set(q("w:val"), str(level))
    etree.SubElement(made, q("w:numId")).set(q("w:val"), number)


def _restarted(numbering: Element, number: str) -> str:
    """A new instance of the list that starts at its first number again."""
    instances = numbering.findall(q("w:num"))
    base = next(item for item in instances if item.get(q("w:numId")) == number)
    abstract = base.find(q("w:abstractNumId")).get(q("w:val"))
    new = str(max(int(item.get(q("w:numId"))) for item in instances) + 1)
    instance = etree.Element(q("w:num"))
    instance.set(q("w:numId"), new)
    etree.SubElement(instance, q("w:abstractNumId")).set(q("w:val"), abstract)
    override = etree.SubElement(instance, q("w:lvlOverride"))
    override.set(q("w:ilvl"), "0")
    etree.SubElement(override, q("w:startOverride")).set(q("w:val"), "1")
    instances[-1].addnext(instance)
    return new


def _set_formats(numbering: Element, said: dict[str, str]) -> None:
    """Print "1" or "1.", "2.1" or "2.1." as the committee's numbering style does."""
    for name, style in (("heading", "Heading1"), ("paragraph", "NumberedParagraph")):
        end = said.get(f"numbering-{name}")
        levels = numbering.xpath(
            "//w:lvl[w:pStyle/@w:val=$style]/w:lvlText", style=style, namespaces=numbering.nsmap
        )
        if end in ("none", "stop") and levels:
            bare = levels[0].get(q("w:val")).removesuffix(".")
            levels[0].set(q("w:val"), bare + ("." if end == "stop" else ""))
