"""Training: mini-batches, the loop, and how good the result is."""

import math
import os

import numpy as np

from ._errors import array, finite, generator, not_negative, whole_number
from .checkpoint import restore, store
from .history import Diverged, History
from .losses import check_labels, softmax_cross_entropy
from .seeding import streams


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
    x, y = np.asarray(x), np.asarray(y)
    generator("rng", rng)
    if len(x) != len(y):
        raise ValueError(f"x and y must be of the same length but got {len(x)} and {len(y)}")
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        yield x.take(rows, axis=0), y[rows]  # x[rows], in half the time for small batches


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

    Examples
    --------
    >>> from dlcourse import Linear, Sequential
    >>> x = np.zeros((2, 3), np.float32)
    >>> accuracy(Sequential(Linear(3, 2)), x, np.array([0, 1]))
    0.5
    """
    scores = model.predict(x)
    return float(np.mean(scores.argmax(axis=1) == check_labels(scores, labels)))


def fit(
    model,
    train,
    valid=None,
    *,
    optimizer,
    loss=softmax_cross_entropy,
    epochs,
    batch_size=128,
    seed=0,
    schedule=None,
    on_epoch=None,
    checkpoint=None,
    progress=False,
):
    r"""Train a network by mini-batches.

    .. math:: \theta \leftarrow \text{optimizer}\!\left(\theta,\
              \frac{\partial}{\partial\theta}\, \frac1B \sum_{i \in \text{batch}} L_i(\theta)
              \right)

    Parameters
    ----------
    model : Sequential
    train : (ndarray, ndarray)
        Inputs of shape (N, n_in) and targets of length N.
    valid : (ndarray, ndarray), optional
        Looked at after every epoch, never trained on.
    optimizer : Optimizer
        Changes ``model.theta``. Another call of `fit` with it goes on where it stopped.
    loss : callable
        ``loss(outputs, targets) -> (float, gradient)``.
    epochs : int
        Passes over the training data.
    batch_size : int
        Examples in a step.
    seed : int
        Of the order of the examples (the stream ``streams(seed).data``).
    schedule : callable, optional
        ``f(t) -> factor`` on the learning rate; see `dlcourse.schedules`.
    on_epoch : callable, optional
        ``f(epoch, model, history)``, called after every epoch, to record more.
    checkpoint : path, optional
        An .npz file, replaced after every epoch. If it exists, training goes on from
        it: an interrupted run that is started again ends with the same bits. A file of
        another optimizer, batch size or seed is refused.
    progress : bool
        Show a bar (needs tqdm).

    Returns
    -------
    History
        The training loss of every epoch, and loss and accuracy on `valid`.

    Raises
    ------
    TypeError, ValueError
        If the data do not fit the network, or hold NaN or infinite values.
    Diverged
        If the loss is no longer finite: with the epoch, the learning rate, the first
        layer whose output is not finite, and the history so far as ``.history``.

    Examples
    --------
    >>> from dlcourse import Adam, Linear, ReLU, Sequential, moons
    >>> x, y = moons(200)
    >>> model = Sequential(Linear(2, 16), ReLU(), Linear(16, 2))
    >>> history = fit(model, (x, y), optimizer=Adam(lr=0.01), epochs=30, batch_size=20)
    >>> bool(history.loss[-1] < history.loss[0])
    True
    """
    x, y = _data("train", train)
    valid = None if valid is None else _data("valid", valid)
    epochs = whole_number("epochs", epochs)
    if not (hasattr(optimizer, "step") and hasattr(optimizer, "lr")):
        raise TypeError(
            f"optimizer must be an object with lr and step(w, g), such as Adam(lr=1e-3), "
            f"but got {optimizer!r}"
        )
    data = streams(seed).data
    run = f"{optimizer!r}, batch_size={batch_size}, seed={seed}"
    history = History()
    if valid is not None:
        loss(model.predict(valid[0][:1]), valid[1][:1])  # what does not fit fails now, not later
    if checkpoint is not None and os.path.exists(checkpoint):
        history = restore(checkpoint, model, optimizer, data, run)
    for epoch in _bar(range(len(history.loss), epochs), progress):
        batches = minibatches(x, y, batch_size, data)
        with np.errstate(over="ignore", invalid="ignore"):  # a loss that is not finite raises
            mean_loss = _epoch(model, batches, optimizer, loss, schedule, epoch, history)
        history.add(mean_loss, optimizer.lr, *(evaluate(model, *valid, loss) if valid else ()))
        if on_epoch is not None:
            on_epoch(epoch, model, history)
        if checkpoint is not None:
            store(checkpoint, model, optimizer, data, history, run)
    return history


def _epoch(model, batches, optimizer, loss, schedule, epoch, history):
    """One pass over the batches; returns the loss, averaged over the examples."""
    total, count, base = 0.0, 0, optimizer.lr
    for xb, yb in batches:
        rate = base if schedule is None else base * _factor(schedule, optimizer.t)
        value, dz = loss(model.forward(xb, train=True), yb)
        if not math.isfinite(value):
            raise Diverged(model, xb, epoch, rate, history)
        model.backward(dz)
        try:
            optimizer.lr = rate
            optimizer.step(model.theta, model.grad)
        finally:
            optimizer.lr = base
        total += value * len(xb)
        count += len(xb)
    if not np.isfinite(model.theta).all():  # the last step went too far
        raise Diverged(model, xb, epoch, rate, history)
    return total / count


def _factor(schedule, t):
    """What the schedule says for step t, as a Python float, which widens no float32 array."""
    return not_negative(f"schedule({t})", schedule(t))


def evaluate(model, x, y, loss=softmax_cross_entropy):
    """Loss and accuracy in inference mode; the accuracy is NaN where y holds no classes.

    Examples
    --------
    >>> from dlcourse import Linear, Sequential, constant
    >>> x, y = np.zeros((2, 3), np.float32), np.array([0, 1])
    >>> loss, share = evaluate(Sequential(Linear(3, 2)), x, y)
    >>> round(loss, 4), share
    (0.6931, 0.5)
    """
    scores, y = model.predict(x), np.asarray(y)
    value, _ = loss(scores, y)
    classes = y.ndim == 1 and y.dtype.kind in "iu"
    return value, float(np.mean(scores.argmax(axis=1) == y)) if classes else float("nan")


def _data(name, pair):
    """Check a pair (inputs, targets)."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise TypeError(f"{name} must be a pair (inputs, targets) but got {type(pair).__name__}")
    x, y = finite(f"{name} inputs", array(f"{name} inputs", pair[0])), np.asarray(pair[1])
    if len(x) != len(y) or len(x) == 0:
        raise ValueError(
            f"{name} needs as many targets as inputs, at least one, but got {len(x)} inputs "
            f"and {len(y)} targets"
        )
    if y.dtype.kind == "f":
        finite(f"{name} targets", y)
    return x, y


def _bar(epochs, progress):
    """The epochs, with a tqdm bar when asked for."""
    if not progress:
        return epochs
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise ImportError("progress=True needs tqdm; install it: pip install tqdm") from error
    return tqdm(epochs, unit="epoch")
