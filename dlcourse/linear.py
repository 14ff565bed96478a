"""The fully connected layer."""

import numpy as np

from ._arguments import flag, function
from ._errors import batch, whole_number
from ._starts import starting_matrix
from ._statistics import column_sums
from ._views import Learned
from .browser import matmul
from .initializers import he_normal
from .layers import Layer


class Linear(Layer):
    r"""A fully connected layer.

    .. math::

        y &= x W + b \\
        \frac{\partial L}{\partial W} &= x^\top \frac{\partial L}{\partial y}, \qquad
        \frac{\partial L}{\partial b} = \sum_{i=1}^{N} \frac{\partial L}{\partial y_i}, \qquad
        \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} W^\top

    Parameters
    ----------
    n_in, n_out : int
        Numbers in and out, at least 1. ``x`` is (N, n_in), ``y`` is (N, n_out).
    bias : bool
        Whether to add ``b``. It starts at 0.
    init : callable
        ``f(rng, shape) -> array``, the starting ``W`` of shape (n_in, n_out).

    Raises
    ------
    ValueError
        If ``x`` has another shape.
    AttributeError
        If the layer has no start yet, from a `Sequential` or from `start`.

    Notes
    -----
    PyTorch differs: it stores the transpose, (n_out, n_in), and starts with
    :math:`U(\pm 1/\sqrt{n_\text{in}})` for both W and b. Here ``x @ W + b`` is what the
    chapter writes, and the weights that enter one unit are a column of W.

    Examples
    --------
    >>> from dlcourse import Sequential
    >>> Sequential(Linear(3, 2)).forward(np.ones((5, 3), np.float32)).shape
    (5, 2)
    """

    W = Learned()
    b = Learned()

    def __init__(self, n_in, n_out, bias=True, init=he_normal):
        self.n_in = whole_number("n_in", n_in)
        self.n_out = whole_number("n_out", n_out)
        self.bias = flag("bias", bias)
        self.init = function("init", init, "f(rng, shape)")

    def initial(self, rng):
        start = {"W": starting_matrix(self, "W", rng, (self.n_in, self.n_out))}
        if self.bias:
            start["b"] = np.zeros(self.n_out)
        return start

    def forward(self, x, train=False):
        batch(self, x, self.n_in)
        y = matmul(x, self.W)  # x @ W
        if self.bias:
            y += self.b
        self.remember(train, y, x)
        return y

    def backward(self, dy):
        (x,) = self.recall(dy)
        matmul(x.T, dy, out=self.dW)
        if self.bias:
            column_sums(dy, out=self.db)
        return matmul(dy, self.W.T) if self.input_gradient else None

    def __repr__(self):
        return f"Linear({self.n_in}, {self.n_out}{'' if self.bias else ', bias=False'})"
