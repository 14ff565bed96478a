"""Gradient checks: does the backward pass agree with what the forward pass does?"""

import contextlib
import copy

import numpy as np

from ._doors import check_plain
from ._errors import array, finite, positive
from ._nested import by_place
from .central_differences import at_a_kink, numerical_gradient, refined
from .layers import Layer
from .seeding import replay
from .sequential import Sequential

NUDGE = 0.01  # far more than the step of the differences, far less than a weight


def check_gradients(layer_or_model, x, tolerance=1e-6, seed=0):
    r"""Compare a backward pass with central differences, for x and all that is learned.

    The loss is :math:`L = \sum_{ij} r_{ij} y_{ij}` with random weights *r*, so that no
    error can cancel. The check works on a copy in float64 whose weights are moved by about
    0.01, since a fresh network often stands exactly on a kink; masks are replayed.

    Parameters
    ----------
    layer_or_model : Layer or Sequential
        Anything with the layer protocol, a student's class included. It is left alone.
    x : ndarray, shape (N, n_in)
        At least 4 rows (a batch of one hides errors of batch normalization), away from
        kinks such as ReLU's 0.
    tolerance : float
        The largest relative error that passes.
    seed : int
        Of the random *r*, and of the weights of a layer that has none yet.

    Returns
    -------
    dict
        The largest relative error for ``"x"`` and each parameter (``"0.W"``).

    Raises
    ------
    AssertionError
        If one is above `tolerance`: with the entry, and both values.

    Notes
    -----
    The relative error is the largest difference over the largest entry of either
    gradient, or over 1e-4 of the size of the loss if that is more: where a gradient is 0
    (a bias in front of batch normalization), differences are nothing but rounding. PyTorch
    has ``torch.autograd.gradcheck``.

    Examples
    --------
    >>> from dlcourse import Linear
    >>> errors = check_gradients(Linear(3, 2), np.random.default_rng(0).normal(size=(4, 3)))
    >>> sorted(errors), max(errors.values()) < 1e-6
    (['0.W', '0.b', 'x'], True)
    """
    check_plain("x", x)
    x = finite("x", array("x", np.array(x))).astype(np.float64)
    if x.ndim < 2 or len(x) < 4:
        raise ValueError(
            f"x needs at least 4 rows but got shape {x.shape}: small batches hide wrong gradients"
        )
    tolerance = positive("tolerance", tolerance)
    model = _copy_in_float64(layer_or_model, seed)
    y = _replayed(model, x)
    r = np.random.default_rng(seed).normal(size=y.shape)
    floor = 1e-4 * float(np.abs(r * y).sum())

    def loss(_):
        return float((r * _replayed(model, x)).sum())

    model.grad = np.full_like(model.grad, np.nan)  # one never written, or added to, is found
    found = {"x": (x, model.backward(r, input_gradient=True))}
    found |= {name: (w, g.copy()) for name, (w, g) in model.parameters().items()}
    return {
        name: compare_gradients(layer_or_model, name, loss, w, g, floor, tolerance)
        for name, (w, g) in found.items()
    }


def _copy_in_float64(layer_or_model, seed):
    """A network of copies, close by: fresh biases of 0 stand exactly on kinks of ReLU."""
    if not isinstance(layer_or_model, (Layer, Sequential)):
        raise TypeError(f"check_gradients needs a Layer or a Sequential but got {layer_or_model!r}")
    network = isinstance(layer_or_model, Sequential)
    layers = layer_or_model.layers if network else (layer_or_model,)
    layers = [copy.deepcopy(each) if each.layers else copy.copy(each) for each in layers]
    model = Sequential(*layers, seed=seed, dtype=np.float64)
    model.theta += NUDGE * np.random.default_rng(seed).normal(size=model.theta.shape)
    return model


def _replayed(model, x):
    """A training pass that leaves every stream of masks where it was."""
    with contextlib.ExitStack() as stack:
        for layer in by_place(model.layers).values():
            stack.enter_context(replay(layer.rng))
        return model.forward(x, train=True)


def compare_gradients(what, name, loss, w, analytic, floor=0.0, tolerance=1e-6):
    """The relative error of one gradient; the core of `check_gradients`.

    `what` and `name` say whose gradient `analytic` is, and of what; ``loss(w)`` is called
    after entries of `w` (float64) were changed in place; a gradient smaller than `floor` is
    rounding. Entries at a kink are left out unless there are no others.
    """
    numeric = numerical_gradient(loss, w)
    if np.shape(analytic) != numeric.shape:
        raise AssertionError(
            f"{what}: the gradient of {name} must have shape {numeric.shape} "
            f"but got {np.shape(analytic)}"
        )
    if np.isnan(analytic).any():
        raise AssertionError(
            f"{what}: the gradient of {name} is wrong: backward left NaN in it; "
            f"write all of it, self.d{name.split('.')[-1]}[...] = ..., and do not add to it"
        )
    difference = np.abs(analytic - numeric)
    scale = max(np.abs(analytic).max(), np.abs(numeric).max(), floor, 1e-8)
    kinks = []
    for i in map(tuple, np.argwhere(~(difference <= tolerance * scale))):
        closer = min(abs(analytic[i] - refined(loss, w, i, h)) for h in (1e-5, 1e-6))
        difference[i] = min(difference[i], closer)  # a wrong gradient is close to none of them
        if difference[i] > tolerance * scale and at_a_kink(loss, w, i):
            kinks.append(i)
    if len(kinks) < difference.size:
        for i in kinks:
            difference[i] = 0
    error = float(difference.max() / scale)
    if not error <= tolerance:
        i = tuple(int(k) for k in np.unravel_index(np.argmax(difference), numeric.shape))
        raise AssertionError(
            f"{what}: the gradient of {name} is wrong: at {i} backward gives "
            f"{analytic[i]:.6g}, central differences give {numeric[i]:.6g} "
            f"(relative error {error:.1e}, allowed {tolerance:.0e}); "
            f"check the backward formula, or move x away from kinks"
        )
    return error
