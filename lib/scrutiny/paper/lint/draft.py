"""The draft: a filled paper as its checks see it, with what its text has to agree with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from scrutiny.data.definitions import Council, People
from scrutiny.data.glossary import Glossary, Phrases
from scrutiny.data.settings import Committee
from scrutiny.errors import ExitCode, Severity
from scrutiny.paper.model import IndicatorModel, PaperModel, Paragraph, Section, Table
from scrutiny.periods import Period

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?:\s?%| per ?cent\b| of (?:the |all )?\d| per \d)")
"""A figure that says how much of what: a share, a rate, or a count out of another."""


class Found(NamedTuple):
    """What a check found: where in the draft, what stands there, what should, and the remedy."""

    place: str
    found: str
    expected: str
    do: str


class Check(NamedTuple):
    """A check of the text.

    Parameters
    ----------
    name
        Its stable name, by which settings and waivers call it.
    severity
        Unless the council's settings give another.
    code
        Exit code of an error: 10 where the text is faulty, 15 where it contradicts the record.
    """

    name: str
    severity: Severity
    find: Callable[[Draft], Iterator[Found]]
    code: ExitCode = ExitCode.DEFINITIONS


class Unreported(NamedTuple):
    """A figure that cannot be had, as the record holds it."""

    number: str
    name: str
    reason: str
    expected: str
    has_figure: bool = False


@dataclass(frozen=True)
class Text:
    """One piece of a paper's text without its markup.

    Parameters
    ----------
    place
        Where it stands, as a problem says it.
    role
        That of its paragraph; ``cell``, ``label`` or ``title``.
    raw
        With its markup.
    """

    place: str
    role: str
    text: str
    raw: str = ""
    number: str = ""
    block: str = ""
    section: str = ""
    card: str = ""


@dataclass(frozen=True)
class Listing:
    """A leading sentence, with what is listed under it."""

    lead: Text
    items: tuple[Text, ...]


@dataclass(frozen=True)
class Draft:
    """A filled paper, and what its text has to agree with.

    Parameters
    ----------
    model
        The filled paper.
    name
        The paper's folder relative to the project, for messages.
    committee
        Its standing arrangement; None: not known, so that nothing is compared with it.
    previous
        The committee's paper before; None if there is none.
    own
        Ids of the blocks that are this paper's own prose; None: all of them. The others are standing words.
    revised
        Printed numbers of the indicators whose target was revised since the view before.
    judged
        Printed numbers with the judgements that the council published of them.
    quoted
        The words in which it published them.
    significant
        Whether the interval of an indicator, by its printed number, leaves a comparator out.
    views
        Periods that a paper of several views may speak of as its own.
    arranged_before
        Ids of the sections that the committee's arrangement had at the paper before; None: the same as now.
    """

    model: PaperModel
    name: str = "paper"
    people: People = field(default_factory=People)
    council: Council | None = None
    committee: Committee | None = None
    glossary: Glossary = field(default_factory=Glossary)
    previous: PaperModel | None = None
    own: frozenset[str] | None = None
    unable: tuple[Unreported, ...] = ()
    revised: frozenset[str] = frozenset()
    judged: dict[str, frozenset[str]] = field(default_factory=dict)
    quoted: frozenset[str] = frozenset()
    significant: Callable[[str], bool] = lambda number: False
    views: tuple[Period, ...] = ()
    arranged_before: frozenset[str] | None = None

    @property
    def phrases(self) -> Phrases:
        """The glossary's phrases."""
        return self.glossary.phrases

    @cached_property
    def period(self) -> Period:
        """What the paper's figures are about."""
        return Period.parse(self.model.reporting_period)

    @cached_property
    def meeting(self) -> dt.date:
        """The day of the meeting."""
        return dt.date.fromisoformat(self.model.meeting_date)

    @cached_property
    def numbered(self) -> dict[str, IndicatorModel]:
        """Indicators by printed number; those of the reported view first."""
        ordered = sorted(self.model.indicators, key=lambda i: i.view != "current")
        return {i.number: i for i in reversed(ordered)}

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Title, front sheet, and every paragraph and typed table, in the paper's order."""
        front = [
            Text(f"{self.name}, front sheet, {line.label}", "label", plain(line.value), line.value)
            for line in self.model.front_sheet
        ]
        title = Text(f"{self.name}, title", "title", plain(self.model.title), self.model.title)
        return (title, *front, *(text for _, texts in self._by_section for text in texts))

    @cached_property
    def paragraphs(self) -> tuple[Text, ...]:
        """Paragraphs, bullets, items and headings of every section."""
        return tuple(t for t in self.texts if t.block and t.role != "cell")

    @cached_property
    def prose(self) -> tuple[Text, ...]:
        """Sentences: paragraphs, bullets, items and commentary, without headings and notes."""
        roles = ("text", "lead", "bullet", "item", "commentary")
        return tuple(t for t in self.paragraphs if t.role in roles)

    @cached_property
    def _by_section(self) -> list[tuple[Section, list[Text]]]:
        return [(s, [text for b in s.blocks for text in self._block(s, b)]) for s in self.model.sections]

    def of(self, section: Section) -> list[Text]:
        """The texts of one section; tables that are made from the figures are left out."""
        return next(texts for known, texts in self._by_section if known is section)

    def _block(self, section: Section, block: object) -> Iterator[Text]:
        if isinstance(block, Paragraph):
            number = f" ({block.number})" if block.number else ""
            place = f"{self.place(section, block.id)}{number}"
            yield Text(
                place,
                block.role,
                plain(block.text),
                block.text,
                block.number,
                block.id,
                section.id,
                block.card,
            )
        elif isinstance(block, Table) and block.kind == "plain" and not section.appendix:
            place = self.place(section, block.id)
            yield Text(f"{place}, caption", "cell", block.caption, block.caption, "", block.id, section.id)
            for i, row in enumerate(block.rows, start=1):
                for cell in row:
                    at = f"{place}, row {i}"
                    yield Text(at, "cell", plain(cell.text), cell.text, "", block.id, section.id)

    def place(self, section: Section, block: str = "") -> str:
        """Where a section or a block of it stands, as problems say it."""
        return f"{self.name}, section {section.id}" + (f", {block}" if block else "")

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """Every leading sentence with the bullets, items or subheadings under it."""
        return tuple(found for section in self.model.sections for found in listings(self.of(section)))

    def cited(self, text: str) -> list[str]:
        """Printed numbers of the indicators that a text names: ``No. 11``, ``Nos. 4 and 5``, ``2.1.1``."""
        return [number for number in cited(text) if number in self.numbered]


def plain(text: str) -> str:
    """Words without Markdown and addresses."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return unmarked(re.sub(r"<https?:[^>]*>|https?:\S+", "", text)).strip()


def unmarked(text: str) -> str:
    """Words without bold, emphasis and escapes; addresses stay."""
    return re.sub(r"\*\*|(?<!\w)\*(?=\w)|(?<=[\w.’'])\*(?!\w)|\\(?=[\\`*_\[\]<>#|~^$@{}])", "", text)


_QUOTES = re.compile(r"(?<!\w)['‘“\"]|['’”\"](?!\w)")


@lru_cache(maxsize=4096)
def _unquoted(text: str) -> str:
    return _QUOTES.sub("", text)


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(p) for p in ordered)})(?!\w)", re.IGNORECASE)


def says(text: str, phrases: Sequence[str]) -> str:
    """The first of some phrases that a text holds, as it stands there; empty if it holds none."""
    if not phrases:
        return ""
    match = _pattern(tuple(phrases)).search(_unquoted(text))
    return match.group() if match else ""


def pattern(phrases: Sequence[str]) -> str:
    """Some phrases as part of a regular expression; one that matches nothing if there are none."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered) or r"(?!)"


_END = re.compile(r"(?<!\bNo\.)(?<!\bNos\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<=[.!?;])\s+")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; a half sentence before a semicolon counts as one."""
    return tuple(part for part in _END.split(text) if part)


_CITED = re.compile(
    r"\b(?:Nos?\b\.?|Nos?(?=\d)|Indicators?\b|Measures?\b)\s?((?:\d+[a-z]?(?:\.\d+)*(?:,\s?|\s?(?:and|&)\s?)?)+)"
)
_DOTTED = re.compile(r"(?<![\d.])\d+\.\d+\.\d+(?![\d])")


def cited(text: str) -> list[str]:
    """Every number that a text cites as an indicator's, in its order, each once."""
    found = [n for match in _CITED.finditer(text) for n in re.findall(r"\d+[a-z]?(?:\.\d+)*", match[1])]
    return list(dict.fromkeys([*found, *_DOTTED.findall(text)]))


def listings(texts: Sequence[Text]) -> Iterator[Listing]:
    """Each sentence that leads to a list, with what is listed."""
    i = 0
    while i < len(texts):
        lead, following = texts[i], texts[i + 1] if i + 1 < len(texts) else None
        i += 1
        if lead.role not in ("text", "lead", "item") or following is None:
            continue
        if following.role not in ("bullet", "item", "subheading") or following.role == lead.role:
            continue
        kind, stops = following.role, ("heading",) if following.role == "subheading" else ()
        items = []
        for text in texts[i:]:
            if text.role == kind:
                items.append(text)
            elif kind != "subheading" or text.role in stops:
                break
        yield Listing(lead, tuple(items))
