"""Known mistakes in PReLU, the activation function that learns."""

import numpy as np

from ...layers import Layer
from ..engine.judging import Table

TABLE = Table()
known = TABLE.known


class Plain(Layer):
    """PReLU in pieces; the mistakes below each change one."""

    def __init__(self, num_parameters=1, init=0.25):
        self.n, self.init = num_parameters, init

    def initial(self, rng):
        return {"a": np.full(self.n, self.init)}

    def forward(self, x, train=False):
        self.x = x
        return np.where(x > 0, x, self.a * x)

    def backward(self, dy):
        self.da[...] = self.total(np.where(self.x > 0, 0, self.x) * dy)
        return self.slope() * dy

    def total(self, da):
        return da.sum() if self.n == 1 else da.sum(axis=0)

    def slope(self):
        return np.where(self.x > 0, self.x.dtype.type(1), self.a)


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
    def backward(self, dy):
        self.da[...] = self.total(self.x * dy)
        return self.slope() * dy


@known("da takes the positive side instead of the negative one: min(0, x) dy.")
class RightSide(Plain):
    def backward(self, dy):
        self.da[...] = self.total(np.maximum(self.x, 0) * dy)
        return self.slope() * dy


@known("da lacks dy: the chain rule multiplies min(0, x) by dy.")
class WithoutChain(Plain):
    def backward(self, dy):
        self.da[...] = self.total(np.minimum(self.x, 0))
        return self.slope() * dy


@known("da is added to what stood there (+=); write: self.da[...] = ...")
class Added(Plain):
    def backward(self, dy):
        self.da += self.total(np.minimum(self.x, 0) * dy)
        return self.slope() * dy


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
