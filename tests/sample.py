"""The papers that tests make, execute or take apart one by one: every real one, and some of Exampleshire's.

Exampleshire, the invented council, has a history of two years, and its papers are alike. What is asked of one paper at
a time is asked of those below, each of which has something that no other of them has. With the environment variable
``SCRUTINY_TEST_ALL_PAPERS`` set it is asked of all. Every paper is checked and read in any case, in ``tests/lint``, and
the history as a whole in ``tests/data/test_exampleshire_history.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

from scrutiny.data.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[1]
INVENTED = "exampleshire"
SAMPLE = {
    "2024-06-20": "the first paper: no paper and no framework before it; four states",
    "2025-02-20": "a quarter's paper; the stricter scheme; a figure that came late",
    "2025-11-20": "the year before in another scheme; a figure that cannot be had, and one that was lost",
    "2026-04-23": "written by hand",
    "2026-06-18": "written by hand; the paper of many examples",
}
"""Meeting dates of Exampleshire's papers, and why each is here."""

Papers = list[tuple[str, str]]
EVERY: Papers = list(Catalogue(ROOT).papers())
"""Council and meeting date of every paper."""


def sampled(every: Papers, all_of_them: bool) -> Papers:
    """Every paper of the other councils, and Exampleshire's of the sample, or all of them."""
    return [paper for paper in every if all_of_them or paper[0] != INVENTED or paper[1] in SAMPLE]


PAPERS = sampled(EVERY, bool(os.environ.get("SCRUTINY_TEST_ALL_PAPERS")))
"""Council and meeting date of the papers that are taken one by one."""


def said() -> str:
    """What is left out, as a run of the tests says it at its end."""
    return (
        f"Papers taken one by one: {len(PAPERS)} of {len(EVERY)}. tests/sample.py says which and why; "
        "SCRUTINY_TEST_ALL_PAPERS=1 takes all."
    )
