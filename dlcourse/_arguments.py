"""Arguments that are neither numbers nor arrays: functions, networks, paths, yes or no."""

import os
from collections.abc import Mapping

import numpy as np


def flag(name, value):
    """Return `value` as True or False, or say that it is neither."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False but got {value!r:.60}")
    return bool(value)


def one_of(name, value, options):
    """Check that `value` is one of some words."""
    if not isinstance(value, str) or value not in options:
        raise ValueError(f"{name} must be one of {', '.join(options)} but got {value!r:.60}")
    return value


def float_type(dtype):
    """Return `dtype` as float32 or float64, or say that it is neither."""
    try:
        found = np.dtype(dtype)
    except Exception:  # NumPy raises whatever the object's attributes raise
        found = None
    if dtype is None or found not in (np.dtype(np.float32), np.dtype(np.float64)):
        got = f"{dtype!r:.60}" if found is None or dtype is None else str(found)
        raise TypeError(f"dtype must be float32 or float64 but got {got}")
    return found


def is_pair(value):
    """Whether `value` is a tuple, list or array of two things."""
    if isinstance(value, np.ndarray):
        return value.shape == (2,)
    return isinstance(value, (tuple, list)) and len(value) == 2


def function(name, value, form):
    """Check that `value` can be called; `form` says with what, and what it returns."""
    if not callable(value):
        raise TypeError(f"{name} must be a function {form} but got {value!r:.60}")
    return value


def network(name, model):
    """Check that `model` is a network."""
    for attribute in ("layers", "forward", "backward", "predict", "theta", "grad", "state_dict"):
        if isinstance(model, type) or not hasattr(model, attribute):
            raise TypeError(
                f"{name} must be a network, Sequential(...), but got {model!r:.60}"
                + ("" if isinstance(model, type) else f", which has no {attribute}")
            )
    return model


def file_path(path, name="path"):
    """Return a path as a text, or say that it is none."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        raise TypeError(f"{name} must be a text or a pathlib.Path but got {path!r:.60}")
    path = os.fsdecode(path)
    if "\0" in path:
        raise ValueError(f"{name} must hold no zero byte but got {path!r:.60}; choose another name")
    return path


def saved_state(state):
    """Check that a saved state is a dict; what is in it is for others to check."""
    if not isinstance(state, Mapping):
        raise TypeError(
            f"a state must be a dict of names and arrays, as state_dict() returns it, "
            f"but got {type(state).__name__}"
        )
    return state
