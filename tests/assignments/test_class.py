"""A class is graded in one run, and loses nobody: five of the thirty submissions here, all of
them in `make test-graders`."""

import grade_class
import make_assignments as make
import pytest
from class_of_thirty import hand_in, table, wrong
from grading import assignment, class_page, handed_in, mend, one_submission, sandbox
from grading import table as rows_of
from submissions import submission

TEXT = next(p for p in make.sources() if "optimizers" in str(p)).read_text(encoding="utf-8")
FIVE = ("이 영희 (최종) 2.ipynb", "stub left below.ipynb", "endless that swallows.ipynb",
        "checks replaced.ipynb", "broken.ipynb")  # fmt: skip
KNOWN = assignment.assignments()


def test_five_submissions_get_their_points(tmp_path, monkeypatch):
    folder, out = tmp_path / "handed in", tmp_path / "grades"
    hand_in(folder, TEXT, FIVE)
    options = [str(folder), "--out", str(out), "--seconds", "8"]
    grade_class.main(options)
    rows = table(out)
    assert not wrong(rows, TEXT, FIVE)
    assert len(rows) == 5
    page = (out / "optimizers.html").read_text(encoding="utf-8")
    assert "What went wrong in adam" in page
    assert "영희" not in page, "the page for the class names nobody"
    # A second run takes what is kept, and says the same.
    monkeypatch.setattr(
        grade_class.one_submission, "graded", lambda *args: pytest.fail("graded again")
    )
    grade_class.main(options)
    assert table(out) == rows


def test_a_fault_of_the_grader_costs_no_row(tmp_path, monkeypatch):
    hand_in(tmp_path / "in", TEXT, FIVE)
    monkeypatch.setattr(grade_class.mend, "mended", lambda *args: 1 / 0)
    grade_class.main([str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--sandbox", "none"])
    rows = table(tmp_path / "out")
    assert set(rows) == set(FIVE)
    assert sum("the grader failed" in row["needs a look"] for row in rows.values()) == 4


@pytest.mark.parametrize("name", KNOWN)
def test_each_notebook_is_known_and_needs_no_mending(name):
    text = next(p for p in make.sources() if name in str(p)).read_text(encoding="utf-8")
    nb = submission(text, {})
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
    text = next(p for p in make.sources() if name in str(p)).read_text(encoding="utf-8")
    code = [c for c in submission(text, {}).cells if c.cell_type == "code"]
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


def test_a_sandbox_that_does_not_work_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    assert sandbox.best(tmp_path) == "none"
    with pytest.raises(SystemExit, match="bwrap"):
        sandbox.best(tmp_path, "bwrap")
