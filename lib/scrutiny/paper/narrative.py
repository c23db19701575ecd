"""Narrative blocks: a group told in bullets, paragraphs or one text, and the way from one framework to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scrutiny.data.narrative import Narrative
from scrutiny.paper.model import Block, Cell, Paragraph, Table
from scrutiny.rating.changes import Step, unstated
from scrutiny.rating.table import RatedView
from scrutiny.writing.changed import Changes, target_of
from scrutiny.writing.facts import IndicatorFacts, ViewFacts
from scrutiny.writing.templates import Writer
from scrutiny.writing.words import capitalised, in_words

Numbered = Callable[[str, str], Paragraph]
"""Makes a paragraph of the section, with its number, from a text and what is added to its id."""


def narrate(
    settings: Narrative, view: ViewFacts, writer: Writer, where: str, block_id: str, numbered: Numbered
) -> Iterator[Block]:
    """Tell a group: its lead and an item for each indicator; nothing if no indicator belongs to it.

    Parameters
    ----------
    settings
        Which group, and how it is told.
    view
        The facts of the view that it is about.
    writer
        Fills the templates; `lead` knows the group as ``group``, `item` each of it as ``i``.
    where, block_id
        Name of the block for messages, and its stable id.
    numbered
        Makes a paragraph that takes part in the section's numbering.
    """
    group = view.group(settings.group)
    if not group:
        return
    lead = writer.fill(settings.lead, where, group=group) if settings.lead else ""
    said = [(i, text) for i in group if (text := _item(settings, i, writer, where))]
    if settings.style == "text":
        joined = settings.joined_by.join(text for _, text in said)
        yield numbered(" ".join(filter(None, [lead, joined])), "")
        return
    if lead:
        yield numbered(lead, "")
    for i, text in said:
        if settings.style == "paragraphs":
            yield numbered(text, f"-{i.id}")
        else:
            yield Paragraph(id=f"b-{block_id}-{i.id}", role="bullet", text=text)


def _item(settings: Narrative, i: IndicatorFacts, writer: Writer, where: str) -> str:
    texts = [writer.fill(settings.item, where, i=i)]
    if settings.commentary:
        texts += [fact.commentary for fact in (i, i.pair) if fact]
    return " ".join(filter(None, texts))


def reconciliation(changes: Changes, block_id: str, caption: str) -> Table | None:
    """Each indicator of the framework before and of this one, with what became of it, and how the totals agree.

    Returns
    -------
    Table or None
        None where there is no framework before.
    """
    before, view = changes.before, changes.view
    if before is None:
        return None
    retired = {item.id: item for item in changes.retired()}
    rows = []
    for step in changes.steps:
        gone = retired.get(step.indicator)
        why = ", ".join(filter(None, [gone.reason, gone.reported_in])) if gone else ""
        rows.append(
            [
                Cell(text=changes.name(step.indicator)),
                Cell(text=step.before.number if step.before else ""),
                Cell(text=step.now.number if step.now else ""),
                Cell(text=_became(step, view), note=why),
            ]
        )
    kept = sum(1 for step in changes.steps if step.before and step.now)
    added = len(view.framework.rows) - kept
    most = view.council.words_up_to
    counted = ((kept, "kept"), (len(retired), "no longer reported"), (added, "added"))
    said = ", ".join(f"{in_words(count, most) if count else 'none'} {what}" for count, what in counted)
    totals = [str(len(before.rows)), str(len(view.framework.rows)), capitalised(said)]
    rows.append([Cell(text="Total"), *(Cell(text=text) for text in totals)])
    measure = capitalised(view.council.measure[0])
    return Table(
        id=f"t-{block_id}",
        caption=caption,
        columns=[measure, before.period.label, view.framework.period.label, "What changed"],
        widths=[40, 12, 12, 36],
        centred=[1, 2],
        rows=rows,
        total=True,
    )


def _became(step: Step, view: RatedView) -> str:
    if step.now is None:
        return "No longer reported"
    if step.before is None:
        return "Added"
    reported = view.find(step.indicator)
    said = []
    if step.renumbered:
        said.append(f"{step.now.number} was {step.before.number}")
    if step.retargeted and reported is not None:
        then, now = (target_of(row, reported.indicator) for row in (step.before, step.now))
        said.append(f"target {then}, now {now}")
    if unstated(step.before, step.now, view.framework):
        said.append("not stated whether its target was revised")
    return capitalised("; ".join(said)) if said else "As before"
