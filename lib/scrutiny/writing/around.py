"""What a view is told with: the committee's groups, what came before it, and the committee's previous paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from scrutiny.data.frameworks import Framework
from scrutiny.data.narrative import Group
from scrutiny.data.observations import Observation
from scrutiny.data.store import Known
from scrutiny.periods import Period
from scrutiny.rating.table import RatedView


@dataclass(frozen=True)
class Earlier:
    """The committee's previous paper, as it knew things then.

    Parameters
    ----------
    day
        Its as-at date.
    views
        Its rated views by name; ``current`` is always there.
    known
        What was known on its day.
    """

    title: str
    meeting_date: dt.date
    period: Period
    day: dt.date
    views: Mapping[str, RatedView]
    known: Known

    @property
    def current(self) -> RatedView:
        """What it reported."""
        return self.views["current"]


def _none() -> Earlier | None:
    return None


def _nothing(_: str) -> str:
    return ""


def _nowhere(_: Collection[Observation]) -> list[dt.date]:
    return []


@dataclass(frozen=True)
class Around:
    """What surrounds a view; everything may be missing.

    Parameters
    ----------
    groups
        The committee's groups.
    before
        The view before it in the same paper.
    framework
        The framework before its own.
    load_earlier
        Finds the previous paper where the view is compared with what it reported; asked only when a sentence needs it.
    load_before
        Finds the previous paper, whatever it reported.
    shown_in
        The meetings whose papers showed one of some states of a figure, oldest first.
    name_of
        Short title of an indicator by id, for one that the view does not hold.
    commentary
        Officers' commentary on an indicator of the view, as text, with its templates filled.
    """

    groups: tuple[Group, ...] = ()
    before: RatedView | None = None
    framework: Framework | None = None
    load_earlier: Callable[[], Earlier | None] = _none
    load_before: Callable[[], Earlier | None] = _none
    shown_in: Callable[[Collection[Observation]], list[dt.date]] = _nowhere
    name_of: Callable[[str], str] = _nothing
    commentary: Callable[[str], str] = _nothing

    @cached_property
    def earlier(self) -> Earlier | None:
        """The previous paper, with what it reported of the view; None where there is none."""
        return self.load_earlier()

    @cached_property
    def paper_before(self) -> Earlier | None:
        """The committee's previous paper, and what was known to it; None for the first."""
        return self.load_before()
