"""The proof of papers: everything that would stop them, found without making them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from scrutiny.data import benchmarks, checks
from scrutiny.data import catalogue as catalogues
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.catalogue import Catalogue
from scrutiny.data.importers import mapping
from scrutiny.data.rows import RowReader
from scrutiny.errors import ExitCode, Problem, ProblemError, closest, shown
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.parameters import read_parameters
from scrutiny.paper.proofreading import Proofreader


def proof(
    root: Path, council: str | None = None, date: str | None = None, as_at: str | None = None
) -> tuple[list[Problem], int]:
    """Check councils and papers.

    Parameters
    ----------
    council, date
        Check one council, or one paper; None checks all.

    Returns
    -------
    tuple
        Every problem found, each once, and how many papers were looked at. Their texts are filled too, so that a
        template that names something unknown is found here. A problem that a paper waives is a note.
    """
    read = read_parameters(
        {"council": council or "", "meeting_date": date or "", "as_at": as_at, "out": None}
    )
    catalogue = catalogues.load(root, council)
    if council is not None and date is not None:
        catalogue.paper_folder(council, date)
    names = [council] if council is not None else catalogues.council_names(root)
    papers = [(n, f.name) for n in names for f in catalogue.paper_folders(n) if date in (None, f.name)]
    of_papers = [p for name, day in papers for p in _paper(root, catalogue, name, day, read.as_at)]
    waived = {(p.check, p.where, p.found) for p in of_papers if p.severity == "note"}
    problems = [*catalogue.problems, *(_shared(root, catalogue) if council is None else [])]
    for name in names:
        problems += [p for p in _council(root, catalogue, name) if (p.check, p.where, p.found) not in waived]
    return list(dict.fromkeys([*problems, *of_papers])), len(papers)


def with_all_others(
    error: ProblemError, root: Path, council: str, date: str, as_at: str | None
) -> ProblemError:
    """The problem that stopped a paper, with every other one: the proof goes on where making stops."""
    if error.code is ExitCode.UNKNOWN:
        return error
    proved, _ = proof(root, council, date, as_at)
    return ProblemError(proved) if any(p.severity == "error" for p in proved) else error


def _council(root: Path, catalogue: Catalogue, name: str) -> list[Problem]:
    """What is wrong with a council's rows, whether or not its definitions are sound."""
    folder = catalogue.councils.get(name)
    indicators = {*catalogue.indicators, *catalogue.unread}
    area, wanted = (folder.council.base.area, Wanted.of(folder)) if folder else (None, Wanted(frozenset()))
    store = stores.load(root, name, indicators, area, wanted)
    return [*store.problems, *(checks.council(catalogue, folder, store) if folder else [])]


def _shared(root: Path, catalogue: Catalogue) -> list[Problem]:
    """What is wrong in what belongs to no council: every benchmark, the mappings, and papers without a council."""
    found: list[Problem] = []
    reader = RowReader(root, found, {*catalogue.indicators, *catalogue.unread})
    rows = list(benchmarks.read(reader, root, Wanted()))
    found += [*stores.duplicates(rows, *stores.KEY), *benchmarks.misplaced(root, rows)]
    found += checks.benchmarks(catalogue, rows)
    written, problems = mapping.read_all(root)
    units = {name: dated.latest.unit for name, dated in catalogue.indicators.items()}
    for one in written:
        problems += mapping.unsound(one, units, catalogue.unread)
    return [*found, *problems, *_homeless(root)]


def _homeless(root: Path) -> list[Problem]:
    """Papers of a council that is not among the councils: their folder is misspelt."""
    names = catalogues.council_names(root)
    folders = {path.parents[1].name for path in (root / "reports").glob("*/*/paper.yml")}
    return [
        Problem(
            "unknown-council",
            f"reports/{name}",
            f"papers of '{name}', which is no council",
            "a folder of data/councils",
            closest(name, names),
            code=ExitCode.DEFINITIONS,
        )
        for name in sorted(folders - {*names})
    ]


def _paper(root: Path, catalogue: Catalogue, council: str, date: str, as_at: dt.date | None) -> list[Problem]:
    """What is wrong with one paper: its settings, its definitions and rows, and then its texts."""
    try:
        catalogue.paper_settings(council, date)
        inputs = Inputs(root, council, date, as_at)
    except ProblemError as error:
        return catalogue.without_followers(error.problems)
    return [*inputs.problems, *_texts(inputs)]


def _texts(inputs: Inputs) -> list[Problem]:
    """What is wrong with the templates, or with the text that they make.

    A template that cannot be filled does not hide the next; the text is read where all can be.
    """
    found: list[Problem] = []

    def leniently(fill: Callable[..., str]) -> Callable[..., str]:
        def filled(template: str, where: str, **more: Any) -> str:
            try:
                return fill(template, where, **more)
            except ProblemError as error:
                found.extend(error.problems)
            except _OF_A_TEMPLATE as error:
                found.append(_failed(template, where, error))
            return ""

        return filled

    try:
        paper = Paper(inputs, pictures=False)
        writer = paper._writer
        writer.fill = leniently(writer.fill)  # type: ignore[method-assign]
        paper.front_sheet()
        paper.sections()
        paper.appendices()
        if not found:
            paper.finish()
            return Proofreader(inputs).read(paper.model)
    except ProblemError as error:
        found.extend(error.problems)
    except _OF_A_TEMPLATE as error:
        found.append(_failed("a condition", f"committee {inputs.committee.id}, front_sheet, when", error))
    return [_placed(problem, inputs) for problem in found]


_OF_A_TEMPLATE = (ArithmeticError, LookupError, RecursionError)  # what a template itself can compute wrongly


def _failed(template: str, where: str, error: Exception) -> Problem:
    found = f"the template cannot be filled ({error}): {shown(template)}"
    do = "correct it; a template shows facts and computes nothing"
    return Problem("template", where, found, "facts of the paper", do, code=ExitCode.DEFINITIONS)


_PLACE = re.compile(r"(?:committee [\w-]+, )?section (?P<section>[\w-]+)(?:, block (?P<block>\d+))?")


def _placed(problem: Problem, inputs: Inputs) -> Problem:
    """The problem of a template with the file and line in which that template stands."""
    where = _of_paper(problem, inputs) or _of_committee(problem, inputs) or problem.where
    return replace(problem, where=where, found=_OF_PYTHON.sub(r"there is no '\1' here", problem.found))


_OF_PYTHON = re.compile(r"'[\w. ]+' has no attribute '(\w+)'")


def _of_paper(problem: Problem, inputs: Inputs) -> str:
    """Its place in paper.yml or commentary.md, if the template stands there."""
    if problem.where.startswith("paper.yml, "):
        return inputs.document.where((problem.where.removeprefix("paper.yml, "),))
    for part in inputs.commentary.parts:
        texts = [text for p in part.paragraphs for text in (p.text, *p.bullets)]
        if any(_quotes(problem, text) for text in texts):
            name = inputs.catalogue.name_of(inputs.path / "commentary.md")
            return f"{name}, line {part.line}, ## {part.heading}"
    for name, items in inputs.settings.lists.items():
        for i, item in enumerate(items):
            if _quotes(problem, item):
                return inputs.document.where(("lists", name, i))
    return ""


def _quotes(problem: Problem, template: str) -> bool:
    beginning = " ".join(template.split())[:80]
    return bool(beginning) and "{" in template and f"): {beginning}" in problem.found


def _of_committee(problem: Problem, inputs: Inputs) -> str:
    """Its place in the committee's file."""
    document = inputs.folder.committees[inputs.settings.committee].document
    match = _PLACE.fullmatch(problem.where)
    if document is None:
        return ""
    if match is None:
        return document.where(("front_sheet",)) if ", front_sheet, " in problem.where else ""
    ids = [section.id for section in inputs.committee.sections]
    if match["section"] not in ids:
        return ""
    path = ("sections", ids.index(match["section"]))
    return document.where((*path, "blocks", int(match["block"]) - 1) if match["block"] else path)
