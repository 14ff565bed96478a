"""A training run in one file, so that an interrupted one goes on as if nothing had happened."""

import os

import numpy as np

from ._files import load_arrays, same_array, same_names, save_arrays, saved_stream, stream_state
from ._writing import check_writable
from .early_stopping import learned
from .history import FIELDS, History

KIND = "checkpoint"
ENDS = ("best_epoch", "stopped")
MOST = 2**27  # bytes: a history of 16 million epochs


class Checkpoint:
    """The file of one training run.

    Parameters
    ----------
    path : path
        Replaced after every epoch, in one atomic step.
    model : Sequential
    optimizer : Optimizer
    data : numpy.random.Generator
        The stream that orders the examples.
    batch_size, seed : int
    stopping : EarlyStopping or None

    Attributes
    ----------
    t : int or None
        The optimizer's count of steps in the file.
    """

    def __init__(self, path, model, optimizer, data, batch_size, seed, stopping):
        check_writable(path, "checkpoint")
        self.path, self.model, self.optimizer, self.data = path, model, optimizer, data
        self.stopping = stopping
        self.rest = f", batch_size={batch_size}, seed={seed}" + (
            f", {stopping}" if stopping else ""
        )
        self.first_run = self.run()
        self.t = getattr(optimizer, "t", None)
        self.arrays = None

    def run(self):
        """The settings of the run, with the learning rate that it has now."""
        return f"{self.optimizer!r}{self.rest}"

    def store(self, history):
        """Write network, optimizer, the stream of data and the history."""
        arrays = {f"model.{k}": v for k, v in self.model.state_dict().items()}
        arrays |= {f"optimizer.{k}": v for k, v in self.optimizer.state_dict().items()}
        arrays |= {f"history.{k}": getattr(history, k) for k in FIELDS}
        if self.stopping is not None:
            arrays |= {f"best.{k}": v for k, v in self.stopping.weights.items()}
        arrays["history.best_epoch"] = -1 if history.best_epoch is None else history.best_epoch
        arrays["history.stopped"] = history.stopped
        arrays["run"] = np.array([self.first_run, self.run()])
        arrays["data"] = stream_state(self.data)
        save_arrays(self.path, KIND, arrays)

    def read(self, epochs):
        """Read the file, if there is one, and look through it; returns the history in it.

        Raises
        ------
        ValueError
            If the file is damaged, of another network, optimizer or run, or of more epochs.
        """
        if not os.path.exists(self.path):
            return History()
        path, run = os.fsdecode(self.path), self.run()
        arrays = load_arrays(path, KIND, self._room)
        known = [str(text) for text in np.atleast_1d(arrays.get("run"))]
        if run not in known:
            raise ValueError(
                f"{path} was written by another run, {known[0]}, but this one is {run}; "
                f"give it the same settings, or another file"
            )
        history = _history(_part(arrays, "history."))
        if len(history) > epochs:
            raise ValueError(
                f"{path} holds {len(history)} epochs already, but epochs={epochs}; "
                f"ask for at least as many, or give another file"
            )
        self.stream = saved_stream("data", arrays.get("data"))
        self.best = _part(arrays, "best.")
        if self.stopping is not None:
            mine = learned(self.model)
            same_names("network", mine, self.best)
            for name, value in mine.items():
                same_array(f"best {name}", value, self.best[name])
        t = arrays.get("optimizer.t")
        self.t = int(t) if t is not None and t.shape == () and t.dtype.kind in "iu" else None
        self.first_run, self.arrays = known[0], arrays
        return history

    def load(self):
        """Take over what `read` has read. If something does not fit, all is as it was."""
        if self.arrays is None:
            return
        before = self.model.state_dict()
        self.model.load_state_dict(_part(self.arrays, "model."))
        try:
            state = _part(self.arrays, "optimizer.")
            self.optimizer.load_state_dict(state, like=self.model.theta)
        except Exception as error:  # an optimizer of one's own may raise anything
            self.model.load_state_dict(before)
            raise ValueError(
                f"{os.fsdecode(self.path)}: the saved state of the optimizer does not fit: {error}"
            ) from error
        self.data.bit_generator.state = self.stream
        if self.stopping is not None:
            self.stopping.weights = self.best

    def _room(self, name):
        """How many bytes a member of the file may fill; None for a foreign name."""
        kind, _, rest = name.partition(".")
        if kind == "model" or kind == "best":
            value = self.model.state_dict().get(rest)
            return None if value is None else value.nbytes
        if kind == "optimizer":  # its memory has names of its own
            return MOST + 100 * self.model.theta.nbytes
        return MOST if name in ("run", "data") or rest in (*FIELDS, *ENDS) else None


def _part(arrays, prefix):
    """The members whose names start so, without that start."""
    return {k[len(prefix) :]: v for k, v in arrays.items() if k.startswith(prefix)}


def _history(saved):
    """A History from what was saved, or what is wrong with it."""
    same_names("history", (*FIELDS, *ENDS), saved)
    history = History()
    n = len(np.atleast_1d(saved["loss"]))
    for name in FIELDS:
        setattr(history, name, same_array(f"history.{name}", np.zeros(n), saved[name]))
    best, stopped = saved["best_epoch"], saved["stopped"]
    whole = best.shape == stopped.shape == () and (best.dtype.kind, stopped.dtype.kind) == (
        "i",
        "b",
    )
    if not (whole and -1 <= best < n and np.isfinite([history.loss, history.lr]).all()):
        raise ValueError(
            f"the saved history is damaged: {n} epochs, the best {best}, stopped {stopped}, "
            f"loss {history.loss}, lr {history.lr}; nothing was loaded"
        )
    history.best_epoch = None if best < 0 else int(best)
    history.stopped = bool(stopped)
    return history
