"""What git knows of the project: the commit, what is not committed, and a work tree of an earlier commit."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scrutiny.errors import ExitCode, Problem, ProblemError, shown, without_folders
from scrutiny.paper.history.seal import Commit


def head(root: Path) -> Commit:
    """The commit that the project stands on.

    Raises
    ------
    ProblemError
        Exit code 16: there is no git, or no commit.
    """
    said = _git(root, "show", "--no-patch", "--format=%H %T %cI", "HEAD")
    identity, tree, date = said.split()
    return Commit(id=identity, tree=tree, date=date)


def not_committed(root: Path) -> list[str]:
    """Files that differ from the commit, or that git does not know; seals that wait to be committed do not count."""
    said = _git(root, "status", "--porcelain", "--untracked-files=all", "-z")
    names = [entry[3:] for entry in said.split("\0") if len(entry) > 3]
    return sorted(name for name in names if not _is_seal(name))


def _is_seal(name: str) -> bool:
    parts = name.split("/")
    return len(parts) == 4 and parts[0] == "reports" and Path(name).match("sealed*.json")


def find(root: Path, sealed: Commit) -> str:
    """The id of a sealed commit in this history, by its id, or by its files where history was rewritten.

    Raises
    ------
    ProblemError
        Exit code 12: this clone does not have it.
    """
    if _known(root, sealed.id):
        return sealed.id
    for line in _git(root, "log", "--all", "--format=%H %T").splitlines():
        identity, tree = line.split()
        if tree == sealed.tree:
            return identity
    raise ProblemError(
        [
            Problem(
                "unknown-commit",
                f"commit {sealed.id[:12]}",
                "this clone does not have it",
                "the history of the project back to the seal",
                "fetch the whole history: git fetch --unshallow --tags",
                code=ExitCode.UNKNOWN,
            )
        ]
    )


def _known(root: Path, commit: str) -> bool:
    command = ["git", "-C", str(root), "cat-file", "-e", f"{commit}^{{commit}}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def work_tree(root: Path, commit: str) -> Iterator[Path]:
    """A folder with the project as it was at a commit; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sealed-") as name:
        folder = Path(name) / "project"
        _git(root, "worktree", "prune")
        _git(root, "worktree", "add", "--detach", str(folder), commit)
        try:
            yield folder
        finally:
            _git(root, "worktree", "remove", "--force", str(folder))


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, check=True, encoding="utf-8"
        )
    except FileNotFoundError:
        raise ProblemError([_no_git("git is not installed", "install git")]) from None
    except subprocess.CalledProcessError as error:
        said = shown(without_folders(error.stderr.strip().splitlines()[0] if error.stderr.strip() else ""))
        do = "work in a clone of the project's repository, with a commit"
        raise ProblemError([_no_git(f"git {words[0]} failed ({said})", do)]) from None
    return done.stdout


def _no_git(found: str, do: str) -> Problem:
    return Problem("no-commit", "git", found, "a git repository with a commit", do, code=ExitCode.REFUSED)
