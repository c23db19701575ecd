"""What surrounds the views of a paper: the committee's groups, the framework before, and its previous paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from scrutiny.data.frameworks import Framework
from scrutiny.paper.history.shown import Shown
from scrutiny.rating.table import RatedView
from scrutiny.writing.around import Around, Earlier

if TYPE_CHECKING:
    from scrutiny.paper.build import Inputs


def surroundings(
    inputs: Inputs, views: dict[str, RatedView], commentary: Callable[[RatedView, str], str]
) -> dict[str, Around]:
    """What each view of a paper is told with.

    Parameters
    ----------
    inputs
        What the paper is made from; the previous paper is rated only when a sentence asks for it.
    views
        The rated views by name.
    commentary
        Officers' commentary on an indicator of a view, as text.
    """
    earlier = cache(lambda: previous_paper(inputs))
    settings = inputs.settings
    shown = Shown(
        inputs.catalogue,
        inputs.folder,
        inputs.store,
        settings.committee,
        before=settings.meeting_date,
        day=inputs.day,
    )
    return {
        name: Around(
            groups=tuple(inputs.committee.narrative),
            before=views.get("previous") if name == "current" else None,
            framework=framework_before(inputs, views, view),
            load_earlier=earlier if name == "current" else _no_paper,
            load_before=earlier,
            shown_in=shown.of,
            name_of=lambda indicator: _name_of(inputs, indicator),
            commentary=lambda indicator, view=view: commentary(view, indicator),  # type: ignore[misc]
        )
        for name, view in views.items()
    }


def _no_paper() -> Earlier | None:
    """The view of another period is not what the previous paper reported."""
    return None


def previous_paper(inputs: Inputs) -> Earlier | None:
    """The committee's paper with the latest earlier meeting date, rated as at its own day; None for the first."""
    last = inputs.last()
    if last is None:
        return None
    settings = last.settings
    return Earlier(
        title=settings.title,
        meeting_date=settings.meeting_date,
        period=settings.reporting_period,
        day=settings.known,
        views=inputs.rated_then(last),
        known=inputs.store.as_at(settings.known),
    )


def framework_before(inputs: Inputs, views: dict[str, RatedView], view: RatedView) -> Framework | None:
    """The framework before a view's own: that of the view ``previous``, or the committee's last one before it."""
    previous = views.get("previous")
    own = view.framework
    if view.name == "current" and previous is not None and previous.framework.id != own.id:
        return previous.framework
    found = [
        framework
        for dated in inputs.folder.frameworks.values()
        if (framework := dated.known(inputs.day))
        and framework.committee == own.committee
        and framework.period.start < own.period.start
    ]
    return max(found, key=lambda framework: (framework.period.start, framework.known_on), default=None)


def _name_of(inputs: Inputs, indicator: str) -> str:
    dated = inputs.catalogue.indicators.get(indicator)
    return dated.as_at(inputs.day).name if dated else ""
