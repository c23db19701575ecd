"""What an import would do, found out whole before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scrutiny.data import areas as lookups
from scrutiny.data import benchmarks
from scrutiny.data import catalogue as catalogues
from scrutiny.data.areas import Areas
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.catalogue import Catalogue
from scrutiny.data.importers import mapping as mappings
from scrutiny.data.importers import write
from scrutiny.data.importers.convert import Converted, columns_needed, convert
from scrutiny.data.importers.mapping import FileMapping, Written
from scrutiny.data.importers.merge import Held, Merged, merge
from scrutiny.data.importers.reading import Faults, Received, receive
from scrutiny.data.importers.recognise import (
    Meta,
    Understood,
    is_meta,
    read_meta,
    recognise,
    understand,
)
from scrutiny.data.observations import Observation
from scrutiny.data.rows import RowReader
from scrutiny.errors import ExitCode, Problem


@dataclass(frozen=True)
class Request:
    """What is to be imported.

    Parameters
    ----------
    paths
        The files, each with the name that messages give it.
    name
        Under which name; empty for that of the mapping.
    mapping
        A file of its own that holds the mapping; None looks among those of the project.
    published
        When this edition was published, where that is stated.
    """

    paths: Sequence[tuple[Path, str]]
    name: str = ""
    mapping: Path | None = None
    published: dt.date | None = None


@dataclass(frozen=True)
class Companion:
    """A file of names that comes with another."""

    received: Received
    meta: Meta


@dataclass(frozen=True)
class Part:
    """One file by one part of a mapping: what is taken, and what of it is new."""

    written: Written
    file: FileMapping
    name: str
    converted: Converted
    merged: Merged


@dataclass
class Imported:
    """One file: what it is, and what is taken from it.

    Parameters
    ----------
    kept
        Where it is, or will be, among the sources: ``sources/<name>/<file>``; empty where nothing is taken.
    is_new
        Whether it has to be copied there.
    """

    understood: Understood
    companion: Companion | None = None
    parts: list[Part] = field(default_factory=list)
    kept: str = ""
    is_new: bool = False


@dataclass
class Plan:
    """What an import would do.

    Parameters
    ----------
    unmapped
        Files that no mapping names.
    problems
        Everything that is wrong; with any of them nothing is written.
    """

    files: list[Imported] = field(default_factory=list)
    unmapped: list[Understood] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def added(self) -> int:
        """Rows that would be added."""
        return sum(len(part.merged.added) for file in self.files for part in file.parts)


def plan(root: Path, request: Request) -> Plan:
    """Find out what an import would do.

    Parameters
    ----------
    root
        The project's folder.
    request
        What is asked for.

    Returns
    -------
    Plan
        With every problem of every file.
    """
    made = Plan()
    written = _mappings(root, request, made.problems)
    catalogue = catalogues.indicators(root)
    units = {name: dated.latest.unit for name, dated in catalogue.indicators.items()}
    received = _received(request, made.problems)
    chosen: list[tuple[Imported, list[tuple[Written, FileMapping]]]] = []
    for one, companion in received:
        understood = _understood(one, companion, written, made.problems)
        if understood is None:
            continue
        fitting = _fitting(understood, written, request)
        if fitting:
            chosen.append((Imported(understood, companion), fitting))
        else:
            made.unmapped.append(understood)
    used = {id(w): w for _, fitting in chosen for w, _ in fitting}.values()
    for one_mapping in used:
        made.problems += mappings.unsound(one_mapping, units)
    if not made.problems:
        _take(root, request, catalogue, chosen, made)
    return made


def _mappings(root: Path, request: Request, problems: list[Problem]) -> list[Written]:
    if request.mapping is not None:
        name = request.mapping.as_posix()
        path = request.mapping.resolve()
        if path.is_relative_to(root.resolve()):
            name = path.relative_to(root.resolve()).as_posix()
        one, found = mappings.read(request.mapping, name)
        problems += found
        return [one] if one else []
    all_written, found = mappings.read_all(root)
    if request.name:
        own = [w for w in all_written if w.mapping.id == request.name]
        problems += [p for p in found if p.where.startswith(f"{mappings.FOLDER}/{request.name}.yml")]
        return own
    problems += found
    return all_written


def _received(request: Request, problems: list[Problem]) -> list[tuple[Received, Companion | None]]:
    """The files with figures, each with its file of names: beside it, or among those given."""
    read = []
    for path, name in request.paths:
        received, found = receive(path, name)
        problems += found
        if received is not None:
            read.append((path, received))
    metas = [Companion(one, read_meta(one)) for _, one in read if is_meta(one)]
    figures = [(path, one) for path, one in read if not is_meta(one)]
    paired, used = [], set()
    for path, one in figures:
        beside = path.with_suffix(".meta.csv")
        companion = next((m for m in metas if _names_columns_of(m, one)), None)
        if companion is not None:
            used.add(companion.received.name)
        elif beside.exists():
            found_meta, _ = receive(beside, beside.name)
            if found_meta is not None and is_meta(found_meta):
                companion = Companion(found_meta, read_meta(found_meta))
        paired.append((one, companion))
    for meta in metas:
        if meta.received.name not in used:
            found_words = "it names the columns of another file, which is not among those given"
            do = "give the file with the figures as well"
            problems.append(
                _problem("meta-without-data", meta.received.name, found_words, "a file with figures", do)
            )
    return paired


def _names_columns_of(companion: Companion, received: Received) -> bool:
    named = companion.meta.filters | companion.meta.indicators
    return bool(named) and all(received.column(name) is not None for name in named)


def _understood(
    received: Received, companion: Companion | None, written: list[Written], problems: list[Problem]
) -> Understood | None:
    own = next((f.columns for w in written for f in mappings.fitting(w, received.file) if f.columns), None)
    known = recognise(received, own)
    if known is None:
        found = "it is no kind of file that is known: " + ", ".join(filter(None, received.header[:8]))
        expected = "columns that say which area and which period a row is about"
        do = "name them under 'columns' in a mapping, and give it with --mapping"
        problems.append(_problem("unknown-kind", f"{received.name}, line 1", found, expected, do))
        return None
    faults = Faults(received.name)
    understood = understand(received, *known, faults, companion.meta if companion else None)
    problems += faults.problems()
    return understood


def _fitting(
    understood: Understood, written: list[Written], request: Request
) -> list[tuple[Written, FileMapping]]:
    """The parts of mappings that are about a file: by its name; where a mapping was named, else by its columns."""
    file = understood.received.file
    by_name = [(w, f) for w in written for f in mappings.fitting(w, file) if f.kind == understood.kind.name]
    if by_name or not (request.name or request.mapping):
        return by_name
    of_kind = [(w, f) for w in written for f in w.mapping.files if f.kind == understood.kind.name]
    whole = [(w, f) for w, f in of_kind if _has_columns(understood, f)]
    return whole or of_kind[:1]


def _has_columns(understood: Understood, file: FileMapping) -> bool:
    needed = filter(None, columns_needed(understood.shape, file))
    return all(understood.received.column(name) is not None for name in needed)


def _take(
    root: Path,
    request: Request,
    catalogue: Catalogue,
    chosen: list[tuple[Imported, list[tuple[Written, FileMapping]]]],
    made: Plan,
) -> None:
    """Convert each file, and set it beside what is held and what the files before it add."""
    areas = lookups.load(root)
    wanted = frozenset(figure.indicator for _, parts in chosen for _, f in parts for figure in f.figures)
    reader = RowReader(root, made.problems, set(catalogue.indicators))
    held = Held(benchmarks.read(reader, root, Wanted(wanted)))
    for imported, parts in chosen:
        received = imported.understood.received
        there = write.kept(root, received)
        name = request.name or parts[0][0].mapping.kept_in or parts[0][0].mapping.id
        imported.kept = there or f"sources/{name}/{write.free_name(root, name, received)}"
        imported.is_new = there is None
        for written, file in parts:
            part = _part(request, catalogue, areas, held, imported, written, file, made.problems)
            imported.parts.append(part)
        made.files.append(imported)


def _part(
    request: Request,
    catalogue: Catalogue,
    areas: Areas,
    held: Held,
    imported: Imported,
    written: Written,
    file: FileMapping,
    problems: list[Problem],
) -> Part:
    understood, faults = imported.understood, Faults(imported.understood.received.name)
    converted = convert(
        understood.received,
        understood.kind,
        understood.shape,
        file,
        areas,
        catalogue.indicators,
        imported.kept,
        faults,
    )
    problems += faults.problems()
    if faults:
        return Part(written, file, "", converted, Merged())
    merged, undated = merge(
        converted.figures,
        held,
        name=understood.received.name,
        fills_gaps={
            f.indicator for f in file.figures if f.fills_gaps or (f.fills_gaps is None and file.fills_gaps)
        },
        published=request.published,
    )
    problems += undated
    return Part(written, file, request.name or written.mapping.id, converted, merged)


def carry_out(root: Path, made: Plan, note: str) -> list[Path]:
    """Write what a plan without problems holds: sources first, benchmarks last, each file whole.

    Whoever plans and writes holds the lock of the benchmarks from before the one to after the other.

    Parameters
    ----------
    note
        What the files are, for their origin.

    Returns
    -------
    list of Path
        The files written; none where there is nothing new.
    """
    paths: list[Path] = []
    for file in made.files:
        if file.is_new and any(part.merged.added for part in file.parts):
            paths += _copy(root, file, note)
    for written, name, rows in _by_mapping(made):
        paths += write.add_rows(root, written.mapping, name, rows)
    return list(dict.fromkeys(paths))


def _copy(root: Path, file: Imported, note: str) -> list[Path]:
    part = file.parts[0]
    _, folder, name = file.kept.split("/")
    copies = [(name, file.understood.received, note)]
    if file.companion is not None and write.kept(root, file.companion.received) is None:
        meta = file.companion.received
        copies.append((write.free_name(root, folder, meta), meta, f"names of the columns of {name}"))
    return write.keep(root, part.written.mapping, folder, copies)


def _by_mapping(made: Plan) -> list[tuple[Written, str, list[Observation]]]:
    """Rows to be added, by the benchmarks that they go to."""
    found: dict[tuple[str, str], tuple[Written, str, list[Observation]]] = {}
    for part in (part for file in made.files for part in file.parts):
        key = (part.written.mapping.id, part.name)
        found.setdefault(key, (part.written, part.name, []))[2].extend(part.merged.added)
    return [one for one in found.values() if one[2]]


def _problem(check: str, where: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, where, found, expected, do, code=ExitCode.DATA)
