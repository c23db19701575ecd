"""Read the recipe: what each measure is, what is agreed for it, and how its figures run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Goal:
    """Target and widths of one measure in one framework year.

    Parameters
    ----------
    target
        ``at_least 90``, ``at_least 95 at_most 100``, ``close_to 16``, ``forecast 71``,
        ``none removed``.
    tolerance, stretch
        Widths; `stretch` is for the scheme with four states.
    why
        Why there is no target, or why it was revised.
    later
        A target revised within the year: ``known_on``, ``target``, ``tolerance``, ``reason``.
    """

    target: str
    tolerance: str = ""
    stretch: str = ""
    why: str = ""
    called: str = ""
    title: str = ""
    later: dict[str, str] | None = None


@dataclass(frozen=True)
class Series:
    """How the figures of a measure run.

    Parameters
    ----------
    path
        Level by period; in between it runs straight, and after the last one it stays.
    spread
        Standard deviation round the level, in the unit of the measure.
    base
        Usual denominator of one period, and how far it strays; None: there are no counts.
    season
        Added to the level in a calendar month, or in a quarter of the financial year.
    fixed
        Figures given exactly: ``117/130`` or ``16``.
    symbols
        A symbol that stands instead of a figure, and its note.
    published
        A rating that was given without its figure.
    gaps
        Periods without a row.
    corrections
        Figures known again later, with cases (or units) that were missing at first.
    lag, late
        Days after the end of the period (and the arrears) until a figure is known, and the days
        of those that came later still.
    provisional
        Days until a provisional figure is made final; 0: figures are final at once.
    step
        Figures are rounded to this, where the decimals do not say it.
    """

    path: dict[str, str]
    lag: int
    spread: str = "0"
    base: tuple[int, int] | None = None
    season: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    symbols: dict[str, tuple[str, str]] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    corrections: tuple[dict[str, str], ...] = ()
    late: dict[str, str] = field(default_factory=dict)
    provisional: int = 0
    step: str = "1"


@dataclass(frozen=True)
class Measure:
    """One indicator of the recipe; `definition` holds the keys that its own file repeats."""

    id: str
    shows: str
    group: int
    definition: dict[str, Any]
    goals: dict[str, Goal]
    series: Series
    benchmarks: tuple[str, ...] = ()
    benchmarks_by: str = "year"
    retired: dict[str, str] | None = None
    versions: tuple[dict[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """The id of the indicator."""
        return f"example-{self.id}"

    def __getattr__(self, key: str) -> Any:
        """Keys of the definition: unit, basis, frequency, decimals."""
        try:
            return self.__dict__["definition"][key]
        except KeyError:
            raise AttributeError(key) from None


@dataclass(frozen=True)
class Recipe:
    """The whole recipe."""

    groups: tuple[str, ...]
    unable: tuple[dict[str, str], ...]
    measures: tuple[Measure, ...]


_OWN = (
    "id",
    "shows",
    "group",
    "goals",
    "series",
    "benchmarks",
    "benchmarks_by",
    "retired",
    "versions",
)


def read(path: Path) -> Recipe:
    """Read a recipe."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    measures = tuple(_measure(item) for item in content["measure"])
    return Recipe(tuple(content["groups"]), tuple(content["unable"]), measures)


def _measure(item: dict[str, Any]) -> Measure:
    own = {key: item[key] for key in _OWN if key in item}
    own["goals"] = {year: Goal(**goal) for year, goal in item["goals"].items()}
    own["series"] = Series(**item["series"])
    return Measure(**own, definition={key: v for key, v in item.items() if key not in _OWN})
