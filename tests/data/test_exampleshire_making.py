"""How the commentary of Exampleshire's history is chosen: by the figures, by turns, and never twice running."""

from __future__ import annotations

import datetime as dt
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from scrutiny.periods import Period

ROOT = Path(__file__).resolve().parents[2]
MAKING = ROOT / "data" / "councils" / "exampleshire"
JUNE, JULY, AUGUST = dt.date(2024, 6, 20), dt.date(2024, 7, 18), dt.date(2024, 8, 22)


class Making:
    """The modules of the script that makes Exampleshire."""

    def __init__(self) -> None:
        self.commentary: Any = importlib.import_module("making.commentary")
        self.history: Any = importlib.import_module("making.history")
        self.stories: Any = importlib.import_module("making.stories")

    def meeting(self, day: dt.date, period: str = "2024-04") -> Any:
        framework = self.history.Framework("2024-25", "", dt.date(2024, 3, 14))
        return self.history.Meeting(day, Period.parse(period), framework)

    def teller(self, **story: Any) -> Any:
        (found,) = self.stories.stories([{"indicator": "x", "who": "head", **story}]).values()
        return self.commentary.Teller(found)


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> Iterator[Making]:
    monkeypatch.syspath_prepend(str(MAKING))
    yield Making()
    for name in [name for name in sys.modules if name.partition(".")[0] == "making"]:
        del sys.modules[name]


def reported(went: str | None = "worsening") -> Any:
    directions = {"previous_period": SimpleNamespace(judgement=went)}
    return SimpleNamespace(indicator=SimpleNamespace(id="example-x"), directions=directions)


def step(action: str = "A.", by: str = "3 weeks", **more: Any) -> dict[str, Any]:
    return {"action": action, "by": by, **more}


@pytest.mark.parametrize(
    ("by", "meeting", "due"),
    [
        ("3 weeks", JUNE, "2024-07-12"),
        ("2 months", JUNE, "2024-08-31"),
        ("2 months", dt.date(2024, 12, 19), "2025-02-28"),
        ("1 months", dt.date(2025, 11, 20), "2025-12-31"),
    ],
)
def test_an_action_is_due_on_a_friday_or_at_the_end_of_a_month(
    making: Making, by: str, meeting: dt.date, due: str
) -> None:
    assert making.stories.Step("A.", by).due(meeting).isoformat() == due


def test_an_action_needs_a_time_in_weeks_or_months(making: Making) -> None:
    with pytest.raises(ValueError, match="'3 days' is neither weeks nor months"):
        making.stories.Step("A.", "3 days").due(JUNE)


def test_the_cause_follows_the_way_that_the_figure_went_and_causes_take_turns(making: Making) -> None:
    teller = making.teller(step=[step()], improving=["up"], worsening=["one", "two"], otherwise=["level"])
    went = ["worsening", "improving", "worsening", None, "worsening", "no_change"]
    told = [teller.tell(reported(way), making.meeting(JUNE)).cause for way in went]
    assert told == ["one", "up", "two", "level", "one", "level"]


def test_a_step_with_a_meeting_belongs_to_it_alone_and_the_others_take_turns(making: Making) -> None:
    steps = [step("first"), step("that day", meeting=JULY), step("second")]
    teller = making.teller(step=steps, worsening=["why"])
    told = [teller.tell(reported(), making.meeting(day)).action for day in (JUNE, JULY, AUGUST)]
    assert told == ["first", "that day", "second"]


def test_a_context_is_told_in_a_quarters_paper(making: Making) -> None:
    teller = making.teller(step=[step()], worsening=["why"], contexts=["more"])
    periods = ("2024-05", "FY2024-25-Q1")
    assert [teller.tell(reported(), making.meeting(JULY, p)).context for p in periods] == ["", "more"]


def test_an_action_is_answered_once_by_the_first_paper_after_it_fell_due(making: Making) -> None:
    steps = [step("long", "2 months", done="long done"), step("short", done="short done"), step("last")]
    teller = making.teller(step=steps, worsening=["why"])
    days = (JUNE, JULY, AUGUST, dt.date(2024, 9, 19))
    told = [teller.tell(reported(), making.meeting(day)).answers for day in days]
    assert told == [(), (), ("short done",), ("long done",)]


@pytest.mark.parametrize(("days", "answered"), [(80, True), (81, False)])
def test_what_fell_due_long_ago_is_not_answered_any_more(making: Making, days: int, answered: bool) -> None:
    teller = making.teller(step=[step(done="done")], worsening=["why"])
    teller.tell(reported(), making.meeting(JUNE))
    later = dt.date(2024, 7, 12) + dt.timedelta(days=days)
    assert bool(teller.tell(reported(), making.meeting(later)).answers) is answered


def view() -> Any:
    return SimpleNamespace(exceptions=[reported()])


def tell(making: Making, stories: dict[str, Any]) -> list[Any]:
    meetings = [making.meeting(JUNE), making.meeting(JULY)]
    return list(making.commentary.commentaries(stories, meetings, [view(), view()]))


def test_what_would_be_said_twice_running_is_refused(making: Making) -> None:
    teller = making.teller(step=[step("first"), step("second")], worsening=["the same"])
    with pytest.raises(ValueError, match=r"says twice running: .*the same"):
        tell(making, {"example-x": teller.story})


def test_an_indicator_short_of_target_needs_a_story(making: Making) -> None:
    with pytest.raises(ValueError, match="example-x is short of target and has no story"):
        tell(making, {})


def test_a_story_without_a_cause_for_the_way_it_went_is_refused(making: Making) -> None:
    with pytest.raises(ValueError, match="nothing under 'worsening'"):
        tell(making, {"example-x": making.teller(step=[step()], improving=["up"]).story})


def test_lines_are_wrapped_and_a_figures_name_is_never_broken(making: Making) -> None:
    wrapped: ModuleType = making.commentary.wrapped
    text = wrapped("word " * 21 + "{{ example_x.target }} and more words behind it, to the end of the line.")
    assert max(map(len, text.splitlines())) <= 120
    assert len(text.splitlines()) > 1
    assert text.count("{{ example_x.target }}") == 1
