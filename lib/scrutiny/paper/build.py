"""The paper as a notebook sees it: each call shows one part and adds it to the paper model."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrutiny.data import catalogue as catalogues
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.definitions import People
from scrutiny.data.settings import Committee, PaperSettings
from scrutiny.data.yamlfile import read_text
from scrutiny.errors import ExitCode, Problem, ProblemError, closest, stop_on_errors
from scrutiny.paper import dialect, record, tables
from scrutiny.paper.answers import LastPaper, last_paper
from scrutiny.paper.attribution import Attribution
from scrutiny.paper.check import check_paper, with_known_views
from scrutiny.paper.drawer import Drawer
from scrutiny.paper.model import MIME_TYPE, Block, FrontSheetLine, Named, PaperModel, Paragraph, Section
from scrutiny.paper.numbering import Plan
from scrutiny.paper.parts import Parts
from scrutiny.paper.surroundings import surroundings
from scrutiny.periods import day_of_month, long_date
from scrutiny.rating.table import RatedView, Rater
from scrutiny.writing import commentary as commentaries
from scrutiny.writing.commentary import Commentary
from scrutiny.writing.facts import PreviousPaper, ViewFacts, rated_in_both
from scrutiny.writing.templates import Writer
from scrutiny.writing.words import PeriodWords

if TYPE_CHECKING:
    from pandas import DataFrame


class Shown:
    """What a cell shows: text/markdown, and nothing that an engine would drop."""

    def __init__(self, markdown: str, model: PaperModel | None = None) -> None:
        self.markdown, self._model = markdown, model

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/markdown": self.markdown}
        if self._model is not None:
            bundle[MIME_TYPE] = json.loads(self._model.canonical())
        return bundle

    def __repr__(self) -> str:
        return f"<part of a paper, {len(self.markdown.splitlines())} lines>"


class Inputs:
    """Everything that a paper is made from, read and checked: settings, definitions, rows and prose.

    Parameters
    ----------
    root
        The project's folder.
    council, date
        Name of the council's folder, and of the paper's.
    as_at
        Replaces the as-at date of paper.yml; None keeps it.
    complete
        Whether it is to become a paper: its commentary must be there, and each of its views known on the day. To look
        at figures, the views that were known will do.

    Raises
    ------
    ProblemError
        With every problem of every file that the paper reads.
    """

    def __init__(
        self, root: Path, council: str, date: str, as_at: dt.date | None = None, *, complete: bool = True
    ) -> None:
        self.catalogue: Catalogue = catalogues.load(root, council)
        if council not in self.catalogue.councils:  # its folder is there, and cannot be read
            raise ProblemError(self.catalogue.problems)
        self.folder: CouncilFolder = self.catalogue.folder(council)
        self.path = self.catalogue.paper_folder(council, date)
        self.settings, self.document = self.catalogue.paper_settings(council, date)
        asked = as_at is not None and as_at != self.settings.known
        if as_at is not None:
            self.settings = self.settings.model_copy(update={"as_at": as_at})
        self.day = self.settings.known
        self._views: dict[str, RatedView] | None = None
        # By meeting date: the reading of texts carried forward copies these inputs for the paper before.
        self._lasts: dict[dt.date, LastPaper | None] = {}
        indicators, area = set(self.catalogue.indicators), self.folder.council.base.area
        self.store = stores.load(root, council, indicators, area, Wanted.of(self.folder))
        self.commentary, self.problems = _commentary(self.catalogue, self.path / "commentary.md")
        known = (self.catalogue, self.folder, self.store, self.settings, self.document, self.path)
        self.problems += check_paper(*known, self.commentary, complete, asked)
        stop_on_errors(self.problems)
        if not complete:
            self.settings = with_known_views(self.folder, self.settings)

    @property
    def committee(self) -> Committee:
        """The committee as at the day."""
        return self.folder.committees[self.settings.committee].as_at(self.day)

    @property
    def people(self) -> People:
        """Posts and bodies as at the day, with the holders known by then."""
        return self.folder.people.as_at(self.day).known(self.day)

    def views(self) -> dict[str, RatedView]:
        """Every view of the paper, rated."""
        if self._views is None:
            self._views = self._rated(self.settings)
        return self._views

    def _rated(self, settings: PaperSettings) -> dict[str, RatedView]:
        """The views of a paper, from what was known on its as-at date."""
        rater = Rater(self.catalogue, self.folder, self.store.as_at(settings.known))
        return {name: rater.view(name, view) for name, view in settings.views.items()}

    def last(self) -> LastPaper | None:
        """The committee's paper before this one; None for the first."""
        day = self.settings.meeting_date
        if day not in self._lasts:
            self._lasts[day] = last_paper(self.catalogue, self.folder.council.base.id, self.settings)
        return self._lasts[day]

    def rated_then(self, last: LastPaper) -> dict[str, RatedView]:
        """The views of an earlier paper, rated as they stood then."""
        return self._rated(last.settings)


def _commentary(catalogue: Catalogue, path: Path) -> tuple[Commentary, list[Problem]]:
    if not path.exists():
        return Commentary(), []
    text, problems = read_text(path, catalogue.name_of(path))
    return (commentaries.parse(text) if text else Commentary()), problems


class Paper:
    """A paper in the making.

    Parameters
    ----------
    inputs
        What it is made from.
    out
        Folder for pictures, or None: pictures stand inline and nothing is written.
    pictures
        Whether pictures are drawn; a check of the text does without.
    """

    def __init__(self, inputs: Inputs, out: Path | None = None, *, pictures: bool = True) -> None:
        self.inputs, self.settings, self.committee = inputs, inputs.settings, inputs.committee
        self.views = inputs.views()
        self.council = inputs.folder.council.as_at(inputs.day)
        self._body = next(b for b in inputs.people.bodies if b.id == self.committee.body)
        self._writer = Writer(self._facts(), self.council.words_up_to)
        self._plan = Plan(self.committee, self.settings, self._writer.holds)
        self._writer.facts["ref"] = self._plan.ref
        self._writer.facts["appendices"] = [
            f"{self._plan.label('appendix', s.id)}: {self._writer.fill(s.title, s.id)}"
            for s in self._plan.appendices
        ]
        self._parts = Parts(
            self.committee,
            self.settings,
            self.views,
            self._writer,
            inputs.commentary,
            self._plan,
            Drawer(out, signals="charts" in self.committee.signals) if pictures else None,
            Attribution(
                self.committee.commentary,
                inputs.people,
                inputs.last(),
                inputs.rated_then,
                self.settings.meeting_date,
            ),
        )
        self._sections: list[Section] = []
        self._front: list[FrontSheetLine] = []

    def _facts(self) -> dict[str, Any]:
        """What the templates of this paper may name."""
        around = surroundings(self.inputs, self.views, self._spoken)
        views = {
            name: ViewFacts(view, around[name], self.committee.arrears_aside)
            for name, view in self.views.items()
        }
        posts = {post.id: post for post in self.inputs.people.posts}
        return {
            **views,
            "previous_paper": PreviousPaper(around["current"]),
            "paper": {
                "title": self.settings.title,
                "meeting_date": long_date(self.settings.meeting_date),
                "meeting_day": day_of_month(self.settings.meeting_date),
                "period": PeriodWords(self.settings.reporting_period),
                "as_at": long_date(self.inputs.day),
                "part": self.settings.part,
            },
            "council": self.council,
            "committee": {
                "name": self._body.name,
                "called": self.committee.called,
                "says": self.committee.says,
            },
            "front": _Answers(self.settings.front_sheet),
            "lists": self.settings.lists,
            "post": lambda name: _named(posts, name, self.inputs.day),
            "both": lambda word: rated_in_both(self.views["current"], self.views.get("previous"), word),
        }

    def _spoken(self, view: RatedView, indicator: str) -> str:
        """Officers' commentary on an indicator as text; templates ask for it once the parts are there."""
        return self._parts.spoken(view.name, indicator)

    # what a notebook calls

    def front_sheet(self) -> Shown:
        """Show the front sheet and, where there is one, the note at the paper's head."""
        lines, values = [], []
        for line in self.committee.front_sheet:
            value = (
                self._writer.fill(line.value, f"committee {self.committee.id}, front_sheet, {line.label}")
                or line.blank
            )
            if value:
                lines.append(line)
                values.append(value)
        self._front = [FrontSheetLine(label=a.label, value=b) for a, b in zip(lines, values, strict=True)]
        blocks: list[Block] = []
        if lines and self.committee.front_sheet_style == "lines":
            blocks = [
                Paragraph(id=f"b-front-{i}", role="front", text=f"**{line.label.rstrip(':')}:** {value}")
                for i, (line, value) in enumerate(zip(lines, values, strict=True), start=1)
            ]
        elif lines:
            blocks = [tables.front_sheet(lines, values)]
        if self.settings.note:
            note = Paragraph(
                id="b-note", role="note", text=self._writer.fill(self.settings.note, "paper.yml, note")
            )
            return Shown(dialect.blocks([*blocks, note]))
        return Shown(dialect.blocks(blocks))

    def section(self, *names: str) -> Shown:
        """Show one or more sections of the committee, by id, in the order given.

        One that only another version of the committee's settings has is left out: its papers of that time have none.
        """
        here = {section.id: section for section in self.committee.sections}
        dated = self.inputs.folder.committees[self.settings.committee]
        known = {section.id: section for state in dated.states for section in state.value.sections}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise ProblemError([_unknown_section(name, known, self.committee.id) for name in unknown])
        return self._show([here[name] for name in names if name in here])

    def sections(self) -> Shown:
        """Show every section that is not an appendix, in the order of the committee's settings."""
        return self._show([s for s in self.committee.sections if not s.appendix])

    def appendices(self) -> Shown:
        """Show every appendix, in the order of the committee's settings."""
        return self._show([s for s in self.committee.sections if s.appendix])

    def _show(self, wanted: list[Any]) -> Shown:
        texts = []
        for settings in wanted:
            made = self._parts.section(settings)
            if made is not None:
                self._sections.append(made)
                texts.append(dialect.section(made))
        return Shown("\n\n".join(texts))

    def finish(self) -> Shown:
        """Close the paper: check that what the text refers to was shown, and hand the model over."""
        missing = self._plan.missing(self._parts.present)
        if missing:
            raise ProblemError([_not_shown(label, self.committee.notebook) for label in missing])
        return Shown("", self.model)

    def frame(self) -> DataFrame:
        """The rated views as one tidy frame, for an analyst to look at; nothing of it is shown in the paper."""
        from scrutiny.rating.frames import rated_frame

        return rated_frame(*self.views.values())

    @property
    def model(self) -> PaperModel:
        """The paper model of what has been shown so far."""
        return PaperModel(
            council=Named(id=self.council.id, name=self.council.name),
            committee=Named(id=self.committee.id, name=self._body.name),
            title=self.settings.title,
            meeting_date=self.settings.meeting_date.isoformat(),
            reporting_period=str(self.settings.reporting_period),
            as_at=self.inputs.day.isoformat(),
            exempt=self.settings.part == "II",
            note=self.settings.note,
            front_sheet=self._front,
            sections=self._sections,
            indicators=[
                record.indicator(view, r, signals=bool(self.committee.signals))
                for view in self.views.values()
                for r in view.rows
            ],
            summary=record.summary(self.views),
        )


class _Answers(dict[str, str]):
    """Front-sheet answers of paper.yml; one that is not given is empty, and the form says what stands there then."""

    def __missing__(self, key: str) -> str:
        return ""


def _named(posts: Mapping[str, Any], name: str, day: dt.date) -> str:
    if name not in posts:
        raise KeyError(f"post '{name}' in people.yml; {closest(name, posts)}")
    holder = posts[name].holder(day)
    return f"{holder}, {posts[name].title}" if holder else posts[name].title


def _unknown_section(name: str, known: Mapping[str, Any], committee: str) -> Problem:
    return Problem(
        "unknown-section",
        "notebook",
        f"there is no section '{name}'",
        f"a section of committee {committee}",
        closest(name, known),
        code=ExitCode.DEFINITIONS,
    )


def _not_shown(label: str, notebook: str) -> Problem:
    return Problem(
        "not-shown",
        f"notebooks/{notebook}.ipynb",
        f"the text refers to {label}, which no cell shows",
        "a cell for every section that the text refers to",
        "show the section, or take the reference out",
        code=ExitCode.DEFINITIONS,
    )
