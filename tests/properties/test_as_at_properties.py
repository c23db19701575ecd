"""A paper as at a day says what was known by then: whatever becomes known later changes nothing in it."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrutiny.data.observations import (
    BENCHMARK_COLUMNS,
    JUDGEMENT_COLUMNS,
    OUTTURN_COLUMNS,
    UNABLE_COLUMNS,
)
from scrutiny.errors import ProblemError
from scrutiny.paper.build import Inputs
from scrutiny.paper.proofreading import Proofreader, filled
from tests.unit.project import AREA, BANDS, COUNCIL, NATION, Project, months

DAY = dt.date(2025, 10, 15)
DATE = DAY.isoformat()
NAMES = ("a", "b", "c")
OWN = f"data/councils/{COUNCIL}"
TOLD = (
    "{{ i.citation }} {{ i.name }}, the actual: {{ i.value }}, {{ i.misses }} since {{ i.off_target_since }}, "
    "{{ i.moved() }}, {{ i.against('nation', 'target') }}, {{ i.standing() }}"
)
RESTATED = "{% for one in current.restated %}{{ one.old }} to {{ one.new }}: {{ one.reason }}. {% endfor %}"
SECTIONS: list[dict[str, Any]] = [
    {
        "id": "summary",
        "title": "Summary for {{ committee.name }}",
        "blocks": [
            {"text": "{{ council.name }}, {{ post('director') }}: {{ current.clauses('present') }}."},
            {"text": "Of {{ current.total_before }}, {{ current.retired | length }} are no longer reported."},
            {"tally": "current"},
            {"ratings": {"caption": "Ratings"}, "id": "ratings"},
            {"narrative": {"group": "off", "item": TOLD}},
            {"narrative": {"group": "unable", "item": "{{ i.name }}: {{ i.unable.reason }}"}},
            {"text": RESTATED},
        ],
    },
    {
        "id": "more",
        "appendix": True,
        "blocks": [
            {"indicators": {"caption": "All"}},
            {"exceptions": {}},
            {"key": "current"},
            {"context": {"caption": "Context"}},
            {"reconciliation": {"caption": "Both years"}},
            {"sources": "current"},
            {"indicators": {"of": "last", "caption": "The year before"}},
            {"indicators": {"of": "year", "caption": "The year"}},
            {"exceptions": {"of": "year", "as": "paragraphs"}},
        ],
    },
]
SAID = [{**band, "say": {"present": {"one": "is so", "many": "are so"}}} for band in BANDS]


def laid_out(root: Path) -> Project:
    """A council with two years' frameworks and two papers, whose second uses whatever a paper can."""
    made = Project(root)
    made.council(measure=["measure", "measures"])
    body, post = {"id": "committee", "name": "The Committee"}, {"id": "director", "title": "Director"}
    holders = [{"name": "Alex Example", "known_on": "2024-04-01"}]
    made.write(f"{OWN}/people.yml", {"bodies": [body], "posts": [{**post, "holders": holders}]})
    made.scheme(bands=SAID)
    made.indicator("a", definition="Reviews on time")
    made.indicator("b", polarity="low_is_good", decimals=1)
    made.indicator("e")
    made.indicator("c", frequency="year", basis="year_to_date")
    rows = [{"indicator": "a", "number": "1", "target": {"at_least": 90}, "tolerance": "5 points"}]
    rows += [{"indicator": "b", "number": "2", "target": {"at_most": 20}, "tolerance": "10%"}]
    rows += [{"indicator": "e", "number": "3", "target": {"none": "not_set"}}]
    made.framework("before", "FY2024-25", rows, known_on="2025-04-05")
    yearly = {"indicator": "c", "number": "3", "target": {"none": "not_set"}}
    rows = [{**rows[0], "number": "9"}, yearly, rows[1]]
    made.framework("now", "FY2025-26", rows, known_on="2025-04-01")
    earlier = [("2025-01", "70"), ("2025-02", "71"), ("2025-03", "72")]
    outturns = [
        {"indicator": "a", "period": period, "value": value, "known_on": "2025-04-10", "source": "record"}
        for period, value in earlier
    ]
    outturns.append({"indicator": "b", "period": "2025-03", "value": "30.4", "known_on": "2025-04-10"})
    outturns += months("a", m04="73", m05="80", m06="79", m07="81", m08="82", m09="84")
    outturns.append(
        {"indicator": "a", "period": "2025-08", "value": "83", "known_on": "2025-10-01", "note": "late"}
    )
    year = {"indicator": "c", "basis": "year_to_date", "known_on": "2025-10-01"}
    outturns += [
        {**year, "period": "FY2024-25", "value": "40"},
        {**year, "period": "FY2025-26", "value": "42"},
    ]
    made.outturns(outturns)
    compared = {"indicator": "a", "known_on": "2025-06-01"}
    made.benchmarks(
        [
            {**compared, "period": "2025-03", "value": "88"},
            {**compared, "area": AREA, "period": "FY2023-24", "value": "77"},
        ]
    )
    made.unable([{"indicator": "b", "period": "2025-09", "reason": "no system", "known_on": "2025-10-01"}])
    made.judgements(
        [
            {"indicator": "a", "period": "2025-09", "aspect": "level", "judgement": "challenge"}
            | {"known_on": "2025-10-12"}
        ]
    )
    off = {"id": "off", "rule": {"any": [{"misses_at_least": 1}, {"restated": True}]}}
    front = [{"label": "Contact officer", "value": "Sam Sample, Consultant"}]
    made.committee(SECTIONS, front_sheet=front, narrative=[off, {"id": "unable", "rule": {"unable": True}}])
    made.paper("2025-09-15", "now", "2025-08", views=views("2025-08"))
    made.paper(DATE, "now", "2025-09", views=views("2025-09"))
    made.commentary("2025-09-15", "## a\n\nAll will be well.\n")
    made.write("data/glossary.yml", {"terms": [{"term": "outturn", "variants": ["actual"]}]})
    return made


def views(period: str) -> dict[str, Any]:
    year = {"framework": "now", "period": "FY2025-26"}
    last = {"framework": "before", "period": "2025-03"}
    return {"current": {"framework": "now", "period": period}, "last": last, "year": year}


def said(root: Path) -> tuple[str, list[tuple[str, str, str]]]:
    """The paper as at the day: its model, and what its checks find."""
    inputs = Inputs(root, COUNCIL, DATE)
    model = filled(inputs)
    found = [*inputs.problems, *Proofreader(inputs).read(model)]
    return model.canonical(), sorted({(p.check, p.severity, p.found) for p in found})


# What may become known later


class Later:
    """Writes one more thing into the project, known on a day after the paper's."""

    def __init__(self, root: Path, known_on: str) -> None:
        self.root, self.known_on = root, known_on

    def row(self, name: str, columns: Sequence[str], **cells: str) -> None:
        cells |= {"known_on": self.known_on}
        with (self.root / name).open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, columns, restval="").writerow(cells)

    def edit(self, name: str, change: Callable[[dict[str, Any]], None]) -> None:
        path = self.root / name
        content = yaml.safe_load(path.read_text("utf-8"))
        change(content)
        path.write_text(yaml.safe_dump(plain(content), allow_unicode=True, sort_keys=False), "utf-8")

    def version(self, file: str, /, **changes: Any) -> None:
        one = {"known_on": self.known_on, "reason": "it changed", "changes": changes}
        self.edit(file, lambda content: content.setdefault("versions", []).append(one))

    def new(self, name: str, content: dict[str, Any]) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(plain(content), allow_unicode=True), "utf-8")


def plain(content: Any) -> Any:
    """Dates as text, and nothing as an alias of something else."""
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items()}
    if isinstance(content, list):
        return [plain(value) for value in content]
    return content.isoformat() if isinstance(content, dt.date) else content


figures = st.integers(0, 100).map(str)
periods = st.sampled_from(["2025-01", "2025-03", "2025-08", "2025-09", "2025-10", "FY2024-25", "FY2025-26"])
names = st.sampled_from(NAMES)
Addition = Callable[[Later], None]


def outturn(name: str, period: str, value: str, rating: str) -> Addition:
    basis = "year_to_date" if name == "c" else "period"
    cells = {"indicator": name, "period": period, "value": value, "basis": basis, "rating_published": rating}
    return lambda later: later.row(
        f"{OWN}/outturns.csv", OUTTURN_COLUMNS, area=AREA, provenance="invented", note="found out", **cells
    )


def benchmark(name: str, period: str, value: str, area: str) -> Addition:
    basis = "year_to_date" if name == "c" else "period"
    cells = {"indicator": name, "period": period, "value": value, "basis": basis, "area": area}
    return lambda later: later.row(f"{OWN}/benchmarks.csv", BENCHMARK_COLUMNS, provenance="invented", **cells)


def unable(name: str, period: str) -> Addition:
    cells = {"indicator": name, "period": period, "reason": "another reason"}
    return lambda later: later.row(f"{OWN}/unable-to-report.csv", UNABLE_COLUMNS, **cells)


def judgement(name: str, period: str, aspect: str) -> Addition:
    word = {"level": "strong", "direction": "improving", "nation": "above", "far": "below"}[aspect]
    cells = {"indicator": name, "period": period, "aspect": aspect, "judgement": word, "words": "so it is"}

    def add(later: Later) -> None:
        if aspect == "far":  # a comparator that the council has only from then on
            far = {"id": "far", "area": "X93000001", "name": "Farland"}
            nation = {"id": "nation", "area": NATION, "name": "Exampleland"}
            later.version(f"{OWN}/council.yml", comparators=[nation, far])
        later.row(f"{OWN}/judgements.csv", JUDGEMENT_COLUMNS, area=AREA, provenance="invented", **cells)

    return add


def version(file: str, /, **changes: Any) -> Addition:
    return lambda later: later.version(file, **changes)


def target_version(framework: str, edge: int) -> Addition:
    def change(later: Later) -> None:
        one = {"known_on": later.known_on, "reason": "revised", "target": {"at_least": edge}}
        later.edit(
            f"{OWN}/frameworks/{framework}.yml",
            lambda content: content["rows"][0].setdefault("versions", []).append(one),
        )

    return change


def holder(later: Later) -> None:
    one = {"name": "Sam Sample", "known_on": later.known_on}
    later.edit(f"{OWN}/people.yml", lambda content: content["posts"][0]["holders"].append(one))


def framework(year: str, edge: int) -> Addition:
    """A framework of the same committee for a year that there is, was or will be, by a scheme and with an indicator
    of its own."""

    def add(later: Later) -> None:
        since = {"known_on": later.known_on}
        later.new("data/indicators/d.yml", {**INDICATOR, "id": "d", **since})
        later.new(f"{OWN}/schemes/other.yml", {"id": "other", "title": "Other", "bands": SAID[::2], **since})
        rows = [{"indicator": name, "number": f"{name}1", "target": {"at_least": edge}} for name in "ad"]
        given = {"id": "new", "committee": "committee", "title": "New", "period": year, "scheme": "other"}
        later.new(f"{OWN}/frameworks/new.yml", {**given, **since, "rows": rows})

    return add


INDICATOR = {"title": "D", "unit": "percent", "polarity": "high_is_good", "frequency": "month"}


def new_word(later: Later) -> None:
    """A scheme with other words, and a figure that the council rated with one of them."""
    later.version(f"{OWN}/schemes/three.yml", bands=BAND_WORDS)
    outturn("a", "2025-09", "91", "Met")(later)


def later_paper(later: Later) -> None:
    content = yaml.safe_load((later.root / f"reports/{COUNCIL}/{DATE}/paper.yml").read_text("utf-8"))
    later.new(f"reports/{COUNCIL}/{later.known_on}/paper.yml", content | {"meeting_date": later.known_on})


BAND_WORDS = [
    {**band, "word": word, "symbol": symbol}
    for band, word, symbol in zip(SAID, ("Met", "Near", "Off"), "123", strict=True)
]
ROWS = [
    {"indicator": name, "number": f"{i}{i}", "target": {"none": "removed"}} for i, name in enumerate("ba")
]
FIXED: list[Addition] = [
    version("data/indicators/a.yml", title="Another", decimals=3, definition="Something else"),
    version("data/indicators/e.yml", title="Title of another"),
    version("data/indicators/b.yml", polarity="high_is_good", arrears=1, of_people=True),
    version("data/indicators/c.yml", definition="Something else", numerator="other children"),
    version(f"{OWN}/council.yml", name="Exampleton City", measure=["index", "indices"], words_up_to=0),
    version(f"{OWN}/council.yml", severities={"term-variant": "note"}),
    version(f"{OWN}/council.yml", sentences={"run": 2, "extreme": 1}, citation={"one": "#", "many": "##"}),
    version(f"{OWN}/people.yml", bodies=[{"id": "other", "name": "The Board"}], posts=[]),
    version(f"{OWN}/schemes/three.yml", bands=BAND_WORDS, not_rated={"word": "None"}),
    version(f"{OWN}/frameworks/now.yml", rows=ROWS, title="Other"),
    version(f"{OWN}/frameworks/before.yml", rows=ROWS[1:], scheme="three"),
    version(
        f"{OWN}/committees/committee.yml",
        called="the Board",
        numbering="none",
        sections=[{"id": "all", "blocks": [{"text": "Nothing."}]}],
        narrative=[],
    ),
    version("data/glossary.yml", terms=[{"term": "percentage", "variants": ["measure", "measures", "so"]}]),
    version(
        "data/glossary.yml", phrases={"placeholders": ["late"], "challenge": ["so"], "improved": ["late"]}
    ),
    target_version("now", 50),
    target_version("before", 50),
    holder,
    new_word,
    later_paper,
    framework("FY2024-25", 10),
    outturn("a", "2025-09", "95", "Green"),
    outturn("a", "2025-02", "95", ""),
    outturn("b", "2025-09", "10", ""),
    outturn("c", "FY2024-25", "10", ""),
    benchmark("a", "2025-09", "10", NATION),
    benchmark("a", "FY2024-25", "10", AREA),
    unable("b", "2025-09"),
    judgement("a", "2025-09", "level"),
    judgement("a", "2025-09", "far"),
]
"""Additions of every kind."""
QUIET = [framework("FY2023-24", 10), framework("FY2025-26", 10), unable("a", "2025-09")]
"""What no paper of the project would show, whenever it was known."""
additions = st.one_of(
    st.sampled_from(FIXED),
    st.builds(outturn, names, periods, figures, st.sampled_from(["", "Green", "Red"])),
    st.builds(benchmark, names, periods, figures, st.sampled_from([NATION, AREA])),
    st.builds(unable, names, periods),
    st.builds(judgement, names, periods, st.sampled_from(["level", "direction", "nation", "far"])),
    st.builds(framework, st.sampled_from(["FY2023-24", "FY2024-25", "FY2025-26"]), st.integers(10, 90)),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return laid_out(tmp_path_factory.mktemp("as-at") / "project")


@contextmanager
def copied(base: Project) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(base.root, root)
        yield root


@pytest.mark.parametrize("place", range(len(FIXED) + len(QUIET)))
def test_nothing_that_becomes_known_a_day_later_changes_a_paper(base: Project, place: int) -> None:
    before = said(base.root)
    with copied(base) as root:
        (FIXED + QUIET)[place](Later(root, (DAY + dt.timedelta(days=1)).isoformat()))
        assert said(root) == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(additions, min_size=2, max_size=4), after=st.integers(1, 400))
def test_whatever_becomes_known_later_changes_nothing(
    base: Project, found: list[Addition], after: int
) -> None:
    before = said(base.root)
    with copied(base) as root:
        for i, add in enumerate(found):
            add(Later(root, (DAY + dt.timedelta(days=after + i)).isoformat()))
        assert said(root) == before


@pytest.mark.parametrize("place", range(len(FIXED)))
def test_the_same_known_a_day_before_changes_the_paper_or_stops_it(base: Project, place: int) -> None:
    """So that the tests around this one could fail."""
    before = said(base.root)
    with copied(base) as root:
        FIXED[place](Later(root, (DAY - dt.timedelta(days=1)).isoformat()))
        try:
            assert said(root) != before
        except ProblemError as error:
            assert error.problems
