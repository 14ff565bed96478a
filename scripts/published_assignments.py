"""The assignments where readers open them: published_assignments.py OUT [--commit SHA].

The student's notebook stands on the site, in JupyterLite and, with a cell that installs dlcourse,
where Colab opens it. All are made from assignments/NAME/solution.py, and none has a solution.
"""

import argparse
from pathlib import Path

from assignment_notebooks import student
from book_facts import ROOT, config
from make_assignments import notebook_of, sources
from nbformat.v4 import new_code_cell
from runnable import write

FOLDER = "assignments"
ZIP = "assignments.zip"  # at the top of the site
INSTALL = """\
# Colab does not have dlcourse yet. Elsewhere this cell does nothing.
import sys

if "google.colab" in sys.modules:
    %pip install --quiet git+{address}"""


def notebooks():
    """(where it stands, `assignments/01-dropout/dropout.ipynb`, and the notebook) of each."""
    for source in sources():
        place = notebook_of(source).relative_to(ROOT).as_posix()
        yield place, student(source.read_text(encoding="utf-8"))


def for_colab(notebook, commit=None):
    """The same notebook with a first cell that installs dlcourse, as it was at a commit."""
    address = config()["repository"]["url"] + (f"@{commit}" if commit else "")
    notebook.cells.insert(0, new_code_cell(INSTALL.format(address=address), id="install"))
    return notebook


def lay(folder, change=lambda notebook: notebook):
    """Write all of them below a folder, each changed in one way."""
    for place, notebook in notebooks():
        path = Path(folder, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(change(notebook), path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--commit")
    given = parser.parse_args()
    lay(given.out, lambda notebook: for_colab(notebook, given.commit))


if __name__ == "__main__":
    main()
