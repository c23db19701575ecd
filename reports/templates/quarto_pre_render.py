"""Before Quarto renders the whole project: execute the papers that are not there yet.

Quarto runs this before every render. It does something only where the whole project is rendered, and
nothing where scrutiny itself renders one paper through Quarto.
"""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = ("-m", "scrutiny", "execute", "--missing")


def python() -> str:
    """The project's own Python where it is set up, else the one that runs this."""
    for place in ("bin/python", "Scripts/python.exe"):
        if (PROJECT / ".venv" / place).is_file():
            return str(PROJECT / ".venv" / place)
    return sys.executable


def files(kind: str) -> list[str]:
    """The files that Quarto names: in the environment, or in a file that the environment names."""
    listed = os.environ.get(f"QUARTO_USE_FILE_FOR_PROJECT_{kind}_FILES")
    names = Path(listed).read_text("utf-8") if listed else os.environ.get(f"QUARTO_PROJECT_{kind}_FILES", "")
    return [name for name in names.splitlines() if name]


def is_wanted() -> bool:
    """Whether the whole project is rendered, and not one paper in its rendering folder."""
    rendering = any("rendering-" in name for name in files("INPUT"))
    return os.environ.get("QUARTO_PROJECT_RENDER_ALL") == "1" and not rendering


def run(*command: str) -> int:
    """Run the project's library, installed or not."""
    paths = [str(PROJECT / "lib"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    return subprocess.run([python(), *command], cwd=PROJECT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(run(*COMMAND) if is_wanted() else 0)
