"""Known mistakes in Adam, and in AdamW with its decay beside the step."""

import numpy as np

from ..engine.optimizer_factory import Mistakes, Optimizer
from ..engine.pieces import right
from .wrong_adaptive import mean

# the settings at which every line of the update matters
TABLE = Mistakes(
    Adam={"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01},
    AdamW={"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01, "weight_decay": 0.3},
)
known = TABLE.known
sqrt = np.sqrt


@right
class Adam(Optimizer):
    """Adam, right: its lines one by one. With amsgrad, ``self.u`` is the largest v so far."""

    def direction(self, w, g):
        self.m = self.first(g)
        self.v = self.second(self.squared(g))
        self.u = np.maximum(self.u, self.v) if self.amsgrad else self.v
        return self.divided(self.top(g), self.v_hat())

    def first(self, g):
        return mean(self.m, self.betas[0], g)

    def squared(self, g):
        return g * g

    def second(self, square):
        return mean(self.v, self.betas[1], square)

    def steps(self):
        return self.t

    def m_hat(self):
        return self.m / (1 - self.betas[0] ** self.steps())

    def v_hat(self):
        return self.u / (1 - self.betas[1] ** self.steps())

    def top(self, g):
        return self.m_hat()

    def divided(self, top, v_hat):
        return top / (self.root(v_hat) + self.eps)

    def root(self, v_hat):
        return sqrt(v_hat)


@known("Adam AdamW", "the step goes uphill: w -= ...")
class AdamUphill(Adam):
    def direction(self, w, g):
        return -super().direction(w, g)


@known(
    "Adam AdamW",
    "this is Adam without bias correction: divide m by 1 - beta1**t, v by 1 - beta2**t.",
)
class WithoutCorrection(Adam):
    def m_hat(self):
        return self.m

    def v_hat(self):
        return self.u


@known("Adam AdamW", "only m is corrected for its start; v, too: divide it by 1 - beta2**t.")
class OnlyMCorrected(Adam):
    def v_hat(self):
        return self.u


@known("Adam AdamW", "only v is corrected for its start; m, too: divide it by 1 - beta1**t.")
class OnlyVCorrected(Adam):
    def m_hat(self):
        return self.m


@known("Adam AdamW", "t never grows: the correction is 1 - beta**t, and t counts the steps.")
class TStaysOne(Adam):
    def steps(self):
        return 1


@known("Adam AdamW", "t is one ahead: the first step has t = 1; count once a step, starting at 0.")
class TOneAhead(Adam):
    def steps(self):
        return self.t + 1


@known(
    "Adam AdamW", "t is one behind: it is 0 in the first step; count self.t += 1 before its use."
)
class TOneBehind(Adam):
    def steps(self):
        return self.t - 1


@known("Adam AdamW", "the correction multiplies beta by t; it is a power: 1 - beta**t.")
class TimesT(Adam):
    def m_hat(self):
        return self.m / (1 - self.betas[0] * self.steps())

    def v_hat(self):
        return self.u / (1 - self.betas[1] * self.steps())


@known("Adam AdamW", "the corrections are swapped: m belongs to 1 - beta1**t, v to 1 - beta2**t.")
class CorrectionsSwapped(Adam):
    def m_hat(self):
        return self.m / (1 - self.betas[1] ** self.steps())

    def v_hat(self):
        return self.u / (1 - self.betas[0] ** self.steps())


@known("Adam AdamW", "the two betas are swapped: the first is of m, the second of v.")
class BetasSwapped(Adam):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.betas = self.betas[::-1]


@known("Adam AdamW", "eps is inside the root; in Adam it is outside: sqrt(v_hat) + eps.")
class EpsInside(Adam):
    def divided(self, top, v_hat):
        return top / self.root(v_hat + self.eps)


@known("Adam AdamW", "eps is added before the correction of v, as in Keras; here after it.")
class EpsHat(Adam):
    def divided(self, top, v_hat):
        corrected = self.root(1 - self.betas[1] ** self.steps())
        return top / (self.root(v_hat) + self.eps / corrected)


@known("Adam AdamW", "the root is missing: divide by sqrt(v_hat) + eps.")
class WithoutRoot(Adam):
    def root(self, v_hat):
        return v_hat


@known("Adam AdamW", "m is not used in the step: this is RMSprop with a correction; step by m_hat.")
class WithoutM(Adam):
    def top(self, g):
        return g


@known("Adam AdamW", "v averages m**2; it averages g**2.")
class VOfM(Adam):
    def squared(self, g):
        return super().squared(self.m)


@known("Adam AdamW", "the square is missing: v averages |g|, not g**2.")
class WithoutSquare(Adam):
    def squared(self, g):
        return np.abs(g)


@known("Adam AdamW", "1 - beta1 is missing in front of g: m = beta1 m + (1 - beta1) g.")
class MNotAveraged(Adam):
    def first(self, g):
        return self.betas[0] * self.m + g


@known("Adam AdamW", "1 - beta2 is missing in front of g**2: v = beta2 v + (1 - beta2) g**2.")
class VNotAveraged(Adam):
    def second(self, square):
        return self.betas[1] * self.v + square


@known("AdamW", "the decay is added to the gradient: this is Adam with L2; decay w itself.")
class L2(Adam):
    def decayed(self, w, g):
        return w, g + self.weight_decay * w


@known("AdamW", "the weight decay is missing: w *= 1 - lr * weight_decay.")
class WithoutDecay(Adam):
    def decayed(self, w, g):
        return w, g


@known("AdamW", "the decay is not multiplied by lr: w *= 1 - lr * weight_decay.")
class DecayWithoutLr(Adam):
    def decayed(self, w, g):
        return w * (1 - self.weight_decay), g


@known("AdamW", "the decay makes the weights grow; the sign is wrong.")
class DecayGrows(Adam):
    def decayed(self, w, g):
        return w * (1 + self.lr * self.weight_decay), g


@known("AdamW", "the decay comes after the step; decay w first, as PyTorch does.")
class DecaysLast(Adam):
    def decayed(self, w, g):
        return w, g

    def moved(self, w, g):
        return super().moved(w, g) * (1 - self.lr * self.weight_decay)


@known("AdamW", "decayed twice: beside the step and in the gradient.")
class DecaysTwice(Adam):
    def decayed(self, w, g):
        return w * (1 - self.lr * self.weight_decay), g + self.weight_decay * w
