"""A small project in a folder of its own, to be spoilt in one place and then run as a user runs it."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scrutiny import cli

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {"bromley": "2018-07-18", "windsor-and-maidenhead": "2018-09-26"}
SETTINGS = ("paper.yml", "commentary.md")
_OTHERS = shutil.ignore_patterns("examples", ".*", "example-[!m]*.yml")
_LISTED = re.compile(
    r"^(?:\((?P<severity>\w+)\) )?(?P<where>\S.*) \[(?P<check>[\w-]+)\]\n"
    r"  found:      (?P<found>.+)\n  expected:   (?P<expected>.+)\n  what to do: (?P<do>.+)\n",
    re.MULTILINE,
)
# Things of the whole file, and of no line of it.
_WHOLE_FILE = {
    *(
        "empty-file",
        "byte-order-mark",
        "not-utf-8",
        "unreadable-file",
        "missing-file",
        "no-project",
        "file-name",
    ),
    *("unknown-council", "unknown-date", "parameter", "folder-not-writable", "notebook-unreadable"),
    *("no-parameters-cell", "no-paper-model", "notebook-error", "another-paper", "not-shown", "system"),
    *("schema", "option"),
    *("not-committed", "no-commit", "sealed-already", "not-sealed", "not-the-same-twice", "made-otherwise"),
    *("broken-seal", "reason", "other-bytes", "unknown-commit", "in-use"),
    *("engine", "no-pandoc", "no-quarto", "unknown-indicator"),
}


@dataclass(frozen=True)
class Listed:
    """One problem as the command listed it."""

    check: str
    where: str
    found: str
    expected: str
    do: str
    severity: str = "error"


@dataclass
class Run:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str
    problems: list[Listed] = field(default_factory=list)

    def checks(self, severity: str = "error") -> list[str]:
        return [p.check for p in self.problems if p.severity == severity]

    def one(self, check: str) -> Listed:
        """The one problem of a check."""
        found = [p for p in self.problems if p.check == check]
        assert len(found) == 1, f"{len(found)} of '{check}' in:\n{self.err}"
        return found[0]


class Project:
    """A copy of the parts of this project that one or two councils need."""

    def __init__(self, root: Path, run: Callable[..., Run]) -> None:
        self.root, self.run = root, run

    def path(self, name: str) -> Path:
        return self.root / name

    def text(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def append(self, name: str, line: str) -> int:
        """Put a line at the end; returns its number."""
        text = self.text(name).rstrip("\n")
        self.write(name, f"{text}\n{line}\n")
        return text.count("\n") + 2

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace what stands in a file once; returns the number of its line."""
        text = self.text(name)
        assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    def files(self) -> dict[str, bytes | None]:
        """Every file with its content, every folder, so that a test can say that nothing was written.

        Locks of running commands and the repository itself do not count.
        """
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes() if path.is_file() else None
            for path in sorted(self.root.rglob("*"))
            if path.relative_to(self.root).parts[0] not in (".git", ".locks")
        }


def copy_project(root: Path, *councils: str) -> None:
    """Copy what the councils' papers are made from."""
    for name in ("data/indicators", "data/benchmarks", "notebooks", "reports/templates"):
        shutil.copytree(ROOT / name, root / name, ignore=_OTHERS)
    for council in councils:
        shutil.copytree(ROOT / "data/councils" / council, root / "data/councils" / council)
        folder = root / "reports" / council / PAPERS[council]
        folder.mkdir(parents=True)
        for name in SETTINGS:
            shutil.copyfile(ROOT / "reports" / council / PAPERS[council] / name, folder / name)
    if len(councils) > 1 or "bromley" not in councils:
        shutil.copyfile(ROOT / "data/glossary.yml", root / "data/glossary.yml")
    else:  # without the glossary its text gives no finding, and needs no waiver
        paper = root / "reports/bromley" / PAPERS["bromley"] / "paper.yml"
        text, waivers, _ = paper.read_text("utf-8").partition("waivers:")
        assert waivers
        paper.write_text(text, "utf-8")


def runner(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Run]:
    """Runs a command in this process, as ``main`` does, and holds what is true of every run."""
    project = Project(root, lambda: Run(0, "", ""))

    def run(*words: str) -> Run:
        monkeypatch.setenv("SCRUTINY_PROJECT", str(root))
        monkeypatch.setattr(sys, "argv", ["scrutiny", *words])
        before = project.files()
        capfd.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        out, err = capfd.readouterr()
        ended_run = Run(code, out, err, listed(err))
        _in_plain_words(ended_run, root)
        if code not in (0, 17):
            assert project.files() == before, "something was left half written"
        return ended_run

    return run


def listed(err: str) -> list[Listed]:
    """The problems that a command listed."""
    found = [match.groupdict() for match in _LISTED.finditer(err)]
    return [Listed(**{key: value or "error" for key, value in parts.items()}) for parts in found]


def _in_plain_words(run: Run, root: Path) -> None:
    assert "Traceback" not in run.out + run.err
    assert str(root) not in run.err, run.err
    if run.code != 2:  # what was typed is said again
        assert not re.search(r"(?<![\w.:/<])/(?:tmp|home|usr|root|work|var|opt|Users)/", run.err), run.err
    assert not re.search(r"pydantic|\bNoneType\b|<class |object at 0x", run.err), run.err
    errors = [p for p in run.problems if p.severity == "error"]
    if run.code >= 10 and run.code not in (17, 130):
        assert errors, f"exit code {run.code} without a problem:\n{run.err}"
        assert f"{len(errors)} problem" in run.err
    for problem in run.problems:
        if problem.check not in _WHOLE_FILE:
            # a paper's text, and what was sealed of it, have places, not lines
            place = r", (line|cell) \d+|^reports/[\w-]+/[\d-]+(/sealed\.json)?, \w"
            assert re.search(place, problem.where), f"no line in '{problem.where}'"
            assert re.match(r"(data|reports|notebooks)/", problem.where), problem.where
