"""Seal a paper: made twice, without an error, from a clean commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from scrutiny.data import catalogue as catalogues
from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.files import one_at_a_time
from scrutiny.paper.build import Inputs
from scrutiny.paper.child import Child
from scrutiny.paper.history import git
from scrutiny.paper.history.again import Made, hashes, installed, make_aside
from scrutiny.paper.history.rests import rests_of
from scrutiny.paper.history.seal import (
    NAME,
    Seal,
    SealedModel,
    hash_of,
    name_for_the_old,
    write_seal,
)

Warn = Callable[[list[Problem]], None]


def to_be_sealed(root: Path, council: str, date: str | None, again: bool) -> list[tuple[str, str]]:
    """The paper that was named; without a date, each paper of the council that has no seal (that has one: `again`).

    Raises
    ------
    ProblemError
        Exit code 12: there is no such council or paper.
    """
    catalogue = catalogues.load(root, council)
    if date is not None:
        return [(council, catalogue.paper_folder(council, date).name)]
    return [(council, f.name) for f in catalogue.paper_folders(council) if (f / NAME).exists() == again]


def seal_one(
    root: Path,
    council: str,
    date: str,
    *,
    again: bool = False,
    reason: str = "",
    child: Child | None = None,
    warn: Warn = lambda _: None,
) -> Path:
    """Seal one paper.

    Parameters
    ----------
    root
        The project's folder.
    council, date
        Name of the council's folder, and of the paper's.
    again
        Seal a paper that is sealed already; the seal before is kept beside the new one.
    reason
        Why it is sealed again.
    child
        One that is getting ready already to run the notebook.
    warn
        Is given the warnings.

    Returns
    -------
    Path
        The seal.

    Raises
    ------
    ProblemError
        Exit code 16: something is not committed, the paper has errors, is sealed already, or two makings of it differ.
        Exit code 12: there is no such paper.
    """
    if again and not reason.strip():
        raise ProblemError(
            [_refused("reason", "--reason", "no reason is given", "why the paper is sealed again")]
        )
    try:
        inputs = Inputs(root, council, date)
    except ProblemError as error:
        raise ProblemError(_as_refused(error)) from None
    before = _before(inputs.path, root, again)
    stopped = [_unclean(name) for name in git.not_committed(root)]
    if stopped:
        raise ProblemError(stopped)
    made = _made(root, council, date, child, warn)
    warn(list(_not_as_made(inputs.path, root, made)))
    content = made["pandoc"].model.model_dump(mode="json")
    with one_at_a_time(root, inputs.path / NAME):
        new = Seal(
            council=council,
            date=date,
            commit=git.head(root),
            reason=reason.strip(),
            before=before,
            rests_on=rests_of(inputs),
            model=SealedModel(sha256=hash_of(content), content=content),
            outputs={name: one.files for name, one in made.items()},
        )
        return write_seal(inputs.path, new)


def _before(folder: Path, root: Path, again: bool) -> str:
    """The name that keeps the seal before; empty for a first seal."""
    where = f"{folder.relative_to(root).as_posix()}/{NAME}"
    if not (folder / NAME).exists():
        if again:
            do = "leave out --again"
            raise ProblemError([_refused("not-sealed", where, "it is not sealed yet", "a sealed paper", do)])
        return ""
    if not again:
        do = "scrutiny verify shows whether it still says the same; --again --reason … seals it anew"
        raise ProblemError(
            [_refused("sealed-already", where, "it is sealed already", "a paper without a seal", do)]
        )
    return name_for_the_old(folder)


def _made(root: Path, council: str, date: str, child: Child | None, warn: Warn) -> dict[str, Made]:
    """The paper made by every engine that is here, twice, so that no seal rests on chance."""
    found: dict[str, Made] = {}
    for engine in installed():
        try:
            found[engine] = make_aside(root, council, date, engine, child, warn)
            second = make_aside(root, council, date, engine)
        except ProblemError as error:
            raise ProblemError(_as_refused(error)) from None
        child, warn = None, lambda _: None
        moved = [name for name, value in found[engine].files.items() if second.files.get(name) != value]
        if moved:
            where = f"reports/{council}/{date}"
            said = f"made twice, {', '.join(moved)} came out otherwise"
            do = "look in the notebook for what differs from run to run: the clock, chance, the network"
            raise ProblemError([_refused("not-the-same-twice", where, said, "the same bytes", do)])
    return found


def _not_as_made(folder: Path, root: Path, made: dict[str, Made]) -> Iterator[Problem]:
    """A made file that lies in the paper's folder and is not what is sealed: it may be the one that was sent out."""
    for name, value in hashes(folder).items():
        if all(one.files.get(name) != value for one in made.values()):
            yield Problem(
                "made-otherwise",
                f"{folder.relative_to(root).as_posix()}/{name}",
                "it is not the file that this seal describes",
                "the file as it is made today",
                "make the paper again, or find out how the file that was sent out was made",
                "warning",
                ExitCode.REFUSED,
            )


def _unclean(name: str) -> Problem:
    do = "commit it, or put it away (git stash, .gitignore)"
    return _refused("not-committed", name, "it is not committed as it is", "a clean work tree", do)


def _as_refused(error: ProblemError) -> list[Problem]:
    """What keeps a paper from being made keeps it from being sealed; an unknown paper stays unknown."""
    if error.code is ExitCode.UNKNOWN:
        return error.problems
    return [replace(p, code=ExitCode.REFUSED) for p in error.problems]


def _refused(check: str, where: str, found: str, expected: str, do: str = "give one") -> Problem:
    return Problem(check, where, found, expected, do, code=ExitCode.REFUSED)
