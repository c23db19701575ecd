"""Checks across files: what no single file can know is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from scrutiny.data import narrative_checks, soundness
from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.colours import check_colours
from scrutiny.data.dated import Dated, State, T
from scrutiny.data.definitions import Indicator
from scrutiny.data.frameworks import Framework
from scrutiny.data.observations import Observation
from scrutiny.data.settings import Committee
from scrutiny.data.store import Store
from scrutiny.data.yamlfile import Document, KeyPath
from scrutiny.errors import ExitCode, Problem, closest
from scrutiny.figures import RATES, Unit, percentage, published


def council(catalogue: Catalogue, folder: CouncilFolder, store: Store) -> list[Problem]:
    """Every problem in one council's definitions and rows that a single file does not show."""
    problems = [p for state in folder.council.states for p in check_colours(state.value, state.document)]
    for committee in states_of(folder.committees):
        problems += [*_committee(catalogue, folder, committee), *narrative_checks.groups(folder, committee)]
    for framework in states_of(folder.frameworks):
        problems += _framework(catalogue, folder, framework)
    rows = (row for framework in states_of(folder.frameworks) for row in framework.value.rows)
    beside = {(row.indicator, row.beside) for row in rows if row.beside}
    for row in store.outturns:
        if dated := catalogue.indicators.get(row.indicator):
            problems += outturn(dated.as_at(row.known_on), row, (row.indicator, row.basis) in beside)
        problems += _published_word(folder, row)
    problems += narrative_checks.judgements(folder, store.judgements)
    problems += benchmarks(catalogue, store.benchmarks)
    return catalogue.without_followers(problems)


def benchmarks(catalogue: Catalogue, rows: Iterable[Observation]) -> Iterator[Problem]:
    """Every problem in comparators' figures, by the newest version of each indicator: it knows best what can be."""
    for row in rows:
        if dated := catalogue.indicators.get(row.indicator):
            yield from _counts(dated.latest, row)
            yield from _plausible(dated.latest, row)


def states_of(definitions: Mapping[str, Dated[T]]) -> Iterator[State[T]]:
    """Every state of some definitions: what any of them says is known to the council at some time."""
    return (state for dated in definitions.values() for state in dated.states)


def definition(
    document: Document | None, path: KeyPath, check: str, found: str, expected: str, do: str
) -> Problem:
    """A problem of a definition, with its line."""
    assert document is not None
    return Problem(check, document.where(path), found, expected, do, code=ExitCode.DEFINITIONS)


def _committee(catalogue: Catalogue, folder: CouncilFolder, state: State[Committee]) -> Iterator[Problem]:
    committee = state.value
    bodies = {body.id for people in folder.people.states for body in people.value.bodies}
    if committee.body not in bodies:
        yield definition(
            state.document,
            ("body",),
            "unknown-body",
            f"'{committee.body}' is not in people.yml",
            "a body of people.yml",
            closest(committee.body, bodies),
        )
    notebooks = {p.stem for p in (catalogue.root / "notebooks").glob("*.ipynb")}
    if committee.notebook not in notebooks:
        yield definition(
            state.document,
            ("notebook",),
            "unknown-notebook",
            f"there is no notebooks/{committee.notebook}.ipynb",
            "the name of a notebook",
            closest(committee.notebook, notebooks),
        )


def unknown(
    folder: CouncilFolder, kind: str, name: str, document: Document | None, path: KeyPath
) -> Iterator[Problem]:
    """A problem where a council has no file of that name; one that is there but wrong has its own problems.

    Parameters
    ----------
    kind
        The folder of such files: ``committees``, ``frameworks`` or ``schemes``.
    document, path
        The file and key that name it.
    """
    known = getattr(folder, kind)
    if name not in known and f"{kind}/{name}" not in folder.unread:
        what = kind.removesuffix("s")
        found, expected = f"there is no {what} '{name}'", f"a file of {kind}/"
        yield definition(document, path, f"unknown-{what}", found, expected, closest(name, known))


def _framework(catalogue: Catalogue, folder: CouncilFolder, state: State[Framework]) -> Iterator[Problem]:
    framework, document = state.value, state.document
    yield from unknown(folder, "committees", framework.committee, document, ("committee",))
    yield from unknown(folder, "schemes", framework.scheme, document, ("scheme",))
    for i, row in enumerate(framework.rows):
        if row.indicator not in catalogue.indicators:
            yield _unknown_indicator(catalogue, document, ("rows", i, "indicator"), row.indicator)
    for i, retired in enumerate(framework.retired):
        if retired.indicator not in catalogue.indicators:
            yield _unknown_indicator(catalogue, document, ("retired", i, "indicator"), retired.indicator)
    yield from sound_rows(catalogue, folder, state, state.known_on or framework.known_on)


def sound_rows(
    catalogue: Catalogue, folder: CouncilFolder, state: State[Framework], day: dt.date
) -> Iterator[Problem]:
    """Rows of a framework that make no sense with their indicators and the scheme, as these stood on a day."""
    scheme = folder.schemes.get(state.value.scheme)
    for i, row in enumerate(state.value.rows):
        dated = catalogue.indicators.get(row.indicator)
        if dated is None or scheme is None:
            continue
        indicator = dated.as_at(day)
        for check, key, found, expected, do in soundness.check_row(indicator, row, scheme.as_at(day)):
            path: KeyPath = ("rows", i, *key.split("."))
            said = f"{row.number} {indicator.name}: {found}"
            yield definition(state.document, path, check, said, expected, do)


def _unknown_indicator(catalogue: Catalogue, document: Document | None, path: KeyPath, name: str) -> Problem:
    return definition(
        document,
        path,
        "unknown-indicator",
        f"there is no indicator '{name}'",
        "the id of a file in data/indicators",
        closest(name, catalogue.indicators),
    )


def _data(row: Observation, column: str, check: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, f"{row.where}, {column}", found, expected, do, code=ExitCode.DATA)


def outturn(indicator: Indicator, row: Observation, is_beside: bool = False) -> Iterator[Problem]:
    """What is wrong with one figure of the council, by its indicator as it stood when the figure became known."""
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
    if row.value is not None and indicator.unit is Unit.NOT_STATED:
        yield _data(
            row,
            "value",
            "unit-not-stated",
            f"a figure for {indicator.name}, whose unit is 'not_stated'",
            "a unit for every figure",
            "give the indicator its unit, or leave the value empty",
        )
    if row.basis is not indicator.basis and not is_beside:
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
    if row.basis is indicator.basis:
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


_SHARES = (Unit.PERCENT, *RATES)


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
    words = {band.word.casefold() for scheme in states_of(folder.schemes) for band in scheme.value.bands}
    if row.rating_published.casefold() not in words:
        yield _data(
            row,
            "rating_published",
            "unknown-rating",
            f"'{row.rating_published}'",
            "a word of one of the council's schemes",
            closest(row.rating_published, words),
        )
