"""The ledger of restatements: every figure of a council that was given and reads otherwise since."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from scrutiny.data import catalogue as catalogues
from scrutiny.data import checks
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.definitions import Indicator
from scrutiny.data.frameworks import Framework, Row
from scrutiny.data.observations import PROVENANCE, Observation
from scrutiny.data.store import Known, Store
from scrutiny.errors import stop_on_errors
from scrutiny.figures import published
from scrutiny.paper.history.shown import Shown
from scrutiny.paper.parameters import read_parameters
from scrutiny.periods import Period, long_date
from scrutiny.rating.memory import Memory
from scrutiny.rating.restating import Restatement, effect, steps
from scrutiny.rating.table import Rater
from scrutiny.writing.restated import papers_words
from scrutiny.writing.words import capitalised

ALWAYS = dt.date.max
"""The day of a view of everything that is recorded."""


@dataclass(frozen=True)
class Entry:
    """One restatement of one figure, as one committee knows it.

    Parameters
    ----------
    committee, number
        Id of the committee whose framework of the period holds the indicator, and the number that it prints; empty
        where none does.
    name
        Title of the indicator, as the committee prints it.
    published, now
        The figure as published before, and since.
    shown_in
        Meeting dates of the committee's papers that showed the old figure.
    source
        Where the old figure was given.
    reason
        The note of the newer figure; empty where none is recorded.
    effect
        What it did to the rating, by the rules of the period's framework.
    """

    committee: str
    indicator: str
    number: str
    name: str
    period: str
    basis: str
    published: str
    shown_in: tuple[str, ...]
    source: str
    now: str
    known_on: str
    known_on_assumed: bool
    reason: str
    effect: str


@dataclass(frozen=True)
class Ledger:
    """The restatements of a council, oldest first."""

    council: str
    name: str
    as_at: dt.date | None
    entries: tuple[Entry, ...]


def ledger(root: Path, council: str, as_at: str | None = None) -> Ledger:
    """Every restatement of a council's figures.

    Several restatements of one figure are several entries. A change that rounding hides is none, since the published
    figure did not change; nor is a figure that was withheld or missing before.

    Parameters
    ----------
    as_at
        Takes what was known on this day, as ``2018-09-26``; None takes everything that is recorded.

    Raises
    ------
    ProblemError
        There is no such council (exit code 12), or something is wrong in its files.
    """
    given = {"council": council, "meeting_date": "", "as_at": as_at, "out": None}
    day = read_parameters(given).as_at
    catalogue = catalogues.load(root, council)
    folder = catalogue.folder(council)
    known, area = set(catalogue.indicators), folder.council.base.area
    store = stores.load(root, council, known, area, Wanted.of(folder))
    stop_on_errors([*catalogue.problems, *store.problems, *checks.council(catalogue, folder, store)])
    book = Book(catalogue, folder, store, day or ALWAYS)
    return Ledger(council, book.rater.council.name, day, tuple(book.entries()))


class Book:
    """Writes entries from a council's definitions and rows, as known on a day."""

    def __init__(self, catalogue: Catalogue, folder: CouncilFolder, store: Store, day: dt.date) -> None:
        self.catalogue, self.folder, self.day = catalogue, folder, day
        self.known: Known = store.as_at(day)
        self.rater = Rater(catalogue, folder, self.known)
        self._memories = {name: Memory(self.rater, name) for name in sorted(folder.committees)}
        self._shown = {name: Shown(catalogue, folder, store, name, day=day) for name in self._memories}

    def entries(self) -> Iterator[Entry]:
        """Every entry: by the day on which the newer figure became known, then by indicator and period."""
        found = [
            (one, indicator)
            for (name, area, _, _), states in self.known.states.items()
            if area == self.rater.council.area
            for indicator in [self.catalogue.indicators[name].as_at(self.day)]
            for one in steps(states, indicator.decimals)
        ]
        for one, indicator in sorted(found, key=_order):
            yield from self.of(one, indicator)

    def of(self, one: Restatement, indicator: Indicator) -> Iterator[Entry]:
        """A restatement as each committee knows it whose frameworks hold the indicator."""
        committees = [name for name in self._memories if self._row(name, indicator.id, one.new.period)]
        for committee in committees or [""]:
            yield self._entry(one, indicator, committee)

    def _entry(self, one: Restatement, indicator: Indicator, committee: str) -> Entry:
        row = self._row(committee, indicator.id, one.new.period)
        shown = self._shown[committee].of(one.earlier) if committee else []
        return Entry(
            committee=committee,
            indicator=indicator.id,
            number=row.number if row else "",
            name=(row.title if row else "") or indicator.name,
            period=str(one.new.period),
            basis=one.new.basis.value,
            published=_as_published(one.old, indicator),
            shown_in=tuple(day.isoformat() for day in shown),
            source=_source(one.old),
            now=_as_published(one.new, indicator),
            known_on=one.new.known_on.isoformat(),
            known_on_assumed=one.new.assumed,
            reason=one.new.note,
            effect=self._effect(one, indicator, committee),
        )

    def _effect(self, one: Restatement, indicator: Indicator, committee: str) -> str:
        if one.new.basis is not indicator.basis:
            return f"not rated: stands beside the rated figure ({one.new.basis.words})"
        if not committee:
            return "not rated: no committee's framework holds it"
        return effect(self._memories[committee], one)

    def _row(self, committee: str, indicator: str, period: Period) -> Row | None:
        """The row of the period's framework; without one, that of the committee's newest framework that has one."""
        if committee not in self._memories:
            return None
        framework = self._memories[committee].framework(indicator, period) or self._newest(
            committee, indicator
        )
        return framework.row(indicator) if framework else None

    def _newest(self, committee: str, indicator: str) -> Framework | None:
        known = [dated.known(self.day) for dated in self.folder.frameworks.values()]
        held = [f for f in known if f and f.committee == committee and f.row(indicator)]
        return max(held, key=lambda framework: (framework.period.start, framework.known_on), default=None)


def _order(pair: tuple[Restatement, Indicator]) -> tuple[object, ...]:
    one, indicator = pair
    return one.new.known_on, indicator.id, one.new.period.start, one.new.basis.value


def _as_published(o: Observation, indicator: Indicator) -> str:
    assert o.value is not None
    return published(o.value, indicator.unit, indicator.decimals, trailing_zeros=indicator.trailing_zeros)


def _source(o: Observation) -> str:
    return f"{PROVENANCE[o.provenance]}: {o.source}" if o.source else PROVENANCE[o.provenance]


# As text, open data and JSON


def as_text(book: Ledger) -> str:
    """The ledger for a reader at the terminal."""
    count = len(book.entries)
    by = f" by {long_date(book.as_at)}" if book.as_at else ""
    if not count:
        return f"{book.name}: no figure was restated{by}."
    head = f"{book.name}: {count} {'restatement' if count == 1 else 'restatements'}{by}"
    several = len({entry.committee for entry in book.entries}) > 1
    return "\n\n".join([head, *(told(entry, several) for entry in book.entries)])


def told(entry: Entry, several: bool = False) -> str:
    """One entry in a few lines; with its committee where there are several."""
    title = f"{entry.number} {entry.name}, {Period.parse(entry.period).label}".lstrip()
    assumed = " (assumed)" if entry.known_on_assumed else ""
    lines = [
        f"{title} ({entry.committee or 'in no framework'})" if several else title,
        line("Published", f"{entry.published} ({where(entry)})"),
        line("Now", f"{entry.now}, known on {_day(entry.known_on)}{assumed}"),
        line("Reason", entry.reason or "not stated"),
        line("Rating", capitalised(entry.effect)),
    ]
    return "\n".join(lines)


def where(entry: Entry) -> str:
    """Where the old figure stood: the project's papers that showed it, or else its source."""
    return papers_words([dt.date.fromisoformat(day) for day in entry.shown_in]) or entry.source


def _day(text: str) -> str:
    return long_date(dt.date.fromisoformat(text))


def line(label: str, text: str) -> str:
    """A line of an entry: its label, and what it says."""
    return f"  {label + ':':<10} {text}"


COLUMNS = tuple(Entry.__dataclass_fields__)


def as_csv(book: Ledger) -> str:
    """One row for each entry, with the columns of `Entry`; several papers are joined by a space."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entry in book.entries:
        cells = asdict(entry) | {"shown_in": " ".join(entry.shown_in)}
        writer.writerow(cells | {"known_on_assumed": "yes" if entry.known_on_assumed else "no"})
    return buffer.getvalue()


def as_json(book: Ledger) -> str:
    """The ledger as a document with sorted keys."""
    said = {
        "council": book.council,
        "as_at": book.as_at.isoformat() if book.as_at else None,
        "restatements": [asdict(entry) for entry in book.entries],
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


FORMATS = {"text": as_text, "csv": as_csv, "json": as_json}
