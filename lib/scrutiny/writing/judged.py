"""Published judgements as a table shows them: the paper's own words, marked as published."""

from __future__ import annotations

from scrutiny.data.observations import ASPECTS
from scrutiny.rating.table import Reported

_NOT_COMPARATORS = tuple(ASPECTS)


def judged_lines(r: Reported, *aspects: str) -> list[str]:
    """What the council said of some aspects, in the paper's own words: ``above the national average, as published``."""
    found = [r.judgements[aspect] for aspect in aspects if aspect in r.judgements]
    return list(dict.fromkeys(f"{judgement.words.rstrip('.')}, as published" for judgement in found))


def judged_direction(r: Reported) -> list[str]:
    """What was said of the direction of travel; nothing where figures were compared."""
    compared = any(direction.comparable for direction in r.directions.values())
    return [] if compared else judged_lines(r, "direction")


def judged_benchmarks(r: Reported) -> list[str]:
    """What was said of comparators beside which no figure of this indicator could be set."""
    compared = {b.comparator.id for b in r.benchmarks if b.position is not None}
    said = [a for a in r.judgements if a not in _NOT_COMPARATORS and a not in compared]
    return judged_lines(r, *said)
