"""Whether everything that a paper is made from was known on its day, and fits together as it stood then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.checks import definition, sound_rows
from scrutiny.data.dated import Dated, State
from scrutiny.data.frameworks import Framework
from scrutiny.data.settings import PaperSettings, View
from scrutiny.data.yamlfile import Document, KeyPath
from scrutiny.errors import ExitCode, Problem, closest
from scrutiny.periods import long_date


def known_on_the_day(
    catalogue: Catalogue, folder: CouncilFolder, settings: PaperSettings, document: Document, code: ExitCode
) -> list[Problem]:
    """What a paper needs and nobody knew on its as-at date: it would be a paper from the future.

    Parameters
    ----------
    settings, document
        The paper's settings with the as-at date that it is made for, and their file.
    code
        Exit code of what was not known: 12 where the day was asked for, 10 where paper.yml itself gives it.
    """
    day = settings.known
    found: list[Problem] = []
    if committee := folder.committees.get(settings.committee):
        found += _not_yet(committee, day, "committee", settings.committee, document, ("committee",))
        found += _body(folder, committee.as_at(day).body, day, committee.document)
    for name, view in settings.views.items():
        found += _view(catalogue, folder, view, day, document, ("views", name, "framework"))
    late = [replace(problem, code=code) for problem in found]
    return late or [p for view in settings.views.values() for p in _sound(catalogue, folder, view, day)]


def _view(
    catalogue: Catalogue, folder: CouncilFolder, view: View, day: dt.date, document: Document, path: KeyPath
) -> Iterator[Problem]:
    dated = folder.frameworks.get(view.framework)
    if dated is None:
        return
    framework = dated.as_at(day)
    yield from _not_yet(dated, day, "framework", view.framework, document, path)
    if scheme := folder.schemes.get(framework.scheme):
        yield from _not_yet(scheme, day, "scheme", framework.scheme, document, path)
    for row in framework.rows:
        if indicator := catalogue.indicators.get(row.indicator):
            yield from _not_yet(indicator, day, "indicator", row.indicator, document, path)


def _not_yet(
    dated: Dated[Any], day: dt.date, what: str, name: str, document: Document, path: KeyPath
) -> Iterator[Problem]:
    since = dated.known_on
    if since is None or since <= day:
        return
    file = dated.document.name if dated.document else name
    yield definition(
        document,
        path,
        "not-yet-known",
        f"on {long_date(day)} the {what} '{name}' was not known yet",
        f"an as-at date on or after {long_date(since)}, when it became known",
        f"make the paper as at a later day, or correct known_on in {file}",
    )


def _body(folder: CouncilFolder, body: str, day: dt.date, document: Document | None) -> Iterator[Problem]:
    """The committee's body, if it was not in the register on the day; one that never is has a check of its own."""
    bodies = [known.id for known in folder.people.as_at(day).bodies]
    ever = {known.id for people in folder.people.states for known in people.value.bodies}
    if body in ever and body not in bodies:
        found = f"on {long_date(day)} '{body}' was not in people.yml"
        expected, do = "a body of people.yml as it stood on the day", closest(body, bodies)
        yield definition(document, ("body",), "unknown-body", found, expected, do)


def _sound(catalogue: Catalogue, folder: CouncilFolder, view: View, day: dt.date) -> Iterator[Problem]:
    """Rows that fitted their indicators and scheme when the framework became known, and on the day did not."""
    dated = folder.frameworks.get(view.framework)
    if dated is None:
        return
    state: State[Framework] = [s for s in dated.states if s.known_on is None or s.known_on <= day][-1]
    scheme, since = folder.schemes.get(state.value.scheme), state.known_on or day
    shown = [catalogue.indicators.get(row.indicator) for row in state.value.rows]
    needed: list[Dated[Any] | None] = [scheme, *shown]
    if any(one is not None and one.as_at(since) is not one.as_at(day) for one in needed):
        yield from sound_rows(catalogue, folder, state, day)


def views_known(folder: CouncilFolder, settings: PaperSettings) -> dict[str, View]:
    """The views whose framework was known on a paper's day: what there is to look at, though it is no paper yet."""
    return {
        name: view
        for name, view in settings.views.items()
        if (dated := folder.frameworks.get(view.framework)) and dated.known(settings.known)
    }
