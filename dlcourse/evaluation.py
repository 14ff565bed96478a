"""How good a network is: its loss, and the share of examples that it gets right."""

import numpy as np

from ._arguments import function, network
from ._errors import array
from .batches import rows
from .losses import check_labels, softmax_cross_entropy


def accuracy(model, x, labels):
    """The share of examples whose largest output is the right class.

    Parameters
    ----------
    model : Sequential
    x : ndarray, shape (N, n_in)
    labels : ndarray of integers, shape (N,)

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If data and network do not fit together.
    FloatingPointError
        If an output is NaN: no class is the largest then.

    Examples
    --------
    >>> from dlcourse import Linear, Sequential
    >>> x = np.zeros((2, 3), np.float32)
    >>> accuracy(Sequential(Linear(3, 2)), x, np.array([0, 1]))
    0.5
    """
    scores = _scores(model, x)
    return _share(scores, check_labels(scores, rows("labels", labels)))


def evaluate(model, x, y, loss=softmax_cross_entropy):
    """Loss and accuracy in inference mode; the accuracy is NaN where y holds no classes.

    Parameters
    ----------
    model : Sequential
    x : ndarray, shape (N, n_in)
    y : ndarray
        Targets that `loss` understands, N of them.
    loss : callable
        ``loss(outputs, targets) -> (float, gradient)``.

    Returns
    -------
    loss, accuracy : float

    Raises
    ------
    TypeError, ValueError, FloatingPointError
        As from `accuracy`.

    Examples
    --------
    >>> from dlcourse import Linear, Sequential, constant
    >>> x, y = np.zeros((2, 3), np.float32), np.array([0, 1])
    >>> loss, share = evaluate(Sequential(Linear(3, 2)), x, y)
    >>> round(loss, 4), share
    (0.6931, 0.5)
    """
    function("loss", loss, "(outputs, targets) -> (loss, gradient)")
    y = rows("y", y)
    scores = _scores(model, x)
    value, _ = loss(scores, y)
    return value, _share(scores, y) if are_classes(scores, y) else float("nan")


def are_classes(scores, y):
    """Whether the targets are class numbers for these outputs."""
    return y.ndim == 1 and y.dtype.kind in "iu" and scores.ndim == 2 and scores.shape[1] > 1


def _scores(model, x):
    scores = network("model", model).predict(rows("x", array("x", x)))
    bad = np.isnan(scores)
    if bad.any():
        raise FloatingPointError(
            f"{int(bad.sum())} of the network's {bad.size} outputs are NaN, so there is nothing "
            f"to judge; look at its weights: np.isfinite(model.theta).all(), and train it anew "
            f"with a smaller learning rate"
        )
    return scores


def _share(scores, labels):
    return float(np.mean(scores.argmax(axis=1) == labels))
