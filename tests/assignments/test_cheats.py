"""An experiment is graded by what it did: at most one of 24 that did not do it keeps its points."""

import matplotlib.pyplot as plt
import pytest
from cheats import CHEATS, REAL
from test_submissions import TEXTS, scored

CASES = [(name, label) for name, cases in CHEATS.items() for label in cases]


def test_there_are_24():
    assert len(CASES) == 24


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "label"), CASES)
def test_who_did_not_do_the_experiment_loses_its_points(name, label):
    plt.switch_backend("Agg")
    changes, part = CHEATS[name][label]
    scores, told = scored(TEXTS[name], changes)
    plt.close("all")
    if label == REAL:  # only another seed tells these apart; the page says how to change it
        assert scores[part] > 0
    else:
        assert scores[part] == 0
        assert told[part]
