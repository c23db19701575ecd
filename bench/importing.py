"""Measure: `scrutiny import` of a file of 50 MB, made from the rows of a real one.

    python bench/importing.py [--runs 3] [--write]

Large files of Explore Education Statistics are large because of their breakdowns: this one has every row of a real one
under a hundred breakdowns, of which the mapping takes one. Beside it stands the real file of LAIT, of which every row
is taken. Each run is a command of its own on a project of its own. `--write` puts the result into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAIT = ROOT / "data/sources/lait/lait_all_authorities_key_measures.csv"
REAL = ROOT / "data/sources/children-in-need/c4_children_in_need_section_47s_and_icpcs_2013_to_2024.csv"
SIZE = 50_000_000
BEGIN, END = "<!-- bench importing: begin -->", "<!-- bench importing: end -->"
MAPPING = """\
id: large
title: Characteristics of children in need
publisher: Department for Education
obtained: made for a measurement
files:
  - pattern: "large*.csv"
    kind: ees
    period: financial_year
    published: {months_after: 8}
    rounded: {country: 10, region: 10, part: 10}
    figures:
      - indicator: section-47-rate-yearly
        value: Section47_rate
        numerator: [Section47]
        unit: rate_per_10000
        basis: period
        where: {breakdown: Total}
"""


def real_rows() -> tuple[str, list[str]]:
    header, *rows = REAL.read_text("utf-8-sig").splitlines()
    return header, [row for row in rows if row]


def with_breakdowns(path: Path) -> None:
    """Every row under one breakdown after the other, until the file is large enough."""
    header, rows = real_rows()
    with path.open("w", encoding="utf-8", newline="") as file:
        size, number = file.write(f"{header},breakdown\r\n"), 0
        while size < SIZE:
            name = f"Breakdown {number}" if number else "Total"
            size += file.write("".join(f"{row},{name}\r\n" for row in rows))
            number += 1


def project(folder: Path) -> Path:
    """A project of lookups, indicators and the two mappings, without a figure."""
    for part in ("data/lookups", "data/indicators"):
        shutil.copytree(ROOT / part, folder / part)
    (folder / "data/councils").mkdir()
    (folder / "data/benchmarks/mappings").mkdir(parents=True)
    (folder / "data/benchmarks/mappings/large.yml").write_text(MAPPING, encoding="utf-8")
    shutil.copy(ROOT / "data/benchmarks/mappings/lait.yml", folder / "data/benchmarks/mappings")
    return folder


def measured(file: Path) -> tuple[float, float, float, str]:
    """Seconds of wall and of processor, megabytes at most, and the last line that the command says."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        root = project(Path(name))
        surroundings = {**os.environ, "SCRUTINY_PROJECT": str(root)}
        command = [sys.executable, "-m", "scrutiny", "import", str(file)]
        start = time.perf_counter()
        with (root / "said").open("w+b") as said:
            running = subprocess.Popen(command, env=surroundings, stdout=said, stderr=subprocess.STDOUT)
            _, status, used = os.wait4(running.pid, 0)
            wall = time.perf_counter() - start
            said.seek(0)
            text = said.read().decode()
        if status:
            sys.exit(text)
        return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text.strip().splitlines()[-1]


def spread(values: list[float], digits: int = 1) -> str:
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the import of a file of 50 MB.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the result into docs/performance.md")
    options = parser.parse_args()
    lines = [
        f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; {options.runs} runs.",
        "",
        "| `scrutiny import` | wall seconds | processor seconds | MB at most |",
        "|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        large = Path(name) / "large.csv"
        with_breakdowns(large)
        for file in (large, LAIT):
            runs = [measured(file) for _ in range(options.runs)]
            wall, processor, memory = ([run[i] for run in runs] for i in range(3))
            size = f"{file.name}, {file.stat().st_size / 1e6:.0f} MB: {runs[0][3]}"
            lines.append(f"| {size} | {spread(wall)} | {spread(processor)} | {max(memory):.0f} |")
    print("\n".join(lines))
    if options.write:
        page = ROOT / "docs" / "performance.md"
        before, rest = page.read_text("utf-8").split(BEGIN)
        after = rest.split(END)[1]
        page.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
