"""What a child runs cells with: the shell of an ordinary notebook kernel, its messages written into a pipe."""

from __future__ import annotations

import builtins
import getpass
import io
import json
import os
import signal
import sys
import tempfile
import threading
from functools import partial
from io import FileIO
from queue import SimpleQueue
from typing import Any, NoReturn

import matplotlib
from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from traitlets.config import Config

from scrutiny.paper.child import write

_INLINE = "module://matplotlib_inline.backend_inline"


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """A kernel's shell without a profile; named as there, since pandas and others ask for the name."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Neither read the user's settings nor write a history."""

    def ask_exit(self) -> None:
        """Stop after this cell; one that would follow finds no kernel."""
        self.leaving = True

    leaving = False


class Outbox(Session):
    """Sends what a kernel sends into a pipe, and the words of both streams in their order."""

    def __init__(self, pipe: FileIO) -> None:
        super().__init__()
        self._pipe: FileIO | None = pipe
        self._lock = threading.RLock()
        self._held: list[tuple[str, str]] = []
        os.register_at_fork(after_in_child=self._leave)

    def _leave(self) -> None:
        """A process that the notebook forks has no say, and must not keep the pipe open."""
        if self._pipe:
            self._pipe.close()
        self._pipe, self._lock = None, threading.RLock()

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any
    ) -> dict[str, Any] | None:
        """Send one message, whole: what the shell and its displays call."""
        if isinstance(msg_or_type, dict):
            kind, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
        else:
            kind = msg_or_type
        message = {"header": {"msg_type": kind}, "msg_type": kind, "parent_header": {}, "content": content}
        line = self.pack(message) + b"\n"
        with self._lock:
            if self._pipe:
                write(self._pipe, line)
        return message

    def say(self, name: str, text: str) -> None:
        """Words for ``stdout`` or ``stderr``; they are held until something else is sent."""
        with self._lock:
            if self._held and self._held[-1][0] == name:
                text = self._held.pop()[1] + text
            self._held.append((name, text))
            if len(text) > 1 << 16:
                self.flush()

    def flush(self) -> None:
        """Send the words that are held."""
        with self._lock:
            held, self._held = self._held, []
            for name, text in held:
                if text:
                    self.send(None, "stream", {"name": name, "text": text})


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook, and what reaches the same descriptor past Python."""

    encoding = "UTF-8"
    errors = "replace"

    def __init__(self, name: str, descriptor: int, outbox: Outbox) -> None:
        self.name, self._descriptor, self._outbox, self._pid = name, descriptor, outbox, os.getpid()
        self._file, self._read = tempfile.TemporaryFile(), 0  # noqa: SIM115
        os.dup2(self._file.fileno(), descriptor)

    def write(self, text: str) -> int:
        """Hold the words until the next message; from a forked process, as its descriptor's."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() == self._pid:
            self.collect()
            self._outbox.say(self.name, text)
        else:
            os.write(self._descriptor, text.encode("utf-8", "replace"))
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        if os.getpid() == self._pid:
            self._outbox.flush()

    def collect(self) -> None:
        """Hold what subprocesses and libraries wrote past Python since the last time."""
        size = os.fstat(self._file.fileno()).st_size
        while self._read < size:
            part = os.pread(self._file.fileno(), min(size - self._read, 1 << 20), self._read)
            self._read += len(part)
            self._outbox.say(self.name, part.decode("utf-8", "replace"))

    def fileno(self) -> int:
        """The descriptor, for subprocesses."""
        return self._descriptor

    def writable(self) -> bool:
        """It is written to."""
        return True


def serve(commands: int, messages: int) -> None:
    """Run the cells that come, one after another, until the parent goes.

    Parameters
    ----------
    commands, messages
        Descriptors of the pipes on which source comes and messages go.
    """
    asked: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(commands, asked), daemon=True).start()
    outbox = Outbox(FileIO(messages, "w"))
    out, err = Stream("stdout", 1, outbox), Stream("stderr", 2, outbox)
    sys.stdout, sys.stderr = out, err
    shell = _shell(outbox)
    while not shell.leaving:
        source = asked.get()
        outbox.send(None, "execute_input", {"code": source, "execution_count": shell.execution_count})
        reply = _run(shell, source)
        for stream in (out, err):
            stream.collect()
        outbox.flush()
        outbox.send(None, "status", {"execution_state": "idle", "reply": reply})


def _listen(commands: int, asked: SimpleQueue[str]) -> None:
    with open(commands, "rb") as lines:
        for line in lines:
            asked.put(json.loads(line))
    os.killpg(0, signal.SIGKILL)  # the parent is gone, and with it any use of what still runs


def _shell(outbox: Outbox) -> ZMQInteractiveShell:
    """A shell as a kernel has it: no history, matplotlib's pictures inline, nobody to ask."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.HistoryManager.hist_file = ":memory:"
    shell = ZMQInteractiveShell.instance(config=settings, compiler_class=XCachingCompiler)
    _as_in_a_kernel()
    shell.displayhook.session = shell.display_pub.session = outbox  # type: ignore[attr-defined]
    builtins.input, getpass.getpass = partial(_refuse, "raw_input"), partial(_refuse, "getpass")
    sys.argv[1:] = []
    if "" not in sys.path:  # the working folder, where a kernel has it
        installed = (
            i for i, path in enumerate(sys.path) if path.endswith(("site-packages", "dist-packages"))
        )
        sys.path.insert(next(installed, 0), "")
    return shell


def _as_in_a_kernel() -> None:
    """Undo what a library settled in the parent because it had no shell there."""
    backend = os.environ.get("MPLBACKEND", _INLINE)
    sys.modules.pop(_INLINE.removeprefix("module://"), None)  # it looks for a shell while it is imported
    matplotlib.rcParams["backend"] = backend
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
        pyplot.switch_backend(backend)
    if pandas := sys.modules.get("pandas"):
        pandas.set_option("display.max_columns", 20)


def _refuse(asker: str, *_: Any, **__: Any) -> NoReturn:
    raise StdinNotImplementedError(f"{asker} was called, but this frontend does not support input requests.")


def _run(shell: ZMQInteractiveShell, source: str) -> dict[str, Any]:
    """Run a cell; what a kernel would reply."""
    result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
    shell.payload_manager.clear_payload()  # type: ignore[union-attr]
    if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
        return {"status": "ok"}
    error = result.error_before_exec or result.error_in_exec
    trace = getattr(shell, "_last_traceback", None) or []
    return {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": trace}
