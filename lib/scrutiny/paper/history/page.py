"""Page: compared papers as one HTML file that stands alone."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scrutiny.paper.history import lines
from scrutiny.paper.history.compared import Compared

_HERE = Path(__file__).parent
TEMPLATE = "compared.html.j2"


def page(compared: Compared) -> str:
    """Compared papers as an accessible page: no script, and nothing that is fetched.

    Parameters
    ----------
    compared
        What differs; where nothing does, the page says so.
    """
    environment = Environment(
        loader=FileSystemLoader(_HERE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["each"] = lambda items, line: [line(item) for item in items]
    return environment.get_template(TEMPLATE).render(d=compared, lines=lines)
