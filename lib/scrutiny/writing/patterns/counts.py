"""Counts in words, and verbs that agree with them."""

from __future__ import annotations

from scrutiny.writing.words import in_words


def counted(
    count: int,
    nouns: tuple[str, str],
    verbs: tuple[str, str] = ("", ""),
    *,
    of: int | None = None,
    up_to: int = 10,
) -> str:
    """Say how many: ``one measure is``, ``three of the four measures are``, ``no measures are``.

    Parameters
    ----------
    count
        Whole number, 0 or more.
    nouns, verbs
        For one and for several.
    of
        How many there are in all: ``both measures are``, ``all four measures are``, ``none of the four measures is``.
        None leaves the total out.
    up_to
        Whole numbers up to this are written in words.

    Raises
    ------
    ValueError
        If the count is below 0, or above the total.

    Examples
    --------
    >>> counted(3, ("indicator", "indicators"), ("has been", "have been"), of=4)
    'three of the four indicators have been'
    """
    if count < 0 or (of is not None and count > of):
        raise ValueError(f"{count} of {of if of is not None else 'any'} is not a count")
    one, many = nouns
    number = in_words(count, up_to)
    if of is None or of == 0:
        subject, plural = f"{number if count else 'no'} {one if count == 1 else many}", count != 1
    elif of == 1 and not count:
        subject, plural = f"no {one}", False
    elif count == of:
        all_of = {1: f"the only {one}", 2: f"both {many}"}
        subject, plural = all_of.get(of, f"all {in_words(of, up_to)} {many}"), of != 1
    else:
        total = f"the {in_words(of, up_to)} {many}"
        subject, plural = f"{number if count else 'none'} of {total}", count > 1
    return f"{subject} {verbs[plural]}".rstrip()
