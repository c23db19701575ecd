"""What holds for every sound scheme, target and figure, and not only for those in the tables."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scrutiny.data.definitions import Indicator, Polarity
from scrutiny.data.frameworks import Row
from scrutiny.data.limits import limits
from scrutiny.data.schemes import Scheme, When
from scrutiny.data.soundness import check_row
from scrutiny.figures import parse_figure, percentage, round_half_away
from scrutiny.periods import Kind, Period
from scrutiny.rating.benchmarks import position
from scrutiny.rating.direction import direction
from scrutiny.rating.explain import cases_short, figure_words
from scrutiny.rating.gap import edge, gap_to_target
from scrutiny.rating.rate import NotRated, rate
from tests.spec.tables import indicator as made

EXAMPLES = settings(max_examples=150)
JUDGED = ["high_is_good", "low_is_good", "close_to_target"]
TRAVELS = ["improving", "worsening", "no_change", None]


@dataclass(frozen=True)
class Setting:
    indicator: Indicator
    row: Row
    scheme: Scheme


def tenths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda number: Decimal(number) / 10)


@st.composite
def settings_of_a_council(draw: st.DrawFn) -> Setting:
    """An indicator, a row and a scheme that pass the check of soundness."""
    polarity = draw(st.sampled_from(JUDGED))
    decimals = draw(st.integers(0, 2))
    low = draw(st.integers(20, 50))
    form = draw(st.sampled_from(["edge", "range"]))
    target: dict[str, str] = {"at_least": str(low), "at_most": str(low + 20)}
    if form == "edge":
        target = {
            "high_is_good": {"at_least": str(low)},
            "low_is_good": {"at_most": str(low)},
            "close_to_target": {"close_to": str(low)},
        }[polarity]
    unit = draw(st.sampled_from(["%", " points"]))
    over = sorted(draw(st.sets(st.integers(1, 8), max_size=2)), reverse=True)
    if form == "edge" and polarity == "close_to_target":
        over = []  # no figure is better than the one to stay close to
    short = [0, *sorted(draw(st.sets(st.integers(1, 15), max_size=3)))]
    conditions: list[Any] = [{"surplus_at_least": f"{width} points"} for width in over]
    conditions += [{"shortfall_at_most": f"{width}{unit}"} for width in short]
    for condition in conditions:
        if draw(st.integers(0, 3)) == 0:
            condition["direction"] = {
                "against": draw(st.sampled_from(["previous_period", "same_period_last_year"])),
                "is": draw(st.lists(st.sampled_from(TRAVELS[:3]), min_size=1, max_size=2, unique=True)),
                "unknown": draw(st.sampled_from(["not_rated", "holds", "fails"])),
            }
    bands = [
        {"word": f"Band {index}", "symbol": f"{index}", "style": "grey", "when": when}
        for index, when in enumerate([*conditions, "otherwise"])
    ]
    scheme = Scheme.model_validate({"id": "random", "title": "Random", "bands": bands})
    of = made(unit="score", decimals=decimals, polarity=polarity, frequency="quarter")
    row = Row.model_validate({"indicator": "example", "number": "1", "target": target})
    assume(not check_row(of, row, scheme))
    return Setting(of, row, scheme)


TRAVEL = st.fixed_dictionaries(
    {"previous_period": st.sampled_from(TRAVELS), "same_period_last_year": st.sampled_from(TRAVELS)}
)
FIGURES = st.integers(-2000, 12000).map(lambda number: Decimal(number) / 100)


def place(setting: Setting, word: str) -> int:
    return [band.word for band in setting.scheme.bands].index(word)


@EXAMPLES
@given(settings_of_a_council(), st.lists(FIGURES, min_size=2, max_size=12), TRAVEL)
def test_a_better_gap_never_gets_a_worse_rating(
    setting: Setting, values: list[Decimal], travel: dict[Any, Any]
) -> None:
    """With the direction of travel held fixed, and the gap measured from the same edge."""
    found: dict[Decimal | None, list[tuple[Decimal, int]]] = {}
    for value in values:
        rating = rate(
            value, indicator=setting.indicator, row=setting.row, scheme=setting.scheme, travel=travel
        )
        if rating.is_rated:
            as_published = round_half_away(value, setting.indicator.decimals)
            side = edge(setting.row.target, setting.indicator.polarity, as_published)
            assert rating.gap == gap_to_target(as_published, setting.row.target, setting.indicator.polarity)
            assert rating.gap is not None
            found.setdefault(side, []).append((rating.gap, place(setting, rating.word)))
    for pairs in found.values():
        for (worse, its_band), (better, other_band) in pairwise(sorted(pairs)):
            assert its_band >= other_band
            assert worse != better or its_band == other_band


@EXAMPLES
@given(settings_of_a_council(), FIGURES, TRAVEL)
def test_the_rating_agrees_with_the_limits_that_the_checks_reckon_with(
    setting: Setting, value: Decimal, travel: dict[Any, Any]
) -> None:
    """Two ways to the same rating: by the gap, and by the figures that each band lets pass."""
    target, polarity = setting.row.target, setting.indicator.polarity
    as_published = round_half_away(value, setting.indicator.decimals)
    expected = None
    for band in setting.scheme.bands:
        if isinstance(band.when, When):
            width = band.when.surplus_at_least or band.when.shortfall_at_most
            surplus = band.when.surplus_at_least is not None
            assert width is not None and not isinstance(width, str)
            if not limits(width, target, polarity, surplus=surplus).holds(as_published):
                continue
            if band.when.direction:
                turned = travel[band.when.direction.against]
                if turned is None and band.when.direction.unknown == "not_rated":
                    break
                if turned is None and band.when.direction.unknown == "fails":
                    continue
                if turned is not None and turned not in band.when.direction.is_:
                    continue
        expected = band.word
        break
    rating = rate(value, indicator=setting.indicator, row=setting.row, scheme=setting.scheme, travel=travel)
    assert rating.not_rated is NotRated.NO_COMPARISON if expected is None else rating.word == expected


@EXAMPLES
@given(settings_of_a_council(), FIGURES, TRAVEL, st.booleans())
def test_every_explanation_holds_the_figure_and_the_word_or_the_reason(
    setting: Setting, value: Decimal, travel: dict[Any, Any], exact: bool
) -> None:
    scheme = setting.scheme.model_copy(update={"rate_on": "exact" if exact else "published"})
    rating = rate(value, indicator=setting.indicator, row=setting.row, scheme=scheme, travel=travel)
    assert figure_words(value, setting.indicator) in rating.reason
    assert rating.reason.endswith(".") and "  " not in rating.reason
    if rating.is_rated:
        assert f"so {rating.word}." in rating.reason and rating.origin == "computed"
    else:
        assert rating.not_rated is not None and rating.not_rated.words in rating.reason


@EXAMPLES
@given(
    st.sampled_from([{"none": "removed"}, {"none": "not_set"}, {"none": "not_published"}, {"forecast": "5"}]),
    st.sampled_from([*JUDGED, "no_judgement"]),
    FIGURES,
)
def test_not_rated_never_goes_without_a_reason(target: dict[str, str], polarity: str, value: Decimal) -> None:
    of = made(unit="score", polarity=polarity, frequency="quarter")
    row = Row.model_validate({"indicator": "example", "number": "1", "target": target})
    bands = [
        {"word": "Yes", "symbol": "y", "style": "green", "when": {"shortfall_at_most": "0"}},
        {"word": "No", "symbol": "n", "style": "red", "when": "otherwise"},
    ]
    rating = rate(
        value,
        indicator=of,
        row=row,
        scheme=Scheme.model_validate({"id": "two", "title": "Two", "bands": bands}),
    )
    assert not rating.is_rated
    assert rating.not_rated in NotRated
    assert rating.not_rated is not None and rating.not_rated.words in rating.reason


@EXAMPLES
@given(settings_of_a_council(), FIGURES, TRAVEL, st.integers(0, 6))
def test_the_way_in_which_a_figure_is_written_does_not_matter(
    setting: Setting, value: Decimal, travel: dict[Any, Any], zeros: int
) -> None:
    """90, 90.0 and 9E+1, and a figure that has been through binary floating point, are one figure."""
    as_published = round_half_away(value, setting.indicator.decimals)
    written = [f"{as_published:f}" + ("." if setting.indicator.decimals == 0 else "") + "0" * zeros]
    forms = [parse_figure(written[0]), as_published.normalize(), Decimal(str(float(as_published)))]
    ratings = {
        rate(form, indicator=setting.indicator, row=setting.row, scheme=setting.scheme, travel=travel)
        for form in [as_published, *forms]
    }
    assert len(ratings) == 1


@EXAMPLES
@given(FIGURES, FIGURES, st.sampled_from(["high_is_good", "low_is_good"]))
def test_looking_back_turns_improving_into_worsening(now: Decimal, earlier: Decimal, polarity: str) -> None:
    of = made(unit="score", decimals=1, polarity=polarity, frequency="quarter")
    given_periods: Any = {
        "indicator": of,
        "against": "previous_period",
        "period": Period.parse("FY2018-19-Q2"),
        "against_period": Period.parse("FY2018-19-Q1"),
        "target": None,
    }
    there = direction(now, earlier, **given_periods)
    back = direction(earlier, now, **given_periods)
    turned = {"improving": "worsening", "worsening": "improving", "no_change": "no_change"}
    assert there.judgement is not None and turned[there.judgement] == back.judgement
    assert there.change is not None and there.change == -(back.change or Decimal(0))
    assert (there.arithmetic == "level") == (there.change == 0) == (there.judgement == "no_change")


@EXAMPLES
@given(FIGURES, FIGURES)
def test_a_benchmark_is_judged_the_other_way_round_by_the_other_polarity(
    value: Decimal, other: Decimal
) -> None:
    high, low = (made(unit="score", decimals=1, polarity=p, frequency="year") for p in JUDGED[:2])
    turned = {"better": "worse", "worse": "better", "similar": "similar"}
    one, two = position(value, other, indicator=high), position(value, other, indicator=low)
    assert turned[one.judgement] == two.judgement
    assert (one.arithmetic, one.gap) == (two.arithmetic, two.gap)


def slowly_rounded(value: Decimal, decimals: int) -> Fraction:
    """Half away from zero, by counting: the nearest step; of two equally near, the one further out."""
    step = Fraction(1, 10**decimals)
    exact = Fraction(value)
    near = [n * step for n in range(int(exact / step) - 2, int(exact / step) + 3)]
    return min(near, key=lambda one: (abs(one - exact), -abs(one)))


@EXAMPLES
@given(st.integers(-(10**7), 10**7), st.integers(0, 5), st.integers(0, 4))
def test_rounding_agrees_with_a_slow_reference(digits: int, places: int, decimals: int) -> None:
    value = Decimal(digits).scaleb(-places)
    rounded = round_half_away(value, decimals)
    assert Fraction(rounded) == slowly_rounded(value, decimals)
    assert rounded.as_tuple().exponent == -decimals
    assert round_half_away(-value, decimals) == -rounded


@EXAMPLES
@given(
    st.integers(1, 300),
    st.integers(0, 300),
    tenths(0, 1000),
    st.sampled_from([None, 0, 1, 2]),
    st.sampled_from([Polarity.HIGH_IS_GOOD, Polarity.LOW_IS_GOOD]),
)
def test_the_distance_in_cases_agrees_with_trying_every_number(
    denominator: int, numerator: int, target: Decimal, decimals: int | None, polarity: Polarity
) -> None:
    assume(numerator <= denominator)

    def meets(count: int) -> bool:
        if decimals is None:
            share = Fraction(100 * count, denominator)
        else:
            share = Fraction(percentage(Decimal(count), Decimal(denominator), decimals))
        return share >= Fraction(target) if polarity is Polarity.HIGH_IS_GOOD else share <= Fraction(target)

    tried = (
        range(numerator, denominator + 1) if polarity is Polarity.HIGH_IS_GOOD else range(numerator, -1, -1)
    )
    first = next((count for count in tried if meets(count)), None)
    expected = None if first is None else abs(first - numerator)
    assert cases_short(Decimal(numerator), Decimal(denominator), target, decimals, polarity) == expected


@st.composite
def periods(draw: st.DrawFn) -> Period:
    kind = draw(st.sampled_from(list(Kind)))
    if kind is Kind.SNAPSHOT:
        return Period(kind, draw(st.dates()).replace(year=draw(st.integers(1904, 2190)), day=1).toordinal())
    parts = {Kind.MONTH: 12, Kind.QUARTER: 4}.get(kind, 1)
    return Period(kind, draw(st.integers(1910 * parts, 2190 * parts)))


@EXAMPLES
@given(periods())
def test_a_period_is_read_back_as_it_was_written(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert period.start <= period.end


@EXAMPLES
@given(periods(), st.integers(-5, 5))
def test_a_step_there_and_back_leads_home(period: Period, count: int) -> None:
    assert period.step(count).step(-count) == period
    assert period.step(count).kind is period.kind
    assert (period.step(count) > period) == (count > 0)


@EXAMPLES
@given(st.lists(periods(), min_size=2, max_size=8))
def test_periods_have_one_order_in_time(some: list[Period]) -> None:
    ordered = sorted(some)
    assert sorted(reversed(some)) == ordered
    assert all(one.end <= other.end for one, other in pairwise(ordered))
    assert all((one < other) == (not one >= other) for one in some for other in some)


@EXAMPLES
@given(periods())
def test_periods_of_one_kind_leave_no_day_out(period: Period) -> None:
    if period.kind is not Kind.SNAPSHOT:
        assert (period.step().start - period.end).days == 1
    assert period.within(period)
