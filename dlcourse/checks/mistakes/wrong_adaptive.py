"""Known mistakes in Adagrad and RMSprop."""

import numpy as np

from ..engine.optimizer_factory import Mistakes, Optimizer
from ..engine.pieces import right

# the settings at which every line of the update matters
TABLE = Mistakes(
    Adagrad={"lr": 0.1, "eps": 0.01},
    RMSprop={"lr": 0.1, "alpha": 0.8, "eps": 0.01},
)
known = TABLE.known


def mean(old, share, new):
    return share * old + (1 - share) * new


@right
class Adagrad(Optimizer):
    """Adagrad, right. The sum of squares is ``self.v``."""

    def direction(self, w, g):
        before = self.v
        self.v = self.gathered(self.squared(g))
        return self.top(g) / self.below(self.used(before))

    def squared(self, g):
        return g * g

    def gathered(self, square):
        return self.v + square

    def used(self, before):
        return self.v

    def top(self, g):
        return g

    def below(self, s):
        return np.sqrt(s) + self.eps


@right
class RMSprop(Adagrad):
    """RMSprop, right: the squares are averaged."""

    def gathered(self, square):
        return mean(self.v, self.alpha, square)


class Uphill:
    def direction(self, w, g):
        return -super().direction(w, g)


class WithoutRoot:
    def below(self, s):
        return s + self.eps


class EpsInside:
    def below(self, s):
        return np.sqrt(s + self.eps)


class WithoutSquare:
    def squared(self, g):
        return np.abs(g)


class OnlyTheSign:
    def top(self, g):
        return np.sign(g)


class Late:
    def used(self, before):
        return before


# Mistakes that both of them know.
for rule, base, gathers in (("Adagrad", Adagrad, "adds up"), ("RMSprop", RMSprop, "averages")):
    for wrong, sentence in (
        (Uphill, "the step goes uphill: w -= ..."),
        (WithoutRoot, "the root is missing: divide by sqrt(s) + eps."),
        (EpsInside, "eps is inside the root, as in Keras; here it is outside: sqrt(s) + eps."),
        (WithoutSquare, f"the square is missing: this {gathers} |g|, not g**2, under the root."),
        (OnlyTheSign, "g is missing in the numerator: only its sign is left."),
        (Late, "the step uses s from before this gradient; first s, then the step."),
    ):
        known(rule, sentence)(type(wrong.__name__, (wrong, base), {}))


@known("Adagrad", "s is only the last squared gradient; it is the sum of all: s += g**2.")
class LastOnly(Adagrad):
    def gathered(self, square):
        return square


@known("Adagrad", "the squares are averaged over the steps; Adagrad adds them up.")
class Averages(Adagrad):
    def used(self, before):
        return super().used(before) / self.t


@known("Adagrad", "s starts at 0.1, as in Keras; here at 0.")
class StartsHigh(Adagrad):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.v = 0.1


@known(
    "Adagrad",
    "s forgets: it is multiplied by a factor below 1 before the square is added; Adagrad "
    "forgets nothing: s += g**2.",
)
class Forgets(Adagrad):
    def gathered(self, square):
        return 0.9 * self.v + square


@known("RMSprop", "alpha is taken for the share of the new square; it is that of the old average.")
class AlphaSwapped(RMSprop):
    def gathered(self, square):
        return mean(self.v, 1 - self.alpha, square)


@known("RMSprop", "this is Adagrad: the squares are added up; average them with alpha.")
class NeverForgets(RMSprop):
    def gathered(self, square):
        return self.v + square


@known("RMSprop", "1 - alpha is missing in front of the square.")
class WithoutShare(RMSprop):
    def gathered(self, square):
        return self.alpha * self.v + square


@known("RMSprop", "s is corrected for its start, as in Adam; RMSprop does not do that.")
class Corrected(RMSprop):
    def used(self, before):
        return super().used(before) / (1 - self.alpha**self.t)
