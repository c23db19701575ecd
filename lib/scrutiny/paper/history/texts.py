"""Texts: which paragraphs, lines and rows read otherwise, section by section, and which of their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from scrutiny.paper.history.compared import Run, SectionChange, TableChange, TextChange
from scrutiny.paper.lint.draft import unmarked
from scrutiny.paper.model import PaperModel, Paragraph, Section, Table

_ALIKE = 0.4
"""Share of words in common below which a text is shown whole, before and now: less would be read as a puzzle."""
_VERY_ALIKE = 0.6
"""Share from which two texts under different ids are taken for one that was moved and changed."""
_SHORT = 12
"""Words up to which two texts in one place are compared whatever they have in common."""
_FIXED = ("title", "heading", "subheading", "caption", "row")
"""Roles of what is known by its place alone."""
Change = Literal["changed", "removed", "added"]


class Text(NamedTuple):
    """One piece of text, with what it is known by: its block's id, and for a row its first cell.

    `under` is the heading that it stands under inside its section.
    """

    id: str
    role: str
    text: str
    key: str = ""
    under: str = ""


def changed_front_sheet(before: PaperModel, now: PaperModel) -> list[TextChange]:
    """The lines of the front sheet, and the note at the paper's head, that read otherwise."""
    return list(_changed(_front(before), _front(now)))


def _front(model: PaperModel) -> list[Text]:
    lines = [Text(line.label, "front", said(line.value)) for line in model.front_sheet]
    return [*lines, *([Text("note", "note", said(model.note))] if model.note else [])]


def changed_sections(
    before: PaperModel, now: PaperModel, own_tables: frozenset[str] = frozenset()
) -> list[SectionChange]:
    """The sections whose texts read otherwise, in the order of the newer paper; those that are gone stand last.

    Parameters
    ----------
    own_tables
        Ids of the tables of words, which are told row by row. Of the others, which are made from figures, only how many
        rows are others.
    """
    old = {section.id: section for section in before.sections}
    new = {section.id: section for section in now.sections}
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        made = _section(old.get(name), new.get(name), own_tables)
        if made is not None:
            found.append(made)
    return found


def _section(before: Section | None, now: Section | None, own_tables: frozenset[str]) -> SectionChange | None:
    either = now or before
    assert either is not None
    texts = list(_changed(_texts(before, own_tables), _texts(now, own_tables)))
    if before is None or now is None:
        texts = [text for text in texts if text.role != "title"]
    tables = list(_tables(before, now, own_tables))
    if before is not None and now is not None and not texts and not tables:
        return None
    change: Change = "added" if before is None else "removed" if now is None else "changed"
    return SectionChange(id=either.id, title=said(either.title), change=change, texts=texts, tables=tables)


def _texts(section: Section | None, own_tables: frozenset[str]) -> list[Text]:
    """Title, paragraphs and the rows of tables of words."""
    if section is None:
        return []
    found = [Text("title", "title", said(section.title))] if section.title else []
    under = ""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            text = Text(block.id, block.role, said(block.text), under=under)
            under = text.text if block.role in ("heading", "subheading") else under
            found.append(text)
        elif isinstance(block, Table) and block.id in own_tables:
            found.append(Text(block.id, "caption", said(block.caption), under=under))
            rows = zip(block.rows, _rows(block), strict=True)
            found += [Text(block.id, "row", row, cells[0].text, under) for cells, row in rows]
    return found


def _rows(table: Table) -> list[str]:
    return [" | ".join(said(" ".join(filter(None, (c.text, c.note)))) for c in row) for row in table.rows]


def _tables(before: Section | None, now: Section | None, own_tables: frozenset[str]) -> Iterator[TableChange]:
    """How many rows of the other tables are others."""
    old, new = ({t.id: t for t in _others(section, own_tables)} for section in (before, now))
    for name in dict.fromkeys([*new, *old]):
        rows, rows_now = (_keyed(tables[name]) if name in tables else {} for tables in (old, new))
        changed = sum(rows[key] != rows_now[key] for key in rows.keys() & rows_now.keys())
        added, removed = len(rows_now.keys() - rows.keys()), len(rows.keys() - rows_now.keys())
        if changed or added or removed:
            table = new.get(name) or old[name]
            yield TableChange(
                id=name,
                kind=table.kind,
                caption=said(table.caption),
                changed=changed,
                added=added,
                removed=removed,
            )


def _others(section: Section | None, own_tables: frozenset[str]) -> list[Table]:
    blocks = section.blocks if section else []
    return [b for b in blocks if isinstance(b, Table) and b.id not in own_tables]


def _keyed(table: Table) -> dict[tuple[str, int], str]:
    """Rows by their head, if they have one; the second row with the same one has the place 2, and so on."""
    found: dict[tuple[str, int], str] = {}
    for row, text in zip(table.rows, _rows(table), strict=True):
        head, place = row[0].text if table.row_headers else "", 1
        while (head, place) in found:
            place += 1
        found[head, place] = text
    return found


def said(markdown: str) -> str:
    """A text without its markup, on one line; addresses stay."""
    text = re.sub(r"!?\[([^\]]*)\]\(([^)]*)\)", r"\1 (\2)", markdown.replace("\\\n", " "))
    return " ".join(unmarked(re.sub(r"<(https?:[^>]*)>", r"\1", text)).split())


def _changed(before: Sequence[Text], now: Sequence[Text]) -> Iterator[TextChange]:
    """The texts of one place that read otherwise, in the newer order; one that is gone stands where it was.

    A text that only moved is the same. Of what is left, the texts with one id are compared.
    """
    partner = _partners(before, now)
    kept = set(partner.values())
    reached = 0
    for j, text in enumerate(now):
        i = partner.get(j)
        if i is None:
            yield _change("added", text, [Run(state="added", text=text.text)])
            continue
        yield from _gone(before[reached : i + 1], kept, reached)
        reached = max(reached, i + 1)
        if before[i].text != text.text:
            yield _change("changed", text, words(before[i].text, text.text))
    yield from _gone(before[reached:], kept, reached)


def _gone(texts: Sequence[Text], kept: set[int], first: int) -> Iterator[TextChange]:
    for i, text in enumerate(texts, start=first):
        if i not in kept:
            yield _change("removed", text, [Run(state="removed", text=text.text)])


def _change(change: Change, text: Text, runs: list[Run]) -> TextChange:
    return TextChange(id=text.id, under=text.under, change=change, role=text.role, words=runs)


def _partners(before: Sequence[Text], now: Sequence[Text]) -> dict[int, int]:
    """For each text now the place of the earlier one that it is compared with.

    Equal texts go together, wherever they stand; then those with one id; of what is left those that are most alike.
    """
    found = _equal(before, now)
    found |= dict(_of_one_id(before, now, found))
    taken = set(found.values())
    for j, i in _near(before, now, found):
        if j not in found and i not in taken:
            found[j] = i
            taken.add(i)
    return found


def _near(before: Sequence[Text], now: Sequence[Text], found: dict[int, int]) -> list[tuple[int, int]]:
    """Pairs of texts under different ids that have most of their words in common, the most alike first."""
    left = [(i, text) for i, text in enumerate(before) if i not in found.values() and text.role not in _FIXED]
    left_now = [(j, text) for j, text in enumerate(now) if j not in found and text.role not in _FIXED]
    shares = [
        (_share(old.text, new.text, _VERY_ALIKE), sorted((old.text, new.text)), j, i)
        for j, new in left_now
        for i, old in left
    ]
    near = sorted((-share, texts, j, i) for share, texts, j, i in shares if share >= _VERY_ALIKE)
    return [(j, i) for _, _, j, i in near]


def _equal(before: Sequence[Text], now: Sequence[Text]) -> dict[int, int]:
    """Texts that read the same: of several first those in their own place, then in their order."""
    found: dict[int, int] = {}
    for key in (_whole, _as_read):
        waiting = _waiting(before, set(found.values()), key)
        for j, text in enumerate(now):
            if j not in found and waiting.get(key(text)):
                found[j] = waiting[key(text)].pop(0)
    return found


def _of_one_id(
    before: Sequence[Text], now: Sequence[Text], found: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Texts with one id, if they have enough in common, or are so short that they are read at a glance."""
    waiting = _waiting(before, set(found.values()), _place)
    for j, text in enumerate(now):
        if j not in found and waiting.get(_place(text)):
            i = waiting[_place(text)].pop(0)
            if _comparable(before[i], text):
                yield j, i


def _waiting(
    texts: Sequence[Text], taken: set[int], key: Callable[[Text], object]
) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for i, text in enumerate(texts):
        if i not in taken:
            found.setdefault(key(text), []).append(i)
    return found


def _whole(text: Text) -> object:
    return text.id, text.key, text.role, text.text


def _as_read(text: Text) -> object:
    return text.role, text.text


def _place(text: Text) -> object:
    return text.id, text.key


def _comparable(old: Text, new: Text) -> bool:
    short = max(len(old.text.split()), len(new.text.split())) <= _SHORT
    return short or new.role in ("front", "title", "row") or _share(old.text, new.text, _ALIKE) >= _ALIKE


def _share(one: str, other: str, least: float) -> float:
    """Share of words in common, the same either way round; 0 where a glance shows that it is less than asked for."""
    matcher, _, _ = _matcher(one, other)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _matcher(one: str, other: str) -> tuple[SequenceMatcher[str], list[str], list[str]]:
    """Compares the words of two texts in the order of the alphabet, so that either way round gives the same."""
    first, second = (text.split() for text in sorted((one, other)))
    return SequenceMatcher(None, first, second, autojunk=False), first, second


def words(before: str, now: str) -> list[Run]:
    """The words of two texts as runs: the same, removed, added.

    Texts with less than two fifths of their words in common stand whole, one behind the other; a single word that
    stayed between two changes is told with them. The other way round the same words are removed that were added.

    Examples
    --------
    >>> [(run.state, run.text) for run in words("Two measures are Red.", "Three measures are Red.")]
    [('removed', 'Two'), ('added', 'Three'), ('same', 'measures are Red.')]
    """
    matcher, old, new = _matcher(before, now)
    if matcher.ratio() < _ALIKE:
        return _runs([(False, before.split(), now.split())])
    steps = [(tag == "equal", old[a:b], new[c:d]) for tag, a, b, c, d in matcher.get_opcodes()]
    if before > now:
        steps = [(same, theirs, ours) for same, ours, theirs in steps]
    return _runs(_joined(steps))


_Step = tuple[bool, list[str], list[str]]


def _joined(steps: list[_Step]) -> list[_Step]:
    """Steps in which no single word that stayed stands between two changes."""
    made: list[_Step] = []
    for place, (same, old, new) in enumerate(steps):
        island = same and len(old) == 1 and 0 < place < len(steps) - 1
        if made and not made[-1][0] and (island or not same):
            made[-1] = (False, [*made[-1][1], *old], [*made[-1][2], *new])
        else:
            made.append((same, old, new))
    return made


def _runs(steps: list[_Step]) -> list[Run]:
    made = []
    for same, old, new in steps:
        if same:
            made.append(Run(state="same", text=" ".join(old)))
            continue
        made += [Run(state="removed", text=" ".join(old))] if old else []
        made += [Run(state="added", text=" ".join(new))] if new else []
    return made
