"""Grade made-up submissions with the class grader: part of make test-graders.

All of an assignment in one class run; for optimizers, also a class of thirty files as students
hand them in. What was graded is kept in build/class, so a run that was stopped goes on.
"""

import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "assignments")]
import grade_class  # noqa: E402
import make_assignments as make  # noqa: E402
from class_of_thirty import CLASS, hand_in, table, wrong  # noqa: E402
from submissions import SUBMISSIONS, points, submission  # noqa: E402

OUT = ROOT / "build" / "class"
SECONDS = "20"


def made_up(name, text):
    """The made-up answers of an assignment; what is not as expected."""
    folder = OUT / name / "handed in"
    folder.mkdir(parents=True, exist_ok=True)
    for label, (changes, _) in SUBMISSIONS[name].items():
        nbformat.write(submission(text, changes), folder / f"{label}.ipynb")
    out = OUT / name / "grades"
    grade_class.main([str(folder), "--out", str(out), "--seconds", SECONDS, "--assignment", name])
    rows, found = table(out), []
    for label, (_, passing) in SUBMISSIONS[name].items():
        expected = points(text, passing)
        row = rows.get(f"{label}.ipynb", {})
        got = {part: int(row.get(part) or 0) for part in expected}
        if got != expected:
            found.append(f"{name}, {label}: {got}, not {expected}; {row}")
    return found


def thirty(text):
    """The class of thirty files; what is not as expected."""
    folder, out = OUT / "thirty" / "handed in", OUT / "thirty" / "grades"
    hand_in(folder, text)
    grade_class.main([str(folder), "--out", str(out), "--seconds", SECONDS])
    return wrong(table(out), text, CLASS)


def main(wanted):
    found = []
    for source in make.sources():
        name = make.notebook_of(source).stem
        if wanted and name not in wanted:
            continue
        text = source.read_text(encoding="utf-8")
        found += made_up(name, text)
        if name == "optimizers":
            found += thirty(text)
    print("\n".join(["not as expected:", *found] if found else ["all as expected"]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main(sys.argv[1:])
