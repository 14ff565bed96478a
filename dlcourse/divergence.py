"""Diverged: the error that says where a loss stopped being a number."""

import numpy as np


class Diverged(FloatingPointError):
    """The loss is NaN or infinite.

    Attributes
    ----------
    history : History
        The epochs before.
    epoch : int
        The epoch in which it happened, counted from 0.

    Examples
    --------
    >>> issubclass(Diverged, FloatingPointError)
    True
    """

    def __init__(self, message, history=None, epoch=None):
        super().__init__(message)  # the message alone, so that pickle can make it again
        self.history = history
        self.epoch = epoch


def diverged(model, x, epoch, lr, history, what="the loss", train=True):
    """The error for a batch `x`: names the first layer whose output is not finite."""
    try:
        state = model.state_dict()  # the pass below moves running statistics and masks
        try:
            where = _first_not_finite(model, x, train)
        finally:
            model.load_state_dict(state)
    except Exception as error:  # whatever a layer says to such numbers, the loss is the news
        where = f"the layers one by one (here that failed: {error})"
    return Diverged(
        f"{what} is no longer finite in epoch {epoch} (counted from 0) at learning rate "
        f"{np.max(lr):g}; look at {where}; try a smaller learning rate. The exception's .history "
        f"has the {len(history)} epochs before",
        history,
        epoch,
    )


def _first_not_finite(model, x, train):
    with np.errstate(all="ignore"):
        for i, layer in enumerate(model.layers):
            x = layer.forward(x, train=train)
            if not np.isfinite(x).all():
                return f"layer {i}, {layer}, whose output is the first that is not finite"
    return "the loss itself (all outputs of layers are finite)"
