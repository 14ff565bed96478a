"""Starts without a variance rule: orthogonal matrices, and two examples of how not to start."""

import math
from functools import partial

import numpy as np

from .._errors import generator, not_negative, real_number
from .variance import weight_shape


def orthogonal(rng, shape):
    r"""A random matrix that keeps lengths: :math:`W^\top W = I` or :math:`W W^\top = I`.

    The Q of a QR decomposition of a Gaussian matrix, with the signs fixed so that every
    orthogonal matrix is equally likely. Of a convolution, (c_out, c_in, k, k), the weights of
    each output count as one column. Source: Saxe et al. (2013). PyTorch agrees
    (``orthogonal_``).

    Examples
    --------
    >>> W = orthogonal(np.random.default_rng(0), (5, 3))
    >>> bool(np.allclose(W.T @ W, np.eye(3)))
    True
    """
    generator("rng", rng)
    shape = weight_shape(shape)
    n_in, n_out = shape if len(shape) == 2 else (math.prod(shape[1:]), shape[0])
    q, r = np.linalg.qr(rng.normal(size=(max(n_in, n_out), min(n_in, n_out))))
    q *= np.sign(np.diag(r))
    W = q if n_in >= n_out else q.T
    return W if len(shape) == 2 else W.T.reshape(shape)


def constant(value):
    """Every weight the same: an example of how *not* to start (all units stay equal).

    Examples
    --------
    >>> constant(0.5)(None, (1, 2)).tolist()
    [[0.5, 0.5]]
    """
    return partial(_full, real_number("value", value))


def normal(std):
    """Normal weights of a fixed `std`, whatever the size of the layer: too rigid to go deep.

    Examples
    --------
    >>> normal(0.01)(np.random.default_rng(0), (4, 3)).shape
    (4, 3)
    """
    return partial(_normal, not_negative("std", std))


# Functions of the module, since one that is made inside of another cannot be pickled.


def _full(value, rng, shape):
    return np.full(weight_shape(shape), value)


def _normal(std, rng, shape):
    return generator("rng", rng).normal(0.0, std, weight_shape(shape))
