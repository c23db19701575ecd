"""Sections: the blocks of a committee's settings, filled with facts, as blocks of the paper model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from scrutiny.data.narrative import Narrative, Reconciliation
from scrutiny.data.settings import Block as BlockSettings
from scrutiny.data.settings import Committee, Exceptions, PaperSettings, Restatements, Section
from scrutiny.paper import tables
from scrutiny.paper.attribution import Attribution
from scrutiny.paper.drawer import Drawer
from scrutiny.paper.model import Block, Figure, Paragraph, Picture, Role
from scrutiny.paper.model import Section as SectionModel
from scrutiny.paper.narrative import narrate, reconciliation
from scrutiny.paper.numbering import Numbering, Plan, item_label
from scrutiny.paper.restated import restatements
from scrutiny.rating.changes import movement
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing import findings
from scrutiny.writing.charted import charted_key
from scrutiny.writing.commentary import Commentary, told
from scrutiny.writing.commentary import Paragraph as Prose
from scrutiny.writing.facts import DAGGER, ViewFacts, changes_of
from scrutiny.writing.signalled import SIGNAL_KEY
from scrutiny.writing.templates import Writer
from scrutiny.writing.tokens import tokens


class Parts:
    """Makes the sections of one paper, in the order in which they are asked for.

    Parameters
    ----------
    views
        The rated views by name.
    drawer
        Draws the pictures; None leaves them out.
    """

    def __init__(
        self,
        committee: Committee,
        settings: PaperSettings,
        views: dict[str, RatedView],
        writer: Writer,
        commentary: Commentary,
        plan: Plan,
        drawer: Drawer | None,
        attribution: Attribution | None = None,
    ) -> None:
        self.committee, self.settings, self.views = committee, settings, views
        self.writer, self.commentary, self.plan, self.drawer = writer, commentary, plan, drawer
        self.tokens = {name: tokens(view) for name, view in views.items()}
        self.attribution = attribution or Attribution(committee.commentary)
        self.numbering = Numbering(committee.numbering)
        self.present: list[tuple[str, str]] = []
        self._makers: dict[str, Callable[[_Place, Any], Iterator[Block]]] = {
            "text": self._text,
            "prose": self._prose,
            "bullets": self._bullets,
            "items": self._items,
            "heading": self._heading,
            "answers": self._answers,
            "table": self._table,
            "ratings": self._ratings,
            "indicators": self._indicators,
            "exceptions": self._exceptions,
            "tally": self._tally,
            "context": self._context,
            "key": self._key,
            "sources": self._sources,
            "narrative": self._narrative,
            "reconciliation": self._reconciliation,
            "restatements": self._restatements,
        }

    def section(self, section: Section) -> SectionModel | None:
        """One section; None if its condition does not hold or nothing in it has anything to say."""
        where = f"committee {self.committee.id}, section {section.id}"
        if not self.writer.holds(section.when, where):
            return None
        title = self.writer.fill(section.title, where)
        before = self.numbering.state
        number = self.numbering.section(section.numbered and not section.appendix)
        if section.appendix:
            label = self.plan.label("appendix", section.id)
            self.present.append(("appendix", section.id))
            title = f"{label}: {title}" if title else label
        parts: list[tuple[str, list[Block]]] = []
        for i, settings in enumerate(section.blocks, start=1):
            if self.writer.holds(settings.when, where):
                place = _Place(section, settings, f"{where}, block {i}", settings.id or f"{section.id}-{i}")
                made = list(self._makers[settings.kind](place, getattr(settings, settings.kind)))
                if not made and settings.default:
                    made = list(self._text(place, settings.default))
                parts.append((settings.kind, made))
        blocks = _without_bare_headings(parts)
        if not blocks and section.default:
            place = _Place(section, None, where, f"{section.id}-1")
            blocks = list(self._text(place, section.default))
        if not blocks and section.blocks and not section.appendix:
            self.numbering.state = before
            return None
        return SectionModel(
            id=section.id, number=number, title=title, appendix=section.appendix, blocks=blocks
        )

    # texts

    def _paragraph(
        self, place: _Place, text: str, suffix: str = "", role: Role = "text", card: str = ""
    ) -> Paragraph:
        numbered = place.numbered and not card and role == "text"
        number = self.numbering.paragraph(numbered)
        style = "continuous" if number and self.committee.numbering == "continuous" else ""
        return Paragraph(
            id=f"b-{place.id}{suffix}", role=role, number=number, style=style, text=text, card=card
        )

    def _text(self, place: _Place, template: str) -> Iterator[Block]:
        text = self.writer.fill(template, place.where)
        if text:
            yield self._paragraph(place, text)

    def _prose(self, place: _Place, name: str) -> Iterator[Block]:
        yield from self._prose_blocks(
            place, self._filled(self.commentary.section(name), f"commentary, {name}")
        )

    def _filled(self, prose: tuple[Prose, ...], where: str, view: str = "current") -> tuple[Prose, ...]:
        """Officers' prose with its templates filled from the figures of a view, as it is printed."""
        named = self.tokens.get(view, {})
        filled = tuple(
            replace(
                part,
                text=self.writer.fill(part.text, where, **named),
                bullets=tuple(self.writer.fill(bullet, where, **named) for bullet in part.bullets),
            )
            for part in prose
        )
        return told(filled, self.attribution.title)

    def _prose_blocks(
        self, place: _Place, prose: tuple[Prose, ...], card: str = "", role: Role = "text"
    ) -> Iterator[Block]:
        for i, part in enumerate(prose, start=1):
            if part.text:
                yield self._paragraph(place, part.text, f"-{i}", role, card)
            for j, bullet in enumerate(part.bullets, start=1):
                yield Paragraph(id=f"b-{place.id}-{i}-{j}", role="bullet", text=bullet, card=card)

    def _bullets(self, place: _Place, bullets: list[str] | str) -> Iterator[Block]:
        if isinstance(bullets, str):
            bullets = (
                self.writer.facts["appendices"]
                if bullets == "appendices"
                else self.settings.lists.get(bullets, [])
            )
        for i, bullet in enumerate(bullets, start=1):
            yield Paragraph(id=f"b-{place.id}-{i}", role="bullet", text=self.writer.fill(bullet, place.where))

    def _items(self, place: _Place, items: Any) -> Iterator[Block]:
        if items.lead:
            yield Paragraph(id=f"b-{place.id}", role="text", text=self.writer.fill(items.lead, place.where))
        for i, item in enumerate(items.items):
            yield Paragraph(
                id=f"b-{place.id}-{i + 1}",
                role="item",
                style=items.style,
                number=item_label(i, items.style),
                text=self.writer.fill(item, place.where),
            )

    def _heading(self, place: _Place, template: str) -> Iterator[Block]:
        yield Paragraph(id=f"b-{place.id}", role="heading", text=self.writer.fill(template, place.where))

    def _answers(self, place: _Place, lines: list[Any]) -> Iterator[Block]:
        shown = 0
        for line in lines:
            value = self.writer.fill(line.value, place.where) or line.blank
            if value:
                colon = "" if line.label.endswith("?") else ":"
                yield Paragraph(
                    id=f"b-{place.id}-{shown + 1}",
                    role="item",
                    style="decimal",
                    number=item_label(shown, "decimal"),
                    text=f"{line.label}{colon} {value}",
                )
                shown += 1

    # tables

    def _table(self, place: _Place, name: str) -> Iterator[Block]:
        settings = self.settings.tables[name]
        if settings.numbered:
            self.present.append(("table", name))
        yield tables.text_table(name, settings, self.plan.label("table", name) if settings.numbered else "")

    def _ratings(self, place: _Place, ratings: Any) -> Iterator[Block]:
        name = place.settings.id if place.settings and place.settings.id else place.id
        number = self.plan.labels.get(("table", name), "")
        self.present.append(("table", name))
        caption = self.writer.fill(ratings.caption, place.where)
        yield tables.ratings(
            self.views[ratings.of], name, number, caption, ratings.first_column, ratings.order
        )

    def _tally(self, place: _Place, view: str) -> Iterator[Block]:
        yield tables.tally(self.views[view], f"t-{place.id}")

    def _indicators(self, place: _Place, settings: Any) -> Iterator[Block]:
        view = self.views[settings.of]
        pictures: dict[str, Picture] = {}
        for r in view.rows:
            drawn = self.drawer.sparkline(view, r) if self.drawer else None
            if drawn:
                pictures[r.indicator.id] = drawn
        caption = self.writer.fill(settings.caption, place.where)
        signals = self.committee.signals
        yield tables.indicators(view, f"{view.name}-indicators", caption, pictures, signals=signals)

    def _context(self, place: _Place, settings: Any) -> Iterator[Block]:
        view = self.views[settings.of]
        table = tables.context(view, f"t-{place.id}", self.writer.fill(settings.caption, place.where))
        if table:
            yield Paragraph(id=f"b-{place.id}", role="heading", text="Context from official statistics")
            if settings.lead:
                yield self._paragraph(place, self.writer.fill(settings.lead, place.where), "-lead")
            yield table

    def _sources(self, place: _Place, view: str) -> Iterator[Block]:
        table = tables.sources(self.views[view], f"t-{place.id}")
        if table:
            yield Paragraph(id=f"b-{place.id}", role="heading", text="Sources")
            yield table

    def _key(self, place: _Place, name: str) -> Iterator[Block]:
        view = self.views[name]
        meanings = [f"{b.symbol} {b.word}: {b.meaning}." for b in view.scheme.bands if b.meaning]
        marks = []
        if any(r.row.target.illustrative or r.row.tolerance_illustrative for r in view.rows):
            marks.append(f"{DAGGER} illustrative, not published by the council.")
        if any(r.outturn and r.outturn.status == "provisional" for r in view.rows):
            marks.append("(p) provisional.")
        if any(r.rating.origin == "published" for r in view.rows):
            marks.append(
                "“As published”: the council's own rating; every other rating is computed from the figures shown."
            )
        marks.append(
            "▲ up, ▼ down and ▬ level say what the figure did; the words beside them say whether that is better."
        )
        marks += [text for where, text in SIGNAL_KEY.items() if where in self.committee.signals]
        yield Paragraph(id=f"b-{place.id}", role="note", text=" ".join(["**Key.**", *meanings, *marks]))
        for r in view.rated:
            other = r.rating.differs_when_exact or r.rating.differs_when_published
            if other:
                which = "before rounding" if r.rating.differs_when_exact else "as published"
                text = f"{r.row.number} is rated {r.rating.word}; the figure {which} would be {other}."
                yield Paragraph(id=f"b-{place.id}-{r.indicator.id}", role="note", text=text)

    # narrative

    def _facts(self, view: str) -> ViewFacts:
        facts = self.writer.facts[view]
        assert isinstance(facts, ViewFacts)
        return facts

    def _narrative(self, place: _Place, settings: Narrative) -> Iterator[Block]:
        view = self._facts(settings.of)
        yield from narrate(
            settings,
            view,
            self.writer,
            place.where,
            place.id,
            lambda text, suffix: self._paragraph(place, text, suffix),
        )

    def _reconciliation(self, place: _Place, settings: Reconciliation) -> Iterator[Block]:
        caption = self.writer.fill(settings.caption, place.where)
        made = reconciliation(changes_of(self._facts(settings.of)), place.id, caption)
        if made is not None:
            yield made

    def _restatements(self, place: _Place, settings: Restatements) -> Iterator[Block]:
        figures, council = self._facts(settings.of).restated, self.views[settings.of].council
        caption = self.writer.fill(settings.caption, place.where)
        made = restatements(figures, council, place.id, caption)
        if made is not None:
            yield made

    def spoken(self, view: str, indicator: str) -> str:
        """Officers' commentary on an indicator as one text, its templates filled; empty if there is none."""
        prose = self._filled(self.commentary.of(indicator, view), f"commentary, {indicator}", view)
        return " ".join(text for part in prose for text in (part.text, *part.bullets) if text)

    # exceptions

    def _exceptions(self, place: _Place, settings: Exceptions) -> Iterator[Block]:
        view = self.views[settings.of]
        for r in view.of(*settings.only) if settings.only else view.exceptions:
            yield from self._exception(place, settings, view, r)

    def _exception(
        self, place: _Place, settings: Exceptions, view: RatedView, r: Reported
    ) -> Iterator[Block]:
        as_card = settings.as_ == "cards"
        card = f"x-{view.name}-{r.indicator.id}" if as_card else ""
        here = replace(place, id=f"{place.id}-{r.indicator.id}")
        about = self._facts(view.name).indicator(r.indicator.id)
        heading = self.writer.fill(settings.heading, place.where, i=about)
        yield Paragraph(id=f"b-{here.id}", role="subheading", text=heading, card=card)
        if as_card:
            yield from self._chart(view, r, card)
            yield tables.facts(view, r, card, self._movement(view, r), self.committee.signals)
        prose = self._commentary(view, r, here, as_card) if settings.commentary else ()
        text = self.writer.fill(settings.text, place.where, i=about) if settings.text else ""
        if text and prose and prose[0].text and not as_card:
            prose = (Prose(f"{text} {prose[0].text}"), *prose[1:])
        elif text:
            prose = (Prose(text), *prose)
        elif not prose and settings.commentary and settings.no_commentary:
            prose = (Prose(self.writer.fill(settings.no_commentary, place.where)),)
        yield from self._prose_blocks(here, prose, card, "commentary" if as_card else "text")

    def _commentary(self, view: RatedView, r: Reported, place: _Place, as_card: bool) -> tuple[Prose, ...]:
        """Officers' commentary on an indicator; in a card with its author and what the last paper said."""
        prose = self._filled(
            self.commentary.of(r.indicator.id, view.name), f"commentary, {place.id}", view.name
        )
        if not (as_card and prose):
            return prose
        return self.attribution.around(view, r, prose)

    def _chart(self, view: RatedView, r: Reported, card: str) -> Iterator[Block]:
        drawn = self.drawer.trend(view, r) if self.drawer else None
        if drawn:
            yield Figure(
                id=f"f-{view.name}-{r.indicator.id}",
                caption=findings.headline(r, view),
                subtitle=self._subtitle(r),
                picture=drawn,
                card=card,
                sources=[o.row for o in r.series],
            )

    def _subtitle(self, r: Reported) -> str:
        """What a chart's figures are, and what its lines and marks mean where it shows signals."""
        key = charted_key(r) if "charts" in self.committee.signals else ""
        return findings.subtitle(r) + (f". {key}" if key else "")

    def _movement(self, view: RatedView, r: Reported) -> str:
        """How the rating moved since the view before; empty for the earliest view, or where nothing was reported."""
        before = self.views.get("previous")
        if before is None or view.name == "previous":
            return ""
        moved = movement(before, view, r.indicator.id)
        if moved is None:
            return ""
        return f"{moved.words} (since {before.period.label})"


def _without_bare_headings(parts: list[tuple[str, list[Block]]]) -> list[Block]:
    """The blocks of a section without a heading that has nothing behind it."""
    kept: list[list[Block]] = []
    something = False
    for kind, made in reversed(parts):
        if kind != "heading":
            something = something or bool(made)
        elif not something:
            continue
        else:
            something = False
        kept.append(made)
    return [block for made in reversed(kept) for block in made]


@dataclass(frozen=True)
class _Place:
    """Where a block stands: its section, settings, name for messages, and stable id."""

    section: Section
    settings: BlockSettings | None
    where: str
    id: str

    @property
    def numbered(self) -> bool:
        """Whether its paragraphs take part in numbering."""
        own = self.settings.numbered if self.settings else True
        return own and self.section.numbered and not self.section.appendix
