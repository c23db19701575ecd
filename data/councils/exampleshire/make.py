"""Make the invented council Exampleshire: indicators, frameworks, figures, benchmarks and papers.

Run in the project's environment: ``python data/councils/exampleshire/make.py [--out DIR]``.
`recipe.toml` says what each series shows; its noise comes from one generator per measure, seeded
with the measure's name, and every figure is a decimal: each run on each machine writes the same
bytes. `history.toml` says when the committee met and what the services said; the papers are rated
before they are written, as they rate themselves. Nothing here is about a real place.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from making import history
from making.commentary import commentaries, markdown
from making.draw import Figure, elsewhere, figures
from making.rated import rated
from making.recipe import Goal, Measure, read
from making.write import flow, table

from scrutiny.data.observations import BENCHMARK_COLUMNS, OUTTURN_COLUMNS, UNABLE_COLUMNS
from scrutiny.periods import Period

HERE = Path(__file__).resolve().parent
RECIPE = read(HERE / "recipe.toml")
FOLDER = "data/councils/exampleshire"
REPORTS = "reports/exampleshire"
HEAD = f"# Made by {FOLDER}/make.py from recipe.toml; plainly invented."
PAPER_HEAD = f"# Made by {FOLDER}/make.py from history.toml; plainly invented."
PROSE_HEAD = (
    "Exampleshire is invented, and so is everything said here. This line is a note to authors and is "
    f"not printed: what follows is written by {FOLDER}/make.py from history.toml."
)
SOURCE = f"{FOLDER}/recipe.toml"
AREA = ("X99000001", "Exampleshire Council (invented)")
COMPARATORS = (("X12000001", "Example Region (invented)"), ("X92000001", "Exampleland (invented)"))
LAST_KNOWN = dt.date(2026, 11, 20)
COMMITTEE = "children-and-communities-scrutiny-committee"
SCHEMES = {"2024-25": "example-four", "2025-26": "example-rag", "2026-27": "example-rag"}
YEARS = tuple(SCHEMES)
APPROVED = {"2024-25": "2024-03-14", "2025-26": "2025-03-13", "2026-27": "2026-03-12"}
WAIT = {"month": 30, "quarter": 91}
BENCHMARK_YEARS = range(2021, 2026)


def known_on(measure: Measure, period: Period) -> dt.date:
    """When a figure becomes known: some days after its period, and the periods in arrears."""
    if str(period) in measure.series.late:
        return dt.date.fromisoformat(measure.series.late[str(period)])
    arrears = measure.definition.get("arrears", 0) * WAIT.get(measure.frequency, 365)
    return period.end + dt.timedelta(days=measure.series.lag + arrears)


def outturns(measure: Measure) -> Iterator[list[str]]:
    """Every row of a measure: as first known, and as known again."""
    for period, figure in figures(measure):
        for row in _rows(measure, period, figure):
            if row[OUTTURN_COLUMNS.index("known_on")] <= LAST_KNOWN.isoformat():
                yield row


def _rows(measure: Measure, period: Period, figure: Figure) -> Iterator[list[str]]:
    series, first, key = measure.series, known_on(measure, period), str(period)
    if key in series.symbols:
        symbol, note = series.symbols[key]
        yield _row(measure, key, Figure(symbol), "final", first, note)
        return
    if key in series.published:
        rating = series.published[key]
        yield _row(measure, key, Figure(""), "final", first, "only the rating was given", rating)
        return
    correction = next((c for c in series.corrections if c["period"] == key), None)
    before = figure.without(correction["add"]) if correction else figure
    yield _row(measure, key, before, "provisional" if series.provisional else "final", first)
    if correction:
        again = dt.date.fromisoformat(correction["known_on"])
        yield _row(measure, key, figure, "revised", again, correction["note"])
    elif series.provisional:
        again = first + dt.timedelta(days=series.provisional)
        yield _row(measure, key, figure, "final", again)


def _row(
    measure: Measure,
    period: str,
    figure: Figure,
    status: str,
    known: dt.date,
    note: str = "",
    rating: str = "",
) -> list[str]:
    counts = [figure.numerator, figure.denominator]
    key = [measure.name, AREA[0], period, measure.basis, figure.value]
    return [*key, *counts, status, rating, known.isoformat(), "invented", SOURCE, note]


def benchmarks(measure: Measure) -> Iterator[list[str]]:
    """Figures of the comparators, and yearly ones of the council itself as context."""
    areas = dict(zip(COMPARATORS, measure.benchmarks, strict=bool(measure.benchmarks)))
    if areas and measure.group == 1:
        areas = {AREA: "0", **areas}
    for year in BENCHMARK_YEARS:
        for period in _published_for(measure, year):
            for area, offset in areas.items():
                yield from _benchmark(measure, period, area, offset, year)


def _published_for(measure: Measure, year: int) -> list[Period]:
    """The periods in which others publish a year: its quarters, its last day, or the year."""
    following = f"{(year + 1) % 100:02d}"
    if measure.benchmarks_by == "quarter":
        return [Period.parse(f"FY{year}-{following}-Q{quarter}") for quarter in (1, 2, 3, 4)]
    if measure.frequency == "academic_year":
        return [Period.parse(f"AY{year - 1}-{year % 100:02d}")]
    day = measure.basis == "snapshot"
    return [Period.parse(f"{year + 1}-03-31" if day else f"FY{year}-{following}")]


def _benchmark(
    measure: Measure, period: Period, area: tuple[str, str], offset: str, year: int
) -> Iterator[list[str]]:
    """One benchmark; the oldest year's date is assumed, and one figure is revised later."""
    days = 90 if measure.benchmarks_by == "quarter" else 227
    known = period.end + dt.timedelta(days=days)
    if known > LAST_KNOWN:
        return
    basis = "snapshot" if measure.basis == "snapshot" else "period"
    start = [measure.name, *area, str(period), basis]
    mark = "~" if year == BENCHMARK_YEARS[0] else ""
    value = elsewhere(measure, period, offset, area[0])
    yield [*start, value, "", "", f"{known}{mark}", "invented", SOURCE, ""]
    if (measure.id, year, area) == ("assessments-on-time", 2024, COMPARATORS[1]):
        note = "revised: one area sent its figures again"
        again = elsewhere(measure, period, "-2.4", area[0])
        yield [*start, again, "", "", "2026-03-12", "invented", SOURCE, note]


def indicator(measure: Measure) -> str:
    """The definition of a measure as YAML."""
    known = dict(measure.definition)
    title, short = known.pop("title"), known.pop("short", "")
    keys = {
        "id": measure.name,
        "title": title,
        **({"short_title": short} if short else {}),
        **known,
    }
    keys |= {"source": "Invented for examples and tests", "review_date": "2027-03-31"}
    lines = [HEAD, *(f"{key}: {flow(value)}" for key, value in keys.items())]
    for number, version in enumerate(measure.versions):
        lines += ["versions:"] if number == 0 else []
        lines.append(f"  - {flow(version)}")
    return "\n".join(lines) + "\n"


def target(goal: Goal, before: Goal | None = None) -> dict[str, Any]:
    """A target as a mapping; revised where it differs from the one before."""
    words = goal.target.split()
    found: dict[str, Any] = dict(zip(words[::2], words[1::2], strict=True))
    if goal.called:
        found["called"] = goal.called
    agreed = found.keys().isdisjoint(("none", "forecast"))
    if agreed and before is not None and before.target != goal.target:
        found["revised"] = True
    return {**found, "reason": goal.why} if goal.why else found


def framework(year: str) -> str:
    """The framework of one year as YAML."""
    title = f"Performance framework {year.replace('-', '/')}"
    lines = [HEAD, f"id: {year}", f"committee: {COMMITTEE}", f"title: {flow(title)}"]
    lines += [f"period: FY{year}", f"scheme: {SCHEMES[year]}", f"known_on: {APPROVED[year]}"]
    lines += [f"approved_by: {flow('Cabinet')}", f"source: {flow(SOURCE)}", "rows:"]
    before = _year_before(year)
    for number, measure in numbered(year):
        lines += _framework_row(measure, number, measure.goals[year], measure.goals.get(before))
    gone = [(n, m) for n, m in numbered(before) if m.retired and m.retired["framework"] == year]
    lines += ["retired:"] if gone else []
    for number, measure in gone:
        assert measure.retired is not None
        why = {key: measure.retired[key] for key in ("reason", "reported_in")}
        lines.append(f"  - {flow({'indicator': measure.name, 'number': number, **why})}")
    return "\n".join(lines) + "\n"


def _year_before(year: str) -> str:
    place = YEARS.index(year)
    return YEARS[place - 1] if place else ""


def numbered(year: str) -> Iterator[tuple[str, Measure]]:
    """The measures of a framework: 1, 2, … in the first year, 1.1, 1.2, … by group since."""
    counts = dict.fromkeys(range(1, len(RECIPE.groups) + 1), 0)
    for measure in RECIPE.measures:
        if year in measure.goals:
            counts[measure.group] += 1
            flat = year == YEARS[0]
            in_group = f"{measure.group}.{counts[measure.group]}"
            yield str(sum(counts.values())) if flat else in_group, measure


def _framework_row(measure: Measure, number: str, goal: Goal, before: Goal | None) -> Iterator[str]:
    yield f"  - indicator: {measure.name}"
    yield f'    number: "{number}"'
    yield f"    group: {flow(RECIPE.groups[measure.group - 1])}"
    if goal.title:
        yield f"    title: {flow(goal.title)}"
    yield f"    target: {flow(target(goal, before))}"
    if goal.tolerance:
        yield f"    tolerance: {flow(goal.tolerance)}"
    if goal.stretch:
        yield f"    widths: {flow({'stretch': goal.stretch})}"
    if goal.later:
        known, why = goal.later["known_on"], goal.later["reason"]
        later = Goal(goal.later["target"], goal.later["tolerance"], why=why)
        version = {"known_on": known, "reason": why, "target": target(later, goal)}
        yield "    versions:"
        yield f"      - {flow({**version, 'tolerance': later.tolerance})}"


def files() -> dict[str, str]:
    """Every made file by its place in the project."""
    measures = RECIPE.measures
    made = {f"data/indicators/{m.name}.yml": indicator(m) for m in measures}
    made |= {f"{FOLDER}/frameworks/{year}.yml": framework(year) for year in YEARS}
    tables = {
        "outturns": (OUTTURN_COLUMNS, [row for m in measures for row in outturns(m)]),
        "benchmarks": (BENCHMARK_COLUMNS, [row for m in measures for row in benchmarks(m)]),
        "unable-to-report": (UNABLE_COLUMNS, [unable(item) for item in RECIPE.unable]),
    }
    return made | {f"{FOLDER}/{name}.csv": table(*parts) for name, parts in tables.items()}


def papers(made: dict[str, str]) -> dict[str, str]:
    """The settings and the commentary of every paper but those that are written by hand."""
    past = history.read(HERE / "history.toml", _frameworks())
    views = rated(HERE, made, past.meetings)
    told = commentaries(past.stories, past.meetings, views)
    found = {}
    for meeting, entries in zip(past.meetings, told, strict=True):
        folder = f"{REPORTS}/{meeting.date}"
        settings = history.paper_settings(meeting, COMMITTEE, past.note, PAPER_HEAD)
        found[f"{folder}/paper.yml"] = settings
        found[f"{folder}/commentary.md"] = markdown(entries, meeting.prose, PROSE_HEAD)
    return found


def _frameworks() -> dict[str, history.Framework]:
    agreed = {year: dt.date.fromisoformat(APPROVED[year]) for year in YEARS}
    return {year: history.Framework(year, _year_before(year), agreed[year]) for year in YEARS}


def unable(item: dict[str, str]) -> list[str]:
    """One figure that could not be had when it was due."""
    told = [item[key] for key in ("period", "reason", "expected", "known_on")]
    return [f"example-{item['indicator']}", *told, SOURCE]


def main() -> None:
    """Write the files below this project, or below another folder."""
    parser = argparse.ArgumentParser(description="Make the invented council Exampleshire.")
    parser.add_argument("--out", type=Path, default=HERE.parents[2], help="default: this project")
    out: Path = parser.parse_args().out
    made = files()
    made |= papers(made)
    for name, content in made.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8"))
    print(f"{len(made)} files below {out}")


if __name__ == "__main__":
    main()
