"""Findings: what a chart shows in words, for its title, its subtitle and those who cannot see it.

Every word rests on the figures as published. Rose, fell, above and below are arithmetic; better and
worse appear only where the polarity says so. Texts are plain: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from scrutiny.data.definitions import Basis, Indicator, Polarity
from scrutiny.data.observations import Observation
from scrutiny.figures import Unit, gap_in_words, published, round_half_away
from scrutiny.periods import Kind, Period
from scrutiny.rating.benchmarks import BenchmarkPosition
from scrutiny.rating.explain import target_words
from scrutiny.rating.gap import gap_to_target
from scrutiny.rating.gaps import missing
from scrutiny.rating.table import Benchmarked, RatedView, Reported
from scrutiny.writing.facts import DAGGER
from scrutiny.writing.series import alongside, charted, recent, trend_ends
from scrutiny.writing.words import capitalised, in_words, lag_words, listed

_KIND_WORDS = {
    Kind.MONTH: ("month", "months"),
    Kind.QUARTER: ("quarter", "quarters"),
    Kind.FINANCIAL_YEAR: ("year", "years"),
    Kind.CALENDAR_YEAR: ("calendar year", "calendar years"),
    Kind.ACADEMIC_YEAR: ("academic year", "academic years"),
}


def headline(r: Reported, view: RatedView) -> str:
    """State the finding as a chart's title: the place against the target, then against benchmarks.

    The name comes first with a colon, since the names of indicators are of every grammatical form
    ("Referred again within 12 months"). Without a target, or where neither way is better, the
    movement stands instead of the place.

    Parameters
    ----------
    r
        The indicator; a missing value gives its reason, never a figure.
    view
        Gives the council's name.

    Returns
    -------
    str
        ``MMR2 uptake: 4.6 percentage points short of target† and below England``; † marks an
        illustrative target.
    """
    name = r.indicator.name
    value = _published(r)
    if value is None:
        return f"{name}: {_without_figure(r, view)}"
    place = _place(r, value, *_target_names(r))
    text = f"{place}{_reached(r, value)}" if place else _movement(r)
    gap = _gap(r, value)
    text += _beside_benchmarks(r, None if gap is None else gap >= 0, plain=text == place)
    if r.outturn and r.outturn.status == "provisional":
        text += "; provisional"
    return f"{name}: {text}"


def subtitle(r: Reported) -> str:
    """Say what a chart's figures are: what is counted, unit, how often, and from when to when.

    Returns
    -------
    str
        ``%, by quarter, January to March 2014 to January to March 2018``, with what is counted
        before it where the indicator says so.
    """
    indicator, shown = r.indicator, charted(r)
    parts = [indicator.unit.heading]
    if indicator.unit is Unit.PERCENT and indicator.numerator:
        parts.insert(0, indicator.numerator)
    kind = Kind(indicator.frequency.value) if r.period.kind is Kind.SNAPSHOT else r.period.kind
    basis = "" if indicator.basis is Basis.PERIOD else indicator.basis.words
    parts.append(f"by {_KIND_WORDS[kind][0]}" + (f" ({basis})" if basis else ""))
    first, last = (shown[0].period, shown[-1].period) if shown else (r.period, r.period)
    parts.append(first.span if first == last else f"{first.span} to {last.span}")
    text = capitalised(", ".join(parts))
    return f"{text}; {lag_words(r.in_arrears, kind)} in arrears" if r.in_arrears else text


def alt_text(r: Reported, view: RatedView, benchmark_series: Mapping[str, Sequence[Observation]]) -> str:
    """Say in two sentences what a chart shows, for those who cannot see it.

    Parameters
    ----------
    r, view
        The indicator, and the view that it belongs to.
    benchmark_series
        Comparators' figures as given to the chart; those outside its span are not spoken of.

    Returns
    -------
    str
        From which figure to which, the low and the high between them, missing periods; then target,
        rating and benchmarks, each with its period.
    """
    shown = charted(r)
    who = view.council.short_name
    start = f"{r.indicator.name}, {who}: {_trend(shown, r.indicator)}{_between(shown, r.indicator)}"
    last = _rated(r)
    for name, rows in alongside(benchmark_series, shown, view.council).items():
        stood = f"{_figure(rows[-1], r.indicator)} {_when(rows[-1].period)}"
        last += f"; {name}: {stood}"
    return f"{start}. {capitalised(last)}."


def spark_alt(r: Reported) -> str:
    """Say in a few words what a small trend picture shows.

    Returns
    -------
    str
        ``Rose from 80.5% in Q4 2016/17 to 85.4% in Q4 2017/18``; with one figure that figure, with
        none ``No figure``.
    """
    return capitalised(_trend(recent(r), r.indicator, short=True))


def _published(r: Reported) -> Decimal | None:
    value = r.outturn.value if r.outturn else None
    return None if value is None else round_half_away(value, r.indicator.decimals)


def _figure(o: Observation, indicator: Indicator) -> str:
    assert o.value is not None
    zeros = indicator.trailing_zeros
    return published(o.value, indicator.unit, indicator.decimals, trailing_zeros=zeros)


def _when(period: Period, short: bool = False) -> str:
    name = period.label if short else period.span
    return f"on {name}" if period.kind is Kind.SNAPSHOT else f"in {name}"


def _without_figure(r: Reported, view: RatedView) -> str:
    if r.rating.is_rated:
        return f"{r.rating.word} by {view.council.short_name}’s own rating, figure not published"
    assert r.rating.not_rated is not None
    return r.rating.not_rated.words


def _gap(r: Reported, value: Decimal) -> Decimal | None:
    """Gap to target as published; None without a target, or where neither way is better."""
    return gap_to_target(value, r.row.target, r.indicator.polarity)


def _target_names(r: Reported) -> tuple[str, str]:
    mark = DAGGER if r.row.target.illustrative else ""
    return f"target{mark}", f"the target range{mark}"


def _place(r: Reported, value: Decimal, target: str, target_range: str) -> str:
    """Where a figure lies against its target: ``4.6 percentage points short of target``."""
    gap, agreed = _gap(r, value), r.row.target
    if gap is None:
        return ""
    what = target_range if agreed.is_range else target
    if agreed.is_range and gap >= 0:
        assert agreed.at_least is not None and agreed.at_most is not None
        inside = agreed.at_least <= value <= agreed.at_most
        text = f"within {what}" if inside else f"beyond {what}, on the better side"
    elif gap == 0:
        text = f"on {what}"
    else:
        text = f"{gap_in_words(gap, r.indicator.unit)} {_side(r, value, gap)} {what}"
    exact = r.rating.gap
    if exact is not None and (exact < 0) != (gap < 0):
        text += f" as published, but {'not' if gap >= 0 else 'met'} before rounding"
    return text


def _side(r: Reported, value: Decimal, gap: Decimal) -> str:
    polarity, target = r.indicator.polarity, r.row.target
    if polarity is Polarity.CLOSE_TO_TARGET or target.close_to is not None:
        upper = target.close_to if target.close_to is not None else target.at_most
        return "above" if upper is not None and value > upper else "below"
    if polarity is Polarity.HIGH_IS_GOOD:
        return "above" if gap > 0 else "short of"
    if r.indicator.unit is Unit.RANK:
        return "ahead of" if gap > 0 else "behind"
    return "under" if gap > 0 else "over"


def _reached(r: Reported, value: Decimal) -> str:
    """Since when the target's level was not reached: earlier years may have had other targets."""
    shown = charted(r)
    gap = _gap(r, value)
    is_last = r.outturn is not None and shown[-1:] == (r.outturn,)
    if gap is None or gap < 0 or not is_last or len(shown) < 3:
        return ""
    if r.indicator.basis is Basis.YEAR_TO_DATE:
        return ""
    at_level = [o for o in shown[:-1] if _at_level(o, r)]
    if not at_level:
        return ", a level not seen before in the period shown"
    last = at_level[-1]
    return "" if last == shown[-2] else f", a level last seen {_when(last.period, short=True)}"


def _at_level(o: Observation, r: Reported) -> bool:
    assert o.value is not None
    gap = _gap(r, round_half_away(o.value, r.indicator.decimals))
    return gap is not None and gap >= 0


def _movement(r: Reported) -> str:
    """The figure, and how it moved since the period before, or else since the year before."""
    assert r.outturn is not None
    figure = _figure(r.outturn, r.indicator)
    for against in ("previous_period", "same_period_last_year"):
        if (way := r.directions.get(against)) and way.comparable:
            return f"{figure}, {way.words}"
    return f"{figure} {_when(r.period)}"


def _beside_benchmarks(r: Reported, on_target: bool | None, *, plain: bool) -> str:
    """How the figure lies against each benchmark, joined to what was said of the target.

    "But" stands where one is good news and the other is not; "and" where they agree, or where
    nothing is judged.
    """
    groups: dict[tuple[str, bool | None], list[str]] = {}
    for b in r.benchmarks:
        if b.position is not None:
            good = {"better": True, "worse": False}.get(b.position.judgement)
            groups.setdefault((_lies(b.position, r.indicator), good), []).append(_name(b, r))
    if not groups:
        return ""
    said = [f"{where} {listed(names)}" for (where, _), names in groups.items()]
    news = [on_target, *(one for _, one in groups)]
    joins = [" but " if {a, b} == {True, False} else " and " for a, b in pairwise(news)]
    if on_target is None or not plain or len(said) > 1:
        joins[0] = "; "
    return "".join(join + clause for join, clause in zip(joins, said, strict=True))


def _lies(position: BenchmarkPosition, indicator: Indicator) -> str:
    judged, lies = position.judgement, position.arithmetic
    if judged == "not_judged":
        return {"above": "higher than", "below": "lower than", "in_line": "similar to"}[lies]
    if indicator.unit is Unit.RANK and judged != "similar":
        return "ahead of" if judged == "better" else "behind"
    return {"above": "above", "below": "below", "in_line": "in line with"}[lies]


def _name(b: Benchmarked, r: Reported) -> str:
    """A comparator's name in a sentence, with the period of its figure where it is another one."""
    name = b.comparator.name
    if name.startswith(("North ", "South ", "East ", "West ")):
        name = f"the {name}"
    period = b.observation.period
    return name if period == r.period else f"{name} ({period.label})"


def _trend(shown: Sequence[Observation], indicator: Indicator, short: bool = False) -> str:
    """From which figure to which: ``rose from 80.5% in Q4 2016/17 to 85.4% in Q4 2017/18``."""
    if not shown:
        return "no figure"
    last = shown[-1]
    now = f"{_figure(last, indicator)} {_when(last.period, short)}"
    ends = trend_ends(shown, indicator)
    if ends is None:
        return now
    first = ends[0]
    assert first.value is not None and last.value is not None
    before = f"{_figure(first, indicator)} {_when(first.period, short)}"
    decimals = indicator.decimals
    change = round_half_away(last.value, decimals) - round_half_away(first.value, decimals)
    if change == 0:
        return f"level at {before} and {_when(last.period, short)}"
    if indicator.unit is Unit.RANK:
        return f"moved from {before} to {now}"
    return f"{'rose' if change > 0 else 'fell'} from {before} to {now}"


def _between(shown: Sequence[Observation], indicator: Indicator) -> str:
    """The low and the high where they are not at the ends; and how many periods are missing."""
    text = ""
    if len(shown) > 2 and indicator.basis is not Basis.YEAR_TO_DATE:
        values = {o: round_half_away(o.value, indicator.decimals) for o in shown if o.value is not None}
        ends = {values[shown[0]], values[shown[-1]]}
        extremes = [
            ("low", min(shown, key=lambda o: values[o])),
            ("high", max(shown, key=lambda o: values[o])),
        ]
        said = [
            f"a {word} of {_figure(o, indicator)} {_when(o.period)}"
            for word, o in extremes
            if values[o] not in ends and indicator.unit is not Unit.RANK
        ]
        text = f", with {listed(said)}" if said else ""
    gaps = sum(missing(a, b, indicator) for a, b in pairwise(shown))
    if not gaps:
        return text
    kind = shown[-1].period.kind
    kind = Kind(indicator.frequency.value) if kind is Kind.SNAPSHOT else kind
    one, many = _KIND_WORDS[kind]
    return f"{text}; no figure for {in_words(gaps)} {one if gaps == 1 else many}"


def _rated(r: Reported) -> str:
    """Target and rating: ``the last figure is on the target of 90%, rated Green``."""
    rating = r.rating
    if rating.is_rated:
        rated = f"rated {rating.word}" + (" by the council" if rating.origin == "published" else "")
    else:
        assert rating.not_rated is not None
        rated = f"not rated: {rating.not_rated.words}"
    value = _published(r)
    if value is None:
        return rated
    mark = " (illustrative)" if r.row.target.illustrative else ""
    agreed = target_words(r.row.target, r.indicator).removeprefix("at most ")
    agreed = agreed.removeprefix("close to ") + mark
    place = _place(r, value, f"the target of {agreed}", f"the target range of {agreed}")
    return f"the last figure is {place}, {rated}" if place else rated
