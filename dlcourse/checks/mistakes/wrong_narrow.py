"""Known mistakes in narrowing a search space."""

import math

import numpy as np

from ...search import Choice, LogUniform, Uniform
from ..engine.pieces import Table, right

TABLE = Table()
known = TABLE.known


@right
class Plain:
    """`narrow` in pieces: a class that is called like a function, ``Plain(space, trials)``."""

    def __new__(cls, space, trials, keep=0.2):
        self = object.__new__(cls)
        self.space, self.trials = space, trials
        rows = [i for i in self.order() if self.inside(trials.configs[i])]
        rows = rows[: self.many(keep, self.counted(rows))]
        return self.given({name: self.around(name, space[name], rows) for name in space})

    def order(self):
        """All trials with a score, best first."""
        return self.trials.order()

    def inside(self, config):
        return all(config[name] in values for name, values in self.space.items())

    def counted(self, rows):
        """n, of which the share keep stays."""
        return len(rows)

    def many(self, keep, n):
        return max(2, self.rounded(keep * n))

    def rounded(self, k):
        return math.ceil(k - 1e-9)

    def values(self, name, rows):
        return [self.trials.configs[i][name] for i in rows]

    def around(self, name, values, rows):
        """The new range of one parameter."""
        if isinstance(values, Choice):
            return self.options(values, self.values(name, rows))
        return self.kind(self.ends(values, self.values(name, rows)))

    def options(self, choice, kept):
        return choice.within(kept)

    def ends(self, values, kept):
        return values.within(kept)

    def kind(self, values):
        return values

    def given(self, new):
        return new


@known("the space comes back as it was; it must shrink around the best trials.")
class Unchanged(Plain):
    def around(self, name, values, rows):
        return values


@known("the worst trials are kept: a higher score is better.")
class Worst(Plain):
    def order(self):
        return super().order()[::-1]


@known("the first trials are kept, in the order of drawing; sort them by score.")
class First(Plain):
    def order(self):
        return sorted(super().order())


@known("k is rounded down; it is ceil(keep * n).")
class Floor(Plain):
    def rounded(self, k):
        return int(k)


@known("keep has no effect: always a fifth of the trials is kept.")
class AlwaysAFifth(Plain):
    def many(self, keep, n):
        return super().many(0.2, n)


@known("keep has no effect: all trials in the space stay, not the best k of them.")
class KeepsAll(Plain):
    def many(self, keep, n):
        return n


@known("the share keep is dropped and the rest is kept; keep is the share that stays.")
class DropsInstead(Plain):
    def many(self, keep, n):
        return super().many(1 - keep, n)


@known("failed trials count in n, so that too many are kept.")
class CountsFailed(Plain):
    def counted(self, rows):
        return len(self.trials)


@known("failed trials (NaN) are taken for the best: np.argsort puts NaN last, reversed first.")
class FailedFirst(Plain):
    def order(self):
        return np.argsort(self.trials.scores)[::-1]


@known("trials outside of the space are looked at, so that the new space may leave the old one.")
class LooksOutside(Plain):
    def inside(self, config):
        return True


@known("at least two trials are kept, however small keep is: max(2, ...).")
class KeepsOne(Plain):
    def many(self, keep, n):
        return max(1, self.rounded(keep * n))


@known("the ranges are mean +- standard deviation of the best; they reach from min to max.")
class BySpread(Plain):
    def ends(self, values, kept):
        v = np.array(kept, float)
        if isinstance(values.low, int):
            return super().ends(values, kept)
        low, high = max(v.mean() - v.std(), values.low), min(v.mean() + v.std(), values.high)
        return type(values)(low, high)


@known("a LogUniform becomes a Uniform; keep the kind: type(values)(low, high), or within.")
class ScaleLost(Plain):
    def kind(self, values):
        return Uniform(values.low, values.high) if isinstance(values, LogUniform) else values


@known("the old space is changed; make a new dict.")
class Overwrites(Plain):
    def given(self, new):
        self.space.update(new)
        return self.space


@known("a Choice keeps all its options; it keeps those among the best trials.")
class ChoicesStay(Plain):
    def options(self, choice, kept):
        return choice
