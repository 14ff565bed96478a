"""Right answers in any style pass; two mistakes at once are named as two."""

import numpy as np
import pytest
from student_code import checked, loaded
from styles import STYLES as CLASSES
from styles_of_functions import STYLES as FUNCTIONS

from dlcourse.checks.engine.pieces import pairs
from dlcourse.checks.mistakes import MISTAKES

STYLES = CLASSES | FUNCTIONS
ENOUGH, A_TOPIC = 176, 7  # right answers; pairs of mistakes that are tried in each topic
# 1 - x**2 taken at y is 1 - y**2, so these two mistakes make a right answer.
RIGHT_AFTER_ALL = {"Tanh": "slope at y and slope x"}


def test_there_are_enough_styles():
    assert len(STYLES) >= ENOUGH
    assert len(set(STYLES.values())) == len(STYLES)


@pytest.mark.parametrize("key", STYLES, ids=": ".join)
def test_a_right_answer_passes_in_any_style(key):
    assert checked(key[0], loaded(STYLES[key])) is None


@pytest.mark.parametrize("which", MISTAKES)
def test_two_mistakes_are_named_as_two(which):
    """Those that behave as one of them alone, or as another known answer, cannot be told apart."""
    both = [v for v in pairs(MISTAKES[which]) if v.name != RIGHT_AFTER_ALL.get(which)]
    for i in np.random.default_rng(0).permutation(len(both))[:A_TOPIC]:
        with pytest.raises(AssertionError) as caught:
            checked(which, both[i].make)
        error = caught.value
        assert error.variant, f"{both[i].name}: {error}"
        assert "Something else is wrong" not in error.cause, f"{both[i].name}: {error}"
        if " and " in error.variant:
            assert error.cause.startswith("two mistakes at once. 1: ")
            assert " 2: " in error.cause
