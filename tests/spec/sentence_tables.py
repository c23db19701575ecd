"""The tables of sentence patterns: an invented series each, run as a test and printed on their own page."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from scrutiny.data.catalogue import Catalogue, CouncilFolder
from scrutiny.data.dated import Dated, State
from scrutiny.data.definitions import Change, Council, Indicator, People
from scrutiny.data.frameworks import Framework
from scrutiny.data.observations import Judgement, Observation
from scrutiny.data.schemes import Scheme
from scrutiny.data.settings import View
from scrutiny.data.store import Store
from scrutiny.periods import Kind, Period
from scrutiny.rating.table import RatedView, Rater, Reported
from scrutiny.writing.patterns import Patterns
from scrutiny.writing.patterns.counts import counted
from tests.spec import tables

HERE = Path(__file__).parent / "sentences"
DAY, LONG_AGO = dt.date(2030, 1, 1), dt.date(2000, 1, 1)
AREA = "X99000001"
COMPARATORS = [
    {"id": "england", "area": "X1", "name": "England", "called": "the national average"},
    {"id": "london", "area": "X2", "name": "London", "called": "the London average"},
    {"id": "region", "area": "X3", "name": "Example Region"},
]
FREQUENCIES = {Kind.FINANCIAL_YEAR: "year", Kind.SNAPSHOT: "year"}
SCHEME = Scheme.model_validate(
    {
        "id": "two",
        "title": "On target or off it",
        "bands": [
            {"word": "On", "symbol": "●", "style": "green", "when": {"shortfall_at_most": "0"}},
            {"word": "Off", "symbol": "■", "style": "red", "when": "otherwise", "exception": True},
        ],
    }
)


class Said(Patterns):
    """One indicator, of which nothing but the patterns can be said."""

    def __init__(self, r: Reported, view: RatedView) -> None:
        self._r, self._view = r, view


@dataclass(frozen=True)
class Case:
    """One line of a table: a series and what stands beside it, and the sentence that follows."""

    table: dict[str, Any]
    group: dict[str, Any]
    line: dict[str, Any]

    @property
    def id(self) -> str:
        beside = ", ".join(f"{k}={v}" for k, v in self.line.items() if k not in ("says", "because"))
        return f"{self.table['pattern']}: {self.group['says']}: {beside}"

    @property
    def all(self) -> dict[str, Any]:
        """What holds for the line: the table's own, its group's, and its own."""
        return {**self.table, **self.group, **self.line}

    def said(self) -> str:
        args = [arg.strip() for arg in self.all.get("args", "").split(",") if arg.strip()]
        plain = [_plain(arg) for arg in args if "=" not in arg]
        named = {key: _plain(value) for key, value in (arg.split("=") for arg in args if "=" in arg)}
        if self.table["pattern"] == "counted":
            of = int(self.line["of"]) if "of" in self.line else None
            verbs = tuple(self.line.get("verbs", self.table["verbs"]).split(", "))
            nouns = tuple(self.table["nouns"].split(", "))
            return counted(int(self.line["count"]), nouns, verbs, of=of)
        return getattr(Said(*invented(self.all)), self.table["pattern"])(*plain, **named)


def _plain(text: str) -> Any:
    """An argument as a template would write it."""
    return {"true": True, "false": False}.get(text, int(text) if text.isdigit() else text)


def sentences() -> list[dict[str, Any]]:
    """Every table of sentences, in the order of the files."""
    return [tables.read(path) for path in sorted(HERE.glob("*.yml"))]


def cases(table: dict[str, Any]) -> Iterator[Case]:
    for group in table["groups"]:
        yield from (Case(table, group, line) for line in group["cases"])


def periods(given: Mapping[str, Any], count: int) -> list[Period]:
    if "periods" in given:
        return [Period.parse(text.strip()) for text in given["periods"].split(",")]
    first = Period.parse(given["from"])
    return [first.step(i) for i in range(count)]


def invented(given: Mapping[str, Any]) -> tuple[Reported, RatedView]:
    """Rate an invented series by the library itself; what is reported is its last period."""
    texts = given.get("series", "-").split()
    when = periods(given, len(texts))
    described = {"frequency": FREQUENCIES.get(when[-1].kind, when[-1].kind.value), **given["indicator"]}
    own = tables.indicator(**described)
    indicators = {"example": _redefined(own, given), "other": Dated(own.model_copy(update={"id": "other"}))}
    if "other" in given:
        also = given.get("other_indicator", {})
        indicators["other"] = Dated(
            tables.indicator(**{**described, **also}).model_copy(update={"id": "other"})
        )
    store = Store(
        outturns=[
            *observed(own, AREA, when, texts, given),
            *observed(indicators["other"].base, AREA, when, given.get("other", "").split()),
        ],
        benchmarks=[
            o
            for comparator in COMPARATORS
            if comparator["id"] in given.get("benchmarks", {})
            for o in observed(own, comparator["area"], when[-1:], [given["benchmarks"][comparator["id"]]])
        ],
        judgements=[judgement(when[-1], aspect, text) for aspect, text in given.get("judged", {}).items()],
    )
    council = Council.model_validate(
        {
            **{"id": "x", "name": "Exampleshire", "short_name": "Exampleshire", "area": AREA},
            **{"comparators": COMPARATORS, "invented": True, "sentences": given.get("settings", {})},
        }
    )
    folder = CouncilFolder(Dated(council), Dated(People()), schemes={"two": Dated(SCHEME)})
    for year in {period.financial_year for period in when}:
        folder.frameworks[str(year)] = Dated(framework(year, given))
    rater = Rater(Catalogue(Path(), indicators), folder, store.as_at(DAY))
    asked = View(framework=str(when[-1].financial_year), period=when[-1])
    view = rater.view("current", asked)
    return view.rows[0], view


def _redefined(own: Indicator, given: Mapping[str, Any]) -> Dated[Indicator]:
    if "redefined" not in given:
        return Dated(own)
    change = Change(known_on=given["redefined"], reason="example", changes={"definition": "Another measure"})
    return Dated(own, (State(own.model_copy(update=change.changes), change),))


def observed(
    own: Indicator, area: str, when: list[Period], texts: list[str], given: Mapping[str, Any] | None = None
) -> Iterator[Observation]:
    """One row for each figure: ``-`` is missing, a ``p`` behind it provisional; with counts where they are given."""
    counts = {key: Decimal(text) for key in ("numerator", "denominator") if (text := (given or {}).get(key))}
    for period, text in zip(when, texts, strict=False):
        if text != "-":
            status = "provisional" if text.endswith("p") else "final"
            value = Decimal(text.removesuffix("p"))
            yield Observation(own.id, area, period, own.basis, value, LONG_AGO, status=status, **counts)


def judgement(period: Period, aspect: str, text: str) -> Judgement:
    """A published judgement, written as its word, or as its word and the council's own words."""
    word, _, words = text.partition(": ")
    return Judgement("example", AREA, period, aspect, word, words or word, LONG_AGO)


def framework(year: Period, given: Mapping[str, Any]) -> Framework:
    """The framework of a year, with that year's target where the line gives one."""
    target = given.get("targets", {}).get(str(year), given.get("target", {"none": "not_set"}))
    row = {"indicator": "example", "number": "1", "target": target}
    row |= {key: given[key] for key in ("year_end", "forecast") if key in given}
    rows = [row]
    if "other" in given:
        rows[0]["with"] = "other"
        rows.append({"indicator": "other", "number": "2", "target": target})
    return Framework.model_validate(
        {
            **{
                "id": str(year).lower(),
                "committee": "c",
                "title": "Framework",
                "period": str(year),
                "scheme": "two",
            },
            **{"known_on": year.start, "rows": rows},
        }
    )
