"""What a training run leaves behind: its numbers, epoch by epoch, or why it stopped."""

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
        The optimizer's learning rate, before any schedule.
    valid_loss, valid_accuracy : ndarray
        In inference mode, after the epoch; NaN without validation data.

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

    def add(self, loss, lr, valid_loss=float("nan"), valid_accuracy=float("nan")):
        """Append one epoch."""
        for name, value in zip(FIELDS, (loss, lr, valid_loss, valid_accuracy), strict=True):
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
        return f"History({len(self)} epochs{last})"


class Diverged(FloatingPointError):
    """The loss is NaN or infinite. ``history`` keeps the epochs before.

    Examples
    --------
    >>> issubclass(Diverged, FloatingPointError)
    True
    """

    def __init__(self, model, x, epoch, lr, history):
        self.history = history
        self.epoch = epoch
        where = "the loss itself (all outputs of layers are finite)"
        state = model.state_dict()  # the pass below moves running statistics and masks
        with np.errstate(all="ignore"):
            for i, layer in enumerate(model.layers):
                x = layer.forward(x, train=True)
                if not np.isfinite(x).all():
                    where = f"layer {i}, {layer}, whose output is the first that is not finite"
                    break
        model.load_state_dict(state)
        super().__init__(
            f"the loss is no longer finite in epoch {epoch} (counted from 0) at learning rate "
            f"{lr:g}; look at {where}; try a smaller learning rate. The exception's .history "
            f"has the {len(history)} epochs before"
        )
