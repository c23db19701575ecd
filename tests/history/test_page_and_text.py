"""The forms of compared papers: a page that stands alone and is read without colour, a text, and a document."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from scrutiny.paper.history import lines
from scrutiny.paper.history.compare import compare_papers
from scrutiny.paper.history.compared import Compared
from scrutiny.paper.history.page import page
from scrutiny.paper.history.recolour import recolour
from scrutiny.paper.history.told import told
from scrutiny.paper.model import Named

ROOT = Path(__file__).resolve().parents[2]
EXAMPLESHIRE = ("exampleshire", ("2026-04-23", None), ("2026-06-18", None))
MERTON = ("merton", ("2018-11-07", None), ("2019-02-13", None))
WINDSOR = ("windsor-and-maidenhead", ("2018-09-26", "2018-09-26"), ("2018-09-26", "2018-10-01"))
BROMLEY = ("bromley", ("2018-07-18", None), ("2018-07-18", "2019-07-18"))
SAME = ("bromley", ("2018-07-18", None), ("2018-07-18", None))
ALL = [EXAMPLESHIRE, MERTON, WINDSOR, BROMLEY, SAME]
papers = pytest.mark.parametrize("which", ALL, ids=lambda which: which[0])

Which = tuple[str, tuple[str, str | None], tuple[str, str | None]]


@cache
def found(which: Which) -> Compared:
    return compare_papers(ROOT, *which)


@cache
def tree(which: Which) -> html.HtmlElement:
    return html.document_fromstring(page(found(which)))


def text_of(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


# the page


@papers
def test_the_page_is_one_file_in_british_english_with_one_h1(which: Which) -> None:
    root = tree(which)
    assert root.get("lang") == "en-GB"
    assert len(root.xpath("//h1")) == 1 and root.xpath("//title")[0].text
    assert not root.xpath("//script | //link | //img | //iframe | //@src")
    assert all(href.startswith("#") for href in root.xpath("//@href"))
    assert "url(" not in page(found(which)) and "@import" not in page(found(which))


@papers
def test_headings_step_down_one_by_one_and_every_link_leads_to_a_place(which: Which) -> None:
    root = tree(which)
    levels = [int(node.tag[1]) for node in root.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//@href")} <= set(ids)
    assert {one for one in root.xpath("//@aria-labelledby")} <= set(ids)


@papers
def test_whatever_was_put_in_or_taken_out_is_marked_by_words_too(which: Which) -> None:
    root = tree(which)
    for node in root.xpath("//li//ins | //li//del"):
        before = node.getprevious()
        label = node.find("span") if before is None or before.get("class") != "tag" else before
        assert label is not None
        said = text_of(label)
        assert said in (("put in:", "Added") if node.tag == "ins" else ("taken out:", "Taken out"))


@papers
def test_every_rating_on_the_page_has_its_word_and_its_symbol(which: Which) -> None:
    for badge in tree(which).xpath("//*[contains(@class, 'rag-')]"):
        assert re.fullmatch(r"[●◆■○★▲✚] \w[\w ]*", text_of(badge)), text_of(badge)


@papers
def test_tables_name_their_columns_and_rows(which: Which) -> None:
    for table in tree(which).xpath("//table"):
        assert table.find("caption") is not None
        assert all(cell.get("scope") in ("col", "row") for cell in table.iter("th"))


@papers
def test_page_and_text_say_the_same_lines(which: Which) -> None:
    d = found(which)
    shown, spoken = text_of(tree(which)), " ".join(told(d).split())
    said = [lines.in_short(d), lines.edition_line(d.before), lines.edition_line(d.now)]
    for group in (*lines.framework_groups(d.framework), *lines.figure_groups(d.figures)):
        said += [group.heading, *group.lines]
    said += [lines.benchmark_line(one) for one in d.benchmarks]
    said += [lines.direction_line(one) for one in d.directions]
    said += [lines.unable_line(one) for one in d.unable]
    said += [lines.setting_line(one) for one in d.settings]
    said += [lines.rating_why(one) for one in d.ratings]
    said += [one.illustrative for one in d.ratings]
    for one in said:
        words = " ".join(one.split())
        assert words in shown
        assert words in spoken


def test_a_page_can_be_read_in_the_dark_on_a_telephone_and_on_paper() -> None:
    style = tree(WINDSOR).xpath("//style")[0].text
    for part in ("prefers-color-scheme: dark", "max-width: 40rem", "@media print", "@page"):
        assert part in style
    assert tree(WINDSOR).xpath("//meta[@name='viewport']")


@pytest.mark.parametrize("dark", [False, True])
def test_words_stand_out_from_what_is_behind_them(dark: bool) -> None:
    style = tree(WINDSOR).xpath("//style")[0].text
    light, _, night = style.partition("@media screen and (prefers-color-scheme: dark)")
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", light.partition("}")[0]))
    if dark:
        colours |= dict(re.findall(r"--([\w-]+): (#\w+)", night.partition("}")[0]))
    for ink in ("in", "out", "green", "amber", "red", "blue", "grey"):
        assert contrast(colours[ink], colours[f"{ink}-fill"]) >= 4.5, ink
    for ink in ("ink", "soft", "accent"):
        assert contrast(colours[ink], colours["paper"]) >= 4.5, ink


def contrast(one: str, other: str) -> float:
    """Contrast of two colours. Source: Web Content Accessibility Guidelines 2.2, relative luminance."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_what_a_paper_says_is_never_taken_for_markup() -> None:
    one = found(WINDSOR)
    spoilt = one.model_copy(
        update={"council": one.council.model_copy(update={"name": "<script>alert(1)</script> & Sons"})}
    )
    assert not html.document_fromstring(page(spoilt)).xpath("//script")
    assert "&lt;script&gt;" in page(spoilt)


def test_papers_of_two_committees_and_papers_in_reverse_are_said_to_be_so() -> None:
    one = found(MERTON)
    other = one.before.model_copy(update={"committee": Named(id="audit", name="Audit Board")})
    assert "The papers are of two committees: Audit Board, and Children" in told(
        one.model_copy(update={"before": other})
    )
    back = compare_papers(ROOT, "merton", ("2019-02-13", None), ("2018-11-07", None))
    assert lines.remarks(one) == []
    assert [text for text in lines.remarks(back) if text in " ".join(told(back).split())] == [
        "The second was made from what was known earlier: what came later is told as gone."
    ]


# the text


@papers
def test_no_line_of_the_text_is_longer_than_100_characters(which: Which) -> None:
    said = told(found(which)).splitlines()
    assert [line for line in said if len(line) > 100] == []
    assert not any(line != line.rstrip() for line in said)


def test_the_text_of_five_days_at_windsor_reads_so() -> None:
    said = told(found(WINDSOR))
    assert (
        "  * 1.1.1 MMR2 vaccination uptake by age 5: from ◆ Amber to ■ Red\n    The outturn moved it.\n"
        in said
    )
    assert "Figures newly known\n-------------------\n  * 1.1.1" in said
    assert "[-Two measures are-] {+One measure is+} just short of the target" in said


def test_nothing_is_said_in_words() -> None:
    assert told(found(SAME)).endswith("\nNothing differs.\n")
    assert "Nothing differs." in text_of(tree(SAME).xpath("//main")[0])


# JSON


@papers
def test_the_document_is_valid_by_its_published_schema(which: Which) -> None:
    schema = json.loads((ROOT / "data/schemas/diff.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(found(which).canonical()))


def test_a_recolouring_is_valid_by_its_published_schema() -> None:
    schema = json.loads((ROOT / "data/schemas/recolour.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    tried = recolour(ROOT, "windsor-and-maidenhead", "2018-09-26", tolerances=["3 points"])
    jsonschema.Draft202012Validator(schema).validate(json.loads(tried.canonical()))


@papers
def test_keys_are_sorted_and_the_document_reads_back(which: Which) -> None:
    text = found(which).canonical()
    content = json.loads(text)
    assert text == json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1) + "\n"
    assert Compared.model_validate(content) == found(which)
