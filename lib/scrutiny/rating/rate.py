"""Rate an outturn: the first band of the council's scheme whose condition holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from scrutiny.data.definitions import Indicator, Polarity
from scrutiny.data.frameworks import NoTarget, Row, Target
from scrutiny.data.schemes import Band, Comparison, Scheme, Style, Travel, When, Width
from scrutiny.figures import RATES, Unit, round_half_away
from scrutiny.rating.explain import Step, cases_words, comparison_words, explain, figure_words
from scrutiny.rating.forecast import forecast_words
from scrutiny.rating.gap import edge, gap_to_target, reach

Travels = Mapping[Comparison, Travel | None]
NO_TRAVEL: Travels = MappingProxyType({})
_MOST_DECIMALS = 12
_PER = {Unit.PERCENT: 100, **RATES}


class NotRated(StrEnum):
    """Why an outturn, or its absence, has no rating; there is always one of these reasons."""

    NO_TARGET = "no_target"
    TARGET_REMOVED = "target_removed"
    TARGET_NOT_PUBLISHED = "target_not_published"
    NOT_DUE = "not_due"
    IN_ARREARS = "in_arrears"
    NO_OUTTURN = "no_outturn"
    UNABLE_TO_REPORT = "unable_to_report"
    SUPPRESSED = "suppressed"
    NOT_PUBLISHED = "not_published"
    PROVISIONAL = "provisional"
    NO_COMPARISON = "no_comparison"
    NO_JUDGEMENT = "no_judgement"
    CONTEXT = "context"

    @property
    def words(self) -> str:
        """The reason for a reader: ``the target has been removed``."""
        return _REASONS[self]


_REASONS = {
    NotRated.NO_TARGET: "no target has been set",
    NotRated.TARGET_REMOVED: "the target has been removed",
    NotRated.TARGET_NOT_PUBLISHED: "the council has not published the target",
    NotRated.NOT_DUE: "no figure is due for this period",
    NotRated.IN_ARREARS: "the figure comes in arrears and none is due yet",
    NotRated.NO_OUTTURN: "no figure has been received",
    NotRated.UNABLE_TO_REPORT: "the council is unable to report this figure",
    NotRated.SUPPRESSED: "the figure is withheld because it rests on small numbers",
    NotRated.NOT_PUBLISHED: "the figure has not been published",
    NotRated.PROVISIONAL: "the figure is provisional, and only final figures are rated",
    NotRated.NO_COMPARISON: "the rating depends on a comparison with an earlier figure that cannot be made",
    NotRated.NO_JUDGEMENT: "neither higher nor lower is better for this indicator",
    NotRated.CONTEXT: "shown as context, measured against a forecast",
}


@dataclass(frozen=True)
class Rating:
    """A rating with its word, look and reason; or 'not rated' with its reason.

    Parameters
    ----------
    word, symbol, style
        What the reader sees: the word first, the symbol second, the colour third.
    origin
        Whether it was computed here or published by the council; None when not rated.
    not_rated
        Why there is no rating; None when there is one.
    reason
        One or two full sentences, never empty.
    gap
        Gap to target in the indicator's unit, positive is better; None where there is none.
    differs_when_exact
        The word that the figure before rounding would have got, where it is another one.
    differs_when_published
        With ``rate_on: exact``, the word that the published figure would have got, where it is another one.
    """

    word: str
    symbol: str
    style: Style
    origin: Literal["computed", "published"] | None
    not_rated: NotRated | None
    reason: str
    gap: Decimal | None = None
    differs_when_exact: str | None = None
    differs_when_published: str | None = None

    def __post_init__(self) -> None:
        """Refuse a rating without a reason, and anything that is both rated and not rated, or neither."""
        if not self.reason.strip():
            raise ValueError("a rating needs its reason")
        if (self.origin is None) == (self.not_rated is None):
            raise ValueError("a rating has an origin, or a reason why it is not rated; one of the two")

    @property
    def is_rated(self) -> bool:
        """Whether it counts among the rated indicators."""
        return self.not_rated is None


def not_rated(reason: NotRated, *, scheme: Scheme, detail: str = "") -> Rating:
    """Say that there is no rating, and why.

    Parameters
    ----------
    reason
        Which of the named reasons.
    scheme
        Gives the word and look of 'not rated'.
    detail
        Added to the reason after a semicolon: ``expected by March 2019``.

    Raises
    ------
    ValueError
        If the reason is none of the named ones.
    """
    named = NotRated(reason)
    look = scheme.not_rated
    said = "; ".join(part for part in (named.words, detail.strip().rstrip(".")) if part)
    return Rating(look.word, look.symbol, look.style, None, named, f"{look.word}: {said}.")


def published_rating(
    word: str,
    *,
    scheme: Scheme,
    source_words: str = "",
    because: str = "the figure itself was not published",
) -> Rating:
    """Take over a rating that the council published.

    Parameters
    ----------
    word
        The council's word, whatever its capitals.
    scheme
        The scheme that has the word.
    source_words
        Where it was published: ``Table 1 of the report of 26 September 2018``.
    because
        Why it is taken over and not computed; empty to leave that out.

    Raises
    ------
    KeyError
        If the scheme has no such word.
    """
    band = scheme.band(word)
    where = f" ({source_words.strip()})" if source_words.strip() else ""
    why = f"; {because}" if because else ""
    reason = f"The council published this rating, {band.word}{where}{why}."
    return Rating(band.word, band.symbol, band.style, "published", None, reason)


def rate(
    value: Decimal,
    *,
    indicator: Indicator,
    row: Row,
    scheme: Scheme,
    travel: Travels = NO_TRAVEL,
    provisional: bool = False,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
) -> Rating:
    """Rate an outturn by the first band of the scheme whose condition holds.

    The figure is rated as published, that is rounded half away from zero to the indicator's decimals,
    unless the scheme says ``rate_on: exact``.

    Parameters
    ----------
    value
        The outturn, exact, in the indicator's unit.
    indicator
        Gives unit, decimals and polarity.
    row
        The framework's row as it was known on the day: target, tolerance and other widths.
    scheme
        Ordered bands.
    travel
        Direction of travel against each comparison; None or missing where there is nothing to compare with.
    provisional
        Whether the figure is provisional.
    numerator, denominator
        Counts behind the figure; None where they are not known.

    Returns
    -------
    Rating
        Rated, or not rated with its reason.

    Raises
    ------
    ValueError
        If the row lacks a width that the scheme names, or the target does not fit the polarity; the check of
        definitions refuses both before anything is rated.

    Examples
    --------
    >>> from scrutiny.data.frameworks import Row
    >>> from scrutiny.data.schemes import Scheme
    >>> reviews = Indicator(
    ...     id="reviews", title="Reviews on time", unit="percent", polarity="high_is_good", frequency="month"
    ... )
    >>> row = Row(
    ...     indicator="reviews",
    ...     number="16",
    ...     target={"at_least": "95", "at_most": "100"},
    ...     tolerance="5 points",
    ... )
    >>> scheme = Scheme(
    ...     id="three",
    ...     title="Three states",
    ...     bands=[
    ...         {"word": "Green", "symbol": "●", "style": "green", "when": {"shortfall_at_most": "0"}},
    ...         {
    ...             "word": "Amber",
    ...             "symbol": "◆",
    ...             "style": "amber",
    ...             "when": {"shortfall_at_most": "tolerance"},
    ...         },
    ...         {"word": "Red", "symbol": "■", "style": "red", "when": "otherwise"},
    ...     ],
    ... )
    >>> rate(Decimal("94"), indicator=reviews, row=row, scheme=scheme).reason
    '94% is 1 percentage point short of the 95% to 100% range and inside the 5-point tolerance, so Amber.'

    Source: the published rules of eight councils in one shape; see the methods page.
    """
    figure = f"the figure is {figure_words(value, indicator)}"
    if row.target.is_forecast:
        figure = f"{figure_words(value, indicator)} is {forecast_words(value, row.target, indicator)}"
    why_not = _why_not(indicator, row.target, scheme, provisional)
    if why_not:
        return not_rated(why_not, scheme=scheme, detail=figure)
    rule = _Rule(indicator, row, scheme, travel)
    as_published = round_half_away(value, indicator.decimals)
    unrounded = _unrounded(value, numerator, denominator, indicator)
    on_exact = scheme.rate_on == "exact"
    rated, aside = (unrounded, as_published) if on_exact else (as_published, unrounded)
    steps = rule.steps(rated)
    last = steps[-1]
    if last.direction_holds is None:
        assert last.direction is not None
        missing = f"it looks at {comparison_words(last.direction.against, indicator)}"
        return not_rated(NotRated.NO_COMPARISON, scheme=scheme, detail=f"{missing}; {figure}")
    shown, words = rule.show(rated) if on_exact else (rated, figure_words(rated, indicator))
    reason = explain(shown, rule.gap(shown), indicator=indicator, target=row.target, steps=steps, shown=words)
    gap = rule.gap(rated)
    if gap < 0:
        decimals = None if on_exact else indicator.decimals
        cases = cases_words(
            numerator,
            denominator,
            value=as_published,
            target=row.target,
            indicator=indicator,
            decimals=decimals,
        )
        reason = f"{reason} {cases}".rstrip()
    other = rule.word(aside)
    differs = other if other != last.band.word else None
    look = (last.band.word, last.band.symbol, last.band.style)
    exact, published = (None, differs) if on_exact else (differs, None)
    return Rating(*look, "computed", None, reason, gap, exact, published)


def _why_not(indicator: Indicator, target: Target, scheme: Scheme, provisional: bool) -> NotRated | None:
    if target.is_forecast:
        return NotRated.CONTEXT
    if indicator.polarity is Polarity.NO_JUDGEMENT:
        return NotRated.NO_JUDGEMENT
    if target.none is not None:
        return {
            NoTarget.REMOVED: NotRated.TARGET_REMOVED,
            NoTarget.NOT_SET: NotRated.NO_TARGET,
            NoTarget.NOT_PUBLISHED: NotRated.TARGET_NOT_PUBLISHED,
        }[target.none]
    if provisional and scheme.provisional == "not_rated":
        return NotRated.PROVISIONAL
    return None


def _unrounded(
    value: Decimal, numerator: Decimal | None, denominator: Decimal | None, indicator: Indicator
) -> Decimal:
    """The figure before rounding: from its counts where they make the published figure, else as recorded."""
    per = _PER.get(indicator.unit)
    if per is None or numerator is None or not denominator:
        return value
    share = numerator * per / denominator
    same = round_half_away(share, indicator.decimals) == round_half_away(value, indicator.decimals)
    return share if same else value


@dataclass(frozen=True)
class _Rule:
    """A scheme applied to one indicator's row, with the direction of travel held fixed."""

    indicator: Indicator
    row: Row
    scheme: Scheme
    travel: Travels

    def gap(self, value: Decimal) -> Decimal:
        gap = gap_to_target(value, self.row.target, self.indicator.polarity)
        assert gap is not None  # there is a target and a polarity: asked before
        return gap

    def steps(self, value: Decimal) -> list[Step]:
        """The bands as tried, up to the first that holds or that cannot be told for want of a comparison."""
        steps: list[Step] = []
        for band in self.scheme.bands:
            steps.append(self._try(band, value))
            if steps[-1].near_enough and steps[-1].direction_holds is not False:
                break
        return steps

    def word(self, value: Decimal) -> str | None:
        """The word that a figure gets; None where it cannot be told."""
        last = self.steps(value)[-1]
        return None if last.direction_holds is None else last.band.word

    def show(self, value: Decimal) -> tuple[Decimal, str]:
        """An unrounded figure with as many decimals as it takes to show where it lies, and in words."""
        shown = as_published = round_half_away(value, self.indicator.decimals)
        words = figure_words(as_published, self.indicator)
        if value == as_published:
            return value, words
        decimals = self.indicator.decimals
        while decimals < _MOST_DECIMALS and (
            decimals == self.indicator.decimals or not self._as(shown, value)
        ):
            decimals += 1
            shown = round_half_away(value, decimals)
        return shown, f"{words} ({figure_words(shown, self.indicator, decimals)} before rounding)"

    def _as(self, short: Decimal, value: Decimal) -> bool:
        """Whether a shortened figure lies on the same side of the target, and gets the same word."""
        gap, short_gap = self.gap(value), self.gap(short)
        same_side = (gap > 0, gap < 0) == (short_gap > 0, short_gap < 0)
        return same_side and self.word(short) == self.word(value)

    def _width(self, named: Width | str | None) -> Width | None:
        if not isinstance(named, str):
            return named
        width = self.row.width(named)
        if width is None:
            raise ValueError(
                f"the row of {self.row.indicator} lacks the width '{named}' that the scheme names"
            )
        return width

    def _try(self, band: Band, value: Decimal) -> Step:
        if not isinstance(band.when, When):
            return Step(band)
        polarity = self.indicator.polarity
        measured_from = edge(self.row.target, polarity, value)
        assert measured_from is not None
        surplus = band.when.surplus_at_least is not None
        width = self._width(band.when.surplus_at_least if surplus else band.when.shortfall_at_most)
        distance = reach(width, measured_from, polarity) if width else None
        near_enough = distance is None or self.gap(value) >= (distance if surplus else -distance)
        direction = band.when.direction
        travelled = self.travel.get(direction.against) if direction else None
        holds: bool | None = True
        if direction and travelled is None:
            holds = {"not_rated": None, "holds": True, "fails": False}[direction.unknown]
        elif direction:
            holds = travelled in direction.is_
        return Step(band, width, distance, near_enough, surplus, direction, travelled, holds)
