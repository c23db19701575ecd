"""Moves: the ratings that are others, each with what moved it and with what may be claimed of it."""

from __future__ import annotations

from collections.abc import Iterator

from scrutiny.data.schemes import Scheme
from scrutiny.paper.history.causes import alike, causes, causes_in_words, figures_name, ground, names
from scrutiny.paper.history.compared import Changed, Factor, MovedRating, RatingState
from scrutiny.paper.history.editions import Edition
from scrutiny.paper.history.subjects import Pair, agreed_target, agreed_widths, illustrative, subject
from scrutiny.rating.changes import agreed, target_revised, targets_differ
from scrutiny.rating.direction import Movement, Revised, rating_movement
from scrutiny.rating.rate import Rating
from scrutiny.rating.table import MEANING, Reported
from scrutiny.writing.facts import value_words
from scrutiny.writing.words import capitalised, listed

RATED_BY = (*MEANING, "decimals", "polarity", "arrears")
"""Keys of an indicator that can change its rating."""


def moved_ratings(before: Edition, now: Edition, pair: Pair) -> Iterator[MovedRating]:
    """Every rating that is another: another word, rated or no longer rated, or not rated for another reason."""
    for then, here in pair.both():
        if not alike(then.rating, here.rating):
            yield _moved(before, now, pair, then, here)


def _moved(before: Edition, now: Edition, pair: Pair, then: Reported, here: Reported) -> MovedRating:
    found = causes(ground(before, pair.before, then), ground(now, pair.now, here), then, here)
    changed = list(_changed(pair, then, here))
    revised = _revised(pair, then, here)
    movement = rating_movement(then.rating, here.rating, pair.before.scheme, pair.now.scheme, revised)
    others = [one.what for one in changed if one.what not in ("outturn", "published")]
    compared = movement.kind in ("up", "down")
    return MovedRating(
        **subject(pair.name, here),
        before=state(then.rating),
        now=state(here.rating),
        causes=found,
        changed=changed,
        movement="up" if movement.kind == "up" else "down" if movement.kind == "down" else "not_compared",
        claimed=movement.claimed and compared and not others,
        words=causes_in_words(found, names(then, here)),
        illustrative=illustrative((agreed(pair.before, then), then), (agreed(pair.now, here), here)),
        caution=_caution(movement, others, revised) if compared else "",
    )


def state(rating: Rating) -> RatingState:
    """A rating with its look and reason."""
    return RatingState(
        word=rating.word,
        symbol=rating.symbol,
        style=rating.style,
        origin=rating.origin,
        not_rated=rating.not_rated.value if rating.not_rated else None,
        reason=rating.reason,
    )


def _changed(pair: Pair, then: Reported, here: Reported) -> Iterator[Changed]:
    """What the two ratings rest on, where it is not the same."""
    row, row_now = agreed(pair.before, then), agreed(pair.now, here)
    figures = (_figure(then), _figure(here))
    target = (agreed_target(row, then), agreed_target(row_now, here))
    widths = (agreed_widths(row), agreed_widths(row_now))
    if figures[0] != figures[1]:
        yield Changed(what=figures_name(then, here), before=figures[0], now=figures[1])
    if target[0] != target[1]:
        yield Changed(what="target", before=target[0], now=target[1])
    if widths[0] != widths[1]:
        yield Changed(what="tolerance", before=widths[0], now=widths[1])
    if definition := _definition(then, here):
        yield Changed(what="definition", before=definition[0], now=definition[1])
    schemes = (pair.before.scheme, pair.now.scheme)
    if rule(schemes[0]) != rule(schemes[1]):
        now = silently(*schemes) or scheme_words(schemes[1])
        yield Changed(what="scheme", before=scheme_words(schemes[0]), now=now)


def _figure(r: Reported) -> str:
    """The outturn with its period, and the council's own rating where it is what is shown."""
    rated = f", published as {r.published_word}" if r.rating.origin == "published" else ""
    return f"{value_words(r)} ({r.period.span}{rated})"


def _definition(then: Reported, here: Reported) -> tuple[str, str] | None:
    """The keys of the definition that changed, or since when another thing is measured."""
    keys = [key for key in RATED_BY if getattr(then.indicator, key) != getattr(here.indicator, key)]
    if keys:
        return _keys(then, keys), _keys(here, keys)
    if then.redefined == here.redefined:
        return None
    return _since(then), _since(here)


def _keys(r: Reported, keys: list[str]) -> str:
    given = {key: str(getattr(r.indicator, key)) for key in keys}
    return "; ".join(f"{key}: {value or 'not given'}" for key, value in given.items())


def _since(r: Reported) -> str:
    if r.redefined is None:
        return "as first defined"
    return f"as defined from {r.redefined.known_on.isoformat()} ({r.redefined.reason})"


def rule(scheme: Scheme) -> object:
    """All of a scheme that can change a rating."""
    bands = [(band.word, band.when) for band in scheme.bands]
    return bands, scheme.rate_on, scheme.provisional


def scheme_words(scheme: Scheme) -> str:
    """A scheme's title with the words of its bands."""
    return f"{scheme.title} ({', '.join(band.word for band in scheme.bands)})"


def silently(before: Scheme, now: Scheme) -> str:
    """What is said of a rule that changed under the same title and words; empty where it did not."""
    silent = scheme_words(before) == scheme_words(now) and rule(before) != rule(now)
    return "the same words under other conditions" if silent else ""


def _revised(pair: Pair, then: Reported, here: Reported) -> Revised:
    """Whether the target was revised between the two; what a framework says of itself is about the one before it."""
    row, row_now = agreed(pair.before, then), agreed(pair.now, here)
    if targets_differ(row, row_now):
        return True
    one, other = pair.before.framework, pair.now.framework
    if one.id == other.id:
        return False
    if one.period.start <= other.period.start:
        return target_revised(row, row_now, other)
    return target_revised(row_now, row, one)


_ALSO: dict[Factor, str] = {
    "target": "the target was not published on both sides",
    "tolerance": "the tolerance was changed",
    "definition": "what is measured, or how, has changed",
    "scheme": "another rule rates it",
}


def _caution(movement: Movement, others: list[Factor], revised: Revised) -> str:
    """Why no improvement or deterioration is claimed, as a sentence; empty where one is."""
    said = [_ALSO[one] for one in others if one != "target" or not revised]
    if revised:
        said.insert(
            0,
            "targets were revised, and perhaps this one"
            if revised == "perhaps"
            else "the target was revised",
        )
    if not said:
        return ""
    what = "improvement" if movement.kind == "up" else "deterioration"
    return f"{capitalised(listed(said))}, so no {what} is claimed."
