"""Every published rule: on, just under and just over every edge, with its explanation in words."""

import pytest

from scrutiny.data.soundness import check_row
from tests.spec import tables

TABLES = tables.rules()
CASES = [case for table in TABLES for case in tables.cases(table)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_figure_gets_the_rating_of_the_published_rule(case: tables.Case) -> None:
    rating = case.rated()
    assert rating.word == case.line["rating"]
    assert rating.reason == case.line["why"]
    assert (rating.differs_when_exact or rating.differs_when_published) == case.line.get("differs")
    if "reason" in case.line:
        assert rating.not_rated == case.line["reason"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_rule_and_row_of_the_tables_is_sound(case: tables.Case) -> None:
    assert check_row(case.indicator, case.row, case.scheme) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["title"])
def test_every_rule_says_its_source(table: dict[str, str]) -> None:
    assert table["rule"] and table["source"]


def test_every_scheme_is_used_by_a_table() -> None:
    named = {table["scheme"] for table in TABLES}
    assert named == {path.stem for path in (tables.HERE / "schemes").glob("*.yml")}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["title"])
def test_every_word_of_a_scheme_occurs_in_its_table(table: dict[str, str]) -> None:
    words = {case.line["rating"] for case in tables.cases(table)}
    assert {band.word for band in tables.read_scheme(table["scheme"]).bands} <= words
