"""Chapter 1 and the checks of the assignments in Pyodide, the Python of a browser, under Node."""

import json
import re
import subprocess
from pathlib import Path

import nbformat
import pytest
from assignment_notebooks import for_nbgrader
from make_assignments import sources
from make_lite import make_wheel
from needs import ROOT, node, pyodide
from runnable import runnable, write

CHAPTER = ROOT / "chapters" / "01-dropout.ipynb"
RUNNER = Path(__file__).with_name("run_notebook.mjs")
BROKEN = [
    "import numpy as np\nfrom dlcourse import between, claim, scale\nSEEDS = scale(10, 2)",
    "1 / 0",
    'claim("C0.1", "This misses.", np.arange(SEEDS) > 0)',
    'claim("C0.2", "This is misuse.", [1, 0])',
    "print(between(9.0, 7, 8, '%'))",
]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs a notebook's cells in Pyodide; gives what happened in each."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [node(), str(RUNNER), str(pyodide()), str(make_wheel(folder))]

    def run(path):
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


def test_chapter_1_runs_and_its_claims_are_counted(run, tmp_path):
    nb, path = runnable(CHAPTER), tmp_path / CHAPTER.name
    write(nb, path)
    sources = [cell.source for cell in nb.cells if cell.cell_type == "code"]
    made = re.findall(r'^claim\(\s*"(C[\d.]+)"', "\n".join(sources), flags=re.MULTILINE)
    cells = run(path)
    assert len(cells) == len(sources)
    assert [(cell["cell"], cell["error"]) for cell in cells if cell["error"]] == []
    assert sum("times slower" in cell["said"] for cell in cells) == 1
    claims = [cell for cell in cells if "claim" in cell]
    assert [cell["claim"] for cell in claims] == made
    missed = {cell["claim"]: cell["missed"] for cell in claims if cell["missed"]}
    seconds = sum(cell["seconds"] for cell in cells)
    print(f"{len(made) - len(missed)} of {len(made)} claims hold at a browser's scale;", end=" ")
    print(f"these do not: {missed}; {seconds:.0f} s of processor time")
    assert len(missed) < len(made) / 2


def test_the_checks_of_all_assignments_run_and_give_the_solutions_their_points(run, tmp_path):
    """Up to their experiments, one behind the other, as one notebook."""
    made = []
    for source in sources():
        found = for_nbgrader(source.read_text(encoding="utf-8")).cells
        end = next(i for i, cell in enumerate(found) if cell.source.startswith("## Part 3"))
        made += found[:end]
    made.append(nbformat.v4.new_code_cell("checks.dropout(ReLU)"))  # a wrong answer at the end
    for i, cell in enumerate(made):
        cell.id = f"cell-{i}"
    nbformat.write(nbformat.v4.new_notebook(cells=made), tmp_path / "all.ipynb")
    *cells, wrong = run(tmp_path / "all.ipynb")
    assert len(cells) > 30
    assert [cell for cell in cells if cell["error"]] == []
    assert "likely cause" in wrong["error"]


def test_what_is_broken_is_noticed(run, tmp_path):
    cells = [nbformat.v4.new_code_cell(source) for source in BROKEN]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "broken.ipynb")
    first, error, missed, misuse, value = run(tmp_path / "broken.ipynb")
    assert first["error"] is None
    assert "times slower" in first["said"]
    assert error["error"].startswith("ZeroDivisionError")
    assert (missed["error"], missed["missed"]) == (None, "it held in 1 of 2, needed 2")
    assert "does not hold at this small scale (it held in 1 of 2" in missed["said"]
    assert misuse["error"].startswith("TypeError: claim C0.2")
    assert value["said"].strip() == "≈9.0 % (full scale: 7 to 8)"
