"""Run one piece of work again and again, kill it each time at another moment, and say what it left.

``python -m tests.history.killing PROJECT WORK KILLS``: the work runs in a forked copy of this warm process, which is
killed as a power cut would end it. Half of the moments are picked by chance (the same ones every time), the other half
lies where files are moved: just before the Nth change of a name.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scrutiny.paper.child import warm
from scrutiny.paper.history import sealing
from scrutiny.paper.make import make
from scrutiny.paper.workshop import complete_all

PAPER = ("bromley", "2018-07-18")
FOLDER = "reports/bromley/2018-07-18"
WATCHED = {
    "paper": (FOLDER, ("paper.html", "paper.docx", "paper.ipynb", "paper.json", "figures.csv", "figures")),
    "seal": (FOLDER, ("sealed.json",)),
    "restate": ("data/councils/bromley", ("outturns.csv",)),
}


def works(root: Path) -> dict[str, Callable[[], object]]:
    def restate() -> None:
        from tests.history.restating import restate as add

        add(root)

    def seal() -> None:
        sealing.seal_one(root, *PAPER, again=True, reason="again")

    return {"paper": lambda: make(root, *PAPER, engine="pandoc"), "seal": seal, "restate": restate}


def made_already(root: Path) -> None:
    """Let a seal begin where its paper is made: that happens in a temporary place, and cannot harm anything."""
    made = sealing._made(root, *PAPER, None, lambda _: None)
    sealing._made = lambda *_: made


def state(root: Path, work: str) -> str:
    """One hash of all that the work changes."""
    folder, names = WATCHED[work]
    found = hashlib.sha256()
    for name in names:
        for path in sorted((root / folder).glob(f"{name}/*" if name == "figures" else name)):
            found.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def run(work: Callable[[], object], after: float | None = None, at_move: int | None = None) -> int:
    """Run the work in a copy of this process; killed after some seconds, or before a change of name."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if at_move is not None:
            _die_at(at_move)
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _die_at(number: int) -> None:
    left, replace = [number], Path.replace

    def counted(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return replace(path, target)

    Path.replace = counted  # type: ignore[method-assign, assignment]


def main(root: Path, name: str, kills: int) -> dict[str, int]:
    warm()
    work = works(root)[name]
    if name == "seal":
        made_already(root)
    before = root.parent / "before"
    shutil.copytree(root, before, symlinks=True)
    old = state(root, name)
    started = time.monotonic()
    assert run(work) == 0, "the work itself fails"
    took = time.monotonic() - started
    new = state(root, name)
    assert old != new, "the work changes nothing"
    counts = {"old": 0, "new": 0, "other": 0, "killed": 0}
    chance = random.Random(2018)
    for i in range(kills):
        folder = WATCHED[name][0]
        shutil.rmtree(root / folder)
        shutil.copytree(before / folder, root / folder)
        timed = i % 2 == 0
        ended = run(work, after=chance.random() * took if timed else None, at_move=None if timed else i // 2)
        counts["killed"] += os.WIFSIGNALED(ended)
        complete_all(root)
        left = state(root, name)
        counts["old" if left == old else "new" if left == new else "other"] += 1
        if i % 4 == 1 and left == old:
            assert run(work) == 0, "it cannot be run again"
            assert state(root, name) == new, "running it again gives something else"
            left_behind = [p.name for p in root.rglob(".*") if p.name.startswith((".making", ".finished"))]
            assert left_behind + [p.name for p in root.rglob(".*.part")] == []
    return counts


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
