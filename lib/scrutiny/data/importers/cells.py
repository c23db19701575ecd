"""Cells of official files: a figure, or the symbol that stands instead of one.

Figures stay text until they are `Decimal`; nothing goes through a binary number, but for one thing: a figure printed
with 16 digits or more (``9.3699999999999992``) *is* a printed binary number, and the shortest decimal that names the
same one is what was meant (``9.37``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scrutiny.figures import parse_figure

SYMBOLS: dict[str, str] = {
    **{symbol: symbol for symbol in ("c", "k", "low", "u", "x", "z")},
    **{"NULL": "x", ":": "x", "..": "x", "": "x", ".": "z"},
}
"""Symbols of Explore Education Statistics and of the department's older files, and what they are in the project.

Source: the DfE's children's social care dashboard; ``.`` in old files of exclusions: the authority did not exist.
"""

_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"[-+]?\d(?:\.\d+)?[eE][-+]?\d{1,2}", re.ASCII)
_PRINTED_BINARY = 16  # significant digits from which on a figure is a binary number written out
_PADDED = 6  # decimals from which on zeros at the end are padding


@dataclass(frozen=True)
class Cell:
    """What a cell holds.

    Parameters
    ----------
    value
        The figure; None where there is a symbol.
    symbol
        As the project writes it; empty where there is a figure.
    published
        What stands in the file, if the symbol is another there.
    """

    value: Decimal | None = None
    symbol: str = ""
    published: str = ""


def read_cell(text: str, symbols: Mapping[str, str]) -> Cell:
    """Read a cell.

    Parameters
    ----------
    text
        Spaces around it do not count.
    symbols
        Every symbol that may stand there, and what it is in the project.

    Raises
    ------
    ValueError
        Neither a figure nor a known symbol.

    Examples
    --------
    >>> read_cell("9.3699999999999992", SYMBOLS).value
    Decimal('9.37')
    >>> read_cell("NULL", SYMBOLS)
    Cell(value=None, symbol='x', published='NULL')
    """
    written = text.strip()
    if written in symbols:
        symbol = symbols[written]
        return Cell(None, symbol, "" if written == symbol else written or "a blank")
    return Cell(figure(written))


def figure(written: str) -> Decimal:
    """Read a figure as files write it: thousands separators, exponents and the noise of binary numbers are taken off.

    Raises
    ------
    ValueError
        Not a figure.
    """
    if _THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    if not _PLAIN.fullmatch(written) and not _SCIENTIFIC.fullmatch(written):
        raise ValueError(f"'{written}' is not a figure")
    digits = len(re.split(r"[eE]", written)[0].lstrip("+-0.").replace(".", ""))
    if digits >= _PRINTED_BINARY and "." in written:
        return parse_figure(f"{Decimal(repr(float(written))):f}")
    value = parse_figure(f"{Decimal(written):f}")
    exponent = value.as_tuple().exponent
    padded = isinstance(exponent, int) and -exponent > _PADDED
    return parse_figure(f"{value.normalize():f}") if padded else value
