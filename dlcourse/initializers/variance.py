"""The one rule behind the rules: a variance, divided by a number of connections."""

import math

import numpy as np

from .._arguments import one_of
from .._errors import generator, positive, whole_number

MOST = 2**40  # weights; as float64 8 TiB, more than a machine has


def fans(shape):
    """Fan-in and fan-out of a weight matrix.

    Parameters
    ----------
    shape : tuple of int
        ``(n_in, n_out)``.

    Returns
    -------
    n_in, n_out : int
        How many numbers enter a unit, and how many units read one input.

    Raises
    ------
    ValueError
        If `shape` does not have two entries of at least 1, or holds more than 2**40 weights.

    Notes
    -----
    PyTorch differs: its weights have shape ``(n_out, n_in)``.

    Examples
    --------
    >>> fans((784, 100))
    (784, 100)
    """
    sized = isinstance(shape, tuple | list) or (isinstance(shape, np.ndarray) and shape.ndim == 1)
    if not sized or len(shape) != 2:
        raise ValueError(f"shape must be (n_in, n_out), such as (784, 100), but got {shape!r:.60}")
    n_in, n_out = whole_number("n_in", shape[0]), whole_number("n_out", shape[1])
    if n_in > MOST or n_out > MOST or n_in * n_out > MOST:
        raise ValueError("shape must hold at most 2**40 weights but got more; make a layer smaller")
    return n_in, n_out


def variance_scaling(rng, shape, scale=1.0, mode="fan_in", distribution="normal"):
    r"""Random weights of mean 0 and variance ``scale / n``.

    .. math::

        \operatorname{Var}[w] &= \frac{\text{scale}}{n} \\
        n &= n_\text{in},\ n_\text{out} \text{ or } \tfrac12(n_\text{in} + n_\text{out})

    Parameters
    ----------
    rng : numpy.random.Generator
        The stream of starting weights.
    shape : tuple of int
        ``(n_in, n_out)``.
    scale : float
        Above 0.
    mode : {"fan_in", "fan_out", "fan_avg"}
        Which *n*.
    distribution : {"normal", "uniform"}
        A uniform draw has the bound :math:`\sqrt{3\,\text{scale}/n}`, which gives the
        same variance.

    Returns
    -------
    ndarray of float64, shape ``(n_in, n_out)``

    Raises
    ------
    ValueError
        If `mode` or `distribution` is unknown or `scale` is not above 0.

    Notes
    -----
    PyTorch agrees (``torch.nn.init``); Keras truncates its normal distributions.

    Examples
    --------
    >>> W = variance_scaling(np.random.default_rng(0), (500, 400), scale=2.0)
    >>> round(float(W.var() * 500), 1)
    2.0
    """
    generator("rng", rng)
    n_in, n_out = fans(shape)
    sizes = {"fan_in": n_in, "fan_out": n_out, "fan_avg": (n_in + n_out) / 2}
    variance = positive("scale", scale) / sizes[one_of("mode", mode, sizes)]
    if one_of("distribution", distribution, ("normal", "uniform")) == "normal":
        return rng.normal(0.0, math.sqrt(variance), (n_in, n_out))
    bound = math.sqrt(3) * math.sqrt(variance)
    return rng.uniform(-bound, bound, (n_in, n_out))
