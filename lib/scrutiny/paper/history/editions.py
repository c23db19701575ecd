"""Editions: a paper at one time of knowledge, with its rated views and its model, made in this process."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scrutiny.data.store import Known
from scrutiny.errors import ProblemError
from scrutiny.paper.build import Inputs
from scrutiny.paper.model import PaperModel
from scrutiny.paper.parameters import read_parameters
from scrutiny.paper.proof import with_all_others
from scrutiny.paper.proofreading import filled
from scrutiny.rating.table import RatedView


@dataclass(frozen=True)
class Edition:
    """One paper at one time of knowledge.

    Parameters
    ----------
    date
        Name of the paper's folder.
    inputs
        What it is made from, as at its day.
    model
        What it shows, without pictures.
    """

    date: str
    inputs: Inputs
    model: PaperModel

    @property
    def day(self) -> dt.date:
        """What was known on this day counts."""
        return self.inputs.day

    @property
    def views(self) -> dict[str, RatedView]:
        """Every view of the paper, rated."""
        return self.inputs.views()

    @cached_property
    def known(self) -> Known:
        """What was known on the day."""
        return self.inputs.store.as_at(self.day)


def edition(root: Path, council: str, date: str, as_at: str | None = None) -> Edition:
    """Make an edition; commentary that is compulsory need not be there.

    Parameters
    ----------
    root
        The project's folder.
    council, date
        Name of the council's folder, and of the paper's.
    as_at
        Replaces the as-at date of paper.yml; None keeps it.

    Raises
    ------
    ProblemError
        Exit code 12 for an unknown council or date; otherwise with everything that keeps the paper from being made.
    """
    read = read_parameters({"council": council, "meeting_date": date, "as_at": as_at, "out": None})
    try:
        inputs = Inputs(root, council, date, read.as_at, complete=False)
        return Edition(date, inputs, filled(inputs))
    except ProblemError as error:
        raise with_all_others(error, root, council, date, as_at) from None
