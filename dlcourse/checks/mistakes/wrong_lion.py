"""Known mistakes in Lion."""

import numpy as np

from ..engine.optimizer_factory import Mistakes, Optimizer
from ..engine.pieces import right
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(Lion={"lr": 0.1, "betas": (0.7, 0.9), "weight_decay": 0.3})
known = TABLE.known


@right
class Lion(Optimizer):
    """Lion, right: first c and the step, then m."""

    def direction(self, w, g):
        before, self.m = self.m, self.remembered(g)
        return self.sign(self.looked_at(before, g))

    def remembered(self, g):
        return mean(self.m, self.betas[1], g)

    def looked_at(self, m, g):
        return mean(m, self.betas[0], g)

    def sign(self, c):
        return np.sign(c)


@known("Lion", "the step goes uphill: w -= lr * sign(c).")
class LionUphill(Lion):
    def direction(self, w, g):
        return -super().direction(w, g)


@known("Lion", "the sign is missing: every weight moves by lr, whatever the size of c.")
class WithoutSign(Lion):
    def sign(self, c):
        return c


@known("Lion", "the sign is that of g alone; c looks at m, too.")
class SignOfG(Lion):
    def looked_at(self, m, g):
        return g


@known("Lion", "the sign is that of m; c = beta1 * m + (1 - beta1) * g looks at g once more.")
class SignOfM(Lion):
    def looked_at(self, m, g):
        return self.m


@known("Lion", "c is made from m after its update; first c and the step, then m.")
class UpdatedFirst(Lion):
    def looked_at(self, m, g):
        return super().looked_at(self.m, g)


@known("Lion", "beta1 and beta2 are swapped: beta1 is for c, beta2 for m.")
class LionBetasSwapped(Lion):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.betas = self.betas[::-1]


@known("Lion", "m is averaged with beta1, like c; it has a longer memory, beta2.")
class OneBeta(Lion):
    def remembered(self, g):
        return mean(self.m, self.betas[0], g)


@known("Lion", "weight decay is added to g, where the sign swallows it; it shrinks w.")
class LionL2(Lion):
    def decayed(self, w, g):
        return w, g + self.weight_decay * w


@known("Lion", "the share that w loses is not multiplied by lr: lr * weight_decay.")
class LionDecayWithoutLr(Lion):
    def moved(self, w, g):
        return w * (1 - self.weight_decay) - self.lr * self.direction(w, g)

    def decayed(self, w, g):
        return w, g


@known("Lion", "there is no weight decay: w loses the share lr * weight_decay too.")
class LionWithoutDecay(Lion):
    def decayed(self, w, g):
        return w, g
