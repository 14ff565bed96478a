"""Known mistakes in ScheduleFree."""

import numpy as np

from ..engine.optimizer_factory import Mistakes, Optimizer
from ..engine.pieces import right
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(
    ScheduleFree={"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01, "weight_decay": 0.3},
)


def known(sentence):
    return TABLE.known("ScheduleFree", sentence)


@right
class ScheduleFree(Optimizer):
    """ScheduleFree, right: its lines one by one. z is kept as ``self.m``, x as ``self.u``."""

    def decayed(self, w, g):
        return w, g

    def moved(self, w, g):
        if self.t == 1:
            self.m, self.u = self.z_start(w), w
        self.m = self.stepping_from(w) - self.lr * self.direction(w, g)
        c = self.share()
        self.u = (1 - c) * self.u + c * self.m
        return self.between(self.betas[0])

    def z_start(self, w):
        return w

    def stepping_from(self, w):
        return self.m

    def direction(self, w, g):
        """The step of z, without lr."""
        self.v = mean(self.v, self.betas[1], g * g)
        return g / (np.sqrt(self.v_hat()) + self.eps) + self.decay(w)

    def v_hat(self):
        return self.v / (1 - self.betas[1] ** self.t)

    def decay(self, w):
        return self.weight_decay * w

    def share(self):
        return 1 / self.t

    def between(self, beta1):
        return (1 - beta1) * self.m + beta1 * self.u


@known("the step goes uphill: z -= lr * ...")
class ZUphill(ScheduleFree):
    def direction(self, w, g):
        return -super().direction(w, g)


@known("the average is not taken: w follows z alone.")
class ZAlone(ScheduleFree):
    def between(self, beta1):
        return self.m


@known("w is the average x; it lies between z and x: (1 - beta1) z + beta1 x.")
class XAlone(ScheduleFree):
    def between(self, beta1):
        return self.u


@known("z and x are swapped: w = (1 - beta1) z + beta1 x.")
class ZAndXSwapped(ScheduleFree):
    def between(self, beta1):
        return super().between(1 - beta1)


@known("x is a moving average with beta1; every place counts alike, c = 1 / t.")
class MovingAverage(ScheduleFree):
    def share(self):
        return 1 - self.betas[0]


@known("x takes c = 1 / (t + 1): the start is counted as a place; c = 1 / t.")
class StartCounted(ScheduleFree):
    def share(self):
        return 1 / (self.t + 1)


@known("z steps from w; it steps from the z before.")
class FromW(ScheduleFree):
    def stepping_from(self, w):
        return w


@known("z starts at 0; it starts at the first w, as x does.")
class ZFromZero(ScheduleFree):
    def z_start(self, w):
        return 0 * w


@known("v is not corrected for its start at 0: divide it by 1 - beta2^t.")
class NotCorrected(ScheduleFree):
    def v_hat(self):
        return self.v


@known("there is no weight decay: weight_decay * w is a part of the step of z.")
class WithoutDecay(ScheduleFree):
    def decay(self, w):
        return 0.0


@known("weight decay is taken at z; it is taken at w, where the gradient is.")
class DecayAtZ(ScheduleFree):
    def decay(self, w):
        return super().decay(self.m)
