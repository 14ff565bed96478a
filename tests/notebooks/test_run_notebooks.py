"""`make notebooks` stores what changed, and leaves the pictures of all other cells alone."""

import base64
import os
import shutil
import subprocess

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from run_notebooks import run

NOBODY = {
    f"GIT_{who}_{what}": "nobody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}
# A figure that comes out a little different each time, as on another processor.
FIGURE = """import os, io
from IPython.display import display
from matplotlib.figure import Figure
def figure(words):
    fig = Figure(figsize=(1, 1))
    fig.text(0, 0, os.urandom(8).hex())
    page = io.BytesIO()
    fig.savefig(page)
    print(words)
    display({"image/png": page.getvalue(), "text/plain": words}, raw=True)"""


def pictures(path):
    """The stored pictures, in order."""
    return [
        output.data["image/png"]
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A notebook that was run and committed, in a folder of its own."""
    path = tmp_path_factory.mktemp("stored") / "one.ipynb"
    cells = [new_code_cell(FIGURE), *(new_code_cell(f"figure('{w}')") for w in ("one", "two"))]
    nbformat.write(new_notebook(cells=[new_markdown_cell("Words."), *cells]), path)
    git(path, "init", "-q")
    run(path)
    commit(path)
    return path


@pytest.fixture
def stored(once, tmp_path):
    """A copy of it, with its history."""
    return shutil.copytree(once.parent, tmp_path / "copy") / once.name


def git(path, *words):
    subprocess.run(["git", *words], cwd=path.parent, check=True, env={**os.environ, **NOBODY})


def commit(path):
    git(path, "add", path.name)
    git(path, "commit", "-q", "--allow-empty", "-m", "as stored")


def edit(path, change, **options):
    nb = nbformat.read(path, as_version=4)
    change(nb)
    nbformat.write(nb, path)
    run(path, **options)


def test_a_second_run_changes_nothing(stored):
    before = stored.read_bytes()
    run(stored)
    assert stored.read_bytes() == before
    assert all(base64.b64decode(png).startswith(b"\x89PNG") for png in pictures(stored))


def test_only_the_cell_that_was_changed_gets_a_new_picture(stored):
    one, two = pictures(stored)

    def change(nb):
        nb.cells[0].source = "Other words."
        nb.cells.insert(2, new_code_cell("1 + 1"))
        nb.cells[-1].source += "  # changed"

    edit(stored, change)
    assert pictures(stored)[0] == one
    assert pictures(stored)[1] != two


def test_a_picture_whose_text_moved_is_new(stored):
    one, two = pictures(stored)

    def change(nb):
        nb.cells[1].source = FIGURE.replace("print(words)", "print(words + '!')")

    edit(stored, change)
    assert not {one, two} & set(pictures(stored))


def test_two_equal_cells_keep_one_picture_each(stored):
    edit(stored, lambda nb: nb.cells.append(new_code_cell("figure('one')")))
    one, two, three = pictures(stored)
    commit(stored)
    run(stored)
    assert pictures(stored) == [one, two, three]
    assert one != three


def test_pictures_are_new_where_what_draws_them_has_changed(stored):
    before = pictures(stored)
    edit(stored, lambda nb: None, fresh=True)
    assert not set(before) & set(pictures(stored))

    plots = stored.parent / "dlcourse" / "plots.py"
    plots.parent.mkdir()
    plots.write_text("a = 1")
    git(stored, "add", str(plots))
    commit(stored)
    before = pictures(stored)
    run(stored)
    assert pictures(stored) == before
    plots.write_text("a = 2")
    run(stored)
    assert not set(before) & set(pictures(stored))
