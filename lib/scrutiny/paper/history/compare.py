"""Compare: all that one edition of a paper says otherwise than another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from scrutiny.data.definitions import Indicator
from scrutiny.data.frameworks import Row
from scrutiny.paper.history import knowledge, texts
from scrutiny.paper.history.compared import Compared, EditionModel, FrameworkChange, Setting
from scrutiny.paper.history.editions import Edition, edition
from scrutiny.paper.history.moves import moved_ratings, scheme_words, silently
from scrutiny.paper.history.subjects import Pair, agreed_target, agreed_widths, pairs, subject
from scrutiny.paper.model import PaperModel
from scrutiny.rating.changes import Step, steps
from scrutiny.rating.explain import target_words
from scrutiny.rating.rate import Rating
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.groups import is_unable

Change = Literal["added", "retired", "renumbered", "target", "tolerance", "year_end", "title", "definition"]


def compare_papers(
    root: Path, council: str, before: tuple[str, str | None], now: tuple[str, str | None]
) -> Compared:
    """Compare two papers, or one paper at two times of knowledge.

    Parameters
    ----------
    root
        The project's folder.
    council
        Name of the council's folder.
    before, now
        Each the name of the paper's folder, and the day as at which it is made; None: the day in paper.yml.

    Raises
    ------
    ProblemError
        Exit code 12 for an unknown council or date; otherwise what keeps one of the two from being made.
    """
    return compare(edition(root, council, *before), edition(root, council, *now))


def compare(before: Edition, now: Edition) -> Compared:
    """What the second edition says otherwise than the first, in the order in which they are given."""
    matched = pairs(before, now)
    own = frozenset(f"t-{name}" for one in (before, now) for name in one.inputs.settings.tables)
    return Compared(
        council=now.model.council,
        before=_edition(before),
        now=_edition(now),
        same=_content(before.model) == _content(now.model),
        settings=list(_settings(before, now)),
        framework=[change for pair in matched for change in _framework(pair)],
        ratings=[move for pair in matched for move in moved_ratings(before, now, pair)],
        figures=list(knowledge.changed_figures(before, now)),
        unable=[change for pair in matched for change in knowledge.changed_unable(pair)],
        benchmarks=[change for pair in matched for change in knowledge.changed_benchmarks(pair)],
        directions=[change for pair in matched for change in knowledge.changed_directions(pair)],
        front_sheet=texts.changed_front_sheet(before.model, now.model),
        sections=texts.changed_sections(before.model, now.model, own),
    )


def _edition(one: Edition) -> EditionModel:
    model, current = one.model, one.views["current"]
    return EditionModel(
        date=one.date,
        committee=model.committee,
        title=model.title,
        meeting_date=model.meeting_date,
        reporting_period=model.reporting_period,
        as_at=model.as_at,
        views={name: view.period.label for name, view in one.views.items()},
        counts=model.summary.counts,
        not_rated=sum(model.summary.not_rated.values()),
        unable=sum(is_unable(r) for r in current.rows),
    )


def _content(model: PaperModel) -> PaperModel:
    return model.model_copy(update={"as_at": ""})


def _settings(before: Edition, now: Edition) -> Iterator[Setting]:
    """What is another of the paper itself: whether it is public, what each view looks at, and what rates it."""
    part, part_now = before.inputs.settings.part, now.inputs.settings.part
    if part != part_now:
        yield Setting(what="part", before=f"Part {part}", now=f"Part {part_now}")
    for name in dict.fromkeys([*now.views, *before.views]):
        then, here = before.views.get(name), now.views.get(name)
        for what, words in _OF_A_VIEW.items():
            old, new = words(then) if then else "", words(here) if here else ""
            if old != new:
                yield Setting(what=what, view=name, before=old, now=new)
        if then and here and (silent := silently(then.scheme, here.scheme)):
            yield Setting(what="scheme", view=name, before=scheme_words(then.scheme), now=silent)


_OF_A_VIEW: dict[str, Callable[[RatedView], str]] = {
    "period": lambda view: view.period.label,
    "framework": lambda view: view.framework.title,
    "scheme": lambda view: scheme_words(view.scheme),
}


def _framework(pair: Pair) -> Iterator[FrameworkChange]:
    """Each indicator's way from the one framework to the other; within one framework, what was changed in the year."""
    then, here = pair.before, pair.now
    for step in steps(then.framework, here.framework, here.day, then.day):
        old, new = then.find(step.indicator), here.find(step.indicator)
        if old is None and new is not None:
            yield _change(pair, new, "added", rating=_word(new.rating), now=new.row.number)
        elif new is None and old is not None:
            entry = next((e for e in here.framework.retired if e.indicator == step.indicator), None)
            reason = entry.reason if entry else ""
            yield _change(
                pair, old, "retired", rating=_word(old.rating), before=old.row.number, reason=reason
            )
        elif old is not None and new is not None and step.before and step.now:
            yield from _kept(pair, step, old, new)


def _kept(pair: Pair, step: Step, old: Reported, new: Reported) -> Iterator[FrameworkChange]:
    """What is another of an indicator that both frameworks hold."""
    before, now = step.before, step.now
    assert before is not None and now is not None
    if step.renumbered:
        yield _change(pair, new, "renumbered", before=before.number, now=now.number)
    told: dict[Change, tuple[str, str]] = {
        "title": (old.title, new.title),
        "target": (agreed_target(before, old), agreed_target(now, new)),
        "tolerance": (agreed_widths(before), agreed_widths(now)),
        "year_end": (_year_end(before, old), _year_end(now, new)),
    }
    for change, (was, is_) in told.items():
        if was != is_:
            reason = _reason(pair, new) if change in ("target", "tolerance") else ""
            yield _change(pair, new, change, before=was, now=is_, reason=reason)
    for key in Indicator.model_fields:
        was, is_ = _plain(getattr(old.indicator, key)), _plain(getattr(new.indicator, key))
        if was != is_ and key != "title":
            yield _change(pair, new, "definition", key=key, before=was, now=is_)


def _change(pair: Pair, r: Reported, change: Change, **said: str) -> FrameworkChange:
    return FrameworkChange(**subject(pair.name, r), change=change, **said)


def _word(rating: Rating) -> str:
    return f"{rating.symbol} {rating.word}"


def _year_end(row: Row, r: Reported) -> str:
    target = target_words(row.year_end, r.indicator) if row.year_end else ""
    return ", ".join(filter(None, [target, row.forecast]))


def _reason(pair: Pair, r: Reported) -> str:
    """Why a target or tolerance is another: of the last version that came between the two days, or the target's own."""
    first, last = sorted((pair.before.day, pair.now.day))
    row = pair.now.framework.row(r.indicator.id)
    between = [v for v in row.versions if first < v.known_on <= last] if row else []
    if between:
        return max(between, key=lambda version: version.known_on).reason
    return r.row.target.reason if pair.before.framework.id != pair.now.framework.id else ""


def _plain(value: object) -> str:
    """A key of a definition as its file has it."""
    if isinstance(value, tuple):
        return " to ".join(str(part) for part in value)
    return "" if value is None else str(value)
