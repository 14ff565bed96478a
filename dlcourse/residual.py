"""The residual connection: what comes in is added to what the layers make of it."""

import copy

from ._errors import array, real_number
from ._nested import free
from .layers import Layer


class Residual(Layer):
    r"""Layers with a way around them.

    .. math::

        y &= x + s\, F(x) \\
        F &= f_K \circ \dots \circ f_1 \\
        \frac{\partial L}{\partial x} &= \frac{\partial L}{\partial y}
          + s \left(\frac{\partial F}{\partial x}\right)^{\!\top} \frac{\partial L}{\partial y}

    with *s* the scale. However deep the network, the gradient has a way on which it is
    multiplied by 1 in every block.

    Parameters
    ----------
    *layers : Layer
        Applied one after the other; the last one gives the shape that the first one takes.
        Each belongs to one network only. They learn, draw masks and keep running statistics
        as in a `Sequential`, and may be `Residual` themselves.
    scale : float
        The factor of the branch, fixed. 1 is the paper's; with 0 the block does nothing.

    Attributes
    ----------
    layers : tuple of Layer
        Layer 0 inside layer 3 of a network has the place ``"3.0"``, its weights ``"3.0.W"``.

    Raises
    ------
    TypeError, ValueError
        If something is no `Layer`, or is used twice; if the layers give another shape than
        they take.

    Notes
    -----
    Source: He et al. (2016), eq. 1, where a ReLU follows the sum; their second paper of that
    year leaves it out, as here. De and Smith (2020) start each branch at scale 0 and learn the
    scale. PyTorch has no such layer; one writes ``x + scale * f(x)``.

    Examples
    --------
    >>> import numpy as np
    >>> from dlcourse import Linear, ReLU, Sequential, constant
    >>> block = Residual(Linear(2, 2, init=constant(1.0)), ReLU(), scale=0.5)
    >>> model = Sequential(block, Linear(2, 1))
    >>> [*model.shapes]
    ['0.0.W', '0.0.b', '1.W', '1.b']
    >>> block.forward(np.array([[1.0, 2.0], [-1.0, -2.0]], np.float32)).tolist()
    [[2.5, 3.5], [-1.0, -2.0]]
    """

    def __init__(self, *layers, scale=1.0):
        if not layers:
            raise ValueError(
                "Residual needs at least one layer but got none; "
                "give it those that x goes around: Residual(Linear(8, 8), ReLU())"
            )
        free(layers)
        self.layers = layers
        self.scale = real_number("scale", scale)

    def forward(self, x, train=False):
        h = array("x", x, self)
        for layer in self.layers:
            h = layer.forward(h, train=train)
        y = self._plus(x, h)
        self.remember(train, y)
        return y

    def _plus(self, x, h):
        """x and what the layers made of it, together."""
        return x + self.scale * self._like("forward", x, h)

    def backward(self, dy):
        self.recall(dy)
        dh = self.scale * dy
        for layer in self.layers[::-1]:
            dh = layer.backward(dh)
        return dy + self._like("backward", dy, dh) if self.input_gradient else None

    def _like(self, way, x, h):
        """Refuse what cannot be added to `x`, or only by stretching it."""
        if getattr(h, "shape", None) != x.shape or h.dtype != x.dtype:
            got = f"{h.dtype} of shape {h.shape}" if hasattr(h, "shape") else f"{h!r:.60}"
            raise ValueError(
                f"{self}: {way}, its layers must give what they take, {x.dtype} of shape "
                f"{x.shape}, but gave {got}; let the last one give as many numbers as the "
                f"first one takes"
            )
        return h

    def __copy__(self):
        return copy.deepcopy(self)

    def __repr__(self):
        scale = "" if self.scale == 1 else f", scale={self.scale}"
        return f"Residual({', '.join(map(repr, self.layers))}{scale})"
