"""Officers' commentary: its parts, posts and dates, the figures that it may name, and when it is compulsory."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scrutiny.data.definitions import People
from scrutiny.errors import Problem, ProblemError
from scrutiny.paper.answers import title_of
from scrutiny.paper.build import Inputs, Paper
from scrutiny.paper.explained import explained
from scrutiny.paper.model import PaperModel, Paragraph
from scrutiny.writing.commentary import Action, mislabelled, parse, told, when_words

ROOT = Path(__file__).resolve().parents[2]
COUNCIL, MEETING, NEXT = "exampleshire", "2026-06-18", "2026-07-16"
COMPLAINTS = "example-complaints-answered-on-time"
POSTS = People.model_validate({"posts": [{"id": "head-of-service", "title": "Head of Service"}]})

IN_PARTS = """A note to authors.

## cp-reviews

Plain words first.

**Cause:** Two families were
on holiday.

**Action:** Dates are set a term ahead.
**Who:** head-of-service
**By:** 2026-07-31

**Action:** A second chair starts.

**Done:** The list was read.
"""


def test_each_label_begins_a_part_and_lines_without_one_go_on() -> None:
    (part,) = parse(IN_PARTS).parts
    assert [(p.part, p.text) for p in part.paragraphs] == [
        ("", "Plain words first."),
        ("cause", "Two families were on holiday."),
        ("action", "Dates are set a term ahead."),
        ("who", "head-of-service"),
        ("by", "2026-07-31"),
        ("action", "A second chair starts."),
        ("done", "The list was read."),
    ]
    assert part.fields["cause"] == "Two families were on holiday."
    assert part.fields["action"] == "Dates are set a term ahead.", "of several the first"


def test_who_and_by_belong_to_the_action_before_them() -> None:
    (part,) = parse(IN_PARTS).parts
    assert part.actions == (
        Action("Dates are set a term ahead.", "head-of-service", "2026-07-31"),
        Action("A second chair starts."),
    )


def test_commentary_is_printed_with_labels_and_with_post_and_day_behind_the_action() -> None:
    said = told(parse(IN_PARTS).parts[0].paragraphs, lambda post: title_of(POSTS, post))
    assert [p.text for p in said] == [
        "Plain words first.",
        "**Cause:** Two families were on holiday.",
        "**Action:** Dates are set a term ahead (Head of Service, by 31 July 2026).",
        "**Action:** A second chair starts.",
        "**Done:** The list was read.",
    ]


def test_prose_without_labels_is_printed_as_it_is() -> None:
    paragraphs = parse("## a\n\nOne **word:** in bold.\n\n- a list\n- of two\n").parts[0].paragraphs
    assert told(paragraphs, str) == paragraphs
    assert paragraphs[1].bullets == ("a list", "of two")


@pytest.mark.parametrize(
    ("written", "said"),
    [("2026-07-31", "31 July 2026"), ("2026-07", "July 2026"), ("FY2026-27-Q2", "Q2 2026/27")],
)
def test_a_day_or_period_is_said_as_papers_do(written: str, said: str) -> None:
    assert when_words(written) == said


def test_a_label_that_is_nearly_a_part_is_found() -> None:
    (part,) = parse("## a\n\n**Cause:** Late.\n**Acton:** Earlier.\n\n**Please note:** the rest.\n").parts
    assert [(label, near) for _, label, near in mislabelled(part.paragraphs)] == [("Acton", "action")]


# In the paper of an invented council


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that holds nothing but Exampleshire and one of its papers, as if it were the first."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("data/indicators", f"data/councils/{COUNCIL}", f"reports/{COUNCIL}", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "data" / "benchmarks").mkdir()
    for folder in (root / "reports" / COUNCIL).iterdir():
        if folder.name != MEETING:
            shutil.rmtree(folder)
    path = root / "reports" / COUNCIL / MEETING / "commentary.md"
    path.write_text(re.sub(r"\*\*Done:\*\* [^\n]*\n\n", "", path.read_text("utf-8")), "utf-8")
    return root


@pytest.fixture
def project(originals: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(originals, tmp_path / "project"))


def rewrite(project: Path, change: Callable[[str], str], meeting: str = MEETING) -> None:
    path = project / "reports" / COUNCIL / meeting / "commentary.md"
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")


def problems(project: Path, meeting: str = MEETING) -> list[Problem]:
    with pytest.raises(ProblemError) as caught:
        Inputs(project, COUNCIL, meeting)
    return caught.value.problems


def without(heading: str) -> Callable[[str], str]:
    """Take one heading with all that stands under it out."""

    def change(text: str) -> str:
        head, _, rest = text.partition(f"\n## {heading}\n")
        return f"{head}\n## {rest.partition(chr(10) + '## ')[2]}"

    return change


def model(project: Path, meeting: str = MEETING) -> PaperModel:
    paper = Paper(Inputs(project, COUNCIL, meeting), pictures=False)
    paper.sections()
    return paper.model


def card(paper: PaperModel, indicator: str) -> list[str]:
    blocks = [b for s in paper.sections for b in s.blocks if b.card == f"x-current-{indicator}"]
    said = [b.text for b in blocks if isinstance(b, Paragraph) and b.role == "commentary"]
    return "\n".join(said).replace("\\\n", "\n").split("\n")


def test_missing_commentary_stops_the_paper(project: Path) -> None:
    rewrite(project, without(COMPLAINTS))
    (found,) = problems(project)
    assert (found.check, found.severity) == ("missing-commentary", "error")
    assert found.where == f"reports/{COUNCIL}/{MEETING}/commentary.md"
    assert found.found == "no commentary on 5.2 Complaints answered on time (Red)"
    assert found.expected == f"a part '## {COMPLAINTS}' with **Cause:** and **Action:**"


def test_every_missing_commentary_is_listed_at_once(project: Path) -> None:
    rewrite(project, without(COMPLAINTS))
    rewrite(project, without("example-sickness-days"))
    assert [p.check for p in problems(project)] == ["missing-commentary"] * 2


def test_a_missing_part_is_named_with_the_line_of_its_heading(project: Path) -> None:
    rewrite(project, lambda text: text.replace("**Cause:** Eleven answers", "Eleven answers"))
    (found,) = problems(project)
    assert found.found == "the commentary on 5.2 Complaints answered on time (Red) has no **Cause:**"
    line = int(found.where.rsplit(" ", 1)[1])
    text = (project / "reports" / COUNCIL / MEETING / "commentary.md").read_text("utf-8")
    assert text.splitlines()[line - 1] == f"## {COMPLAINTS}"


def test_missing_commentary_can_be_waived_with_a_reason(project: Path) -> None:
    rewrite(project, without(COMPLAINTS))
    path = project / "reports" / COUNCIL / MEETING / "paper.yml"
    waiver = "waivers: [{check: missing-commentary, place: commentary.md, reason: the service is closed}]\n"
    path.write_text(path.read_text("utf-8") + waiver, "utf-8")
    noted = [p for p in Inputs(project, COUNCIL, MEETING).problems if p.check == "missing-commentary"]
    assert [(p.severity, p.do) for p in noted] == [("note", "nothing: waived, the service is closed")]


def test_a_council_may_make_missing_commentary_a_warning(project: Path) -> None:
    rewrite(project, without(COMPLAINTS))
    path = project / "data" / "councils" / COUNCIL / "council.yml"
    text = re.sub(r"(?m)^severities:.*\n(?:  .*\n)*", "", path.read_text("utf-8"))
    path.write_text(text + "severities: {missing-commentary: warning}\n", "utf-8")
    (found,) = [p for p in Inputs(project, COUNCIL, MEETING).problems if p.check == "missing-commentary"]
    assert found.severity == "warning"


def test_figures_can_be_explained_before_the_commentary_is_there(project: Path) -> None:
    rewrite(project, without(COMPLAINTS))
    assert "84.9%" in explained(project, COUNCIL, MEETING, COMPLAINTS)


def test_a_committee_may_require_commentary_for_one_rating_alone(project: Path) -> None:
    (path,) = (project / "data" / "councils" / COUNCIL / "committees").glob("*.yml")
    text = path.read_text("utf-8")
    assert "required_for: exceptions" in text
    path.write_text(text.replace("required_for: exceptions", "required_for: [Red]"), "utf-8")
    rewrite(project, without("example-sickness-days"))
    rewrite(project, without(COMPLAINTS))
    assert ["5.2" in p.found for p in problems(project)] == [True], "5.3 is Amber"
    path.write_text(text.replace("required_for: exceptions", "required_for: [Rde]"), "utf-8")
    (found,) = problems(project)
    assert (found.check, found.do) == ("unknown-rating", "did you mean 'Red'?")


@pytest.mark.parametrize(
    ("change", "check", "said"),
    [
        (("**Who:** head-of-safeguarding", "**Who:** head-of-safegarding"), "unknown-post", "did you mean"),
        (("**By:** 2026-05-31", "**By:** next spring"), "unreadable-date", "'next spring'"),
        (("**Cause:** Eleven", "**Casue:** Eleven"), "unknown-part", "'**Cause:**'"),
        (
            ("**Cause:** Eleven", "**By:** 2026-05\n\n**Cause:** Eleven"),
            "part-without-action",
            "before any action",
        ),
        (("**By:** 2026-05-31", "**By:**"), "empty-part", "nothing behind '**By:**'"),
    ],
)
def test_faults_of_parts_are_listed(project: Path, change: tuple[str, str], check: str, said: str) -> None:
    rewrite(project, lambda text: text.replace(*change, 1))
    found = next(p for p in problems(project) if p.check == check)
    assert said in str(found)
    assert f"reports/{COUNCIL}/{MEETING}/commentary.md, line " in found.where


def test_a_card_names_the_post_that_comments(project: Path) -> None:
    said = card(model(project), COMPLAINTS)
    assert said[0] == "**Commentary by Head of Corporate Services**"
    assert said[1].startswith("**Cause:** Eleven answers were late in April.")
    assert said[2].endswith("up to the end of May (Head of Corporate Services, by 31 May 2026).")


# Figures in the prose


def test_tokens_are_the_figures_of_the_view(project: Path) -> None:
    text = (
        "**Cause:** {{ example_repeat_referrals }} against {{ example_repeat_referrals.target }}; "
        "{{ example_repeat_referrals.region }} in the region; {{ example_repeat_referrals.rating }}; "
        "{{ example_repeat_referrals.number }} {{ example_repeat_referrals.name }}, "
        "{{ example_repeat_referrals.period.label }}. Eleven"
    )
    rewrite(project, lambda before: before.replace("**Cause:** Eleven", text))
    assert card(model(project), COMPLAINTS)[1].startswith(
        "**Cause:** 22.7% against at most 20%; 21.7% in the region; Red; 1.8 Repeat referrals, April 2026. Eleven"
    )


def test_tokens_of_another_view_are_its_own_figures(project: Path) -> None:
    heading = "## previous: example-repeat-referrals\n\n"
    rewrite(
        project,
        lambda text: text.replace(heading, f"{heading}March: {{{{ example_temporary_accommodation }}}}. "),
    )
    said = [b.text for s in model(project).sections for b in s.blocks if isinstance(b, Paragraph)]
    assert any("March: 384." in text for text in said)


def test_tokens_stand_in_the_prose_of_sections_too(project: Path) -> None:
    rewrite(
        project,
        lambda text: text.replace("No decision", "It is {{ example_sickness_days }} days. No decision"),
    )
    said = [b.text for s in model(project).sections for b in s.blocks if isinstance(b, Paragraph)]
    assert any("It is 8.1 days. No decision" in text for text in said)


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("example_sickness_day", "'example_sickness_day' is undefined"),
        ("example_sickness_days.wales", "no attribute 'wales'"),
        ("example_waits_for_counselling.region", "no figure of region is known"),
        ("example_children_in_care.target", "has no target"),
        ("example_carbon_emissions", "no figure of example-carbon-emissions is known for 2025"),
        ("example_sickness_days.__class__", "unsafe"),
        ("example_sickness_days._r", "unsafe"),
    ],
)
def test_a_token_without_a_figure_or_outside_the_sandbox_is_a_problem(
    project: Path, token: str, said: str
) -> None:
    rewrite(project, lambda text: text.replace("Eleven", f"{{{{ {token} }}}} Eleven"))
    with pytest.raises(ProblemError) as caught:
        model(project)
    (found,) = caught.value.problems
    assert found.check == "template"
    assert said in found.found


# What the last paper said would be done


@pytest.fixture
def following(project: Path) -> Path:
    """The project with a further paper, a month on, whose commentary is the last one's without its answers."""
    folder = project / "reports" / COUNCIL
    shutil.copytree(folder / MEETING, folder / NEXT)
    path = folder / NEXT / "paper.yml"
    path.write_text(path.read_text("utf-8").replace(MEETING, NEXT), "utf-8")
    return project


def answered(text: str) -> str:
    """Every action of the month before has its answer."""
    return text.replace("**Cause:**", "**Done:** It was done.\n\n**Cause:**")


def test_an_action_that_fell_due_must_be_answered(following: Path) -> None:
    found = [p for p in problems(following, NEXT) if "**Done:**" in p.found]
    named = {p.found.split(" has no ")[0].removeprefix("the commentary on ") for p in found}
    assert "5.2 Complaints answered on time (Red)" in named, "due on 31 May"
    assert "5.3 Days lost to sickness (Amber)" in named, "no day was given"
    assert not any(name.startswith("3.3") for name in named), "due in October"
    rewrite(following, answered, NEXT)
    assert not [p for p in Inputs(following, COUNCIL, NEXT).problems if p.severity == "error"]


def test_the_paper_says_what_was_promised_and_what_became_of_it(following: Path) -> None:
    rewrite(following, answered, NEXT)
    said = card(model(following, NEXT), COMPLAINTS)
    assert said[1].startswith(
        "**Said at the meeting of 18 June 2026:** Answers on that subject follow one agreed text"
    )
    assert said[1].endswith("(Head of Corporate Services, by 31 May 2026).")
    assert said[2] == "**Done:** It was done."
    assert said[3].startswith("**Cause:**")


def without_answer(following: Path, cause: str) -> None:
    """Every commentary answers the last paper's action, but for the one that gives a cause."""
    rewrite(following, answered, NEXT)
    rewrite(following, lambda t: t.replace(f"**Done:** It was done.\n\n{cause}", cause), NEXT)


@pytest.mark.parametrize("by", ["2026-07-15", "2026-07-16"])
def test_a_promise_that_fell_due_and_has_no_answer_is_said_to_have_none(following: Path, by: str) -> None:
    rewrite(following, lambda t: t.replace("**By:** 2026-10-31", f"**By:** {by}"))
    path = following / "data" / "councils" / COUNCIL / "council.yml"
    path.write_text(path.read_text("utf-8") + "severities: {missing-commentary: warning}\n", "utf-8")
    without_answer(following, "**Cause:** Demand")
    said = card(model(following, NEXT), "example-waits-for-counselling")
    assert said[1].startswith("**Said at the meeting of 18 June 2026:** Group sessions begin in July")
    assert said[2] == "What became of it has not been reported."


def test_a_promise_that_is_not_due_yet_waits_for_its_answer(following: Path) -> None:
    rewrite(following, lambda t: t.replace("**By:** 2026-10-31", "**By:** 2026-07-17"))
    without_answer(following, "**Cause:** Demand")
    said = card(model(following, NEXT), "example-waits-for-counselling")
    assert said[1].startswith("**Said at the meeting of 18 June 2026:** Group sessions begin in July")
    assert said[2].startswith("**Cause:** Demand")


def test_a_figure_in_a_promise_is_the_one_of_its_own_paper(following: Path) -> None:
    rewrite(
        following,
        lambda t: t.replace(
            "**Action:** Answers on", "**Action:** {{ example_complaints_answered_on_time }}: answers on"
        ),
    )
    rewrite(following, answered, NEXT)
    rows = following / "data" / "councils" / COUNCIL / "outturns.csv"
    later = f"{COMPLAINTS},X99000001,2026-04,year_to_date,85.1,,,revised,,2026-06-30,invented,invented,\n"
    rows.write_text(rows.read_text("utf-8") + later, "utf-8")
    said = card(model(following, NEXT), COMPLAINTS)
    assert said[1].startswith("**Said at the meeting of 18 June 2026:** 84.9%: answers on")


def test_the_first_paper_has_no_promise_to_answer(project: Path) -> None:
    assert Inputs(project, COUNCIL, MEETING).last() is None


def test_a_paper_of_another_committee_or_a_later_day_is_not_the_last_one(following: Path) -> None:
    last = Inputs(following, COUNCIL, NEXT, complete=False).last()
    assert last is not None and last.day == dt.date(2026, 6, 18)
    path = following / "reports" / COUNCIL / MEETING / "paper.yml"
    path.write_text(path.read_text("utf-8").replace("committee: children", "committee: no-children"), "utf-8")
    assert Inputs(following, COUNCIL, NEXT, complete=False).last() is None


def test_the_paper_of_june_answers_what_was_said_in_april() -> None:
    paper = Paper(Inputs(ROOT, COUNCIL, MEETING), pictures=False)
    paper.sections()
    said = card(paper.model, COMPLAINTS)
    assert said[1].startswith("**Said at the meeting of 23 April 2026:** Each service names a second person")
    assert said[1].endswith("(Head of Corporate Services, by 30 April 2026).")
    assert said[2].startswith("**Done:** Every service but one has named a second person")
    assert said[3].startswith("**Cause:** Eleven answers were late in April.")
