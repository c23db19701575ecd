"""Compulsory commentary, its posts and dates, and what became of what the last paper said would be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.definitions import People
from scrutiny.data.settings import CommentaryRule, PaperSettings
from scrutiny.data.yamlfile import read_text
from scrutiny.errors import ExitCode, Problem, ProblemError, closest, shown
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing import commentary as commentaries
from scrutiny.writing.commentary import Action, Commentary, Paragraph
from scrutiny.writing.words import listed


@dataclass(frozen=True)
class LastPaper:
    """The committee's paper before this one: its settings, its prose and its folder."""

    settings: PaperSettings
    commentary: Commentary
    folder: Path

    @property
    def day(self) -> dt.date:
        """When it met."""
        return self.settings.meeting_date

    def actions(self, indicator: str) -> tuple[Action, ...]:
        """What it said would be done about an indicator."""
        part = self.commentary.part(indicator)
        return part.actions if part else ()


def last_paper(catalogue: Catalogue, council: str, settings: PaperSettings) -> LastPaper | None:
    """The paper of the same committee with the latest earlier meeting date; None for the first.

    A paper whose own settings are wrong is passed over, and so is one whose folder has another day than they: its check
    lists what is wrong with it.
    """
    for folder in reversed(catalogue.paper_folders(council)):
        try:
            earlier, _ = catalogue.paper_settings(council, folder.name)
        except ProblemError:
            continue
        same = earlier.committee == settings.committee and earlier.meeting_date < settings.meeting_date
        if same and folder.name.startswith(earlier.meeting_date.isoformat()):
            path = folder / "commentary.md"
            text = read_text(path, catalogue.name_of(path))[0] if path.exists() else None
            return LastPaper(earlier, commentaries.parse(text) if text else Commentary(), folder)
    return None


def title_of(people: People, named: str) -> str:
    """The title of a post, from its id or its title; as given where the register has neither."""
    return next((post.title for post in people.posts if named in (post.id, post.title)), named)


def check_parts(commentary: Commentary, folder: CouncilFolder, day: dt.date, file: str) -> Iterator[Problem]:
    """Labels that are close to a part's, posts that are not in the register, and dates that are none."""
    people = folder.people.as_at(day)
    for part in commentary.parts:
        for paragraph, label, near in commentaries.mislabelled(part.paragraphs):
            found, do = f"the label '**{shown(label)}:**'", f"did you mean '**{near.capitalize()}:**'?"
            yield _prose("unknown-part", f"{file}, line {paragraph.line}", found, _LABELS, do)
        yield from _who_and_when(part.paragraphs, people, file)


_LABELS = "one of " + ", ".join(f"**{part.capitalize()}:**" for part in commentaries.PARTS)


def _who_and_when(paragraphs: Sequence[Paragraph], people: People, file: str) -> Iterator[Problem]:
    has_action = False
    for paragraph in paragraphs:
        has_action = has_action or paragraph.part == "action"
        where, said = f"{file}, line {paragraph.line}", f"'{shown(paragraph.text)}'"
        if paragraph.part in ("who", "by") and not has_action:
            found, do = f"'**{paragraph.part.capitalize()}:**' before any action", "put it behind its action"
            yield _prose("part-without-action", where, found, "who and by when of an action", do)
        if paragraph.part and not paragraph.text:
            found = f"nothing behind '**{paragraph.part.capitalize()}:**'"
            yield _prose(
                "empty-part", where, found, "words behind a label", "write them, or take the label out"
            )
        elif paragraph.part == "who":
            known = {name for post in people.posts for name in (post.id, post.title)}
            if paragraph.text not in known:
                yield _prose(
                    "unknown-post", where, said, "a post of people.yml", closest(paragraph.text, known)
                )
        elif paragraph.part == "by":
            try:
                commentaries.when_words(paragraph.text)
            except ValueError:
                expected = "a day or period, such as 2026-07-31, 2026-07 or FY2026-27-Q2"
                yield _prose(
                    "unreadable-date", where, said, expected, "write when it is to be done in this form"
                )


def missing(
    rule: CommentaryRule,
    views: dict[str, RatedView],
    commentary: Commentary,
    last: LastPaper | None,
    day: dt.date,
    file: str,
) -> Iterator[Problem]:
    """Indicators whose commentary is compulsory and not there, or lacks a part.

    Parameters
    ----------
    rule
        The committee's: which ratings need commentary, in which views, and which parts.
    last
        The paper before; `done` is asked for where it had an action that is due by the day, or that gave no time.
    file
        Name of commentary.md, for messages.
    """
    for name in rule.of:
        view = views.get(name)
        for r in needing(rule, view) if view else ():
            asked = _asked(rule, last if name == "current" else None, r, day)
            part = commentary.part(r.indicator.id, name)
            label = f"{r.row.number} {r.indicator.name} ({r.rating.word})".lstrip()
            heading = r.indicator.id if name == "current" else f"{name}: {r.indicator.id}"
            expected = f"a part '## {heading}'{_with(asked)}"
            if part is None or not part.paragraphs:
                do = "ask the service for it, or waive it"
                yield _prose("missing-commentary", file, f"no commentary on {label}", expected, do)
            elif lacking := [one for one in asked if one not in part.fields]:
                found = f"the commentary on {label} has no {_labels(lacking)}"
                where = f"{file}, line {part.line}"
                yield _prose("missing-commentary", where, found, expected, "add the part, or waive it")


def needing(rule: CommentaryRule, view: RatedView) -> list[Reported]:
    """The indicators of a view that need commentary."""
    if rule.required_for == "exceptions":
        return view.exceptions
    words = [band.word for band in view.scheme.bands]
    unknown = [word for word in rule.required_for if word.casefold() not in {w.casefold() for w in words}]
    if unknown:
        found, expected = (
            f"commentary is required for '{unknown[0]}'",
            f"a rating of the scheme {view.scheme.id}",
        )
        where = f"committee {view.framework.committee}, commentary, required_for"
        raise ProblemError([_prose("unknown-rating", where, found, expected, closest(unknown[0], words))])
    return view.of(*rule.required_for)


def _with(parts: Sequence[str]) -> str:
    return f" with {_labels(parts)}" if parts else ""


def _labels(parts: Sequence[str]) -> str:
    return listed([f"**{part.capitalize()}:**" for part in parts])


def _asked(rule: CommentaryRule, last: LastPaper | None, r: Reported, day: dt.date) -> list[str]:
    """The compulsory parts; the answer only where the last paper's action has fallen due."""
    promised = [a for a in last.actions(r.indicator.id) if is_due(a, day)] if last else []
    return [one for one in rule.parts if one != "done" or promised]


def is_due(action: Action, day: dt.date) -> bool:
    """Whether what was to be done has fallen due by a day; it has where no time was given, or none that can be read."""
    try:
        return action.due is None or action.due.end <= day
    except ValueError:
        return True


def _prose(check: str, where: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, where, found, expected, do, code=ExitCode.DEFINITIONS)
