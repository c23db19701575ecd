"""Quarto: its settings, the hooks, and the same paper from both engines.

What needs Quarto itself is skipped where it is not installed. The way round it (the folder that a
paper is rendered in, the passes afterwards, faults) is tested with a stand-in program that reads
the same settings and does with pandoc what Quarto does: it wraps each cell's output in Divs.
"""

from __future__ import annotations

import os
import re
import runpy
import shutil
import stat
import subprocess
import sys
from fnmatch import fnmatch

import docx
import pytest
import yaml

from scrutiny.errors import ExitCode, ProblemError
from scrutiny.paper.finish import finish
from scrutiny.paper.render import READER, RENDERING_FOLDER, pandoc_command, render
from tests.unit.sample_paper import TEMPLATES, write_notebook

PROJECT = TEMPLATES.parents[1]
SETTINGS = yaml.safe_load((PROJECT / "_quarto.yml").read_text("utf-8"))
HOOK = TEMPLATES / "quarto_pre_render.py"

needs_quarto = pytest.mark.skipif(
    shutil.which("quarto") is None, reason="Quarto is not installed: `quarto` is not on the path"
)


# The settings


def test_notebooks_are_never_executed_by_quarto():
    assert SETTINGS["execute"]["enabled"] is False


def test_both_engines_read_the_markdown_with_the_same_options():
    assert SETTINGS["from"] == READER == "markdown-smart-markdown_in_html_blocks"


def test_the_filter_runs_after_quartos_own_and_tables_are_left_to_it():
    assert SETTINGS["filters"] == [{"at": "post-quarto", "path": "reports/templates/paper.lua"}]
    assert SETTINGS["html-table-processing"] == "none"
    assert SETTINGS["syntax-highlighting"] == "none"


def test_every_file_that_the_settings_name_is_there():
    html, word = SETTINGS["format"]["html"], SETTINGS["format"]["docx"]
    hooks = [SETTINGS["project"]["pre-render"], SETTINGS["project"]["post-render"]]
    named = [html["template"], html["css"], word["reference-doc"], *hooks]
    named += [entry["path"] for entry in SETTINGS["filters"]]
    assert [name for name in named if not (PROJECT / name).is_file()] == []
    assert html["minimal"] is True
    assert html["section-divs"] is False  # pandoc's own default


def test_outputs_stay_beside_their_notebooks():
    assert "output-dir" not in SETTINGS["project"]


def test_the_render_list_covers_made_papers_and_the_folder_of_a_rendering():
    globs = SETTINGS["project"]["render"]
    assert globs == ["/reports/**/paper.ipynb"]  # the slash: from the project's own folder
    for path in ("reports/exampleshire/2018-09-26", f"reports/{RENDERING_FOLDER}x1"):
        assert fnmatch(f"/{path}/paper.ipynb", globs[0])
    # Quarto leaves out what starts with a dot or an underscore, whatever the list says
    assert not RENDERING_FOLDER.startswith((".", "_"))


def test_the_template_takes_nothing_of_quartos_head():
    template = (TEMPLATES / "page.html").read_text("utf-8")
    assert template.startswith("<!DOCTYPE html>")  # Quarto drops the lower-case one
    assert "header-includes" not in template
    assert "<script" not in template


def test_nothing_in_the_project_passes_parameters_or_executes_through_quarto():
    library = "\n".join(p.read_text("utf-8") for p in (PROJECT / "lib").rglob("*.py"))
    hooks = HOOK.read_text("utf-8") + (TEMPLATES / "quarto_post_render.py").read_text("utf-8")
    commands = re.findall(r'"render",[^\]]*', library)
    assert commands
    assert not [c for c in commands if re.search(r'"(-P|--execute\S*|--no-execute)"', c)]
    assert not re.search(r'"(-P|--execute)"', hooks)


def test_code_is_neither_asked_for_nor_let_through():
    assert SETTINGS["execute"] == {"enabled": False, "echo": False, "warning": False}
    wrapped = (
        '::: {.cell execution_count=3}\n``` {.python .cell-code}\npaper.section("risk")\n```\n\n'
        "::: {.cell-output .cell-output-display}\n## Risk\n:::\n:::\n"
    )
    command = [str(pandoc_command()), f"--lua-filter={TEMPLATES / 'paper.lua'}", "--to=plain"]
    shown = subprocess.run(command, input=wrapped, capture_output=True, text=True, check=True).stdout
    assert shown.split() == ["Risk"]


# The hooks


def hook(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, object]:
    for name in [n for n in os.environ if n.startswith("QUARTO_")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(HOOK))


def test_missing_papers_are_executed_when_the_whole_project_is_rendered(monkeypatch):
    made = hook(monkeypatch, QUARTO_PROJECT_RENDER_ALL="1")
    assert made["is_wanted"]()
    assert made["COMMAND"] == ("-m", "scrutiny", "execute", "--missing")


def test_nothing_is_executed_when_one_paper_is_rendered(monkeypatch):
    assert not hook(monkeypatch)["is_wanted"]()


def test_nothing_is_executed_when_scrutiny_renders_the_only_paper(monkeypatch):
    # a single file in the render list counts as the whole project
    rendering = f"reports/{RENDERING_FOLDER}x1/paper.ipynb"
    made = hook(monkeypatch, QUARTO_PROJECT_RENDER_ALL="1", QUARTO_PROJECT_INPUT_FILES=rendering)
    assert not made["is_wanted"]()


def test_long_lists_of_files_may_come_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "inputs").write_text("a/paper.ipynb\nb/paper.ipynb\n", "utf-8")
    name = {"QUARTO_USE_FILE_FOR_PROJECT_INPUT_FILES": str(tmp_path / "inputs")}
    assert hook(monkeypatch, **name)["files"]("INPUT") == ["a/paper.ipynb", "b/paper.ipynb"]


def test_the_hook_runs_the_library_whether_or_not_it_is_installed(monkeypatch):
    run = hook(monkeypatch, PYTHONPATH="")["run"]
    assert run("-c", "import scrutiny.paper.finish") == 0
    assert run("-c", "raise SystemExit(3)") == 3


# The way round Quarto, with a stand-in

STAND_IN = """#!{python}
import json, os, subprocess, sys
from pathlib import Path
import yaml
assert sys.argv[1] == "render" and "-P" not in sys.argv and "--execute" not in sys.argv
project, source = Path.cwd(), Path(sys.argv[2])
said = yaml.safe_load((project / "_quarto.yml").read_text("utf-8"))
if (project / "fail").exists():
    sys.exit("ERROR: Quarto says no to " + str(source.resolve()))
cells = json.loads(source.read_text("utf-8"))["cells"]
pieces = ["".join(cells[0]["source"])]
for cell in cells[1:]:
    for output in cell["outputs"]:
        text = "".join(output["data"].get("text/markdown", ""))
        cell_divs = "::: {{.cell execution_count=1}}\\n::: {{.cell-output .cell-output-display}}\\n"
        pieces.append(cell_divs + text + "\\n:::\\n:::")
for form in sys.argv[sys.argv.index("--to") + 1].split(","):
    settings = said["format"][form]
    command = [{pandoc!r}, "--from=" + said["from"], "--to=" + form.replace("html", "html5"),
               "--output=" + str(source.with_suffix("." + form).resolve()), "--wrap=none",
               "--lua-filter=" + str(project / said["filters"][0]["path"])]
    if form == "html":
        command += ["--template=" + str(project / settings["template"]),
                    "--css=../../" + settings["css"]]
    else:
        command += ["--reference-doc=" + str(project / settings["reference-doc"])]
    subprocess.run(command, input="\\n\\n".join(pieces).encode(), cwd=source.parent, check=True)
(project / "called").write_text(" ".join(sys.argv[1:]) + "\\n" + os.environ["SOURCE_DATE_EPOCH"])
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with the settings and templates, and a stand-in for Quarto on the path."""
    if os.name == "nt":
        pytest.skip("the stand-in is a script that Windows does not start")
    root = tmp_path / "project"
    (root / "reports").mkdir(parents=True)
    shutil.copy(PROJECT / "_quarto.yml", root)
    shutil.copytree(TEMPLATES, root / "reports" / "templates")
    program = tmp_path / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(python=sys.executable, pandoc=str(pandoc_command())))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    return root


def test_quarto_renders_in_a_folder_of_the_project_that_its_list_covers(project, tmp_path):
    notebook = write_notebook(tmp_path / "notebook")
    templates = project / "reports" / "templates"
    written = render(notebook, tmp_path / "out", engine="quarto", templates=templates)
    assert [path.name for path in written] == ["paper.html", "paper.docx"]
    called, epoch = (project / "called").read_text().splitlines()
    assert re.fullmatch(rf"render reports/{RENDERING_FOLDER}\w+/paper\.ipynb --to html,docx --quiet", called)
    assert epoch == "1537920000"  # the meeting's day
    assert [path.name for path in (project / "reports").iterdir()] == ["templates"]
    assert sorted(path.name for path in (tmp_path / "notebook").iterdir()) == [
        "figures",
        "paper.ipynb",
    ]


def test_the_engines_give_the_same_page_and_the_same_word_paper(project, tmp_path):
    notebook = write_notebook(tmp_path / "notebook")
    for engine in ("quarto", "pandoc"):
        render(notebook, tmp_path / engine, engine=engine, templates=TEMPLATES, project_dir=project)
    pages = [(tmp_path / engine / "paper.html").read_bytes() for engine in ("quarto", "pandoc")]
    assert pages[0] == pages[1]
    words = [
        docx.Document(str(tmp_path / engine / "paper.docx")).element.xml for engine in ("quarto", "pandoc")
    ]
    assert words[0] == words[1]


def test_what_quarto_says_is_passed_on_without_the_paths_of_this_machine(project, tmp_path):
    (project / "fail").touch()
    with pytest.raises(ProblemError) as caught:
        render(
            write_notebook(tmp_path / "notebook"), tmp_path / "out", engine="quarto",
            templates=TEMPLATES, project_dir=project,
        )  # fmt: skip
    assert caught.value.code is ExitCode.RENDERING
    assert "Quarto says no to paper.ipynb" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert [path.name for path in (project / "reports").iterdir()] == ["templates"]
    assert not (tmp_path / "out").exists()


def test_a_project_without_quartos_settings_is_told(project, tmp_path):
    (project / "_quarto.yml").unlink()
    with pytest.raises(ProblemError) as caught:
        render(
            write_notebook(tmp_path / "notebook"), tmp_path, engine="quarto",
            templates=TEMPLATES, project_dir=project,
        )  # fmt: skip
    assert caught.value.problems[0].where == "_quarto.yml"


def test_a_single_format_is_asked_for_by_itself(project, tmp_path):
    render(
        write_notebook(tmp_path / "notebook"), tmp_path / "out", engine="quarto",
        templates=TEMPLATES, project_dir=project, formats=("docx",),
    )  # fmt: skip
    assert "--to docx" in (project / "called").read_text()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["paper.docx"]


def test_what_quarto_leaves_beside_a_notebook_is_finished_in_place(project, tmp_path):
    notebook = write_notebook(project / "reports" / "exampleshire" / "2018-09-26")
    here = notebook.parent
    source = notebook.relative_to(project).as_posix()
    subprocess.run(
        ["quarto", "render", source, "--to", "html,docx"], cwd=project, check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
    )  # fmt: skip
    done = finish([here / "paper.html", here / "paper.docx", here / "paper.ipynb"])
    assert [path.name for path in done] == ["paper.html", "paper.docx"]
    render(notebook, tmp_path / "pandoc", engine="pandoc", templates=TEMPLATES)
    assert (here / "paper.html").read_bytes() == (tmp_path / "pandoc/paper.html").read_bytes()
    finished = docx.Document(str(here / "paper.docx"))
    assert finished.core_properties.created.date().isoformat() == "2018-09-26"
    assert len(finished.sections) == 3


# Quarto itself


@needs_quarto
def test_quarto_itself_gives_the_paper_that_pandoc_gives(tmp_path):
    notebook = write_notebook(tmp_path / "notebook")
    for engine in ("quarto", "pandoc"):
        render(notebook, tmp_path / engine, engine=engine, templates=TEMPLATES, project_dir=PROJECT)

    def words(engine: str) -> list[tuple[str, str]]:
        document = docx.Document(str(tmp_path / engine / "paper.docx"))
        return [(p.style.name, p.text) for p in document.paragraphs]

    def page(engine: str) -> str:
        text = (tmp_path / engine / "paper.html").read_text("utf-8")
        body = text[text.index("<body") :]
        return " ".join(re.sub(r' (data-quarto-[\w-]+="[^"]*"|class="caption-top")', "", body).split())

    assert words("quarto") == words("pandoc")
    assert page("quarto") == page("pandoc")


@needs_quarto
def test_quarto_itself_gives_the_same_bytes_twice(tmp_path):
    notebook = write_notebook(tmp_path / "notebook")
    for time in ("once", "again"):
        render(notebook, tmp_path / time, engine="quarto", templates=TEMPLATES, project_dir=PROJECT)
    for name in ("paper.html", "paper.docx"):
        assert (tmp_path / "once" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
