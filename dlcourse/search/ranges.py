"""Ranges of numbers, each on the scale on which it matters."""

import math
import numbers

from .._errors import generator, positive, real_number, whole_number


class Range:
    """What all ranges share: they never change, and one uniform number makes one value.

    ``at(u)`` is the value at the share *u* in [0, 1) of the way, ``position(value)`` the
    way back, both on the range's own scale. So a value is drawn as ``at(rng.random())``. A
    subclass writes ``_at(u)``, which trusts its *u*.
    """

    __slots__ = ("low", "high")
    scale = "linear"

    def __init__(self, low, high):
        name = type(self).__name__
        low, high = self._number(f"{name}: low", low), self._number(f"{name}: high", high)
        if low > high or (low == high and not isinstance(low, int)):
            what = "reversed" if low > high else "empty"
            raise ValueError(
                f"{name} needs low below high but got the {what} range {low!r} to {high!r}; "
                f"give the smaller number first"
            )
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    def _number(self, name, value):
        return real_number(name, value)

    def at(self, u):
        """The value at the share `u` of the way, from 0 to 1."""
        if not 0 <= real_number("u", u) <= 1:
            raise ValueError(f"u must be the share of the way, from 0 to 1, but got {u}")
        return self._at(float(u))

    def _checked(self, value):
        """`value` as it came, if it is a number; a whole one stays exact."""
        real_number("value", value)
        return value

    def sample(self, rng):
        """Draw one value with a numpy.random.Generator."""
        return self._at(generator("rng", rng).random())

    def within(self, values):
        """The range from the smallest to the largest of some of its values."""
        low, high = min(values), max(values)
        return self if low == high and not isinstance(low, int) else type(self)(low, high)

    def __contains__(self, value):
        return isinstance(value, numbers.Real) and bool(self.low <= value <= self.high)

    def __setattr__(self, name, value):
        raise AttributeError(f"{self!r} never changes; make a new {type(self).__name__}")

    __delattr__ = None

    def _arguments(self):
        return self.low, self.high

    def __reduce__(self):
        return type(self), self._arguments()

    def __eq__(self, other):
        return type(self) is type(other) and self._arguments() == other._arguments()

    def __hash__(self):
        return hash((type(self), repr(self)))

    def __repr__(self):
        low, high = f"{self.low:g}", f"{self.high:g}"
        if low == high or isinstance(self.low, int):  # six digits do not tell them apart
            low, high = repr(self.low), repr(self.high)
        return f"{type(self).__name__}({low}, {high})"


class Uniform(Range):
    r"""A number between two ends, all equally likely.

    .. math:: v = a + u\,(b - a), \qquad u \sim U(0, 1)

    Parameters
    ----------
    low, high : float
        The ends *a* and *b*, with low below high.

    Raises
    ------
    TypeError, ValueError
        If an end is no finite number, or the range is empty or reversed.

    Examples
    --------
    >>> Uniform(0, 0.8).at(0.25)
    0.2
    """

    __slots__ = ()

    def _at(self, u):
        width = self.high - self.low
        if width == math.inf:  # the ends are finite, but so far apart
            return (1 - u) * self.low + u * self.high
        return min(self.low + u * width, self.high)

    def position(self, value):
        """How far a value lies on the way from low to high: 0 to 1."""
        value = self._checked(value)
        if self.high - self.low == math.inf:
            return (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return (value - self.low) / (self.high - self.low)


class LogUniform(Range):
    r"""A positive number whose logarithm is uniform: each power of ten is equally likely.

    .. math:: \log v = \log a + u\,(\log b - \log a), \qquad u \sim U(0, 1)

    Parameters
    ----------
    low, high : float
        The ends *a* and *b*, both above 0, with low below high.

    Raises
    ------
    TypeError, ValueError
        If an end is no finite number above 0, or the range is empty or reversed.

    Notes
    -----
    For quantities that act by factors, such as a learning rate: `Uniform` between 1e-6
    and 1 would draw nine values in ten above 0.1.

    Examples
    --------
    >>> round(LogUniform(1e-6, 1).at(0.5), 12)
    0.001
    """

    __slots__ = ()
    scale = "log"

    def _number(self, name, value):
        return positive(name, value)

    def _at(self, u):
        value = math.exp(math.log(self.low) + u * (math.log(self.high) - math.log(self.low)))
        return min(max(value, self.low), self.high)

    def position(self, value):
        """How far a value lies on the way from low to high, in powers of ten: 0 to 1."""
        value, ratio = positive("value", value), self.high / self.low
        if ratio == math.inf:
            low, high = math.log(self.low), math.log(self.high)
            return (math.log(value) - low) / (high - low)
        if ratio == 1:  # neighbours among the floats
            return (value - self.low) / (self.high - self.low)
        return math.log(value / self.low) / math.log(ratio)


class IntUniform(Range):
    r"""A whole number between two ends, both included, all equally likely.

    .. math:: v = a + \lfloor u\,(b - a + 1) \rfloor, \qquad u \sim U(0, 1)

    Parameters
    ----------
    low, high : int
        The ends *a* and *b* in [-2**63, 2**63); they may be the same.

    Raises
    ------
    TypeError, ValueError
        If an end is no whole number, the range is reversed, or it holds more than 2**53
        numbers, which one random number cannot tell apart.

    Examples
    --------
    >>> [IntUniform(1, 3).at(u) for u in (0.0, 0.4, 0.99)]
    [1, 2, 3]
    """

    __slots__ = ()

    def __init__(self, low, high):
        super().__init__(low, high)
        if self.high - self.low >= 2**53:
            raise ValueError(
                f"IntUniform holds at most 2**53 numbers but got the range {self.low} to "
                f"{self.high}; move its ends together, or use LogUniform and round"
            )

    def _number(self, name, value):
        if isinstance(value, numbers.Integral) and not -(2**63) <= value < 2**63:
            raise ValueError(
                f"{name} must be in [-2**63, 2**63) but got a number of "
                f"{int(value).bit_length()} bits; use LogUniform and round"
            )
        return whole_number(name, value, low=-(2**63))

    def __contains__(self, value):
        return super().__contains__(value) and bool(value == math.floor(value))

    def _at(self, u):
        return min(self.low + int(u * (self.high - self.low + 1)), self.high)

    def position(self, value):
        """How far a value lies on the way from low to high: 0 to 1."""
        return (self._checked(value) - self.low) / max(self.high - self.low, 1)
