"""A paper made in a temporary place, and the hashes of what was made."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scrutiny.errors import Problem
from scrutiny.files import sha256
from scrutiny.paper.child import Child
from scrutiny.paper.make import MADE, make
from scrutiny.paper.model import PaperModel
from scrutiny.paper.render import choose_engine

ENGINES = ("pandoc", "quarto")
PICTURES = "figures"


@dataclass(frozen=True)
class Made:
    """A paper as it was made: its model, and the hash of each file by its name."""

    model: PaperModel
    files: dict[str, str]


def make_aside(
    root: Path,
    council: str,
    date: str,
    engine: str,
    child: Child | None = None,
    warn: Callable[[list[Problem]], None] = lambda _: None,
) -> Made:
    """Make a paper in a temporary folder, whatever its seal says.

    Raises
    ------
    ProblemError
        It cannot be made.
    """
    with tempfile.TemporaryDirectory(prefix="made-again-") as name:
        out = Path(name)
        make(root, council, date, engine=engine, out=out, child=child, warn=warn, keep_seal=False)
        model = PaperModel.model_validate(json.loads((out / "paper.json").read_text("utf-8")))
        return Made(model, hashes(out))


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each made file, and of the folder of pictures as a whole."""
    found = {name: sha256((folder / name).read_bytes()) for name in MADE if (folder / name).is_file()}
    pictures = sorted((folder / PICTURES).glob("*")) if (folder / PICTURES).is_dir() else []
    if pictures:
        lines = [f"{path.name} {sha256(path.read_bytes())}" for path in pictures]
        found[f"{PICTURES}/"] = sha256("\n".join(lines).encode())
    return found


def installed(engines: tuple[str, ...] = ENGINES) -> list[str]:
    """Which of the engines are here."""
    return [name for name in engines if name == "pandoc" or shutil.which(name)]


def engine_named(name: str) -> list[str]:
    """The engines that a command is to use: the one that was named, or with ``auto`` all that are installed."""
    return installed() if name == "auto" else [choose_engine(name).name]
