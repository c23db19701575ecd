"""The papermill engine that forks: what it shows is what a kernel shows, and nothing of it stays."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
import time
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import matplotlib
import nbformat
import papermill
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

import scrutiny.errors
from scrutiny.paper import child, engine
from scrutiny.paper.child import Child, can_fork, child_at_once
from scrutiny.paper.make import make
from tests.sample import INVENTED, PAPERS

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = [paper for paper in PAPERS if paper[0] != INVENTED or paper[1] == "2026-06-18"]
"""Papers of every notebook that there is: cells differ from notebook to notebook, and not from meeting to meeting."""
ENTRY_POINTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]

forks = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux only")


@pytest.fixture(autouse=True)
def forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork, although a worker of the test run has a second thread (which waits for the next test)."""
    monkeypatch.setattr(engine, "can_fork", lambda: True)


@pytest.fixture
def kernels(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the ordinary kernels that were asked for; none is started."""
    asked: list[str] = []

    def note(_: Any, name: str, **__: Any) -> None:
        asked.append(name)

    monkeypatch.setattr(NBClientEngine, "execute_managed_notebook", note)
    return asked


def notebook(path: Path, *sources: str, kernel: str = "python3", failing: tuple[int, ...] = ()) -> Path:
    cells = [nbformat.v4.new_code_cell(s, id=f"c{i}") for i, s in enumerate(sources)]
    for i in failing:
        cells[i].metadata["tags"] = ["raises-exception"]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata["kernelspec"] = {"name": kernel, "display_name": kernel, "language": "python"}
    nbformat.write(made, path)
    return path


def run(path: Path, name: str | None = engine.NAME, **options: Any) -> Any:
    return papermill.execute_notebook(path, None, engine_name=name, progress_bar=False, **options)


def shown(path: Path, *sources: str, **options: Any) -> list[Any]:
    """The value that the last expression of each cell has, read back from its text."""
    executed = run(notebook(path, *sources), **options)
    return [
        eval(output.data["text/plain"])
        for cell in executed.cells
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]


def words(executed: Any, name: str = "stdout") -> str:
    return "".join(
        o.text for c in executed.cells for o in c.outputs if o.output_type == "stream" and o.name == name
    )


def gone(pid: int, within: float = 5) -> bool:
    """Whether a process is there no more, waited for a little."""
    for _ in range(int(within * 50)):
        with suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                time.sleep(0.02)
                continue
        return True
    return False


# what a notebook shows


@forks
@pytest.mark.parametrize(("council", "date"), NOTEBOOKS, ids=[f"{c}-{d}" for c, d in NOTEBOOKS])
def test_a_paper_is_what_an_ordinary_kernel_makes_to_the_byte(
    council: str, date: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary, used = NBClientEngine.execute_managed_notebook, []
    monkeypatch.setattr(
        NBClientEngine, "execute_managed_notebook", lambda *a, **o: used.append(a[1]) or ordinary(*a, **o)
    )
    make(ROOT, council, date, formats=(), out=tmp_path / "child")
    assert used == []
    monkeypatch.setattr(engine, "can_fork", lambda: False)
    make(ROOT, council, date, formats=(), out=tmp_path / "kernel")
    assert used == ["python3"]
    files = {
        way: {p.relative_to(tmp_path / way): p.read_bytes() for p in (tmp_path / way).rglob("*.*")}
        for way in ("child", "kernel")
    }
    assert {"paper.ipynb", "paper.json", "figures.csv"} <= {path.name for path in files["child"]}
    drawn = b"figures/" in files["child"][Path("paper.ipynb")]
    assert any(path.suffix == ".png" for path in files["child"]) == drawn
    assert files["child"] == files["kernel"]


KINDS = [
    "1 + 1",
    "value = 5; value",
    "value;",
    "_, In[1], Out[2], __name__, get_ipython().__class__.__name__, 'IPKernelApp' in get_ipython().config",
    "from IPython.display import display, clear_output, HTML\nd = display('first', display_id='a')\n"
    "display(HTML('<b>b</b>'), {'text/markdown': '*c*'})\ndisplay({'text/plain': 'x'}, raw=True)\n'last'",
    "d.update('second'); display('kept'); clear_output(); display('after')",
    "class Bundle:\n    __repr__ = lambda self: 'bundle'\n    def _repr_mimebundle_(self, **_):\n"
    "        return {'text/markdown': '# é', 'application/x+json': {'b': [1, None, 2.5], 'a': 'ü😀'}}\n"
    "Bundle()",
    "import pandas as pd\npd.DataFrame({f'column {i}': range(3) for i in range(30)})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "",
    "%timeit -n1 -r1 -q pass",
    "import os\nos.environ['PAGER'], os.environ['TERM'], os.isatty(1), os.read(0, 1)",
    "import sys\n'' in sys.path, sys.stdout.isatty(), sys.stdout.encoding",
    "sorted(name for name in dir() if not name.startswith('_'))",
    # errors
    "1 / 0",
    "def f(n):\n    return f(n - 1) if n else undefined\nf(2)",
    "open(",
    "raise SystemExit(3)",
    "class Broken:\n    def __repr__(self):\n        raise ValueError('no repr')\nBroken()",
    "from scrutiny.errors import ProblemError, Problem, ExitCode\n"
    "raise ProblemError([Problem('a', 'here', 'b', 'c', 'd', code=ExitCode.DATA)])",
    "%nothing",
    "'goes on'",
    "int('x')",
    "'not reached'",
]
FAILING = tuple(range(KINDS.index("1 / 0"), KINDS.index("'goes on'")))


@forks
def test_every_kind_of_output_is_what_an_ordinary_kernel_gives(tmp_path: Path) -> None:
    path = notebook(tmp_path / "kinds.ipynb", *KINDS, failing=FAILING)
    made, said = {}, {}
    for way in (engine.NAME, "nbclient"):
        out = tmp_path / f"{way}.ipynb"
        with pytest.raises(PapermillExecutionError) as caught:
            papermill.execute_notebook(path, out, engine_name=way, progress_bar=False)
        said[way] = caught.value
        made[way] = nbformat.read(out, as_version=4)
    ours, theirs = made[engine.NAME], made["nbclient"]
    assert (said[engine.NAME].args) == said["nbclient"].args
    assert ours.metadata.language_info == theirs.metadata.language_info
    assert len(ours.cells) == len(theirs.cells) == len(KINDS) + 2  # papermill's two words on the error
    for mine, kernels in zip(ours.cells, theirs.cells, strict=True):
        # Warnings are words of the test run here, and a kernel splits words by chance.
        outputs = [[o for o in c.get("outputs", []) if o.output_type != "stream"] for c in (mine, kernels)]
        assert outputs[0] == outputs[1], mine.source
        assert mine.get("execution_count") == kernels.get("execution_count"), mine.source
        ended = [c.metadata.get("papermill", {}).get(k) for c in (mine, kernels) for k in ("status",)]
        assert ended[0] == ended[1]


@forks
def test_the_first_error_ends_the_notebook_and_keeps_its_name_and_words(tmp_path: Path) -> None:
    path = notebook(
        tmp_path / "n.ipynb", "1", "raise KeyError('that')", f"open({str(tmp_path / 'no')!r}, 'w')"
    )
    with pytest.raises(PapermillExecutionError) as caught:
        run(path)
    assert (caught.value.ename, caught.value.evalue) == ("KeyError", "'that'")
    assert (caught.value.cell_index, caught.value.exec_count) == (1, 2)
    assert not (tmp_path / "no").exists()


@forks
@pytest.mark.parametrize(("source", "asker"), [("input('who?')", "raw_input"), ("getpass()", "getpass")])
def test_a_notebook_asks_nobody(source: str, asker: str, tmp_path: Path) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        run(notebook(tmp_path / "n.ipynb", f"from getpass import getpass\n{source}"))
    assert caught.value.ename == "StdinNotImplementedError"
    assert caught.value.evalue == f"{asker} was called, but this frontend does not support input requests."


@forks
def test_what_is_printed_goes_into_the_notebook_and_never_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sources = (
        "import os, sys, subprocess\nprint('one'); os.system('echo two'); print('three')",
        "print('four', file=sys.stderr); os.write(2, b'five\\n'); subprocess.run(['echo', 'six']);",
        "print('seven', file=sys.__stdout__, flush=True); sys.stdout.writelines(['eight', '\\n'])",
        "pid = os.fork()\nif pid == 0:\n    print('nine'); os._exit(0)\nos.waitpid(pid, 0);",
        "import threading; t = threading.Thread(target=print, args=('ten',)); t.start(); t.join()",
    )
    executed = run(notebook(tmp_path / "n.ipynb", *sources))
    said = words(executed).split()
    assert said[:3] == ["one", "two", "three"]
    assert sorted(said) == sorted(["one", "two", "three", "six", "seven", "eight", "nine", "ten"])
    assert words(executed, "stderr").split() == ["four", "five"]
    assert capfd.readouterr() == ("", "")


@forks
def test_papermill_may_copy_what_is_printed(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    source = "import sys; print('out'); print('err', file=sys.stderr)"
    run(notebook(tmp_path / "n.ipynb", source), stdout_file=out, stderr_file=err)
    assert (out.getvalue(), err.getvalue()) == ("out\n", "err\n")


@forks
def test_a_large_output_comes_over_whole(tmp_path: Path) -> None:
    sources = ("'x' * 20_000_000", f"print('y' * 3_000_000)  # {'z' * 200_000}")
    executed = run(notebook(tmp_path / "n.ipynb", *sources))
    assert executed.cells[0].outputs[0].data["text/plain"] == f"'{'x' * 20_000_000}'"
    assert words(executed) == "y" * 3_000_000 + "\n"


@forks
def test_a_notebook_runs_in_the_folder_that_papermill_is_told(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert shown(tmp_path / "n.ipynb", "import os; os.getcwd()", cwd=tmp_path / "there") == [
        str(tmp_path / "there")
    ]


# that nothing stays


CHANGES = (
    "import matplotlib; matplotlib.rcParams['lines.linewidth'] = 99",
    "import os; os.environ['SCRUTINY_TEST'] = 'set'; os.chdir('/')",
    "import scrutiny.errors; scrutiny.errors.shown = None",
    "import builtins, decimal; builtins.mine = 1; decimal.getcontext().prec = 3",
    "import sys, locale, gc; sys.setrecursionlimit(500); sys.path.append('mine'); gc.disable()",
    "mine = 1",
)
SEEN = (
    "import matplotlib, os, builtins, decimal, sys, gc, scrutiny.errors",
    "[matplotlib.rcParams['lines.linewidth'], os.environ.get('SCRUTINY_TEST'), os.getcwd() == '/',"
    " scrutiny.errors.shown is None, hasattr(builtins, 'mine'), decimal.getcontext().prec,"
    " sys.getrecursionlimit() == 500, 'mine' in sys.path, gc.isenabled(), 'mine' in globals()]",
)


@forks
def test_what_one_notebook_changes_neither_the_next_nor_the_parent_sees(tmp_path: Path) -> None:
    child.warm()
    before = shown(tmp_path / "n.ipynb", *SEEN)
    changed = shown(tmp_path / "n.ipynb", *CHANGES, *SEEN)
    assert all(a != b for a, b in zip(before[0], changed[-1], strict=True))
    assert shown(tmp_path / "n.ipynb", *SEEN) == before
    assert matplotlib.rcParams["lines.linewidth"] == before[0][0]
    assert "SCRUTINY_TEST" not in os.environ
    assert callable(scrutiny.errors.shown)
    assert not InteractiveShell.initialized(), "a shell was started in the parent"


@forks
def test_a_child_and_what_it_started_end_with_the_notebook(tmp_path: Path) -> None:
    source = "import os, subprocess\n[os.getpid(), os.getppid(), subprocess.Popen(['sleep', '60']).pid]"
    ((pid, parent, other),) = shown(tmp_path / "n.ipynb", source)
    assert parent == os.getpid()
    assert gone(pid)
    assert gone(other)


@forks
@pytest.mark.parametrize(
    "source",
    [
        "import os; os._exit(0)",
        "import os; os.kill(os.getpid(), 9)",
        "import os; os.kill(os.getpid(), 15)",
        "import os, time\nif os.fork() == 0:\n    time.sleep(60)\nos._exit(1)",
    ],
    ids=["leaves", "killed", "ended", "leaves-another-behind"],
)
def test_a_child_that_dies_is_a_kernel_that_died(source: str, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    first = f"import os, pathlib; pathlib.Path({str(pid)!r}).write_text(str(os.getpid()))"
    began = time.monotonic()
    with pytest.raises(DeadKernelError, match=r"^Kernel died$"):
        run(notebook(tmp_path / "n.ipynb", first, source, "1"))
    assert time.monotonic() - began < 50, "it was waited for"
    assert gone(int(pid.read_text()))


@forks
def test_a_cell_after_exit_finds_no_kernel(tmp_path: Path) -> None:
    assert shown(tmp_path / "n.ipynb", "1", "exit()") == [1]
    with pytest.raises(DeadKernelError):
        run(notebook(tmp_path / "n.ipynb", "1", "exit()", "2"))


@forks
def test_an_interrupt_ends_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pid = tmp_path / "pid"

    def interrupted(*_: Any) -> None:
        while not (pid.exists() and pid.read_text()):
            time.sleep(0.02)
        raise KeyboardInterrupt

    monkeypatch.setattr(engine.ForkClient, "process_message", interrupted)
    source = (
        f"import os, pathlib, time; pathlib.Path({str(pid)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    with pytest.raises(KeyboardInterrupt):
        run(notebook(tmp_path / "n.ipynb", source))
    assert gone(int(pid.read_text()))


@forks
def test_a_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    source = (
        f"import os, pathlib, time; pathlib.Path({str(pid)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    notebook(tmp_path / "n.ipynb", source)
    script = (
        "import papermill, scrutiny.paper.engine\n"
        f"papermill.execute_notebook({str(tmp_path / 'n.ipynb')!r}, None, engine_name='scrutiny')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], env=with_library(), stderr=subprocess.DEVNULL
    ) as ran:
        while not (pid.exists() and pid.read_text()):
            assert ran.poll() is None
            time.sleep(0.05)
        ran.kill()
    assert gone(int(pid.read_text()))


@forks
def test_a_child_that_got_ready_early_runs_the_notebook_and_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "can_fork", lambda: True)
    with child_at_once() as early:
        assert early is not None
        assert shown(tmp_path / "n.ipynb", "2 + 2", child=early) == [4]
        with pytest.raises(DeadKernelError):
            run(tmp_path / "n.ipynb", child=early)


@forks
def test_a_child_that_is_not_needed_ends_with_its_block() -> None:
    with Child() as early:
        pid = early._pid
    assert gone(pid)


# where an ordinary kernel runs a notebook instead


def test_a_process_with_one_thread_and_no_shell_can_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert can_fork() == (sys.platform == "linux")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_only_linux_forks(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(sys, "platform", platform)
    assert not can_fork()


def test_a_process_with_a_second_thread_does_not_fork() -> None:
    go_on = threading.Event()
    thread = threading.Thread(target=go_on.wait)
    thread.start()
    try:
        assert not can_fork()
    finally:
        go_on.set()
        thread.join()


def test_another_thread_than_the_first_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    said: list[bool] = []
    thread = threading.Thread(target=lambda: said.append(can_fork()))
    thread.start()
    thread.join()
    assert said == [False]


def test_a_process_with_an_ipython_shell_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(InteractiveShell, "initialized", lambda: True)
    assert not can_fork()


@pytest.mark.parametrize(
    ("kernel", "sound", "options"),
    [
        ("python3", False, {}),
        ("another", True, {"language": "python"}),
        ("python3", True, {"execution_timeout": 5}),
        ("python3", True, {"timeout": 5}),
    ],
    ids=["not-sound", "another-kernel", "limited", "limited-too"],
)
def test_an_ordinary_kernel_is_asked_for(
    kernel: str,
    sound: bool,
    options: dict[str, Any],
    tmp_path: Path,
    kernels: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "can_fork", lambda: sound)
    run(notebook(tmp_path / "n.ipynb", "1", kernel=kernel), **options)
    assert kernels == [kernel]


# how papermill finds it


def with_library(*folders: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [*folders, ROOT / "lib"]))}


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder that says, as an installed package does, which entry points there are."""
    folder = tmp_path / "installed" / "scrutiny-0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: scrutiny\nVersion: 0\n")
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in points.items())
        for group, points in ENTRY_POINTS.items()
    ]
    (folder / "entry_points.txt").write_text("\n".join(lines))
    return folder.parent


@forks
def test_papermill_has_it_as_a_plain_command(installed: Path, tmp_path: Path) -> None:
    path = notebook(tmp_path / "n.ipynb", "import sys; 'scrutiny.paper.shell' in sys.modules")
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--engine",
        "scrutiny",
        str(path),
        str(tmp_path / "out.ipynb"),
    ]
    ended = subprocess.run(command, env=with_library(installed), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert executed.cells[0].outputs[0].data["text/plain"] == "True"
    assert executed.metadata.papermill.exception is None
    assert executed.cells[0].metadata.papermill.status == "completed"
    assert not re.search("Traceback|Warning", ended.stderr)


@pytest.mark.parametrize("first", ["papermill", "scrutiny.paper.engine"])
def test_it_does_not_matter_what_is_imported_first(first: str, installed: Path) -> None:
    script = (
        f"import {first}; import scrutiny.paper.engine as e; from papermill.engines import papermill_engines\n"
        "assert papermill_engines.get_engine('scrutiny') is e.ForkEngine"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env=with_library(installed),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_it_is_registered_without_being_installed() -> None:
    assert papermill_engines.get_engine(engine.NAME) is engine.ForkEngine
    assert ENTRY_POINTS["papermill.engine"] == {engine.NAME: f"{engine.__name__}:ForkEngine"}


@forks
@pytest.mark.parametrize("before", ["", "import pandas", "import matplotlib.pyplot as p; p.figure()"])
def test_what_the_parent_imported_changes_nothing_that_a_notebook_shows(tmp_path: Path, before: str) -> None:
    """A parent without a shell settles things that a kernel settles otherwise."""
    cells = [
        "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
        "import pandas; pandas.get_option('display.max_columns')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    run = (
        f"{before}\nimport papermill, scrutiny.paper.engine\n"
        "papermill.execute_notebook('in.ipynb', 'out.ipynb', engine_name='scrutiny', progress_bar=False)"
    )
    subprocess.run([sys.executable, "-c", run], cwd=tmp_path, check=True, capture_output=True)
    drawn, wide = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
    assert [list(o["data"]) for o in drawn.outputs] == [["image/png", "text/plain"]]
    assert wide.outputs[0]["data"]["text/plain"] == "20"
