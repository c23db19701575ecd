"""The seal of a published paper: ``sealed.json`` beside its settings.

It holds the paper model with its hash, a hash of everything that the model was made from, the commit, and the hashes
of the made files for each engine. A sealed paper is made again only if it says the same.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.files import sha256, write_whole
from scrutiny.paper.history.differences import Difference, differences
from scrutiny.paper.model import PaperModel

NAME = "sealed.json"
MOST = 25
"""Differences that are shown of one paper; the others are counted."""
_LINE = 160


class Part(BaseModel):
    """Base of everything in a seal."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Commit(Part):
    """The commit that the paper was sealed from.

    Parameters
    ----------
    id, tree
        Hashes of the commit and of its files; the second finds it again where history was rewritten.
    date
        When it was made, with its time zone.
    """

    id: str
    tree: str
    date: str


class SealedModel(Part):
    """The paper model as it was sealed."""

    sha256: str
    content: dict[str, Any]


class Rests(Part):
    """What a paper rests on: SHA-256 of each thing by its name.

    Parameters
    ----------
    settings
        Files of the paper itself, and of the paper before it.
    definitions
        As known on the as-at date.
    rows
        Rows known by the as-at date, by table and indicator: how many, and their hash.
    notebook, templates, fonts
        Files that give the paper its arrangement and its look.
    library
        The code; `lock` is the file that pins every dependency.
    programs
        Versions of Python and of the packages that draw and write the files.
    """

    settings: dict[str, str]
    definitions: dict[str, str]
    rows: dict[str, str]
    notebook: dict[str, str]
    templates: dict[str, str]
    fonts: dict[str, str]
    library: dict[str, str]
    programs: dict[str, str]


class Seal(Part):
    """What ``sealed.json`` holds."""

    seal_version: Literal[1] = 1
    council: str
    date: str
    commit: Commit
    reason: str = Field("", description="Why it was sealed again; empty for a first seal")
    before: str = Field("", description="Name of the file that keeps the seal before this one")
    rests_on: Rests
    model: SealedModel
    outputs: dict[str, dict[str, str]] = Field(
        description="SHA-256 of each made file, for each engine that was installed"
    )

    def text(self) -> str:
        """The file's text: sorted keys; whatever fits stands on one line. Equal seals give equal text."""
        return _laid_out(self.model_dump(mode="json")) + "\n"

    def differs(self, made: PaperModel) -> list[Difference]:
        """In what a paper made today differs from the sealed one."""
        return differences(self.model.content, made.model_dump(mode="json"))


def _laid_out(value: Any, indent: int = 0) -> str:
    short = json.dumps(value, sort_keys=True, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or len(short) + indent <= _LINE:
        return short
    inner = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {_laid_out(v, indent + 1)}" for k, v in sorted(value.items())]
    else:
        parts = [_laid_out(v, indent + 1) for v in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return opening + "\n" + ",\n".join(inner + part for part in parts) + "\n" + " " * indent + closing


def read_seal(folder: Path, root: Path) -> Seal | None:
    """The seal of a paper's folder; None where it is not sealed.

    Raises
    ------
    ProblemError
        Exit code 14: there is one that cannot be read, or that was changed after it was written.
    """
    path = folder / NAME
    if not path.exists():
        return None
    where = path.relative_to(root).as_posix()
    try:
        seal = Seal.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ProblemError([_broken(where, f"it cannot be read ({error.strerror})")]) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        found = f"it is no seal of a kind known here ({place + ': ' if place else ''}{first['msg']})"
        raise ProblemError([_broken(where, found)]) from None
    if hash_of(seal.model.content) != seal.model.sha256:
        raise ProblemError([_broken(where, "its content is not what was sealed: it was changed by hand")])
    if (seal.council, seal.date) != (folder.parent.name, folder.name):
        found = f"it is the seal of {seal.council} {seal.date}"
        raise ProblemError([_broken(where, found)])
    return seal


def _broken(where: str, found: str) -> Problem:
    do = "bring it back with git checkout, or seal the paper again: scrutiny seal --again --reason …"
    return Problem("broken-seal", where, found, "the seal as written", do, code=ExitCode.SEALED_DIFFERS)


def hash_of(content: dict[str, Any]) -> str:
    """Hash of a paper model, whatever the layout of its file."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


def write_seal(folder: Path, seal: Seal) -> Path:
    """Write a seal; the one before it is kept beside it, under the name that the new one gives."""
    if seal.before:
        write_whole(folder / seal.before, (folder / NAME).read_bytes())
    write_whole(folder / NAME, seal.text().encode())
    return folder / NAME


def name_for_the_old(folder: Path) -> str:
    """The name under which the seal that is there is kept: ``sealed.1.json``, and so on.

    One that was kept already, by a command that did not come to its end, keeps its name.
    """
    here, number = (folder / NAME).read_bytes(), 1
    while (folder / f"sealed.{number}.json").exists():
        if (folder / f"sealed.{number}.json").read_bytes() == here:
            break
        number += 1
    return f"sealed.{number}.json"


def refuse_another_day(seal: Seal | None, day: dt.date, where: str) -> None:
    """Refuse to put a paper as at another day over a sealed one.

    Raises
    ------
    ProblemError
        Exit code 14.
    """
    sealed = seal.model.content.get("as_at") if seal is not None else None
    if sealed is not None and sealed != day.isoformat():
        do = "name another folder with --out, and the sealed paper stays as it is"
        found, expected = (
            f"as at {day.isoformat()} it is another paper",
            f"the paper as at {sealed}, as sealed",
        )
        code = ExitCode.SEALED_DIFFERS
        raise ProblemError(
            [Problem("sealed-as-at", f"{where}/{NAME}, as at", found, expected, do, code=code)]
        )


def keep_to_the_seal(
    seal: Seal | None, made: PaperModel, where: str, changed: Callable[[Seal], list[str]]
) -> None:
    """Refuse a paper that says something else than its seal.

    Parameters
    ----------
    where
        The paper's folder below the project.
    changed
        Says what the paper rests on and is not as it was sealed; asked only where something differs.

    Raises
    ------
    ProblemError
        Exit code 14, with every figure and sentence that differs (the first `MOST` of them).
    """
    if seal is not None and (found := seal.differs(made)):
        raise ProblemError(told(found, where, changed(seal)))


def told(found: list[Difference], where: str, changed: Sequence[str]) -> list[Problem]:
    """Differences from a seal as problems, with what was changed."""
    council, date = where.split("/")[-2:]
    look = (
        f"look at what is not as it was sealed ({', '.join(changed)})" if changed else "find what changed it"
    )
    do = f"{look}, or seal it anew: scrutiny seal {council} {date} --again --reason …"
    problems = [
        Problem(
            "sealed-paper-differs",
            f"{where}/{NAME}, {one.where}",
            f"it would be {one.now}",
            f"{one.was}, as sealed",
            do,
            code=ExitCode.SEALED_DIFFERS,
        )
        for one in found[:MOST]
    ]
    if len(found) > MOST:
        more = f"{len(found) - MOST} more differences"
        place = f"{where}/{NAME}, and so on"
        last = Problem("sealed-paper-differs", place, more, "none", do, code=ExitCode.SEALED_DIFFERS)
        problems.append(last)
    return problems
