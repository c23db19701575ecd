"""Checks of one paper: its settings and commentary, and whether what it needs was known on its day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.checks import definition, unknown
from scrutiny.data.frameworks import Framework
from scrutiny.data.settings import Committee, PaperSettings, View
from scrutiny.data.yamlfile import Document
from scrutiny.errors import ExitCode, Problem, closest, shown


def paper(
    catalogue: Catalogue,
    folder: CouncilFolder,
    settings: PaperSettings,
    document: Document,
    name: str,
    headings: Iterable[tuple[str, int]],
    commentary_name: str,
) -> Iterator[Problem]:
    """Every problem in one paper's settings and commentary headings.

    Parameters
    ----------
    name
        Name of the paper's folder: the meeting date, and the committee where two meet on one day.
    headings
        Heading and line number of each part of the commentary.
    """
    if not (name == settings.meeting_date.isoformat() or name.startswith(f"{settings.meeting_date}-")):
        yield definition(
            document,
            ("meeting_date",),
            "date-differs-from-folder",
            f"'{settings.meeting_date}'",
            f"the date that the folder is called after ({name[:10]})",
            "correct the date or rename the folder",
        )
    for key, view in settings.views.items():
        framework = folder.frameworks.get(view.framework)
        if framework is not None:
            yield from _outside(key, view, framework.as_at(settings.known), document)
        else:
            yield from unknown(folder, "frameworks", view.framework, document, ("views", key, "framework"))
    committee = folder.committees.get(settings.committee)
    if committee is not None:
        standing = committee.as_at(settings.known)
        yield from _blocks(standing, settings, document)
        yield from _headings(
            standing, folder, settings, [*headings], {*catalogue.indicators}, commentary_name
        )
    else:
        yield from unknown(folder, "committees", settings.committee, document, ("committee",))


def _outside(key: str, view: View, framework: Framework, document: Document) -> Iterator[Problem]:
    """A view of a period that its framework's year does not touch: a year written as 2011-12, which is a month."""
    if view.period.start > framework.period.end or view.period.end < framework.period.start:
        yield definition(
            document,
            ("views", key, "period"),
            "period-outside-framework",
            f"{view.period} ({view.period.label}), outside {framework.period.label}",
            f"a period of the framework's year, {framework.period}",
            "correct the period (a year is written FY2018-19) or name the framework of its year",
        )


def _headings(
    committee: Committee,
    folder: CouncilFolder,
    settings: PaperSettings,
    headings: list[tuple[str, int]],
    indicators: set[str],
    file: str,
) -> Iterator[Problem]:
    """Parts of the commentary that would not be printed, or only one of two."""
    prose = {block.prose for section in committee.sections for block in section.blocks if block.prose}
    seen: dict[tuple[str, str], int] = {}
    for heading, line in headings:
        head, colon, rest = (part.strip() for part in heading.partition(":"))
        place = (head, rest) if colon else ("current", head)
        known, check = _may_head(place, folder, settings, prose, indicators)
        where, said = f"{file}, line {line}", f"'## {shown(heading)}'"
        if place in seen:
            found, do = f"{said} stands twice (first in line {seen[place]})", "put both under one heading"
            yield _heading("duplicate-heading", where, found, "each heading once", do)
        elif check and place[1] not in known:
            yield _heading(check, where, said, _HEADINGS, closest(place[1], known))
        elif check:
            yield _heading(check, where, said, _HEADINGS, closest(place[0], {*settings.views, "section"}))
        seen.setdefault(place, line)


_HEADINGS = "'## <indicator id>', '## <view>: <indicator id>' or '## section: <section id>'"


def _may_head(
    place: tuple[str, str],
    folder: CouncilFolder,
    settings: PaperSettings,
    prose: set[str],
    indicators: set[str],
) -> tuple[set[str], str]:
    """What may stand in such a place of the commentary, and the check that failed (empty: none)."""
    group, name = place
    if group == "section":
        return prose, "" if name in prose else "unknown-heading"
    view = settings.views.get(group)
    framework = folder.frameworks.get(view.framework) if view else None
    if view is None or framework is None or name not in indicators:
        wrong = view is None or name not in indicators
        return indicators, "unknown-heading" if wrong else ""
    rows = {row.indicator for row in framework.as_at(settings.known).rows}
    return rows, "" if name in rows else "heading-not-shown"


def _heading(check: str, where: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, where, found, expected, do, code=ExitCode.DEFINITIONS)


def _blocks(committee: Committee, settings: PaperSettings, document: Document) -> Iterator[Problem]:
    """Tables and views that the committee's sections need and this paper's settings do not give."""
    for section in committee.sections:
        for block in section.blocks:
            if block.table and block.table not in settings.tables and not (block.when or section.when):
                yield definition(
                    document,
                    ("tables",),
                    "missing-table",
                    f"section '{section.id}' of the committee shows the table '{block.table}'",
                    f"tables.{block.table}",
                    "add the table, or give the block a 'when'",
                )
            part = getattr(block, block.kind)
            view = getattr(part, "of", part if block.kind in ("tally", "key", "sources") else None)
            if view is not None and view not in settings.views and not (block.when or section.when):
                yield definition(
                    document,
                    ("views",),
                    "missing-view",
                    f"section '{section.id}' of the committee shows the view '{view}'",
                    f"views.{view}",
                    "add the view, or give the block a 'when'",
                )
