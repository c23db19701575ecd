"""A papermill engine that runs each notebook in a forked child of the process that asks for it.

papermill finds it by its entry point, so that ``papermill --engine scrutiny`` has it too. It is papermill's own
client with another way to the kernel: what the child says is written into the notebook by the same code that
writes what a kernel says, so the notebooks are equal to the byte.
"""

from __future__ import annotations

import sys
from typing import Any


def __getattr__(name: str) -> None:
    """Nothing yet: papermill loads its entry points while it is imported, and that may be from here."""
    if name != "ForkEngine":
        raise AttributeError(name)


from nbclient.exceptions import CellExecutionComplete, CellExecutionError, DeadKernelError  # noqa: E402
from papermill.clientwrap import PapermillNotebookClient  # noqa: E402
from papermill.engines import Engine, NBClientEngine, papermill_engines  # noqa: E402
from papermill.log import logger  # noqa: E402

from scrutiny.paper.child import Child, ChildDied, can_fork  # noqa: E402

NAME = "scrutiny"
_QUIET = ["--IPKernelApp.log_level=CRITICAL"]  # a kernel's log is no part of a paper
_LANGUAGE = {
    "name": "python",
    "version": sys.version.split()[0],
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class ForkEngine(Engine):  # type: ignore[misc]
    """Runs a notebook in a forked child, or on an ordinary kernel where that would not be sound.

    An ordinary kernel runs it where `scrutiny.paper.child.can_fork` says no, where the notebook asks for another
    kernel than ``python3``, and where a cell may take only so long.
    """

    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, *args: Any, child: Child | None = None, **options: Any
    ) -> Any:
        """Execute a notebook.

        Parameters
        ----------
        child
            One that has started already and run nothing; None starts one. It is ended in either case.
        """
        limited = options.get("execution_timeout") or options.get("timeout")
        if kernel_name != "python3" or limited or not (child or can_fork()):
            return super().execute_notebook(nb, kernel_name, *args, **options)
        # Before papermill's progress bar, which has a thread of its own.
        with child or Child() as running:
            return super().execute_notebook(nb, kernel_name, *args, child=running, **options)

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, child: Child | None = None, **options: Any
    ) -> Any:
        """Run the cells, and fill in the notebook that the manager holds."""
        if child is None:
            if kernel_name == "python3":
                options.setdefault("extra_arguments", _QUIET)
            return NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
        of_a_kernel = ("input_path", "start_timeout", "execution_timeout", "timeout")
        chosen = {name: value for name, value in options.items() if name not in of_a_kernel}
        return ForkClient(nb_man, child, log=logger, **chosen).execute()


class ForkClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client of a kernel, with a child in the kernel's place."""

    def __init__(self, nb_man: Any, child: Child, **options: Any) -> None:
        super().__init__(nb_man, record_timing=False, **options)
        self._child = child

    def execute(self, **_: Any) -> Any:
        """Run the cells up to the first error; papermill reads the notebook for it afterwards."""
        self.reset_execution_trackers()
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = _LANGUAGE
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, *_: Any, **__: Any) -> Any:
        """Run a cell and put what it shows into it.

        Raises
        ------
        CellExecutionError
            It stopped with an error.
        DeadKernelError
            The child is gone.
        """
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            return cell
        cell.outputs, self.clear_before_next_output = [], False
        reply: dict[str, Any] = {}
        try:
            for message in self._child.run(cell.source):
                reply = message["content"].get("reply", reply)
                self.process_message(message, cell, cell_index)
        except CellExecutionComplete:
            pass
        except ChildDied:
            raise DeadKernelError("Kernel died") from None
        if reply["status"] == "error" and not self._may_fail(cell, reply["ename"]):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def _may_fail(self, cell: Any, name: str) -> bool:
        tagged = "raises-exception" in cell.metadata.get("tags", [])
        return not self.force_raise_errors and (self.allow_errors or name in self.allow_error_names or tagged)


papermill_engines.register(NAME, ForkEngine)
