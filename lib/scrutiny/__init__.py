"""Rate, compare, write and render the performance papers of council committees.

In a notebook::

    from scrutiny import open_paper

    paper = open_paper(globals())
    paper.section("report-summary")
    paper.finish()
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrutiny.paper.build import Paper

__version__ = "0.1.0"
__all__ = ["__version__", "open_paper", "project_folder"]


def project_folder() -> Path:
    """The project's folder: the one named by ``SCRUTINY_PROJECT``, else the one that this package is installed from.

    It does not depend on the working directory, so that a notebook runs from any folder.
    """
    named = os.environ.get("SCRUTINY_PROJECT")
    return Path(named).resolve() if named else Path(__file__).resolve().parents[2]


def open_paper(parameters: Mapping[str, Any], project: Path | str | None = None) -> Paper:
    """Open the paper that a notebook's parameters name.

    Parameters
    ----------
    parameters
        The notebook's ``globals()``: ``council``, ``meeting_date``, ``as_at`` (None: what paper.yml says) and ``out``
        (a folder for the pictures; None: pictures stand inline and nothing is written). Any other plain value is
        refused, so that a misspelt parameter cannot make the default paper.
    project
        The project's folder; None finds it, see `project_folder`.

    Raises
    ------
    ProblemError
        With every problem: unknown, missing or mistyped parameters, or anything wrong in the files.
    """
    from scrutiny.paper.build import Inputs, Paper
    from scrutiny.paper.parameters import read_parameters

    read = read_parameters(parameters)
    root = Path(project) if project is not None else project_folder()
    return Paper(Inputs(root, read.council, read.meeting_date, read.as_at), read.out)
