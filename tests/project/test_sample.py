"""Which papers the tests take one by one: nothing is left out in silence."""

from __future__ import annotations

from scrutiny.data import catalogue
from scrutiny.periods import Kind
from tests.sample import EVERY, INVENTED, PAPERS, ROOT, SAMPLE, said, sampled

CATALOGUE = catalogue.load(ROOT, INVENTED)


def test_every_real_paper_is_taken() -> None:
    real = [paper for paper in EVERY if paper[0] != INVENTED]
    assert len(real) == 5
    assert set(real) < set(PAPERS)


def test_the_sample_is_of_papers_that_there_are_and_gives_its_reasons() -> None:
    assert {(INVENTED, date) for date in SAMPLE} < set(EVERY)
    assert len(set(SAMPLE.values())) == len(SAMPLE)


def test_the_sample_has_every_framework_and_both_kinds_of_period() -> None:
    settings = [CATALOGUE.paper_settings(INVENTED, date)[0] for date in SAMPLE]
    assert {s.views["current"].framework for s in settings} == {"2024-25", "2025-26", "2026-27"}
    assert {s.reporting_period.kind for s in settings} == {Kind.MONTH, Kind.QUARTER}
    assert {"previous" in s.views for s in settings} == {True, False}


def test_all_of_them_are_taken_if_that_is_asked_for() -> None:
    assert sampled(EVERY, True) == EVERY
    assert len(sampled(EVERY, False)) == 5 + len(SAMPLE) < len(EVERY)


def test_a_run_says_at_its_end_how_many_were_left_out() -> None:
    assert said().startswith(f"Papers taken one by one: {len(PAPERS)} of {len(EVERY)}.")
