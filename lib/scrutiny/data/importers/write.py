"""Adding what is new: the file untouched among the sources, its origin, and rows behind those of the benchmarks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import yaml

from scrutiny.data.benchmarks import FOLDER
from scrutiny.data.importers.mapping import Mapping
from scrutiny.data.importers.reading import Received
from scrutiny.data.observations import BENCHMARK_COLUMNS, Observation
from scrutiny.files import sha256, write_whole

SOURCES = "data/sources"
ORIGIN = "origin.yml"


def kept(root: Path, received: Received) -> str | None:
    """Where a file of the same bytes is among the sources already: ``sources/<name>/<file>``."""
    for origin in sorted((root / SOURCES).glob(f"*/{ORIGIN}")):
        for entry in _entries(origin):
            if entry.get("sha256") == received.hash and (origin.parent / str(entry.get("name"))).exists():
                return f"sources/{origin.parent.name}/{entry['name']}"
    return None


def free_name(root: Path, name: str, received: Received) -> str:
    """The name under which a file can be kept: its own, or, where another edition has that, with its hash."""
    file = Path(received.file)
    taken = root / SOURCES / name / file.name
    if not taken.exists() or sha256(taken.read_bytes()) == received.hash:
        return file.name
    return f"{file.stem}.{received.hash[:8]}{file.suffix}"


def keep(root: Path, mapping: Mapping, name: str, files: Iterable[tuple[str, Received, str]]) -> list[Path]:
    """Copy files into the sources, untouched, and say in their origin what they are.

    Parameters
    ----------
    mapping
        Whose publication they are.
    name
        The folder below ``data/sources``.
    files
        Each with the name under which it is kept, and what it is.
    """
    folder = root / SOURCES / name
    folder.mkdir(parents=True, exist_ok=True)
    origin = folder / ORIGIN
    text = origin.read_text("utf-8") if origin.exists() else _head(mapping)
    listed = {entry.get("name") for entry in _entries(origin)} if origin.exists() else set()
    written = []
    for kept_as, received, note in files:
        write_whole(folder / kept_as, received.data)
        written.append(folder / kept_as)
        if kept_as not in listed:
            text = text.rstrip("\n") + "\n" + _entry(kept_as, received.hash, note)
    write_whole(origin, text.encode())
    return [*written, origin]


def _entries(origin: Path) -> list[dict[str, str]]:
    said = yaml.safe_load(origin.read_text("utf-8"))
    return list(said.get("files") or []) if isinstance(said, dict) else []


def _head(mapping: Mapping) -> str:
    keys = ("title", "publisher", "licence", "attribution", "obtained")
    return "".join(f"{key}: {_scalar(getattr(mapping, key))}\n" for key in keys) + "files:\n"


def _entry(name: str, digest: str, note: str) -> str:
    return f"  - name: {_scalar(name)}\n    sha256: {digest}\n    note: {_scalar(note)}\n"


def _scalar(text: str) -> str:
    """Text as YAML, in quotation marks where it would be read as something else."""
    plain = yaml.safe_load(f"k: {text}\n") if ": " not in text and " #" not in text else None
    return text if plain == {"k": text} else json.dumps(text, ensure_ascii=False)


def place(mapping: Mapping, name: str, indicator: str) -> str:
    """The file of benchmarks, relative to the project, that rows about an indicator go to."""
    return f"{FOLDER}/{name}/{indicator}.csv" if mapping.apart else f"{FOLDER}/{name}.csv"


def add_rows(root: Path, mapping: Mapping, name: str, rows: list[Observation]) -> list[Path]:
    """Add rows behind those that are there; each file is written whole.

    Parameters
    ----------
    rows
        In any order; they are written by indicator, area, period and day.
    """
    by_file: dict[str, list[Observation]] = {}
    for row in sorted(rows, key=lambda r: (r.indicator, r.area, r.period.end, r.known_on)):
        by_file.setdefault(place(mapping, name, row.indicator), []).append(row)
    for file, found in by_file.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else (",".join(BENCHMARK_COLUMNS) + "\n").encode()
        ending = "\r\n" if before.partition(b"\n")[0].endswith(b"\r") else "\n"
        if before and not before.endswith(b"\n"):
            before += ending.encode()
        write_whole(path, before + lines(found, ending).encode())
    return [root / file for file in by_file]


def lines(rows: Iterable[Observation], ending: str = "\n") -> str:
    """Rows of benchmarks as they are written."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=ending)
    for row in rows:
        counts = ("" if count is None else f"{count:f}" for count in (row.numerator, row.denominator))
        value = row.symbol if row.value is None else f"{row.value:f}"
        day = row.known_on.isoformat() + ("~" if row.assumed else "")
        told = (row.area_name, str(row.period), row.basis.value, value, *counts)
        writer.writerow((row.indicator, row.area, *told, day, row.provenance, row.source, row.note))
    return text.getvalue()
