"""What a layer starts with: looked through before any layer belongs to a network."""

from collections.abc import Mapping

import numpy as np

from ._errors import finite
from ._views import Learned

# What every layer has besides its methods.
RESERVED = {"rng", "state", "min_rows", "input_gradient", "layers"}
RESERVED |= {"_memory", "_owned", "_own", "_learned"}


def starting_arrays(layer, named, dtype):
    """What ``initial`` of a layer returned, as arrays of `dtype`, or what is wrong with it."""
    if not isinstance(named, Mapping):
        raise TypeError(
            f"{layer}: initial must return a dict of names and arrays, such as {{'W': ...}}, but "
            f"returned {named!r:.60}; a layer that learns nothing returns {{}}"
        )
    for name in named:
        _check_name(layer, name, named)
    for name in layer.state:
        if not isinstance(name, str) or not hasattr(layer, name):
            raise TypeError(
                f"{layer}: state names {name!r:.60}, which the layer does not have; make the array "
                f"in __init__, and write one name as a tuple: state = ('running_mean',)"
            )
    return {name: _array(f"{layer}: the starting {name}", a, dtype) for name, a in named.items()}


def _check_name(layer, name, named):
    """A name must be free: neither a method, nor the gradient of another array."""
    if not isinstance(name, str) or not name.isidentifier():
        raise TypeError(
            f"{layer}: initial must give what is learned a name such as 'W' but got {name!r:.60}"
        )
    for taken in (name, f"d{name}"):
        found = getattr(type(layer), taken, None)
        known = isinstance(found, Learned) or not (callable(found) or isinstance(found, property))
        clash = taken != name and taken in named or name in layer.state
        if clash or not known or taken in RESERVED:
            raise ValueError(
                f"{layer}: initial cannot name an array {name!r}, since {taken!r} is something "
                f"else already; choose another name"
            )


def _array(name, start, dtype):
    """A starting array, finite in `dtype`."""
    try:
        given = np.asarray(start)
        numbers = given.dtype.kind in "biuf"
    except ValueError:  # rows of different length
        numbers = False
    if not numbers:
        raise TypeError(
            f"{name} must be an array of numbers but got {start!r:.60}; look at initial"
        )
    with np.errstate(over="ignore"):
        found = np.array(given, dtype)
    if not np.isfinite(found).all():
        bad = given[~np.isfinite(found)].flat[0]
        raise ValueError(f"{name} must be finite in {dtype} but holds {bad}; look at initial")
    return found


def starting_matrix(layer, name, rng, shape):
    """What ``layer.init`` draws for a matrix of weights, (n_in, n_out)."""
    W = finite(f"{layer}: the starting {name}", np.asarray(layer.init(rng, shape)))
    if W.shape != shape:
        raise ValueError(
            f"{layer}: init must return shape (n_in, n_out) = {shape} "
            f"but got {W.shape}; are the two swapped?"
        )
    return W
