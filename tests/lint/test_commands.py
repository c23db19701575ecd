"""The checks of the text where they are used: check, paper, their exit codes, and the review copy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.paper.make import make
from scrutiny.paper.model import Figure, Paragraph
from scrutiny.paper.proof import proof
from scrutiny.paper.proofreading import filled
from scrutiny.paper.review import reviewed
from tests.lint import originals
from tests.lint.building import ROOT

WINDSOR = ("windsor-and-maidenhead", "2018-09-26")
PAPER_YML = "reports/{}/{}/paper.yml".format(*WINDSOR)
WAIVED = "  - check: consultation-open"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with one council, for a test to spoil."""
    for name in ("data/indicators", "data/benchmarks", f"data/councils/{WINDSOR[0]}", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "reports" / "templates", tmp_path / "reports" / "templates")
    (tmp_path / PAPER_YML).parent.mkdir(parents=True)
    for name in ("paper.yml", "commentary.md"):
        shutil.copy(
            ROOT / PAPER_YML.replace("paper.yml", name), tmp_path / PAPER_YML.replace("paper.yml", name)
        )
    shutil.copy(ROOT / "data" / "glossary.yml", tmp_path / "data" / "glossary.yml")
    return tmp_path


def change(project: Path, name: str, old: str, new: str) -> None:
    path = project / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def spoilt(project: Path) -> None:
    """A paper with two faults of its text that are errors, and one that is not."""
    change(project, PAPER_YML, "title: Q1 2018/19", "title: Q2 2018/19")
    change(project, PAPER_YML, "Ongoing, Comments", "Ongoing, TBC Comments")
    change(project, PAPER_YML, "will be reviewed by", "will be be reviewed by")


def test_check_lists_every_fault_of_the_text_at_once(project: Path) -> None:
    spoilt(project)
    problems, papers = proof(project, *WINDSOR)
    assert papers == 1
    seen = {p.check: p.severity for p in problems}
    assert (seen["title-period"], seen["placeholder"], seen["repeated-word"]) == ("error", "error", "warning")


def test_the_exit_code_is_the_lowest_of_the_errors(project: Path) -> None:
    change(project, PAPER_YML, "title: Q1 2018/19", "title: Q2 2018/19")
    errors = [p for p in proof(project, *WINDSOR)[0] if p.severity == "error"]
    assert ProblemError(errors).code is ExitCode.CLAIM
    change(project, PAPER_YML, "Ongoing, Comments", "Ongoing, TBC Comments")
    errors = [p for p in proof(project, *WINDSOR)[0] if p.severity == "error"]
    assert ProblemError(errors).code is ExitCode.DEFINITIONS


def test_making_stops_before_anything_is_written(project: Path) -> None:
    spoilt(project)
    before = sorted(path for path in project.rglob("*") if path.is_file())
    with pytest.raises(ProblemError) as caught:
        make(project, *WINDSOR, engine="pandoc")
    assert {"title-period", "placeholder", "repeated-word"} <= {p.check for p in caught.value.problems}
    assert sorted(path for path in project.rglob("*") if path.is_file()) == before


def test_without_its_waiver_a_finding_stops_the_paper(project: Path) -> None:
    assert [p for p in proof(project, *WINDSOR)[0] if p.severity != "note"] == []
    change(project, PAPER_YML, WAIVED, "  - check: another-check")
    seen = {(p.check, p.severity) for p in proof(project, *WINDSOR)[0]}
    assert {("consultation-open", "error"), ("waiver-without-finding", "warning")} <= seen


def test_a_severity_of_the_council_lets_the_paper_pass(project: Path) -> None:
    change(project, PAPER_YML, WAIVED, "  - check: another-check")
    council = project / "data" / "councils" / WINDSOR[0] / "council.yml"
    council.write_text(council.read_text("utf-8") + "severities: {consultation-open: warning}\n", "utf-8")
    problems = [p for p in proof(project, *WINDSOR)[0] if p.check == "consultation-open"]
    assert problems and {p.severity for p in problems} == {"warning"}


def test_a_severity_of_no_check_is_listed(project: Path) -> None:
    council = project / "data" / "councils" / WINDSOR[0] / "council.yml"
    council.write_text(council.read_text("utf-8") + "severities: {consultation: warning}\n", "utf-8")
    assert "unknown-check" in {p.check for p in proof(project, *WINDSOR)[0] if p.severity == "error"}


def test_a_glossary_that_does_not_fit_is_listed_with_its_line(project: Path) -> None:
    glossary = project / "data" / "glossary.yml"
    glossary.write_text("terms:\n  - {term: EHC plan, variant: [ECHP]}\n", "utf-8")
    problems = [p for p in proof(project, *WINDSOR)[0] if "glossary.yml" in p.where]
    assert {p.check for p in problems} == {"unknown-key", "missing-key"}
    assert all("line 2" in p.where for p in problems)


def test_a_council_without_a_glossary_is_checked_all_the_same(project: Path) -> None:
    (project / "data" / "glossary.yml").unlink()
    change(project, PAPER_YML, "title: Q1 2018/19", "title: Q2 2018/19")
    assert "title-period" in {p.check for p in proof(project, *WINDSOR)[0]}


# The review copy


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same paper made without and with review copies."""
    plain, review = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("review")
    make(ROOT, *WINDSOR, engine="pandoc", out=plain)
    made = make(ROOT, *WINDSOR, engine="pandoc", out=review, review=True)
    assert [path.name for path in made][-2:] == ["paper.review.html", "paper.review.docx"]
    return plain, review


def test_the_published_copies_never_hold_a_finding(copies: tuple[Path, Path]) -> None:
    plain, review = copies
    names = sorted(path.relative_to(plain) for path in plain.rglob("*") if path.is_file())
    assert {path.name for path in plain.iterdir() if "review" in path.name} == set()
    for name in names:
        assert (plain / name).read_bytes() == (review / name).read_bytes(), name
    assert "Review," not in (review / "paper.html").read_text("utf-8")


def test_the_review_copy_holds_each_finding_before_its_paragraph(copies: tuple[Path, Path]) -> None:
    page = re.sub(r"\s+", " ", (copies[1] / "paper.review.html").read_text("utf-8"))
    note = page.index("(number-without-reason)")
    assert page.index("review-b-reasons-8-1") < note < page.index('id="b-reasons-8"') < note + 3000
    assert page.index('id="b-reasons-7"') < note
    assert "Review copy, not for publication:" in page
    assert page.count("(consultation-open)") == 9


def test_the_review_copy_opens_in_word(copies: tuple[Path, Path]) -> None:
    import docx

    text = "\n".join(p.text for p in docx.Document(str(copies[1] / "paper.review.docx")).paragraphs)
    assert "Review copy, not for publication:" in text
    assert "(duplicate-section)" in text


def noted(place: Callable[[str], str]) -> str:
    """What the Markdown of a paper with one finding looks like."""
    import nbformat

    from scrutiny.paper import dialect

    model = filled(originals.inputs(*WINDSOR))
    cells = [
        nbformat.v4.new_code_cell("show()", outputs=[_shown(dialect.section(s))]) for s in model.sections
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    problem = Problem("a-check", place("reports/x"), "a *found* thing", "another", "do it", "warning")
    made = reviewed(notebook, model, "reports/x", [problem])
    assert all(
        'id="review-' not in "".join(o["data"]["text/markdown"]) for c in notebook.cells for o in c.outputs
    )
    return "\n".join("".join(o["data"]["text/markdown"]) for c in made.cells for o in c.outputs)


def _shown(text: str) -> object:
    import nbformat

    return nbformat.v4.new_output("display_data", data={"text/markdown": text})


@pytest.mark.parametrize(
    ("place", "before"),
    [
        (lambda name: f"{name}, section reasons, b-reasons-8 (2.5)", 'id="b-reasons-8"'),
        (lambda name: f"{name}, section consultees, t-consultees, row 10", 'id="t-consultees"'),
        (lambda name: f"{name}, section legal", "No legal implications."),
        (lambda name: f"{name}, title", 'id="s-report-summary"'),
        (lambda name: f"{name}/paper.yml, line 3", 'id="s-report-summary"'),
    ],
)
def test_a_finding_is_printed_where_it_belongs(place: Callable[[str], str], before: str) -> None:
    text = noted(place)
    note = text.index(
        "**Review, warning (a-check):** a \\*found\\* thing. Expected: another. What to do: do it."
    )
    between = text[note : text.index(before)]
    assert note < text.index(before)
    assert len(between) < 400


def test_a_note_inside_a_card_stays_inside_it() -> None:
    text = noted(lambda name: f"{name}, section appendix-current, f-current-review-at-2-years")
    assert "Review, warning" in text
    model = filled(originals.inputs(*WINDSOR))
    cards = {b.card for s in model.sections for b in s.blocks if isinstance(b, Paragraph | Figure) and b.card}
    assert text.count('<div class="exception"') == len(cards)
