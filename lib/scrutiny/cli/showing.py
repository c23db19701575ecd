"""What a command says at the terminal: problems, progress and the names of files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from scrutiny.errors import WAIVED, ExitCode, Problem, ProblemError

Date = Annotated[str, typer.Argument(help="The paper's folder name: its meeting date, such as 2018-09-26.")]
EngineName = Annotated[str, typer.Option("--engine", help="auto, quarto or pandoc.")]
CouncilName = Annotated[str, typer.Argument(help="The council's folder name, as `scrutiny list` shows it.")]


def system(error: OSError) -> Problem:
    """What the system refused, without the folders of this machine."""
    name = Path(str(error.filename)).name if error.filename else "scrutiny"
    found = f"the system refused it ({error.strerror or 'no reason given'})"
    do = "check that it is there, that it may be read and written, and that the disk has room"
    return Problem("system", name, found, "a file or folder at hand", do, code=ExitCode.RENDERING)


def show(problems: list[Problem]) -> None:
    """List problems on stderr, errors first: where, what was found, what was expected, what to do."""
    order = {"error": 0, "warning": 1, "note": 2}
    listed = sorted(problems, key=lambda p: (order[p.severity], p.where))
    errors = sum(p.severity == "error" for p in listed)
    if errors:
        typer.echo(f"{errors} {'problem' if errors == 1 else 'problems'}; nothing was made.\n", err=True)
    for problem in listed:
        label = "" if problem.severity == "error" else f"({problem.severity}) "
        typer.echo(
            f"{label}{problem.where} [{problem.check}]\n"
            f"  found:      {problem.found}\n  expected:   {problem.expected}\n  what to do: {problem.do}\n",
            err=True,
        )


def warn(problems: list[Problem]) -> None:
    """List warnings; of what is waived, only how much it is."""
    waived = [p for p in problems if p.severity == "note" and p.do.startswith(WAIVED)]
    show([p for p in problems if p not in waived])
    if waived:
        count = f"{len(waived)} {'finding is' if len(waived) == 1 else 'findings are'}"
        typer.echo(f"{count} waived, each with its reason: scrutiny check lists them.", err=True)


@contextmanager
def progress_line(what: str) -> Iterator[Callable[[str], None]]:
    """A line that says what happens, at a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        yield lambda step: status.update(f"{what}: {step}")


def shown(path: Path) -> str:
    """A file as it is named from the working folder, where it lies below it."""
    here = Path.cwd()
    return path.resolve().relative_to(here).as_posix() if path.resolve().is_relative_to(here) else str(path)


def each(papers: list[tuple[str, str]], work: Callable[[str, str], None]) -> None:
    """Go through papers; what is wrong with one does not keep the others from being made."""
    failed = []
    for council, date in papers:
        try:
            work(council, date)
        except ProblemError as error:
            typer.echo(f"{council} {date}:", err=True)
            show(error.problems)
            failed.append(f"{council} {date}")
    if failed:
        typer.echo(f"{len(failed)} of {len(papers)} papers failed: {', '.join(failed)}", err=True)
        raise SystemExit(int(ExitCode.BATCH))
