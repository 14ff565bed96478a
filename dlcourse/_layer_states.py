"""What a saved network holds: arrays, streams, and what each layer is."""

import numbers
import warnings

import numpy as np

from ._arguments import saved_state
from ._files import same_array, same_names, saved_stream, stream_state
from ._signatures import constructor_arguments


def state_of(places, parts, kinds):
    """Copies of all that is saved of a network: a dict name -> array."""
    state = {name: w.copy() for name, (w, _) in parts.items()}
    for place, layer in places.items():
        for name in layer.state:
            state[f"{place}.{name}"] = getattr(layer, name).copy()
        state[f"{place}.rng"] = stream_state(layer.rng)
        state[f"{place}.layer"] = np.array(kinds[place])
    return state


def take_over(state, places, parts, kinds):
    """Write a `state_of` into a network built alike; all of it, or nothing."""
    saved_state(state)
    mine = state_of(places, parts, kinds)
    if not _same_layers(mine, state):
        mine = {name: value for name, value in mine.items() if not name.endswith(".layer")}
    same_names("network", mine, state)
    for name, value in mine.items():
        if not name.endswith((".rng", ".layer")):
            same_array(name, value, state[name])
    streams = {place: saved_stream(f"{place}.rng", state[f"{place}.rng"]) for place in places}
    for name, (w, _) in parts.items():
        w[...] = state[name]
    for place, layer in places.items():
        kind = streams[place]["bit_generator"]
        if kind != type(layer.rng.bit_generator).__name__:  # the saved layer was given its own
            layer.rng = np.random.Generator(getattr(np.random, kind)())
        layer.rng.bit_generator.state = streams[place]
        for name in layer.state:
            getattr(layer, name)[...] = state[f"{place}.{name}"]


def _same_layers(mine, state):
    """Whether the state says what each layer is; raises if it says something else."""
    kinds = {name: value for name, value in mine.items() if name.endswith(".layer")}
    saved = [name for name in state if str(name).endswith(".layer")]
    if not saved:
        warnings.warn(
            "the saved state is of an older version of dlcourse, which did not say what each "
            "layer is: only names and shapes are compared; save it again",
            stacklevel=4,
        )
        return False
    if len(saved) != len(kinds):
        raise ValueError(
            f"the saved state is of another network: it has {len(saved)} layers, this one "
            f"{len(kinds)}; build the network exactly as it was when it was saved"
        )
    for name, value in kinds.items():
        if name in state and str(state[name]) != str(value):
            place = name.removesuffix(".layer")
            raise ValueError(
                f"the saved state is of another network: layer {place} was {state[name]} but is "
                f"{value} here; build the network exactly as it was when it was saved"
            )
    return True


def description(layer):
    """What a layer is: its class, and those arguments of it that the layer keeps by name.

    `init` is left out: how a layer started makes no difference to what was saved.
    """
    names, _ = constructor_arguments(type(layer))
    settings = {name: _said(getattr(layer, name, None)) for name in names if name != "init"}
    return f"{type(layer).__name__}({', '.join(f'{k}={v}' for k, v in settings.items() if v)})"


def _said(value):
    """A setting in words that are the same in every process, or "" if there are none."""
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return f"{float(value)!r}".removesuffix(".0")
    if isinstance(value, (bool, np.bool_, str)):
        return repr(value if isinstance(value, str) else bool(value))
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(map(_said, value)) + "]"
    return description(value) if hasattr(value, "forward") else ""
