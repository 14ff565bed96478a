"""Known mistakes in narrowing a search space. Each is a whole `narrow`, wrong in one line."""

import math

import numpy as np

from ...search import Choice, LogUniform, Uniform
from ..engine.judging import Table

TABLE = Table()
known = TABLE.known


def inside(space, trials):
    """The indices of trials with a score that lie in the space, best first."""
    return [
        i
        for i in trials.order()
        if all(trials.configs[i][name] in values for name, values in space.items())
    ]


def many(keep, n):
    return max(2, math.ceil(keep * n - 1e-9))


def around(space, trials, rows):
    """The ranges from the smallest to the largest value in these rows."""
    return {
        name: values.within([trials.configs[i][name] for i in rows])
        for name, values in space.items()
    }


@known("the space comes back as it was; it must shrink around the best trials.")
def unchanged(space, trials, keep=0.2):
    return dict(space)


@known("the worst trials are kept: a higher score is better.")
def worst(space, trials, keep=0.2):
    rows = inside(space, trials)[::-1]
    return around(space, trials, rows[: many(keep, len(rows))])


@known("the first trials are kept, in the order of drawing; sort them by score.")
def first(space, trials, keep=0.2):
    rows = sorted(inside(space, trials))
    return around(space, trials, rows[: many(keep, len(rows))])


@known("k is rounded down; it is ceil(keep * n).")
def floor(space, trials, keep=0.2):
    rows = inside(space, trials)
    return around(space, trials, rows[: max(2, int(keep * len(rows)))])


@known("keep has no effect: always a fifth of the trials is kept.")
def always_a_fifth(space, trials, keep=0.2):
    rows = inside(space, trials)
    return around(space, trials, rows[: many(0.2, len(rows))])


@known("the share keep is dropped and the rest is kept; keep is the share that stays.")
def drops_instead(space, trials, keep=0.2):
    rows = inside(space, trials)
    return around(space, trials, rows[: many(1 - keep, len(rows))])


@known("failed trials count in n, so that too many are kept.")
def counts_failed(space, trials, keep=0.2):
    rows = inside(space, trials)
    return around(space, trials, rows[: many(keep, len(trials))])


@known("failed trials (NaN) are taken for the best: np.argsort puts NaN last, reversed first.")
def failed_first(space, trials, keep=0.2):
    order = np.argsort(trials.scores)[::-1]
    rows = [i for i in order if all(trials.configs[i][k] in v for k, v in space.items())]
    return around(space, trials, rows[: many(keep, len(rows))])


@known("trials outside of the space are looked at, so that the new space may leave the old one.")
def looks_outside(space, trials, keep=0.2):
    rows = trials.order()
    return around(space, trials, rows[: many(keep, len(rows))])


@known("the ranges are mean +- standard deviation of the best; they reach from min to max.")
def by_spread(space, trials, keep=0.2):
    rows = inside(space, trials)
    rows = rows[: many(keep, len(rows))]
    new = around(space, trials, rows)
    for name, values in space.items():
        if isinstance(values, Choice):
            continue
        v = np.array([trials.configs[i][name] for i in rows], float)
        if not isinstance(values.low, int):
            low, high = max(v.mean() - v.std(), values.low), min(v.mean() + v.std(), values.high)
            new[name] = type(values)(low, high)
    return new


@known("a LogUniform becomes a Uniform; keep the kind: type(values)(low, high), or within.")
def scale_lost(space, trials, keep=0.2):
    rows = inside(space, trials)
    new = around(space, trials, rows[: many(keep, len(rows))])
    return {
        name: Uniform(values.low, values.high) if isinstance(values, LogUniform) else values
        for name, values in new.items()
    }


@known("the old space is changed; make a new dict.")
def overwrites(space, trials, keep=0.2):
    rows = inside(space, trials)
    space.update(around(space, trials, rows[: many(keep, len(rows))]))
    return space


@known("a Choice keeps all its options; it keeps those among the best trials.")
def choices_stay(space, trials, keep=0.2):
    rows = inside(space, trials)
    new = around(space, trials, rows[: many(keep, len(rows))])
    return {k: v if isinstance(space[k], Choice) is False else space[k] for k, v in new.items()}
