"""What an answer must be before it can be looked at: a class, a layer, a function."""

import numpy as np

from ...layers import Layer
from ...sequential import Sequential
from .calling import Call
from .judging import LEFT
from .reporting import Finding, name_of, shown
from .signatures import arguments


def layer_class(cls, topic):
    """Check that an answer is a class that extends `Layer`."""
    if not isinstance(cls, type):
        kind = f"an object, {shown(cls)}" if isinstance(cls, Layer) else f"{shown(cls)}"
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
    args, named = arguments(cls, settings)
    return Call(name, cls, *args, start=start, **named).value, name


def wired(layer, name, dtype, rng):
    """Put a layer into a network of its own, which gives it all that it computes with.

    Returns what is learned: name -> (value, gradient), the arrays of that network. Gradients
    start as `LEFT`, so that one that is never written, or added to, is found.
    """
    check_start(layer, name, rng)
    model = Sequential(layer, dtype=dtype)
    model.grad[:] = LEFT
    layer.rng = np.random.default_rng(0)
    return {key.removeprefix("0."): places for key, places in model.parameters().items()}


def check_start(layer, name, rng):
    """What a network asks a layer for: `initial` gives named arrays, `state` names some."""
    call = Call(f"{name}.initial(rng)", layer.initial, rng)
    start = call.value
    if not isinstance(start, dict):
        where = call.at(call.last_line())
        raise Finding(
            f"{name}.initial(rng) should be a dict but is {shown(start)}{where}",
            "initial returns the starting value of everything that is learned, by name",
            'return a dict such as {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}',
            "no dict",
        )
    for key, value in start.items():
        _check_learned(name, key, value)
    _check_state(layer, name)


def _check_learned(name, key, value):
    """What is learned has a name of its own, and is an array of finite numbers."""
    free = isinstance(key, str) and key.isidentifier() and not hasattr(Layer, key)
    if not free:
        raise Finding(
            f"{name}.initial(rng) gives something the name {shown(key)}",
            "what is learned has a name by which the layer finds it: self.<name>",
            'return a dict such as {"gamma": np.ones(self.n), "beta": np.zeros(self.n)}',
            "other names",
        )
    if not _is_numbers(value):
        raise Finding(
            f"{name}.initial(rng): {key} is {shown(value)}",
            "what is learned is an array of real numbers",
            f'give an array: {{"{key}": np.ones(self.n)}} or whatever the start should be',
            "no numbers",
        )
    if not np.isfinite(np.asarray(value, float)).all():
        raise Finding(
            f"{name}.initial(rng): {key} is {shown(value)}",
            "what is learned starts with finite numbers",
            "look for a division by 0, or for an array that was never filled",
            "not finite",
        )


def _check_state(layer, name):
    """`state` is a tuple of names of arrays that are there."""
    state = layer.state
    if isinstance(state, str) or not all(isinstance(key, str) for key in state):
        raise Finding(
            f"{name}.state is {shown(state)}",
            "state is a tuple of names",
            'a tuple of one name needs a comma: state = ("running_mean",)',
            "state",
        )
    for key in state:
        value = getattr(layer, key, None)
        if not _is_numbers(value):
            raise Finding(
                f"{name}.state names {key}, but {name}.{key} is {shown(value)}",
                "every name in state is that of an array, there from the start",
                f"make it in __init__: self.{key} = np.zeros(n)",
                "state",
            )


def _is_numbers(value):
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except ValueError:  # rows of several lengths
        return False


def fitted(value, shape, what, cause):
    """An array as float numbers of the shape `shape`; (1, n) is as good as (n,)."""
    good = _is_numbers(value)
    if good and np.size(value) == np.prod(shape):
        return np.array(value, float).reshape(shape)
    raise Finding(
        f"{what} should have shape {shape} but is {shown(value)}"
        + (f", of shape {np.shape(value)}" if good else ""),
        "each unit has a number of its own, and all of them stand in one array",
        cause,
        "wrong shape",
    )


def function(f, topic, example):
    """Check that an answer is something to call."""
    if callable(f):
        return name_of(f)
    raise Finding(
        f"checks.{topic} was given {shown(f)} instead of a function",
        "the check calls the function itself, with arguments of its own",
        f"give the function without brackets: checks.{topic}({example})",
        "no function",
    )
