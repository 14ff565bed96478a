"""Measured values: marked, with digits that fit, and inside their range or not at all."""

import copy
import pickle

import numpy as np
import pytest

import dlcourse as dl


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "said"),
    [
        (7.46, 7, 8, "%", "≈7.5 % (7 to 8)"),
        (9.7, 9, 10.5, "%", "≈9.7 % (9 to 10.5)"),
        (0.031, 0, 0.2, "", "≈0.03 (0 to 0.2)"),
        (57.3, 30, 85, "%", "≈57 % (30 to 85)"),
        (9934.2, 9000, 11_000, "", "≈9,900 (9000 to 11000)"),
        (-2.51, -3, -2, "points", "≈−2.5 points (−3 to −2)"),
        (-0.31, -1, 1, "", "≈ −0.3 (−1 to 1)"),
        (0.31, -1, 1, "", "≈ +0.3 (−1 to 1)"),
        (0.0, -1, 1, "", "≈ +0.0 (−1 to 1)"),
        (-0.001, -1, 0, "", "≈0.0 (−1 to 0)"),
        (np.float32(0.25), 0, 1, "", "≈0.2 (0 to 1)"),
        (np.int64(3), 1, 5, "", "≈3 (1 to 5)"),
        (3, 1, 5, "of 10", "≈3 of 10 (1 to 5)"),
    ],
)
def test_what_is_said(value, low, high, unit, said):
    assert dl.between(value, low, high, unit) == said


def test_runs_are_said_with_their_standard_error():
    runs = np.array([9.5, 9.9, 9.7, 9.3])
    said = dl.between(runs, 9, 10.5, "%")
    assert said == "≈9.6 ± 0.1 % (9 to 10.5)"
    assert said.metadata == {"value": 9.6, "uncertainty": pytest.approx(runs.std(ddof=1) / 2, 1e-5)}
    assert dl.between(9.6, 9, 10.5, "%", uncertainty=0.034) == "≈9.60 ± 0.03 % (9 to 10.5)"
    assert dl.between([9.6], 9, 10.5) == "≈9.6 (9 to 10.5)"


@pytest.mark.parametrize("value", [6.99, 8.01, np.nan, np.inf, [7.0, 9.5]])
def test_a_value_outside_raises_with_the_value(value):
    with pytest.raises(AssertionError, match="expected 7 to 8 % but measured"):
        dl.between(value, 7, 8, "%")


@pytest.mark.parametrize(
    ("args", "error", "fragment"),
    [
        (("7.5", 7, 8), TypeError, "value must be a number"),
        ((True, 0, 2), TypeError, "take the mean or the sum first"),
        (([], 7, 8), TypeError, "value must be a number"),
        (([[7.5]], 7, 8), TypeError, "value must be a number"),
        ((7.5, 8, 7), ValueError, "low < high"),
        ((7.5, 7.5, 7.5), ValueError, "low < high"),
        ((7.5, 7, np.inf), ValueError, "high must be finite"),
    ],
)
def test_bad_input(args, error, fragment):
    with pytest.raises(error, match=fragment):
        dl.between(*args)


def test_the_prose_gets_the_value_without_its_range():
    said = dl.between(7.46, 7, 8, "%")
    assert said.short == "≈7.5 %"
    assert said.data == {"low": 7, "high": 8, "unit": "%"}
    for twin in (copy.deepcopy(said), pickle.loads(pickle.dumps(said)), dl.glue("x", said)):
        assert (str(twin), twin.short) == (str(said), "≈7.5 %")


def test_an_exact_text_is_glued_as_it_is():
    assert dl.glue("n", "53,002") == "53,002"
