"""Where a paper made today differs from the sealed one, in words: which figure, which sentence.

Only what the seal holds is compared: a key that a later version of the library has added to the paper model says
nothing about a paper that was sealed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

Content = Mapping[str, Any]
_AROUND = 5
"""Words that are shown on both sides of those that differ."""
NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """One thing that a paper says otherwise now.

    Parameters
    ----------
    where
        In the paper: ``indicator 1.2.1 Review at 2 years (current), figure``.
    was, now
        As sealed, and as made today; of long texts only the words that differ and a few around them.
    """

    where: str
    was: str
    now: str

    def __str__(self) -> str:
        """In one line."""
        return f"{self.where}: was {self.was}, is {self.now}"


def differences(sealed: Content, made: Content) -> list[Difference]:
    """Everything in which a made paper model differs from a sealed one, figures first.

    Parameters
    ----------
    sealed, made
        Paper models as documents; what only `made` has under a key that the sealed one lacks does not count.
    """
    return [
        *_indicators(sealed.get("indicators", []), made.get("indicators", [])),
        *_exactly(sealed.get("summary"), made.get("summary"), "summary"),
        *_front_sheet(sealed.get("front_sheet", []), made.get("front_sheet", [])),
        *_sections(sealed.get("sections", []), made.get("sections", [])),
        *(
            difference
            for key in sealed
            if key not in ("indicators", "summary", "front_sheet", "sections", "schema_version")
            for difference in _leaves(sealed[key], made.get(key), key.replace("_", " "))
        ),
    ]


_FIRST = ("number", "title", "period", "outturn", "target", "rating")
"""What is told first of an indicator."""
_SAYS = {
    "outturn.published": "figure",
    "outturn.value": "exact figure",
    "rating.word": "rating",
    "target.words": "target",
    "number": "printed number",
}


def _indicators(sealed: list[Content], made: list[Content]) -> Iterator[Difference]:
    for was, now in _pairs(sealed, made, "view", "id"):
        one = was or now
        assert one is not None
        named = " ".join(part for part in (one["number"], one["title"]) if part)
        where = f"indicator {named} ({one['view']})"
        if was is None or now is None:
            yield Difference(where, "shown" if was else NOTHING, "shown" if now else NOTHING)
            continue
        for key in dict.fromkeys([*(key for key in _FIRST if key in was), *was]):
            yield from _leaves(was[key], now.get(key), where, key)


def _front_sheet(sealed: list[Content], made: list[Content]) -> Iterator[Difference]:
    for was, now in _pairs(sealed, made, "label"):
        label = (was or now or {})["label"]
        yield from _texts(f"front sheet, {label}", (was or {}).get("value"), (now or {}).get("value"))


def _sections(sealed: list[Content], made: list[Content]) -> Iterator[Difference]:
    for was, now in _pairs(sealed, made, "id"):
        one = was or now
        assert one is not None
        where = f"section {one.get('number') or one['id']} {one.get('title', '')}".strip()
        for key in ("number", "title"):
            if was is not None and now is not None:
                yield from _leaves(was.get(key), now.get(key), f"{where}, {key}")
        there, here = ((side or {}).get("blocks", []) for side in (was, now))
        yield from _order(where, there, here)
        for before, after in _pairs(there, here, "id"):
            yield from _block(where, before, after)


def _order(where: str, sealed: list[Content], made: list[Content]) -> Iterator[Difference]:
    """The order of the blocks that both have."""
    there, here = ([block["id"] for block in blocks] for blocks in (sealed, made))
    kept, stayed = [name for name in there if name in here], [name for name in here if name in there]
    if kept != stayed:
        yield Difference(f"{where}, order", ", ".join(kept), ", ".join(stayed))


def _block(where: str, was: Content | None, now: Content | None) -> Iterator[Difference]:
    one = was or now
    assert one is not None
    place = f"{where}, {one['type']} {one.get('number', '')}".rstrip(" .") + f" ({one['id']})"
    if was is None or now is None:
        yield from _texts(place, _spoken(was), _spoken(now))
        return
    for key in was:
        if key == "rows":
            yield from _rows(place, was, now)
        else:
            yield from _leaves(was[key], now.get(key), place, "" if key == "text" else key)


def _spoken(block: Content | None) -> str | None:
    """What a block says first of all."""
    return None if block is None else str(block.get("text") or block.get("caption") or block["id"])


def _rows(place: str, was: Content, now: Content) -> Iterator[Difference]:
    """Cell by cell where the rows are the same ones; else the rows that came, went or moved."""
    there, here = was["rows"], now.get("rows", [])
    heads, others = ([row[0].get("text", "") if row else "" for row in rows] for rows in (there, here))
    if len(heads) != len(others):
        gone = [head for head in heads if head not in others] or heads
        came = [head for head in others if head not in heads] or others
        yield Difference(f"{place}, rows", _shown("; ".join(gone)), _shown("; ".join(came)))
        return
    columns = was["columns"]
    for head, then, after in zip(heads, there, here, strict=True):
        beside: Iterator[tuple[Content, Content]] = zip_longest(then, after, fillvalue={})
        for i, (cell, other) in enumerate(beside):
            column = f", column '{columns[i]}'" if i < len(columns) and columns[i] else ""
            yield from _leaves(cell, other, f"{place}, row '{head}'{column}")


def _leaves(was: Any, now: Any, where: str, path: str = "") -> Iterator[Difference]:
    """The plain values below a place that differ, over the keys that were sealed."""
    if was == now:
        return
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in was:
            yield from _leaves(was[key], now.get(key), where, f"{path}.{key}" if path else key)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for i, (one, other) in enumerate(zip(was, now, strict=True), start=1):
            yield from _leaves(one, other, where, f"{path} {i}")
    else:
        said = _SAYS.get(path, path.replace("_", " ").replace(".", ", "))
        yield from _texts(f"{where}, {said}" if said and said != "text" else where, was, now)


def _exactly(was: Any, now: Any, where: str) -> Iterator[Difference]:
    """The same where the keys are words of a scheme: one that came counts too."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*was, *now]):
            yield from _exactly(was.get(key), now.get(key), f"{where}, {key.replace('_', ' ')}")
    elif was != now:
        yield from _texts(where, was, now)


def _pairs(
    sealed: Iterable[Content], made: Iterable[Content], *keys: str
) -> Iterator[tuple[Content | None, Content | None]]:
    """Things with the same key of both sides, in the sealed order; then those that are only here."""
    there = {tuple(one[key] for key in keys): one for one in sealed}
    here = {tuple(one[key] for key in keys): one for one in made}
    for name in dict.fromkeys([*there, *here]):
        yield there.get(name), here.get(name)


def _texts(where: str, was: Any, now: Any) -> Iterator[Difference]:
    if was == now:
        return
    if isinstance(was, str) and isinstance(now, str):
        yield Difference(where, *_apart(was, now))
    else:
        yield Difference(where, _shown(was), _shown(now))


def _apart(was: str, now: str) -> tuple[str, str]:
    """The words of two texts that differ, with a few around them."""
    there, here = was.split(), now.split()
    if there == here:
        return repr(was), repr(now)
    start = next((i for i, (a, b) in enumerate(zip(there, here, strict=False)) if a != b), None)
    start = min(len(there), len(here)) if start is None else start
    end = 0
    while end < min(len(there), len(here)) - start and there[-1 - end] == here[-1 - end]:
        end += 1
    return _excerpt(there, start, end), _excerpt(here, start, end)


def _excerpt(words: list[str], start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(words), len(words) - end + _AROUND)
    before, after = "… " if first else "", " …" if last < len(words) else ""
    return f"'{before}{' '.join(words[first:last])}{after}'" if words else NOTHING


def _shown(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    text = " ".join(str(value).split())
    return f"'{text[:197]}…'" if len(text) > 198 else f"'{text}'"
