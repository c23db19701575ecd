"""Checks of names: bodies, people and posts against the council's register, and consultation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrutiny.data.definitions import Post
from scrutiny.errors import shown
from scrutiny.paper.lint.draft import Draft, Found, plain
from scrutiny.paper.model import Table

_BODY = "Sub-Committee|Subcommittee|Committee|Panel|Board"
_NAME = r"[A-Z][\w'’]*(?:-[A-Z]\w*)*"
_MENTION = re.compile(
    rf"((?:(?!(?:{_BODY})\b){_NAME},?\s+(?:(?:and|&|of|for|the)\s+)*)*)(?<![\w-])({_BODY})(?![\w-])"
)
_INDEFINITE = re.compile(
    r"\b(?:an?|any|each|every|other|another|relevant|appropriate|respective|such|its)\s+$"
)
_OFFICER = re.compile(r"\b(?:officer|member|author|report of|contact|director)", re.IGNORECASE)
_OF_A_POST = (
    "Director|Head|Chief|Executive|Officer|Manager|Member|Assistant|Deputy|Interim|Lead|Cabinet|Leader|Chair"
)
_PERSON = re.compile(
    rf"(?:^|(?<=\band\s)|(?<=,\s))(?:(?:Cllr|Councillor|Dr|Mr|Mrs|Ms)\.?\s)?"
    rf"(?!(?:[\w'’-]+\s)*?(?:{_OF_A_POST})\b)(?:[A-Z][\w'’-]*\s){{1,3}}?[A-Z][\w'’-]+(?=,\s)"
)
_TITLES = re.compile(r"^(?:Cllr|Councillor|Dr|Mr|Mrs|Ms)\.?\s+")


def body_name(draft: Draft) -> Iterator[Found]:
    """A committee is called by a name that is not its registered one."""
    if not draft.people.bodies:
        return
    names = [body.name for body in draft.people.bodies]
    short = {b.short_name.removeprefix("the ").removeprefix("The ") for b in draft.people.bodies}
    if draft.model.committee.name not in names:
        yield _body(f"{draft.name}, committee", draft.model.committee.name, names)
    for text in draft.texts:
        for name in names:
            cut = name.rpartition(" ")[0]
            if " " in cut and re.search(rf"{re.escape(cut)}(?!\w|\s[A-Z])", text.text):
                yield _body(text.place, cut, names)
        for mention in _mentions(text.text):
            if mention not in short and not any(mention in (n, n.removeprefix("the ")) for n in names):
                yield _body(text.place, mention, names)


def _mentions(text: str) -> Iterator[str]:
    """Names that end as bodies' names do, in capitals; ``the appropriate Scrutiny Panel`` names none."""
    for match in _MENTION.finditer(text):
        name = re.sub(r"\s+", " ", match.group()).strip()
        if not _INDEFINITE.search(text[: match.start()]):
            yield re.sub(r"^(?:(?:The|A|An|That|Our|This|Each|In|For|To|By|the)\s+)+", "", name)


def _body(place: str, found: str, names: list[str]) -> Found:
    import difflib

    near = difflib.get_close_matches(found, names, n=1, cutoff=0.5)
    return Found(
        place,
        f"'{shown(found)}' is no registered name",
        near[0] if near else "a name of people.yml: " + "; ".join(names),
        "use the registered name or its short name, or enter the body in people.yml",
    )


def body_without_article(draft: Draft) -> Iterator[Found]:
    """A body's short name stands without its article."""
    for body in draft.people.bodies:
        bare = body.short_name.removeprefix("the ")
        if bare == body.short_name:
            continue
        wanted = re.compile(rf"\b(?:that|to|by|of|from|with|for|if|when)\s+{re.escape(bare)}\b(?!\s[A-Z])")
        for text in draft.prose:
            for match in wanted.finditer(text.text):
                expected = match.group().replace(bare, body.short_name)
                yield Found(text.place, f"'{match.group()}'", f"'{expected}'", "add the article")


def person_post(draft: Draft) -> Iterator[Found]:
    """A person is named with another post than the register has."""
    for place, name, said in _named(draft):
        titles = [p.title for p in draft.people.posts if _holds(p, name)]
        if titles and not any(said.startswith(title) for title in titles):
            yield Found(
                place,
                f"{name} is called '{shown(said, 70)}'",
                " or ".join(f"'{title}'" for title in titles),
                "use the registered title, or enter the post in people.yml",
            )


def person_unknown(draft: Draft) -> Iterator[Found]:
    """The front sheet names somebody whom the register does not have."""
    if not draft.people.posts:
        return
    for place, name, said in _named(draft):
        if not any(_holds(post, name) for post in draft.people.posts):
            yield Found(
                place,
                f"{name}, {shown(said, 60)}",
                "people whom people.yml names, with their posts",
                "correct the name, or enter it in people.yml",
            )


def _holds(post: Post, name: str) -> bool:
    return any(_bare(holder.name) == _bare(name) for holder in post.holders)


def _bare(name: str) -> str:
    return _TITLES.sub("", name).strip()


def _named(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """Place, name and post of everybody who is named with a post: on the front sheet, and in tables."""
    for line in draft.model.front_sheet:
        if not _OFFICER.search(line.label):
            continue
        for part in _split(line.value):
            found = list(_PERSON.finditer(part))
            for i, match in enumerate(found):
                end = found[i + 1].start() if i + 1 < len(found) else len(part)
                said = re.sub(r"[\s,]+and\s*$|[.,\s]+$", "", part[match.end() + 1 : end].strip())
                yield f"{draft.name}, front sheet, {line.label}", match.group(), said
    for section in draft.model.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield from _of_table(draft, f"{draft.place(section, block.id)}", block)


def _split(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n|;", plain(value))]


def _of_table(draft: Draft, place: str, table: Table) -> Iterator[tuple[str, str, str]]:
    name = _column(table, "name")
    post = _column(table, "post")
    if name is None or post is None:
        return
    for i, row in enumerate(table.rows, start=1):
        if row[name].text and row[post].text:
            yield f"{place}, row {i}", plain(row[name].text), plain(row[post].text)


def _column(table: Table, word: str) -> int | None:
    found = (i for i, c in enumerate(table.columns) if re.search(rf"\b{word}\b", c, re.IGNORECASE))
    return next(found, None)


def front_label(draft: Draft) -> Iterator[Found]:
    """A label of the front sheet is in the singular over several names, or in the plural over one."""
    for line in draft.model.front_sheet:
        if not _OFFICER.search(line.label):
            continue
        names = sum(len(_PERSON.findall(part)) for part in _split(line.value))
        optional = "(s)" in line.label
        plural = bool(
            re.search(r"(?:officers|members|authors|contacts|directors)\b", line.label, re.IGNORECASE)
        )
        if names and not optional and plural != (names > 1):
            yield Found(
                f"{draft.name}, front sheet, {line.label}",
                f"'{line.label}' over {names} {'name' if names == 1 else 'names'}",
                "a label that agrees with the number of names",
                "put the label into the " + ("plural" if names > 1 else "singular"),
            )


def consultation(draft: Draft) -> Iterator[Found]:
    """A consultee was never sent the paper, or has not returned it."""
    for section in draft.model.sections:
        for block in section.blocks:
            if not isinstance(block, Table):
                continue
            sent, returned = _column(block, "sent"), _column(block, "returned")
            if sent is None:
                continue
            for i, row in enumerate(block.rows, start=1):
                place = f"{draft.place(section, block.id)}, row {i}"
                if not row[sent].text.strip():
                    yield _open(place, row[0].text, "was never sent the paper")
                elif returned is not None and not row[returned].text.strip():
                    yield _open(place, row[0].text, f"has not returned it (sent {row[sent].text})")


def _open(place: str, name: str, what: str) -> Found:
    do = "consult, or waive it with the reason"
    return Found(place, f"{shown(plain(name))} {what}", "every consultee sent and returned", do)
