"""Designs: how the points of a search lie in the unit cube, before any range is looked at."""

import numpy as np

from .._arguments import one_of


def random(rng, n, axes):
    """Independent points."""
    return rng.random((n, axes))


def latin(rng, n, axes):
    """A Latin hypercube: on each axis one point in each of the *n* equal strata.

    McKay, Beckman and Conover (1979). The strata depend on *n*, so more points are others.
    """
    strata = np.stack([rng.permutation(n) for _ in range(axes)], axis=1)
    return (strata + rng.random((n, axes))) / n


def halton(rng, n, axes):
    """Halton's sequence, its digits permuted at random: the first points are the same for any n.

    Axis *k* counts in the base of the *k*-th prime. Owen (2017): each digit has a permutation
    of its own, so that the axes of large primes do not run side by side.
    """
    return np.stack([_digits(rng, n, base) for base in _primes(axes)], axis=1)


def radical_inverse(numbers, base, permutations):
    """Digits of whole numbers, from the last one on, behind the point: 6 = 110 becomes 0.011."""
    value, weight = np.zeros(len(numbers)), 1.0
    for permutation in permutations:
        weight /= base
        numbers, digit = np.divmod(numbers, base)
        value += permutation[digit] * weight
    return value


def _digits(rng, n, base):
    count = int(np.ceil(53 / np.log2(base)))  # all digits that a float has
    permutations = [rng.permutation(base) for _ in range(count)]
    below_one = np.nextafter(1.0, 0.0)
    return np.minimum(radical_inverse(np.arange(n), base, permutations), below_one)


def _primes(count):
    """The first `count` primes."""
    found, number = [], 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


DESIGNS = {"random": random, "halton": halton, "latin": latin}
GROWING = ("random", "halton")  # more points leave the first ones as they are


def check_design(design):
    """The name of a design, or why there is none."""
    return one_of("design", design, DESIGNS)
