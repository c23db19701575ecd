"""The workshop: a paper is made in a folder of its own, and moved into place whole or not at all.

A paper is several files, and no system replaces several in one step. So the finished files wait in a folder whose one
change of name, from ``.making-…`` to ``.finished-…``, decides: before it there is the old paper, after it the new one.
If the power fails while they are moved, `complete` moves the rest.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType

from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.files import one_at_a_time, onto_disk

PREFIX = ".making-"
FINISHED = ".finished-"
_PLAN = "plan.json"
_BEFORE = "before"


class Workshop:
    """A temporary folder beside the target, gone at the end whatever happens.

    Only one command at a time works at a target. What an interrupted one left there is completed if it was finished,
    and cleared away if not.

    Parameters
    ----------
    target
        Folder in which the made files will stand; made where it is missing, and taken away again if nothing is made.
    root
        The project's folder, for messages and locks.

    Raises
    ------
    ProblemError
        Exit code 13, if a folder or a file cannot be written, or another command works there.
    """

    def __init__(self, target: Path, root: Path) -> None:
        self.target, self.root = target, root
        self._made = [path for path in (target, *target.parents) if not path.exists()]
        self._held = ExitStack()

    def __enter__(self) -> Path:
        """Make the folder."""
        try:
            self.target.mkdir(parents=True, exist_ok=True)
            if self._held.enter_context(one_at_a_time(self.root, self.target)):
                complete(self.target)
                for left in self.target.glob(f"{PREFIX}*"):
                    shutil.rmtree(left, ignore_errors=True)
            self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self.target))
        except OSError as error:
            self._held.close()
            self._clear()
            raise self._problem(error) from None
        return self.folder

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        """Clear everything away that is not in its place; say in words what could not be written."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._held.close()
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
        own = made.startswith((PREFIX, FINISHED))
        file = f"{where}/{made}" if made and made != shown.name and not own else where
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
        The workshop's folder; it is gone afterwards.
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
    plan = {"files": made, "pictures": pictures, "drawn": (folder / pictures).exists()}
    (folder / _PLAN).write_text(json.dumps(plan), "utf-8")
    for path in [*(folder / name for name in (*made, _PLAN)), *folder.glob(f"{pictures}/*"), folder]:
        onto_disk(path)
    finished = target / folder.name.replace(PREFIX, FINISHED, 1)
    with _undone_on_failure() as moves:
        moves.move(folder, finished)
        onto_disk(target)
        (finished / _BEFORE).mkdir()
        for name in (*made, pictures):
            if (target / name).exists():
                moves.move(target / name, finished / _BEFORE / name)
            if (finished / name).exists():
                moves.move(finished / name, target / name)
        onto_disk(target)
    shutil.rmtree(finished, ignore_errors=True)
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


def complete(target: Path) -> bool:
    """Move what an interrupted command had finished, and not yet moved, into its place.

    Returns
    -------
    bool
        Whether there was anything.
    """
    found = sorted(target.glob(f"{FINISHED}*")) if target.is_dir() else []
    for finished in found:
        with suppress(FileNotFoundError, ValueError):  # without its plan everything was in place
            plan = json.loads((finished / _PLAN).read_text("utf-8"))
            _complete(finished, target, plan["files"], plan["pictures"], plan["drawn"])
        shutil.rmtree(finished, ignore_errors=True)
    return bool(found)


def complete_all(root: Path) -> None:
    """Complete what interrupted commands left in a project's papers, but where another command works."""
    for left in (root / "reports").glob(f"*/*/{FINISHED}*"):
        with suppress(ProblemError, OSError), one_at_a_time(root, left.parent, patience=0) as held:
            if held:
                complete(left.parent)


def _complete(finished: Path, target: Path, names: list[str], pictures: str, drawn: bool) -> None:
    for name in names:
        if (finished / name).exists():
            (finished / name).replace(target / name)
    waits = (finished / pictures).exists()
    if (waits or not drawn) and (target / pictures).exists():
        shutil.rmtree(finished / _BEFORE / pictures, ignore_errors=True)
        (finished / _BEFORE).mkdir(exist_ok=True)
        (target / pictures).replace(finished / _BEFORE / pictures)
    if waits:
        (finished / pictures).replace(target / pictures)
    onto_disk(target)
