"""Diverged: the error that says where a loss stopped being a number."""

import numpy as np

from .residual import Residual


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
            with np.errstate(all="ignore"):
                where = _first_not_finite(model.layers, x, train)
            where = where or "the loss itself (all outputs of layers are finite)"
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


def _first_not_finite(layers, x, train, before=""):
    """The first layer whose output is not finite, inside a `Residual`, too; or None."""
    for i, layer in enumerate(layers):
        y = layer.forward(x, train=train)
        if not np.isfinite(y).all():
            inside = layer.layers if isinstance(layer, Residual) else ()
            first = _first_not_finite(inside, x, train, f"{before}{i}.")
            return first or (
                f"layer {before}{i}, {layer}, whose output is the first that is not finite"
            )
        x = y
    return None
