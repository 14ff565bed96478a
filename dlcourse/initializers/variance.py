"""The one rule behind the rules: a variance, divided by a number of connections."""

import math

import numpy as np

from .._arguments import one_of
from .._errors import generator, positive, whole_number

MOST = 2**40  # weights; as float64 8 TiB, more than a machine has


def fans(shape):
    r"""Fan-in and fan-out of a weight matrix, or of the weights of a convolution.

    A convolution with a kernel of :math:`k \times k` places reads :math:`k^2` times as many
    numbers as it has channels, and as many outputs read one number:

    .. math:: n_\text{in} = k^2\, c_\text{in}, \qquad n_\text{out} = k^2\, c_\text{out}

    Parameters
    ----------
    shape : tuple of int
        ``(n_in, n_out)`` of a matrix; ``(c_out, c_in, k, k)`` of a convolution, or with one or
        three sizes of a kernel instead of two.

    Returns
    -------
    n_in, n_out : int
        How many numbers enter a unit, and how many units read one input.

    Raises
    ------
    ValueError
        If `shape` has fewer than two entries or one below 1, or holds more than 2**40 weights.

    Notes
    -----
    For convolutions PyTorch agrees, in the order of the axes too. It differs in matrices, which
    have the shape ``(n_out, n_in)`` there.

    Examples
    --------
    >>> fans((784, 100))
    (784, 100)
    >>> fans((64, 3, 5, 5))
    (75, 1600)
    """
    shape = weight_shape(shape)
    if len(shape) == 2:
        return shape
    c_out, c_in, *kernel = shape
    return math.prod(kernel) * c_in, math.prod(kernel) * c_out


def weight_shape(shape):
    """A shape of weights as a tuple, or what is wrong with it."""
    sized = isinstance(shape, tuple | list) or (isinstance(shape, np.ndarray) and shape.ndim == 1)
    if not sized or not 2 <= len(shape) <= 5:
        raise ValueError(
            f"shape must be (n_in, n_out), such as (784, 100), or that of a convolution, "
            f"(c_out, c_in, k, k), but got {shape!r:.60}"
        )
    names = ("n_in", "n_out") if len(shape) == 2 else ("c_out", "c_in", *["k"] * 3)
    sizes = tuple(whole_number(name, n) for name, n in zip(names, shape, strict=False))
    if math.prod(sizes) > MOST:
        raise ValueError("shape must hold at most 2**40 weights but got more; make a layer smaller")
    return sizes


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
        ``(n_in, n_out)``, or that of a convolution: see `fans`.
    scale : float
        Above 0.
    mode : {"fan_in", "fan_out", "fan_avg"}
        Which *n*.
    distribution : {"normal", "uniform"}
        A uniform draw has the bound :math:`\sqrt{3\,\text{scale}/n}`, which gives the
        same variance.

    Returns
    -------
    ndarray of float64, of that shape

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
    shape = weight_shape(shape)
    n_in, n_out = fans(shape)
    sizes = {"fan_in": n_in, "fan_out": n_out, "fan_avg": (n_in + n_out) / 2}
    variance = positive("scale", scale) / sizes[one_of("mode", mode, sizes)]
    if one_of("distribution", distribution, ("normal", "uniform")) == "normal":
        return rng.normal(0.0, math.sqrt(variance), shape)
    bound = math.sqrt(3) * math.sqrt(variance)
    return rng.uniform(-bound, bound, shape)
