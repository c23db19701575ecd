"""``scrutiny new``: begin a council or a paper."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from scrutiny import project_folder
from scrutiny.cli.showing import CouncilName, show, shown
from scrutiny.errors import ProblemError

new = typer.Typer(
    help="Begin a council or a paper: commented, valid files.",
    no_args_is_help=True,
)
MeasureWord = Literal["indicator", "measure"]
SchemeKind = Literal["rag", "two", "four"]
NumberingKind = Literal["section_paragraph", "continuous", "none"]


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
        typer.echo(shown(path))


@new.command("paper")
def new_paper(
    council: CouncilName,
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
    show(begun.notes)
    for path in begun.written:
        typer.echo(shown(path))
