"""The workshop: a paper is made in a folder of its own, and moved into place whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from scrutiny.errors import ExitCode, Problem, ProblemError

PREFIX = ".making-"


class Workshop:
    """A temporary folder beside the target, gone at the end whatever happens.

    Parameters
    ----------
    target
        Folder in which the made files will stand; made where it is missing, and taken away again if nothing is made.
    root
        The project's folder, for messages.

    Raises
    ------
    ProblemError
        Exit code 13, if a folder or a file cannot be written.
    """

    def __init__(self, target: Path, root: Path) -> None:
        self.target, self.root = target, root
        self._made = [path for path in (target, *target.parents) if not path.exists()]

    def __enter__(self) -> Path:
        """Make the folder."""
        try:
            self.target.mkdir(parents=True, exist_ok=True)
            self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self.target))
        except OSError as error:
            self._clear()
            raise self._problem(error) from None
        return self.folder

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        """Clear everything away that is not in its place; say in words what could not be written."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if error is not None:
            self._clear()
        if isinstance(error, OSError):
            raise self._problem(error) from None

    def _clear(self) -> None:
        """Take away the folders that were made for nothing; one that holds something stays."""
        for path in self._made:
            try:
                path.rmdir()
            except OSError:
                return

    def _problem(self, error: OSError) -> ProblemError:
        """What could not be written, without the folders of this machine."""
        inside = self.target.is_relative_to(self.root)
        shown = self.target.relative_to(self.root) if inside else self.target
        where = shown.name if shown.is_absolute() else shown.as_posix()
        made = Path(str(error.filename2 or error.filename or "")).name
        file = f"{where}/{made}" if made and made != shown.name and not made.startswith(PREFIX) else where
        return ProblemError(
            [
                Problem(
                    "folder-not-writable",
                    file,
                    f"it cannot be written ({error.strerror or 'no reason given'})",
                    "a folder with room in which files can be written and replaced",
                    "close the file where it is open, free some space, change the permissions, "
                    "or name another folder with --out",
                    code=ExitCode.RENDERING,
                )
            ]
        )


def into_place(folder: Path, target: Path, names: Iterable[str], pictures: str) -> list[Path]:
    """Move the made files to their place: all of them, or none.

    Parameters
    ----------
    folder
        The workshop's folder.
    names
        Files that a paper can consist of; those that were not made this time are left as they are.
    pictures
        Name of the folder of pictures, which is exchanged as a whole.

    Returns
    -------
    list of Path
        The files in their place.
    """
    made = [name for name in names if (folder / name).exists()]
    with _undone_on_failure() as moves:
        aside = folder / "before"
        aside.mkdir()
        for name in (*made, pictures):
            if (target / name).exists():
                moves.move(target / name, aside / name)
            if (folder / name).exists():
                moves.move(folder / name, target / name)
    return [target / name for name in made]


class _Moves(list[tuple[Path, Path]]):
    def move(self, source: Path, destination: Path) -> None:
        source.replace(destination)
        self.append((source, destination))


@contextmanager
def _undone_on_failure() -> Iterator[_Moves]:
    """Moves that are taken back, the last first, if one of them fails or is interrupted."""
    moves = _Moves()
    try:
        yield moves
    except BaseException:
        for source, destination in reversed(moves):
            destination.replace(source)
        raise
