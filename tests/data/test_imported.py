"""The project's own benchmarks: its sources imported again would add nothing, and nothing that was there has moved."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scrutiny.data import areas as lookups
from scrutiny.data import benchmarks
from scrutiny.data import catalogue as catalogues
from scrutiny.data.benchmarks import Wanted
from scrutiny.data.importers import mapping
from scrutiny.data.importers.plan import Plan, Request, plan
from scrutiny.data.rows import RowReader

ROOT = Path(__file__).resolve().parents[2]
NOT_FIGURES = "geography"


def again(*folders: str) -> Plan:
    paths = [p for folder in folders for p in sorted((ROOT / "data/sources" / folder).glob("*.csv"))]
    return plan(ROOT, Request([(path, path.name) for path in paths]))


def test_every_source_imported_again_adds_nothing() -> None:
    folders = sorted(p.name for p in (ROOT / "data/sources").iterdir() if p.name != NOT_FIGURES)
    made = again(*(folder for folder in folders if folder != "children-social-work-workforce"))
    assert [str(p) for p in made.problems if p.severity == "error"] == []
    assert (made.unmapped, made.added) == ([], 0)
    assert all(not file.is_new for file in made.files)
    assert sum(part.merged.same for file in made.files for part in file.parts) > 20_000
    assert len(made.files) == 22


def test_an_older_edition_of_what_was_revised_since_is_refused() -> None:
    made = again("children-social-work-workforce")
    assert {p.check for p in made.problems} == {"revised-without-a-day"}


def test_rows_that_stood_before_the_first_import_stand_as_they_were() -> None:
    first = {
        "children-in-need.csv": (199, "29a455081abc8c72"),
        "cover-mmr.csv": (35, "08139be1217956003"),
    }
    for name, (count, digest) in first.items():
        lines = (ROOT / "data/benchmarks" / name).read_bytes().split(b"\n")[:count]
        assert hashlib.sha256(b"\n".join(lines)).hexdigest().startswith(digest)


def test_there_is_a_figure_for_nearly_every_authority_in_each_year() -> None:
    areas = lookups.load(ROOT)
    known = set(catalogues.indicators(ROOT).indicators)
    for indicator in (
        "cp-reviews-on-time-yearly",
        "children-looked-after-rate-yearly",
        "attainment-8-yearly",
    ):
        reader = RowReader(ROOT, [], known)
        found = [
            o for o in benchmarks.read(reader, ROOT, Wanted(frozenset({indicator}))) if o.value is not None
        ]
        for year in range(2015, 2026):
            there = {o.area for o in found if o.period.end.year == year}
            then = next(o.period.end for o in found if o.period.end.year == year)
            authorities = {area.code for area in areas.authorities(then)}
            assert len(there & authorities) >= 0.95 * len(authorities), (indicator, year)
            regions = {region.code for region in areas.regions()}
            assert {areas.country.code, *regions} <= there, (indicator, year)


def test_every_mapping_is_sound_and_every_yearly_indicator_has_figures() -> None:
    catalogue = catalogues.indicators(ROOT)
    written, problems = mapping.read_all(ROOT)
    units = {name: dated.latest.unit for name, dated in catalogue.indicators.items()}
    problems += [p for one in written for p in mapping.unsound(one, units)]
    assert problems == []
    mapped = {f.indicator for one in written for file in one.mapping.files for f in file.figures}
    yearly = {name for name in catalogue.indicators if name.endswith("-yearly")}
    assert yearly <= mapped
    assert all(benchmarks.files(ROOT, [name])[-1].stem == name for name in yearly)
