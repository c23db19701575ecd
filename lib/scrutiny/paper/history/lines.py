"""Lines: each change as a plain line, which text and page share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from scrutiny.paper.history.compared import (
    BenchmarkChange,
    Changed,
    Compared,
    DirectionChange,
    EditionModel,
    Factor,
    FigureChange,
    FrameworkChange,
    MovedRating,
    SectionChange,
    Setting,
    Subject,
    TableChange,
    TextChange,
    UnableChange,
)
from scrutiny.periods import Period, long_date
from scrutiny.writing.words import capitalised, in_words, listed

MOST = 3
"""Newly known figures of one indicator that a line names; of more, the newest are named."""
_KINDS = {
    "added": "Indicators added",
    "retired": "Indicators no longer reported",
    "renumbered": "Indicators under another number",
    "title": "Indicators under another title",
    "target": "Another target",
    "tolerance": "Another tolerance",
    "year_end": "Another year end",
    "definition": "Another definition",
}
_FIGURES = {
    "restated": "Figures restated",
    "newly_known": "Figures newly known",
    "no_longer_known": "Figures no longer known",
    "status": "Figures confirmed, or provisional again",
}
_UNABLE = {
    "begun": "cannot be reported now: {now}",
    "ended": "is no longer listed as not reportable; it was: {before}",
    "reason": "still cannot be reported; the reason was: {before}; it is: {now}",
}
_FACTORS = {
    "outturn": "Outturn",
    "published": "Published rating",
    "target": "Target",
    "tolerance": "Tolerance",
    "definition": "Definition",
    "scheme": "Scheme",
}
_AGAINST = {
    "previous_period": "on the period before",
    "same_period_last_year": "on the same period last year",
}


class Group(NamedTuple):
    """Some lines under a heading."""

    heading: str
    lines: list[str]


def day(text: str) -> str:
    """A date in words."""
    return long_date(dt.date.fromisoformat(text))


def label(one: Subject) -> str:
    """Number and name of an indicator."""
    return f"{one.number} {one.name}".lstrip()


def edition_line(one: EditionModel) -> str:
    """Which paper, about what, and known when."""
    about = Period.parse(one.reporting_period).span
    return f"{one.title}, meeting of {day(one.meeting_date)}; {about}, as known on {day(one.as_at)}"


def counts_line(one: EditionModel) -> str:
    """How many indicators have each rating: ``5 Green, 2 Amber, 1 Red, none not rated``."""
    said = [f"{count} {word}" for word, count in one.counts.items()]
    return ", ".join([*said, f"{one.not_rated or 'none'} not rated"])


def remarks(compared: Compared) -> list[str]:
    """What a reader has to know before the rest: other committees, or papers given in reverse."""
    before, now = compared.before, compared.now
    found = []
    if before.committee.id != now.committee.id:
        found.append(f"The papers are of two committees: {before.committee.name}, and {now.committee.name}.")
    if before.as_at > now.as_at:
        found.append("The second was made from what was known earlier: what came later is told as gone.")
    return found


def in_short(compared: Compared) -> str:
    """How much changed, as one sentence; where nothing did, that."""
    if not compared.told:
        same = "Nothing differs."
        return same if compared.same else f"{same[:-1]} but where its figures come from."
    counted = [(count, one if count == 1 else many) for count, one, many in _counted(compared)]
    return f"{capitalised(listed([f'{in_words(n)} {what}' for n, what in counted if n]))}."


def _counted(d: Compared) -> Iterator[tuple[int, str, str]]:
    """What is counted, and what one and several of it are called."""
    kinds = [change.change for change in d.framework]
    figures = [change.change for change in d.figures]
    yield sum(moved(r) for r in d.ratings), "rating moved", "ratings moved"
    yield sum(map(due_once, d.ratings)), "indicator due in one paper only", "indicators due in one paper only"
    yield kinds.count("added"), "indicator added", "indicators added"
    yield kinds.count("retired"), "indicator no longer reported", "indicators no longer reported"
    for names, what in _RULES.items():
        found = len({(c.view, c.id) for c in d.framework if c.change in names})
        yield found, f"indicator {what}", f"indicators {what}"
    yield figures.count("restated"), "figure restated", "figures restated"
    yield figures.count("newly_known"), "figure newly known", "figures newly known"
    yield figures.count("no_longer_known"), "figure no longer known", "figures no longer known"
    begun, ended = (sum(one.change == kind for one in d.unable) for kind in ("begun", "ended"))
    yield begun, "indicator that cannot be reported any more", "indicators that cannot be reported any more"
    yield (
        ended,
        "indicator no longer listed as not reportable",
        "indicators no longer listed as not reportable",
    )
    yield len(d.benchmarks), "benchmark changed", "benchmarks changed"
    yield len(d.directions), "direction of travel changed", "directions of travel changed"
    texts = len(d.front_sheet) + sum(len(section.texts) for section in d.sections)
    yield texts, "text reads otherwise", "texts read otherwise"
    tables = sum(table.kind != "facts" for section in d.sections for table in section.tables)
    yield tables, "table shows other figures", "tables show other figures"
    yield len(d.settings), "setting of the paper changed", "settings of the paper changed"


_RULES = {
    ("renumbered",): "under another number",
    ("target", "tolerance", "year_end"): "with another target or tolerance",
    ("title", "definition"): "defined or named otherwise",
}


def only_reason(rating: MovedRating) -> bool:
    """Whether it is not rated on either side, for another reason."""
    return rating.before.not_rated is not None and rating.now.not_rated is not None


def due_once(rating: MovedRating) -> bool:
    """Whether it is rated on one side and not due on the other: a quarter's figure in a month's paper."""
    reasons = {rating.before.not_rated, rating.now.not_rated}
    return reasons == {None, "not_due"}


def moved(rating: MovedRating) -> bool:
    """Whether the rating itself is another, and not only the reason why there is none, or what is due."""
    return not only_reason(rating) and not due_once(rating)


def due_line(one: MovedRating) -> str:
    """An indicator that is due on one side only, with its rating there."""
    if one.now.not_rated:
        return f"{label(one)}: it was {one.before.symbol} {one.before.word}; not due now"
    return f"{label(one)}: now {one.now.symbol} {one.now.word}; it was not due"


def setting_line(one: Setting) -> str:
    """A setting: ``Period: from September 2018 to December 2018``."""
    view = f" of the view '{one.view}'" if one.view not in ("", "current") else ""
    return f"{capitalised(one.what)}{view}: {from_to(one.before, one.now)}"


def from_to(before: str, now: str) -> str:
    """``from A to B``; where one side has none, ``now B`` or ``no longer A``."""
    if before and now:
        return f"from {before} to {now}"
    return f"now {now}" if now else f"no longer {before}"


def framework_groups(changes: Iterable[FrameworkChange]) -> list[Group]:
    """What was added, retired, renumbered and given another target, kind by kind."""
    listed_ = list(changes)
    groups = [
        Group(title, [_framework_line(c) for c in listed_ if c.change == kind])
        for kind, title in _KINDS.items()
    ]
    return [group for group in groups if group.lines]


def _framework_line(one: FrameworkChange) -> str:
    because = f" ({one.reason})" if one.reason else ""
    match one.change:
        case "added":
            return f"{label(one)}: {one.rating}"
        case "retired":
            return f"{label(one)}: it was {one.rating}{because}"
        case "renumbered":
            before, now = one.before or "no number", one.now or "no number"
            return f"{one.name}: from {before} to {now}"
        case "definition":
            return f"{label(one)}: {one.key.replace('_', ' ')} {from_to(one.before, one.now)}"
        case _:
            return f"{label(one)}: {from_to(one.before, one.now)}{because}"


def rating_line(one: MovedRating) -> str:
    """Which rating moved: ``1.1.1 Vaccination: from ◆ Amber to ■ Red``."""
    before, now = (f"{state.symbol} {state.word}" for state in (one.before, one.now))
    if only_reason(one):
        return f"{label(one)}: {now} as before, for another reason"
    return f"{label(one)}: from {before} to {now}"


def rating_why(one: MovedRating) -> str:
    """What moved it, and why nothing is claimed."""
    said = one.words.replace(" moved it", " changed it") if only_reason(one) else one.words
    return " ".join(filter(None, [said, one.caution]))


def factor(what: Factor) -> str:
    """What a rating rests on, as a heading."""
    return _FACTORS[what]


def changed_line(one: Changed) -> str:
    """One thing that a rating rests on: ``Target: from 90% to 92%``."""
    return f"{factor(one.what)}: from {one.before} to {one.now}"


def figure_groups(changes: Iterable[FigureChange]) -> list[Group]:
    """The figures that are others, kind by kind; newly known ones by indicator."""
    listed_ = list(changes)
    groups = []
    for kind, title in _FIGURES.items():
        found = [change for change in listed_ if change.change == kind]
        one_sided = kind in ("newly_known", "no_longer_known")
        lines = [*_by_indicator(found)] if one_sided else [_figure_line(c) for c in found]
        if lines:
            groups.append(Group(title, lines))
    return groups


def _figure_line(one: FigureChange) -> str:
    because = f" ({one.reason})" if one.reason else ""
    assumed = " (assumed)" if one.known_on_assumed else ""
    told = f"from {one.before} to {one.now}, known on {day(one.known_on)}{assumed}"
    return f"{label(one)}, {one.period_words}: {told}{because}"


def _by_indicator(changes: list[FigureChange]) -> Iterator[str]:
    by: dict[str, list[FigureChange]] = {}
    for one in changes:
        by.setdefault(one.id, []).append(one)
    for found in by.values():
        earlier = f"; {in_words(len(found) - MOST)} of earlier periods" if len(found) > MOST else ""
        newest = [f"{one.now or one.before} ({one.period_words})" for one in found[-MOST:]]
        yield f"{label(found[0])}: {', '.join(newest)}{earlier}"


def unable_lead(compared: Compared) -> str:
    """How many indicators could not be reported, and how many cannot: ``Before three, now one.``."""
    before, now = (in_words(one.unable) if one.unable else "none" for one in (compared.before, compared.now))
    return f"Before {before}, now {now}."


def unable_line(one: UnableChange) -> str:
    """What became of an indicator that cannot be reported."""
    said = _UNABLE[one.change].format(before=one.before.rstrip("."), now=one.now.rstrip("."))
    return f"{label(one)} {said}"


def benchmark_line(one: BenchmarkChange) -> str:
    """A comparator's figures with their periods, and when the newer was published."""
    before, now = _with_period(one.before, one.before_period), _with_period(one.now, one.now_period)
    assumed = " (assumed)" if one.known_on_assumed else ""
    if not now:
        return f"{label(one)}, {one.comparator_name}: none now; it was {before}"
    was = from_to(before, now) if before else f"{now}; there was none"
    return f"{label(one)}, {one.comparator_name}: {was}, published {day(one.known_on)}{assumed}"


def _with_period(figure: str, period: str) -> str:
    return f"{figure} ({period})" if figure else ""


def direction_line(one: DirectionChange) -> str:
    """A direction of travel on both sides."""
    return f"{label(one)}, {_AGAINST[one.against]}: it was {one.before}; it is {one.now}"


def section_line(one: SectionChange) -> str:
    """A section with how many of its texts are others: ``Details (3 changed, 1 added)``."""
    kinds = [text.change for text in one.texts]
    if one.change != "changed":
        return f"{one.title or one.id} ({one.change})"
    counted = [(kinds.count(kind), kind) for kind in ("changed", "added", "removed")]
    said = ", ".join(f"{count} {kind}" for count, kind in counted if count)
    return f"{one.title or one.id} ({said})" if said else one.title or one.id


def tables_line(tables: list[TableChange]) -> str:
    """The tables of figures that show others, with how many rows: what they show is told above."""
    said = [f"{one.caption} ({_rows(one)})" for one in tables if one.kind != "facts"]
    facts = sum(one.kind == "facts" for one in tables)
    if facts:
        said.append(f"the facts of {in_words(facts)} {'indicator' if facts == 1 else 'indicators'}")
    return "; ".join(said)


def _rows(one: TableChange) -> str:
    """``5 rows changed, 1 added``."""
    counted = [(one.changed, "changed"), (one.added, "added"), (one.removed, "removed")]
    (first, what), *others = [(count, what) for count, what in counted if count]
    rows = "row" if first == 1 else "rows"
    return ", ".join([f"{first} {rows} {what}", *(f"{count} {word}" for count, word in others)])


def under_headings(texts: Iterable[TextChange]) -> list[tuple[str, list[TextChange]]]:
    """The texts of a section by the heading that they stand under; empty where that was told just before."""
    found: list[tuple[str, list[TextChange]]] = []
    told = ""
    for under, group in groupby(texts, key=lambda text: text.under):
        found.append(("" if under == told else under, [*group]))
        last = found[-1][1][-1]
        heading = last.role in ("heading", "subheading")
        told = " ".join(run.text for run in last.words if run.state != "removed" or last.change == "removed")
        told = told if heading else ""
    return found
