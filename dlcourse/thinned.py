"""Dropout seen as many thinned networks: all of them, or a sample."""

import itertools
import math

import numpy as np

from ._arguments import network
from ._errors import whole_number
from ._nested import by_place
from .dropout import Dropout
from .residual import Residual


def subnetworks(model, x, limit=16):
    r"""Run all :math:`2^n` thinned networks of a small model.

    Parameters
    ----------
    model : Sequential
        With dropout in front of *n* units in all.
    x : ndarray, shape (N, n_in)
    limit : int
        The largest *n* that is accepted.

    Returns
    -------
    outputs : ndarray, shape (2**n, N, n_out)
        What each thinned network answers; the other layers are in inference mode.
    probabilities : ndarray, shape (2**n,)
        How likely dropout is to draw it. They sum to 1.

    Raises
    ------
    ValueError
        If the model has no dropout, or more than `limit` units behind it.

    Notes
    -----
    For one softmax layer behind dropout the normalized geometric mean of the softmax
    outputs equals the weight-scaled network exactly; for deeper networks it is an
    approximation. Source: Hinton et al. (2012); Baldi and Sadowski (2013).

    Examples
    --------
    >>> from dlcourse import Dropout, Linear, Sequential
    >>> x = np.ones((1, 3), np.float32)
    >>> outputs, probabilities = subnetworks(Sequential(Dropout(0.2), Linear(3, 2)), x)
    >>> outputs.shape, round(float(probabilities.sum()), 6)
    ((8, 1, 2), 1.0)
    """
    network("model", model).forward(x)  # refuses what does not fit the network
    widths = {}

    def measured(layer, h):
        if isinstance(layer, Dropout):
            widths[layer] = h.shape[1]
        return layer.forward(h)

    _passed(model.layers, x, measured)
    n = sum(widths.values())
    if not 1 <= n <= whole_number("limit", limit):
        raise ValueError(f"subnetworks needs 1 to {limit} units behind dropout but got {n}")

    def thinned(layer, h):
        return h * layer.scaled(masks[layer], h.dtype) if layer in widths else layer.forward(h)

    outputs, probabilities = [], []
    for bits in itertools.product((0, 1), repeat=n):
        pieces = np.split(np.array(bits), np.cumsum([*widths.values()])[:-1])
        masks = dict(zip(widths, pieces, strict=True))
        outputs.append(_passed(model.layers, x, thinned))
        kept = {layer: int(m.sum()) for layer, m in masks.items()}
        probabilities.append(
            math.prod((1 - d.rate) ** kept[d] * d.rate ** (widths[d] - kept[d]) for d in widths)
        )
    return np.stack(outputs), np.array(probabilities)


def monte_carlo(model, x, samples):
    """Outputs of randomly thinned networks: dropout on, every other layer in inference.

    Parameters
    ----------
    model : Sequential
    x : ndarray, shape (N, n_in)
    samples : int
        How many networks to draw, at least 1.

    Returns
    -------
    ndarray, shape (samples, N, n_out)
        Average their softmax over the first axis for Monte-Carlo averaging.

    Notes
    -----
    Source: Srivastava et al. (2014), section 7.5. It draws from the model's streams of
    masks; wrap them in `replay` to leave these where they were.

    Examples
    --------
    >>> from dlcourse import Dropout, Linear, Sequential
    >>> model = Sequential(Dropout(0.5), Linear(3, 2))
    >>> monte_carlo(model, np.ones((4, 3), np.float32), samples=10).shape
    (10, 4, 2)
    """
    layers = by_place(network("model", model).layers).values()
    if not any(isinstance(layer, Dropout) for layer in layers):
        raise ValueError("monte_carlo needs a model with dropout; without it all samples agree")
    model.forward(x)  # refuses what does not fit the network

    def drawn(layer, h):
        return layer.forward(h, train=isinstance(layer, Dropout))

    outputs = [_passed(model.layers, x, drawn) for _ in range(whole_number("samples", samples))]
    return np.stack(outputs)


def _passed(layers, x, forward):
    """`x` through `layers`, by ``forward(layer, x)`` for each one that is made of no others."""
    for layer in layers:
        if isinstance(layer, Residual):
            x = layer._plus(x, _passed(layer.layers, x, forward))
        elif layer.layers:
            raise TypeError(
                f"{layer} is made of layers, but only of Residual is it known how it joins them"
            )
        else:
            x = forward(layer, x)
    return x
