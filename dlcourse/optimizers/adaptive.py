"""A learning rate of its own for every parameter: Adagrad, RMSprop, Adadelta."""

import numpy as np

from .._errors import below_one, positive
from .base import Optimizer


class Adagrad(Optimizer):
    r"""Divides each step by the root of all squared gradients so far.

    .. math:: s &\leftarrow s + g^2 \\
              w &\leftarrow w - \text{lr}\; \frac{g}{\sqrt s + \epsilon}

    Parameters
    ----------
    lr : float or ndarray
        Above 0.
    eps : float
        Above 0, outside the root.
    weight_decay : float or ndarray
        At least 0.

    Notes
    -----
    *s* only grows, so the steps only shrink. Source: Duchi et al. (2011). PyTorch
    agrees; Keras starts *s* at 0.1 and puts eps inside the root.

    Examples
    --------
    >>> w = np.array([1.0, 1.0])
    >>> Adagrad(lr=0.1).step(w, g=np.array([5.0, 0.001]))
    >>> w.round(6).tolist()
    [0.9, 0.9]
    """

    slots = ("s",)

    def __init__(self, lr=1e-2, eps=1e-10, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.eps = positive("eps", eps)

    def update(self, w, g):
        self.s += np.square(g, self.scratch)
        root = np.sqrt(self.s, self.scratch)
        root += self.eps
        step = np.divide(g, root, self.scratch)
        step *= self.lr
        w -= step


class RMSprop(Optimizer):
    r"""Adagrad with a moving average instead of a sum, so that it never stalls.

    .. math:: s &\leftarrow \alpha s + (1 - \alpha) g^2 \\
              w &\leftarrow w - \text{lr}\; \frac{g}{\sqrt s + \epsilon}

    Parameters
    ----------
    lr : float or ndarray
        Above 0.
    alpha : float
        How much of the average is kept, in [0, 1).
    eps : float
        Above 0, outside the root.
    weight_decay : float or ndarray
        At least 0.

    Notes
    -----
    Source: Tieleman and Hinton (2012), lecture 6.5, with 0.9. PyTorch agrees with ours;
    Keras takes 0.9 and puts eps inside the root.

    Examples
    --------
    >>> w = np.array([1.0])
    >>> RMSprop(lr=0.01, alpha=0.75).step(w, g=np.array([100.0]))
    >>> w.round(6).tolist()
    [0.98]
    """

    slots = ("s",)

    def __init__(self, lr=1e-2, alpha=0.99, eps=1e-8, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.alpha = below_one("alpha", alpha)
        self.eps = positive("eps", eps)

    def update(self, w, g):
        self.average(self.s, self.alpha, np.square(g, self.scratch))
        root = np.sqrt(self.s, self.scratch)
        root += self.eps
        step = np.divide(g, root, self.scratch)
        step *= self.lr
        w -= step


class Adadelta(Optimizer):
    r"""Adagrad that forgets, with steps in the units of the weights.

    .. math::

        s &\leftarrow \rho s + (1 - \rho) g^2 \\
        \Delta &= \frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}}\, g \\
        u &\leftarrow \rho u + (1 - \rho) \Delta^2 \\
        w &\leftarrow w - \text{lr}\; \Delta

    Parameters
    ----------
    lr : float or ndarray
        Above 0; the paper has none, which is 1.
    rho : float
        How much of the averages is kept, in [0, 1).
    eps : float
        Above 0, inside both roots. It sets the size of the first steps.
    weight_decay : float or ndarray
        At least 0.

    Notes
    -----
    Source: Zeiler (2012), algorithm 1, with rho 0.95. PyTorch agrees with ours; Keras
    takes lr 0.001, rho 0.95 and eps 1e-7.

    Examples
    --------
    >>> w = np.array([1.0])
    >>> Adadelta(eps=1e-6).step(w, g=np.array([1.0]))
    >>> w.round(4).tolist()
    [0.9968]
    """

    slots = ("s", "u", "delta")

    def __init__(self, lr=1.0, rho=0.9, eps=1e-6, weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.rho = below_one("rho", rho)
        self.eps = positive("eps", eps)

    def update(self, w, g):
        self.average(self.s, self.rho, np.square(g, self.scratch))
        delta = np.add(self.u, self.eps, self.delta)
        delta /= np.add(self.s, self.eps, self.scratch)
        np.sqrt(delta, delta)
        delta *= g
        self.average(self.u, self.rho, np.square(delta, self.scratch))
        w -= np.multiply(delta, self.lr, self.scratch)
