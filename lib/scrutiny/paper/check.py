"""The check before a paper is made: everything that is wrong with it, in one list, less what is waived."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scrutiny.data import checks
from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.settings import PaperSettings, Waiver
from scrutiny.data.store import Store
from scrutiny.data.yamlfile import Document
from scrutiny.errors import ExitCode, Problem, ProblemError
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
) -> list[Problem]:
    """Every problem of a paper's settings, definitions, rows and published ratings.

    Returns
    -------
    list of Problem
        A waived problem is kept as a note with the waiver's reason; a waiver that waives nothing is a warning.
    """
    problems = [*catalogue.problems, *catalogue.without_followers(store.problems)]
    problems += checks.council(catalogue, folder, store)
    problems += checks.paper(
        folder,
        settings,
        document,
        path.name,
        commentary.headings,
        catalogue.indicators,
        catalogue.name_of(path / "commentary.md"),
    )
    if not any(p.severity == "error" for p in problems):
        rater = Rater(catalogue, folder, store.as_at(settings.known))
        for name, view in settings.views.items():
            try:
                problems += published_ratings(rater.view(name, view), document)
            except ProblemError as error:
                problems += error.problems
    return waive(problems, settings.waivers, document)


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


def waive(problems: list[Problem], waivers: list[Waiver], document: Document) -> list[Problem]:
    """Turn each waived problem into a note; say which waivers waived nothing."""
    used: set[int] = set()
    result = []
    for problem in problems:
        match = next(
            (i for i, w in enumerate(waivers) if w.check == problem.check and w.place in problem.where), None
        )
        if match is not None:
            used.add(match)
            problem = replace(problem, severity="note", do=f"nothing: waived, {waivers[match].reason}")
        result.append(problem)
    for i, waiver in enumerate(waivers):
        if i not in used:
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
