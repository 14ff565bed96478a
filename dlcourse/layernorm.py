"""Norms over the units of one example: LayerNorm, and RMSNorm, which subtracts no mean."""

import numpy as np

from ._errors import batch, positive, whole_number
from ._statistics import column_products, column_sums, standardize_large
from ._views import Learned
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
    training and inference are the same. Backward,

    .. math::

        \frac{\partial L}{\partial \beta_j} &= \sum_i \frac{\partial L}{\partial y_{ij}}, \qquad
        \frac{\partial L}{\partial \gamma_j} =
          \sum_i \hat x_{ij} \frac{\partial L}{\partial y_{ij}}, \qquad
        d_{ij} = \gamma_j \frac{\partial L}{\partial y_{ij}} \\
        \frac{\partial L}{\partial x_{ij}} &= \frac{1}{\sqrt{\sigma_i^2 + \epsilon}}
          \left( d_{ij} - \frac1n \sum_k d_{ik}
          - \hat x_{ij}\, \frac1n \sum_k \hat x_{ik} d_{ik} \right)

    Parameters
    ----------
    n : int
        Number of units; ``x`` is (N, n).
    eps : float
        Above 0, added to the variance inside the root.

    Notes
    -----
    Source: Ba, Kiros and Hinton (2016), eq. 3 for the statistics. PyTorch agrees, but
    takes any number of last axes as one example's, and returns NaN for inputs whose squares
    overflow.

    Examples
    --------
    >>> from dlcourse import Sequential
    >>> x = np.array([[1.0, 3.0]], np.float32)
    >>> Sequential(LayerNorm(2)).forward(x).round(3).tolist()
    [[-1.0, 1.0]]
    """

    gamma = Learned()
    beta = Learned()

    def __init__(self, n, eps=1e-5):
        self.n = whole_number("n", n)
        self.eps = positive("eps", eps)

    def initial(self, rng):
        return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}

    @np.errstate(over="ignore", invalid="ignore")  # large numbers are treated below
    def forward(self, x, train=False):
        batch(self, x, self.n)
        x_hat = x - x.mean(axis=1, keepdims=True)
        inv_std = 1 / np.sqrt((x_hat * x_hat).mean(axis=1, keepdims=True) + self.eps)
        if inv_std.min(initial=1) > 0:
            x_hat *= inv_std
        else:  # squares overflowed
            x_hat, _, _, std = standardize_large(x, 1, self.eps)
            inv_std = 1 / std
        y = self.gamma * x_hat + self.beta
        self.remember(train, y, x_hat, inv_std)
        return y

    def backward(self, dy):
        x_hat, inv_std = self.recall(dy)
        column_sums(dy, out=self.dbeta)
        column_products(dy, x_hat, out=self.dgamma)
        if not self.input_gradient:
            return None
        d_hat = dy * self.gamma
        mean = d_hat.mean(axis=1, keepdims=True)
        slope = (d_hat * x_hat).mean(axis=1, keepdims=True)
        return inv_std * (d_hat - mean - x_hat * slope)

    def __repr__(self):
        return f"LayerNorm({self.n})"


class RMSNorm(Layer):
    r"""Root mean square normalization of the *n* units of a layer.

    .. math::

        r_i &= \sqrt{\frac1n \sum_j x_{ij}^2 + \epsilon}, \qquad
        \hat x_{ij} = \frac{x_{ij}}{r_i}, \qquad
        y_{ij} = \gamma_j\, \hat x_{ij}

    and backward, with both ways in which x enters y (directly, and through :math:`r_i`):

    .. math::

        \frac{\partial L}{\partial \gamma_j} &=
          \sum_i \hat x_{ij} \frac{\partial L}{\partial y_{ij}}, \qquad
        d_{ij} = \gamma_j \frac{\partial L}{\partial y_{ij}} \\
        \frac{\partial L}{\partial x_{ij}} &= \frac{1}{r_i}
          \left( d_{ij} - \hat x_{ij}\, \frac1n \sum_k \hat x_{ik} d_{ik} \right)

    `LayerNorm` without the mean and without :math:`\beta`: the scale of an example goes,
    its place stays. It is what the large language models of today use.

    Parameters
    ----------
    n : int
        Number of units; ``x`` is (N, n).
    eps : float or None
        Above 0, added to the mean square inside the root. None is the machine epsilon of
        x's dtype (1.2e-7 in float32).

    Notes
    -----
    Source: Zhang and Sennrich (2019), eq. 4, who have no eps. PyTorch agrees.

    Examples
    --------
    >>> from dlcourse import Sequential
    >>> x = np.array([[3.0, 4.0]], np.float32)
    >>> Sequential(RMSNorm(2)).forward(x).round(3)
    array([[0.849, 1.131]], dtype=float32)
    """

    gamma = Learned()

    def __init__(self, n, eps=None):
        self.n = whole_number("n", n)
        self.eps = None if eps is None else positive("eps", eps)

    def initial(self, rng):
        return {"gamma": np.ones(self.n)}

    @np.errstate(over="ignore")  # large numbers are treated below
    def forward(self, x, train=False):
        batch(self, x, self.n)
        eps = float(np.finfo(x.dtype).eps) if self.eps is None else self.eps
        inv_rms = 1 / np.sqrt((x * x).mean(axis=1, keepdims=True) + eps)
        if inv_rms.min(initial=1) > 0:
            x_hat = x * inv_rms
        else:  # squares overflowed
            x_hat, _, _, rms = standardize_large(x, 1, eps, center=False)
            inv_rms = 1 / rms
        y = self.gamma * x_hat
        self.remember(train, y, x_hat, inv_rms)
        return y

    def backward(self, dy):
        x_hat, inv_rms = self.recall(dy)
        column_products(dy, x_hat, out=self.dgamma)
        if not self.input_gradient:
            return None
        d_hat = dy * self.gamma
        slope = (d_hat * x_hat).mean(axis=1, keepdims=True)
        return inv_rms * (d_hat - x_hat * slope)

    def __repr__(self):
        return f"RMSNorm({self.n})"
