"""Fair timing: the things that are compared take turns, and only ratios are kept."""

import time

import numpy as np


def interleaved(functions, rounds=60, calls=5, warm_up=20):
    """Time each function in every round, one after the other.

    What slows the machine down for a moment then slows all of them down alike, and the
    median of the per-round ratios does not notice.

    Parameters
    ----------
    functions : dict of str -> callable
    rounds, calls, warm_up : int
        Rounds that count, calls a round, calls before the first.

    Returns
    -------
    dict of str -> ndarray, shape (rounds,)
        Seconds a call.
    """
    for function in functions.values():
        for _ in range(warm_up):
            function()
    seconds = {name: np.zeros(rounds) for name in functions}
    for i in range(rounds):
        for name, function in functions.items():
            start = time.perf_counter()
            for _ in range(calls):
                function()
            seconds[name][i] = (time.perf_counter() - start) / calls
    return seconds


def ratio(seconds, ours, theirs):
    """The median over the rounds of our time divided by theirs."""
    return float(np.median(seconds[ours] / seconds[theirs]))
