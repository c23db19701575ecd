"""The project's own words: British spelling, and nothing that belongs to one machine."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# American -> British. Only whole words of prose are read: an argument named `color` is not prose.
BRITISH = {
    r"(dis)?colou?r(s|ed|ing|ful|less)?": r"(dis)?colour\w*",
    r"behaviou?r(s|al)?": r"behaviour\w*",
    r"(dis|un)?favou?r(s|ed|ing|able|ite)?": r"\w*favour\w*",
    r"neighbou?r(s|ing|hood)?": r"neighbour\w*",
    r"(en)?deavou?r(s|ed)?|hono(u?)r(s|ed)?|labou?r|rumou?r(s)?": r"\w*our(s|ed)?",
    r"(cent(er|re)(s|d|ed|ing)?)": r"centr(e|es|ed|ing)",
    r"analy[sz](e|es|ed|er|ers|ing)": r"analys\w*",
    r"catalog(ue)?(s|d|ed)?": r"catalogue\w*",
    r"(label|model|cancel|travel|total|signal)l?(ed|ing)": r"\w*ll(ed|ing)",
    r"gr[ae]y(s|ed)?": r"grey\w*",
    r"judge?ments?": r"judgements?",
    r"fulfil(l|ls|ment|lment)?": r"fulfil(ment)?",
    r"(defen|offen|preten)[sc]e": r"\w*ce",
    r"(organ|summar|recogn|real|normal|initial|serial|optim|custom|categor|emphas|minim|maxim"
    r"|standard|synchron|util|visual|capital|general|special|character|author|final|priorit"
    r"|local|item|stabil|formal)i[sz](e|es|ed|er|ers|ing|ation|ations)": r"\w*is\w*",
}
# Said so by a library or a format, or a name: none of it is spelling.
NAMES = {"colorama"}

# Folders of one machine, and the places that packages come from: neither belongs in the project.
# Tests may name such folders, to show that no paper does.
MACHINE_PATH = re.compile(r"(?<![.\w])/(?:home|Users|root|tmp|work|opt)/\w|\b[A-Z]:\\+Users\b")
HOST = re.compile(r"\b(?:pypi|pythonhosted|anaconda|npmjs|debian|ubuntu|rubygems|crates)\.(?:org|com|io)\b")
TEXT = {"", ".css", ".csv", ".html", ".ipynb", ".json", ".lock", ".lua", ".md", ".py", ".svg"}
TEXT |= {".toml", ".txt", ".xml", ".yaml", ".yml"}
NOT_OURS = {".git", ".venv", "__pycache__", "node_modules", "dist"}
MADE = {"paper.html", "paper.ipynb", "paper.json", "paper.review.html", "figures.csv"}


def project_files() -> list[Path]:
    """The text files of the project: not the environment, caches, or papers that were made."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        cache = any(part in NOT_OURS or part.endswith("_cache") for part in parts)
        hidden = parts[0].startswith(".") and parts[0] not in {".ci"} and len(parts) > 1
        made = parts[0] == "reports" and (path.name in MADE or "figures" in parts[:-1])
        if path.suffix in TEXT and not (cache or hidden or made) and path.is_file():
            found.append(path)
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose_of_markdown(text: str) -> str:
    """Markdown without its code, link addresses and tags; every line stays where it was."""
    for code in (r"^(```|~~~).*?^\1", r"`[^`]*`", r"\]\([^)]*\)", r"<[^>]*>", r"\w+://\S+"):
        text = re.sub(code, blank, text, flags=re.DOTALL | re.MULTILINE)
    return text


def blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n") or " "


def prose_of_python(text: str) -> Iterator[tuple[int, str]]:
    """A module's comments, docstrings and sentences, each with its line."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], prose_of_markdown(token.string)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = re.sub(r"^\s*(>>>|\.\.\. ).*$", blank, node.value, flags=re.MULTILINE)
            if len(words.split()) >= 3 and not re.search(r"[{}<>;=]", words.split("\n")[0]):
                yield node.lineno, prose_of_markdown(words)


def american(prose: str) -> list[tuple[int, str]]:
    """The American spellings in some prose, each with its line."""
    found = []
    for number, line in enumerate(prose.splitlines(), start=1):
        for word in re.findall(r"[^\W\d_]+", line):
            for either, british in BRITISH.items():
                low = word.lower()
                spelt = re.fullmatch(either, low) and not re.fullmatch(british, low)
                if spelt and low not in NAMES:
                    found.append((number, word))
    return found


def prose_files() -> list[Path]:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md"]
    return [*sorted(page for page in pages if page.exists()), *sorted(ROOT.glob("lib/**/*.py"))]


def test_the_words_are_spelt_in_british_english() -> None:
    found = []
    for path in prose_files():
        text = path.read_text(encoding="utf-8")
        is_python = path.suffix == ".py"
        prose = list(prose_of_python(text)) if is_python else [(1, prose_of_markdown(text))]
        for start, words in prose:
            found += [f"{name_of(path)}:{start + n - 1}: {word}" for n, word in american(words)]
    assert found == []


def test_nothing_names_a_folder_of_one_machine_or_a_place_that_packages_come_from() -> None:
    found = []
    for path in project_files():
        in_tests = path.is_relative_to(ROOT / "tests")
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if HOST.search(line) or (MACHINE_PATH.search(line) and not in_tests):
                found.append(f"{name_of(path)}:{number}")
    assert found == []


# That the checks above find what they are for.


@pytest.mark.parametrize(
    "word",
    [
        "color",
        "Colors",
        "colored",
        "behavior",
        "center",
        "centered",
        "neighbor",
        "analyze",
        "analyzed",
        "catalog",
        "labeled",
        "modeling",
        "traveled",
        "gray",
        "judgment",
        "fulfill",
        "defense",
        "organize",
        "Organization",
        "summarized",
    ],
)
def test_an_american_spelling_is_found(word: str) -> None:
    assert american(f"Some prose,\nwith {word} in it") == [(2, word)]


@pytest.mark.parametrize(
    "word",
    [
        "colour",
        "behaviour",
        "centre",
        "centred",
        "neighbours",
        "analysed",
        "analyst",
        "catalogue",
        "labelled",
        "modelling",
        "travel",
        "grey",
        "judgement",
        "fulfil",
        "defence",
        "organise",
        "size",
        "prize",
        "generally",
    ],
)
def test_a_british_spelling_is_not(word: str) -> None:
    assert american(f"Some prose,\nwith {word} in it") == []


def test_code_is_not_read_as_prose() -> None:
    page = "A `color` and\n```\ncolor = 1\n```\n[a link](https://example.org/color)\na center"
    assert american(prose_of_markdown(page)) == [(6, "center")]
    module = (
        '"""Says the color.\n\n>>> paint(color=1)\n"""\n# a center\nA = dict(color="center")\n'
        'B = "a sentence about a catalog"\n'
    )
    words = [word for _, prose in prose_of_python(module) for _, word in american(prose)]
    assert sorted(words) == ["catalog", "center", "color"]


@pytest.mark.parametrize("line", ["/home/ann/paper.docx", "C:\\Users\\ann", "see /tmp/out.html"])
def test_a_folder_of_one_machine_is_found(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["reports/templates/", "../work/", "docs/home/index.md", "/home/"])
def test_a_folder_of_the_project_is_not(line: str) -> None:
    assert not MACHINE_PATH.search(line)


def test_a_place_that_packages_come_from_is_found() -> None:
    assert HOST.search("from https://files.pythonhosted" + ".org/packages")
