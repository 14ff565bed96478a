"""A network: layers in a row, all parameters in one vector, all gradients in another."""

import numpy as np

from ._arguments import flag, float_type
from ._errors import array, finite, whole_number
from ._files import load_arrays, save_arrays
from ._layer_states import description, state_of, take_over
from ._nested import free
from ._views import Views
from .one_vector import OneVector
from .seeding import streams


class Sequential(OneVector):
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
    layers : tuple of Layer
    theta, grad : ndarray, shape (number of parameters,)
        One contiguous vector each. Every ``layer.W`` is a view into ``theta`` and every
        ``layer.dW`` one into ``grad``, so ``optimizer.step(model.theta, model.grad)``
        trains the whole network. Assigning to one of them writes into the vector.
    shapes : dict
        The parts of ``theta`` in order: ``"0.W"`` -> shape; ``"1.0.W"`` lies inside layer 1.

    Raises
    ------
    TypeError, ValueError
        If something is no `Layer`, is used twice, or learns an array without a name.

    Notes
    -----
    PyTorch differs: every parameter there is a tensor of its own, and training mode is
    a state of the model rather than an argument of `forward`.

    A copy (``copy.deepcopy``, pickle, what a process pool returns) is a whole network of its
    own. Layers that have learned keep it when a new network is built from copies of them,
    ``copy.deepcopy(model.layers[:-1])``.

    Examples
    --------
    >>> from dlcourse import Linear, ReLU
    >>> model = Sequential(Linear(4, 8), ReLU(), Linear(8, 3), seed=0)
    >>> model.theta.shape
    (67,)

    Going back to the best epoch is one line, ``model.theta = best``:

    >>> best = model.theta.copy()
    >>> model.theta -= 0.1 * model.grad + 1
    >>> model.theta = best
    >>> bool((model.layers[0].W.ravel() == best[:32]).all())
    True
    """

    def __init__(self, *layers, seed=0, dtype=np.float32):
        if not layers:
            raise ValueError("a network needs at least one layer but got none")
        dtype = float_type(dtype)
        places = free(layers)
        init, mask, _ = streams(seed)
        starts = [layer._starts(init, dtype) for layer in places.values()]
        for layer, rng in zip(places.values(), mask.spawn(len(places)), strict=True):
            layer.rng = rng
        self.layers, self.dtype = layers, dtype
        self._kinds = {place: description(layer) for place, layer in places.items()}  # as built
        self._views = Views(layers, places, starts, dtype)

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
        if train is not True and train is not False:
            train = flag("train", train)
        views = self._views
        (views.check_learned if train else views.check)(self.layers)
        for layer in self.layers:
            x = layer.forward(x, train=train)
        return x

    def backward(self, dy, input_gradient=False):
        """Fill ``grad`` from dL/dy (N, n_out); return dL/dx only when asked for it."""
        views = self._views
        if views.first.input_gradient is not input_gradient:
            views.first.input_gradient = flag("input_gradient", input_gradient)
        for layer in self.layers[::-1] if input_gradient else views.backwards:
            dy = layer.backward(dy)
        views.check_gradients()
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
        if finite("x", array("x", x)).ndim < 2:
            raise ValueError(
                f"x must be a batch, (N, n_in), but got shape {x.shape}; "
                f"one example is a batch of one row: x[None, :]"
            )
        size = whole_number("batch_size", batch_size)
        parts = [self.forward(x[i : i + size]) for i in range(0, max(len(x), 1), size)]
        return np.concatenate(parts)

    def state_dict(self):
        """Copies of everything that a saved network needs: a dict name -> array.

        Parameters (``"0.W"``), what layers keep besides (``"1.running_mean"``), where each
        stream of masks stands (``"2.rng"``), and what each layer is (``"2.layer"``).
        """
        self._views.check(self.layers)
        return state_of(self._views.places, self._views.parts, self._kinds)

    def load_state_dict(self, state):
        """Take over a `state_dict` of a network built alike; all of it, or nothing.

        Raises
        ------
        TypeError, ValueError
            If it is no such dict, or a layer, name, shape or dtype differs. The network then
            is as it was.

        Warns
        -----
        UserWarning
            If the state is of a version that did not say what each layer is: then only names
            and shapes are compared.
        """
        self._views.check(self.layers)
        take_over(state, self._views.places, self._views.parts, self._kinds)

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
