"""The tables of rules: read here, run as tests beside this file, and printed on the methods page."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from scrutiny.data.definitions import Indicator
from scrutiny.data.frameworks import Row
from scrutiny.data.schemes import Scheme
from scrutiny.data.yamlfile import read_yaml, validate
from scrutiny.rating.rate import Rating, rate

HERE = Path(__file__).parent


def read(path: Path) -> Any:
    """A YAML file with every scalar as text, as the project reads its settings."""
    document, problems = read_yaml(path, path.name)
    assert document is not None and not problems, problems
    return document.content


def read_scheme(name: str) -> Scheme:
    document, problems = read_yaml(HERE / "schemes" / f"{name}.yml", name)
    assert document is not None and not problems, problems
    scheme, problems = validate(document, Scheme)
    assert scheme is not None, problems
    return scheme


def indicator(**fields: Any) -> Indicator:
    """An indicator with what a case says of it, and a name."""
    return Indicator.model_validate({"id": "example", "title": "Example", **fields})


@dataclass(frozen=True)
class Case:
    """One line of a table: a figure, and the rating that it must get."""

    table: str
    group: dict[str, Any]
    scheme: Scheme
    indicator: Indicator
    row: Row
    line: dict[str, str]

    @property
    def id(self) -> str:
        figure = " ".join(f"{key}={self.line[key]}" for key in ("value", "last_year") if key in self.line)
        return f"{self.table}: {self.group['says']}: {figure}"

    def rated(self) -> Rating:
        counts = {key: Decimal(self.line[key]) for key in ("numerator", "denominator") if key in self.line}
        last_year: Any = self.line.get("last_year", "unknown")
        return rate(
            Decimal(self.line["value"]),
            indicator=self.indicator,
            row=self.row,
            scheme=self.scheme,
            travel={"same_period_last_year": None if last_year == "unknown" else last_year},
            provisional="provisional" in self.line,
            **counts,
        )


def rules() -> list[dict[str, Any]]:
    """Every table of a published rule, in the order of the files."""
    return [{"file": path.name, **read(path)} for path in sorted((HERE / "rules").glob("*.yml"))]


def cases(table: dict[str, Any]) -> Iterator[Case]:
    scheme = read_scheme(table["scheme"])
    for group in table["groups"]:
        row = {key: group[key] for key in ("target", "tolerance", "widths") if key in group}
        yield from (
            Case(
                table["title"],
                group,
                scheme,
                indicator(**group["indicator"]),
                Row.model_validate({"indicator": "example", "number": "1", **row}),
                line,
            )
            for line in group["cases"]
        )


def simple(name: str) -> dict[str, Any]:
    """A table that is not about ratings: its title, rule, source, columns and rows."""
    return read(HERE / f"{name}.yml")
