"""The command line: the commands that make and explain papers; the others stand in modules of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scrutiny import __version__, project_folder
from scrutiny.cli import comparing, figures, history
from scrutiny.cli.importing import import_files
from scrutiny.cli.new import new
from scrutiny.cli.showing import CouncilName, Date, EngineName, each, progress_line, show, shown, system, warn
from scrutiny.errors import ExitCode, Problem, ProblemError

if TYPE_CHECKING:
    from scrutiny.data.catalogue import Catalogue

app = typer.Typer(
    name="scrutiny",
    help="Rate, compare, write and render the performance papers of council committees.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(new, name="new")
app.command("import")(import_files)
history.add_to(app)
comparing.add_to(app)
figures.add_to(app)
INTERRUPTED = 130
AsAt = Annotated[
    str | None, typer.Option("--as-at", metavar="DATE", help="Make it from what was known on this day.")
]


def main() -> None:
    """Run the command; problems end in plain words and their exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except ProblemError as error:
        show(error.problems)
        raise SystemExit(int(error.code)) from None
    except OSError as error:
        show([system(error)])
        raise SystemExit(int(ExitCode.RENDERING)) from None
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            typer.echo("Stopped. Nothing was half written.", err=True)
        raise


def _catalogue(council: str | None = None) -> Catalogue:
    from scrutiny.data import catalogue

    return catalogue.load(project_folder(), council)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"scrutiny {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    from scrutiny.paper.workshop import complete_all

    complete_all(project_folder())


@app.command("list")
def list_papers() -> None:
    """List every council and its papers.

    Example: scrutiny list
    """
    catalogue = _catalogue()
    for council in sorted(catalogue.councils):
        name = catalogue.councils[council].council.latest.name
        dates = [folder.name for folder in catalogue.paper_folders(council)]
        typer.echo(f"{council}  {', '.join(dates) or 'no papers yet'}  ({name})")
    if catalogue.problems:
        raise ProblemError(catalogue.problems)


@app.command()
def check(
    council: Annotated[str | None, typer.Argument(help="Check one council; without it, all.")] = None,
    date: Annotated[
        str | None, typer.Argument(help="Check one paper; without it, all of the council's.")
    ] = None,
    as_at: AsAt = None,
) -> None:
    """Check definitions, rows, settings and templates, and list every problem; writes nothing.

    Examples: scrutiny check · scrutiny check bromley · scrutiny check bromley 2018-07-18
    """
    from scrutiny.paper.proof import proof

    with progress_line("Checking"):
        problems, papers = proof(project_folder(), council, date, as_at)
    if any(p.severity == "error" for p in problems):
        raise ProblemError(problems)
    show(problems)
    typer.echo(f"No errors. {papers} {'paper' if papers == 1 else 'papers'} checked.")


@app.command()
def paper(
    council: Annotated[str | None, typer.Argument(help="The council's folder name.")] = None,
    date: Annotated[str | None, typer.Argument(help="The paper's folder name: its meeting date.")] = None,
    as_at: AsAt = None,
    engine: EngineName = "auto",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the made files.", file_okay=False)
    ] = None,
    all_papers: Annotated[bool, typer.Option("--all", help="Make every paper of the project.")] = False,
    review: Annotated[
        bool,
        typer.Option("--review", help="Make review copies too, with what the checks found at its place."),
    ] = False,
) -> None:
    """Make a paper in HTML and Word, with its executed notebook, model and open data.

    Examples: scrutiny paper windsor-and-maidenhead 2018-09-26 ·
    scrutiny paper bromley 2018-07-18 --as-at 2018-12-01 --out try
    """
    if all_papers == (council is not None) or (council is None) != (date is None):
        raise typer.BadParameter("name a council and a date, or give --all alone")
    if all_papers and out is not None:
        raise typer.BadParameter("--out goes with one paper, not with --all")
    if all_papers:
        from scrutiny.paper.child import can_fork, warm

        if can_fork():
            warm()
        each(list(_catalogue().papers()), lambda name, day: _make(name, day, as_at, engine, None, review))
    else:
        _make(str(council), str(date), as_at, engine, out, review)


def _make(
    council: str, date: str, as_at: str | None, engine: str, out: Path | None, review: bool = False
) -> None:
    from scrutiny.paper.child import child_at_once

    with child_at_once() as child, progress_line(f"{council} {date}") as progress:
        from scrutiny.paper.make import make  # while the child gets ready

        made = make(
            project_folder(),
            council,
            date,
            as_at=as_at,
            engine=engine,
            out=out,
            review=review,
            child=child,
            progress=progress,
            warn=warn,
        )
    for path in made:
        typer.echo(shown(path))


@app.command()
def explain(
    council: CouncilName,
    date: Date,
    number: Annotated[str, typer.Argument(help="The indicator's printed number, or its id.")],
    as_at: AsAt = None,
) -> None:
    """Say in words what an indicator is, where its figure comes from, and why it is rated as it is.

    Example: scrutiny explain windsor-and-maidenhead 2018-09-26 1.1.1
    """
    from scrutiny.paper.explained import explained

    typer.echo(explained(project_folder(), council, date, number, as_at))


@app.command()
def schema(
    check_only: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a schema is not current.")
    ] = False,
) -> None:
    """Write the JSON Schemas of the settings files and of paper.json, for editors and other programs.

    Example: scrutiny schema
    """
    from scrutiny.paper.schemas import write_schemas

    changed = write_schemas(project_folder(), write=not check_only)
    if check_only and changed:
        raise ProblemError(_not_current(path) for path in changed)
    for path in changed:
        typer.echo(f"written: {path}")


def _not_current(path: str) -> Problem:
    found, do = "it is not what the definitions say now", "run: scrutiny schema"
    return Problem("schema", path, found, "the current schema", do, code=ExitCode.DEFINITIONS)


@app.command()
def execute(
    missing: Annotated[
        bool, typer.Option("--missing", help="Only papers that have no executed notebook.")
    ] = False,
) -> None:
    """Execute the papers' notebooks without rendering them, as `quarto render` needs them.

    Example: scrutiny execute --missing
    """
    from scrutiny.paper.child import child_at_once
    from scrutiny.paper.make import make

    root = project_folder()

    def work(council: str, date: str) -> None:
        if missing and (root / "reports" / council / date / "paper.ipynb").exists():
            return
        with child_at_once() as child, progress_line(f"{council} {date}") as progress:
            make(root, council, date, formats=(), child=child, progress=progress, warn=warn)
        typer.echo(f"executed {council} {date}")

    each(list(_catalogue().papers()), work)
