"""Stopping early: remember the best epoch, and see when nothing better comes."""

from ._arguments import one_of
from ._errors import not_negative, whole_number

SIGN = {"valid_loss": -1, "valid_accuracy": 1}  # what is better: lower or higher


class EarlyStopping:
    """What `fit` does with ``patience``; `history.best_epoch` and the weights are its memory.

    Parameters
    ----------
    patience : int
        Stop after so many epochs in a row without a better one.
    monitor : {"valid_loss", "valid_accuracy"}
        The field of the history to look at.
    min_delta : float
        By how much an epoch must be better, to count as better.
    """

    def __init__(self, patience, monitor, min_delta):
        self.patience = whole_number("patience", patience)
        self.monitor = monitor
        self.min_delta = min_delta
        self.weights = {}

    def look(self, model, history):
        """After an epoch: keep its weights if it is the best; return whether it is time to stop."""
        values = getattr(history, self.monitor)
        best = history.best_epoch
        if best is None or SIGN[self.monitor] * (values[-1] - values[best]) > self.min_delta:
            history.best_epoch = len(history) - 1
            self.weights = learned(model)
        return len(history) - 1 - history.best_epoch >= self.patience

    def restore(self, model):
        """Give the network the weights of the best epoch; streams of masks stay where they are."""
        if self.weights:
            model.load_state_dict(model.state_dict() | self.weights)

    def __repr__(self):
        return f"patience={self.patience}, monitor={self.monitor}, min_delta={self.min_delta}"


def early_stopping(patience, monitor, min_delta, valid):
    """Check the three arguments of `fit`; None where there is no patience."""
    one_of("monitor", monitor, SIGN)
    min_delta = not_negative("min_delta", min_delta)
    if patience is None:
        if (monitor, min_delta) != ("valid_loss", 0):
            raise ValueError(
                f"monitor={monitor!r} and min_delta={min_delta!r} do nothing without patience; "
                f"say how long to wait for a better epoch: patience=5"
            )
        return None
    stopping = EarlyStopping(patience, monitor, min_delta)
    if valid is None:
        raise ValueError(
            f"patience={patience} needs validation data to look at: fit(model, train, valid, ...)"
        )
    return stopping


def learned(model):
    """Copies of what training changes: parameters, and what layers keep besides."""
    return {name: v for name, v in model.state_dict().items() if not name.endswith(".rng")}
