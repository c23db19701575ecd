"""What an executed notebook shows, and whether all of it is there."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import yaml

from scrutiny.errors import ExitCode, Problem, ProblemError

_SOURCE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"')


def refuse(check: str, where: str, found: str, expected: str, do: str) -> NoReturn:
    """Stop with one problem of exit code 13."""
    raise ProblemError([Problem(check, where, found, expected, do, code=ExitCode.RENDERING)])


def plain(error: BaseException) -> str:
    """What went wrong, without the machine's paths."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "its content is not valid"


def _cells(notebook: Path) -> list[dict[str, Any]]:
    try:
        return list(json.loads(notebook.read_text("utf-8"))["cells"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        refuse(
            "notebook",
            notebook.name,
            f"it cannot be read ({plain(error)})",
            "an executed Jupyter notebook",
            "execute the paper's notebook again",
        )


def _text(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def joined_markdown(notebook_path: Path) -> str:
    """What pandoc reads: the front matter, then what each cell of the executed notebook shows.

    Parameters
    ----------
    notebook_path
        An executed notebook whose first cell is raw YAML between ``---`` lines.

    Returns
    -------
    str
        Markdown: that cell, and every text/markdown output in its order. Empty ones are left out.

    Raises
    ------
    ProblemError
        It is not a notebook, has no front matter, was not executed, or stopped with an error.
    """
    cells = _cells(notebook_path)
    name = notebook_path.name
    front = _text(cells[0].get("source", "")) if cells else ""
    if not cells or cells[0].get("cell_type") != "raw" or not front.lstrip().startswith("---"):
        refuse(
            "front-matter",
            name,
            "its first cell is not raw YAML",
            "front matter with title and lang",
            "execute the paper's notebook again",
        )
    pieces = [front.strip()]
    for output in (output for cell in cells for output in cell.get("outputs", ())):
        if output.get("output_type") == "error":
            refuse(
                "notebook-error",
                name,
                f"{output.get('ename')}: {output.get('evalue')}",
                "a notebook that ran to its end",
                "put it right and execute it again",
            )
        shown = _text(output.get("data", {}).get("text/markdown", "")).strip()
        if shown:
            pieces.append(shown)
    if len(pieces) == 1:
        refuse(
            "not-executed",
            name,
            "its cells show nothing",
            "an executed notebook",
            "execute it first",
        )
    return "\n\n".join(pieces) + "\n"


def front_matter(markdown: str, name: str) -> dict[str, Any]:
    """The front matter of the joined Markdown, every value as the text that was written."""
    try:
        said = yaml.load(markdown.split("\n---", 1)[0], Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        refuse(
            "front-matter",
            name,
            f"YAML that cannot be read: {str(error).splitlines()[0]}",
            "front matter with title and lang",
            "execute the notebook again",
        )
    return said if isinstance(said, dict) else {}


def check_figures(markdown: str, folder: Path, formats: Sequence[str]) -> None:
    """Every picture lies beside the notebook, in the form that each format needs."""
    problems = []
    for source in dict.fromkeys(_SOURCE.findall(markdown)):
        if re.match(r"[A-Za-z][\w+.-]*:|//", source):
            problems.append(_picture_problem(source[:40], "a picture that is not a file"))
            continue
        wanted = {"html": source, "docx": re.sub(r"\.svg$", ".png", source)}
        missing = {wanted[form] for form in formats if not (folder / wanted[form]).is_file()}
        problems += [_picture_problem(path, "no such file") for path in sorted(missing)]
    if problems:
        raise ProblemError(problems)


def _picture_problem(where: str, found: str) -> Problem:
    return Problem(
        "figure-file",
        where,
        found,
        "a file in figures/ beside the notebook",
        "execute the notebook with its output folder set",
        code=ExitCode.RENDERING,
    )
