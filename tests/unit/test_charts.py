"""The pictures of a paper: what is in them, that it can be read, and that it is always the same."""

import base64
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.image import imread
from matplotlib.lines import Line2D

from scrutiny.data.definitions import Indicator
from scrutiny.errors import ExitCode, ProblemError
from scrutiny.paper import canvas
from scrutiny.paper.charts import (
    BLUE,
    TARGET,
    TREND,
    Picture,
    trend_chart,
)
from scrutiny.paper.limit_lines import LINE, MARKS
from scrutiny.paper.scale import MOST_TICKS, period_ticks, spread, tick_words, value_ticks
from scrutiny.paper.sparkline import SPARK, sparkline
from scrutiny.periods import Period
from scrutiny.rating.xmr import Kind
from scrutiny.writing.charted import MARKS as SYMBOLS
from scrutiny.writing.charted import charted_key
from scrutiny.writing.findings import alt_text, spark_alt
from tests.unit.invented import Invented, invented, months

ROOT = Path(__file__).parents[2]
ACCENT = "#12436D"
QUARTERS = {f"FY2016-17-Q{i}": str(80 + i) for i in (1, 2, 3, 4)} | {"FY2017-18-Q1": "85.4"}


def chart(
    one: Invented, out: Path | None = None, stem: str = "chart", signals: bool = False
) -> Picture | None:
    return trend_chart(
        one.reported,
        one.view,
        benchmark_series=one.benchmarks,
        out=out,
        stem=stem,
        accent=ACCENT,
        signals=signals,
    )


def uptake(**more: object) -> Invented:
    return invented(
        QUARTERS,
        {"at_least": "90", "illustrative": True},
        benchmarks={"England": {"FY2016-17-Q4": "87.44", "FY2017-18-Q1": "87.2"}},
        decimals=1,
        **more,  # type: ignore[arg-type]
    )


# Awkward on purpose: labels that want the same place, long names, every unit, every form of target.
AWKWARD = {
    "all in one place": invented(
        months("12", "11", "12"),
        {"at_most": "12"},
        benchmarks={"England": {"2018-05": "12"}, "London": {"2018-05": "12"}},
        unit="days",
        polarity="low_is_good",
    ),
    "at the top": invented(
        months("100", "100", "100"), {"at_least": "100"}, benchmarks={"England": {"2018-05": "100"}}
    ),
    "at nought": invented(months("0", "0", "0"), {"at_most": "0"}, polarity="low_is_good"),
    "long names": invented(
        months("43.1", "44", "45.2", "46.8"),
        {"close_to": "44", "illustrative": True},
        benchmarks={"Statistical neighbours": {"FY2017-18": "46.9"}, "England": {"FY2016-17": "9"}},
        unit="rate_per_10000",
        polarity="close_to_target",
        decimals=1,
        council="North and West Exampleshire",
    ),
    "a range": invented(
        months("97", "96", "", "95", "93"),
        {"at_least": "95", "at_most": "100"},
        benchmarks={"England": {"2018-05": "92"}, "London": {"2018-05": "93"}},
    ),
    "a ranking": invented(
        {f"FY20{y}-{y + 1}": str(130 - 10 * y + y**2) for y in range(10, 18)},
        {"at_most": "50"},
        unit="rank",
        polarity="low_is_good",
    ),
    "pounds": invented({f"CY20{y}": str(900_000 + 37_123 * y) for y in range(11, 18)}, unit="pounds"),
    "days of the year": invented(
        {"2017-03-31": "71", "2017-06-30": "72", "2017-12-31": "75", "2018-03-31": "74"},
        {"forecast": "80"},
        basis="snapshot",
        frequency="quarter",
    ),
    "academic years": invented({f"AY20{y}-{y + 1}": str(40 + y) for y in range(11, 17)}, {"at_least": "60"}),
    "five years": invented(months(*[str(50 + (7 * i) % 40) for i in range(75)])),
    "below nought": invented(months("-4", "-1", "3"), unit="score"),
    "quarters": uptake(),
    "a usual range at the top": invented(
        months(*["98", "100"] * 7, "90"),
        {"at_least": "99", "illustrative": True},
        benchmarks={"England": {"2018-05": "98"}, "London": {"2018-05": "99"}},
    ),
    "trial limits": invented(months(*["43.1", "44.9"] * 4), unit="rate_per_10000", decimals=1),
    "a new baseline": invented(
        months(*["40", "42"] * 4, *["60", "62"] * 5),
        {"at_most": "61"},
        polarity="low_is_good",
        rebases=[{"from": "2017-08", "reason": "a new service"}],
    ),
}


@pytest.fixture(params=list(AWKWARD))
def awkward(request: pytest.FixtureRequest) -> Invented:
    return AWKWARD[request.param]


def drawn(one: Invented, signals: bool = False) -> canvas.Page:
    """The page of a chart, before the next one is drawn on it."""
    assert chart(one, signals=signals)
    return canvas._page_of(*TREND)


def sparked(one: Invented) -> canvas.Page:
    assert sparkline(one.reported, out=None, stem="spark")
    return canvas._page_of(*SPARK)


def lines(page: canvas.Page, colour: str) -> list[Line2D]:
    """The lines of one colour that have a stroke."""
    found = [line for line in page.axes.lines if to_hex(line.get_color()) == colour.lower()]
    return [line for line in found if line.get_linestyle() != "None"]


def xs(line: Line2D) -> list[float]:
    return [float(x) for x in line.get_xdata()]  # type: ignore[union-attr]


def ys(line: Line2D) -> list[float]:
    return [float(y) for y in line.get_ydata()]  # type: ignore[union-attr]


def words(page: canvas.Page) -> set[str]:
    return {text.get_text().replace("\n", " ") for text in page.axes.texts}


both = pytest.mark.parametrize("signals", [False, True], ids=["plain", "with signals"])


# Words in a chart -----------------------------------------------------------------------------


@both
def test_no_word_of_a_chart_is_cut_off(awkward: Invented, signals: bool) -> None:
    page = drawn(awkward, signals)
    width, height = (side * page.figure.dpi / 72 for side in TREND)
    for text in page.axes.texts:
        box = text.get_window_extent(page.renderer)
        assert box.x0 >= 0 and box.x1 <= width, text.get_text()
        assert box.y0 >= 0 and box.y1 <= height, text.get_text()


@both
def test_no_word_of_a_chart_covers_another(awkward: Invented, signals: bool) -> None:
    page = drawn(awkward, signals)
    boxes = [(t.get_text(), t.get_window_extent(page.renderer)) for t in page.axes.texts]
    assert len(boxes) > 4
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not a.overlaps(b), f"{one} and {other}"


@both
def test_no_line_runs_through_the_names_at_its_end(awkward: Invented, signals: bool) -> None:
    page = drawn(awkward, signals)
    names = [t for t in page.axes.texts if t.get_ha() == "left" and t.get_position()[0] > 1]
    begin = min(t.get_position()[0] for t in names)
    assert max(x for line in page.axes.lines for x in xs(line)) < begin


def test_every_word_is_at_least_9_points(awkward: Invented) -> None:
    assert {text.get_fontsize() for text in drawn(awkward).axes.texts} == {9.0}


def test_each_line_is_named_with_its_last_figure_as_published() -> None:
    assert {"Exampleshire 85.4%", "England 87.2%", "Target 90%†"} <= words(drawn(uptake()))


def test_a_benchmark_of_another_period_names_it() -> None:
    one = invented(months("1", "2", "3", end="2018-03"), benchmarks={"England": {"FY2017-18": "2"}})
    assert "England 2% (2017/18)" in words(drawn(one))


def test_a_provisional_figure_is_marked_and_its_dot_is_hollow() -> None:
    final, provisional = uptake(), uptake(last={"status": "provisional"})
    assert "Exampleshire 85.4% (p)" in words(drawn(provisional))
    assert drawn(provisional).axes.lines[-1].get_markerfacecolor() == "white"
    assert drawn(final).axes.lines[-1].get_markerfacecolor() == ACCENT


def test_a_target_of_the_council_bears_no_dagger() -> None:
    assert "Target 90%" in words(drawn(invented(QUARTERS, {"at_least": "90"})))


def test_without_a_target_none_is_drawn() -> None:
    page = drawn(invented(QUARTERS))
    assert not any("Target" in text for text in words(page))
    assert not lines(page, TARGET) and not page.axes.patches


def test_the_axis_names_its_unit() -> None:
    assert {"80%", "85%"} <= words(drawn(uptake()))
    assert "rate per 10,000" in words(drawn(AWKWARD["long names"]))
    assert "1st" in words(drawn(AWKWARD["a ranking"]))


# Lines ----------------------------------------------------------------------------------------


def test_a_line_breaks_at_a_missing_period() -> None:
    one = invented(months("80", "81", "", "83", "84", "", "86"))
    assert [len(xs(line)) for line in lines(drawn(one), ACCENT)] == [2, 2]
    assert [len(xs(line)) for line in lines(sparked(one), BLUE)] == [2, 2]


def test_a_figure_between_two_gaps_still_has_a_dot() -> None:
    page = sparked(invented(months("80", "", "83", "", "86")))
    dots = [line for line in page.axes.lines if line.get_marker() == "o"]
    assert len(dots) == 4 and not lines(page, BLUE)  # one each, and the larger one of the last


def test_year_to_date_figures_begin_again_in_april() -> None:
    one = invented(months("30", "33", "3", "6", end="2018-05"), basis="year_to_date", unit="count")
    assert [len(xs(line)) for line in lines(sparked(one), BLUE)] == [2, 2]


def test_steps_are_to_scale_in_time() -> None:
    one = invented({"2018-01-01": "1", "2018-02-10": "2", "2018-02-20": "3"}, basis="snapshot")
    (line,) = lines(drawn(one), ACCENT)
    long, short = (b - a for a, b in pairwise(xs(line)))
    assert long == pytest.approx(4 * short)


def test_first_in_a_ranking_is_at_the_top() -> None:
    one = AWKWARD["a ranking"]
    for line in (*lines(drawn(one), ACCENT), *lines(sparked(one), BLUE)):
        values = [float(o.value or 0) for o in one.reported.series]
        higher = [b > a for a, b in pairwise(ys(line))]
        assert higher == [b < a for a, b in pairwise(values)]


def test_lines_are_told_apart_without_colour() -> None:
    one = invented(
        months("90", "91", "92"),
        {"at_least": "95"},
        benchmarks={name: {"2018-04": str(80 + i), "2018-05": str(81 + i)} for i, name in enumerate("ABCD")},
    )
    page = drawn(one)
    styles = {
        colour: str(lines(page, colour)[0]._unscaled_dash_pattern)  # type: ignore[attr-defined]
        for colour in (ACCENT, "#801650", "#F46A25", "#535C6C")
    }
    assert len(set(styles.values())) == 4
    assert {"A 81%", "B 82%", "C 83%"} <= words(page) and "D 84%" not in words(page)


def test_the_better_side_of_a_target_is_shaded() -> None:
    for polarity, target, above in (
        ("high_is_good", {"at_least": "5"}, True),
        ("low_is_good", {"at_most": "5"}, False),
    ):
        page = drawn(invented(months("2", "8", "6"), target, polarity=polarity))
        (box,), (line,) = page.axes.patches, lines(page, TARGET)
        middle = box.get_window_extent().y0 + box.get_window_extent().height / 2
        assert bool(middle > ys(line)[0] * page.figure.dpi / 72) is above


def test_a_small_picture_shows_the_edge_of_a_target_or_the_band_of_a_range() -> None:
    edge = sparked(invented(months("80", "90"), {"at_least": "85"}))
    assert len(lines(edge, TARGET)) == 1 and not edge.axes.patches
    band = sparked(invented(months("80", "90"), {"at_least": "82", "at_most": "85"}))
    assert not lines(band, TARGET) and len(band.axes.patches) == 1


def test_a_small_picture_stays_within_its_cell() -> None:
    for one in AWKWARD.values():
        page = sparked(one)
        for line in page.axes.lines:
            radius = line.get_markersize() / 2 if line.get_marker() == "o" else 0
            assert min(xs(line)) >= radius - 0.01 and max(xs(line)) <= SPARK[0] - radius + 0.01
            assert min(ys(line)) >= radius and max(ys(line)) <= SPARK[1] - radius


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (months(*["5"] * 20), 12),
        ({f"FY20{y}-{y + 1}-Q{q}": "5" for y in (14, 15, 16, 17) for q in (1, 2, 3, 4)}, 9),
        ({f"FY20{y}-{y + 1}": "5" for y in range(10, 18)}, 8),
    ],
)
def test_a_small_picture_shows_the_last_year_or_two(given: dict[str, str], shown: int) -> None:
    (line,) = lines(sparked(invented(given)), BLUE)
    assert len(xs(line)) == shown


# No picture -----------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [("", "80"), ("c", "80"), ("80", "")])
def test_one_figure_is_no_trend(values: tuple[str, str], tmp_path: Path) -> None:
    one = invented(months(*values))
    assert sparkline(one.reported, out=tmp_path, stem="a") is None
    assert chart(one, tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_two_figures_make_a_small_picture_but_no_chart() -> None:
    one = invented(months("80", "81"))
    assert sparkline(one.reported, out=None, stem="a") and chart(one) is None


# Files ----------------------------------------------------------------------------------------


def test_both_files_are_written_and_the_picture_names_one(tmp_path: Path) -> None:
    one = uptake()
    for picture in (chart(one, tmp_path), sparkline(one.reported, out=tmp_path, stem="spark")):
        assert picture and picture.src == f"figures/{picture.stem}.svg"
        assert (tmp_path / picture.src).read_bytes().startswith(b"<svg ")
        assert (tmp_path / picture.src).with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    assert len(list(tmp_path.rglob("*.*"))) == 4


def test_the_words_of_a_picture_are_its_finding() -> None:
    one = uptake()
    big, small = chart(one), sparkline(one.reported, out=None, stem="a")
    assert big and big.alt == alt_text(one.reported, one.view, one.benchmarks)
    assert small and small.alt == spark_alt(one.reported)
    assert "rose from 81% in April to June 2016 to 85.4%" in big.alt


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    picture = sparkline(uptake().reported, out=None, stem="a")
    assert picture and list(tmp_path.iterdir()) == []
    start, data = picture.src.split(",")
    assert start == "data:image/png;base64"
    image = imread(io.BytesIO(base64.b64decode(data)))
    assert image.shape[:2] == (38, 147)  # 150 dots per inch


def test_a_picture_for_print_has_300_dots_per_inch(tmp_path: Path) -> None:
    sparkline(uptake().reported, out=tmp_path, stem="a")
    file = tmp_path / "figures" / "a.png"
    assert imread(file).shape[:2] == (76, 295)
    assert b"pHYs" in file.read_bytes()
    size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', file.with_suffix(".svg").read_text())
    assert size and float(size[1]) <= 2.5 / 2.54 * 72 + 0.01


def test_pictures_are_light(tmp_path: Path) -> None:
    for one in AWKWARD.values():
        assert sparkline(one.reported, out=tmp_path, stem="small") and chart(one, tmp_path, "big")
        assert (tmp_path / "figures" / "small.svg").stat().st_size < 2_600
        assert (tmp_path / "figures" / "big.svg").stat().st_size < 25_000


def test_the_files_name_no_program_date_or_address_to_fetch(tmp_path: Path) -> None:
    chart(uptake(), tmp_path)
    svg = (tmp_path / "figures" / "chart.svg").read_text(encoding="utf-8")
    png = (tmp_path / "figures" / "chart.png").read_bytes()
    assert "atplotlib" not in svg and b"atplotlib" not in png
    assert b"tEXt" not in png and "<metadata" not in svg and "DTD" not in svg
    assert set(re.findall(r'="(https?:[^"]*)"', svg)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_words_stay_words_in_a_font_that_readers_have(tmp_path: Path) -> None:
    chart(uptake(), tmp_path)
    svg = (tmp_path / "figures" / "chart.svg").read_text(encoding="utf-8")
    assert ">Target 90%†</text>" in svg
    assert svg.count("Arial, ") == svg.count("'DejaVu Sans'") == svg.count("<text")


def test_a_folder_that_cannot_be_written_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(ProblemError) as raised:
        sparkline(uptake().reported, out=tmp_path / "taken", stem="a")
    assert raised.value.code is ExitCode.RENDERING
    assert "the picture cannot be written" in str(raised.value)
    assert str(tmp_path) not in str(raised.value)


# The same bytes -------------------------------------------------------------------------------

HOSTILE = {
    "font.family": "serif",
    "lines.antialiased": False,
    "savefig.dpi": 40,
    "svg.hashsalt": "x",
}


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / "figures").iterdir())}


def draw_all(folder: Path) -> dict[str, bytes]:
    """Draw two charts and two small pictures; run in another process too."""
    for name in ("quarters", "a range"):
        assert chart(AWKWARD[name], folder, f"chart-{name}")
        assert sparkline(AWKWARD[name].reported, out=folder, stem=f"spark-{name}")
    return files(folder)


@pytest.fixture
def expected(tmp_path: Path) -> Iterator[dict[str, bytes]]:
    found = draw_all(tmp_path / "expected")
    assert len(found) == 8
    yield found


def test_the_same_figures_give_the_same_bytes(expected: dict[str, bytes], tmp_path: Path) -> None:
    for one in AWKWARD.values():  # whatever was drawn on the page before
        chart(one)
        sparkline(one.reported, out=None, stem="other")
    assert draw_all(tmp_path / "again") == expected


def test_another_process_in_another_country_gives_the_same_bytes(
    expected: dict[str, bytes], tmp_path: Path
) -> None:
    rc = "\n".join(f"{name}: {value}" for name, value in HOSTILE.items())
    (tmp_path / "matplotlibrc").write_text(rc)
    there = {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "lib"), str(ROOT)]),
        "PYTHONHASHSEED": "4242",
        "TZ": "Asia/Tokyo",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "de_DE.UTF-8",
    }
    code = "import sys; from pathlib import Path; from tests.unit import test_charts as t; "
    code += "t.draw_all(Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(tmp_path / "there")]
    subprocess.run(command, cwd=tmp_path, env=os.environ | there, check=True, timeout=120)
    assert files(tmp_path / "there") == expected


def test_settings_of_the_user_neither_change_a_picture_nor_are_changed(
    expected: dict[str, bytes], tmp_path: Path
) -> None:
    with matplotlib.rc_context(HOSTILE):
        before = dict(matplotlib.rcParams)
        assert draw_all(tmp_path / "hostile") == expected
        assert dict(matplotlib.rcParams) == before


def test_figures_are_not_taken_from_the_wrong_picture(expected: dict[str, bytes]) -> None:
    assert len(set(expected.values())) == len(expected)


def test_matplotlib_is_loaded_with_the_first_picture_only() -> None:
    code = "import sys, scrutiny.paper.charts; sys.exit('matplotlib' in sys.modules)"
    env = os.environ | {"PYTHONPATH": str(ROOT / "lib")}
    assert subprocess.run([sys.executable, "-c", code], env=env, timeout=60).returncode == 0


# Where things stand ---------------------------------------------------------------------------


def indicator(unit: str = "percent", decimals: int = 0) -> Indicator:
    given = {"id": "a", "title": "A", "unit": unit, "decimals": decimals}
    return Indicator.model_validate(given | {"polarity": "high_is_good", "frequency": "quarter"})


@pytest.mark.parametrize(
    ("values", "unit", "decimals", "ticks"),
    [
        ("80.5 91", "percent", 1, "80% 85% 90%"),
        ("92 100", "percent", 0, "92% 94% 96% 98% 100%"),
        ("100 100", "percent", 0, "94% 96% 98% 100%"),
        ("3 90", "percent", 0, "0% 20% 40% 60% 80%"),
        ("0 0", "count", 0, "0 1"),
        ("7 7", "count", 0, "6 7 8"),
        ("7 9", "count", 0, "7 8 9"),
        ("985 1204", "count", 0, "900 1,000 1,100 1,200"),
        ("-4 3", "score", 0, "−4 −2 0 2"),
        ("43.1 46.8", "rate_per_10000", 1, "43 44 45 46"),
        ("0.21 0.34", "average", 2, "0.2 0.25 0.3"),
        ("4 120", "rank", 0, "1st 50th 100th"),
        ("990000 1250000", "pounds", 0, "£900,000 £1,000,000 £1,100,000 £1,200,000"),
    ],
)
def test_the_axis_has_round_figures(values: str, unit: str, decimals: int, ticks: str) -> None:
    one = indicator(unit, decimals)
    found = value_ticks([Decimal(v) for v in values.split()], one)
    assert " ".join(tick_words(tick, one) for tick in found) == ticks


@given(st.lists(st.decimals(-1000, 100_000, places=1), min_size=1, max_size=6))
def test_the_first_figure_of_the_axis_is_at_or_below_every_value(values: list[Decimal]) -> None:
    ticks = value_ticks(values, indicator("average", 1))
    assert ticks[0] <= min(values) and len(ticks) <= MOST_TICKS
    assert all(a < b for a, b in pairwise(ticks))


@given(
    st.lists(st.tuples(st.floats(0, 200), st.floats(5, 20)), min_size=1, max_size=5),
)
def test_labels_never_cover_each_other_and_stay_inside(labels: list[tuple[float, float]]) -> None:
    wanted, heights = [w for w, _ in labels], [h for _, h in labels]
    found = spread(wanted, heights, 0, 200, gap=2)
    placed = sorted(zip(found, heights, strict=True))
    for (low, below), (high, above) in pairwise(placed):
        assert high - low >= (below + above) / 2 + 2 - 1e-6
    for middle, height in placed:
        assert middle - height / 2 >= -1e-6 and middle + height / 2 <= 200 + 1e-6


def test_labels_with_room_stay_where_they_belong() -> None:
    assert spread([90, 10, 50], [10, 10, 10], 0, 100) == [90, 10, 50]


@pytest.mark.parametrize(
    ("first", "last", "most", "ticks"),
    [
        ("FY2014-15-Q1", "FY2017-18-Q4", 4, "Q4 2014/15, Q4 2015/16, Q4 2016/17, Q4 2017/18"),
        ("FY2017-18-Q1", "FY2017-18-Q4", 4, "Q1 2017/18, Q2 2017/18, Q3 2017/18, Q4 2017/18"),
        ("2017-06", "2018-05", 5, "August 2017, November 2017, February 2018, May 2018"),
        ("2013-06", "2018-05", 5, "May 2014, May 2015, May 2016, May 2017, May 2018"),
        ("FY2010-11", "FY2017-18", 4, "2011/12, 2013/14, 2015/16, 2017/18"),
        ("FY2010-11", "FY2017-18", 0, "2017/18"),
    ],
)
def test_periods_are_named_as_far_as_there_is_room(first: str, last: str, most: int, ticks: str) -> None:
    start, end = Period.parse(first), Period.parse(last)
    periods = [start.step(i) for i in range(end.index - start.index + 1)]
    found = period_ticks(periods, lambda some: len(some) <= most)
    assert ", ".join(period.label for period in found) == ticks


# Limits and signals -----------------------------------------------------------------------------


def limit_lines(page: canvas.Page) -> list[Line2D]:
    return lines(page, LINE)


def marked(page: canvas.Page) -> list[tuple[str, str]]:
    """Marker and colour of each figure that is singled out, from left to right."""
    singled = {marker for marker, _ in MARKS.values()}
    return [
        (str(line.get_marker()), to_hex(line.get_color()))
        for line in page.axes.lines
        if line.get_marker() in singled and line.get_zorder() == 7
    ]


def test_the_limits_are_dotted_and_named_and_the_mean_is_thin() -> None:
    page = drawn(AWKWARD["a usual range at the top"], signals=True)
    assert [line.is_dashed() for line in limit_lines(page)] == [True, True, False]
    assert "Usual range 94% to 100%" in words(page)


def test_the_limits_of_a_percentage_are_drawn_inside_100() -> None:
    page = drawn(AWKWARD["a usual range at the top"], signals=True)
    top = max(y for line in limit_lines(page) for y in ys(line))
    hundred = next(t.get_position()[1] for t in page.axes.texts if t.get_text() == "100%")
    assert top == pytest.approx(hundred)


def test_trial_limits_say_so() -> None:
    one = AWKWARD["trial limits"]
    assert "Trial limits 39.3 to 48.7 per 10,000" in words(drawn(one, signals=True))
    assert "trial limits: only 8 of the 12 figures that they need" in charted_key(one.reported)


def test_each_baseline_has_limits_of_its_own_that_end_with_it() -> None:
    one = AWKWARD["a new baseline"]
    page = drawn(one, signals=True)
    spans = [(min(xs(line)), max(xs(line))) for line in limit_lines(page)]
    assert len(spans) == 6
    assert {spans[0]} == set(spans[:3]) and {spans[3]} == set(spans[3:])
    assert spans[0][1] < spans[3][0]
    assert marked(page) == []  # as two baselines nothing is singled out
    assert "new baseline: a new service" in charted_key(one.reported)


@pytest.mark.parametrize(
    ("polarity", "last", "kind"),
    [
        ("high_is_good", "70", "improving"),
        ("high_is_good", "52", "concerning"),
        ("low_is_good", "70", "concerning"),
        ("no_judgement", "70", "high"),
        ("no_judgement", "52", "low"),
    ],
)
def test_a_figure_that_is_singled_out_has_a_mark_of_its_own(polarity: str, last: str, kind: Kind) -> None:
    one = invented(months(*["60", "62"] * 6, last), polarity=polarity)
    assert marked(drawn(one, signals=True)) == [(MARKS[kind][0], MARKS[kind][1].lower())]
    assert charted_key(one.reported).endswith(f"{SYMBOLS[kind][0]} {SYMBOLS[kind][1]}")


def test_marks_that_mean_different_things_differ_without_colour() -> None:
    assert MARKS["improving"][0] != MARKS["concerning"][0]
    assert len({MARKS[kind][0] for kind in ("improving", "concerning", "high")}) == 3


def test_those_who_cannot_see_the_chart_are_told_of_limits_and_marks() -> None:
    one = invented(months(*["60", "62"] * 6, "70"))
    picture = chart(one, signals=True)
    assert picture is not None
    assert picture.alt.endswith(
        "Usual range 56% to 68%, one better than usual; last: Improving: above its usual range of 56% to 68%."
    )


def test_without_a_signal_a_chart_is_as_it_was() -> None:
    few, year_to_date = uptake(), invented(months(*["60", "62"] * 6), basis="year_to_date")
    for one in (few, year_to_date):
        assert limit_lines(drawn(one, signals=True)) == []
        plain, asked = chart(one), chart(one, signals=True)
        assert plain == asked
        assert charted_key(one.reported) == ""


def test_a_chart_that_is_not_asked_for_signals_reckons_none() -> None:
    one = invented(months(*["60", "62"] * 6, "70"))
    assert limit_lines(drawn(one)) == []
    assert "signal" not in one.reported.__dict__
