"""A network: layers in a row, all parameters in one vector, all gradients in another."""

import numpy as np

from ._errors import array, finite, whole_number
from ._files import load_arrays, same_array, same_names, save_arrays, saved_stream, stream_state
from .layers import Layer
from .seeding import streams


class Sequential:
    r"""Layers applied one after the other.

    .. math:: y = f_L(\dots f_2(f_1(x))), \qquad
              \theta = (\theta_1, \dots, \theta_L), \qquad
              \text{grad} = \partial L / \partial \theta

    Parameters
    ----------
    *layers : Layer
        Each belongs to one network only.
    seed : int
        Starting weights and masks are drawn from `streams` of this seed. Layers that
        draw nothing at the start (dropout, activations) do not change the weights of
        the others.
    dtype : {numpy.float32, numpy.float64}
        Of parameters, gradients, inputs and outputs.

    Attributes
    ----------
    layers : list of Layer
    theta, grad : ndarray, shape (number of parameters,)
        One contiguous vector each. Every ``layer.W`` is a view into ``theta`` and every
        ``layer.dW`` one into ``grad``, so ``optimizer.step(model.theta, model.grad)``
        trains the whole network.

    Raises
    ------
    TypeError, ValueError
        If something is no `Layer`, is used twice, or learns an array without a name.

    Notes
    -----
    PyTorch differs: every parameter there is a tensor of its own, and training mode is
    a state of the model rather than an argument of `forward`.

    Examples
    --------
    >>> from dlcourse import Linear, ReLU
    >>> model = Sequential(Linear(4, 8), ReLU(), Linear(8, 3), seed=0)
    >>> model.theta.shape
    (67,)
    """

    def __init__(self, *layers, seed=0, dtype=np.float32):
        self.layers = list(layers)
        self.dtype = np.dtype(dtype)
        if self.dtype not in (np.float32, np.float64):
            raise TypeError(f"dtype must be float32 or float64 but got {self.dtype}")
        for i, layer in enumerate(self.layers):
            if not isinstance(layer, Layer):
                raise TypeError(f"layer {i} must be a Layer but got {layer!r}")
            if getattr(layer, "_owned", False) or any(layer is other for other in layers[:i]):
                raise ValueError(
                    f"layer {i}, {layer}, already belongs to a network; make a new one"
                )
        init, mask, _ = streams(seed)
        starts = [layer.initial(init) for layer in self.layers]
        size = sum(np.size(start) for named in starts for start in named.values())
        self.theta = np.zeros(size, self.dtype)
        self.grad = np.zeros(size, self.dtype)
        self._views = {}
        begin = 0
        for i, (layer, named, rng) in enumerate(
            zip(self.layers, starts, mask.spawn(len(layers)), strict=True)
        ):
            layer.rng = rng
            layer._owned = True
            for name, start in named.items():
                part = slice(begin, begin + np.size(start))
                begin = part.stop
                w = self.theta[part].reshape(np.shape(start))
                g = self.grad[part].reshape(np.shape(start))
                w[...] = start
                setattr(layer, name, w)
                setattr(layer, f"d{name}", g)
                self._views[f"{i}.{name}"] = (w, g)
            for name in layer.state:
                setattr(layer, name, np.array(getattr(layer, name), self.dtype))
        self._first = next((i for i, named in enumerate(starts) if named), 0)

    def parameters(self):
        """What is learned: a dict ``"0.W"`` -> (value, gradient), both views."""
        return dict(self._views)

    def forward(self, x, train=False):
        """The outputs (N, n_out) for a batch x (N, n_in); ``train=True`` for a training pass."""
        if array("x", x).dtype != self.dtype:
            raise TypeError(
                f"the network computes in {self.dtype} but x is {x.dtype}; "
                f"convert it first: x.astype(np.{self.dtype})"
            )
        if x.ndim < 2 or len(x) == 0:
            raise ValueError(
                f"x must be a batch of at least one row, (N, n_in), but got shape {x.shape}; "
                f"one example is a batch of one row: x[None, :]"
            )
        for layer in self.layers:
            x = layer.forward(x, train=train)
        return x

    def backward(self, dy, input_gradient=False):
        """Fill ``grad`` from dL/dy (N, n_out); return dL/dx only when asked for it."""
        first = 0 if input_gradient else self._first
        for layer in reversed(self.layers[first:]):
            layer.input_gradient = input_gradient or layer is not self.layers[first]
            dy = layer.backward(dy)
        return dy if input_gradient else None

    def predict(self, x, batch_size=1000):
        """The outputs in inference mode, computed in parts so that memory stays small.

        Parameters
        ----------
        x : ndarray, shape (N, n_in)
            Finite numbers only.
        batch_size : int
            Rows at a time.

        Returns
        -------
        ndarray, shape (N, n_out)
            For a classifier these are scores: ``.argmax(axis=1)`` gives the classes.
        """
        finite("x", array("x", x))
        size = whole_number("batch_size", batch_size)
        parts = [self.forward(x[i : i + size]) for i in range(0, max(len(x), 1), size)]
        return np.concatenate(parts)

    def state_dict(self):
        """Copies of everything that a saved network needs: a dict name -> array.

        Parameters (``"0.W"``), what layers keep besides (``"1.running_mean"``), and where
        each stream of masks stands (``"2.rng"``).
        """
        state = {name: w.copy() for name, (w, _) in self._views.items()}
        for i, layer in enumerate(self.layers):
            for name in layer.state:
                state[f"{i}.{name}"] = getattr(layer, name).copy()
            state[f"{i}.rng"] = stream_state(layer.rng)
        return state

    def load_state_dict(self, state):
        """Take over a `state_dict` of a network built alike; all of it, or nothing.

        Raises
        ------
        ValueError
            If a name, shape or dtype differs. The network then is as it was.
        """
        mine = self.state_dict()
        same_names("network", mine, state)
        for name, value in mine.items():
            if not name.endswith(".rng"):
                same_array(name, value, state[name])
        streams_at = [saved_stream(f"{i}.rng", state[f"{i}.rng"]) for i in range(len(self.layers))]
        for name, (w, _) in self._views.items():
            w[...] = state[name]
        for i, layer in enumerate(self.layers):
            layer.rng.bit_generator.state = streams_at[i]
            for name in layer.state:
                getattr(layer, name)[...] = state[f"{i}.{name}"]

    def save(self, path):
        """Write the network's state to an .npz file, in one atomic step."""
        save_arrays(path, "Sequential", self.state_dict())

    def load(self, path):
        """Read a file of `save` into this network, which must be built alike.

        Raises
        ------
        FileNotFoundError, ValueError
            If the file is missing, damaged, or of another network. The network then is
            as it was.
        """
        room = {name: value.nbytes for name, value in self.state_dict().items()}
        self.load_state_dict(load_arrays(path, "Sequential", room.get))

    def __repr__(self):
        return f"Sequential({', '.join(map(repr, self.layers))})"
