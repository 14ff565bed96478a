"""The check of any backward pass: beside central differences, with a diagnosis of the ratio."""

import numpy as np

from .._errors import array, finite
from ..central_differences import numerical_gradient
from ..gradcheck import _copy_in_float64, _replayed, compare_gradients
from ..layers import Layer
from ..sequential import Sequential
from .engine.calling import Call
from .engine.judging import LEFT, malformed
from .engine.protocol import check_start
from .engine.reporting import Finding, check, number, shown

START = (
    "write dx with the chain rule, and self.d<name>[...] = ... for everything that is learned; "
    "forward keeps what backward needs"
)


@check
def gradient(layer, x):
    """Check the backward pass of any layer against central differences.

    Parameters
    ----------
    layer : Layer
        An object, such as ``MyLayer(3)``. It is left alone: the check works on copies.
    x : ndarray, shape (N, n_in)
        At least 4 rows, away from kinks such as ReLU's 0.

    Raises
    ------
    AssertionError
        If an entry of dx, or of the gradient of anything that is learned, differs: with
        both values, and what the two have to do with each other.

    Examples
    --------
    >>> from dlcourse import Linear, Tanh, checks
    >>> x = np.random.default_rng(0).normal(size=(5, 3))
    >>> checks.gradient(Linear(3, 2), x)
    >>> class Mine(Tanh):
    ...     def backward(self, dy):
    ...         return -super().backward(dy)
    >>> checks.gradient(Mine(), x)
    Traceback (most recent call last):
    AssertionError: Mine().backward(dy): dx[...] should be -1.28892 but is 1.28892
      broken property: the backward pass agrees with central differences ...
      likely cause: the whole gradient has the wrong sign.
    """
    if not isinstance(layer, Layer) or isinstance(layer, Sequential):
        raise Finding(
            f"checks.gradient was given {shown(layer)} instead of a layer",
            "it checks one object with forward and backward, a Layer",
            "give an object, with brackets: checks.gradient(MyLayer(3), x)",
            "no Layer",
        )
    x = finite("x", array("x", np.array(x))).astype(np.float64)
    if x.ndim < 2:
        raise ValueError(f"x must be a batch, of shape (N, n_in), but got {x.shape}")
    if len(x) < 4:
        raise ValueError(f"x needs at least 4 rows but got {len(x)}: few rows hide mistakes")
    with malformed():
        _gradient(layer, x)


def _gradient(layer, x):
    name = shown(layer, most=200)
    check_start(layer, name, np.random.default_rng(0))
    model = _copy_in_float64(layer, seed=0)

    def forward(x):
        return _replayed(model, x)

    def backward(dy):
        return model.backward(dy, input_gradient=True)

    call = Call(f"{name}.forward(x, train=True)", forward, x, start=START)
    y = call.value
    if not isinstance(y, np.ndarray) or y.shape[:1] != x.shape[:1]:
        call.check_array(y, x, "y")
    r = np.random.default_rng(1).normal(size=y.shape)
    model.grad[:] = LEFT
    back = Call(f"{name}.backward(dy)", backward, r, start=START)
    x = x.copy()
    found = {"dx": (x, back.array(x, "dx"))}
    for key, (w, g) in model.parameters().items():
        found[f"d{key.removeprefix('0.')}"] = w, g.copy()
    floor = 1e-4 * float(np.abs(r * y).sum())

    def loss(_):
        return float((r * forward(x)).sum())

    for key, (w, got) in found.items():
        try:
            compare_gradients(name, key, loss, w, got, floor)
        except AssertionError:
            right = numerical_gradient(loss, w)
            raise _wrong(f"{name}.backward(dy)", key, got, right, r) from None


def _wrong(title, key, got, right, dy):
    """The finding for one gradient: its worst entry, and what it may come from."""
    off = np.abs(got - right)
    i = np.unravel_index(np.argmax(np.where(np.isnan(off), np.inf, off)), off.shape)
    entry = ", ".join(map(str, i))
    return Finding(
        f"{title}: {key}[{entry}] should be {number(right[i])} but is {number(got[i])}",
        "the backward pass agrees with central differences of the forward pass",
        _cause(key, got, right, dy),
    )


def _cause(key, got, right, dy):
    """What the wrong gradient has to do with the right one."""

    def equal(a, b):
        return a.shape == b.shape and np.allclose(a, b, rtol=1e-4, atol=1e-4 * np.abs(right).max())

    if np.isnan(got).any():
        return "there is NaN in it: look for 0/0, the root of a negative number, or overflow"
    if key != "dx" and (got == LEFT).all():
        return f"nothing was written into self.{key}; write: self.{key}[...] = ..."
    if key != "dx" and equal(got, right + LEFT):
        return f"it is added to what stood there (+=); write: self.{key}[...] = ..."
    if not got.any():
        return "all of it is 0; is the result ever written?"
    if equal(got, -right):
        return "the whole gradient has the wrong sign."
    if equal(got, dy) and key == "dx":
        return "dx is dy as it came: the layer's own slope is missing."
    if got.ndim == 2 and got.shape[0] == got.shape[1] and equal(got, right.T):
        return "it is transposed."
    N = len(dy)
    factors = {
        1 / N: "a mean was taken over the rows; it is a sum.",
        N: "it is N times too large; the loss has divided by N already.",
        2.0: "it is twice the right one.",
        0.5: "it is half the right one.",
    }
    for factor, words in factors.items():
        if equal(got, factor * right):
            return words
    big = np.abs(right) > 1e-3 * np.abs(right).max()
    ratio = got[big] / right[big]
    if ratio.size > 2 and np.allclose(ratio, ratio[0], rtol=1e-3):
        return f"every entry is {number(ratio[0])} times the right one: look for that factor"
    wrong = ~np.isclose(got, right, rtol=1e-4, atol=1e-4 * np.abs(right).max())
    if got.ndim == 2 and wrong.mean() < 0.6 and got.shape == dy.shape:
        return (
            f"{int(wrong.sum())} of {wrong.size} entries differ: one branch of the formula is "
            f"wrong, or x lies at a kink"
        )
    return "a term or a factor is missing; write the derivation line by line beside the code"
