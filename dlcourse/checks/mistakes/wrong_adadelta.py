"""Known mistakes in Adadelta."""

import numpy as np

from ..engine.optimizer_factory import Mistakes, Optimizer
from ..engine.pieces import right
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(Adadelta={"lr": 0.5, "rho": 0.8, "eps": 0.01})


def known(sentence):
    return TABLE.known("Adadelta", sentence)


@right
class Adadelta(Optimizer):
    """Adadelta, right: ``self.v`` averages squared gradients, ``self.u`` squared steps."""

    def direction(self, w, g):
        before = self.v
        self.v = self.average(self.v, g * g)
        delta = self.top(self.u) / self.below(self.used(before)) * g
        self.u = self.average(self.u, self.squared_step(delta, g))
        return delta

    def average(self, old, new):
        return mean(old, self.rho, new)

    def used(self, before):
        return self.v

    def top(self, u):
        return np.sqrt(u + self.eps)

    def below(self, v):
        return np.sqrt(v + self.eps)

    def squared_step(self, delta, g):
        return delta * delta


@known("the step goes uphill: w -= lr * delta.")
class AdadeltaUphill(Adadelta):
    def direction(self, w, g):
        return -super().direction(w, g)


@known("lr has no effect: w -= lr * delta.")
class AdadeltaWithoutLr(Adadelta):
    def moved(self, w, g):
        return w - self.direction(w, g)


@known("lr enters the average of the steps; u averages delta**2 before lr.")
class LrInAverage(Adadelta):
    def squared_step(self, delta, g):
        return self.lr**2 * super().squared_step(delta, g)


@known("u averages squared gradients; it averages squared steps, delta**2.")
class UOfGradients(Adadelta):
    def squared_step(self, delta, g):
        return g * g


@known("u is never updated, so the steps stay tiny: u = rho u + (1 - rho) delta**2.")
class UNever(Adadelta):
    def squared_step(self, delta, g):
        return 0 * g


@known("the root in the numerator is missing: this is RMSprop's step.")
class WithoutNumerator(Adadelta):
    def top(self, u):
        return 1.0


@known("eps is outside of the roots; in Adadelta it is inside both.")
class AdadeltaEpsOutside(Adadelta):
    def top(self, u):
        return np.sqrt(u) + self.eps

    def below(self, v):
        return np.sqrt(v) + self.eps


@known("rho is taken for the share of the new; it is that of the old average.")
class RhoSwapped(Adadelta):
    def average(self, old, new):
        return mean(old, 1 - self.rho, new)


@known("the two averages are swapped: u, of the steps, belongs on top.")
class UpsideDown(Adadelta):
    def top(self, u):
        return super().top(self.v)

    def below(self, v):
        return super().below(self.u)


@known("the step divides by the average v from before its update; first v, then the step.")
class AdadeltaLate(Adadelta):
    def used(self, before):
        return before
