"""Rate what each paper reports, as the papers themselves do, before anything is said about it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from making.history import Meeting
from scrutiny.data import catalogue, store
from scrutiny.errors import ProblemError
from scrutiny.rating.table import RatedView, Rater

KEPT = ("council.yml", "people.yml", "schemes", "committees")
"""What of the council's folder is written by hand."""


def rated(council: Path, made: Mapping[str, str], meetings: Sequence[Meeting]) -> list[RatedView]:
    """The reported view of each meeting, from what was known on its day.

    Parameters
    ----------
    council
        The council's folder, with what is written by hand.
    made
        The made files by their place in the project.

    Raises
    ------
    ProblemError
        What is wrong with the files.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _lay_out(root, council, made)
        return list(_views(root, council.name, meetings))


def _lay_out(root: Path, council: Path, made: Mapping[str, str]) -> None:
    there = root / "data" / "councils" / council.name
    there.mkdir(parents=True)
    (root / "data" / "benchmarks").mkdir()
    for name in KEPT:
        copy = shutil.copytree if (council / name).is_dir() else shutil.copy
        copy(council / name, there / name)
    for name, content in made.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")


def _views(root: Path, council: str, meetings: Sequence[Meeting]) -> Iterator[RatedView]:
    definitions = catalogue.load(root, council)
    if definitions.problems:
        raise ProblemError(definitions.problems)
    folder = definitions.folder(council)
    rows = store.load(root, council, set(definitions.indicators), folder.council.base.area)
    if rows.problems:
        raise ProblemError(rows.problems)
    for meeting in meetings:
        rater = Rater(definitions, folder, rows.as_at(meeting.date))
        yield rater.view("current", meeting.views["current"])
