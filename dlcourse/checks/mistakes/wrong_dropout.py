"""Known mistakes in dropout. Each class is wrong in the lines that it writes, nowhere else."""

import numpy as np

from ...layers import Layer
from ..engine.pieces import Table, right

TABLE = Table()
known = TABLE.known


@right
class Plain(Layer):
    """Dropout in its plainest form; the mistakes below each change one method."""

    def __init__(self, rate):
        self.rate = rate

    def keep(self, x):
        return self.rng.random(x.shape) < 1 - self.rate

    def factor(self):
        return 1 / (1 - self.rate)

    def forward(self, x, train=False):
        if not train:
            return self.inference(x)
        self.m = self.keep(x) * x.dtype.type(self.factor())
        return self.m * x

    def inference(self, x):
        return x

    def backward(self, dy):
        return self.m * dy


@known("keep and drop are swapped: units are kept with the probability rate.")
class KeepAndDropSwapped(Plain):
    def keep(self, x):
        return self.rng.random(x.shape) < self.rate


@known("rate is taken for the probability of keeping, as the paper's p; here it is of dropping.")
class RateIsKept(KeepAndDropSwapped):
    def factor(self):
        return 1 / self.rate


@known("the division by 1 - rate is missing in training, and nothing makes up for it.")
class NotScaled(Plain):
    def factor(self):
        return 1.0


@known(
    "this is the original form, scaled by 1 - rate in inference; the inverted form is asked "
    "for: divide by 1 - rate in training and leave inference alone."
)
class Original(NotScaled):
    def inference(self, x):
        return x * (1 - self.rate)


@known("kept values are divided by rate; divide by 1 - rate, the probability of keeping.")
class DividedByRate(Plain):
    def factor(self):
        return 1 / self.rate


@known("kept values are multiplied by 1 - rate; they must be divided by it.")
class MultipliedInstead(Plain):
    def factor(self):
        return 1 - self.rate


@known("inference drops units, too: it must return x as it is when train is False.")
class DropsInInference(Plain):
    def inference(self, x):
        return self.forward(x, train=True)


@known("scaled twice: divided by 1 - rate in training and multiplied by it in inference.")
class ScaledTwice(Plain):
    def inference(self, x):
        return x * (1 - self.rate)


@known("inference divides by 1 - rate although nothing was dropped.")
class DividesInInference(Plain):
    def inference(self, x):
        return x / (1 - self.rate)


@known("one mask is shared by all rows; draw with the shape of x, not of one row.")
class OneMaskForAllRows(Plain):
    def keep(self, x):
        return np.repeat(self.rng.random((1, x.shape[1])) < 1 - self.rate, len(x), axis=0)


@known("whole rows are dropped: there is one draw for each example; draw with the shape of x.")
class WholeRows(Plain):
    def keep(self, x):
        return np.repeat(self.rng.random((len(x), 1)) < 1 - self.rate, x.shape[1], axis=1)


@known("the same number is dropped in every row; each unit needs a draw of its own.")
class ExactNumber(Plain):
    def keep(self, x):
        order = self.rng.random(x.shape).argsort(axis=1).argsort(axis=1)
        return order >= round(self.rate * x.shape[1])


@known("the rows share masks in pairs or halves; every row needs draws of its own.")
class HalfRepeated(Plain):
    def keep(self, x):
        half = self.rng.random((-(-len(x) // 2), *x.shape[1:])) < 1 - self.rate
        return np.concatenate([half, half])[: len(x)]


@known("the last row is never dropped from; the mask has the shape of x.")
class LastRowKept(Plain):
    def keep(self, x):
        keep = super().keep(x)
        keep[-1] = True
        return keep


@known("exactly the share rate of the batch is dropped; each entry needs a draw of its own.")
class ExactShare(Plain):
    def keep(self, x):
        keep = np.arange(x.size) >= round(self.rate * x.size)
        return self.rng.permutation(keep).reshape(x.shape)


@known("inference draws a mask that it does not use, so that evaluating changes later masks.")
class DrawsInInference(Plain):
    def inference(self, x):
        self.keep(x)
        return super().inference(x)


@known("the mask is drawn once and kept for ever; draw a new one in every training pass.")
class OneMaskForEver(Plain):
    def keep(self, x):
        if not hasattr(self, "kept"):
            self.kept = self.rng.random(x.shape) < 1 - self.rate
        return self.kept[: len(x)]


@known(
    "a new generator with a fixed seed is made in each pass, so the mask never changes; draw "
    "from self.rng."
)
class FixedSeed(Plain):
    def keep(self, x):
        return np.random.default_rng(0).random(x.shape) < 1 - self.rate


@known("the masks come from a generator of its own; draw from self.rng, so that a seed repeats.")
class OwnGenerator(Plain):
    own = np.random.default_rng(12)

    def keep(self, x):
        return self.own.random(x.shape) < 1 - self.rate


@known("backward returns dy as it came; dropped units must receive no gradient.")
class GradientOfNothing(Plain):
    def backward(self, dy):
        return dy


@known("backward uses the mask but lacks the factor 1/(1 - rate).")
class GradientNotScaled(Plain):
    def backward(self, dy):
        return dy * (self.m > 0)


@known("backward scales twice: the stored mask already holds the factor 1/(1 - rate).")
class GradientScaledTwice(Plain):
    def backward(self, dy):
        return self.m * dy * self.m.dtype.type(self.factor())


@known("backward scales dy but lacks the mask.")
class GradientWithoutMask(Plain):
    def backward(self, dy):
        return dy * dy.dtype.type(self.factor())


@known("backward draws a new mask; it must use the one that forward drew.")
class GradientOfAnotherMask(Plain):
    def backward(self, dy):
        return self.keep(dy) * dy.dtype.type(self.factor()) * dy


@known("backward keeps and drops the wrong way round: it lets dropped units learn.")
class GradientInverted(Plain):
    def backward(self, dy):
        return (self.m == 0) * dy.dtype.type(self.factor()) * dy


@known("backward guesses the mask from y != 0; a unit that was kept may be 0. Store the mask.")
class MaskGuessed(Plain):
    def forward(self, x, train=False):
        y = super().forward(x, train)
        self.m = (y != 0) * x.dtype.type(self.factor())
        return y
