"""What was understood of a file, and what an import adds, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrutiny.data.importers.plan import Imported, Part
from scrutiny.data.importers.recognise import Understood
from scrutiny.data.observations import Observation

_SHOWN = 12


def understood_words(understood: Understood) -> Iterator[str]:
    """Kind, rows, periods, areas, filters, indicators and symbols of a file, a line each."""
    yield f"{understood.received.name}: {understood.kind.title}, {understood.rows:,} rows"
    kinds = f" ({', '.join(understood.identifiers)})" if understood.identifiers else ""
    labels = understood.periods
    span = " to ".join(dict.fromkeys((labels[0], labels[-1]))) if labels else "none named in the file"
    yield f"  periods:     {span}{kinds}, {len(labels)} in all"
    areas = [f"{count} {level}".strip() for level, count in understood.areas.items()]
    yield f"  areas:       {', '.join(areas)}"
    for column in understood.filters:
        yield f"  filter:      {column.name}: {_some(sorted(word.strip() for word in column.words))}"
    if understood.measures:
        yield f"  measures:    {_some(understood.measures)}"
    for column in understood.indicators:
        unit = understood.meta.units.get(column.name, "")
        span = (
            f"{column.lowest:g} to {column.highest:g}" if column.lowest <= column.highest else "symbols only"
        )
        label = understood.meta.labels.get(column.name, "")
        told = ", ".join(filter(None, (label, unit, span)))
        yield f"  indicator:   {column.name} ({told})"
    if understood.symbols:
        counted = (f"{symbol or 'blank'} {count:,}" for symbol, count in understood.symbols.most_common())
        yield f"  symbols:     {', '.join(counted)}"


def imported_words(imported: Imported) -> Iterator[str]:
    """What a file adds, by each mapping that names it."""
    for part in imported.parts:
        yield f"  mapping:     {part.written.document.name}"
        for figure in part.file.figures:
            rows = [row for row in part.converted.figures if row.indicator == figure.indicator]
            if rows:
                source = (
                    figure.value
                    or f"share of {' + '.join(figure.numerator)} in {' + '.join(figure.denominator)}"
                )
                yield f"    {figure.indicator}: {source}, in {figure.unit.value}; {_span(rows)}"
        yield f"    {_counts(part)}"
    if imported.parts:
        yield f"  kept as:     data/{imported.kept}" + ("" if imported.is_new else " (there already)")


def _span(rows: list[Observation]) -> str:
    periods = sorted({row.period for row in rows})
    first, last = (min(rows, key=lambda r: r.known_on), max(rows, key=lambda r: r.known_on))
    known = f"{_day(first)} to {_day(last)}" if first.known_on != last.known_on else _day(first)
    figures = sum(row.value is not None for row in rows)
    return (
        f"{periods[0]} to {periods[-1]}, {len({row.area for row in rows})} areas, {figures:,} figures"
        f" and {len(rows) - figures:,} symbols, known {known}"
    )


def _day(row: Observation) -> str:
    return row.known_on.isoformat() + ("~" if row.assumed else "")


def _counts(part: Part) -> str:
    merged = part.merged
    told = [
        f"{len(merged.added) - merged.revised:,} new",
        f"{merged.revised:,} revised" if merged.revised else "",
        f"{merged.same:,} there already" if merged.same else "",
        f"{merged.known_otherwise:,} known from another source" if merged.known_otherwise else "",
        *(f"{count:,} left out ({why})" for why, count in sorted(part.converted.left_out.items())),
    ]
    return f"{len(part.converted.figures):,} rows: " + ", ".join(filter(None, told))


def _some(values: Iterable[str]) -> str:
    listed = list(values)
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return "; ".join(value or "blank" for value in listed[:_SHOWN]) + more
