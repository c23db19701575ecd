"""Files: written whole or not at all, and by one command at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scrutiny.errors import ExitCode, Problem, ProblemError

PATIENCE = 60.0
"""Seconds that a command waits for another one that writes at the same place."""


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place whole, or leave what is there: also when the power fails in between.

    The data go into a file beside it (``.name.part``), are brought onto the disk, and take the old file's name in one
    step. A file that was there keeps its permissions. What an interrupted command left is written over.

    Raises
    ------
    OSError
        The folder cannot be written; then nothing has changed.
    """
    waiting = path.with_name(f".{path.name}.part")
    try:
        with waiting.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            waiting.chmod(path.stat().st_mode & 0o7777)
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    onto_disk(path.parent)


def onto_disk(path: Path) -> None:
    """Bring a file, or the names in a folder, onto the disk; where the system has no such thing, nothing happens."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256(data: bytes) -> str:
    """The hash by which equal bytes are known."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def one_at_a_time(root: Path, place: Path, patience: float = PATIENCE) -> Iterator[bool]:
    """Let only one command work at a place; a second one waits.

    Parameters
    ----------
    root
        The project's folder, in which the lock lies (``.locks``, which git ignores). Where it cannot be written, as in
        a project that one may only read, there is no lock.
    place
        The file or folder that is worked at.
    patience
        Seconds to wait.

    Yields
    ------
    bool
        Whether there is a lock.

    Raises
    ------
    ProblemError
        Exit code 13: the other command still works there.
    """
    from filelock import FileLock, Timeout

    place = place.resolve()
    name = (
        place.relative_to(root.resolve()).as_posix() if place.is_relative_to(root.resolve()) else str(place)
    )
    folder = root / ".locks"
    try:
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / f"{sha256(name.encode())[:16]}.lock")
        lock.acquire(timeout=patience)
    except Timeout:
        raise ProblemError([_busy(name if place.is_relative_to(root.resolve()) else place.name)]) from None
    except OSError:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _busy(where: str) -> Problem:
    return Problem(
        "in-use",
        where,
        "another command has been writing here for a minute",
        "one command at a time",
        "wait for it, or stop it, and run this one again",
        code=ExitCode.RENDERING,
    )
