"""The best rate: from enough seeds, on a grid that is wide and fine enough, or not at all."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import dlcourse as dl
from dlcourse import Diverged

RATES = np.geomspace(0.01, 1, 9)


def valley(rate, seed):
    """Lowest at 0.1, a little different for every seed."""
    return (np.log10(rate) + 1) ** 2 + 0.01 * np.random.default_rng(seed).normal()


def test_the_best_rate_its_score_and_the_curve():
    found = dl.tuned(valley, RATES[::-1], range(100, 106))
    assert found.rate == float(found) == pytest.approx(0.1)
    assert found.scores.shape == (9, 6)
    np.testing.assert_allclose(found.rates, RATES)
    np.testing.assert_allclose(found.means, found.scores.mean(axis=1))
    np.testing.assert_allclose(found.errors, found.scores.std(axis=1, ddof=1) / np.sqrt(6))
    assert found.score == found.means[4] == found.means.min()
    assert found.error == found.errors[4]


def test_an_accuracy_is_better_when_higher():
    up = dl.tuned(lambda rate, seed: -valley(rate, seed), RATES, range(5), lower_is_better=False)
    assert up.rate == pytest.approx(0.1)


@pytest.mark.parametrize(("rates", "where"), [(RATES[4:], "smallest"), (RATES[:5], "largest")])
def test_a_best_rate_at_the_edge_widens_the_grid(rates, where):
    with pytest.raises(AssertionError, match=f"0.1 is the best rate and the {where}.*widen the gr"):
        dl.tuned(valley, rates, range(5))


def test_one_rate_is_an_edge_too():
    with pytest.raises(AssertionError, match="widen the grid"):
        dl.tuned(valley, [0.1], range(5))


@pytest.mark.parametrize("beside", [[0.05, 0.178], [0.056, 0.2], [0.01, 1]])
def test_a_coarse_grid_says_which_rate_to_add(beside):
    with pytest.raises(AssertionError, match=r"may lie between; add 0\.\d+ \(four rates a decade"):
        dl.tuned(valley, [*beside, 0.1], range(5))
    usual = [0.03, 0.056, 0.1, 0.18, 0.3]  # four a decade, as people round them
    assert dl.tuned(valley, usual, range(5)).rate == 0.1


def test_a_diverging_run_makes_its_rate_the_worst():
    def diverges(rate, seed):
        if rate > 0.2 and seed == 3:
            raise Diverged("the loss is not finite")
        return np.nan if rate < 0.02 else -rate

    found = dl.tuned(diverges, RATES, range(5))
    assert found.rate == pytest.approx(0.178, rel=0.01)
    assert np.isinf(found.means[[0, -1]]).all()
    with pytest.raises(ZeroDivisionError):  # another error is no divergence
        dl.tuned(lambda rate, seed: 1 / 0, RATES, range(5))
    with pytest.raises(ValueError, match="every rate diverged"):
        dl.tuned(lambda rate, seed: np.inf, RATES, range(5))


def test_equal_rates_in_the_middle_are_no_edge():
    assert dl.tuned(lambda rate, seed: 1.0, RATES, range(5)).rate == pytest.approx(0.1)


def test_an_executor_finds_the_same():
    here = dl.tuned(valley, RATES, range(5))
    with ThreadPoolExecutor(2) as pool:
        there = dl.tuned(valley, RATES, range(5), executor=pool)
    np.testing.assert_array_equal(here.scores, there.scores)


def test_what_is_no_executor_is_refused():
    with pytest.raises(TypeError, match="executor must be a concurrent.futures.Executor"):
        dl.tuned(valley, RATES, range(5), executor=2)


@pytest.mark.parametrize(
    ("score", "rates", "seeds", "error", "fragment"),
    [
        (valley, RATES, range(4), ValueError, r"at least 5 seeds but got 4.*base \+ 100"),
        (valley, RATES, [1, 2, 3, 4, 4], ValueError, "seeds must differ but 4 comes twice"),
        (valley, [0.1, 0.1, 1], range(5), ValueError, "rates must differ but 0.1 comes twice"),
        (0.1, RATES, range(5), TypeError, "must be a function"),
        (valley, 0.1, 100, ValueError, "at least 5 seeds but got 1"),
        (valley, [], range(5), ValueError, "needs rates and seeds"),
        (valley, [-0.1, 0.1], range(5), ValueError, "a rate must be above 0"),
        (valley, RATES, [0.5] * 5, TypeError, "a seed must be a whole number"),
        (lambda r, s: [1.0], RATES, range(5), TypeError, "must return one number but returned"),
        (lambda r, s: None, RATES, range(5), TypeError, "must return one number but returned"),
    ],
)
def test_bad_input(score, rates, seeds, error, fragment):
    with pytest.raises(error, match=fragment):
        dl.tuned(score, rates, seeds)
