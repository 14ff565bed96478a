"""Dropout: train many thinned networks at once by switching units off at random."""

import numpy as np

from ._arguments import flag
from ._errors import array, below_one
from .batches import rows
from .layers import Layer


class Dropout(Layer):
    r"""Multiply every activation by a fresh random 0 or 1 in training.

    .. math::

        m_{ij} &\sim \operatorname{Bernoulli}(1 - \text{rate}) \\
        y &= \frac{m \odot x}{1 - \text{rate}} \quad\text{in training}, \qquad
        y = x \quad\text{in inference} \\
        \frac{\partial L}{\partial x} &=
            \frac{m}{1 - \text{rate}} \odot \frac{\partial L}{\partial y}

    Every row of the batch gets a mask of its own, and every presentation a new one.

    Parameters
    ----------
    rate : float
        The probability of *dropping* a unit, in [0, 1).
    inverted : bool
        True divides by :math:`1 - \text{rate}` in training, so that inference needs no
        change. False is the original form: no division in training, and in inference
        the activations are multiplied by :math:`1 - \text{rate}`.

    Raises
    ------
    ValueError
        If `rate` is not in [0, 1), or if a training pass finds no stream of masks.

    Notes
    -----
    Source: Srivastava et al. (2014), section 4; their *p* is the probability of
    *keeping*. PyTorch agrees with ``inverted=True`` and calls the rate ``p``.

    Examples
    --------
    >>> drop = Dropout(0.5)
    >>> drop.rng = np.random.default_rng(0)
    >>> drop.forward(np.ones((2, 4)), train=True).tolist()
    [[0.0, 0.0, 0.0, 2.0], [2.0, 2.0, 2.0, 2.0]]
    """

    def __init__(self, rate=0.5, inverted=True):
        hint = "it is the probability of dropping, so 1 would leave nothing"
        self.rate = below_one("rate", rate, hint)
        self.inverted = flag("inverted", inverted)

    def scaled(self, mask, dtype):
        """The factors for a mask of 0 and 1: 1 / (1 - rate) or 0 if inverted, else 1 or 0."""
        return mask.astype(dtype) * (1 / (1 - self.rate) if self.inverted else 1.0)

    def forward(self, x, train=False):
        array("x", x, self)
        if not train or self.rate == 0:
            self.remember(train, x, 1.0)
            return x if self.inverted else x * (1 - self.rate)
        if self.rng is None:
            raise ValueError(
                f"{self} has no stream of masks; put it into a network, Sequential(...), "
                f"or set layer.rng = np.random.default_rng(0)"
            )
        m = self.scaled(self.rng.random(x.shape, np.float32) < 1 - self.rate, x.dtype)
        y = m * x
        self.remember(train, y, m)
        return y

    def backward(self, dy):
        (m,) = self.recall(dy)
        return m * dy

    def __repr__(self):
        return f"Dropout({self.rate}{'' if self.inverted else ', inverted=False'})"


def drop_columns(W, mask):
    """The notes' picture of dropout: a copy of `W` with some columns set to 0.

    Parameters
    ----------
    W : ndarray, shape (n_in, n_out)
        A weight matrix; it is left alone.
    mask : array_like, shape (n_out,)
        1 keeps a column, 0 drops it.

    Returns
    -------
    ndarray, shape (n_in, n_out)

    Notes
    -----
    A column holds the weights that *enter* one unit. Dropping it equals dropping the
    unit only where f(b) = 0 for its bias b; see chapter 1.

    Examples
    --------
    >>> drop_columns(np.ones((2, 3)), [1, 0, 1]).tolist()
    [[1.0, 0.0, 1.0], [1.0, 0.0, 1.0]]
    """
    W, mask = rows("W", W), rows("mask", mask)
    if W.ndim != 2 or mask.shape != W.shape[1:]:
        raise ValueError(
            f"mask needs one entry for each column of W: W has shape {W.shape}, "
            f"mask has shape {mask.shape}"
        )
    if not np.isin(mask, (0, 1)).all():
        raise ValueError(f"mask must hold only 0 (drop) and 1 (keep) but got {mask}")
    return W * mask.astype(W.dtype)
