"""Only the sign of momentum: Lion, found by a search over programs."""

import numpy as np

from .base import Optimizer
from .settings import check_betas


class Lion(Optimizer):
    r"""Steps of one length in every weight: the sign of momentum that looks at g once more.

    .. math::

        c &= \beta_1 m + (1 - \beta_1) g \\
        w &\leftarrow w - \text{lr}\, (\operatorname{sign}(c) + \text{weight\_decay} \cdot w) \\
        m &\leftarrow \beta_2 m + (1 - \beta_2) g

    Parameters
    ----------
    lr : float or ndarray
        Above 0; the change of every weight in one step. The paper takes a third to a tenth of
        Adam's, and as many times its weight decay.
    betas : (float, float)
        :math:`\beta_1` and :math:`\beta_2`, each in [0, 1).
    weight_decay : float or ndarray
        At least 0. Decoupled, as in `AdamW`.

    Notes
    -----
    Source: Chen et al. (2023), algorithm 2. PyTorch has no Lion.

    Examples
    --------
    >>> w = np.array([1.0, 1.0])
    >>> Lion(lr=0.1).step(w, g=np.array([5.0, -0.001]))
    >>> w.tolist()
    [0.9, 1.1]
    """

    slots = ("m",)
    decoupled = True

    def __init__(self, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(lr, weight_decay)
        self.betas = check_betas(betas)

    def update(self, w, g):
        beta1, beta2 = self.betas
        c = np.multiply(self.m, beta1 / (1 - beta1), self.scratch)
        c += g  # c of the formula divided by 1 - beta1, which changes no sign
        w -= self.scaled(np.sign(c, c))
        self.average(self.m, beta2, g)
