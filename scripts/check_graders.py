"""Give mended classes to otter-grader and nbgrader: make test-graders [ASSIGNMENT=dropout].

`check_class.py` has graded the made-up class of each assignment, and `make grade` has mended its
notebooks. Here nbgrader grades all of them in one run, otter one after the other, and every part
must have the points that it should. What was graded is kept in build/class.

The submissions are our own. They run here WITHOUT isolation. Never grade a real submission with
this script; the page For instructors says how to do that.
"""

import argparse
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "assignments")]
import check_class  # noqa: E402
import grade_class  # noqa: E402
import make_assignments as make  # noqa: E402
from kinds import LIES, NO_NOTEBOOK  # noqa: E402
from submissions import points  # noqa: E402

SECONDS = 20  # a cell may run this long in nbgrader
WHOLE = 120  # and all of a submission in otter
MEMORY = 16_000_000  # kilobytes
ENV = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg", "PYTHONPATH": str(ROOT)}
# otter stops a test that never ends by ending all, and a test that leaves takes all tests along.
NOTHING_FROM_OTTER = "endless in a test.ipynb", "leaves in a test.ipynb"


def run(command, cwd, limit):
    """Run a command: (its output, its code), or (None, None) when it was stopped at the limit."""
    with subprocess.Popen(
        ["sh", "-c", f'ulimit -v {MEMORY}; exec "$@"', "sh", *map(str, command)],
        cwd=cwd, env=ENV, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            return process.communicate(timeout=limit)[0], process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # the kernel, too: it is our own group
            process.communicate()
            return None, None


class Kept:
    """Scores that were found before, by the notebook and the library that they belong to."""

    def __init__(self, path):
        self.path = path
        self.scores = json.loads(path.read_text()) if path.exists() else {}

    def key(self, notebook):
        return hashlib.sha256(notebook.read_bytes() + grade_class._library().encode()).hexdigest()

    def has(self, notebook):
        return self.key(notebook) in self.scores

    def get(self, notebook):
        return self.scores.get(self.key(notebook), {})

    def put(self, notebook, scores):
        """Keep them; no scores are tried again in the next run."""
        if scores:
            self.scores[self.key(notebook)] = scores
            self.path.write_text(json.dumps(self.scores))


def with_otter(bin, home, name, students):
    """`otter assign`, then `otter run`, two at a time; (student -> scores, what is wrong)."""
    kept = Kept(home / "otter.json")
    waiting = {student: path for student, path in students.items() if not kept.has(path)}
    if waiting:
        shutil.rmtree(home / "otter", ignore_errors=True)
        make.write_otter(home / "otter")
        work = home / "otter" / name
        output, code = run([bin / "otter", "assign", f"{name}.ipynb", "dist"], work, 600)
        if code:
            return {}, [output]
        archive = next((work / "dist" / "autograder").glob("*.zip"))

    def scores(student):
        target = work / "graded" / student
        target.mkdir(parents=True)
        command = [bin / "otter", "run", "-a", archive, "-o", target, "--no-logo"]
        run([*command, waiting[student]], work, WHOLE)
        return _otter_scores(target / "results.json")

    with ThreadPoolExecutor(2) as pool:
        for student, found in zip(waiting, pool.map(scores, waiting), strict=True):
            kept.put(waiting[student], found)
            print(f"  otter     {student}: {found}", flush=True)
    return {student: kept.get(path) for student, path in students.items()}, []


def _otter_scores(path):
    if not path.exists():
        return {}
    tests = json.loads(path.read_text())["tests"]
    return {t["name"].split(" ")[0]: float(t.get("score") or 0) for t in tests}


def with_nbgrader(bin, home, name, students):
    """One `nbgrader autograde` for the class; (student -> scores, what is wrong)."""
    kept, course = Kept(home / "nbgrader.json"), home / "course"
    if all(map(kept.has, students.values())):
        return {student: kept.get(path) for student, path in students.items()}, []
    stamp = course / "library"
    if not stamp.exists() or stamp.read_text() != grade_class._library():
        shutil.rmtree(course, ignore_errors=True)
        make.write_nbgrader(course)
        config = course / "nbgrader_config.py"
        config.write_text(config.read_text().replace("timeout = 120", f"timeout = {SECONDS}"))
        output, code = run([bin / "nbgrader", "generate_assignment", name, "--create"], course, 300)
        if code:
            return {}, [output]
        stamp.write_text(grade_class._library())
    for student, path in students.items():  # what is graded and as it was stays
        target = course / "submitted" / student / name / f"{name}.ipynb"
        if not target.exists() or target.read_bytes() != path.read_bytes():
            shutil.rmtree(course / "autograded" / student, ignore_errors=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    output, code = run([bin / "nbgrader", "autograde", name, "--create"], course, 3600)
    for student, path in students.items():
        kept.put(path, _nbgrader_scores(course / "gradebook.db", student))
        print(f"  nbgrader  {student}: {kept.get(path)}", flush=True)
    released = nbformat.read(course / "release" / name / f"{name}.ipynb", as_version=4)
    ours = nbformat.reads(make.for_student(_source(name)), as_version=4)
    same = [c.source.strip() for c in released.cells] == [c.source.strip() for c in ours.cells]
    wrong = [] if same else ["nbgrader releases another notebook than that of the zip"]
    return {student: kept.get(path) for student, path in students.items()}, wrong


def _source(name):
    return next(source for source in make.sources() if make.notebook_of(source).stem == name)


def _nbgrader_scores(path, student):
    query = """
        SELECT base_cell.name, grade.auto_score FROM grade
        JOIN grade_cells ON grade.cell_id = grade_cells.id
        JOIN base_cell ON base_cell.id = grade_cells.id
        JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
        JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
        WHERE submitted_assignment.student_id = ?"""
    with sqlite3.connect(path) as gradebook:
        scores = dict(gradebook.execute(query, (student,)).fetchall())
    return {name: score or 0.0 for name, score in scores.items()}


def compared(name, text, graders):
    """What the graders say otherwise than expected of the class of an assignment."""
    home, found = check_class.OUT / name, []
    rows = check_class.class_of(name, text)
    rows = {file: row for file, row in rows.items() if file not in LIES + NO_NOTEBOOK}
    owners = {file: file.split("/")[0].removesuffix(".ipynb") for file in rows}
    folder = home / "grades" / "for-otter" / name
    students = {owner: folder / f"{owner}.ipynb" for owner in owners.values()}
    for grader, grade in graders.items():
        scores, wrong = grade(home, name, students)
        found += [f"{name}, {grader}: {what}" for what in wrong]
        for file, (_, _, passing, _) in rows.items():
            nothing = grader == "otter" and file in NOTHING_FROM_OTTER
            expected = points(text, () if nothing else passing)
            got = {part: scores.get(owners[file], {}).get(part, 0.0) for part in expected}
            if got != expected:
                found.append(f"{name}, {grader}, {file}: {got}, not {expected}")
        print(f"{name}: {len(rows)} submissions by {grader}", flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=Path, required=True, help="where otter and nbgrader are")
    parser.add_argument("--grader", choices=["otter", "nbgrader", "both"], default="both")
    parser.add_argument("assignments", nargs="*")
    given = parser.parse_args()
    bin = given.bin.absolute()
    ENV["PATH"] = f"{bin}{os.pathsep}{ENV['PATH']}"  # nbgrader calls alembic
    graders = {"otter": with_otter, "nbgrader": with_nbgrader}
    graders = {
        grader: lambda *class_, grade=grade: grade(bin, *class_)
        for grader, grade in graders.items()
        if given.grader in (grader, "both")
    }
    print("made-up submissions of our own, run without isolation")
    chosen = check_class.chosen(given.assignments)
    found = [what for name, text in chosen for what in compared(name, text, graders)]
    print("\n".join(["EXPECTED otherwise:", *found] if found else ["all as expected"]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
