"""A training run in one file, so that an interrupted one goes on as if nothing had happened."""

import numpy as np

from ._files import load_arrays, same_names, save_arrays, saved_stream, stream_state
from .history import FIELDS, History

KIND = "checkpoint"


def store(path, model, optimizer, data, history, run=""):
    """Write network, optimizer, the stream of data and the history to one .npz file.

    Parameters
    ----------
    path : path
        Replaced in one atomic step.
    model : Sequential
    optimizer : Optimizer
    data : numpy.random.Generator
        The stream that orders the examples.
    history : History
    run : str
        The settings of the run; `restore` refuses a file of other settings.
    """
    arrays = {f"model.{k}": v for k, v in model.state_dict().items()}
    arrays |= {f"optimizer.{k}": v for k, v in optimizer.state_dict().items()}
    arrays |= {f"history.{k}": getattr(history, k) for k in FIELDS}
    arrays["run"] = np.array(run)
    arrays["data"] = stream_state(data)
    save_arrays(path, KIND, arrays)


def restore(path, model, optimizer, data, run=""):
    """Read a file of `store` into objects built alike; returns the history.

    Raises
    ------
    ValueError
        If the file is damaged or of another network, optimizer or run. All objects then are
        as they were.
    """
    arrays = load_arrays(path, KIND)
    if str(arrays.get("run")) != run:
        raise ValueError(
            f"{path} was written by another run, {arrays.get('run')}, but this one is {run}; "
            f"give it the same settings, or another file"
        )

    def part(prefix):
        return {k[len(prefix) :]: v for k, v in arrays.items() if k.startswith(prefix)}

    same_names("history", FIELDS, part("history."))
    stream = saved_stream("data", arrays.get("data"))
    before = optimizer.state_dict()
    optimizer.load_state_dict(part("optimizer."), like=model.theta)
    try:
        model.load_state_dict(part("model."))
    except ValueError:
        optimizer.load_state_dict(before, like=model.theta)
        raise
    data.bit_generator.state = stream
    history = History()
    for name, values in part("history.").items():
        setattr(history, name, values)
    return history
