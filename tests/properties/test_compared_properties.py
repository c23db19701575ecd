"""What holds of every comparison: of the words of two texts, and of what moved a rating."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from scrutiny.data.catalogue import Catalogue, CouncilFolder, Dated
from scrutiny.data.definitions import Basis, Council, Indicator, People
from scrutiny.data.frameworks import Framework
from scrutiny.data.observations import Observation
from scrutiny.data.schemes import Scheme
from scrutiny.data.settings import View
from scrutiny.data.store import Store
from scrutiny.paper.history.causes import Ground, alike, causes, ground
from scrutiny.paper.history.compared import Run
from scrutiny.paper.history.texts import words
from scrutiny.periods import Period
from scrutiny.rating.table import RatedView, Rater, Reported

DAY = dt.date(2025, 9, 1)
TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "Red", "Amber", "90%", "91%"]), max_size=14).map(
    " ".join
)
OPPOSITE = {"same": "same", "removed": "added", "added": "removed"}


@given(TEXTS, TEXTS)
def test_without_what_was_put_in_the_words_are_the_old_ones_and_without_what_was_taken_out_the_new(
    before: str, now: str
) -> None:
    found = words(before, now)
    assert side(found, "added") == before
    assert side(found, "removed") == now
    assert all(run.text for run in found)


@given(TEXTS, TEXTS)
def test_the_other_way_round_the_same_words_are_taken_out_that_were_put_in(before: str, now: str) -> None:
    there, back = words(before, now), words(now, before)
    assert sorted((OPPOSITE[run.state], run.text) for run in back) == sorted((r.state, r.text) for r in there)


@given(TEXTS)
def test_no_word_of_a_text_differs_from_itself(text: str) -> None:
    assert {run.state for run in words(text, text)} <= {"same"}


def side(runs: list[Run], without: str) -> str:
    return " ".join(run.text for run in runs if run.state != without)


# what moved a rating


class Side(NamedTuple):
    """One rating with what it rests on."""

    ground: Ground
    reported: Reported


BANDS = {
    "three": [
        ("Green", {"shortfall_at_most": "0"}),
        ("Amber", {"shortfall_at_most": "tolerance"}),
        ("Red", None),
    ],
    "two": [("Green", {"shortfall_at_most": "0"}), ("Red", None)],
    "strict": [("Green", {"shortfall_at_most": "0"}), ("Amber", {"shortfall_at_most": "1"}), ("Red", None)],
}


def scheme(name: str) -> Scheme:
    bands = [
        {"word": word, "symbol": word[0], "style": "grey", "when": when or "otherwise"}
        for word, when in BANDS[name]
    ]
    return Scheme.model_validate({"id": name, "title": name, "bands": bands})


def rated(
    value: Decimal | None, published: str, target: int | None, tolerance: int, decimals: int, rule: str
) -> Side:
    defined = Indicator.model_validate(
        {"id": "a", "title": "A", "unit": "percent", "polarity": "high_is_good", "frequency": "month"}
        | {"decimals": decimals}
    )
    row: dict[str, Any] = {"indicator": "a", "number": "1", "tolerance": f"{tolerance} points"}
    row["target"] = {"none": "not_set"} if target is None else {"at_least": str(target)}
    framework = Framework.model_validate(
        {"id": "f", "committee": "c", "title": "F", "period": "FY2025-26", "scheme": rule, "known_on": DAY}
        | {"rows": [row]}
    )
    period = Period.parse("2025-08")
    outturns = [Observation("a", "X9", period, Basis.PERIOD, value, DAY, rating_published=published)]
    council = Council.model_validate({"id": "x", "name": "X (invented)", "short_name": "X", "area": "X9"})
    folder = CouncilFolder(Dated(council), Dated(People()))
    folder.schemes[rule], folder.frameworks["f"] = Dated(scheme(rule)), Dated(framework)
    catalogue = Catalogue(Path(), indicators={"a": Dated(defined)})
    known = Store(outturns if value is not None or published else []).as_at(DAY)
    view: RatedView = Rater(catalogue, folder, known).view("current", View(framework="f", period=period))
    edition: Any = SimpleNamespace(inputs=SimpleNamespace(catalogue=catalogue, folder=folder), known=known)
    return Side(ground(edition, view, view.rows[0]), view.rows[0])


SIDES = st.builds(
    rated,
    st.none() | st.integers(800, 1000).map(lambda tenths: Decimal(tenths) / 10),
    st.sampled_from(["", "Green", "Red"]),
    st.none() | st.integers(85, 95),
    st.integers(0, 6),
    st.integers(0, 1),
    st.sampled_from(sorted(BANDS)),
)
PARTS = {
    "outturn": {"figures"},
    "published": {"figures"},
    "target": {"target"},
    "tolerance": {"tolerance"},
    "definition": {"definition"},
    "scheme": {"scheme"},
}


def gives(before: Side, now: Side, names: tuple[str, ...]) -> bool:
    parts: Any = frozenset(chain.from_iterable(PARTS[name] for name in names))
    rating = before.ground.taking(now.ground, parts).rating()
    return rating is not None and alike(rating, now.reported.rating)


@given(SIDES, SIDES)
def test_what_moved_a_rating_gives_the_earlier_one_the_new_word_and_nothing_less_does(
    before: Side, now: Side
) -> None:
    assume(not alike(before.reported.rating, now.reported.rating))
    found = causes(before.ground, now.ground, before.reported, now.reported)
    assert found, "a rating that moved has a cause"
    for names in found:
        assert gives(before, now, tuple(names))
        for size in range(len(names)):
            assert not any(gives(before, now, fewer) for fewer in combinations(names, size))


@given(SIDES)
def test_a_rating_that_did_not_move_has_no_cause(one: Side) -> None:
    assert causes(one.ground, one.ground, one.reported, one.reported) == []
    assert one.ground.rating() == one.reported.rating


@given(SIDES, SIDES)
def test_a_thing_that_is_the_same_on_both_sides_is_never_a_cause(before: Side, now: Side) -> None:
    row = now.ground.row.model_copy(update={"target": before.ground.row.target})
    same_target = replace(now.ground, row=row)
    rating = same_target.rating()
    assume(rating is not None)
    assert rating is not None
    here = replace(now.reported, row=row, rating=rating)
    found = causes(before.ground, same_target, before.reported, here)
    assert all("target" not in names for names in found)
