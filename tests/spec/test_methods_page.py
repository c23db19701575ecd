"""The methods page is made from the tables, and current."""

from docs.make_methods import PAGE, page
from tests.spec import tables


def test_the_methods_page_is_current() -> None:
    made = page()
    assert PAGE.read_text(encoding="utf-8") == made, "run: python docs/make_methods.py"


def test_every_case_and_source_of_a_rule_stands_on_the_page() -> None:
    made = page()
    for table in tables.rules():
        assert table["source"] in made
        for case in tables.cases(table):
            assert case.line["why"] in made
