"""Values of any kind: their text in every process, whether two are the same, own copies."""

import copy
import dataclasses
import pickle
from functools import partial
from zlib import crc32

import numpy as np

LONG = 10_000  # bits: Python writes no longer whole numbers in digits
ATOMS = (str, int, float, bool, type(None), bytes, complex)


def label(value):
    """A value as text that is the same in every process: no addresses, sets in order."""
    try:
        name = getattr(value, "__qualname__", None)
        return name if isinstance(name, str) else _text(value)
    except Exception:  # its own __repr__ raises, or it contains itself
        return f"{type(value).__name__} without text"


def _text(value):
    kind = type(value)
    if kind is int and value.bit_length() >= LONG:
        return hex(value)
    if kind in (list, tuple, set, frozenset):
        parts = [label(item) for item in value]
        if kind in (list, tuple):
            return f"[{', '.join(parts)}]" if kind is list else f"({_tuple(parts)})"
        inside = f"{{{', '.join(sorted(parts))}}}" if parts else ""
        return inside if parts and kind is set else f"{kind.__name__}({inside})"
    if kind is dict:
        return f"{{{', '.join(f'{label(key)}: {label(item)}' for key, item in value.items())}}}"
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, partial):
        given = [label(value.func), *map(label, value.args)]
        return f"partial({_named(given, value.keywords.items())})"
    if dataclasses.is_dataclass(value) and value.__dataclass_params__.repr:
        shown = [(f.name, getattr(value, f.name)) for f in dataclasses.fields(value) if f.repr]
        return f"{kind.__qualname__}({_named([], shown)})"
    if isinstance(value, tuple) and hasattr(kind, "_fields"):
        return f"{kind.__qualname__}({_named([], zip(kind._fields, value, strict=True))})"
    import re  # here, so that `import dlcourse` stays light

    text = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
    for address in (hex(id(value)), str(id(value))):
        text = text.replace(address, "")
    return text


def _tuple(parts):
    return f"{parts[0]}," if len(parts) == 1 else ", ".join(parts)


def _named(given, pairs):
    return ", ".join([*given, *(f"{name}={label(item)}" for name, item in pairs)])


def _array(value):
    """All of a small array, the checksum of a large one: its own text leaves digits out."""
    kind = "array" if type(value) is np.ndarray else type(value).__name__
    if value.size <= 16 or value.dtype.hasobject:
        return f"{kind}({label(value.tolist())}, {value.dtype})"
    return f"{kind}(shape {value.shape}, {value.dtype}, checksum {crc32(value.tobytes()):08x})"


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
    if all(type(value) in ATOMS or isinstance(value, type) for value in config.values()):
        return dict(config)
    try:
        return copy.deepcopy(config)
    except Exception:
        from .workers import pickler

        return pickle.loads(pickler().dumps(config))
