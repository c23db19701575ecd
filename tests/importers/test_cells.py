"""Cells and labels: figures, symbols, periods and days as official files write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import get_args

import pytest

from scrutiny.data.importers.cells import SYMBOLS, Cell, read_cell
from scrutiny.data.importers.cover import COVER
from scrutiny.data.importers.labels import (
    PeriodMeaning,
    day_of,
    end_of_month_after,
    period_of,
    without_remark,
)
from scrutiny.data.importers.lait import LAIT
from scrutiny.data.importers.mapping import SymbolName
from scrutiny.data.observations import SYMBOLS as OURS
from scrutiny.periods import Period


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("85.4", "85.4"),
        ("0", "0"),
        ("-0.7", "-0.7"),
        (" 27.211", "27.211"),
        ("1,204", "1204"),
        ("85.700000000000", "85.7"),
        ("85.700000", "85.700000"),  # six decimals are figures, not padding
        ("9.3699999999999992", "9.37"),
        ("19.600000000000001", "19.6"),
        ("7.0000000000000007E-2", "0.07"),
        ("1.941E-2", "0.01941"),
        ("79.47019867549669", "79.47019867549669"),  # a share that was never rounded stays as it is
        ("56.00000000000001", "56.00000000000001"),
        ("8025075", "8025075"),
    ],
)
def test_a_figure_is_read_without_noise_and_otherwise_as_published(text: str, value: str) -> None:
    cell = read_cell(text, SYMBOLS)
    assert cell.value is not None
    assert f"{cell.value:f}" == value


@pytest.mark.parametrize(
    ("text", "symbol", "published"),
    [
        ("c", "c", ""),
        ("k", "k", ""),
        ("low", "low", ""),
        ("u", "u", ""),
        ("x", "x", ""),
        ("z", "z", ""),
        ("NULL", "x", "NULL"),
        (".", "z", "."),
        (":", "x", ":"),
        ("", "x", "a blank"),
        (" ", "x", "a blank"),
    ],
)
def test_a_symbol_is_kept_and_one_of_older_files_says_how_it_was_published(
    text: str, symbol: str, published: str
) -> None:
    assert read_cell(text, SYMBOLS) == Cell(None, symbol, published)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("*", "x"),
        ("**", "x"),
        ("***", "x"),
        ("N.A.", "x"),
        ("[x]", "x"),
        ("[note 1]", "x"),
        ("[note 3]", "x"),
        ("-", "x"),
        ("", "x"),
        ("[c]", "c"),
        ("70% to 100%", "c"),
        ("[z]", "z"),
    ],
)
def test_each_sign_of_cover_is_a_symbol(text: str, symbol: str) -> None:
    assert read_cell(text, COVER.symbols).symbol == symbol


def test_a_hyphen_is_a_symbol_of_lait_and_unknown_in_explore_education_statistics() -> None:
    assert read_cell("-", LAIT.symbols) == Cell(None, "x", "-")
    with pytest.raises(ValueError, match="'-' is not a figure"):
        read_cell("-", SYMBOLS)


@pytest.mark.parametrize("text", ["85%", "1.2.3", "n/a", "C", "1,20", "£5", "1e999", "٣"])
def test_anything_else_is_neither_figure_nor_symbol(text: str) -> None:
    with pytest.raises(ValueError):
        read_cell(text, SYMBOLS)


def test_every_symbol_becomes_one_of_the_projects_own() -> None:
    for symbols in (SYMBOLS, COVER.symbols, LAIT.symbols):
        assert set(symbols.values()) <= set(OURS)
    assert set(get_args(SymbolName)) == set(OURS)


@pytest.mark.parametrize(
    ("label", "meaning", "period"),
    [
        ("2018", "financial_year", "FY2017-18"),
        ("201718", "financial_year", "FY2017-18"),
        ("2017/18", "financial_year", "FY2017-18"),
        ("2017-18", "academic_year", "AY2017-18"),
        ("2017/2018", "academic_year", "AY2017-18"),
        ("201718", "academic_year", "AY2017-18"),
        ("2018", "academic_year", "AY2017-18"),
        ("199900", "academic_year", "AY1999-00"),
        ("2018", "calendar_year", "CY2018"),
        ("2018", "on 31 March", "2018-03-31"),
        ("201718", "on 31 March", "2018-03-31"),
        ("2018", "on 30 September", "2018-09-30"),
        ("2018-19 Q1", "quarter", "FY2018-19-Q1"),
        ("201819 Financial year Q1", "quarter", "FY2018-19-Q1"),
        ("2018 May", "month", "2018-05"),
        ("27/10/2023", "day", "2023-10-27"),
        ("27/10/23", "day", "2023-10-27"),
        ("As at 31 January 2024", "day", "2024-01-31"),
        ("FY2018-19-Q1", "as_written", "FY2018-19-Q1"),
        ("anything", "FY2018-19", "FY2018-19"),
    ],
)
def test_a_label_means_what_the_mapping_says(label: str, meaning: str, period: str) -> None:
    assert str(period_of(label, PeriodMeaning.parse(meaning))) == period


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("0", "financial_year"),
        ("201719", "financial_year"),
        ("2017/19", "academic_year"),
        ("201718", "calendar_year"),
        ("2018", "quarter"),
        ("2018 Q1", "quarter"),
        ("2018-19 Q5", "quarter"),
        ("31/02/2018", "day"),
        ("2018 Maytime", "month"),
        ("9999", "financial_year"),
        ("", "financial_year"),
    ],
)
def test_a_label_that_names_no_such_period_is_refused(label: str, meaning: str) -> None:
    with pytest.raises(ValueError):
        period_of(label, PeriodMeaning.parse(meaning))


@pytest.mark.parametrize("text", ["yearly", "on 31 Marc", "on 31 April", "on 29 February", "FY2018"])
def test_a_meaning_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PeriodMeaning.parse(text)


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("2025 (prov)", ("2025", "prov")),
        ("2018 (Rev)", ("2018", "Rev")),
        ("2016-17 (OT)", ("2016-17", "OT")),
        ("2018", ("2018", "")),
        ("2018 (what)", ("2018 (what)", "")),
    ],
)
def test_a_remark_in_brackets_is_taken_off_a_label(label: str, parts: tuple[str, str]) -> None:
    assert without_remark(label) == parts


@pytest.mark.parametrize(
    ("period", "months", "day"),
    [
        ("FY2017-18", 8, "2018-11-30"),
        ("2018-03-31", 8, "2018-11-30"),
        ("AY2017-18", -1, "2018-07-31"),
        ("AY2016-17", 11, "2018-07-31"),
        ("FY2018-19-Q1", 3, "2018-09-30"),
        ("2018-09-30", 5, "2019-02-28"),
        ("2019-08-31", 6, "2020-02-29"),
        ("CY2017", 14, "2019-02-28"),
        ("CY2017", 0, "2017-12-31"),
    ],
)
def test_an_assumed_day_is_the_last_of_a_month(period: str, months: int, day: str) -> None:
    assert end_of_month_after(Period.parse(period), months) == dt.date.fromisoformat(day)


def test_a_day_in_two_digits_is_of_this_century() -> None:
    assert day_of("05/08/25") == dt.date(2025, 8, 5)


def test_figures_never_pass_through_a_float_unless_they_were_printed_from_one() -> None:
    assert read_cell("0.1", SYMBOLS).value == Decimal("0.1")
    assert read_cell("123456789012345.6", SYMBOLS).value == Decimal("123456789012345.6")
