r"""The normal distribution function, in NumPy alone.

NumPy has no error function. What is left above it, erfc(z) = 1 - erf(z), falls like
:math:`e^{-z^2}` times something smooth; the logarithm of that is a Chebyshev series of
degree 30 in t = 2/(2 + z), fitted, once and when first needed, to the standard library's
``math.erfc`` up to z = 26.5, where that is still a normal number. The series is smooth
enough to go on from there to z = 28, where nothing is left in float64.
"""

import functools
import math

import numpy as np

FITTED, FAR = 26.5, 28.0


@functools.cache
def _log_series():
    def exact(t):
        z = 2 / t - 2
        return math.log(math.erfc(z) / t) + z * z

    exact = np.vectorize(exact, otypes=[float])
    return np.polynomial.Chebyshev.interpolate(exact, 30, domain=[2 / (2 + FITTED), 1])


def _erfc_of_size(x):
    """erfc(|x|) for every entry of `x`, in float64."""
    z = np.minimum(np.abs(x), FAR).astype(np.float64)
    t = 2 / (2 + z)
    return t * np.exp(_log_series()(t) - z * z)


def erf(x):
    """The error function of every entry of `x`, in the dtype of `x`."""
    return np.copysign(1 - _erfc_of_size(x), x).astype(x.dtype, copy=False)


def normal_cdf(x):
    r""":math:`\Phi(x)`, the probability that a standard normal lies below `x`."""
    below = 0.5 * _erfc_of_size(x.astype(np.float64, copy=False) * math.sqrt(0.5))
    return np.abs((x > 0) - below).astype(x.dtype, copy=False)  # 1 - below on the right


def normal_pdf(x):
    r""":math:`\varphi(x)`, the density of a standard normal at `x`."""
    return math.sqrt(0.5 / math.pi) * np.exp(-0.5 * x * x)
