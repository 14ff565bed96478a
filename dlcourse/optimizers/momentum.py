"""Gradient descent, and two ways to keep going: momentum (1964) and its look-ahead (1983)."""

import numpy as np

from .._errors import below_one
from .base import Optimizer


class SGD(Optimizer):
    r"""Stochastic gradient descent: a step against the gradient of a mini-batch.

    .. math:: w \leftarrow w - \text{lr}\; g

    Parameters
    ----------
    lr : float or ndarray
        Above 0.
    weight_decay : float or ndarray
        At least 0.

    Notes
    -----
    PyTorch agrees (``torch.optim.SGD``).

    Examples
    --------
    >>> w = np.array([1.0])
    >>> SGD(lr=0.1).step(w, g=np.array([2.0]))
    >>> w.tolist()
    [0.8]
    """

    def update(self, w, g):
        w -= np.multiply(g, self.lr, self.scratch)


class Momentum(Optimizer):
    r"""SGD with a velocity that remembers earlier gradients, like a ball rolling downhill.

    .. math:: v &\leftarrow \mu v + g \\ w &\leftarrow w - \text{lr}\; v

    Parameters
    ----------
    lr : float or ndarray
        Above 0. In a steady slope the step grows to :math:`\text{lr}/(1 - \mu)` times g.
    momentum : float
        :math:`\mu` in [0, 1); 0 is SGD.
    weight_decay : float or ndarray
        At least 0.

    Notes
    -----
    Source: Polyak (1964); Sutskever et al. (2013), eqs. 1 and 2, who write the learning
    rate into v. PyTorch agrees with ours (``SGD(momentum=...)``).

    Examples
    --------
    >>> w, sgd = np.array([1.0]), Momentum(lr=0.1, momentum=0.5)
    >>> for _ in range(2):
    ...     sgd.step(w, g=np.array([1.0]))
    >>> w.round(6).tolist()
    [0.75]
    """

    slots = ("v",)

    def __init__(self, lr, momentum=0.9, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.momentum = below_one("momentum", momentum)

    def update(self, w, g):
        self.v *= self.momentum
        self.v += g
        w -= np.multiply(self.v, self.lr, self.scratch)


class NAG(Momentum):
    r"""Nesterov's accelerated gradient: momentum that looks ahead before it steps.

    .. math:: v &\leftarrow \mu v + g \\ w &\leftarrow w - \text{lr}\; (g + \mu v)

    Parameters
    ----------
    lr : float or ndarray
        Above 0.
    momentum : float
        :math:`\mu` in [0, 1); 0 is SGD.
    weight_decay : float or ndarray
        At least 0.

    Notes
    -----
    Source: Nesterov (1983); Sutskever et al. (2013), eqs. 3 and 4, take the gradient at
    the point :math:`w - \text{lr}\,\mu v` that momentum alone would reach. Written for
    that point as the variable, their rule becomes ours. PyTorch agrees
    (``SGD(momentum=..., nesterov=True)``).

    Examples
    --------
    >>> w = np.array([1.0])
    >>> NAG(lr=0.1, momentum=0.5).step(w, g=np.array([1.0]))
    >>> w.round(6).tolist()
    [0.85]
    """

    def update(self, w, g):
        self.v *= self.momentum
        self.v += g
        ahead = np.multiply(self.v, self.momentum, self.scratch)
        ahead += g
        ahead *= self.lr
        w -= ahead
