"""Grade a class of made-up submissions for each assignment: part of make test-graders.

All of an assignment go through the class grader in one run; `check_graders.py` gives what it
mended to otter-grader and nbgrader. What was graded is kept in build/class, so a run that was
stopped goes on.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "assignments")]
import grade_class  # noqa: E402
import make_assignments as make  # noqa: E402
from class_of_thirty import class_of, hand_in, table, wrong  # noqa: E402

OUT = ROOT / "build" / "class"
SECONDS = "20"


def chosen(wanted):
    """(name, text of the solution) of the assignments that were asked for, or of all."""
    for source in make.sources():
        name = make.notebook_of(source).stem
        if not wanted or name in wanted:
            yield name, source.read_text(encoding="utf-8")


def graded(name, text):
    """Grade the class of one assignment; what is not as expected."""
    folder, out, rows = OUT / name / "handed in", OUT / name / "grades", class_of(name, text)
    shutil.rmtree(folder, ignore_errors=True)
    hand_in(folder, text, rows)
    grade_class.main([str(folder), "--out", str(out), "--seconds", SECONDS, "--jobs", "2"])
    return [f"{name}, {what}" for what in wrong(table(out), text, rows)]


def main(wanted):
    found = [what for name, text in chosen(wanted) for what in graded(name, text)]
    print("\n".join(["not as expected:", *found] if found else ["all as expected"]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main(sys.argv[1:])
