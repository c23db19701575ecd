"""After Quarto has rendered: finish each paper, as scrutiny does after pandoc."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from quarto_pre_render import files, run  # noqa: E402

if __name__ == "__main__":
    made = [name for name in files("OUTPUT") if Path(name).name in ("paper.html", "paper.docx")]
    sys.exit(run("-m", "scrutiny.paper.finish", *made) if made else 0)
