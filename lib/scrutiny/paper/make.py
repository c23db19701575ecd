"""Make a paper: check, execute its notebook, render it, and move everything into place whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrutiny.data.definitions import Council
from scrutiny.errors import ExitCode, Problem, ProblemError, stop_on_errors
from scrutiny.paper.build import Inputs
from scrutiny.paper.child import Child
from scrutiny.paper.history.rests import changed
from scrutiny.paper.history.seal import keep_to_the_seal, read_seal, refuse_another_day
from scrutiny.paper.model import PaperModel
from scrutiny.paper.parameters import read_parameters
from scrutiny.paper.proof import with_all_others
from scrutiny.paper.proofreading import Proofreader
from scrutiny.paper.record import figures_csv
from scrutiny.paper.render import choose_engine, render
from scrutiny.paper.review import NAMES as REVIEW_NAMES
from scrutiny.paper.review import reviewed
from scrutiny.paper.running import execute, model_of
from scrutiny.paper.workshop import Workshop, into_place
from scrutiny.periods import long_date

MADE = ("paper.html", "paper.docx", "paper.ipynb", "paper.json", "figures.csv")
Progress = Callable[[str], None]
Warn = Callable[[list[Problem]], None]


def make(
    root: Path,
    council: str,
    date: str,
    *,
    as_at: str | None = None,
    engine: str = "auto",
    out: Path | None = None,
    formats: tuple[str, ...] = ("html", "docx"),
    review: bool = False,
    child: Child | None = None,
    progress: Progress = lambda _: None,
    warn: Warn = lambda _: None,
    keep_seal: bool = True,
) -> list[Path]:
    """Make one paper.

    A sealed paper is written only if it says what was sealed, wherever it is written; made as at another day into
    another folder it is another paper.

    Parameters
    ----------
    root
        The project's folder.
    council, date
        Name of the council's folder, and of the paper's.
    as_at
        Makes the paper from what was known on this day, as ``2018-09-26``; None takes paper.yml's.
    out
        Folder for the made files; None is the paper's own.
    formats
        Which of ``html`` and ``docx`` to render; none only executes.
    review
        Whether to make review copies too, with what the checks found printed at the place.
    child
        One that is getting ready already to run the notebook; None starts one, or a kernel.
    progress
        Is told what happens next, in words.
    warn
        Is given the warnings and notes, if there are any; they do not stop a paper.
    keep_seal
        Whether a seal counts; to see in what a paper differs from it, it does not.

    Returns
    -------
    list of Path
        The made files, in the order of `MADE`; review copies last.

    Raises
    ------
    ProblemError
        With every problem; then nothing has been written.
    """
    if formats:
        choose_engine(engine)
    read = read_parameters({"council": council, "meeting_date": date, "as_at": as_at, "out": None})
    progress("checking")
    try:
        inputs = Inputs(root, council, date, read.as_at)
        proofreader = Proofreader(inputs)
        found = [*inputs.problems, *stop_on_errors(proofreader.read())]
    except ProblemError as error:
        raise with_all_others(error, root, council, date, as_at) from None
    if found:
        warn(found)
    name, target = inputs.catalogue.name_of(inputs.path), out or inputs.path
    seal = read_seal(inputs.path, root) if keep_seal and not (as_at and out) else None
    refuse_another_day(seal, inputs.day, name)
    with Workshop(target, root) as folder:
        progress("executing the notebook")
        notebook = root / "notebooks" / f"{inputs.committee.notebook}.ipynb"
        try:
            asked = {"council": council, "meeting_date": date, "as_at": as_at}
            executed = execute(notebook, asked, folder, child)
        except ProblemError as error:
            raise with_all_others(error, root, council, date, as_at) from None
        model = _asked_for(model_of(executed, f"notebooks/{notebook.name}"), inputs, notebook)
        late = stop_on_errors([p for p in proofreader.read(model) if p not in found])
        if seal is not None:
            keep_to_the_seal(seal, model, name, lambda seal: changed(seal, inputs))
        if late:
            warn(late)
        colours = own_colours(inputs.folder.council.as_at(inputs.day))
        fronted = with_front_matter(executed, model, colours)
        (folder / "paper.ipynb").write_bytes(_notebook_bytes(fronted))
        (folder / "paper.json").write_bytes(model.canonical().encode())
        (folder / "figures.csv").write_bytes(figures_csv(model).encode())
        if formats:
            progress("rendering")
            copy = reviewed(fronted, model, name, [*found, *late]) if review else None
            _render(root, council, folder, engine, formats, copy)
        return into_place(folder, target, (*MADE, *REVIEW_NAMES.values()), "figures")


def _render(
    root: Path, council: str, folder: Path, engine: str, formats: tuple[str, ...], review: Any | None
) -> None:
    """Render the executed notebook of a folder, and a review copy of it beside it."""
    templates = root / "reports" / "templates"
    notebooks = {folder / "paper.ipynb": folder}
    if review is not None:
        aside = folder / "review.ipynb"  # beside the pictures that it shows
        aside.write_bytes(_notebook_bytes(review))
        notebooks[aside] = folder / "review"
    for notebook, out in notebooks.items():
        render(
            notebook,
            out,
            engine=engine,
            templates=templates,
            formats=formats,
            project_dir=root,
            reference=templates / council / "reference.docx",
        )
    for name, renamed in REVIEW_NAMES.items():
        if (folder / "review" / name).exists():
            (folder / "review" / name).replace(folder / renamed)


def _asked_for(model: PaperModel, inputs: Inputs, notebook: Path) -> PaperModel:
    """The model, if it is of the paper that was asked for: a notebook can set its parameters anew."""
    settings, council = inputs.settings, inputs.folder.council.base.id
    asked = (council, settings.meeting_date.isoformat(), inputs.day.isoformat())
    made = (model.council.id, model.meeting_date, model.as_at)
    if (*made, model.committee.id) == (*asked, settings.committee):
        return model
    problem = Problem(
        "another-paper",
        f"notebooks/{notebook.name}",
        "the notebook made the paper of {} for {}, as at {}".format(*made),
        "the paper of {} for {}, as at {}".format(*asked),
        "let no cell but the one tagged 'parameters' set council, meeting_date or as_at",
        code=ExitCode.RENDERING,
    )
    raise ProblemError([problem])


def own_colours(council: Council) -> str:
    """A council's own colours for filter and Word pass: ``accent 5B2A86 green 0A5A40 CFEBDD``; empty without any."""
    said = [] if council.accent == Council.model_fields["accent"].default else [f"accent {council.accent}"]
    said += [f"{style} {shade.text} {shade.fill}" for style, shade in sorted(council.colours.items())]
    return " ".join(said).replace("#", "")


def with_front_matter(notebook: Any, model: PaperModel, colours: str = "") -> Any:
    """Put the paper's metadata in front as a raw cell, where both engines look for it."""
    import datetime as dt

    import nbformat
    import yaml

    from scrutiny.periods import Period

    meeting = dt.date.fromisoformat(model.meeting_date)
    part = "Part II" if model.exempt else "Part I"
    front = {
        "title": model.title,
        "subtitle": f"{model.council.name} · {model.committee.name} · {long_date(meeting)} · {part}",
        "pagetitle": f"{model.title} – {model.committee.name}, {long_date(meeting)}",
        "lang": "en-GB",
        "description": f"{model.title} for the meeting of {long_date(meeting)}",
        "council": model.council.name,
        "committee": model.committee.name,
        "meeting-date": model.meeting_date,
        "meeting-date-words": long_date(meeting),
        "reporting-period-words": Period.parse(model.reporting_period).span,
        "as-at-words": long_date(dt.date.fromisoformat(model.as_at)),
    }
    if colours:
        front["colours"] = colours
    text = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=1000)
    cell = nbformat.v4.new_raw_cell(f"---\n{text}---", id="front-matter")
    notebook.cells.insert(0, cell)
    return notebook


def _notebook_bytes(notebook: Any) -> bytes:
    import nbformat

    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()
