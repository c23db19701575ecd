"""Every command helps with examples that work, and stands in the documents."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import typer

from scrutiny.cli import app
from tests.faults.project import ROOT, Project

TOP: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
COMMANDS: dict[str, Any] = {
    f"{name} {part}".strip(): command
    for name, group in TOP.items()
    for part, command in getattr(group, "commands", {"": group}).items()
}
BEGINS = ("new council", "new paper", "import")  # these name what is not there yet, or no council


def examples(name: str) -> list[list[str]]:
    """The words of each example of a command's help."""
    said = " ".join((COMMANDS[name].help or "").split())
    _, found, lines = said.rpartition("Example: ") if "Example: " in said else said.rpartition("Examples: ")
    return [shlex.split(line) for line in lines.split(" · ")] if found else []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_has_an_example_of_the_command_itself(name: str, both: Project) -> None:
    run = both.run(*name.split(), "--help")
    assert run.code == 0
    assert re.search(r"Examples?: scrutiny", run.out)
    assert examples(name)
    parts = len(name.split())
    assert {" ".join(words[1 : 1 + parts]) for words in examples(name)} == {name}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_is_a_command_with_options_that_there_are(name: str) -> None:
    parts = len(name.split())
    for program, *words in examples(name):
        assert program == "scrutiny"
        COMMANDS[name].make_context(name, words[parts:])  # raises for an option that is not there


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in BEGINS])
def test_each_example_names_a_paper_that_there_is(name: str) -> None:
    for words in examples(name):
        council, date = [*words[2:4], "", ""][:2]
        date = (
            date if re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", date) else ""
        )  # of some commands another word follows
        if council and not council.startswith("-"):
            assert (ROOT / "data" / "councils" / council / "council.yml").exists()
            assert not date or (ROOT / "reports" / council / date / "paper.yml").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_option_and_argument_is_described(name: str) -> None:
    assert COMMANDS[name].help
    for parameter in COMMANDS[name].params:
        assert parameter.help, f"{name}: {parameter.name}"
