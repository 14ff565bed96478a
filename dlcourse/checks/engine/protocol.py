"""What an answer must be before it can be looked at: a class, a layer, a function."""

import inspect

import numpy as np

from ...layers import Layer
from .calling import Call
from .judging import LEFT
from .reporting import Finding, name_of


def layer_class(cls, topic):
    """Check that an answer is a class that extends `Layer`."""
    if not isinstance(cls, type):
        kind = f"an object, {cls!r:.60}" if isinstance(cls, Layer) else f"{cls!r:.60}"
        raise Finding(
            f"checks.{topic} was given {kind} instead of a class",
            "the check makes the layers itself, with settings of its own",
            f"give the class without brackets: checks.{topic}(MyLayer)",
            "no class",
        )
    if not issubclass(cls, Layer):
        raise Finding(
            f"{cls.__name__} does not extend Layer",
            "every layer follows the library's protocol",
            f"begin with: class {cls.__name__}(Layer):",
            "no Layer",
        )


def built(cls, **settings):
    """An object of the class, and how to call it in a message."""
    text = ", ".join(f"{k}={v!r}" for k, v in settings.items())
    name = f"{cls.__name__}({text})"
    start = "store each setting in __init__: self.rate = rate"
    return Call(name, cls, start=start, **settings).value, name


def wired(layer, name, dtype, rng):
    """Give a layer alone what `Sequential` would: its parameters and places for gradients.

    Returns the names with (value, gradient). Gradients start as `LEFT`, so that one that is
    never written, or added to, is found.
    """
    call = Call(f"{name}.initial(rng)", layer.initial, rng)
    start = call.value
    if not isinstance(start, dict):
        raise Finding(
            f"{name}.initial(rng) should be a dict but is {start!r:.60}{call.at(call.last_line())}",
            "initial returns the starting value of everything that is learned, by name",
            'return a dict such as {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}',
            "no dict",
        )
    places = {}
    for key, value in start.items():
        w = np.array(value, dtype)
        g = np.full_like(w, LEFT)
        setattr(layer, key, w)
        setattr(layer, f"d{key}", g)
        places[key] = (w, g)
    layer.rng = np.random.default_rng(0)
    layer.input_gradient = True
    for key in layer.state:
        setattr(layer, key, np.array(getattr(layer, key), dtype))
    return places


def accepts(cls, setting):
    """Whether a class can be made with an argument of this name."""
    try:
        parameters = inspect.signature(cls).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(p.name == setting or p.kind is p.VAR_KEYWORD for p in parameters)


def function(f, topic, example):
    """Check that an answer is something to call."""
    if callable(f):
        return name_of(f)
    raise Finding(
        f"checks.{topic} was given {f!r:.60} instead of a function",
        "the check calls the function itself, with arguments of its own",
        f"give the function without brackets: checks.{topic}({example})",
        "no function",
    )
