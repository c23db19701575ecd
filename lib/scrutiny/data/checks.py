"""Checks across files: what no single file can know is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from scrutiny.data import soundness
from scrutiny.data.catalogue import Catalogue, CouncilFolder, Dated
from scrutiny.data.definitions import Indicator
from scrutiny.data.frameworks import Framework
from scrutiny.data.observations import Observation
from scrutiny.data.settings import Committee, PaperSettings, View
from scrutiny.data.store import Store
from scrutiny.data.yamlfile import Document, KeyPath
from scrutiny.errors import ExitCode, Problem, closest, shown
from scrutiny.figures import Unit, percentage, published


def council(catalogue: Catalogue, folder: CouncilFolder, store: Store) -> list[Problem]:
    """Every problem in one council's definitions and rows that a single file does not show."""
    problems: list[Problem] = []
    for committee in folder.committees.values():
        problems += _committee(catalogue, folder, committee)
    for framework in folder.frameworks.values():
        problems += _framework(catalogue, folder, framework)
    for row in store.outturns:
        if dated := catalogue.indicators.get(row.indicator):
            problems += _outturn(dated.as_at(row.known_on), row)
        problems += _published_word(folder, row)
    for row in store.benchmarks:
        if dated := catalogue.indicators.get(row.indicator):
            problems += [
                *_counts(dated.as_at(row.known_on), row),
                *_plausible(dated.as_at(row.known_on), row),
            ]
    return catalogue.without_followers(problems)


def _definition(
    document: Document | None, path: KeyPath, check: str, found: str, expected: str, do: str
) -> Problem:
    assert document is not None
    return Problem(check, document.where(path), found, expected, do, code=ExitCode.DEFINITIONS)


def _committee(catalogue: Catalogue, folder: CouncilFolder, dated: Dated[Committee]) -> Iterator[Problem]:
    committee = dated.base
    bodies = {body.id for body in folder.people.base.bodies}
    if committee.body not in bodies:
        yield _definition(
            dated.document,
            ("body",),
            "unknown-body",
            f"'{committee.body}' is not in people.yml",
            "a body of people.yml",
            closest(committee.body, bodies),
        )
    notebooks = {p.stem for p in (catalogue.root / "notebooks").glob("*.ipynb")}
    if committee.notebook not in notebooks:
        yield _definition(
            dated.document,
            ("notebook",),
            "unknown-notebook",
            f"there is no notebooks/{committee.notebook}.ipynb",
            "the name of a notebook",
            closest(committee.notebook, notebooks),
        )


def _unknown(folder: CouncilFolder, kind: str, name: str) -> bool:
    """Whether a council has no file of that name; one that is there but wrong has its own problems."""
    return name not in getattr(folder, kind) and f"{kind}/{name}" not in folder.unread


def _framework(catalogue: Catalogue, folder: CouncilFolder, dated: Dated[Framework]) -> Iterator[Problem]:
    framework, document = dated.base, dated.document
    if _unknown(folder, "committees", framework.committee):
        yield _definition(
            document,
            ("committee",),
            "unknown-committee",
            f"there is no committee '{framework.committee}'",
            "a file of committees/",
            closest(framework.committee, folder.committees),
        )
    scheme = folder.schemes.get(framework.scheme)
    if _unknown(folder, "schemes", framework.scheme):
        yield _definition(
            document,
            ("scheme",),
            "unknown-scheme",
            f"there is no scheme '{framework.scheme}'",
            "a file of schemes/",
            closest(framework.scheme, folder.schemes),
        )
    for i, row in enumerate(framework.rows):
        indicator = catalogue.indicators.get(row.indicator)
        if indicator is None:
            yield _unknown_indicator(catalogue, document, ("rows", i, "indicator"), row.indicator)
        elif scheme is not None:
            for check, key, found, expected, do in soundness.check_row(indicator.base, row, scheme.base):
                yield _definition(
                    document,
                    ("rows", i, *key.split(".")),
                    check,
                    f"{row.number} {indicator.base.name}: {found}",
                    expected,
                    do,
                )
    for i, retired in enumerate(framework.retired):
        if retired.indicator not in catalogue.indicators:
            yield _unknown_indicator(catalogue, document, ("retired", i, "indicator"), retired.indicator)


def _unknown_indicator(catalogue: Catalogue, document: Document | None, path: KeyPath, name: str) -> Problem:
    return _definition(
        document,
        path,
        "unknown-indicator",
        f"there is no indicator '{name}'",
        "the id of a file in data/indicators",
        closest(name, catalogue.indicators),
    )


def _data(row: Observation, column: str, check: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, f"{row.where}, {column}", found, expected, do, code=ExitCode.DATA)


def _outturn(indicator: Indicator, row: Observation) -> Iterator[Problem]:
    if row.known_on < row.period.start:
        yield _data(
            row,
            "known_on",
            "known-before-its-period",
            f"{row.known_on}, before {row.period} began",
            "a date on which the figure can have been known",
            "correct the date or the period",
        )
    if row.value is None and not row.symbol and not row.rating_published:
        yield _data(
            row,
            "value",
            "nothing-known",
            "neither a value, a symbol nor a published rating",
            "at least one of them",
            "fill the cell, delete the row, or list the indicator as unable to report",
        )
    if row.basis is not indicator.basis:
        yield replace(
            _data(
                row,
                "basis",
                "another-basis",
                f"'{row.basis.value}', while {indicator.name} is reported as '{indicator.basis.value}'",
                "the indicator's own basis; a figure of another one is kept, and no paper shows it",
                "correct the cell, if the figure is meant to be shown",
            ),
            severity="warning",
        )
    yield from _plausible(indicator, row)
    yield from _counts(indicator, row)
    if (
        indicator.unit is Unit.PERCENT
        and row.value is not None
        and row.numerator is not None
        and row.denominator
    ):
        share = percentage(row.numerator, row.denominator, indicator.decimals)
        stated = percentage(row.value, Decimal(100), indicator.decimals + 2) * 1
        if abs(share - row.value) > Decimal(1).scaleb(-indicator.decimals) / 2 and share != stated:
            yield _data(
                row,
                "value",
                "share-differs-from-counts",
                f"{row.value}%, but {row.numerator} of {row.denominator} is {share}%",
                "a percentage that follows from its counts",
                "correct the value or the counts",
            )


_SHARES = (Unit.PERCENT, Unit.RATE_PER_1000, Unit.RATE_PER_10000)


def _counts(indicator: Indicator, row: Observation) -> Iterator[Problem]:
    above = row.numerator is not None and row.denominator is not None and row.numerator > row.denominator
    if above and indicator.unit in _SHARES:
        yield _data(
            row,
            "numerator",
            "numerator-above-denominator",
            f"{row.numerator} of {row.denominator}",
            "a numerator no greater than its denominator",
            "correct the two figures",
        )


def _plausible(indicator: Indicator, row: Observation) -> Iterator[Problem]:
    lowest, highest = indicator.plausible or (
        (Decimal(0), Decimal(100)) if indicator.unit is Unit.PERCENT else (None, None)
    )
    if row.value is None or lowest is None or highest is None or lowest <= row.value <= highest:
        return
    span = " to ".join(published(edge, indicator.unit) for edge in (lowest, highest))
    yield _data(
        row,
        "value",
        "not-plausible",
        f"{published(row.value, indicator.unit)} for {indicator.name}",
        f"a figure in its plausible range, {span}",
        "correct the figure, or widen 'plausible' in the indicator's file",
    )


def _published_word(folder: CouncilFolder, row: Observation) -> Iterator[Problem]:
    if not row.rating_published:
        return
    if any(name.startswith("schemes/") for name in folder.unread):
        return
    words = {b.word.casefold() for s in folder.schemes.values() for b in s.base.bands}
    if row.rating_published.casefold() not in words:
        yield _data(
            row,
            "rating_published",
            "unknown-rating",
            f"'{row.rating_published}'",
            "a word of one of the council's schemes",
            closest(row.rating_published, words),
        )


def paper(
    folder: CouncilFolder,
    settings: PaperSettings,
    document: Document,
    name: str,
    headings: Iterable[tuple[str, int]],
    indicators: Iterable[str],
    commentary_name: str,
) -> Iterator[Problem]:
    """Every problem in one paper's settings and commentary headings.

    Parameters
    ----------
    name
        Name of the paper's folder: the meeting date, and the committee where two meet on one day.
    headings
        Heading and line number of each part of the commentary.
    indicators
        Every known indicator id.
    """
    if not (name == settings.meeting_date.isoformat() or name.startswith(f"{settings.meeting_date}-")):
        yield _definition(
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
            yield from _outside(key, view, framework.base, document)
        elif _unknown(folder, "frameworks", view.framework):
            yield _definition(
                document,
                ("views", key, "framework"),
                "unknown-framework",
                f"there is no framework '{view.framework}'",
                "a file of frameworks/",
                closest(view.framework, folder.frameworks),
            )
    committee = folder.committees.get(settings.committee)
    if committee is not None:
        standing = committee.as_at(settings.known)
        yield from _blocks(standing, settings, document)
        yield from _headings(standing, folder, settings, [*headings], {*indicators}, commentary_name)
    elif _unknown(folder, "committees", settings.committee):
        yield _definition(
            document,
            ("committee",),
            "unknown-committee",
            f"there is no committee '{settings.committee}'",
            "a file of committees/",
            closest(settings.committee, folder.committees),
        )


def _outside(key: str, view: View, framework: Framework, document: Document) -> Iterator[Problem]:
    """A view of a period that its framework's year does not touch: a year written as 2011-12, which is a month."""
    if view.period.start > framework.period.end or view.period.end < framework.period.start:
        yield _definition(
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
                yield _definition(
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
                yield _definition(
                    document,
                    ("views",),
                    "missing-view",
                    f"section '{section.id}' of the committee shows the view '{view}'",
                    f"views.{view}",
                    "add the view, or give the block a 'when'",
                )
