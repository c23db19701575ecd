"""A project of lookups, indicators and mappings, without a figure; and small cuts of real files to import into it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from scrutiny.data.importers.plan import Plan, Request, carry_out, plan
from scrutiny.data.observations import Observation

ROOT = Path(__file__).resolve().parents[2]
FILES = Path(__file__).parent / "fixtures"

D6 = "d6_cpps_reviewed_within_timescales_2013_to_2024.csv"
D3 = "d3_cpps_subsequent_plan_2013_to_2025.csv"
C4 = "c4_children_in_need_section_47s_and_icpcs_2013_to_2024.csv"
COVER = "cover_mmr_5y_quarterly_all_la.csv"
LAIT = "lait_all_authorities_key_measures.csv"


class Project:
    """Files are put into a folder for downloads, and imported from there."""

    def __init__(self, root: Path) -> None:
        self.root, self.downloads = root, root / "downloads"
        self.downloads.mkdir(parents=True)
        for part in ("data/lookups", "data/benchmarks/mappings", "data/indicators"):
            shutil.copytree(ROOT / part, root / part)
        (root / "data" / "councils").mkdir()

    def put(self, name: str, data: bytes | None = None, *, as_name: str = "") -> Path:
        """A file to import: a cut of the real one, or some bytes."""
        path = self.downloads / (as_name or name)
        path.write_bytes((FILES / name).read_bytes() if data is None else data)
        return path

    def changed(self, name: str, old: str, new: str, *, as_name: str = "") -> Path:
        """A file in which some text stands for another."""
        text = (FILES / name).read_bytes().decode()
        assert old in text, old
        return self.put(name, text.replace(old, new).encode(), as_name=as_name)

    def mapping(self, name: str, text: str) -> None:
        (self.root / "data" / "benchmarks" / "mappings" / f"{name}.yml").write_text(text, encoding="utf-8")

    def mapping_changed(self, name: str, old: str, new: str) -> None:
        text = (self.root / "data" / "benchmarks" / "mappings" / f"{name}.yml").read_text("utf-8")
        assert old in text, old
        self.mapping(name, text.replace(old, new))

    def plan(self, *paths: Path, **more: object) -> Plan:
        return plan(self.root, Request([(p, p.name) for p in paths], **more))  # type: ignore[arg-type]

    def write(self, *paths: Path, **more: object) -> Plan:
        """Import, and expect nothing to be wrong."""
        made = self.plan(*paths, **more)
        assert [str(p) for p in made.problems if p.severity == "error"] == []
        carry_out(self.root, made, "a cut for tests")
        return made

    def faults(self, *paths: Path, **more: object) -> list[tuple[str, str, str]]:
        """Check, place and what was found, of each problem that stops the import."""
        made = self.plan(*paths, **more)
        return [(p.check, p.where, p.found) for p in made.problems if p.severity == "error"]

    def taken(self, cut: str, indicator: str, **more: object) -> dict[tuple[str, str], Observation]:
        """What one cut gives for an indicator, by area and period."""
        made = self.plan(self.put(cut), **more)
        assert [str(p) for p in made.problems if p.severity == "error"] == []
        rows = [row for file in made.files for part in file.parts for row in part.merged.added]
        return {(row.area_name, str(row.period)): row for row in rows if row.indicator == indicator}

    def tree(self) -> dict[str, bytes]:
        """Every file of the project's data."""
        files = sorted((self.root / "data").rglob("*"))
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in files if p.is_file()}

    def rows(self, file: str) -> list[dict[str, str]]:
        with (self.root / "data" / "benchmarks" / file).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))


def said(row: Observation) -> str:
    """Figure or symbol of a row, as it is written."""
    return row.symbol if row.value is None else f"{row.value:f}"
