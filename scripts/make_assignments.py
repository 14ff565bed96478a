"""Make everything that is derived from assignments/*/solution.py: make assignments.

    python scripts/make_assignments.py            the student notebooks, and the zip
    python scripts/make_assignments.py otter DIR  what `otter assign` reads, one folder each
    python scripts/make_assignments.py nbgrader DIR  a course for nbgrader: DIR/source/...

Nothing here runs a submission.
"""

import sys
import zipfile
from pathlib import Path

import nbformat
from assignment_notebooks import for_nbgrader, for_otter, student

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "assignments"
ZIP = ROOT / "build" / "assignments.zip"


def sources():
    """The solution files, in the order of the chapters."""
    return sorted(SOURCES.glob("*/solution.py"))


def notebook_of(source):
    """The student's notebook of a solution file: assignments/01-dropout/dropout.ipynb."""
    return source.parent / f"{source.parent.name[3:]}.ipynb"


def requirements():
    return (SOURCES / "requirements.txt").read_text(encoding="utf-8")


def for_student(source):
    """The text of the student's notebook of a solution file."""
    return nbformat.writes(student(source.read_text(encoding="utf-8"))) + "\n"


def pack(path):
    """Write the zip of all: notebooks and requirements."""
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sources():
            _add(archive, notebook_of(source).name, for_student(source))
        _add(archive, "requirements.txt", requirements())


def write_students():
    """Write every student's notebook, and the zip of all."""
    for source in sources():
        notebook_of(source).write_text(for_student(source), encoding="utf-8")
    pack(ZIP)
    print(f"wrote {len(sources())} notebooks and {ZIP.relative_to(ROOT)}")


def _add(archive, name, text):
    """Add a file with a fixed date, so that the same sources give the same zip."""
    info = zipfile.ZipInfo(f"assignments/{name}", (2026, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text)


def write_otter(folder):
    """One folder an assignment: NAME/NAME.ipynb and requirements.txt, for `otter assign`."""
    for source in sources():
        name = notebook_of(source).stem
        target = Path(folder) / name
        target.mkdir(parents=True, exist_ok=True)
        nbformat.write(for_otter(source.read_text(encoding="utf-8")), target / f"{name}.ipynb")
        (target / "requirements.txt").write_text(requirements(), encoding="utf-8")
    print(f"wrote {len(sources())} folders for otter assign")


def write_nbgrader(folder):
    """A course: source/NAME/NAME.ipynb and nbgrader_config.py."""
    for source in sources():
        name = notebook_of(source).stem
        target = Path(folder) / "source" / name
        target.mkdir(parents=True, exist_ok=True)
        nbformat.write(for_nbgrader(source.read_text(encoding="utf-8")), target / f"{name}.ipynb")
    config = (SOURCES / "nbgrader_config.py").read_text(encoding="utf-8")
    (Path(folder) / "nbgrader_config.py").write_text(config, encoding="utf-8")
    print(f"wrote a course with {len(sources())} assignments for nbgrader")


def main(arguments):
    if not arguments:
        write_students()
    elif len(arguments) == 2 and arguments[0] == "otter":
        write_otter(arguments[1])
    elif len(arguments) == 2 and arguments[0] == "nbgrader":
        write_nbgrader(arguments[1])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
