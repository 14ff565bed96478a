"""Training: the loop that turns data, network, loss and optimizer into a trained network."""

import math
from contextlib import contextmanager

import numpy as np

from . import _ready
from ._errors import whole_number
from .batches import minibatches
from .checkpoint import Checkpoint
from .divergence import diverged
from .early_stopping import early_stopping
from .evaluation import accuracy, evaluate
from .history import History
from .losses import softmax_cross_entropy
from .seeding import streams

__all__ = ["accuracy", "evaluate", "fit", "minibatches"]


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
    patience=None,
    monitor="valid_loss",
    min_delta=0.0,
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
        Changes ``model.theta``. Another call of `fit` with it goes on where it stopped. An
        object of your own with ``lr`` and ``step(w, g)`` will do; to be saved in a
        checkpoint it needs ``state_dict()`` and ``load_state_dict(state, like)`` too.
    loss : callable
        ``loss(outputs, targets) -> (float, gradient)``; sees all targets before the first step.
    epochs : int
        Passes over the training data, at most.
    batch_size : int
        Examples in a step.
    seed : int
        Of the order of the examples (the stream ``streams(seed).data``).
    schedule : callable, optional
        ``f(t) -> factor`` on the learning rate; see `dlcourse.schedules`.
    patience : int, optional
        Early stopping: end after so many epochs in a row that brought nothing better on
        `valid`. However training ends, the network then has the weights of the best epoch
        (as Keras' ``restore_best_weights``); ``patience=epochs`` only restores them.
    monitor : {"valid_loss", "valid_accuracy"}
        What "better" looks at.
    min_delta : float
        By how much it must be better.
    on_epoch : callable, optional
        ``f(epoch, model, history)``, called after every epoch, to record more. Returning
        ``True`` ends training after this epoch.
    checkpoint : path, optional
        An .npz file, replaced after every epoch. If it exists, training goes on from
        it: an interrupted run, started again, ends with the same bits; one that had stopped
        stays so. A file of other settings is refused, but may be of a changed learning rate.
    progress : bool
        Show a bar (needs tqdm).

    Returns
    -------
    History
        Losses and accuracy of every epoch, ``best_epoch`` and ``stopped``.

    Raises
    ------
    TypeError, ValueError, OSError
        Before the first step, with everything as it was: if data, network, loss and optimizer
        do not fit together, or the checkpoint cannot be written.
    Diverged
        If a loss is no longer finite: with the epoch, the learning rate, the first
        layer whose output is not finite, and the history so far as ``.history``.

    Examples
    --------
    >>> from dlcourse import Adam, Linear, ReLU, Sequential, moons
    >>> x, y = moons(200)
    >>> model = Sequential(Linear(2, 16), ReLU(), Linear(16, 2))
    >>> history = fit(model, (x, y), optimizer=Adam(lr=0.01), epochs=30, batch_size=20)
    >>> bool(history.loss[-1] < history.loss[0])
    True

    Stop when five epochs in a row brought nothing better; the network is that of the best:

    >>> valid = moons(200, seed=1)
    >>> history = fit(model, (x, y), valid, optimizer=Adam(lr=0.05), epochs=200, patience=5)
    >>> history.stopped, len(history) - 1 - history.best_epoch
    (True, 5)
    >>> bool(evaluate(model, *valid)[0] == history.valid_loss.min())
    True
    """
    train = _ready.data_pair("train", train)
    valid = None if valid is None else _ready.data_pair("valid", valid)
    epochs, batch_size = whole_number("epochs", epochs), whole_number("batch_size", batch_size)
    stopping = early_stopping(patience, monitor, min_delta, valid)
    _ready.check_functions(loss=loss, schedule=schedule, on_epoch=on_epoch)
    _ready.check_data(model, train, valid, loss, batch_size, monitor)
    _ready.check_optimizer(optimizer, model.theta, saved=checkpoint is not None)
    bar, data = _ready.progress_bar(progress), streams(seed).data
    history, steps = History(), math.ceil(len(train[0]) / batch_size)
    file = None
    if checkpoint is not None:
        file = Checkpoint(checkpoint, model, optimizer, data, batch_size, seed, stopping)
        history = file.read(epochs)
    if schedule is not None:
        _ready.factor(
            schedule, _ready.step_count(optimizer if file is None else file, len(history) * steps)
        )
    if file is not None:
        file.load()
    if hasattr(optimizer, "bind"):
        optimizer.bind(model.theta)  # refuses to step a second network
    remaining = range(len(history), len(history) if history.stopped else epochs)
    try:
        for epoch in bar(remaining):
            t = _ready.step_count(optimizer, epoch * steps)
            batches = minibatches(*train, batch_size, data)
            with _where_gradients_are_taken(optimizer, model.theta):
                mean_loss = _epoch(model, batches, optimizer, loss, schedule, t, epoch, history)
            judged = _judge(model, valid, loss, epoch, optimizer.lr, history) if valid else ()
            history.add(mean_loss, optimizer.lr, *judged)
            over = stopping is not None and stopping.look(model, history)
            said = None if on_epoch is None else on_epoch(epoch, model, history)
            history.stopped = over or (isinstance(said, (bool, np.bool_)) and bool(said))
            if file is not None:
                file.store(history)
            if history.stopped:
                break
    finally:
        if stopping is not None:
            stopping.restore(model)
    return history


@contextmanager
def _where_gradients_are_taken(optimizer, theta):
    """Where an optimizer trains, if it is to be judged elsewhere, as `ScheduleFree`."""
    if not getattr(optimizer, "averages", False):
        yield
        return
    optimizer.train(theta)
    try:
        yield
    finally:
        with np.errstate(all="ignore"):  # after a loss that is not finite
            optimizer.eval(theta)


def _epoch(model, batches, optimizer, loss, schedule, first, epoch, history):
    """One pass over the batches; returns the loss, averaged over the examples."""
    total, count, base = 0.0, 0, optimizer.lr
    if schedule is not None and isinstance(base, np.ndarray):
        base = base.copy()
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # a loss that is not finite raises
            for t, (xb, yb) in enumerate(batches, first):
                if schedule is not None:
                    _set_rate(optimizer, base, _ready.factor(schedule, t))
                value, dz = loss(model.forward(xb, train=True), yb)
                if not math.isfinite(value):
                    raise diverged(model, xb, epoch, optimizer.lr, history)
                model.backward(dz)
                optimizer.step(model.theta, model.grad)
                total += value * len(xb)
                count += len(xb)
            if not np.isfinite(model.theta).all():  # the last step went too far
                raise diverged(model, xb, epoch, optimizer.lr, history)
    finally:
        if schedule is not None:
            optimizer.lr = base
    return total / count


def _set_rate(optimizer, base, scale):
    """The learning rate of one step; a vector of rates is filled in place, not made anew."""
    if isinstance(base, np.ndarray):
        np.multiply(base, scale, out=optimizer.lr)
    else:
        optimizer.lr = base * scale


def _judge(model, valid, loss, epoch, lr, history):
    """Loss and accuracy on the validation data, which must be numbers too."""
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            value, share = evaluate(model, *valid, loss)
    except FloatingPointError:  # the outputs are NaN
        value = math.nan
    if not math.isfinite(value):
        raise diverged(model, valid[0], epoch, lr, history, "the validation loss", train=False)
    return value, share
