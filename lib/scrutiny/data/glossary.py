"""The glossary: preferred terms, and the phrases by which a paper's text is understood.

``data/glossary.yml`` holds what every council shares, ``data/councils/<council>/glossary.yml`` what one council adds.
No phrase of a paper is typed in Python.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pydantic import Field

from scrutiny.data.dated import read_dated
from scrutiny.data.definitions import Strict
from scrutiny.errors import Problem


class Term(Strict):
    """A preferred term, and what is written in its place by mistake."""

    term: str
    variants: list[str] = Field(min_length=1)
    reason: str = ""


class Implication(Strict):
    """Words that speak of an implication, wherever in a paper they stand."""

    section: str = Field(description="A word of the section's or heading's title, such as Legal")
    says: list[str] = Field(min_length=1)


class Phrases(Strict):
    """Phrases by which the checks know what a paragraph is about; whole words, in any case of letters."""

    unable: list[str] = Field([], description="A figure cannot be had")
    reportable: list[str] = Field([], description="A figure can be had after all")
    no_date: list[str] = Field([], description="An expected date is not known, in so many words")
    expected: list[str] = Field([], description="Something is promised for a time that follows")
    challenge: list[str] = Field([], description="Performance is short of what was agreed")
    short_of_target: list[str] = Field([], description="A figure is compared with its target")
    restated: list[str] = Field([], description="Earlier figures have changed")
    now_reported: list[str] = Field([], description="A figure replaces an earlier one")
    target_removed: list[str] = Field([], description="There was a target, and it was taken away")
    no_target: list[str] = Field([], description="There is and was no target")
    improved: list[str] = Field([], description="Performance is said to have become better")
    trend: list[str] = Field([], description="A course over several periods is claimed")
    compared: list[str] = Field([], description="A figure is compared: above, below")
    comparators: list[str] = Field([], description="What it is compared with: average, national")
    significant: list[str] = Field([], description="Weight is claimed that only an interval can show")
    polarity: list[str] = Field([], description="The text says which way is better")
    not_applicable: list[str] = Field([], description="Nothing is said to follow from the report")
    number_and_percentage: list[str] = Field([], description="Counts are promised beside percentages")
    quarterly: list[str] = Field([], description="The report is said to come every quarter")
    movement: list[str] = Field([], description="What stands before the period with which is compared")
    up_to: list[str] = Field([], description="What stands before the last month of the figures")
    relates_to: list[str] = Field([], description="Stands between numbers of measures and their subject")
    not_reported: list[str] = Field([], description="Measures are said not to be reported")
    placeholders: list[str] = Field([], description="Words that stand for something yet to be written")


class Glossary(Strict):
    """Terms, phrases and subjects that the checks of a paper's text use."""

    terms: list[Term] = []
    apart: list[list[str]] = Field([], description="Terms of which one paper uses only one")
    implications: list[Implication] = []
    phrases: Phrases = Phrases()

    def joined(self, other: Glossary) -> Glossary:
        """Both glossaries as one."""
        own, others = self.phrases, other.phrases
        return Glossary(
            terms=[*self.terms, *other.terms],
            apart=[*self.apart, *other.apart],
            implications=[*self.implications, *other.implications],
            phrases=Phrases.model_validate(
                {key: [*getattr(own, key), *getattr(others, key)] for key in Phrases.model_fields}
            ),
        )


def read(root: Path, council: str, day: dt.date) -> tuple[Glossary, list[Problem]]:
    """Read the project's glossary and a council's own, as they stood on a day; either may be missing.

    Returns
    -------
    tuple
        Both joined, and every problem of the two files.
    """
    found, problems = Glossary(), []
    for name in ("data/glossary.yml", f"data/councils/{council}/glossary.yml"):
        if (root / name).exists():
            dated, more = read_dated(root / name, name, Glossary)
            problems += more
            found = found.joined(dated.as_at(day)) if dated else found
    return found, problems
