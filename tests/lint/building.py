"""Small filled papers for the checks of the text: blocks from plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from scrutiny.data import glossary
from scrutiny.data.glossary import Glossary
from scrutiny.errors import Problem
from scrutiny.paper.lint.draft import Draft
from scrutiny.paper.lint.registry import CHECKS, lint
from scrutiny.paper.model import (
    Block,
    Cell,
    FrontSheetLine,
    Named,
    PaperModel,
    Paragraph,
    Section,
    Summary,
    Table,
)

ROOT = Path(__file__).resolve().parents[2]
ROLES = {"- ": "bullet", "# ": "heading", "## ": "subheading", "> ": "item"}


def block(id_: str, said: str | Table) -> Block:
    """A block from its words: "- bullet", "# heading", "> item", "1.1 | numbered text", or plain text."""
    if isinstance(said, Table):
        return said.model_copy(update={"id": id_})
    for sign, role in ROLES.items():
        if said.startswith(sign) or said == sign.strip():
            return Paragraph(id=id_, role=role, text=said[len(sign) :])  # type: ignore[arg-type]
    number, bar, text = said.partition(" | ")
    return Paragraph(id=id_, number=number, text=text) if bar else Paragraph(id=id_, text=said)


def section(id_: str, title: str, *said: str | Table, number: str = "") -> Section:
    """A section; its blocks are called b-<section>-1, b-<section>-2, …"""
    blocks = [block(f"b-{id_}-{i}", one) for i, one in enumerate(said, start=1)]
    return Section(id=id_, number=number, title=title, blocks=blocks)


def table(caption: str, columns: Sequence[str], *rows: Sequence[str]) -> Table:
    cells = [[Cell(text=text) for text in row] for row in rows]
    return Table(id="t", caption=caption, columns=list(columns), rows=cells)


def front(**lines: str) -> list[FrontSheetLine]:
    return [FrontSheetLine(label=label.replace("_", " "), value=value) for label, value in lines.items()]


def paper(*sections: Section, **more: Any) -> PaperModel:
    """A filled paper of an invented committee, about June 2026, for a meeting in July."""
    given: dict[str, Any] = {
        "council": Named(id="exampleshire", name="Exampleshire Council (invented)"),
        "committee": Named(id="committee", name="Invented Scrutiny Committee"),
        "title": "Performance report",
        "meeting_date": "2026-07-16",
        "reporting_period": "2026-06",
        "as_at": "2026-07-16",
        "sections": list(sections),
        "summary": Summary(rated=0, counts={}, not_rated={}),
    }
    return PaperModel(**{**given, **more})


def said(*texts: str | Table, **more: Any) -> PaperModel:
    """A paper of one section without a number that holds some texts."""
    return paper(section("one", "One", *texts), **more)


@cache
def words(council: str = "exampleshire") -> Glossary:
    """The project's own glossary."""
    found, problems = glossary.read(ROOT, council, dt.date(2026, 7, 16))
    assert problems == []
    return found


def draft(model: PaperModel, **more: Any) -> Draft:
    return Draft(model, **{"glossary": words(), **more})


def found(draft: Draft, check: str) -> list[Problem]:
    """What one check finds."""
    assert check in {c.name for c in CHECKS}, check
    return [problem for problem in lint(draft) if problem.check == check]
