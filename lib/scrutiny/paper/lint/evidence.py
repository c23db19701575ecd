"""Checks of evidence: what is claimed has its figure, its period, its target, or a judgement of the record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrutiny.errors import shown
from scrutiny.paper.lint import dates
from scrutiny.paper.lint.draft import FIGURE, Draft, Found, Text, says, sentences
from scrutiny.periods import MONTHS

_FROM_TO = re.compile(r"\bfrom [£\d][^ ]* to [£\d]")
_PERCENT = re.compile(r"\d+(?:\.\d+)?\s?(?:%|per ?cent\b)")
_TARGET = re.compile(r"\btarget\b[^.;]*?\bof (?:at least |at most |under |over )?\d", re.IGNORECASE)
_PERIOD = re.compile(rf"\b(?:{'|'.join(MONTHS)}|Q[1-4]|[Qq]uarter|20\d\d|month|week|year)\b")


def _under(draft: Draft, phrases: list[str]) -> Iterator[Text]:
    """What is listed under a sentence with one of some phrases."""
    for listing in draft.listings:
        if says(listing.lead.text, phrases):
            yield from (item for item in listing.items if item.role != "subheading")


def _judged(draft: Draft, text: Text) -> bool:
    """Whether the record holds a published judgement of an indicator that the text names, or in its words."""
    if any(number in draft.judged for number in draft.cited(text.text)):
        return True
    return any(words.lower() in text.text.lower() for words in draft.quoted)


def _about(draft: Draft, text: Text, sentence: str) -> list[str]:
    """The indicators that a sentence is about: a bullet names its own at its beginning."""
    return draft.cited(text.text if text.role == "bullet" else sentence)


def challenge_without_value(draft: Draft) -> Iterator[Found]:
    """An indicator is named as a challenge, and its value is not given."""
    listed = list(_under(draft, draft.phrases.challenge))
    for text in listed:
        if not FIGURE.search(text.text):
            yield Found(
                text.place,
                f"'{shown(text.text, 60)}' gives no value, or a count without what it is out of",
                "the figure: a percentage, a rate, or a count out of another",
                "give the figure, or say that it was not published",
            )


def target_without_value(draft: Draft) -> Iterator[Found]:
    """A figure is said to be short of its target, and the target is not given."""
    for text in draft.prose:
        phrase = says(text.text, draft.phrases.short_of_target)
        if text.role == "bullet" and phrase and not _TARGET.search(text.text):
            yield Found(
                text.place,
                f"'{phrase}', and no target",
                "the target, as in 'the target of 90%'",
                "give the target",
            )


def comparison_without_figures(draft: Draft) -> Iterator[Found]:
    """A figure is said to lie above or below an average, and neither of the two is given."""
    for text in draft.prose:
        for sentence in sentences(text.text):
            word = says(sentence, draft.phrases.compared)
            if not word or not says(sentence, draft.phrases.comparators) or FIGURE.search(sentence):
                continue
            if not _judged(draft, text):
                yield Found(
                    text.place,
                    f"'{word}' in '{shown(sentence, 60)}', without a figure",
                    "the figure and what it is compared with, or a published judgement of the record",
                    "give both figures with their periods, or record the judgement with its source",
                )


def weight_without_interval(draft: Draft) -> Iterator[Found]:
    """A word such as 'significantly' stands without anything that shows it."""
    for text in draft.prose:
        if not (word := says(text.text, draft.phrases.significant)):
            continue
        cited = draft.cited(text.text)
        known = {j for n in cited for j in draft.judged.get(n, ())}
        judged = any(j.startswith("significantly") for j in known)
        if not judged and not any(draft.significant(number) for number in cited):
            yield Found(
                text.place,
                f"'{word}' in '{shown(text.text, 60)}'",
                "an interval that leaves the comparator out, or a published judgement of the record",
                "take the word out, or record who judged so",
            )


def trend_without_figures(draft: Draft) -> Iterator[Found]:
    """A rise, fall or dip is told of, and not from which figure to which."""
    for text in draft.prose:
        phrase = says(text.text, draft.phrases.trend)
        if phrase and len(FIGURE.findall(text.text)) < 2 and not _judged(draft, text):
            yield Found(
                text.place,
                f"'{phrase}' in '{shown(text.text, 60)}', with fewer than two figures",
                "from which figure to which, with the periods, or a published judgement of the record",
                "give both figures, or record the judgement with its source",
            )


def improvement_over_revised_target(draft: Draft) -> Iterator[Found]:
    """A rating that rose while its target was revised is called an improvement."""
    for text in draft.prose:
        for sentence in sentences(text.text):
            # "from 55% to 58%" compares outturns with each other, and no rating with a target
            outturns = len(FIGURE.findall(sentence)) > 1 or _FROM_TO.search(sentence)
            word = "" if outturns else says(sentence, draft.phrases.improved)
            for number in _about(draft, text, sentence) if word else ():
                if number in draft.revised:
                    yield Found(
                        text.place,
                        f"'{word}' is said of {number}, whose target was or may have been revised",
                        "no direction read out of ratings that were given against different targets",
                        "compare the outturns, or say that the target was revised",
                    )


def polarity_not_said(draft: Draft) -> Iterator[Found]:
    """'Above' is said of an indicator where lower is better, and the text does not say so."""
    for text in draft.prose:
        for sentence in sentences(text.text):
            word = says(sentence, draft.phrases.compared)
            if not word or not says(sentence, draft.phrases.comparators):
                continue
            low = [n for n in _about(draft, text, sentence) if draft.numbered[n].polarity == "low_is_good"]
            if low and not says(sentence, draft.phrases.polarity):
                yield Found(
                    text.place,
                    f"'{word}' is said of {', '.join(low)}, of which lower is better",
                    "words that say which way is better",
                    "add '(lower is better)'",
                )


def number_and_percentage(draft: Draft) -> Iterator[Found]:
    """The paper promises numbers beside percentages, and gives a percentage alone."""
    if not any(says(t.text, draft.phrases.number_and_percentage) for t in draft.prose):
        return
    known = {i.outturn.published for i in draft.model.indicators if i.outturn.denominator is not None}
    for text in draft.prose:
        for sentence in sentences(text.text):
            shares = [m for m in _PERCENT.findall(sentence)]
            counted = re.search(r"\d[\d,]* (?:out )?of (?:the |all )?\d", sentence)
            if shares and not counted and shares[0] not in known:
                yield Found(
                    text.place,
                    f"{shares[0]} in '{shown(sentence, 60)}', without the numbers behind it",
                    "number and percentage, as the paper promises",
                    "give the count and what it is out of",
                )
                break


def restated_without_figures(draft: Draft) -> Iterator[Found]:
    """Something is listed as restated without its old and its new figure."""
    for text in _under(draft, draft.phrases.restated):
        if len(FIGURE.findall(text.text)) < 2:
            yield Found(
                text.place,
                f"'{shown(text.text, 60)}' is listed as restated without an old and a new figure",
                "the figure before, the figure now, and the period of both",
                "give them, or say elsewhere what changed: a target, a definition, doubt about the data",
            )


def restated_without_period(draft: Draft) -> Iterator[Found]:
    """A figure replaces an earlier one, and no period is given for it."""
    for text in draft.prose:
        for sentence in sentences(text.text):
            phrase = says(sentence, draft.phrases.now_reported)
            if not phrase:
                continue
            tail = sentence[sentence.lower().index(phrase.lower()) :]
            if FIGURE.search(tail) and not _PERIOD.search(tail):
                yield Found(
                    text.place,
                    f"'{shown(tail, 60)}' is a figure of no period",
                    "the period that the new figure is about",
                    "say whether it restates the earlier period or is the current one",
                )


def target_state(draft: Draft) -> Iterator[Found]:
    """One paragraph says that there is no target, and that it was removed."""
    for text in draft.prose:
        never, removed = (
            says(text.text, draft.phrases.no_target),
            says(text.text, draft.phrases.target_removed),
        )
        if never and removed:
            yield Found(
                text.place,
                f"'{never}' and '{removed}'",
                "one state of the target: none was set, or it was removed, when and why",
                "keep the one that is so",
            )


def reportable_yet_unable(draft: Draft) -> Iterator[Found]:
    """An indicator is listed as one that cannot be reported, and can be."""
    for text in draft.prose:
        for first, second in _states(draft, text.text):
            yield Found(
                text.place,
                f"'{first}' and '{second}'",
                "one of the two",
                "report the figure, or say why it cannot be had",
            )
    for item in draft.unable:
        told = any(item.reason in text.text for text in draft.prose)
        reportable = "" if told else says(item.reason, draft.phrases.reportable)
        if item.has_figure or reportable:
            found = "has a figure" if item.has_figure else f"'{reportable}'"
            yield Found(
                f"{draft.name}, unable to report, {item.number}",
                f"{item.number} {item.name} is listed as unable to report, and {found}",
                "one of the two",
                "report the figure, or say why it cannot be had",
            )


def _states(draft: Draft, text: str) -> Iterator[tuple[str, str]]:
    unable, able = says(text, draft.phrases.unable), says(text, draft.phrases.reportable)
    if unable and able:
        yield unable, able


def no_expected_date(draft: Draft) -> Iterator[Found]:
    """A figure cannot be had, and nothing is said of when it can."""
    said = set()
    for text in draft.prose:
        phrase = says(text.text, draft.phrases.unable)
        if not phrase or text.text.endswith(":") or _leads(draft, text):
            continue
        said.add(text.text)
        if not any(dates.spans(text.text)) and not says(text.text, draft.phrases.no_date):
            yield Found(
                text.place,
                f"'{phrase}' in '{shown(text.text, 60)}', with no date",
                "when the figure is expected, or that no date is known",
                "ask the service, and say so",
            )
    for item in draft.unable:
        if not item.expected and not any(item.reason in text for text in said):
            yield Found(
                f"{draft.name}, unable to report, {item.number}",
                f"{item.number} {item.name} has no expected date",
                "when the figure is expected",
                "ask the service, and enter it in unable-to-report.csv",
            )


def _leads(draft: Draft, text: Text) -> bool:
    return any(listing.lead is text for listing in draft.listings)
