"""JSON Schemas of the settings files, of paper.json and of what commands say in JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scrutiny.data.dated import LASTING
from scrutiny.data.definitions import Change, Council, Indicator, People
from scrutiny.data.frameworks import Framework
from scrutiny.data.glossary import Glossary
from scrutiny.data.importers.mapping import Mapping
from scrutiny.data.schemes import Scheme
from scrutiny.data.settings import Committee, PaperSettings
from scrutiny.paper.history.compared import Compared
from scrutiny.paper.history.recolouring import Recolouring
from scrutiny.paper.model import json_schema

SETTINGS: dict[str, type[BaseModel]] = {
    "data/schemas/indicator.schema.json": Indicator,
    "data/schemas/council.schema.json": Council,
    "data/schemas/people.schema.json": People,
    "data/schemas/scheme.schema.json": Scheme,
    "data/schemas/framework.schema.json": Framework,
    "data/schemas/committee.schema.json": Committee,
    "data/schemas/paper-settings.schema.json": PaperSettings,
    "data/schemas/glossary.schema.json": Glossary,
    "data/schemas/mapping.schema.json": Mapping,
}
MODEL = "data/schemas/paper.schema.json"
SAID: dict[str, type[BaseModel]] = {
    "data/schemas/diff.schema.json": Compared,
    "data/schemas/recolour.schema.json": Recolouring,
}
"""What `diff` and `recolour` say in JSON."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_texts() -> dict[str, str]:
    """Text of each schema by its path in the project."""
    made = {path: _settings_schema(model) for path, model in SETTINGS.items()}
    made |= {
        path: {"$schema": _DIALECT, **model.model_json_schema(mode="serialization")}
        for path, model in SAID.items()
    }
    return {path: _text(schema) for path, schema in (made | {MODEL: json_schema()}).items()}


def _settings_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The model's schema; a file that may carry dated versions gets the key `versions` as well."""
    schema = model.model_json_schema(mode="validation", by_alias=True)
    if model not in (PaperSettings, Mapping):
        change = Change.model_json_schema()
        changing = {key: value for key, value in schema["properties"].items() if key not in LASTING}
        change["properties"]["changes"]["properties"] = changing
        schema["properties"] = {**schema["properties"], "versions": {"type": "array", "items": change}}
    return {"$schema": _DIALECT, **schema}


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_schemas(root: Path, *, write: bool = True) -> list[str]:
    """Write the schemas that are not current; returns their paths. With ``write=False`` only says which."""
    changed = []
    for path, text in schema_texts().items():
        file = root / path
        if not file.exists() or file.read_text("utf-8") != text:
            changed.append(path)
            if write:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
    return changed
