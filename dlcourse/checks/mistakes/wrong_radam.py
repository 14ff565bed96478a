"""Known mistakes in RAdam."""

import numpy as np

from ..engine.optimizer_factory import Mistakes, Optimizer
from ..engine.pieces import right
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(RAdam={"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01})
known = TABLE.known
sqrt = np.sqrt


@right
class RAdam(Optimizer):
    """RAdam, right: its lines one by one."""

    def direction(self, w, g):
        b1, b2 = self.betas
        self.m, self.v = mean(self.m, b1, g), mean(self.v, b2, g * g)
        rho = self.rho()
        return self.adaptive(self.r(rho)) if self.tractable(rho) else self.start(g)

    def rho_inf(self):
        return 2 / (1 - self.betas[1]) - 1

    def rho(self):
        grown = self.betas[1] ** self.t
        return self.rho_inf() - self.twice() * self.t * grown / (1 - grown)

    def twice(self):
        return 2

    def tractable(self, rho):
        return rho > self.threshold

    def r(self, rho):
        far = self.rho_inf()
        return sqrt((rho - 4) * (rho - 2) * far / ((far - 4) * (far - 2) * rho))

    def m_hat(self):
        return self.m / (1 - self.betas[0] ** self.t)

    def correction(self):
        return sqrt(1 - self.betas[1] ** self.t)

    def start(self, g):
        return self.m_hat()

    def adaptive(self, r):
        return r * self.m_hat() * self.correction() / (sqrt(self.v) + self.eps_at())

    def eps_at(self):
        return self.eps


@known("RAdam", "the step goes uphill: w -= ...")
class RAdamUphill(RAdam):
    def direction(self, w, g):
        return -super().direction(w, g)


@known("RAdam", "this is Adam: r_t is missing, and so are the first steps without a root.")
class PlainAdam(RAdam):
    def tractable(self, rho):
        return True

    def r(self, rho):
        return 1.0

    def eps_at(self):
        return self.eps * self.correction()


@known("RAdam", "r_t is missing in the adaptive step.")
class WithoutR(RAdam):
    def r(self, rho):
        return 1.0


@known("RAdam", "the root of r_t is missing.")
class RSquared(RAdam):
    def r(self, rho):
        return super().r(rho) ** 2


@known("RAdam", "the threshold is the paper's 4; use the setting threshold, 5 by default.")
class ThresholdFour(RAdam):
    def tractable(self, rho):
        return rho > 4


@known("RAdam", "below the threshold nothing happens; there it is a step along m_hat.")
class Waits(RAdam):
    def start(self, g):
        return 0 * g


@known("RAdam", "below the threshold the step is along g; it is along m_hat.")
class StartsAsSGD(RAdam):
    def start(self, g):
        return g


@known("RAdam", "below the threshold m is not corrected: divide it by 1 - beta1**t.")
class StartsUncorrected(RAdam):
    def start(self, g):
        return self.m


@known("RAdam", "m is never corrected for its start: divide it by 1 - beta1**t.")
class MUncorrected(RAdam):
    def m_hat(self):
        return self.m


@known(
    "RAdam", "v is not corrected for its start: multiply the adaptive step by sqrt(1 - beta2**t)."
)
class VUncorrected(RAdam):
    def correction(self):
        return 1.0


@known("RAdam", "the - 1 is missing in rho_inf = 2/(1 - beta2) - 1.")
class RhoInf(RAdam):
    def rho_inf(self):
        return 2 / (1 - self.betas[1])


@known("RAdam", "the 2 is missing in rho_t = rho_inf - 2 t beta2**t / (1 - beta2**t).")
class RhoT(RAdam):
    def twice(self):
        return 1


@known("RAdam", "eps is added after the correction of v; PyTorch and the library add it before.")
class EpsAfter(RAdam):
    def eps_at(self):
        return self.eps * sqrt(1 - self.betas[1] ** self.t)
