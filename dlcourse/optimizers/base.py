"""What all optimizers share: checks, slots, scratch space, weight decay, saving."""

import numpy as np

from .._errors import below_one, not_negative, positive
from .._files import same_array, same_names


class Optimizer:
    r"""Changes a vector of weights in place, given the gradient of the loss.

    A subclass names its `slots` (arrays shaped like *w* that live from step to step,
    starting at 0) and writes `update`, the lines of the paper. ``self.t`` counts the
    steps from 1. To make no temporary arrays, which would halve the speed, `update` has
    the array ``self.scratch`` to compute in.

    Parameters
    ----------
    lr : float
        The learning rate, above 0.
    weight_decay : float
        At least 0. Adds ``weight_decay * w`` to the gradient (the gradient of an L2
        penalty), except in `AdamW`.

    Raises
    ------
    TypeError, ValueError
        From `step`, if *w* and *g* are no float arrays of the same shape and dtype, or
        not of the shape of the steps before.

    Notes
    -----
    PyTorch differs: it takes the parameters at construction and steps through a list
    of tensors. It has `Momentum` and `NAG` as ``SGD(momentum=...)``, with momentum 0 unless
    told otherwise, and a default lr of 1e-3 where `SGD` and these two have none. Its
    RAdam has no `threshold`. The other arguments that both have agree in name, meaning
    and default.

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

    def __init__(self, lr, weight_decay=0.0):
        self.lr = positive("lr", lr)
        self.weight_decay = not_negative("weight_decay", weight_decay)
        self.t = 0
        self.scratch = None

    def update(self, w, g):
        """One step: change `w` in place from the gradient `g`, which stays as it is."""
        raise NotImplementedError(f"{type(self).__name__} needs a method update(self, w, g)")

    def step(self, w, g):
        """Change `w` in place.

        Parameters
        ----------
        w : ndarray of floats
            The weights.
        g : ndarray
            The gradient of the loss, of the same shape and dtype. It is left alone.
        """
        self._check(w, g)
        if self.scratch is None:
            self._allocate(w)
        self.t += 1
        self.update(w, self.decay(w, g))

    def average(self, slot, beta, x):
        """Exponential moving average: slot <- beta slot + (1 - beta) x."""
        slot *= beta
        slot += np.multiply(x, 1 - beta, self.scratch)

    def decay(self, w, g):
        """Weight decay as an L2 penalty: the gradient becomes g + weight_decay w."""
        if self.weight_decay == 0:
            return g
        if self._decay is None:
            self._decay = np.empty_like(w)
        np.multiply(w, self.weight_decay, self._decay)
        return np.add(g, self._decay, self._decay)

    def _allocate(self, w):
        self.scratch = np.empty_like(w)
        self._decay = None  # made when first needed
        for name in self.slots:
            setattr(self, name, np.zeros_like(w))

    def _check(self, w, g):
        name = type(self).__name__
        for what, x in (("w", w), ("g", g)):
            if not isinstance(x, np.ndarray) or x.dtype.kind != "f":
                raise TypeError(f"{name}: {what} must be a NumPy array of floats but got {x!r:.60}")
        if w.shape != g.shape or w.dtype != g.dtype:
            raise ValueError(
                f"{name}: g must be like w, {w.dtype} of shape {w.shape}, "
                f"but got {g.dtype} of shape {g.shape}"
            )
        if self.scratch is not None and (self.scratch.shape, self.scratch.dtype) != (
            w.shape,
            w.dtype,
        ):
            raise ValueError(
                f"{name} has stepped an array of shape {self.scratch.shape} and "
                f"{self.scratch.dtype} but got {w.shape} and {w.dtype}; "
                f"make a new optimizer for each array"
            )

    def state_dict(self):
        """Copies of the step count, the slots and the learning rate, for saving."""
        state = {"t": np.array(self.t), "lr": np.array(self.lr)}
        if self.scratch is not None:
            state |= {name: getattr(self, name).copy() for name in self.slots}
        return state

    def load_state_dict(self, state, like):
        """Take over a `state_dict`; `like` is the array that the next step will change."""
        started = int(state.get("t", 0)) > 0
        names = ("t", "lr", *self.slots) if started else ("t", "lr")
        same_names(type(self).__name__, names, state)
        for name in names[2:]:
            same_array(name, like, state[name])
        self.t, self.lr = int(state["t"]), float(state["lr"])
        self.scratch = None
        if started:
            self._allocate(like)
            for name in self.slots:
                getattr(self, name)[...] = state[name]

    def __repr__(self):
        import inspect

        names = [name for name in inspect.signature(type(self)).parameters if hasattr(self, name)]
        settings = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({settings})"


def check_betas(betas):
    """Return ``(beta1, beta2)`` as floats in [0, 1)."""
    if np.shape(betas) != (2,):
        raise ValueError(f"betas must be two numbers (beta1, beta2) but got {betas!r}")
    return below_one("beta1", betas[0]), below_one("beta2", betas[1])
