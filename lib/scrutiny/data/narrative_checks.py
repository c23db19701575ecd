"""Checks of groups and judgements against the council: ratings, comparators and periods that there are."""

from __future__ import annotations

from collections.abc import Iterator

from scrutiny.data.catalogue import CouncilFolder
from scrutiny.data.dated import State
from scrutiny.data.narrative import Rule
from scrutiny.data.observations import ASPECTS, Judgement
from scrutiny.data.settings import Committee
from scrutiny.errors import ExitCode, Problem, closest, shown


def groups(folder: CouncilFolder, state: State[Committee]) -> Iterator[Problem]:
    """Ratings and comparators that a committee's rules name and the council does not have."""
    schemes = [state.value for dated in folder.schemes.values() for state in dated.states]
    words = {band.word.casefold(): band.word for scheme in schemes for band in scheme.bands}
    comparators = _comparators(folder)
    for i, group in enumerate(state.value.narrative):
        for rule in group.rule.walk():
            for found, expected, known in _unknown(rule, words, comparators, bool(folder.unread)):
                assert state.document is not None
                where = state.document.where(("narrative", i, "rule"))
                yield Problem(
                    "unknown-in-rule",
                    where,
                    f"group '{group.id}': '{shown(found)}'",
                    expected,
                    closest(found, known),
                    code=ExitCode.DEFINITIONS,
                )


def _comparators(folder: CouncilFolder) -> set[str]:
    """Every comparator that the council has or had at any time."""
    return {comparator.id for state in folder.council.states for comparator in state.value.comparators}


def _unknown(
    rule: Rule, words: dict[str, str], comparators: set[str], incomplete: bool
) -> Iterator[tuple[str, str, set[str]]]:
    for word in rule.rating or ():
        if word.casefold() not in words and not incomplete:
            yield word, "a rating of one of the council's schemes", set(words.values())
    asked = [rule.benchmark.comparator] if rule.benchmark else []
    asked += [aspect for aspect in rule.judgement or () if aspect not in ASPECTS]
    for name in asked:
        if name not in comparators:
            yield name, "a comparator of council.yml, or an aspect of judgements", comparators | set(ASPECTS)


def judgements(folder: CouncilFolder, rows: list[Judgement]) -> Iterator[Problem]:
    """Judgements about something that is neither an aspect nor a comparator of the council."""
    comparators = _comparators(folder)
    for row in rows:
        if row.aspect not in ASPECTS and row.aspect not in comparators:
            known = comparators | set(ASPECTS)
            yield Problem(
                "unknown-aspect",
                f"{row.where}, aspect",
                f"'{shown(row.aspect)}'",
                "one of " + ", ".join(sorted(known)),
                closest(row.aspect, known),
                code=ExitCode.DATA,
            )
