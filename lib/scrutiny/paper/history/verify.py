"""Verify sealed papers: make each again in a temporary place, and say whether it is still the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scrutiny.data import catalogue as catalogues
from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.paper.build import Inputs
from scrutiny.paper.child import Child
from scrutiny.paper.history.again import engine_named, make_aside
from scrutiny.paper.history.differences import Difference
from scrutiny.paper.history.rests import changed
from scrutiny.paper.history.seal import NAME, Seal, read_seal, told


@dataclass(frozen=True)
class Verdict:
    """What became of a sealed paper.

    Parameters
    ----------
    differs
        In what it says something else; empty where it says the same.
    files
        Made files whose bytes differ from the sealed ones, as ``paper.docx``.
    causes
        What it rests on and is not as it was sealed, as ``reports/templates/paper.css``.
    engines
        The engines that were compared; none where an engine that it was sealed with is not installed.
    exact
        Whether other bytes count as a difference.
    """

    council: str
    date: str
    differs: tuple[Difference, ...] = ()
    files: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    exact: bool = False

    @property
    def problems(self) -> list[Problem]:
        """The differences as problems; none where it says the same, or has the same bytes where those count."""
        where = f"reports/{self.council}/{self.date}"
        found = told(list(self.differs), where, self.causes)
        if self.exact and self.files:
            found.append(
                Problem(
                    "other-bytes",
                    f"{where}/{NAME}",
                    f"the sealed commit makes other bytes of {', '.join(self.files)}",
                    "the sealed bytes",
                    f"look at what differs there: {', '.join(self.causes) or 'the machine'}",
                    code=ExitCode.SEALED_DIFFERS,
                )
            )
        return found

    def __str__(self) -> str:
        """In words, for a list of papers."""
        name = f"{self.council} {self.date}"
        because = f"; not as it was sealed: {', '.join(self.causes)}" if self.causes else ""
        if self.differs:
            things = "thing" if len(self.differs) == 1 else "things"
            return f"{name}: says {len(self.differs)} {things} otherwise{because}"
        if not self.engines:
            return f"{name}: says the same; the engine that it was sealed with is not installed"
        if self.files:
            return f"{name}: says the same; other bytes in {', '.join(self.files)}{because}"
        return f"{name}: the same to the byte"


def sealed_papers(root: Path, council: str | None = None, date: str | None = None) -> list[tuple[str, str]]:
    """Council and folder name of every sealed paper.

    Raises
    ------
    ProblemError
        Exit code 12: there is no such council or paper, or the one paper that was named is not sealed.
    """
    catalogue = catalogues.load(root, council)
    if council is not None and date is not None:
        folder = catalogue.paper_folder(council, date)
        if not (folder / NAME).exists():
            raise ProblemError([_not_sealed(council, date)])
        return [(council, date)]
    names = [council] if council is not None else catalogues.council_names(root)
    return [(n, f.name) for n in names for f in catalogue.paper_folders(n) if (f / NAME).exists()]


def verify(root: Path, council: str, date: str, engine: str = "auto", child: Child | None = None) -> Verdict:
    """Make a sealed paper again from what is here now, in a temporary place, and compare.

    Parameters
    ----------
    engine
        ``auto`` compares the files of every engine that it was sealed with and that is installed.

    Raises
    ------
    ProblemError
        It cannot be made at all, is not sealed, or its seal is broken (exit code 14).
    """
    seal = seal_of(root, council, date)
    engines = [name for name in engine_named(engine) if name in seal.outputs]
    made = {
        name: make_aside(root, council, date, name, child) for name in engines or engine_named(engine)[:1]
    }
    first = next(iter(made.values()))
    differs = tuple(seal.differs(first.model))
    files = [moved_files(seal, name, made[name].files) for name in engines]
    moved = tuple(dict.fromkeys(name for names in files for name in names))
    causes = changed(seal, Inputs(root, council, date)) if differs or moved else []
    return Verdict(council, date, differs, moved, tuple(causes), tuple(engines))


def seal_of(root: Path, council: str, date: str) -> Seal:
    """The seal of a paper; a problem where it has none (exit code 12) or a broken one (14)."""
    seal = read_seal(root / "reports" / council / date, root)
    if seal is None:
        raise ProblemError([_not_sealed(council, date)])
    return seal


def moved_files(seal: Seal, engine: str, files: dict[str, str]) -> list[str]:
    """The sealed files of an engine whose hashes are others, or that are not there."""
    return [name for name, value in seal.outputs[engine].items() if files.get(name) != value]


def _not_sealed(council: str, date: str) -> Problem:
    return Problem(
        "not-sealed",
        f"reports/{council}/{date}",
        "it is not sealed",
        "a sealed paper",
        f"seal it first: scrutiny seal {council} {date}",
        code=ExitCode.UNKNOWN,
    )
