"""``scrutiny import``: figures out of the files that analysts download, into the benchmarks."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scrutiny import project_folder
from scrutiny.cli.showing import progress_line, show, shown
from scrutiny.errors import ExitCode, Problem, ProblemError, stop_on_errors

if TYPE_CHECKING:
    from scrutiny.data.importers.plan import Plan, Request


def import_files(
    files: Annotated[
        list[Path], typer.Argument(help="CSV files as downloaded, with their .meta.csv if any.")
    ],
    name: Annotated[
        str, typer.Option("--as", metavar="NAME", help="Name of the benchmarks and the sources.")
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE", help="A mapping that stands elsewhere.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="When this edition was published, if it is known."),
    ] = None,
    note: Annotated[
        str, typer.Option("--note", help="What the files are, for their origin: whole, or cut from what.")
    ] = "as received",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what it would do; write nothing.")] = False,
) -> None:
    """Import official statistics: files of EES, LAIT, COVER or Ofsted, or any table of areas and periods.

    Examples: scrutiny import d6_cpps_reviewed_within_timescales_2013_to_2024.csv --dry-run ·
    scrutiny import library-visits.csv --as library-visits
    """
    from scrutiny.data.benchmarks import FOLDER
    from scrutiny.data.importers.plan import Request
    from scrutiny.files import one_at_a_time

    root = project_folder()
    paths = [(path, path.as_posix()) for path in files]
    request = Request(paths, name, mapping, _day(published))
    at_terminal = sys.stdin.isatty()
    if at_terminal and not dry_run:
        _complete(root, request)
    asked = False
    while True:
        with one_at_a_time(root, root / FOLDER):
            made = _planned(root, request)
            if asked or not at_terminal or not made.unmapped or _stopped(made):
                _finish(root, made, name, note, dry_run)
                return
        asked = True
        _ask(root, request, made, dry_run)


def _planned(root: Path, request: Request) -> Plan:
    from scrutiny.data.importers.plan import plan

    with progress_line("Reading"):
        return plan(root, request)


def _stopped(made: Plan) -> bool:
    return any(problem.severity == "error" for problem in made.problems)


def _finish(root: Path, made: Plan, name: str, note: str, dry_run: bool) -> None:
    """Tell what was found, and write what is new if nothing is wrong."""
    from scrutiny.data.importers.plan import carry_out

    _tell(made)
    show(stop_on_errors([*made.problems, *_without_mapping(made, name)]))
    if dry_run:
        typer.echo(f"Nothing was written: {_rows(made)} would be added.")
    elif not made.added:
        typer.echo("Nothing is new: every figure is held already.")
    else:
        for path in carry_out(root, made, note):
            typer.echo(shown(path))
        typer.echo(f"{_rows(made)} added.")


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a date such as 2019-04-11") from None


def _rows(made: Plan) -> str:
    return f"{made.added:,} {'row' if made.added == 1 else 'rows'}"


def _tell(made: Plan) -> None:
    """What was understood of each file, and what it adds."""
    from scrutiny.data.importers.told import imported_words, understood_words

    for understood in made.unmapped:
        typer.echo("\n".join(understood_words(understood)))
    for file in made.files:
        typer.echo("\n".join([*understood_words(file.understood), *imported_words(file)]))


def _without_mapping(made: Plan, name: str) -> list[Problem]:
    """A problem for each file that no mapping names, after a mapping for it to be filled in."""
    from scrutiny.data.importers.draft import draft
    from scrutiny.data.importers.mapping import FOLDER

    found = []
    for understood in made.unmapped:
        place = f"{FOLDER}/{name or '<name>'}.yml"
        typer.echo(
            f"\n# {place}: fill in what is blank, and import the file again\n{draft(understood, name)}"
        )
        do = f"save what is printed above as {place}, fill in what is blank, and import the file again"
        file = understood.received.name
        expected = "a mapping, which says what its columns mean"
        found.append(Problem("no-mapping", file, "no mapping names it", expected, do, code=ExitCode.DATA))
    return found


def _complete(root: Path, request: Request) -> None:
    """Ask for what the mapping that was named lacks, and write it into its blanks."""
    from scrutiny.data.importers.draft import blanks
    from scrutiny.data.importers.mapping import FOLDER
    from scrutiny.files import write_whole

    own = root / FOLDER / f"{request.name}.yml" if request.name else None
    path = request.mapping or own
    if path is not None and path.is_file() and blanks(text := path.read_text("utf-8")):
        write_whole(path, answered(root, text).encode())
        typer.echo(shown(path))


def _ask(root: Path, request: Request, made: Plan, dry_run: bool) -> None:
    """Ask at a terminal for what only a person knows, and keep it as a mapping."""
    from scrutiny.data.importers.draft import draft
    from scrutiny.data.importers.mapping import FOLDER
    from scrutiny.data.importers.told import understood_words
    from scrutiny.files import write_whole

    for understood in made.unmapped:
        typer.echo("\n".join(understood_words(understood)))
        text = answered(root, draft(understood, request.name))
        place = root / FOLDER / f"{_id(text)}.yml"
        if place.exists():
            found, expected = "there is a mapping of this name", "a name that is free"
            do = "add the file to it by hand, or choose another name"
            where = f"{FOLDER}/{place.name}"
            raise ProblemError([Problem("exists", where, found, expected, do, code=ExitCode.DEFINITIONS)])
        if dry_run:
            typer.echo(f"\n# {FOLDER}/{place.name}, not written\n{text}")
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, text.encode())
        typer.echo(shown(place))


def _id(text: str) -> str:
    import yaml

    return str(yaml.safe_load(text).get("id") or "mapping")


def answered(root: Path, text: str) -> str:
    """A mapping with each blank asked for; unit and basis of an indicator that is there are its own."""
    from scrutiny.data import catalogue as catalogues
    from scrutiny.data.importers.draft import blanks, block, filled

    indicators = catalogues.indicators(root).indicators
    answers: dict[int, str] = {}
    known: dict[str, str] = {}
    skipped: set[int] = set()
    for blank in blanks(text):
        if blank.line in skipped:
            continue
        if blank.key in known:
            answers[blank.line] = known[blank.key]
            continue
        answer = str(typer.prompt(blank.question, default="", show_default=False)).strip()
        answers[blank.line] = answer
        if blank.key == "indicator":
            definition = indicators[answer].latest if answer in indicators else None
            known = {"basis": definition.basis.value, "unit": definition.unit.value} if definition else {}
            if not answer:
                skipped |= set(block(text, blank.line))
    return filled(text, answers)
