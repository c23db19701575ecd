"""Finish an HTML paper: stylesheet and pictures go into the file, so that it stands alone."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from re import Match
from urllib.parse import unquote

_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
_STYLESHEET = re.compile(r'<link[^>]*?rel="stylesheet"[^>]*?>')
_HREF = re.compile(r'href="([^"]*)"')
_PICTURE = re.compile(r'(<img\b[^>]*?\bsrc=")([^":]+)(")')


def finish_page(html: str, folder: Path, templates: Path) -> str:
    """Return the page with its stylesheet and pictures inside; finishing it again changes nothing.

    Parameters
    ----------
    html
        A page as pandoc or Quarto wrote it with the project's template.
    folder
        Where the page's pictures lie, relative to which it names them.
    templates
        Where the stylesheet lies that the page links to.

    Raises
    ------
    FileNotFoundError
        A picture or the stylesheet is not there.
    """
    page = _STYLESHEET.sub(_style_from(templates), html.replace("\r\n", "\n"))
    return _PICTURE.sub(_picture_from(folder), page)


def _style_from(templates: Path) -> Callable[[Match[str]], str]:
    def embed(link: Match[str]) -> str:
        href = _HREF.search(link[0])
        name = Path(unquote(href[1])).name if href else ""
        return f"<style>\n{(templates / name).read_text('utf-8').strip()}\n</style>"

    return embed


def _picture_from(folder: Path) -> Callable[[Match[str]], str]:
    seen: dict[str, str] = {}

    def embed(picture: Match[str]) -> str:
        source = picture[2]
        if source not in seen:
            path = folder / unquote(source)
            data = base64.b64encode(path.read_bytes()).decode("ascii")
            seen[source] = f"data:{_TYPES.get(path.suffix, 'image/png')};base64,{data}"
        return f"{picture[1]}{seen[source]}{picture[3]}"

    return embed
