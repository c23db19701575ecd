"""The check before a paper is made: everything that is wrong with it, in one list, less what is waived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from scrutiny.data import checks, paper_checks
from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.known_checks import known_on_the_day, views_known
from scrutiny.data.settings import PaperSettings, Waiver
from scrutiny.data.store import Store
from scrutiny.data.yamlfile import Document
from scrutiny.errors import WAIVED, ExitCode, Problem, ProblemError
from scrutiny.paper import answers
from scrutiny.paper.lint import registry
from scrutiny.rating.table import RatedView, Rater
from scrutiny.writing.commentary import Commentary


def check_paper(
    catalogue: Catalogue,
    folder: CouncilFolder,
    store: Store,
    settings: PaperSettings,
    document: Document,
    path: Path,
    commentary: Commentary,
    complete: bool = True,
    asked: bool = False,
) -> list[Problem]:
    """Every problem of a paper's settings, definitions, rows and published ratings.

    Parameters
    ----------
    settings, document
        The paper's settings, with the as-at date that it is made for, and their file.
    complete
        Whether it is to become a paper: its commentary must be there, and each of its views known on the day. To look
        at figures, the views that were known will do.
    asked
        Whether another as-at date than that of paper.yml was asked for.

    Returns
    -------
    list of Problem
        A waived problem is kept as a note with the waiver's reason; a waiver that waives nothing is a warning.
    """
    problems = [*catalogue.problems, *catalogue.without_followers(store.problems)]
    problems += checks.council(catalogue, folder, store)
    prose = catalogue.name_of(path / "commentary.md")
    problems += paper_checks.paper(
        catalogue, folder, settings, document, path.name, commentary.headings, prose
    )
    if not complete:
        settings = with_known_views(folder, settings)
    unknown = ExitCode.UNKNOWN if asked else ExitCode.DEFINITIONS
    problems += known_on_the_day(catalogue, folder, settings, document, unknown)
    problems += answers.check_parts(commentary, folder, settings.known, prose)
    if not any(p.severity == "error" for p in problems):
        rater = Rater(catalogue, folder, store.as_at(settings.known))
        views: dict[str, RatedView] = {}
        for name, view in settings.views.items():
            try:
                views[name] = rater.view(name, view)
                problems += published_ratings(views[name], document)
            except ProblemError as error:
                problems += error.problems
        if complete:
            problems += _commentary(catalogue, folder, settings, views, commentary, prose)
    return waive(
        _with_severities(problems, folder, settings),
        settings.waivers,
        document,
        lambda check: check not in registry.NAMES,
    )


def with_known_views(folder: CouncilFolder, settings: PaperSettings) -> PaperSettings:
    """The settings with those views alone that were known on the day; as they are, where none was."""
    known = views_known(folder, settings)
    return settings.model_copy(update={"views": known}) if known else settings


def _with_severities(
    problems: list[Problem], folder: CouncilFolder, settings: PaperSettings
) -> list[Problem]:
    """Problems with the severity that the council gives their check, where it may be set."""
    severities = folder.council.as_at(settings.known).severities
    name = folder.council.document.name if folder.council.document else "council.yml"
    return [
        *(
            replace(p, severity=severities.get(p.check, p.severity)) if p.check in registry.ELSEWHERE else p
            for p in problems
        ),
        *registry.unknown_severities(severities, name),
    ]


def _commentary(
    catalogue: Catalogue,
    folder: CouncilFolder,
    settings: PaperSettings,
    views: dict[str, RatedView],
    commentary: Commentary,
    file: str,
) -> Iterator[Problem]:
    """Compulsory commentary that is not there, where the committee requires any."""
    rule = folder.committees[settings.committee].as_at(settings.known).commentary
    if rule is not None:
        last = answers.last_paper(catalogue, folder.council.base.id, settings)
        try:
            yield from answers.missing(rule, views, commentary, last, settings.meeting_date, file)
        except ProblemError as error:
            yield from error.problems


def published_ratings(view: RatedView, document: Document) -> list[Problem]:
    """Computed ratings that differ from what the council published."""
    return [
        Problem(
            "rating-differs-from-published",
            f"{r.outturn.where if r.outturn else document.name}, rating_published",
            f"{r.row.number} {r.indicator.name} is computed as {r.rating.word}, "
            f"and the council published {r.published_word}",
            "the same rating",
            f"check figure, target and tolerance, or waive it ({r.rating.reason})",
            code=ExitCode.DATA,
        )
        for r in view.rows
        if r.rating.origin == "computed" and r.published_word and r.published_word != r.rating.word
    ]


def waive(
    problems: list[Problem],
    waivers: list[Waiver],
    document: Document,
    concerns: Callable[[str], bool] = lambda _: True,
) -> list[Problem]:
    """Turn each waived problem into a note; say which waivers waived nothing.

    Parameters
    ----------
    concerns
        Whether a waiver of a check, given by its name, is looked at; the others belong to checks of another time.
    """
    used: set[int] = set()
    result = []
    for problem in problems:
        match = next(
            (i for i, w in enumerate(waivers) if w.check == problem.check and w.place in problem.where), None
        )
        if match is not None:
            used.add(match)
            problem = replace(problem, severity="note", do=f"{WAIVED}{waivers[match].reason}")
        result.append(problem)
    for i, waiver in enumerate(waivers):
        if i not in used and concerns(waiver.check):
            result.append(
                Problem(
                    "waiver-without-finding",
                    document.where(("waivers", i)),
                    f"nothing to waive for '{waiver.check}'",
                    "a finding with this check and place",
                    "delete the waiver",
                    "warning",
                    ExitCode.DEFINITIONS,
                )
            )
    return result
