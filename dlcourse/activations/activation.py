"""What all activations share: the two passes, from a function and its derivative."""

from .._errors import array
from ..layers import Layer


class Activation(Layer):
    """What all activations share: a subclass states `f` and `df`.

    Examples
    --------
    >>> import numpy as np
    >>> from dlcourse import ReLU
    >>> ReLU().forward(np.array([[-1.0, 2.0]])).tolist()
    [[0.0, 2.0]]
    """

    def f(self, x):
        """The function, entry by entry."""
        raise NotImplementedError(f"{self} needs a method f(self, x)")

    def df(self, x, y):
        """The derivative at `x`, where ``y = f(x)`` is at hand: use `y` if no digits are lost."""
        raise NotImplementedError(f"{self} needs a method df(self, x, y)")

    def forward(self, x, train=False):
        y = self.f(array("x", x, self))
        self.remember(train, y, x, y)
        return y

    def backward(self, dy):
        x, y = self.recall(dy)
        return dy * self.df(x, y)
