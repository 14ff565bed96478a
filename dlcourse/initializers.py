r"""Initializers: the scale of the first random weights.

Every rule is one number, the variance of a weight, written with the fan-in
:math:`n_\text{in}` and the fan-out :math:`n_\text{out}` of its layer.
"""

import math

import numpy as np

from ._errors import generator, not_negative, positive, real_number, whole_number


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
        If `shape` does not have two entries of at least 1.

    Notes
    -----
    PyTorch differs: its weights have shape ``(n_out, n_in)``.

    Examples
    --------
    >>> fans((784, 100))
    (784, 100)
    """
    if np.shape(shape) != (2,):
        raise ValueError(f"a weight has shape (n_in, n_out) but got {shape!r}")
    return whole_number("n_in", shape[0]), whole_number("n_out", shape[1])


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
    if mode not in sizes:
        raise ValueError(f"mode must be one of {', '.join(sizes)} but got {mode!r}")
    variance = positive("scale", scale) / sizes[mode]
    if distribution == "normal":
        return rng.normal(0.0, math.sqrt(variance), shape)
    if distribution == "uniform":
        bound = math.sqrt(3 * variance)
        return rng.uniform(-bound, bound, shape)
    raise ValueError(f"distribution must be normal or uniform but got {distribution!r}")


def lecun_normal(rng, shape):
    r"""Normal weights with :math:`\operatorname{Var}[w] = 1/n_\text{in}`.

    Keeps the variance of a signal through layers that are linear around 0, and is what
    SELU and SERLU ask for. Source: LeCun et al. (1998), Efficient BackProp, section 4.6.
    PyTorch has no function of this name; Saito's book calls it "xavier".

    Examples
    --------
    >>> lecun_normal(np.random.default_rng(0), (4, 3)).shape
    (4, 3)
    """
    return variance_scaling(rng, shape, 1.0, "fan_in", "normal")


def lecun_uniform(rng, shape):
    r"""Uniform weights with :math:`\operatorname{Var}[w] = 1/n_\text{in}`: see `lecun_normal`.

    Examples
    --------
    >>> W = lecun_uniform(np.random.default_rng(0), (300, 2))
    >>> bool(abs(W).max() <= (3 / 300) ** 0.5)
    True
    """
    return variance_scaling(rng, shape, 1.0, "fan_in", "uniform")


def xavier_normal(rng, shape):
    r"""Normal weights with :math:`\operatorname{Var}[w] = 2/(n_\text{in} + n_\text{out})`.

    A compromise between keeping signals (fan-in) and gradients (fan-out), derived for
    activations with slope 1 at 0, such as tanh. Source: Glorot and Bengio (2010), eq. 12.
    PyTorch agrees (``xavier_normal_``).

    Examples
    --------
    >>> xavier_normal(np.random.default_rng(0), (4, 3)).shape
    (4, 3)
    """
    return variance_scaling(rng, shape, 1.0, "fan_avg", "normal")


def xavier_uniform(rng, shape):
    r"""Uniform weights with :math:`\operatorname{Var}[w] = 2/(n_\text{in} + n_\text{out})`.

    Source: Glorot and Bengio (2010), eq. 16. PyTorch agrees (``xavier_uniform_``).

    Examples
    --------
    >>> W = xavier_uniform(np.random.default_rng(0), (2, 4))
    >>> bool(abs(W).max() <= 1)
    True
    """
    return variance_scaling(rng, shape, 1.0, "fan_avg", "uniform")


def he_normal(rng, shape):
    r"""Normal weights with :math:`\operatorname{Var}[w] = 2/n_\text{in}`.

    The 2 makes up for ReLU, which keeps half of the second moment. Source: He et al.
    (2015), eq. 10. PyTorch agrees (``kaiming_normal_`` with ``nonlinearity="relu"``), but
    its ``Linear`` starts with :math:`U(\pm 1/\sqrt{n_\text{in}})` instead.

    Examples
    --------
    >>> W = he_normal(np.random.default_rng(0), (800, 100))
    >>> round(float(W.var() * 800), 1)
    2.0
    """
    return variance_scaling(rng, shape, 2.0, "fan_in", "normal")


def he_uniform(rng, shape):
    r"""Uniform weights with :math:`\operatorname{Var}[w] = 2/n_\text{in}`: see `he_normal`.

    Examples
    --------
    >>> W = he_uniform(np.random.default_rng(0), (6, 3))
    >>> bool(abs(W).max() <= 1)
    True
    """
    return variance_scaling(rng, shape, 2.0, "fan_in", "uniform")


def orthogonal(rng, shape):
    r"""A random matrix that keeps lengths: :math:`W^\top W = I` or :math:`W W^\top = I`.

    The Q of a QR decomposition of a Gaussian matrix, with the signs fixed so that every
    orthogonal matrix is equally likely. Source: Saxe et al. (2013). PyTorch agrees
    (``orthogonal_``).

    Examples
    --------
    >>> W = orthogonal(np.random.default_rng(0), (5, 3))
    >>> bool(np.allclose(W.T @ W, np.eye(3)))
    True
    """
    generator("rng", rng)
    n_in, n_out = fans(shape)
    q, r = np.linalg.qr(rng.normal(size=(max(n_in, n_out), min(n_in, n_out))))
    q *= np.sign(np.diag(r))
    return q if n_in >= n_out else q.T


def constant(value):
    """Every weight the same: an example of how *not* to start (all units stay equal).

    Examples
    --------
    >>> constant(0.5)(None, (1, 2)).tolist()
    [[0.5, 0.5]]
    """
    value = real_number("value", value)

    def init(rng, shape):
        return np.full(shape, value)

    return init


def normal(std):
    """Normal weights of a fixed `std`, whatever the size of the layer: too rigid to go deep.

    Examples
    --------
    >>> normal(0.01)(np.random.default_rng(0), (4, 3)).shape
    (4, 3)
    """
    std = not_negative("std", std)

    def init(rng, shape):
        return generator("rng", rng).normal(0.0, std, shape)

    return init
