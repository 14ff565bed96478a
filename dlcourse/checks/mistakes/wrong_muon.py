"""Known mistakes in Muon, seen on a matrix."""

import numpy as np

from ...optimizers.muon import newton_schulz
from ..engine.optimizer_factory import Mistakes, Optimizer
from ..engine.pieces import right
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(
    Muon={
        "lr": 0.1,
        "shapes": None,
        "momentum": 0.7,
        "ns_coefficients": (3.4445, -4.775, 2.0315),
        "eps": 1e-7,
        "ns_steps": 3,
        "adjust_lr_fn": "match_rms_adamw",
        "weight_decay": 0.3,
    },
)
known = TABLE.known


@right
class Muon(Optimizer):
    """Muon, right: its lines one by one."""

    def direction(self, w, g):
        self.m = mean(self.m, self.momentum, self.entering(g))
        return self.ratio(w) * self.orthogonal(self.ahead(g))

    def entering(self, g):
        return g

    def ahead(self, g):
        """u, the momentum that looks at g once more."""
        return mean(g, 1 - self.momentum, self.m)

    def ratio(self, w):
        n_in, n_out = w.shape
        if self.adjust_lr_fn == "match_rms_adamw":
            return 0.2 * np.sqrt(max(n_in, n_out))
        return np.sqrt(max(1, n_out / n_in))

    def orthogonal(self, u):
        return newton_schulz(u, self.coefficients(), self.steps(), self.eps)

    def coefficients(self):
        return self.ns_coefficients

    def steps(self):
        return self.ns_steps


@known("Muon", "the step goes uphill: w -= lr * ratio * X.")
class MuonUphill(Muon):
    def direction(self, w, g):
        return -super().direction(w, g)


@known("Muon", "momentum itself is the step; its matrix must be made orthogonal first.")
class NotOrthogonal(Muon):
    def orthogonal(self, u):
        return u


@known("Muon", "only the length of the matrix is made 1; Newton and Schulz's steps are missing.")
class OnlyNormalized(Muon):
    def orthogonal(self, u):
        return u / max(np.linalg.norm(u), self.eps)


@known("Muon", "each number is replaced by its sign; the matrix is to be orthogonal as a whole.")
class Signs(Muon):
    def orthogonal(self, u):
        return np.sign(u)


@known("Muon", "g is made orthogonal and remembers nothing: this is Muon without momentum.")
class NoMomentum(Muon):
    def ahead(self, g):
        return g


@known("Muon", "m is made orthogonal; u = (1 - momentum) g + momentum m looks at g once more.")
class NotAhead(Muon):
    def ahead(self, g):
        return self.m


@known("Muon", "m averages matrices that are orthogonal already; first average, then orthogonal.")
class AverageOfOrthogonal(Muon):
    def entering(self, g):
        return newton_schulz(g, self.coefficients(), self.steps(), self.eps)

    def ahead(self, g):
        return self.m

    def orthogonal(self, u):
        return u


@known("Muon", "b and c are swapped: X = a X + (b A + c A A) X with A = X X^T.")
class SwappedCoefficients(Muon):
    def coefficients(self):
        a, b, c = super().coefficients()
        return a, c, b


@known("Muon", "one step of Newton and Schulz is missing; there are ns_steps of them.")
class OneStepLess(Muon):
    def steps(self):
        return super().steps() - 1


@known("Muon", "the ratio of the matrix's shape is missing: lr * ratio * X.")
class WithoutRatio(Muon):
    def ratio(self, w):
        return 1.0


@known("Muon", "weight decay is added to g, where its length is lost; it shrinks w.")
class MuonL2(Muon):
    def decayed(self, w, g):
        return w, g + self.weight_decay * w


@known("Muon", "the share that w loses is not multiplied by lr: lr * weight_decay.")
class MuonDecayWithoutLr(Muon):
    def decayed(self, w, g):
        return w * (1 - self.weight_decay), g


@known("Muon", "there is no weight decay: w loses the share lr * weight_decay too.")
class MuonWithoutDecay(Muon):
    def decayed(self, w, g):
        return w, g
