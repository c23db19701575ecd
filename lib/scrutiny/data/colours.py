"""Colours of a council: whether a reader can tell the words from what they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scrutiny.data.definitions import Council, Shade
from scrutiny.data.yamlfile import Document
from scrutiny.errors import ExitCode, Problem
from scrutiny.figures import round_half_away

LEAST = Decimal("4.5")
"""Contrast that text of ordinary size needs. Source: WCAG 2.2, success criterion 1.4.3 (level AA)."""
WHITE = "#FFFFFF"


def contrast(one: str, other: str) -> Decimal:
    """The contrast of two colours: 1 for equal ones, 21 for black on white.

    Parameters
    ----------
    one, other
        Colours written ``#12436D``.

    Examples
    --------
    >>> contrast("#000000", "#FFFFFF") == 21
    True

    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + Decimal("0.05")) / (darker + Decimal("0.05"))


def _luminance(colour: str) -> Decimal:
    shares = [Decimal(int(colour[i : i + 2], 16)) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        s / Decimal("12.92")
        if s <= Decimal("0.04045")
        else ((s + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
        for s in shares
    )
    return Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue


def check_colours(council: Council, document: Document | None) -> Iterator[Problem]:
    """Every colour of a council on which its words could not be read."""
    pairs: list[tuple[tuple[str, ...], str, Shade]] = [
        (
            ("accent",),
            "the accent colour, in which headings are written",
            Shade(text=council.accent, fill=WHITE),
        ),
        *(
            (("colours", style), f"the words of {style} ratings", shade)
            for style, shade in council.colours.items()
        ),
    ]
    for path, what, shade in pairs:
        found = contrast(shade.text, shade.fill)
        if found < LEAST:
            assert document is not None
            yield Problem(
                "contrast",
                document.where(path),
                f"{what}: {shade.text} on {shade.fill} has a contrast of {round_half_away(found, 1)} to 1",
                f"{LEAST} to 1 or more, so that everybody can read them",
                "take a darker colour for the text, or a lighter one to fill the cell",
                code=ExitCode.DEFINITIONS,
            )
