"""A small executed notebook in the dialect of the papers, for the tests of rendering."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output, new_raw_cell

TEMPLATES = Path(__file__).parents[2] / "reports" / "templates"

FRONT = """---
title: Q1 2018/19 Performance Report
subtitle: Exampleshire · Children's Scrutiny Panel · 26 September 2018 · Part I
pagetitle: Q1 2018/19 Performance Report – Children's Scrutiny Panel
description: Eight measures, April to June 2018
lang: en-GB
council: Exampleshire
committee: Children's Scrutiny Panel
meeting-date: "2018-09-26"
meeting-date-words: 26 September 2018
reporting-period-words: April to June 2018
as-at-words: 26 September 2018
---"""

CHART_ALT = "Uptake fell from 90.1% to 85.4%, below England's 87.2%."
TREND_ALT = "Fell from 90.1% to 85.4%"

FRONT_SHEET = """<table class="front-sheet" id="t-front">
<caption>Front sheet</caption>
<colgroup><col style="width:30%"><col style="width:70%"></colgroup>
<tbody>
<tr><th scope="row">Member reporting</th><td>The Lead Member</td></tr>
<tr><th scope="row">Wards affected</th><td>All</td></tr>
</tbody>
</table>"""

TALLY = """<table class="tally" id="t-tally">
<caption>Measures by rating</caption>
<thead><tr><th scope="col" style="text-align:center">● Green</th>\
<th scope="col" style="text-align:center">■ Red</th></tr></thead>
<tbody>
<tr><td class="rag-green" style="text-align:center">5</td>\
<td class="rag-red" style="text-align:center">1</td></tr>
</tbody>
</table>"""

SUMMARY = f"""<div class="section" id="s-summary">

## Report summary

<div class="lead" id="b-lead">

**Five of the six measures** have met their target and the panel's one other has not.

</div>

{TALLY}

<div class="item decimal" id="b-1">

<span class="num">1.</span> The first thing to know.

</div>

<div class="item decimal" id="b-2">

<span class="num">2.</span> The second.

</div>

</div>"""

RECOMMENDATIONS = """<div class="section" id="s-recommendations">

## <span class="num">1.</span> Recommendations

<div class="para" id="b-3">

That the panel:

</div>

<div class="item roman" id="b-4">

<span class="num">i)</span> Endorses the framework and;

</div>

<div class="item roman" id="b-5">

<span class="num">ii)</span> Requests an effort.

</div>

</div>"""

REASONS = """<div class="section" id="s-reasons">

## <span class="num">2.</span> Reasons

<div class="para" id="b-6">

<span class="num">2.1</span> The council's plan has [priorities](https://example.org/plan):

</div>

- Healthy residents
- Safe communities

<div class="para" id="b-7">

<span class="num">2.2</span> Measure 1.1.1 is <span class="rag rag-amber">◆ Amber</span>.

</div>

### Options

<table class="ratings" id="t-ratings">
<caption>Table 1: Q1 performance</caption>
<colgroup><col style="width:60%"><col style="width:20%"><col style="width:20%"></colgroup>
<thead><tr><th scope="col">Measure</th><th scope="col" style="text-align:right">Red</th>\
<th scope="col" style="text-align:right">Green</th></tr></thead>
<tbody>
<tr><th scope="row">1.1.1 Uptake</th><td style="text-align:right"></td>\
<td style="text-align:right">1<br><span class="small">quarter in arrears</span></td></tr>
<tr class="total"><th scope="row">Total</th><td style="text-align:right">0</td>\
<td style="text-align:right">1</td></tr>
</tbody>
</table>

<div class="para" id="b-8">

The table holds every measure.

</div>

### <span class="num">2.3</span> Commentary on exceptions

<div class="para" id="b-9">

<span class="num">2.4</span> Nothing else fell short.

</div>

</div>"""

FORM = """<div class="section" id="s-impact">

## Customer impact

### Policy

<div class="item decimal" id="b-10">

<span class="num">1.</span> Policy status: not applicable

</div>

<div class="item decimal" id="b-11">

<span class="num">2.</span> Priority: children

</div>

### Financial

<div class="item decimal" id="b-12">

<span class="num">1.</span> Cost: none

</div>

<div class="item alpha" id="b-13">

<span class="num">A.</span> The panel notes the cost

</div>

</div>

<div class="section" id="s-risk">

## <span class="num">3.</span> Risk

<div class="para" id="b-14">

<span class="num">3.1</span> No risks.

</div>

</div>"""

_RATINGS = (
    ("1.1.1", "85.4%", "amber", "◆ Amber"),
    ("1.1.7", "12", "green", "● Green"),
    ("1.2.1", "56.0%", "red", "■ Red"),
    ("1.2.2", "not known", "grey", '○ Not rated<br><span class="small">no target</span>'),
    ("1.2.3", "14", "blue", "★ Exceeded"),
)

INDICATORS = """<table class="indicators" id="t-indicators">
<caption>Table 2: All measures</caption>
<colgroup><col style="width:10%"><col style="width:40%"><col style="width:15%">\
<col style="width:15%"><col style="width:20%"></colgroup>
<thead><tr><th scope="col">No.</th><th scope="col">Measure</th>\
<th scope="col" style="text-align:right">Outturn</th><th scope="col">Rating</th>\
<th scope="col">Trend</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>""".format(
    rows="\n".join(
        f'<tr><th scope="row">{number}</th><td>What it measures</td>'
        f'<td style="text-align:right">{value}</td><td class="rag-{style}">{words}</td>'
        f'<td><img src="figures/spark.svg" alt="{TREND_ALT}" width="2.5cm"></td></tr>'
        for number, value, style, words in _RATINGS
    )
)

APPENDIX = f"""<div class="section appendix" id="s-appendix-a">

## Appendix A: Performance

<div class="para" id="b-15">

One row for each measure.

</div>

{INDICATORS}

<div class="note" id="b-16">

† is illustrative.

</div>

### Exceptions

<div class="exception" id="x-1">

#### 1.1.1 Uptake <span class="rag rag-amber">◆ Amber</span>

<figure id="f-1"><img src="figures/chart.svg" alt="{CHART_ALT}"><figcaption><strong>Uptake is \
short of target</strong><br><span class="small">Percent, by quarter</span></figcaption></figure>

<table class="facts" id="t-facts">
<caption>1.1.1 Uptake: facts</caption>
<colgroup><col style="width:30%"><col style="width:70%"></colgroup>
<tbody>
<tr><th scope="row">Outturn</th><td>85.4%</td></tr>
<tr><th scope="row">Target</th><td>90%</td></tr>
</tbody>
</table>

<div class="para commentary" id="b-17">

The service has written to practices.

</div>

</div>

</div>"""

PAPER = (FRONT_SHEET, SUMMARY, RECOMMENDATIONS, REASONS, FORM, APPENDIX)


def png(width: int, height: int, dots_per_metre: int = 11811) -> bytes:
    """A white picture of that many pixels, at 300 dots per inch unless told otherwise."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    density = struct.pack(">IIB", dots_per_metre, dots_per_metre, 1)
    parts = ((b"IHDR", header), (b"pHYs", density), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def write_notebook(folder: Path, shown: tuple[str, ...] = PAPER, front: str = FRONT) -> Path:
    """An executed notebook that shows these pieces of Markdown, with its figures beside it."""
    figures = folder / "figures"
    figures.mkdir(parents=True)
    for stem, width, height in (("chart", 2400, 1000), ("spark", 400, 70)):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"/>'
        (figures / f"{stem}.svg").write_text(drawing, "utf-8")
        (figures / f"{stem}.png").write_bytes(png(width, height))
    cells = [new_raw_cell(front, id="front")]
    for number, text in enumerate(shown):
        output = new_output("display_data", data={"text/markdown": text, "text/plain": "shown"})
        cells.append(new_code_cell("show()", id=f"c{number}", execution_count=number + 1, outputs=[output]))
    model = {"text/markdown": "", "application/vnd.scrutiny.paper+json": {"sections": []}}
    last = new_output("display_data", data=model)
    cells.append(new_code_cell("hand_over()", id="last", execution_count=9, outputs=[last]))
    path = folder / "paper.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return path
