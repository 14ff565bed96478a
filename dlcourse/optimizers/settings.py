"""The settings of an optimizer: numbers, or one number for each weight; and their text."""

import math

import numpy as np

from .._arguments import is_pair
from .._errors import array, below_one, finite, not_negative, positive
from .._signatures import constructor_arguments


def number_or_vector(name, value):
    """`value` as a float of at least 0, or as an array of its own that holds such numbers."""
    if type(value) is float and 0 <= value < math.inf:  # nearly always: a schedule sets it
        return value
    if isinstance(value, (list, tuple)):
        raise TypeError(
            f"{name} must be a number, or a NumPy array with one for each weight, but got "
            f"{type(value).__name__}; model.vector(...) makes such an array"
        )
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return not_negative(name, value[()] if isinstance(value, np.ndarray) else value)
    vector = finite(name, array(name, value)).copy()
    if (vector < 0).any():
        where = tuple(int(i) for i in np.argwhere(vector < 0)[0])
        raise ValueError(f"{name} must be at least 0 but got {vector[where]} at index {where}")
    return vector


def not_all_zero(name, value):
    """A learning rate to begin with: a number above 0, or a vector that is not 0 everywhere."""
    if not isinstance(value, (np.ndarray, list, tuple)):
        return positive(name, value)
    vector = number_or_vector(name, value)
    if not np.any(vector):
        raise ValueError(f"{name} must be above 0 somewhere but got {value!r:.60}")
    return vector


def check_betas(betas):
    """Return ``(beta1, beta2)`` as floats in [0, 1)."""
    if not is_pair(betas):
        raise ValueError(f"betas must be two numbers (beta1, beta2) but got {betas!r}")
    return below_one("betas: beta1", betas[0]), below_one("betas: beta2", betas[1])


def described(optimizer):
    """How an optimizer reads: every setting, and nothing that a step changes.

    Two optimizers with one text go on from one checkpoint, so a setting that is not kept
    under the name of its argument makes all other plain attributes part of the text.
    """
    names, _ = constructor_arguments(type(optimizer))
    values = {name: getattr(optimizer, name) for name in names if hasattr(optimizer, name)}
    if len(values) < len(names):
        plain = (bool, int, float, str, tuple)
        own = {k: v for k, v in vars(optimizer).items() if isinstance(v, plain)}
        values |= {k: v for k, v in own.items() if k[0] != "_" and k not in ("t", "slots")}
    return ", ".join(f"{name}={_text(value)}" for name, value in values.items())


def _text(value):
    """An array by its length, range and checksum, so that a million rates make a short line."""
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return repr(value)
    from zlib import crc32

    ends = f"from {value.min():.4g} to {value.max():.4g}" if value.size else "empty"
    code = crc32(np.ascontiguousarray(value).tobytes())
    return f"<{value.dtype} {value.shape}, {ends}, checksum {code:08x}>"
