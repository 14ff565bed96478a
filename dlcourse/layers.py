"""Layers: the protocol that every layer follows."""

import numpy as np

from ._arguments import flag, float_type
from ._errors import array, generator
from ._starts import starting_arrays
from ._views import fill


class Layer:
    """One step of a network: a forward pass, and a backward pass by the chain rule.

    A subclass writes `forward` and `backward`, and `initial` if it learns something.
    After ``Sequential(...)`` a layer whose `initial` returned ``{"W": ..., "b": ...}``
    has ``W`` and ``b`` as views into the network's ``theta``, and ``dW`` and ``db`` as
    views into its ``grad``. From then on an assignment, ``self.dW = x.T @ dy``, writes into
    the view. A layer works alone too: `start` gives it arrays of its own.

    Attributes
    ----------
    rng : numpy.random.Generator or None
        The layer's own stream of masks; `Sequential` hands it over.
    state : tuple of str
        Names of arrays that are saved with the network but not learned by gradient.
    min_rows : int
        The fewest rows that a training batch may have.
    input_gradient : bool
        False tells `backward` that nobody asks for dx (the first layer of a network that
        learns): it may return None then. Only `Sequential` sets it.
    layers : tuple of Layer
        The layers inside, for a layer that is made of layers, such as `Residual`. What they
        learn is part of the network: ``"1.0.W"`` belongs to the first one inside layer 1.

    Examples
    --------
    >>> class Double(Layer):
    ...     def forward(self, x, train=False):
    ...         y = 2 * x
    ...         self.remember(train, y)
    ...         return y
    ...     def backward(self, dy):
    ...         self.recall(dy)
    ...         return 2 * dy
    >>> Double().forward(np.ones((1, 2))).tolist()
    [[2.0, 2.0]]
    """

    rng = None
    state = ()
    min_rows = 1
    input_gradient = True
    layers = ()
    _memory = None
    _owned = False  # whether the layer is part of a network
    _learned = ()  # the names of what it learns, once it has a start
    _own = {}  # name -> array that assignments are written into: learned, gradients, state

    def initial(self, rng):
        """Starting values of what the layer learns: a dict name -> array."""
        return {}

    def start(self, rng, dtype=np.float32):
        """Give a layer outside of a network its starting arrays and its stream of masks.

        Parameters
        ----------
        rng : numpy.random.Generator
        dtype : {numpy.float32, numpy.float64}

        Returns
        -------
        Layer
            The layer itself. Put into a `Sequential` later, it keeps what it has learned.

        Examples
        --------
        >>> from dlcourse import Linear
        >>> layer = Linear(3, 2).start(np.random.default_rng(0))
        >>> layer.forward(np.ones((5, 3), np.float32)).shape
        (5, 2)
        """
        if self._owned:
            raise ValueError(f"{self} belongs to a network, which has given it its start")
        dtype, self.rng = float_type(dtype), generator("rng", rng)
        own = {}
        for name, start in starting_arrays(self, self.initial(rng), dtype).items():
            own[name] = start
            own[f"d{name}"] = np.zeros_like(own[name])
        self._hold(tuple(own)[::2], own, dtype)
        for layer in self.layers:
            layer.start(rng, dtype)
        return self

    def _starts(self, rng, dtype):
        """What `initial` says, but what the layer has learned already stays."""
        starts = starting_arrays(self, self.initial(rng), dtype)
        return {name: self._own.get(name, start) for name, start in starts.items()}

    def _hold(self, learned, own, dtype):
        """Take over arrays, of which `learned` names those that have a gradient."""
        state = {name: np.array(getattr(self, name), dtype) for name in self.state}
        self._own = {}  # from here to the last line an assignment exchanges
        for name, value in {**own, **state}.items():
            setattr(self, name, value)
        self._learned, self._own = learned, {**own, **state}

    def __setattr__(self, name, value):
        own = self._own.get(name)
        if own is None:
            object.__setattr__(self, name, value)
        elif value is not own:
            fill(f"{self}.{name}", own, value)

    def __delattr__(self, name):
        if name in self._own:
            raise AttributeError(f"{self}.{name} cannot be deleted; it is part of the network")
        object.__delattr__(self, name)

    def __getstate__(self):
        """For copies and pickles: a copy belongs to no network yet."""
        state = object.__getstate__(self)
        fields, slots = state if isinstance(state, tuple) else (state, None)
        fields = {**(fields or {}), "_owned": False}
        return fields if slots is None else (fields, slots)

    def forward(self, x, train=False):
        """The output for a batch `x`; ``train=True`` also remembers what `backward` needs."""
        raise NotImplementedError(f"{self} needs a method forward(self, x, train=False)")

    def backward(self, dy):
        """From dL/dy to dL/dx, filling ``self.d<name>`` for everything that is learned."""
        raise NotImplementedError(f"{self} needs a method backward(self, dy)")

    def remember(self, train, y, *arrays):
        """Keep what `y` looks like and the `arrays` for `backward`; inference forgets them."""
        if train is not True and train is not False:
            train = flag("train", train)
        # Past our __setattr__, and not by __dict__, whose use makes every attribute slower.
        object.__setattr__(self, "_memory", (y.shape, y.dtype, arrays) if train else None)

    def recall(self, dy):
        """What the last training pass remembered; checks that `dy` belongs to it."""
        if self._memory is None:
            raise RuntimeError(
                f"{self}: backward came before a training pass; "
                f"call forward(x, train=True) first (forward(x) is inference)"
            )
        shape, dtype, arrays = self._memory
        if array("dy", dy, self).shape != shape:
            raise ValueError(
                f"{self}: dy must have the shape of the output, {shape}, but got {dy.shape}"
            )
        if dy.dtype != dtype:
            raise TypeError(
                f"{self}: dy must be {dtype} like the output but got {dy.dtype}; "
                f"convert it first: dy.astype(np.{dtype})"
            )
        return arrays

    def __repr__(self):
        return f"{type(self).__name__}()"
