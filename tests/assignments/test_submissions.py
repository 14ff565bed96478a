"""The made-up submissions give the expected points, run as plain code, without a grader.

They are our own; a real submission must never be run like this. `make test-graders` sends
them through otter-grader and nbgrader. The endless loop is replaced by a crash here.
"""

import contextlib
import io

import assignment_notebooks as made
import make_assignments as make
import matplotlib.pyplot as plt
import pytest
from submissions import CRASH, LOOP, SUBMISSIONS, points, submission

TEXTS = {make.notebook_of(s).stem: s.read_text(encoding="utf-8") for s in make.sources()}
CASES = [(name, label) for name in TEXTS for label in SUBMISSIONS[name]]


def scored(text, changes):
    """Run the code cells in a row; the points of the tests that pass, and what others say."""
    names, scores, told = {"__name__": "student"}, {}, {}
    for (kind, settings, _), cell in zip(
        made.cells(text), submission(text, changes).cells, strict=True
    ):
        if cell.cell_type != "code":
            continue
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(cell.source, names)
            if kind == "test":
                scores[settings["name"]] = int(settings["points"])
        except Exception as error:
            if kind == "test":
                scores[settings["name"]] = 0
                told[settings["name"]] = str(error)
    return scores, told


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "label"), CASES)
def test_a_submission_gets_its_points(name, label):
    plt.switch_backend("Agg")
    changes, passing = SUBMISSIONS[name][label]
    changes = {i: CRASH if change == LOOP else change for i, change in changes.items()}
    scores, told = scored(TEXTS[name], changes)
    plt.close("all")
    assert scores == points(TEXTS[name], passing), told
    assert all(told.values()), "every failure says something"
