"""A forked copy of this process that runs the cells of one notebook, and is gone afterwards.

It stands in for a notebook's kernel. What this process has imported is there at once, and whatever the notebook
does to it (settings of libraries, environment variables, replaced functions) ends with the copy. The two speak
through pipes, a line of JSON at a time: source goes over, and the messages of a Jupyter kernel come back.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from importlib import import_module
from io import BufferedReader, FileIO
from types import TracebackType
from typing import Any

Message = dict[str, Any]
_EVERY_PAPER = (
    "scrutiny.paper.build",
    "scrutiny.paper.charts",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "PIL.PngImagePlugin",
    "scrutiny.paper.shell",
)


class ChildDied(RuntimeError):
    """The child is gone: it was killed, left by itself, or ran out of memory."""


def warm() -> None:
    """Import what every paper needs, so that children have it; starts no IPython shell."""
    for name in _EVERY_PAPER:
        import_module(name)


def can_fork() -> bool:
    """Whether a copy of this process would be sound.

    Not where there is no fork, nor on macOS, whose own libraries may not be used after it; not beside other Python
    threads, whose locks the copy would never see released; not from another thread than the first; and not under
    IPython, whose shell the copy would share. Threads of numerical libraries do no harm: they see to a fork
    themselves.
    """
    if sys.platform != "linux":
        return False
    shells = sys.modules.get("IPython.core.interactiveshell")
    return (
        threading.active_count() == 1
        and threading.current_thread() is threading.main_thread()
        and not (shells and shells.InteractiveShell.initialized())
    )


def child_at_once() -> AbstractContextManager[Child | None]:
    """A child that gets ready while this process does something else; None where there can be none."""
    if not can_fork():
        return nullcontext()
    import_module(_EVERY_PAPER[0])  # once for both
    return Child()


def write(pipe: FileIO, line: bytes) -> None:
    """Write a whole line into a pipe, however often that takes."""
    rest = memoryview(line)
    while rest:
        rest = rest[pipe.write(rest) :]


class Child:
    """The forked copy: it imports what papers need at once, and ends with the block whatever happens."""

    def __init__(self) -> None:
        self._commands: FileIO
        self._messages: BufferedReader
        for stream in (sys.stdout, sys.stderr):
            stream.flush()  # or the copy would hold the same words
        commands_read, commands_write = os.pipe()
        messages_read, messages_write = os.pipe()
        # An interruption waits until the copy can be ended, and until it is a group of its own.
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            with warnings.catch_warnings():
                # Python 3.12 counts the threads of numerical libraries too.
                warnings.filterwarnings("ignore", ".*multi-threaded", DeprecationWarning)
                self._pid = os.fork()
            if not self._pid:
                os.close(commands_write)
                os.close(messages_read)
                _live(commands_read, messages_write, blocked)
            os.close(commands_read)
            os.close(messages_write)
            self._commands = FileIO(commands_write, "w")
            self._messages = BufferedReader(FileIO(messages_read))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._pid:
            return
        pid, self._pid = self._pid, 0
        try:
            os.killpg(pid, signal.SIGKILL)  # with whatever it started
        except (ProcessLookupError, PermissionError):  # no group yet, or none any more
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        for pipe in (self._commands, self._messages):
            with suppress(OSError):
                pipe.close()

    def run(self, source: str) -> Iterator[Message]:
        """Run a cell.

        Returns
        -------
        iterator of dict
            The messages that a Jupyter kernel sends; the last says ``idle`` and carries the reply.

        Raises
        ------
        ChildDied
            It does not live to say so.
        """
        try:
            write(self._commands, json.dumps(source).encode() + b"\n")
        except (OSError, ValueError):
            raise ChildDied from None
        while True:
            line = self._messages.readline()
            if not line.endswith(b"\n"):
                raise ChildDied
            message = json.loads(line)
            yield message
            if message["content"].get("execution_state") == "idle":
                return


def _live(commands: int, messages: int, blocked: set[int | signal.Signals]) -> None:
    """The child's whole life; it never returns."""
    code = 1
    try:
        gc.freeze()  # what came over is not for this process to tidy
        os.setsid()  # a group of its own, so that Ctrl-C reaches the parent only, and no terminal to ask
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        warm()
        import_module("scrutiny.paper.shell").serve(commands, messages)
        code = 0
    finally:
        os._exit(code)
