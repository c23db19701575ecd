"""Causes: why a rating moved, found by giving the earlier rating one change at a time.

The earlier rating is given only the new outturn, only the new target and so on, and is rated again. The fewest changes
that lead to the new word are what moved it. One function rates, here as in the paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from scrutiny.data.catalogue import Catalogue
from scrutiny.data.dated import Dated
from scrutiny.data.definitions import Indicator
from scrutiny.data.frameworks import Row
from scrutiny.data.schemes import Scheme
from scrutiny.data.soundness import can_rate
from scrutiny.errors import ProblemError
from scrutiny.paper.history.compared import Factor
from scrutiny.paper.history.editions import Edition
from scrutiny.rating.changes import agreed
from scrutiny.rating.rate import NotRated, Rating
from scrutiny.rating.table import RatedView, Rater, Reported
from scrutiny.writing.words import capitalised, listed

Part = Literal["figures", "target", "tolerance", "definition", "scheme"]
"""What a rating rests on, each of which can be exchanged for another paper's."""


@dataclass(frozen=True)
class Ground:
    """All that one rating rests on.

    Parameters
    ----------
    edition, view
        Whose figures it is: what was known, and of which period.
    indicator
        Its definition, the same on every day.
    row
        Target and tolerance as agreed for the whole year.
    """

    edition: Edition
    view: RatedView
    indicator: Dated[Indicator]
    row: Row
    scheme: Scheme

    def taking(self, other: Ground, parts: frozenset[Part]) -> Ground:
        """The same with some parts of another."""
        row = self.row
        if "target" in parts:
            row = row.model_copy(update={"target": other.row.target})
        if "tolerance" in parts:
            row = row.model_copy(update={"tolerance": other.row.tolerance, "widths": other.row.widths})
        figures = other if "figures" in parts else self
        return replace(
            self,
            edition=figures.edition,
            view=figures.view,
            indicator=other.indicator if "definition" in parts else self.indicator,
            row=row,
            scheme=other.scheme if "scheme" in parts else self.scheme,
        )

    def rating(self) -> Rating | None:
        """The rating that follows; None where the parts do not go together: a target, and a floor on its wrong side."""
        if not can_rate(self.indicator.base, self.row, self.scheme):
            return None
        inputs = self.edition.inputs
        alone = Catalogue(inputs.catalogue.root, indicators={self.row.indicator: self.indicator})
        rater = Rater(alone, inputs.folder, self.edition.known)
        try:
            return rater.rated(self.row, self.view.framework, self.scheme, self.view.period)
        except ProblemError:  # a published rating, and a scheme without such a word
            return None


def ground(edition: Edition, view: RatedView, r: Reported) -> Ground:
    """What the rating of an indicator rests on."""
    dated = edition.inputs.catalogue.indicators[r.indicator.id]
    always = Dated(r.indicator, tuple(replace(state, value=r.indicator) for state in dated.versions))
    return Ground(edition, view, always, agreed(view, r), view.scheme)


def alike(one: Rating, other: Rating) -> bool:
    """Whether two ratings have the same word, or are not rated for the same reason."""
    if one.is_rated and other.is_rated:
        return one.word.casefold() == other.word.casefold()
    return one.not_rated == other.not_rated


def figures_name(before: Reported, now: Reported) -> Factor:
    """What changed figures are called: where a figure decided on neither side, the council's published rating."""
    origins = {before.rating.origin, now.rating.origin}
    return "published" if "published" in origins and "computed" not in origins else "outturn"


def _has_value(r: Reported) -> bool:
    return r.outturn is not None and r.outturn.value is not None


def causes(before: Ground, now: Ground, then: Reported, here: Reported) -> list[list[Factor]]:
    """The fewest changes that give the earlier rating the new word.

    Parameters
    ----------
    before, now
        What the two ratings rest on.
    then, here
        The indicator as it was rated on the two sides.

    Returns
    -------
    list of list
        Sets of changes, the smallest first, none of which holds another: one set of one is what moved the rating;
        several mean that each alone would have; one set of two, that only both together did. Empty for equal ratings.
        Where what is measured changed, the new outturn is one by the new definition, and both count as one.
    """
    if alike(then.rating, here.rating):
        return []
    whole = _wholes(then, here)
    found: list[frozenset[Factor]] = []
    for size in range(1, len(whole) + 1):
        for names in combinations(whole, size):
            if any(one <= frozenset(names) for one in found):
                continue
            parts: frozenset[Part] = frozenset().union(*(whole[name] for name in names))
            rating = before.taking(now, parts).rating()
            if rating is not None and alike(rating, here.rating):
                found.append(frozenset(names))
    return [[name for name in whole if name in one] for one in found]


def _wholes(then: Reported, here: Reported) -> dict[Factor, frozenset[Part]]:
    """What can be exchanged by itself, with the parts that go with it."""
    made: dict[Factor, frozenset[Part]] = {}
    anew = then.redefined != here.redefined
    if not anew:
        made[figures_name(then, here)] = frozenset({"figures"})
    made["target"] = frozenset({"target"})
    made["tolerance"] = frozenset({"tolerance"})
    made["definition"] = frozenset({"figures", "definition"}) if anew else frozenset({"definition"})
    made["scheme"] = frozenset({"scheme"})
    return made


NAMES: dict[Factor, str] = {
    "outturn": "the outturn",
    "published": "the council's published rating",
    "target": "the target",
    "tolerance": "the tolerance",
    "definition": "the definition",
    "scheme": "the scheme",
}


def names(then: Reported, here: Reported) -> dict[Factor, str]:
    """What each change is called: an outturn that is not there or not due on one side is called so."""
    reasons = (then.rating.not_rated, here.rating.not_rated)
    if NotRated.NOT_DUE in reasons and None in reasons:
        which = "that was not due before" if reasons[1] is None else "that is not due now"
        return {**NAMES, "outturn": f"the outturn {which}"}
    if not _has_value(then) and not _has_value(here):
        return {**NAMES, "outturn": "what is known of the figure"}
    if _has_value(then) and _has_value(here):
        return NAMES
    which = "that is missing now" if _has_value(then) else "that was missing before"
    return {**NAMES, "outturn": f"the outturn {which}"}


def causes_in_words(found: list[list[Factor]], called: Mapping[Factor, str] = NAMES) -> str:
    """What moved a rating, as a sentence.

    Examples
    --------
    >>> causes_in_words([["outturn"]])
    'The outturn moved it.'
    >>> causes_in_words([["outturn"], ["target"]])
    'The outturn and the target moved it: each alone would have.'
    >>> causes_in_words([["outturn", "target"]])
    'The outturn and the target moved it together; neither alone would have.'
    >>> causes_in_words([["outturn"], ["target", "scheme"]])
    'It would have moved by the outturn alone or by the target and the scheme together.'
    """
    if not found:
        return ""
    if len(found) == 1:
        said = capitalised(listed([called[name] for name in found[0]]))
        alone = {1: "", 2: " together; neither alone would have"}.get(len(found[0]), " only all together")
        return f"{said} moved it{alone}."
    if all(len(one) == 1 for one in found):
        return f"{capitalised(listed([called[one[0]] for one in found]))} moved it: each alone would have."
    ways = [f"by {listed([called[name] for name in one])} {_ALONE[len(one) == 1]}" for one in found]
    return f"It would have moved {listed(ways, 'or')}."


_ALONE = {True: "alone", False: "together"}
