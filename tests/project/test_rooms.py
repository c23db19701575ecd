"""The rooms of the library: a module imports only from rooms to its left, and stays small.

data -> rating -> writing -> paper -> cli, with errors, files, periods and figures before them all; and no
clock, chance, network, working directory or environment variable before the last of them.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[2] / "lib" / "scrutiny"
ROOMS = ["errors", "files", "periods", "figures", "data", "rating", "writing", "paper", "cli"]
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60  # without its docstring; the house's rule of thumb is 40

# What makes two runs differ, by its full name; a module stands for all that is in it.
CHANCE = {
    "datetime.date.today": "the clock",
    "datetime.datetime.now": "the clock",
    "datetime.datetime.today": "the clock",
    "datetime.datetime.utcnow": "the clock",
    "pandas.Timestamp.now": "the clock",
    "pandas.Timestamp.today": "the clock",
    "time": "the clock",
    "random": "chance",
    "secrets": "chance",
    "numpy.random": "chance",
    "os.urandom": "chance",
    "uuid.uuid1": "chance",
    "uuid.uuid4": "chance",
    "os.environ": "an environment variable",
    "os.getenv": "an environment variable",
    "os.putenv": "an environment variable",
    "os.getcwd": "the working directory",
    "os.chdir": "the working directory",
    "pathlib.Path.cwd": "the working directory",
    "pathlib.Path.home": "the user's folder",
    "http.client": "the network",
    "requests": "the network",
    "socket": "the network",
    "urllib.request": "the network",
}
# (module, name): why it may.
ALLOWED = {
    ("paper/shell.py", "os.environ"): "a notebook's own charts go where MPLBACKEND says, as in a kernel",
    ("__init__.py", "os.environ"): "SCRUTINY_PROJECT names another project's folder, for notebooks and tests",
    (
        "paper/history/sealed_commit.py",
        "os.environ",
    ): "runs the sealed code as this process was run, on its files",
    ("paper/render.py", "os.environ"): "hands pandoc and Quarto SOURCE_DATE_EPOCH with the rest",
}


def modules(library: Path) -> list[Path]:
    return sorted(library.rglob("*.py"))


def name_of(module: Path, library: Path) -> str:
    """The module's place as it is written in messages: data/store.py."""
    return module.relative_to(library).as_posix()


def room_of(module: Path, library: Path) -> str:
    return module.relative_to(library).parts[0].removesuffix(".py")


def parse(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def rooms_imported(module: Path, library: Path) -> Iterator[tuple[int, str]]:
    """Each line that imports from the library, with its room; "scrutiny" is the library as a whole.

    Imports inside functions and for type checking count like any other.
    """
    package = ["scrutiny", *module.relative_to(library).parts[:-1]]
    for node in ast.walk(parse(module)):
        targets: list[list[str]] = []
        if isinstance(node, ast.Import):
            targets = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = above + (node.module.split(".") if node.module else [])
            targets = [[*base, alias.name] for alias in node.names]
        for target in targets:
            if target[0] == "scrutiny":
                known = target[1:2] and target[1] in ROOMS
                yield node.lineno, target[1] if known else "scrutiny"


def wrong_imports(library: Path) -> list[str]:
    found = []
    for module in modules(library):
        room = room_of(module, library)
        if room not in ROOMS:
            continue  # the front door, which may show anything; strays have a test of their own
        place = ROOMS.index(room)
        for line, imported in rooms_imported(module, library):
            whole = imported == "scrutiny"  # the package itself: for the last room only
            allowed = place == len(ROOMS) - 1 if whole else ROOMS.index(imported) <= place
            if not allowed:
                found.append(f"{name_of(module, library)}:{line} imports from {imported}")
    return found


def full_names(module: Path) -> Iterator[tuple[int, str]]:
    """Every name used in a module, written out by its imports: dt.date -> datetime.date."""
    tree = parse(module)
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                shown = alias.asname or alias.name.split(".")[0]
                known[shown] = alias.name if alias.asname else shown
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.lineno, f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        parts: list[str] = []
        inner: ast.AST = node
        while isinstance(inner, ast.Attribute):
            parts.insert(0, inner.attr)
            inner = inner.value
        if parts and isinstance(inner, ast.Name) and inner.id in known:
            yield node.lineno, ".".join([known[inner.id], *parts])


def chances_taken(library: Path) -> list[str]:
    found = set()
    for module in modules(library):
        if room_of(module, library) == "cli":
            continue
        place = name_of(module, library)
        for line, name in full_names(module):
            for banned, what in CHANCE.items():
                within = name == banned or name.startswith(f"{banned}.")
                if within and (place, banned) not in ALLOWED:
                    found.add(f"{place}:{line} reads {what}: {banned}")
    return sorted(found)


def long_modules(library: Path) -> list[str]:
    sizes = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in modules(library)}
    return [
        f"{name_of(module, library)}: {size} lines" for module, size in sizes.items() if size > LONGEST_MODULE
    ]


def long_functions(library: Path) -> list[str]:
    found = []
    for module in modules(library):
        for node in ast.walk(parse(module)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node, clean=False) is not None:
                words = node.body[0]
                size -= (words.end_lineno or words.lineno) - words.lineno + 1
            if size > LONGEST_FUNCTION:
                found.append(f"{name_of(module, library)}:{node.lineno} {node.name}: {size} lines")
    return found


def test_every_module_stands_in_a_room() -> None:
    strays = {room_of(module, LIBRARY) for module in modules(LIBRARY)} - set(ROOMS)
    assert strays <= {"__init__", "__main__"}, "give it a place in ROOMS, or put it into a room"


def test_a_module_imports_only_from_rooms_to_its_left() -> None:
    assert wrong_imports(LIBRARY) == []


def test_no_room_but_the_last_reads_clock_chance_or_surroundings() -> None:
    assert chances_taken(LIBRARY) == []


def test_a_module_stays_under_400_lines() -> None:
    assert long_modules(LIBRARY) == []


def test_a_function_stays_under_60_lines() -> None:
    assert long_functions(LIBRARY) == []


def test_there_is_no_module_for_everything_else() -> None:
    names = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py"}
    assert [name_of(one, LIBRARY) for one in modules(LIBRARY) if one.name in names] == []


def test_every_exception_says_why() -> None:
    for (module, name), reason in ALLOWED.items():
        assert module.split("/")[0] in {*ROOMS, "__init__.py"} and name in CHANCE and reason


# That the checks above find what they are for is shown on small invented libraries.


def library_with(folder: Path, place: str, text: str) -> Path:
    module = folder / place
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("data/store.py", "from scrutiny.rating.bands import rate"),
        ("data/store.py", "import scrutiny.cli"),
        ("data/store.py", "from scrutiny import paper"),
        ("data/store.py", "import scrutiny"),
        ("data/store.py", "from ..rating import bands"),
        ("data/importers/cover.py", "from ...writing.facts import facts"),
        ("writing/facts.py", "def facts():\n    from scrutiny.paper import model"),
        ("writing/facts.py", "if TYPE_CHECKING:\n    from scrutiny.paper import model"),
        ("errors.py", "from scrutiny.periods import Period"),
        ("paper/model.py", "from scrutiny import load"),
    ],
)
def test_an_import_from_the_right_is_found(tmp_path: Path, place: str, text: str) -> None:
    assert wrong_imports(library_with(tmp_path, place, text))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("__init__.py", "from scrutiny.paper.model import model"),
        (
            "rating/bands.py",
            "from scrutiny.data.store import view\nfrom scrutiny.rating import gaps",
        ),
        ("rating/bands.py", "from . import gaps\nfrom ..data import store"),
        ("data/store.py", "from scrutiny.periods import Period\nimport pandas as pd"),
        ("cli.py", "import scrutiny\nfrom scrutiny import paper"),
        ("__main__.py", "from scrutiny.cli import main\nmain()"),
    ],
)
def test_an_import_from_the_left_is_not(tmp_path: Path, place: str, text: str) -> None:
    assert wrong_imports(library_with(tmp_path, place, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "import datetime as dt\nNOW = dt.datetime.now()",
        "import datetime\nTODAY = datetime.date.today()",
        "from datetime import date\ndef today():\n    return date.today()",
        "from datetime import datetime as clock\nNOW = clock.now(tz=None)",
        "import time",
        "from time import perf_counter",
        "import pandas as pd\nNOW = pd.Timestamp.now()",
        "import random",
        "import numpy as np\nRNG = np.random.default_rng(1)",
        "import os\nHOME = os.environ['HOME']",
        "from os import environ",
        "import os\nHOME = os.getenv('HOME')",
        "from pathlib import Path\nHERE = Path.cwd()",
        "from uuid import uuid4",
        "import urllib.request",
        "from urllib.request import urlopen",
    ],
)
def test_a_reading_of_clock_chance_or_surroundings_is_found(tmp_path: Path, text: str) -> None:
    assert chances_taken(library_with(tmp_path, "rating/bands.py", text))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("rating/bands.py", "import datetime as dt\nDAY = dt.date(2018, 9, 26)"),
        ("rating/bands.py", "from pathlib import Path\nNAME = Path('a').name"),
        ("rating/bands.py", "import uuid\nID = uuid.uuid5(uuid.NAMESPACE_URL, 'a')"),
        ("rating/bands.py", "time = 1\nNAME = 'random'"),
        ("cli.py", "import time"),
        ("paper/render.py", "import os\nSURROUNDINGS = dict(os.environ)"),
    ],
)
def test_what_is_the_same_on_every_run_is_allowed(tmp_path: Path, place: str, text: str) -> None:
    assert chances_taken(library_with(tmp_path, place, text)) == []


@pytest.mark.parametrize(("lines", "found"), [(400, 0), (401, 1)])
def test_a_module_over_the_limit_is_found(tmp_path: Path, lines: int, found: int) -> None:
    library = library_with(tmp_path, "data/store.py", "A = 1\n" * lines)
    assert len(long_modules(library)) == found


@pytest.mark.parametrize(("lines", "found"), [(60, 0), (61, 1)])
def test_a_function_over_the_limit_is_found(tmp_path: Path, lines: int, found: int) -> None:
    body = '    """Say\n\n    much."""\n' + "    a = 1\n" * (lines - 1)
    library = library_with(tmp_path, "data/store.py", f"def view():\n{body}")
    assert len(long_functions(library)) == found
