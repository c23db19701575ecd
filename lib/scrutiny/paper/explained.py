"""An indicator explained in words: definition, figure and its row, target, rating and why."""

from __future__ import annotations

from pathlib import Path

from scrutiny.data.observations import PROVENANCE
from scrutiny.errors import ExitCode, Problem, ProblemError, closest
from scrutiny.paper import real
from scrutiny.paper.build import Inputs
from scrutiny.paper.parameters import read_parameters
from scrutiny.paper.proof import with_all_others
from scrutiny.paper.tables import benchmark_line, tolerance_text
from scrutiny.periods import long_date
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.facts import DAGGER, target_text, value_words
from scrutiny.writing.words import capitalised
from scrutiny.writing.year import beside_words, year_line


def explained(root: Path, council: str, date: str, number: str, as_at: str | None = None) -> str:
    """Explain one indicator of a paper.

    Parameters
    ----------
    number
        Its printed number, or its id.

    Raises
    ------
    ProblemError
        Exit code 12, if the paper has no such indicator.
    """
    read = read_parameters({"council": council, "meeting_date": date, "as_at": as_at, "out": None})
    try:
        views = Inputs(root, council, date, read.as_at, complete=False).views()
    except ProblemError as error:
        raise with_all_others(error, root, council, date, as_at) from None
    found = [(v, r) for v in views.values() for r in v.rows if number in (r.row.number, r.indicator.id)]
    if not found:
        known = [r.row.number for v in views.values() for r in v.rows]
        raise ProblemError(
            [
                Problem(
                    "unknown-indicator",
                    f"{council} {date}",
                    f"there is no indicator '{number}'",
                    "a printed number or an id",
                    closest(number, known),
                    code=ExitCode.UNKNOWN,
                )
            ]
        )
    return "\n\n".join(_one(view, r) for view, r in found)


def _one(view: RatedView, r: Reported) -> str:
    i = r.indicator
    illustrative = r.row.target.illustrative or r.row.tolerance_illustrative
    lines = [
        f"{r.row.number} {r.title} ({view.framework.title}, {view.period.label}; as at {long_date(view.day)})",
        _line("Definition", i.definition or "not published"),
        _line(
            "Unit",
            f"{i.unit.heading}, {i.basis.words}, by {i.frequency.value.replace('_', ' ')}; {i.polarity.words}",
        ),
        *_figure(r),
        _line("Target", ", ".join(filter(None, [target_text(r), tolerance_text(r)]))),
        *([_line("Year end", year_line(r))] if year_line(r) else []),
        *([_line("", f"{DAGGER} illustrative, not published by the council")] if illustrative else []),
        _line("Rating", f"{r.rating.symbol} {r.rating.word} ({r.rating.origin or 'not rated'})"),
        _line("Why", r.rating.reason),
        _line(
            "Rule", f"{view.scheme.title} ({view.scheme.source})" if view.scheme.source else view.scheme.title
        ),
    ]
    if r.published_word:
        lines.append(_line("Published as", r.published_word))
    lines += [_line("Direction", f"{capitalised(d.words)}") for d in r.directions.values()]
    for label, text in real.lines(view, r):
        lines.append(_line(label, " ".join(f"{said.rstrip('.')}." for said in text.splitlines())))
    lines += [
        _line("Benchmark", f"{benchmark_line(b, r, tested=True)}; {b.observation.where}")
        for b in r.benchmarks
    ]
    return "\n".join(lines)


def _figure(r: Reported) -> list[str]:
    o = r.outturn
    if o is None:
        return [_line("Figure", "none is known")]
    counts = (
        f" ({o.numerator} of {o.denominator})"
        if o.numerator is not None and o.denominator is not None
        else ""
    )
    assumed = " (assumed)" if o.assumed else ""
    return [
        _line("Figure", f"{value_words(r)}{counts} for {r.period.span}, {o.status}"),
        *([_line("Beside it", beside_words(r))] if r.beside else []),
        _line("Known on", f"{long_date(o.known_on)}{assumed}"),
        _line("Source", f"{PROVENANCE[o.provenance]}; {o.source}"),
        _line("Row", o.where),
        *([_line("Note", o.note)] if o.note else []),
    ]


def _line(label: str, text: str) -> str:
    return f"  {label + ':' if label else '':<13} {text}"
