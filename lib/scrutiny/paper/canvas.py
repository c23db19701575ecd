"""The page that pictures are drawn on, measured in points, and how it becomes files.

Nothing outside the figures has a say: the settings and the font are matplotlib's own, and the files
carry neither a date nor the name of a program, so the same figures give the same bytes. Matplotlib
itself is loaded with the first picture.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from scrutiny.errors import ExitCode, Problem, ProblemError

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

CM = 72 / 2.54
FONT = 9.0
"""Size of every word in a chart, in points, at the size in which it is printed."""
SCREEN_FONTS = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif"
"""All before DejaVu Sans are narrower than it, and with it a chart is laid out."""
PRINT_DPI, SCREEN_DPI = 300, 150

Point = tuple[float, float]


@contextmanager
def own_settings() -> Iterator[None]:
    """Matplotlib's own settings and ours for a while, whatever the user's are."""
    import matplotlib

    settings = cast("dict[str, Any]", matplotlib.rcParams)
    default = cast("dict[str, Any]", matplotlib.rcParamsDefault)
    svg = {"svg.hashsalt": "scrutiny", "svg.fonttype": "none"}
    with matplotlib.rc_context():
        for name, value in default.items():
            if name != "backend" and settings[name] != value:
                settings[name] = value
        settings.update(svg)
        yield


@cache
def _font(bold: bool) -> FontProperties:
    """The font that comes with matplotlib, never another copy that the machine may have."""
    import matplotlib
    from matplotlib.font_manager import FontProperties

    file = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans"
    name = f"{file}{'-Bold' if bold else ''}.ttf"
    weight = "bold" if bold else "normal"
    return FontProperties(family="DejaVu Sans", weight=weight, size=FONT, fname=name)


def blank_page(width: float, height: float) -> Page:
    """A page without anything on it; one page of each size serves all pictures, one by one."""
    page = _page_of(width, height)
    page.clear()
    return page


@cache
def _page_of(width: float, height: float) -> Page:
    return Page(width, height)


class Page:
    """A white page measured in points from its lower left corner."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=PRINT_DPI, facecolor="white")
        canvas: Any = FigureCanvasAgg(self.figure)
        self.renderer: RendererAgg = canvas.get_renderer()
        self.axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
        self.axes.set_axis_off()

    def clear(self) -> None:
        """Take everything off the page."""
        for artist in (*self.axes.lines, *self.axes.patches, *self.axes.texts):
            artist.remove()

    def line(self, points: Sequence[Point], colour: str, width: float, **more: Any) -> None:
        """A line, or points with a marker; ``dashes`` in points."""
        from matplotlib.lines import Line2D

        x, y = zip(*points, strict=True)
        dashes = more.pop("dashes", None)
        style: Any = (0, tuple(d / width for d in dashes)) if dashes else more.pop("linestyle", "-")
        ends = {"solid_capstyle": "round", "dash_capstyle": "butt", "solid_joinstyle": "round"}
        look: dict[str, Any] = {"color": colour, "linewidth": width, **ends, **more}
        self.axes.add_line(Line2D(x, y, linestyle=style, clip_on=False, **look))

    def dots(self, points: Sequence[Point], colour: str, size: float, **more: Any) -> None:
        """Dots, or other markers, with a thin white rim."""
        look = {"marker": "o", "markeredgecolor": "white", "markeredgewidth": 0.8, **more}
        self.line(points, colour, 1, linestyle="none", markersize=size, **look)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled box behind everything else."""
        from matplotlib.patches import Rectangle

        look: dict[str, Any] = {"facecolor": colour, "edgecolor": "none", "linewidth": 0}
        self.axes.add_patch(Rectangle((x, y), width, height, zorder=0, clip_on=False, **look))

    def text(self, words: str, x: float, y: float, colour: str, **more: Any) -> Text:
        """Words, their middle at that height."""
        look = {"va": "center", "linespacing": 1.15, "parse_math": False, **more}
        font = _font(look.pop("bold", False))
        return self.axes.text(x, y, words, color=colour, fontproperties=font, **look)

    def size(self, words: str, bold: bool = False) -> Point:
        """Width and height of words, in points."""
        text = self.text(words, 0, 0, "black", bold=bold)
        box = text.get_window_extent(self.renderer)
        text.remove()
        per_point = self.figure.dpi / 72
        return box.width / per_point, box.height / per_point

    def svg(self) -> bytes:
        """The page as SVG, its words as text, without prolog, comments and metadata."""
        buffer = io.BytesIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        self.figure.savefig(buffer, format="svg", metadata=nothing)
        text = buffer.getvalue().decode("utf-8")
        text = re.sub(r"<!--.*?-->\s*", "", text[text.index("<svg") :], flags=re.DOTALL)
        return text.replace("'DejaVu Sans'", SCREEN_FONTS).encode()

    def png(self, dpi: int) -> bytes:
        """The page as PNG."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
        return buffer.getvalue()


def hand_over(page: Page, out: Path | None, stem: str) -> str:
    """Write both files, or make a data URI; either way what the picture's ``src`` says."""
    if out is None:
        return f"data:image/png;base64,{base64.b64encode(page.png(SCREEN_DPI)).decode('ascii')}"
    folder = out / "figures"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{stem}.svg").write_bytes(page.svg())
        (folder / f"{stem}.png").write_bytes(page.png(PRINT_DPI))
    except OSError as error:
        why = error.strerror or str(error)
        raise ProblemError([Problem(
            "cannot-write", f"figures/{stem}", f"the picture cannot be written ({why})",
            "a folder that can be written to", "choose another folder, or change its permissions",
            code=ExitCode.RENDERING,
        )]) from error  # fmt: skip
    return f"figures/{stem}.svg"
