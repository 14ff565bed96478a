"""Derivatives by differences: what a gradient should be, and where there is none."""

import numpy as np

from ._arguments import function
from ._errors import array, positive


def numerical_gradient(f, x, h=1e-5):
    r"""The gradient of a function by central differences.

    .. math:: \frac{\partial f}{\partial x_i} \approx
              \frac{f(x + h e_i) - f(x - h e_i)}{2h}, \qquad \text{error } O(h^2)

    Parameters
    ----------
    f : callable
        ``f(x) -> float``, called with `x` itself after one entry was changed in place.
    x : ndarray of float64
        Left as it was.
    h : float
        The step.

    Returns
    -------
    ndarray
        Of the shape of `x`.

    Raises
    ------
    TypeError
        If `x` is not float64: in float32 the differences drown in rounding errors.

    Examples
    --------
    >>> numerical_gradient(lambda x: float((x**2).sum()), np.array([1.0, 3.0])).round(6).tolist()
    [2.0, 6.0]
    """
    if array("x", x).dtype != np.float64:
        raise TypeError(
            f"x must be float64 but got {x.dtype}; convert it first: x.astype(np.float64)"
        )
    function("f", f, "f(x) -> float")
    h = positive("h", h)
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        above, below = _values(f, x, i, h, -h)
        gradient[i] = (above - below) / (2 * h)
    return gradient


def _values(f, x, i, *steps):
    """What f gives when entry `i` of `x` is moved by each step; `x` is left as it was."""
    old, values = x[i], []
    try:
        for step in steps:
            x[i] = old + step
            values.append(f(x))
    finally:
        x[i] = old
    return values


def refined(f, x, i, h):
    """One slope with the error of central differences removed (Richardson), O(h^4)."""
    above, half_above, half_below, below = _values(f, x, i, h, h / 2, -h / 2, -h)
    return (8 * (half_above - half_below) - (above - below)) / (6 * h)


def at_a_kink(f, x, i, h=1e-5):
    r"""Whether *f* has no derivative along entry `i` of `x`: a kink within `h` of it.

    The slopes to the right and to the left of a smooth point differ by
    :math:`O(h)`, so by a tenth when the step is a tenth; at a kink the difference stays.

    Examples
    --------
    >>> at_a_kink(lambda x: float(abs(x).sum()), np.array([0.0, 2.0]), 0)
    True
    >>> at_a_kink(lambda x: float((x**2).sum()), np.array([0.0, 2.0]), 0)
    False
    """

    def gap(h):
        right, here, left = _values(f, x, i, h, 0, -h)
        return abs((right - here) - (here - left)) / h

    wide, narrow = gap(h), gap(h / 10)
    return wide > 0 and wide / 2 < narrow < 2 * wide
