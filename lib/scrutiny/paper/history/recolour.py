"""Recolour: rate a paper's figures again by another scheme, or with other tolerances, and write nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scrutiny.data.dated import Dated
from scrutiny.data.frameworks import Framework, Row
from scrutiny.data.schemes import Scheme, Width
from scrutiny.data.soundness import check_row
from scrutiny.errors import ExitCode, Problem, ProblemError, closest, shown, stop_on_errors
from scrutiny.paper.build import Inputs
from scrutiny.paper.history.causes import alike
from scrutiny.paper.history.moves import rule, scheme_words, state
from scrutiny.paper.history.recolouring import Kept, Recoloured, Recolouring, Trial
from scrutiny.paper.history.subjects import agreed_widths, illustrative, subject
from scrutiny.paper.model import Named
from scrutiny.paper.parameters import read_parameters
from scrutiny.paper.proof import with_all_others
from scrutiny.rating.changes import agreed
from scrutiny.rating.rate import NotRated, Rating, not_rated
from scrutiny.rating.table import RatedView, Rater, Reported

ALL = ""
"""Stands for every indicator that has a tolerance."""
_WIDTHS = "a width such as '3 points', '10%' or 'floor 80', alone or as INDICATOR=WIDTH"


def recolour(
    root: Path,
    council: str,
    date: str,
    *,
    scheme: str | None = None,
    tolerances: Sequence[str] = (),
    as_at: str | None = None,
) -> Recolouring:
    """Rate what a paper reports by another rule.

    Parameters
    ----------
    root
        The project's folder.
    council, date
        Name of the council's folder, and of the paper's.
    scheme
        Id of one of the council's schemes; None keeps the framework's.
    tolerances
        Each a width (``3 points``) for every indicator that has a tolerance, or ``INDICATOR=WIDTH`` for one, by its id
        or printed number.
    as_at
        Replaces the as-at date of paper.yml; None keeps it.

    Raises
    ------
    ProblemError
        Everything that the checks of definitions refuse of the other rule (exit code 10); a scheme or indicator that
        there is not (12); a width that cannot be read (2).
    """
    read = read_parameters({"council": council, "meeting_date": date, "as_at": as_at, "out": None})
    try:
        inputs = Inputs(root, council, date, read.as_at, complete=False)
        view = inputs.views()["current"]
    except ProblemError as error:
        raise with_all_others(error, root, council, date, as_at) from None
    tried, problems = _scheme(inputs, view, scheme)
    widths = _widths(view, tolerances, problems)
    stop_on_errors(problems)
    rows = {r.indicator.id: _row(view, r, widths) for r in view.rows}
    stop_on_errors([*_unsound(inputs, view, rows, tried), *_unused(widths, tried)])
    return _recolouring(inputs, date, view, _tried(inputs, view, rows, tried), widths)


def _scheme(inputs: Inputs, view: RatedView, name: str | None) -> tuple[Scheme, list[Problem]]:
    """The scheme that is tried; the framework's own, with a problem, where there is none of that name."""
    if name is None:
        return view.scheme, []
    dated = inputs.folder.schemes.get(name)
    if dated is not None:
        return dated.as_at(inputs.day), []
    found, do = f"there is no scheme '{shown(name)}'", closest(name, inputs.folder.schemes)
    expected = "a scheme of the council"
    return view.scheme, [Problem("option", "--scheme", found, expected, do, code=ExitCode.UNKNOWN)]


def _widths(view: RatedView, given: Sequence[str], problems: list[Problem]) -> dict[str, Width]:
    """The tolerances to try by the id of their indicator; under the empty name that of all."""
    names = {r.indicator.id: r.indicator.id for r in view.rows}
    names |= {r.row.number: r.indicator.id for r in view.rows if r.row.number}
    found: dict[str, Width] = {}
    for text in given:
        name, equals, words = (part.strip() for part in text.rpartition("="))
        if equals and name not in names:
            said, do = f"there is no indicator '{shown(name)}'", closest(name, names)
            problems.append(
                _problem("unknown-indicator", said, "a printed number or an id", do, ExitCode.UNKNOWN)
            )
            continue
        place = names[name] if equals else ALL
        try:
            width = Width.parse(words)
        except ValueError:
            problems.append(_problem("option", f"'{shown(text)}'", _WIDTHS, "write it so", ExitCode.USAGE))
            continue
        if place in found:
            said = f"two tolerances for {name or 'all indicators'}"
            problems.append(_problem("option", said, "one of each", "leave one out", ExitCode.USAGE))
        found[place] = width
    return found


def _problem(check: str, found: str, expected: str, do: str, code: ExitCode) -> Problem:
    return Problem(check, "--tolerance", found, expected, do, code=code)


def _row(view: RatedView, r: Reported, widths: Mapping[str, Width]) -> Row:
    """The row as agreed, with the tolerance to try."""
    row = agreed(view, r).model_copy(update={"versions": []})
    width = widths.get(r.indicator.id) or (widths.get(ALL) if row.tolerance is not None else None)
    return (
        row if width is None else row.model_copy(update={"tolerance": width, "tolerance_illustrative": False})
    )


def _unsound(inputs: Inputs, view: RatedView, rows: Mapping[str, Row], scheme: Scheme) -> Iterator[Problem]:
    """What the checks of definitions refuse of the rows by this scheme; a width that it leaves unused is no matter."""
    dated = inputs.folder.frameworks[view.framework.id]
    for r in view.rows:
        for check, key, found, expected, do in check_row(r.indicator, rows[r.indicator.id], scheme):
            if check == "unused-width":
                continue
            if check == "missing-width" and key == "tolerance":
                do = f"{do}, or try one: --tolerance {r.indicator.id}='5 points'"
            said = f"{r.row.number} {r.indicator.name}: {found}".lstrip()
            yield Problem(check, _where(dated, r, key), said, expected, do, code=ExitCode.DEFINITIONS)


def _where(dated: Dated[Framework], r: Reported, key: str) -> str:
    """The place of a row's key in its framework's file; of a row that came with a version, the versions."""
    assert dated.document is not None
    places = [row.indicator for row in dated.base.rows]
    if r.indicator.id not in places:
        return dated.document.where(("versions",))
    return dated.document.where(("rows", places.index(r.indicator.id), *key.split(".")))


def _unused(widths: Mapping[str, Width], scheme: Scheme) -> Iterator[Problem]:
    if widths and "tolerance" not in scheme.named_widths:
        found = f"a tolerance, which scheme '{scheme.id}' does not use"
        do = "leave --tolerance out, or try another scheme"
        yield _problem(
            "unused-width", found, "a tolerance only for a scheme with one", do, ExitCode.DEFINITIONS
        )


def _tried(inputs: Inputs, view: RatedView, rows: Mapping[str, Row], scheme: Scheme) -> RatedView:
    """The view as the other rule rates it."""
    rater = Rater(inputs.catalogue, inputs.folder, inputs.store.as_at(inputs.day))
    rated = []
    for r in view.rows:
        row = rows[r.indicator.id]
        rating = _left(r, scheme) if _is_kept(r, view, scheme) else r.rating
        if r.rating.origin != "published":
            rating = rater.rated(row, view.framework, scheme, view.period)
        rated.append(replace(r, row=row, rating=rating))
    return replace(view, scheme=scheme, rows=tuple(rated))


def _is_kept(r: Reported, view: RatedView, scheme: Scheme) -> bool:
    """Whether a rating is the council's own, and another rule has nothing to rate again."""
    return r.rating.origin == "published" and rule(scheme) != rule(view.scheme)


def _left(r: Reported, scheme: Scheme) -> Rating:
    value = r.outturn is not None and r.outturn.value is not None
    return not_rated(NotRated.TARGET_NOT_PUBLISHED if value else NotRated.NOT_PUBLISHED, scheme=scheme)


def _recolouring(
    inputs: Inputs, date: str, view: RatedView, tried: RatedView, widths: Mapping[str, Width]
) -> Recolouring:
    body = next(b for b in inputs.people.bodies if b.id == inputs.committee.body)
    kept = [r for r in view.rows if _is_kept(r, view, tried.scheme)]
    changed = [
        _recoloured(view, then, here)
        for then, here in zip(view.rows, tried.rows, strict=True)
        if then not in kept and not alike(then.rating, here.rating)
    ]
    return Recolouring(
        council=Named(id=view.council.id, name=view.council.name),
        committee=Named(id=inputs.committee.id, name=body.name),
        date=date,
        title=inputs.settings.title,
        as_at=inputs.day.isoformat(),
        period=view.period.span,
        tolerances={name: str(width) for name, width in widths.items()},
        before=_trial(view),
        now=_trial(tried),
        changed=changed,
        unchanged=len(view.rows) - len(changed) - len(kept),
        kept=[_kept(r) for r in kept],
    )


def _recoloured(view: RatedView, then: Reported, here: Reported) -> Recoloured:
    row = agreed(view, then)
    return Recoloured(
        **subject(view.name, then),
        before=state(then.rating),
        now=state(here.rating),
        tolerance_before=agreed_widths(row),
        tolerance_now=agreed_widths(here.row),
        illustrative=illustrative((row, then)),
    )


def _kept(r: Reported) -> Kept:
    why = "the council's own rating: the figure, or its target, was not published"
    return Kept(**subject("current", r), rating=f"{r.rating.symbol} {r.rating.word}", why=why)


def _trial(view: RatedView) -> Trial:
    unrated = len(view.counted) - sum(view.counts.values())
    return Trial(scheme=scheme_words(view.scheme), counts=view.counts, not_rated=unrated)
