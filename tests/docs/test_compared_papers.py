"""The pages on compared papers and on trials: they name every key, and what they show is what the commands say."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

import scrutiny.paper.history.compared
import scrutiny.paper.history.recolouring
from scrutiny.cli import app

ROOT = Path(__file__).resolve().parents[2]
KEYS = ROOT / "docs" / "compared-papers.md"
HOW_TO = [ROOT / "docs" / "how-to" / name for name in ("see-what-changed.md", "try-another-rule.md")]


def models() -> list[type[BaseModel]]:
    places = (scrutiny.paper.history.compared, scrutiny.paper.history.recolouring)
    found = [model for place in places for model in vars(place).values() if isinstance(model, type)]
    return [model for model in found if issubclass(model, BaseModel) and "history" in model.__module__]


def test_the_page_names_every_key_of_both_documents() -> None:
    keys = {key for model in models() for key in model.model_fields}
    assert len(keys) > 50
    written = set(re.findall(r"`([^`\n]+)`", KEYS.read_text("utf-8")))
    assert sorted(keys - written) == []


def blocks(page: Path, language: str) -> list[str]:
    found = re.findall(
        rf"^( *)```{language}\n(.*?)^\1```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return ["".join(line.removeprefix(indent) for line in body.splitlines(True)) for indent, body in found]


@cache
def said(command: str) -> str:
    words = shlex.split(command)[1:]
    words = words[: words.index("--out")] if "--out" in words else words
    words = [word for word in words if word not in ("--format", "html", "json")]  # the text says the same
    run = CliRunner().invoke(app, words)
    assert run.exit_code == 0, command
    return run.output


@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_what_a_how_to_shows_is_what_one_of_its_commands_says(page: Path) -> None:
    commands = [line for body in blocks(page, "sh") for line in body.splitlines()]
    shown = blocks(page, "text")
    assert commands and shown
    for text in shown:
        assert any(text.rstrip("\n") in said(command) for command in commands), text
