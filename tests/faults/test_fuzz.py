"""Whatever stands in a file: a list of problems, or success; never an error of the program itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutiny.errors import ProblemError
from scrutiny.paper.explained import explained
from scrutiny.paper.proof import proof
from tests.faults.project import PAPERS, Project, Run, copy_project
from tests.faults.test_files import COMMENTARY, COMMITTEE, FRAMEWORK, INDICATOR, OUTTURNS, PAPER, SCHEME

DATE = PAPERS["bromley"]
# What people and programs leave in files: other separators, other figures, half a bracket, marks of YAML and of Jinja.
PIECES = (
    *(
        "",
        " ",
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        '"',
        "'",
        "%",
        "£",
        "-",
        "0",
        "00",
        "940",
        "-1",
        "1e9",
        "NaN",
        "x",
    ),
    *(
        "~",
        "null",
        "No",
        "true",
        "2011-12",
        "2018/19",
        "FY2018-19-Q1",
        "AY2017-18",
        "9999-12-31",
        "0000-00-00",
        "0.5",
    ),
    *(
        ":",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "#",
        "&a ",
        "*a",
        "!!python/none",
        "|",
        ">",
        "<<: ",
        "?",
        "---\n",
        "...",
    ),
    *(
        "{{",
        "}}",
        "{% if %}",
        "{{ x }}",
        "{{ 1/0 }}",
        "{{ current }}",
        "{{ current.clause('Red', 'present') }}",
    ),
    *("\u00a0", "\u2013", "\u0663", "\u202e", "\ufeff", "\u0000", "\u0007", "\U0001f600", "é", "\u2028"),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("fuzz")
    copy_project(root, "bromley")
    return Project(root, lambda: Run(0, "", ""))


@pytest.fixture
def sound(project: Project) -> Iterator[Project]:
    """The project, mended again after the test."""
    before = {name: project.text(name) for name in FILES}
    yield project
    for name, text in before.items():
        project.write(name, text)


FILES = (OUTTURNS, PAPER, FRAMEWORK, SCHEME, COMMITTEE, INDICATOR, COMMENTARY)


def ends_in_words(root: Path) -> None:
    """Prove and explain; what is wrong must be a list of problems in words."""
    problems, _ = proof(root, "bromley", DATE)
    for problem in problems:
        for words in (problem.where, problem.found, problem.expected, problem.do):
            assert words, problem
            assert str(root) not in words
            assert not re.search(r"Traceback|object at 0x|NoneType|pydantic", words), problem
            assert "\n" not in words, problem
    try:
        explained(root, "bromley", DATE, "16")
    except ProblemError as error:
        assert error.problems


def test_the_project_is_sound_before_it_is_spoilt(project: Project) -> None:
    assert proof(project.root, "bromley", DATE) == ([], 1)
    ends_in_words(project.root)


@pytest.mark.parametrize("name", FILES)
def test_random_bytes_in_a_file(name: str, sound: Project) -> None:
    @settings(max_examples=10)
    @given(st.binary(max_size=200))
    def spoilt(content: bytes) -> None:
        sound.write(name, content)
        ends_in_words(sound.root)

    spoilt()


@pytest.mark.parametrize("name", FILES)
def test_random_edits_of_a_file(name: str, sound: Project) -> None:
    original = sound.text(name)
    places = st.integers(0, len(original))
    changes = st.tuples(places, st.integers(0, 12), st.sampled_from(PIECES) | st.text(max_size=3))

    @settings(max_examples=25 if name in (OUTTURNS, PAPER) else 12)
    @given(st.lists(changes, min_size=1, max_size=3))
    def spoilt(edits: list[tuple[int, int, str]]) -> None:
        text = original
        for at, cut, piece in edits:
            text = text[:at] + piece + text[at + cut :]
        sound.write(name, text.encode("utf-8", "surrogatepass"))
        ends_in_words(sound.root)

    spoilt()


@pytest.mark.parametrize("name", [OUTTURNS, PAPER, FRAMEWORK])
def test_random_values_in_a_file(name: str, sound: Project) -> None:
    """Whole cells and values are exchanged, so that more of the edits get past the reading."""
    original = sound.text(name)
    values = [match.span() for match in re.finditer(r"[\w.%-]+", original)]

    @settings(max_examples=25)
    @given(st.lists(st.tuples(st.sampled_from(values), st.sampled_from(PIECES)), min_size=1, max_size=2))
    def spoilt(edits: list[tuple[tuple[int, int], str]]) -> None:
        text = original
        for (start, end), piece in sorted(edits, reverse=True):
            text = text[:start] + piece + text[end:]
        sound.write(name, text)
        ends_in_words(sound.root)

    spoilt()
