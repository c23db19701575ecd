"""``scrutiny diff`` and ``scrutiny recolour``: what changed between papers, and what another rule would change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from scrutiny import project_folder
from scrutiny.cli.showing import CouncilName, Date, progress_line, shown, system
from scrutiny.errors import ProblemError
from scrutiny.files import write_whole

DiffForm = Literal["text", "html", "json"]
RecolourForm = Literal["text", "json"]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="Write it to this file instead of showing it.", dir_okay=False
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(diff)
    app.command()(recolour)


def diff(
    council: CouncilName,
    date: Date,
    other: Annotated[
        str | None,
        typer.Argument(metavar="DATE", help="The paper to compare it with; without one, --as-at twice."),
    ] = None,
    as_at: Annotated[
        list[str] | None,
        typer.Option(
            "--as-at", metavar="DATE", help="Compare the paper as known on two days; give it twice."
        ),
    ] = None,
    form: Annotated[DiffForm, typer.Option("--format", help="text, html or json.")] = "text",
    out: Out = None,
) -> None:
    """Say what changed between two papers, or in one paper between two times of knowledge; the papers stay as they are.

    Examples: scrutiny diff merton 2018-11-07 2019-02-13 ·
    scrutiny diff bromley 2018-07-18 --as-at 2018-07-18 --as-at 2019-07-18 --format html --out changes.html
    """
    days = as_at or []
    if other is not None and days:
        raise typer.BadParameter("two dates are compared as they were; --as-at goes with one date")
    if other is None and len(days) != 2:
        raise typer.BadParameter("name two dates, or one date and --as-at twice")
    from scrutiny.paper.history.compare import compare_papers

    sides = [(date, days[0]), (date, days[1])] if other is None else [(date, None), (other, None)]
    with progress_line(f"{council}: comparing"):
        found = compare_papers(project_folder(), council, *sides)
    if form == "json":
        _hand_over(found.canonical(), out)
    elif form == "html":
        from scrutiny.paper.history.page import page

        _hand_over(page(found), out)
    else:
        from scrutiny.paper.history.told import told

        _hand_over(told(found), out)


def _hand_over(text: str, out: Path | None) -> None:
    """Show a text, or write it to a file whole."""
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, text.encode())
    except OSError as error:
        raise ProblemError([system(OSError(error.errno, error.strerror, out.name))]) from None
    typer.echo(shown(out))


def recolour(
    council: CouncilName,
    date: Date,
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="ID", help="One of the council's schemes to rate by.")
    ] = None,
    tolerance: Annotated[
        list[str] | None,
        typer.Option(
            "--tolerance",
            metavar="WIDTH",
            help="A tolerance for every indicator that has one, or INDICATOR=WIDTH; may be given several times.",
        ),
    ] = None,
    as_at: Annotated[
        str | None, typer.Option("--as-at", metavar="DATE", help="Rate what was known on this day.")
    ] = None,
    form: Annotated[RecolourForm, typer.Option("--format", help="text or json.")] = "text",
    out: Out = None,
) -> None:
    """Say which of a paper's ratings another scheme or tolerance would change; nothing is changed.

    Examples: scrutiny recolour windsor-and-maidenhead 2018-09-26 --tolerance "3 points" ·
    scrutiny recolour exampleshire 2026-06-18 --tolerance 1.8="5 points" --tolerance 5.2="10%"
    """
    if scheme is None and not tolerance:
        raise typer.BadParameter("give --scheme, --tolerance, or both")
    from scrutiny.paper.history.recolour import recolour as rated_again
    from scrutiny.paper.history.recolouring import told

    found = rated_again(
        project_folder(), council, date, scheme=scheme, tolerances=tolerance or [], as_at=as_at
    )
    _hand_over(found.canonical() if form == "json" else told(found), out)
