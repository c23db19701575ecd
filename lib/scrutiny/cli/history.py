"""``scrutiny seal`` and ``verify``: papers as they were published, and whether they can be made again."""

from __future__ import annotations

from typing import Annotated

import typer

from scrutiny import project_folder
from scrutiny.cli.showing import CouncilName, EngineName, each, progress_line, shown, warn
from scrutiny.errors import Problem, ProblemError


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(seal)
    app.command()(verify)


def seal(
    council: CouncilName,
    date: Annotated[
        str | None, typer.Argument(help="The paper's folder name; without it, each paper that has no seal.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Seal anew what is sealed already.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why it is sealed again.")] = "",
) -> None:
    """Seal a published paper: record what it says, what it rests on and its files, so that it can be made again.

    Examples: scrutiny seal bromley 2018-07-18 ·
    scrutiny seal bromley 2018-07-18 --again --reason "the benchmarks' table has a new column"
    """
    if reason and not again:
        raise typer.BadParameter("--reason goes with --again")
    from scrutiny.paper.child import child_at_once
    from scrutiny.paper.history.sealing import seal_one, to_be_sealed

    root = project_folder()

    def work(name: str, day: str) -> None:
        with child_at_once() as child, progress_line(f"{name} {day}"):
            path = seal_one(root, name, day, again=again, reason=reason, child=child, warn=warn)
        typer.echo(shown(path))

    papers = to_be_sealed(root, council, date, again)
    if date is not None:
        work(*papers[0])
    else:
        each(papers, work)


def verify(
    council: Annotated[str | None, typer.Argument(help="One council; without it, all.")] = None,
    date: Annotated[str | None, typer.Argument(help="One paper; without it, all that are sealed.")] = None,
    engine: EngineName = "auto",
    at_sealed_commit: Annotated[
        bool,
        typer.Option("--at-sealed-commit", help="Make it with the code, data and lock file that sealed it."),
    ] = False,
) -> None:
    """Make sealed papers again in a temporary place, and say whether they still say the same; writes nothing.

    Examples: scrutiny verify · scrutiny verify bromley 2018-07-18 --at-sealed-commit
    """
    from scrutiny.paper.child import can_fork, child_at_once, warm
    from scrutiny.paper.history.sealed_commit import verify_at_sealed_commit
    from scrutiny.paper.history.verify import sealed_papers
    from scrutiny.paper.history.verify import verify as verified

    root = project_folder()
    papers, problems = sealed_papers(root, council, date), list[Problem]()
    if len(papers) > 1 and can_fork() and not at_sealed_commit:
        warm()
    for name, day in papers:
        try:
            if at_sealed_commit:
                verdict = verify_at_sealed_commit(root, name, day, engine)
            else:
                with child_at_once() as child, progress_line(f"{name} {day}"):
                    verdict = verified(root, name, day, engine, child)
        except ProblemError as error:
            typer.echo(f"{name} {day}: cannot be made again")
            problems += error.problems
            continue
        typer.echo(str(verdict))
        problems += verdict.problems
    if problems:
        raise ProblemError(problems)
    number = f"{len(papers)} sealed {'paper' if len(papers) == 1 else 'papers'}"
    typer.echo(f"{number} verified." if papers else "No paper is sealed yet: scrutiny seal COUNCIL DATE.")
