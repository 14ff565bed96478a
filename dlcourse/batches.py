"""Mini-batches: the data in a fresh random order, a few rows at a time."""

import numpy as np

from ._doors import check_plain
from ._errors import generator, whole_number


def minibatches(x, y, batch_size, rng):
    """One pass over the data in a fresh random order.

    Parameters
    ----------
    x, y : ndarray
        Inputs and targets, one row or label for each example.
    batch_size : int
        At least 1. The last batch is smaller where it does not divide the data.
    rng : numpy.random.Generator
        The stream of data.

    Yields
    ------
    x_batch, y_batch : ndarray

    Examples
    --------
    >>> x, y = np.arange(5.0)[:, None], np.arange(5)
    >>> [len(b) for _, b in minibatches(x, y, 2, np.random.default_rng(0))]
    [2, 2, 1]
    """
    batch_size = whole_number("batch_size", batch_size)
    x, y = rows("x", x), rows("y", y)
    generator("rng", rng)
    if len(x) != len(y):
        raise ValueError(f"x and y must be of the same length but got {len(x)} and {len(y)}")
    return _batches(x, y, batch_size, rng)


def _batches(x, y, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        part = order[start : start + batch_size]
        yield x.take(part, axis=0), y[part]  # x[part], in half the time for small batches


def last_batch(n, batch_size):
    """How many rows the smallest batch of a pass over n examples has."""
    return n % batch_size or batch_size if n > batch_size else n


def rows(name, x):
    """Return `x` as an array that can be cut into rows, or say why it cannot."""
    check_plain(name, x)
    if not hasattr(x, "__array__") and not isinstance(x, (list, tuple)):
        raise TypeError(
            f"{name} must be a NumPy array but got {type(x).__name__}; convert it first, "
            f"a sparse matrix by {name}.toarray()"
        )
    try:
        x = np.asarray(x)
    except ValueError:
        raise ValueError(
            f"{name} must have rows of one length; give each example as many"
        ) from None
    if x.ndim == 0:
        raise ValueError(
            f"{name} must have one row for each example but is the single value {x!r}; "
            f"one example is a batch of one row: np.array([{x}])"
        )
    if x.dtype.kind not in "biuf":
        raise TypeError(
            f"{name} must hold numbers but got dtype {x.dtype}; text labels become class numbers "
            f"by np.unique({name}, return_inverse=True)[1]"
        )
    return x
