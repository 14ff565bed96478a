"""Layers: the protocol that every layer follows, and the fully connected layer."""

import numpy as np

from ._errors import array, batch, finite, whole_number
from ._statistics import column_sums
from .browser import matmul
from .initializers import he_normal


class Layer:
    """One step of a network: a forward pass, and a backward pass by the chain rule.

    A subclass writes `forward` and `backward`, and `initial` if it learns something.
    After ``Sequential(...)`` a layer whose `initial` returned ``{"W": ..., "b": ...}``
    has ``W`` and ``b`` as views into the network's ``theta``, and ``dW`` and ``db`` as
    views into its ``grad``.

    Attributes
    ----------
    rng : numpy.random.Generator or None
        The layer's own stream of masks; `Sequential` hands it over.
    state : tuple of str
        Names of arrays that are saved with the network but not learned by gradient.
    min_rows : int
        The fewest rows that a training batch may have.
    input_gradient : bool
        False tells `backward` that nobody asks for dx (the first layer of a network).

    Examples
    --------
    >>> class Double(Layer):
    ...     def forward(self, x, train=False):
    ...         y = 2 * x
    ...         self.remember(train, y)
    ...         return y
    ...     def backward(self, dy):
    ...         self.recall(dy)
    ...         return 2 * dy
    >>> Double().forward(np.ones((1, 2))).tolist()
    [[2.0, 2.0]]
    """

    rng = None
    state = ()
    min_rows = 1
    input_gradient = True
    _memory = None

    def initial(self, rng):
        """Starting values of what the layer learns: a dict name -> array."""
        return {}

    def forward(self, x, train=False):
        """The output for a batch `x`; ``train=True`` also remembers what `backward` needs."""
        raise NotImplementedError(f"{self} needs a method forward(self, x, train=False)")

    def backward(self, dy):
        """From dL/dy to dL/dx, filling ``self.d<name>`` for everything that is learned."""
        raise NotImplementedError(f"{self} needs a method backward(self, dy)")

    def remember(self, train, y, *arrays):
        """Keep what `y` looks like and the `arrays` for `backward`; inference forgets them."""
        self._memory = (y.shape, y.dtype, arrays) if train else None

    def recall(self, dy):
        """What the last training pass remembered; checks that `dy` belongs to it."""
        if self._memory is None:
            raise RuntimeError(
                f"{self}: backward came before a training pass; "
                f"call forward(x, train=True) first (forward(x) is inference)"
            )
        shape, dtype, arrays = self._memory
        if array("dy", dy, self).shape != shape:
            raise ValueError(
                f"{self}: dy must have the shape of the output, {shape}, but got {dy.shape}"
            )
        if dy.dtype != dtype:
            raise TypeError(
                f"{self}: dy must be {dtype} like the output but got {dy.dtype}; "
                f"convert it first: dy.astype(np.{dtype})"
            )
        return arrays

    def __repr__(self):
        return f"{type(self).__name__}()"


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
        If ``x`` has another shape, or the layer is not yet part of a `Sequential`.

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

    def __init__(self, n_in, n_out, bias=True, init=he_normal):
        self.n_in = whole_number("n_in", n_in)
        self.n_out = whole_number("n_out", n_out)
        if not callable(init):
            raise TypeError(f"init must be a function f(rng, shape) but got {init!r}")
        self.bias = bool(bias)
        self.init = init
        self.W = None

    def initial(self, rng):
        W = finite(f"{self}: the starting W", np.asarray(self.init(rng, (self.n_in, self.n_out))))
        if W.shape != (self.n_in, self.n_out):
            raise ValueError(
                f"{self}: init must return shape (n_in, n_out) = {(self.n_in, self.n_out)} "
                f"but got {W.shape}; are the two swapped?"
            )
        start = {"W": W}
        if self.bias:
            start["b"] = np.zeros(self.n_out)
        return start

    def forward(self, x, train=False):
        batch(self, x, self.n_in)
        if self.W is None:
            raise ValueError(f"{self} has no weights yet; put it into a network: Sequential(...)")
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
