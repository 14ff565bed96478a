"""Grade made-up submissions with otter-grader and nbgrader: make test-graders [ASSIGNMENT=dropout].

Twelve submissions for each assignment (right, wrong, crashing, endless, empty) go through
both graders, and their points are compared with what is expected.

The submissions are our own. They run here WITHOUT isolation: otter by `otter run`, nbgrader
by its autograder. Never grade a real submission with this script; the page For instructors
says how to do that.
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "assignments")]
import assignment_notebooks as made  # noqa: E402
import make_assignments as make  # noqa: E402
from submissions import LOOP, SUBMISSIONS, points, submission  # noqa: E402

SECONDS = 20  # a cell may run this long in nbgrader; the whole of an endless one in otter 5 times
ENV = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg", "PYTHONPATH": str(ROOT)}


def run(command, cwd, limit):
    """Run a command; its output, or None when it was stopped after `limit` seconds."""
    with subprocess.Popen(
        list(map(str, command)), cwd=cwd, env=ENV, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            return process.communicate(timeout=limit)[0], process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # the kernel, too: it is our own group
            process.communicate()
            return None, None


def report(grader, name, label, found, expected, seconds):
    """One line of the log; whether it is as expected."""
    good = found == expected
    scores = ", ".join(f"{k} {found.get(k, '?'):g}" for k in expected) if found else "no result"
    print(f"  {grader:9s} {label:28s} {scores}  ({seconds:.0f} s)"
          + ("" if good else f"   <-- EXPECTED {expected}"), flush=True)  # fmt: skip
    return good


def with_otter(bin, folder, name, text, cases):
    """`otter assign`, then `otter run` for each submission."""
    make.write_otter(folder / "otter")
    home = folder / "otter" / name
    output, code = run([bin / "otter", "assign", f"{name}.ipynb", "dist"], home, 600)
    archives = list((home / "dist" / "autograder").glob("*.zip"))
    if code or not archives:
        print(output)
        return [False]
    print(f"  otter assign made the autograder and ran its tests on the solution: {name}")
    good = []
    for i, (label, (changes, passing)) in enumerate(cases.items()):
        target = home / f"graded-{i}"
        target.mkdir()
        nbformat.write(submission(text, changes), target / f"{name}.ipynb")
        start = time.monotonic()
        endless = LOOP in changes.values()
        command = [bin / "otter", "run", "-a", archives[0], "-o", target, "--no-logo"]
        output, code = run([*command, target / f"{name}.ipynb"], home,
                           3 * SECONDS if endless else 600)  # fmt: skip
        if code and not endless:
            print(output.splitlines()[-1])
        # Stopped from outside, otter gives no result: the whole submission has no points.
        expected = dict.fromkeys(points(text, ()), 0.0) if endless else points(text, passing)
        found = _otter_scores(target / "results.json", expected)
        good.append(report("otter", name, label, found, expected, time.monotonic() - start))
    return good


def _otter_scores(path, expected):
    if not path.exists():
        return dict.fromkeys(expected, 0.0)
    tests = json.loads(path.read_text())["tests"]
    scores = {t["name"].split(" ")[0]: float(t.get("score") or 0) for t in tests}
    return {name: scores.get(name, 0.0) for name in expected}


def with_nbgrader(bin, folder, name, text, cases):
    """`nbgrader generate_assignment`, then `nbgrader autograde`, then read the gradebook."""
    course = folder / "course"
    make.write_nbgrader(course)
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text().replace("timeout = 120", f"timeout = {SECONDS}"))
    output, code = run([bin / "nbgrader", "generate_assignment", name, "--create"], course, 300)
    if code:
        print(output)
        return [False]
    released = nbformat.read(course / "release" / name / f"{name}.ipynb", as_version=4)
    ours = made.student(text)
    same = [c.source.strip() for c in released.cells] == [c.source.strip() for c in ours.cells]
    print(f"  nbgrader released the notebook; it is that of the zip: {same}")
    good = [same]
    students = {f"s{i:02d}": case for i, case in enumerate(cases)}
    for student, label in students.items():
        target = course / "submitted" / student / name
        target.mkdir(parents=True)
        nbformat.write(submission(text, cases[label][0]), target / f"{name}.ipynb")
    for student, label in students.items():
        start = time.monotonic()
        output, code = run([bin / "nbgrader", "autograde", name, "--create", "--student", student],
                           course, 900)  # fmt: skip
        expected = points(text, cases[label][1])
        found = _nbgrader_scores(course / "gradebook.db", student, expected)
        good.append(report("nbgrader", name, label, found, expected, time.monotonic() - start))
        if not good[-1]:
            print("\n".join((output or "").splitlines()[-5:]))
    return good


def _nbgrader_scores(path, student, expected):
    query = """
        SELECT base_cell.name, grade.auto_score FROM grade
        JOIN grade_cells ON grade.cell_id = grade_cells.id
        JOIN base_cell ON base_cell.id = grade_cells.id
        JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
        WHERE submitted_assignment.student_id = ?"""
    with sqlite3.connect(path) as gradebook:
        scores = dict(gradebook.execute(query, (student,)).fetchall())
    return {name: scores[name] or 0.0 for name in expected} if scores else {}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=Path, required=True, help="where otter and nbgrader are")
    parser.add_argument("--grader", choices=["otter", "nbgrader", "both"], default="both")
    parser.add_argument("assignments", nargs="*")
    given = parser.parse_args()
    ENV["PATH"] = f"{given.bin.absolute()}{os.pathsep}{ENV['PATH']}"  # nbgrader calls alembic
    print("made-up submissions of our own, run without isolation")
    good = []
    for source in make.sources():
        name = make.notebook_of(source).stem
        if given.assignments and name not in given.assignments:
            continue
        text, cases = source.read_text(encoding="utf-8"), SUBMISSIONS[name]
        print(f"{name}: {len(cases)} submissions", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for grader, grade in (("otter", with_otter), ("nbgrader", with_nbgrader)):
                if given.grader in (grader, "both"):
                    good += grade(given.bin.absolute(), Path(folder), name, text, cases)
    print(f"{sum(good)} of {len(good)} as expected")
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
