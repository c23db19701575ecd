"""Where a figure lies: against its target, each comparator, the year's end and its forecast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from scrutiny.data.definitions import Council, Polarity
from scrutiny.data.frameworks import Target
from scrutiny.data.observations import Judgement
from scrutiny.figures import Unit, published, round_half_away
from scrutiny.rating.explain import target_words
from scrutiny.rating.gap import gap_to_target
from scrutiny.rating.table import Reported
from scrutiny.writing.patterns.shape import bracketed, which_is_better
from scrutiny.writing.words import DAGGER, listed
from scrutiny.writing.year import forecast_words

_SAID = {
    "above": "above",
    "below": "below",
    "at": "at",
    "short_of": "short of",
    "within": "within",
    "in_line": "in line with",
    "significantly_above": "significantly above",
    "significantly_below": "significantly below",
}


_RANKED = {"above": "behind", "below": "ahead of", "in line with": "level with"}
"""Of a ranking, where 1st is the lowest number."""


@dataclass(frozen=True)
class Clause:
    """One place: ``below``, ``the target of 90%``; whether that is good, None where it is not judged."""

    where: str
    what: str
    good: bool | None


def against(r: Reported, council: Council, names: Iterable[str], *, aside: bool = True) -> str:
    """Say where the figure lies: ``above the national average of 92%, but below the target of 95%``.

    Parameters
    ----------
    names
        Ids of comparators, or ``target``, in the order in which they are said. One of which neither a figure nor a
        published judgement is known is left out.
    aside
        Whether "(lower is better)" follows where it is.

    Notes
    -----
    Above and below are arithmetic on the figures as published. Where no figures were published, a published judgement
    is cited. "Significantly" is only ever the council's own word here; `significantly` reckons it. "But" stands between
    good news and bad; where nothing is judged, between above and below.
    """
    clauses = [clause for name in names if (clause := _lies(r, council, name))]
    if not clauses:
        return ""
    return bracketed(_joined(clauses), which_is_better(r.indicator) if aside else "")


def significantly(r: Reported, council: Council, names: Iterable[str], *, aside: bool = True) -> str:
    """Say which comparators the figure differs from by more than chance: ``significantly above the London figure``.

    Parameters
    ----------
    names
        Ids of comparators, in the order in which they are said; none: every comparator of the council.

    Returns
    -------
    str
        Empty where the 95% interval of the figure holds the benchmark, where there is no interval, and where the two
        figures are the same as published. Of those that are left, all are said together as `against` says them.
    """
    apart = {b.comparator.id for b in r.benchmarks if r.position_is_real(b)}
    clauses = [
        replace(clause, where=f"significantly {clause.where.removeprefix('significantly ')}")
        for name in names or [c.id for c in council.comparators]
        if name in apart and (clause := _lies(r, council, name))
    ]
    if not clauses:
        return ""
    return bracketed(_joined(clauses), which_is_better(r.indicator) if aside else "")


def _joined(clauses: list[Clause]) -> str:
    """The clauses with what lies on one side said together, in the order in which each side comes first."""
    groups: dict[str, list[Clause]] = {}
    for clause in clauses:
        groups.setdefault(clause.where, []).append(clause)
    sides = []
    for where, group in groups.items():
        goods = {clause.good for clause in group}
        sides.append(Clause(where, listed([c.what for c in group]), goods.pop() if len(goods) == 1 else None))
    said = [f"{side.where} {side.what}" for side in sides]
    joins = [_join(first, then) for first, then in pairwise(sides)]
    if ", but " not in joins:
        several = len(said) == 2 and len(groups[sides[0].where]) > 1
        return ", and ".join(said) if several else listed(said)
    return said[0] + "".join(f"{join}{clause}" for join, clause in zip(joins, said[1:], strict=True))


def _join(first: Clause, then: Clause) -> str:
    if first.good is not None and then.good is not None:
        return " and " if first.good == then.good else ", but "
    sides = {_side(first.where), _side(then.where)}
    return ", but " if sides == {-1, 1} else " and "


def _side(where: str) -> int:
    return 1 if where.endswith("above") else -1 if where.endswith(("below", "short of")) else 0


def _lies(r: Reported, council: Council, name: str) -> Clause | None:
    clause = _to_target(r) if name == "target" else _to_comparator(r, council, name)
    if clause is None or r.indicator.unit is not Unit.RANK:
        return clause
    if r.indicator.polarity is not Polarity.LOW_IS_GOOD:
        return None  # above and below of a ranking would be read either way
    return replace(clause, where=_RANKED.get(clause.where, clause.where))


def _to_comparator(r: Reported, council: Council, name: str) -> Clause | None:
    comparator = next((c for c in council.comparators if c.id == name), None)
    called = (comparator.called or f"the {comparator.name} figure") if comparator else ""
    said = r.judgements.get(name)
    for benchmark in r.benchmarks:
        if benchmark.comparator.id == name and benchmark.position is not None:
            assert benchmark.observation.value is not None
            value = published(benchmark.observation.value, r.indicator.unit, r.indicator.decimals)
            place = benchmark.position.arithmetic
            good = {"better": True, "similar": True, "worse": False}.get(benchmark.position.judgement)
            strong = said is not None and said.judgement == f"significantly_{place}"
            where = f"significantly {place}" if strong else _SAID[place]
            return Clause(where, f"{called} of {value}", good)
    if said is None or not called:
        return None
    return Clause(_SAID[said.judgement], called, _good(said, r))


def _good(said: Judgement, r: Reported) -> bool | None:
    """Whether a published place is good news, by the polarity."""
    if said.judgement in ("in_line", "at", "within"):
        return True
    if said.judgement == "short_of":
        return False
    side = 1 if said.judgement.endswith("above") else -1
    return {"high_is_good": side > 0, "low_is_good": side < 0}.get(r.indicator.polarity.value)


def _to_target(r: Reported) -> Clause | None:
    target, said = r.row.target, r.judgements.get("target")
    called = target.called or ("the target range" if target.is_range else "the target")
    what = f"{called} of {_bare(target, r)}" if target.exists else called
    if r.outturn is None or r.outturn.value is None:
        return Clause(_SAID[said.judgement], what, _good(said, r)) if said else None
    if not target.exists:
        return None
    gap = gap_to_target(round_half_away(r.outturn.value, r.indicator.decimals), target, r.indicator.polarity)
    return Clause(_where(r, target), what, None if gap is None else gap >= 0)


def _bare(target: Target, r: Reported) -> str:
    words = target_words(target, r.indicator).removesuffix(" or better")
    for start in ("at most ", "at least ", "close to "):
        words = words.removeprefix(start)
    return f"{words}{DAGGER if target.illustrative else ''}"


def _where(r: Reported, target: Target) -> str:
    """Arithmetic: where the figure lies beside the edges of a target that exists."""
    assert r.outturn is not None and r.outturn.value is not None
    value = round_half_away(r.outturn.value, r.indicator.decimals)
    low = target.at_least if target.close_to is None else target.close_to
    high = target.at_most if target.close_to is None else target.close_to
    if low is not None and value < low:
        return "below"
    if high is not None and value > high:
        return "above"
    if target.is_range:
        return "within"
    edge = low if low is not None else high
    if value == edge:
        return "at"
    return "above" if low is not None else "below"


def forecast(r: Reported) -> str:
    """Say the position now and the forecast apart: ``below its year-end target of 85% but forecast to meet it``.

    Returns
    -------
    str
        The forecast is the council's own, a published judgement or the words of the framework's row; without one, or
        without a year-end target, nothing is said. Without a figure the forecast stands alone.
    """
    target, said = r.row.year_end, forecast_words(r)
    if target is None or not target.exists or not said:
        return ""
    judgement = r.judgements.get("forecast")
    met = judgement is not None and judgement.judgement == "will_be_met"
    named = f"its year-end target of {_bare(target, r)}"
    if r.outturn is None or r.outturn.value is None:
        return f"forecast to meet {named}" if met else f"{named} is {said}"
    value = round_half_away(r.outturn.value, r.indicator.decimals)
    gap = gap_to_target(value, target, r.indicator.polarity)
    where = _where(r, target)
    if r.indicator.unit is Unit.RANK:
        where = _RANKED.get(where, where)
    if not met:
        return f"{where} {named}, which is {said}"
    return f"{where} {named} {'but' if gap is not None and gap < 0 else 'and'} forecast to meet it"
