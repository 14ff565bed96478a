"""The form of every error: what was wrong, what came, what to do."""

import numbers

import numpy as np

from ._doors import check_plain, to_array, to_floats


def whole_number(name, value, low=1):
    """Return `value` as an int, or say why it is none."""
    if not isinstance(value, numbers.Integral) or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number but got {value!r}")
    if value < low:
        raise ValueError(f"{name} must be at least {low} but got {value}")
    return int(value)


def real_number(name, value):
    """Return `value` as a Python float, which never widens a float32 array."""
    if not isinstance(value, numbers.Real) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number but got {value!r}")
    try:
        value = float(value)
    except OverflowError:
        raise ValueError(f"{name} must be below 1.8e308 but got a larger number") from None
    if not np.isfinite(value):
        raise ValueError(f"{name} must be finite but got {value}")
    return value


def positive(name, value):
    """Return `value` as a Python float above 0."""
    value = real_number(name, value)
    if value <= 0:
        raise ValueError(f"{name} must be above 0 but got {value}")
    return value


def not_negative(name, value):
    """Return `value` as a Python float of at least 0."""
    value = real_number(name, value)
    if value < 0:
        raise ValueError(f"{name} must be at least 0 but got {value}")
    return value


def below_one(name, value, hint=""):
    """Return `value` as a Python float in [0, 1)."""
    value = real_number(name, value)
    if not 0 <= value < 1:
        raise ValueError(f"{name} must be in [0, 1) but got {value}{hint and '; ' + hint}")
    return value


def array(name, x, owner=None):
    """Return `x` if it is an array of floats, or say how to make one; `owner` is a layer."""
    if type(x) is np.ndarray and x.dtype.kind == "f":
        return x
    name = name if owner is None else f"{owner}: {name}"
    if not isinstance(x, np.ndarray):
        raise TypeError(f"{name} must be a NumPy array but got {type(x).__name__}; {to_array(x)}")
    check_plain(name, x)
    if x.dtype.kind != "f":
        raise TypeError(f"{name} must hold floats but got dtype {x.dtype}; {to_floats(name, x)}")
    return x


def batch(layer, x, n):
    """Check that `x` is a batch of rows with `n` entries each."""
    array("x", x, layer)
    if x.ndim == 2 and x.shape[1] == n:
        return x
    message = f"{layer} needs x of shape (N, {n}) but got {x.shape}"
    if x.ndim > 2 and x[0].size == n:
        message += "; flatten it first: x.reshape(len(x), -1)"
    elif x.ndim == 1 and len(x) == n:
        message += "; one example is a batch of one row: x[None, :]"
    elif x.ndim == 2 and x.shape[0] == n:
        message += "; rows are examples, so transpose it: x.T"
    else:
        message += "; the layer before must give as many outputs as this one takes inputs"
    raise ValueError(message)


def finite(name, x):
    """Check that `x` holds no NaN and no infinity."""
    good = np.isfinite(x)
    if not good.all():
        where = tuple(int(i) for i in np.argwhere(~good)[0])
        raise ValueError(
            f"{name} holds NaN or infinite values: {int((~good).sum())} of {good.size}, "
            f"the first at index {where}; clean or scale the data first"
        )
    return x


def generator(name, rng):
    """Check that `rng` is a stream of random numbers."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{name} must be a numpy.random.Generator but got {type(rng).__name__}; "
            f"make one: np.random.default_rng(0)"
        )
    return rng


def missing(package, what):
    """The error for an optional package that is not installed."""
    return ImportError(f"{what} needs the package {package}; install it: pip install {package}")
