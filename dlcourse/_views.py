"""One vector: every array that a network learns is a part of theta, and stays one."""

import numpy as np

from ._arguments import function
from ._errors import array


class Learned:
    """Stands in a class for an array that it learns, until a layer has a start."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, layer, owner):
        if layer is None:
            return self
        raise AttributeError(
            f"{layer} has no {self.name} yet; put it into a network, Sequential(...), "
            f"or give it a start of its own: layer.start(np.random.default_rng(0))"
        )


def fill(name, own, value):
    """Write `value` into the array `own`: what an assignment to it means."""
    if not isinstance(value, (np.ndarray, np.generic)):
        raise TypeError(
            f"{name} must be an array of shape {own.shape} but got {type(value).__name__}; "
            f"to fill it with a number, write into it: {name}[...] = 0"
        )
    value = array(name, np.asanyarray(value))
    if value.shape != own.shape:
        raise ValueError(
            f"{name} must have shape {own.shape} but got {value.shape}; an assignment writes "
            f"into the network's vector, so the shape cannot change"
        )
    if value.dtype != own.dtype:
        raise TypeError(
            f"{name} must be {own.dtype} but got {value.dtype}; "
            f"convert it first: a.astype(np.{own.dtype})"
        )
    own[...] = value


class Views:
    """theta, grad, and which part of them each array of each layer is.

    Parameters
    ----------
    layers : tuple of Layer
    places : dict
        The layers and those inside them, in order: ``"1.0"`` -> the first one inside layer 1.
    starts : list of dict
        For each of them, name -> starting array.
    dtype : numpy.dtype
    """

    def __init__(self, layers, places, starts, dtype):
        size = sum(np.size(start) for named in starts for start in named.values())
        self.layers, self.places = layers, places
        self._inside = [(layer, layer.layers) for layer in places.values() if layer.layers]
        self.theta = np.zeros(size, dtype)[:]  # a view: nobody can resize it
        self.grad = np.zeros(size, dtype)[:]
        self._bases = self.theta.base, self.grad.base
        self.parts = {}  # "0.W" -> (value, gradient)
        self._learned, self._gradients = [], []
        begin = 0
        for (place, layer), named in zip(places.items(), starts, strict=True):
            mine = {}
            for name, start in named.items():
                part = slice(begin, begin + np.size(start))
                begin = part.stop
                w = self.theta[part].reshape(np.shape(start))
                g = self.grad[part].reshape(np.shape(start))
                w[...] = start
                if f"d{name}" in layer._own:  # a copy of a network, half way through a step
                    g[...] = layer._own[f"d{name}"]
                mine[name], mine[f"d{name}"] = w, g
                self.parts[f"{place}.{name}"] = (w, g)
                self._learned.append((layer, name, w))
                self._gradients.append((layer, f"d{name}", g))
            layer._hold(tuple(named), mine, dtype)
            layer._owned, layer.input_gradient = True, True
        learns = next((place for place, named in zip(places, starts, strict=True) if named), "0")
        first = int(learns.split(".")[0])  # whoever stands before it needs no gradient
        self.first = layers[first]
        self.backwards = layers[first:][::-1]

    def vector(self, f):
        """A vector like theta from what ``f(layer, name, array)`` says of each part."""
        function("f", f, "f(layer, name, array) -> a number, or an array")
        result = np.empty_like(self.theta)
        begin = 0
        for (layer, name, w), key in zip(self._learned, self.parts, strict=True):
            value = np.asarray(f(layer, name, w))
            good = value.dtype.kind in "iuf" and value.shape in ((), w.shape)
            if not good or not np.isfinite(value).all():
                raise ValueError(
                    f"what f gives for {key} must be a finite number, or an array of them of "
                    f"shape {w.shape}, but got {value!r:.60}"
                )
            result[begin : begin + w.size] = np.broadcast_to(value, w.shape).ravel()
            begin += w.size
        return result

    def check_learned(self, layers):
        """Before a pass forward: what the layers compute with is still theta."""
        if layers is not self.layers:
            raise RuntimeError(EXCHANGED)
        for layer, inside in self._inside:
            if layer.layers is not inside:
                raise RuntimeError(EXCHANGED)
        for layer, name, w in self._learned:
            if getattr(layer, name, None) is not w:
                self._parted(layer, name, "theta")

    def check_gradients(self):
        """After a pass backward: what the layers have written is in grad."""
        for layer, name, g in self._gradients:
            if getattr(layer, name, None) is not g:
                self._parted(layer, name, "grad")
        if self.theta.base is not self._bases[0] or self.grad.base is not self._bases[1]:
            raise RuntimeError(f"theta or grad now has memory of its own; {REMEDY}")

    def check(self, layers):
        """Before inference or saving: all of this, memory, and what the layers keep besides."""
        self.check_learned(layers)
        self.check_gradients()
        for held, base in zip((self._learned, self._gradients), self._bases, strict=True):
            for layer, name, part in held:
                if part.base is not base:
                    self._parted(layer, name, "theta or grad")
        for layer in self.places.values():
            for name in layer.state:
                if getattr(layer, name, None) is not layer._own.get(name):
                    self._parted(layer, name, "the network's state")

    def _parted(self, layer, name, whole):
        place = next(place for place, other in self.places.items() if other is layer)
        raise RuntimeError(
            f"layer {place}, {layer}: {name} is no longer a part of {whole}, "
            f"so the network would not learn; {REMEDY}"
        )


REMEDY = (
    "it was exchanged behind the network's back; build the network anew, and change arrays by "
    "assigning, layer.W = a, or in place, layer.W[...] = a"
)
EXCHANGED = (
    "the layers of a network cannot be exchanged; build a new one from copies, which "
    "keep what they have learned: Sequential(*copy.deepcopy(layers))"
)
