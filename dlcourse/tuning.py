"""The best learning rate on validation data, with the rules that make a comparison fair."""

import math
from dataclasses import dataclass

import numpy as np

from . import rerun
from ._arguments import flag, function
from ._errors import positive, whole_number
from ._student import standard_error
from .browser import runs_in_browser
from .divergence import Diverged

LEAST_SEEDS = 5
# Four rates a decade lie a factor of 1.78 apart; rounded as in 0.03, 0.056, 0.1 up to 1.87.
LARGEST_STEP = 1.9


@dataclass(frozen=True)
class Tuned:
    """What `tuned` found.

    Attributes
    ----------
    rate : float
        The best one; ``float(found)`` is the same.
    score, error : float
        Its mean over the seeds, and the standard error of that.
    rates : ndarray, shape (rates,)
        All that were tried, from small to large.
    scores : ndarray, shape (rates, seeds)
        One run each; NaN where it diverged.
    means, errors : ndarray, shape (rates,)
        The curve and its standard errors. Where a run diverged the mean is the worst
        possible, inf or -inf, and the standard error is NaN.
    """

    rate: float
    score: float
    error: float
    rates: np.ndarray
    scores: np.ndarray
    means: np.ndarray
    errors: np.ndarray

    def __float__(self):
        return self.rate


def tuned(score, rates, seeds, *, lower_is_better=True, executor=None):
    """The learning rate with the best mean score over several seeds, on validation data.

    Each arm of a comparison gets its own: call this once an arm, with seeds that no later
    run uses, and look at the test data only afterwards.

    Parameters
    ----------
    score : callable
        ``score(rate, seed)`` trains one network and returns its error on *validation*
        data, one number. A run that diverges may raise `Diverged`, or return NaN.
    rates : array_like, shape (n,)
        Positive, such as ``np.geomspace(0.01, 1, 9)``: four a decade.
    seeds : sequence of int
        At least five.
    lower_is_better : bool
        False where `score` is an accuracy.
    executor : concurrent.futures.Executor, optional
        Runs on it; without one they run here, one after the other.

    Returns
    -------
    Tuned

    Raises
    ------
    AssertionError
        If the best rate is the smallest or the largest one: "widen the grid". Nor may the
        two rates beside the best one be farther off than a factor of 1.9, for then the
        best one may lie between. In a browser, where experiments are smaller, neither
        raises.
    TypeError, ValueError
        If there are fewer than five seeds (not in a browser), a seed or a rate comes
        twice, or `score` returns no number.

    Examples
    --------
    >>> rates = [0.03, 0.056, 0.1, 0.18]
    >>> tuned(lambda rate, seed: abs(np.log10(rate) + 1), rates, seeds=range(5)).rate
    0.1
    """
    function("score", score, "(rate, seed) -> number")
    lower_is_better = flag("lower_is_better", lower_is_better)
    rates = sorted(positive("a rate", rate) for rate in _listed("rates", rates))
    seeds = [whole_number("a seed", seed, low=0) for seed in _listed("seeds", seeds)]
    _without_twins("rates", rates)
    _without_twins("seeds", seeds)
    if len(seeds) < LEAST_SEEDS and not runs_in_browser():
        raise ValueError(
            f"tuned needs at least {LEAST_SEEDS} seeds but got {len(seeds)}: with fewer the best "
            f"rate is a matter of luck; give it range(base + 100, base + 105)"
        )
    if not rates or not seeds:
        raise ValueError(f"tuned needs rates and seeds but got {rates} and {seeds}")
    pairs = [(rate, seed) for rate in rates for seed in seeds]
    if executor is None or runs_in_browser():
        found = [_one(score, *pair) for pair in pairs]
    else:
        from .search.remote import check_executor  # here, so that `import dlcourse` stays light

        check_executor(executor)
        sent = [executor.submit(_one, score, *pair) for pair in pairs]
        found = [run.result() for run in sent]
    scores = np.array(found).reshape(len(rates), len(seeds))
    diverged = ~np.isfinite(scores).all(axis=1)
    worst = math.inf if lower_is_better else -math.inf
    means = np.where(diverged, worst, scores.mean(axis=1))
    best = _best(means if lower_is_better else -means)
    _check_grid(rates, best)
    errors = np.array([standard_error(row) if len(row) > 1 else math.nan for row in scores])
    return Tuned(
        rates[best], float(means[best]), float(errors[best]), np.array(rates), scores, means, errors
    )


def _listed(name, values):
    try:
        return list(values) if np.ndim(values) == 1 else [values]
    except ValueError:
        raise TypeError(f"{name} must be a list of numbers but got {values!r:.60}") from None


def _one(score, rate, seed):
    try:
        value = score(rate, seed)
    except Diverged:
        return math.nan
    if np.ndim(value) or not isinstance(value, (int, float, np.number)):
        raise TypeError(
            f"score(rate, seed) must return one number but returned {value!r} "
            f"for rate {rate:g} and seed {seed}"
        )
    return float(value) if math.isfinite(value) else math.nan


def _without_twins(name, values):
    twins = sorted({value for value in values if values.count(value) > 1})
    if twins:
        raise ValueError(f"{name} must differ but {twins[0]} comes twice; leave one out")


def _best(losses):
    """The index of the lowest mean; of several equal ones, the one nearest to the middle."""
    if not np.isfinite(losses).any() and not runs_in_browser():
        raise ValueError("every rate diverged in some seed; give smaller rates")
    equal = np.flatnonzero(losses == losses.min())
    return int(equal[np.argmin(np.abs(equal - (len(losses) - 1) / 2))])


def _check_grid(rates, best):
    """The best rate has a close neighbour on either side, or the search is not finished."""
    rate = rates[best]
    if best in (0, len(rates) - 1):
        where = "smallest" if best == 0 else "largest"
        fault = f"{rate:g} is the best rate and the {where} of the grid: widen the grid"
    else:
        beside = (rates[best - 1], rates[best + 1])
        far = [r for r in beside if max(r / rate, rate / r) > LARGEST_STEP]
        fault = far and (
            f"{rate:g} is the best rate and {far[0]:g} the next one tried: the best may lie "
            f"between; add {math.sqrt(rate * far[0]):.2g} (four rates a decade around the best)"
        )
    heard = rerun.told("tuned", f"{rate:g}", not fault, fault=fault or "")
    if fault and not heard and not runs_in_browser():
        raise AssertionError(fault)
