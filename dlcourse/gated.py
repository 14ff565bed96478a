"""A layer with a gate: one half of it says how much of the other passes."""

from ._arguments import function
from ._errors import batch, whole_number
from ._starts import starting_matrix
from ._views import Learned
from .activations import SiLU
from .browser import matmul
from .initializers import lecun_normal
from .layers import Layer

silu = SiLU()


class SwiGLU(Layer):
    r"""A linear layer whose every output is multiplied by a gate, the SiLU of another one.

    .. math::

        h &= x W \\
        v &= x V \\
        y &= \operatorname{SiLU}(h) \odot v \\
        \frac{\partial L}{\partial h} &= \operatorname{SiLU}'(h) \odot v
          \odot \frac{\partial L}{\partial y} \\
        \frac{\partial L}{\partial v} &= \operatorname{SiLU}(h) \odot \frac{\partial L}{\partial y}
          \\
        \frac{\partial L}{\partial W} &= x^\top \frac{\partial L}{\partial h} \\
        \frac{\partial L}{\partial V} &= x^\top \frac{\partial L}{\partial v} \\
        \frac{\partial L}{\partial x} &= \frac{\partial L}{\partial h} W^\top
          + \frac{\partial L}{\partial v} V^\top

    It stands for a linear layer *and* its activation. The map back to the width of *x* is not
    part of it: ``SwiGLU(n, h), Linear(h, n, bias=False)`` is the paper's whole block.

    Parameters
    ----------
    n_in, n_hidden : int
        Numbers in and out, at least 1. ``x`` is (N, n_in), ``y`` is (N, n_hidden).
    init : callable
        ``f(rng, shape) -> array``, the starting ``W``, then the starting ``V``, both of shape
        (n_in, n_hidden).

    Raises
    ------
    ValueError
        If ``x`` has another shape.

    Notes
    -----
    Source: Shazeer (2020), eq. 6, without biases, as there. It has twice the weights of a
    linear layer, so the paper takes two thirds of the width. PyTorch has no such layer; one
    writes ``silu(gate(x)) * up(x)``.

    Examples
    --------
    >>> from dlcourse import Linear, Sequential
    >>> model = Sequential(SwiGLU(4, 8), Linear(8, 4, bias=False))
    >>> model.shapes
    {'0.W': (4, 8), '0.V': (4, 8), '1.W': (8, 4)}
    """

    W = Learned()
    V = Learned()

    def __init__(self, n_in, n_hidden, init=lecun_normal):
        self.n_in = whole_number("n_in", n_in)
        self.n_hidden = whole_number("n_hidden", n_hidden)
        self.init = function("init", init, "f(rng, shape)")

    def initial(self, rng):
        shape = self.n_in, self.n_hidden
        return {name: starting_matrix(self, name, rng, shape) for name in ("W", "V")}

    def forward(self, x, train=False):
        batch(self, x, self.n_in)
        h, v = matmul(x, self.W), matmul(x, self.V)
        gate = silu.f(h)
        y = gate * v
        self.remember(train, y, x, h, v, gate)
        return y

    def backward(self, dy):
        x, h, v, gate = self.recall(dy)
        dh = silu.df(h, gate) * v * dy
        dv = gate * dy
        matmul(x.T, dh, out=self.dW)
        matmul(x.T, dv, out=self.dV)
        return matmul(dh, self.W.T) + matmul(dv, self.V.T) if self.input_gradient else None

    def __repr__(self):
        return f"SwiGLU({self.n_in}, {self.n_hidden})"
