"""Rectified units: two lines that meet at 0, the left one flat, given, or learned."""

import numpy as np

from .._errors import real_number, whole_number
from .._statistics import column_sums
from .._views import Learned
from .activation import Activation


class ReLU(Activation):
    r"""The rectified linear unit: passes what is positive, and nothing else.

    .. math:: f(x) = \max(0, x), \qquad
              f'(x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}

    At 0 the function has no derivative; 0 is the usual choice, and PyTorch agrees.
    Source: Nair and Hinton (2010); Glorot, Bordes and Bengio (2011).

    Examples
    --------
    >>> ReLU().forward(np.array([[-2.0, 3.0]])).tolist()
    [[0.0, 3.0]]
    """

    def f(self, x):
        return np.maximum(x, 0)

    def df(self, x, y):
        return x > 0


class ReLU2(Activation):
    r"""ReLU squared: no corner at 0, and a slope that grows with x.

    .. math:: f(x) = \max(0, x)^2, \qquad f'(x) = 2 \max(0, x)

    Twice the input gives four times the output, so it wants a norm or small weights around
    it. Source: So et al. (2021), who found it by a search. PyTorch has no such layer; one
    writes ``relu(x) ** 2``.

    Examples
    --------
    >>> ReLU2().forward(np.array([[-2.0, 3.0]])).tolist()
    [[0.0, 9.0]]
    """

    def f(self, x):
        return np.square(np.maximum(x, 0))

    def df(self, x, y):
        return 2 * np.maximum(x, 0)


class LeakyReLU(Activation):
    r"""ReLU with a small slope *a* on the negative side, so that no unit is ever dead.

    .. math:: f(x) = \max(0, x) + a \min(0, x), \qquad
              f'(x) = \begin{cases} 1 & x > 0 \\ a & x \le 0 \end{cases}

    Parameters
    ----------
    negative_slope : float
        The slope *a*, fixed. PyTorch agrees (0.01); Keras takes 0.3.

    Notes
    -----
    Source: Maas, Hannun and Ng (2013).

    Examples
    --------
    >>> LeakyReLU(0.1).forward(np.array([[-2.0, 3.0]])).tolist()
    [[-0.2, 3.0]]
    """

    def __init__(self, negative_slope=0.01):
        self.negative_slope = real_number("negative_slope", negative_slope)

    def f(self, x):
        return np.where(x > 0, x, self.negative_slope * x)

    def df(self, x, y):
        return np.where(x > 0, x.dtype.type(1), x.dtype.type(self.negative_slope))

    def __repr__(self):
        return f"LeakyReLU({self.negative_slope})"


class PReLU(Activation):
    r"""LeakyReLU whose slope *a* is learned.

    .. math:: f(x) &= \max(0, x) + a \min(0, x), \qquad
              f'(x) = \begin{cases} 1 & x > 0 \\ a & x \le 0 \end{cases} \\
              \frac{\partial L}{\partial a} &= \sum \min(0, x)\, \frac{\partial L}{\partial y}

    Parameters
    ----------
    num_parameters : int
        1 shares one slope among all units; *n* gives each of the *n* units its own.
    init : float
        Where the slopes start.

    Notes
    -----
    Source: He et al. (2015), eqs. 1 to 3. Give `a` no weight decay: it would pull the
    slope to ReLU's 0. PyTorch agrees.

    Examples
    --------
    >>> from dlcourse import Sequential
    >>> Sequential(PReLU()).forward(np.array([[-2.0, 3.0]], np.float32)).tolist()
    [[-0.5, 3.0]]
    """

    a = Learned()

    def __init__(self, num_parameters=1, init=0.25):
        self.num_parameters = whole_number("num_parameters", num_parameters)
        self.init = real_number("init", init)

    def initial(self, rng):
        return {"a": np.full(self.num_parameters, self.init)}

    def f(self, x):
        columns = x.shape[-1] if x.ndim else 1
        if self.num_parameters not in (1, columns):
            raise ValueError(
                f"{self} has {self.num_parameters} slopes but x has shape {x.shape}; "
                f"use PReLU({columns}), or PReLU() for one slope shared by all"
            )
        return np.where(x > 0, x, self.a * x)

    def df(self, x, y):
        return np.where(x > 0, x.dtype.type(1), self.a)

    def backward(self, dy):
        x, y = self.recall(dy)
        da = np.minimum(x, 0) * dy
        self.da[...] = da.sum() if self.num_parameters == 1 else column_sums(da)
        return dy * self.df(x, y) if self.input_gradient else None

    def __repr__(self):
        return f"PReLU({self.num_parameters})"
