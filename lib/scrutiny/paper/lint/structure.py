"""Checks of structure: headings, lists, empty parts, forms, and the set of sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrutiny.data.settings import Section as SectionSettings
from scrutiny.errors import shown
from scrutiny.paper.lint.draft import Draft, Found, Text
from scrutiny.paper.model import PaperModel, Paragraph, Section, Table

_BOLD = re.compile(r"^\*\*[^*]+\*\*[.:]?$")
_ENDS = ".:;!?…”’\"')†"
_LONG = 12


def heading_as_paragraph(draft: Draft) -> Iterator[Found]:
    """A heading carries a paragraph's number."""
    for text in draft.paragraphs:
        capitals = text.text.isupper() and len(text.text.split()) > 1
        if text.role == "text" and text.number and (_BOLD.match(text.raw.strip()) or capitals):
            yield Found(
                text.place,
                f"'{shown(text.text, 60)}', a heading with the number {text.number}",
                "a heading without a number; numbers belong to paragraphs",
                "make it a heading",
            )


def broken_paragraph(draft: Draft) -> Iterator[Found]:
    """A paragraph begins in the middle of a sentence, which the one before left open."""
    for section in draft.model.sections:
        before: Text | None = None
        for text in draft.of(section):
            if text.role in ("cell", "note"):
                before = None
                continue
            opens = text.text[:1].islower()
            if before is not None and opens and before.text and before.text[-1] not in _ENDS:
                yield Found(
                    text.place,
                    f"'{shown(text.text, 40)}' goes on where '…{before.text[-30:]}' breaks off",
                    "a sentence in one paragraph",
                    "join the two",
                )
            before = text


def empty_part(draft: Draft) -> Iterator[Found]:
    """A paragraph, bullet or section holds nothing."""
    for section in draft.model.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph) and not re.search(r"\w", block.text):
                yield Found(
                    draft.place(section, block.id),
                    f"an empty {'bullet' if block.role == 'bullet' else 'paragraph'}",
                    "text",
                    "write it, or take it out",
                )
        if section.title and not section.blocks:
            yield Found(
                draft.place(section),
                f"'{shown(section.title)}' stands over nothing",
                "a text, or the committee's default sentence",
                "write it, or take the section out",
            )


def duplicate_section(draft: Draft) -> Iterator[Found]:
    """Two sections have one title, or one that begins with the other's."""
    seen: list[tuple[str, Section]] = []
    for section in draft.model.sections:
        words = re.sub(r"\([^)]*\)|[^\w ]", "", section.title).lower().strip()
        for known, other in seen if words and not section.appendix else ():
            if words == known:
                yield Found(
                    draft.place(section),
                    f"'{section.title}' beside '{other.title}' in section {other.number or other.id}",
                    "one section for each subject, under a title of its own",
                    "join the two, or tell their titles apart",
                )
        if words and not section.appendix:
            seen.append((words, section))


def duplicate_paragraph(draft: Draft) -> Iterator[Found]:
    """A paragraph stands twice in the paper."""
    seen: dict[str, Text] = {}
    for text in draft.prose:
        if text.role == "commentary" or text.card or len(text.text.split()) < _LONG:
            continue
        if text.text in seen:
            yield Found(
                text.place,
                f"'{shown(text.text, 60)}' stands at {seen[text.text].place} already",
                "each thing said once",
                "take one of the two out",
            )
        seen.setdefault(text.text, text)


def section_missing(draft: Draft) -> Iterator[Found]:
    """A section that the committee's arrangement always has is not in the paper."""
    if draft.committee is None:
        return
    there = {section.id for section in draft.model.sections}
    for standing in draft.committee.sections:
        if _always(standing) and standing.id not in there:
            yield Found(
                draft.name,
                f"the section '{standing.id}' ({shown(standing.title, 40)}) is missing",
                "every section of the committee's arrangement",
                "show it, or give it a 'when' in the committee's file",
            )


def _always(section: SectionSettings) -> bool:
    """Whether a section has something to say in every paper: a default sentence, or a text without a condition."""
    texts = any(block.text is not None and not block.when for block in section.blocks)
    return not section.when and (bool(section.default) or texts)


def section_set(draft: Draft) -> Iterator[Found]:
    """The committee's paper before had a section that this one has not, or the other way round."""
    if draft.previous is None:
        return
    now, before = _titles(draft.model), _titles(draft.previous)
    standing = draft.committee.sections if draft.committee else []
    conditional = {s.id for s in standing if not _always(s)}
    if draft.arranged_before is not None:
        conditional |= {s.id for s in standing} ^ draft.arranged_before
    for id_, title in before.items():
        if id_ not in now and id_ not in conditional:
            yield _differs(
                draft, f"the paper of {draft.previous.meeting_date} had a section '{title}'", "add it"
            )
    for id_, title in now.items():
        if id_ not in before and id_ not in conditional:
            found = f"the section '{title}' was not in the paper of {draft.previous.meeting_date}"
            yield _differs(draft, found, "nothing, if the committee's arrangement changed")


def _titles(model: PaperModel) -> dict[str, str]:
    return {s.id: shown(s.title, 40) for s in model.sections if s.title and not s.appendix}


def _differs(draft: Draft, found: str, do: str) -> Found:
    return Found(draft.name, found, "the same sections from paper to paper", do)


def caption(draft: Draft) -> Iterator[Found]:
    """A caption begins in the middle of a word or sentence, or stands twice; an appendix's are made, not typed."""
    seen: dict[str, str] = {}
    for section in draft.model.sections:
        for block in section.blocks:
            if not isinstance(block, Table) or not block.caption or section.appendix or block.card:
                continue
            words = block.caption.lower()
            if block.caption[0].islower():
                found, expected = (
                    f"'{shown(block.caption, 60)}' begins with a small letter",
                    "a whole caption",
                )
                yield Found(draft.place(section, block.id), found, expected, "write it again")
            elif words in seen:
                found = f"'{shown(block.caption, 60)}' is the caption of {seen[words]} too"
                expected = "a caption for each table"
                yield Found(draft.place(section, block.id), found, expected, "tell the two apart")
            seen.setdefault(words, block.id)


def list_punctuation(draft: Draft) -> Iterator[Found]:
    """Some bullets of a list end with a full stop, and some do not."""
    for bullets in _lists(draft):
        ended = [b for b in bullets if b.text.endswith(".")]
        open_ = [b for b in bullets if b.text and b.text[-1].isalnum()]
        if ended and open_:
            odd = min(ended, open_, key=len)[0]
            yield Found(
                odd.place,
                f"{len(ended)} of {len(bullets)} bullets end with a full stop, {len(open_)} with none",
                "one way for the whole list",
                "give each a full stop, or none",
            )


def _lists(draft: Draft) -> Iterator[list[Text]]:
    for section in draft.model.sections:
        run: list[Text] = []
        for text in draft.of(section):
            if text.role == "bullet":
                run.append(text)
            elif run:
                yield run
                run = []
        if run:
            yield run


def blank_answer(draft: Draft) -> Iterator[Found]:
    """A line of a form has a question and no answer."""
    for section in draft.model.sections:
        texts = draft.of(section)
        for i, text in enumerate(texts):
            leads = i + 1 < len(texts) and texts[i + 1].role in ("bullet", "commentary", "text")
            if text.role == "item" and text.text.endswith((":", "?")) and not leads:
                yield _blank(text.place, text.text)
    for line in draft.model.front_sheet:
        if not re.search(r"\w", line.value):
            yield _blank(f"{draft.name}, front sheet, {line.label}", line.label)


def _blank(place: str, label: str) -> Found:
    do = "answer it, or say that it is not applicable"
    return Found(place, f"'{shown(label, 60)}' has no answer", "an answer, or N/A", do)
