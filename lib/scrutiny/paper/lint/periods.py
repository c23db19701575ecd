"""Checks of time: the title's period, the text's periods, expected dates, and text carried forward."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrutiny.errors import shown
from scrutiny.paper.lint import dates
from scrutiny.paper.lint.draft import Draft, Found, pattern, says, sentences
from scrutiny.periods import MONTHS, Kind, Period

_FEW_WORDS = 8
_QUARTER_ENDS = (3, 6, 9, 12)


def title_period(draft: Draft) -> Iterator[Found]:
    """The title names another period than the figures are about."""
    named = dates.periods(draft.model.title)
    about = draft.period
    if named and not any(about.within(p) or about.end == p.end for p in named):
        yield Found(
            f"{draft.name}, title",
            f"'{shown(draft.model.title)}', and the figures are about {draft.period.label}",
            f"the period of the figures, {draft.period.label}",
            "name it in the title, or correct reporting_period",
        )


def title_without_year(draft: Draft) -> Iterator[Found]:
    """The title names a quarter without its financial year."""
    for quarter in dates.quarters_without_year(draft.model.title):
        yield Found(
            f"{draft.name}, title",
            f"'{shown(draft.model.title)}' names {quarter} of no year",
            f"a quarter with its financial year: {draft.period.label}",
            "add the year",
        )


def title_covers_less(draft: Draft) -> Iterator[Found]:
    """The title names one period, and the paper has whole views of others."""
    named = dates.periods(draft.model.title)
    if not named or re.search(r"\bup to\b", draft.model.title, re.IGNORECASE):
        return
    for view in draft.views:
        if view != draft.period and not any(view.within(p) or p.end == view.end for p in named):
            yield Found(
                f"{draft.name}, title",
                f"'{shown(draft.model.title)}', and the paper reports {view.label} as well",
                "a title that covers every period that the paper reports",
                f"name {view.label} in the title too",
            )


def text_period(draft: Draft) -> Iterator[Found]:
    """The text says up to when the figures go, and means another month than the record."""
    phrases = pattern(draft.phrases.up_to)
    wanted = re.compile(rf"(?:{phrases})\s+((?:{'|'.join(MONTHS)}) \d{{4}})", re.IGNORECASE)
    ends = {period.end for period in (draft.period, *draft.views)}
    ends |= {Period.parse(i.period).end for i in draft.model.indicators}
    for text in draft.prose:
        for match in wanted.finditer(text.text):
            (month,) = dates.periods(match[1]) or (None,)
            if month is not None and month.end not in ends:
                yield Found(
                    text.place,
                    f"'{match.group()}', and the figures go to {draft.period.label}",
                    f"the last month of the figures, {draft.period.label}",
                    "correct the month, or reporting_period",
                )


def movement_from_itself(draft: Draft) -> Iterator[Found]:
    """A movement is said to be from the very period that the paper reports."""
    wanted = re.compile(
        rf"(?:{pattern(draft.phrases.movement)})\s+((?:{'|'.join(MONTHS)}) \d{{4}})", re.IGNORECASE
    )
    for text in draft.paragraphs:
        for match in wanted.finditer(text.text):
            if draft.period in dates.periods(match[1]):
                yield Found(
                    text.place,
                    f"'{match.group()}', which is the period of this paper",
                    "an earlier period to compare with",
                    "name the period of the paper before, or correct reporting_period",
                )


def off_cycle(draft: Draft) -> Iterator[Found]:
    """The text calls the report quarterly, and its figures do not end with a quarter."""
    if draft.period.end.month in _QUARTER_ENDS or draft.period.kind is Kind.ACADEMIC_YEAR:
        return
    for text in draft.prose:
        if phrase := says(text.text, draft.phrases.quarterly):
            yield Found(
                text.place,
                f"'{phrase}', and the figures go to the end of {draft.period.label}",
                "figures to the end of a quarter, or words for how often the report comes",
                "say which months the paper reports, or give the quarter's figures",
            )


def expected_date(draft: Draft) -> Iterator[Found]:
    """Something was promised for a time that has begun by the meeting."""
    for place, sentence in _promises(draft):
        for span in dates.spans(sentence):
            if span.start <= draft.meeting:
                over = "is over" if span.end < draft.meeting else "has begun"
                yield Found(
                    place,
                    f"'{span.words}', a time that {over} when the committee meets on {draft.meeting}",
                    "a date after the meeting, or what has become of it",
                    "say whether it has happened, or give a new date",
                )


def _promises(draft: Draft) -> Iterator[tuple[str, str]]:
    """Sentences that promise something, and the expected dates of the record."""
    prepositions = r"(?:early|mid|late|in|by|for|until|from|before)\b[^.;:]{0,30}?\d{4}"
    wanted = re.compile(
        rf"(?:{pattern(draft.phrases.expected)})\b[^.;:]{{0,40}}?\b({prepositions})", re.IGNORECASE
    )
    said = set()
    for text in draft.prose:
        for sentence in sentences(text.text):
            if match := wanted.search(sentence):
                said.add(" ".join(match[1].split()).lower())
                yield text.place, match[1]
    for item in draft.unable:
        expected = item.expected.lower()
        if expected and not any(one in expected or expected in one for one in said):
            yield f"{draft.name}, unable to report, {item.number}", item.expected


def carried_forward(draft: Draft) -> Iterator[Found]:
    """A sentence of this paper's own prose stands word for word in the paper before."""
    if draft.previous is None:
        return
    known = {_words(one) for text in Draft(draft.previous).prose for one in sentences(text.text)}
    for text in draft.prose:
        if draft.own is not None and text.block not in draft.own:
            continue
        for sentence in sentences(text.text):
            words = _words(sentence)
            if words in known and len(words.split()) >= _FEW_WORDS:
                yield Found(
                    text.place,
                    f"'{shown(sentence)}' stands word for word in the paper of {draft.previous.meeting_date}",
                    "what is so at this meeting",
                    "say what has changed since, or that nothing has",
                )
                break


def _words(text: str) -> str:
    label = re.sub(r"^(?:Nos?\.?\s*)?\d+(?:\.\d+)*[:.]\s*", "", text)
    return " ".join(re.findall(r"[\w%']+", label.lower()))
