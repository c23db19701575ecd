"""Numbering: sections, paragraphs, tables and appendices, from their order alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from scrutiny.data.settings import Committee, ItemStyle, PaperSettings
from scrutiny.writing.words import spelled

Scheme = Literal["section_paragraph", "continuous", "none"]


def appendix_label(index: int, style: Literal["alpha", "decimal", "words"]) -> str:
    """How the appendix at a place, counted from 0, is called: A, 1 or One."""
    match style:
        case "alpha":
            return chr(ord("A") + index)
        case "decimal":
            return str(index + 1)
        case "words":
            return spelled(index + 1).capitalize()


def item_label(index: int, style: ItemStyle) -> str:
    """The label of an item at a place, counted from 0: ``1.``, ``i)`` or ``A.``."""
    match style:
        case "decimal":
            return f"{index + 1}."
        case "alpha":
            return f"{chr(ord('A') + index)}."
        case "roman":
            return f"{_roman(index + 1)})"


def _roman(number: int) -> str:
    text = ""
    for value, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value:
            text, number = text + letters, number - value
    return text


class Numbering:
    """Counts what is shown.

    Parameters
    ----------
    scheme
        ``section_paragraph`` (2. and 2.1), ``continuous`` (paragraphs 1., 2., … through the whole paper) or ``none``.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._section = self._paragraph = self._table = 0

    @property
    def state(self) -> tuple[int, int, int]:
        """What has been counted so far; set again, it takes back what was counted since."""
        return self._section, self._paragraph, self._table

    @state.setter
    def state(self, state: tuple[int, int, int]) -> None:
        self._section, self._paragraph, self._table = state

    def section(self, numbered: bool) -> str:
        """Number of the next section; empty for one that is not numbered."""
        if self.scheme != "section_paragraph" or not numbered:
            return ""
        self._section, self._paragraph = self._section + 1, 0
        return f"{self._section}."

    def paragraph(self, in_numbered_section: bool) -> str:
        """Number of the next paragraph; empty where the scheme gives none."""
        if self.scheme == "none" or not in_numbered_section:
            return ""
        self._paragraph += 1
        return f"{self._paragraph}." if self.scheme == "continuous" else f"{self._section}.{self._paragraph}"

    def table(self) -> str:
        """Label of the next numbered table."""
        self._table += 1
        return f"Table {self._table}"


class Plan:
    """Which number each table and appendix gets, known before they are shown, so that text can refer ahead.

    Parameters
    ----------
    committee, settings
        Give the sections, their order and the tables.
    visible
        Says whether a condition of the settings holds.
    """

    def __init__(
        self, committee: Committee, settings: PaperSettings, visible: Callable[[str, str], bool]
    ) -> None:
        self.labels: dict[tuple[str, str], str] = {}
        self.shown: dict[tuple[str, str], str] = {}
        numbering = Numbering(committee.numbering)
        sections = [s for s in committee.sections if visible(s.when, f"section {s.id}")]
        for section in sections:
            for block in section.blocks if not section.appendix else ():
                if visible(block.when, f"section {section.id}"):
                    self._plan(numbering, block.id, block.table, block.ratings is not None, settings)
        self.appendices = [s for s in sections if s.appendix]
        for i, section in enumerate(self.appendices):
            label = appendix_label(i, committee.appendix_numbers)
            self.labels["appendix", section.id] = f"Appendix {label}"

    def _plan(
        self,
        numbering: Numbering,
        block_id: str | None,
        table: str | None,
        ratings: bool,
        settings: PaperSettings,
    ) -> None:
        if table is not None and table in settings.tables and settings.tables[table].numbered:
            self.labels["table", table] = numbering.table()
        elif ratings and block_id:
            self.labels["table", block_id] = numbering.table()

    def label(self, kind: str, name: str) -> str:
        """How a table or appendix is called in a caption; KeyError if the plan has none."""
        return self.labels[kind, name]

    def ref(self, kind: str, name: str) -> str:
        """How a sentence refers to a table or appendix: ``table 1``, ``appendix A``."""
        label = self.labels[kind, name]
        self.shown.setdefault((kind, name), label)
        return label[:1].lower() + label[1:]

    def missing(self, present: Iterable[tuple[str, str]]) -> list[str]:
        """Labels that the text refers to and that the paper does not show."""
        there = set(present)
        return [label for key, label in self.shown.items() if key not in there]
