"""Finish papers that Quarto wrote, in place.

``python -m scrutiny.paper.finish paper.html paper.docx``
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from scrutiny.paper.page import finish_page
from scrutiny.paper.word import finish_word

TEMPLATES = Path(__file__).resolve().parents[3] / "reports" / "templates"


def finish(paths: Iterable[Path], templates: Path = TEMPLATES) -> list[Path]:
    """Finish each paper.html and paper.docx; finishing one again changes nothing.

    Parameters
    ----------
    paths
        The files; those of other kinds are left alone.
    templates
        Where the stylesheet lies.

    Returns
    -------
    list of Path
        The files that were finished.
    """
    done = []
    for path in paths:
        if path.suffix == ".docx":
            path.write_bytes(finish_word(path.read_bytes()))
        elif path.suffix == ".html":
            page = finish_page(path.read_text("utf-8"), path.parent, templates)
            path.write_bytes(page.encode("utf-8"))
        else:
            continue
        done.append(path)
    return done


if __name__ == "__main__":
    finish(map(Path, sys.argv[1:]))
