"""Small notebooks for the canaries: run and stored as `make notebooks` does, then checked."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

SANITIZE = Path(__file__).resolve().parent / "sanitize.cfg"


def executed(sources):
    """A notebook with these code cells and their outputs."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    NotebookClient(nb, kernel_name="python3", record_timing=False).execute()
    return nb


def copy(nb):
    return nbformat.reads(nbformat.writes(nb), as_version=4)


def nbval(nb, folder):
    """Run a notebook as `make test` runs a chapter; return the exit code and the report."""
    path = folder / "canary.ipynb"
    nbformat.write(nb, path)
    command = [sys.executable, "-m", "pytest", "-v", "--nbval", "--nbval-sanitize-with"]
    command += [str(SANITIZE), "-p", "no:cacheprovider", str(path)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def passed(report):
    """For each cell of a report, from 0, whether it passed."""
    found = re.findall(r"::Cell (\d+) (PASSED|FAILED|ERROR)", report)
    return {int(number): word == "PASSED" for number, word in found}


def notebook(*cells):
    """Code cells that were not run, for the rules that read sources."""
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
