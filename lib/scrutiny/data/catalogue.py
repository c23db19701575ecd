"""The catalogue: every definition and setting of a project, read and checked, with all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrutiny.data.dated import Dated, read_dated
from scrutiny.data.definitions import Council, Indicator, People, Strict
from scrutiny.data.frameworks import Framework
from scrutiny.data.schemes import Scheme
from scrutiny.data.settings import Committee, PaperSettings
from scrutiny.data.yamlfile import Document, read_yaml, validate
from scrutiny.errors import ExitCode, Problem, ProblemError, closest


@dataclass
class CouncilFolder:
    """Everything that is defined for one council."""

    council: Dated[Council]
    people: Dated[People]
    schemes: dict[str, Dated[Scheme]] = field(default_factory=dict)
    frameworks: dict[str, Dated[Framework]] = field(default_factory=dict)
    committees: dict[str, Dated[Committee]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Files that are there but wrong, as ``schemes/rbwm-2018-19``: nothing that names them is unknown."""


@dataclass
class Catalogue:
    """All definitions of a project.

    Parameters
    ----------
    root
        The project's folder.
    """

    root: Path
    indicators: dict[str, Dated[Indicator]] = field(default_factory=dict)
    councils: dict[str, CouncilFolder] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Indicators whose file is there but wrong: a row about one of them names nothing unknown."""

    def paper_folders(self, council: str) -> list[Path]:
        """The folders of a council's papers, oldest meeting first."""
        folder = self.root / "reports" / council
        return sorted(p.parent for p in folder.glob("*/paper.yml"))

    def papers(self) -> Iterator[tuple[str, str]]:
        """Council and folder name of every paper."""
        for council in council_names(self.root):
            for folder in self.paper_folders(council):
                yield council, folder.name

    def papers_of(self, council: str, committee: str) -> list[tuple[Path, PaperSettings]]:
        """Folder and settings of each paper of a committee, oldest meeting first.

        One whose settings are wrong is passed over, and one whose folder has another day than they: its own check
        lists what is wrong with it.
        """
        found = []
        for folder in self.paper_folders(council):
            try:
                settings, _ = self.paper_settings(council, folder.name)
            except ProblemError:
                continue
            in_place = folder.name.startswith(settings.meeting_date.isoformat())
            if in_place and settings.committee == committee:
                found.append((folder, settings))
        return sorted(found, key=lambda pair: (pair[1].meeting_date, pair[0].name))

    def folder(self, council: str) -> CouncilFolder:
        """A council's definitions.

        Raises
        ------
        ProblemError
            Exit code 12 with the councils that there are; or what is wrong in the council's files.
        """
        if council in self.councils:
            return self.councils[council]
        if council in council_names(self.root):
            raise ProblemError(self.problems)
        raise ProblemError([_unknown("council", council, council_names(self.root))])

    def paper_folder(self, council: str, date: str) -> Path:
        """The folder of a paper, or a problem (exit code 12) that names the dates there are."""
        if council not in council_names(self.root):
            raise ProblemError([_unknown("council", council, council_names(self.root))])
        known = [p.name for p in self.paper_folders(council)]
        if date not in known:
            raise ProblemError([_unknown("date", date, known, f"reports/{council}")])
        return self.root / "reports" / council / date

    def paper_settings(self, council: str, date: str) -> tuple[PaperSettings, Document]:
        """The settings of a paper; problems (exit code 10) if they do not fit the model."""
        path = self.paper_folder(council, date) / "paper.yml"
        document, problems = read_yaml(path, self.name_of(path))
        settings = None
        if document:
            settings, more = validate(document, PaperSettings)
            problems += more
        if settings is None or document is None or problems:
            raise ProblemError([*self.problems, *problems])
        return settings, document

    def without_followers(self, problems: Iterable[Problem]) -> list[Problem]:
        """Leave out that an indicator is unknown where its file is there but could not be read."""
        said = [f"there is no indicator '{name}'" for name in self.unread]
        return [p for p in problems if p.check != "unknown-indicator" or p.found not in said]

    def name_of(self, path: Path) -> str:
        """Path relative to the project, with forward slashes, for messages."""
        return path.relative_to(self.root).as_posix()


def _unknown(what: str, found: str, known: Any, where: str = "command") -> Problem:
    return Problem(
        f"unknown-{what}",
        where,
        f"there is no {what} '{found}'",
        f"a known {what}",
        closest(found, known),
        code=ExitCode.UNKNOWN,
    )


def council_names(root: Path) -> list[str]:
    """Names of the councils' folders, whatever is in them.

    Raises
    ------
    ProblemError
        Exit code 10, where there is no project.
    """
    folder = root / "data" / "councils"
    if not folder.is_dir():
        raise ProblemError(
            [
                Problem(
                    "no-project",
                    "data/councils",
                    "no such folder in the project's folder",
                    "a project of this kind",
                    "install the project with 'pip install -e .', or name its folder in SCRUTINY_PROJECT",
                    code=ExitCode.DEFINITIONS,
                )
            ]
        )
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")


def load(root: Path, council: str | None = None) -> Catalogue:
    """Read every definition of a project.

    Parameters
    ----------
    root
        The project's folder, with ``data/`` and ``reports/``.
    council
        Read only this council's folder (indicators are always read). None reads all.

    Returns
    -------
    Catalogue
        With every problem found in the files.

    Raises
    ------
    ProblemError
        There is no project, or no council of that name (exit code 12).
    """
    names = council_names(root)
    if council is not None and council not in names:
        raise ProblemError([_unknown("council", council, names)])
    catalogue = indicators(root)
    for name in names if council is None else [council]:
        _read_council(catalogue, root / "data" / "councils" / name)
    return catalogue


def indicators(root: Path) -> Catalogue:
    """Read the definitions of indicators alone."""
    catalogue = Catalogue(root)
    for path, dated in _each(catalogue, root / "data" / "indicators", Indicator):
        if dated is None:
            catalogue.unread.add(path.stem)
        else:
            catalogue.indicators[dated.base.id] = dated
    return catalogue


def _read_council(catalogue: Catalogue, folder: Path) -> None:
    """Read all of a council's files, so that every problem is found; keep it if its own two are sound."""
    council: Dated[Council] | None = _read(catalogue, folder / "council.yml", Council)
    people: Dated[People] | None = _read(catalogue, folder / "people.yml", People)
    if council is not None:
        _check_id(catalogue, council, folder.name)
    found: dict[str, dict[str, Dated[Any]]] = {"schemes": {}, "frameworks": {}, "committees": {}}
    models: dict[str, type[Strict]] = {"schemes": Scheme, "frameworks": Framework, "committees": Committee}
    unread = set()
    for kind, definitions in found.items():
        for path, dated in _each(catalogue, folder / kind, models[kind]):
            if dated is None:
                unread.add(f"{kind}/{path.stem}")
            else:
                definitions[dated.base.id] = dated
    if council is not None and people is not None:
        catalogue.councils[folder.name] = CouncilFolder(council, people, **found, unread=unread)


def _each(
    catalogue: Catalogue, folder: Path, model: type[Strict]
) -> Iterator[tuple[Path, Dated[Any] | None]]:
    """Every definition of a folder with its file; None where the file is wrong."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == ".yml":
            dated: Dated[Any] | None = _read(catalogue, path, model)
            if dated:
                _check_id(catalogue, dated, path.stem)
            yield path, dated
        elif path.suffix.lower() in (".yaml", ".yml"):
            catalogue.problems.append(
                Problem(
                    "file-name",
                    catalogue.name_of(path),
                    f"a file that ends in '{path.suffix}'",
                    "a name that ends in '.yml'",
                    f"rename it to {path.stem}.yml",
                    code=ExitCode.DEFINITIONS,
                )
            )
            yield path, None


def _check_id(catalogue: Catalogue, dated: Dated[Any], stem: str) -> None:
    if dated.base.id != stem:
        assert dated.document is not None
        catalogue.problems.append(
            Problem(
                "id-differs-from-file",
                dated.document.where(("id",)),
                f"the id is '{dated.base.id}'",
                f"'{stem}', as the file or folder is called",
                "make the two agree",
                code=ExitCode.DEFINITIONS,
            )
        )


def _read(catalogue: Catalogue, path: Path, model: type[Strict]) -> Dated[Any] | None:
    """Read a file with its `versions:`; problems go to the catalogue."""
    dated, problems = read_dated(path, catalogue.name_of(path), model)
    catalogue.problems += problems
    return dated
