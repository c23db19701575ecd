"""Make a sealed paper with the code, data and lock file of the commit that sealed it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from scrutiny.errors import ExitCode, Problem, ProblemError, shown, without_folders
from scrutiny.files import sha256
from scrutiny.paper.history import git
from scrutiny.paper.history.again import engine_named, hashes
from scrutiny.paper.history.rests import LOCK
from scrutiny.paper.history.seal import Seal
from scrutiny.paper.history.verify import Verdict, moved_files, seal_of


def verify_at_sealed_commit(root: Path, council: str, date: str, engine: str = "auto") -> Verdict:
    """Make a sealed paper with the code, data and lock file of the commit that sealed it, and compare the bytes.

    The commit's files stand in a work tree of their own for as long as this takes. Where its lock file is another
    one than today's, its dependencies are installed there first.

    Raises
    ------
    ProblemError
        Exit code 12: the commit is not in this clone. Exit code 13: its environment cannot be set up. Otherwise what
        the old code itself says.
    """
    seal = seal_of(root, council, date)
    engines = [name for name in engine_named(engine) if name in seal.outputs]
    with (
        git.work_tree(root, git.find(root, seal.commit)) as tree,
        tempfile.TemporaryDirectory(prefix="made-again-") as name,
    ):
        python = _python(root, tree)
        moved: dict[str, None] = {}
        for one in engines:
            out = Path(name) / one
            _run_in(
                tree, python, ["-m", "scrutiny", "paper", council, date, "--engine", one, "--out", str(out)]
            )
            moved |= dict.fromkeys(moved_files(seal, one, hashes(out)))
    return Verdict(council, date, (), tuple(moved), _other_python(seal), tuple(engines), exact=True)


def _other_python(seal: Seal) -> tuple[str, ...]:
    """What a work tree of the commit does not bring along: the Python that runs it."""
    then, now = seal.rests_on.programs.get("python"), platform.python_version()
    return () if then == now else (f"python {now} (was {then})",)


def _python(root: Path, tree: Path) -> str:
    """The Python that has what the commit's lock file asks for: this one, or a new one in the work tree."""
    lock = tree / LOCK
    wanted = sha256(lock.read_bytes()) if lock.is_file() else ""
    here = sha256((root / LOCK).read_bytes()) if (root / LOCK).is_file() else ""
    if wanted in ("", here):
        return sys.executable
    folder = tree / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run_in(tree, sys.executable, ["-m", "venv", str(folder)])
    _run_in(tree, str(python), [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
    _run_in(tree, str(python), [*pip, "--no-deps", "--no-build-isolation", "-e", str(tree)])
    return str(python)


def _run_in(tree: Path, python: str, words: list[str]) -> None:
    """Run the commit's own code, on its own files."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "lib"), "SCRUTINY_PROJECT": str(tree)}
    done = subprocess.run(
        [python, *words], cwd=tree, env=environment, capture_output=True, check=False, encoding="utf-8"
    )
    if done.returncode:
        said = shown(without_folders(done.stderr.strip() or done.stdout.strip()), 400)
        raise ProblemError(
            [
                Problem(
                    "at-sealed-commit",
                    "the commit of the seal",
                    f"its own code stopped ({said})",
                    "the paper, made by the code that sealed it",
                    "read what it says; its environment needs the network once where its lock file is another one",
                    code=ExitCode.RENDERING,
                )
            ]
        )
