"""A class is graded in one run, and loses nobody: five submissions of each assignment here, all
thirty and more of each in `make test-graders`."""

import grade_class
import make_assignments as make
import nbformat
import pytest
from class_of_thirty import class_of, hand_in, table, wrong
from grading import assignment, class_page, handed_in, mend, mended_notebook, one_submission
from grading import sandbox as sandboxes
from grading import table as rows_of
from submissions import ALL, NEEDS, STUB, submission

TEXTS = {make.notebook_of(s).stem: s.read_text(encoding="utf-8") for s in make.sources()}
FIVE = ("이 영희 (최종) 2.ipynb", "stub left below.ipynb", "endless that swallows.ipynb",
        "checks replaced.ipynb", "broken.ipynb")  # fmt: skip
QUICK = ("이 영희 (최종) 2.ipynb", "copied test.ipynb", "two mistakes.ipynb", "dead kernel.ipynb",
         "broken.ipynb")  # fmt: skip
KNOWN = assignment.assignments()


def five(name, files, quick=False):
    """Rows of a class; quick: the last answer, which is the experiment, is not written yet."""
    rows = {file: row for file, row in class_of(name, TEXTS[name]).items() if file in files}
    last, rest, _ = NEEDS[name]
    for file, (changes, then, passing, words) in rows.items() if quick else ():
        if passing is not None and last not in changes:
            passing = rest if passing == ALL else set(passing) & set(rest)
            rows[file] = (changes | {last: STUB}, then, passing, words)
    return rows


def test_five_submissions_get_their_points(tmp_path, monkeypatch):
    folder, out = tmp_path / "handed in", tmp_path / "grades"
    rows = five("optimizers", FIVE)
    hand_in(folder, TEXTS["optimizers"], rows)
    options = [str(folder), "--out", str(out), "--seconds", "8"]
    grade_class.main(options)
    found = table(out)
    assert not wrong(found, TEXTS["optimizers"], rows)
    assert len(found) == 5
    page = (out / "optimizers.html").read_text(encoding="utf-8")
    assert "What went wrong in adam" in page
    assert "영희" not in page, "the page for the class names nobody"
    # A second run takes what is kept, and says the same.
    monkeypatch.setattr(
        grade_class.one_submission, "graded", lambda *args: pytest.fail("graded again")
    )
    grade_class.main(options)
    assert table(out) == found


@pytest.mark.parametrize("name", KNOWN)
def test_five_of_each_assignment(name, tmp_path):
    """The points, the cause, and the mended notebooks for the other graders."""
    folder, out, rows = tmp_path / "handed in", tmp_path / "grades", five(name, QUICK, quick=True)
    hand_in(folder, TEXTS[name], rows)
    grade_class.main([str(folder), "--out", str(out)])
    assert len(rows) == 5
    assert not wrong(table(out), TEXTS[name], rows)
    mended = {p.stem: nbformat.read(p, as_version=4) for p in out.glob(f"for-otter/{name}/*.ipynb")}
    assert set(mended) == {file.removesuffix(".ipynb") for file in QUICK} - {"broken"}
    for student, nb in mended.items():
        marks = [c.metadata["nbgrader"]["grade_id"] for c in nb.cells if "nbgrader" in c.metadata]
        assert len(set(marks)) == len(marks), f"{student}: nbgrader stops at an id that is twice"
        assert {*KNOWN[name].tests, *KNOWN[name].written} <= set(marks)
        assert (out / "submitted" / student / name / f"{name}.ipynb").exists()
    killed = "".join(cell.source for cell in mended["dead kernel"].cells)
    assert "os._exit" not in killed
    assert "Left out by make grade" in killed


@pytest.mark.parametrize("name", KNOWN)
def test_what_needs_no_mending_is_the_same_notebook_again(name):
    nb = submission(TEXTS[name], {})
    nb.cells[-1].source = "My answer."
    found = handed_in.HandedIn(
        None, "kim", "kim.ipynb", [(c.cell_type, c.source) for c in nb.cells]
    )
    again = mended_notebook.notebook(found, mend.mended(found, KNOWN[name]), [], KNOWN[name])
    before, after = (
        [(c.cell_type, c.source, c.metadata.get("nbgrader")) for c in each.cells]
        for each in (nb, again)
    )
    assert after == before


def test_a_fault_of_the_grader_costs_no_row(tmp_path, monkeypatch):
    hand_in(tmp_path / "in", TEXTS["optimizers"], five("optimizers", FIVE))
    monkeypatch.setattr(grade_class.mend, "mended", lambda *args: 1 / 0)
    grade_class.main([str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--sandbox", "none"])
    rows = table(tmp_path / "out")
    assert set(rows) == set(FIVE)
    assert sum("the grader failed" in row["needs a look"] for row in rows.values()) == 4


@pytest.mark.parametrize("name", KNOWN)
def test_each_notebook_is_known_and_needs_no_mending(name):
    nb = submission(TEXTS[name], {})
    found = handed_in.HandedIn(
        None, "kim", "kim.ipynb", [(c.cell_type, c.source) for c in nb.cells]
    )
    assert mend.which(found, KNOWN).name == name
    steps = mend.mended(found, KNOWN[name])
    assert [s["source"] for s in steps] == [c.source for c in nb.cells if c.cell_type == "code"]
    assert not found.mended
    assert not found.look


@pytest.mark.parametrize("name", KNOWN)
def test_every_test_and_given_cell_comes_back(name):
    code = [c for c in submission(TEXTS[name], {}).cells if c.cell_type == "code"]
    for left_out, handed_out in zip(code, KNOWN[name].code, strict=True):
        if handed_out.kind == "answer" or not handed_out.names:
            continue
        rest = [("code", c.source) for c in code if c is not left_out]
        steps = mend.mended(handed_in.HandedIn(None, "", "", rest), KNOWN[name])
        assert [s["source"] for s in steps] == [c.source for c in code]


def test_a_name_that_is_missing_says_which_error_is_behind_it():
    steps = [{"kind": "own"}, {"kind": "test", "name": "adam"}]
    errors = ["SyntaxError: invalid syntax\n...", "NameError: name 'MyAdam' is not defined"]
    events = [{"end": i, "error": e, "changed": [], "stopped": False} for i, e in enumerate(errors)]
    failed = {}
    assert one_submission._take(events, steps, set(), failed, []) is None
    assert failed["adam"].endswith("not defined; the cell in front: SyntaxError: invalid syntax")


def test_no_formula_of_a_student_reaches_a_spreadsheet(tmp_path):
    rows_of.write(tmp_path / "t.csv", [{"file": "", "student": "=cmd()"}])
    assert "'=cmd()" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")


def test_the_same_mistake_at_other_numbers_is_counted_as_one():
    results = [{"failed": {"a": f"AssertionError: should be {n} but is {2 * n}"}} for n in (1, 2.5)]
    assert [often for often, _ in class_page.mistakes(results)["a"]] == [2]


def test_two_mistakes_at_once_are_counted_as_two_and_a_first_one_as_itself():
    a, b = "dx lacks gamma.", "beta is missing."
    head = "w is 1\n  broken property: w is 2\n  likely cause: "
    texts = [f"{head}two mistakes at once. 1: {a} 2: {b}", f"{head}{b}",
             f"{head}{b} Something else is wrong after it: correct this one first",
             "NameError: name 'x' is not defined; the cell in front: SystemExit: 0",
             "NotImplementedError: your code here"]  # fmt: skip
    found = class_page.mistakes([{"failed": {"layer": text}} for text in texts])["layer"]
    assert found == [(3, b), (1, a), (1, "SystemExit: 0"), (1, "not written yet")]


def test_a_crash_shows_its_error_and_an_unknown_mistake_what_should_hold():
    said = "AssertionError: F.step(w, g) raised KeyError: 'm'\n  broken property: w is 2\n"
    assert "KeyError" in rows_of.cause(f"{said}  likely cause: read the line that is named; run it")
    said += "  likely cause: none of the 19 known mistakes behaves like this"
    assert rows_of.cause(said) == "no known mistake; what should hold: w is 2"
    assert rows_of.cause(f"{said}; look for a factor") == "no known mistake; look for a factor"


def test_a_sandbox_that_does_not_work_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sandboxes.shutil, "which", lambda name: None)
    assert sandboxes.best(tmp_path) == "none"
    with pytest.raises(SystemExit, match="bwrap"):
        sandboxes.best(tmp_path, "bwrap")
