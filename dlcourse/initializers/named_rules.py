"""The rules that papers gave: LeCun's, Glorot's (Xavier is his first name), He's."""

from .variance import variance_scaling


def lecun_normal(rng, shape):
    r"""Normal weights with :math:`\operatorname{Var}[w] = 1/n_\text{in}`.

    Keeps the variance of a signal through layers that are linear around 0, and is what
    SELU and SERLU ask for. Source: LeCun et al. (1998), Efficient BackProp, section 4.6.
    PyTorch has no function of this name; Saito's book calls it "xavier".

    Examples
    --------
    >>> import numpy as np
    >>> lecun_normal(np.random.default_rng(0), (4, 3)).shape
    (4, 3)
    """
    return variance_scaling(rng, shape, 1.0, "fan_in", "normal")


def lecun_uniform(rng, shape):
    r"""Uniform weights with :math:`\operatorname{Var}[w] = 1/n_\text{in}`: see `lecun_normal`.

    Examples
    --------
    >>> import numpy as np
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
    >>> import numpy as np
    >>> xavier_normal(np.random.default_rng(0), (4, 3)).shape
    (4, 3)
    """
    return variance_scaling(rng, shape, 1.0, "fan_avg", "normal")


def xavier_uniform(rng, shape):
    r"""Uniform weights with :math:`\operatorname{Var}[w] = 2/(n_\text{in} + n_\text{out})`.

    Source: Glorot and Bengio (2010), eq. 16. PyTorch agrees (``xavier_uniform_``).

    Examples
    --------
    >>> import numpy as np
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
    >>> import numpy as np
    >>> W = he_normal(np.random.default_rng(0), (800, 100))
    >>> round(float(W.var() * 800), 1)
    2.0
    """
    return variance_scaling(rng, shape, 2.0, "fan_in", "normal")


def he_uniform(rng, shape):
    r"""Uniform weights with :math:`\operatorname{Var}[w] = 2/n_\text{in}`: see `he_normal`.

    Examples
    --------
    >>> import numpy as np
    >>> W = he_uniform(np.random.default_rng(0), (6, 3))
    >>> bool(abs(W).max() <= 1)
    True
    """
    return variance_scaling(rng, shape, 2.0, "fan_in", "uniform")
