"""Run a paper's notebook with papermill, and say in words why it did not run to its end."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from scrutiny.errors import ExitCode, Problem, ProblemError, shown, without_folders
from scrutiny.paper.child import Child
from scrutiny.paper.model import MIME_TYPE, PaperModel

_TO_ITS_END = "a notebook that runs to its end"


def execute(notebook: Path, parameters: dict[str, Any], folder: Path, child: Child | None = None) -> Any:
    """Execute a notebook with papermill and take out whatever differs from run to run.

    Parameters
    ----------
    folder
        Where the notebook writes its pictures.
    child
        One that is getting ready already, and has run nothing; None starts one, or an ordinary kernel where no
        child can be.

    Returns
    -------
    nbformat.NotebookNode
        Executed, without times, paths and random ids.

    Raises
    ------
    ProblemError
        It is no notebook or has no cell for its parameters (exit code 10), or does not run to its end (13).
    """
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel
    from papermill.exceptions import PapermillException, PapermillExecutionError

    from scrutiny.paper.engine import NAME

    cells = _cells(notebook)
    try:
        executed = papermill.execute_notebook(
            notebook,
            None,
            parameters={**parameters, "out": str(folder)},
            kernel_name="python3",
            progress_bar=False,
            engine_name=NAME,
            child=child,
        )
    except PapermillExecutionError as error:
        raise _cell_error(error, notebook, cells) from None
    except NoSuchKernel:
        raise ProblemError([_NO_KERNEL]) from None
    except (PapermillException, RuntimeError, TimeoutError) as error:
        said = shown(without_folders(str(error)), 200)
        do = "open the notebook in Jupyter and run it there; it may need more memory than there is"
        raise _no_run(notebook, f"the kernel that ran it stopped ({said})", do) from None
    return without_traces(executed)


def _no_run(notebook: Path, found: str, do: str, place: str = "") -> ProblemError:
    where = f"notebooks/{notebook.name}{place}"
    problem = Problem("notebook-error", where, found, _TO_ITS_END, do, code=ExitCode.RENDERING)
    return ProblemError([problem])


def _cells(notebook: Path) -> list[Any]:
    """A notebook's cells, one of which is tagged ``parameters``: else papermill's would be lost."""
    import nbformat

    where = f"notebooks/{notebook.name}"
    try:
        cells: list[Any] = nbformat.read(notebook, as_version=4).cells
    except Exception as error:  # whatever nbformat, JSON and the schema have to say of a damaged file
        found = f"it cannot be read as a notebook ({shown(without_folders(str(error)))})"
        do = "restore it, or save it again in Jupyter"
        code = ExitCode.DEFINITIONS
        problem = Problem("notebook-unreadable", where, found, "a Jupyter notebook", do, code=code)
        raise ProblemError([problem]) from None
    if not any("parameters" in cell.metadata.get("tags", []) for cell in cells):
        problem = Problem(
            "no-parameters-cell",
            where,
            "no cell is tagged 'parameters', so that it could make no paper but its own",
            "one cell tagged 'parameters' that sets council, meeting_date, as_at and out",
            "tag that cell 'parameters'",
            code=ExitCode.DEFINITIONS,
        )
        raise ProblemError([problem])
    return cells


_NO_KERNEL = Problem(
    "no-kernel",
    "notebooks/",
    "there is no Jupyter kernel 'python3' to run them with",
    "the kernel that the package ipykernel brings",
    "set the project up again with make",
    code=ExitCode.RENDERING,
)
_LINE = re.compile(r"(?P<where>.+?): (?P<found>.+)\. Expected: (?P<expected>.+)\. What to do: (?P<do>.+)\.")


def _cell_error(error: Any, notebook: Path, cells: list[Any]) -> ProblemError:
    """What stopped a cell, in words; problems of this project are read back from its message."""
    number = next((i for i, cell in enumerate(cells, start=1) if cell.source == error.source), 0)
    place = f", cell {number} ({cells[number - 1].get('id')})" if number else ""
    message = without_folders(re.sub(r"\x1b\[[0-9;]*m", "", str(error.evalue)))
    if error.ename == "ProblemError":
        where = f"notebooks/{notebook.name}{place}, "
        said = [match.groups() for line in message.splitlines() if (match := _LINE.fullmatch(line))]
        if said:
            return ProblemError(
                Problem("notebook", where + a, found, expected, do, code=ExitCode.DEFINITIONS)
                for a, found, expected, do in said
            )
    found = shown(f"the cell stopped with {error.ename}: {message}", 200)
    return _no_run(notebook, found, "open the notebook in Jupyter and run it there", place)


def without_traces(notebook: Any) -> Any:
    """Take times, paths, random ids and messages out of an executed notebook, in place."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for i, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
            cell.metadata["tags"] = ["injected-parameters", "remove-cell"]
            cell.source = re.sub(r"(?m)^out = .*$", "out = None", cell.source)
        cell.setdefault("id", f"cell-{i}")
        if "outputs" in cell:
            cell.outputs = [o for o in cell.outputs if o.output_type != "stream"]
    return notebook


def model_of(notebook: Any, name: str = "notebook") -> PaperModel:
    """The paper model that the last cell of an executed notebook carries; a problem if there is none."""
    for cell in reversed(notebook.cells):
        for output in cell.get("outputs", []):
            if MIME_TYPE in output.get("data", {}):
                return PaperModel.model_validate(output["data"][MIME_TYPE])
    found, expected = "no cell hands the paper model over", "a last cell with paper.finish()"
    do = "add it to the notebook"
    problem = Problem("no-paper-model", name, found, expected, do, code=ExitCode.RENDERING)
    raise ProblemError([problem])
