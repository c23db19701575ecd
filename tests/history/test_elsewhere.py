"""A sealed paper is the same to the byte wherever and by whomever it is made again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.conftest import PAPER, ROOT, commit, git

SAME = "bromley 2018-07-18: the same to the byte\n1 sealed paper verified.\n"
ALONE = ["unshare", "--user", "--map-user=12345", "--net"]
"""Another user, and no network at all."""


def scrutiny(
    root: Path, *words: str, before: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, with the project's own library."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "LC_", "LANG", "TZ"))}
    return subprocess.run(
        [*before, sys.executable, "-m", "scrutiny", *words],
        env={**inherited, "PYTHONPATH": str(root / "lib"), "SCRUTINY_PROJECT": str(root), **environment},
        capture_output=True,
        text=True,
        cwd=root.parent,
        timeout=240,
    )


def can(*words: str) -> bool:
    try:
        return subprocess.run([*words, "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def origin(committed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its library, sealed by the command, and the seal committed."""
    root = tmp_path_factory.mktemp("origin") / "project"
    shutil.copytree(committed, root)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "lib", root / "lib", ignore=ignored)
    shutil.copyfile(ROOT / "requirements.lock", root / "requirements.lock")
    commit(root, "With the library")
    run = scrutiny(root, "seal", *PAPER)
    assert run.returncode == 0, run.stderr
    commit(root, "Seal")
    return root


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    """A clone, in another folder."""
    git(tmp_path, "clone", "--quiet", str(origin), str(tmp_path / "elsewhere"))
    return tmp_path / "elsewhere"


def test_in_a_clone_in_another_time_zone_and_locale_with_another_hash_seed(clone: Path) -> None:
    elsewhere = {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR", "PYTHONHASHSEED": "4711"}
    run = scrutiny(clone, "verify", **elsewhere)
    assert (run.returncode, run.stdout) == (0, SAME), run.stderr


def test_with_an_ascii_locale_another_home_and_another_umask(clone: Path, tmp_path: Path) -> None:
    mask = ("sh", "-c", 'umask 077; exec "$@"', "sh")
    elsewhere = {"LC_ALL": "C", "HOME": str(tmp_path), "PYTHONHASHSEED": "0", "MPLBACKEND": "pdf"}
    run = scrutiny(clone, "verify", before=mask, **elsewhere)
    assert (run.returncode, run.stdout) == (0, SAME), run.stderr


@pytest.mark.skipif(
    not can(*ALONE), reason="this system gives no user namespace (unshare) to be another user in"
)
def test_as_another_user_without_a_network(clone: Path, tmp_path: Path) -> None:
    alone = {"HOME": str(tmp_path / "nobody"), "USER": "nobody", "LOGNAME": "nobody"}
    run = scrutiny(clone, "verify", before=tuple(ALONE), **alone)
    assert (run.returncode, run.stdout) == (0, SAME), run.stderr


def test_with_the_sockets_of_this_process_forbidden(clone: Path, tmp_path: Path) -> None:
    """Where there is no user namespace, this much at least is sure."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket, sys\n"
        "def refuse(*_):\n    sys.exit('a socket was asked for')\n"
        "socket.socket.connect = refuse\nsocket.create_connection = refuse\nsocket.getaddrinfo = refuse\n"
    )
    run = scrutiny(clone, "verify", PYTHONPATH=f"{clone / 'lib'}{os.pathsep}{tmp_path}")
    assert (run.returncode, run.stdout) == (0, SAME), run.stderr


def test_a_clone_without_a_repository_verifies_too(clone: Path) -> None:
    shutil.rmtree(clone / ".git")
    run = scrutiny(clone, "verify")
    assert (run.returncode, run.stdout) == (0, SAME), run.stderr


def test_the_code_that_sealed_a_paper_makes_it_again_when_the_library_says_something_else(
    clone: Path,
) -> None:
    """A library that changes what a sealed paper would say is found; its own commit still makes the very bytes."""
    facts = clone / "lib/scrutiny/figures.py"
    old = "percentage point"
    assert old in facts.read_text("utf-8")
    facts.write_text(facts.read_text("utf-8").replace(old, "per cent point"), "utf-8")
    commit(clone, "Speak otherwise")
    now = scrutiny(clone, "verify", *PAPER)
    assert now.returncode == 14
    assert "not as it was sealed: the library's code" in now.stdout
    assert "per cent point" in now.stderr
    refused = scrutiny(clone, "paper", *PAPER)
    assert refused.returncode == 14 and not (clone / "reports/bromley/2018-07-18/paper.html").exists()
    then = scrutiny(clone, "verify", *PAPER, "--at-sealed-commit")
    assert (then.returncode, then.stdout) == (0, SAME), then.stderr
    assert git(clone, "worktree", "list").count("\n") == 0
    assert git(clone, "status", "--porcelain") == ""


def test_a_sealed_commit_is_found_by_its_files_where_history_was_rewritten(clone: Path) -> None:
    """As after a rebase, which gives the same files another commit."""
    first = git(clone, "rev-parse", "HEAD~1")
    again = git(clone, "commit-tree", f"{first}^{{tree}}", "-m", "The same, said otherwise")
    seal = git(clone, "commit-tree", "HEAD^{tree}", "-p", again, "-m", "Seal")
    git(clone, "reset", "--hard", "--quiet", seal)
    git(clone, "remote", "remove", "origin")
    git(clone, "reflog", "expire", "--expire=now", "--all")
    git(clone, "gc", "--quiet", "--prune=now")
    assert first not in git(clone, "log", "--format=%H")
    run = scrutiny(clone, "verify", *PAPER, "--at-sealed-commit")
    assert (run.returncode, run.stdout) == (0, SAME), run.stderr


def test_a_sealed_commit_that_is_not_in_this_clone_is_said(origin: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{origin}", str(tmp_path / "shallow"))
    run = scrutiny(tmp_path / "shallow", "verify", *PAPER, "--at-sealed-commit")
    assert run.returncode == 12
    assert "git fetch --unshallow" in run.stderr
    assert "Traceback" not in run.stderr
