"""Officers' prose: ``commentary.md``, one ``## heading`` per indicator or section."""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or the items of a list, in Markdown."""

    text: str = ""
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """What stands under one heading.

    Parameters
    ----------
    heading
        ``<indicator id>``, ``<view>: <indicator id>`` or ``section: <section id>``.
    line
        Line of the heading in the file.
    """

    heading: str
    line: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Commentary:
    """A paper's prose."""

    parts: tuple[Part, ...] = ()

    def of(self, indicator: str, view: str = "current") -> tuple[Paragraph, ...]:
        """Commentary on an indicator in a view; empty if there is none."""
        wanted = {f"{view}: {indicator}"} | ({indicator} if view == "current" else set())
        return self._find(wanted)

    def section(self, section: str) -> tuple[Paragraph, ...]:
        """Prose of a section; empty if there is none."""
        return self._find({f"section: {section}"})

    def _find(self, wanted: set[str]) -> tuple[Paragraph, ...]:
        return next((part.paragraphs for part in self.parts if part.heading in wanted), ())

    @property
    def headings(self) -> list[tuple[str, int]]:
        """Each heading with its line."""
        return [(part.heading, part.line) for part in self.parts]


def parse(text: str) -> Commentary:
    """Read commentary from Markdown; text before the first ``##`` heading is a note to authors and left out."""
    tokens = MarkdownIt("commonmark").parse(text)
    parts: list[Part] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.type == "heading_open" and token.tag == "h2":
            heading = " ".join(tokens[i + 1].content.split())
            paragraphs, after = _body(tokens, i + 3)
            parts.append(Part(heading, (token.map or [0])[0] + 1, paragraphs))
            i = after
        else:
            i += 1
    return Commentary(tuple(parts))


def _body(tokens: list[Token], i: int) -> tuple[tuple[Paragraph, ...], int]:
    """The paragraphs and lists up to the next heading of level 2."""
    found: list[Paragraph] = []
    items: list[str] = []
    depth = 0
    while i < len(tokens) and not (tokens[i].type == "heading_open" and tokens[i].tag == "h2"):
        token = tokens[i]
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
            if depth == 0:
                found.append(Paragraph(bullets=tuple(items)))
                items = []
        elif token.type == "inline":
            text = " ".join(token.content.split())
            if depth:
                items.append(text)
            else:
                found.append(Paragraph(text))
        i += 1
    return tuple(found), i
