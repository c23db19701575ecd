"""Begin a paper: its settings and commentary headings, new or rolled forward from an earlier paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scrutiny.data import catalogue as catalogues
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.settings import PaperSettings, View
from scrutiny.data.store import Store
from scrutiny.data.yamlfile import Document, read_text
from scrutiny.errors import ExitCode, Problem, ProblemError, closest, stop_on_errors
from scrutiny.paper.starting import filled, parse_meeting, quoted, read_text_as, taken, usage, write
from scrutiny.periods import Period, long_date
from scrutiny.rating.table import Rater, Reported
from scrutiny.writing import commentary as commentaries
from scrutiny.writing.commentary import Commentary
from scrutiny.writing.words import PeriodWords


@dataclass(frozen=True)
class Begun:
    """A paper that was begun: its files, and what to look at before it is made."""

    written: list[Path]
    notes: list[Problem]


def new_paper(
    root: Path,
    council: str,
    date: str,
    *,
    committee: str | None = None,
    period: str | None = None,
    title: str | None = None,
    last: str | None = None,
) -> Begun:
    """Write the settings of a new paper, and a commentary with a heading for each exception.

    Parameters
    ----------
    root
        The project's folder.
    council, date
        Name of the council's folder, and of the paper's: its meeting date.
    committee
        Id of the committee; None takes the council's only one, or the earlier paper's.
    period
        What the figures are about; None steps the earlier paper's period by one.
    title
        None is made from the period, or the earlier paper's with its period exchanged.
    last
        Folder name of an earlier paper, whose settings are taken over; None begins anew.

    Returns
    -------
    Begun
        The files, and as warnings and notes: expected dates that have passed, posts that changed hands, and how the
        views were stepped.

    Raises
    ------
    ProblemError
        With every problem; then nothing is written.
    """
    day = parse_meeting(date)
    source = _Source(root, council)
    place = f"reports/{council}/{date}"
    files = [f"{place}/paper.yml", f"{place}/commentary.md"]
    if there := taken(root, files):
        raise ProblemError(there)
    before = source.earlier(last, day) if last is not None else None
    notes: list[Problem] = []
    if before is None:
        text = source.anew(day, committee, period, title)
    else:
        text, notes = source.forward(before, day, period, title)
    settings, problems = read_text_as(root, files[0], text, PaperSettings)
    stop_on_errors(problems)
    parts = [*source.headings(settings, before), *(source.carried(before) if before else [])]
    prose = source.prose(settings)
    facts = {
        "parts": parts,
        "prose": prose,
        "last": long_date(before.settings.meeting_date) if before else "",
    }
    notes += source.passed(settings)
    made = write(root, dict(zip(files, (text, filled("commentary.md", facts)), strict=True)))
    return Begun(made, notes)


@dataclass(frozen=True)
class Earlier:
    """An earlier paper: settings, their text and places, and its commentary."""

    name: str
    settings: PaperSettings
    document: Document
    text: str
    commentary: Commentary


class _Source:
    """A council's definitions and rows, from which a paper is begun."""

    def __init__(self, root: Path, council: str) -> None:
        self.root, self.council = root, council
        self.catalogue: Catalogue = catalogues.load(root, council)
        self.folder: CouncilFolder = self.catalogue.folder(council)
        area = self.folder.council.base.area
        known = {*self.catalogue.indicators}
        self.store: Store = stores.load(root, council, known, area, Wanted.of(self.folder))
        stop_on_errors([*self.catalogue.problems, *self.store.problems])

    # a paper from nothing

    def anew(self, day: dt.date, committee: str | None, period: str | None, title: str | None) -> str:
        """The text of a new paper.yml."""
        name, about = self._committee(committee), _period(period)
        framework = self._framework(name, about, day)
        words = f"Performance report, {about.label}"
        facts = {
            "council": self.council,
            "committee": name,
            "meeting_date": day.isoformat(),
            "framework": framework,
        }
        return filled("paper.yml", {**facts, "title": title or words, "period": str(about)})

    def _committee(self, asked: str | None) -> str:
        known = sorted(self.folder.committees)
        if asked is None and len(known) == 1:
            return known[0]
        if asked in known:
            assert asked is not None
            return asked
        found = (
            f"there is no committee '{asked}'" if asked else "nothing, and the council has several committees"
        )
        expected = f"one of {', '.join(known)}" if known else "a file of committees/"
        raise ProblemError([usage("--committee", found, expected, closest(asked or "", known))])

    def _framework(self, committee: str, about: Period, day: dt.date) -> str:
        """The committee's newest framework, of those known on the day of the meeting, whose year the period lies in."""
        known = [f.known(day) for f in self.folder.frameworks.values()]
        mine = [f for f in known if f is not None and f.committee == committee]
        fits = [f for f in mine if about.start <= f.period.end and about.end >= f.period.start]
        if fits:
            return max(fits, key=lambda f: (f.period.start, f.known_on)).id
        found = f"no framework of '{committee}' for {about.label}"
        do = f"add data/councils/{self.council}/frameworks/, or take another period"
        problem = Problem(
            "unknown-framework", "frameworks/", found, "one for its year", do, code=ExitCode.DEFINITIONS
        )
        raise ProblemError([problem])

    # a paper from an earlier one

    def earlier(self, name: str, day: dt.date) -> Earlier:
        """The earlier paper; problems if there is none of that name, or it is not earlier."""
        settings, document = self.catalogue.paper_settings(self.council, name)
        if settings.meeting_date >= day:
            found = f"{name}, which is not before {day.isoformat()}"
            raise ProblemError([usage("--from", found, "an earlier paper of the council")])
        folder = self.root / "reports" / self.council / name
        text, problems = read_text(folder / "paper.yml", document.name)
        stop_on_errors(problems)
        prose, _ = (
            read_text(folder / "commentary.md", "") if (folder / "commentary.md").exists() else ("", [])
        )
        return Earlier(name, settings, document, text or "", commentaries.parse(prose or ""))

    def forward(
        self, before: Earlier, day: dt.date, period: str | None, title: str | None
    ) -> tuple[str, list[Problem]]:
        """The earlier paper.yml with its dates, periods and title stepped; everything else stands as it did."""
        old = before.settings
        about = _period(period) if period else old.reporting_period.step()
        lines = before.text.splitlines()
        _exchange(lines, before.document, ("meeting_date",), old.meeting_date.isoformat(), day.isoformat())
        if old.as_at is not None:
            _exchange(lines, before.document, ("as_at",), old.as_at.isoformat(), day.isoformat())
        _exchange(lines, before.document, ("reporting_period",), str(old.reporting_period), str(about))
        _retitle(lines, before.document, old, about, title)
        notes = []
        for name, view in old.views.items():
            new = self._stepped(view, old, about, day)
            _exchange(lines, before.document, ("views", name, "period"), str(view.period), str(new.period))
            _exchange(lines, before.document, ("views", name, "framework"), view.framework, new.framework)
            moved = f"{view.framework}, {view.period} → {new.framework}, {new.period}"
            notes.append(_note(f"views.{name}", moved, "the periods that the paper is about", "check it"))
        kept = [line for line in lines if not line.startswith(_TAKEN_OVER)]
        head = f"{_TAKEN_OVER} {long_date(old.meeting_date)}: look at its front sheet, tables and lists."
        return "\n".join([head, *kept]) + "\n", [*notes, *self._people(before, day)]

    def _stepped(self, view: View, old: PaperSettings, about: Period, day: dt.date) -> View:
        """A view one paper later: what followed the paper's period follows it still; another one stays."""
        current = old.views["current"]
        if view.period.kind is not about.kind:
            return view
        follows = view.period in (current.period, current.period.previous, current.period.same_last_year)
        if not follows:
            return view
        period = view.period.step(about.index - current.period.index)
        framework = self.folder.frameworks[view.framework].as_at(day)
        if period.start > framework.period.end or period.end < framework.period.start:
            return View(framework=self._framework(old.committee, period, day), period=period)
        return View(framework=view.framework, period=period)

    def _people(self, before: Earlier, day: dt.date) -> Iterator[Problem]:
        """Posts that changed hands since, and names of earlier holders that the settings still hold."""
        then, now = (self.folder.people.as_at(d) for d in (before.settings.meeting_date, day))
        holders = {post.id: post.holder(before.settings.meeting_date) for post in then.posts}
        for post in now.posts:
            was, holds = holders.get(post.id, ""), post.holder(day)
            if was == holds:
                continue
            found = f"{post.title} was {was or 'nobody on record'}, and is {holds or 'nobody on record'} on the day"
            yield _note("people.yml", found, "the holder on the day of the meeting", "check it")
            if was and was in before.text:
                found = f"{was}, who was {post.title} then"
                yield replace(
                    _note("paper.yml", found, "the holder on the day", "correct the name"), severity="warning"
                )

    # what both need

    def headings(self, settings: PaperSettings, before: Earlier | None) -> list[dict[str, str]]:
        """A heading for each exception of the paper, with its figure and what was said of it last time."""
        rater = Rater(self.catalogue, self.folder, self.store.as_at(settings.known))
        view = rater.view("current", settings.views["current"])
        return [
            {"heading": r.indicator.id, "note": _comment([_about(r), *_last_time(before, r.indicator.id)])}
            for r in view.exceptions
        ]

    def carried(self, before: Earlier) -> list[dict[str, str]]:
        """A heading for each section that had prose of its own, with that prose to look back at."""
        headings = [part.heading for part in before.commentary.parts if part.heading.startswith("section:")]
        return [{"heading": heading, "note": _comment(_last_time(before, heading))} for heading in headings]

    def prose(self, settings: PaperSettings) -> list[str]:
        """Ids of the prose that the committee's sections ask for."""
        sections = self.folder.committees[settings.committee].as_at(settings.known).sections
        return [f"section: {block.prose}" for section in sections for block in section.blocks if block.prose]

    def passed(self, settings: PaperSettings) -> Iterator[Problem]:
        """Figures that were expected by a day that is past, and are still not there."""
        day = settings.known
        known = self.store.as_at(day)
        for (indicator, period), unable in known.unable.items():
            dated = self.catalogue.indicators[indicator].as_at(day)
            found = known.outturn(indicator, self.folder.council.base.area, period, dated.basis)
            if found is None and (by := _expected(unable.expected)) and by < day:
                said = f"{dated.name} for {period.label} was expected by {long_date(by)}"
                do = "add the figure to outturns.csv, or a row with a new expected date"
                yield Problem(
                    "expected-date-passed", unable.where, said, "the figure, or a new date", do, "warning"
                )


_TAKEN_OVER = "# Taken over from the paper of"


def _note(where: str, found: str, expected: str, do: str) -> Problem:
    return Problem("taken-over", where, found, expected, do, "note")


def _period(text: str | None) -> Period:
    if text is None:
        raise ProblemError([usage("--period", "nothing", "what the figures are about, such as FY2026-27-Q1")])
    try:
        return Period.parse(text)
    except ValueError as error:
        raise ProblemError(
            [usage("--period", str(error).partition("; ")[0], "such as FY2026-27-Q1")]
        ) from None


def _exchange(lines: list[str], document: Document, path: Sequence[Any], old: str, new: str) -> None:
    """Put a new value where the old one stands behind its key, in the line that the key is in."""
    number = document.lines.get(tuple(path))
    if number is None or old == new:
        return
    pattern = rf"(\b{re.escape(str(path[-1]))}\s*:\s*[\"']?){re.escape(old)}(?![\w-])"
    lines[number - 1] = re.sub(pattern, rf"\g<1>{new}", lines[number - 1], count=1)


def _retitle(
    lines: list[str], document: Document, old: PaperSettings, about: Period, title: str | None
) -> None:
    """The title with the words of its period exchanged, or as it is given."""
    first = document.lines[("title",)]
    later = [n for path, n in document.lines.items() if len(path) == 1 and n > first]
    last = min(later, default=len(lines) + 1) - 1
    if title is not None:
        lines[first - 1 : last] = [f"title: {quoted(title)}", *([""] * (last - first))]
        return
    then, now = PeriodWords(old.reporting_period), PeriodWords(about)
    names = ("long", "label", "span", "end", "month", "part", "short", "year", "year_short")
    words = {getattr(then, name): getattr(now, name) for name in reversed(names)}
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for i in range(first - 1, last):
        lines[i] = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda match: words[match[0]], lines[i])


def _about(r: Reported) -> str:
    number = f"{r.row.number} " if r.row.number else ""
    return f"{number}{r.title}. {r.rating.reason}"


def _last_time(before: Earlier | None, heading: str) -> list[str]:
    """What the earlier paper said would be done; without an action, what it said."""
    part = next((p for p in before.commentary.parts if p.heading == heading), None) if before else None
    if part is None or before is None:
        return []
    when = long_date(before.settings.meeting_date)
    promised = [action.words(str) for action in part.actions]
    if promised:
        return [f"Action of {when}: {said}" for said in promised] + [
            "What became of it? Begin a paragraph with **Done:**"
        ]
    texts = [text for p in part.paragraphs for text in (p.text, *p.bullets) if text]
    return [f"Said on {when}: {text}" for text in texts]


def _comment(lines: Sequence[str]) -> str:
    """Lines that may stand in a comment: nothing in them ends it."""
    return "\n".join(lines).replace("--", "–").replace("–>", "–")


def _expected(text: str) -> dt.date | None:
    try:
        return Period.parse(text).end
    except ValueError:
        return None
