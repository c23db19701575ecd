"""A notebook kernel that starts while the paper is being checked.

Half the time of one paper is a kernel starting and importing what every paper needs. So it is started first, told
to import that, and handed to papermill when the check has passed; nothing else about the execution changes.
"""

from __future__ import annotations

import subprocess
from types import TracebackType

from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import KernelManager

from scrutiny.errors import ExitCode, Problem, ProblemError

_EVERY_PAPER = ("scrutiny.paper.build", "scrutiny.paper.charts", "matplotlib.backends.backend_agg")
_PRELOAD = f"for _ in {_EVERY_PAPER}: __import__(_)"
_ARGUMENTS = (
    "--IPKernelApp.log_level=CRITICAL",  # its log is no part of a paper
    "--HistoryManager.enabled=False",
    f"--IPKernelApp.exec_lines={_PRELOAD}",
)


class Kernel:
    """A running kernel; stopped at the end of the block whatever happens in it.

    Raises
    ------
    ProblemError
        Exit code 13, if there is no kernel to start.
    """

    def __init__(self) -> None:
        self.manager = KernelManager(kernel_name="python3")
        self.manager.client_class = "jupyter_client.asynchronous.AsyncKernelClient"

    def __enter__(self) -> Kernel:
        try:
            # What its process itself has to say (that it was stopped while it started) is no part of a paper.
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            self.manager.start_kernel(extra_arguments=list(_ARGUMENTS), **quiet)
        except NoSuchKernel:
            raise ProblemError([_NO_KERNEL]) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.manager.shutdown_kernel(now=True)


_NO_KERNEL = Problem(
    "no-kernel",
    "notebooks/",
    "there is no Jupyter kernel 'python3' to run them with",
    "the kernel that the package ipykernel brings",
    "set the project up again with make",
    code=ExitCode.RENDERING,
)
