"""Officers' prose: ``commentary.md``, one ``## heading`` per indicator or section.

Commentary on an indicator may be told in parts: a line that begins with ``**Cause:**``, ``**Context:**``,
``**Action:**``, ``**Who:**`` (a post), ``**By:**`` (a date or period) or ``**Done:**`` (what became of the last paper's
action). Who and by belong to the action before them. What carries no label is plain prose.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scrutiny.periods import Kind, Period, long_date

PARTS = ("cause", "context", "action", "who", "by", "done")
_LABEL = re.compile(r"\*\*(?P<label>[A-Za-z][A-Za-z ]{0,20}):\*\*\s*")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or the items of a list, in Markdown; `part` is one of `PARTS`, or empty for plain prose."""

    text: str = ""
    bullets: tuple[str, ...] = ()
    part: str = ""
    line: int = 0


@dataclass(frozen=True)
class Action:
    """What officers said they would do, which post, and by when (a day or period as it is written in the file)."""

    text: str
    who: str = ""
    by: str = ""

    @property
    def due(self) -> Period | None:
        """When it was to be done; None where no time was given."""
        return Period.parse(self.by) if self.by else None

    def words(self, title: Callable[[str], str]) -> str:
        """The action with its post and date in brackets: ``Dates are set earlier (Head of Service, by May 2026).``.

        Parameters
        ----------
        title
            Gives the title of a post from its id or title.
        """
        by = f"by {when_words(self.by)}" if self.by else ""
        more = ", ".join(filter(None, [title(self.who) if self.who else "", by]))
        stop = "." if more and self.text.endswith(".") else ""
        return f"{self.text.removesuffix('.') if stop else self.text} ({more}){stop}" if more else self.text


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

    @property
    def fields(self) -> dict[str, str]:
        """The text of each labelled part; of several actions the first."""
        return {p.part: p.text for p in reversed(self.paragraphs) if p.part}

    @property
    def actions(self) -> tuple[Action, ...]:
        """Every action with its post and date."""
        return actions(self.paragraphs)


@dataclass(frozen=True)
class Commentary:
    """A paper's prose."""

    parts: tuple[Part, ...] = ()

    def of(self, indicator: str, view: str = "current") -> tuple[Paragraph, ...]:
        """Commentary on an indicator in a view; empty if there is none."""
        part = self.part(indicator, view)
        return part.paragraphs if part else ()

    def part(self, indicator: str, view: str = "current") -> Part | None:
        """What stands under an indicator's heading in a view; None if there is no such heading."""
        wanted = {f"{view}: {indicator}"} | ({indicator} if view == "current" else set())
        return next((part for part in self.parts if part.heading in wanted), None)

    def section(self, section: str) -> tuple[Paragraph, ...]:
        """Prose of a section; empty if there is none."""
        return next((p.paragraphs for p in self.parts if p.heading == f"section: {section}"), ())

    @property
    def headings(self) -> list[tuple[str, int]]:
        """Each heading with its line."""
        return [(part.heading, part.line) for part in self.parts]


def actions(paragraphs: Sequence[Paragraph]) -> tuple[Action, ...]:
    """Every action with the post and date that follow it."""
    found: list[Action] = []
    for paragraph in paragraphs:
        if paragraph.part == "action":
            found.append(Action(paragraph.text))
        elif paragraph.part in ("who", "by") and found:
            found[-1] = replace(found[-1], **{paragraph.part: paragraph.text})
    return tuple(found)


def when_words(text: str) -> str:
    """A day or period as a reader says it: ``31 July 2026``, ``Q2 2026/27``; ValueError if it is neither."""
    period = Period.parse(text)
    return long_date(period.end) if period.kind is Kind.SNAPSHOT else period.label


def told(paragraphs: Sequence[Paragraph], title: Callable[[str], str]) -> tuple[Paragraph, ...]:
    """Commentary as it is printed: labels in bold, and who and by when in brackets behind their action."""
    said: list[Paragraph] = []
    all_actions = iter(actions(paragraphs))
    for paragraph in paragraphs:
        if paragraph.part in ("who", "by"):
            continue
        text = paragraph.text
        if paragraph.part == "action":
            text = next(all_actions).words(title)
        label = f"**{paragraph.part.capitalize()}:** " if paragraph.part else ""
        said.append(replace(paragraph, text=f"{label}{text}"))
    return tuple(said)


def mislabelled(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str, str]]:
    """Each paragraph whose label is not a part but close to one, with the label and the part it is close to."""
    for paragraph in paragraphs:
        match = _LABEL.match(paragraph.text)
        if match and (near := _meant(match["label"])):
            yield paragraph, match["label"], near


def _meant(label: str) -> str:
    """The part that a label names or is close to; empty for any other words in bold."""
    return next(iter(difflib.get_close_matches(label.lower(), PARTS, n=1)), "")


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
            if depth:
                items.append(" ".join(token.content.split()))
            else:
                found += _paragraphs(token)
        i += 1
    return tuple(found), i


def _paragraphs(token: Token) -> list[Paragraph]:
    """One paragraph of Markdown; a line that begins with a part's label begins another."""
    found: list[Paragraph] = []
    first = (token.map or [0])[0] + 1
    for i, line in enumerate(token.content.splitlines()):
        match = _LABEL.match(line.strip())
        if match and match["label"].lower() in PARTS:
            found.append(Paragraph(line[match.end() :].strip(), part=match["label"].lower(), line=first + i))
        elif found and not (match and _meant(match["label"])):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.strip()}".strip())
        else:
            found.append(Paragraph(line.strip(), line=first + i))
    return [replace(p, text=" ".join(p.text.split())) for p in found]
