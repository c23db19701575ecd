"""Whether a framework's row makes sense with its indicator and its rating scheme.

What a reader could not see in the paper is refused here: a floor on the wrong side of the target, a band
that no figure can reach, a width that nothing uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from typing import NamedTuple

from scrutiny.data.definitions import Basis, Frequency, Indicator, Polarity
from scrutiny.data.frameworks import Row, Target
from scrutiny.data.limits import Limits, edges, limits
from scrutiny.data.schemes import DirectionIs, Scheme, When, Width, WidthKind
from scrutiny.errors import closest
from scrutiny.figures import RATES, Unit, published

_FINE = 6  # decimals at which figures are tried where the scheme rates before rounding
_COUNTED_FROM_0 = (Unit.COUNT, *RATES, Unit.DAYS, Unit.WEEKS, Unit.AVERAGE)


class Unsound(NamedTuple):
    """One finding: the check, the key in the row, what was found, what was expected, what to do."""

    check: str
    key: str
    found: str
    expected: str
    do: str


def check_row(indicator: Indicator, row: Row, scheme: Scheme) -> list[tuple[str, str, str, str, str]]:
    """Find everything in a framework's row that could only be accepted in silence.

    Parameters
    ----------
    indicator
        Gives polarity, unit, decimals and the plausible range.
    row
        The row; its later versions are checked too.
    scheme
        The council's rating scheme.

    Returns
    -------
    list of tuple
        check, key in the row, found, expected, what to do; empty for a sound row.

    Source: what the design lists as refused; faults seen in other tools, see the methods page.
    """
    found: list[tuple[str, str, str, str, str]] = list(_check_target(indicator, row, scheme, "target"))
    found += _check_names(row, scheme)
    for version in row.versions:
        key = f"versions.{version.known_on.isoformat()}.target"
        found += _check_target(indicator, row.as_at(version.known_on), scheme, key)
    found += _check_profile(indicator, row, scheme)
    if row.year_end is not None:
        found += _check_plausible(indicator, row.year_end, "year_end")
    return list(dict.fromkeys(found))


def can_rate(indicator: Indicator, row: Row, scheme: Scheme) -> bool:
    """Whether a scheme leads to a rating, or to 'not rated', with a row at all.

    It does not where the target has no edge on the side that the polarity asks for, where the row lacks a width that
    the scheme names, or where a width makes no sense with the target.
    """
    if not row.target.exists or indicator.polarity is Polarity.NO_JUDGEMENT:
        return True
    return _mismatch(indicator.polarity, row.target) is None and not any(
        _check_widths(indicator, row, scheme, "target")
    )


def _check_target(indicator: Indicator, row: Row, scheme: Scheme, key: str) -> Iterator[Unsound]:
    target = row.target
    if not target.exists:
        return
    if indicator.polarity is Polarity.NO_JUDGEMENT:
        yield Unsound(
            "target-without-polarity",
            key,
            f"a target for '{indicator.id}', of which neither higher nor lower is better",
            "a target only where one way is better",
            "give the indicator its polarity, or the row 'target: {none: not_set}' or a forecast",
        )
        return
    yield from _check_plausible(indicator, target, key)
    mismatch = _mismatch(indicator.polarity, target)
    if mismatch:
        yield Unsound("target-and-polarity", key, *mismatch)
        return
    faults = [*_check_widths(indicator, row, scheme, key)]
    yield from faults
    if not faults:
        yield from _check_reachable(indicator, row, scheme, key)


def _check_profile(indicator: Indicator, row: Row, scheme: Scheme) -> Iterator[Unsound]:
    """What a target's profile asks for by the end of each part of the year, tried like any target."""
    profile = row.target.profile
    if not profile:
        return
    if indicator.basis is not Basis.YEAR_TO_DATE or indicator.frequency not in _PROFILED:
        found = f"a profile for '{indicator.id}', which is reported {indicator.basis.words}"
        expected = "a profile only for monthly or quarterly figures of the year to date"
        yield Unsound("profile-basis", "target.profile", found, expected, "delete the profile")
        return
    if indicator.frequency is Frequency.MONTH and "Q1" in profile:
        found, expected = (
            "a profile by quarter for a monthly figure",
            "a figure for each month, April to March",
        )
        yield Unsound("profile-basis", "target.profile", found, expected, "write the profile by month")
        return
    edge = "at_least" if row.target.at_most is None else "at_most"
    for part, due in profile.items():
        target = row.target.model_copy(update={edge: due, "profile": {}})
        one = row.model_copy(update={"target": target})
        yield from _check_target(indicator, one, scheme, f"target.profile.{part}")


_PROFILED = (Frequency.MONTH, Frequency.QUARTER)


def _mismatch(polarity: Polarity, target: Target) -> tuple[str, str, str] | None:
    either = "correct the target or the indicator's polarity"
    if polarity is Polarity.CLOSE_TO_TARGET:
        if target.close_to is None and not target.is_range:
            return "close_to_target with one edge only", "close_to, or at_least with at_most", either
        return None
    name, need = (
        ("high_is_good", "at_least") if polarity is Polarity.HIGH_IS_GOOD else ("low_is_good", "at_most")
    )
    if target.close_to is not None:
        return f"{name} with close_to", f"{need}, alone or in a range", either
    if getattr(target, need) is None:
        other = "at_most" if need == "at_least" else "at_least"
        return f"{name} with {other} only", f"{need}, alone or in a range", either
    return None


def _bounds(indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
    """What a figure of this unit can be at all."""
    if indicator.unit is Unit.PERCENT:
        return Decimal(0), Decimal(100)
    if indicator.unit in _COUNTED_FROM_0:
        return Decimal(0), None
    return (Decimal(1), None) if indicator.unit is Unit.RANK else (None, None)


def _check_plausible(indicator: Indicator, target: Target, key: str) -> Iterator[Unsound]:
    lowest, highest = indicator.plausible or _bounds(indicator)
    for name in ("at_least", "at_most", "close_to"):
        value = getattr(target, name)
        if value is not None and not Limits(lowest, highest).holds(value):
            yield Unsound(
                "target-implausible",
                f"{key}.{name}",
                f"a target of {published(value, indicator.unit)}",
                f"a target within {_range_words(lowest, highest, indicator)}",
                "correct the target, or the indicator's plausible range",
            )


def _range_words(lowest: Decimal | None, highest: Decimal | None, indicator: Indicator) -> str:
    if lowest is not None and highest is not None:
        return f"{published(lowest, indicator.unit)} to {published(highest, indicator.unit)}"
    assert lowest is not None
    return f"{published(lowest, indicator.unit)} or more"


def _uses(scheme: Scheme) -> Iterator[tuple[str, Width | str, bool]]:
    """Every width that the bands use: the band's word, the width or its name, whether it is a surplus."""
    for band in scheme.bands:
        if isinstance(band.when, When):
            for named, surplus in ((band.when.shortfall_at_most, False), (band.when.surplus_at_least, True)):
                if named is not None:
                    yield band.word, named, surplus


def _check_widths(indicator: Indicator, row: Row, scheme: Scheme, key: str) -> Iterator[Unsound]:
    for word, named, surplus in _uses(scheme):
        width = row.width(named) if isinstance(named, str) else named
        if width is None:
            where = "tolerance" if named == "tolerance" else f"widths.{named}"
            yield Unsound(
                "missing-width",
                where,
                f"no '{named}', which '{word}' of scheme '{scheme.id}' is measured with",
                "a width such as '5 points', '10%' or 'floor 80'",
                f"add {where} to the row",
            )
        else:
            where = (
                key
                if not isinstance(named, str)
                else "tolerance"
                if named == "tolerance"
                else f"widths.{named}"
            )
            yield from _check_width(width, surplus, word, indicator, row.target, where)


def _check_width(
    width: Width, surplus: bool, word: str, indicator: Indicator, target: Target, where: str
) -> Iterator[Unsound]:
    lower, upper = edges(target, indicator.polarity)
    if width.kind is WidthKind.PERCENT_OF_TARGET and 0 in (lower, upper) and width.amount:
        yield Unsound(
            "percent-of-zero",
            where,
            f"{width} of a target of 0, which is 0",
            "a width in points",
            "write the width in the indicator's unit, such as '2 points'",
        )
    close = indicator.polarity is Polarity.CLOSE_TO_TARGET
    floor_cannot = width.kind is WidthKind.FLOOR and (surplus or close)
    percent_cannot = width.kind is WidthKind.PERCENT_OF_TARGET and surplus and close
    if floor_cannot or percent_cannot:
        asked = "surplus_at_least" if surplus else "close_to_target"
        yield Unsound(
            "width-kind",
            where,
            f"'{width}' for '{word}', with {asked}",
            "points" if close and surplus else "points, or percent of target",
            "write how far from the target, such as '5 points'",
        )
    if width.kind is not WidthKind.FLOOR or floor_cannot:
        return
    floor = published(width.amount, indicator.unit)
    if lower is not None and width.amount > lower:
        yield Unsound(
            "floor-side",
            where,
            f"a floor of {floor}, above the target",
            *_wrong_side(lower, "below", indicator),
        )
    if upper is not None and width.amount < upper:
        yield Unsound(
            "floor-side",
            where,
            f"a floor of {floor}, below the target",
            *_wrong_side(upper, "above", indicator),
        )


def _wrong_side(edge: Decimal, side: str, indicator: Indicator) -> tuple[str, str]:
    return (
        f"a floor {side} {published(edge, indicator.unit)}, since {indicator.polarity.words}",
        "correct the floor, the target or the polarity",
    )


def _check_names(row: Row, scheme: Scheme) -> Iterator[Unsound]:
    given = set(row.widths) | ({"tolerance"} if row.tolerance else set())
    for name in sorted(given - scheme.named_widths):
        named = scheme.named_widths
        yield Unsound(
            "unused-width",
            "tolerance" if name == "tolerance" else f"widths.{name}",
            f"a width '{name}', which scheme '{scheme.id}' does not use",
            closest(name, named) if named else "no widths, since no band of the scheme names one",
            "correct the name, or delete the width",
        )


def _check_reachable(indicator: Indicator, row: Row, scheme: Scheme, key: str) -> Iterator[Unsound]:
    """Try the scheme beside every limit, with every direction of travel, and see what is never given."""
    reached = {
        _first_band(value, previous, last_year, indicator, row, scheme)
        for value in _figures_to_try(indicator, row, scheme)
        for previous, last_year in product(_TRAVELS, repeat=2)
    }
    for index, band in enumerate(scheme.bands):
        if index not in reached:
            yield Unsound(
                "band-unreachable",
                key,
                f"no figure of '{indicator.id}' could be '{band.word}'",
                f"a target and widths with which each band of scheme '{scheme.id}' can be reached",
                "correct the target, the widths or the order of the bands",
            )


_TRAVELS = ("improving", "worsening", "no_change", None)


def _figures_to_try(indicator: Indicator, row: Row, scheme: Scheme) -> set[Decimal]:
    """The publishable figures on and next to every limit, within what the unit allows."""
    lowest, highest = _bounds(indicator)
    if indicator.plausible:
        lowest = None if lowest is None else min(lowest, indicator.plausible[0])
        highest = None if highest is None else max(highest, indicator.plausible[1])
    at = [value for value in edges(row.target, indicator.polarity) if value is not None]
    marks = {sum(at, Decimal(0)) / len(at), *at}
    for _, named, surplus in _uses(scheme):
        width = row.width(named) if isinstance(named, str) else named
        assert width is not None
        marks |= {
            one for one in limits(width, row.target, indicator.polarity, surplus=surplus) if one is not None
        }
    marks |= {one for one in (lowest, highest) if one is not None}
    step = Decimal(1).scaleb(-(indicator.decimals if scheme.rate_on == "published" else _FINE))
    figures = set()
    for mark in marks:
        for rounding in (ROUND_FLOOR, ROUND_CEILING):
            beside = mark.quantize(step, rounding=rounding)
            figures |= {beside - step, beside, beside + step}
    return {figure for figure in figures if Limits(lowest, highest).holds(figure)}


def _first_band(
    value: Decimal,
    previous: str | None,
    last_year: str | None,
    indicator: Indicator,
    row: Row,
    scheme: Scheme,
) -> int | None:
    """Index of the band that a figure gets; None where a missing comparison leaves it unrated."""
    travel = {"previous_period": previous, "same_period_last_year": last_year}
    for index, band in enumerate(scheme.bands):
        if not isinstance(band.when, When):
            return index
        held = all(_lets_pass(named, surplus, value, indicator, row) for named, surplus in _of(band.when))
        turned = _direction(band.when.direction, travel)
        if held and turned is None:
            return None
        if held and turned:
            return index
    raise AssertionError("the last band of a scheme is 'otherwise'")


def _of(when: When) -> Iterator[tuple[Width | str, bool]]:
    if when.shortfall_at_most is not None:
        yield when.shortfall_at_most, False
    if when.surplus_at_least is not None:
        yield when.surplus_at_least, True


def _lets_pass(named: Width | str, surplus: bool, value: Decimal, indicator: Indicator, row: Row) -> bool:
    width = row.width(named) if isinstance(named, str) else named
    assert width is not None
    return limits(width, row.target, indicator.polarity, surplus=surplus).holds(value)


def _direction(direction: DirectionIs | None, travel: dict[str, str | None]) -> bool | None:
    if direction is None:
        return True
    found = travel[direction.against]
    if found is None:
        return {"not_rated": None, "holds": True, "fails": False}[direction.unknown]
    return found in direction.is_
