"""The documents and the commands are in step."""

from __future__ import annotations

import shlex

import pytest

from tests.cli.test_help import COMMANDS, examples
from tests.faults.project import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "commands.md").read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_commands_page_has_the_command_under_its_own_heading(name: str) -> None:
    assert f"\n## scrutiny {name.split()[0]}\n" in PAGE
    assert f"scrutiny {name}" in PAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_the_commands_page_shows_the_examples_of_the_help(name: str) -> None:
    _, _, part = PAGE.partition(f"\n## scrutiny {name.split()[0]}\n")
    part = part.partition("\n## ")[0]
    joined = part.replace("\\\n", " ")
    shown = [shlex.split(line) for line in joined.splitlines() if line.startswith("scrutiny ")]
    for words in examples(name):
        assert any(line[: len(words)] == words for line in shown), " ".join(words)


def test_the_readme_shows_the_commands_that_an_analyst_needs_and_leads_to_all() -> None:
    assert "(docs/commands.md)" in README
    for name in ("check", "explain", "paper"):
        assert f"scrutiny {name} " in README
