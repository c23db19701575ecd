"""A mapping to be filled in: everything that a file gives away, and a blank with its question for everything else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from scrutiny.data.definitions import Basis
from scrutiny.data.importers.labels import WORDS
from scrutiny.data.importers.recognise import Column, Understood
from scrutiny.figures import Unit

_SHOWN = 12  # values of a filter, or columns, that a question lists
_BLANK = re.compile(r"^(?P<start>\s*(?:- )?(?P<key>[\w-]+|\"[^\"]*\"):)\s*(?:#\s*(?P<question>.*))?$")


@dataclass(frozen=True)
class Blank:
    """A key without a value.

    Parameters
    ----------
    line
        Its line, counted from 0.
    key, question
        The key, and what the comment behind it asks for.
    """

    line: int
    key: str
    question: str


def draft(understood: Understood, name: str) -> str:
    """A mapping for a file that none names yet.

    Parameters
    ----------
    understood
        What the file holds.
    name
        Under which name it is to be imported; empty where that is not said.
    """
    stem = re.sub(r"\d{4}(?:[_-]?(?:to[_-]?)?\d{2,4})?", "*", Path(understood.received.file).stem)
    labels = understood.periods
    span = " to ".join(dict.fromkeys((labels[0], labels[-1]))) if labels else "none"
    lines = [
        "# yaml-language-server: $schema=../../schemas/mapping.schema.json",
        _line("id", name, "name of the file of benchmarks and of this file, such as children-in-need"),
        _line("title", "", "title of the publication"),
        _line("publisher", understood.kind.publisher, "who publishes it"),
        _line("obtained", "", "from where the file was downloaded, and when"),
        "files:",
        f"  - pattern: {_quoted(f'{stem}*.csv'.replace('**', '*'))}",
        f"    kind: {understood.kind.name}",
        *_columns(understood),
        "    " + _line("period", "", f"what a label means (the file has {span}): {WORDS}"),
        "    published:",
        "      "
        + _line("months_after", "", "published how many months after the month in which a period ends"),
        "    figures:",
    ]
    for column, label in _figures(understood):
        lines += _figure(understood, column, label)
    return "\n".join(lines) + "\n"


def _columns(understood: Understood) -> list[str]:
    """Where things stand, for a table without columns of its own kind."""
    shape = understood.shape
    if understood.kind.name != "long":
        return []
    named = {
        "area_code": shape.area.code,
        "area_number": shape.area.number,
        "area_name": shape.area.name,
        "measure": shape.measure,
        "value": shape.value,
    }
    told = [f"      {key}: {_quoted(column)}" for key, column in named.items() if column]
    return ["    columns:", *told, f"      period: [{', '.join(map(_quoted, shape.period))}]"]


def _figures(understood: Understood) -> list[tuple[str, str]]:
    """Each column or measure that could be an indicator, with what is known of it."""
    if understood.measures:
        return [(measure, "") for measure in understood.measures]
    return [(column.name, _told(column, understood)) for column in understood.indicators]


def _told(column: Column, understood: Understood) -> str:
    label = understood.meta.labels.get(column.name, "")
    span = f"{column.lowest:g} to {column.highest:g}" if column.lowest <= column.highest else ""
    return ", ".join(filter(None, (label, span)))


def _figure(understood: Understood, column: str, label: str) -> list[str]:
    what = f"for {column}" + (f" ({label})" if label else "")
    asked = f"{what}: id of an indicator in data/indicators; nothing leaves it out"
    lines = [
        "      - " + _line("indicator", "", asked),
        f"        value: {_quoted(column)}",
        "        " + _line("unit", _unit(understood, column), ", ".join(unit.value for unit in Unit)),
        "        " + _line("basis", "", ", ".join(basis.value for basis in Basis)),
    ]
    chosen = [f for f in understood.filters if len(f.words) > 1 and f.name not in _free(understood)]
    if chosen:
        lines.append("        where:")
    for one in chosen:
        values = sorted(word.strip() for word in one.words)
        more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
        lines.append(
            "          " + _line(_quoted(one.name), "", f"one of: {'; '.join(values[:_SHOWN])}{more}")
        )
    return lines


def _free(understood: Understood) -> set[str]:
    """Columns of a long file that say the same as the measure, or where it comes from."""
    rows = understood.rows
    return {f.name for f in understood.filters if len(f.words) > max(_SHOWN, rows // 10)}


def _unit(understood: Understood, column: str) -> str:
    """The unit, where the file of names or the column's own name gives it away."""
    said = understood.meta.units.get(column, "")
    percent = said == "%" or re.search(r"percent|(?:^|_)pc(?:_|$)|%", column, re.IGNORECASE)
    return Unit.PERCENT.value if percent else ""


def _line(key: str, value: str, question: str) -> str:
    return f"{key}: {_quoted(value)}" if value else f"{key}:  # {' '.join(question.split())}"


def _quoted(text: str) -> str:
    """Text as YAML, in quotation marks unless it is a plain word."""
    return (
        text if re.fullmatch(r"[A-Za-z][\w-]*(?: [\w()-]+)*", text) else json.dumps(text, ensure_ascii=False)
    )


def blanks(text: str) -> list[Blank]:
    """Every key of a mapping that has neither a value nor anything below it."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines):
        match = _BLANK.match(line)
        if match is None or line.lstrip().startswith("#"):
            continue
        below = next(
            (one for one in lines[number + 1 :] if one.strip() and not one.strip().startswith("#")), ""
        )
        if _indent(below) <= _indent(match["start"]):
            found.append(Blank(number, match["key"].strip('"'), match["question"] or match["key"]))
    return found


def _indent(line: str) -> int:
    """Where a line's key begins; a list's hyphen counts as part of the indent."""
    return len(line) - len(line.lstrip(" -")) if line.strip() else -1


def block(text: str, line: int) -> range:
    """The lines of the list item whose first line is given."""
    lines = text.splitlines()
    deep = len(lines[line]) - len(lines[line].lstrip())
    end = line + 1
    while end < len(lines) and lines[end].strip() and len(lines[end]) - len(lines[end].lstrip()) > deep:
        end += 1
    return range(line, end)


def filled(text: str, answers: dict[int, str]) -> str:
    """A mapping with its blanks answered.

    Parameters
    ----------
    text
        The mapping.
    answers
        By line. An indicator without an answer is left out, with all that belongs to it.
    """
    lines = text.splitlines()
    gone = {
        number
        for blank in blanks(text)
        if blank.key == "indicator" and not answers.get(blank.line)
        for number in block(text, blank.line)
    }
    for number, answer in answers.items():
        match = _BLANK.match(lines[number])
        if match is not None and answer:
            lines[number] = f"{match['start']} {_answer(answer)}"
    return "\n".join(line for number, line in enumerate(lines) if number not in gone) + "\n"


def _answer(text: str) -> str:
    """An answer as YAML: a number, date or plain word stands as it is."""
    plain = re.fullmatch(r"-?\d+(?:\.\d+)?|\d{4}-\d{2}-\d{2}", text)
    return text if plain else _quoted(text)
