"""Measure: `scrutiny paper` beside papermill, nbconvert and pandoc run as plain commands, in one interleaved run.

    python bench/run.py [--runs 5] [--write]

Each round runs both ways one after the other, so that a machine that slows down slows both; what counts is the ratio
within a round. `--write` puts the result into docs/performance.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COUNCIL, DATE = "windsor-and-maidenhead", "2018-09-26"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def run(*command: str | Path) -> None:
    """Run a command quietly; stop the measurement with what it said if it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")


def ours(folder: Path) -> None:
    """One command: checks, executes, renders, writes the model and the open data."""
    run(sys.executable, "-m", "scrutiny", "paper", COUNCIL, DATE, "--engine", "pandoc", "--out", folder)


def plain(folder: Path) -> None:
    """The loop that analysts write: papermill, nbconvert for the page, and pandoc from the page to Word."""
    from scrutiny.paper.render import pandoc_command

    executed, page = folder / "executed.ipynb", folder / "executed.html"
    run(sys.executable, "-m", "papermill", f"notebooks/{COUNCIL}.ipynb", executed, "-p", "out", folder)
    run(sys.executable, "-m", "nbconvert", "--to", "html", executed)
    run(pandoc_command(), page, "--resource-path", folder, "--standalone", "-o", folder / "executed.docx")


def checking() -> float:
    """Milliseconds of processor time that every check of the paper's text takes, its text filled already."""
    from scrutiny.paper.build import Inputs
    from scrutiny.paper.lint.registry import lint
    from scrutiny.paper.proofreading import Proofreader, filled

    inputs = Inputs(ROOT, COUNCIL, DATE)
    draft = Proofreader(inputs).draft(filled(inputs))
    start = time.process_time()
    lint(draft)
    return 1000 * (time.process_time() - start)


def signalling() -> float:
    """Milliseconds of processor time for the signals of 40 indicators with 60 figures each."""
    import datetime as dt
    from decimal import Decimal

    from scrutiny.data.definitions import Indicator
    from scrutiny.data.frameworks import Row
    from scrutiny.data.observations import Observation
    from scrutiny.periods import Period
    from scrutiny.rating.signals import Real

    last, known = Period.parse("2026-04"), dt.date(2026, 5, 20)
    given = {"id": "a", "title": "A", "unit": "percent", "decimals": "1", "polarity": "high_is_good"}
    indicator = Indicator.model_validate({**given, "frequency": "month"})
    row = Row.model_validate({"indicator": "a", "number": "1", "target": {"at_least": "90"}})

    def indicator_of(number: int) -> Real:
        found = Real()
        values = [Decimal(850 + (7 * i + number) % 60) / 10 for i in range(60)]
        series = [
            Observation("a", "X", last.step(i - 59), indicator.basis, value, known)
            for i, value in enumerate(values)
        ]
        found.indicator, found.row, found.period, found.outturn = indicator, row, last, series[-1]
        found.series, found.redefined, found.screened = tuple(series), None, True
        return found

    every = [indicator_of(number) for number in range(40)]
    start = time.process_time()
    for one in every:
        assert one.signal.not_given is None
    return 1000 * (time.process_time() - start)


def timed(make: Callable[[Path], None]) -> float:
    """Seconds of wall time that one way takes in a fresh folder."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        start = time.perf_counter()
        make(folder)
        return time.perf_counter() - start
    finally:
        shutil.rmtree(folder)


def spread(values: list[float], digits: int = 2) -> str:
    """Median and range."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main() -> None:
    """Measure and print; write where asked."""
    parser = argparse.ArgumentParser(description="Measure one paper against plain commands.")
    parser.add_argument(
        "--runs", type=int, default=5, help="counted rounds (default 5), after one that warms up"
    )
    parser.add_argument("--write", action="store_true", help="put the result into docs/performance.md")
    options = parser.parse_args()
    if importlib.util.find_spec("nbconvert") is None:
        sys.exit("The plain commands need nbconvert: .venv/bin/pip install nbconvert")
    timed(ours), timed(plain)
    rounds = [(timed(ours), timed(plain)) for _ in range(options.runs)]
    mine, theirs = (list(column) for column in zip(*rounds, strict=True))
    ratios = [b / a for a, b in rounds]
    lines = [
        f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; {options.runs} rounds.",
        "",
        f"| One paper, {COUNCIL} {DATE} | wall seconds, median (range) |",
        "|---|---|",
        f"| `scrutiny paper --engine pandoc` | {spread(mine)} |",
        f"| plain commands: papermill, nbconvert --to html, pandoc to docx | {spread(theirs)} |",
        f"| ratio, plain commands to ours, round by round | {spread(ratios)} |",
        "",
        f"Every check of its text: {spread([checking() for _ in range(options.runs)], 0)} ms of processor time.",
        f"Signals of 40 indicators with 60 figures each: {spread([signalling() for _ in range(options.runs)], 0)} ms.",
    ]
    print("\n".join(lines))
    if options.write:
        page = ROOT / "docs" / "performance.md"
        text = page.read_text("utf-8")
        before, rest = text.split(BEGIN)
        after = rest.split(END)[1]
        page.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
