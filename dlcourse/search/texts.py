"""Any value as a text that is the same in every process: for tables and journals.

A journal knows objectives and options by these texts, so they say what makes a difference.
A class or a function stands there by its name; what a function computes is not compared. A
method comes with its object, a function that was made inside of another with the variables and
defaults that it took along, and an object without a `__repr__` of its own with its attributes.
"""

import dataclasses
import re
from contextlib import suppress
from functools import partial
from types import ModuleType
from zlib import crc32

import numpy as np

LONG = 10_000  # bits: Python writes no longer whole numbers in digits
MOST = 1_000_000  # values in one text; what comes after them is left out


def label(value):
    """The text of a value: no addresses, sets in order."""
    return Writer().text(value)


class Writer:
    """Writes one value, and knows what it is inside of: a list may contain itself."""

    def __init__(self):
        self.inside, self.left = set(), MOST

    def text(self, value):
        self.left -= 1
        if id(value) in self.inside or self.left < 0:
            return "..."
        self.inside.add(id(value))
        try:
            name = getattr(value, "__qualname__", None)
            return self._named(value, name) if isinstance(name, str) else self._text(value)
        except Exception:  # its own __repr__ raises
            return f"{type(value).__name__} without text"
        finally:
            self.inside.remove(id(value))

    def _named(self, value, name):
        """A class, or a function of some kind."""
        owner = getattr(value, "__self__", None)
        if owner is not None and not isinstance(owner, ModuleType):
            return f"{self.text(owner)}.{value.__name__}"
        held = taken_along(value)
        return f"{name}({self._pairs([], held.items())})" if held else name

    def _text(self, value):
        kind = type(value)
        if kind is int and value.bit_length() >= LONG:
            return hex(value)
        if kind in (list, tuple, set, frozenset):
            return _collection(kind, [self.text(item) for item in value])
        if kind is dict:
            pairs = [f"{self.text(key)}: {self.text(item)}" for key, item in value.items()]
            return f"{{{', '.join(pairs)}}}"
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, partial):
            given = [self.text(value.func), *map(self.text, value.args)]
            return f"partial({self._pairs(given, value.keywords.items())})"
        if dataclasses.is_dataclass(value) and value.__dataclass_params__.repr:
            shown = [(f.name, getattr(value, f.name)) for f in dataclasses.fields(value) if f.repr]
            return f"{kind.__qualname__}({self._pairs([], shown)})"
        if isinstance(value, tuple) and hasattr(kind, "_fields"):
            shown = zip(kind._fields, value, strict=True)
            return f"{kind.__qualname__}({self._pairs([], shown)})"
        if isinstance(value, ModuleType):
            return f"module {value.__name__}"
        if kind.__repr__ is object.__repr__:
            return f"{kind.__qualname__}({self._pairs([], attributes(value).items())})"
        text = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))
        for address in (hex(id(value)), str(id(value))):
            text = text.replace(address, "")
        return text

    def _pairs(self, given, pairs):
        return ", ".join([*given, *(f"{name}={self.text(item)}" for name, item in pairs)])

    def _array(self, value):
        """All of a small array, the checksum of a large one: its own text leaves digits out."""
        kind = "array" if type(value) is np.ndarray else type(value).__name__
        if value.size <= 16 or value.dtype.hasobject:
            return f"{kind}({self.text(value.tolist())}, {value.dtype})"
        return f"{kind}(shape {value.shape}, {value.dtype}, checksum {crc32(value.tobytes()):08x})"


def _collection(kind, parts):
    if kind is list:
        return f"[{', '.join(parts)}]"
    if kind is tuple:
        return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
    inside = f"{{{', '.join(sorted(parts))}}}" if parts else ""
    return inside if parts and kind is set else f"{kind.__name__}({inside})"


def taken_along(function):
    """What an inner function has besides its code: outer variables and defaults, by name."""
    code, held = getattr(function, "__code__", None), {}
    if "<" not in getattr(code, "co_qualname", ""):  # "<lambda>", "make.<locals>.inner"
        return held
    for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
        with suppress(ValueError):  # a variable that has no value yet
            held[name] = cell.cell_contents
    held.pop("__class__", None)  # for super()
    defaults = function.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount][-len(defaults) :] if defaults else ()
    return held | dict(zip(names, defaults, strict=True)) | (function.__kwdefaults__ or {})


def attributes(value):
    """The attributes of an object, those in slots too."""
    state = object.__getstate__(value)
    fields, slots = state if isinstance(state, tuple) else (state, None)
    return {**(fields or {}), **(slots or {})}
