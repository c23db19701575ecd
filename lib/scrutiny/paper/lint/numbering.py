"""Checks of numbers: of paragraphs, and of the indicators that a text cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrutiny.errors import shown
from scrutiny.paper.lint.draft import Draft, Found, cited, pattern, says, sentences
from scrutiny.paper.model import Paragraph, Section

_TYPED = re.compile(r"^(?:\d+(?:\.\d+)+\.?|\d+\.)\s+(?=[A-Z%“‘])")
_COMMAS = re.compile(r"(?<![\d,.])\d,\d,\d(?!\d|,\d)")
_BESIDE = re.compile(r"(?<![\d.])(\d+\.\d+\.\d+)\s+(\d+\.\d+\.\d+)(?![\d.])")
_TRAILING = re.compile(r"(?<![\d.])\d+\.\d+\.\d+\.(?=\s+[A-Z%])")
_RANGE = r"(\d+(?:\.\d+)*)\s?(?:to|[-–—]|\s)\s?(\d+(?:\.\d+)*)"


def paragraph_numbers(draft: Draft) -> Iterator[Found]:
    """A paragraph's number stands twice, is out of order, or is of another section."""
    continuous = 0
    for section in draft.model.sections:
        own = 0
        for block in section.blocks:
            if not isinstance(block, Paragraph) or block.role != "text" or not block.number:
                continue
            own, continuous = own + 1, continuous + 1
            due = _due(section, block, own, continuous)
            if block.number.rstrip(".") != due:
                yield Found(
                    f"{draft.place(section, block.id)} ({block.number})",
                    f"paragraph {own} of the section is numbered {block.number}",
                    f"{due}: each number once, and in order",
                    "let the paper number itself",
                )


def _due(section: Section, block: Paragraph, own: int, continuous: int) -> str:
    if block.style == "continuous" or not section.number:
        return str(continuous)
    return f"{section.number.rstrip('.')}.{own}"


def unnumbered(draft: Draft) -> Iterator[Found]:
    """A section has a number, and none of its paragraphs has."""
    siblings = any(
        isinstance(b, Paragraph) and b.role == "text" and "." in b.number
        for s in draft.model.sections
        for b in s.blocks
    )
    for section in draft.model.sections:
        blocks = [b for b in section.blocks if isinstance(b, Paragraph)]
        roles = {b.role for b in blocks}
        if not siblings or not section.number or not roles & {"text", "bullet"} or roles & {"item"}:
            continue
        if not any(b.number for b in blocks if b.role == "text"):
            yield Found(
                draft.place(section),
                f"section {section.number} has no numbered paragraph, and other sections have",
                f"paragraphs from {section.number.rstrip('.')}.1 on",
                "let its first paragraph take part in the numbering",
            )


def typed_number(draft: Draft) -> Iterator[Found]:
    """A paragraph's number was typed into its text."""
    for text in draft.prose:
        if match := _TYPED.match(text.text):
            yield Found(
                text.place,
                f"'{shown(text.text, 40)}' begins with a typed number",
                "text without its number, which is computed",
                f"take '{match.group().strip()}' out",
            )


def malformed_number(draft: Draft) -> Iterator[Found]:
    """A cited number has commas for full stops, a full stop behind it, or no word before the next."""
    for text in draft.texts:
        for match in _COMMAS.finditer(text.text):
            yield _malformed(text.place, match.group(), match.group().replace(",", "."))
        for match in _TRAILING.finditer(text.text):
            yield _malformed(text.place, match.group(), match.group().rstrip("."))
        for match in _BESIDE.finditer(text.text):
            yield _malformed(
                text.place, match.group(), f"{match[1]} and {match[2]}, or {match[1]} to {match[2]}"
            )


def _malformed(place: str, found: str, expected: str) -> Found:
    return Found(place, f"'{found}'", expected, "correct the number, or cite it by a template")


def unknown_number(draft: Draft) -> Iterator[Found]:
    """The text cites a number that no indicator of the paper has."""
    if not draft.model.indicators:
        return
    for text in draft.prose:
        for number in cited(text.text):
            if number not in draft.numbered:
                yield Found(
                    text.place,
                    f"'{number}' in '{shown(text.text, 60)}' is the number of no indicator of the paper",
                    "a printed number of one of its frameworks",
                    "correct it, or cite the indicator by a template",
                )


def unrelated_range(draft: Draft) -> Iterator[Found]:
    """A range of numbers is said to be about one subject, and takes in a measure that is not."""
    verbs = pattern(draft.phrases.relates_to)
    wanted = re.compile(rf"{_RANGE}\s+(?:{verbs})\s+(?:to\s+)?((?:[A-Z][\w'’]*\s?)+)")
    order = list(draft.numbered)
    for text in draft.prose:
        for match in wanted.finditer(text.text):
            first, last, subject = match[1], match[2], match[3].strip()
            if first not in order or last not in order:
                continue
            for number in _between(draft, first, last):
                title = draft.numbered[number].title
                if not _shares(subject, title):
                    yield Found(
                        text.place,
                        f"'{shown(match.group(), 60)}' takes in {number}, {shown(title, 60)}",
                        f"only measures about {subject}",
                        "name them one by one, or let a template write the range",
                    )


def _between(draft: Draft, first: str, last: str) -> list[str]:
    """Printed numbers from one to another, as numbers are ordered."""

    def key(number: str) -> list[int]:
        return [int(n) for n in re.findall(r"\d+", number)]

    return sorted((n for n in draft.numbered if key(first) <= key(n) <= key(last)), key=key)


def _shares(subject: str, title: str) -> bool:
    words = {w for w in re.findall(r"[a-z]{4,}", subject.lower())}
    return not words or 2 * sum(word in title.lower() for word in words) > len(words)


def number_without_reason(draft: Draft) -> Iterator[Found]:
    """Measures are said not to be reported, and for one of them the paragraph gives no reason."""
    for text in draft.prose:
        parts = sentences(text.text)
        dropped = [p for p in parts if says(p, draft.phrases.not_reported)]
        numbers = [n for p in dropped for n in cited(p.replace(",", ", "))]
        reasons = [p for p in parts if p not in dropped]
        explained = {n for p in reasons for n in _expanded(draft, p)}
        for number in numbers:
            if explained and number not in explained:
                yield Found(
                    text.place,
                    f"{number} is not reported, and no reason is given",
                    "a reason for each measure that is left out",
                    "add the reason",
                )


def _expanded(draft: Draft, text: str) -> list[str]:
    numbers = cited(text)
    for first, last in re.findall(_RANGE, text):
        if first in draft.numbered and last in draft.numbered:
            numbers += _between(draft, first, last)
    return numbers


def bullet_without_number(draft: Draft) -> Iterator[Found]:
    """One bullet of a list cites no indicator's number, and the others do."""
    for listing in draft.listings:
        bullets = [item for item in listing.items if item.role == "bullet"]
        numbered = [b for b in bullets if cited(b.text) or re.match(r"\d+\b[:.]", b.text)]
        if not numbered:
            continue
        for bullet in bullets:
            if bullet not in numbered:
                yield Found(
                    bullet.place,
                    f"'{shown(bullet.text, 60)}' cites no number, and other bullets of the list do",
                    "the indicator's printed number",
                    "add it",
                )
