"""The notebooks of students are what the sources say, and no line of a solution leaks."""

import json
import subprocess
import sys
import zipfile

import assignment_notebooks as made
import make_assignments as make
import nbformat
import pytest
from submissions import ALL, SUBMISSIONS, points, submission

SOURCES = {make.notebook_of(source).stem: source for source in make.sources()}
TEXTS = {name: source.read_text(encoding="utf-8") for name, source in SOURCES.items()}
each = pytest.mark.parametrize("name", SOURCES)


def test_there_is_one_for_each_chapter():
    assert [source.parent.name[:2] for source in make.sources()] == [
        f"{i:02d}" for i in range(1, 7)
    ]


@each
def test_the_notebook_has_not_drifted(name):
    stored = make.notebook_of(SOURCES[name]).read_text(encoding="utf-8")
    assert stored == nbformat.writes(made.student(TEXTS[name])) + "\n", "run: make assignments"


def leaks(source, notebook):
    """Lines of the solution that stand in the student's notebook where the solution stood."""
    cells = made.cells(source)
    shown = {line.strip() for cell in notebook.cells for line in cell.source.splitlines()}
    given = {
        line.strip()
        for _, _, body in cells
        for solution, piece in made.parts(body)
        if not solution
        for line in piece
    }
    solved = {
        line.strip()
        for _, _, body in cells
        for solution, piece in made.parts(body)
        if solution
        for line in piece
    }
    return {line for line in solved & shown - given if len(line) > 3}


@each
def test_no_solution_leaks(name):
    notebook = made.student(TEXTS[name])
    text = nbformat.writes(notebook)
    assert not leaks(TEXTS[name], notebook)
    assert "BEGIN SOLUTION" not in text
    assert "Rubric" not in text


@each
def test_a_leak_would_be_noticed(name):
    for kind, _, body in made.cells(TEXTS[name]):
        if kind in ("answer", "written"):
            solved = next(piece for solution, piece in made.parts(body) if solution)
            notebook = made.student(TEXTS[name])
            notebook.cells.append(nbformat.v4.new_markdown_cell(max(solved, key=len)))
            assert leaks(TEXTS[name], notebook)


@each
def test_three_to_five_graded_parts_of_twenty_points(name):
    graded = [(kind, s) for kind, s, _ in made.cells(TEXTS[name]) if kind in ("test", "written")]
    assert sum(int(settings["points"]) for _, settings in graded) == 20
    assert 3 <= len(graded) <= 5
    assert graded[-1][0] == "written"
    assert "**Rubric.**" in TEXTS[name]
    for kind, settings, body in made.cells(TEXTS[name]):
        if kind == "test":
            assert body.startswith(f"def test_{settings['name']}(")
            assert body.count("\n\n\n") == 1  # a function, and the call of it


@each
def test_every_stub_has_a_docstring_with_its_shapes(name):
    cells = made.cells(TEXTS[name])
    stubs = [made.student_text(kind, body) for kind, _, body in cells if kind == "answer"]
    assert all(made.STUB in stub for stub in stubs)
    for stub in stubs:
        compile(stub, name, "exec")
        if "def " in stub:
            assert '"""' in stub


@each
def test_the_cells_are_known_to_nbgrader(name):
    for notebook in (made.student(TEXTS[name]), made.for_nbgrader(TEXTS[name])):
        nbformat.validate(notebook)
        ids = [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]
        assert len(set(ids)) == len(ids) > 4
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@each
def test_the_otter_notebook_is_in_order(name):
    notebook = made.for_otter(TEXTS[name])
    nbformat.validate(notebook)
    raw = [cell.source.splitlines()[0] for cell in notebook.cells if cell.cell_type == "raw"]
    for what in ("QUESTION", "SOLUTION", "TESTS"):
        assert raw.count(f"# BEGIN {what}") == raw.count(f"# END {what}")


def test_the_zip_has_notebooks_and_requirements_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(make, "ZIP", tmp_path / "build" / "assignments.zip")
    monkeypatch.setattr(make, "ROOT", tmp_path)
    monkeypatch.setattr(
        make, "notebook_of", lambda source: tmp_path / f"{source.parent.name[3:]}.ipynb"
    )
    make.write_students()
    with zipfile.ZipFile(make.ZIP) as archive:
        names = set(archive.namelist())
    assert names == {f"assignments/{n}.ipynb" for n in SOURCES} | {"assignments/requirements.txt"}


@each
def test_the_solution_passes_its_own_tests(name):
    """Runs our own solution, which is trusted, as a program."""
    done = subprocess.run(
        [sys.executable, SOURCES[name].name],
        cwd=SOURCES[name].parent,
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _environment():
    import os

    return {**os.environ, "MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1"}


@each
def test_a_dozen_submissions_are_ready_for_the_graders(name):
    cases = SUBMISSIONS[name]
    assert len(cases) >= 12
    for changes, passing in cases.values():
        notebook = submission(TEXTS[name], changes)
        assert json.loads(nbformat.writes(notebook))["nbformat"] == 4
        assert sum(points(TEXTS[name], passing).values()) <= 20
    assert cases["right"] == ({}, ALL)
