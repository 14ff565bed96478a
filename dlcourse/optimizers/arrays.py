"""What an optimizer asks of the arrays that it is given, and whose they are."""

import numpy as np

from .._errors import array


def check_weights(optimizer, w):
    """Check that `w` is an array that can be stepped."""
    name = type(optimizer).__name__
    if array("w", w, name).dtype not in (np.float32, np.float64):
        raise TypeError(
            f"{name}: w must be float32 or float64 but got {w.dtype}, for which eps and small "
            f"steps are not made; convert it first: w.astype(np.float32)"
        )
    eps, least = getattr(optimizer, "eps", 0), np.finfo(w.dtype).tiny
    if 0 < eps < least:
        raise ValueError(f"{name}: eps={eps} is 0 in {w.dtype}; take at least {least:.2g}")


def check_same(optimizer, mine, w):
    """Check that `w` is the array `mine` of the steps before, or like it where that is None."""
    name, here = type(optimizer).__name__, optimizer.scratch
    if (here.shape, here.dtype) != (w.shape, w.dtype):
        raise ValueError(
            f"{name} has stepped an array of shape {here.shape} and {here.dtype} but got "
            f"{w.shape} and {w.dtype}; make a new optimizer for each array"
        )
    if mine is not None and _place(mine) != _place(w):
        raise ValueError(
            f"{name} has made {optimizer.t} steps on another array, and its memory, step count "
            f"and schedule belong to that one; make a new optimizer for each array or network. "
            f"For a copied network copy the optimizer, too: copy.deepcopy(optimizer). For an "
            f"array that was computed anew write into the old one: w[...] = new"
        )


def checked_gradient(optimizer, w, g):
    """Check that `g` can change `w` and is like it; a copy of it where they share memory."""
    name = type(optimizer).__name__
    if array("g", g, name).shape != w.shape or g.dtype != w.dtype:
        raise ValueError(
            f"{name}: g must be like w, {w.dtype} of shape {w.shape}, "
            f"but got {g.dtype} of shape {g.shape}"
        )
    if not w.flags.writeable:
        raise ValueError(f"{name}: w is read-only, so no step can change it; give w.copy()")
    # As in a valley of height w**2 / 2, whose gradient is w: no line of a step may change it.
    return g.copy() if np.may_share_memory(w, g) and np.shares_memory(w, g) else g


def check_vectors(optimizer, w):
    """Check that `lr` and `weight_decay` are like `w` where they are arrays."""
    for name in ("lr", "weight_decay"):
        value = getattr(optimizer, name)
        if type(value) is np.ndarray and (value.shape, value.dtype) != (w.shape, w.dtype):
            raise ValueError(
                f"{type(optimizer).__name__}: {name} must be a number or like w, {w.dtype} of "
                f"shape {w.shape}, but got {value.dtype} of shape {value.shape}; "
                f"model.vector(...) makes one"
            )


def _place(x):
    """Where an array lies in memory, whichever Python object shows it."""
    steps = [s for s, n in zip(x.strides, x.shape, strict=True) if n > 1]
    return x.__array_interface__["data"][0], steps
