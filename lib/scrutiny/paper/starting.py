"""Begin a council: the files that it needs, commented and valid, written whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel

from scrutiny.data.catalogue import council_names
from scrutiny.data.definitions import Council, Indicator, People
from scrutiny.data.frameworks import Framework
from scrutiny.data.observations import OUTTURN_COLUMNS
from scrutiny.data.schemes import Scheme
from scrutiny.data.settings import Committee
from scrutiny.data.yamlfile import read_yaml, validate
from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.periods import Kind, Period

STARTERS = Path(__file__).parent / "starters"
SCHEMES = {"rag": "on-target", "two": "two-states", "four": "four-states"}
"""Id of the scheme that each kind of starter writes."""
_MODELS: dict[str, type[BaseModel]] = {
    "council.yml": Council,
    "people.yml": People,
    "schemes": Scheme,
    "frameworks": Framework,
    "committees": Committee,
    "indicators": Indicator,
}


@dataclass(frozen=True)
class NewCouncil:
    """What has to be known of a council before its files can be written.

    Parameters
    ----------
    name
        Its full name; its folder is called after it unless `id` says otherwise.
    area
        GSS code; for an invented council any code that is not a real one.
    committee
        Name of its committee.
    year
        First year of its framework, as ``FY2026-27`` or ``2026-27``.
    comparators
        Each written ``id:area:name``.
    """

    name: str
    area: str
    committee: str
    year: str
    id: str = ""
    short_name: str = ""
    region: str = ""
    measure: Literal["indicator", "measure"] = "indicator"
    scheme: Literal["rag", "two", "four"] = "rag"
    numbering: Literal["section_paragraph", "continuous", "none"] = "section_paragraph"
    comparators: tuple[str, ...] = ()
    invented: bool = False


def slug(text: str) -> str:
    """A name as a folder is called: lower case, digits and hyphens; apostrophes go."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", text.lower())).strip("-")


def new_council(root: Path, asked: NewCouncil) -> list[Path]:
    """Write the files of a new council: definitions, settings, and an empty list of outturns.

    Parameters
    ----------
    root
        The project's folder.
    asked
        What is known of it.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ProblemError
        With every problem: an option that cannot be so, or a file that is there already. Then nothing is written.
    """
    council_names(root)
    facts = _facts(asked)
    name, committee = facts["id"], facts["committee_id"]
    place = f"data/councils/{name}"
    starters = {
        f"{place}/council.yml": "council.yml",
        f"{place}/people.yml": "people.yml",
        f"{place}/schemes/{facts['scheme_id']}.yml": f"scheme-{asked.scheme}.yml",
        f"{place}/frameworks/{facts['year_id']}.yml": "framework.yml",
        f"{place}/committees/{committee}.yml": "committee.yml",
        f"data/indicators/{name}-example-on-time.yml": "indicator-percent.yml",
        f"data/indicators/{name}-example-days-to-answer.yml": "indicator-count.yml",
    }
    files = {path: filled(starter, facts) for path, starter in starters.items()}
    files[f"{place}/outturns.csv"] = ",".join(OUTTURN_COLUMNS) + "\n"
    problems = [*taken(root, files), *_unsound(root, files)]
    if (root / place).exists() and not problems:
        problems.append(_there(place))
    if problems:
        raise ProblemError(problems)
    return write(root, files)


def _facts(asked: NewCouncil) -> dict[str, Any]:
    """What the starters may name; every option that cannot be so is a problem."""
    problems: list[Problem] = []
    year = _year(asked.year, problems)
    name, committee = asked.id or slug(asked.name), slug(asked.committee)
    for option, value, given in (("NAME", name, asked.name), ("--committee", committee, asked.committee)):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
            problems.append(
                usage(option, f"'{given}'", "a name with letters, which its folder can be called after")
            )
    if not asked.area.strip():
        problems.append(usage("--area", "nothing", "the area code of its figures, such as E06000040"))
    comparators = [_comparator(text, problems) for text in asked.comparators]
    if problems or year is None:
        raise ProblemError(problems)
    return {
        "id": name,
        "name": asked.name.strip(),
        "short_name": asked.short_name or asked.name.strip(),
        "area": asked.area.strip(),
        "region": asked.region,
        "measure": asked.measure,
        "invented": asked.invented,
        "comparators": comparators,
        "committee": asked.committee.strip(),
        "committee_id": committee,
        "called": f"the {asked.committee.split()[-1]}",
        "numbering": asked.numbering,
        "scheme": asked.scheme,
        "scheme_id": SCHEMES[asked.scheme],
        "year": str(year),
        "year_id": str(year).removeprefix("FY"),
        "year_label": year.label,
        "start": year.start.isoformat(),
    }


def _year(text: str, problems: list[Problem]) -> Period | None:
    try:
        year = Period.parse(text if text.startswith("FY") else f"FY{text}")
    except ValueError:
        year = None
    if year is None or year.kind is not Kind.FINANCIAL_YEAR:
        problems.append(usage("--year", f"'{text}'", "a financial year such as 2026-27"))
        return None
    return year


def _comparator(text: str, problems: list[Problem]) -> dict[str, str]:
    parts = [part.strip() for part in text.split(":", 2)]
    if len(parts) < 3 or not all(parts) or slug(parts[0]) != parts[0]:
        problems.append(usage("--comparator", f"'{text}'", "id:area:name, such as england:E92000001:England"))
        return {}
    return dict(zip(("id", "area", "name"), parts, strict=True))


def usage(option: str, found: str, expected: str, do: str = "correct the option") -> Problem:
    """A problem of the command line: exit code 2."""
    return Problem("option", option, found, expected, do, code=ExitCode.USAGE)


def filled(starter: str, facts: Mapping[str, Any]) -> str:
    """A starter filled with facts; its marks are square brackets, since files hold templates of their own."""
    environment = Environment(
        loader=FileSystemLoader(STARTERS),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[--",
        comment_end_string="--]",
    )
    environment.filters["text"] = quoted
    return environment.get_template(f"{starter}.j2").render(facts)


def quoted(value: object) -> str:
    """A text as YAML takes it whatever is in it: in double quotation marks."""
    return json.dumps(str(value), ensure_ascii=False)


def taken(root: Path, files: Iterable[str]) -> list[Problem]:
    """A problem for each file that is there already: nothing is ever overwritten."""
    return [_there(name) for name in files if (root / name).exists()]


def _there(name: str) -> Problem:
    do = "take another name or date, or move what is there away"
    return Problem(
        "already-there", name, "it is there already", "a place that is free", do, code=ExitCode.USAGE
    )


def _unsound(root: Path, files: Mapping[str, str]) -> list[Problem]:
    """What the models say of the new files, before anything is written in its place."""
    found: list[Problem] = []
    for name, text in files.items():
        parts = Path(name).parts
        model = _MODELS.get(parts[-1]) or _MODELS.get(parts[-2])
        if model is not None:
            found += read_text_as(root, name, text, model)[1]
    return found


def read_text_as(root: Path, name: str, text: str, model: type[Any]) -> tuple[Any, list[Problem]]:
    """Read a text as the file that it is going to be."""
    with tempfile.TemporaryDirectory(dir=root, prefix=".making-") as folder:
        path = Path(folder) / "file.yml"
        path.write_text(text, encoding="utf-8", newline="\n")
        document, problems = read_yaml(path, name)
    if document is None or problems:
        return None, problems
    return validate(document, model)


def write(root: Path, files: Mapping[str, str]) -> list[Path]:
    """Write new files: all of them, or none.

    Raises
    ------
    ProblemError
        Exit code 13, if one cannot be written; what had been written is taken away again.
    """
    written: list[Path] = []
    made: list[Path] = []
    try:
        for name, text in files.items():
            path = root / name
            made += [folder for folder in reversed(path.parents) if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except BaseException as error:
        for path in reversed(written):
            path.unlink(missing_ok=True)
        for folder in reversed(made):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        if not isinstance(error, OSError):
            raise
        found = f"it cannot be written ({error.strerror or 'no reason given'})"
        do = "free some space, or change the permissions"
        problem = Problem(
            "folder-not-writable", name, found, "a folder to write to", do, code=ExitCode.RENDERING
        )
        raise ProblemError([problem]) from None
    return written


def parse_meeting(date: str) -> dt.date:
    """The meeting's day from the name of a paper's folder: ``2026-07-16``, or ``2026-07-16-<committee>``.

    Raises
    ------
    ProblemError
        Exit code 2, if it is neither.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(-[a-z0-9]+)*", date):
        try:
            return dt.date.fromisoformat(date[:10])
        except ValueError:
            pass
    raise ProblemError([usage("DATE", f"'{date}'", "a meeting date such as 2026-07-16", "correct the date")])
