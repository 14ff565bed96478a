"""Sums over the rows of a batch, and what is left of them when squares overflow.

NumPy adds up a column one row after the other. In float32 the sum of millions of rows has
by then lost its last digits, so long columns are cut into pieces that are added in float64.
"""

import numpy as np

ROWS = 1024  # up to here a plain sum is as good
SHORT = 32  # numbers in a row


def column_sums(x, out=None):
    """The sum over the rows of `x`, right for millions of rows."""
    if len(x) <= ROWS:
        return x.sum(axis=0, out=out)
    return _in_pieces(lambda rows: x[rows].sum(axis=0), x, out)


def column_products(x, y, out=None):
    """The sum over the rows of ``x * y``, right for millions of rows."""
    if len(x) <= ROWS:
        return np.einsum("ij,ij->j", x, y, out=out)
    return _in_pieces(lambda rows: np.einsum("ij,ij->j", x[rows], y[rows]), x, out)


def row_max(x):
    """The largest number of each row, as a column."""
    if x.shape[1] < SHORT:
        x = x.copy("F")  # column after column: NumPy is slow over many short rows
    return x.max(axis=1, keepdims=True)


def _in_pieces(partial, x, out):
    total = np.zeros(x.shape[1:])
    for begin in range(0, len(x), ROWS):
        total += partial(slice(begin, begin + ROWS))
    if out is None:
        return total.astype(x.dtype)
    out[...] = total
    return out


def standardize_large(x, axis, eps, center=True):
    r"""What a norm computes, for numbers whose squares are larger than the largest float.

    The formula is the usual one. It is taken of :math:`x / 2^k`, which rounds nothing, with
    :math:`2^k` just above the largest entry over which a mean runs.

    Returns
    -------
    x_hat, mean, var, std : ndarray
        Standardized numbers; the mean and the variance of `x` (which may be infinite, as it
        is in PyTorch); :math:`\sqrt{\text{var} + \epsilon}`, which is not. ``center=False``
        leaves the mean at 0.
    """
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        largest = np.abs(x).max(axis=axis, keepdims=True)
        k = np.frexp(largest)[1]
        small = np.ldexp(x, -k)
        mean = _mean(small, axis) if center else np.zeros_like(largest)
        small -= mean
        std = np.sqrt(_mean(small * small, axis))
        root_eps = x.dtype.type(np.sqrt(eps))
        x_hat = small / np.hypot(std, np.ldexp(root_eps, -k))
        large_std = np.ldexp(std, k)
        return x_hat, np.ldexp(mean, k), large_std * large_std, np.hypot(large_std, root_eps)


def _mean(x, axis):
    return x.mean(axis=axis, keepdims=True, dtype=np.float64).astype(x.dtype)
