"""Groups by rule: which indicators of a view belong together, from the committee's settings alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from scrutiny.data.definitions import Polarity
from scrutiny.data.frameworks import NoTarget
from scrutiny.data.narrative import BenchmarkIs, Group, Rule, TravelIs
from scrutiny.data.observations import Judgement
from scrutiny.rating.changes import agreed, movement, targets_differ
from scrutiny.rating.rate import NotRated
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.around import Around
from scrutiny.writing.restated import restatements

_TRAVELS = {"improving": "improving", "worsening": "worsening", "steady": "no_change"}
_UP = ("increasing", "steadily_rising", "monthly_increase")


def is_unable(r: Reported) -> bool:
    """Whether the council said that it cannot report an indicator, and no figure has come since."""
    return r.rating.not_rated is NotRated.UNABLE_TO_REPORT


def is_told(r: Reported) -> bool:
    """Whether anything was published of an indicator: a figure, a rating or a judgement."""
    value = r.outturn is not None and (r.outturn.value is not None or bool(r.outturn.rating_published))
    return value or bool(r.judgements)


def judged_travel(r: Reported) -> str:
    """The published judgement as a direction of travel; empty where it is none, or neither way is better."""
    said = r.judgements.get("direction")
    if said is None:
        return ""
    if said.judgement in _TRAVELS:
        return _TRAVELS[said.judgement]
    if said.judgement not in (*_UP, "decreasing"):
        return ""
    better = {Polarity.HIGH_IS_GOOD: _UP, Polarity.LOW_IS_GOOD: ("decreasing",)}.get(r.indicator.polarity)
    if better is None:
        return ""
    return "improving" if said.judgement in better else "worsening"


def judged_place(said: Judgement | None, polarity: Polarity) -> tuple[str, str]:
    """A published comparison as above, below or in line, and as better or worse where a way is better."""
    if said is None:
        return "", ""
    lies = said.judgement.removeprefix("significantly_")
    if lies not in ("above", "below"):
        return lies, ""
    good = {Polarity.HIGH_IS_GOOD: "above", Polarity.LOW_IS_GOOD: "below"}.get(polarity)
    return lies, "" if good is None else ("better" if lies == good else "worse")


class Rules:
    """Decides the rules of a committee for one view.

    Parameters
    ----------
    view
        The rated view.
    around
        What it is told with; without a previous paper or a view before, what needs them does not hold.
    """

    def __init__(self, view: RatedView, around: Around) -> None:
        self.view, self.around = view, around
        self._conditions: dict[str, Callable[[Reported, Any], bool]] = {
            "all": lambda r, rules: all(self.holds(rule, r) for rule in rules),
            "any": lambda r, rules: any(self.holds(rule, r) for rule in rules),
            "not": lambda r, rule: not self.holds(rule, r),
            "rating": self._rating,
            "style": lambda r, styles: (band := view.band(r)) is not None and band.style in styles,
            "direction": self._direction,
            "benchmark": self._benchmark,
            "misses_at_least": lambda r, n: self._run(r)[0] >= n,
            "on_target_for_at_least": lambda r, n: self._run(r)[1] >= n,
            "unable": lambda r, wanted: is_unable(r) is wanted,
            "unreliable": lambda r, wanted: _unreliable(r) is wanted,
            "restated": lambda r, wanted: self.restated(r) is wanted,
            "target": self._target,
            "new": lambda r, wanted: self.new(r) is wanted,
            "moved": lambda r, way: self.moved(r) == way,
            "judgement": lambda r, said: all(
                (found := r.judgements.get(aspect)) is not None and found.judgement in words
                for aspect, words in said.items()
            ),
        }

    def members(self, group: Group) -> list[Reported]:
        """The indicators that fulfil a group's rule, in the framework's order."""
        return [r for r in self.view.rows if self.holds(group.rule, r)]

    def holds(self, rule: Rule, r: Reported) -> bool:
        """Whether a rule holds for an indicator; what is not known fulfils no condition."""
        name, wanted = rule.condition
        return self._conditions[name](r, wanted)

    def restated(self, r: Reported) -> bool:
        """Whether one of its figures was restated since the previous paper."""
        return any(restatements(self.view, r, self.around))

    def moved(self, r: Reported) -> str:
        """``up`` or ``down`` where a movement of the rating may be claimed; empty otherwise."""
        before = self._before
        found = movement(before, self.view, r.indicator.id) if before else None
        return found.kind if found is not None and found.claimed else ""

    @property
    def _before(self) -> RatedView | None:
        """What is looked back to: the previous paper, or without one the view before."""
        return self.around.earlier.current if self.around.earlier else self.around.before

    def new(self, r: Reported) -> bool:
        """Whether it is reported, and was not held, not reportable or not reported before."""
        before = self._before
        if before is None or is_unable(r):
            return False
        then = before.find(r.indicator.id)
        if then is None:
            return is_told(r)
        return is_unable(then) or (is_told(r) and not is_told(then))

    def _rating(self, r: Reported, words: Iterable[str]) -> bool:
        return r.rating.is_rated and r.rating.word.casefold() in {word.casefold() for word in words}

    def _run(self, r: Reported) -> tuple[int, int]:
        if self.view.memory is None:
            return 0, 0
        run = self.view.memory.run(self.view, r)
        return run.misses, run.on_target_for

    def _direction(self, r: Reported, wanted: TravelIs) -> bool:
        computed = r.directions[wanted.against]
        if computed.comparable:
            return computed.travel in wanted.is_
        return wanted.against == "previous_period" and judged_travel(r) in wanted.is_

    def _benchmark(self, r: Reported, wanted: BenchmarkIs) -> bool:
        for benchmark in r.benchmarks:
            if benchmark.comparator.id == wanted.comparator and benchmark.position is not None:
                place = benchmark.position
                return place.arithmetic in wanted.is_ or place.judgement in wanted.is_
        said = judged_place(r.judgements.get(wanted.comparator), r.indicator.polarity)
        return any(word in wanted.is_ for word in said)

    def _target(self, r: Reported, wanted: str) -> bool:
        if wanted == "removed":
            return r.row.target.none is NoTarget.REMOVED
        if wanted == "none":
            return not r.row.target.exists
        before = self.around.framework.row(r.indicator.id) if self.around.framework else None
        differs = before is not None and targets_differ(before.as_at(self.view.day), agreed(self.view, r))
        return r.row.target.revised or differs


def _unreliable(r: Reported) -> bool:
    symbol = r.outturn is not None and r.outturn.symbol == "u"
    return symbol or "reliability" in r.judgements
