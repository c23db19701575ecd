"""Every settings file is valid by its published JSON Schema, which refuses what the project refuses."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.faults.project import ROOT

COUNCIL = "data/councils/*"
PATTERNS = {
    "indicator": "data/indicators/*.yml",
    "council": f"{COUNCIL}/council.yml",
    "people": f"{COUNCIL}/people.yml",
    "scheme": f"{COUNCIL}/schemes/*.yml",
    "framework": f"{COUNCIL}/frameworks/*.yml",
    "committee": f"{COUNCIL}/committees/*.yml",
    "paper-settings": "reports/*/*/paper.yml",
    "mapping": "data/benchmarks/mappings/*.yml",
}
FILES = [(kind, path) for kind, pattern in PATTERNS.items() for path in sorted(ROOT.glob(pattern))]


def _written(kind: type, pattern: str) -> Any:
    """A type check that takes the text in which YAML holds a whole number or a yes or no."""
    return lambda _, value: (
        (isinstance(value, kind) and (kind is bool or not isinstance(value, bool)))
        or (isinstance(value, str) and re.fullmatch(pattern, value) is not None)
    )


CHECKER = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine_many(
    {"integer": _written(int, r"-?\d+"), "boolean": _written(bool, "true|false")}
)
Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, type_checker=CHECKER)


def validator(kind: str) -> Any:
    schema = json.loads((ROOT / "data" / "schemas" / f"{kind}.schema.json").read_text("utf-8"))
    Validator.check_schema(schema)
    return Validator(schema)


def content_of(path: Path) -> Any:
    """The file with every scalar as the text that is written; an empty value is none."""
    loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return json.loads(json.dumps(loaded))


def groups(content: Any, trail: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every group of keys."""
    if isinstance(content, dict):
        yield trail
        for key, value in content.items():
            yield from groups(value, (*trail, key))
    elif isinstance(content, list):
        for i, value in enumerate(content):
            yield from groups(value, (*trail, i))


def test_there_are_files_of_every_kind() -> None:
    assert {kind for kind, _ in FILES} == set(PATTERNS)


@pytest.mark.parametrize(
    ("kind", "path"), FILES, ids=lambda v: v.relative_to(ROOT).as_posix() if isinstance(v, Path) else v
)
def test_a_settings_file_is_valid_by_its_schema(kind: str, path: Path) -> None:
    errors = [f"{e.json_path}: {e.message[:200]}" for e in validator(kind).iter_errors(content_of(path))]
    assert errors == []


# Groups whose keys are the writer's own names.
FREE = {"front_sheet", "lists", "tables", "views", "say", "widths", "changes"}
FREE |= {"where", "leave_out", "stated", "symbols", "values"}


@pytest.mark.parametrize("kind", PATTERNS)
def test_an_unknown_key_is_refused_by_the_schema_wherever_it_stands(kind: str) -> None:
    path = next(path for k, path in FILES if k == kind)
    content, schema = content_of(path), validator(kind)
    places = [trail for trail in groups(content) if not (trail and trail[-1] in FREE)]
    assert () in places
    for trail in places:
        spoilt = copy.deepcopy(content)
        inside = spoilt
        for step in trail:
            inside = inside[step]
        inside["a_key_that_nobody_knows"] = "x"
        assert not schema.is_valid(spoilt), f"{path.name}: unknown key accepted at {trail}"


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("indicator", "polarity", "smaller_is_better"),
        ("indicator", "unit", "percentage"),
        ("indicator", "decimals", "one"),
        ("indicator", "id", "With Capitals"),
        ("indicator", "plausible", ["low", "high"]),
        ("council", "accent", "blue"),
        ("council", "invented", "perhaps"),
        ("scheme", "rate_on", "guessed"),
        ("scheme", "bands", []),
        ("framework", "rows", []),
        ("committee", "numbering", "runes"),
        ("paper-settings", "part", "III"),
        ("paper-settings", "views", "current"),
        ("mapping", "files", []),
        ("mapping", "apart", "perhaps"),
    ],
)
def test_a_wrong_value_is_refused_by_the_schema(kind: str, key: str, value: Any) -> None:
    path = next(path for k, path in FILES if k == kind)
    schema, content = validator(kind), content_of(path)
    assert schema.is_valid(content)
    assert not schema.is_valid({**content, key: value})


@pytest.mark.parametrize("kind", PATTERNS)
def test_a_missing_key_is_refused_by_the_schema(kind: str) -> None:
    path = next(path for k, path in FILES if k == kind)
    schema, content = validator(kind), content_of(path)
    for key in schema.schema.get("required", []):
        assert not schema.is_valid({k: v for k, v in content.items() if k != key}), key
