"""Checks across files that warn: they are listed and stop nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scrutiny.data import catalogue as catalogues
from scrutiny.data import checks
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.definitions import Basis

ROOT = Path(__file__).resolve().parents[2]


def test_an_outturn_on_another_basis_than_its_indicators_is_a_warning() -> None:
    catalogue = catalogues.load(ROOT, "bromley")
    folder = catalogue.folder("bromley")
    store = stores.load(
        ROOT, "bromley", set(catalogue.indicators), folder.council.base.area, Wanted.of(folder)
    )
    assert checks.council(catalogue, folder, store) == []
    store.outturns = [replace(row, basis=Basis.YEAR_TO_DATE) for row in store.outturns]
    (problem,) = checks.council(catalogue, folder, store)
    assert (problem.check, problem.severity) == ("another-basis", "warning")
    assert problem.where == "data/councils/bromley/outturns.csv, line 2, basis"
