"""Values of any kind: whether two are the same, and own copies."""

import copy
import pickle

import numpy as np

ATOMS = {str, int, float, bool, type(None), bytes, complex, type}  # nobody can change them


def same(a, b):
    """Whether two values are of one type and equal; not-a-number is the same as itself."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        alike = a.dtype == b.dtype and a.shape == b.shape
        if a.dtype.hasobject:
            return alike and same(a.tolist(), b.tolist())
        return alike and a.tobytes() == b.tobytes()
    try:
        if type(a) in (list, tuple):
            return len(a) == len(b) and all(map(same, a, b))
        if type(a) is dict:
            return len(a) == len(b) and all(key in b and same(a[key], b[key]) for key in a)
        return bool(a == b) or bool(a != a and b != b)  # noqa: PLR0124
    except Exception:  # they cannot be compared: each is the same as itself only
        return False


def own(config):
    """A copy of a configuration that a trial may change without changing another trial's."""
    if ATOMS.issuperset(map(type, config.values())):
        return dict(config)
    try:
        return copy.deepcopy(config)
    except Exception:
        from .workers import pickler

        return pickle.loads(pickler().dumps(config))


def column(values):
    """Values as an array that changes none of them."""
    kinds = set(map(type, values))
    if len(kinds) == 1 and kinds <= {bool, int, float}:
        plain = np.array(values)
        if plain.dtype in (bool, np.int64, np.float64):  # no whole number was too large
            return plain
    objects = np.empty(len(values), object)
    for i, value in enumerate(values):
        objects[i] = value
    return objects
