"""``scrutiny restatements`` and ``restate``: figures that are corrected after they have been published."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scrutiny import project_folder
from scrutiny.cli.showing import CouncilName

if TYPE_CHECKING:
    from scrutiny.paper.history.restate import Corrected

Format = Literal["text", "csv", "json"]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(restatements)
    app.command()(restate)


def restatements(
    council: CouncilName,
    as_at: Annotated[
        str | None, typer.Option("--as-at", metavar="DATE", help="List what was known on this day.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="text, csv or json: for readers, or for other programs.")
    ] = "text",
) -> None:
    """List every figure that was restated: as published and where, now, when, why, and what that did to its rating.

    Examples: scrutiny restatements merton · scrutiny restatements merton --as-at 2019-02-13 --format csv
    """
    from scrutiny.paper.history import ledger

    book = ledger.ledger(project_folder(), council, as_at)
    typer.echo(ledger.FORMATS[form](book).rstrip("\n"))


def restate(
    council: CouncilName,
    indicator: Annotated[str, typer.Argument(help="The indicator's id, or its printed number.")],
    period: Annotated[str, typer.Argument(help="What the figure is about, such as 2026-04.")],
    value: Annotated[str, typer.Argument(help="The corrected figure: a plain number.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; the next paper says so.")],
    known_on: Annotated[
        str, typer.Option("--known-on", metavar="DATE", help="When it became known; without it, today.")
    ] = "",
    numerator: Annotated[str, typer.Option("--numerator", help="The count behind it.")] = "",
    denominator: Annotated[str, typer.Option("--denominator", help="What it is out of.")] = "",
    basis: Annotated[str, typer.Option("--basis", help="If another than the indicator's own.")] = "",
    source: Annotated[str, typer.Option("--source", help="Where the correction stands.")] = "",
    provenance: Annotated[
        str, typer.Option("--provenance", help="What kind of place; without it, the council's own record.")
    ] = "",
    status: Annotated[str, typer.Option("--status", help="final, provisional or revised.")] = "revised",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what it would do; write nothing.")] = False,
) -> None:
    """Correct a published figure: add a row to the council's outturns, and say what that changes. No row is edited.

    Example: scrutiny restate exampleshire 5.2 2026-04 80.8 --numerator 59 --denominator 73
    --reason "three late answers had been counted as on time" --dry-run
    """
    from scrutiny.paper.history import restate as restating

    today = dt.date.today()
    asked = restating.Correction(
        indicator,
        period,
        value,
        reason,
        known_on or today.isoformat(),
        numerator=numerator,
        denominator=denominator,
        basis=basis,
        source=source,
        provenance=provenance,
        status=status,
    )
    done = restating.restate(project_folder(), council, asked, today=today, dry_run=dry_run)
    for said in _said(done):
        typer.echo(said)
    typer.echo(f"Nothing was written; it would be {done.where}." if dry_run else f"Added: {done.where}")


def _said(done: Corrected) -> list[str]:
    """What a correction does, in words."""
    from scrutiny.paper.history.ledger import told
    from scrutiny.writing.restated import papers_words
    from scrutiny.writing.words import capitalised

    said = [told(entry, several=len(done.entries) > 1) for entry in done.entries]
    if done.stays:
        said.append(f"As published the figure stays {done.stays}: no paper will speak of it.")
    if done.shown:
        papers = capitalised(papers_words(done.shown))
        stays = "stays as it was" if len(done.shown) == 1 else "stay as they were"
        sealed = f" (sealed: {papers_words(done.sealed)})" if done.sealed else ""
        said.append(f"{papers} {stays}{', and sealed' if done.sealed == done.shown else sealed}.")
    if done.changing:
        said.append(f"Made again, {papers_words(done.changing)} will show the new figure.")
    if done.lost_counts:
        said.append("The figure had counts behind it, and this one has none: --numerator, --denominator.")
    return said
