"""Batch normalization: standardize every unit over the batch, then scale and shift."""

import numpy as np

from ._errors import batch, positive, whole_number
from ._statistics import column_products, column_sums, standardize_large
from ._views import Learned
from .layers import Layer


class BatchNorm(Layer):
    r"""Batch normalization of the *n* units of a layer.

    .. math::

        \mu &= \frac1N \sum_i x_i, \qquad \sigma^2 = \frac1N \sum_i (x_i - \mu)^2 \\
        \hat x_i &= \frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}}, \qquad
        y_i = \gamma\, \hat x_i + \beta

    and backward, with all three ways in which x enters y (directly, through
    :math:`\mu`, through :math:`\sigma^2`) collected into one line:

    .. math::

        \frac{\partial L}{\partial \beta} &= \sum_i \frac{\partial L}{\partial y_i}, \qquad
        \frac{\partial L}{\partial \gamma} = \sum_i \hat x_i \frac{\partial L}{\partial y_i} \\
        \frac{\partial L}{\partial x_i} &= \frac{\gamma}{\sqrt{\sigma^2 + \epsilon}}
          \left( \frac{\partial L}{\partial y_i}
          - \frac1N \frac{\partial L}{\partial \beta}
          - \frac{\hat x_i}{N} \frac{\partial L}{\partial \gamma} \right)

    In inference :math:`\mu` and :math:`\sigma^2` are the running statistics.

    Parameters
    ----------
    n : int
        Number of units; ``x`` is (N, n).
    eps : float
        Above 0, added to the variance inside the root.
    momentum : float
        In (0, 1]: the share of the *new* batch in the running statistics.

    Attributes
    ----------
    running_mean, running_var : ndarray, shape (n,)
        Start at 0 and 1. The batch's variance enters without bias (divided by N - 1). As in
        PyTorch it may become infinite (float32: inputs above 1e19); outputs stay finite.

    Raises
    ------
    ValueError
        If a training batch has fewer than two rows: its variance would be 0.

    Notes
    -----
    Source: Ioffe and Szegedy (2015), algorithms 1 and 2. PyTorch agrees
    (``BatchNorm1d``), but returns 0 for inputs whose squares overflow. Keras and Saito
    call the share of the *old* value momentum (0.99, 0.9).

    Examples
    --------
    >>> from dlcourse import Sequential
    >>> x = np.array([[1.0], [3.0]], np.float32)
    >>> Sequential(BatchNorm(1)).forward(x, train=True).round(3).tolist()
    [[-1.0], [1.0]]
    """

    gamma = Learned()
    beta = Learned()
    state = ("running_mean", "running_var")
    min_rows = 2  # the variance of one row is 0

    def __init__(self, n, eps=1e-5, momentum=0.1):
        self.n = whole_number("n", n)
        self.eps = positive("eps", eps)
        self.momentum = positive("momentum", momentum)
        if self.momentum > 1:
            raise ValueError(
                f"momentum must be in (0, 1] but got {momentum}; it is the share of the new batch"
            )
        self.running_mean = np.zeros(self.n)
        self.running_var = np.ones(self.n)

    def initial(self, rng):
        return {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}

    @np.errstate(over="ignore", invalid="ignore")  # large numbers are treated below
    def forward(self, x, train=False):
        batch(self, x, self.n)
        if not train:
            scale = self.gamma / np.sqrt(self.running_var + self.eps)
            y = (x - self.running_mean) * scale + self.beta
            self.remember(False, y)
            return y
        N = len(x)
        if N < 2:
            raise ValueError(
                f"{self} needs at least 2 rows in training but got {N}: the variance of one "
                f"row is 0; choose a batch_size that leaves no batch of one"
            )
        mean = column_sums(x) / N
        x_hat = x - mean
        var = column_products(x_hat, x_hat) / N
        inv_std = 1 / np.sqrt(var + self.eps)
        if inv_std[inv_std.argmin()] > 0:  # the smallest, or NaN; min() takes four times as long
            x_hat *= inv_std
        else:  # squares overflowed
            x_hat, mean, var, std = standardize_large(x, 0, self.eps)
            mean, var, inv_std = mean[0], var[0], 1 / std[0]
        y = self.gamma * x_hat
        y += self.beta
        self.follow(mean, var * (N / (N - 1)))
        self.remember(train, y, x_hat, inv_std)
        return y

    def follow(self, mean, var):
        """Move the running statistics towards the batch's; one that is infinite stays so."""
        share = self.momentum
        for running, new in ((self.running_mean, mean), (self.running_var, var)):
            if share == 1:
                running[...] = new
            else:
                running *= 1 - share
                running += share * new

    def backward(self, dy):
        x_hat, inv_std = self.recall(dy)
        N = len(dy)
        column_sums(dy, out=self.dbeta)
        column_products(dy, x_hat, out=self.dgamma)
        if not self.input_gradient:
            return None
        dx = x_hat * (self.dgamma * (-1 / N))
        dx += dy
        dx -= self.dbeta * (1 / N)
        dx *= self.gamma * inv_std
        return dx

    def __repr__(self):
        return f"BatchNorm({self.n})"
