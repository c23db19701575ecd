"""A figure restated as the command does it, on days that are always the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from scrutiny.paper.history.restate import Corrected, Correction
from scrutiny.paper.history.restate import restate as add

TODAY = dt.date(2019, 7, 18)
GIVEN = {"reason": "two reviews had been counted late", "known_on": "2018-10-01"}


def restate(
    root: Path,
    indicator: str = "16",
    period: str = "2018-05",
    value: str = "96",
    *,
    council: str = "bromley",
    today: dt.date = TODAY,
    dry_run: bool = False,
    patience: float = 60.0,
    **more: Any,
) -> Corrected:
    asked = Correction(indicator, period, value, **{**GIVEN, **more})
    return add(root, council, asked, today=today, dry_run=dry_run, patience=patience)
