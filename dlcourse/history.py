"""What a training run leaves behind: its numbers, epoch by epoch."""

import numpy as np

FIELDS = ("loss", "lr", "valid_loss", "valid_accuracy")


class History:
    """The numbers of a training run, one entry an epoch.

    Attributes
    ----------
    loss : ndarray
        Training loss, averaged over the epoch while the weights changed (and with
        dropout on).
    lr : ndarray
        The optimizer's learning rate, before any schedule; the mean of a vector of rates.
    valid_loss, valid_accuracy : ndarray
        In inference mode, after the epoch; NaN without validation data.
    best_epoch : int or None
        With ``fit(..., patience=...)``, the epoch (counted from 0) whose weights the network
        has at the end.
    stopped : bool
        Whether ``patience`` ran out or ``on_epoch`` returned True.

    Examples
    --------
    >>> history = History()
    >>> history.add(loss=0.5, lr=0.1)
    >>> history.loss.tolist()
    [0.5]
    """

    def __init__(self):
        for name in FIELDS:
            setattr(self, name, np.zeros(0))
        self.best_epoch = None
        self.stopped = False

    def add(self, loss, lr, valid_loss=float("nan"), valid_accuracy=float("nan")):
        """Append one epoch."""
        numbers = (loss, np.mean(lr), valid_loss, valid_accuracy)
        for name, value in zip(FIELDS, numbers, strict=True):
            setattr(self, name, np.append(getattr(self, name), value))

    def plot(self, ax=None):
        """Draw the losses against the epoch, and the accuracy on an axis of its own.

        Parameters
        ----------
        ax : matplotlib axes, optional
            Where to draw the losses; the accuracy then is left out.

        Returns
        -------
        matplotlib figure
        """
        from .plots import history_figure

        return history_figure(self, ax)

    def __len__(self):
        return len(self.loss)

    def __repr__(self):
        last = f", last loss {self.loss[-1]:.4g}" if len(self) else ""
        best = "" if self.best_epoch is None else f", best epoch {self.best_epoch}"
        return f"History({len(self)} epochs{last}{best}{', stopped' if self.stopped else ''})"
