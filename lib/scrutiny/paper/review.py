"""The review copy: the paper with what its checks found printed at the place; it is never published."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from scrutiny.errors import Problem
from scrutiny.paper import dialect
from scrutiny.paper.model import Block, PaperModel, Paragraph, Section
from scrutiny.writing.words import escape, in_words, listed

NAMES = {"paper.html": "paper.review.html", "paper.docx": "paper.review.docx"}
_ORDER = ("error", "warning", "note")


def reviewed(notebook: Any, model: PaperModel, name: str, problems: Sequence[Problem]) -> Any:
    """A copy of an executed notebook with every problem as a note before the paragraph that it is about.

    Parameters
    ----------
    notebook
        The executed notebook with its front matter.
    model
        The paper model that it carries.
    name
        The paper's folder, as problems call it.
    problems
        Warnings and notes; one that belongs to no paragraph or section stands at the head.
    """
    made = copy.deepcopy(notebook)
    left = list(problems)
    for section in model.sections:
        noted = _noted(section, f"{name}, section {section.id}", left)
        if noted is not section:
            _exchange(made, dialect.section(section), dialect.section(noted))
    head = [_head(problems), *(_note(problem, f"head-{i}") for i, problem in enumerate(left, start=1))]
    _before_all(made, dialect.blocks(head))
    return made


def _noted(section: Section, place: str, left: list[Problem]) -> Section:
    """A section with its notes; those that it takes are taken off the list."""
    blocks: list[Block] = []
    for block in section.blocks:
        about = [p for p in left if _is_at(p, f"{place}, {block.id}")]
        blocks += [_note(p, f"{block.id}-{i}", block.card) for i, p in enumerate(about, start=1)]
        blocks.append(block)
        left[:] = [p for p in left if p not in about]
    whole = [p for p in left if _is_at(p, place)]
    left[:] = [p for p in left if p not in whole]
    notes = [_note(p, f"{section.id}-{i}") for i, p in enumerate(whole, start=1)]
    if len(blocks) == len(section.blocks) and not notes:
        return section
    return section.model_copy(update={"blocks": [*notes, *blocks]})


def _is_at(problem: Problem, place: str) -> bool:
    return problem.where == place or problem.where.startswith((f"{place},", f"{place} "))


def _note(problem: Problem, id_: str, card: str = "") -> Paragraph:
    said = f"{problem.found}. Expected: {problem.expected}. What to do: {problem.do}."
    text = f"**Review, {problem.severity} ({problem.check}):** {escape(said)}"
    return Paragraph(id=f"review-{id_}", role="note", text=text, card=card)


def _head(problems: Sequence[Problem]) -> Paragraph:
    counts = [(sum(p.severity == s for p in problems), s) for s in _ORDER]
    said = listed([f"{in_words(n)} {s}{'' if n == 1 else 's'}" for n, s in counts if n]) or "nothing found"
    return Paragraph(id="review-head", role="note", text=f"**Review copy, not for publication:** {said}.")


def _outputs(notebook: Any) -> list[dict[str, Any]]:
    """What the cells show as Markdown, in order."""
    found = [o.get("data", {}) for cell in notebook.cells for o in cell.get("outputs", [])]
    return [data for data in found if data.get("text/markdown")]


def _exchange(notebook: Any, old: str, new: str) -> None:
    for data in _outputs(notebook):
        text = "".join(data["text/markdown"])
        if old in text:
            data["text/markdown"] = text.replace(old, new, 1)
            return


def _before_all(notebook: Any, text: str) -> None:
    for data in _outputs(notebook)[:1]:
        data["text/markdown"] = f"{text}\n\n{''.join(data['text/markdown'])}"
