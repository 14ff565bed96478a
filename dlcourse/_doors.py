"""What may come in as an array, and, for what may not, a remedy that works when followed."""

import functools

import numpy as np

# Attributes of ndarray that a subclass may define without computing in another way.
HARMLESS = {"__new__", "__init__", "__doc__", "__module__", "__dict__", "__repr__", "__str__"}
HARMLESS |= {"__reduce__", "__setstate__", "__deepcopy__", "__copy__", "__slots__", "__del__"}
KNOWN = (np.ndarray, np.memmap, np.recarray)  # tried: they compute as ndarray does


@functools.cache
def computes_alike(cls):
    """Whether a subclass of ndarray leaves arithmetic, indexing and metadata alone."""
    own = [c for c in cls.__mro__ if issubclass(c, np.ndarray) and c not in KNOWN]
    return not any((set(vars(c)) & set(dir(np.ndarray))) - HARMLESS for c in own)


def check_plain(name, x):
    """Refuse subclasses of ndarray that compute in another way: matrices, masks, units."""
    if type(x) is np.ndarray or not isinstance(x, np.ndarray) or computes_alike(type(x)):
        return
    remedy = f"np.asarray({name})"
    if isinstance(x, np.ma.MaskedArray):
        remedy = f"{name}.filled(0), or leave out the rows in which something is masked"
    raise TypeError(
        f"{name} must be a plain NumPy array but got {type(x).__name__}, which computes in "
        f"another way; convert it first: {remedy}"
    )


def to_array(x):
    """How to make an array of floats from something that is none, in words."""
    if hasattr(x, "toarray"):  # SciPy's sparse matrices
        return "convert it first: x.toarray().astype(np.float32)"
    if hasattr(x, "detach"):  # PyTorch
        return "convert it first: x.detach().cpu().numpy()"
    try:
        np.asarray(x, dtype=np.float32)
    except (TypeError, ValueError, OverflowError):
        return "give rows of numbers, all of one length"
    return "convert it first: np.asarray(x, dtype=np.float32)"


def to_floats(name, x):
    """How to make floats from an array of another kind, in words."""
    if x.dtype.kind == "c":
        return "take its real part or its size: x.real, np.abs(x)"
    if x.dtype.kind in "mM":
        return "make numbers of dates first: (x - x.min()) / np.timedelta64(1, 'D')"
    where = no_number(x)
    if where is not None:
        return f"make numbers of it first; at {where} it holds {x[where]!r:.40}"
    return "convert it first: x.astype(np.float32)"


def no_number(x):
    """Where an array of objects or text holds something that is no number, or None."""
    for where in np.ndindex(x.shape) if x.dtype.kind in "OSUV" else ():
        try:
            float(x[where])
        except (TypeError, ValueError, OverflowError):
            return where
    return None


def targets(name, y, kind="numbers"):
    """Return targets as an array of whole numbers or floats, or say what they hold instead."""
    if type(y) is np.ndarray and y.dtype.kind in "iuf":
        return y
    check_plain(name, y)
    if hasattr(y, "toarray") or getattr(y, "requires_grad", False):
        raise TypeError(f"{name} must be an array but got {type(y).__name__}; {to_array(y)}")
    given = name if isinstance(y, np.ndarray) else f"np.asarray({name})"
    y = np.asarray(y)
    if y.dtype.kind in "iuf":
        return y
    what = {
        "c": "complex numbers",
        "M": "dates",
        "m": "spans of time",
        "b": "dtype bool, True and False",
    }
    got, where = what.get(y.dtype.kind, f"dtype {y.dtype}"), no_number(y)
    if where is not None:
        got = f"{y[where]!r:.40} at {where}"
        remedy = "leave out the rows without a target"
        if isinstance(y[where], (str, bytes)):
            remedy = f"number the classes: np.unique({name}, return_inverse=True)[1]"
    elif y.dtype.kind == "c":
        remedy = f"take the real part or the size: {name}.real, np.abs({name})"
    elif y.dtype.kind in "mM":
        remedy = f"make numbers of them: ({name} - {name}.min()) / np.timedelta64(1, 'D')"
    else:
        whole = "np.int64" if kind == "whole numbers" else "np.float32"
        remedy = f"convert them: {given}.astype({whole})"
    raise TypeError(f"{name} must be {kind} but hold {got}; {remedy}")
