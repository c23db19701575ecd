"""What a paper rests on: a hash of each definition, row set and file that it was made from, as known on its day."""

from __future__ import annotations

import json
import platform
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scrutiny.data.observations import Judgement, Observation, Unable
from scrutiny.data.store import Store
from scrutiny.files import sha256
from scrutiny.paper.build import Inputs
from scrutiny.paper.history.seal import Rests, Seal

PROGRAMS = (
    *("jinja2", "lxml", "matplotlib", "nbformat", "pandas", "papermill", "pydantic", "pypandoc_binary"),
    *("python-docx", "pyyaml", "markdown-it-py"),
)
LOCK = "requirements.lock"
_TEMPLATES = ("page.html", "paper.css", "paper.lua", "reference.docx")
_FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def rests_of(inputs: Inputs) -> Rests:
    """Everything that a paper is made from, each with its hash.

    What became known after the paper's as-at date is left out, so that a row or a version that is added later does
    not count as a change of what the paper rests on.
    """
    root = inputs.catalogue.root
    notebook = root / "notebooks" / f"{inputs.committee.notebook}.ipynb"
    council = inputs.folder.council.base.id
    templates = root / "reports" / "templates"
    own = templates / council / "reference.docx"
    return Rests(
        settings=_files(root, _settings(inputs)),
        definitions=dict(_definitions(inputs)),
        rows=_rows(inputs),
        notebook=_files(root, [notebook]),
        templates=_files(root, [*(templates / name for name in _TEMPLATES), own]),
        fonts=_fonts(),
        library={"version": _version("scrutiny"), "code": _code(), **_files(root, [root / LOCK])},
        programs={"python": platform.python_version(), **{name: _version(name) for name in PROGRAMS}},
    )


def _files(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {p.relative_to(root).as_posix(): sha256(p.read_bytes()) for p in paths if p.is_file()}


def _settings(inputs: Inputs) -> Iterator[Path]:
    """The paper's own files, and those of the committee's paper before it."""
    last = inputs.last()
    for folder in [inputs.path, *([last.folder] if last else [])]:
        yield from (folder / "paper.yml", folder / "commentary.md")


def _definitions(inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Each definition in the state that was known on the day."""
    folder, day = inputs.folder, inputs.day
    people = folder.people.as_at(day)
    posts = [
        post.model_copy(update={"holders": [h for h in post.holders if h.known_on <= day]})
        for post in people.posts
    ]
    yield "council", _state(folder.council.as_at(day))
    yield "people", _state(people.model_copy(update={"posts": posts}))
    yield f"committee {inputs.settings.committee}", _state(inputs.committee)
    frameworks = [dated.as_at(day) for dated in folder.frameworks.values()]
    own = [f for f in frameworks if f.committee == inputs.settings.committee and f.known_on <= day]
    shown = [folder.frameworks[view.framework].as_at(day) for view in inputs.settings.views.values()]
    known = {framework.id: framework for framework in [*own, *shown]}
    for framework in known.values():
        rows = [row.as_at(day).model_copy(update={"versions": []}) for row in framework.rows]
        yield f"framework {framework.id}", _state(framework.model_copy(update={"rows": rows}))
    for name in sorted({framework.scheme for framework in known.values()} & folder.schemes.keys()):
        yield f"scheme {name}", _state(folder.schemes[name].as_at(day))
    for name in sorted(_indicators(inputs)):
        yield f"indicator {name}", _state(inputs.catalogue.indicators[name].as_at(day))


def _indicators(inputs: Inputs) -> set[str]:
    """The indicators of the paper's views."""
    return {r.indicator.id for view in inputs.views().values() for r in view.rows}


def _state(definition: BaseModel) -> str:
    """Hash of a definition; keys that hold their default do not count, so that a new kind of key changes nothing."""
    content = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())


def _rows(inputs: Inputs) -> dict[str, str]:
    """Rows about the paper's indicators that were known by the day, as ``12 rows, 5f3a…``."""
    store, council = inputs.store, inputs.folder.council.as_at(inputs.day)
    areas = {council.area, *(comparator.area for comparator in council.comparators)}
    shown = _indicators(inputs)
    found: dict[str, list[str]] = defaultdict(list)
    for table, row in _known(store, areas):
        if row.indicator in shown and row.known_on <= inputs.day:
            found[f"{table} of {row.indicator}"].append(_line(row))
    return {name: f"{len(lines)} rows, {sha256(_joined(lines))}" for name, lines in sorted(found.items())}


def _known(store: Store, areas: set[str]) -> Iterator[tuple[str, Observation | Unable | Judgement]]:
    yield from (("outturns", row) for row in store.outturns)
    yield from (("benchmarks", row) for row in store.benchmarks if row.area in areas)
    yield from (("unable to report", row) for row in store.unable)
    yield from (("judgements", row) for row in store.judgements)


def _line(row: Any) -> str:
    """A row's content, wherever in its file it stands."""
    said = {field.name: str(getattr(row, field.name)) for field in fields(row) if field.name != "where"}
    return json.dumps({key: value for key, value in said.items() if value}, sort_keys=True)


def _joined(lines: list[str]) -> bytes:
    return "\n".join(sorted(lines)).encode()


def _fonts() -> dict[str, str]:
    """The fonts of the charts: those that come with matplotlib."""
    folder = Path(str(metadata.distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf")))
    return {name: sha256((folder / name).read_bytes()) for name in _FONTS if (folder / name).is_file()}


def _code() -> str:
    """Hash of the library's own files."""
    folder = Path(__file__).resolve().parents[2]
    paths = sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".j2"))
    return sha256("\n".join(f"{p.relative_to(folder).as_posix()} {_text_hash(p)}" for p in paths).encode())


def _text_hash(path: Path) -> str:
    """Hash of a text file, whatever its line ends."""
    return sha256(path.read_bytes().replace(b"\r\n", b"\n"))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def changed(seal: Seal, inputs: Inputs) -> list[str]:
    """What a paper rests on and is not as it was sealed, each in words."""
    sealed, now = seal.rests_on, rests_of(inputs)
    found: list[str] = []
    for group in Rests.model_fields:
        then, here = getattr(sealed, group), getattr(now, group)
        found += [
            _change(group, name, then.get(name), here.get(name))
            for name in dict.fromkeys([*then, *here])
            if then.get(name) != here.get(name)
        ]
    return found


def _change(group: str, name: str, then: str | None, now: str | None) -> str:
    if group == "programs" or name == "version":
        name = "scrutiny" if name == "version" else name
        return f"{name} {now or 'gone'} (was {then or 'not there'})"
    words = {("library", "code"): "the library's code", ("library", LOCK): f"the lock file {LOCK}"}
    said = words.get((group, name), name)
    if group == "rows":
        there, here = ((text or "0 rows").partition(",")[0] for text in (then, now))
        return f"{said} ({there}, now {here})" if there != here else f"{said} (changed in place)"
    return said if then and now else f"{said} ({'new' if now else 'gone'})"
