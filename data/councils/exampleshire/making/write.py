"""Write YAML by hand, so that no library's version changes a byte, and CSV with Unix line ends."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

_PLAIN = re.compile(r"[a-z][a-z_]*(-[a-z0-9]+)*|\d{4}-\d{2}-\d{2}|-?\d+(\.\d+)?")
_WORDS_OF_YAML = {"no", "yes", "on", "off", "null", "y", "n"}


def flow(value: Any) -> str:
    """A scalar, or a list or mapping on one line; words and figures stand without quotes."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text not in _WORDS_OF_YAML
    return text if plain else json.dumps(text, ensure_ascii=False)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()
