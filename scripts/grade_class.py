"""Grade a class: make grade FOLDER=submissions.

    python scripts/grade_class.py submissions
    python scripts/grade_class.py submissions --out grades --assignment dropout --jobs 2

The folder holds notebooks, named as you like, in folders of students or not. Each runs in a
process of its own, with limits. For each assignment that was found there is a table,
grades/dropout.csv, and a page for the class, grades/dropout.html. What was graded is kept in
grades/kept, so a run that was stopped goes on where it was. The mended notebooks stand in
grades/for-otter and grades/submitted, as otter-grader and nbgrader want them.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from grading import (  # noqa: E402
    class_page,
    handed_in,
    mend,
    mended_notebook,
    one_submission,
    sandbox,
    table,
)
from grading.assignment import assignments  # noqa: E402

NOT_GRADED = {"passed": [], "failed": {}, "seconds": 0.0}


def grade(path, folder, out, known, given):
    """What is known of one file: graded now, or kept from before. It never raises."""
    found = handed_in.read(path, folder)
    result = {"student": found.student, "file": found.file, "assignment": None} | NOT_GRADED
    try:
        result |= _grade(found, out, known, given)
    except Exception as error:  # a fault of ours must cost no student the row
        found.look.append(f"the grader failed: {type(error).__name__}: {error}")
    result["mended"] = list(dict.fromkeys(found.mended))
    result["look"] = list(dict.fromkeys(found.look + result.get("look", [])))
    return result


def _grade(found, out, known, given):
    if not found.cells:
        return {"assignment": given.assignment}
    wanted = known[given.assignment] if given.assignment else None
    assignment = mend.which(found, known)
    if assignment is None and wanted is None:
        found.look.append("not one of the assignments")
        return {}
    if wanted and assignment is not wanted:
        found.look.append(f"is this {wanted.name}? It looks like {assignment and assignment.name}")
    assignment = wanted or assignment
    steps = mend.mended(found, assignment)
    result = _kept(steps, out, given) | {"assignment": assignment.name}
    again = mended_notebook.notebook(found, steps, result["left_out"], assignment)
    return result | {"notebook": again}


def _kept(steps, out, given):
    """What running the steps gave, now or before."""
    kept = out / "kept" / f"{_digest(steps, given.limits)}.json"
    if kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    hidden = [Path(given.folder).resolve(), out.resolve()]
    result = one_submission.graded(steps, given.limits, given.sandbox, hidden)
    unfinished = kept.with_suffix(f".{os.getpid()}.part")
    unfinished.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(kept)
    return result


def _digest(steps, limits):
    """What a grade depends on: the cells, the limits, the library, and the grader."""
    text = json.dumps([steps, asdict(limits), _library()])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


@cache
def _library():
    scripts = Path(__file__).resolve().parent
    files = sorted((scripts.parent / "dlcourse").rglob("*.py"))
    files += [scripts / "grading" / f"{name}.py" for name in ("child", "one_submission")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def tell_doubles(results):
    """Two files of one student for one assignment are told; both keep their rows."""
    owners = [(r["student"], r["assignment"]) for r in results]
    for result, owner in zip(results, owners, strict=True):
        if result["assignment"] and owners.count(owner) > 1:
            result["look"].append(f"{owners.count(owner)} files of this student")


def write(results, known, out):
    """A table and a page for each assignment, and a table of what belongs to none."""
    for name in sorted({r["assignment"] for r in results} - {None}):
        own = [r for r in results if r["assignment"] == name]
        table.write(out / f"{name}.csv", [table.row(r, known[name]) for r in own])
        (out / f"{name}.html").write_text(class_page.page(known[name], own), encoding="utf-8")
        print(f"wrote {out / name}.csv and .html: {len(own)} rows")
    rest = [r for r in results if r["assignment"] is None]
    if rest:
        rows = [{"student": r["student"], "needs a look": "; ".join(r["look"]), "file": r["file"]}
                for r in rest]  # fmt: skip
        table.write(out / "not-graded.csv", rows)
        print(f"wrote {out / 'not-graded.csv'}: {len(rest)} rows, for you to look at")
    else:
        (out / "not-graded.csv").unlink(missing_ok=True)


def asked_for(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("grades"))
    parser.add_argument("--assignment", help="all are of this one; else each file shows it")
    parser.add_argument("--sandbox", choices=["best", *sandbox.SANDBOXES], default="best")
    parser.add_argument("--jobs", type=int, default=1, help="submissions at the same time")
    parser.add_argument("--seconds", type=float, default=120, help="that a cell may run")
    parser.add_argument("--whole", type=float, default=600, help="seconds for a submission")
    parser.add_argument("--memory", type=float, default=4, help="in GB, for each process")
    return parser.parse_args(arguments)


def main(arguments=None):
    given = asked_for(arguments)
    given.limits = one_submission.Limits(given.seconds, given.whole, int(given.memory * 1e9))
    known = assignments()
    if given.assignment and given.assignment not in known:
        raise SystemExit(f"no assignment {given.assignment!r}; there are {', '.join(known)}")
    if not given.folder.is_dir():
        raise SystemExit(f"no folder {str(given.folder)!r}")
    own = given.out.resolve()  # it may lie in the folder
    paths = [p for p in handed_in.files(given.folder) if own not in p.resolve().parents]
    (given.out / "kept").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        given.sandbox = sandbox.best(Path(work), given.sandbox)
    print(f"{len(paths)} files. Sandbox: {sandbox.SAID[given.sandbox]}")
    results = []
    with ThreadPoolExecutor(given.jobs) as pool:
        tasks = pool.map(lambda path: grade(path, given.folder, given.out, known, given), paths)
        for number, result in enumerate(tasks, 1):
            results.append(result)
            print(f"{number:4d} {result['student']}: {result['assignment']}, "
                  f"passed {', '.join(result['passed']) or 'nothing'}"
                  + (" (look)" if result["look"] else ""), flush=True)  # fmt: skip
    tell_doubles(results)
    write(results, known, given.out)
    mended_notebook.write(results, given.out)
    return results


if __name__ == "__main__":
    main()
