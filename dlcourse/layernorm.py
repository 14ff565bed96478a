"""Layer normalization: standardize every example over its units, for contrast with BatchNorm."""

import numpy as np

from ._errors import batch, positive, whole_number
from .layers import Layer


class LayerNorm(Layer):
    r"""Layer normalization of the *n* units of a layer.

    .. math::

        \mu_i &= \frac1n \sum_j x_{ij}, \qquad
        \sigma_i^2 = \frac1n \sum_j (x_{ij} - \mu_i)^2 \\
        \hat x_{ij} &= \frac{x_{ij} - \mu_i}{\sqrt{\sigma_i^2 + \epsilon}}, \qquad
        y_{ij} = \gamma_j\, \hat x_{ij} + \beta_j

    It is `BatchNorm` turned by 90 degrees: the mean runs over the units of one example.
    So the rows of a batch do not influence each other, a batch of one is fine, and
    training and inference are the same.

    Parameters
    ----------
    n : int
        Number of units; ``x`` is (N, n).
    eps : float
        Above 0, added to the variance inside the root.

    Notes
    -----
    Source: Ba, Kiros and Hinton (2016), eq. 3 for the statistics. PyTorch agrees.

    Examples
    --------
    >>> from dlcourse import Sequential
    >>> x = np.array([[1.0, 3.0]], np.float32)
    >>> Sequential(LayerNorm(2)).forward(x).round(3).tolist()
    [[-1.0, 1.0]]
    """

    def __init__(self, n, eps=1e-5):
        self.n = whole_number("n", n)
        self.eps = positive("eps", eps)
        self.gamma = None

    def initial(self, rng):
        return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}

    def forward(self, x, train=False):
        batch(self, x, self.n)
        if self.gamma is None:
            raise ValueError(f"{self} has no gamma yet; put it into a network: Sequential(...)")
        x_hat = x - x.mean(axis=1, keepdims=True)
        inv_std = 1 / np.sqrt((x_hat * x_hat).mean(axis=1, keepdims=True) + self.eps)
        x_hat *= inv_std
        y = self.gamma * x_hat + self.beta
        self.remember(train, y, x_hat, inv_std)
        return y

    def backward(self, dy):
        x_hat, inv_std = self.recall(dy)
        np.sum(dy, axis=0, out=self.dbeta)
        np.sum(dy * x_hat, axis=0, out=self.dgamma)
        d_hat = dy * self.gamma
        mean = d_hat.mean(axis=1, keepdims=True)
        slope = (d_hat * x_hat).mean(axis=1, keepdims=True)
        return inv_std * (d_hat - mean - x_hat * slope)

    def __repr__(self):
        return f"LayerNorm({self.n})"
