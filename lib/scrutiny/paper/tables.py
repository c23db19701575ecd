"""Tables of a paper, made from rated views; each cell is a record, laid out elsewhere."""

from __future__ import annotations

from collections.abc import Collection

from scrutiny.data.definitions import Comparator
from scrutiny.data.observations import PROVENANCE, SYMBOLS, Judgement, Observation
from scrutiny.data.settings import Line, SignalPlace, TextTable
from scrutiny.figures import published
from scrutiny.paper import real
from scrutiny.paper.model import Cell, Picture, Table
from scrutiny.periods import long_date
from scrutiny.rating.direction import Direction
from scrutiny.rating.rate import NotRated, Rating
from scrutiny.rating.table import Benchmarked, RatedView, Reported
from scrutiny.writing.facts import DAGGER, counts_words, target_text, value_words
from scrutiny.writing.judged import judged_benchmarks, judged_direction, judged_lines
from scrutiny.writing.signalled import position_words, why_not_tested
from scrutiny.writing.words import capitalised, lag_words, listed
from scrutiny.writing.year import beside_words, year_line


def rating_cell(rating: Rating, note: str = "") -> Cell:
    """Symbol, word and shading of a rating; the origin where it is the council's own."""
    text = f"{rating.symbol} {rating.word}"
    lines = [note] if note else []
    if rating.origin == "published":
        lines.append("as published")
    elif rating.not_rated is NotRated.UNABLE_TO_REPORT:
        lines.append("unable to report")  # why, stands beside the title, where there is room
    elif rating.not_rated:
        lines.append(rating.reason.removeprefix(f"{rating.word}: ").rstrip("."))
    return Cell(text=text, rag=rating.style, note="\n".join(lines))


def front_sheet(lines: list[Line], values: list[str]) -> Table:
    """Front sheet: label and value per line."""
    rows = [
        [Cell(text=line.label), Cell(text=value, markdown=True)]
        for line, value in zip(lines, values, strict=True)
    ]
    return Table(
        id="t-front-sheet",
        kind="front-sheet",
        caption="Front sheet",
        columns=["", ""],
        widths=[28, 72],
        rows=rows,
    )


def text_table(name: str, settings: TextTable, number: str) -> Table:
    """A table of words from paper.yml; an empty cell says so to a screen reader by being empty, not by a dash."""
    rows = [[Cell(text=cell or "", markdown=True) for cell in row] for row in settings.rows]
    return Table(
        id=f"t-{name}",
        number=number,
        caption=settings.caption,
        columns=settings.columns,
        widths=settings.widths,
        row_headers=settings.row_headers,
        rows=rows,
    )


def tally(view: RatedView, block_id: str) -> Table:
    """How many indicators have each rating, not rated apart, and the total."""
    columns = [f"{band.symbol} {band.word}" for band in view.scheme.bands]
    cells = [Cell(text=str(view.counts[band.word]), rag=band.style) for band in view.scheme.bands]
    unrated = len(view.counted) - sum(view.counts.values())
    if unrated:
        look = view.scheme.not_rated
        columns.append(f"{look.symbol} {look.word}")
        cells.append(Cell(text=str(unrated), rag=look.style))
    noun = capitalised(view.council.measure[1])
    return Table(
        id=block_id,
        kind="tally",
        caption=f"{noun} by rating, {view.period.label}",
        columns=[*columns, "Total"],
        rows=[[*cells, Cell(text=str(len(view.counted)))]],
        row_headers=False,
        centred=list(range(len(columns) + 1)),
    )


def ratings(view: RatedView, block_id: str, number: str, caption: str, first: str, order: list[str]) -> Table:
    """One row per indicator with a 1 in the column of its rating, and totals per column."""
    bands = [view.scheme.band(word) for word in order] or list(reversed(view.scheme.bands))
    columns = [band.word for band in bands] + (["Not rated"] if view.not_rated else [])
    rows = []
    for r in view.rows:
        cells = [Cell(text=f"{r.row.number} {r.title}".lstrip())]
        for column in columns:
            here = r.rating.word == column
            cells.append(_mark(r, view.counted_with(r)) if here else Cell())
        rows.append(cells)
    totals = [str(sum(r.rating.word == column for r in view.counted)) for column in columns]
    rows.append([Cell(text="Total"), *(Cell(text=t) for t in totals)])
    share = 40 // len(columns)
    return Table(
        id=f"t-{block_id}",
        kind="ratings",
        number=number,
        caption=caption,
        columns=[first, *columns],
        widths=[100 - share * len(columns), *([share] * len(columns))],
        centred=list(range(1, len(columns) + 1)),
        rows=rows,
        total=True,
    )


def _mark(r: Reported, counted_with: Reported | None = None) -> Cell:
    if counted_with is not None:
        by = counted_with.row.number or counted_with.title
        return Cell(text=r.rating.symbol, rag=r.rating.style, note=f"counted with {by}")
    late = lag_words(r.in_arrears, r.period.kind) if r.in_arrears else ""
    return Cell(text=f"1 {r.rating.symbol}", rag=r.rating.style, note=f"({late} in arrears)" if late else "")


def indicators(
    view: RatedView,
    block_id: str,
    caption: str,
    pictures: dict[str, Picture],
    number: str = "",
    signals: Collection[SignalPlace] = (),
) -> Table:
    """The table that members use: one row per indicator of the framework, its signal beside its rating if asked for."""
    rows = []
    for r in view.rows:
        picture = pictures.get(r.indicator.id)
        rows.append(
            [
                Cell(text=r.row.number),
                Cell(text=r.title, note="\n".join(_remarks(r))),
                Cell(
                    text=value_words(r),
                    note=_lines(
                        _own_period(r),
                        counts_words(r),
                        beside_words(r),
                        *judged_lines(r, "level", "reliability"),
                    ),
                ),
                Cell(
                    text=target_text(r),
                    note=_lines(tolerance_text(r), year_line(r), *judged_lines(r, "target")),
                ),
                rating_cell(r.rating),
                *([real.cell(view, r)] if "table" in signals else []),
                Cell(picture=picture)
                if picture
                else Cell(note="no series published" if not r.series else "one figure so far"),
                Cell(text="\n".join(_direction_lines(r))),
                Cell(text=_benchmark_lines(r, signals) or "none published"),
            ]
        )
    noun = capitalised(view.council.measure[0])
    signal = ["Signal"] if "table" in signals else []
    made = Table(
        id=f"t-{block_id}",
        kind="indicators",
        number=number,
        caption=caption,
        columns=[
            "No.",
            noun,
            "Outturn",
            "Target",
            "Rating",
            *signal,
            "Trend",
            "Direction of travel",
            "Benchmarks",
        ],
        widths=[4, 14, 8, 8, 9, 16, 9, 15, 17] if signal else [6, 20, 9, 10, 11, 12, 16, 16],
        figures=[2, 3],
        rows=rows,
    )
    return made if any(r.row.number for r in view.rows) else _without_numbers(made)


def _without_numbers(made: Table) -> Table:
    """The same table without its first column, for a committee that names its indicators and numbers none."""
    return made.model_copy(
        update={
            "columns": made.columns[1:],
            "widths": [16, 9, 10, 10, 16, 9, 14, 16]
            if len(made.columns) > 8
            else [22, 11, 15, 11, 10, 16, 15],
            "figures": [column - 1 for column in made.figures],
            "rows": [row[1:] for row in made.rows],
        }
    )


def _lines(*said: str) -> str:
    return "\n".join(filter(None, said))


def _remarks(r: Reported) -> list[str]:
    unsaid = r.indicator.unit.value in ("rank", "not_stated")
    remarks = [] if unsaid else [r.indicator.polarity.words]
    if r.in_arrears:
        remarks.append(f"{lag_words(r.in_arrears, r.period.kind)} in arrears")
    if r.indicator.basis.value in ("year_to_date", "rolling_12_months"):
        remarks.append(r.indicator.basis.words)
    if r.rating.not_rated is NotRated.UNABLE_TO_REPORT:
        remarks.append(r.rating.reason.removeprefix(f"{r.rating.word}: "))
    return remarks


def _of_period(r: Reported) -> str:
    return ", ".join(filter(None, [counts_words(r), r.period.span]))


def _own_period(r: Reported) -> str:
    if r.outturn is None or r.outturn.value is None:
        return SYMBOLS[r.outturn.symbol] if r.outturn and r.outturn.symbol else ""
    return r.period.short_span


def tolerance_text(r: Reported) -> str:
    """The tolerance of a row as a note: ``tolerance 5 points†``; empty where there is none."""
    if not r.row.target.exists or r.row.tolerance is None:
        return ""
    return f"tolerance {r.row.tolerance}{DAGGER if r.row.tolerance_illustrative else ''}"


def _direction_lines(r: Reported) -> list[str]:
    if said := judged_direction(r):
        return said
    if r.outturn is None or r.outturn.value is None:
        return ["no figure to compare"]
    lines = [direction_line(d) for d in r.directions.values() if d.comparable]
    return lines or [r.directions["previous_period"].words]


def _benchmark_lines(r: Reported, signals: Collection[SignalPlace] = ()) -> str:
    tested = "benchmarks" in signals
    lines = [benchmark_line(b, r, tested=tested) for b in r.benchmarks]
    return _lines(*lines, why_not_tested(r) if tested else "", *judged_benchmarks(r))


def direction_line(d: Direction) -> str:
    """Arrow and words of a direction of travel."""
    return f"{d.symbol} {d.words}".strip()


def benchmark_line(b: Benchmarked, r: Reported, *, tested: bool = False) -> str:
    """A comparator with its value and its own period: ``England 92% (31 March 2017): 2 points above, better``.

    `tested` says whether that is by more than chance, too.
    """
    value = b.observation.value
    assert value is not None
    text = published(value, r.indicator.unit, r.indicator.decimals)
    derived = ", derived" if b.observation.provenance == "derived" else ""
    words = position_words(b, r) if tested else b.position.words if b.position else ""
    where = f": {words}" if words else ""
    return f"{b.comparator.name} {text} ({b.observation.period.label}{derived}){where}"


def facts(
    view: RatedView, r: Reported, card: str, movement: str, signals: Collection[SignalPlace] = ()
) -> Table:
    """What is known of one exception, label by label; whether it is more than chance if asked for."""
    target = ", ".join(filter(None, [target_text(r), tolerance_text(r)]))
    rows = [
        ("Outturn", f"{value_words(r)} ({_of_period(r)})" if _has_value(r) else value_words(r)),
        ("Beside it", beside_words(r)),
        ("Target", target),
        ("Year end", year_line(r)),
        ("Rating", f"{r.rating.symbol} {r.rating.word} ({r.rating.origin})"),
        ("Why", r.rating.reason),
        ("Rating movement", movement),
        ("Direction of travel", _lines(*_direction_lines(r)) if _has_value(r) or judged_direction(r) else ""),
        *(real.lines(view, r) if "cards" in signals else []),
        ("Said of it", _lines(*judged_lines(r, "target", "level", "reliability"))),
        ("Benchmarks", _benchmark_lines(r, signals)),
    ]
    return Table(
        id=f"{card}-facts",
        kind="facts",
        caption=f"{r.row.number} {r.indicator.name}: facts".lstrip(),
        columns=["", ""],
        widths=[26, 74],
        rows=[[Cell(text=label), Cell(text=text)] for label, text in rows if text],
        card=card,
        sources=[*([r.outturn.row] if r.outturn else []), *(j.row for j in r.judgements.values())],
    )


def _has_value(r: Reported) -> bool:
    return r.outturn is not None and r.outturn.value is not None


def context(view: RatedView, block_id: str, caption: str, years: int = 3) -> Table | None:
    """Annual official statistics about the council itself, the newest years known; None where there are none."""
    rows = []
    for r in view.rows:
        for own in [o for o in r.context if o.period.kind != r.period.kind][-years:]:
            rows.append(
                [
                    Cell(text=f"{r.row.number} {r.indicator.name}".lstrip()),
                    Cell(text=own.period.label),
                    Cell(text=_observed(own, r)),
                    *(Cell(text=_observed(_same(r, b, own), r)) for b in view.council.comparators),
                    Cell(text=_known(own)),
                ]
            )
    if not rows:
        return None
    names = [c.name for c in view.council.comparators]
    share = 34 // (len(names) + 1)
    return Table(
        id=block_id,
        caption=caption,
        columns=[
            capitalised(view.council.measure[0]),
            "Period",
            view.council.short_name,
            *names,
            "Published",
        ],
        widths=[34, 16, *([share] * (len(names) + 1)), 16],
        figures=list(range(2, 3 + len(names))),
        rows=rows,
    )


def _same(r: Reported, comparator: Comparator, own: Observation) -> Observation | None:
    return next((o for o in r.comparisons.get(comparator.id, ()) if o.period == own.period), None)


def _observed(o: Observation | None, r: Reported) -> str:
    if o is None:
        return "not published"
    if o.value is None:
        return SYMBOLS.get(o.symbol, "not published")
    return published(o.value, r.indicator.unit, r.indicator.decimals)


def _known(o: Observation | Judgement) -> str:
    return f"by {long_date(o.known_on)} (assumed)" if o.assumed else long_date(o.known_on)


def sources(view: RatedView, block_id: str) -> Table | None:
    """Where each figure and published rating comes from and since when it was known; equal origins in one row."""
    origins: dict[tuple[str, str, str, str], list[str]] = {}
    for r in view.rows:
        if r.outturn:
            words = capitalised(PROVENANCE[r.outturn.provenance])
            source = f"{words}: {r.outturn.source}" if r.outturn.source else words
            what = "outturn" if _has_value(r) else "rating only"
            origin = (what, source, r.outturn.note, _known(r.outturn))
            origins.setdefault(origin, []).append(r.row.number or r.title)
        for j in r.judgements.values():
            words = capitalised(PROVENANCE[j.provenance])
            origin = ("judgement", f"{words}: {j.source}" if j.source else words, j.note, _known(j))
            numbers = origins.setdefault(origin, [])
            numbers += [] if (r.row.number or r.title) in numbers else [r.row.number or r.title]
    if not origins:
        return None
    numbered = any(r.row.number for r in view.rows)
    first = "No." if numbered else capitalised(view.council.measure[0])
    told = listed if numbered else "\n".join
    rows = [
        [Cell(text=told(numbers)), Cell(text=what), Cell(text=source, note=note), Cell(text=known)]
        for (what, source, note, known), numbers in origins.items()
    ]
    return Table(
        id=block_id,
        caption="Where the figures come from",
        columns=[first, "What", "Source", "Known on"],
        widths=[18, 14, 50, 18] if numbered else [32, 12, 40, 16],
        rows=rows,
    )
