"""Mappings: what the columns of a file mean to the project, as settings that anybody can write.

One file for each publication in ``data/benchmarks/mappings/``. A file not seen before needs a mapping, and never
code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from scrutiny.data.areas import AreaKind
from scrutiny.data.definitions import Basis, Figure, Slug, Strict
from scrutiny.data.importers.labels import Means
from scrutiny.data.yamlfile import Document, read_yaml, validate
from scrutiny.errors import ExitCode, Problem, closest
from scrutiny.figures import Unit

FOLDER = "data/benchmarks/mappings"
LICENCE = "Open Government Licence v3.0"
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."

KindName = Literal["ees", "lait", "cover", "ofsted", "long"]
SymbolName = Literal["c", "k", "low", "u", "x", "z"]


class Published(Strict):
    """When figures became known: stated by the publisher, or by custom, and then marked as assumed."""

    stated: dict[str, dt.date] = Field({}, description="Days by the file's own label of the period")
    months_after: int | None = Field(
        None,
        ge=-12,
        le=60,
        description="Else the end of the month so many months after that in which the period ends: assumed",
    )
    column: str = Field("", description="Column that holds the day of each row")

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if not self.stated and self.months_after is None and not self.column:
            raise ValueError("published says no day; stated days, months_after or a column")
        return self


Values = str | list[str]


class FigureMapping(Strict):
    """One indicator's figures in a file."""

    indicator: Slug
    value: str = Field(
        "", description="Column of the figure; in a long file the measure; without it, a share of two counts"
    )
    numerator: list[str] = Field([], description="Columns of the counts, added up")
    denominator: list[str] = []
    decimals: int | None = Field(None, ge=0, le=4, description="Of a share made of two counts")
    unit: Unit
    basis: Basis
    scale: Figure = Field(Figure("1"), description="What the file's figure is multiplied by")
    where: dict[str, Values] = Field({}, description="Of these columns only rows with these values")
    add_up: list[str] = Field([], description="Columns over whose values the counts are added up")
    values: dict[str, Figure] = Field({}, description="Figures that stand for words, such as judgements")
    period: Means | None = Field(None, description="Where it is another than the file's")
    published: Published | None = Field(None, description="Where it is another than the file's")
    fills_gaps: bool | None = Field(None, description="Where it is another than the file's")
    note: str = ""

    @model_validator(mode="after")
    def _holds_a_figure(self) -> Self:
        counts = bool(self.numerator) and bool(self.denominator)
        if not self.value and not (counts and self.unit is Unit.PERCENT):
            raise ValueError("no figure; a value, or a numerator and a denominator of a percentage")
        if self.add_up and self.value:
            raise ValueError("add_up with a value; only counts can be added up")
        return self


class Columns(Strict):
    """Where things stand in a file whose columns have names of their own."""

    area_code: str = ""
    area_number: str = ""
    area_name: str = ""
    period: list[str] = Field([], description="Columns whose cells, joined by a space, label the period")
    measure: str = Field("", description="In a long file: the column that names what is measured")
    value: str = Field("", description="In a long file: the column of the figure")


class FileMapping(Strict):
    """What is taken from one of a publication's files."""

    pattern: str = Field(description="Name of the file, with * for what differs by edition")
    kind: KindName
    columns: Columns | None = None
    where: dict[str, Values] = Field({}, description="Rows with these values only, for all its figures")
    leave_out: dict[str, Values] = Field({}, description="Rows with one of these values are left out")
    period: Means
    published: Published
    symbols: dict[str, SymbolName] = Field({}, description="Further symbols of the file, and what they mean")
    rounded: dict[AreaKind, int] = Field({}, description="To what the counts of a kind of area are rounded")
    caveats: str = Field("", description="Column whose sign marks figures of doubtful quality")
    fills_gaps: bool = Field(
        False, description="Only figures of which nothing is known from another source are added"
    )
    source: str = Field(
        "{path}", description="Source of a row, with {path}, {folder}, and {names} of the file's columns"
    )
    figures: list[FigureMapping] = Field(min_length=1)


class Mapping(Strict):
    """A publication: where its figures go, whose they are, and its files."""

    id: Slug = Field(description="Name of the file of benchmarks, and of the folder of sources")
    title: str
    publisher: str
    licence: str = LICENCE
    attribution: str = ATTRIBUTION
    obtained: str = Field(description="Where its files come from")
    kept_in: str = Field("", description="Folder of sources, where it is not called after the id")
    apart: bool = Field(
        False, description="A file for each indicator, in a folder: for many figures of many indicators"
    )
    files: list[FileMapping] = Field(min_length=1)


@dataclass(frozen=True)
class Written:
    """A mapping with the file that it stands in."""

    mapping: Mapping
    document: Document

    def where(self, file: FileMapping, figure: FigureMapping | None = None, key: str = "") -> str:
        """The place of a part of it, for messages."""
        path: tuple[str | int, ...] = ("files", self.mapping.files.index(file))
        if figure is not None:
            path = (*path, "figures", file.figures.index(figure))
        return self.document.where((*path, key) if key else path)


def read(path: Path, name: str) -> tuple[Written | None, list[Problem]]:
    """Read one mapping."""
    document, problems = read_yaml(path, name)
    if document is None:
        return None, problems
    mapping, more = validate(document, Mapping)
    problems += more
    return (Written(mapping, document) if mapping and not problems else None), problems


def read_all(root: Path) -> tuple[list[Written], list[Problem]]:
    """Read every mapping of a project, and say what is wrong in any."""
    found, problems = [], []
    for path in sorted((root / FOLDER).glob("*.yml")):
        name = path.relative_to(root).as_posix()
        written, more = read(path, name)
        problems += more
        if written is None:
            continue
        if written.mapping.id != path.stem:
            said, expected = f"the id is '{written.mapping.id}'", f"'{path.stem}', as the file is called"
            where = written.document.where(("id",))
            problems.append(_wrong("id-differs-from-file", where, said, expected, "make the two agree"))
        found.append(written)
    return found, problems


def fitting(written: Written, name: str) -> list[FileMapping]:
    """The parts of a mapping that are about a file of this name."""
    return [file for file in written.mapping.files if fnmatch(name.casefold(), file.pattern.casefold())]


def unsound(written: Written, units: dict[str, Unit], unread: Collection[str] = ()) -> Iterator[Problem]:
    """What does not fit between a mapping and the definitions of its indicators.

    Parameters
    ----------
    units
        The unit of each known indicator.
    unread
        Indicators whose file is there but wrong; nothing is said of them.
    """
    for file in written.mapping.files:
        for figure in file.figures:
            if figure.indicator in unread:
                continue
            if figure.indicator not in units:
                where = written.where(file, figure, "indicator")
                found, expected = f"there is no indicator '{figure.indicator}'", "a file of data/indicators"
                yield _wrong("unknown-indicator", where, found, expected, closest(figure.indicator, units))
            elif units[figure.indicator] is not figure.unit:
                where = written.where(file, figure, "unit")
                found = f"{figure.unit.value}, while {figure.indicator} is in {units[figure.indicator].value}"
                do = "correct one of the two, or give a scale"
                yield _wrong("unit-differs", where, found, "the unit of the indicator", do)


def _wrong(check: str, where: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, where, found, expected, do, code=ExitCode.DEFINITIONS)
