"""Read YAML strictly: every scalar is text, a key stands once, and every key knows its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scrutiny.errors import ExitCode, Problem, closest, shown

KeyPath = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class Document:
    """A YAML file as read.

    Parameters
    ----------
    name
        Path relative to the project, with forward slashes.
    content
        Nested dict, list and str; ``No`` stays "No" and ``1.10`` stays "1.10"; an empty value is
        None.
    lines
        Line number of each key path.
    """

    name: str
    content: Any
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def where(self, path: KeyPath = ()) -> str:
        """Place for a message: file, line and key; the nearest parent where the key is missing."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known)
        key = ".".join(str(part) for part in path)
        return self.name + (f", line {line}" if line else "") + (f", {key}" if key else "")


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a text file as UTF-8, or say in words why it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [
            _problem(
                "unreadable-file",
                name,
                f"it cannot be read ({error.strerror})",
                "a readable file",
                "check that the file is there and may be read",
            )
        ]
    for start, check, found, expected, do in _NOT_PLAIN_TEXT:
        if raw.startswith(start):
            return None, [_problem(check, name, found, expected, do)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02x} is not UTF-8 (the file looks like Windows-1252)"
        return None, [_problem("not-utf-8", f"{name}, line {line}", found, "UTF-8", _SAVE_AGAIN)]
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        found = "a zero byte (the file looks like UTF-16 or is no text file)"
        return None, [_problem("not-utf-8", f"{name}, line {line}", found, "UTF-8", _SAVE_AGAIN)]
    return text, []


_SAVE_AGAIN = "save it again with the encoding UTF-8"
_UTF_16 = ("not-utf-8", "it is UTF-16 (in Excel or Notepad: 'Unicode')", "UTF-8", _SAVE_AGAIN)
_NOT_PLAIN_TEXT = (
    (
        b"\xef\xbb\xbf",
        "byte-order-mark",
        "it starts with a byte order mark (BOM)",
        "UTF-8 without a BOM",
        "save it again as 'UTF-8' (in Excel or Notepad: not 'UTF-8 with BOM')",
    ),
    (b"\xff\xfe", *_UTF_16),
    (b"\xfe\xff", *_UTF_16),
    (
        b"PK\x03\x04",
        "not-utf-8",
        "it is a workbook (or another packed file) under a plain file's name",
        "a plain text file in UTF-8",
        "open it in Excel and save it as 'CSV UTF-8', then without the byte order mark",
    ),
)


def _problem(check: str, where: str, found: str, expected: str, do: str) -> Problem:
    return Problem(check, where, found, expected, do, code=ExitCode.DEFINITIONS)


def read_yaml(path: Path, name: str) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file.

    Parameters
    ----------
    path
        The file.
    name
        How messages call it: the path relative to the project.

    Returns
    -------
    tuple
        The document, or None with the problems that were found.
    """
    text, problems = read_text(path, name)
    if text is None:
        return None, problems
    if not text.strip():
        return None, [_problem("empty-file", name, "the file is empty", "a definition", _WRITE_OR_DELETE)]
    lines: dict[KeyPath, int] = {}
    try:
        node = yaml.compose(text, Loader=_LOADER)
        content = _plain(node, (), _Reading(name, lines, problems))
    except yaml.YAMLError as error:
        return None, [_yaml_problem(error, text, name)]
    except RecursionError:
        found = "it is nested deeper than a definition can be"
        return None, [_problem("not-yaml", f"{name}, line 1", found, "a definition", "check its brackets")]
    if node is None:
        found = "the file holds nothing but comments"
        return None, [_problem("empty-file", name, found, "a definition", _WRITE_OR_DELETE)]
    return Document(name, content, lines), problems


_WRITE_OR_DELETE = "write the definition, or delete the file"


def _yaml_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or str(error).splitlines()[0]
    line = mark.line + 1 if mark else 1
    if isinstance(error, yaml.reader.ReaderError):
        line, said = text.count("\n", 0, error.position) + 1, "a character that no text may hold"
    return _problem(
        "not-yaml",
        f"{name}, line {line}",
        f"it is not valid YAML ({said})",
        "valid YAML",
        "check indentation (spaces, never tabs), colons and quotation marks near this line",
    )


@dataclass
class _Reading:
    """What is noted while a file's nodes become dict, list and text."""

    name: str
    lines: dict[KeyPath, int]
    problems: list[Problem]
    seen: set[int] = field(default_factory=set)

    def note(self, check: str, line: int, found: str, expected: str, do: str, key: str = "") -> None:
        where = f"{self.name}, line {line}" + (f", {key}" if key else "")
        self.problems.append(_problem(check, where, found, expected, do))


def _plain(node: yaml.Node | None, path: KeyPath, reading: _Reading) -> Any:
    """Turn a YAML node into dict, list and text, noting lines and keys that stand twice."""
    if node is None:
        return None
    line = node.start_mark.line + 1
    reading.lines.setdefault(path, line)
    if id(node) in reading.seen:  # an alias: it could nest without end
        found = "an anchor (&) whose content is taken again by an alias (*)"
        reading.note("not-yaml", line, found, "each thing written out", "write it out in both places")
        return None
    reading.seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, reading)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, i), reading) for i, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return node.value if node.value != "" or node.style else None


def _mapping(node: yaml.MappingNode, path: KeyPath, reading: _Reading) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            found = "brackets stand where a key should"
            do = "put text that begins with a bracket in quotation marks"
            reading.note("not-a-key", line, found, "a key", do)
            continue
        key = str(key_node.value)
        if key in result:
            found, do = f"the key '{shown(key)}' stands twice here", "keep one of the two"
            reading.note("duplicate-key", line, found, "each key once", do, shown(key))
        reading.lines[(*path, key)] = line
        result[key] = _plain(value_node, (*path, key), reading)
    return result


def validate(document: Document, model: type[ModelT]) -> tuple[ModelT | None, list[Problem]]:
    """Check a document against a model; each mistake becomes a problem with file, line and key."""
    try:
        return model.model_validate(document.content), []
    except ValidationError as error:
        items: list[dict[str, Any]] = [dict(item) for item in error.errors()]
        places = [_in_file(document, tuple(item["loc"]), item["type"] == "missing") for item in items]
        return None, [
            _from_pydantic(document, item, place)
            for i, (item, place) in enumerate(zip(items, places, strict=True))
            if not _of_another_form(item, place, [*places[:i], *places[i + 1 :]])
        ]


def _of_another_form(item: dict[str, Any], place: KeyPath, others: list[KeyPath]) -> bool:
    """Whether a mistake is only that a key can hold another form too: words, where a group stands."""
    if isinstance(item.get("input"), dict | list):
        below = any(other[: len(place)] == place for other in others)
        return below and item["type"] in ("literal_error", "enum", "string_type")
    return place in others and item["type"] in ("model_type", "dict_type", "list_type")


def _from_pydantic(document: Document, item: dict[str, Any], path: KeyPath) -> Problem:
    kind, where = item["type"], document.where(path)
    last = shown(str(path[-1])) if path else ""
    if kind == "extra_forbidden":
        do = "correct its spelling or delete it; the schema lists the known ones"
        found = f"the key '{last}' is not known here"
        return _problem("unknown-key", where, found, "a known key", do)
    if kind == "missing":
        return _problem("missing-key", where, f"'{last}' is missing", f"a value for '{last}'", "add it")
    given = item.get("input")
    stands = f"'{shown(given)}'" if isinstance(given, str) else _STANDS.get(type(given), "this")
    if kind == "value_error":
        said, _, expected = item["msg"].removeprefix("Value error, ").partition("; ")
        expected = expected or "what the schema and the codebook say of this key"
        return _problem("wrong-value", where, shown(said, 200), expected, "correct it")
    return _problem("wrong-value", where, f"{stands} does not fit", _expected(item), _remedy(item))


_STANDS = {type(None): "an empty value", dict: "a group of keys", list: "a list"}


def _in_file(document: Document, path: KeyPath, missing: bool) -> KeyPath:
    """The part of pydantic's place that is a place in the file: it also names members of unions."""
    found: KeyPath = ()
    for part in path[:-1] if missing else path:
        if (*found, part) in document.lines:
            found = (*found, part)
    return (*found, path[-1]) if missing else found


def _expected(item: dict[str, Any]) -> str:
    """What pydantic expected, in plain words."""
    kind, context = str(item["type"]), item.get("ctx") or {}
    if kind in ("enum", "literal_error"):
        return "one of " + context["expected"].replace("'", "").replace(" or ", ", ")
    if kind == "string_pattern_mismatch":
        slug = context["pattern"].startswith("^[a-z0-9]+")
        return "lower-case letters, digits and hyphens" if slug else f"the form {context['pattern']}"
    if kind.startswith(("date", "time")):
        return "a date such as 2018-09-26"
    for start, words in _KINDS.items():
        if kind.startswith(start):
            return words
    said = str(item["msg"])
    return said[:1].lower() + said[1:]


_KINDS = {
    "string": "text",
    "int": "a whole number",
    "bool": "true or false",
    "list": "a list",
    "tuple": "a list",
    "dict": "a group of keys",
    "model": "a group of keys",
    "decimal": "a plain number",
}


def _remedy(item: dict[str, Any]) -> str:
    if item["type"] in ("enum", "literal_error") and isinstance(item.get("input"), str):
        known = item["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        near = closest(shown(item["input"]), known)
        return near if near.startswith("did") else "choose one of them"
    return "correct it"
