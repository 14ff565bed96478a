"""Ranges with ends of every size: what they draw lies in them, or they are refused by name."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_objectives import SPACE, smooth

import dlcourse as dl

mpl.use("agg")
NAN = float("nan")


def test_numbers_at_the_ends():
    for values in (dl.Uniform(-1e308, 1e308), dl.Uniform(-1.7e308, 1e300)):
        assert values.at(0.5) == pytest.approx((values.low + values.high) / 2, rel=1e-12)
        assert values.at(0) == values.low
    assert repr(dl.IntUniform(2**53, 2**53 + 3)) == "IntUniform(9007199254740992, 9007199254740995)"
    assert repr(dl.Uniform(1, 1 + 1e-9)) == "Uniform(1.0, 1.000000001)"
    values = dl.IntUniform(2**62, 2**62 + 1)
    trials = dl.random_search(lambda c, s: c["n"] - 2**62, {"n": values}, 20)
    assert set(trials["n"].tolist()) == {2**62, 2**62 + 1}
    trials.plot().canvas.draw()
    trials.plot("parallel").canvas.draw()
    plt.close("all")


finite = st.floats(allow_nan=False, allow_infinity=False)
ends = st.tuples(finite, finite).filter(lambda pair: pair[0] < pair[1])
whole = st.integers(-(2**63), 2**63 - 1)


@given(ends, st.floats(0, 1, exclude_max=True))
def test_every_uniform_range_holds_what_it_draws(pair, u):
    values = dl.Uniform(*pair)
    value = values.at(u)
    assert value in values
    assert -1e-9 <= values.position(value) <= 1 + 1e-9
    positive = sorted(map(abs, pair))
    if 0 < positive[0] < positive[1]:
        values = dl.LogUniform(*positive)
        assert values.at(u) in values
        assert -1e-9 <= values.position(values.at(u)) <= 1 + 1e-9


@given(whole, st.integers(0, 2**53 - 1), st.floats(0, 1, exclude_max=True))
def test_every_whole_range_holds_what_it_draws(low, width, u):
    if low + width < 2**63:
        values = dl.IntUniform(low, low + width)
        assert values.at(u) in values
        assert values.at(0) == low
        assert low + 0.5 not in values or low + 0.5 == int(low + 0.5)


HUGE = 10**400
TOO_LARGE = {
    "Uniform": lambda: dl.Uniform(0, HUGE),
    "LogUniform": lambda: dl.LogUniform(1, HUGE),
    "IntUniform": lambda: dl.IntUniform(0, HUGE),
    "holds at most": lambda: dl.IntUniform(0, 2**60),
    "trials": lambda: dl.random_search(smooth, SPACE, HUGE),
    "rounds": lambda: dl.coarse_to_fine(smooth, SPACE, HUGE),
    "keep": lambda: dl.coarse_to_fine(smooth, SPACE, keep=HUGE),
    "eta": lambda: dl.successive_halving(smooth, SPACE, 9, eta=HUGE),
    "min_epochs": lambda: dl.successive_halving(smooth, SPACE, 9, HUGE, HUGE),
    "timeout": lambda: dl.random_search(smooth, SPACE, timeout=HUGE),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_number_that_is_too_large_is_refused_by_name(name):
    with pytest.raises(ValueError, match=name):
        TOO_LARGE[name]()


def test_values_that_are_no_numbers_lie_in_no_range():
    for values in (dl.Uniform(0, 9), dl.LogUniform(1, 9), dl.IntUniform(0, 9)):
        for value in ("a", None, NAN, [1], 1j, np.ones(2), dl.ReLU):
            assert value not in values
        assert 3 in values
        assert np.float64(3) in values
    assert 2.5 not in dl.IntUniform(0, 9)
    with pytest.raises(ValueError, match="'c' is no option of Choice"):
        dl.Choice(["a", "b"]).position("c")
