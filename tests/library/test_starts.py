"""What `initial` may return: everything else is named before a layer belongs to a network."""

import copy

import numpy as np
import pytest

import dlcourse as dl

ONES = np.ones(2)


class Start(dl.Layer):
    """A layer whose start is whatever a test says."""

    gate = None  # a class attribute may be learned, too

    def __init__(self, start, state=()):
        self.start_with, self.state = start, state

    def initial(self, rng):
        return self.start_with

    @property
    def half(self):
        return 0.5

    def forward(self, x, train=False):
        self.remember(train, x)
        return x

    def backward(self, dy):
        self.recall(dy)
        return dy


REFUSED = {
    "None": (None, "must return a dict"),
    "a list": ([("W", ONES)], "must return a dict"),
    "an array": (ONES, "must return a dict"),
    "a number for a name": ({3: ONES}, "a name such as 'W' but got 3"),
    "no name": ({"": ONES}, "a name such as 'W'"),
    "a name with a dot": ({"a.b": ONES}, "a name such as 'W'"),
    "its stream": ({"rng": ONES}, "'rng' is something else"),
    "a method": ({"forward": ONES}, "'forward' is something else"),
    "a property": ({"half": ONES}, "'half' is something else"),
    "a hidden name": ({"_own": ONES}, "'_own' is something else"),
    "another gradient": ({"W": ONES, "dW": ONES}, "'dW' is something else"),
    "text": ({"W": [["a", "b"]]}, "the starting W must be an array of numbers"),
    "nothing": ({"W": None}, "the starting W must be an array of numbers"),
    "complex numbers": ({"W": ONES * 1j}, "the starting W must be an array of numbers"),
    "ragged rows": ({"W": [[1, 2], [3]]}, "the starting W must be an array of numbers"),
    "NaN": ({"W": ONES * np.nan}, "finite in float32 but holds nan"),
    "too large for float32": ({"W": ONES * 1e300}, "finite in float32 but holds 1e"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_start_that_does_not_fit_is_named_and_the_layers_stay_free(what):
    start, text = REFUSED[what]
    first, bad = dl.Linear(2, 2), Start(start)
    with pytest.raises((TypeError, ValueError), match=r"Start\(\): ") as caught:
        dl.Sequential(first, bad)
    assert text in str(caught.value)
    with pytest.raises((TypeError, ValueError), match=r"Start\(\): "):
        Start(start).start(np.random.default_rng(0))
    assert dl.Sequential(first).theta.shape == (6,)


@pytest.mark.parametrize("state", ["kept", ("missing",), (3,)])
def test_state_that_is_not_there_is_named(state):
    first = dl.Linear(2, 2)
    with pytest.raises(TypeError, match=r"state names .*does not have; make the array in __init__"):
        dl.Sequential(first, Start({}, state))
    dl.Sequential(first)


GOOD = {
    "nothing": {},
    "lists": {"W": [[1, 2], [3, 4]]},
    "a number": {"a": 1.5},
    "whole numbers, booleans": {"W": np.arange(3), "b": [True, False]},
    "an empty array": {"W": np.zeros((0, 3))},
    "a class attribute": {"gate": ONES},
    "a name that begins with d": {"delta": ONES},
}


@pytest.mark.parametrize("what", GOOD)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_fits_is_part_of_theta_and_of_every_copy(what, dtype):
    model = dl.Sequential(Start(GOOD[what]), dtype=dtype)
    for network in (model, copy.deepcopy(model), dl.Sequential(*copy.deepcopy(model.layers))):
        for name, start in GOOD[what].items():
            learned = getattr(network.layers[0], name)
            assert np.array_equal(learned, np.asarray(start))
            assert learned.size == 0 or np.shares_memory(learned, network.theta)
