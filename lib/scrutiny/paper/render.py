"""Render one executed notebook to HTML and Word, by Quarto where it is installed, else by pandoc.

Both engines read the same words with the same filter, template, stylesheet and reference document,
and the same two passes finish what they write: `scrutiny.paper.page` and `scrutiny.paper.word`.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from scrutiny.files import write_whole
from scrutiny.paper.executed import check_figures, front_matter, joined_markdown, plain, refuse
from scrutiny.paper.page import finish_page
from scrutiny.paper.word import finish_word

__all__ = ["Engine", "choose_engine", "joined_markdown", "pandoc_command", "render"]

READER = "markdown-smart-markdown_in_html_blocks"
NOTEBOOK = "paper.ipynb"
RENDERING_FOLDER = "rendering-"  # in reports/; in .gitignore, and inside _quarto.yml's render list
_FORMATS = ("html", "docx")
_NO_DATE = date(2000, 1, 1)


@dataclass(frozen=True)
class Engine:
    """What renders a paper: its name, and the program that does it."""

    name: Literal["quarto", "pandoc"]
    command: Path


def pandoc_command() -> Path:
    """The pandoc program that comes with pypandoc_binary, else the one on the path.

    Raises
    ------
    ProblemError
        There is neither.
    """
    found = importlib.util.find_spec("pypandoc")  # importing it would take longer than pandoc does
    if found and found.origin:
        files = Path(found.origin).parent / "files"
        for name in ("pandoc", "pandoc.exe"):
            if (files / name).is_file():
                return files / name
    on_path = shutil.which("pandoc")
    if on_path:
        return Path(on_path)
    refuse(
        "no-pandoc",
        "pandoc",
        "not installed",
        "the package pypandoc_binary, or pandoc",
        "set the project up again with make",
    )


def choose_engine(name: str = "auto") -> Engine:
    """The engine of that name; ``auto`` takes Quarto where it is installed, else pandoc.

    Raises
    ------
    ProblemError
        The engine is not installed, or there is none of that name.
    """
    if name not in ("auto", "quarto", "pandoc"):
        refuse("engine", "--engine", name, "auto, quarto or pandoc", "name one of the three")
    quarto = shutil.which("quarto") if name != "pandoc" else None
    if quarto:
        return Engine("quarto", Path(quarto))
    if name == "quarto":
        refuse(
            "no-quarto",
            "--engine quarto",
            "Quarto is not installed",
            "quarto on the path",
            "install it from conda-forge or quarto.org, or use --engine pandoc",
        )
    return Engine("pandoc", pandoc_command())


def _epoch(said: dict[str, Any]) -> str:
    """Seconds at the start of the meeting's day: the one date that a file may carry."""
    try:
        day = date.fromisoformat(said.get("meeting-date", ""))
    except (TypeError, ValueError):
        day = _NO_DATE
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))


def render(
    notebook_path: Path,
    out_dir: Path,
    *,
    engine: str = "auto",
    templates: Path,
    formats: Sequence[str] = _FORMATS,
    project_dir: Path | None = None,
    reference: Path | None = None,
) -> list[Path]:
    """Write paper.html and paper.docx from one executed notebook.

    Parameters
    ----------
    notebook_path
        The executed notebook; its figures lie in ``figures/`` beside it.
    out_dir
        Where the papers go; made if it is not there.
    engine
        ``auto``, ``quarto`` or ``pandoc``.
    templates
        The folder of the filter, template, stylesheet and reference document.
    formats
        Which of ``html`` and ``docx`` to make.
    project_dir
        The Quarto project; None takes the folder two above the templates.
    reference
        A council's own reference document for Word; where there is none, the one in `templates`.

    Returns
    -------
    list of Path
        The files written, in the order of ``formats``.

    Raises
    ------
    ProblemError
        With exit code 13: a figure is missing, the folder cannot be written, the engine is absent
        or stopped; its own words are in the problem. Nothing is left half written.
    """
    if not set(formats) <= set(_FORMATS):
        refuse("format", "formats", ", ".join(formats), "html or docx", "name one of the two")
    chosen = choose_engine(engine)
    markdown = joined_markdown(notebook_path)
    epoch = _epoch(front_matter(markdown, notebook_path.name))
    check_figures(markdown, notebook_path.parent, formats)
    own = reference if reference is not None and reference.is_file() else None
    if chosen.name == "pandoc":
        made = _by_pandoc(chosen, markdown, notebook_path.parent, templates, formats, epoch, own)
    else:
        project = project_dir or templates.resolve().parents[1]
        made = _by_quarto(chosen, notebook_path, project, templates, formats, epoch, own)
    return [_write(out_dir, f"paper.{form}", made[form]) for form in formats]


def _by_pandoc(
    engine: Engine,
    markdown: str,
    folder: Path,
    templates: Path,
    formats: Sequence[str],
    epoch: str,
    reference: Path | None,
) -> dict[str, bytes]:
    """One pandoc for each format, at the same time."""

    def make(form: str) -> bytes:
        command = [str(engine.command), *_pandoc_options(form, templates.resolve(), reference)]
        raw = _run(command, folder, epoch, markdown.encode())
        return _finish(form, raw, folder, templates)

    with ThreadPoolExecutor(len(formats) or 1) as pool:
        return dict(zip(formats, pool.map(make, formats), strict=True))


def _pandoc_options(form: str, templates: Path, reference: Path | None) -> list[str]:
    common = [
        f"--from={READER}",
        "--output=-",
        "--wrap=none",
        "--eol=lf",
        "--fail-if-warnings",
        "--syntax-highlighting=none",
        f"--lua-filter={templates / 'paper.lua'}",
    ]
    if form == "docx":
        document = reference.resolve() if reference else templates / "reference.docx"
        return [*common, "--to=docx", f"--reference-doc={document}"]
    return [*common, "--to=html5", f"--template={templates / 'page.html'}", "--css=paper.css"]


def _run(command: list[str], folder: Path, epoch: str, given: bytes = b"") -> bytes:
    """What the program writes; its own words in a problem where it fails."""
    name = Path(command[0]).stem
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "QUARTO_PYTHON": sys.executable}
    try:
        done = subprocess.run(
            command, input=given, cwd=folder, env=environment, capture_output=True, check=False
        )
    except OSError as error:
        refuse(
            "engine",
            name,
            f"it cannot be started ({plain(error)})",
            f"{name} to run",
            "set the project up again with make",
        )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
        refuse(
            "engine",
            name,
            f"it stopped: {_without_paths(said)}",
            "a paper",
            "put right what it names, then run the command again",
        )
    return done.stdout


def _without_paths(said: str) -> str:
    """The program's words on one line, folders of this machine taken off the file names."""
    return re.sub(r"(?:[A-Za-z]:)?(?:[/\\][\w.@+~-]+)+[/\\]", "", " ".join(said.split()))


def _finish(form: str, data: bytes, folder: Path, templates: Path) -> bytes:
    if form == "docx":
        return finish_word(data)
    return finish_page(data.decode("utf-8"), folder, templates).encode("utf-8")


def _by_quarto(
    engine: Engine,
    notebook: Path,
    project: Path,
    templates: Path,
    formats: Sequence[str],
    epoch: str,
    reference: Path | None,
) -> dict[str, bytes]:
    """Quarto in a folder of the project, which its render list covers, cleared away afterwards."""
    if not (project / "_quarto.yml").is_file():
        refuse(
            "quarto-project",
            "_quarto.yml",
            "no such file",
            "the project's settings for Quarto",
            "run from the project, or use --engine pandoc",
        )
    reports = project / "reports"
    _guard(lambda: reports.mkdir(exist_ok=True), "reports")
    with tempfile.TemporaryDirectory(dir=reports, prefix=RENDERING_FOLDER) as name:
        folder = Path(name)
        shutil.copyfile(notebook, folder / NOTEBOOK)
        if (notebook.parent / "figures").is_dir():
            shutil.copytree(notebook.parent / "figures", folder / "figures")
        target = (folder / NOTEBOOK).relative_to(project).as_posix()
        command = [str(engine.command), "render", target, "--to", ",".join(formats), "--quiet"]
        if reference:
            command += ["-M", f"reference-doc:{reference.resolve()}"]
        _run(command, project, epoch)
        made = {}
        for form in formats:
            path = folder / f"paper.{form}"
            if not path.is_file():
                refuse(
                    "engine",
                    "quarto",
                    f"it wrote no {path.name}",
                    "a paper",
                    "run quarto render by itself and read what it says",
                )
            made[form] = _finish(form, path.read_bytes(), folder, templates)
    return made


def _guard(action: Callable[[], object], where: str) -> None:
    try:
        action()
    except OSError as error:
        refuse(
            "folder",
            where,
            f"it cannot be written ({plain(error)})",
            "a folder to write to",
            "choose another folder, or change its permissions",
        )


def _write(folder: Path, name: str, data: bytes) -> Path:
    """Put the file in place whole, or leave what is there."""
    _guard(lambda: folder.mkdir(parents=True, exist_ok=True), folder.name)
    _guard(lambda: write_whole(folder / name, data), f"{folder.name}/{name}")
    return folder / name
