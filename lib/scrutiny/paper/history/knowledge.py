"""Knowledge: the figures, benchmarks and directions that are others on another day or at another meeting."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from scrutiny.data.observations import SYMBOLS, Observation
from scrutiny.data.store import Key, Known
from scrutiny.figures import published, round_half_away
from scrutiny.paper.history.compared import BenchmarkChange, DirectionChange, FigureChange, UnableChange
from scrutiny.paper.history.editions import Edition
from scrutiny.paper.history.subjects import Pair, pairs, subject
from scrutiny.rating.table import Benchmarked, Reported
from scrutiny.writing.groups import is_unable

FigureKind = Literal["restated", "newly_known", "no_longer_known", "status"]


def changed_figures(before: Edition, now: Edition) -> Iterator[FigureChange]:
    """The figures of the papers' indicators that are others, oldest period first.

    A figure is restated where one period has another value, also where it was first given after the one day and
    restated by the other; it is newly known, or no longer known, where only one of the days knows a value. A change
    that rounding hides is none.
    """
    early, late = sorted((before, now), key=lambda one: one.day)
    rows: dict[str, tuple[str, Reported]] = {}
    for pair in pairs(early, late):
        for r in (*pair.now.rows, *pair.before.rows):
            rows.setdefault(r.indicator.id, (pair.name, r))
    for name, r in rows.values():
        for key in _keys(r, late):
            then, here = _states(key, early.known, late.known)
            if before is late:
                then, here = here, then
            made = _change(name, r, then, here)
            if made is not None:
                yield made


def _keys(r: Reported, late: Edition) -> list[Key]:
    """Every period of an indicator that the later day knows of, on the bases that the paper shows."""
    bases = (r.indicator.basis, r.row.beside)
    area = late.inputs.folder.council.as_at(late.day).area
    found = [k for k in late.known.outturns if k[0] == r.indicator.id and k[1] == area and k[3] in bases]
    return sorted(found, key=lambda key: (key[3] is not r.indicator.basis, key[2]))


def _states(key: Key, early: Known, late: Known) -> tuple[Observation | None, Observation]:
    """What the earlier day knew, or else what was first given after it; and what the later day knows."""
    then, here = early.outturns.get(key), late.outturns[key]
    if then is not None or here.value is None:
        return then, here
    first = next((o for o in late.states.get(key, ()) if o.value is not None), here)
    return (first if first is not here else None), here


def _change(
    view: str, r: Reported, then: Observation | None, here: Observation | None
) -> FigureChange | None:
    old, new = (None if o is None or o.value is None else o for o in (then, here))
    either = new or old
    if either is None or (then is not None and then == here):
        return None
    kind: FigureKind | None = "newly_known" if old is None else "no_longer_known"
    if old is not None and new is not None:
        kind = _kind(old, new, r)
    if kind is None:
        return None
    newer = max((o for o in (then, here) if o is not None), key=lambda o: o.known_on)
    return FigureChange(
        **subject(view, r),
        change=kind,
        period=str(newer.period),
        period_words=newer.period.span,
        basis=newer.basis.value,
        before=_shown(then, r, kind == "status"),
        now=_shown(here, r, kind == "status"),
        before_value=_exact(then),
        now_value=_exact(here),
        known_on=newer.known_on.isoformat(),
        known_on_assumed=newer.assumed,
        reason=newer.note,
    )


def _kind(old: Observation, new: Observation, r: Reported) -> FigureKind | None:
    values = [round_half_away(o.value, r.indicator.decimals) for o in (old, new) if o.value is not None]
    if values[0] != values[1]:
        return "restated"
    return "status" if (old.status == "provisional") != (new.status == "provisional") else None


def _shown(o: Observation | None, r: Reported, with_status: bool = False) -> str:
    """A figure as published; its symbol in words where it is withheld; empty where nothing is known."""
    if o is None:
        return ""
    if o.value is None:
        return SYMBOLS.get(o.symbol, "not published")
    indicator = r.indicator
    text = published(o.value, indicator.unit, indicator.decimals, trailing_zeros=indicator.trailing_zeros)
    return f"{text}, {o.status}" if with_status else text


def _exact(o: Observation | None) -> str | None:
    return None if o is None or o.value is None else str(o.value)


def changed_unable(pair: Pair) -> Iterator[UnableChange]:
    """The indicators that cannot be reported on one side only, or for another reason."""
    for then, here in pair.both():
        said, says = _unable(then), _unable(here)
        if said != says:
            change: Literal["begun", "ended", "reason"]
            change = "begun" if not said else "ended" if not says else "reason"
            yield UnableChange(**subject(pair.name, here), change=change, before=said, now=says)


def _unable(r: Reported) -> str:
    """Why an indicator cannot be reported, and when it is expected; empty where it can."""
    if r.unable is None or not is_unable(r):
        return ""
    expected = f"; expected {r.unable.expected}" if r.unable.expected else ""
    return f"{r.unable.reason}{expected}"


def changed_benchmarks(pair: Pair) -> Iterator[BenchmarkChange]:
    """The comparators whose figure is another, or is of another period."""
    for then, here in pair.both():
        old = {b.comparator.id: b for b in then.benchmarks}
        new = {b.comparator.id: b for b in here.benchmarks}
        for name in dict.fromkeys([*new, *old]):
            if _mark(old.get(name)) != _mark(new.get(name)):
                yield _benchmark(pair.name, then, here, old.get(name), new.get(name))


def _mark(b: Benchmarked | None) -> tuple[Decimal | None, str] | None:
    return None if b is None else (b.observation.value, str(b.observation.period))


def _benchmark(
    view: str, then: Reported, here: Reported, old: Benchmarked | None, new: Benchmarked | None
) -> BenchmarkChange:
    either = [b for b in (new, old) if b is not None]
    newer = max((b.observation for b in either), key=lambda o: o.known_on)
    was, is_ = (b.observation if b else None for b in (old, new))
    return BenchmarkChange(
        **subject(view, here),
        comparator=either[0].comparator.id,
        comparator_name=either[0].comparator.name,
        before=_shown(was, then),
        before_value=_exact(was),
        before_period=was.period.label if was else "",
        now=_shown(is_, here),
        now_value=_exact(is_),
        now_period=is_.period.label if is_ else "",
        known_on=newer.known_on.isoformat(),
        known_on_assumed=newer.assumed,
    )


def changed_directions(pair: Pair) -> Iterator[DirectionChange]:
    """The directions of travel that are judged otherwise, or that can be told on one side only.

    Where both are about one period, also those that only read otherwise, since an earlier figure is another.
    """
    for then, here in pair.both():
        for against, now in here.directions.items():
            before = then.directions[against]
            same_period = then.period == here.period
            judged = (before.arithmetic is None, before.judgement) != (now.arithmetic is None, now.judgement)
            if judged or (same_period and before.words != now.words):
                yield DirectionChange(
                    **subject(pair.name, here), against=against, before=before.words, now=now.words
                )
