"""What all optimizers share: checks, slots, scratch space, weight decay, saving."""

import numpy as np

from .._arguments import saved_state
from .._errors import whole_number
from .._files import same_array, same_names
from .arrays import check_same, check_vectors, check_weights, checked_gradient
from .settings import described, not_all_zero, number_or_vector


class Optimizer:
    r"""Changes a vector of weights in place, given the gradient of the loss.

    A subclass names its `slots` (arrays shaped like *w* that live from step to step,
    starting at 0) and writes `update`, the lines of the paper. ``self.t`` counts the
    steps from 1. To make no temporary arrays, which would halve the speed, `update` has
    the array ``self.scratch`` to compute in.

    An optimizer belongs to the array that it steps first: its slots and its step count say
    nothing about another one. A copy (``copy.deepcopy``, pickle) belongs to the first array
    that it steps itself, so a copied network goes on with a copied optimizer.

    Parameters
    ----------
    lr : float or ndarray
        The learning rate, above 0. An array of the shape and dtype of *w* has one for each
        weight (``model.vector`` makes it); where it is 0 the weight stays as it is.
    weight_decay : float or ndarray
        At least 0, or an array as for `lr`. Adds ``weight_decay * w`` to the gradient (the
        gradient of an L2 penalty); where `decoupled` is True, as in `AdamW`, it takes the
        share ``lr * weight_decay`` of *w* away instead, whatever the gradient.

    Raises
    ------
    TypeError, ValueError
        From `step`, before anything has changed: if *w* and *g* are no float32 or float64
        arrays of the same shape and dtype, *w* is read-only, or not the array of the steps
        before; if `lr` or `weight_decay` is an array of another shape.

    Notes
    -----
    PyTorch differs: it takes the parameters at construction, steps through a list of
    tensors, and has groups of parameters where we have arrays of rates. It has `Momentum`
    and `NAG` as ``SGD(momentum=...)``, with momentum 0 unless told otherwise, and a default
    lr of 1e-3 where `SGD` and these two have none. Its RAdam has no `threshold`. The other
    arguments that both have agree in name, meaning and default.

    Examples
    --------
    >>> class SignDescent(Optimizer):
    ...     def update(self, w, g):
    ...         w -= np.multiply(np.sign(g, self.scratch), self.lr, self.scratch)
    >>> w = np.array([1.0, -1.0])
    >>> SignDescent(lr=0.5).step(w, g=np.array([3.0, -2.0]))
    >>> w.tolist()
    [0.5, -0.5]
    """

    slots = ()
    decoupled = False
    t, scratch = 0, None
    _w = _g = None  # the array that it belongs to, and the last gradient that was looked at
    _decay = None  # space for weight decay, when needed
    _lr, _weight_decay, _vectors = None, 0.0, False  # is one of the two an array?

    def __init__(self, lr, weight_decay=0.0):
        self.lr = not_all_zero("lr", lr)
        self.weight_decay = weight_decay

    @property
    def lr(self):
        """The learning rate, which may be set between two steps: a number or an array."""
        return self._lr

    @lr.setter
    def lr(self, value):
        self._lr = number_or_vector("lr", value)
        self._vectors = not (type(self._lr) is type(self._weight_decay) is float)

    @property
    def weight_decay(self):
        """The strength of weight decay: a number or an array."""
        return self._weight_decay

    @weight_decay.setter
    def weight_decay(self, value):
        self._weight_decay = number_or_vector("weight_decay", value)
        self._vectors = not (type(self._lr) is type(self._weight_decay) is float)

    def update(self, w, g):
        """One step: change `w` in place from the gradient `g`, which stays as it is."""
        raise NotImplementedError(f"{type(self).__name__} needs a method update(self, w, g)")

    def step(self, w, g):
        """Change `w` in place.

        Parameters
        ----------
        w : ndarray of float32 or float64
            The weights: the same array at every step.
        g : ndarray
            The gradient of the loss, of the same shape and dtype. It is left alone.
        """
        here = self.scratch
        if here is None or w is not self._w or w.shape != here.shape or w.dtype != here.dtype:
            self.bind(w)
            here = self.scratch
        if g is not self._g or g.shape != here.shape or not w.flags.writeable:
            g = self._g = checked_gradient(self, w, g)
        if self._vectors:
            check_vectors(self, w)
        self.t += 1
        self.update(w, self.decay(w, g))

    def average(self, slot, beta, x):
        """Exponential moving average: slot <- beta slot + (1 - beta) x."""
        slot *= beta
        slot += np.multiply(x, 1 - beta, self.scratch)

    def scaled(self, step, factor=1.0):
        """The product lr · factor · step in the scratch space; `lr` may be an array."""
        lr = self.lr
        if not self._vectors:
            return np.multiply(step, lr * factor, self.scratch)
        step = np.multiply(step, lr, self.scratch)
        return np.multiply(step, factor, step)

    def decay(self, w, g):
        """Apply weight decay; returns the gradient that `update` gets."""
        strength = self.weight_decay
        if type(strength) is float and strength == 0:
            return g
        if self.decoupled:  # w <- (1 - lr weight_decay) w
            if not self._vectors:
                w *= 1 - self.lr * strength
            else:
                share = np.multiply(self.lr, strength, self.scratch)
                w *= np.subtract(1, share, share)
            return g
        if self._decay is None:
            self._decay = np.empty_like(w)
        np.multiply(w, strength, self._decay)  # g + weight_decay w
        return np.add(g, self._decay, self._decay)

    def bind(self, w):
        """Belong to the array `w`, or say why not; `step` calls it with its first array.

        Calling it beforehand finds out early: nothing has been trained yet.
        """
        self._check(w)
        if self.t == 0 or self.scratch is None:
            self._allocate(w)
        check_same(self, self._w, w)
        self._w = w

    def _check(self, w):
        """Say why `w` cannot be stepped; a subclass that asks for more adds it."""
        check_weights(self, w)

    def _allocate(self, w):
        self._w, self._g, self._decay, self.scratch = w, None, None, np.empty_like(w)
        for name in self.slots:
            setattr(self, name, np.zeros_like(w))

    def state_dict(self):
        """Copies of the step count, the slots and the learning rate, for saving."""
        state = {"t": np.array(self.t), "lr": np.array(self.lr)}
        if self.scratch is not None and self.t > 0:
            state |= {name: getattr(self, name).copy() for name in self.slots}
        return state

    def load_state_dict(self, state, like):
        """Take over a `state_dict`; all of it, or nothing.

        Parameters
        ----------
        state : dict of str -> ndarray
        like : ndarray
            The array that the next step will change; the optimizer belongs to it then.
        """
        t = whole_number("the saved t", np.asarray(saved_state(state).get("t", 0))[()], low=0)
        slots = self.slots if t > 0 else ()
        same_names(type(self).__name__, ("t", "lr", *slots), state)
        lr = number_or_vector("the saved lr", np.asarray(state["lr"]))
        self._check(like)
        for name in slots if type(lr) is float else ("lr", *slots):
            same_array(name, like, state[name])
        self.t, self.lr = t, lr
        self._allocate(like)
        for name in slots:
            getattr(self, name)[...] = state[name]

    def __getstate__(self):
        """For copies and pickles: memory of its own, and free for a copy of the array."""
        own = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in vars(self).items()}
        return own | {"_w": None, "_g": None, "_decay": None}

    def __repr__(self):
        return f"{type(self).__name__}({described(self)})"
