"""Known mistakes in PReLU, the activation function that learns."""

import numpy as np

from ...layers import Layer
from ..engine.pieces import Table, right

TABLE = Table()
known = TABLE.known


@right
class Plain(Layer):
    """PReLU in pieces; the mistakes below each change one."""

    def __init__(self, num_parameters=1, init=0.25):
        self.n, self.init = num_parameters, init

    def initial(self, rng):
        return {"a": np.full(self.n, self.init)}

    def forward(self, x, train=False):
        self.x = x
        return np.where(x > 0, x, self.left() * x)

    def left(self):
        return self.a

    def backward(self, dy):
        self.da[...] = self.written(self.total(self.met() * self.chain(dy)))
        return self.slope() * dy

    def met(self):
        """What the slope has multiplied."""
        return np.minimum(self.x, 0)

    def chain(self, dy):
        return dy

    def total(self, da):
        return da.sum() if self.n == 1 else da.sum(axis=0)

    def written(self, da):
        return da

    def slope(self):
        return np.where(self.x > 0, self.x.dtype.type(1), self.left())


@known("the slope starts at 0, as in Keras; here and in the paper at 0.25.")
class StartsAtZero(Plain):
    def initial(self, rng):
        return {"a": np.zeros(self.n)}


@known("the slope starts at 0.01, as that of a leaky ReLU; use the setting init.")
class StartsLikeLeaky(Plain):
    def initial(self, rng):
        return {"a": np.full(self.n, 0.01)}


@known("da is a mean; it is a sum: the loss has divided by N already.")
class Averaged(Plain):
    def total(self, da):
        return da.mean() if self.n == 1 else da.mean(axis=0)


@known("da is a mean over the rows; it is their sum: the loss has divided by N already.")
class AveragedOverRows(Plain):
    def total(self, da):
        return da.sum() if self.n == 1 else da.mean(axis=0)


@known("one slope for all units: da sums over the rows and the units; here it is their mean.")
class AveragedOverUnits(Plain):
    def total(self, da):
        return da.sum(axis=0).mean() if self.n == 1 else da.sum(axis=0)


@known("da has the wrong sign.")
class WrongSign(Plain):
    def total(self, da):
        return -super().total(da)


@known("da sums over all units, although each has a slope of its own: sum over axis 0.")
class SharedByAll(Plain):
    def total(self, da):
        return da.sum()


@known("da takes the positive side, too; only negative x meet the slope: min(0, x) dy.")
class BothSides(Plain):
    def met(self):
        return self.x


@known("da takes the positive side instead of the negative one: min(0, x) dy.")
class RightSide(Plain):
    def met(self):
        return np.maximum(self.x, 0)


@known("da lacks dy: the chain rule multiplies min(0, x) by dy.")
class WithoutChain(Plain):
    def chain(self, dy):
        return np.ones_like(dy)


@known("da is added to what stood there (+=); write: self.da[...] = ...")
class Added(Plain):
    def written(self, da):
        return self.da + da


@known("the slope that was learned is never read: forward and backward use the setting init.")
class NeverRead(Plain):
    def left(self):
        return self.x.dtype.type(self.init)


@known("dx has the slope 0 on the left side; it is a.")
class SlopeOfReLU(Plain):
    def slope(self):
        return np.where(self.x > 0, self.x.dtype.type(1), self.x.dtype.type(0))


@known("backward returns dy as it came; on the left side it is a * dy.")
class SlopeMissing(Plain):
    def slope(self):
        return np.ones_like(self.x)


@known("the slope at 0 is 1; the course takes that of the left side: write x > 0.")
class SlopeAtZero(Plain):
    def slope(self):
        return np.where(self.x >= 0, self.x.dtype.type(1), self.a)
