"""Checks of agreement: counts with what is listed, verbs with their nouns, and counts with the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrutiny.errors import shown
from scrutiny.paper.lint.draft import Draft, Found, Listing
from scrutiny.writing.words import spelled

_NUMBERS = {spelled(n): n for n in range(21)}
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r"|\d{1,2}"
_NOUN = "indicator|measure|area|item|appendix|document|priority|option|recommendation|issue|topic"
_NOUNS = (
    "indicators|measures|areas|items|appendices|documents|priorities|options|recommendations|issues|topics"
)
_COUNTED = re.compile(rf"\b({_NUMBER})\s+(?:[\w'-]+\s+){{0,2}}?({_NOUN}|{_NOUNS})\b", re.IGNORECASE)
_OF_THE = re.compile(
    rf"(?<![/\d])\b({_NUMBER}) of the ({_NUMBER})\s+((?:[\w'-]+\s+){{0,1}}?(?:{_NOUNS}))\b", re.IGNORECASE
)
_PLURAL_VERB = re.compile(rf"(?:\b\w+ ){{0,6}}\b({_NOUN})\s+(were|are|have)\b", re.IGNORECASE)
_SINGULAR_VERB = re.compile(rf"((?:\b[\w'-]+ ){{0,6}})\b({_NOUNS})\s+(was|is|has)\b", re.IGNORECASE)
_LEADS = re.compile(
    rf"\b({_NOUNS})\b.*\b(are|were|include)\b|\b({_NOUN})\b.*\b(is|was|includes)\b", re.IGNORECASE
)
_REST = re.compile(
    r"\b(?:the remaining|remaining ones?|the other|the others|the rest|the (?:third|fourth|fifth|sixth|last)|except)\b"
)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def list_agreement(draft: Draft) -> Iterator[Found]:
    """A sentence in the plural leads to one item, or one in the singular to several."""
    for listing in draft.listings:
        match = _lead_verb(listing)
        if match is None:
            continue
        plural, count = bool(match[1]), len(listing.items)
        if plural != (count > 1):
            said = " … ".join((match[1], match[2]) if plural else (match[3], match[4]))
            yield Found(
                listing.lead.place,
                f"'{said}', and {spelled(count) if count <= 20 else count} "
                f"{'is' if count == 1 else 'are'} listed",
                "a sentence that agrees with its list",
                "put it into the " + ("singular" if plural else "plural"),
            )


def _lead_verb(listing: Listing) -> re.Match[str] | None:
    """Noun and verb of the sentence that leads to a list: the last one of its paragraph."""
    sentence = re.split(r"(?<=[.!?])\s+", listing.lead.text)[-1]
    leads = sentence.endswith(":") or "following" in sentence.lower()
    return _LEADS.search(sentence) if leads else None


def list_count(draft: Draft) -> Iterator[Found]:
    """A sentence gives the number of things that follow, and another number follows."""
    for listing in draft.listings:
        sentence = re.split(r"(?<=[.!?])\s+", listing.lead.text)[-1]
        found = list(_COUNTED.finditer(sentence)) if sentence.endswith(":") else []
        if found and _number(found[-1][1]) != len(listing.items):
            yield Found(
                listing.lead.place,
                f"'{found[-1].group()}', and {len(listing.items)} follow",
                "the number of what follows",
                "correct the number or the list",
            )


def verb_agreement(draft: Draft) -> Iterator[Found]:
    """A noun in the plural has a verb in the singular, or the other way round."""
    for text in draft.prose:
        for match in _SINGULAR_VERB.finditer(text.text):
            if not re.search(r"\b(?:of|in|for|on|about)\b", match[1]):
                yield _verb(text.place, f"{match[2]} {match[3]}")
        for match in _PLURAL_VERB.finditer(text.text):
            before = match.group()[: match.start(1) - match.start()]
            if not re.search(r"\b(?:and|of|in|for|on|all|these|those)\b|,", before):
                yield _verb(text.place, f"{match[1]} {match[2]}")


def _verb(place: str, said: str) -> Found:
    return Found(place, f"'{said}'", "a verb that agrees with its noun", "correct one of the two")


def count_differs(draft: Draft) -> Iterator[Found]:
    """Counts out of all indicators of a view differ from the figures."""
    if not draft.model.indicators or draft.council is None:
        return
    totals: dict[str, int] = {}
    for indicator in draft.model.indicators:
        totals[indicator.view] = totals.get(indicator.view, 0) + 1
    noun = re.compile(rf"^(?:performance )?{re.escape(draft.council.measure[1])}$", re.IGNORECASE)
    for text in draft.prose:
        for match in _OF_THE.finditer(text.text):
            some, total = _number(match[1]), _number(match[2])
            if not noun.match(match[3]):
                continue
            views = [name for name, count in totals.items() if total in (count, _counted(draft, name))]
            known = {n for name in views for n in _counts(draft, name)}
            if not views or (known and some not in known):
                yield Found(
                    text.place,
                    f"'{match.group()}'",
                    f"counts of the record: {_said(draft, totals)}",
                    "let a template count, or correct the text",
                )


def _counted(draft: Draft, view: str) -> int:
    """How many a view counts; fewer than it shows where a pair is counted once."""
    summary = draft.model.summary.views.get(view, draft.model.summary)
    return summary.rated + sum(summary.not_rated.values())


def _counts(draft: Draft, view: str) -> set[int]:
    summary = draft.model.summary.views.get(view, draft.model.summary)
    counts = [n for n in summary.counts.values() if n]
    return {*counts, sum(counts), *summary.not_rated.values()} if counts else set()


def _said(draft: Draft, totals: dict[str, int]) -> str:
    parts = []
    for view, total in totals.items():
        summary = draft.model.summary.views.get(view, draft.model.summary)
        words = ", ".join(f"{n} {word}" for word, n in summary.counts.items() if n)
        parts.append(f"{view} {total}" + (f" ({words})" if words else ""))
    return "; ".join(parts)


def count_incomplete(draft: Draft) -> Iterator[Found]:
    """Some of several are told of, and nothing is said of the rest."""
    for text in draft.prose:
        for match in _OF_THE.finditer(text.text):
            some, total = _number(match[1]), _number(match[2])
            after = re.sub(r"\([^)]*\)", "", text.text[match.end() :])
            rest = [
                _number(m) for m in re.findall(rf"(?<![/\d])\b({_NUMBER})\b(?!%|\.\d)", after, re.IGNORECASE)
            ]
            if some < total and total - some not in _sums(rest) and not _REST.search(after):
                yield Found(
                    text.place,
                    f"'{shown(match.group())}', and nothing is said of the {_left(total - some)}",
                    "every one accounted for",
                    "say which are left, and how they stand",
                )


def _left(count: int) -> str:
    return "other one" if count == 1 else f"other {spelled(count) if count <= 20 else count}"


def _sums(numbers: list[int]) -> set[int]:
    """The numbers themselves, and the sums of neighbours from the first on."""
    found, total = set(numbers), 0
    for number in numbers:
        total += number
        found.add(total)
    return found
