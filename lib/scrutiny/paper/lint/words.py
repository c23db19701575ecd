"""Checks of words: slips of the pen, terms with several spellings, standing sentences, and what is not applicable."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache

from scrutiny.errors import shown
from scrutiny.paper.lint.draft import Draft, Found, Text, plain, says
from scrutiny.paper.model import PaperModel

_DETERMINERS = "some|any|all|no|the|a|an|this|these|of"
_REPEATED = re.compile(r"\b(?!that\b|had\b)([A-Za-z]{2,})\s+\1\b(?!-)", re.IGNORECASE)
_LAST = re.compile(rf"\b(?:at|in|since|from) the (?:last|next|previous) (?:{_DETERMINERS})\b", re.IGNORECASE)
_AS_THE = re.compile(r"(?:^|(?<=[.;:] ))As the (?:end|beginning|start|close) of\b")
_SPACES = re.compile(r"(?<=\S)  +(?=\S)|\s[,.;:](?=\s|$)|\(\s|\s\)")
_ENDS = ".:;!?…”’\"')†"
_SENTENCE = 5
_ALIKE = 0.8
_NEGATIVE = re.compile(r"^(?:no|none|nil|not|there (?:are|is) no)\b", re.IGNORECASE)


def repeated_word(draft: Draft) -> Iterator[Found]:
    """A word stands twice in a row."""
    for text in draft.texts:
        for match in _REPEATED.finditer(text.text):
            yield Found(text.place, f"'{match.group()}'", f"'{match[1]}' once", "take one out")


def missing_word(draft: Draft) -> Iterator[Found]:
    """A word is missing: 'at the last some data', 'As the end of May'."""
    for text in draft.prose:
        for match in (*_LAST.finditer(text.text), *_AS_THE.finditer(text.text)):
            where = text.text[match.start() : match.end() + 20]
            yield Found(
                text.place,
                f"'{shown(where, 50)}', where a word is missing",
                "'As at the end of'"
                if match.group().startswith("As")
                else "a noun behind it: the last meeting",
                "add the word, and read the whole paragraph once more",
            )


def placeholder(draft: Draft) -> Iterator[Found]:
    """Something is yet to be written."""
    for text in draft.texts:
        phrase = says(text.text, draft.phrases.placeholders)
        if phrase or "??" in text.text:
            yield Found(text.place, f"'{phrase or '??'}'", "the text itself", "write it")


def spacing(draft: Draft) -> Iterator[Found]:
    """A space too many, or one before a full stop or comma."""
    for text in draft.texts:
        for match in _SPACES.finditer(text.text):
            near = text.text[max(0, match.start() - 15) : match.end() + 15]
            yield Found(text.place, f"'{near}'", "one space between words, none before a stop", "correct it")


def full_stop(draft: Draft) -> Iterator[Found]:
    """A sentence ends without a full stop."""
    leads = {listing.lead.place for listing in draft.listings}
    for text in draft.prose:
        long_ = len(text.text.split()) >= _SENTENCE
        sentence = text.role in ("text", "commentary") and long_ and text.place not in leads
        if sentence and text.text[-1] not in _ENDS and not _listed(text):
            found = f"'…{text.text[-40:]}' ends without a full stop"
            yield Found(text.place, found, "a full stop", "add it")


def _listed(text: Text) -> bool:
    """Whether a text is a list of names rather than a sentence."""
    words = re.findall(r"[A-Za-z][\w'’-]*", text.text)
    capitals = sum(word[0].isupper() for word in words)
    return capitals * 2 > len(words) or ": " in text.text[:40]


def term_variant(draft: Draft) -> Iterator[Found]:
    """A term is written otherwise than the glossary has it."""
    for text in draft.texts:
        for term in draft.glossary.terms:
            if variant := _said(text.text, tuple(term.variants), term.term):
                why = f" ({term.reason})" if term.reason else ""
                yield Found(text.place, f"'{variant}'", f"'{term.term}'{why}", "use the preferred term")


@lru_cache(maxsize=512)
def _any_of(variants: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(variants, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(v) for v in ordered)})(?![\w-])")


def _said(text: str, variants: tuple[str, ...], term: str) -> str:
    match = _any_of(variants).search(text.replace(term, ""))
    return match.group() if match else ""


def terms_apart(draft: Draft) -> Iterator[Found]:
    """Two terms are used of which a paper uses only one."""
    for group in draft.glossary.apart:
        seen: dict[str, Text] = {}
        for text in draft.prose:
            left = text.text
            for term in sorted(group, key=len, reverse=True):
                if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", left):
                    seen.setdefault(term, text)
                    left = left.replace(term, "")
        if len(seen) > 1:
            last = list(seen.values())[-1]
            said = " and ".join(f"'{term}'" for term in seen)
            yield Found(last.place, said, "one of the two, defined once", "use one throughout")


def default_variant(draft: Draft) -> Iterator[Found]:
    """A standing sentence differs by a word or a full stop from section to section, or from the paper before."""
    sentences = [(t, _without_title(draft.model, t)) for t in draft.prose if _standing(t)]
    before = [] if draft.previous is None else _of_previous(draft.previous)
    usual = _usual([core for _, core in sentences])
    for text, core in sentences:
        for other in (usual, *before):
            if core != other and _near(core, other):
                yield Found(text.place, f"'{core}'", f"'{other}', as elsewhere", "take both from one source")
                break


def _standing(text: Text) -> bool:
    return bool(_NEGATIVE.match(text.text)) and len(text.text.split()) <= 12 and text.role == "text"


def _of_previous(model: PaperModel) -> list[str]:
    texts = [t for t in Draft(model).prose if _standing(t)]
    return list(dict.fromkeys(_without_title(model, t) for t in texts))


def _without_title(model: PaperModel, text: Text) -> str:
    """The sentence without the words that its own section's title has: 'No legal implications.'"""
    title = next((s.title for s in model.sections if s.id == text.section), "").lower()
    own = {w for w in re.findall(r"[a-z]{4,}", title)} - {"implications", "report", "specific"}
    return " ".join(w for w in text.text.split() if w.strip(".,").lower() not in own)


def _usual(sentences: list[str]) -> str:
    return max(sentences, key=lambda s: (sentences.count(s), s.endswith("."), len(s)), default="")


def _near(one: str, other: str) -> bool:
    matcher = difflib.SequenceMatcher(None, one.lower(), other.lower())
    return bool(other) and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def implication_conflict(draft: Draft) -> Iterator[Found]:
    """A section says that nothing follows, and another speaks of that very thing."""
    if not draft.glossary.implications:
        return
    for title, text in _parts(draft):
        nothing = says(text.text, draft.phrases.not_applicable)
        if not nothing or not text.text.startswith(nothing) or len(text.text.split()) > 12:
            continue
        for implication in draft.glossary.implications:
            if not re.search(rf"\b{re.escape(implication.section)}", title, re.IGNORECASE):
                continue
            for heading, other in _parts(draft):
                word = says(other.text, implication.says) if heading != title else ""
                if word:
                    yield Found(
                        text.place,
                        f"'{shown(plain(text.text), 40)}' under {title.strip(' :')}, and '{word}' at {other.place}",
                        "an implication that agrees with the rest of the paper",
                        "say what follows, or take the words out there",
                    )


def _parts(draft: Draft) -> Iterator[tuple[str, Text]]:
    """Each paragraph with the heading that it stands under."""
    for section in draft.model.sections:
        title = section.title
        for text in draft.of(section):
            if text.role in ("heading", "subheading"):
                title = text.text
            elif text.role in ("text", "item", "bullet"):
                yield title, text
