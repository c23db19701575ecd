"""The power fails while something is written: the old state is left or the new one, and nothing else.

A hundred kills in all: of a paper, of a seal, of a restated figure.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.conftest import ROOT

KILLS = {"paper": 40, "seal": 20, "restate": 40}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed as Linux and macOS kill them")
@pytest.mark.parametrize("work", KILLS)
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(work: str, sealed_once: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(sealed_once, root)
    if work == "paper":
        (root / "reports/bromley/2018-07-18/sealed.json").unlink()
        for name in ("paper.html", "paper.docx"):
            (root / "reports/bromley/2018-07-18" / name).write_text(f"the old {name}")
    environment = {
        **os.environ,
        "SCRUTINY_PROJECT": str(root),
        "PYTHONPATH": f"{ROOT / 'lib'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", "tests.history.killing", str(root), work, str(KILLS[work])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=540, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    counts = json.loads(done.stdout)
    assert counts["other"] == 0
    assert counts["old"] and counts["new"] and counts["killed"] > KILLS[work] // 4, counts
