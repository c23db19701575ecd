"""What is known of an indicator for a period, and the rating that it gets, or why it gets none."""

from __future__ import annotations

from dataclasses import dataclass, field

from scrutiny.data.definitions import Indicator, Polarity
from scrutiny.data.frameworks import Framework, NoTarget, Row
from scrutiny.data.observations import SYMBOLS, Judgement, Observation, Unable
from scrutiny.data.schemes import Comparison, Scheme, Travel
from scrutiny.errors import Problem, ProblemError, closest
from scrutiny.periods import Period
from scrutiny.rating.direction import Direction
from scrutiny.rating.intervals import numerator_of
from scrutiny.rating.rate import NotRated, Rating, not_rated, published_rating, rate

SMALL = ("c", "k", "low")
"""Symbols that stand for a small number; the others say that there is no sound figure at all."""


@dataclass(frozen=True)
class Found:
    """What is rated, and by what: an indicator of a framework, its own period, and what is known of it."""

    indicator: Indicator
    row: Row
    framework: Framework
    scheme: Scheme
    period: Period
    fell_due: bool
    outturn: Observation | None
    directions: dict[Comparison, Direction]
    unable: Unable | None = None
    judgements: dict[str, Judgement] = field(default_factory=dict)


def rating_of(found: Found) -> Rating:
    """The rating, or the reason why there is none."""
    indicator, row, scheme, outturn = found.indicator, found.row, found.scheme, found.outturn
    unable = found.unable
    if unable and (outturn is None or outturn.value is None):
        expected = f"; expected {unable.expected}" if unable.expected else ""
        return not_rated(NotRated.UNABLE_TO_REPORT, scheme=scheme, detail=f"{unable.reason}{expected}")
    if not found.fell_due:
        return not_rated(NotRated.NOT_DUE, scheme=scheme)
    if outturn is None and found.judgements:
        return not_rated(NotRated.NOT_PUBLISHED, scheme=scheme)
    if outturn is None:
        before_the_year = indicator.arrears and found.period.start < found.framework.period.start
        return not_rated(NotRated.IN_ARREARS if before_the_year else NotRated.NO_OUTTURN, scheme=scheme)
    if outturn.value is None or row.target.none is NoTarget.NOT_PUBLISHED:
        return _unrated_value(scheme, outturn)
    if row.target.none is not None:
        removed, neutral = (
            row.target.none is NoTarget.REMOVED,
            indicator.polarity is Polarity.NO_JUDGEMENT,
        )
        never = NotRated.NO_JUDGEMENT if neutral else NotRated.NO_TARGET
        reason = NotRated.TARGET_REMOVED if removed else never
        return not_rated(reason, scheme=scheme, detail=row.target.reason)
    travel: dict[Comparison, Travel | None] = {
        c: (d.judgement if d.judgement != "not_judged" else None) for c, d in found.directions.items()
    }
    return rate(
        outturn.value,
        indicator=indicator,
        row=row,
        scheme=scheme,
        travel=travel,
        provisional=outturn.status == "provisional",
        denominator=outturn.denominator,
        numerator=numerator_of(outturn, indicator),
    )


def _unrated_value(scheme: Scheme, outturn: Observation) -> Rating:
    if word := published_word(outturn, scheme):
        without_figure = outturn.value is None
        because = "the figure itself was not published" if without_figure else "its target was not published"
        return published_rating(word, scheme=scheme, because=because)
    if outturn.symbol in SMALL:
        return not_rated(NotRated.SUPPRESSED, scheme=scheme)
    reason = NotRated.NOT_PUBLISHED if outturn.value is None else NotRated.TARGET_NOT_PUBLISHED
    return not_rated(reason, scheme=scheme, detail=SYMBOLS.get(outturn.symbol, ""))


def published_word(outturn: Observation | None, scheme: Scheme) -> str:
    """The council's own rating in the scheme's spelling; a problem if the scheme has no such word."""
    if outturn is None or not outturn.rating_published:
        return ""
    try:
        return scheme.band(outturn.rating_published).word
    except KeyError:
        words = [band.word for band in scheme.bands]
        raise ProblemError(
            [
                Problem(
                    "unknown-rating",
                    f"{outturn.where}, rating_published",
                    f"'{outturn.rating_published}'",
                    f"a word of the scheme {scheme.id}: {', '.join(words)}",
                    closest(outturn.rating_published, words),
                )
            ]
        ) from None
