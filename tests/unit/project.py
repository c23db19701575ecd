"""A small invented project in files, with as many indicators, frameworks and papers as a test needs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from scrutiny.data.observations import (
    BENCHMARK_COLUMNS,
    JUDGEMENT_COLUMNS,
    OUTTURN_COLUMNS,
    UNABLE_COLUMNS,
)
from scrutiny.paper.build import Inputs, Paper

AREA, NATION = "X99000001", "X92000001"
COUNCIL = "exampleton"
BANDS = [
    {"word": "Green", "symbol": "●", "style": "green", "when": {"shortfall_at_most": 0}},
    {
        "word": "Amber",
        "symbol": "◆",
        "style": "amber",
        "when": {"shortfall_at_most": "tolerance"},
        "exception": True,
    },
    {"word": "Red", "symbol": "■", "style": "red", "when": "otherwise", "exception": True},
]


class Project:
    """Writes the files of an invented council into a folder, and opens its papers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "data" / "councils" / COUNCIL
        (root / "notebooks").mkdir(parents=True)
        (root / "notebooks" / "committee-paper.ipynb").write_text("", encoding="utf-8")
        self.council()
        self.people()
        self.scheme()
        self.outturns([])

    def write(self, place: str, content: Any) -> None:
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        apart = json.loads(json.dumps(content))  # nothing is written as an alias of something else
        path.write_text(yaml.safe_dump(apart, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def council(self, **more: Any) -> None:
        comparators = [
            {"id": "nation", "area": NATION, "name": "Exampleland", "called": "the national figure"}
        ]
        own = {"id": COUNCIL, "name": "Exampleton (invented)", "short_name": "Exampleton", "area": AREA}
        self.write(
            f"data/councils/{COUNCIL}/council.yml",
            {**own, "invented": True, "comparators": comparators, **more},
        )

    def people(self) -> None:
        body = {"id": "committee", "name": "The Committee"}
        self.write(f"data/councils/{COUNCIL}/people.yml", {"bodies": [body], "posts": []})

    def scheme(self, name: str = "three", bands: Sequence[Mapping[str, Any]] = BANDS) -> None:
        scheme = {"id": name, "title": "Invented", "bands": list(bands)}
        self.write(f"data/councils/{COUNCIL}/schemes/{name}.yml", scheme)

    def indicator(self, name: str, **more: Any) -> None:
        given = {"id": name, "title": f"Title of {name}", "unit": "percent", "polarity": "high_is_good"}
        self.write(f"data/indicators/{name}.yml", {**given, "frequency": "month", **more})

    def framework(self, name: str, period: str, rows: list[dict[str, Any]], **more: Any) -> None:
        given = {"id": name, "committee": "committee", "title": name, "period": period, "scheme": "three"}
        given |= {"known_on": "2020-04-01", "rows": rows}
        self.write(f"data/councils/{COUNCIL}/frameworks/{name}.yml", {**given, **more})

    def committee(self, sections: list[dict[str, Any]] | None = None, **more: Any) -> None:
        told = sections or [{"id": "all", "title": "All", "blocks": [{"text": "Nothing to say."}]}]
        self.write(
            f"data/councils/{COUNCIL}/committees/committee.yml",
            {"id": "committee", "body": "committee", "sections": told, **more},
        )

    def _csv(self, name: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)

    def outturns(self, rows: Iterable[Mapping[str, str]]) -> None:
        given = {"area": AREA, "basis": "period", "provenance": "invented"}
        self._csv("outturns.csv", OUTTURN_COLUMNS, ({**given, **row} for row in rows))

    def benchmarks(self, rows: Iterable[Mapping[str, str]]) -> None:
        given = {"area": NATION, "basis": "period", "provenance": "invented", "known_on": "2020-01-01"}
        self._csv("benchmarks.csv", BENCHMARK_COLUMNS, ({**given, **row} for row in rows))

    def unable(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._csv("unable-to-report.csv", UNABLE_COLUMNS, rows)

    def judgements(self, rows: Iterable[Mapping[str, str]]) -> None:
        given = {"area": AREA, "provenance": "invented", "words": "as the paper says"}
        self._csv("judgements.csv", JUDGEMENT_COLUMNS, ({**given, **row} for row in rows))

    def paper(self, date: str, framework: str, period: str, **more: Any) -> None:
        views = {"current": {"framework": framework, "period": period}}
        given = {"committee": "committee", "meeting_date": date[:10], "title": f"Performance {period}"}
        content = {**given, "reporting_period": period, "views": views, **more}
        self.write(f"reports/{COUNCIL}/{date}/paper.yml", content)

    def commentary(self, date: str, text: str) -> None:
        (self.root / "reports" / COUNCIL / date / "commentary.md").write_text(text, encoding="utf-8")

    def open(self, date: str) -> Paper:
        return Paper(Inputs(self.root, COUNCIL, date), pictures=False)


def months(indicator: str, **values: str) -> list[dict[str, str]]:
    """Outturns by month, such as ``m08="82"`` for August 2025, each known on the 12th of the month after."""
    found = []
    for key, value in values.items():
        month = int(key[1:])
        row = {"indicator": indicator, "period": f"2025-{month:02d}", "value": value}
        found.append({**row, "known_on": f"2025-{month + 1:02d}-12"})
    return found


def fill(paper: Paper, template: str, **more: Any) -> str:
    """A template filled with a paper's facts."""
    return paper._writer.fill(template, "the test", **more)
