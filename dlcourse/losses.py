"""Losses: how wrong the outputs are, and the gradient that starts the backward pass."""

import numpy as np

from ._doors import targets
from ._errors import array
from ._statistics import row_max

UNSIGNED = {np.dtype(f"{kind}{n}"): np.dtype(f"u{n}") for kind in "iu" for n in (1, 2, 4, 8)}


def softmax_cross_entropy(z, labels):
    r"""Softmax and cross-entropy in one, averaged over the batch.

    .. math::

        p_{ij} = \frac{e^{z_{ij}}}{\sum_k e^{z_{ik}}}, \qquad
        L = -\frac1N \sum_i \log p_{i, \text{label}_i}, \qquad
        \frac{\partial L}{\partial z_{ij}} = \frac{p_{ij} - [j = \text{label}_i]}{N}

    Parameters
    ----------
    z : ndarray of floats, shape (N, C)
        Scores (logits), one column for each class.
    labels : ndarray of integers, shape (N,)
        The right class of each row, from 0 to C - 1.

    Returns
    -------
    loss : float
    dz : ndarray, shape (N, C)

    Raises
    ------
    TypeError, ValueError
        If the labels are not whole numbers from 0 to C - 1, one for each row.

    Notes
    -----
    The largest score of each row is subtracted first, which changes nothing but
    prevents overflow. PyTorch agrees (``torch.nn.functional.cross_entropy``).

    Examples
    --------
    >>> loss, dz = softmax_cross_entropy(np.zeros((1, 2)), np.array([1]))
    >>> round(loss, 4), dz.tolist()
    (0.6931, [[0.5, -0.5]])
    """
    labels = check_labels(array("z", z), labels)
    N = len(z)
    # The right classes, counted row by row, as places of an array: 32 bits in a browser.
    right = np.arange(0, z.size, z.shape[1], dtype=np.intp) + labels.astype(np.intp, copy=False)
    z = z - row_max(z)
    p = np.exp(z)
    total = p.sum(axis=1, keepdims=True)
    loss = float((np.log(total[:, 0]) - z.take(right)).sum()) / N
    p /= total
    p.put(right, p.take(right) - 1)
    p /= N
    return loss, p


def check_labels(z, labels):
    """Return `labels` as an array of whole numbers, one class of `z` for each row."""
    if z.ndim != 2 or len(z) == 0:
        raise ValueError(f"z must have shape (N, classes) with N of at least 1 but got {z.shape}")
    labels = targets("labels", labels, "whole numbers")
    N, C = z.shape
    if labels.ndim == 2 and labels.shape == z.shape:
        raise ValueError(
            f"labels must be class numbers of shape ({N},) but got one-hot rows {labels.shape}; "
            f"convert them: labels.argmax(axis=1)"
        )
    if labels.shape != (N,):
        hint = "; flatten them: labels.ravel()" if labels.size == N else ""
        raise ValueError(f"labels must have shape ({N},), one a row, but got {labels.shape}{hint}")
    if labels.dtype.kind not in "iu":
        raise TypeError(
            f"labels must be whole numbers but got dtype {labels.dtype}; "
            f"convert them: labels.astype(np.int64)"
        )
    if labels.dtype not in UNSIGNED:  # of the other byte order
        labels = labels.astype(np.int64)
    if labels.view(UNSIGNED[labels.dtype]).max() >= C:  # -1, seen so, is the largest number
        bad = labels[(labels < 0) | (labels >= C)][0]
        hint = "; for two classes give the network two outputs: Linear(..., 2)" if C == 1 else ""
        raise ValueError(
            f"labels must be from 0 to {C - 1}, as z has {C} columns, but got {bad}{hint}"
        )
    return labels.astype(np.int64, copy=False)  # of a uint64 NumPy makes no index


def mean_squared_error(z, y):
    r"""The squared error, averaged over all entries.

    .. math:: L = \frac{1}{NC} \sum_{ij} (z_{ij} - y_{ij})^2, \qquad
              \frac{\partial L}{\partial z_{ij}} = \frac{2}{NC} (z_{ij} - y_{ij})

    Parameters
    ----------
    z, y : ndarray of floats, shape (N, C)
        Outputs and targets, of the same shape: nothing is broadcast.

    Returns
    -------
    loss : float
    dz : ndarray, shape (N, C)

    Raises
    ------
    ValueError
        If the shapes differ.

    Notes
    -----
    PyTorch agrees (``torch.nn.functional.mse_loss``), but broadcasts with a warning.

    Examples
    --------
    >>> loss, dz = mean_squared_error(np.array([[3.0]]), np.array([[1.0]]))
    >>> loss, dz.tolist()
    (4.0, [[4.0]])
    """
    array("z", z)
    y = targets("y", y).astype(z.dtype, copy=False)
    if z.shape != y.shape or z.size == 0:
        hint = "; give y a column: y[:, None]" if y.shape == z.shape[:1] else ""
        raise ValueError(f"z and y must have the same shape but got {z.shape} and {y.shape}{hint}")
    error = z - y
    loss = float(np.mean(error * error))
    error *= 2 / error.size
    return loss, error
