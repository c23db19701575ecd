from decimal import Decimal
from typing import Any

import pytest

from scrutiny.data.frameworks import Row
from scrutiny.rating.rate import NotRated, Rating, not_rated, published_rating, rate
from tests.spec.tables import indicator, read_scheme

RBWM = read_scheme("rbwm-2018-19")
REVIEWS = indicator(unit="percent", polarity="high_is_good", frequency="quarter")


def row(**fields: Any) -> Row:
    return Row.model_validate({"indicator": "example", "number": "1", **fields})


NINETY = row(target={"at_least": "90"}, tolerance="5 points")


def test_a_computed_rating_says_so_and_carries_its_gap() -> None:
    found = rate(Decimal("85.4"), indicator=REVIEWS, row=NINETY, scheme=RBWM)
    assert (found.word, found.symbol, found.style, found.origin) == ("Amber", "◆", "amber", "computed")
    assert found.is_rated and found.not_rated is None
    assert found.gap == -5


def test_a_published_rating_keeps_the_scheme_s_word_and_says_where_it_was_published() -> None:
    found = published_rating("GREEN", scheme=RBWM, source_words="Table 1")
    assert (found.word, found.symbol, found.origin, found.gap) == ("Green", "●", "published", None)
    assert found.reason == (
        "The council published this rating, Green (Table 1); the figure itself was not published."
    )
    plain = published_rating("Red", scheme=RBWM, because="")
    assert plain.reason == "The council published this rating, Red."


def test_a_published_word_that_the_scheme_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError, match="Purple"):
        published_rating("Purple", scheme=RBWM)


@pytest.mark.parametrize("reason", NotRated)
def test_every_reason_for_no_rating_has_words_of_its_own(reason: NotRated) -> None:
    found = not_rated(reason, scheme=RBWM)
    assert not found.is_rated and found.origin is None and found.gap is None
    assert found.reason == f"Not rated: {reason.words}."
    assert len(reason.words.split()) > 4
    assert sum(reason.words == other.words for other in NotRated) == 1


def test_not_rated_has_the_look_that_the_scheme_gives_it() -> None:
    found = not_rated(NotRated.NO_TARGET, scheme=read_scheme("maidstone-2023-24"))
    assert (found.word, found.symbol) == ("Data only", "○")


def test_a_detail_follows_the_reason() -> None:
    found = not_rated(NotRated.UNABLE_TO_REPORT, scheme=RBWM, detail="expected early 2019.")
    assert found.reason == "Not rated: the council is unable to report this figure; expected early 2019."


def test_not_rated_without_a_reason_cannot_be_made() -> None:
    no_reason: Any = ""
    with pytest.raises(ValueError, match="NotRated"):
        not_rated(no_reason, scheme=RBWM)
    with pytest.raises(ValueError, match="one of the two"):
        Rating("Not rated", "○", "grey", None, None, "Because.")
    with pytest.raises(ValueError, match="needs its reason"):
        Rating("Not rated", "○", "grey", None, NotRated.NO_TARGET, " ")
    with pytest.raises(ValueError, match="one of the two"):
        Rating("Green", "●", "green", "computed", NotRated.NO_TARGET, "Because.")


def test_a_width_that_the_row_lacks_is_an_error_and_not_a_red() -> None:
    with pytest.raises(ValueError, match="lacks the width 'tolerance'"):
        rate(Decimal(80), indicator=REVIEWS, row=row(target={"at_least": "90"}), scheme=RBWM)


def test_a_provisional_figure_is_rated_unless_the_scheme_says_otherwise() -> None:
    given: dict[str, Any] = {"indicator": REVIEWS, "row": NINETY, "provisional": True}
    assert rate(Decimal(91), scheme=RBWM, **given).word == "Green"
    refused = rate(Decimal(91), scheme=read_scheme("final-figures-only"), **given)
    assert refused.not_rated is NotRated.PROVISIONAL


def test_no_judgement_goes_before_every_other_reason() -> None:
    neutral = indicator(unit="count", polarity="no_judgement", frequency="quarter")
    found = rate(Decimal(5), indicator=neutral, row=row(target={"none": "removed"}), scheme=RBWM)
    assert found.not_rated is NotRated.NO_JUDGEMENT


def test_counts_that_do_not_make_the_published_figure_are_left_aside() -> None:
    found = rate(
        Decimal(88), indicator=REVIEWS, row=NINETY, scheme=RBWM, numerator=Decimal(1), denominator=Decimal(2)
    )
    assert "would have met it" not in found.reason and found.differs_when_exact is None


def test_a_denominator_of_0_is_left_aside() -> None:
    found = rate(
        Decimal(88), indicator=REVIEWS, row=NINETY, scheme=RBWM, numerator=Decimal(0), denominator=Decimal(0)
    )
    assert found.word == "Amber"


def test_the_direction_against_another_period_does_not_count() -> None:
    scheme = read_scheme("no-worse-than-last-year")
    found = rate(
        Decimal(89), indicator=REVIEWS, row=NINETY, scheme=scheme, travel={"previous_period": "improving"}
    )
    assert found.not_rated is NotRated.NO_COMPARISON
