"""The styles of the reference document: what each is called, and how it looks at first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

FONT = "Arial"
INK, SOFT, LINE, ACCENT, WASH = "16202E", "505A68", "C3CAD4", "12436D", "E8EDF3"

STEP = 720  # where the text of a numbered paragraph starts

# Word and colours of each rating style: (text, fill). The contrast of each pair is tested.
RATING_COLOURS = {
    "Green": ("0A5A40", "CFEBDD"),
    "Amber": ("6F4200", "FFE4B3"),
    "Red": ("8F1028", "FAD3D9"),
    "Blue": ("12436D", "D5E4F3"),
    "Grey": ("414A57", "E4E8ED"),
}

SECTIONS, CONTINUOUS, DECIMAL, ROMAN, ALPHA, BULLETS = 1, 2, 3, 4, 5, 6  # numbering lists


@dataclass(frozen=True)
class Style:
    """One paragraph or character style; lengths in twentieths of a point, sizes in half points."""

    name: str
    based: str = "Normal"
    kind: Literal["paragraph", "character"] = "paragraph"
    follow: str = ""
    keep: bool = False
    lines: bool = False
    page: bool = False  # starts on a page of its own
    number: int | None = None
    level: int = 0
    rule: bool = False
    fill: str = ""
    before: int | None = None
    after: int | None = None
    left: int | None = None
    hanging: int | None = None
    align: str = ""
    outline: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str = ""
    size: int | None = None

    @property
    def id(self) -> str:
        """The name without its spaces, as Word makes it."""
        return self.name.replace(" ", "")

    def xml(self) -> str:
        """The style as WordprocessingML, its parts in the order that the standard asks for."""
        default = ' w:default="1"' if self.name in ("Normal", "Default Paragraph Font") else ""
        based = "" if default else f'<w:basedOn w:val="{self.based.replace(" ", "")}"/>'
        follow = f'<w:next w:val="{self.follow.replace(" ", "")}"/>' if self.follow else ""
        return (
            f'<w:style w:type="{self.kind}" w:styleId="{self.id}"{default}>'
            f'<w:name w:val="{self.name}"/>{based}{follow}<w:qFormat/>'
            f"{self._paragraph()}{self._run()}</w:style>"
        )

    def _paragraph(self) -> str:
        spacing = _attributes(before=self.before, after=self.after)
        indent = _attributes(left=self.left, hanging=self.hanging)
        number = f'<w:numId w:val="{self.number}"/>'
        level = f'<w:ilvl w:val="{self.level}"/>' if self.level else ""
        parts = [
            "<w:keepNext/>" if self.keep else "",
            "<w:keepLines/>" if self.lines else "",
            "<w:pageBreakBefore/>" if self.page else "",
            "" if self.number is None else f"<w:numPr>{level}{number}</w:numPr>",
            f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="{ACCENT}"/></w:pBdr>'
            if self.rule
            else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>'
            if self.fill and self.kind == "paragraph"
            else "",
            f"<w:spacing{spacing}/>" if spacing else "",
            f"<w:ind{indent}/>" if indent else "",
            f'<w:jc w:val="{self.align}"/>' if self.align else "",
            "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>',
        ]
        return f"<w:pPr>{''.join(parts)}</w:pPr>" if any(parts) else ""

    def _run(self) -> str:
        parts = [
            _switch("b", self.bold),
            _switch("i", self.italic),
            f'<w:color w:val="{self.colour}"/>' if self.colour else "",
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>' if self.size else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{self.fill}"/>'
            if self.fill and self.kind == "character"
            else "",
        ]
        return f"<w:rPr>{''.join(parts)}</w:rPr>" if any(parts) else ""


def _attributes(**values: int | None) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)


def _switch(name: str, on: bool | None) -> str:
    return "" if on is None else f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'


def _headings() -> list[Style]:
    # fmt: off
    base = Style("Heading", follow="Body Text", keep=True, lines=True, bold=True, colour=ACCENT)
    levels = [
        replace(base, name="Heading 1", before=360, after=120, size=28, number=SECTIONS, outline=0),
        replace(base, name="Heading 2", before=280, after=80, size=24, outline=1),
        replace(base, name="Heading 3", before=220, after=60, size=22, outline=2, colour=INK),
        replace(base, name="Heading 4", before=180, after=60, size=21, outline=3, colour=INK),
    ]
    plain = Style("Heading 1 Unnumbered", "Heading 1", follow="Body Text", number=0, left=0,
                  hanging=0)
    appendix = replace(plain, name="Heading 1 Appendix", based=plain.name, page=True)
    # A numbered heading below the first level takes its number from the level of the paragraphs.
    numbered = [
        Style(f"{style.name} Numbered", style.name, follow="Numbered Paragraph", left=STEP,
              hanging=STEP)
        for style in levels[1:]
    ]
    # fmt: on
    return [*levels, plain, appendix, *numbered]


def _text_styles() -> list[Style]:
    # fmt: off
    return [
        Style("Normal", after=0, colour=INK),
        Style("Body Text", after=140),
        Style("First Paragraph", "Body Text", follow="Body Text"),
        Style("Compact", "Body Text", after=60),
        Style("Title", follow="Subtitle", keep=True, after=80, bold=True, colour=ACCENT, size=44),
        Style("Subtitle", follow="Body Text", after=40, colour=SOFT, size=22),
        Style("Period Line", follow="Body Text", rule=True, after=280, colour=SOFT, size=22),
        Style("Lead", "Body Text", before=120, after=200, size=28),
        Style("Note", "Body Text", after=120, colour=SOFT, size=19),
        Style("Numbered Paragraph", "Body Text", number=SECTIONS, level=1),
        Style("Numbered Subparagraph", "Body Text", number=SECTIONS, level=2),
        Style("Continuous Paragraph", "Body Text", number=CONTINUOUS),
        Style("Item Decimal", "Body Text", after=100, number=DECIMAL),
        Style("Item Roman", "Body Text", after=100, number=ROMAN),
        Style("Item Alpha", "Body Text", after=100, number=ALPHA),
        Style("Item Decimal First", "Item Decimal", follow="Item Decimal"),
        Style("Item Roman First", "Item Roman", follow="Item Roman"),
        Style("Item Alpha First", "Item Alpha", follow="Item Alpha"),
        Style("List Bullet", "Body Text", after=100, number=BULLETS),
        Style("Table Caption", follow="Body Text", keep=True, lines=True, before=200, after=80,
              bold=True, size=20),
        Style("Image Caption", follow="Figure", keep=True, lines=True, before=160, after=60,
              size=20),
        Style("Figure", follow="Body Text", after=140),
        Style("Captioned Figure", "Figure"),
        Style("Header", colour=SOFT, size=17, align="left"),
        Style("Footer", colour=SOFT, size=17, align="right"),
    ]
    # fmt: on


def _table_text_styles() -> list[Style]:
    styles = []
    for table, size in (("Table", 19), ("Table Small", 16)):
        text = f"{table} Text"
        styles += [
            Style(text, before=40, after=40, size=size),
            Style(f"{table} Heading", text, keep=True, bold=True, size=min(size, 18)),
            Style(f"{table} Row Heading", text, bold=True),
        ]
    inside = Style("Inside", "Default Paragraph Font", kind="character")
    styles += [
        replace(inside, name="Tally", bold=True, size=26),
        replace(inside, name="Rating Detail", bold=False, size=16),
        replace(inside, name="Small Text", bold=False, colour=SOFT, size=16),
    ]
    for word, (ink, fill) in RATING_COLOURS.items():
        look = replace(inside, bold=True, colour=ink, fill=fill)
        cell = replace(look, kind="paragraph", based="Normal", before=40, after=40, size=18)
        styles.append(replace(cell, name=f"RAG {word}"))
        styles.append(replace(look, name=f"RAG {word} Text"))
    return styles


def paragraph_styles() -> list[Style]:
    """The project's styles of paragraphs and of words inside them."""
    return [*_text_styles(), *_headings(), *_table_text_styles()]


def _table_kinds() -> str:
    """The table styles: light rules, a header row with a fill, room around the text."""
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"'
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 0), ("left", 80), ("bottom", 0), ("right", 80))
    )
    base = (
        '<w:style w:type="table" w:styleId="Table" w:customStyle="1"><w:name w:val="Table"/>'
        '<w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders><w:top {rule}/><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f"<w:tcBorders><w:bottom {strong}/></w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{WASH}"/>'
        "</w:tcPr></w:tblStylePr></w:style>"
    )
    kinds = ("FrontSheet", "Tally", "Ratings", "Indicators", "Facts")
    return base + "".join(
        f'<w:style w:type="table" w:styleId="Table{kind}" w:customStyle="1">'
        f'<w:name w:val="Table{kind}"/><w:basedOn w:val="Table"/><w:qFormat/></w:style>'
        for kind in kinds
    )


def styles_xml() -> str:
    """What stands in styles.xml: the defaults, the project's styles and its kinds of table."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    link = (
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:color w:val="0B4F8A"/>'
        '<w:u w:val="single"/></w:rPr></w:style>'
    )
    normal_table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
        'w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    character = Style("Default Paragraph Font", kind="character").xml()
    normal, *others = (style.xml() for style in paragraph_styles())
    return "".join([defaults, normal, character, normal_table, *others, link, _table_kinds()])
