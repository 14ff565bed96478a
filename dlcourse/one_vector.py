"""What a network is beside its layers: one vector of parameters, one of gradients."""

import copy

from ._nested import by_place
from ._views import Views, fill


class OneVector:
    """``theta`` and ``grad`` of a network, by name and by part; whole in every copy."""

    @property
    def theta(self):
        """All parameters, one vector; assigning to it writes into it."""
        return self._views.theta

    @theta.setter
    def theta(self, value):
        if value is not self._views.theta:  # model.theta -= ... has written already
            fill("theta", self._views.theta, value)

    @property
    def grad(self):
        """All gradients, likewise."""
        return self._views.grad

    @grad.setter
    def grad(self, value):
        if value is not self._views.grad:
            fill("grad", self._views.grad, value)

    def parameters(self):
        """What is learned: a dict ``"0.W"`` -> (value, gradient), both views."""
        return dict(self._views.parts)

    @property
    def shapes(self):
        """The parts of theta in order: ``"0.W"`` -> shape."""
        return {name: w.shape for name, (w, _) in self._views.parts.items()}

    def vector(self, f):
        """A vector like ``theta`` from a number, or an array, for each of its parts.

        Parameters
        ----------
        f : callable
            ``f(layer, name, array)`` -> a number, or an array of the shape of `array`; `name`
            is that in the layer, such as ``"W"``.

        Returns
        -------
        ndarray, like ``theta``
            An optimizer takes it as `lr` or `weight_decay`.

        Examples
        --------
        No weight decay for biases and norms, and rates by the width of what comes in:

        >>> from dlcourse import LayerNorm, Linear, Sequential
        >>> model = Sequential(Linear(2, 1), LayerNorm(1))
        >>> model.shapes
        {'0.W': (2, 1), '0.b': (1,), '1.gamma': (1,), '1.beta': (1,)}
        >>> decay = model.vector(lambda layer, name, array: 0.5 if name == "W" else 0)
        >>> decay.tolist()
        [0.5, 0.5, 0.0, 0.0, 0.0]
        >>> model.vector(lambda layer, name, array: 1 / len(array)).tolist()
        [0.5, 0.5, 1.0, 1.0, 1.0]
        """
        return self._views.vector(f)

    def __getstate__(self):
        """For copies and pickles: the layers carry their arrays, and the vector is left out."""
        self._views.check(self.layers)
        return {k: v for k, v in vars(self).items() if k != "_views"} | {"names": [*self.shapes]}

    def __setstate__(self, state):
        """Lay the arrays that came with the layers into one vector again."""
        names = state.pop("names")
        vars(self).update(state)
        places = by_place(self.layers)
        starts = [{name: layer._own[name] for name in layer._learned} for layer in places.values()]
        self._views = Views(self.layers, places, starts, self.dtype)
        if [*self.shapes] != names:
            raise TypeError(
                "a layer that refers to its own network cannot be copied by itself; "
                "copy the network"
            )

    def __copy__(self):
        return copy.deepcopy(self)
