"""Build the reference document: paper size, styles and numbering that every Word paper takes.

A council changes the look of its papers in the document itself, in Word, under Styles. This module
makes the first one, and makes it again after a change here:

``python -m scrutiny.paper.reference_doc reports/templates/reference.docx``
"""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from lxml import etree

from scrutiny.paper.reference_styles import (
    ALPHA,
    BULLETS,
    CONTINUOUS,
    DECIMAL,
    LINE,
    ROMAN,
    SECTIONS,
    STEP,
    paragraph_styles,
    styles_xml,
)
from scrutiny.paper.render import pandoc_command
from scrutiny.paper.word_xml import pack

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Millimetres would be kinder; Word counts in twentieths of a point (567 to the centimetre).
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 1247


def _level(index: int, style: str, form: str, text: str, left: int) -> str:
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    hanging = left if left <= STEP else left - STEP
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{link}'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def _numbering() -> str:
    """Real numbering: sections 1. and their paragraphs 1.1, and the lists that stand alone."""
    lists = {
        SECTIONS: _level(0, "Heading1", "decimal", "%1.", STEP)
        + _level(1, "NumberedParagraph", "decimal", "%1.%2", STEP)
        + _level(2, "NumberedSubparagraph", "decimal", "%1.%2.%3", 2 * STEP),
        CONTINUOUS: _level(0, "ContinuousParagraph", "decimal", "%1.", STEP),
        DECIMAL: _level(0, "ItemDecimal", "decimal", "%1.", STEP),
        ROMAN: _level(0, "ItemRoman", "lowerRoman", "%1)", STEP),
        ALPHA: _level(0, "ItemAlpha", "upperLetter", "%1.", STEP),
        BULLETS: _level(0, "ListBullet", "bullet", "\u2022", STEP + 340),
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:nsid w:val="5C0F{key:04d}"/>'
        f'<w:multiLevelType w:val="{"multilevel" if key == SECTIONS else "singleLevel"}"/>'
        f"{levels}</w:abstractNum>"
        for key, levels in lists.items()
    )
    numbers = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in lists)
    return _part("numbering", abstract + numbers)


def _field(code: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _edges() -> dict[str, str]:
    """Header and footer: the title above every page but the first, its number below each."""
    text = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{LINE}"/></w:pBdr>'
    page = text.format("Page ") + _field("PAGE", "1") + text.format(" of ") + _field("NUMPAGES", "1")
    footer = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{page}</w:p>'
    return {
        "word/header1.xml": _part(
            "hdr",
            f'<w:p><w:pPr><w:pStyle w:val="Header"/>{rule}</w:pPr>{_field("TITLE", "Title")}</w:p>',
        ),
        "word/header2.xml": _part("hdr", '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>'),
        "word/footer1.xml": _part("ftr", footer),
        "word/footer2.xml": _part("ftr", footer),
    }


def _document() -> str:
    sample = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr><w:r><w:t>{style.name}</w:t></w:r></w:p>'
        for style in paragraph_styles()
        if style.kind == "paragraph" and style.name not in ("Header", "Footer")
    )
    references = "".join(
        f'<w:{part}Reference w:type="{when}" r:id="rIdEdge{number}"/>'
        for number, (part, when) in enumerate(_EDGE_USES, 1)
    )
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{MARGIN + 200}" w:right="{MARGIN}" w:bottom="{MARGIN}" '
        f'w:left="{MARGIN}" w:header="680" w:footer="600" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return _part("document", f"<w:body>{sample}{section}</w:body>")


_EDGE_USES = (
    ("header", "default"),
    ("header", "first"),
    ("footer", "default"),
    ("footer", "first"),
)
_EDGE_FILES = ("header1", "header2", "footer1", "footer2")


def _part(root: str, inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{root}>'
    )


def _settings() -> str:
    return _part(
        "settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/>',
    )


def _relations(xml: bytes) -> bytes:
    """The default's relations without its sample link, with the headers and footers."""
    root = etree.fromstring(xml)
    for relation in list(root):
        if relation.get("TargetMode") == "External":
            root.remove(relation)
    for number, name in enumerate(_EDGE_FILES, 1):
        kind = f"{R}/{name[:-1]}"
        etree.SubElement(root, root[0].tag, Id=f"rIdEdge{number}", Type=kind, Target=f"{name}.xml")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    for name in _EDGE_FILES:
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name[:-1]}+xml"
        tag = f"{{{root.nsmap[None]}}}Override"
        etree.SubElement(root, tag, PartName=f"/word/{name}.xml", ContentType=kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def build_reference() -> bytes:
    """The reference document as bytes, the same on every run.

    Returns
    -------
    bytes
        A .docx made from pandoc's own reference document: theme, fonts and notes are pandoc's;
        page, styles, numbering, headers and footers are this project's.
    """
    command = [str(pandoc_command()), "--print-default-data-file", "reference.docx"]
    default = subprocess.run(command, capture_output=True, check=True).stdout
    with zipfile.ZipFile(io.BytesIO(default)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    made = {
        "word/document.xml": _document(),
        "word/styles.xml": _part("styles", styles_xml()),
        "word/numbering.xml": _numbering(),
        "word/settings.xml": _settings(),
        **_edges(),
    }
    parts.update({name: text.encode() for name, text in made.items()})
    parts["word/_rels/document.xml.rels"] = _relations(parts["word/_rels/document.xml.rels"])
    parts["[Content_Types].xml"] = _content_types(parts["[Content_Types].xml"])
    return pack(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(build_reference())
