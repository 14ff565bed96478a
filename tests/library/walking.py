"""Walks of optimizers: a start, drawn gradients, and a step that must be refused."""

import numpy as np
import pytest

N = 6


def start(dtype=np.float64, seed=0):
    return np.random.default_rng(seed).normal(size=N).astype(dtype)


def walk(optimizer, w, steps, first=0):
    for t in range(first, first + steps):
        optimizer.step(w, np.random.default_rng(t).normal(size=w.shape).astype(w.dtype))
    return w


def everything(optimizer):
    """All that a step could change; before the first step there is no memory that counts."""
    if optimizer.t == 0:
        return {"t": 0, "lr": optimizer.lr}
    arrays = {k: v.copy() for k, v in vars(optimizer).items() if isinstance(v, np.ndarray)}
    return {"t": optimizer.t, "lr": optimizer.lr, **{k: arrays[k].tobytes() for k in arrays}}


def refused(optimizer, w, g, error, *fragments):
    """The step raises, says each fragment, and nothing has moved."""
    before, weights = everything(optimizer), np.array(w)
    with pytest.raises(error) as caught:
        optimizer.step(w, g)
    assert all(fragment in str(caught.value) for fragment in fragments), str(caught.value)
    assert everything(optimizer) == before
    assert np.array_equal(weights, np.array(w), equal_nan=True)
