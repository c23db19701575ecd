"""The command line: ``scrutiny list``, ``check``, ``paper``, ``explain``, ``new``, ``schema`` and ``execute``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scrutiny import __version__, project_folder
from scrutiny.errors import WAIVED, ExitCode, Problem, ProblemError

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
new = typer.Typer(
    help="Begin a council or a paper: commented, valid files.",
    no_args_is_help=True,
)
app.add_typer(new, name="new")
Council = Annotated[str, typer.Argument(help="The council's folder name, as `scrutiny list` shows it.")]
Date = Annotated[str, typer.Argument(help="The paper's folder name: its meeting date, such as 2018-09-26.")]
MeasureWord = Literal["indicator", "measure"]
SchemeKind = Literal["rag", "two", "four"]
NumberingKind = Literal["section_paragraph", "continuous", "none"]
INTERRUPTED = 130
AsAt = Annotated[
    str | None, typer.Option("--as-at", metavar="DATE", help="Make it from what was known on this day.")
]
EngineName = Annotated[str, typer.Option("--engine", help="auto, quarto or pandoc.")]


def main() -> None:
    """Run the command; problems end in plain words and their exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except ProblemError as error:
        _show(error.problems)
        raise SystemExit(int(error.code)) from None
    except OSError as error:
        _show([_system(error)])
        raise SystemExit(int(ExitCode.RENDERING)) from None
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            typer.echo("Stopped. Nothing was half written.", err=True)
        raise


def _system(error: OSError) -> Problem:
    """What the system refused, without the folders of this machine."""
    name = Path(str(error.filename)).name if error.filename else "scrutiny"
    found = f"the system refused it ({error.strerror or 'no reason given'})"
    do = "check that it is there, that it may be read and written, and that the disk has room"
    return Problem("system", name, found, "a file or folder at hand", do, code=ExitCode.RENDERING)


def _show(problems: list[Problem]) -> None:
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


def _warn(problems: list[Problem]) -> None:
    """List warnings; of what is waived, only how much it is."""
    waived = [p for p in problems if p.severity == "note" and p.do.startswith(WAIVED)]
    _show([p for p in problems if p not in waived])
    if waived:
        count = f"{len(waived)} {'finding is' if len(waived) == 1 else 'findings are'}"
        typer.echo(f"{count} waived, each with its reason: scrutiny check lists them.", err=True)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str], None]]:
    """A line that says what happens, at a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        yield lambda step: status.update(f"{what}: {step}")


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
    pass


@app.command("list")
def list_papers() -> None:
    """List every council and its papers.

    Example: scrutiny list
    """
    catalogue = _catalogue()
    for council in sorted(catalogue.councils):
        name = catalogue.councils[council].council.base.name
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

    with _progress("Checking"):
        problems, papers = proof(project_folder(), council, date, as_at)
    if any(p.severity == "error" for p in problems):
        raise ProblemError(problems)
    _show(problems)
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
        _each(list(_catalogue().papers()), lambda name, day: _make(name, day, as_at, engine, None, review))
    else:
        _make(str(council), str(date), as_at, engine, out, review)


def _each(papers: list[tuple[str, str]], work: Callable[[str, str], None]) -> None:
    """Go through papers; what is wrong with one does not keep the others from being made."""
    failed = []
    for council, date in papers:
        try:
            work(council, date)
        except ProblemError as error:
            typer.echo(f"{council} {date}:", err=True)
            _show(error.problems)
            failed.append(f"{council} {date}")
    if failed:
        typer.echo(f"{len(failed)} of {len(papers)} papers failed: {', '.join(failed)}", err=True)
        raise SystemExit(int(ExitCode.BATCH))


def _make(
    council: str, date: str, as_at: str | None, engine: str, out: Path | None, review: bool = False
) -> None:
    from scrutiny.paper.child import child_at_once

    with child_at_once() as child, _progress(f"{council} {date}") as progress:
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
            warn=_warn,
        )
    for path in made:
        typer.echo(_shown(path))


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.resolve().relative_to(here).as_posix() if path.resolve().is_relative_to(here) else str(path)


@app.command()
def explain(
    council: Council,
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
        with child_at_once() as child, _progress(f"{council} {date}") as progress:
            make(root, council, date, formats=(), child=child, progress=progress, warn=_warn)
        typer.echo(f"executed {council} {date}")

    _each(list(_catalogue().papers()), work)


def _answered(asked: dict[str, tuple[str | None, str]]) -> list[str]:
    """What was given, or is answered at a terminal; without one everything that is missing, all at once."""
    missing = {flag: question for flag, (given, question) in asked.items() if given is None}
    if missing and not sys.stdin.isatty():
        from scrutiny.paper.starting import usage

        do = "give it as an option, or run the command at a terminal, where it asks"
        raise ProblemError([usage(flag, "it is missing", question, do) for flag, question in missing.items()])
    return [str(typer.prompt(question)) if given is None else given for given, question in asked.values()]


@new.command("council")
def new_council(
    name: Annotated[str, typer.Argument(help="The council's full name; its folder is called after it.")],
    area: Annotated[str | None, typer.Option(help="Area code of its figures, such as E06000040.")] = None,
    committee: Annotated[str | None, typer.Option(help="Name of its committee.")] = None,
    year: Annotated[str | None, typer.Option(help="Year of its first framework, such as 2026-27.")] = None,
    folder: Annotated[str, typer.Option("--id", help="Name of its folder, if another.")] = "",
    short_name: Annotated[str, typer.Option(help="Name for tables and charts.")] = "",
    region: Annotated[str, typer.Option(help="Its region.")] = "",
    measure: Annotated[MeasureWord, typer.Option(help="What it calls what it measures.")] = "indicator",
    scheme: Annotated[SchemeKind, typer.Option(help="How many states its ratings have.")] = "rag",
    numbering: Annotated[
        NumberingKind, typer.Option(help="How paragraphs are numbered.")
    ] = "section_paragraph",
    comparator: Annotated[
        list[str] | None,
        typer.Option(help="Area to compare with, as ID:AREA:NAME; may be given several times."),
    ] = None,
    invented: Annotated[
        bool, typer.Option("--invented", help="It is invented, for tests or examples.")
    ] = False,
) -> None:
    """Begin a council: definitions, settings, two example indicators and an empty list of outturns.

    Example: scrutiny new council "Newshire Council" --area X99000009 --committee "Scrutiny Committee" --year 2026-27
    """
    from scrutiny.paper import starting

    asked = {
        "--area": (area, "Area code of its figures, such as E06000040"),
        "--committee": (committee, "Name of its committee"),
        "--year": (year, "Financial year of its first framework, such as 2026-27"),
    }
    given_area, given_committee, given_year = _answered(asked)
    given = starting.NewCouncil(
        name,
        given_area,
        given_committee,
        given_year,
        id=folder,
        short_name=short_name,
        region=region,
        measure=measure,
        scheme=scheme,
        numbering=numbering,
        comparators=tuple(comparator or ()),
        invented=invented,
    )
    for path in starting.new_council(project_folder(), given):
        typer.echo(_shown(path))


@new.command("paper")
def new_paper(
    council: Council,
    date: Annotated[
        str, typer.Argument(help="The meeting date, such as 2026-07-16; the folder is called so.")
    ],
    last: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Roll this earlier paper forward.")
    ] = None,
    committee: Annotated[
        str | None, typer.Option(help="Id of the committee, where there are several.")
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="What the figures are about; with --from the next one is taken.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title, if not made from the period.")] = None,
) -> None:
    """Begin a paper: its settings, and a commentary with a heading for each exception.

    Examples: scrutiny new paper exampleshire 2026-07-16 --from 2026-06-18 ·
    scrutiny new paper exampleshire 2026-07-16 --period 2026-05
    """
    from scrutiny.paper import rolling

    if last is None:
        (period,) = _answered({"--period": (period, "What the figures are about, such as FY2026-27-Q1")})
    begun = rolling.new_paper(
        project_folder(), council, date, committee=committee, period=period, title=title, last=last
    )
    _show(begun.notes)
    for path in begun.written:
        typer.echo(_shown(path))
