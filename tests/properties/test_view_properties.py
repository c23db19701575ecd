"""What a rated view must not depend on: the order of rows, of files and of earlier views."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import pytest

from scrutiny.data import catalogue as catalogues
from scrutiny.data import store as stores
from scrutiny.data.benchmarks import Wanted
from scrutiny.paper import record
from scrutiny.rating.frames import rated_frame
from scrutiny.rating.table import RatedView, Rater
from tests.sample import PAPERS

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = catalogues.load(ROOT)


def views(council: str, date: str, seed: int | None = None) -> list[RatedView]:
    folder = CATALOGUE.folder(council)
    settings, _ = CATALOGUE.paper_settings(council, date)
    store = stores.load(ROOT, council, set(CATALOGUE.indicators), folder.council.base.area, Wanted.of(folder))
    if seed is not None:
        for rows in (store.outturns, store.benchmarks, store.unable):
            random.Random(seed).shuffle(rows)
    rater = Rater(CATALOGUE, folder, store.as_at(settings.known))
    return [rater.view(name, view) for name, view in settings.views.items()]


def told(made: list[RatedView]) -> list[object]:
    return [record.indicator(view, r).model_dump() for view in made for r in view.rows]


@pytest.mark.parametrize(("council", "date"), PAPERS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_changes_nothing(council: str, date: str, seed: int) -> None:
    assert told(views(council, date, seed)) == told(views(council, date))


@pytest.mark.parametrize(("council", "date"), PAPERS)
def test_the_tidy_frame_has_one_row_per_indicator_and_exact_figures(council: str, date: str) -> None:
    made = views(council, date)
    frame = rated_frame(*made)
    assert len(frame) == sum(len(view.rows) for view in made)
    assert not any(isinstance(value, float) for value in frame["value"])
    assert (frame["rating"].isna() == frame["not_rated"].notna()).all()


@pytest.mark.parametrize(("council", "date"), PAPERS)
def test_not_rated_never_comes_without_a_reason(council: str, date: str) -> None:
    for view in views(council, date):
        assert all(r.rating.not_rated and r.rating.reason for r in view.not_rated)
        assert len(view.rated) + len(view.not_rated) == len(view.rows)
        assert sum(view.counts.values()) == len(view.rated)


@pytest.mark.parametrize(("council", "date"), PAPERS)
def test_a_row_that_becomes_known_later_changes_nothing_before(council: str, date: str) -> None:
    folder = CATALOGUE.folder(council)
    settings, _ = CATALOGUE.paper_settings(council, date)
    store = stores.load(ROOT, council, set(CATALOGUE.indicators), folder.council.base.area, Wanted.of(folder))
    later = [replace(o, known_on=settings.known + dt.timedelta(days=1)) for o in store.outturns if o.value]
    assert later
    before = told(views(council, date))
    store.outturns += [replace(o, value=o.value + 1) for o in later if o.value is not None]
    rater = Rater(CATALOGUE, folder, store.as_at(settings.known))
    assert told([rater.view(name, view) for name, view in settings.views.items()]) == before
