"""A council's own colours in a Word paper, where its styles still have the project's."""

from __future__ import annotations

from scrutiny.paper.reference_styles import ACCENT, RATING_COLOURS
from scrutiny.paper.word_xml import Element, q


def recolour(styles: Element, said: str) -> None:
    """Put a council's colours into the styles, in place; doing it again changes nothing.

    A style that a council changed in its own reference document has another colour than the project's, and keeps it.

    Parameters
    ----------
    styles
        The document's styles.
    said
        What the front matter says: ``accent 5B2A86 green 0A5A40 CFEBDD``, each rating style with the colour of its
        words and of its cell; empty for none.
    """
    words = said.split()
    known = {"accent": 1, **{name.lower(): 2 for name in RATING_COLOURS}}
    while words and words[0] in known:
        name, count = words[0], known[words[0]]
        colours, words = words[1 : count + 1], words[count + 1 :]
        if name == "accent":
            _accent(styles, colours[0])
        else:
            _rating(styles, name.capitalize(), colours)


def _accent(styles: Element, colour: str) -> None:
    for style in styles.iter(q("w:style")):
        if not style.get(q("w:styleId")).startswith("RAG"):
            for element in style.iter():
                _exchange(element, ACCENT, colour)


def _rating(styles: Element, word: str, colours: list[str]) -> None:
    for style in styles.iter(q("w:style")):
        if style.get(q("w:styleId")) == f"RAG{word}":
            for element in style.iter():
                for before, after in zip(RATING_COLOURS[word], colours, strict=True):
                    _exchange(element, before, after)


def _exchange(element: Element, before: str, after: str) -> None:
    for key in (q("w:val"), q("w:color"), q("w:fill")):
        if element.get(key) == before:
            element.set(key, after)
