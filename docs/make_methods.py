"""Make the pages of methods and sentences from the tables that are also the tests: `python docs/make_methods.py`."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "methods.md"
SENTENCES = ROOT / "docs" / "sentences.md"
SPEC = ROOT / "tests" / "spec"

INTRODUCTION = """\
# Methods

This page is made from the tables in `tests/spec/` by `python docs/make_methods.py`. Every line of
every table is run as a test, so what stands here is what the project does; a test fails when the
page is not current.

## How an outturn is rated

A rating scheme is an ordered list of bands in a settings file; the first band whose condition holds
gives the rating. A condition looks at the gap to target (in the indicator's unit, in percent of the
target, or down to a floor), at the direction of travel against a named earlier period, and at
whether there is a target. No rule of a council is code.

- The **gap to target** is positive where the outturn is better. With a range, `high_is_good`
  measures from the lower edge, `low_is_good` from the upper, and `close_to_target` from the nearer
  of both; inside the range it is 0 or better.
- The outturn is rated **as published**, rounded half away from zero, unless the scheme says
  `rate_on: exact`. Where the two differ, a note says so.
- All arithmetic is exact: figures are read as text and kept as decimals.
- **Not rated** always has a named reason; it is shown, counted apart and left out of totals of
  rated indicators.
- Every rating explains itself in words; the last column of each table is that explanation.

Not part of a scheme, since it looks beyond one period: Tandridge's exception report (2021), which
an indicator enters after it has missed its target two quarters running, and stays in until the
target is met.

## Published rules
"""


def page() -> str:
    """Return the whole page as Markdown."""
    from tests.spec import tables

    parts = [INTRODUCTION]
    parts += [rule(table, tables) for table in tables.rules()]
    parts.append("## What goes before\n")
    parts.append(simple(tables.simple("rounding"), ("figure", "decimals", "published")))
    parts.append(simple(tables.simple("percentages"), ("counts", "of", "decimals", "published")))
    cases = ("numerator", "denominator", "target", "decimals", "polarity", "cases")
    parts.append(simple(tables.simple("cases"), cases))
    parts.append(periods(tables.simple("periods")))
    parts.append("## Comparisons\n")
    parts.append(directions(tables.simple("directions")))
    parts.append(simple(tables.simple("benchmarks"), ("value", "benchmark", "decimals", "polarity", "words")))
    parts.append(simple(tables.simple("movements"), ("before", "now", "revised", "words")))
    parts.append(IS_IT_REAL)
    counted = ("numerator", "denominator", "unit", "counts_cases", "interval", "by", "why_not")
    parts.append(simple(tables.simple("intervals"), counted))
    parts.append(simple(tables.simple("significance"), ("figure", "interval", "benchmark", "polarity", "is")))
    limits = ("series", "baseline", "screened", "mean", "limits", "near", "trial", "says")
    parts.append(simple(tables.simple("limits"), limits))
    parts.append(simple(tables.simple("special_causes"), ("baseline", "points", "last", "side", "says")))
    parts.append(simple(tables.simple("judged_causes"), ("side", "polarity", "signal")))
    parts.append(simple(tables.simple("assurance"), ("polarity", "target", "assurance")))
    trends = ("numerators", "denominators", "unit", "counts_cases", "trend", "chi_squared", "why_not", "says")
    parts.append(simple(tables.simple("recent_trend"), trends))
    parts.append("## What is refused\n")
    parts.append(refused(tables.simple("refused")))
    parts.append(faults())
    return "\n".join(parts)


def rule(table: dict[str, Any], tables: Any) -> str:
    """Return one published rule: in words, as settings, and as a table of cases."""
    settings = (SPEC / "schemes" / f"{table['scheme']}.yml").read_text(encoding="utf-8")
    parts = [head(table), f"```yaml\n{settings}```\n"]
    for group in table["groups"]:
        parts.append(f"**{group['says']}.** {given(group)}.\n")
        parts.append(
            grid(
                ("Outturn", "Rating", "Why"),
                (line(case) for case in tables.cases({**table, "groups": [group]})),
            )
        )
    return "\n".join(parts)


def head(table: dict[str, Any]) -> str:
    """Return title, rule, source and note of a table."""
    note = f"\n*{table['note']}*\n" if "note" in table else ""
    return f"### {table['title']}\n\n{table['rule']}\n\nSource: {table['source']}.\n{note}"


def given(group: dict[str, Any]) -> str:
    """Return what holds for every line of a group: polarity, target and widths."""
    indicator = group["indicator"]
    facts = [f"`polarity: {indicator['polarity']}`", f"`target: {flow(group['target'])}`"]
    if "tolerance" in group:
        facts.append(f"`tolerance: {group['tolerance']}`")
    if "widths" in group:
        facts.append(f"`widths: {flow(group['widths'])}`")
    decimals = {"0": "published as a whole number", "1": "published with one decimal"}
    return ", ".join([*facts, decimals[indicator.get("decimals", "0")]])


def line(case: Any) -> tuple[str, str, str]:
    """Return one case as a row: the outturn as given, its rating, and why."""
    entry = case.line
    asides = []
    if "numerator" in entry:
        asides.append(f"{entry['numerator']} of {entry['denominator']}")
    if "last_year" in entry:
        asides.append("last year: " + entry["last_year"].replace("_", " "))
    if "provisional" in entry:
        asides.append("provisional")
    why = entry["why"]
    if "differs" in entry:
        which = "As published" if case.scheme.rate_on == "exact" else "Before rounding"
        why += f" *{which} it would be {entry['differs']}.*"
    outturn = entry["value"] + (f" ({', '.join(asides)})" if asides else "")
    return outturn, f"**{entry['rating']}**", why


def simple(table: dict[str, Any], columns: tuple[str, ...]) -> str:
    """Return a table that is not about one scheme, with some of its columns."""
    titles = [column.replace("_", " ").capitalize() for column in columns]
    rows = ([flow(row[column]) if column in row else "" for column in columns] for row in table["rows"])
    return f"{head(table)}\n{grid(titles, rows)}"


def periods(table: dict[str, Any]) -> str:
    """Return the periods, and below them what is refused."""
    columns = ("written", "kind", "label", "first", "last", "before", "last_year")
    refused = grid(
        ("Refused", "Because it is"),
        ((f"`{row['written']}`" if row["written"] else "", row["why"]) for row in table["refused"]),
    )
    return f"{simple(table, columns)}\n{refused}"


def directions(table: dict[str, Any]) -> str:
    """Return the directions of travel, group by group."""
    parts = [head(table)]
    for group in table["rows"]:
        target = f", `target: {flow(group['target'])}`" if "target" in group else ""
        parts.append(f"**{group['says']}.** `polarity: {group['indicator']['polarity']}`{target}.\n")
        rows = ((case["now"], case.get("earlier", ""), case["words"]) for case in group["cases"])
        parts.append(grid(("Now", "Earlier", "In words"), rows))
    return "\n".join(parts)


def refused(table: dict[str, Any]) -> str:
    """Return what is refused, each fault beside its sound neighbour."""
    keys = ("polarity", "plausible", "target", "tolerance", "widths")
    rows = []
    for row in table["rows"]:
        given = ", ".join(f"`{key}: {flow(row[key])}`" for key in keys if key in row)
        verdict = "accepted" if row["check"] == "sound" else f"`{row['check']}`: {row['found']}"
        rows.append((row["says"], f"{given}, scheme `{row['scheme']}`", verdict))
    return f"{table['rule']} Source: {table['source']}.\n\n{grid(('Case', 'Row', 'Check'), rows)}"


def faults() -> str:
    """Return the faults of other tools, from the first lines of their tests."""
    source = (SPEC / "test_faults.py").read_text(encoding="utf-8")
    rows = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            rows.append(((ast.get_docstring(node) or "").splitlines()[0], f"`{node.name}`"))
    return f"## Faults of other tools that are tested for here\n\n{grid(('Fault', 'Test'), rows)}"


IS_IT_REAL = """\
## Is it real?

Figures move without anything having changed. Three things say whether a difference is more than that,
each where its figures allow it, and otherwise why not:

- the **signal**: whether the latest figure differs from how the series has always moved (an XmR chart);
- the **recent trend**: whether five figures a year apart rise or fall by more than chance;
- **significance**: whether the 95% interval of a figure leaves a benchmark out.

A signal is about the figures as published, since what is measured was last changed, and needs 7 of them.
It is withheld for figures of the year to date, which grow as the year goes on, for rolling years, each of
which shares most of its months with the one before, and for ranks. Committees say where their papers
show all this, under `signals` in their settings. Where this project departs from the tools that the rules
come from is on the page of [deviations](deviations.md).
"""


SENTENCES_INTRODUCTION = """\
# Sentences

What a sentence may say of one indicator, and when. Each pattern is a name for [templates](templates.md),
where `i` is the indicator. This page is made from the tables in `tests/spec/sentences/` by
`python docs/make_methods.py`; every line is run as a test on invented figures, and `tests/spec/test_sentences.py`
shows each pattern on the figures of Exampleshire.

- A pattern says **nothing**, an empty text, where it cannot be said honestly: a figure is missing, the definition
  changed in between, or too little stands out.
- Higher and lower, rose and fell, are arithmetic. Better, improved and closer to target are said only where the
  polarity allows it. "(lower is better)" stands behind what might be misread; `aside=false` leaves it out.
- All comparisons are of figures as published, rounded to the indicator's decimals.
- How far apart is far is in the council's settings, `sentences` in `council.yml`, with the defaults named here.
- An empty text does not hold in an `if`: `{% if i.dip() %}{{ i.name }}: {{ i.dip() }}{% endif %}`.

In the tables `-` is a missing figure, and `p` marks a provisional one.
"""


def sentences_page() -> str:
    """Return the page of sentence patterns as Markdown."""
    from tests.spec import sentence_tables

    return "\n".join([SENTENCES_INTRODUCTION, *(pattern(table) for table in sentence_tables.sentences())])


def pattern(table: dict[str, Any]) -> str:
    """Return one pattern: its call, rule and source, and its lines group by group."""
    parts = [
        f"## {table['title']}\n\n`{{{{ {table['call']} }}}}`\n\n{table['rule']}\n\nSource: {table['source']}.\n"
    ]
    for group in table["groups"]:
        held = {key: group[key] for key in group if key not in ("says", "cases")}
        given = "; ".join(f"`{key}: {flow(value)}`" for key, value in ({**_held(table), **held}).items())
        parts.append(f"**{group['says']}.** {given}{'.' if given else ''}\n")
        parts.append(grid(("Figures", "With", "Says"), (sentence(case) for case in group["cases"])))
    return "\n".join(parts)


def _held(table: dict[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in ("from", "settings") if key in table}


def sentence(case: dict[str, Any]) -> tuple[str, str, str]:
    """Return one line: the figures, what else was given, and what is said, or why nothing is."""
    figures = case.get("series", case.get("count", "-")).replace(" ", ", ")
    told = ("series", "count", "says", "because")
    beside = "; ".join(f"{key}: {flow(value)}" for key, value in case.items() if key not in told)
    return figures, beside, case["says"] or f"*nothing: {case['because']}*"


def flow(value: Any) -> str:
    """Return a value of a settings file in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return ", ".join(flow(one) for one in value)
    return str(value)


def grid(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(_lines(list(titles), rows)) + "\n"


def _lines(titles: list[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield "| " + " | ".join(titles) + " |"
    yield "|" + " --- |" * len(titles)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "lib")]
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    SENTENCES.write_text(sentences_page(), encoding="utf-8", newline="\n")
