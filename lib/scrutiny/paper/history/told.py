"""Told: compared papers as a text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from scrutiny.paper.history import lines
from scrutiny.paper.history.compared import Compared, MovedRating, Run, SectionChange, TextChange

WIDTH = 100
"""Characters of a line."""
AROUND = 6
"""Words that stayed which are shown on each side of a change; the others are left out."""
_KEY = "[-words-] were taken out, {+words+} were put in; … stands for words that stayed."


def told(compared: Compared) -> str:
    """Compared papers as plain text, its lines at most 100 characters long.

    Parameters
    ----------
    compared
        What differs; where nothing does, that is said.
    """
    d = compared
    head = [
        *item(f"What changed: {d.council.name}, {d.now.committee.name}", ""),
        "",
        *item(lines.edition_line(d.before), "before: "),
        *item(lines.edition_line(d.now), "now:    "),
        "",
        *[line for remark in lines.remarks(d) for line in [*item(remark, ""), ""]],
        *item(lines.in_short(d), ""),
    ]
    return "\n".join([*head, *(line for part in _parts(d) for line in ("", *part))]) + "\n"


def _parts(d: Compared) -> Iterator[list[str]]:
    """Each kind of change that there is, with its heading."""
    if d.settings:
        yield _part("The paper", (lines.setting_line(one) for one in d.settings))
    for view, period in d.now.views.items():
        found = [one for one in d.ratings if one.view == view and not lines.due_once(one)]
        due = [one for one in d.ratings if one.view == view and lines.due_once(one)]
        if found or due or (view == "current" and d.before.counts != d.now.counts):
            counts = [f"before: {lines.counts_line(d.before)}", f"now:    {lines.counts_line(d.now)}"]
            lead = counts if view == "current" else []
            rated = [line for one in found for line in _rating(one)]
            yield [*_heading(f"Ratings, {period}"), *(f"  {line}" for line in lead), *rated]
        if due:
            yield _part("Due in one paper only", map(lines.due_line, due))
    for group in lines.framework_groups(d.framework):
        yield _part(group.heading, group.lines)
    for group in lines.figure_groups(d.figures):
        yield _part(group.heading, group.lines)
    if d.unable:
        told_ = [lines.unable_lead(d), *map(lines.unable_line, d.unable)]
        yield _part("Cannot be reported", told_)
    if d.benchmarks:
        yield _part("Benchmarks", map(lines.benchmark_line, d.benchmarks))
    if d.directions:
        yield _part("Direction of travel", map(lines.direction_line, d.directions))
    yield from _texts(d)


def _texts(d: Compared) -> Iterator[list[str]]:
    """Front sheet and sections, word by word."""
    if d.front_sheet or any(section.texts for section in d.sections):
        yield [*_heading("What reads otherwise"), *item(_KEY, "  ")]
    if d.front_sheet:
        yield ["  Front sheet", *(line for one in d.front_sheet for line in _text(one, f"{one.id}: "))]
    for section in d.sections:
        yield _section(section)


def _section(section: SectionChange) -> list[str]:
    made = [f"  {lines.section_line(section)}"]
    for under, texts in lines.under_headings(section.texts):
        made += item(f"{under}:", "    ") if under else []
        made += [line for one in texts for line in _text(one)]
    if section.tables:
        made += item(f"Tables of figures: {lines.tables_line(section.tables)}.", "    ")
    return made


def _text(one: TextChange, lead: str = "") -> list[str]:
    return item(f"{lead}{marked(one.words)}", "    * ")


def marked(runs: list[Run]) -> str:
    """Words of a text with ``[-what was taken out-]`` and ``{+what was put in+}``; much that stayed is left out."""
    said = []
    for place, run in enumerate(runs):
        first, last = place == 0, place == len(runs) - 1
        match run.state:
            case "same":
                said.append(_shortened(run.text.split(), first, last))
            case "removed":
                said.append(f"[-{run.text}-]")
            case "added":
                said.append(f"{{+{run.text}+}}")
    return " ".join(said)


def _shortened(words: list[str], first: bool, last: bool) -> str:
    """The words next to a change; words that stayed at the beginning and end are shortened on their own side."""
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= before + after + 1:
        return " ".join(words)
    return " ".join([*words[:before], "…", *words[len(words) - after :]])


def _rating(one: MovedRating) -> Iterator[str]:
    yield from item(lines.rating_line(one), "  * ")
    yield from item(lines.rating_why(one), "    ")
    for changed in [] if lines.only_reason(one) else one.changed:
        yield from item(lines.changed_line(changed), "    ")
    yield from item(f"Before: {one.before.reason}", "    ")
    yield from item(f"Now: {one.now.reason}", "    ")
    yield from item(one.illustrative, "    ")


def _part(heading: str, said: Iterable[str]) -> list[str]:
    return [*_heading(heading), *(line for one in said for line in item(one, "  * "))]


def _heading(text: str) -> list[str]:
    return [text, "-" * len(text)]


def item(text: str, lead: str) -> list[str]:
    """A text in lines, the first after its lead, the others under it; none for an empty one."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
